"""A database behind one thread: everything that waits is done in one transaction.

The thread takes all work that has come in the meantime, runs it in one transaction and tells the waiting coroutines
after the commit. So a thousand small writes a second cost a few dozen commits.
"""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

    from kie.store.work import Begin

__all__ = ["Database", "Outcome"]

T = TypeVar("T")

#: Pieces of work that go into one transaction at most.
_MOST = 500


class Outcome(NamedTuple):
    """How a piece of work ended: with a value or an error."""

    value: Any = None
    error: BaseException | None = None


class _Waiting(NamedTuple):
    begin: Begin[Any]
    future: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop


class Database(ABC):
    """One database, used by one process. Its methods may be awaited from any event loop."""

    #: "sqlite" or "postgres".
    kind: str

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    @abstractmethod
    def run(self, works: Sequence[Begin[Any]]) -> list[Outcome]:
        """Run pieces of work in one transaction; called by the database's own thread.

        A piece that raises is undone alone. What was written is on the disk when this returns.

        Raises:
            StoreUnavailable: nothing at all was written.

        """

    @abstractmethod
    def shut(self) -> None:
        """Close the connection; called when no work is left."""

    async def write(self, begin: Begin[T]) -> T:
        """Run a piece of work; when this returns, what it wrote is on the disk.

        Raises:
            StoreUnavailable: nothing was written.

        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name=f"kie-{self.kind}", daemon=True)
                self._thread.start()
            self._queue.put(_Waiting(begin, future, loop))
        return await future

    async def read(self, begin: Begin[T]) -> T:
        """Run a piece of work that only reads."""
        return await self.write(begin)

    async def now(self) -> float:
        """Tell the time in Unix seconds as all have it who share the database."""
        return time.time()

    async def close(self) -> None:
        """Finish what was handed in, and close."""
        with self._lock:
            thread, self._thread = self._thread, None
            if thread is not None:
                self._queue.put(None)
        if thread is not None:
            await asyncio.to_thread(thread.join)
        else:
            self.shut()

    async def __aenter__(self) -> Self:
        """Return the database."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close it."""
        await self.close()

    def _work(self) -> None:
        going = True
        while going:
            batch = [self._queue.get()]
            while len(batch) < _MOST and not self._queue.empty():
                batch.append(self._queue.get())
            going = None not in batch
            waiting = [each for each in batch if each is not None]
            try:
                outcomes = self.run([each.begin for each in waiting]) if waiting else []
            except BaseException as error:  # noqa: BLE001 - it is told to everyone who waits
                outcomes = [Outcome(error=error)] * len(waiting)
            _tell(waiting, outcomes)
        self.shut()


def _tell(waiting: list[_Waiting], outcomes: list[Outcome]) -> None:
    """Wake each event loop once, with all that concerns it."""
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Any], Outcome]]] = {}
    for each, outcome in zip(waiting, outcomes, strict=True):
        by_loop.setdefault(each.loop, []).append((each.future, outcome))
    for loop, told in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_resolve, told)


def _resolve(told: list[tuple[asyncio.Future[Any], Outcome]]) -> None:
    for future, outcome in told:
        if future.done():  # who waited was cancelled; the work is done nevertheless
            continue
        if outcome.error is None:
            future.set_result(outcome.value)
        else:
            future.set_exception(outcome.error)
