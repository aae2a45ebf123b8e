"""``kie endpoints``: who is told of what happens in the service, and whether it was heard."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from kie.cli import endpoints_told as told
from kie.cli import exits, times
from kie.cli.base import Argument, Choice, Group, Number, Option
from kie.cli.lang import plural, t
from kie.cli.options import command, lang_option
from kie.cli.records import plain
from kie.cli.stores import again, emulated_option, on_service
from kie.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from kie.cli.session import Session
    from kie.service.notifications.endpoints import Endpoints
    from kie.service.notifications.rows import Delivery, Endpoint
    from kie.service.service import Service

_COMMANDS = (
    *("list", "add", "show", "change", "remove", "enable", "disable"),
    *("test", "deliveries", "attempts", "message", "replay", "rotate", "callbacks"),
)
__all__ = ["endpoints"]

_AT = "kie.cli.commands.endpoints:"
#: As ``notifications.endpoints`` has it, in seconds; the service is not imported for help.
_DAY = 86_400
_LATEST = 5

endpoints = Group(
    name="endpoints",
    help="endpoints.help",
    prefix="endpoints.",
    places={name: _AT + {"list": "list_"}.get(name, name) for name in _COMMANDS},
    sections={"help.commands": _COMMANDS},
    params=[lang_option()],
)


def _name() -> Argument:
    return Argument(["name"], metavar="ID")


def _events() -> Option:
    return Option(["--event", "events"], metavar="EVENT", help="opt.endpoints-event", multiple=True)


def _description() -> Option:
    return Option(["--description"], metavar="TEXT", help="opt.endpoints-description")


def _changed(session: Session, action: Callable[[Endpoints], Awaitable[Endpoint]], sentence: str) -> int:
    """Change an endpoint, and say how it stands now."""
    found = on_service(session, lambda service: action(service.endpoints))
    session.screen.say((f"{found.id}: ", "bold"), sentence)
    session.screen.document(plain(found))
    return 0


@command(
    "endpoints.list",
    Option(["--project"], metavar="NAME", help="opt.endpoints-of"),
    emulated_option(),
    name="list",
    examples=("kie endpoints list", "kie endpoints list --project site --json"),
)
def list_(session: Session, *, project: str | None) -> int:
    """List endpoints."""
    found = on_service(session, lambda service: service.endpoints.list(project))
    told.table(session, found)
    session.screen.document({"endpoints": plain(found)})
    return 0


@command(
    "endpoints.add",
    Argument(["url"], metavar="URL"),
    Option(["--project"], metavar="NAME", help="opt.endpoints-project", default=""),
    _events(),
    _description(),
    emulated_option(),
    name="add",
    examples=(
        "kie endpoints add https://example.com/kie --project site --event 'generation.*'",
        "kie endpoints add https://example.com/alerts --event 'alert.*' --event batch.finished",
    ),
)
def add(session: Session, *, url: str, project: str, events: tuple[str, ...], description: str | None) -> int:
    """Add an endpoint, and show its secret, this once."""

    async def go(service: Service) -> tuple[Endpoint, str]:
        made = await service.endpoints.add(url, project=project, types=events, description=description or "")
        return made, await service.endpoints.secret(made.id)

    made, secret = on_service(session, go)
    say = session.screen
    say.say((f"{made.id}: ", "bold"), t("endpoints.added", url=made.url))
    told.secret(session, secret)
    say.note((t("endpoints.try", command=again(session, f"kie endpoints test {made.id}")), "dim"))
    say.document({"endpoint": plain(made), "secret": secret})
    return 0


@command("endpoints.show", _name(), emulated_option(), name="show", examples=("kie endpoints show ep_01JD…",))
def show(session: Session, *, name: str) -> int:
    """Show one, and what it was sent last."""

    async def go(service: Service) -> tuple[Endpoint, Sequence[Delivery]]:
        return await service.endpoints.get(name), await service.endpoints.deliveries(name, limit=_LATEST)

    found, last = on_service(session, go)
    told.one(session, found)
    told.deliveries(session, last)
    session.screen.document({**plain(found), "deliveries": plain(last)})
    return 0


@command(
    "endpoints.change",
    _name(),
    Option(["--url"], metavar="URL", help="opt.endpoints-url"),
    _events(),
    _description(),
    emulated_option(),
    name="change",
    examples=("kie endpoints change ep_01JD… --event batch.finished", "kie endpoints change ep_01JD… --event all"),
)
def change(session: Session, *, name: str, url: str | None, events: tuple[str, ...], description: str | None) -> int:
    """Change what is given."""
    types = None if not events else () if events == ("all",) else events
    given: dict[str, Any] = {"url": url, "types": types, "description": description}
    if all(value is None for value in given.values()):
        raise InvalidInput(t("endpoints.nothing"), field="--url")
    return _changed(session, lambda facet: facet.change(name, **given), t("endpoints.changed"))


@command("endpoints.remove", _name(), emulated_option(), name="remove", examples=("kie endpoints remove ep_01JD…",))
def remove(session: Session, *, name: str) -> int:
    """Remove an endpoint."""
    on_service(session, lambda service: service.endpoints.remove(name))
    session.screen.say((f"{name}: ", "bold"), t("endpoints.removed"))
    session.screen.document({"id": name, "removed": True})
    return 0


@command("endpoints.enable", _name(), emulated_option(), name="enable", examples=("kie endpoints enable ep_01JD…",))
def enable(session: Session, *, name: str) -> int:
    """Send to it again."""
    return _changed(session, lambda facet: facet.enable(name), t("endpoints.enabled"))


@command("endpoints.disable", _name(), emulated_option(), name="disable", examples=("kie endpoints disable ep_01JD…",))
def disable(session: Session, *, name: str) -> int:
    """Send nothing to it until it is enabled."""
    return _changed(session, lambda facet: facet.disable(name), t("endpoints.disabled"))


@command("endpoints.test", _name(), emulated_option(), name="test", examples=("kie endpoints test ep_01JD…",))
def test(session: Session, *, name: str) -> int:
    """Send a ping now."""
    done = on_service(session, lambda service: service.endpoints.test(name))
    heard = done.state == "delivered"
    mark = ("✓ ", "green") if heard else ("✗ ", "red")
    session.screen.say(mark, (f"{done.url}  ", "bold"), told.answer(done.last))
    if not heard and done.last is not None and done.last.excerpt:
        session.screen.say("  ", (done.last.excerpt, "dim"))
    code = exits.DONE if heard else exits.FAILED
    session.screen.document({**plain(done), "exit_code": code})
    return code


@command(
    "endpoints.deliveries",
    Argument(["name"], metavar="[ID]", required=False),
    Option(["--state"], type=Choice(told.STATES), metavar="STATE", help="opt.endpoints-state"),
    Option(["--subject"], metavar="ID", help="opt.endpoints-subject"),
    Option(["--message", "message_"], metavar="ID", help="opt.endpoints-message"),
    Option(["--before"], metavar="NUMBER", type=Number(1, whole=True), help="opt.endpoints-before"),
    Option(["--limit"], metavar="NUMBER", type=Number(1, whole=True), help="opt.limit", default=50),
    emulated_option(),
    name="deliveries",
    examples=("kie endpoints deliveries ep_01JD… --state failed", "kie endpoints deliveries --subject gen_01JD…"),
)
def deliveries(session: Session, *, name: str | None, message_: str | None, limit: int, **given: Any) -> int:
    """Show the log, the newest first."""
    most = min(limit, told.MOST)

    async def go(service: Service) -> Sequence[Delivery]:
        if name is not None:
            await service.endpoints.get(name)
        return await service.endpoints.deliveries(name, message=message_, limit=most, **given)

    found = on_service(session, go)
    told.deliveries(session, found)
    before = found[-1].number if len(found) == most else None
    session.screen.document({"deliveries": plain(found), "before": before})
    return 0


@command(
    "endpoints.attempts",
    Argument(["number"], metavar="NUMBER", type=Number(1, whole=True)),
    emulated_option(),
    name="attempts",
    examples=("kie endpoints attempts 17",),
)
def attempts(session: Session, *, number: int) -> int:
    """Show each attempt of a delivery."""
    found = on_service(session, lambda service: service.endpoints.attempts(number))
    told.attempts(session, found)
    session.screen.document({"delivery": number, "attempts": plain(found)})
    return 0


@command("endpoints.message", _name(), emulated_option(), name="message", examples=("kie endpoints message msg_01JD…",))
def message(session: Session, *, name: str) -> int:
    """Show a message as it is sent."""
    found = on_service(session, lambda service: service.endpoints.message(name))
    session.screen.say(found.payload)
    session.screen.document(plain(found))
    return 0


@command(
    "endpoints.replay",
    _name(),
    Option(["--since"], metavar="DATE", help="opt.endpoints-since"),
    Option(["--message", "message_"], metavar="ID", help="opt.endpoints-again"),
    emulated_option(),
    name="replay",
    examples=("kie endpoints replay ep_01JD… --since 2d", "kie endpoints replay ep_01JD… --message msg_01JD…"),
)
def replay(session: Session, *, name: str, since: str | None, message_: str | None) -> int:
    """Send again what failed, or one message."""
    if (since is None) is (message_ is None):
        raise InvalidInput(t("endpoints.which"), field="--since")
    begin = None if since is None else times.since(since, datetime.now(UTC)).timestamp()
    number = on_service(session, lambda service: service.endpoints.replay(name, message=message_, since=begin))
    session.screen.say((f"{name}: ", "bold"), plural("endpoints.replayed", number))
    session.screen.document({"id": name, "replayed": number})
    return 0


@command(
    "endpoints.rotate",
    _name(),
    Option(["--overlap"], metavar="SECONDS", type=Number(0), help="opt.endpoints-overlap", default=_DAY),
    emulated_option(),
    name="rotate",
    examples=("kie endpoints rotate ep_01JD…", "kie endpoints rotate ep_01JD… --overlap 0"),
)
def rotate(session: Session, *, name: str, overlap: Any) -> int:
    """Give it another secret, and show that, this once."""
    secret = on_service(session, lambda service: service.endpoints.rotate_secret(name, overlap=float(overlap)))
    told.secret(session, secret)
    session.screen.note((t("endpoints.both" if overlap else "endpoints.at-once"), "dim"))
    session.screen.document({"id": name, "secret": secret})
    return 0


@command(
    "endpoints.callbacks",
    Argument(["project"], metavar="NAME"),
    emulated_option(),
    name="callbacks",
    examples=("kie endpoints callbacks site",),
)
def callbacks(session: Session, *, project: str) -> int:
    """Show who signs for callback addresses of single generations, and the secret."""

    async def go(service: Service) -> tuple[str, str]:
        signer = await service.endpoints.callbacks(project)
        return signer, await service.endpoints.secret(signer)

    signer, secret = on_service(session, go)
    session.screen.say((signer, "bold"))
    told.secret(session, secret)
    session.screen.document({"project": project, "id": signer, "secret": secret})
    return 0
