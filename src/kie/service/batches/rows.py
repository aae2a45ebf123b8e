"""What is asked of the rows of batches: to begin one, to list them, what happened to them, what may be tried again."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.errors import InvalidInput
from kie.service.amounts import to_units
from kie.service.batches import orders as batch_orders
from kie.service.batches.batch import COLUMNS, BatchEvent, happened, read_batch
from kie.service.batches.filling import ABANDONED, READING
from kie.service.batches.judging import Retryable
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kie.service.batches.batch import Batch
    from kie.store.work import Work

__all__ = ["COUNTS", "Begun", "batches", "begin", "events", "let_go", "noted", "paused", "retryable"]

#: Characters of a name for people.
_LONGEST = 200
#: Credits beyond which no limit makes sense; a sum of them fits the database.
_MOST = 10**12
COUNTS = ("state", "items", "ready", "fed", "succeeded", "failed", "cancelled", "refused")


class Begun(NamedTuple):
    """A batch that is to be read, or is known already.

    Attributes:
        id: its id.
        known: whether there is nothing to read: it was read before, or is being read by another.
        busy: whether another is reading it.
        resumed: whether it was begun before and broken off.
        digest: of what was read.

    """

    id: str
    known: bool = False
    busy: bool = False
    resumed: bool = False
    digest: str = ""


def options_of(
    *,
    project: str,
    name: str,
    max_credits: Decimal | float | str | None,
    priority: int,
    window: int,
    caller: str,
    cache: bool | None,
) -> dict[str, Any]:
    """Return what is asked for as columns.

    Raises:
        InvalidInput: something is out of range.

    """
    if not -1000 <= priority <= 1000:  # noqa: PLR2004 - told in the sentence
        raise InvalidInput(f"A priority is -1000 to 1000, not {priority}.", field="priority")
    if not 1 <= window <= 10_000:  # noqa: PLR2004 - told in the sentence
        raise InvalidInput(f"A window is 1 to 10000 items, not {window}.", field="window")
    return {
        "project": project,
        "name": name[:_LONGEST],
        "max_credits": limit_of(max_credits),
        "priority": priority,
        "span": window,
        "caller": caller,
        "cache": None if cache is None else int(cache),
    }


def limit_of(limit: Decimal | float | str | None) -> int | None:
    """Return a limit in millionths of a credit.

    Raises:
        InvalidInput: it is no number, or below 0.

    """
    if limit is None:
        return None
    try:
        amount = Decimal(str(limit))
    except ArithmeticError:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 <= amount < _MOST:
        raise InvalidInput(f"max_credits={limit!r} is not a number of credits.", field="max_credits")
    return to_units(amount)


def begin(name: str, asked: str, key: str | None, options: Mapping[str, Any], now: float) -> Work[Begun]:
    """Write a batch down without items, or find that of an idempotency key.

    Raises:
        InvalidInput: the key was used for a batch that asks for something else.

    """
    if key is not None:
        rows = yield Statement(
            "SELECT id, asked, state, lease, digest FROM batch WHERE project = ? AND idempotency = ?{for_update}",
            (options["project"], key),
        )
        if rows:
            found, before, state, lease, digest = rows[0]
            if before != asked:
                raise InvalidInput(
                    f"The idempotency key {key!r} was used for another batch ({found}).", field="idempotency_key"
                )
            if state != "reading":
                return Begun(found, known=True, digest=digest)
            if lease is not None and lease > now:
                return Begun(found, known=True, busy=True)
            yield Statement("UPDATE batch SET lease = ? WHERE id = ?", (now + READING, found))
            return Begun(found, resumed=True)
    given = {
        "id": name,
        "asked": asked,
        "idempotency": key,
        "digest": "",
        "state": "reading",
        "created": now,
        "checked": now,
        "lease": now + READING,
        "look_at": now + ABANDONED,
        "estimates": "{}",
        **options,
    }
    columns, marks = ", ".join(given), ", ".join("?" * len(given))
    yield Statement(f"INSERT INTO batch ({columns}) VALUES ({marks})", list(given.values()))  # noqa: S608 - our own
    yield happened(name, now, "created", {"name": options["name"]})
    return Begun(name)


def let_go(name: str) -> Work[None]:
    """Stop reading a batch: another may go on."""
    yield Statement("UPDATE batch SET lease = NULL WHERE id = ? AND state = 'reading'", (name,))


def batches(project: str | None, state: str | None, after: str, most: int) -> Work[list[Batch]]:
    """Read batches, newest first."""
    given = {name: value for name, value in (("project", project), ("state", state)) if value is not None}
    where = "".join(f" AND {name} = ?" for name in given)
    rows = yield Statement(
        f"SELECT {COLUMNS} FROM batch WHERE (? = '' OR id < ?){where} ORDER BY id DESC LIMIT ?",  # noqa: S608
        (after, after, *given.values(), most),
    )
    return [read_batch(row) for row in rows]


def events(name: str, after: int) -> Work[list[BatchEvent]]:
    """Read the history of a batch."""
    rows = yield Statement(
        "SELECT number, batch, at, name, data FROM batch_event WHERE batch = ? AND number > ? ORDER BY number",
        (name, after),
    )
    return [BatchEvent._make((*row[:4], json.loads(row[4]))) for row in rows]


def noted(name: str, now: float, event: str, data: Mapping[str, Any]) -> Work[None]:
    """Write an event down."""
    yield happened(name, now, event, data)


def paused(name: str, words: str, now: float) -> Work[bool]:
    """Pause a batch, and hold back what is in the queue."""
    new = yield from batch_orders.pause(name, "asked", words, now)
    yield from batch_orders.park(name, now)
    return new


def retryable(name: str, after: int, most: int) -> Work[list[Retryable]]:
    """Find items that failed, or were refused for their price."""
    rows = yield Statement(
        "SELECT position, attempt, state, model, input, estimate, max_credits, error FROM batch_item WHERE batch = ?"
        " AND state IN ('failed', 'refused') AND model IS NOT NULL AND position > ? ORDER BY position LIMIT ?",
        (name, after, most),
    )
    return [Retryable._make((*row[:7], json.loads(row[7] or "{}"))) for row in rows]
