"""What happened: every request and every callback, in order, with what was answered."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Note:
    """One request to the emulator (`way` "in") or callback from it ("out").

    `at` is virtual time in seconds since 1970, `wall` the real one; `ms` is how long it took on the wall; `stage` is
    that of the fault rules, or "" for paths that do not exist; `code` is the body's code where there is one; `fault`
    is the deed that struck it, by the rule of that number, from 0 (None for a word in a prompt); `attempt` counts the
    tries of a callback; `retry_after` is what the answer asked for, in seconds; of the answer's `length` bytes `sent`
    were sent (fewer when it was cut); `headers` are those of the request, without credentials, and `credential` tells
    whether there was one; `hung_up` tells that the client had gone before the answer was there; equal `digest`s are
    requests of equal content (of uploads: equal files); `mime` is the answer's type.
    """

    number: int
    at: float
    way: str
    method: str
    path: str
    status: int
    code: int | None = None
    stage: str = ""
    task: str = ""
    model: str = ""
    key: str = ""
    host: str = ""
    attempt: int = 0
    retry_after: float | None = None
    length: int = 0
    sent: int = 0
    wall: float = field(default_factory=time.time)
    ms: float = 0.0
    fault: str = ""
    rule: int | None = None
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    credential: bool = False
    hung_up: bool = False
    digest: str = ""
    mime: str = ""
    request: Any = None
    response: Any = None


class Journal:
    """The latest notes; older ones are forgotten, their number is not."""

    def __init__(self, most: int = 20_000) -> None:
        self._notes: deque[Note] = deque(maxlen=most)
        self._last = 0
        self._lock = threading.Lock()
        self._dropped = 0

    def write(self, **note: Any) -> None:
        """Adds a note; takes the fields of Note without `number`."""
        with self._lock:
            self._last += 1
            self._notes.append(Note(number=self._last, **note))

    def notes(self) -> tuple[Note, ...]:
        """All notes, oldest first."""
        with self._lock:
            return tuple(self._notes)

    def to_json(self) -> list[dict[str, Any]]:
        """All notes as dictionaries."""
        return [asdict(note) for note in self.notes()]

    def save(self) -> tuple[list[Note], int, int]:
        """The notes, the number of the latest one, and how many were cleared away on purpose."""
        with self._lock:
            return list(self._notes), self._last, self._dropped

    def load(self, notes: list[Note], last: int, dropped: int) -> None:
        """Takes the place of all notes; the numbers go on after `last`."""
        with self._lock:
            self._notes.clear()
            self._notes.extend(notes)
            self._last, self._dropped = last, dropped

    @property
    def forgotten(self) -> int:
        """How many notes there were before the oldest one that is still known."""
        with self._lock:
            return self._notes[0].number - 1 - self._dropped if self._notes else 0

    def clear(self) -> None:
        """Forgets everything; the numbers go on."""
        with self._lock:
            self._dropped = self._last
            self._notes.clear()
