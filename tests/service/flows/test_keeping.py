"""What local steps have made is kept as long as rules of retention say, like the files of generations."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from kie.errors import InvalidInput
from kie.service.files import retention
from kie.service.files.keeping import DAY
from kie.store.work import Statement
from tests.service.flows.flowing import FAN, quick
from tests.service.handclock import Hand
from tests.service.support import Ground

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kie.service import Service
    from kie.store.work import Rows, Work

pytestmark = pytest.mark.slow
SECRET = "a secret hen"


@pytest.fixture
def ground() -> Iterator[Ground]:
    made = Ground(renderer=quick)
    yield made
    made.close()


async def _told(service: Service) -> str:
    def work() -> Work[Rows]:
        found: Rows = []
        for table in ("flow_run", "flow_item", "flow_event", "generation", "event"):
            found += yield Statement(f"SELECT * FROM {table}")
        return found

    return str(await service.database.read(work))


def test_what_local_steps_have_made_goes_when_its_time_is_over(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        clock = Hand()
        async with ground.serving(database, tmp_path, clock=clock) as service:
            runs = {}
            for project, thing in (("shop", SECRET), ("lab", "an owl emu:fail=501")):
                run = await service.flows.start(FAN, {"things": [thing, "a fox"]}, project=project)
                runs[project] = await service.flows.wait(run.id, 60)
                assert runs[project].state == "succeeded"
            keep = service.retention
            await keep.set(30)
            await keep.set(0, kind="image")  # of which no run is
            await keep.set(5, project="shop", forget=True)
            [shop] = [due for due in await keep.preview() if due.rule.project]
            assert shop.files == 0
            clock.now += 6 * DAY
            [shop] = [due for due in await keep.preview() if due.rule.project]
            lying = len([each async for each in service.artefacts.files()])
            assert SECRET in await _told(service)
            assert (shop.generations, shop.files) == (4, 5), "four of generations, and the parcel of them"
            await keep.sweep()
            assert SECRET not in await _told(service)
            clock.now += retention.GRACE + 1
            await keep.sweep()
            left = len([each async for each in service.artefacts.files()])
            assert lying - left >= 5
            gone, kept = await service.flows.get(runs["shop"].id), await service.flows.get(runs["lab"].id)
            assert (gone.state, gone.cost, gone.outputs) == ("succeeded", runs["shop"].cost, None)
            assert kept.outputs == runs["lab"].outputs
            assert not [due for due in await keep.preview() if due.rule.project and (due.generations or due.files)]
            clock.now += 25 * DAY
            await keep.sweep()
            with pytest.raises(InvalidInput, match="given up by a rule of retention"):
                await service.flows.retry(runs["lab"].id)

    asyncio.run(go())
