"""What works on generations: it sends, asks, fetches, and reads the inbox. Any number of them share a database.

No generation costs a coroutine while it waits: it is a row with a time. Rows are claimed in batches, handled side by
side, and given back with the time at which they are to be looked at again.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import time
from typing import TYPE_CHECKING, Any

from kie.errors import KieError, TaskNotFound
from kie.service import claims, inbox, moves
from kie.service.amounts import to_units
from kie.service.machine import Event, State
from kie.service.profile import Profiles, key_of, learn
from kie.service.vendor import NotSent, told
from kie.store.crash import crash_point
from kie.store.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from kie.service.claims import Claimed, Limits
    from kie.service.vendor import Vendor
    from kie.store.artefacts import FolderArtefacts
    from kie.store.database import Database
    from kie.store.work import Begin, Work
    from kie.wire.state import TaskState

__all__ = ["Worker"]

_LOG = logging.getLogger("kie.service")

#: Seconds between two looks at the database where nothing woke the worker.
_BEAT = 0.5
#: Rows that are claimed at once, and handled side by side, by what is done with them.
_SUBMITS, _ASKS, _FETCHES = 40, 200, 16
#: How often a submission that the vendor refuses with a fault of its own is tried.
_TRIES = 5


class Worker:
    """See the module. ``wake`` tells it that there may be something to do now."""

    def __init__(
        self,
        database: Database,
        vendor: Vendor,
        artefacts: FolderArtefacts,
        account: str,
        limits: Limits,
        *,
        public_url: str | None,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._vendor = vendor
        self._artefacts = artefacts
        self._account = account
        self._limits = limits
        self._public = public_url.rstrip("/") if public_url else None
        self._wall = wall
        self._loops: list[asyncio.Task[None]] = []
        self._signals: list[asyncio.Event] = []
        self._changes: dict[str, asyncio.Event] = {}
        self._going: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._profiles = Profiles(vendor.core.settings.pace)

    async def start(self) -> None:
        """Begin."""
        self._stopping = False
        for step in (self._inbox, self._send, self._ask, self._fetch, self._expire):
            signal = asyncio.Event()
            self._signals.append(signal)
            self._loops.append(asyncio.create_task(self._loop(step, signal), name=f"kie-{step.__name__}"))

    async def stop(self) -> None:
        """Stop; what was sent is waited for, since its answer is worth money."""
        self._stopping = True
        self.wake()
        for loop in self._loops:
            if loop.get_name() != "kie-_send":  # it ends by itself: what it has claimed it sends
                loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        self._loops.clear()
        self._signals.clear()
        if self._going:
            await asyncio.gather(*self._going, return_exceptions=True)

    def wake(self) -> None:
        """There may be something to do now."""
        for signal in self._signals:
            signal.set()

    async def changed(self, name: str, timeout: float) -> None:
        """Wait until a generation has changed in this process, or for a time."""
        signal = self._changes.setdefault(name, asyncio.Event())
        await _heard(signal, timeout)

    def _tell(self, name: str) -> None:
        signal = self._changes.pop(name, None)
        if signal is not None:
            signal.set()

    async def _loop(self, step: Callable[[], Awaitable[bool]], signal: asyncio.Event) -> None:
        pause = _BEAT
        while not self._stopping:
            try:
                more = await step()
                pause = _BEAT
            except Exception:  # noqa: BLE001 - a worker goes on
                _LOG.exception("%s failed; it goes on in %.1f s", step.__name__, pause)
                more = False
                pause = min(30.0, pause * 2)
            if more:
                await asyncio.sleep(0)
                continue
            await _heard(signal, pause)
            signal.clear()

    def _begin(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._going.add(task)
        task.add_done_callback(self._going.discard)

    # ------------------------------------------------------------------------------------------------- sending

    async def _send(self) -> bool:
        room = _SUBMITS - len(self._going)
        if room <= 0:
            return False
        now = self._wall()
        crash_point("before-claim")
        rows = await self._database.write(lambda: claims.submissions(self._account, self._limits, room, now))
        crash_point("after-claim")
        for row in rows:  # begun before anything else can fail: a row that was claimed is sent
            self._begin(self._submit(row))
        return bool(rows)

    async def _submit(self, row: Claimed) -> None:
        await asyncio.sleep(max(0.0, row.at - self._wall()))
        callback = f"{self._public}/hooks/kie/{row.hook}" if self._public else None
        crash_point("before-post")
        crash_point("inside-post", after=0.03)
        try:
            accepted = await self._vendor.submit(row, callback)
        except NotSent as refused:
            await self._returned(row, refused)
            crash_point("after-refusal")
        except KieError as error:
            if error.may_have_spent:
                await self._lost(row, error)
            else:
                now, why = self._wall(), told(error)
                await self._database.write(lambda: moves.fail(row.id, Event.REFUSED, now, why))
        except Exception as error:  # noqa: BLE001 - whatever it is, a task may exist
            await self._lost(row, error)
        else:
            crash_point("after-post")
            now = self._wall()
            if accepted.state is not None:
                await self._ended(row, accepted.state, Event.ANSWERED)
            else:
                changes = self._wait_for(row, now) | {"task": accepted.task, "submitted": now, "error": None}
                await self._insist(row, accepted.task, lambda: moves.move(row.id, Event.ACCEPTED, now, changes))
                crash_point("after-accepted")
        self._tell(row.id)

    async def _insist(self, row: Claimed, task: str, begin: Begin[Any]) -> None:
        """Write what must not be lost: a database that cannot be written (its disk is full, say) is tried again."""
        pause = 0.1
        while True:
            try:
                await self._database.write(begin)
                return
            except StoreUnavailable as error:
                _LOG.critical("%s was paid for as task %s, which cannot be written down: %s", row.id, task, error)
                await asyncio.sleep(pause)
                pause = min(10.0, pause * 2)

    def _wait_for(self, row: Claimed, now: float) -> dict[str, Any]:
        model = self._vendor.core.catalogue.resolve(row.model, retired=True).model
        pause = self._profiles.after(key_of(row.model, row.input), 0.0)
        return {"next_at": now + pause, "deadline": now + model.deadline, "attempts": 0}

    async def _learnt(self, rows: list[Claimed]) -> None:
        """See that the profiles of these generations are at hand."""
        now = self._wall()
        models = {key_of(row.model, row.input): row.model for row in rows}
        resolve = self._vendor.core.catalogue.resolve
        wanted = {key: resolve(models[key], retired=True).model.expect for key in self._profiles.missing(models, now)}
        if wanted:
            await self._database.read(lambda: self._profiles.read(wanted, now))

    async def _returned(self, row: Claimed, refused: NotSent) -> None:
        now, why = self._wall(), told(refused.error)
        if type(refused.error).__name__ == "ServiceError" and row.attempts + 1 >= _TRIES:
            await self._database.write(lambda: moves.fail(row.id, Event.REFUSED, now, why))
            return
        changes = {"next_at": now + refused.pause * min(16, 2**row.attempts), "attempts": row.attempts + 1}
        await self._database.write(lambda: moves.move(row.id, Event.RETURNED, now, changes, why))

    async def _lost(self, row: Claimed, error: BaseException) -> None:
        now, why = self._wall(), told(error)
        changes = {"next_at": None, "error": json.dumps(why)}
        _LOG.warning("%s of %s is uncertain: %s", row.id, row.model, why["message"])
        await self._database.write(lambda: moves.move(row.id, Event.LOST, now, changes, why))
        crash_point("after-lost")

    async def _expire(self) -> bool:
        now = self._wall()
        lost = await self._database.write(lambda: claims.expired(100, now))
        for name in lost:
            _LOG.warning("%s was being sent when its worker ended: it is uncertain", name)
            self._tell(name)
        return False

    # -------------------------------------------------------------------------------------------------- asking

    async def _ask(self) -> bool:
        now = self._wall()
        rows = await self._database.write(lambda: claims.due((State.WAITING, State.UNCERTAIN), _ASKS, now))
        if rows:
            await self._learnt(rows)
            await asyncio.gather(*map(self._look, rows))
        return len(rows) == _ASKS

    async def _look(self, row: Claimed) -> None:
        crash_point("before-ask")
        try:
            state = await self._vendor.ask(row)
        except Exception as error:  # noqa: BLE001 - it is asked again
            await self._unanswered(row, error)
            crash_point("after-unanswered")
            return
        crash_point("after-ask")
        if state.final:
            await self._ended(row, state, Event.DONE if state.state == "succeeded" else Event.FAILED)
        else:
            await self._goes_on(row, state)
        self._tell(row.id)

    async def _goes_on(self, row: Claimed, state: TaskState) -> None:
        now = self._wall()
        pause = self._profiles.after(key_of(row.model, row.input), now - (row.submitted or row.created))
        changes: dict[str, Any] = {"polls": row.polls + 1, "progress": state.progress, "attempts": 0}
        if row.state == State.WAITING and row.deadline is not None and now > row.deadline:
            changes |= {"next_at": now + max(60.0, 10 * pause)}
            await self._database.write(lambda: moves.move(row.id, Event.OVERDUE, now, changes))
            return
        if row.state == State.UNCERTAIN:  # ever more rarely
            pause = max(60.0, (now - (row.submitted or row.created)) * 0.2)
        await self._database.write(lambda: moves.postpone(row.id, row.state, now + pause, changes))

    async def _unanswered(self, row: Claimed, error: BaseException) -> None:
        now = self._wall()
        pause = min(300.0, 2.0 * 2 ** min(row.attempts, 8))
        level = logging.INFO if isinstance(error, (KieError, TaskNotFound)) else logging.ERROR
        _LOG.log(level, "%s could not be asked for: %s", row.id, error)
        changes = {"attempts": row.attempts + 1, "polls": row.polls + 1}
        await self._database.write(lambda: moves.postpone(row.id, row.state, now + pause, changes))

    async def _ended(self, row: Claimed, state: TaskState, event: Event) -> None:
        now = self._wall()
        cost = None if state.credits is None else to_units(state.credits)
        if state.state == "failed":
            why = {
                "code": state.error.code if state.error else "",
                "message": state.error.message if state.error else "",
                "kind": "TaskFailed",
            }
            await self._database.write(lambda: moves.fail(row.id, Event.FAILED, now, why))
            crash_point("after-failed")
            return
        result = {
            "outputs": list(state.outputs),
            "extras": {name: list(links) for name, links in state.extras.items()},
            "text": state.text,
            "texts": list(state.texts),
            "data": state.data,
        }
        crash_point("before-settled")
        took = _took(state, now - (row.submitted or now))
        expect = self._vendor.core.catalogue.resolve(row.model, retired=True).model.expect

        def work() -> Work[None]:
            if (yield from moves.finish(row.id, event, now, result, cost)) and event is Event.DONE:
                yield from learn(key_of(row.model, row.input), took, expect * self._vendor.core.settings.pace)

        await self._database.write(work)
        crash_point("after-settled")
        self.wake()

    # ------------------------------------------------------------------------------------------------- storing

    async def _fetch(self) -> bool:
        now = self._wall()
        rows = await self._database.write(lambda: claims.due((State.STORING,), _FETCHES, now))
        if rows:
            await asyncio.gather(*map(self._store, rows))
        return bool(rows)

    async def _store(self, row: Claimed) -> None:
        result = row.result or {}
        files: list[tuple[str, int, str, int, str]] = []
        try:
            for index, link in enumerate(result.get("outputs", ())):
                crash_point("before-download")
                crash_point("inside-download", after=0.002)
                target = self._artefacts.incoming() / f"{row.id}-{index}"
                done = await self._vendor.fetch(row, link, index, target)
                crash_point("after-download")
                await self._artefacts.put(done.sha256, target)
                crash_point("after-taken")
                files.append(("output", index, done.sha256, done.size, done.content_type))
        except Exception as error:  # noqa: BLE001 - it is paid for: it is fetched again, as long as its link lives
            now = self._wall()
            pause = min(600.0, 2.0 * 2 ** min(row.attempts, 9))
            _LOG.warning("the files of %s could not be stored: %s; again in %.0f s", row.id, error, pause)
            changes = {"attempts": row.attempts + 1, "error": json.dumps(told(error))}
            await self._database.write(lambda: moves.postpone(row.id, State.STORING, now + pause, changes))
            return
        now = self._wall()
        crash_point("before-stored")
        await self._database.write(lambda: moves.stored(row.id, now, files))
        crash_point("after-stored")
        self._tell(row.id)

    # --------------------------------------------------------------------------------------------------- inbox

    async def _inbox(self) -> bool:
        now = self._wall()
        names = await self._database.write(lambda: inbox.work_through(self._vendor.task_of, 500, now))
        crash_point("after-inbox")
        if names:
            self.wake()
        return len(names) == 500  # noqa: PLR2004 - as many as were asked for


def _took(state: TaskState, elapsed: float) -> float:
    """How long a task took: by the vendor's own times, where these are not longer than we have waited."""
    raw = state.raw if isinstance(state.raw, dict) else {}
    began, ended = raw.get("createTime"), raw.get("completeTime")
    if isinstance(began, (int, float)) and isinstance(ended, (int, float)) and 0 < (ended - began) / 1000 < elapsed:
        return (ended - began) / 1000
    return elapsed


async def _heard(signal: asyncio.Event, seconds: float) -> None:
    """Wait for a signal, or for a time."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):  # wait_for of Python 3.11 may swallow a cancellation
            await signal.wait()
