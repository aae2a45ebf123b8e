"""A batch is filled from its source: a thousand items are read, judged and written in one transaction, then the next.

So memory is bounded however many there are, and a process that dies in the middle leaves a batch that is ``reading``:
the same call with the same idempotency key goes on after the last thousand, and nothing was sent yet.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from kie.errors import InvalidInput
from kie.service.batches.batch import BatchState, ItemState, happened, item_id
from kie.service.batches.line import Line
from kie.service.batches.moves import end
from kie.service.batches.sources import entries
from kie.store.errors import StoreUnavailable
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from kie.service.batches.judging import Judge, Judged
    from kie.service.batches.line import Entry
    from kie.service.batches.reading import Kind, ReadLimits
    from kie.service.batches.sources import Source
    from kie.service.context import Context
    from kie.store.work import Work

__all__ = ["ABANDONED", "CHUNK", "READING", "chunks", "counted", "fill", "mixed", "remove"]

#: Items that are written in one transaction.
CHUNK = 1000
#: Characters of their inputs, at most: lines may be of 1 MiB, and a thousand of these are too many at once.
_LARGE = 8_000_000
#: Items in one statement: both databases take some tens of thousands of values.
_ROWS = 100
#: Seconds after which someone who reads a batch is taken for dead.
READING = 60.0
#: Seconds after which a batch that nobody goes on reading is removed, unless an idempotency key may come back to it.
ABANDONED = 600.0


_COLUMNS = (
    "batch, position, attempt, generation, line, name, state, model, input, fingerprint, estimate, max_credits,"
    " priority, notify, error"
)
_MARKS = f"({', '.join('?' * 15)})"


async def chunks(source: Source, kind: Kind | None, limits: ReadLimits | None) -> AsyncIterator[list[Entry]]:
    """Read the items of a source, a chunk at a time: the same items make the same chunks."""
    held: list[Entry] = []
    size = 0
    async for some in entries(source, kind, limits):
        for each in some:
            held.append(each)
            parts = chain.from_iterable(each.input.items()) if isinstance(each, Line) else ()
            size += sum(len(part) if isinstance(part, str) else len(repr(part)) for part in parts)
            if len(held) >= CHUNK or size > _LARGE:
                yield held
                held, size = [], 0
    if held:
        yield held


async def fill(
    context: Context,
    name: str,
    source: Source,
    judge: Judge,
    *,
    kind: Kind | None,
    limits: ReadLimits | None,
    start: bool,
) -> None:
    """Read a batch to its end, from its beginning or from where another left it.

    Raises:
        InvalidInput: the source cannot be read, is another one than before, or someone else is reading it.

    """
    beating = asyncio.create_task(_beat(context, name))  # however slowly the source gives
    try:
        await _fill(context, name, source, judge, kind=kind, limits=limits)
    finally:
        beating.cancel()
        await asyncio.gather(beating, return_exceptions=True)
    now = context.clock()
    await context.database.write(lambda: _read(name, now, start=start))
    context.wake("feed")


async def _beat(context: Context, name: str) -> None:
    """Show that the batch is being read."""
    while True:
        await asyncio.sleep(READING / 3)
        now = context.clock()
        beat = Statement(
            "UPDATE batch SET lease = ?, look_at = ? WHERE id = ? AND state = 'reading'",
            (now + READING, now + ABANDONED, name),
        )
        with contextlib.suppress(StoreUnavailable):
            await context.database.write(partial(_one, beat))


def _one(statement: Statement) -> Work[None]:
    yield statement


async def _fill(
    context: Context, name: str, source: Source, judge: Judge, *, kind: Kind | None, limits: ReadLimits | None
) -> None:
    done, digest, estimates = await context.database.read(lambda: _so_far(name))
    position, mixture = 0, ""
    async for chunk in chunks(source, kind, limits):
        mixture = await asyncio.to_thread(mixed, mixture, chunk)
        position += len(chunk)
        if position < done:
            continue
        if position == done:
            if mixture != digest:
                raise InvalidInput("The idempotency key was used for a batch with other items.", field="source")
            continue
        if position - len(chunk) < done:
            raise InvalidInput("The idempotency key was used for a batch with more items.", field="source")
        judged = await asyncio.to_thread(judge.all, chunk)
        now = context.clock()
        piece = _Piece(name, position - len(chunk), judged, counted(estimates, judged), mixture)
        if not await context.database.write(partial(piece.write, now)):
            raise InvalidInput(f"The batch {name} is being read by someone else.", field="idempotency_key")
    if position < done:
        raise InvalidInput("The idempotency key was used for a batch with more items.", field="source")
    if not position:
        raise InvalidInput("The batch has no items.", field="source")


class _Piece:
    """A chunk, to be written; the statements are made once, however often the transaction has to be repeated."""

    def __init__(
        self, name: str, first: int, judged: list[Judged], estimates: dict[str, list[int]], mixture: str
    ) -> None:
        self._name, self._first, self._judged = name, first, judged
        self._estimates, self._mixture = json.dumps(estimates), mixture

    def write(self, now: float) -> Work[bool]:
        """Write the items down and count them; False where someone else did."""
        ready = sum(each.state == ItemState.READY for each in self._judged)
        rows = yield Statement(
            "UPDATE batch SET items = items + ?, ready = ready + ?, refused = refused + ?, estimates = ?, digest = ?,"
            " lease = ?, look_at = ? WHERE id = ? AND state = 'reading' AND items = ? RETURNING id",
            (
                len(self._judged),
                ready,
                len(self._judged) - ready,
                self._estimates,
                self._mixture,
                now + READING,
                now + ABANDONED,
                self._name,
                self._first,
            ),
        )
        if not rows:
            return False
        for start in range(0, len(self._judged), _ROWS):
            some = self._judged[start : start + _ROWS]
            values: list[Any] = []
            for position, each in enumerate(some, self._first + start):
                values += (self._name, position, 0, item_id(self._name, position, 0), *each[:11])
            marks = ", ".join([_MARKS] * len(some))
            yield Statement(f"INSERT INTO batch_item ({_COLUMNS}) VALUES {marks}", values)  # noqa: S608 - marks alone
        return True


def mixed(mixture: str, chunk: list[Entry]) -> str:
    """Add items to the hash of those before."""
    found = hashlib.sha256(mixture.encode())
    for entry in chunk:
        found.update(repr(entry).encode("utf-8", "backslashreplace"))
    return found.hexdigest()


def counted(estimates: dict[str, list[int]], judged: list[Judged]) -> dict[str, list[int]]:
    """Add the estimates of items to those of their models: items, low, high, unknown."""
    for each in judged:
        if each.state == ItemState.READY and each.model is not None:
            sums = estimates.setdefault(each.model, [0, 0, 0, 0])
            sums[0] += 1
            sums[1] += each.low
            sums[2] += each.high or 0
            sums[3] += each.high is None
    return estimates


def _so_far(name: str) -> Work[tuple[int, str, dict[str, list[int]]]]:
    rows = yield Statement("SELECT items, digest, estimates FROM batch WHERE id = ?", (name,))
    items, digest, estimates = rows[0]
    return int(items), digest, json.loads(estimates)


def _read(name: str, now: float, *, start: bool) -> Work[None]:
    """All items are there: the batch begins, or waits to be started, or has nothing to do."""
    state, why, words = (BatchState.RUNNING, None, None) if start else (BatchState.PAUSED, "asked", "Not started yet.")
    rows = yield Statement(
        "UPDATE batch SET state = ?, why = ?, words = ?, lease = NULL, look_at = ?, checked = ?"
        " WHERE id = ? AND state = 'reading' RETURNING items, refused",
        (state.value, why, words, now, now, name),
    )
    if rows:
        items, refused = rows[0]
        yield happened(name, now, "read", {"items": items, "refused": refused, "started": start})
        yield from end(name, now)


def remove(name: str, *states: BatchState) -> Work[bool]:
    """Remove a batch that is in one of these states; its generations stay."""
    marks = ", ".join("?" * len(states))
    values = (name, *(state.value for state in states))
    rows = yield Statement(f"SELECT id FROM batch WHERE id = ? AND state IN ({marks}){{for_update}}", values)  # noqa: S608
    for table in ("batch_item", "batch_event") if rows else ():
        yield Statement(f"DELETE FROM {table} WHERE batch = ?", (name,))  # noqa: S608 - our own names
    if rows:
        yield Statement("DELETE FROM batch WHERE id = ?", (name,))
    return bool(rows)
