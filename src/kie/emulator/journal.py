"""What happened: every request and every callback, in order, with what was answered."""

from __future__ import annotations

from collections import deque
from dataclasses import asdict, dataclass, field
from itertools import count
from typing import Any


@dataclass(frozen=True, slots=True)
class Note:
    """One request to the emulator (`way` "in") or callback from it ("out").

    `at` is virtual time; `ms` is how long it took on the wall; `code` is the body's code where there is one.
    """

    number: int
    at: float
    way: str
    method: str
    path: str
    status: int
    code: int | None = None
    task: str = ""
    key: str = ""
    ms: float = 0.0
    fault: str = ""
    query: dict[str, str] = field(default_factory=dict)
    request: Any = None
    response: Any = None


class Journal:
    """The latest notes; older ones are forgotten, their number is not."""

    def __init__(self, most: int = 20_000) -> None:
        self._notes: deque[Note] = deque(maxlen=most)
        self._numbers = count(1)

    def write(self, **note: Any) -> None:
        """Adds a note; takes the fields of Note without `number`."""
        self._notes.append(Note(number=next(self._numbers), **note))

    def notes(self) -> tuple[Note, ...]:
        """All notes, oldest first."""
        return tuple(self._notes)

    def to_json(self) -> list[dict[str, Any]]:
        """All notes as dictionaries."""
        return [asdict(note) for note in self._notes]

    def clear(self) -> None:
        """Forgets everything."""
        self._notes.clear()
