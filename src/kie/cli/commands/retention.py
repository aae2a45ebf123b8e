"""``kie retention``: how long the files of generations are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kie.cli import amounts
from kie.cli.base import Argument, Choice, Group, Option
from kie.cli.lang import number, plural, t
from kie.cli.options import command, lang_option
from kie.cli.records import plain
from kie.cli.screen import Column
from kie.cli.stores import emulated_option, on_service
from kie.errors import InvalidInput
from kie.money import credits_of

if TYPE_CHECKING:
    from kie.cli.session import Session
    from kie.service.files.retention import Due, Rule

__all__ = ["list_", "remove", "retention", "set_", "sweep"]

_AT = "kie.cli.commands.retention:"
_COMMANDS = ("list", "set", "remove", "sweep")
#: As ``files.retention`` has them; the service is not imported for help.
_KINDS = ("image", "video", "audio", "music", "text", "data")
_STATES = ("succeeded", "failed", "cancelled")

retention = Group(
    name="retention",
    help="retention.help",
    prefix="retention.",
    places={name: _AT + {"list": "list_", "set": "set_"}.get(name, name) for name in _COMMANDS},
    sections={"help.commands": _COMMANDS},
    params=[lang_option()],
)


def _which() -> list[Option]:
    """Return the options that say for which generations a rule is."""
    return [
        Option(["--project"], metavar="NAME", help="opt.retention-project", default=""),
        Option(["--kind"], type=Choice(_KINDS), metavar="KIND", help="opt.retention-kind"),
        Option(["--state"], type=Choice(_STATES), metavar="STATE", help="opt.retention-state"),
    ]


def _whose(rule: Rule) -> str:
    state = t(f"state.{rule.state}") if rule.state else ""
    return ", ".join(name for name in (rule.project, rule.kind, state) if name) or t("budget.all")


def _days(rule: Rule) -> str:
    if rule.days is None:
        return t("retention.for-ever")
    whole = rule.days == int(rule.days)
    return plural("retention.days", int(rule.days)) if whole else t("retention.days", count=number(f"{rule.days:g}"))


@command("retention.list", emulated_option(), name="list", examples=("kie retention list",))
def list_(session: Session) -> int:
    """List the rules."""
    found = on_service(session, lambda service: service.retention.get())
    say = session.screen
    if found and not say.wants_document:
        columns = [
            Column(t("retention.whose")),
            Column(t("retention.kept"), right=True),
            Column(t("retention.forget")),
            Column(t("retention.starred")),
        ]
        say.table(columns, [[_whose(each), _days(each), _mark(each.forget), _mark(each.starred)] for each in found])
    if not found:
        say.note((t("retention.none"), "dim"))
    say.document({"rules": plain(found)})
    return 0


def _mark(on: bool) -> str:  # noqa: FBT001 - it is the value that is told
    return t("retention.yes") if on else "–"


@command(
    "retention.set",
    Argument(["days"], metavar="DAYS"),
    *_which(),
    Option(["--forget"], is_flag=True, help="opt.retention-forget"),
    Option(["--starred"], is_flag=True, help="opt.retention-starred"),
    emulated_option(),
    name="set",
    examples=("kie retention set 30 --project shop", "kie retention set 7 --state failed --forget"),
)
def set_(
    session: Session, *, days: str, project: str, kind: str | None, state: str | None, forget: bool, starred: bool
) -> int:
    """Set a rule."""
    amount = None if days == "none" else credits_of(days)
    if days != "none" and (amount is None or amount < 0):
        raise InvalidInput(t("retention.number" if amount is None else "usage.negative", value=days), field="DAYS")
    kept = None if amount is None else float(amount)
    made = on_service(
        session,
        lambda service: service.retention.set(
            kept, project=project, kind=kind or "", state=state or "", forget=forget, starred=starred
        ),
    )
    session.screen.say((f"{_whose(made)}: ", "bold"), _days(made))
    if made.days is not None:
        session.screen.note((t("retention.hourly"), "dim"))
    session.screen.document(plain(made))
    return 0


@command(
    "retention.remove", *_which(), emulated_option(), name="remove", examples=("kie retention remove --project shop",)
)
def remove(session: Session, *, project: str, kind: str | None, state: str | None) -> int:
    """Remove a rule."""
    given = {"project": project, "kind": kind or "", "state": state or ""}
    if not on_service(session, lambda service: service.retention.lift(**given)):
        raise InvalidInput(t("retention.no-such"), field="--project", hint=t("retention.see"))
    session.screen.say(t("retention.removed"))
    session.screen.document({**given, "removed": True})
    return 0


@command(
    "retention.sweep",
    Option(["--dry-run"], is_flag=True, help="opt.retention-dry"),
    emulated_option(),
    name="sweep",
    examples=("kie retention sweep --dry-run", "kie retention sweep"),
)
def sweep(session: Session, *, dry_run: bool) -> int:
    """Apply the rules now, or tell what they would do."""
    if dry_run:
        return _told(session, on_service(session, lambda service: service.retention.preview()))
    done = on_service(session, lambda service: service.retention.sweep())
    say = session.screen
    say.say(plural("retention.given-up", done.generations))
    say.say(plural("retention.contents", done.removed))
    if done.orphans:
        say.say(plural("retention.orphans", done.orphans))
    if done.generations:
        say.note((t("retention.grace"), "dim"))
    say.document({"dry_run": False, **plain(done)})
    return 0


def _told(session: Session, due: list[Due]) -> int:
    say = session.screen
    if due and not say.wants_document:
        columns = [
            Column(t("retention.whose")),
            Column(t("retention.kept"), right=True),
            Column(t("column.generations"), right=True),
            Column(t("retention.files"), right=True),
            Column(t("retention.size"), right=True),
        ]
        rows = [
            [_whose(each.rule), _days(each.rule), str(each.generations), str(each.files), amounts.size(each.size)]
            for each in due
        ]
        say.table(columns, rows)
    if not due:
        say.note((t("retention.nothing"), "dim"))
    say.document({"dry_run": True, "due": plain(due)})
    return 0
