"""The face of schedules: ``service.flows.schedules``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from kie.errors import InvalidInput
from kie.service.flows import schedules
from kie.service.flows.checking import check
from kie.service.flows.runs import insert
from kie.service.flows.schedules import Due, Schedule

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from kie.service.context import Context
    from kie.service.flows.facet import Flows
    from kie.store.work import Begin

__all__ = ["Schedules"]


class Schedules:
    """What is done at certain times: flows are run, or chores of the service done."""

    def __init__(self, context: Context, flows: Flows) -> None:
        self._context = context
        self._flows = flows
        self._chores: dict[str, Callable[[], Awaitable[object]]] = {}

    def chore(self, name: str, work: Callable[[], Awaitable[object]]) -> None:
        """Make something known that schedules may have done ("retention", say); each worker must know it.

        Args:
            name: of the chore.
            work: does it; what it returns is remembered as text.

        """
        self._chores[name] = work

    async def put(
        self, name: str, cron: str, *, flow: str | None = None, chore: str | None = None, zone: str = "UTC",
        inputs: Mapping[str, Any] | None = None, project: str = "default", enabled: bool = True,
    ) -> Schedule:  # fmt: skip
        """Have a flow run, or a chore done, at certain times; a schedule of the same name is replaced.

        Args:
            name: of the schedule.
            cron: five fields: minute, hour, day of the month, month, day of the week.
            flow: the name of a flow.
            chore: or the name of a chore.
            zone: the time zone of ``cron``, by its IANA name.
            inputs: of the flow.
            project: whose budget pays.
            enabled: whether it is done.

        Raises:
            InvalidInput: the times cannot be read, or there is no such flow or chore.
            FlowInvalid: the flow cannot be run with these inputs.

        """
        if (flow is None) == (chore is None):
            raise InvalidInput("A schedule runs a flow, or does a chore: one of both is needed.", field="flow")
        if chore is not None and chore not in self._chores:
            raise InvalidInput(f"There is no chore {chore!r}.", field="chore", allowed=tuple(sorted(self._chores)))
        given = dict(inputs or {})
        if flow is not None:
            check(await self._flows.load(flow), self._context.core, given)
        at = schedules.next_time(cron, zone, self._context.clock())
        made = Schedule(name, cron, zone, chore or "flow", flow, project, given, enabled, at, None, None, None)
        await self._context.database.write(partial(schedules.put, made))
        self._context.wake("flow")
        return made

    async def list(self) -> list[Schedule]:
        """Return all schedules, by name."""
        return await self._context.database.read(schedules.read_all)

    async def remove(self, name: str) -> bool:
        """Remove a schedule; False where there is none."""
        return await self._context.database.write(partial(schedules.remove, name))

    async def due_run(self, due: Due) -> Begin[str]:
        """See `schedules.Tasks`."""
        schedule = due.schedule
        flow = await self._flows.load(schedule.flow or "")
        options = {"project": schedule.project, "idempotency_key": due.key}
        return partial(insert, self._flows.asked(flow, schedule.inputs, options), self._context.clock())

    async def due_chore(self, due: Due) -> str:
        """See `schedules.Tasks`."""
        work = self._chores.get(due.schedule.task)
        if work is None:
            raise InvalidInput(f"This worker knows no chore {due.schedule.task!r}.", field="chore")
        return str(await work())
