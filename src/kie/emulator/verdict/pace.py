"""Rules about how fast a client asks."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from typing import TYPE_CHECKING

from kie.emulator.tasks import State
from kie.emulator.verdict.case import Case, asked, began
from kie.emulator.verdict.finding import Finding, Severity, many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kie.emulator.journal import Note

#: Seconds for which requests that were on their way when a refusal came are not held against anyone.
_UNDER_WAY = 0.05
#: A refused request that comes again sooner than this was not held back at all.
_AT_ONCE = 0.2
#: Refused requests at full speed, within two seconds, that make a finding.
_STUBBORN = 5
#: Questions in a row that are looked at, and seconds between them on the mean that are too few. The advice is 2 to 3 s
#: (CONTRACT §5); who asks every second is let off.
_ROW, _PACE = 10, 0.9
#: Questions about a task in one second of the wall that are a burst on any clock.
_BURST = 20
#: Questions in one second that the 4o image family allows (CONTRACT §5).
_4O = 3
#: Questions about a task that is known to be done which make a finding.
_AFTER_END = 5


def retry_after(case: Case) -> Iterator[Finding]:
    """A request to the same endpoint before the time that Retry-After named, on the wall."""
    until: dict[tuple[str, ...], Note] = {}
    offences: dict[tuple[str, ...], list[Note]] = defaultdict(list)
    for note in sorted((note for note in case.notes if note.way == "in"), key=began):
        place = (note.method, note.path, note.key, asked(note))
        told = until.get(place)
        if told is not None and told.retry_after is not None:
            since = began(note) - told.wall
            if _UNDER_WAY < since < told.retry_after * 0.95:
                offences[place] += [told, note]
        if note.retry_after is not None:
            until[place] = note
    for (_, path, *_rest), notes in offences.items():
        first, second = notes[:2]
        yield Finding(
            "ignored-retry-after",
            Severity.WARNING,
            f"{path} asked for {first.retry_after:g} s of patience, and the client was back after "
            f"{began(second) - first.wall:.1f} s.",
            "Wait as many seconds as Retry-After says before asking that endpoint again.",
            tuple(dict.fromkeys(note.number for note in notes)),
        )


def rate_limit(case: Case) -> Iterator[Finding]:
    """Creations that went on at full speed after 429, and were refused as well."""
    refused: dict[str, list[Note]] = defaultdict(list)
    for note in case.creates:
        if note.code == 429 or note.status == 429:
            refused[note.key].append(note)
    for notes in refused.values():
        offences = _stubborn(notes)
        for place in range(len(offences) - _STUBBORN + 1):
            if began(offences[place + _STUBBORN - 1]) - began(offences[place]) <= 2:
                yield Finding(
                    "ignored-rate-limit",
                    Severity.WARNING,
                    f"After 429, {many(len(offences), 'more request')} to create came at full speed and were refused.",
                    "Hold back all creations of a key after a 429, for longer each time: 20 in 10 s are allowed.",
                    tuple(note.number for note in offences),
                )
                break


def _stubborn(notes: list[Note]) -> list[Note]:
    """The refused requests that were sent without holding back after an earlier refusal."""
    waiting: dict[str, deque[float]] = defaultdict(deque)
    found: list[Note] = []
    start = -math.inf  # the first refusal of late: what follows it closely was under way
    for note in notes:
        same = waiting[note.digest]
        since = began(note) - start
        if since > _UNDER_WAY:
            repeats = bool(same) and same[0] < began(note)
            if began(note) - same.popleft() < _AT_ONCE if repeats else since < _AT_ONCE * 2:
                found.append(note)
        same.append(note.wall)
        start = start if note.wall - start < 1 else note.wall
    return found


def polled_too_often(case: Case) -> Iterator[Finding]:
    """Questions about one task in quick succession.

    Where time passes by itself (real, scaled) the virtual pace counts; where it stands or jumps only bursts on the
    wall do.
    """
    flows = case.mode.startswith(("real", "scaled"))
    for task, notes in case.polls.items():
        fast = _fast(notes) if flows else _bursts([began(note) for note in notes], _BURST)
        if fast is None:
            continue
        yield Finding(
            "polled-too-often",
            Severity.WARNING,
            f"A task was asked for {fast}.",
            "Ask every 2 to 3 s, less often the longer it takes, or give a callback address.",
            tuple(note.number for note in notes),
            (task,) if task in case.tasks else (),
        )


def _fast(notes: list[Note]) -> str | None:
    times = sorted(note.at for note in notes)
    if any(note.path.endswith("/gpt4o-image/record-info") for note in notes):
        words = _bursts(times, _4O)
        if words is not None:
            return words
    for first, last in zip(times, times[_ROW - 1 :], strict=False):
        if last - first < (_ROW - 1) * _PACE:
            return f"{_ROW} times in {last - first:.1f} s"
    return None


def _bursts(times: list[float], most: int) -> str | None:
    times = sorted(times)
    for first, last in zip(times, times[most:], strict=False):
        if last - first < 1:
            return f"more than {most} times in a second"
    return None


def polled_after_end(case: Case) -> Iterator[Finding]:
    """Questions about a task of which the client had been told that it is done."""
    for name, notes in case.polls.items():
        task = case.tasks.get(name)
        if task is None or task.finished is None:
            continue
        end = task.finished
        told = [note for note in notes if note.at >= end and note.status == 200 and not note.fault]
        if task.state is State.SUCCESS:
            told = [note for note in told if note.code == 200]
        # A link that has expired is renewed by asking again.
        broken = (note for path in case.files(task) for note in case.downloads.get(path, ()) if note.status >= 400)
        after = told[1:]
        if len(after) - len(list(broken)) < _AFTER_END:
            continue
        yield Finding(
            "polled-after-end",
            Severity.WARNING,
            f"A task was asked for {many(len(after), 'more time')} after the answer had said that it is done.",
            "Stop asking when a task has succeeded or failed, and keep its record.",
            tuple(note.number for note in told),
            (name,),
        )
