"""Callbacks: one row each, committed before the vendor is answered. A hint, never an authority."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kie.service.machine import Event, State
from kie.service.moves import move
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Callable

    from kie.store.work import Work

__all__ = ["MOST", "receive", "work_through"]

#: Bytes of a body that are kept; a callback of kie.ai has some thousands.
MOST = 256 * 1024


def receive(hook: str, body: bytes, now: float) -> Work[bool]:
    """Put a callback into the inbox; False, and nothing is written, for an address that no generation has."""
    rows = yield Statement("SELECT 1 FROM generation WHERE hook = ?", (hook,))
    if rows:
        yield Statement("INSERT INTO inbox (at, hook, body) VALUES (?, ?, ?)", (now, hook, body))
    return bool(rows)


def work_through(task_of: Callable[[bytes], str | None], most: int, now: float) -> Work[list[str]]:
    """Empty the inbox: what was uncertain is adopted, and what waits is looked at now.

    Args:
        task_of: tells the task id that a callback names, or None.
        most: callbacks to take.
        now: Unix seconds.

    Returns:
        The generations concerned.

    """
    rows = yield Statement("SELECT number, hook, body FROM inbox ORDER BY number LIMIT ?{locked}", (most,))
    concerned = []
    for number, hook, body in rows:
        found = yield Statement("SELECT id, state, task FROM generation WHERE hook = ?", (hook,))
        if found:
            name, state, task = found[0]
            if state in (State.SUBMITTING, State.UNCERTAIN) and task is None:
                named = task_of(bytes(body))
                if named is not None:
                    yield from move(
                        name, Event.ADOPTED, now, {"task": named, "next_at": now, "error": None}, {"task": named}
                    )
            else:
                yield Statement(
                    "UPDATE generation SET next_at = ? WHERE id = ? AND state IN ('waiting', 'uncertain')"
                    " AND next_at > ? AND lease IS NULL",
                    (now, name, now),
                )
            concerned.append(str(name))
        yield Statement("DELETE FROM inbox WHERE number = ?", (number,))
    return concerned
