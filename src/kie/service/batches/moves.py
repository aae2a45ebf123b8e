"""The steps of a batch as transactions. Its counts change in the same transaction as its items, under its lock.

The order of locks is everywhere the same: the batch, its items, their generations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kie.service import moves
from kie.service.amounts import to_credits
from kie.service.batches.batch import BatchState, happened
from kie.service.bulk import create_all
from kie.service.claims import LEASE
from kie.service.messages import announce
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kie.store.work import Work

__all__ = ["LOOK", "Due", "Full", "Pick", "broke", "due", "end", "feed", "look_again", "pick", "recount", "settle"]

#: Seconds until a batch is looked at again where nothing happens to it.
LOOK = 15.0
_ENDED = "('succeeded', 'failed', 'cancelled')"


class Due(NamedTuple):
    """A batch that is to be looked at, and is ours for the time of a lease."""

    id: str
    state: BatchState
    why: str | None
    idempotency: str | None
    ready: int
    fed: int
    checked: float


class Pick(NamedTuple):
    """An item that is to become a generation."""

    position: int
    generation: str
    model: str
    input: str
    fingerprint: str
    estimate: int | None
    priority: int | None
    notify: str | None


class Full(Exception):
    """There is no more room in the batch's own limit, or it does not run any more."""


def due(most: int, now: float) -> Work[list[Due]]:
    """Claim batches that are to be looked at."""
    rows = yield Statement(
        "SELECT id, state, why, idempotency, ready, fed, checked FROM batch WHERE look_at <= ?"
        " AND (lease IS NULL OR lease <= ?) ORDER BY look_at LIMIT ?{locked}",
        (now, now, most),
    )
    for row in rows:
        yield Statement("UPDATE batch SET lease = ?, look_at = ? WHERE id = ?", (now + LEASE, now + LOOK, row[0]))
    return [Due(row[0], BatchState(row[1]), *row[2:]) for row in rows]


def look_again(name: str, at: float | None) -> Work[None]:
    """Give a batch back; it is looked at again at a time, or before where something has happened to it meanwhile."""
    yield Statement(
        "UPDATE batch SET lease = NULL, look_at = CASE WHEN look_at < ? THEN look_at ELSE ? END WHERE id = ?"
        " AND look_at IS NOT NULL",
        (at, at, name),
    )


def pick(name: str, most: int) -> Work[tuple[list[Pick], bool]]:
    """Choose the next items for which there is room; and tell whether the batch's own limit holds others back."""
    rows = yield Statement("SELECT span - fed, max_credits - held - spent FROM batch WHERE id = ?", (name,))
    room, left = rows[0] if rows else (0, None)
    if rows and room <= 0:  # what is uncertain waits for a person, and is in no queue: the others go on
        lost = yield Statement(
            "SELECT count(*) FROM batch_item i JOIN generation g ON g.id = i.generation WHERE i.batch = ?"
            " AND i.state = 'fed' AND g.state = 'uncertain'",
            (name,),
        )
        room += lost[0][0]
    if room <= 0:
        return [], False
    found = yield Statement(
        "SELECT position, generation, model, input, fingerprint, estimate, priority, notify FROM batch_item"
        " WHERE batch = ? AND state = 'ready' ORDER BY position LIMIT ?",
        (name, min(most, int(room))),
    )
    picks: list[Pick] = []
    for row in map(Pick._make, found):
        if left is not None:
            left -= row.estimate or 0
            if left < 0:
                return picks, True
        picks.append(row)
    return picks, False


def feed(name: str, picks: Sequence[Pick], now: float) -> Work[int]:
    """Make generations of items; returns how many, and nothing is done for those that are generations already.

    Raises:
        BudgetExceeded: the project's budget does not have it; nothing was written.
        Full: the batch does not run, or its limit does not have it; nothing was written.

    """
    rows = yield Statement(
        "SELECT project, caller, cache, priority, state, why, max_credits - held - spent FROM batch"
        " WHERE id = ?{for_update}",
        (name,),
    )
    project, caller, cache, priority, state, why, left = rows[0] if rows else (*("",) * 6, None)
    if state != "running" and (state != "paused" or why == "asked"):
        raise Full(f"The batch {name} does not run.")
    marks = ", ".join("?" * len(picks))
    taken = yield Statement(
        "UPDATE batch_item SET state = 'fed' WHERE batch = ? AND state = 'ready'"  # noqa: S608 - marks alone
        f" AND position IN ({marks}) RETURNING position, generation",
        (name, *(each.position for each in picks)),
    )
    ours = set(map(tuple, taken))
    chosen = [each for each in picks if (each.position, each.generation) in ours]
    amount = sum(each.estimate or 0 for each in chosen)
    if len(chosen) < len(taken) or (left is not None and amount > left):
        raise Full(f"The batch {name} has no room.")
    if not chosen:
        return 0
    yield Statement(
        "UPDATE batch SET ready = ready - ?, fed = fed + ?, held = held + ?, state = 'running', why = NULL,"
        " words = NULL WHERE id = ?",
        (len(chosen), len(chosen), amount, name),
    )
    if state == "paused":
        yield happened(name, now, "resumed", {"why": why})
    requests = [
        moves.Request(
            project,
            each.model,
            each.input,
            each.fingerprint,
            "",
            each.estimate,
            priority if each.priority is None else each.priority,
            id=each.generation,
            batch=name,
            item=each.position,
            notify=each.notify,
            caller=caller,
            cache=None if cache is None else bool(cache),
        )
        for each in chosen
    ]
    yield from create_all(requests, now)
    return len(chosen)


def settle(most: int, now: float) -> Work[tuple[int, list[str]]]:
    """Take what the outbox says of ended generations; returns how many, and the batches concerned."""
    told = yield Statement(
        "SELECT number, generation FROM outbox WHERE kind = 'batch' ORDER BY number LIMIT ?{locked}", (most,)
    )
    if not told:
        return 0, []
    marks = ", ".join("?" * len(told))
    ended = yield Statement(
        f"SELECT batch, item FROM generation WHERE batch IS NOT NULL AND state IN {_ENDED} AND id IN ({marks})",  # noqa: S608 - marks alone
        [row[1] for row in told],
    )
    by_batch: dict[str, set[int]] = {}
    for batch, item in ended:
        by_batch.setdefault(batch, set()).add(item)
    for name in sorted(by_batch):
        yield from _settled(name, by_batch[name], now)
    yield Statement(f"DELETE FROM outbox WHERE number IN ({marks})", [row[0] for row in told])  # noqa: S608
    return len(told), sorted(by_batch)


def _settled(name: str, positions: Collection[int], now: float) -> Work[int]:
    """Write down how items ended, unless that was done before; count them, and end the batch with the last."""
    yield Statement("SELECT id FROM batch WHERE id = ?{for_update}", (name,))
    of = "(SELECT g.{} FROM generation g WHERE g.id = batch_item.generation)"
    marks = ", ".join("?" * len(positions))
    rows = yield Statement(
        f"UPDATE batch_item SET state = {of.format('state')}, spent = spent + coalesce({of.format('cost')}, 0),"  # noqa: S608
        f" error = CASE WHEN {of.format('state')} = 'succeeded' THEN NULL ELSE {of.format('error')} END"
        f" WHERE batch = ? AND position IN ({marks}) AND state = 'fed'"
        f" AND EXISTS (SELECT 1 FROM generation g WHERE g.id = batch_item.generation AND g.state IN {_ENDED})"
        f" RETURNING state, estimate, coalesce({of.format('cost')}, 0)",
        (name, *positions),
    )
    if rows:
        ends = [row[0] for row in rows]
        yield Statement(
            "UPDATE batch SET fed = fed - ?, succeeded = succeeded + ?, failed = failed + ?, cancelled = cancelled + ?,"
            " held = held - ?, spent = spent + ?, look_at = CASE WHEN state = 'running' THEN ?"
            " WHEN why IN ('budget', 'limit') AND look_at > ? THEN ? ELSE look_at END WHERE id = ?",
            (
                len(rows),
                *(ends.count(state) for state in ("succeeded", "failed", "cancelled")),
                sum(row[1] or 0 for row in rows),
                sum(row[2] for row in rows),
                now,
                now + 1,
                now + 1,
                name,
            ),
        )
        yield from end(name, now)
    return len(rows)


def end(name: str, now: float) -> Work[bool]:
    """End a batch that has nothing left to do."""
    rows = yield Statement(
        "UPDATE batch SET state = CASE WHEN state = 'cancelling' THEN 'cancelled' ELSE 'done' END, why = NULL,"
        " words = NULL, ended = ?, look_at = NULL, lease = NULL WHERE id = ? AND ready = 0 AND fed = 0"
        " AND state IN ('running', 'paused', 'cancelling') RETURNING project, state, items, succeeded, failed,"
        " cancelled, refused, spent",
        (now, name),
    )
    if rows:
        project, *counts, spent = rows[0]
        words = ("state", "items", "succeeded", "failed", "cancelled", "refused")
        data = {"id": name, **dict(zip(words, counts, strict=True)), "cost": f"{to_credits(spent):f}"}
        yield happened(name, now, "ended", data)
        yield from announce("batch.finished", project, name, data, now)
    return bool(rows)


def recount(name: str, now: float) -> Work[bool]:
    """Hold the counts of a batch against its rows, and put right what is not; returns whether something was.

    An item whose generation has ended is settled, also where nobody told of it; one whose generation is not there, as
    in a database that was restored, is fed again under the same id.
    """
    rows = yield Statement(
        "SELECT ready, fed, succeeded, failed, cancelled, refused, held, spent FROM batch WHERE id = ?{for_update}",
        (name,),
    )
    if not rows:
        return False
    ended = yield Statement(
        "SELECT i.position FROM batch_item i JOIN generation g ON g.id = i.generation"  # noqa: S608
        f" WHERE i.batch = ? AND i.state = 'fed' AND g.state IN {_ENDED}",
        (name,),
    )
    settled = (yield from _settled(name, [row[0] for row in ended], now)) if ended else 0
    yield Statement(
        "UPDATE batch_item SET state = 'ready' WHERE batch = ? AND state = 'fed'"
        " AND NOT EXISTS (SELECT 1 FROM generation g WHERE g.id = batch_item.generation)",
        (name,),
    )
    before = yield Statement(
        "SELECT ready, fed, succeeded, failed, cancelled, refused, held, spent FROM batch WHERE id = ?", (name,)
    )
    found: dict[str, tuple[Any, ...]] = {}
    for row in (yield Statement(
        "SELECT state, count(*), coalesce(sum(estimate), 0), coalesce(sum(spent), 0) FROM batch_item WHERE batch = ?"
        " GROUP BY state",
        (name,),
    )):  # fmt: skip
        found[row[0]] = row[1:]
    states = ("ready", "fed", "succeeded", "failed", "cancelled", "refused")
    counts = [int(found.get(state, (0, 0, 0))[0]) for state in states]
    sums = (*counts, int(found.get("fed", (0, 0, 0))[1]), sum(int(each[2]) for each in found.values()))
    wrong = tuple(map(int, before[0])) != sums
    if wrong:
        yield Statement(
            "UPDATE batch SET ready = ?, fed = ?, succeeded = ?, failed = ?, cancelled = ?, refused = ?, held = ?,"
            " spent = ? WHERE id = ?",
            (*sums, name),
        )
        yield happened(name, now, "recounted", {"before": list(map(int, before[0])), "after": list(sums)})
    yield Statement("UPDATE batch SET checked = ? WHERE id = ?", (now, name))
    yield from end(name, now)
    return wrong or bool(settled)


def broke() -> Work[bool]:
    """Whether no account can pay: the vendor has refused each for want of credits, and has taken nothing since."""
    rows = yield Statement("SELECT paused_why FROM account WHERE enabled = 1")
    return bool(rows) and all(why == "credits" for (why,) in rows)
