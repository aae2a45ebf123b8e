"""Batches on both databases, against the emulator: made, told, exported; what goes before what."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from kie.emulator import Fault
from kie.errors import InvalidInput, ModelUnavailable, TaskNotFound
from kie.service import ledger, moves
from kie.service.batches import judging as batch_judging
from kie.service.batches.batch import BatchState
from kie.service.bulk import create_all
from kie.service.claims import Limits
from kie.store.opening import open_database
from kie.store.work import Statement
from tests.service.batching import COST, asked, foxes, lines, sound, until
from tests.service.support import MODEL, PRICE, Ground

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from kie.store.work import Work


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
            assert made.estimate[:4] == (3, 3 * COST, 3 * COST, 0)
            done = await service.batches.wait(made.id, 20)
            assert (done.state, done.succeeded, done.failed, done.refused) == (BatchState.DONE, 2, 1, 3)
            assert (done.held, done.spent, done.ready, done.fed) == (Decimal(0), 2 * COST, 0, 0)
            assert done.ended is not None
            assert ground.spent() == 2 * PRICE
            await sound(service, made.id)

            items = await service.batches.items(made.id)
            assert [(each.line, each.state) for each in items] == [
                (1, "succeeded"), (2, "succeeded"), (3, "refused"), (4, "refused"), (5, "failed"), (6, "refused"),
            ]  # fmt: skip
            assert items[0].input is not None
            assert (items[0].input["aspect_ratio"], items[1].id, items[1].cost) == ("16:9", "cat", COST)
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


def test_a_file_of_something_else_is_told_in_time(
    database: str, tmp_path: Path, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_judging, "_UNKNOWN", 5)

    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            for number in (5, 6):
                source = lines(*({"model": f"nothing {index % number}", "prompt": "a"} for index in range(30)))
                if number == 5:
                    assert (await service.batch(source)).refused == 30
                else:
                    with pytest.raises(InvalidInput, match="right file"):
                        await service.batch(source)
            assert len(await service.batches.list()) == 1

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
            [(line, words)] = told.faults
            assert line == 4
            assert "prompt" in words
            assert told.low == 2 * PRICE + other.low
            assert told.models[MODEL][:3] == (2, 2 * COST, 2 * COST)
            assert await service.batches.list() == []

    asyncio.run(go())


def test_only_a_window_is_in_the_queue(database: str, tmp_path: Path, ground: Ground) -> None:
    ground.emulator.add_fault(Fault("create", "429", times=0))  # nothing is taken

    async def go() -> None:
        async with ground.serving(database, tmp_path, limits=Limits(5, 60.0)) as service:
            made = await service.batch(foxes(60), MODEL, window=7)
            batch = await until(service, made.id, fed=7)
            assert (batch.ready, batch.held) == (53, 7 * COST)
            assert (await service.balance())["held"] == 7 * PRICE
            assert [each.progress for each in await service.batches.items(made.id, limit=8)][7] is None
            await sound(service, made.id)
            rows = await asked(service, "SELECT DISTINCT priority FROM generation")
            assert rows == [(10,)]  # the queue begins with the lowest

    asyncio.run(go())


@pytest.mark.slow
def test_what_somebody_waits_for_goes_before_a_batch(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path, limits=Limits(4, 1.0)) as service:
            made = await service.batch(foxes(60), MODEL)
            await until(service, made.id, ready=0)
            other = await service.create(MODEL, {"prompt": "somebody waits"})
            assert (await service.wait(other.id, 20)).state == "succeeded"
            batch = await service.batches.get(made.id)
            assert batch.succeeded <= 30  # of those before it in the queue none but what was under way
            await service.stop()
            await service.start()
            another = await service.create(MODEL, {"prompt": "after a stop"})
            assert (await service.wait(another.id, 20)).state == "succeeded"
            await service.batches.cancel(made.id)
            ended = await service.batches.wait(made.id, 20)
            assert (ended.state, ended.succeeded + ended.cancelled) == (BatchState.CANCELLED, 60)

    asyncio.run(go())


def test_identical_items_share_a_result_where_that_is_wanted(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            source = lines(*({"prompt": "the same"} for _ in range(6)))
            made = await service.batch(source, MODEL, cache=True)
            done = await service.batches.wait(made.id, 20)
            assert (done.succeeded, done.spent, ground.creations()) == (6, COST, 1)
            await service.set_project("shop", cache=True)
            made = await service.batch(source, MODEL, project="shop")
            done = await service.batches.wait(made.id, 20)
            assert (done.succeeded, done.spent, ground.creations()) == (6, COST, 2)
            await sound(service, made.id)

    asyncio.run(go())


def test_where_the_end_is_told_is_judged_before(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            item = {"input": {"prompt": "a"}, "callback_url": "http://169.254.169.254/"}
            made = await service.batch(lines(item, {"prompt": "b"}), MODEL, start=False)
            [refused] = await service.batches.items(made.id, state="refused")
            assert (refused.error or {})["kind"] == "AddressRefused"
            assert made.ready == 1

    asyncio.run(go())


@pytest.mark.parametrize("weight", [1, 3])
def test_many_at_once_are_as_one_by_one(database: str, weight: int) -> None:
    at = 1_700_000_000.0
    requests = [
        moves.Request("shop", model, '{"prompt": "a"}', f"{model}{n}", "", price, n, id=f"gen_{n}{model}", batch="b",
                      item=n, notify="https://example.com", caller="me")
        for n in range(4) for model, price in (("one", 5), ("two", None))
    ]  # fmt: skip
    columns = moves.COLUMNS.replace(" hook,", "")

    async def found(url: str, number: int) -> list[Any]:
        async with open_database(url) as held:

            def clean() -> Work[None]:
                for table in ("event", "entry", "generation", "budget", "project"):
                    yield Statement(f"DELETE FROM {table}")
                yield Statement("INSERT INTO project (name, weight) VALUES ('shop', ?)", (weight,))
                for model, span in (("", "day"), ("one", "total")):
                    yield from ledger.set_budget("shop", span, 100, at, model)

            def make() -> Work[int]:
                if number:
                    return (yield from create_all(requests, at))
                for request in requests:
                    yield from moves.create(request, at)
                return len(requests)

            def told() -> Work[list[Any]]:
                rows = yield Statement(f"SELECT {columns} FROM generation ORDER BY id")
                entries = yield Statement(
                    "SELECT at, kind, project, model, account, caller, generation, amount, source, rate FROM entry"
                    " ORDER BY generation"
                )
                events = yield Statement("SELECT generation, at, name, state, data FROM event ORDER BY generation")
                budgets = yield Statement("SELECT model, span, used, day FROM budget ORDER BY model, span")
                tags = yield Statement("SELECT name, tag FROM project ORDER BY name")
                return [rows, entries, events, budgets, tags]

            await held.write(clean)
            assert await held.write(make) == len(requests)
            if number:
                assert await held.write(make) == 0
            return await held.read(told)

    async def go() -> None:
        one, many = await found(database, 0), await found(database, 1)
        assert one == many

    asyncio.run(go())


def test_an_export_holds_no_formulas(database: str, tmp_path: Path, ground: Ground) -> None:
    names = ["=1+1", "+1", "-1", "@sum", "plain", "a=1"]

    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            source = lines(*({"input": {"prompt": "a fox"}, "id": name} for name in names))
            made = await service.batch(source, MODEL, start=False)
            told = b"".join([page async for page in service.batches.export(made.id, "csv")]).decode()
            assert [row["id"] for row in csv.DictReader(io.StringIO(told))] == [
                "'=1+1", "'+1", "'-1", "'@sum", "plain", "a=1",
            ]  # fmt: skip
            told = b"".join([page async for page in service.batches.export(made.id)]).decode()
            assert [json.loads(row)["id"] for row in told.splitlines()] == names

    asyncio.run(go())
