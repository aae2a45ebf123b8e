"""Who works on what: rows are claimed in batches, with a lease that runs out when their worker dies."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.service.machine import Event
from kie.service.moves import move
from kie.store.work import Statement

if TYPE_CHECKING:
    from kie.store.work import Work

__all__ = ["LEASE", "Claimed", "Limits", "due", "expired", "submissions"]

#: Seconds after which a worker that claimed a row is taken for dead.
LEASE = float(os.environ.get("KIE_LEASE", "30"))


class Limits(NamedTuple):
    """What a vendor key may do: so many creates in any window of seconds, so many unfinished tasks at once."""

    creates: int = 20
    window: float = 10.0
    concurrency: int | None = None


class Claimed(NamedTuple):
    """A row that this worker works on, and when it is to be sent."""

    id: str
    model: str
    input: dict[str, Any]
    hook: str
    account: str
    task: str | None
    state: str
    created: float
    submitted: float | None
    deadline: float | None
    attempts: int
    polls: int
    result: dict[str, Any] | None
    at: float = 0.0


_COLUMNS = "id, model, input, hook, account, task, state, created, submitted, deadline, attempts, polls, result"


def _claimed(row: tuple[Any, ...], at: float = 0.0) -> Claimed:
    given, result = json.loads(row[2]), None if row[12] is None else json.loads(row[12])
    return Claimed._make((*row[:2], given, *row[3:12], result, at))


def submissions(account: str, limits: Limits, most: int, now: float, ahead: float = 1.0) -> Work[list[Claimed]]:
    """Claim generations to be sent, each with the time at which the vendor's limit lets it go.

    The times are reserved here, for all workers of an account; one that its worker does not use is lost. Reserved are
    those of the next ``ahead`` seconds at most. Intent is committed by this: the rows are ``submitting``.
    """
    rows = yield Statement("SELECT times FROM slot WHERE account = ?{for_update}", (account,))
    if not rows:
        yield Statement("INSERT INTO slot (account, times) VALUES (?, '[]') ON CONFLICT DO NOTHING", (account,))
    times: list[float] = json.loads(rows[0][0]) if rows else []
    if limits.concurrency is not None:
        counted = yield Statement(
            "SELECT count(*) FROM generation WHERE account = ? AND state IN ('submitting', 'waiting')", (account,)
        )
        most = min(most, limits.concurrency - int(counted[0][0]))
    slots: list[float] = []
    while len(slots) < most:
        at = now if len(times) < limits.creates else max(now, times[-limits.creates] + limits.window)
        if at > now + ahead:
            break
        slots.append(at)
        times.append(at)
    if not slots:
        return []
    found = yield Statement(
        f"SELECT {_COLUMNS} FROM generation WHERE state = 'held' AND account = ? AND next_at <= ?"  # noqa: S608
        " ORDER BY priority, id LIMIT ?{locked}",
        (account, now, len(slots)),
    )
    claimed = []
    for row, at in zip(found, slots, strict=False):
        # Longer than the vendor may take to answer: what is taken for lost while it is under way cannot be refused.
        until = at + 3 * LEASE
        changes = {"lease": until, "next_at": until, "submitted": at}
        if (yield from move(row[0], Event.CLAIMED, now, changes)):
            claimed.append(_claimed(row, at))
    unused = len(slots) - len(found)
    kept = times[: len(times) - unused][-limits.creates :] if unused else times[-limits.creates :]
    if found:
        yield Statement("UPDATE slot SET times = ? WHERE account = ?", (json.dumps(kept), account))
    return claimed


def due(states: tuple[str, ...], most: int, now: float) -> Work[list[Claimed]]:
    """Claim rows that are to be looked at now."""
    marks = ", ".join("?" * len(states))
    found = yield Statement(
        f"SELECT {_COLUMNS} FROM generation WHERE next_at <= ? AND state IN ({marks})"  # noqa: S608 - marks alone
        " AND (lease IS NULL OR lease <= ?) ORDER BY next_at LIMIT ?{locked}",
        (now, *states, now, most),
    )
    for row in found:
        yield Statement("UPDATE generation SET lease = ?, next_at = ? WHERE id = ?", (now + LEASE, now + LEASE, row[0]))
    return [_claimed(row) for row in found]


def expired(most: int, now: float) -> Work[list[str]]:
    """Find submissions whose worker died: what became of them is not known, and they are never sent again unseen."""
    found = yield Statement(
        "SELECT id FROM generation WHERE state = 'submitting' AND next_at <= ? ORDER BY next_at LIMIT ?{locked}",
        (now, most),
    )
    lost = []
    for (name,) in found:
        error = {
            "code": "outcome_unknown",
            "message": "The worker that sent it ended before an answer came: a task may exist, and be paid for.",
            "hint": "Its callback brings it back by itself; or settle it with `kie resolve`.",
        }
        changes = {"error": json.dumps(error), "next_at": None}
        if (yield from move(name, Event.LOST, now, changes, error)):
            lost.append(str(name))
    return lost
