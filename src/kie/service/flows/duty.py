"""Carrying flows: runs that nobody carries are taken, told ends are passed on, records that are no longer needed go."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from kie.service.flows.engine import Journey
from kie.service.flows.schedules import fire, set_right
from kie.service.flows.working import work
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from kie.service.context import Context
    from kie.service.flows.dbos_engine import DbosEngine
    from kie.service.flows.running import Runner, Turn
    from kie.service.flows.schedules import Due
    from kie.store.work import Begin, Work

__all__ = ["FlowDuty"]

#: Runs that are taken at once; told ends that are passed on at once.
_RUNS, _ENDS = 50, 500
#: Seconds between two looks: while runs are carried, and while there are none.
_BUSY, _IDLE = 0.5, 2.0
#: Seconds for which the engine's records of an ended run are kept, and between two looks for such.
_KEPT, _TIDY = 86400.0, 600.0
#: Seconds between two looks for runs that the engine has given up.
_LOOK = 20.0


class _Todo(NamedTuple):
    """What there is to do."""

    taken: list[Journey]
    rung: list[str]
    carried: int


class FlowDuty:
    """Carries flows. The engine is launched when there is a first run, and never in a service without flows."""

    name = "flow"

    def __init__(self, context: Context, runner: Runner, start: Callable[[Due], Awaitable[Begin[str]]]) -> None:
        self._context = context
        self._runner = runner
        self._start = start
        self._engine: DbosEngine | None = None
        self._tidied = self._looked = 0.0
        self._lost: set[Journey] = set()
        self._stopping = False
        self._lock = asyncio.Lock()

    async def advance(self, journey: Journey) -> Turn:
        """See `engine.Carrier`."""
        return await self._runner.advance(journey.run, journey.attempt)

    async def work(self, journey: Journey, step: str, place: int) -> None:
        """See `engine.Carrier`."""
        await work(self._context, self._runner, journey.run, journey.attempt, step, place)

    async def step(self) -> float:
        """Do what is due."""
        async with self._lock:  # an engine that is being launched just now is there when it is to be closed
            return _IDLE if self._stopping else await self._step()

    async def _step(self) -> float:
        context, now = self._context, self._context.clock()
        tidy = now - self._tidied > _TIDY
        if tidy:
            self._tidied = now
            await set_right(context.database, now)
        await fire(context.database, now, self._start)
        due = await context.database.write(partial(_due, context.worker, self._engine is not None))
        if self._engine is not None:
            for run in due.rung:
                await self._engine.send(run)
        if due.taken:
            engine = await self._launched()
            left = list(due.taken)
            try:
                while left:
                    await engine.start(left[0])
                    left.pop(0)
            finally:
                if left:  # the engine's database is away, say: what it has not got is taken again
                    await context.database.write(partial(_give_back, context.worker, left))
        if self._engine is not None:
            if now - self._looked > _LOOK:
                self._looked = now
                await self._found(self._engine)
            if tidy:
                await self._tidy(now)
        if len(due.taken) == _RUNS or len(due.rung) == _ENDS:
            return 0.0
        return _BUSY if due.carried else _IDLE

    async def _found(self, engine: DbosEngine) -> None:
        """Have runs carried again that are this worker's, and that the engine has not carried for two looks."""
        own = await self._context.database.read(partial(_own, self._context.worker))
        lost = {journey for journey in own if not engine.carries(journey.run)}
        for journey in sorted(lost & self._lost):
            await engine.start(journey)
        self._lost = lost - self._lost

    def again(self) -> None:
        """Go on after a stop."""
        self._stopping = False

    async def stop(self) -> None:
        """Give all runs back: whoever comes next carries them on."""
        self._stopping = True
        async with self._lock:
            engine, self._engine = self._engine, None
        if engine is not None:
            await engine.close()
            await self._context.database.write(partial(_give_back, self._context.worker))

    async def _launched(self) -> DbosEngine:
        if self._engine is None:
            from kie.service.flows.dbos_engine import DbosEngine

            engine = DbosEngine(self, self._context.worker)
            try:
                await engine.launch(self._context.database)
            except BaseException:
                await self._context.database.write(partial(_give_back, self._context.worker))
                raise
            self._engine = engine
        return self._engine

    async def _tidy(self, now: float) -> None:
        """Let the engine forget what has long ended."""
        found = await self._context.database.write(partial(_old, now - _KEPT))
        if found and self._engine is not None:
            await self._engine.forget(found)


def _due(worker: str, carrying: bool) -> Work[_Todo]:  # noqa: FBT001 - a fact, not a switch
    """Take the runs that nobody carries who lives, and the ends that were told of those that this process carries."""
    alive = yield Statement("SELECT 1 FROM worker WHERE id = ?", (worker,))
    taken = []
    if alive:  # before it has shown that it lives, another might take its runs from it at once
        # An engine that was not launched carries nothing, whatever was written by one that was stopped.
        rows = yield Statement(
            "SELECT id, attempt FROM flow_run WHERE ended IS NULL"
            " AND worker NOT IN (SELECT id FROM worker WHERE id <> ?) ORDER BY id LIMIT ?{locked}",
            ("" if carrying else worker, _RUNS),
        )
        for name, attempt in rows:
            yield Statement("UPDATE flow_run SET worker = ?, kept = 1 WHERE id = ?", (worker, name))
            taken.append(Journey(name, int(attempt)))
    rung: list[str] = []
    if carrying:
        told = yield Statement(
            "SELECT number, target FROM outbox WHERE kind = 'flow' AND target IN"
            " (SELECT id FROM flow_run WHERE worker = ?) ORDER BY number LIMIT ?{locked}",
            (worker, _ENDS),
        )
        for number, target in told:
            yield Statement("DELETE FROM outbox WHERE number = ?", (number,))
            rung.append(str(target))
    counted = yield Statement("SELECT count(*) FROM flow_run WHERE ended IS NULL AND worker = ?", (worker,))
    return _Todo(taken, list(dict.fromkeys(rung)), int(counted[0][0]))


def _own(worker: str) -> Work[list[Journey]]:
    """Read the runs that a worker carries."""
    rows = yield Statement("SELECT id, attempt FROM flow_run WHERE ended IS NULL AND worker = ?", (worker,))
    return [Journey(name, int(attempt)) for name, attempt in rows]


def _give_back(worker: str, journeys: Iterable[Journey] | None = None) -> Work[None]:
    """Leave all runs that a worker carries, or some, to whoever comes next."""
    if journeys is None:
        yield Statement("UPDATE flow_run SET worker = '' WHERE worker = ? AND ended IS NULL", (worker,))
    for journey in journeys or ():
        yield Statement(
            "UPDATE flow_run SET worker = '' WHERE worker = ? AND ended IS NULL AND id = ?", (worker, journey.run)
        )


def _old(before: float) -> Work[list[Journey]]:
    """Take the runs whose records the engine need not keep; what was told of runs that have ended goes too."""
    rows = yield Statement(
        "SELECT id, attempt FROM flow_run WHERE kept = 1 AND ended IS NOT NULL AND ended <= ?"
        " ORDER BY ended LIMIT 200{locked}",
        (before,),
    )
    for name, _ in rows:
        yield Statement("UPDATE flow_run SET kept = 0 WHERE id = ?", (name,))
    yield Statement(
        "DELETE FROM outbox WHERE kind = 'flow' AND target IN (SELECT id FROM flow_run WHERE ended IS NOT NULL)"
    )
    return [Journey(name, nth) for name, attempt in rows for nth in range(int(attempt) + 1)]
