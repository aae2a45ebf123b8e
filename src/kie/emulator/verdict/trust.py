"""Rules about what a client believed: files that were cut, callbacks that lied, codes in the body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kie.emulator.verdict.case import LIES, Case, began, paths, unanswered
from kie.emulator.verdict.finding import Finding, Severity, many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kie.emulator.journal import Note

#: How a missing id looks when it was put into an address all the same.
_NOTHING = frozenset({"", "none", "null", "undefined", "nil", "<nil>", "nan", "[object object]", "false", "%s", "{}"})
_RANGE = re.compile(r"bytes=(\d+)-(\d*)$")


def truncated_file(case: Case) -> Iterator[Finding]:
    """A download that was cut, and never completed."""
    for path, notes in case.downloads.items():
        cut = [note for note in notes if note.status in {200, 206} and note.sent < note.length]
        if not cut or _whole(notes):
            continue
        again = [note for note in notes if began(note) > cut[0].wall]
        yield Finding(
            "took-truncated-file",
            Severity.NOTE if again else Severity.ERROR,
            f"Of the {cut[0].length:,} bytes of {path} only {cut[0].sent:,} arrived, and "
            + ("trying again did not complete it." if again else "it was not fetched again."),
            "Compare what has arrived with Content-Length, and fetch the rest with a Range request.",
            tuple(note.number for note in notes),
        )


def _whole(notes: list[Note]) -> bool:
    """Whether all bytes of a file arrived, in one piece or in several."""
    pieces, size = [], 0
    for note in notes:
        if note.status not in {200, 206}:
            continue
        asked_for = _RANGE.match(note.headers.get("range", "").strip()) if note.status == 206 else None
        start = int(asked_for[1]) if asked_for is not None else 0
        pieces.append((start, start + note.sent))
        if note.status == 200 or (asked_for is not None and not asked_for[2]):
            size = max(size, start + note.length)
    reached = 0
    for start, end in sorted(pieces):
        if start <= reached:
            reached = max(reached, end)
    return reached >= size


def forged_callback(case: Case) -> Iterator[Finding]:
    """A delivery that was forged or wrongly signed, and believed."""
    taken: set[str] = set()
    for note in (note for notes in case.callbacks.values() for note in notes if note.fault in LIES):
        named = set(paths(note.request)) & case.traps - taken
        later = [fetch for path in named for fetch in case.downloads.get(path, ())]
        taken |= {path for path in named if path in case.downloads}
        if later:
            yield Finding(
                "trusted-forged-callback",
                Severity.ERROR,
                "A forged callback named an address, and the client fetched it.",
                "Check the signature, and take nothing from a callback but the id: ask the API for the record.",
                (note.number, *(fetch.number for fetch in later)),
                (note.task,),
            )
        elif case.signed and 200 <= note.status < 300:
            yield Finding(
                "trusted-forged-callback",
                Severity.WARNING,
                "A callback whose signature is wrong, missing or old was accepted.",
                "Check X-Webhook-Signature against the key and refuse with 401 what does not fit.",
                (note.number,),
                (note.task,),
            )


def body_code(case: Case) -> Iterator[Finding]:
    """A question about a task of no name, or of a made-up one after a refusal: the body's code was not read."""
    issued = {note.task for note in case.creates if note.task} | set(case.tasks) | set(case.callbacks)
    for name, notes in case.polls.items():
        nothing = name.strip().lower() in _NOTHING
        if not nothing and name in issued:
            continue
        refused = _refusal(case, notes[0])
        if refused is None and not nothing:
            continue  # a task of an earlier run: nothing is known of it
        shown = name or "nothing"
        behind = "" if refused is None else f" after a request that was {'refused' if refused.code else 'not answered'}"
        yield Finding(
            "ignored-body-code",
            Severity.WARNING if refused is None else Severity.ERROR,
            f"The client asked for the task {shown!r}{behind}.",
            "Read `code` in the body: HTTP 200 is around refusals too. Where there is no taskId there is no task.",
            tuple(note.number for note in (*([refused] if refused else ()), *notes)),
        )


def _refusal(case: Case, poll: Note) -> Note | None:
    """The latest creation of a key before a question, when it made no task that the client knows of."""
    before = [note for note in case.creates if note.key == poll.key and note.number < poll.number]
    if not before:
        return None
    last = before[-1]
    return None if last.task and last.code == 200 and not unanswered(case, last) else last


def key_to_file_host(case: Case) -> Iterator[Finding]:
    """Downloads with the key of the API."""
    notes = [note for note in case.notes if note.stage == "media" and note.credential]
    if not notes:
        return
    trapped = any(note.path in case.traps for note in notes)
    yield Finding(
        "sent-key-to-file-host",
        Severity.ERROR if trapped else Severity.WARNING,
        f"{many(len(notes), 'download')} carried the key; files lie on other hosts than the API.",
        "Send the key to the API and the upload host only, and drop it when an address leads elsewhere.",
        tuple(note.number for note in notes),
    )
