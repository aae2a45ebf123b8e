"""A batch that is asked for more than once, and one whose reading was broken off."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import pytest

from kie.errors import InvalidInput
from kie.service.batches import filling as batch_filling
from kie.service.batches import rows as batch_rows
from kie.service.batches.batch import BatchState
from tests.service.batching import asked, foxes, sound
from tests.service.support import MODEL, Ground

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from kie.service import Service


def test_an_idempotency_key_gives_the_same_batch(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            both = await asyncio.gather(*(service.batch(foxes(20), MODEL, idempotency_key="one") for _ in range(3)))
            assert len({each.id for each in both}) == 1
            done = await service.batches.wait(both[0].id, 20)
            again = await service.batch(foxes(20), MODEL, idempotency_key="one")
            assert (again.id, again.state, again.items) == (done.id, BatchState.DONE, 20)
            for source, options in (
                (foxes(20, "a cat"), {}),
                (foxes(19), {}),
                (foxes(21), {}),
                (foxes(20), {"defaults": {"aspect_ratio": "1:1"}}),
                (foxes(20), {"model": "z-image"}),
            ):
                with pytest.raises(InvalidInput, match="was used for"):
                    await service.batch(source, **{"model": MODEL, "idempotency_key": "one", **options})  # type: ignore[arg-type]
            other = await service.batch(foxes(20), MODEL, idempotency_key="one", project="another", start=False)
            assert other.id != done.id
            assert ground.creations() == 20

    asyncio.run(go())


@pytest.mark.slow
def test_a_batch_that_was_broken_off_is_read_on(
    database: str, tmp_path: Path, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_filling, "CHUNK", 10)

    async def cut(source: bytes, after: int) -> AsyncIterator[bytes]:
        for row in source.splitlines(keepends=True)[:after]:
            yield row
        raise ConnectionError

    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            with pytest.raises(ConnectionError):
                await service.batch(cut(foxes(35), 34), MODEL, idempotency_key="one")
            [broken] = await service.batches.list()
            assert (broken.state, broken.items, broken.ready) == (BatchState.READING, 30, 30)
            await asyncio.sleep(0.7)
            assert await service.list() == []
            for source in (foxes(35, "a cat"), foxes(25)):
                with pytest.raises(InvalidInput, match="was used for"):
                    await service.batch(source, MODEL, idempotency_key="one")
            whole = await service.batch(foxes(35), MODEL, idempotency_key="one")
            assert (whole.id, whole.items, whole.estimate.items) == (broken.id, 35, 35)
            assert (await service.batches.wait(whole.id, 20)).succeeded == 35
            assert ground.creations() == 35
            await sound(service, whole.id)

            # All was written, and the process died before it said so.
            last = await service.batch(foxes(35), MODEL, idempotency_key="last", start=False)
            await asyncio.sleep(0.7)  # the feeder has looked at it
            await asked(
                service, "UPDATE batch SET state = 'reading', look_at = NULL, lease = NULL WHERE id = ?", last.id
            )
            with pytest.raises(InvalidInput, match="with more items"):
                await service.batch(foxes(38), MODEL, idempotency_key="last")
            last = await service.batch(foxes(35), MODEL, idempotency_key="last", start=False)
            assert (last.state, last.items) == (BatchState.PAUSED, 35)
            await service.batches.cancel(last.id)
            await service.batches.remove(last.id)

            with pytest.raises(ConnectionError):
                await service.batch(cut(foxes(35), 34), MODEL, idempotency_key="two")
            left = (await service.batches.list(state="reading"))[0]
            assert (await service.batches.cancel(left.id)).state is BatchState.CANCELLED
            assert [each.id for each in await service.batches.list()] == [whole.id]

    asyncio.run(go())


@pytest.mark.slow
def test_a_source_that_gives_slowly_is_not_taken_for_dead(
    database: str, tmp_path: Path, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_filling, "READING", 0.3)
    monkeypatch.setattr(batch_rows, "READING", 0.3)
    monkeypatch.setattr(batch_filling, "ABANDONED", 0.5)
    monkeypatch.setattr(batch_rows, "ABANDONED", 0.5)

    async def slow() -> AsyncIterator[bytes]:
        yield foxes(1)
        await asyncio.sleep(2)
        other = await services[0].batch(foxes(2), MODEL, idempotency_key="one")
        assert other.state is BatchState.READING
        yield foxes(1)

    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            services.append(service)
            made = await service.batch(slow(), MODEL, idempotency_key="one")
            assert made.items == 2
            assert (await service.batches.wait(made.id, 20)).succeeded == 2

    services: list[Service] = []
    asyncio.run(go())


def test_what_a_dead_process_was_reading_is_removed(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            long_ago = service.context.clock() - 10_000
            for name, key in (("bat_" + "0" * 26, None), ("bat_" + "1" * 26, "a key")):
                options = batch_rows.options_of(
                    project="default", name="", max_credits=None, priority=0, window=1, caller="", cache=None
                )
                begin = partial(batch_rows.begin, name, "", key, options, long_ago)
                await service.database.write(begin)
            async with asyncio.timeout(20):
                while len(left := await service.batches.list()) != 1:  # noqa: ASYNC110 - nobody is told
                    await asyncio.sleep(0.05)
            assert left[0].id.endswith("1")

    asyncio.run(go())


def test_who_was_overtaken_while_reading_takes_nothing_away(
    database: str, tmp_path: Path, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_filling, "CHUNK", 10)

    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            stalled, overtaken, gone = asyncio.Event(), asyncio.Event(), asyncio.Event()

            async def one() -> AsyncIterator[bytes]:
                yield foxes(10)
                stalled.set()
                await overtaken.wait()
                yield foxes(35)[len(foxes(10)) :]

            async def two() -> AsyncIterator[bytes]:
                yield foxes(20)
                overtaken.set()
                await gone.wait()
                yield foxes(35)[len(foxes(20)) :]

            first = asyncio.create_task(service.batch(one(), MODEL, idempotency_key="one"))
            await stalled.wait()
            await asked(service, "UPDATE batch SET lease = 0")  # as if its machine had slept
            second = asyncio.create_task(service.batch(two(), MODEL, idempotency_key="one"))
            with pytest.raises(InvalidInput, match="someone else"):
                await first
            gone.set()
            made = await second
            assert (await service.batches.wait(made.id, 20)).succeeded == 35
            assert ground.creations() == 35

    asyncio.run(go())
