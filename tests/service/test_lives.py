"""The life of a generation, on both databases, against the emulator."""

from __future__ import annotations

import asyncio
import gc
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from kie.emulator import Fault
from kie.errors import BudgetExceeded, InvalidInput, TaskNotFound, TaskTimeout
from kie.service.claims import Limits, Turn, submissions
from kie.service.machine import State
from kie.service.moves import returned
from kie.store.errors import StoreUnavailable
from kie.store.work import Statement
from tests.service.support import MODEL, PRICE, Ground

if TYPE_CHECKING:
    from pathlib import Path

    from kie.service import Generation, Service
    from kie.store.work import Work

FOX = {"prompt": "a red fox"}


async def _until(service: Service, name: str, state: State, seconds: float = 15.0) -> Generation:
    async with asyncio.timeout(seconds):
        while (generation := await service.get(name)).state is not state:  # noqa: ASYNC110 - states may be skipped
            await asyncio.sleep(0.02)
    return generation


async def _sums(service: Service) -> tuple[Any, Any]:
    found = await service.balance()
    return found["held"], found["spent"]


def test_a_generation_is_made_stored_and_paid_for(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            made = await service.create(MODEL, FOX)
            assert made.state in {State.HELD, State.SUBMITTING, State.WAITING}
            assert made.held == made.estimate == PRICE
            done = await service.wait(made.id, 20)
            assert (done.state, done.cost_from) == (State.SUCCEEDED, "reported")
            assert (done.cost, done.held) == (Decimal(PRICE), Decimal(0))
            [artefact] = done.artefacts
            assert (artefact.type, artefact.position) == ("image/png", 0)
            stored = b"".join([piece async for piece in service.artefacts.read(artefact.sha256)])
            assert len(stored) == artefact.size
            names = [happening.name async for happening in service.events(made.id)]
            assert names == ["created", "claimed", "accepted", "done", "stored"]
            assert await _sums(service) == (0, PRICE)
            assert ground.spent() == PRICE
            assert ground.creations() == 1

    asyncio.run(go())


def test_a_failed_task_costs_nothing(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            made = await service.create(MODEL, {"prompt": "emu:fail=501"})
            done = await service.wait(made.id, 20)
            assert done.state is State.FAILED
            assert done.error is not None
            assert done.error["code"] == "501"
            assert await _sums(service) == (0, 0)
            assert ground.spent() == 0

    asyncio.run(go())


def test_what_the_catalogue_knows_no_more_is_refused_and_not_left_open(tmp_path: Path, ground: Ground) -> None:
    """It was certainly not sent: nobody need look for a task, and its price is held no longer."""

    async def go() -> None:
        async with ground.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:
            await service.stop()
            made = await service.create(MODEL, FOX)

            def rename() -> Work[None]:
                yield Statement("UPDATE generation SET model = 'no-such-model' WHERE id = ?", (made.id,))

            await service.database.write(rename)
            await service.start()
            done = await service.wait(made.id, 20)
            assert (done.state, done.held, done.cost) == (State.FAILED, Decimal(0), Decimal(0))
            assert "no-such-model" in (done.error or {})["message"]
            assert ground.creations() == 0

    asyncio.run(go())


def test_who_waits_in_vain_leaves_nothing_behind(tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:
            context = service.context
            for number in range(50):
                await context.changed(f"gen_{number}", 0.001)
            gc.collect()
            assert len(context._changes) <= 1, "the last may still be held by the frames of its timeout"
            heard = [asyncio.create_task(context.changed("gen_told", 20)) for _ in range(2)]
            await asyncio.sleep(0)
            context.tell("gen_told")
            async with asyncio.timeout(10):
                await asyncio.gather(*heard)

    asyncio.run(go())


def test_wrong_input_is_refused_before_anything_is_written(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            with pytest.raises(InvalidInput, match="priority"):
                await service.create(MODEL, {"prompt": "a fox"}, priority=1001)
            with pytest.raises(InvalidInput):
                await service.create(MODEL, {})
            with pytest.raises(BudgetExceeded):
                await service.create(MODEL, FOX, max_credits=1)
            with pytest.raises(TaskNotFound):
                await service.get("gen_nothing")
            assert await service.list() == []
            assert ground.creations() == 0

    asyncio.run(go())


def test_an_idempotency_key_gives_the_same_generation(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            made = await asyncio.gather(*(service.create(MODEL, FOX, idempotency_key="one") for _ in range(10)))
            assert len({each.id for each in made}) == 1
            other = await service.create(MODEL, FOX, idempotency_key="one", project="another")
            assert other.id != made[0].id
            with pytest.raises(InvalidInput, match="another request"):
                await service.create(MODEL, {"prompt": "a cat"}, idempotency_key="one")
            await service.wait(made[0].id, 20)
            await service.wait(other.id, 20)
            assert ground.creations() == 2

    asyncio.run(go())


def test_no_two_holds_take_the_last_of_a_budget(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            await service.set_budget("default", "day", 10 * PRICE + 1)
            await service.set_budget("default", "total", 6 * PRICE, model=MODEL)
            made = await asyncio.gather(*(service.create(MODEL, FOX) for _ in range(40)), return_exceptions=True)
            kept = [each for each in made if not isinstance(each, BaseException)]
            assert len(kept) == 6
            assert all(isinstance(each, BudgetExceeded) for each in made if isinstance(each, BaseException))
            for each in kept:
                await service.wait(each.id, 20)
            with pytest.raises(BudgetExceeded, match="108 of it"):
                await service.create(MODEL, FOX)
            await service.set_budget("default", "total", None, model=MODEL)
            for _ in range(4):
                await service.create(MODEL, FOX)
            with pytest.raises(BudgetExceeded, match="today"):
                await service.create(MODEL, FOX)

    asyncio.run(go())


def test_what_fails_gives_its_budget_back(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            await service.set_budget("default", "total", PRICE)
            for _ in range(3):
                made = await service.create(MODEL, {"prompt": "emu:fail=501"})
                assert (await service.wait(made.id, 20)).state is State.FAILED

    asyncio.run(go())


def test_a_lost_answer_is_never_sent_again_and_its_callback_brings_it_back(
    database: str, tmp_path: Path, ground: Ground
) -> None:
    ground.emulator.add_fault(Fault("create", "reset-after"))

    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            made = await service.create(MODEL, FOX)
            done = await service.wait(made.id, 20)
            assert done.state is State.SUCCEEDED
            names = [happening.name async for happening in service.events(made.id)]
            assert "adopted" in names
            assert ground.creations() == 1
            assert await _sums(service) == (0, PRICE)

    asyncio.run(go())


def test_without_its_callback_it_stays_uncertain_until_a_person_settles_it(
    database: str, tmp_path: Path, ground: Ground
) -> None:
    ground.deaf = True
    ground.emulator.add_fault(Fault("create", "reset-after", times=2))

    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            made = await service.create(MODEL, FOX)
            left = await service.create(MODEL, FOX)
            for each in (made, left):
                seen = await _until(service, each.id, State.UNCERTAIN)
                assert seen.error is not None
                assert seen.held == PRICE
            await asyncio.sleep(0.3)
            assert ground.creations() == 2
            tasks = [task.id for task in ground.emulator.tasks()]
            await service.resolve(made.id, task=tasks[0])
            assert (await service.wait(made.id, 20)).state is State.SUCCEEDED
            assert (await service.resolve(left.id)).state is State.FAILED
            with pytest.raises(InvalidInput, match="not uncertain"):
                await service.resolve(left.id)
            assert await _sums(service) == (0, PRICE)
            assert ground.creations() == 2

    asyncio.run(go())


@pytest.mark.parametrize("deed", ["reset-before", "429", "http-502", "truncate", "malformed", "null-data"])
def test_whatever_happens_to_a_submission_it_is_paid_for_once_at_most(
    database: str, tmp_path: Path, ground: Ground, deed: str
) -> None:
    ground.emulator.add_fault(Fault("create", deed))

    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            made = await service.create(MODEL, FOX)
            if deed in {"http-502", "reset-before"}:  # nobody knows, and no task is there
                await _until(service, made.id, State.UNCERTAIN)
                assert ground.creations() == 0
            elif deed == "429":
                seen = await _until(service, made.id, State.HELD)
                assert seen.held == PRICE
                assert ground.creations() == 0
            else:
                assert (await service.wait(made.id, 20)).state is State.SUCCEEDED
                assert ground.creations() == 1

    asyncio.run(go())


def test_what_was_not_sent_can_be_cancelled(database: str, tmp_path: Path, ground: Ground) -> None:
    ground.emulator.add_fault(Fault("create", "429", times=0))

    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            made = await service.create(MODEL, FOX)
            await _until(service, made.id, State.HELD)
            await asyncio.sleep(0.3)
            assert (await service.cancel(made.id)).state is State.CANCELLED
            assert await _sums(service) == (0, 0)
            with pytest.raises(TaskNotFound):
                await service.cancel("gen_nothing")

    asyncio.run(go())


def test_what_was_to_be_cancelled_on_its_way_is_cancelled_when_it_was_refused(
    database: str, tmp_path: Path, ground: Ground
) -> None:
    async def go() -> None:
        service, kie = ground.service_of(database, tmp_path)
        await service.open()
        made = await service.create(MODEL, FOX)
        now = service.context.clock()
        turn = await service.database.write(lambda: submissions("default", Limits(), 1, now, "w"))
        assert [row.id for row in turn.rows] == [made.id]
        assert (await service.cancel(made.id)).state is State.SUBMITTING
        assert await service.database.write(lambda: returned(made.id, now, {"next_at": now}, None, turn.rows[0].sends))
        assert (await service.get(made.id)).state is State.CANCELLED
        assert await _sums(service) == (0, 0)
        await service.close()
        await kie.close()

    asyncio.run(go())


def test_waiting_may_end_before_the_generation(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            made = await service.create(MODEL, {"prompt": "emu:stuck"})
            with pytest.raises(TaskTimeout, match=made.id):
                await service.wait(made.id, 0.3)
            assert [each.id for each in await service.list(state="waiting")] == [made.id]

    asyncio.run(go())


def test_files_that_cannot_be_fetched_are_fetched_again(database: str, tmp_path: Path, ground: Ground) -> None:
    ground.emulator.add_fault(Fault("media", "http-502", times=6))

    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            made = await service.create(MODEL, FOX)
            done = await service.wait(made.id, 60)
            assert done.state is State.SUCCEEDED
            assert len(done.artefacts) == 1
            assert await _sums(service) == (0, PRICE)

    asyncio.run(go())


def test_a_task_is_not_forgotten_while_the_database_cannot_be_written(
    tmp_path: Path, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    ground.deaf = True  # no callback brings it back

    async def go() -> None:
        async with ground.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:
            write = service.database.write
            refused: list[Any] = []

            async def full(begin: Any) -> Any:
                if ground.creations() and len(refused) < 4:
                    refused.append(begin)
                    raise StoreUnavailable("The disk is full.")
                return await write(begin)

            monkeypatch.setattr(service.database, "write", full)
            made = await service.create(MODEL, FOX)
            async with asyncio.timeout(20):
                while len(refused) < 4 or not (await service.get(made.id)).final:  # noqa: ASYNC110 - it may be refused
                    await asyncio.sleep(0.05)
            assert (await service.get(made.id)).state is State.SUCCEEDED
            assert ground.creations() == 1

    asyncio.run(go())


def test_a_worker_that_is_told_to_stop_sends_what_it_has_claimed(
    database: str, tmp_path: Path, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            write, claimed = service.database.write, asyncio.Event()

            async def late(begin: Any) -> Any:
                value = await write(begin)
                if isinstance(value, Turn) and value.rows:
                    claimed.set()
                    await asyncio.sleep(0.2)  # it is told to stop before it hears of its claim
                return value

            monkeypatch.setattr(service.database, "write", late)
            made = await service.create(MODEL, FOX)
            await claimed.wait()
        assert ground.creations() == 1
        async with ground.serving(database, tmp_path) as service:
            assert (await service.wait(made.id, 20)).state is State.SUCCEEDED

    asyncio.run(go())
