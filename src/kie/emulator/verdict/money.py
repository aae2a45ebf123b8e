"""Rules about what was paid for: twice, for nothing, or for something that is gone."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from kie.emulator.verdict.case import Case, began, unanswered
from kie.emulator.verdict.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kie.emulator.journal import Note

#: Requests that are paid at once, besides chats.
_CHARGED = frozenset({"/api/v1/style/generate"})
#: Deeds that take the place of the answer, besides codes: nothing was done.
_INSTEAD = frozenset({"reset-before", "http-502"})
#: Within so many seconds on the wall an equal request is a repetition of one that was not answered ...
WALL = 900.0
#: ... and within so many seconds of virtual time.
VIRTUAL = 6 * 3600.0


def paid_twice(case: Case) -> Iterator[Finding]:
    """An equal request by the same key, after one whose answer did not arrive although it was carried out.

    Equal requests that were both answered are no finding: someone may want two of a kind.
    """
    equal: dict[tuple[str, str, str], list[Note]] = defaultdict(list)
    for note in sorted((*case.creates, *(note for note in case.notes if note.stage == "chat")), key=began):
        if note.digest and _paid(case, note) is not None:
            equal[note.key, note.path, note.digest].append(note)
    for notes in equal.values():
        open_: list[Note] = []
        for note in notes:
            first = next((one for one in open_ if _follows(one, note)), None)
            if first is not None:
                open_.remove(first)
                yield _repeated(case, first, note)
            if unanswered(case, note):
                open_.append(note)


def _follows(first: Note, note: Note) -> bool:
    """Whether a request may be the repetition of an earlier one."""
    after = began(first) if first.hung_up else first.wall - 0.001
    return began(note) > after and began(note) - first.wall <= WALL and note.at - first.at <= VIRTUAL


def _paid(case: Case, note: Note) -> Decimal | None:
    """What a request has cost; None when it did nothing."""
    if note.task in case.tasks:
        return case.cost(note.task)
    if not (note.stage == "chat" or note.path in _CHARGED) or not _carried_out(note):
        return None
    charge = case.charge(note)
    return -charge.amount if charge is not None else None


def _carried_out(note: Note) -> bool:
    """Whether a request came as far as the one who answers it: a fault may have answered instead."""
    return note.code in {None, 200} and not (note.fault in _INSTEAD or note.fault.isdecimal())


def _repeated(case: Case, first: Note, second: Note) -> Finding:
    cost = _paid(case, second) or Decimal(0)
    how = "was cut" if first.status == 0 else "came too late" if first.hung_up else "could not be read"
    made = "a second task" if second.task in case.tasks else "the work a second time"
    return Finding(
        "paid-twice",
        Severity.ERROR if cost and _paid(case, first) else Severity.WARNING,
        f"The answer to a {first.stage} request {how}, and the same request was sent again: {made}.",
        "Repeat such a request only when it cannot have arrived; else say that its outcome is unknown.",
        (first.number, second.number),
        tuple(note.task for note in (first, second) if note.task in case.tasks),
        cost,
    )


def lost_task(case: Case) -> Iterator[Finding]:
    """A task that was paid for, whose end the client never heard of."""
    made = {note.task: note for note in case.creates if note.task}
    for task in case.succeeded():
        cost = case.cost(task.id)
        if not cost or case.told(task):
            continue
        note = made.get(task.id)
        if note is not None and unanswered(case, note):
            severity, what = (
                Severity.NOTE,
                "A task was made whose id the client could not learn.",
            )
        elif case.questions(task):
            severity, what = Severity.NOTE, "The client asked for a task, and stopped before its end."
        else:
            severity, what = Severity.WARNING, "A task was made and succeeded, and the client never asked for it."
        advice = "Keep the id of each task before waiting for it, and give a callback address that finds lost ones."
        yield Finding("lost-a-task", severity, what, advice, () if note is None else (note.number,), (task.id,), cost)


def expired(case: Case) -> Iterator[Finding]:
    """A result whose files were not fetched: before they went, or until now."""
    for task in case.succeeded():
        files = case.files(task)
        if not files or case.fetched(task) or not case.told(task):
            continue
        if case.now >= max(case.expires[path] for path in files):
            yield Finding(
                "let-a-result-expire",
                Severity.ERROR,
                "The files of a task that succeeded were never fetched, and are gone now.",
                "Save the files as soon as a task succeeds; links are not kept.",
                tasks=(task.id,),
                credits=case.cost(task.id),
            )
        else:
            yield Finding(
                "never-fetched",
                Severity.NOTE,
                "The files of a task that succeeded have not been fetched yet.",
                "Save the files before they expire, 14 days after success.",
                tasks=(task.id,),
                credits=case.cost(task.id),
            )
