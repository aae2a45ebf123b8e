"""``kie generations add`` and ``wait``: one generation is given to the service, and seen through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kie.cli import amounts, exits
from kie.cli.base import Argument, Number, Option
from kie.cli.carrying import Waiting, lives, placed, see_through, tell_carried
from kie.cli.commands.generations import written
from kie.cli.generations import record, tell
from kie.cli.lang import plural, t
from kie.cli.options import INPUTS, MODEL, command, money_options, out_option
from kie.cli.runner import tell_rate, writable
from kie.cli.stages import Stage
from kie.cli.stores import again, emulated_option, on_service
from kie.cli.values import inputs_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from kie.cli.session import Session
    from kie.service.generation import Generation
    from kie.service.service import Service

__all__ = ["add", "wait"]


def _timeout() -> Option:
    return Option(["--timeout"], help="opt.wait-timeout", metavar="SECONDS", type=Number(0))


@command(
    "generations.add",
    MODEL(),
    INPUTS(),
    Option(["--project"], metavar="NAME", help="opt.flows-project", default="default"),
    Option(["--max-credits"], metavar="NUMBER", type=Number(0), help="opt.max-credits"),
    Option(
        ["--priority"], metavar="NUMBER", type=Number(-1000, whole=True), help="opt.generations-priority", default=0
    ),
    Option(["--idempotency-key"], metavar="TEXT", help="opt.idempotency"),
    Option(["--notify"], metavar="URL", help="opt.generations-notify"),
    Option(["--reuse", "cache"], is_flag=True, help="opt.batches-reuse"),
    Option(["--wait", "wait_"], is_flag=True, help="opt.flows-wait"),
    out_option(),
    _timeout(),
    emulated_option(),
    *money_options(),
    name="add",
    examples=(
        "kie generations add nano-banana-2 prompt='a red kite' --wait -o out",
        "kie generations add veo-3-1 prompt=waves --project shop --idempotency-key waves-1",
    ),
)
def add(
    session: Session,
    *,
    model: str,
    inputs: tuple[str, ...],
    wait_: bool,
    folder: str,
    timeout: Any,
    cache: bool,
    **options: Any,
) -> int:
    """Ask for one generation."""
    given = inputs_of(inputs)
    if wait_:
        writable(folder)

    async def ask(service: Service) -> Generation:
        made = await service.create(model, given, cache=True if cache else None, **options)
        price = amounts.money(made.estimate.normalize(), session.currency) if made.estimate is not None else ""
        session.screen.note((made.id, "bold"), f"  {price or t('amount.unpublished')}")
        return made

    if wait_:
        return _see_through(session, ask, folder, timeout)

    async def start(service: Service) -> tuple[Generation, bool]:
        return await ask(service), await lives(service)

    made, carried = on_service(session, start)
    back = again(session, f"kie generations wait {made.id}")
    if not session.wants_json:
        session.screen.say(made.id)
    tell_carried(session, "batches.carried", carried=carried)
    session.screen.note("  ", t("flows.come-back"), " ", (back, "bold"))
    session.screen.document({**record(session, made), "carried": carried, "resume": back})
    return 0


def _see_through(
    session: Session, begin: Callable[[Service], Awaitable[Generation]], folder: str, timeout: Any, *, asks: bool = True
) -> int:  # fmt: skip
    target = writable(folder)

    async def started(service: Service) -> str:
        return (await begin(service)).id

    async def look(service: Service, name: str) -> tuple[bool, list[Stage]]:
        found = await service.get(name)
        stage = Stage(found.model, t(f"state.{found.state.value}"), int(found.final), 1)
        return found.final or found.state.value == "uncertain", [stage]

    async def done(service: Service, name: str) -> int:
        found = await service.get(name)
        tell(session, found)
        files = [(each, await written(service, found, each, target)) for each in found.outputs]
        for artefact, path in files:
            session.screen.say("  ", (str(path), "bold"), (f"  {artefact.type}  {amounts.size(artefact.size)}", "dim"))
        if files:
            session.screen.note((plural("generations.saved", len(files)), "dim"))
        tell_rate(session)
        code = {"succeeded": exits.DONE, "uncertain": exits.UNAVAILABLE}.get(found.state.value, exits.FAILED)
        if found.state.value == "uncertain":
            line = again(session, f"kie resolve {name}")
            session.screen.note("  ", t("generations.to-settle"), " ", (line, "bold"))
        paths = [{**artefact._asdict(), "path": path} for artefact, path in files]
        session.screen.document({**record(session, found), "files": paths, "exit_code": code})
        return code

    back = "kie generations wait {}" + placed(folder)
    return see_through(session, Waiting(started, look, done, back, "flows.come-back", timeout, asks))


@command(
    "generations.wait",
    Argument(["name"], metavar="ID"),
    out_option(),
    _timeout(),
    emulated_option(),
    *money_options(),
    name="wait",
    examples=("kie generations wait gen_01JD… -o out",),
)
def wait(session: Session, *, name: str, folder: str, timeout: Any) -> int:
    """See a generation through, and save what it makes."""
    return _see_through(session, lambda service: service.get(name), folder, timeout, asks=False)
