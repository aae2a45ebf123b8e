"""The face of flows: ``service.flows``."""

from __future__ import annotations

import json
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kie.errors import BudgetExceeded, InvalidInput, TaskNotFound
from kie.service.flows import deeds
from kie.service.flows.checking import check
from kie.service.flows.declaring import Flow
from kie.service.flows.duty import FlowDuty
from kie.service.flows.estimating import Estimate, estimate
from kie.service.flows.mapping import read_flow, to_flow, to_mapping
from kie.service.flows.resuming import take_up
from kie.service.flows.running import Runner
from kie.service.flows.runs import Asking, Run, RunEvent, asking, insert, list_runs, read_events, read_run
from kie.service.flows.scheduling import Schedules
from kie.service.waiting import until_final
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from kie.service.context import Context
    from kie.service.moves import Request
    from kie.store.work import Begin, Work

__all__ = ["Flows"]


class Flows:
    """Flows of a service: declared, checked, priced, run, looked at.

    Args:
        context: of the service.
        prepare: makes a request, as ``Service.prepare`` does.

    """

    def __init__(self, context: Context, prepare: Callable[..., Request]) -> None:
        self._context = context
        self.schedules = Schedules(context, self.load, self.asked)
        self.duty = FlowDuty(context, Runner(context, prepare), self.schedules.begin)

    # ---------------------------------------------------------------------------------------------------- declarations

    async def declare(self, flow: Flow | str | Mapping[str, Any]) -> Flow:
        """Check a flow and keep it under its name; one of the same name is replaced, its runs go on as they began.

        Args:
            flow: a ``Flow``, YAML, or plain data of the same form.

        Raises:
            FlowInvalid: it cannot be run; every problem is told with its line.

        """
        found = _flow_of(flow)
        check(found, self._context.core)
        text, now = json.dumps(to_mapping(found)), self._context.clock()

        def work() -> Work[None]:
            yield Statement(
                "INSERT INTO flow (name, declaration, at) VALUES (?, ?, ?) ON CONFLICT (name)"
                " DO UPDATE SET declaration = excluded.declaration, at = excluded.at",
                (found.name, text, now),
            )

        await self._context.database.write(work)
        return found

    async def load(self, name: str) -> Flow:
        """Return a flow by its name: one that was declared, or one that this package brings.

        Raises:
            InvalidInput: there is none.

        """

        def work() -> Work[str | None]:
            rows = yield Statement("SELECT declaration FROM flow WHERE name = ?", (name,))
            return rows[0][0] if rows else None

        kept = await self._context.database.read(work)
        if kept is not None:
            return to_flow(json.loads(kept))
        brought = _brought()
        if name in brought:
            return read_flow(brought[name])
        raise InvalidInput(
            f"There is no flow {name!r}.", field="flow", allowed=tuple(brought), hint="Declare it first."
        )

    async def names(self) -> list[str]:
        """Return the names of all flows: those that were declared, and those that this package brings."""

        def work() -> Work[list[str]]:
            rows = yield Statement("SELECT name FROM flow")
            return [str(name) for (name,) in rows]

        return sorted({*await self._context.database.read(work), *_brought()})

    async def forget(self, name: str) -> bool:
        """Remove a declared flow; its runs go on. False where there is none."""

        def work() -> Work[bool]:
            return bool((yield Statement("DELETE FROM flow WHERE name = ? RETURNING name", (name,))))

        return await self._context.database.write(work)

    def check(self, flow: Flow | str | Mapping[str, Any], inputs: Mapping[str, Any] | None = None) -> Flow:
        """Check a flow, with the inputs of a run or without; nothing is sent or written.

        Raises:
            FlowInvalid: every problem that was found.

        """
        found = _flow_of(flow)
        check(found, self._context.core, inputs)
        return found

    async def estimate(
        self, flow: Flow | str | Mapping[str, Any], inputs: Mapping[str, Any] | None = None
    ) -> Estimate:  # fmt: skip
        """Estimate what a run may cost, in credits; nothing is sent.

        Args:
            flow: a flow, or the name of one.
            inputs: of the run.

        Raises:
            FlowInvalid: the flow or the inputs are not right.
            InvalidInput: there is no flow of this name.

        """
        found = await self._named(flow)
        shape, _, planned = check(found, self._context.core, inputs or {})
        return estimate(shape, planned)

    async def _named(self, flow: Flow | str | Mapping[str, Any]) -> Flow:
        return await self.load(flow) if isinstance(flow, str) and "\n" not in flow else _flow_of(flow)

    # ------------------------------------------------------------------------------------------------------------ runs

    async def start(
        self, flow: Flow | str | Mapping[str, Any], inputs: Mapping[str, Any] | None = None, **options: Any
    ) -> Run:
        """Start a run: it is checked whole, and on the disk when this returns.

        Args:
            flow: a flow, YAML, or the name of a flow.
            inputs: of the run, by name.
            options: ``project`` (whose budget pays), ``idempotency_key`` (the same key of the same project returns the
                same run), ``max_credits`` (the flow's own limit holds besides), ``priority`` (-100 to 100), ``caller``.

        Raises:
            FlowInvalid: the flow or the inputs are not right; every problem is told.
            BudgetExceeded: it may cost more than ``max_credits``.
            InvalidInput: there is no flow of this name, or the idempotency key was used for another run.

        """
        unknown = sorted(set(options) - {"project", "idempotency_key", "max_credits", "priority", "caller"})
        if unknown:
            raise InvalidInput(f"{unknown[0]} is no option of a run.", field=unknown[0])
        asked = self.asked(await self._named(flow), inputs or {}, options)
        now = self._context.clock()
        name = await self._context.database.write(partial(insert, asked, now))
        self._context.wake("flow")
        return await self.get(name)

    def asked(self, flow: Flow, inputs: Mapping[str, Any], options: Mapping[str, Any]) -> Asking:
        """Check what is asked for, and hold it against the limits; nothing is written.

        Raises:
            FlowInvalid, BudgetExceeded, InvalidInput: as ``start``.

        """
        shape, taken, planned = check(flow, self._context.core, inputs)
        asked = asking(flow, shape, taken, estimate(shape, planned), options)
        if asked.limit is not None and not asked.estimate.within(asked.limit):
            high = "an unknown number of" if asked.estimate.high is None else f"{asked.estimate.high:f}"
            raise BudgetExceeded(
                f"A run of {flow.name} may cost {high} credits, more than the limit of {asked.limit:f}.",
                estimate=asked.estimate.high,
                limit=asked.limit,
                hint=" ".join(asked.estimate.unknown) or None,
            )
        return asked

    async def get(self, run: str) -> Run:
        """Return a run with its steps and items.

        Raises:
            TaskNotFound: there is none of this name.

        """
        found = await self._context.database.read(partial(read_run, run))
        if found is None:
            raise TaskNotFound(f"There is no run {run!r}.", task_id=run)
        return found

    async def list(
        self, *, project: str | None = None, state: str | None = None, flow: str | None = None, after: str = "",
        limit: int = 100,
    ) -> list[Run]:  # fmt: skip
        """Return runs, newest first, from before ``after`` on. Their steps are not told; see ``get``."""
        asked = {"project": project, "state": state, "flow": flow}
        return await self._context.database.read(partial(list_runs, asked, after, limit))

    async def wait(self, run: str, timeout: float | None = None) -> Run:
        """Wait for the end of a run.

        Raises:
            TaskNotFound: there is none of this name.
            TaskTimeout: it goes on, and can be waited for again.

        """
        return await until_final(self._context, run, self.get, timeout)

    async def cancel(self, run: str) -> Run:
        """Cancel a run: nothing new is begun, what was not sent is cancelled; what was sent is paid for, and kept."""
        return await self._changed(run, partial(deeds.cancel, run, self._context.clock()))

    async def resume(self, run: str) -> Run:
        """Take a cancelled or failed run up again; what has succeeded stays, what failed or was cancelled is done anew.

        Raises:
            InvalidInput: it has not ended, or nothing is left to do.

        """
        return await self._changed(run, partial(take_up, run, self._context.clock()))

    async def retry(self, run: str, step: str | None = None) -> Run:
        """Do the failed items of a run anew, of one step or of all, also where the run has succeeded without them.

        What comes after them is done with them: local steps again, generations only where they are missing.

        Raises:
            InvalidInput: it has not ended, or nothing has failed.

        """
        return await self._changed(run, partial(take_up, run, self._context.clock(), step, failed=True))

    async def _changed(self, run: str, begin: Begin[Any]) -> Run:
        await self.get(run)
        await self._context.database.write(begin)
        self._context.wake("flow")
        return await self.get(run)

    async def events(self, run: str, after: int = 0) -> AsyncIterator[RunEvent]:
        """Tell the history of a run, and what happens until its end."""
        while True:
            final = (await self.get(run)).final
            for event in await self._context.database.read(partial(read_events, run, after)):
                after = event.number
                yield event
            if final:
                return
            await self._context.changed(run, 1.0)


def _flow_of(flow: Flow | str | Mapping[str, Any]) -> Flow:
    if isinstance(flow, Flow):
        return to_flow(to_mapping(flow))  # what Python allowed and the form does not is told
    return read_flow(flow) if isinstance(flow, str) else to_flow(dict(flow))


def _brought() -> dict[str, str]:
    """The flows that this package brings, as YAML by name."""
    folder = files("kie.service.flows").joinpath("data")
    return {
        file.name.removesuffix(".yaml"): file.read_text(encoding="utf-8")
        for file in folder.iterdir()
        if file.name.endswith(".yaml")
    }
