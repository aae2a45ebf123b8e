"""``kie generations``: what the service has been asked for, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kie.cli import amounts, exits
from kie.cli.base import Argument, Choice, Group, Number, Option
from kie.cli.files import write_file
from kie.cli.generations import COLOURS, clock, happening_record, record, tell, tell_happening
from kie.cli.lang import plural, t
from kie.cli.options import command, lang_option, model_option, money_options, out_option
from kie.cli.runner import writable
from kie.cli.screen import Column
from kie.cli.stores import agreed, emulated_option, on_service

if TYPE_CHECKING:
    from pathlib import Path

    from kie.cli.session import Session
    from kie.service.generation import Artefact, Generation, Happening
    from kie.service.service import Service

__all__ = ["cancel", "delete", "events", "generations", "list_", "save", "show", "star", "written"]

_AT = "kie.cli.commands.generations:"
_COMMANDS = ("list", "add", "wait", "show", "events", "cancel", "save", "star", "delete")
_ELSEWHERE = {name: f"kie.cli.commands.generation_add:{name}" for name in ("add", "wait")}
_STATES = ("held", "submitting", "waiting", "storing", "succeeded", "failed", "cancelled", "uncertain")

generations = Group(
    name="generations",
    help="generations.help",
    prefix="generations.",
    places={name: _ELSEWHERE.get(name, _AT + {"list": "list_"}.get(name, name)) for name in _COMMANDS},
    sections={"help.commands": _COMMANDS},
    params=[lang_option()],
)


@command(
    "generations.list",
    Option(["--state"], type=Choice(_STATES), metavar="STATE", help="opt.generations-state"),
    Option(["--project"], metavar="NAME", help="opt.project"),
    model_option("opt.generations-model"),
    Option(["--after"], metavar="ID", help="opt.generations-after"),
    Option(["--limit"], metavar="NUMBER", type=Number(1, whole=True), help="opt.limit", default=50),
    emulated_option(),
    *money_options(),
    name="list",
    examples=("kie generations list --state uncertain", "kie generations list --project shop --limit 500 --json"),
)
def list_(
    session: Session, *, state: str | None, project: str | None, model: str | None, after: str | None, limit: int
) -> int:
    """List generations, the newest first."""
    known = None if model is None else session.catalogue.resolve(model, retired=True).model.id

    async def find(service: Service) -> tuple[list[Generation], dict[Any, int]]:
        found = await service.list(project=project, state=state, model=known, after=after or "", limit=limit)
        return found, await service.counts()

    found, counts = on_service(session, find)
    say = session.screen
    columns = [
        Column(t("column.id"), fold=False),
        Column(t("column.created")),
        Column(t("column.project")),
        Column(t("column.model")),
        Column(t("column.state")),
        Column(t("column.credits"), right=True),
    ]
    rows = [
        [
            each.id,
            clock(each.created),
            each.project,
            each.model,
            t(f"state.{each.state.value}"),
            "–" if each.cost is None else f"{each.cost.normalize():f}",
        ]
        for each in found
    ]
    if rows and not say.wants_document:
        say.table(columns, rows)
    summary = [f"{t(f'state.{name.value}')} {many}" for name, many in sorted(counts.items())]
    say.note((", ".join(summary) if summary else t("generations.none"), "dim"))
    say.document(
        {
            "generations": [record(session, each) for each in found],
            "counts": {name.value: many for name, many in counts.items()},
            "after": found[-1].id if len(found) == limit else None,
        }
    )
    return 0


@command(
    "generations.show",
    Argument(["name"], metavar="ID"),
    emulated_option(),
    *money_options(),
    name="show",
    examples=("kie generations show gen_01JD…",),
)
def show(session: Session, *, name: str) -> int:
    """Show all that is known of one."""
    found = on_service(session, lambda service: service.get(name))
    tell(session, found)
    session.screen.document(record(session, found))
    return 0


@command(
    "generations.events",
    Argument(["name"], metavar="ID"),
    Option(["--follow"], is_flag=True, help="opt.follow"),
    emulated_option(),
    name="events",
    examples=("kie generations events gen_01JD… --follow",),
)
def events(session: Session, *, name: str, follow: bool) -> int:
    """Show the history of one; with --follow until its end."""

    async def tell_all(service: Service) -> None:
        async for happening in service.events(name):
            if session.wants_json:
                session.screen.line(happening_record(happening))
            else:
                tell_happening(session, happening)

    async def find(service: Service) -> list[Happening]:
        from kie.service.generation import happenings

        await service.get(name)
        return await service.database.read(lambda: happenings(name))

    if follow:
        on_service(session, tell_all)
        return 0
    found = on_service(session, find)
    for happening in found:
        tell_happening(session, happening)
    session.screen.document({"generation": name, "events": [happening_record(each) for each in found]})
    return 0


@command("generations.cancel", Argument(["name"], metavar="ID"), emulated_option(), name="cancel")
def cancel(session: Session, *, name: str) -> int:
    """Cancel one that was not sent yet."""
    found = on_service(session, lambda service: service.cancel(name))
    say, done = session.screen, found.state.value == "cancelled"
    say.say((found.id, "bold"), "  ", (t(f"state.{found.state.value}"), COLOURS.get(found.state.value, "cyan")))
    if not done:
        say.note((t("generations.too-late" if not found.final else "generations.over"), "yellow"))
    say.document({**record(session, found), "exit_code": exits.DONE if done else exits.FAILED})
    return exits.DONE if done else exits.FAILED


@command(
    "generations.save",
    Argument(["name"], metavar="ID"),
    out_option(),
    emulated_option(),
    name="save",
    examples=("kie generations save gen_01JD… -o out",),
)
def save(session: Session, *, name: str, folder: str) -> int:
    """Write the files of one into a folder."""
    target = writable(folder)

    async def write(service: Service) -> list[tuple[Artefact, Path]]:
        found = await service.get(name)
        return [(each, await written(service, found, each, target)) for each in found.artefacts]

    saved = on_service(session, write)
    for artefact, path in saved:
        session.screen.say((str(path), "bold"), (f"  {artefact.type}  {amounts.size(artefact.size)}", "dim"))
    if not saved:
        session.screen.note(t("generations.no-files"))
    session.screen.document(
        {"generation": name, "files": [{**artefact._asdict(), "path": path} for artefact, path in saved]}
    )
    session.screen.note((plural("generations.saved", len(saved)), "dim"))
    return 0


async def written(service: Service, found: Generation, artefact: Artefact, folder: Path) -> Path:
    """Write one file of a generation, named by its id."""
    extra = "" if artefact.role == "output" else f"-{artefact.role}"
    stem = f"{found.id}{extra}-{artefact.position}"
    return await write_file(service, artefact.sha256, artefact.type, folder, stem)


@command(
    "generations.star",
    Argument(["name"], metavar="ID"),
    Option(["--off"], is_flag=True, help="opt.off"),
    emulated_option(),
    name="star",
    examples=("kie generations star gen_01JD…", "kie generations star gen_01JD… --off"),
)
def star(session: Session, *, name: str, off: bool) -> int:
    """Spare the files of one from the rules of retention."""
    on_service(session, lambda service: service.retention.star(name, not off))
    session.screen.say((f"{name}: ", "bold"), t("generations.unstarred" if off else "generations.starred"))
    session.screen.document({"id": name, "starred": not off})
    return 0


@command(
    "generations.delete",
    Argument(["name"], metavar="ID"),
    Option(["--forget"], is_flag=True, help="opt.delete-forget"),
    Option(["--yes"], is_flag=True, help="opt.delete-yes"),
    emulated_option(),
    name="delete",
    examples=("kie generations delete gen_01JD…", "kie generations delete gen_01JD… --forget --yes"),
)
def delete(session: Session, *, name: str, forget: bool, yes: bool) -> int:
    """Delete the files of one."""
    if not yes:
        tell(session, on_service(session, lambda service: service.get(name)))
        if not agreed(session, t("generations.delete-ask")):
            session.screen.note(t("generations.not-agreed"))
            error = {"type": "NotAgreed", "message": t("generations.not-agreed"), "may_have_spent": False}
            session.screen.document({"error": error, "resume": None, "exit_code": exits.USAGE})
            return exits.USAGE
    found = on_service(session, lambda service: service.delete(name, forget=forget))
    session.screen.say((f"{name}: ", "bold"), t("generations.deleted"))
    session.screen.document(record(session, found))
    return 0
