"""Money holds a batch back: budgets, its own limit, an empty account."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kie.errors import InvalidInput
from kie.service.batches import feeding
from kie.service.batches import moves as batch_moves
from kie.service.batches.batch import BatchState
from tests.service.batching import COST, asked, foxes, open_up, sound, until
from tests.service.support import MODEL, PRICE, Ground

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches that money holds back are looked at often."""
    monkeypatch.setattr(feeding, "_POOR", 0.2)
    monkeypatch.setattr(batch_moves, "LOOK", 0.5)


@pytest.mark.slow
def test_a_budget_pauses_a_batch_until_it_is_raised(database: str, tmp_path: Path, ground: Ground, soon: None) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            await service.set_budget("default", "total", 33 * PRICE + 1)
            made = await service.batch(foxes(60), MODEL)
            paused = await until(service, made.id, state=BatchState.PAUSED, succeeded=33)
            assert (paused.why, paused.ready, paused.failed, paused.held) == ("budget", 27, 0, Decimal(0))
            assert "is 595 credits" in (paused.words or "")
            alerts = await asked(service, "SELECT kind FROM alert WHERE kind = 'batch'")
            assert len(alerts) == 1  # however often it is looked at
            await service.set_budget("default", "total", 1000 * PRICE)
            done = await service.batches.wait(made.id, 20)
            assert (done.succeeded, done.spent) == (60, 60 * COST)
            names = [event.name async for event in service.batches.events(made.id) if event.name != "progress"]
            assert names == ["created", "read", "paused", "resumed", "ended"]
            await sound(service, made.id)

    asyncio.run(go())


@pytest.mark.slow
def test_its_own_limit_holds_a_batch_back(database: str, tmp_path: Path, ground: Ground, soon: None) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            made = await service.batch(foxes(40), MODEL, max_credits=30 * PRICE + 17, window=20)
            paused = await until(service, made.id, state=BatchState.PAUSED)
            assert (paused.why, paused.succeeded, paused.ready, paused.max_credits) == ("limit", 30, 10, 30 * COST + 17)
            await asyncio.sleep(1)
            assert ground.creations() == 30
            resumed = await service.batches.resume(made.id, max_credits=40 * PRICE)
            assert resumed.max_credits == 40 * COST
            done = await service.batches.wait(made.id, 20)
            assert (done.succeeded, done.spent) == (40, 40 * COST)
            await sound(service, made.id)

    asyncio.run(go())


def test_what_has_no_known_price_is_no_part_of_a_batch_with_a_limit(
    database: str, tmp_path: Path, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            monkeypatch.setattr(type(service.context.core), "estimate", lambda *_: None)
            made = await service.batch(foxes(2), MODEL, max_credits=100, start=False)
            assert (made.refused, made.state) == (2, BatchState.DONE)
            made = await service.batch(foxes(2), MODEL, start=False)
            assert made.estimate[:4] == (2, Decimal(0), None, 2)
            with pytest.raises(InvalidInput, match="not known"):  # a limit that would hold nothing back
                await service.batches.resume(made.id, max_credits=100)
            assert (await service.batches.get(made.id)).state is BatchState.PAUSED

    asyncio.run(go())


@pytest.mark.slow
def test_without_credits_a_batch_pauses_and_goes_on_when_they_are_back(
    database: str, tmp_path: Path, soon: None
) -> None:
    ground = Ground(credits=5 * PRICE)

    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            made = await service.batch(foxes(12), MODEL, window=8)
            paused = await until(service, made.id, state=BatchState.PAUSED, succeeded=5)
            assert (paused.why, paused.failed, paused.fed, paused.ready) == ("credits", 0, 3, 4)
            ground.emulator.world.ledger.grant(0.0, Decimal(1000))
            await open_up(service)
            done = await service.batches.wait(made.id, 20)
            assert (done.succeeded, done.failed, done.spent) == (12, 0, 12 * COST)
            assert ground.creations() == 12
            await sound(service, made.id)

    try:
        asyncio.run(go())
    finally:
        ground.close()
