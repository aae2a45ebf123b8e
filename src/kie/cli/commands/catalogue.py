"""``kie catalogue``: are the data sound, and do they still agree with the vendor's?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kie.cli import exits
from kie.cli.base import Group, Option
from kie.cli.catalogue_check import check_data
from kie.cli.lang import plural, t
from kie.cli.options import command, lang_option

if TYPE_CHECKING:
    from kie.cli.drift import Drift
    from kie.cli.session import Session

__all__ = ["catalogue"]

_AT = "kie.cli.commands.catalogue:"

catalogue = Group(
    name="catalogue",
    help="catalogue.help",
    prefix="catalogue.",
    places={"check": _AT + "check", "drift": _AT + "drift", "sync": _AT + "sync"},
    sections={"help.commands": ("check", "drift", "sync")},
    params=[lang_option()],
)


@command(
    "catalogue.check",
    Option(["--folder", "own"], metavar="DIR", help="opt.catalogue-folder"),
    name="check",
    examples=("kie catalogue check", "kie catalogue check --folder my-catalogue"),
)
def check(session: Session, *, own: str | None) -> int:
    """Check all data files."""
    say = session.screen
    report = check_data(own or session.environment.get("KIE_CATALOGUE") or None)
    for fault in report.faults:
        say.say(("✗ ", "red"), fault)
    if report.by_schema:
        say.note((t("check.schemas"), "dim"))
    else:
        say.note((t("check.no-jsonschema"), "dim"))
    say.note(plural("check.files", report.files), ", ", plural("models.count", report.models))
    summary = plural("check.faults", len(report.faults)) if report.faults else t("check.good")
    say.note((summary, "red" if report.faults else "green"))
    say.document(
        {
            "ok": not report.faults,
            "files": report.files,
            "models": report.models,
            "json_schema": report.by_schema,
            "faults": report.faults,
        }
    )
    return exits.USAGE if report.faults else exits.DONE


def _tell(session: Session, found: Drift) -> None:
    say = session.screen
    for title, names, colour in (
        ("drift.new", [f"{entry.id}  {', '.join(entry.tasks)}" for entry in found.new], "green"),
        ("drift.gone", found.gone, "red"),
        ("drift.changed", [f"{change.id}  {change.text()}" for change in found.changed], "yellow"),
    ):
        if names:
            say.say((f"{t(title)} ({len(names)})", "bold"))
            for name in names:
                say.say("  ", (name, colour))
    say.note((t("drift.summary", theirs=found.theirs, ours=found.ours, unpriced=found.unpriced), "dim"))
    if not found.any:
        say.say((t("drift.none"), "green"))


@command("catalogue.drift", talks=True, name="drift", examples=("kie catalogue drift --json",))
def drift(session: Session) -> int:
    """Compare the catalogue with the vendor's."""
    from kie.cli.drift import compare

    found = compare(session.kie)
    _tell(session, found)
    session.screen.document(found.record())
    return 0


@command(
    "catalogue.sync",
    Option(["--to", "target"], metavar="DIR", help="opt.sync-to"),
    talks=True,
    name="sync",
    examples=("kie catalogue sync --to my-catalogue",),
)
def sync(session: Session, *, target: str | None) -> int:
    """Write what the vendor has and we lack into a folder of the user's."""
    import click

    from kie.cli.drift import compare, write_additions

    say = session.screen
    folder = Path(target or session.environment.get("KIE_CATALOGUE") or Path(click.get_app_dir("kie")) / "catalogue")
    folder = folder.expanduser()
    found = compare(session.kie)
    written = write_additions(found, folder)
    _tell(session, found)
    report = check_data(folder) if written else None
    for path in written:
        say.say(("✓ ", "green"), t("sync.wrote", path=path))
    if report is not None and report.faults:
        for fault in report.faults:
            say.warn(fault)
    if written and session.environment.get("KIE_CATALOGUE") != str(folder):
        say.note(t("sync.use", folder=folder))
    say.document({**found.record(), "folder": str(folder), "written": [str(path) for path in written]})
    return 0
