"""``kie flows``: several generations that wait for each other, declared once. Runs of them are in `flow_runs`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kie.cli import amounts
from kie.cli.base import Argument, Group, Option
from kie.cli.flows import told
from kie.cli.flows.given import declared, flow_given, inputs_given
from kie.cli.generations import clock
from kie.cli.lang import plural, t
from kie.cli.options import command, lang_option, money_options
from kie.cli.records import plain
from kie.cli.runner import tell_rate
from kie.cli.screen import Column
from kie.cli.stores import emulated_option, on_service
from kie.errors import InvalidInput
from kie.store.work import Statement

if TYPE_CHECKING:
    from kie.cli.session import Session
    from kie.service.flows.declaring import Flow
    from kie.service.flows.estimating import Estimate
    from kie.service.service import Service
    from kie.store.work import Work

__all__ = ["check", "declare", "estimate", "flow_argument", "flows", "forget", "inputs_options", "list_", "show"]

_HERE = {name: f"kie.cli.commands.flows:{name}" for name in ("show", "check", "estimate", "declare", "forget")}
_RUNS = {
    name: f"kie.cli.commands.flow_runs:{name}"
    for name in ("run", "wait", "runs", "events", "save", "cancel", "resume", "retry")
}

flows = Group(
    name="flows",
    help="flows.help",
    prefix="flows.",
    places={"list": "kie.cli.commands.flows:list_", **_HERE, **_RUNS},
    sections={"flows.section-flows": ("list", *_HERE), "flows.section-runs": tuple(_RUNS)},
    params=[lang_option()],
)


def flow_argument() -> Argument:
    """Return the argument that names a flow."""
    return Argument(["flow"], metavar="FLOW")


def inputs_options() -> list[Any]:
    """Return what the inputs of a run are given by."""
    return [
        Argument(["words"], nargs=-1, metavar="INPUTS"),
        Option(["--input", "more"], metavar="KEY=VALUE", help="opt.flows-input", multiple=True),
        Option(["--inputs", "file"], metavar="FILE", help="opt.flows-inputs"),
    ]


@command("flows.list", emulated_option(), name="list", examples=("kie flows list",))
def list_(session: Session) -> int:
    """List flows: those that were declared here, and those that come along."""

    async def find(service: Service) -> tuple[list[Flow], dict[str, float]]:
        found = [await service.flows.load(name) for name in await service.flows.names()]
        return found, await service.database.read(_declared)

    found, at = on_service(session, find)
    say = session.screen
    if not say.wants_document:
        columns = [
            Column(t("flows.flow")),
            Column(t("flows.from")),
            Column(t("flows.about")),
            Column(t("flows.inputs")),
        ]
        rows = [
            [
                each.name,
                clock(at[each.name]) if each.name in at else t("flows.shipped"),
                each.description,
                ", ".join(each.inputs),
            ]
            for each in found
        ]
        say.table(columns, rows)
    say.document(
        {
            "flows": [
                {
                    "name": each.name,
                    "description": each.description,
                    "declared": at.get(each.name),
                    "inputs": list(each.inputs),
                    "steps": list(each.steps),
                }
                for each in found
            ]
        }
    )
    return 0


def _declared() -> Work[dict[str, float]]:
    """When each flow of the database was declared."""
    rows = yield Statement("SELECT name, at FROM flow")
    return {str(name): float(at) for name, at in rows}


@command(
    "flows.show",
    Argument(["name"], metavar="FLOW|RUN"),
    emulated_option(),
    *money_options(),
    name="show",
    examples=("kie flows show banner-series", "kie flows show run_01JD…"),
)
def show(session: Session, *, name: str) -> int:
    """Show what a flow takes and does, or all that is known of a run."""
    if name.startswith("run_"):
        run = on_service(session, lambda service: service.flows.get(name))
        told.run(session, run)
        tell_rate(session)
        session.screen.document(plain(run))
        return 0
    from kie.service.flows.mapping import to_mapping

    flow = on_service(session, lambda service: declared(service, flow_given(name)))
    told.declaration(session, flow)
    session.screen.document(plain(to_mapping(flow)))
    return 0


@command(
    "flows.check",
    flow_argument(),
    *inputs_options(),
    emulated_option(),
    name="check",
    examples=("kie flows check poster.yaml", "kie flows check poster.yaml --inputs poster.json"),
)
def check(session: Session, *, flow: str, words: tuple[str, ...], more: tuple[str, ...], file: str | None) -> int:
    """Check a flow, and inputs where they are given; nothing is written or sent."""
    given = flow_given(flow)

    async def look(service: Service) -> Flow:
        found = await declared(service, given)
        inputs = inputs_given((*words, *more), file, found.inputs) if words or more or file is not None else None
        service.flows.check(found if given == found.name else given, inputs)
        return found

    found = on_service(session, look)
    say = session.screen
    say.say(("✓ ", "green"), (found.name, "bold"), f"  {plural('flows.steps', len(found.steps))}")
    say.document({"name": found.name, "steps": list(found.steps), "inputs": list(found.inputs), "exit_code": 0})
    return 0


@command(
    "flows.estimate",
    flow_argument(),
    *inputs_options(),
    emulated_option(),
    *money_options(),
    name="estimate",
    examples=("kie flows estimate banner-series", "kie flows estimate poster.yaml what='a kite' --currency EUR=0.9"),
)
def estimate(session: Session, *, flow: str, words: tuple[str, ...], more: tuple[str, ...], file: str | None) -> int:
    """Tell what a run may cost; nothing is written or sent."""
    given = flow_given(flow)

    async def look(service: Service) -> Estimate:
        inputs = inputs_given((*words, *more), file, (await declared(service, given)).inputs)
        return await service.flows.estimate(given, inputs)

    found = on_service(session, look)
    told.estimate(session, found)
    tell_rate(session)
    prices = {name: amounts.money_record(getattr(found, name), session.currency) for name in ("low", "high")}
    session.screen.document({**plain(found), **prices, "unknown": list(found.unknown)})
    return 0


@command(
    "flows.declare",
    flow_argument(),
    emulated_option(),
    name="declare",
    examples=("kie flows declare poster.yaml",),
)
def declare(session: Session, *, flow: str) -> int:
    """Keep a flow under its name, for runs and schedules."""
    given = flow_given(flow)
    if isinstance(given, str) and "\n" not in given:
        raise InvalidInput(t("flows.file-wanted", value=flow), field="FLOW")
    found = on_service(session, lambda service: service.flows.declare(given))
    session.screen.say((found.name, "bold"), f"  {t('flows.declared')}")
    session.screen.document({"name": found.name, "declared": True})
    return 0


@command(
    "flows.forget",
    Argument(["name"], metavar="NAME"),
    emulated_option(),
    name="forget",
    examples=("kie flows forget poster",),
)
def forget(session: Session, *, name: str) -> int:
    """Remove a declared flow; its runs go on."""
    if not on_service(session, lambda service: service.flows.forget(name)):
        raise InvalidInput(t("flows.not-declared", name=name), field="NAME")
    session.screen.say((name, "bold"), f"  {t('flows.forgotten')}")
    session.screen.document({"name": name, "forgotten": True})
    return 0
