"""The face of schedules: ``service.flows.schedules``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from kie.service.flows import schedules
from kie.service.flows.checking import check
from kie.service.flows.runs import insert
from kie.service.flows.schedules import Due, Schedule

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from kie.service.context import Context
    from kie.service.flows.declaring import Flow
    from kie.service.flows.runs import Asking
    from kie.store.work import Begin

__all__ = ["Schedules"]


class Schedules:
    """Flows that are run at certain times.

    Args:
        context: of the service.
        load: returns a flow by its name.
        asked: checks a run that is asked for.

    """

    def __init__(
        self, context: Context, load: Callable[[str], Awaitable[Flow]], asked: Callable[..., Asking]
    ) -> None:  # fmt: skip
        self._context = context
        self._load = load
        self._asked = asked

    async def put(
        self, name: str, cron: str, *, flow: str, zone: str = "UTC",
        inputs: Mapping[str, Any] | None = None, project: str = "default", enabled: bool = True,
    ) -> Schedule:  # fmt: skip
        """Have a flow run at certain times; a schedule of the same name is replaced.

        Args:
            name: of the schedule.
            cron: five fields: minute, hour, day of the month, month, day of the week.
            flow: the name of a flow.
            zone: the time zone of ``cron``, by its IANA name.
            inputs: of the flow.
            project: whose budget pays.
            enabled: whether it is run.

        Raises:
            InvalidInput: the times cannot be read, or there is no such flow.
            FlowInvalid: the flow cannot be run with these inputs.

        What is not to be run is not looked at.

        """
        given = dict(inputs or {})
        if enabled:
            check(await self._load(flow), self._context.core, given)
        at = schedules.next_time(cron, zone, self._context.clock())
        made = Schedule(name, cron, zone, flow, project, given, enabled, at, None, None, None)
        await self._context.database.write(partial(schedules.put, made))
        self._context.wake("flow")
        return made

    async def list(self) -> list[Schedule]:
        """Return all schedules, by name."""
        return await self._context.database.read(schedules.read_all)

    async def remove(self, name: str) -> bool:
        """Remove a schedule; False where there is none."""
        return await self._context.database.write(partial(schedules.remove, name))

    async def begin(self, due: Due) -> Begin[str]:
        """Return what starts the run of a schedule; see `schedules.fire`."""
        schedule = due.schedule
        options = {"project": schedule.project, "idempotency_key": due.key}
        asked = self._asked(await self._load(schedule.flow), schedule.inputs, options)
        return partial(insert, asked, self._context.clock())
