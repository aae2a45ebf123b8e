"""Rules about what does no good: callbacks without an answer, requests that are refused again, uploads once more."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kie.emulator.sending.courier import TRIES
from kie.emulator.verdict.case import LIES, Case
from kie.emulator.verdict.finding import Finding, Severity, many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kie.emulator.journal import Note

#: Milliseconds within which a callback is to be answered (CONTRACT §4).
_PATIENCE = 15_000.0
#: Codes that the same request gets again, whenever it is sent.
_FINAL = frozenset({400, 401, 404, 422, 505})
#: As often as this the same is refused, or uploaded, before it is told.
_TIMES = 3


def no_callback_answer(case: Case) -> Iterator[Finding]:
    """Callbacks that were refused at every try, or answered too late."""
    for task, notes in case.callbacks.items():
        honest = [note for note in notes if note.fault not in LIES | {"drop", "malformed"}]
        refused = [note for note in honest if not 200 <= note.status < 300]
        late = [note for note in honest if note.ms > _PATIENCE]
        if any(note.attempt >= TRIES for note in refused):
            status = refused[-1].status
            what = f"A callback was tried {many(TRIES, 'time')} and not taken: " + (
                f"the answer was {status}." if status else "there was no answer."
            )
        elif late:
            what = f"A callback was answered after {max(note.ms for note in late) / 1000:.1f} s; 15 s are allowed."
        else:
            continue
        numbers = tuple(note.number for note in (refused or late))
        advice = "Answer a callback with 200 at once, and do the work afterwards."
        yield Finding("no-callback-answer", Severity.WARNING, what, advice, numbers, (task,))


def refused_again(case: Case) -> Iterator[Finding]:
    """The same request, refused for what it is, sent again unchanged."""
    equal: dict[tuple[str, ...], list[Note]] = defaultdict(list)
    for note in case.notes:
        if note.way == "out" or note.method != "POST" or note.stage not in {"create", "upload", "chat"}:
            continue
        place = (note.key, note.path, note.digest)
        if (note.code or note.status) in _FINAL and not note.path.endswith("/get-4k-video"):
            equal[place].append(note)
        elif note.code == 200 and len(equal[place]) < _TIMES:
            equal[place].clear()  # something else has changed in between
    for (_, path, _), notes in equal.items():
        if len(notes) < _TIMES:
            continue
        yield Finding(
            "retried-what-will-not-change",
            Severity.WARNING,
            f"The same request to {path} was sent {many(len(notes), 'time')}, and refused with "
            f"{notes[-1].code or notes[-1].status} each time.",
            "Repeat after 429, 500 and 455 only; the other refusals are about the request or the key.",
            tuple(note.number for note in notes),
        )


def uploaded_again(case: Case) -> Iterator[Finding]:
    """One content, uploaded again and again although uploads live three days."""
    equal: dict[tuple[str, str], list[Note]] = defaultdict(list)
    for note in case.notes:
        if note.stage == "upload" and note.code == 200 and note.digest and not note.fault:
            equal[note.key, note.digest].append(note)
    for notes in equal.values():
        if len(notes) < _TIMES:
            continue
        yield Finding(
            "uploads-again-the-same",
            Severity.NOTE,
            f"The same content was uploaded {many(len(notes), 'time')}.",
            "Remember the address of an upload by the hash of its content: it is good for 3 days.",
            tuple(note.number for note in notes),
        )
