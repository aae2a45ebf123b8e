"""Batches on both databases, against the emulator: many items, none twice, none forgotten, money bounded."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from kie.emulator import Fault
from kie.errors import InvalidInput, ModelUnavailable, TaskNotFound
from kie.service import feeding
from kie.service.batch import BatchState
from kie.service.claims import Limits
from kie.store.work import Statement
from tests.service.support import MODEL, PRICE, Ground

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from kie.service import Service
    from kie.service.batch import Batch
    from kie.store.work import Work


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
    assert not await service.database.write(lambda: feeding.batch_moves.recount(batch, now))
    assert await service.batches.get(batch) == before
    counted = before.ready + before.fed + before.succeeded + before.failed + before.cancelled + before.refused
    assert counted == before.items
    twice = "SELECT item FROM generation WHERE batch = ? AND state = 'succeeded' GROUP BY item HAVING count(*) > 1"
    assert await asked(service, twice, batch) == []


# ------------------------------------------------------------------------------------------------------- as a whole


def test_a_batch_is_made_told_and_exported(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            made = await service.batch(
                lines(
                    {"prompt": "a fox"},
                    {"model": MODEL, "input": {"prompt": "a cat"}, "id": "cat"},
                    {"prompt": 5, "seeed": 1},
                    b"{broken",
                    {"prompt": "emu:fail=501"},
                    {"model": "nothing", "prompt": "x"},
                ),
                MODEL,
                {"aspect_ratio": "16:9"},
                name="animals",
            )
            assert (made.name, made.items, made.refused, made.priority) == ("animals", 6, 3, -10)
            assert made.estimate[:4] == (3, 3 * PRICE, 3 * PRICE, 0)
            done = await service.batches.wait(made.id, 20)
            assert (done.state, done.succeeded, done.failed, done.refused) == (BatchState.DONE, 2, 1, 3)
            assert (done.held, done.spent, done.ready, done.fed) == (0, 2 * PRICE, 0, 0)
            assert done.ended is not None
            assert ground.spent() == 2 * PRICE
            await sound(service, made.id)

            items = await service.batches.items(made.id)
            assert [(each.line, each.state) for each in items] == [
                (1, "succeeded"), (2, "succeeded"), (3, "refused"), (4, "refused"), (5, "failed"), (6, "refused"),
            ]  # fmt: skip
            assert items[0].input is not None
            assert (items[0].input["aspect_ratio"], items[1].id, items[1].cost) == ("16:9", "cat", PRICE)
            errors = [each.error or {} for each in items[2:]]
            assert [error["code"] for error in errors] == ["InvalidInput", "no-json", "501", "ModelUnavailable"]
            assert errors[0]["field"] == "seeed"
            failed = await service.batches.items(made.id, state="failed", after=-1, limit=1)
            assert [each.position for each in failed] == [4]

            told = [json.loads(line) async for page in service.batches.export(made.id) for line in page.splitlines()]
            assert [each["line"] for each in told] == [1, 2, 3, 4, 5, 6]
            assert (told[1]["id"], told[1]["cost"], len(told[1]["files"]), len(told[1]["links"])) == ("cat", "18", 1, 1)
            assert told[1]["files"][0]["type"] == "image/png"
            text = b"".join([page async for page in service.batches.export(made.id, "csv")]).decode()
            rows = list(csv.DictReader(io.StringIO(text, newline="")))
            assert [row["state"] for row in rows] == [each["state"] for each in told]
            assert rows[4]["error"].startswith("501: ")
            assert rows[1]["files"] == told[1]["files"][0]["id"]
            only = [page async for page in service.batches.export(made.id, state="refused")]
            assert b"".join(only).count(b"\n") == 3

            events = [event async for event in service.batches.events(made.id) if event.name != "progress"]
            assert [event.name for event in events] == ["created", "read", "ended"]
            assert [each.id for each in await service.batches.list(project="default", state="done")] == [made.id]
            assert await service.batches.list(project="another") == []
            await service.batches.remove(made.id)
            with pytest.raises(TaskNotFound):
                await service.batches.get(made.id)
            assert len(await service.list()) == 3

    asyncio.run(go())


def test_what_is_no_batch_leaves_nothing(database: str, tmp_path: Path, ground: Ground) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield foxes(2000)
        raise ConnectionError

    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            for source, model in ((b"", MODEL), (b"[1]", MODEL), (foxes(1), "nothing"), (5, MODEL)):
                with pytest.raises((InvalidInput, ModelUnavailable)):
                    await service.batch(source, model)  # type: ignore[arg-type]
            with pytest.raises(ConnectionError):
                await service.batch(broken(), MODEL)
            with pytest.raises(InvalidInput):
                await service.batch(foxes(1), MODEL, {"nothing": 1})
            for wrong in ({"priority": 1001}, {"window": 0}, {"max_credits": "much"}, {"max_credits": -1}):
                with pytest.raises(InvalidInput):
                    await service.batch(foxes(1), MODEL, **wrong)
            assert await service.batches.list() == []
            for table in ("batch_item", "batch_event"):
                assert await asked(service, f"SELECT count(*) FROM {table}") == [(0,)]
            with pytest.raises(TaskNotFound):
                await service.batches.items("bat_nothing")
            for call in ("pause", "resume", "cancel", "retry_failed", "remove", "wait"):
                with pytest.raises(TaskNotFound):
                    await getattr(service.batches, call)("bat_nothing")
            with pytest.raises(TaskNotFound):
                _ = [event async for event in service.batches.events("bat_nothing")]

    asyncio.run(go())


def test_lines_that_are_all_refused_end_at_once(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            made = await service.batch(lines({"prompt": "a"}, b"{"))
            assert (made.state, made.refused) == (BatchState.DONE, 2)
            [item, _] = await service.batches.items(made.id)
            assert (item.error or {})["field"] == "model"
            assert (await service.batches.retry_failed(made.id)).ready == 0

    asyncio.run(go())


def test_the_cost_is_told_before(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            source = lines({"prompt": "a"}, {"prompt": "a"}, {"model": "z-image", "prompt": "b"}, {})
            told = await service.batches.estimate(source, MODEL)
            other = service.estimate("z-image", {"prompt": "b"})
            assert other is not None
            assert (told.items, told.refused, told.unknown) == (3, 1, 0)
            assert told.low == 2 * PRICE + other.low
            assert told.models[MODEL][:3] == (2, 2 * PRICE, 2 * PRICE)
            assert await service.batches.list() == []

    asyncio.run(go())


def test_only_a_window_is_in_the_queue(database: str, tmp_path: Path, ground: Ground) -> None:
    ground.emulator.add_fault(Fault("create", "429", times=0))  # nothing is taken

    async def go() -> None:
        async with ground.serving(database, tmp_path, limits=Limits(5, 60.0)) as service:
            made = await service.batch(foxes(60), MODEL, window=7)
            batch = await until(service, made.id, fed=7)
            assert (batch.ready, batch.held) == (53, 7 * PRICE)
            assert (await service.balance())["held"] == 7 * PRICE
            assert [each.progress for each in await service.batches.items(made.id, limit=8)][7] is None
            await sound(service, made.id)
            rows = await asked(service, "SELECT DISTINCT priority FROM generation")
            assert rows == [(10,)]  # the queue begins with the lowest

    asyncio.run(go())
