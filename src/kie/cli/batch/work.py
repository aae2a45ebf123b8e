"""Sends and waits for the rows of a batch, several at once, with every step in the journal first."""

from __future__ import annotations

import json
import queue
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias
from urllib.parse import urlsplit

from kie.errors import KieError, SubmitOutcomeUnknown, TaskFailed, TaskTimeout
from kie.wire.build import path_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal
    from pathlib import Path

    from kie.cli.batch.journal import Journal, Past
    from kie.cli.batch.rows import Row
    from kie.client.sync import Kie
    from kie.client.transport import HttpReply, HttpRequest

__all__ = ["Outcome", "Work"]

Ending: TypeAlias = Literal["passed", "failed", "skipped", "unknown", "waiting"]


@dataclass(frozen=True)
class Outcome:
    """What became of a row.

    Attributes:
        row: the row.
        ending: passed, failed, skipped (done before), unknown (it may have been sent), waiting (timed out: resumable).
        task_id: its task, or "".
        files: what was saved.
        credits: what it cost, or None.
        error: why not, or None.

    """

    row: Row
    ending: Ending
    task_id: str = ""
    files: tuple[str, ...] = ()
    credits: Decimal | None = None
    error: str | None = None


class _Marking:
    """A transport that has the journal written just before the request that creates a row's task leaves.

    Only so late: a row that still waits for its turn, or for its upload, has not been sent.
    """

    def __init__(self, inner: Any, journal: Journal) -> None:
        self._inner, self._journal = inner, journal
        self.mine = threading.local()

    def __getattr__(self, name: str) -> Any:
        """Pass everything else on."""
        return getattr(self._inner, name)

    def send(self, request: HttpRequest) -> HttpReply:
        """Send; note it first where it creates the task of this thread's row."""
        row: Row | None = getattr(self.mine, "row", None)
        if row is not None and request.method == "POST" and not request.media:
            path = path_of(row.model.submit["path"], row.model)
            if urlsplit(request.url).path.endswith(path):
                self._journal.write("sending", row.key, line=row.line, model=row.model.id)
        reply: HttpReply = self._inner.send(request)
        return reply


class Work:
    """Works off the rows of a batch.

    Args:
        kie: the client; its transport is wrapped.
        journal: the journal.
        folder: where results go.
        concurrency: how many rows at once.
        timeout: seconds to wait for each task, or None for its model's deadline.

    """

    def __init__(self, kie: Kie, journal: Journal, folder: Path, concurrency: int, timeout: float | None) -> None:
        self._kie, self._journal, self._folder = kie, journal, folder
        self._concurrency, self._timeout = concurrency, timeout
        self._marking = _Marking(kie._transport, journal)  # noqa: SLF001 - the only place that sees a request leave
        kie._transport = self._marking  # noqa: SLF001
        self._stopping = threading.Event()
        self._sending = 0
        self._lock = threading.Lock()
        self.outcomes: queue.Queue[Outcome | BaseException] = queue.Queue()

    def start(self, rows: Iterable[Row], past: dict[str, Past]) -> None:
        """Begin to work; outcomes come in ``outcomes``. Threads do not keep the process from ending."""
        waiting: queue.SimpleQueue[Row] = queue.SimpleQueue()
        for row in rows:
            waiting.put(row)
        for _ in range(min(self._concurrency, waiting.qsize())):
            threading.Thread(target=self._worker, args=(waiting, past), daemon=True).start()

    def stop(self, patience: float = 30.0) -> None:
        """Send nothing more, and let what is being sent be noted down."""
        self._stopping.set()
        until = time.monotonic() + patience
        while self._sending and time.monotonic() < until:
            time.sleep(0.02)

    def _worker(self, waiting: queue.SimpleQueue[Row], past: dict[str, Past]) -> None:
        while not self._stopping.is_set():
            try:
                row = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                self.outcomes.put(self._one(row, past.get(row.key)))
            except BaseException as error:  # noqa: BLE001 - the main thread decides what it means
                self.outcomes.put(error)
                return

    def _one(self, row: Row, before: Past | None) -> Outcome:
        if before is not None and before.task_id:
            task = self._kie.task(before.model or row.model.id, before.task_id)
        else:
            sent = self._send(row)
            if isinstance(sent, Outcome):
                return sent
            task = sent
        try:
            result = task.wait(self._timeout)
            files = tuple(str(path) for path in result.save(self._folder))
            if not files and (result.text or result.data is not None):
                files = (self._words(row, task.id, result.text, result.data),)
        except TaskFailed as error:
            self._journal.write("failed", row.key, error=str(error))
            return Outcome(row, "failed", task.id, error=str(error))
        except TaskTimeout as error:
            return Outcome(row, "waiting", task.id, error=str(error))
        except KieError as error:  # the task stands in the journal: it can be waited for again
            return Outcome(row, "waiting", task.id, error=str(error))
        self._journal.write("done", row.key, files=list(files), credits=result.credits)
        return Outcome(row, "passed", task.id, files, result.credits)

    def _send(self, row: Row) -> Any:
        """Submit a row; return its task, or the outcome where there is none."""
        with self._lock:
            self._sending += 1
        self._marking.mine.row = row
        try:
            task = self._kie.submit(row.name, row.inputs)
            self._journal.write("task", row.key, line=row.line, model=task.model.id, task_id=task.id)
            return task
        except SubmitOutcomeUnknown as error:
            self._journal.write("unknown", row.key, error=str(error))
            return Outcome(row, "unknown", error=str(error))
        except KieError as error:
            self._journal.write("refused", row.key, error=str(error))
            return Outcome(row, "failed", error=str(error))
        finally:
            self._marking.mine.row = None
            with self._lock:
                self._sending -= 1

    def _words(self, row: Row, task_id: str, text: str | None, data: Any) -> str:
        """Save a result that is text, or data."""
        name = "".join(c if c.isalnum() or c in "-._" else "-" for c in f"{row.model.id}-{task_id[:12] or row.key}")
        path = self._folder / (f"{name}.txt" if text else f"{name}.json")
        path.write_text(text or json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        return str(path)
