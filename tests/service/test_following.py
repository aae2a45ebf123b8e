"""Identical requests share a result, and nobody is left behind when there is none."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from kie.service.machine import State
from kie.service.moves import gone
from kie.store.work import Statement
from tests.service.support import MODEL, PRICE, Ground

if TYPE_CHECKING:
    from pathlib import Path

    from kie.store.work import Work

FOX = {"prompt": "a red fox"}


def _lost(name: str) -> Work[None]:
    """It was done, and its files are gone."""
    yield Statement("UPDATE generation SET state = 'storing' WHERE id = ?", (name,))
    yield from gone(name, 1.0, {"next_at": None, "ended": 1.0}, {"code": "gone"})


def test_a_project_that_shares_pays_once_for_what_is_asked_for_at_the_same_time_and_later(
    database: str, tmp_path: Path, ground: Ground
) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            await service.set_project("site", cache=True)
            made = [await service.create(MODEL, FOX, project="site") for _ in range(4)]
            done = [await service.wait(each.id, 20) for each in made]
            later = await service.create(MODEL, FOX, project="site")
            assert later.state is State.SUCCEEDED
            assert {each.artefacts[0].sha256 for each in [*done, later]} == {done[0].artefacts[0].sha256}
            assert len({each.artefacts[0].id for each in [*done, later]}) == 5
            assert ground.creations() == 1
            assert [each.cost for each in [*done, later]] == [PRICE, 0, 0, 0, 0]
            assert later.cost_from == "reused"
            assert await service.balance() == {"held": 0, "spent": PRICE}
            own = await service.create(MODEL, FOX, project="site", cache=False)
            other = await service.create(MODEL, FOX, project="another")
            assert (await service.wait(own.id, 20)).cost == (await service.wait(other.id, 20)).cost == PRICE
            assert ground.creations() == 3

    asyncio.run(go())


def test_when_the_first_fails_the_next_is_sent(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with ground.serving(database, tmp_path) as service:
            prompt = {"prompt": "emu:fail=501"}
            made = [await service.create(MODEL, prompt, cache=True) for _ in range(3)]
            done = [await service.wait(each.id, 30) for each in made]
            assert [each.state for each in done] == [State.FAILED] * 3
            assert ground.creations() == 3
            assert await service.balance() == {"held": 0, "spent": 0}

    asyncio.run(go())


@pytest.mark.parametrize("how", ["cancelled", "gone"])
def test_nobody_waits_for_what_was_cancelled_or_lost(database: str, tmp_path: Path, ground: Ground, how: str) -> None:
    async def go() -> None:
        service, kie = ground.service_of(database, tmp_path)
        await service.open()
        first = await service.create(MODEL, FOX, cache=True)
        second = await service.create(MODEL, FOX, cache=True)
        if how == "cancelled":
            await service.cancel(first.id)
        else:
            await service.database.write(lambda: _lost(first.id))
        await service.start()
        try:
            assert (await service.wait(second.id, 20)).state is State.SUCCEEDED
            assert ground.creations() == 1
        finally:
            await service.close()
            await kie.close()

    asyncio.run(go())
