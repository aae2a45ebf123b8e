"""The journal of a batch: what was sent and what became of it, on disk before the next step is taken.

JSON lines, each flushed to the disk (``fsync``) before the work goes on. For a row, in this order::

    {"event": "sending", "row": key}                       just before its request leaves; alone: the outcome is open
    {"event": "task", "row": key, "model": …, "task_id": …}  a task exists: it is waited for, never sent again
    {"event": "done", "row": key, "files": […]}              saved
    {"event": "failed", "row": key, "error": …}              the task failed; kie.ai returns its credits, so it says
    {"event": "refused", "row": key, "error": …}             nothing was created: the row may be sent again
    {"event": "unknown", "row": key, "error": …}             it may have arrived: the row is not sent again
"""

from __future__ import annotations

import json
import os
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kie.cli.lang import t
from kie.errors import InvalidInput

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Journal", "Past"]


@dataclass
class Past:
    """What a journal tells of a row.

    Attributes:
        event: the last event.
        model: id of the model, once there was a task.
        task_id: its task, or "".
        files: what was saved.
        credits: what it cost, as told, or None.
        error: why it failed, or None.

    """

    event: str = ""
    model: str = ""
    task_id: str = ""
    files: list[str] = field(default_factory=list)
    credits: str | None = None
    error: str | None = None


class Journal:
    """A journal, open for more.

    Args:
        path: its file.

    Raises:
        InvalidInput: it cannot be written, or another batch holds it.

    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        try:
            self._file = path.open("ab+")
            _hold(self._file, path)
            self.past = self._read()
        except OSError as error:
            raise InvalidInput(t("batch.journal-unwritable", path=path, error=error.strerror), field="-o") from None

    def _read(self) -> dict[str, Past]:
        """Read what was; a last line that a crash tore is closed off and ignored."""
        self._file.seek(0)
        data = self._file.read()
        past: dict[str, Past] = {}
        for line in data.splitlines():
            try:
                record = json.loads(line)
                row = past.setdefault(record["row"], Past())
            except (ValueError, KeyError, TypeError):
                continue
            row.event = record.get("event", "")
            for name in ("model", "task_id", "files", "credits", "error"):
                if name in record:
                    setattr(row, name, record[name])
        if data and not data.endswith(b"\n"):
            self._file.write(b"\n")
        return past

    def write(self, event: str, row: str, **more: Any) -> None:
        """Add a line; it is on the disk when this returns."""
        record = {"event": event, "row": row, "at": round(time.time(), 3), **more}
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":"), default=str).encode() + b"\n"
        with self._lock:
            self._file.write(line)
            self._file.flush()
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _hold(file: Any, path: Path) -> None:
    """Keep a second batch from working on the same journal, where the system can."""
    try:
        import fcntl
    except ImportError:  # Windows
        return
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise InvalidInput(t("batch.held", path=path), field="FILE") from None
