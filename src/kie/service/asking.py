"""Asking for tasks: the vendor's record, read with our own key, is what a generation's state is taken from."""

from __future__ import annotations

import asyncio
import json
import logging
from functools import partial
from typing import TYPE_CHECKING, Any

from kie.errors import KieError
from kie.service import claims, moves
from kie.service.amounts import to_units
from kie.service.duty import BEAT
from kie.service.machine import Event, State
from kie.service.profile import Profiles, key_of, learn
from kie.store.crash import crash_point
from kie.store.work import Statement

if TYPE_CHECKING:
    from kie.catalogue import Model
    from kie.service.claims import Claimed
    from kie.service.context import Context
    from kie.service.files.storing import Storer
    from kie.store.work import Work
    from kie.wire.state import TaskState

__all__ = ["Asker"]

_LOG = logging.getLogger("kie.service")
#: Rows that are claimed at once, and asked for side by side.
_ASKS = 200
#: What one end weighs in the share of those that callbacks told, and from which share on callbacks are relied on.
_WEIGHT, _TRUST = 0.1, 0.7
#: Seconds between two times at which durations are written down.
_LEARN = 1.0
#: Seconds between two looks at a task that is past its deadline, and how they grow with its age.
_RARELY, _GROWTH = 60.0, 0.2


class Asker:
    """Asks for the tasks whose time has come."""

    name = "ask"

    def __init__(self, context: Context, storer: Storer) -> None:
        self._context = context
        self._storer = storer
        self._profiles = Profiles(context.core.settings.pace)
        self._learn_at = 0.0
        self._called = 0.0  # of the last ends, the share that was learned of by a callback

    async def stop(self) -> None:
        """Nothing must be finished: whoever comes next asks again."""

    async def step(self) -> float:
        """Ask for what is due."""
        now = self._context.clock()
        states = (State.WAITING, State.UNCERTAIN)
        rows = await self._context.database.write(lambda: claims.due(states, _ASKS, now, self._context.worker))
        if rows:
            await self.look(rows)
        if now >= self._learn_at and (seen := self._profiles.learned()):
            self._learn_at = now + _LEARN
            await self._context.database.write(lambda: learn(seen))
        return 0.0 if len(rows) == _ASKS else BEAT

    async def look(self, rows: list[Claimed], *, called: bool = False) -> None:
        """Ask for tasks that this worker has claimed: because their callbacks came, or because it is time."""
        await self.know(rows)
        await asyncio.gather(*(self._look(row, called=called) for row in rows))

    def wait_for(self, row: Claimed, now: float) -> dict[str, Any]:
        """What changes in a row whose task is under way from now on."""
        pause = self._pause(row, 0.0)
        return {"next_at": now + pause, "deadline": now + self._model(row).deadline, "attempts": 0}

    def lifetime(self, row: Claimed) -> float:
        """Return for how many seconds the vendor keeps the record of a task."""
        return self._model(row).lifetime

    async def second(self, row: Claimed, task: str) -> None:
        """A task came for a generation that has another, or has ended: it may have been paid for besides."""
        if await self._context.database.read(lambda: _news(row.id, task)):
            await self._context.alert(
                "second-task",
                f"{row.id} has another task {task} than it is known by, which may be paid for as well: it was settled"
                " by hand, or sent again, before the first attempt was answered.",
                row.id,
                task=task,
            )

    def _model(self, row: Claimed) -> Model:
        return self._context.core.catalogue.resolve(row.model, retired=True).model

    async def know(self, rows: list[Claimed]) -> None:
        """See that the profiles of these generations are at hand: without one nobody can tell when to ask."""
        now = self._context.clock()
        models = {key_of(row.model, row.input): row for row in rows}
        wanted = {key: self._model(models[key]).expect for key in self._profiles.missing(models, now)}
        if wanted:
            await self._context.database.read(lambda: self._profiles.read(wanted, now))

    def _pause(self, row: Claimed, elapsed: float, *, told: bool = False) -> float:
        """Seconds until the next question: while callbacks come, only those that are missing are asked for.

        Not where a callback was ahead of the vendor's record (``told``): it may have been the last one.
        """
        called = self._context.public_url is not None and self._called > _TRUST and not told
        return self._profiles.after(key_of(row.model, row.input), elapsed, called=called)

    async def _look(self, row: Claimed, *, called: bool) -> None:
        crash_point("before-ask")
        try:
            state = await self._context.accounts.vendor(row.account).ask(row)
        except Exception as error:  # noqa: BLE001 - it is asked again
            await self._unanswered(row, error)
            crash_point("after-unanswered")
            return
        crash_point("after-ask")
        if state.final:
            self._called += _WEIGHT * (called - self._called)
            await self.ended(row, state, Event.DONE if state.state == "succeeded" else Event.FAILED)
        else:
            await self._goes_on(row, state, called=called)
        self._context.tell(row.id)

    async def _goes_on(self, row: Claimed, state: TaskState, *, called: bool) -> None:
        now = self._context.clock()
        pause = self._pause(row, now - (row.submitted or row.created), told=called)
        changes = {"polls": row.polls + 1, "progress": state.progress, "attempts": 0}
        await self._again(row, now, pause, changes)

    async def _unanswered(self, row: Claimed, error: BaseException) -> None:
        level = logging.INFO if isinstance(error, KieError) else logging.ERROR
        _LOG.log(level, "%s could not be asked for: %s", row.id, error)
        pause = min(300.0, 2.0 * 2 ** min(row.attempts, 8))
        await self._again(row, self._context.clock(), pause, {"attempts": row.attempts + 1, "polls": row.polls + 1})

    async def _again(self, row: Claimed, now: float, pause: float, changes: dict[str, Any]) -> None:
        """See when it is asked for again: past its deadline ever more rarely, until the vendor has no record of it."""
        age, write = now - (row.submitted or row.created), self._context.database.write
        if row.state == State.WAITING and row.deadline is not None and now > row.deadline:
            changed = {**changes, "next_at": now + max(_RARELY, 10 * pause)}
            await write(lambda: moves.move(row.id, Event.OVERDUE, now, changed))
            await self._context.alert("overdue", f"{row.id} is still not done, {age:.0f} s after it was sent.", row.id)
        elif row.state == State.UNCERTAIN and age > self.lifetime(row):
            await write(lambda: moves.postpone(row.id, row.state, now, {**changes, "next_at": None}))
            await self._context.alert(
                "forgotten", f"{row.id} was never done, and the vendor's record is gone: see `kie resolve`.", row.id
            )
        else:
            if row.state == State.UNCERTAIN:
                pause = max(_RARELY, age * _GROWTH)
            await write(lambda: moves.postpone(row.id, row.state, now + pause, changes))

    async def ended(self, row: Claimed, state: TaskState, event: Event, task: str | None = None) -> None:
        """A task has ended: the money is settled, and its files are fetched.

        Args:
            row: that this worker has claimed.
            state: as the vendor's record tells it.
            event: how the end was learned of.
            task: the vendor's id, where it was not known before.

        """
        now = self._context.clock()
        cost = None if state.credits is None else to_units(state.credits)
        named = {"task": task} if task else {}
        if state.state == "failed":
            await self._failed(row, state, cost, now)
            return
        result = {
            "outputs": list(state.outputs),
            "extras": {name: list(links) for name, links in state.extras.items()},
            "text": state.text,
            "texts": list(state.texts),
            "data": state.data,
        }
        crash_point("before-settled")
        took, model = _took(state, now - (row.submitted or now)), self._model(row)
        until = now + claims.LEASE
        changes = {
            **named,
            "next_at": until,
            "lease": until,
            "worker": self._context.worker,
            "expires": now + model.lifetime,
            "polls": row.polls + 1,
        }
        work = partial(moves.finish, row.id, event, now, result, cost, changes)

        if task is None:
            done = await self._context.database.write(work)
        else:  # it is the answer itself: nobody would tell it again
            done = await self._context.insist(row.id, work, task)
        crash_point("after-settled")
        if done:
            if event is Event.DONE:
                self._profiles.note(key_of(row.model, row.input), took, model.expect)
            stored = row._replace(state=State.STORING, result=result, task=row.task or task, attempts=0)
            await self._storer.begin(stored._replace(expires=now + model.lifetime))
        elif task is not None:
            await self.second(row, task)

    async def _failed(self, row: Claimed, state: TaskState, cost: int | None, now: float) -> None:
        why = {
            "code": state.error.code if state.error else "",
            "message": state.error.message if state.error else "",
            "kind": "TaskFailed",
        }
        event = Event.FAILED if row.task else Event.REFUSED
        failed = await self._context.database.write(lambda: moves.fail(row.id, event, now, why, cost))
        crash_point("after-failed")
        if failed and cost:
            await self._context.alert(
                "charged-failure",
                f"{row.id} failed, and the vendor reports {state.credits} credits for it: ask for them back.",
                row.id,
                task=row.task,
                credits=str(state.credits),
            )


def _news(name: str, task: str) -> Work[bool]:
    """Tell whether a generation has another task than this one, of which nobody was told yet."""
    found = yield from claims.read(name)
    told = yield Statement("SELECT data FROM alert WHERE generation = ? AND kind = 'second-task'", (name,))
    return found is not None and found.task != task and all(json.loads(row[0])["task"] != task for row in told)


def _took(state: TaskState, elapsed: float) -> float:
    """How long a task took: by the vendor's own times, where these are not longer than we have waited."""
    raw = state.raw if isinstance(state.raw, dict) else {}
    began, ended = raw.get("createTime"), raw.get("completeTime")
    if isinstance(began, (int, float)) and isinstance(ended, (int, float)) and 0 < (ended - began) / 1000 < elapsed:
        return (ended - began) / 1000
    return elapsed
