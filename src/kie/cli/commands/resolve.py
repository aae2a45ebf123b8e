"""``kie resolve``: a person settles what nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kie.cli import amounts, exits
from kie.cli.base import Argument, Option
from kie.cli.generations import clock, happening_record, record, tell, tell_happening
from kie.cli.lang import t
from kie.cli.options import command, money_options
from kie.cli.stores import again, agreed, emulated_option, on_service
from kie.errors import InvalidInput

if TYPE_CHECKING:
    from kie.cli.session import Session
    from kie.service.generation import Generation, Happening
    from kie.service.service import Service
    from kie.store.work import Work

__all__ = ["resolve"]


@command(
    "resolve",
    Argument(["name"], metavar="ID"),
    Option(["--task"], metavar="TASK_ID", help="opt.resolve-task"),
    Option(["--again"], is_flag=True, help="opt.resolve-again"),
    Option(["--dismiss"], is_flag=True, help="opt.resolve-dismiss"),
    Option(["--yes"], is_flag=True, help="opt.resolve-yes"),
    emulated_option(),
    *money_options(),
    examples=("kie resolve gen_01JD…", "kie resolve gen_01JD… --task 4fc6c89c…", "kie resolve gen_01JD… --again"),
)
def resolve(session: Session, *, name: str, task: str | None, again: bool, dismiss: bool, yes: bool) -> int:
    """Show what is known of an uncertain generation, and settle it."""
    if sum((task is not None, again, dismiss)) > 1:
        raise InvalidInput(t("resolve.one"), field="--task")
    found, history, evidence = on_service(session, lambda service: _known(service, name))
    tell(session, found)
    for happening in history:
        tell_happening(session, happening)
    for at, _, text in evidence:
        session.screen.say((f"{clock(at)}  ", "dim"), ("! ", "yellow"), text)
    known = {
        "before": record(session, found),
        "events": [happening_record(each) for each in history],
        "evidence": [{"at": at, "kind": kind, "text": text} for at, kind, text in evidence],
    }
    if found.state.value != "uncertain":
        raise InvalidInput(t("resolve.not-uncertain", id=name, state=t(f"state.{found.state.value}")), field="id")
    if task is None and not again and not dismiss:
        _advise(session, found)
        session.screen.document(known)
        return 0
    if again and not yes and not _agreed(session, found):
        session.screen.note(t("resolve.not-agreed"))
        error = {"type": "NotAgreed", "message": t("resolve.not-agreed"), "may_have_spent": False}
        session.screen.document({"error": error, "resume": None, "exit_code": exits.USAGE, **known})
        return exits.USAGE
    done = on_service(session, lambda service: service.resolve(name, task=task, again=again))
    session.screen.say(("✓ ", "green"), t("resolve.done", id=done.id, state=t(f"state.{done.state.value}")))
    session.screen.document({**known, "after": record(session, done)})
    return 0


async def _known(service: Service, name: str) -> tuple[Generation, list[Happening], list[tuple[float, str, str]]]:
    """Return it, its history, and what speaks for a task: credits that went since it was sent, for nothing we know."""
    from kie.service.generation import happenings
    from kie.store.work import Statement

    found = await service.get(name)

    def evidence() -> Work[list[tuple[float, str, str]]]:
        rows = yield Statement(
            "SELECT at, kind, text FROM alert WHERE generation = ? OR (kind = 'drift' AND at >= ?)"
            " ORDER BY number DESC LIMIT 10",
            (name, found.submitted or found.created),
        )
        return [(float(at), str(kind), str(text)) for at, kind, text in reversed(rows)]

    history = await service.database.read(lambda: happenings(name))
    return found, history, await service.database.read(evidence)


def _advise(session: Session, found: Generation) -> None:
    """Say where to look, and what can be said then."""
    say = session.screen
    say.note()
    when = clock(found.submitted)
    say.note(t("resolve.look", time=when, model=found.model))
    for option in ("task", "again", "dismiss"):
        words = {"task": "--task TASK_ID", "again": "--again", "dismiss": "--dismiss"}[option]
        say.note(
            ("  " + again(session, f"kie resolve {found.id} {words}"), "bold"),
            "  ",
            (t(f"opt.resolve-{option}"), "dim"),
        )


def _agreed(session: Session, found: Generation) -> bool:
    """Have it agreed to that it may be paid for twice."""
    say = session.screen
    price = amounts.in_credits(found.estimate.normalize()) if found.estimate is not None else t("amount.unpublished")
    say.note((t("resolve.twice", price=price), "yellow bold"))
    return agreed(session, t("resolve.ask"))
