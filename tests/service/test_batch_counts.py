"""The counts of a batch are what its rows say, whatever happened; nothing counts twice."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kie.ids import new_id, time_of
from kie.service import moves
from kie.service.batches import moves as batch_moves
from kie.service.batches.batch import BatchState, item_id
from kie.service.claims import Limits
from tests.service.batching import COST, asked, foxes, open_up, sound, until
from tests.service.support import MODEL, PRICE, Ground

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_counts_that_are_wrong_are_put_right(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path, limits=Limits(2, 3600.0)) as service:
            made = await service.batch(foxes(20), MODEL, window=6)
            await until(service, made.id, succeeded=2, fed=6)
            # As from a backup of another moment: a generation is gone, the end of one was told to nobody.
            items = await service.batches.items(made.id, state="fed")
            for table in ("event", "entry"):
                await asked(service, f"DELETE FROM {table} WHERE generation = ?", items[0].generation)
            await asked(service, "DELETE FROM generation WHERE id = ?", items[0].generation)
            await service.database.write(lambda: moves.cancel(items[1].generation or "", service.context.clock()))
            await asked(service, "DELETE FROM outbox")
            await asked(service, "UPDATE batch SET ready = 1, fed = 2, failed = 3, held = 4, spent = 5")
            now = service.context.clock()
            assert await service.database.write(lambda: batch_moves.recount(made.id, now))
            assert not await service.database.write(lambda: batch_moves.recount(made.id, now))
            batch = await service.batches.get(made.id)
            assert (batch.succeeded, batch.failed, batch.cancelled, batch.items) == (2, 0, 1, 20)
            assert batch.ready + batch.fed == 17
            assert (batch.spent, batch.held) == (2 * COST, batch.fed * COST)
            await open_up(service)
            assert (await service.batches.wait(made.id, 20)).succeeded == 19
            assert ground.creations() == 19

    asyncio.run(go())


def test_what_is_done_twice_counts_once(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            made = await service.batch(foxes(5), MODEL, start=False)
            picks, _ = await service.database.read(lambda: batch_moves.pick(made.id, 3))
            now = service.context.clock()
            with pytest.raises(batch_moves.Full):
                await service.database.write(lambda: batch_moves.feed(made.id, picks, now))
            await asked(service, "UPDATE batch SET why = 'credits', max_credits = ?", 2 * PRICE * 10**6)
            with pytest.raises(batch_moves.Full):
                await service.database.write(lambda: batch_moves.feed(made.id, picks, now))
            await asked(service, "UPDATE batch SET max_credits = NULL, lease = ?", now + 60)  # we alone
            numbers = [await service.database.write(lambda: batch_moves.feed(made.id, picks, now)) for _ in range(2)]
            assert numbers == [3, 0]
            batch = await until(service, made.id, succeeded=3)
            assert (batch.ready, batch.fed, batch.state) == (2, 0, BatchState.RUNNING)
            ended = await service.list(state="succeeded")
            await asked(
                service,
                "INSERT INTO outbox (at, kind, target, generation, state) VALUES (0, 'batch', ?, ?, 'succeeded')",
                made.id,
                ended[0].id,
            )
            await asyncio.sleep(0.7)
            assert await asked(service, "SELECT count(*) FROM outbox WHERE kind = 'batch'") == [(0,)]
            await sound(service, made.id)
            assert (await service.batches.get(made.id)).succeeded == 3

    asyncio.run(go())


def test_two_services_feed_one_batch(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with (
            ground.serving(database, tmp_path) as one,
            ground.serving(database, tmp_path / "other") as two,
        ):
            assert one is not two
            made = await one.batch(foxes(80), MODEL, window=20)
            done = await two.batches.wait(made.id, 60)
            assert (done.succeeded, done.spent) == (80, 80 * COST)
            assert ground.creations() == 80
            await sound(one, made.id)

    asyncio.run(go())


@given(st.data())
def test_the_names_of_generations_are_always_the_same_and_sort_as_their_items(data: st.DataObject) -> None:
    batch = new_id("bat")
    places = st.tuples(st.integers(0, 60_000), st.integers(0, 2**24 - 1))
    first, second = data.draw(places), data.draw(places)
    names = [item_id(batch, position, attempt) for attempt, position in (first, second)]
    assert names == [item_id(batch, position, attempt) for attempt, position in (first, second)]
    assert (names[0] < names[1]) == (first < second)
    assert (names[0] == names[1]) == (first == second)
    assert time_of(names[0]) == pytest.approx(time_of(batch), abs=0.001)
    assert item_id(new_id("bat"), *reversed(first)) != names[0]


def test_a_window_full_of_what_is_uncertain_holds_nothing_up(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        service, kie = ground.service_of(database, tmp_path)
        await service.open()  # nobody works but this test
        made = await service.batch(foxes(5), MODEL, window=2)
        for _ in range(2):
            await service.batches.feeder.step()
            await asked(service, "UPDATE generation SET state = 'uncertain'")
            await asked(service, "UPDATE batch SET look_at = 0")
        await service.batches.feeder.step()
        batch = await service.batches.get(made.id)
        assert (batch.ready, batch.fed) == (0, 5)
        await service.close()
        await kie.close()

    asyncio.run(go())
