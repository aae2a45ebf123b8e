"""A batch and its items as they are read from the database."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.ids import named_id, time_of
from kie.service.amounts import to_credits
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kie.store.work import Rows, Work

__all__ = [
    "Batch",
    "BatchEvent",
    "BatchItem",
    "BatchState",
    "Estimate",
    "ItemState",
    "happened",
    "item_id",
    "items_of",
    "load_batch",
]


class BatchState(StrEnum):
    """Where a batch is."""

    READING = "reading"  # its items are being read, none is sent
    RUNNING = "running"
    PAUSED = "paused"  # nothing more is sent; see ``Batch.why``
    CANCELLING = "cancelling"  # what was sent already goes on
    DONE = "done"
    CANCELLED = "cancelled"


class ItemState(StrEnum):
    """Where an item is."""

    READY = "ready"  # it waits for room in the queue
    FED = "fed"  # it is a generation, which has not ended
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    REFUSED = "refused"  # it is no request; see its error


FINAL = (BatchState.DONE, BatchState.CANCELLED)
#: The states of a generation and of an item in which both have ended.
ENDED = (ItemState.SUCCEEDED, ItemState.FAILED, ItemState.CANCELLED)


class Estimate(NamedTuple):
    """What items will cost, in credits.

    Attributes:
        items: how many.
        low: at least.
        high: at most, or None where the price of some is not known beforehand.
        unknown: items whose price, or whose highest price, is not known.
        models: the same for each model; empty within it.
        refused: lines that are no request, and are not counted above.
        faults: what is wrong with the first twenty of these: (line, words).

    """

    items: int
    low: Decimal
    high: Decimal | None
    unknown: int
    models: dict[str, Estimate] = {}  # noqa: RUF012 - a tuple's default, which nobody changes
    refused: int = 0
    faults: tuple[tuple[int, str], ...] = ()


class Batch(NamedTuple):
    """A batch. Times are Unix seconds, amounts credits.

    Attributes:
        id: ours, ordered by time.
        project: whose budget pays.
        name: the caller's name for it, or "".
        state: see ``BatchState``.
        why: why it is paused: "asked" (by a person), "credits" (the vendor's account is empty), "budget" (of the
            project), "limit" (``max_credits``); else None. All but the first end by themselves.
        words: the same in a sentence.
        created: when it was asked for.
        ended: when its last item ended, or None.
        priority: of its items; higher goes first.
        max_credits: what it may hold and spend, or None.
        items: how many there are.
        ready: that wait for room in the queue.
        fed: that are generations, and have not ended.
        succeeded: that ended so.
        failed: that ended so.
        cancelled: that ended so.
        refused: lines that are no request.
        held: what is held for the items that are fed.
        spent: what the others did cost.
        estimate: what all were to cost when they were read.

    """

    id: str
    project: str
    name: str
    state: BatchState
    why: str | None
    words: str | None
    created: float
    ended: float | None
    priority: int
    max_credits: Decimal | None
    items: int
    ready: int
    fed: int
    succeeded: int
    failed: int
    cancelled: int
    refused: int
    held: Decimal
    spent: Decimal
    estimate: Estimate

    @property
    def final(self) -> bool:
        """Whether nothing more becomes of it by itself."""
        return self.state in FINAL


class BatchItem(NamedTuple):
    """An item of a batch. Amounts are credits.

    Attributes:
        position: from 0.
        line: of the source, from 1.
        id: the caller's own, or None.
        state: see ``ItemState``.
        generation: the id of its generation, once it is fed, else None.
        progress: the state of its generation, else None.
        attempt: how often it was retried.
        model: the catalogue's id, or None for a line that is no request.
        input: as it is sent, or None.
        estimate: the most that it is to cost, or None where no price is known.
        cost: what it did cost, all attempts together.
        error: "code", "message" and more, when it failed or was refused.

    """

    position: int
    line: int
    id: str | None
    state: ItemState
    generation: str | None
    progress: str | None
    attempt: int
    model: str | None
    input: dict[str, Any] | None
    estimate: Decimal | None
    cost: Decimal
    error: dict[str, Any] | None


class BatchEvent(NamedTuple):
    """One entry of a batch's history.

    Attributes:
        number: ascending.
        batch: whose.
        at: Unix seconds.
        name: created, read, paused, resumed, retried, cancelled, ended; and "progress", which is not kept.
        data: what else is known.

    """

    number: int
    batch: str
    at: float
    name: str
    data: dict[str, Any]


COLUMNS = (
    "id, project, name, state, why, words, created, ended, priority, max_credits, items, ready, fed, succeeded,"
    " failed, cancelled, refused, held, spent, estimates"
)


def read_batch(row: tuple[Any, ...]) -> Batch:
    """Make a batch of a row of COLUMNS."""
    most = None if row[9] is None else to_credits(row[9])
    held, spent = to_credits(row[17]), to_credits(row[18])
    state, estimate = BatchState(row[3]), estimate_of(row[19])
    return Batch._make((*row[:3], state, *row[4:9], most, *row[10:17], held, spent, estimate))


def estimate_of(text: str) -> Estimate:
    """Sum up the estimates of the models."""
    models = {
        model: Estimate(items, to_credits(low), None if unknown else to_credits(high), unknown)
        for model, (items, low, high, unknown) in json.loads(text).items()
    }
    each = models.values()
    unknown = sum(one.unknown for one in each)
    high = None if unknown else sum((one.high for one in each if one.high is not None), Decimal(0))
    return Estimate(sum(one.items for one in each), sum((one.low for one in each), Decimal(0)), high, unknown, models)


def load_batch(name: str) -> Work[Batch | None]:
    """Read one batch."""
    rows = yield Statement(f"SELECT {COLUMNS} FROM batch WHERE id = ?", (name,))  # noqa: S608 - our own names
    return read_batch(rows[0]) if rows else None


def items_of(name: str, state: str | None, after: int, most: int) -> Work[list[BatchItem]]:
    """Read items in their order, from after a position on; of one state, their own or that of their generation."""
    where, values = "", tuple[str, ...]()
    if state is not None:
        where, values = f" AND {'i' if state in tuple(ItemState) else 'g'}.state = ?", (state,)
    rows: Rows = yield Statement(
        "SELECT i.position, i.line, i.name, i.state, g.id, g.state, i.attempt, i.model, i.input, i.estimate, i.spent,"  # noqa: S608
        " i.error FROM batch_item i LEFT JOIN generation g ON g.id = i.generation AND i.state <> 'refused'"
        f" WHERE i.batch = ? AND i.position > ?{where} ORDER BY i.position LIMIT ?",
        (name, after, *values, most),
    )
    return [
        BatchItem._make(
            (
                *row[:3],
                ItemState(row[3]),
                *row[4:8],
                None if row[8] is None else json.loads(row[8]),
                None if row[9] is None else to_credits(row[9]),
                to_credits(row[10]),
                None if row[11] is None else json.loads(row[11]),
            )
        )
        for row in rows
    ]


def happened(name: str, now: float, event: str, data: Mapping[str, Any] | None = None) -> Statement:
    """Write an event down."""
    return Statement(
        "INSERT INTO batch_event (batch, at, name, data) VALUES (?, ?, ?, ?)",
        (name, now, event, json.dumps(data or {})),
    )


def item_id(batch: str, position: int, attempt: int) -> str:
    """Name the generation of an item: always the same for an attempt, so that none is made twice.

    It bears the time of the batch and sorts by attempt and position.
    """
    mark = int.from_bytes(hashlib.sha256(batch.encode()).digest()[:5])
    return named_id("gen", time_of(batch), (mark << 16 | attempt) << 24 | position)
