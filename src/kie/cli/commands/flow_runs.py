"""``kie flows``: runs. They are started, waited for, looked at, cancelled, taken up again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kie.cli import exits
from kie.cli.base import Argument, Number, Option
from kie.cli.base import Choice as OneOf
from kie.cli.carrying import Waiting, lives, placed, see_through, tell_carried
from kie.cli.commands.flows import flow_argument, inputs_options
from kie.cli.flows import told
from kie.cli.flows.given import declared, flow_given, inputs_given
from kie.cli.flows.saving import save_outputs
from kie.cli.lang import t
from kie.cli.options import command, money_options, out_option
from kie.cli.records import plain
from kie.cli.runner import tell_rate, writable
from kie.cli.stores import again, emulated_option, on_service
from kie.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from kie.cli.session import Session
    from kie.cli.stages import Stage
    from kie.service.flows.facet import Flows
    from kie.service.flows.runs import Run, RunEvent
    from kie.service.service import Service

__all__ = ["cancel", "events", "resume", "retry", "run", "runs", "save", "wait"]

_STATES = ("running", "failing", "cancelling", "succeeded", "failed", "cancelled")


def _name() -> Argument:
    return Argument(["name"], metavar="RUN")


def _timeout() -> Option:
    return Option(["--timeout"], help="opt.wait-timeout", metavar="SECONDS", type=Number(0))


@command(
    "flows.run",
    flow_argument(),
    *inputs_options(),
    Option(["--project"], metavar="NAME", help="opt.flows-project", default="default"),
    Option(["--max-credits"], metavar="NUMBER", type=Number(0), help="opt.flows-max"),
    Option(["--priority"], metavar="NUMBER", type=Number(-100, whole=True), help="opt.flows-priority", default=0),
    Option(["--idempotency-key"], metavar="TEXT", help="opt.idempotency"),
    Option(["--wait", "wait_"], is_flag=True, help="opt.flows-wait"),
    out_option("opt.flows-out"),
    _timeout(),
    emulated_option(),
    *money_options(),
    name="run",
    examples=(
        "kie flows run banner-series --inputs shop.json --max-credits 500",
        "kie flows run poster.yaml what='a kite' --wait -o out",
    ),
)
def run(
    session: Session,
    *,
    flow: str,
    words: tuple[str, ...],
    more: tuple[str, ...],
    file: str | None,
    wait_: bool,
    folder: str,
    timeout: Any,
    **options: Any,
) -> int:
    """Start a run; with --wait see it through, and save what it makes."""
    given = flow_given(flow)
    if wait_:
        writable(folder)

    async def begin(service: Service) -> Run:
        inputs = inputs_given((*words, *more), file, (await declared(service, given)).inputs)
        await service.open()
        started = await service.flows.start(given, inputs, **options)
        session.screen.note((started.id, "bold"), f"  {told.between(session, started.low, started.high)}")
        return started

    if wait_:
        return _see_through(session, begin, folder, timeout)

    async def start(service: Service) -> tuple[Run, bool]:
        return await begin(service), await lives(service)

    started, carried = on_service(session, start)
    _left(session, started, carried=carried)
    return 0


def _left(session: Session, found: Run, *, carried: bool) -> None:
    """Say who carries a run on that nobody waits for here."""
    say = session.screen
    if not session.wants_json:
        say.say(found.id)
    tell_carried(session, "flows.carried", carried=carried)
    back = again(session, f"kie flows wait {found.id}")
    say.note("  ", t("flows.come-back"), " ", (back, "bold"))
    tell_rate(session)
    say.document({**plain(found), "carried": carried, "resume": back})


def _see_through(
    session: Session, begin: Callable[[Service], Awaitable[Run]], folder: str, timeout: Any, *, asks: bool = True
) -> int:  # fmt: skip
    target = writable(folder)

    async def started(service: Service) -> str:
        return (await begin(service)).id

    async def look(service: Service, name: str) -> tuple[bool, list[Stage]]:
        found = await service.flows.get(name)
        return found.final, told.stages(found)

    async def done(service: Service, name: str) -> int:
        found = await service.flows.get(name)
        told.run(session, found)
        files = await save_outputs(session, service, found, target)
        tell_rate(session)
        code = exits.DONE if found.state == "succeeded" else exits.FAILED
        if code:
            line = again(session, f"kie flows resume {name}")
            session.screen.note("  ", t("flows.again"), " ", (line, "bold"))
        session.screen.document({**plain(found), "files": files, "exit_code": code})
        return code

    back = "kie flows wait {}" + placed(folder)
    return see_through(session, Waiting(started, look, done, back, "flows.come-back", timeout, asks, needs="dbos"))


@command(
    "flows.wait",
    _name(),
    out_option("opt.flows-out"),
    _timeout(),
    emulated_option(),
    *money_options(),
    name="wait",
    examples=("kie flows wait run_01JD… -o out",),
)
def wait(session: Session, *, name: str, folder: str, timeout: Any) -> int:
    """See a run through, and save what it makes."""
    return _see_through(session, lambda service: service.flows.get(name), folder, timeout, asks=False)


@command(
    "flows.runs",
    Option(["--flow"], metavar="NAME", help="opt.flows-of"),
    Option(["--state"], type=OneOf(_STATES), metavar="STATE", help="opt.flows-state"),
    Option(["--project"], metavar="NAME", help="opt.project"),
    Option(["--after"], metavar="ID", help="opt.generations-after", default=""),
    Option(["--limit"], metavar="NUMBER", type=Number(1, whole=True), help="opt.limit", default=50),
    emulated_option(),
    name="runs",
    examples=("kie flows runs", "kie flows runs --flow banner-series --state failed --json"),
)
def runs(session: Session, *, limit: int, **asked: Any) -> int:
    """List runs, the newest first."""
    found = on_service(session, lambda service: service.flows.list(limit=limit, **asked))
    if found and not session.wants_json:
        told.runs(session, found)
    if not found:
        session.screen.note((t("flows.no-runs"), "dim"))
    session.screen.document({"runs": plain(found), "after": found[-1].id if len(found) == limit else None})
    return 0


@command(
    "flows.events",
    _name(),
    Option(["--follow"], is_flag=True, help="opt.follow"),
    emulated_option(),
    name="events",
    examples=("kie flows events run_01JD… --follow",),
)
def events(session: Session, *, name: str, follow: bool) -> int:
    """Show the history of a run; with --follow until its end."""

    async def tell_all(service: Service) -> None:
        async for happening in service.flows.events(name):
            if session.wants_json:
                session.screen.line(plain(happening))
            else:
                told.event(session, happening)

    async def find(service: Service) -> list[RunEvent]:
        from kie.service.flows.runs import read_events

        await service.flows.get(name)
        return await service.database.read(lambda: read_events(name))

    if follow:
        on_service(session, tell_all)
        return 0
    found = on_service(session, find)
    for happening in found:
        told.event(session, happening)
    session.screen.document({"run": name, "events": plain(found)})
    return 0


@command(
    "flows.save",
    _name(),
    out_option(),
    emulated_option(),
    name="save",
    examples=("kie flows save run_01JD… -o out",),
)
def save(session: Session, *, name: str, folder: str) -> int:
    """Write the files that a run hands back into a folder."""
    target = writable(folder)

    async def write(service: Service) -> list[dict[str, Any]]:
        found = await service.flows.get(name)
        if found.outputs is None:
            raise InvalidInput(t("flows.no-outputs", run=name, state=t(f"state.{found.state}")), field="RUN")
        return await save_outputs(session, service, found, target)

    session.screen.document({"run": name, "files": on_service(session, write)})
    return 0


def _ordered(session: Session, action: Callable[[Flows], Awaitable[Run]]) -> int:
    """Order something of a run, and say how it stands now."""

    async def go(service: Service) -> tuple[Run, bool]:
        await service.open()
        return await action(service.flows), await lives(service)

    found, carried = on_service(session, go)
    session.screen.say((found.id, "bold"), f"  {t(f'state.{found.state}')}")
    if not found.final and not carried:
        tell_carried(session, "flows.carried", carried=carried)
    session.screen.document({**plain(found), "carried": carried})
    return 0


@command("flows.cancel", _name(), emulated_option(), name="cancel", examples=("kie flows cancel run_01JD…",))
def cancel(session: Session, *, name: str) -> int:
    """Begin nothing more of a run; what was sent is paid for, and kept."""
    return _ordered(session, lambda flows: flows.cancel(name))


@command("flows.resume", _name(), emulated_option(), name="resume", examples=("kie flows resume run_01JD…",))
def resume(session: Session, *, name: str) -> int:
    """Take a run up again that failed or was cancelled."""
    return _ordered(session, lambda flows: flows.resume(name))


@command(
    "flows.retry",
    _name(),
    Option(["--step"], metavar="NAME", help="opt.flows-step"),
    emulated_option(),
    name="retry",
    examples=("kie flows retry run_01JD…", "kie flows retry run_01JD… --step clips"),
)
def retry(session: Session, *, name: str, step: str | None) -> int:
    """Make again what has failed, also of a run that succeeded without it."""
    return _ordered(session, lambda flows: flows.retry(name, step))
