"""``kie schedules``: at certain times a flow is run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kie.cli.base import Argument, Group, Option
from kie.cli.commands.flows import inputs_options
from kie.cli.flows.given import declared, flow_given, inputs_given
from kie.cli.generations import clock
from kie.cli.lang import t
from kie.cli.options import command, lang_option
from kie.cli.records import plain
from kie.cli.screen import Column
from kie.cli.stores import emulated_option, on_service, server_extra
from kie.errors import InvalidInput

if TYPE_CHECKING:
    from kie.cli.session import Session
    from kie.service.flows.schedules import Schedule
    from kie.service.service import Service

__all__ = ["add", "disable", "enable", "list_", "remove", "schedules"]

_AT = "kie.cli.commands.schedules:"
_COMMANDS = ("list", "add", "remove", "enable", "disable")

schedules = Group(
    name="schedules",
    help="schedules.help",
    prefix="schedules.",
    places={name: _AT + {"list": "list_"}.get(name, name) for name in _COMMANDS},
    sections={"help.commands": _COMMANDS},
    params=[lang_option()],
)


def _name() -> Argument:
    return Argument(["name"], metavar="NAME")


@command("schedules.list", emulated_option(), name="list", examples=("kie schedules list", "kie schedules list --json"))
def list_(session: Session) -> int:
    """List schedules, and when each is due."""
    found = on_service(session, lambda service: service.flows.schedules.list())
    say = session.screen
    if found and not say.wants_document:
        columns = [
            Column(t("schedules.name")),
            Column(t("schedules.cron")),
            Column(t("flows.flow")),
            Column(t("column.project")),
            Column(t("schedules.next")),
            Column(t("schedules.last")),
            Column(t("schedules.run"), fold=False),
        ]
        say.table(columns, [_cells(each) for each in found])
    for each in found:
        if each.error:
            say.note(("! ", "yellow"), (f"{each.name}: {each.error}", "yellow"))
    if not found:
        say.note((t("schedules.none"), "dim"))
    say.document({"schedules": plain(found)})
    return 0


def _cells(each: Schedule) -> list[str]:
    return [
        each.name,
        f"{each.cron} {each.zone}",
        each.flow,
        each.project,
        clock(each.next_at) if each.enabled else t("schedules.off"),
        clock(each.last_at),
        each.last_run or "–",
    ]


async def _one(service: Service, name: str) -> Schedule | None:
    return next((each for each in await service.flows.schedules.list() if each.name == name), None)


@command(
    "schedules.add",
    _name(),
    Argument(["cron"], metavar="CRON"),
    Argument(["flow"], metavar="FLOW"),
    *inputs_options(),
    Option(["--zone"], metavar="ZONE", help="opt.schedules-zone", default="UTC"),
    Option(["--project"], metavar="NAME", help="opt.flows-project", default="default"),
    Option(["--disabled"], is_flag=True, help="opt.schedules-disabled"),
    Option(["--replace"], is_flag=True, help="opt.schedules-replace"),
    emulated_option(),
    name="add",
    examples=(
        "kie schedules add nightly '0 3 * * *' banner-series --inputs shop.json --zone Europe/Berlin",
        "kie schedules add weekly '0 9 * * 1' poster what='a kite' --disabled",
    ),
)
def add(
    session: Session,
    *,
    name: str,
    cron: str,
    flow: str,
    words: tuple[str, ...],
    more: tuple[str, ...],
    file: str | None,
    disabled: bool,
    replace: bool,
    **where: Any,
) -> int:
    """Have a flow run at certain times."""
    given = flow_given(flow)
    if given != flow:
        raise InvalidInput(t("schedules.declare", file=flow), field="FLOW")
    with server_extra():
        import croniter  # type: ignore[import-untyped]  # noqa: F401 - it is seen that it is there

    async def go(service: Service) -> Schedule:
        await service.open()
        if not replace and await _one(service, name) is not None:
            raise InvalidInput(t("schedules.taken", name=name), field="NAME")
        inputs = inputs_given((*words, *more), file, (await declared(service, flow)).inputs)
        return await service.flows.schedules.put(name, cron, flow=flow, inputs=inputs, enabled=not disabled, **where)

    return _told(session, on_service(session, go))


def _told(session: Session, made: Schedule) -> int:
    when = t("schedules.due", time=clock(made.next_at)) if made.enabled else t("schedules.off")
    session.screen.say((f"{made.name}: ", "bold"), f"{made.flow}, {when}")
    session.screen.document(plain(made))
    return 0


@command("schedules.remove", _name(), emulated_option(), name="remove", examples=("kie schedules remove nightly",))
def remove(session: Session, *, name: str) -> int:
    """Remove a schedule."""
    if not on_service(session, lambda service: service.flows.schedules.remove(name)):
        raise InvalidInput(t("schedules.no-such", name=name), field="NAME")
    session.screen.say((f"{name}: ", "bold"), t("schedules.removed"))
    session.screen.document({"name": name, "removed": True})
    return 0


def _switched(session: Session, name: str, *, on: bool) -> int:
    """Put a schedule again as it was, switched on or off."""

    async def go(service: Service) -> Schedule:
        await service.open()
        found = await _one(service, name)
        if found is None:
            raise InvalidInput(t("schedules.no-such", name=name), field="NAME")
        return await service.flows.schedules.put(
            name,
            found.cron,
            flow=found.flow,
            zone=found.zone,
            inputs=found.inputs,
            project=found.project,
            enabled=on,
        )

    return _told(session, on_service(session, go))


@command("schedules.enable", _name(), emulated_option(), name="enable", examples=("kie schedules enable nightly",))
def enable(session: Session, *, name: str) -> int:
    """Switch a schedule on."""
    return _switched(session, name, on=True)


@command("schedules.disable", _name(), emulated_option(), name="disable", examples=("kie schedules disable nightly",))
def disable(session: Session, *, name: str) -> int:
    """Switch a schedule off."""
    return _switched(session, name, on=False)
