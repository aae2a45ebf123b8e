"""What a person, or want of money, orders a batch to do: pause, go on, cancel, try again; as transactions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kie.service.batches.batch import happened, item_id
from kie.service.batches.moves import LOOK, end
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kie.store.work import Work

__all__ = ["again", "cancel", "park", "pause", "resume", "sweep"]

#: Generations of a batch that still wait to be sent. One that follows another is sent by nobody.
_HELD = "state = 'held' AND batch = ?"
#: Generations that are cancelled side by side.
_SWEPT = 200


def pause(name: str, why: str, words: str, now: float) -> Work[bool]:
    """Stop feeding. What a person paused stays so, whatever else is the matter.

    Args:
        name: the batch.
        why: asked, credits, budget or limit.
        words: the same in a sentence.
        now: Unix seconds.

    Returns:
        Whether it was not paused before, or for another reason.

    """
    rows = yield Statement("SELECT state, why FROM batch WHERE id = ?{for_update}", (name,))
    state, before = rows[0] if rows else (None, None)
    if state not in ("running", "paused") or (before == "asked" and why != "asked"):
        return False
    yield Statement(
        "UPDATE batch SET state = 'paused', why = ?, words = ?, look_at = ? WHERE id = ?",
        (why, words, now if why == "asked" else now + LOOK, name),  # what is on its way may come back soon: see `park`
    )
    if before != why:
        yield happened(name, now, "paused", {"why": why, "words": words})
    return bool(before != why)


def resume(name: str, now: float, max_credits: int | None = None, only: str | None = None) -> Work[bool]:
    """Go on, and let go what was held back; False where it is not paused, or for another reason than ``only``."""
    rows = yield Statement("SELECT state, why FROM batch WHERE id = ?{for_update}", (name,))
    state, why = rows[0] if rows else (None, None)
    if max_credits is not None:
        yield Statement("UPDATE batch SET max_credits = ? WHERE id = ?", (max_credits, name))
    if state != "paused" or (only is not None and why != only):
        return False
    yield Statement(
        "UPDATE batch SET state = 'running', why = NULL, words = NULL, look_at = ? WHERE id = ?", (now, name)
    )
    yield Statement(
        "UPDATE generation SET next_at = ?, attempts = 0 WHERE source IS NULL"  # noqa: S608 - our own words
        f" AND (next_at IS NULL OR next_at > ?) AND {_HELD}",
        (now, now, name),
    )
    yield happened(name, now, "resumed", {"why": why})
    return True


def park(name: str, now: float) -> Work[None]:
    """Hold back what was fed and not sent: such a generation has no time at which it is to be looked at.

    Unless the batch goes on, which may have been said a moment ago: nobody would look at these ever again. Whoever
    waits for the result of one of them, and is not paused itself, is sent in its place.
    """
    rows = yield Statement("SELECT why FROM batch WHERE id = ?{for_update}", (name,))
    if not rows or rows[0][0] != "asked":
        return
    others = yield Statement(
        "SELECT source, min(id) FROM generation WHERE state = 'held' AND NOT EXISTS (SELECT 1 FROM batch b"  # noqa: S608
        f" WHERE b.id = generation.batch AND b.why = 'asked') AND source IN (SELECT id FROM generation WHERE {_HELD})"
        " GROUP BY source",
        (name,),
    )
    for before, first in others:
        held = yield Statement(  # one may be on its way since, and is to be paid for once
            "SELECT id FROM generation WHERE id IN (?, ?) AND state = 'held' ORDER BY id{for_update}", (before, first)
        )
        if len(held) == 2:  # noqa: PLR2004 - both
            yield Statement("UPDATE generation SET source = NULL, next_at = ? WHERE id = ?", (now, first))
            yield Statement(
                "UPDATE generation SET source = ?, next_at = NULL WHERE state = 'held' AND (source = ? OR id = ?)",
                (first, before, before),
            )
    yield Statement(
        f"UPDATE generation SET next_at = NULL WHERE source IS NULL AND next_at IS NOT NULL AND {_HELD}",  # noqa: S608 - our own words
        (name,),
    )


def cancel(name: str, now: float) -> Work[bool]:
    """Begin to cancel; `sweep` does the rest. False where it has ended, or is being read."""
    rows = yield Statement(
        "UPDATE batch SET state = 'cancelling', why = NULL, words = NULL, look_at = ? WHERE id = ?"
        " AND state IN ('running', 'paused') RETURNING id",
        (now, name),
    )
    if rows:
        yield happened(name, now, "cancelled")
    return bool(rows)


def sweep(name: str, most: int, now: float) -> Work[tuple[bool, list[str]]]:
    """Cancel some items that are not in the queue; returns whether there may be more, and some generations in it."""
    rows = yield Statement("SELECT state FROM batch WHERE id = ?{for_update}", (name,))
    if not rows or rows[0][0] != "cancelling":
        return False, []
    gone = yield Statement(
        "UPDATE batch_item SET state = 'cancelled' WHERE batch = ? AND state = 'ready' AND position IN (SELECT position"
        " FROM batch_item WHERE batch = ? AND state = 'ready' ORDER BY position LIMIT ?) RETURNING position",
        (name, name, most),
    )
    if gone:
        yield Statement(
            "UPDATE batch SET ready = ready - ?, cancelled = cancelled + ? WHERE id = ?", (len(gone), len(gone), name)
        )
    held = yield Statement(f"SELECT id FROM generation WHERE {_HELD} LIMIT {_SWEPT}", (name,))  # noqa: S608
    yield from end(name, now)
    return bool(gone or held), [str(row[0]) for row in held]


def again(name: str, chosen: Iterable[tuple[int, int, str, int | None]], now: float) -> Work[int]:
    """Put items back into the queue of their batch, each for a new generation.

    Args:
        name: the batch.
        chosen: position, attempt so far, state and estimate of each.
        now: Unix seconds.

    """
    rows = yield Statement("SELECT state FROM batch WHERE id = ?{for_update}", (name,))
    if not rows or rows[0][0] in ("reading", "cancelling"):
        return 0
    counts = {"failed": 0, "refused": 0}
    for position, attempt, state, estimate in chosen:
        done = yield Statement(
            "UPDATE batch_item SET state = 'ready', attempt = ?, generation = ?, estimate = ?, error = NULL"
            " WHERE batch = ? AND position = ? AND state = ? AND attempt = ? RETURNING position",
            (attempt + 1, item_id(name, position, attempt + 1), estimate, name, position, state, attempt),
        )
        counts[state] += len(done)
    number = sum(counts.values())
    if number:
        yield Statement(
            "UPDATE batch SET ready = ready + ?, failed = failed - ?, refused = refused - ?, ended = NULL, look_at = ?,"
            " state = CASE WHEN state = 'paused' THEN state ELSE 'running' END WHERE id = ?",
            (number, counts["failed"], counts["refused"], now, name),
        )
    return number
