"""Workers in processes of their own, started in a moment and killed at will; the ingress that outlives them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kie.service.hooks import Hooks
from kie.service.machine import ENDED, State
from kie.store.opening import open_database
from kie.store.work import Statement

if TYPE_CHECKING:
    from typing import Self

    from kie.store.work import Work

__all__ = ["Ingress", "Nursery"]

ROOT = Path(__file__).resolve().parents[2]


class Nursery:
    """Starts workers from a process that has everything imported.

    Args:
        module: whose ``main`` forks the workers.
        lease: seconds of a worker's lease.

    """

    def __init__(self, module: str = "tests.service.crash_worker", lease: float = 30.0) -> None:
        environment = {**os.environ, "KIE_LEASE": f"{lease:g}", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", module],
            env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._running: set[int] = set()

    def start(self, log: Path, **job: Any) -> int:
        """Start a worker; what it says goes to the end of the log."""
        pid = int(self._ask({"start": {**job, "log": str(log)}}))
        self._running.add(pid)
        return pid

    def poll(self, pid: int) -> int | None:
        """Return how a worker ended, or None while it runs."""
        status: int | None = self._ask({"poll": pid})
        if status is not None:
            self._running.discard(pid)
        return status

    def wait(self, pid: int, seconds: float = 60.0) -> int:
        """Wait for the end of a worker."""
        until = time.monotonic() + seconds
        while (status := self.poll(pid)) is None:
            assert time.monotonic() < until, f"the worker has not come to rest after {seconds:g} s"
            time.sleep(0.02)
        return status

    def kill(self, pid: int) -> None:
        """Kill a worker."""
        os.kill(pid, signal.SIGKILL)
        self.wait(pid, 10)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for pid in list(self._running):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        pipes: list[IO[str] | None] = [self._process.stdin, self._process.stdout]
        for pipe in pipes:
            if pipe is not None:
                pipe.close()
        self._process.wait(10)

    def _ask(self, order: dict[str, Any]) -> Any:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(f"{json.dumps(order)}\n")
        stdin.flush()
        return json.loads(stdout.readline())


def _resting() -> Work[int]:
    inbox = yield Statement("SELECT count(*) FROM inbox")
    states = ", ".join(f"'{state}'" for state in (*ENDED, State.UNCERTAIN))
    rows = yield Statement(f"SELECT count(*) FROM generation WHERE state IN ({states})")
    return -1 if inbox[0][0] else int(rows[0][0])


class Ingress:
    """The callback ingress, in a thread of the test: it stays up while workers die."""

    def __init__(self, database: str) -> None:
        self._database = open_database(database)
        self._hooks = Hooks(self._database)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def deliver(self, url: str, _headers: dict[str, str], body: bytes) -> int:
        """Take a callback, as the emulator's receiver."""
        taken = asyncio.run_coroutine_threadsafe(self._hooks.take(url.rpartition("/")[2], body), self._loop)
        return taken.result(30)[0]

    def resting(self) -> int:
        """How many generations have come to rest, while no callback waits to be read; else -1."""
        return asyncio.run_coroutine_threadsafe(self._database.read(_resting), self._loop).result(30)

    def close(self) -> None:
        """Stop."""
        asyncio.run_coroutine_threadsafe(self._database.close(), self._loop).result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()
