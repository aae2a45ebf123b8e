"""Going through the inbox: callbacks make the vendor's record be read, and bring back tasks whose answer was lost."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from kie.errors import TaskNotFound
from kie.service import claims, inbox, moves
from kie.service.context import noted
from kie.service.machine import Event
from kie.service.vendor import Vendor, owned
from kie.store.crash import crash_point
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from kie.service.asking import Asker
    from kie.service.context import Context
    from kie.service.inbox import Candidate
    from kie.store.work import Work

__all__ = ["Receiver"]

_LOG = logging.getLogger("kie.service")
_MOST = 500
#: How often the vendor must say that it knows no task of this name: now and then it says so of one that it has.
_UNKNOWN = 6
#: Seconds until it is asked again for a task that a callback named: the first and the longest pause.
_RETRY, _LONGEST = 15.0, 600.0
#: Seconds between two looks at what an ingress of another process has taken.
_LOOK = 0.25


class Receiver:
    """Handles callbacks."""

    name = "receive"

    def __init__(self, context: Context, asker: Asker) -> None:
        self._context = context
        self._asker = asker
        self._going: set[asyncio.Task[None]] = set()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def stop(self) -> None:
        """Nothing must be finished: what was not handled is still in the inbox, or will be asked for."""
        for task in self._going:
            task.cancel()

    async def step(self) -> float:
        """Handle what has come."""
        now, context = self._context.clock(), self._context
        taken = await context.database.write(lambda: inbox.take(Vendor.task_of, _MOST, now, context.worker))
        self._handle(taken)
        return 0.0 if taken.more else _LOOK

    async def receive(self, hook: str, body: bytes) -> bool:
        """Take a callback that has come to this very process: it is written down and handled in one transaction.

        Most callbacks say nothing but that the task of a generation is worth asking for: it is claimed, which is on the
        disk as a row of the inbox would be. Returns whether the address is a generation's.

        Raises:
            StoreUnavailable: it is not on the disk.

        """
        now, worker = self._context.clock(), self._context.worker

        def work() -> Work[inbox.Taken | None]:
            row = yield from claims.called(hook, now, worker)
            if row is not None:
                return inbox.Taken([row], [], more=False)
            number = yield from inbox.receive(hook, body, now, now + claims.LEASE)
            if number is None:
                return None
            # Alone: side by side in one transaction, each would see those of all others.
            return (yield from inbox.take(Vendor.task_of, 1, now, worker, number))

        taken = await self._context.database.write(work)
        if taken is not None:
            self._handle(taken)
        return taken is not None

    def _handle(self, taken: inbox.Taken) -> None:
        if taken.rows or taken.candidates:
            crash_point("after-inbox")
        if taken.rows:
            self._begin(self._asker.look(taken.rows, called=True))
        for candidate in taken.candidates:
            self._begin(self._one_by_one(candidate))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work, name="a callback")
        self._going.add(task)
        task.add_done_callback(self._going.discard)
        task.add_done_callback(noted)

    async def _one_by_one(self, candidate: Candidate) -> None:
        """Callbacks for one generation are looked at one after the other: the second of them is no news."""
        lock = self._locks.setdefault(candidate.row.id, asyncio.Lock())
        async with lock:
            await self._adopt(candidate)

    async def _adopt(self, candidate: Candidate) -> None:
        """Read the record of the task that a callback names; where it is the generation's own, this has its task."""
        context, row = self._context, candidate.row._replace(task=candidate.task)
        now = context.clock()
        try:
            state = await context.accounts.vendor(row.account).ask(row)
        except Exception as error:  # noqa: BLE001 - it is asked again
            unknown = candidate.unknown + isinstance(error, TaskNotFound)
            if unknown >= _UNKNOWN or now - candidate.at > self._asker.lifetime(row):
                await self._refuse(candidate, f"{error}")
            else:  # it may be the only proof of a task that is paid for: kept for as long as nobody can be asked
                pause = min(_LONGEST, max(_RETRY, (now - candidate.at) / 2))
                await context.database.write(partial(_again, candidate.number, now + pause, unknown))
            return
        if not owned(row, state):
            await self._refuse(candidate, "the vendor's record of it is of another request")
            return
        crash_point("before-adopted")
        adopted = await context.database.write(
            partial(_adopted, candidate, now, self._asker.wait_for(row, now) | {"next_at": now})
        )
        crash_point("after-adopted")
        if adopted is None:
            await self._refuse(candidate, "it is another generation's")
        elif adopted:
            _LOG.info("%s has its task: a callback named %s", row.id, candidate.task)
        else:
            await self._asker.second(row, candidate.task)
            context.wake("receive")
        context.wake("ask")
        context.tell(row.id)

    async def _refuse(self, candidate: Candidate, why: str) -> None:
        await self._context.database.write(partial(_forget, candidate.number))
        await self._context.alert(
            "false-callback",
            f"A callback of {candidate.row.id} named the task {candidate.task}, which is not its own: {why}.",
            candidate.row.id,
            task=candidate.task,
        )


def _again(number: int, until: float, unknown: int) -> Work[None]:
    yield inbox.keep(number, until)
    yield Statement("UPDATE inbox SET unknown = ? WHERE number = ?", (unknown, number))


def _forget(number: int) -> Work[None]:
    yield inbox.drop(number)


def _adopted(candidate: Candidate, now: float, changes: dict[str, object]) -> Work[bool | None]:
    """Give a generation its task; False where it has one or has ended, None where the task is another's.

    Where the answer was written down while the vendor was asked, it is a callback like any other, and still to be
    handled: the generation would wait for a question that is asked only for callbacks that are missing.
    """
    name, task = candidate.row.id, candidate.task
    others = yield Statement("SELECT 1 FROM generation WHERE task = ? AND id <> ?", (task, name))
    adopted = None if others else (yield from moves.accepted(name, Event.ADOPTED, task, now, changes))
    own = () if adopted else (yield Statement("SELECT 1 FROM generation WHERE id = ? AND task = ?", (name, task)))
    yield inbox.keep(candidate.number, now) if own else inbox.drop(candidate.number)
    return adopted
