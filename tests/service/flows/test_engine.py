"""What carries flows: two at once do nothing twice, a bell that nobody hears only delays, records are on the disk."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from typing import TYPE_CHECKING, Any

import pytest

from kie.service.flows import running
from kie.service.flows.dbos_engine import DbosEngine, _Connection
from kie.service.flows.engine import Journey
from kie.store.errors import StoreError
from tests.service.flows.flowing import FAN, quick
from tests.service.support import Ground

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kie.service import Service
    from kie.store.database import Database

pytestmark = pytest.mark.slow


@pytest.fixture
def ground() -> Iterator[Ground]:
    made = Ground(renderer=quick)
    yield made
    made.close()


@pytest.mark.slow
def test_two_that_carry_the_same_run_do_nothing_twice(database: str, tmp_path: Path, ground: Ground) -> None:
    """A worker that was taken for dead, and is not, goes on beside the one that has taken over."""

    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            runner = service.flows.duty._runner
            run = await service.flows.start(FAN, {"things": ["a fox", "a hen emu:fail=501", "an owl"]})
            async with asyncio.timeout(30):
                while not (await service.flows.get(run.id)).final:
                    await asyncio.gather(*(runner.advance(run.id, 0) for _ in range(4)))
                    await asyncio.sleep(0.01)
            done = await service.flows.get(run.id)
            assert done.state == "succeeded"
            assert ground.creations() == 5
            assert done.cost == ground.spent()
            begun = [event for event in [e async for e in service.flows.events(run.id)] if event.name == "begun"]
            assert len({(event.step, event.place) for event in begun}) == len(begun) == 6
            assert (await runner.advance(run.id, 0)).over
            assert (await runner.advance(run.id, 1)).over
            assert (await runner.advance("run_none", 0)).over

    asyncio.run(go())


def test_a_bell_that_nobody_hears_only_delays(
    tmp_path: Path, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setattr(running, "REREAD", 0.2)

    async def go() -> None:
        async with ground.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:
            run = await service.flows.start(FAN, {"things": ["a fox"]})
            async with asyncio.timeout(20):
                while service.flows.duty._engine is None:  # noqa: ASYNC110 - it is another's
                    await asyncio.sleep(0.01)

            async def deaf(_run: str) -> None:
                heard.append(_run)

            heard: list[str] = []
            monkeypatch.setattr(service.flows.duty._engine, "send", deaf)
            assert (await service.flows.wait(run.id, 20)).state == "succeeded"
            assert heard

    asyncio.run(go())


def test_one_process_carries_the_flows_of_one_service(tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with (
            ground.serving(f"sqlite:///{tmp_path}/one.db", tmp_path) as one,
            ground.serving(f"sqlite:///{tmp_path}/two.db", tmp_path) as two,
        ):
            run = await one.flows.start(FAN, {"things": ["a fox"]})
            await one.flows.wait(run.id, 20)
            with pytest.raises(StoreError, match="one process"):
                await two.flows.duty._launched()

    asyncio.run(go())


def test_an_engine_that_could_not_be_launched_is_launched_later(
    tmp_path: Path, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its database is away at first, say."""
    place, tries = DbosEngine._place, [0]

    def nowhere(self: DbosEngine, database: Database) -> dict[str, Any]:
        tries[0] += 1
        if tries[0] == 1:
            return {"system_database_url": f"sqlite:///{tmp_path}/not/there/kie.db"}
        return place(self, database)

    monkeypatch.setattr(DbosEngine, "_place", nowhere)

    async def go() -> None:
        async with ground.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:
            run = await service.flows.start(FAN, {"things": ["a fox"]})
            assert (await service.flows.wait(run.id, 20)).state == "succeeded"
            assert tries == [2]

    asyncio.run(go())


def test_a_run_that_the_engine_did_not_take_is_taken_later(
    tmp_path: Path, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its database goes away after it was launched, say: nobody else would take a run that this worker has taken."""
    start, refused = DbosEngine.start, list[str]()

    async def once(self: DbosEngine, journey: Journey) -> None:
        if not refused:
            refused.append(journey.run)
            raise OSError("The engine's database is away.")
        await start(self, journey)

    monkeypatch.setattr(DbosEngine, "start", once)

    async def go() -> None:
        async with ground.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:
            runs = [await service.flows.start(FAN, {"things": [thing]}) for thing in ("a fox", "an owl")]
            for run in runs:
                assert (await service.flows.wait(run.id, 20)).state == "succeeded"
            assert refused

    asyncio.run(go())


def test_what_the_engine_knows_is_on_the_disk(tmp_path: Path, ground: Ground) -> None:
    """DBOS itself opens its file without a log ahead of writes."""

    async def go() -> None:
        async with ground.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:
            run = await service.flows.start(FAN, {"things": ["a fox"]})
            await service.flows.wait(run.id, 20)
            engine = service.flows.duty._engine
            assert engine is not None
            assert await engine.status(Journey(run.id, 0)) is not None
            assert await engine.status(Journey("run_none", 0)) is None
            with sqlite3.connect(tmp_path / "kie-flows.db") as file:
                assert file.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            file.close()

            def pragma() -> Any:
                from dbos._dbos import _get_dbos_instance

                with _get_dbos_instance()._sys_db.engine.connect() as connection:
                    return connection.exec_driver_sql("PRAGMA synchronous").fetchone()

            assert tuple(await asyncio.to_thread(pragma)) == (2,)

    asyncio.run(go())


def test_the_time_of_what_the_engine_knows_is_told_by_any_sqlite() -> None:
    """SQLite before 3.42, with which Debian 12 comes, tells nothing here; DBOS asks it from Python 3.12 on."""
    connection = _Connection(":memory:")
    ((now,),) = connection.execute("SELECT unixepoch('subsec') * 1000").fetchall()
    connection.close()
    assert now == pytest.approx(time.time() * 1000, abs=60_000)


def test_the_engine_says_nothing_where_nobody_asks(
    tmp_path: Path, ground: Ground, capfd: pytest.CaptureFixture[str]
) -> None:
    async def go() -> None:
        async with ground.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:
            run = await service.flows.start(FAN, {"things": ["a fox"]})
            await service.flows.wait(run.id, 20)
            assert all(not handler.name for handler in logging.getLogger("dbos").handlers)

    asyncio.run(go())
    told = capfd.readouterr()
    assert "dbos" not in (told.out + told.err).lower()


def test_a_run_that_the_engine_carries_no_further_can_be_carried_again(tmp_path: Path, ground: Ground) -> None:
    from dbos import DBOS

    async def go() -> None:
        async with ground.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:
            run = await _begun(service, {"things": ["a fox emu:slow"]})
            engine = service.flows.duty._engine
            assert engine is not None
            journey = Journey(run, 0)
            await asyncio.to_thread(DBOS.cancel_workflows, [str(journey)])
            await engine.send(run)
            assert await engine.status(journey) == "CANCELLED"
            await engine.start(journey)
            assert (await service.flows.wait(run, 30)).state == "succeeded"
            assert ground.creations() == 2

    asyncio.run(go())


async def _begun(service: Service, inputs: dict[str, Any]) -> str:
    run = await service.flows.start(FAN, inputs)
    async with asyncio.timeout(20):
        while not run.steps[0].items:
            await asyncio.sleep(0.01)
            run = await service.flows.get(run.id)
    return run.id
