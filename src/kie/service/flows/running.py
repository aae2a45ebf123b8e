"""How a run is carried on: it is looked at, what follows is done, until nothing more can be done now.

Nothing here remembers anything: a run is carried on from its rows, by any worker, as often as anyone likes.
"""

from __future__ import annotations

import asyncio
import json
import logging
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.errors import (
    AuthenticationError,
    BudgetExceeded,
    ConnectionFailed,
    InvalidInput,
    KieError,
    RateLimited,
    ServiceError,
    UnexpectedReply,
)
from kie.service.claims import Claimed
from kie.service.flows import deeds
from kie.service.flows.asking import Asked, follow, from_record, linked
from kie.service.flows.deciding import decide
from kie.service.flows.mapping import to_flow
from kie.service.flows.rows import knowledge, load_items
from kie.service.flows.scope import as_records
from kie.service.flows.shape import Shape
from kie.service.vendor import told
from kie.store.crash import crash_point
from kie.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kie.service.context import Context
    from kie.service.flows.deciding import Begin, Decision
    from kie.service.flows.rows import ItemRow, RunRow
    from kie.service.moves import Request

__all__ = ["REREAD", "Runner", "Turn", "shape_of"]

_LOG = logging.getLogger("kie.service")
#: Seconds after which a run is looked at although nobody was told that something has ended: a told end that was lost
#: only delays.
REREAD = 300.0
#: Seconds after which a run that a budget, or a vendor who is away, keeps waiting is tried again.
_POOR = 30.0
#: The vendor cannot be asked for a task now; that says nothing of the task.
_AWAY = (AuthenticationError, ConnectionFailed, RateLimited, ServiceError, UnexpectedReply)


class Turn(NamedTuple):
    """How far a run has come.

    Attributes:
        over: whether it has ended.
        pause: seconds after which it is to be looked at again, if nobody rings before.
        jobs: local steps that are to be done: (step, place).

    """

    over: bool
    pause: float
    jobs: tuple[tuple[str, int], ...]


@lru_cache(maxsize=64)
def shape_of(declaration: str) -> Shape:
    """Return the shape of a flow from its declaration as it is stored."""
    return Shape(to_flow(json.loads(declaration)))


class Runner:
    """Carries runs on.

    Args:
        context: of the service.
        prepare: makes a request, as ``Service.prepare`` does.

    """

    def __init__(self, context: Context, prepare: Callable[..., Request]) -> None:
        self._context = context
        self._prepare = prepare

    async def advance(self, name: str, attempt: int) -> Turn:
        """Do all that can be done for a run now."""
        database, clock = self._context.database, self._context.clock
        while True:
            run = await database.write(partial(deeds.take, name, self._context.worker))
            if run is None or run.attempt != attempt:
                return Turn(over=True, pause=0.0, jobs=())
            items = await database.read(partial(load_items, name, clock()))
            await self._settle(run, items)
            crash_point("flow-settled")
            if run.state != "running":
                if await self._ended(run, items):
                    return Turn(over=True, pause=0.0, jobs=())
                return Turn(over=False, pause=REREAD, jobs=())
            try:
                decision = self._decided(run, items)
            except InvalidInput as error:
                await database.write(partial(deeds.cancel, name, clock(), "failing", told(error), attempt))
                continue
            if decision.failure is not None:
                why = self._why(items, decision.failure)
                await database.write(partial(deeds.cancel, name, clock(), "failing", why, attempt))
                continue
            begun, poor = await self._begin(run, decision)
            await database.write(partial(deeds.count, run, decision, clock()))
            crash_point("flow-counted")
            if decision.over:
                outputs = {key: as_records(value) for key, value in (decision.outputs or {}).items()}
                await database.write(partial(deeds.end, run, "succeeded", outputs, clock()))
                crash_point("flow-ended")
                self._tell(name)
                return Turn(over=True, pause=0.0, jobs=())
            if begun:
                self._tell(name)
                continue
            await database.write(partial(deeds.note, run, poor))
            jobs = tuple((row.step, row.place) for row in items if row.state == "working")
            return Turn(over=False, pause=_POOR if poor else REREAD, jobs=jobs)

    def _tell(self, name: str) -> None:
        self._context.tell(name)
        self._context.wake("send", "notify")

    async def _settle(self, run: RunRow, items: list[ItemRow]) -> None:
        """Write down what has become of the items whose generations have ended."""
        ended = [
            (row.step, row.place, row.generation, row.ended_as, row.error if row.ended_as == "failed" else None)
            for row in items
            if row.state == "waiting" and row.ended_as is not None
        ]
        if ended:
            now = self._context.clock()
            await self._context.database.write(partial(deeds.settle, run.id, ended, now))
            self._context.tell(run.id)

    async def _ended(self, run: RunRow, items: list[ItemRow]) -> bool:
        """End a run that is to end, once nothing of it is under way; False where something is."""
        if any(row.state == "waiting" and row.ended_as is None for row in items):
            now = self._context.clock()
            await self._context.database.write(partial(deeds.stop_rows, run.id, now))
            return False
        state = "failed" if run.state == "failing" else "cancelled"
        await self._context.database.write(partial(deeds.end, run, state, None, self._context.clock()))
        crash_point("flow-ended")
        self._tell(run.id)
        return True

    def _decided(self, run: RunRow, items: list[ItemRow], only: tuple[str, int] | None = None) -> Decision:
        rows = knowledge(items)
        if only is not None:
            rows[only[0]].pop(only[1])
        about = {"id": run.id, "flow": run.flow, "project": run.project}
        return decide(shape_of(run.declaration), json.loads(run.inputs), about, rows, only)

    def input_of(self, run: RunRow, items: list[ItemRow], step: str, place: int) -> dict[str, Any] | None:
        """Return the input of a local step that was begun, its files as `scope.File`; None where it is not to be done.

        Raises:
            InvalidInput: what it needs is not there any more.

        """
        if not any((row.step, row.place, row.state) == (step, place, "working") for row in items):
            return None
        begin = self._decided(run, items, (step, place)).begin
        if begin and begin[0].input is None:
            raise InvalidInput(f"{step}: {begin[0].why}.", hint="It was when this step was begun. Start a new run.")
        return begin[0].input if begin else None

    @staticmethod
    def _why(items: list[ItemRow], failure: tuple[str, int]) -> dict[str, Any]:
        step, place = failure
        row = next(row for row in items if (row.step, row.place) == failure)
        why = row.error or {"code": "", "message": "It failed."}
        return {**why, "step": step, "place": place, "generation": row.generation}

    # ---------------------------------------------------------------------------------------------------- beginning

    async def _begin(self, run: RunRow, decision: Decision) -> tuple[bool, str | None]:
        """Begin items side by side; returns whether any was begun, and what keeps others waiting."""
        done = await asyncio.gather(*(self._one(run, what) for what in decision.begin))
        return any(begun for begun, _ in done), next((why for _, why in done if why), None)

    async def _one(self, run: RunRow, what: Begin) -> tuple[bool, str | None]:
        database, clock = self._context.database, self._context.clock
        step = shape_of(run.declaration).flow.steps[what.step]
        crash_point("flow-before-begin")
        if what.input is None:
            return await database.write(partial(deeds.spoilt, run, what, None, clock())), None
        request, model = None, step.run or ""
        try:
            if step.run is None:
                request = await self._request(run, what)
                model = request.model
            begun = await database.write(partial(deeds.begin, run, what, model, request, clock()))
        except BudgetExceeded as error:
            if request is not None and error.code != "flow_limit":
                return False, error.message
            return await self._spoilt(run, what, error), None
        except StoreError:  # it says nothing of the item
            raise
        except _AWAY as error:
            return False, f"{what.step}: {error.message}"
        except Exception as error:  # noqa: BLE001 - whatever it is, this item cannot be asked for
            if not isinstance(error, KieError):
                _LOG.exception("%s: %s could not be asked for", run.id, what.step)
            return await self._spoilt(run, what, error), None
        crash_point("flow-begun")
        return begun, None

    async def _spoilt(self, run: RunRow, what: Begin, error: Exception) -> bool:
        now, why = self._context.clock(), told(error)
        return await self._context.database.write(partial(deeds.spoilt, run, what, why, now))

    async def _request(self, run: RunRow, what: Begin) -> Request:
        """Make the request of an item.

        Raises:
            KieError: it cannot be asked for; nothing was sent.

        """
        step = shape_of(run.declaration).flow.steps[what.step]
        asked, account = Asked(step.model or "", dict(what.input or {})), ""
        if what.tries and step.on_failure.model is not None:
            asked = Asked(step.on_failure.model, asked.input)
        if step.follow_up is not None:
            asked, account = await self._followed(what, step.follow_up)
        linked(asked)
        return self._prepare(
            asked.model,
            asked.input,
            project=run.project,
            caller=run.caller,
            priority=run.priority + step.priority,
            max_credits=step.max_credits,
            account=account,
        )

    async def _followed(self, what: Begin, follow_up: str) -> tuple[Asked, str]:
        """The request that follows another item's task: only the account that made this may ask for it."""
        facts = what.source.facts if what.source is not None else {}
        task, account, model = facts.get("task"), facts.get("account") or "", str(facts.get("model"))
        if not task:
            raise InvalidInput(f"{what.step}: there is no task of the vendor to follow.", field="of")
        vendor, state = self._context.accounts.vendor(account), None
        if from_record(self._context.core, model, follow_up):
            state = await vendor.ask(_to_ask(model, task, account))
        given = what.input or {}
        asked = follow(self._context.core, model, follow_up, task, given, state)
        return asked, account


def _to_ask(model: str, task: str, account: str) -> Claimed:
    """A row by which the vendor can be asked for a task that has long ended."""
    return Claimed("", "", model, {}, "", account, task, "", 0.0, None, None, 0, 0, 0, None, None)
