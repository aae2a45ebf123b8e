"""Callbacks: one row each, committed before the vendor is answered. A hint, never an authority."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kie.service import claims
from kie.service.machine import State
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Callable

    from kie.service.claims import Claimed
    from kie.store.work import Work

__all__ = ["MOST", "Candidate", "Taken", "drop", "keep", "receive", "take"]

#: Bytes of a body that are kept; a callback of kie.ai has some thousands.
MOST = 256 * 1024
#: Seconds after which a callback is looked at again whose generation is being asked for just now.
_AGAIN = 0.25


class Candidate(NamedTuple):
    """A callback that names a task for a generation that has none, or another: the vendor's record decides.

    Attributes:
        number: of its row in the inbox.
        at: when it came, Unix seconds.
        unknown: how often the vendor has said that it knows no such task.
        task: that it names.
        row: the generation.

    """

    number: int
    at: float
    unknown: int
    task: str
    row: Claimed


class Taken(NamedTuple):
    """What callbacks bring: generations to ask for, tasks to be looked at, and whether there are more."""

    rows: list[Claimed]
    candidates: list[Candidate]
    more: bool


def receive(hook: str, body: bytes, now: float, until: float = 0.0) -> Work[int | None]:
    """Put a callback into the inbox; returns its number.

    Args:
        hook: the end of its address.
        body: as it came.
        now: Unix seconds.
        until: when it is to be looked at, for a worker that does so at once and may die.

    Returns:
        None, and nothing is written, for an address that no generation has.

    """
    rows = yield Statement("SELECT 1 FROM generation WHERE hook = ?", (hook,))
    if not rows:
        return None
    rows = yield Statement(
        "INSERT INTO inbox (at, hook, body, next_at) VALUES (?, ?, ?, ?) RETURNING number", (now, hook, body, until)
    )
    return int(rows[0][0])


def take(
    task_of: Callable[[bytes], str | None], most: int, now: float, worker: str, only: int | None = None
) -> Work[Taken]:
    """Go through the inbox: what waits is claimed, so that this worker asks for it now.

    Args:
        task_of: tells the task id that a callback names, or None.
        most: callbacks to take.
        now: Unix seconds.
        worker: who claims.
        only: the number of the one callback that is to be taken, which nobody else looks at now.

    """
    where, values = ("next_at <= ?", now) if only is None else ("number = ?", only)
    messages = yield Statement(
        f"SELECT number, at, hook, body, unknown FROM inbox WHERE {where} ORDER BY number LIMIT ?{{locked}}",  # noqa: S608
        (values, most),
    )
    asked: dict[str, Claimed] = {}
    candidates: list[Candidate] = []
    for number, at, hook, body, unknown in messages:
        found = yield Statement(
            "SELECT id, state, task, lease, sends FROM generation WHERE hook = ?{for_update}", (hook,)
        )
        name, state, task, lease, sends = found[0] if found else (None, None, None, None, 0)
        if task is not None and state in (State.WAITING, State.UNCERTAIN) and name not in asked:
            if lease is not None and lease > now:  # the answer that is under way may be older than this callback
                yield keep(number, now + _AGAIN)
                continue
            yield claims.lease(name, now, worker)
            row = yield from claims.read(name)
            if row is not None:
                asked[name] = row
        # One that was sent once has no other task than its own. One that nobody knows a task of, or that a person has
        # sent again, may have one that is paid for, whatever has become of it since.
        named = task_of(bytes(body)) if sends and (task is None or sends > 1) else None
        row = (yield from claims.read(name)) if named not in (None, task) else None
        again = any((each.row.id, each.task) == (name, named) for each in candidates)
        if named is not None and row is not None and not again:
            yield keep(number, now + claims.LEASE)
            candidates.append(Candidate(int(number), at, int(unknown), named, row))
        else:
            yield drop(number)
    return Taken(list(asked.values()), candidates, len(messages) == most)


def keep(number: int, until: float) -> Statement:
    """Look at a callback again at a time."""
    return Statement("UPDATE inbox SET next_at = ? WHERE number = ?", (until, number))


def drop(number: int) -> Statement:
    """Forget a callback."""
    return Statement("DELETE FROM inbox WHERE number = ?", (number,))
