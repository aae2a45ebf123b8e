"""Schedules: at certain times, once, by any worker."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from kie.errors import InvalidInput
from kie.service.flows import schedules
from kie.service.flows.errors import FlowInvalid
from kie.service.flows.schedules import Due, fire, next_time, set_right
from kie.store.errors import StoreUnavailable
from kie.store.opening import open_database
from kie.store.work import Statement
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
        # Clocks are set back: 2:30 comes twice in that night, and what is done nightly is done once.
        ("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00", "2026-10-25T00:30"),
        ("30 2 * * *", "Europe/Berlin", "2026-10-25T00:30", "2026-10-26T01:30"),
        ("30 * * * *", "Europe/Berlin", "2026-10-25T00:30", "2026-10-25T01:30"),
        # Clocks are set forward: there is no 2:30.
        ("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00", "2026-03-29T01:00"),
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
            *(fire(service.database, made.next_at + late, flows.schedules.begin) for late in (0, 1, 2, 0, -1))
        )
        assert len(again) == 5
        [run] = await flows.list()
        assert run.project == "p"
        [now] = await flows.schedules.list()
        assert (now.last_run, now.last_at, now.error) == (run.id, made.next_at, None)
        assert now.next_at == made.next_at + 86400
        assert (await flows.wait(run.id, 20)).state == "succeeded"
        assert ground.creations() == 1
        await fire(service.database, now.next_at + 5 * 86400 + 10, flows.schedules.begin)  # nobody worked for days
        assert len(await flows.list()) == 2
        [now] = await flows.schedules.list()
        assert now.last_at == made.next_at + 6 * 86400
        assert now.next_at == made.next_at + 7 * 86400
        await flows.schedules.put("night", "0 3 * * *", flow="nightly", inputs={"what": "a fox"}, enabled=False)
        await fire(service.database, made.next_at + 9 * 86400, flows.schedules.begin)
        assert len(await flows.list()) == 2
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
        await fire(service.database, made.next_at, flows.schedules.begin)
        [now] = await flows.schedules.list()
        assert "no flow 'nightly'" in (now.error or "")
        assert now.next_at == made.next_at + 86400
        await flows.declare(FLOW)
        await fire(service.database, made.next_at + 86400, flows.schedules.begin)
        assert len(await flows.list()) == 1
        assert (await flows.schedules.list())[0].error is None

    asyncio.run(_serving(ground, f"sqlite:///{tmp_path}/kie.db", tmp_path, act))


def test_what_was_missed_by_more_than_a_day_is_not_made_up_for(tmp_path: Path, ground: Ground) -> None:
    async def act(service: Service) -> None:
        flows, week = service.flows, 7 * 86400
        await flows.declare(FLOW)
        made = await flows.schedules.put("weekly", "0 3 * * 1", flow="nightly", inputs={"what": "a fox"})
        assert made.next_at is not None
        await fire(service.database, made.next_at + 2 * 86400, flows.schedules.begin)
        [now] = await flows.schedules.list()
        assert (await flows.list(), now.last_at, now.error, now.next_at) == ([], None, None, made.next_at + week)

    asyncio.run(_serving(ground, f"sqlite:///{tmp_path}/kie.db", tmp_path, act))


def test_a_schedule_that_cannot_be_kept_holds_up_nothing(tmp_path: Path, ground: Ground) -> None:
    """Its time zone is not known on this machine, say; runs are carried, and other schedules kept, all the same."""

    async def act(service: Service) -> None:
        flows = service.flows
        await flows.declare(FLOW)
        inputs = {"what": "a fox"}
        for name in ("bad", "good"):
            await flows.schedules.put(name, "0 3 * * *", flow="nightly", inputs=inputs)
        with pytest.raises(FlowInvalid, match="needed"):
            await flows.schedules.put("bad", "0 3 * * *", flow="nightly")
        past = service.context.clock() - 60

        def due() -> Work[None]:
            yield Statement("UPDATE flow_schedule SET next_at = ?", (past,))
            yield Statement("UPDATE flow_schedule SET zone = 'Mars/Olympus' WHERE name = 'bad'")

        await service.database.write(due)
        run = await flows.start(FLOW, inputs)
        assert (await flows.wait(run.id, 20)).state == "succeeded"
        bad, good = await flows.schedules.list()
        assert (bad.next_at, bad.error is not None and "Mars/Olympus" in bad.error) == (None, True)
        assert good.last_run in [each.id for each in await flows.list()]
        await flows.schedules.put("bad", "0 3 * * *", flow="no-such", enabled=False)  # what is switched off need not be

    asyncio.run(_serving(ground, f"sqlite:///{tmp_path}/kie.db", tmp_path, act))


def test_a_clock_that_was_ahead_does_not_keep_a_schedule_waiting(tmp_path: Path, ground: Ground) -> None:
    async def act(service: Service) -> None:
        flows, now = service.flows, service.context.clock()
        await flows.declare(FLOW)
        made = await flows.schedules.put("night", "0 3 * * *", flow="nightly", inputs={"what": "a fox"})

        def ahead() -> Work[None]:
            yield Statement("UPDATE flow_schedule SET next_at = next_at + ?", (365 * 86400.0,))

        await service.database.write(ahead)
        await set_right(service.database, now)
        assert (await flows.schedules.list())[0].next_at == made.next_at

    asyncio.run(_serving(ground, f"sqlite:///{tmp_path}/kie.db", tmp_path, act))


def test_the_run_and_the_next_time_are_written_together(database: str) -> None:
    """What falls between the two loses neither: both are there, or none."""

    async def start(due: Due) -> Begin[str]:
        def begin() -> Work[str]:
            yield from schedules.remove("nothing")
            raise StoreUnavailable(due.key)

        return begin

    async def go() -> None:
        async with open_database(database) as held:
            made = schedules.Schedule(
                "night",
                "0 3 * * *",
                "UTC",
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
            with pytest.raises(StoreUnavailable, match="schedule:night:1000"):
                await fire(held, 1001.0, start)
            [now] = await held.read(schedules.read_all)
            assert now.next_at == 1000.0

    asyncio.run(go())
