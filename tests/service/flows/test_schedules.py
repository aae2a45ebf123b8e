"""Schedules: at certain times, once, by any worker."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from kie.errors import ConnectionFailed, InvalidInput
from kie.service.flows import schedules
from kie.service.flows.errors import FlowInvalid
from kie.service.flows.schedules import Due, fire, next_time
from kie.store.opening import open_database
from tests.service.flows.flowing import quick
from tests.service.support import Ground

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kie.service import Service
    from kie.store.work import Begin, Work

pytestmark = pytest.mark.slow

FLOW = """
name: nightly
inputs: {what: text}
steps:
  image: {model: nano-banana-pro, input: {prompt: "${inputs.what}"}}
"""


@pytest.fixture
def ground() -> Iterator[Ground]:
    made = Ground(renderer=quick)
    yield made
    made.close()


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("cron", "zone", "after", "then"),
    [
        ("0 3 * * *", "UTC", "2026-11-21T03:00", "2026-11-22T03:00"),
        ("0 3 * * *", "UTC", "2026-11-21T02:59", "2026-11-21T03:00"),
        ("*/15 9-17 * * 1-5", "UTC", "2026-11-20T17:45", "2026-11-23T09:00"),
        ("0 3 * * *", "Europe/Berlin", "2026-11-21T00:00", "2026-11-21T02:00"),
        ("0 3 * * *", "Europe/Berlin", "2026-07-01T00:00", "2026-07-01T01:00"),
        ("0 0 29 2 *", "UTC", "2026-01-01T00:00", "2028-02-29T00:00"),
    ],
)
def test_the_next_time(cron: str, zone: str, after: str, then: str) -> None:
    assert next_time(cron, zone, at(after)) == at(then)


@pytest.mark.parametrize(("cron", "zone"), [("0 3 * *", "UTC"), ("61 3 * * *", "UTC"), ("often at x y z", "UTC"),
                                            ("0 0 31 2 *", "UTC"), ("0 3 * * *", "Berlin")])  # fmt: skip
def test_no_schedule(cron: str, zone: str) -> None:
    with pytest.raises(InvalidInput):
        next_time(cron, zone, at("2026-11-21T03:00"))


def test_a_flow_is_run_once_at_its_time(database: str, tmp_path: Path, ground: Ground) -> None:
    """Whatever number of workers looks, at whatever times."""

    async def act(service: Service) -> None:
        flows, clock = service.flows, service.context.clock
        await flows.declare(FLOW)
        made = await flows.schedules.put("night", "0 3 * * *", flow="nightly", inputs={"what": "a fox"}, project="p")
        assert made.next_at is not None
        assert made.next_at > clock()
        again = await asyncio.gather(
            *(fire(service.database, made.next_at + late, flows.schedules) for late in (0, 1, 2, 0, -1))
        )
        assert len(again) == 5
        [run] = await flows.list()
        assert run.project == "p"
        [now] = await flows.schedules.list()
        assert (now.last_run, now.last_at, now.error) == (run.id, made.next_at, None)
        assert now.next_at == made.next_at + 86400
        assert (await flows.wait(run.id, 20)).state == "succeeded"
        assert ground.creations() == 1
        await fire(service.database, now.next_at + 5 * 86400, flows.schedules)  # nobody worked for days
        assert len(await flows.list()) == 1
        [now] = await flows.schedules.list()
        assert now.next_at == made.next_at + 7 * 86400
        await flows.schedules.put("night", "0 3 * * *", flow="nightly", inputs={"what": "a fox"}, enabled=False)
        await fire(service.database, made.next_at + 9 * 86400, flows.schedules)
        assert len(await flows.list()) == 1
        assert await flows.schedules.remove("night")
        assert not await flows.schedules.remove("night")

    asyncio.run(_serving(ground, database, tmp_path, act))


async def _serving(ground: Ground, database: str, folder: Path, act: Any) -> None:
    async with ground.serving(database, folder) as service:
        await act(service)


def test_what_cannot_be_started_is_told_and_tried_at_the_next_time(tmp_path: Path, ground: Ground) -> None:
    async def act(service: Service) -> None:
        flows = service.flows
        await flows.declare(FLOW)
        made = await flows.schedules.put("night", "0 3 * * *", flow="nightly", inputs={"what": "a fox"})
        await flows.forget("nightly")
        assert made.next_at is not None
        await fire(service.database, made.next_at, flows.schedules)
        [now] = await flows.schedules.list()
        assert "no flow 'nightly'" in (now.error or "")
        assert now.next_at == made.next_at + 86400
        await flows.declare(FLOW)
        await fire(service.database, made.next_at + 86400, flows.schedules)
        assert len(await flows.list()) == 1
        assert (await flows.schedules.list())[0].error is None

    asyncio.run(_serving(ground, f"sqlite:///{tmp_path}/kie.db", tmp_path, act))


def test_chores(tmp_path: Path, ground: Ground) -> None:
    async def act(service: Service) -> None:
        table, calls = service.flows.schedules, []

        async def sweep() -> int:
            calls.append(1)
            if len(calls) > 1:
                raise ConnectionFailed("away")
            return 7

        with pytest.raises(InvalidInput, match="no chore"):
            await table.put("sweep", "0 4 * * *", chore="sweep")
        table.chore("sweep", sweep)
        made = await table.put("sweep", "0 4 * * *", chore="sweep")
        assert made.next_at is not None
        await fire(service.database, made.next_at, table)
        await fire(service.database, made.next_at, table)
        [now] = await table.list()
        assert (calls, now.last_run, now.error) == ([1], "7", None)
        await fire(service.database, made.next_at + 86400, table)
        [now] = await table.list()
        assert "away" in (now.error or "")
        with pytest.raises(InvalidInput, match="one of both"):
            await table.put("sweep", "0 4 * * *")
        await service.flows.declare(FLOW)
        with pytest.raises(FlowInvalid, match="needed"):
            await table.put("night", "0 3 * * *", flow="nightly")

    asyncio.run(_serving(ground, f"sqlite:///{tmp_path}/kie.db", tmp_path, act))


def test_the_run_and_the_next_time_are_written_together(database: str) -> None:
    """What falls between the two loses neither: both are there, or none."""

    class Broken:
        async def due_run(self, due: Due) -> Begin[str]:
            def begin() -> Work[str]:
                yield from schedules.remove("nothing")
                raise ConnectionError(due.key)

            return begin

        async def due_chore(self, due: Due) -> str:
            raise AssertionError(due)

    async def go() -> None:
        async with open_database(database) as held:
            made = schedules.Schedule(
                "night",
                "0 3 * * *",
                "UTC",
                "flow",
                "nightly",
                "p",
                {},
                enabled=True,
                next_at=1000.0,
                last_at=None,
                last_run=None,
                error=None,
            )
            await held.write(partial(schedules.put, made))
            with pytest.raises(ConnectionError, match="schedule:night:1000"):
                await fire(held, 1001.0, Broken())
            [now] = await held.read(schedules.read_all)
            assert now.next_at == 1000.0

    asyncio.run(go())
