"""One step of the machine as a transaction: the state changes if it may, and the event is written down."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kie.service import ends
from kie.service.machine import ENDED, TRANSITIONS, Event, State
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kie.store.work import Work

__all__ = ["happened", "move"]

_TOLD = ENDED | {State.UNCERTAIN}


def move(
    name: str,
    event: Event,
    now: float,
    changes: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
    *,
    sends: int | None = None,
) -> Work[bool]:
    """Let an event happen; False, and nothing is written, where the generation is in another state.

    Args:
        name: of the generation.
        event: what happens.
        now: Unix seconds.
        changes: columns that change with it.
        data: what is written down with the event.
        sends: the attempt to which the event belongs: where it has been sent again since, nothing happens.

    """
    transition = TRANSITIONS[event]
    held = {"state": transition.after.value, "lease": None, **(changes or {})}
    before = sorted(transition.before)
    fence, values = ("", ()) if sends is None else (" AND sends = ?", (sends,))
    told = transition.after in _TOLD
    rows = yield Statement(
        f"UPDATE generation SET {', '.join(f'{column} = ?' for column in held)}"  # noqa: S608 - our own names
        f" WHERE id = ? AND state IN ({', '.join('?' * len(before))}){fence} RETURNING {ends.RETURNED if told else 1}",
        (*held.values(), name, *before, *values),
    )
    if not rows:
        return False
    yield happened(name, now, event.value, transition.after.value, data)
    if told:
        yield from ends.tell(ends.Ended(name, transition.after, *rows[0]), now)
    return True


def happened(name: str, now: float, event: str, state: str, data: Mapping[str, Any] | None = None) -> Statement:
    """Write an event into the history of a generation."""
    return Statement(
        "INSERT INTO event (generation, at, name, state, data) VALUES (?, ?, ?, ?, ?)",
        (name, now, event, state, None if data is None else json.dumps(data)),
    )
