"""What a person orders a batch to do: wait, pause, go on, cancel, try again."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kie.emulator import Fault
from kie.errors import InvalidInput, TaskTimeout
from kie.service.batches.batch import BatchState
from kie.service.batches.moves import Due
from kie.service.claims import Limits
from kie.store.work import Statement
from tests.service.batching import COST, asked, fail, foxes, lines, open_up, sound, until
from tests.service.support import MODEL, PRICE, Ground

if TYPE_CHECKING:
    from pathlib import Path

    from kie.store.work import Work


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


@pytest.mark.parametrize(("said", "seen"), [("resume", "asked"), ("pause", "credits")])
def test_what_a_person_said_since_the_feeder_looked_holds(
    database: str, tmp_path: Path, ground: Ground, said: str, seen: str
) -> None:
    async def go() -> None:
        service, kie = ground.service_of(database, tmp_path)
        await service.open()  # nobody works but this test
        made = await service.batch(foxes(5), MODEL)
        await service.batches.feeder.step()
        await asked(service, "UPDATE batch SET state = 'paused', why = ?", seen)
        was = Due(made.id, BatchState.PAUSED, seen, None, 0, 5, service.context.clock())
        await (service.batches.resume(made.id) if said == "resume" else service.batches.pause(made.id))
        await service.batches.feeder._look(was)
        batch = await service.batches.get(made.id)
        assert (batch.state, batch.why) == (("running", None) if said == "resume" else ("paused", "asked"))
        parked = await asked(service, "SELECT count(*) FROM generation WHERE next_at IS NULL")
        assert parked == [(0 if said == "resume" else 5,)]
        await service.close()
        await kie.close()

    asyncio.run(go())


def test_who_waits_for_the_result_of_an_item_does_not_wait_for_a_paused_batch(
    database: str, tmp_path: Path, ground: Ground
) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            await service.set_project("default", cache=True)
            service.context.halts["test"] = "nothing is sent"
            made = await service.batch(foxes(3) + foxes(2), MODEL)  # two of them follow others of the batch
            await until(service, made.id, fed=5)
            waiting = [await service.create(MODEL, {"prompt": f"a fox {number}"}) for number in (1, 1, 2)]
            await service.batches.pause(made.id)
            service.context.halts.clear()
            service.context.wake("send")
            for each in waiting:
                assert (await service.wait(each.id, 20)).state == "succeeded"
            batch = await until(service, made.id, succeeded=3)  # what was made for others serves the batch as well
            assert (batch.state, batch.fed, batch.spent) == (BatchState.PAUSED, 2, Decimal(0))
            assert ground.creations() == 2
            await service.batches.resume(made.id)
            done = await service.batches.wait(made.id, 20)
            assert (done.succeeded, ground.creations(), done.spent) == (5, 3, COST)
            await sound(service, made.id)

    asyncio.run(go())


def test_two_paused_batches_of_the_same_send_nothing(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        service, kie = ground.service_of(database, tmp_path)
        await service.open()  # nobody works but this test
        await service.set_project("default", cache=True)
        made = [(await service.batch(foxes(2), MODEL)).id for _ in range(2)]
        for _ in range(2):
            await service.batches.feeder.step()
        for _ in range(2):
            for name in made:
                await service.batches.pause(name)
        assert await asked(service, "SELECT count(*) FROM generation WHERE next_at IS NOT NULL") == [(0,)]
        await service.batches.resume(made[1])  # what followed the other batch is let go by its next look
        await service.batches.pause(made[0])
        assert await asked(service, "SELECT count(*) FROM generation WHERE next_at IS NOT NULL") == [(2,)]
        await service.close()
        await kie.close()

    asyncio.run(go())


@pytest.mark.slow
def test_what_comes_back_from_the_vendor_is_held_back_soon(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            await service.set_project("default", cache=True)
            service.context.halts["test"] = "nothing is sent"
            made = await service.batch(foxes(3), MODEL)
            await until(service, made.id, fed=3)
            await asyncio.sleep(0.7)  # the feeder has looked at it
            await service.batches.pause(made.id)
            other = await service.create(MODEL, {"prompt": "a fox 1"})  # it follows the second item
            soon = service.context.clock() + 3  # as if one was on its way, and was refused for the moment
            await asked(service, "UPDATE generation SET next_at = ? WHERE item = 2", soon)
            service.context.halts.clear()
            assert (await service.wait(other.id, 20)).state == "succeeded"
            await asyncio.sleep(4)
            assert ground.creations() == 1

    asyncio.run(go())
