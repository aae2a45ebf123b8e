"""What a verdict is found from, and the questions that several rules ask of it."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kie.emulator import urls
from kie.emulator.tasks import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kie.emulator.journal import Note
    from kie.emulator.money.ledger import Entry
    from kie.emulator.tasks import Task

#: POST, and yet a question: it begins a 4K version, and asked again tells how far that is.
_UPSCALE = "/api/v1/veo/get-4k-video"
#: How the paths end at which a client asks what has become of a task.
_RECORDS = ("/recordInfo", "/record-info", "/record-detail", "/validate-info")
#: Seconds for which a request and its movement of credits may lie apart beyond the time that the request took.
_SLACK = 0.05
#: Movements before a request that are looked at.
_NEAR = 64
_URL = re.compile(r"https?://[^\s\"'\\<>]+")
#: Deeds after which the answer that was written down is not what arrived.
MANGLED = frozenset({"reset-after", "truncate", "malformed"})
#: Deeds that make a callback one that is not to be believed.
LIES = frozenset({"forge", "bad-signature"})


@dataclass(frozen=True)
class Case:
    """The evidence: journal, tasks, ledger, files and clock. Nothing in it is changed.

    `expires` holds the virtual time at which each file goes, by its path; `links` leads from short-lived links to
    those paths; `traps` are the paths that only forged callbacks name; `mode` and `speed` are the clock's; `signed`
    tells whether callbacks were signed.
    """

    notes: tuple[Note, ...]
    tasks: Mapping[str, Task]
    entries: tuple[Entry, ...] = ()
    now: float = 0.0
    mode: str = "jump"
    speed: float = 1.0
    forgotten: int = 0
    signed: bool = False
    expires: Mapping[str, float] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    traps: frozenset[str] = frozenset()

    @cached_property
    def creates(self) -> tuple[Note, ...]:
        """The requests that make tasks, in the order in which they began."""
        found = (note for note in self.notes if note.stage == "create" and note.path != _UPSCALE)
        return tuple(sorted(found, key=began))

    @cached_property
    def polls(self) -> dict[str, list[Note]]:
        """The questions about each task, by the id that was asked for."""
        found: dict[str, list[Note]] = defaultdict(list)
        for note in self.notes:
            if note.stage == "poll" and note.way == "in" and note.path.endswith(_RECORDS):
                found[asked(note)].append(note)
        return found

    @cached_property
    def callbacks(self) -> dict[str, list[Note]]:
        """The deliveries for each task."""
        found: dict[str, list[Note]] = defaultdict(list)
        for note in self.notes:
            if note.way == "out":
                found[note.task].append(note)
        return found

    @cached_property
    def downloads(self) -> dict[str, list[Note]]:
        """The GETs of each file, by its path; short-lived links count for what they lead to."""
        found: dict[str, list[Note]] = defaultdict(list)
        for note in self.notes:
            if note.stage == "media" and note.method == "GET":
                found[self.links.get(note.path, note.path)].append(note)
        return found

    @cached_property
    def _upscales(self) -> dict[str, list[Note]]:
        found: dict[str, list[Note]] = defaultdict(list)
        for note in self.notes:
            if note.path == _UPSCALE:
                found[note.task].append(note)
        return found

    @cached_property
    def _said(self) -> frozenset[str]:
        """Ids and paths that clients have named in their requests: what is named there was used."""
        found: set[str] = set()
        for note in self.notes:
            if note.way == "in" and note.request is not None and note.stage:
                found.update(strings(note.request), paths(note.request))
        return frozenset(found)

    @cached_property
    def _charges(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind == "charge"]

    @cached_property
    def _costs(self) -> dict[str, Decimal]:
        found: dict[str, Decimal] = defaultdict(Decimal)
        for entry in self.entries:
            if entry.task:
                found[entry.task] -= entry.amount
        return found

    def cost(self, task: str) -> Decimal:
        """What a task has cost, in credits: 0 when they came back."""
        return self._costs.get(task, Decimal(0))

    def charge(self, note: Note) -> Entry | None:
        """The movement of credits by which a request without a task (chat) was paid."""
        span = note.ms / 1000 * self.speed + _SLACK
        end = bisect_right(self._charges, note.at, key=lambda entry: entry.at)
        for entry in reversed(self._charges[max(0, end - _NEAR) : end]):
            if entry.key == note.key and note.at - entry.at <= span:
                return entry
        return None

    def questions(self, task: Task) -> list[Note]:
        """The questions about a task, of whatever form."""
        if task.operation == "veo/4k":
            return self._upscales.get(str(task.inputs.get("taskId")), [])[1:]
        return self.polls.get(task.id, [])

    def files(self, task: Task) -> list[str]:
        """The paths of a task's files."""
        if task.outcome is None:
            return []
        held = [task.outcome.urls, task.outcome.covers, task.outcome.songs, task.outcome.extra, task.outcome.object]
        return [path for path in paths(held) if path in self.expires]

    def fetched(self, task: Task) -> bool:
        """Whether any of a task's files was fetched, or its address used in another request."""
        return any(
            any(note.status in {200, 206, 304} for note in self.downloads.get(path, ())) or path in self._said
            for path in self.files(task)
        )

    def told(self, task: Task) -> bool:
        """Whether the client was told that a task is done, or has used it."""
        end = task.finished if task.finished is not None else self.now
        if any(note.at >= end and note.status == 200 for note in self.questions(task)):
            return True
        named = str(task.inputs.get("taskId")) if task.operation == "veo/4k" else task.id
        believed = (note for note in self.callbacks.get(named, ()) if note.fault not in LIES | {"malformed", "drop"})
        if any(note.at >= end and 200 <= note.status < 300 for note in believed):
            return True
        return task.id in self._said or self.fetched(task)

    def succeeded(self) -> Iterator[Task]:
        """The tasks that have succeeded."""
        return (task for task in self.tasks.values() if task.state is State.SUCCESS)


def began(note: Note) -> float:
    """When a request began, on the wall; it is written down when it ends."""
    return note.wall - note.ms / 1000


def asked(note: Note) -> str:
    """The id of the task that a question is about, as it was written."""
    return note.query.get("taskId") or note.query.get("task_id") or ""


def unanswered(case: Case, note: Note) -> bool:
    """Whether the client could not learn from the answer which task it had made, or did not wait for it to come."""
    if note.fault == "drip" and note.task not in case.polls:
        return True
    if note.status == 0 or note.hung_up or note.sent < note.length or note.fault in MANGLED:
        return True
    return note.stage != "chat" and bool(note.task) and note.task not in json.dumps(note.response, default=str)


def paths(value: Any) -> list[str]:
    """The paths of all addresses in a value, also of those inside a longer text; each once."""
    found = (urls.path(url) for text in strings(value) if "://" in text for url in _URL.findall(text))
    return list(dict.fromkeys(found))


def strings(value: Any) -> list[str]:
    """All strings in a value, however deeply nested, in their order; names of fields are none."""
    found: list[str] = []
    rest = [value]
    while rest:
        held = rest.pop()
        if isinstance(held, str):
            found.append(held)
        elif isinstance(held, dict):
            rest.extend(reversed(held.values()))
        elif isinstance(held, list | tuple):
            rest.extend(reversed(held))
    return found
