"""Who works on what: rows are claimed in batches, with a lease that runs out when their worker dies."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.service.machine import Event
from kie.service.transitions import move
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kie.store.work import Work

__all__ = [
    "LEASE",
    "MARGIN",
    "Claimed",
    "Limits",
    "Turn",
    "called",
    "due",
    "expired",
    "late",
    "lease",
    "read",
    "submissions",
]

#: Seconds after which a worker that claimed a row is taken for dead.
LEASE = float(os.environ.get("KIE_LEASE", "30"))
#: By how much longer than the vendor's our window is: what travels fast may overtake what travelled slowly.
MARGIN = 0.015
#: Seconds for which slots are reserved ahead. What is reserved by a worker that dies is lost for the window.
AHEAD = 0.2


class Limits(NamedTuple):
    """What a vendor key may do: so many creates in any window of seconds, so many unfinished tasks at once."""

    creates: int = 20
    window: float = 10.0
    concurrency: int | None = None


class Claimed(NamedTuple):
    """A row that this worker works on, and when it is to be sent."""

    id: str
    project: str
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
    sends: int
    expires: float | None
    result: dict[str, Any] | None
    at: float = 0.0


class Turn(NamedTuple):
    """What there is to send: the rows, and when the vendor's limit lets the next one go (Unix seconds)."""

    rows: list[Claimed]
    opens: float | None


_COLUMNS = (
    "id, project, model, input, hook, account, task, state, created, submitted, deadline, attempts, polls, sends,"
    " expires, result"
)


def _claimed(row: tuple[Any, ...], at: float = 0.0) -> Claimed:
    result = None if row[15] is None else json.loads(row[15])
    return Claimed._make((*row[:3], json.loads(row[3]), *row[4:15], result, at))


def submissions(
    account: str, limits: Limits, most: int, now: float, worker: str, missed: Sequence[tuple[float, float]] = ()
) -> Work[Turn]:
    """Claim generations to be sent, each with the time at which the vendor's limit lets it go.

    The times are reserved here, for all workers of an account. Intent is committed by this: the rows are
    ``submitting``, and belong to the account. ``missed``: see ``late``.
    """
    if missed:
        yield from late(account, missed)
    locked = Statement("SELECT times FROM slot WHERE account = ?{for_update}", (account,))
    rows = yield locked
    if not rows:  # a row that is not there cannot be locked: several workers may begin at once
        yield Statement("INSERT INTO slot (account, times) VALUES (?, '[]') ON CONFLICT DO NOTHING", (account,))
        rows = yield locked
    # Under the lock: an account that a person has taken away a moment ago is not used by those who have not heard.
    usable = yield Statement("SELECT enabled FROM account WHERE name = ?", (account,))
    if not usable or not usable[0][0]:
        return Turn([], None)
    window = limits.window * (1 + MARGIN)
    # A time beyond the next window was written by a clock that has been set back since.
    times = sorted(min(at, now + window) for at in json.loads(rows[0][0]) if at > now - window)
    if limits.concurrency is not None:
        counted = yield Statement(
            "SELECT count(*) FROM generation WHERE account = ? AND state IN ('submitting', 'waiting')", (account,)
        )
        most = min(most, limits.concurrency - int(counted[0][0]))
    slots: list[float] = []
    opens: float | None = None
    while len(slots) < most:
        at = now if len(times) < limits.creates else max(now, times[-limits.creates] + window)
        if at > now + AHEAD:
            opens = at
            break
        slots.append(at)
        times.append(at)
    if not slots:
        return Turn([], opens)
    found: list[tuple[Any, ...]] = []
    for whose in (account, ""):  # its own before those that any account may send
        if len(found) < len(slots):
            found += yield Statement(
                f"SELECT {_COLUMNS}, tag FROM generation WHERE state = 'held' AND account = ? AND next_at <= ?"  # noqa: S608
                " ORDER BY priority, tag, id LIMIT ?{locked}",
                (whose, now, len(slots) - len(found)),
            )
    if not found:
        return Turn([], None)
    claimed = []
    for row, at in zip(found, slots, strict=False):
        # Longer than the vendor may take to answer: what is taken for lost while it is under way cannot be refused.
        until, sends = at + 4 * LEASE, row[13] + 1
        changes = {
            "lease": until,
            "next_at": until,
            "submitted": at,
            "account": account,
            "sends": sends,
            "worker": worker,
        }
        if (yield from move(row[0], Event.CLAIMED, now, changes, {"account": account})):
            claimed.append(_claimed(row, at)._replace(account=account, sends=sends))
    unused = len(slots) - len(found)
    times = times[: len(times) - unused]
    yield Statement("UPDATE slot SET times = ? WHERE account = ?", (json.dumps(times[-limits.creates :]), account))
    # Where the queue is: a project that comes now begins here.
    yield Statement(
        "INSERT INTO project (name, tag) VALUES ('', ?) ON CONFLICT (name) DO UPDATE SET tag = excluded.tag"
        " WHERE project.tag < excluded.tag",
        (max(row[16] for row in found),),
    )
    return Turn(claimed, opens if len(found) == len(slots) else None)


def late(account: str, missed: Sequence[tuple[float, float]]) -> Work[None]:
    """Tell that reserved times were missed: the limit counts from when it was really sent.

    Args:
        account: whose limit.
        missed: each time as it was reserved, and as it came to be; Unix seconds.

    """
    rows = yield Statement("SELECT times FROM slot WHERE account = ?{for_update}", (account,))
    times: list[float] = json.loads(rows[0][0]) if rows else []
    moved = False
    for planned, real in missed:
        if planned in times:  # several may go at the same time: one of them is moved
            times.remove(planned)
            times.append(real)
            moved = True
    if moved:
        yield Statement("UPDATE slot SET times = ? WHERE account = ?", (json.dumps(sorted(times)), account))


def due(states: tuple[str, ...], most: int, now: float, worker: str) -> Work[list[Claimed]]:
    """Claim rows that are to be looked at now."""
    marks = ", ".join("?" * len(states))
    found = yield Statement(
        f"SELECT {_COLUMNS} FROM generation WHERE next_at <= ? AND state <> 'held' AND state IN ({marks})"  # noqa: S608
        " AND (lease IS NULL OR lease <= ?) ORDER BY next_at LIMIT ?{locked}",
        (now, *states, now, most),
    )
    for row in found:
        yield lease(row[0], now, worker)
    return [_claimed(row) for row in found]


def called(hook: str, now: float, worker: str) -> Work[Claimed | None]:
    """Claim, by the end of its callback address, a generation whose task is known and that nobody asks for just now.

    One statement, so that a callback costs one: None where there is more to be looked at.
    """
    rows = yield Statement(
        "UPDATE generation SET lease = ?, next_at = ?, worker = ? WHERE hook = ? AND task IS NOT NULL AND sends = 1"  # noqa: S608
        f" AND state IN ('waiting', 'uncertain') AND (lease IS NULL OR lease <= ?) RETURNING {_COLUMNS}",
        (now + LEASE, now + LEASE, worker, hook, now),
    )
    return _claimed(rows[0]) if rows else None


def lease(name: str, now: float, worker: str) -> Statement:
    """Take a row for some time."""
    return Statement(
        "UPDATE generation SET lease = ?, next_at = ?, worker = ? WHERE id = ?",
        (now + LEASE, now + LEASE, worker, name),
    )


def read(name: str) -> Work[Claimed | None]:
    """Read one row, whoever has it."""
    rows = yield Statement(f"SELECT {_COLUMNS} FROM generation WHERE id = ?", (name,))  # noqa: S608 - our own names
    return _claimed(rows[0]) if rows else None


def expired(most: int, now: float) -> Work[list[str]]:
    """Find submissions whose worker died: what became of them is not known, and they are never sent again unseen."""
    found = yield Statement(
        "SELECT id FROM generation WHERE state = 'submitting' AND state <> 'held' AND next_at <= ?"  # the index's words
        " ORDER BY next_at LIMIT ?{locked}",
        (now, most),
    )
    lost = []
    for (name,) in found:
        error = {
            "code": "outcome_unknown",
            "message": "The worker that sent it ended before an answer came: a task may exist, and be paid for.",
            "hint": "Its callback brings it back by itself; or settle it with `kie resolve`.",
            "kind": "SubmitOutcomeUnknown",
        }
        changes = {"error": json.dumps(error), "next_at": None}
        if (yield from move(name, Event.LOST, now, changes, error)):
            lost.append(str(name))
    return lost
