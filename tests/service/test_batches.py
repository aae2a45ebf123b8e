"""Batches on both databases, against the emulator: many items, none twice, none forgotten, money bounded."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kie.emulator import Fault
from kie.errors import InvalidInput, ModelUnavailable, TaskNotFound, TaskTimeout
from kie.ids import new_id, time_of
from kie.service import ledger, moves
from kie.service.batches import feeding
from kie.service.batches import filling as batch_filling
from kie.service.batches import judging as batch_judging
from kie.service.batches import moves as batch_moves
from kie.service.batches import rows as batch_rows
from kie.service.batches.batch import BatchState, item_id
from kie.service.bulk import create_all
from kie.service.claims import Limits
from kie.service.machine import Event
from kie.store.opening import open_database
from kie.store.work import Statement
from tests.service.support import MODEL, PRICE, Ground

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

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


# ------------------------------------------------------------------------------------------------- a person's orders


async def open_up(service: Service) -> None:
    """Let the account send as much as it likes."""

    def work() -> Work[None]:
        yield Statement("UPDATE account SET creates = 1000000, span = 1, paused_until = NULL, paused_why = NULL")

    await service.database.write(work)


@pytest.mark.slow
def test_pause_holds_back_what_is_in_the_queue_and_resume_lets_it_go(
    database: str, tmp_path: Path, ground: Ground
) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path, limits=Limits(3, 3600.0)) as service:
            made = await service.batch(foxes(30), MODEL, window=10)
            await until(service, made.id, succeeded=3, fed=10)
            paused = await service.batches.pause(made.id)
            assert (paused.state, paused.why, paused.words) == (BatchState.PAUSED, "asked", "Paused by a person.")
            await open_up(service)
            other = await service.create(MODEL, {"prompt": "not of a batch"})
            assert (await service.wait(other.id, 20)).state == "succeeded"
            await asked(
                service, "UPDATE generation SET next_at = ? WHERE state = 'held' AND item = 5", 0
            )  # as if refused
            await asyncio.sleep(1.5)
            batch = await service.batches.pause(made.id)
            assert (batch.ready, batch.fed + batch.succeeded, batch.state) == (17, 13, BatchState.PAUSED)
            assert batch.succeeded <= 4  # what was just coming back may have been sent
            assert (await service.balance())["held"] == batch.held == batch.fed * COST
            await service.batches.resume(made.id)
            done = await service.batches.wait(made.id, 30)
            assert (done.succeeded, done.spent) == (30, 30 * COST)
            assert ground.creations() == 31
            await sound(service, made.id)
            names = [event.name async for event in service.batches.events(made.id) if event.name != "progress"]
            assert names == ["created", "read", "paused", "resumed", "ended"]
            with pytest.raises(InvalidInput, match="done"):
                await service.batches.resume(made.id)

    asyncio.run(go())


def test_a_batch_may_wait_to_be_started(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            made = await service.batch(foxes(3), MODEL, start=False)
            assert (made.state, made.why, made.estimate.high) == (BatchState.PAUSED, "asked", 3 * COST)
            with pytest.raises(TaskTimeout):
                await service.batches.wait(made.id, 0.7)
            assert await service.list() == []
            with pytest.raises(InvalidInput, match="paused"):
                await service.batches.remove(made.id)
            await service.batches.resume(made.id)
            assert (await service.batches.wait(made.id, 20)).succeeded == 3

    asyncio.run(go())


def test_cancel_takes_back_what_was_not_sent(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path, limits=Limits(3, 3600.0)) as service:
            made = await service.batch(lines(*({"prompt": "emu:stuck"} for _ in range(600))), MODEL, window=150)
            await until(service, made.id, fed=150)
            async with asyncio.timeout(20):
                while ground.creations() < 3:  # noqa: ASYNC110 - the emulator tells nobody
                    await asyncio.sleep(0.02)
            cancelled = await service.batches.cancel(made.id)
            assert (cancelled.state, cancelled.ready) == (BatchState.CANCELLING, 0)
            batch = await until(service, made.id, fed=3)
            assert (batch.cancelled, batch.held, batch.state) == (597, 3 * COST, BatchState.CANCELLING)
            with pytest.raises(InvalidInput, match="cancelling"):
                await service.batches.retry_failed(made.id)
            for task in await service.list(state="waiting"):
                await fail(service, task.id)
            done = await service.batches.wait(made.id, 20)
            assert (done.state, done.failed, done.cancelled) == (BatchState.CANCELLED, 3, 597)
            assert (await service.balance())["held"] == 0
            await sound(service, made.id)

    asyncio.run(go())


async def fail(service: Service, name: str) -> None:
    """Let a generation fail as if the vendor had said so."""
    now = service.context.clock()
    await service.database.write(lambda: moves.fail(name, Event.FAILED, now, {"code": "501", "message": "made up"}))


def test_failed_items_are_tried_again_as_new_generations(database: str, tmp_path: Path, ground: Ground) -> None:
    ground.emulator.add_fault(Fault("create", "fail", times=2))

    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            source = lines(
                {"prompt": "a"}, {"prompt": "b"}, {"prompt": "c"}, {"input": {"prompt": "d"}, "max_credits": 1}, b"{"
            )
            made = await service.batch(source, MODEL)
            done = await service.batches.wait(made.id, 20)
            assert (done.succeeded, done.failed, done.refused) == (1, 2, 2)
            before = {each.position: each.generation for each in await service.batches.items(made.id)}
            again = await service.batches.retry_failed(made.id)
            assert (again.state, again.ready + again.fed, again.failed) == (BatchState.RUNNING, 2, 0)
            assert again.ended is None
            done = await service.batches.wait(made.id, 20)
            assert (done.succeeded, done.failed, done.refused, done.spent) == (3, 0, 2, 3 * COST)
            items = await service.batches.items(made.id)
            assert [each.attempt for each in items].count(1) == 2
            assert all((each.generation != before[each.position]) == (each.attempt == 1) for each in items)
            assert ground.creations() == 5
            await sound(service, made.id)
            assert (await service.batches.retry_failed(made.id)).state is BatchState.DONE

            def raised() -> Work[None]:  # as if the price had fallen
                yield Statement("UPDATE batch_item SET max_credits = ? WHERE position = 3", (PRICE * 10**6,))

            await service.database.write(raised)
            assert (await service.batches.retry_failed(made.id)).refused == 1
            assert (await service.batches.wait(made.id, 20)).succeeded == 4
            await sound(service, made.id)

    asyncio.run(go())


def test_what_is_uncertain_is_never_tried_again(database: str, tmp_path: Path, ground: Ground) -> None:
    ground.deaf = True
    ground.emulator.add_fault(Fault("create", "reset-after", times=1))

    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            made = await service.batch(foxes(1), MODEL)
            async with asyncio.timeout(20):
                while not (lost := await service.list(state="uncertain")):  # noqa: ASYNC110 - nobody is told
                    await asyncio.sleep(0.05)
            again = await service.batches.retry_failed(made.id)
            assert (again.fed, again.ready, again.state) == (1, 0, BatchState.RUNNING)
            [item] = await service.batches.items(made.id, state="uncertain")
            assert (item.state, item.generation, item.progress) == ("fed", lost[0].id, "uncertain")
            await service.resolve(lost[0].id)  # a person leaves it
            done = await service.batches.wait(made.id, 20)
            assert (done.failed, done.state) == (1, BatchState.DONE)
            assert (await service.batches.retry_failed(made.id)).state is BatchState.DONE
            assert ground.creations() == 1

    asyncio.run(go())


# ------------------------------------------------------------------------------------------------------------- money


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


# -------------------------------------------------------------------------------------------- asked for more than once


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
