"""``kie batches``: many generations asked for as one, kept in the database. `kie batch` works a file off from here."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kie.cli import amounts
from kie.cli import batches_told as told
from kie.cli.base import Argument, Choice, Group, Number, Option
from kie.cli.batches_adding import Adding, follow
from kie.cli.batches_saving import save_items
from kie.cli.lang import plural, t
from kie.cli.options import command, lang_option, model_option, money_options, out_option
from kie.cli.records import plain
from kie.cli.runner import tell_rate, writable
from kie.cli.stores import emulated_option, on_service
from kie.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from kie.cli.session import Session
    from kie.service.batches.batch import Batch, BatchEvent, BatchItem
    from kie.service.batches.batches import Batches
    from kie.service.service import Service

__all__ = ["batches"]

_AT = "kie.cli.commands.batches:"
_COMMANDS = (
    *("list", "add", "wait", "show", "items", "events", "save", "export"),
    *("pause", "resume", "retry", "cancel", "remove"),
)

batches = Group(
    name="batches",
    help="batches.help",
    prefix="batches.",
    places={name: _AT + {"list": "list_"}.get(name, name) for name in _COMMANDS},
    sections={"help.commands": _COMMANDS},
    params=[lang_option()],
)


def _name() -> Argument:
    return Argument(["name"], metavar="BATCH")


def _timeout() -> Option:
    return Option(["--timeout"], help="opt.wait-timeout", metavar="SECONDS", type=Number(0))


@command(
    "batches.list",
    Option(["--state"], type=Choice(told.STATES), metavar="STATE", help="opt.batches-state"),
    Option(["--project"], metavar="NAME", help="opt.project"),
    Option(["--after"], metavar="ID", help="opt.generations-after", default=""),
    Option(["--limit"], metavar="NUMBER", type=Number(1, whole=True), help="opt.limit", default=50),
    emulated_option(),
    name="list",
    examples=("kie batches list", "kie batches list --state paused --json"),
)
def list_(session: Session, *, limit: int, **asked: Any) -> int:
    """List batches, the newest first."""
    found = on_service(session, lambda service: service.batches.list(limit=limit, **asked))
    told.table(session, found)
    session.screen.document({"batches": plain(found), "after": found[-1].id if len(found) == limit else None})
    return 0


@command(
    "batches.add",
    Argument(["file"], metavar="FILE"),
    model_option("opt.batch-model"),
    Option(["--input", "inputs"], metavar="KEY=VALUE", help="opt.batches-input", multiple=True),
    Option(["--name"], metavar="NAME", help="opt.batches-name", default=""),
    Option(["--project"], metavar="NAME", help="opt.flows-project", default="default"),
    Option(["--max-credits"], metavar="NUMBER", type=Number(0), help="opt.batches-max"),
    Option(["--priority"], metavar="NUMBER", type=Number(-1000, whole=True), help="opt.batches-priority", default=-10),
    Option(["--window"], metavar="NUMBER", type=Number(1, whole=True), help="opt.batches-window", default=1000),
    Option(["--idempotency-key"], metavar="TEXT", help="opt.idempotency"),
    Option(["--format", "kind"], type=Choice(("jsonl", "csv")), metavar="FORMAT", help="opt.batches-format"),
    Option(["--reuse", "cache"], is_flag=True, help="opt.batches-reuse"),
    Option(["--partial"], is_flag=True, help="opt.batches-partial"),
    Option(["--hold"], is_flag=True, help="opt.batches-hold"),
    Option(["--dry-run"], is_flag=True, help="opt.batches-dry"),
    Option(["--wait", "wait_"], is_flag=True, help="opt.batches-wait"),
    _timeout(),
    emulated_option(),
    *money_options(),
    name="add",
    examples=(
        "kie batches add prompts.jsonl --max-credits 200",
        "kie batches add prompts.csv -m nano-banana-2 --input aspect_ratio=16:9 --project shop",
        "kie batches add prompts.jsonl --dry-run",
    ),
)
def add(session: Session, *, file: str, dry_run: bool, wait_: bool, timeout: Any, **options: Any) -> int:
    """Ask for every row of a file."""
    source: str | bytes = file
    if file == "-":
        source = sys.stdin.buffer.read()
    elif not Path(file).expanduser().is_file():
        raise InvalidInput(t("batches.no-file", file=file), field="FILE")
    adding = Adding(session, source, **options)
    if dry_run:
        return adding.estimated()
    if wait_ and adding.hold:
        raise InvalidInput(t("batches.hold-or-wait"), field="--hold")
    if wait_:
        return follow(session, adding.added, timeout)
    return adding.left()


@command(
    "batches.wait",
    _name(),
    _timeout(),
    emulated_option(),
    *money_options(),
    name="wait",
    examples=("kie batches wait bat_01JD…",),
)
def wait(session: Session, *, name: str, timeout: Any) -> int:
    """See a batch through to its end."""
    return follow(session, lambda service: service.batches.get(name), timeout, asks=False)


@command(
    "batches.show",
    _name(),
    emulated_option(),
    *money_options(),
    name="show",
    examples=("kie batches show bat_01JD…",),
)
def show(session: Session, *, name: str) -> int:
    """Show how far a batch is, and what it costs."""
    found = on_service(session, lambda service: service.batches.get(name))
    told.one(session, found)
    tell_rate(session)
    spent = {key: amounts.money_record(getattr(found, key), session.currency) for key in ("held", "spent")}
    session.screen.document({**plain(found), **spent})
    return 0


@command(
    "batches.items",
    _name(),
    Option(["--state"], type=Choice(told.ITEMS), metavar="STATE", help="opt.batches-item-state"),
    Option(["--after"], metavar="NUMBER", type=Number(0, whole=True), help="opt.batches-after"),
    Option(["--limit"], metavar="NUMBER", type=Number(1, whole=True), help="opt.limit", default=50),
    emulated_option(),
    name="items",
    examples=("kie batches items bat_01JD… --state failed",),
)
def items(session: Session, *, name: str, state: str | None, after: int | None, limit: int) -> int:
    """Show items, and what is wrong with them."""
    last = -1 if after is None else after

    async def find(service: Service) -> list[BatchItem]:
        return await service.batches.items(name, state=state, after=last, limit=limit)

    found = on_service(session, find)
    told.items(session, found)
    session.screen.document({"items": plain(found), "after": found[-1].position if len(found) == limit else None})
    return 0


@command("batches.events", _name(), emulated_option(), name="events", examples=("kie batches events bat_01JD…",))
def events(session: Session, *, name: str) -> int:
    """Show the history of a batch."""

    async def find(service: Service) -> list[BatchEvent]:
        from kie.service.batches import rows

        await service.batches.get(name)
        return await service.database.read(lambda: rows.events(name, 0))

    found = on_service(session, find)
    told.events(session, found)
    session.screen.document({"batch": name, "events": plain(found)})
    return 0


@command(
    "batches.save",
    _name(),
    out_option(),
    emulated_option(),
    name="save",
    examples=("kie batches save bat_01JD… -o out",),
)
def save(session: Session, *, name: str, folder: str) -> int:
    """Write the files of all items into a folder."""
    target = writable(folder)
    found = on_service(session, lambda service: save_items(session, service, name, target))
    session.screen.note((plural("generations.saved", len(found)), "dim"))
    session.screen.document({"batch": name, "files": found})
    return 0


@command(
    "batches.export",
    _name(),
    Option(["--format", "kind"], type=Choice(("jsonl", "csv")), metavar="FORMAT", help="opt.export-format"),
    Option(["--state"], type=Choice(told.EXPORTED), metavar="STATE", help="opt.batches-item-state"),
    Option(["-o", "--out", "target"], metavar="FILE", help="opt.export-out", default="-"),
    Option(["--force"], is_flag=True, help="opt.export-force"),
    emulated_option(),
    name="export",
    examples=("kie batches export bat_01JD… > results.jsonl", "kie batches export bat_01JD… -o results.csv"),
)
def export(session: Session, *, name: str, kind: str | None, state: str | None, target: str, force: bool) -> int:
    """Write what became of each item as JSONL or CSV."""
    path = Path(target).expanduser()
    if target == "-" and session.wants_json:
        raise InvalidInput(t("batches.export-json"), field="-o")
    if target != "-" and path.exists() and not force:
        raise InvalidInput(t("batches.there", file=path), field="-o")
    format_ = kind or ("csv" if path.suffix.lower() == ".csv" else "jsonl")
    number = on_service(
        session, lambda service: told.exported(service.batches.export(name, format_, state=state), path)
    )
    if target != "-":
        session.screen.say((str(path), "bold"), (f"  {amounts.size(number)}", "dim"))
    session.screen.document({"batch": name, "path": path, "format": format_, "size": number})
    return 0


def _ordered(session: Session, action: Callable[[Batches], Awaitable[Batch]]) -> int:
    """Order something of a batch, and say how it stands now."""

    async def go(service: Service) -> Batch:
        await service.open()
        return await action(service.batches)

    found = on_service(session, go)
    session.screen.say((found.id, "bold"), f"  {told.standing(found)}  {told.counts(found)}")
    session.screen.document(plain(found))
    return 0


@command("batches.pause", _name(), emulated_option(), name="pause", examples=("kie batches pause bat_01JD…",))
def pause(session: Session, *, name: str) -> int:
    """Send nothing more of a batch."""
    return _ordered(session, lambda batches: batches.pause(name))


@command(
    "batches.resume",
    _name(),
    Option(["--max-credits"], metavar="NUMBER", type=Number(0), help="opt.batches-new-max"),
    emulated_option(),
    name="resume",
    examples=("kie batches resume bat_01JD…", "kie batches resume bat_01JD… --max-credits 500"),
)
def resume(session: Session, *, name: str, max_credits: Any) -> int:
    """Go on with a batch that is paused, or was held."""
    return _ordered(session, lambda batches: batches.resume(name, max_credits=max_credits))


@command("batches.retry", _name(), emulated_option(), name="retry", examples=("kie batches retry bat_01JD…",))
def retry(session: Session, *, name: str) -> int:
    """Make failed items again."""
    return _ordered(session, lambda batches: batches.retry_failed(name))


@command("batches.cancel", _name(), emulated_option(), name="cancel", examples=("kie batches cancel bat_01JD…",))
def cancel(session: Session, *, name: str) -> int:
    """Cancel what was not sent yet."""
    return _ordered(session, lambda batches: batches.cancel(name))


@command("batches.remove", _name(), emulated_option(), name="remove", examples=("kie batches remove bat_01JD…",))
def remove(session: Session, *, name: str) -> int:
    """Forget a batch that has ended."""
    on_service(session, lambda service: service.batches.remove(name))
    session.screen.say((name, "bold"), f"  {t('batches.removed')}")
    session.screen.document({"id": name, "removed": True})
    return 0
