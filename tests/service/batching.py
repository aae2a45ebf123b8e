"""What the tests of batches share: sources, and questions to the database."""

from __future__ import annotations

import asyncio
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kie.service import moves
from kie.service.batches import moves as batch_moves
from kie.service.machine import Event
from kie.store.work import Statement
from tests.service.support import PRICE

if TYPE_CHECKING:
    from kie.service import Service
    from kie.service.batches.batch import Batch
    from kie.store.work import Work


#: In credits.
COST = Decimal(PRICE)


def lines(*rows: Any) -> bytes:
    return b"".join((json.dumps(row).encode() if not isinstance(row, bytes) else row) + b"\n" for row in rows)


def foxes(number: int, words: str = "a fox") -> bytes:
    return lines(*({"prompt": f"{words} {index}"} for index in range(number)))


async def until(service: Service, name: str, seconds: float = 20.0, **wanted: Any) -> Batch:
    """Wait until a batch has these values."""
    async with asyncio.timeout(seconds):
        while True:
            batch = await service.batches.get(name)
            if all(getattr(batch, field) == value for field, value in wanted.items()):
                return batch
            await asyncio.sleep(0.05)


async def asked(service: Service, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    def work() -> Work[list[tuple[Any, ...]]]:
        return (yield Statement(sql, values))

    return await service.database.write(work)


async def sound(service: Service, batch: str) -> None:
    """The counts are what the rows say, whatever happened; no item has two generations."""
    before = await service.batches.get(batch)
    now = service.context.clock()
    assert not await service.database.write(lambda: batch_moves.recount(batch, now))
    assert await service.batches.get(batch) == before
    counted = before.ready + before.fed + before.succeeded + before.failed + before.cancelled + before.refused
    assert counted == before.items
    twice = "SELECT item FROM generation WHERE batch = ? AND state = 'succeeded' GROUP BY item HAVING count(*) > 1"
    assert await asked(service, twice, batch) == []


async def open_up(service: Service) -> None:
    """Let the account send as much as it likes."""

    def work() -> Work[None]:
        yield Statement("UPDATE account SET creates = 1000000, span = 1, paused_until = NULL, paused_why = NULL")

    await service.database.write(work)


async def fail(service: Service, name: str) -> None:
    """Let a generation fail as if the vendor had said so."""
    now = service.context.clock()
    await service.database.write(lambda: moves.fail(name, Event.FAILED, now, {"code": "501", "message": "made up"}))
