"""Batches whose workers are killed anywhere: no item becomes two generations, none is forgotten."""

from __future__ import annotations

import asyncio
import math
import random
import signal
import time
from typing import TYPE_CHECKING, Any

import pytest

from kie.service.batches.batch import load_batch
from kie.store.opening import open_database
from kie.store.work import Statement
from tests.service.judge import judge
from tests.service.nursery import Ingress, Nursery
from tests.service.support import Ground

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kie.store.work import Work

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]

NUMBER, WINDOW = 40, 8
REFUSED = NUMBER // 10
SPEED, LEASE = 20.0, 6.0


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery("tests.service.batch_worker", lease=LEASE) as made:
        yield made


def _counts(database: str) -> tuple[Any, ...]:
    """Of the only batch: state, ready, fed, what was counted in all; uncertain generations; rows of the outbox."""

    def work() -> Work[tuple[Any, ...]]:
        rows = yield Statement(
            "SELECT state, ready, fed, succeeded + failed + cancelled + refused,"
            " (SELECT count(*) FROM generation WHERE state = 'uncertain'),"
            " (SELECT count(*) FROM outbox WHERE kind = 'batch') FROM batch"
        )
        return rows[0] if len(rows) == 1 else ()

    return asyncio.run(_read(database, work))


async def _read(database: str, begin: Any) -> Any:
    async with open_database(database) as held:
        return await held.read(begin)


def _run(
    nursery: Nursery, database: str, folder: Path, crashes: list[str], ground: Ground, ingress: Ingress, *, side: int
) -> int:
    """Run workers, ``side`` at a time, until one is killed, then others; returns how many were.

    Each of them is to be killed at the point: which one gets there is the machine's affair, and one of two may find
    nearly nothing to do.
    """
    job = {
        "database": database, "folder": str(folder), "url": ground.url, "number": NUMBER, "window": WINDOW,
        "speed": SPEED, "began": time.time(),
    }  # fmt: skip
    log, killed = folder / "log", 0
    world = ground.emulator.world
    for crash in [*crashes, ""]:
        pids = {nursery.start(log, crash=crash, **job) for _ in range(side)}
        until, quiet = time.monotonic() + 90, 0
        while pids and quiet < 4:
            assert time.monotonic() < until, f"{_counts(database)}: {log.read_text()[-3000:]}"
            time.sleep(0.05)
            ended = {pid: status for pid in pids if (status := nursery.poll(pid)) is not None}
            assert all(status == -signal.SIGKILL for status in ended.values()), log.read_text()[-3000:]
            pids -= set(ended)
            killed += len(ended)
            at_rest = world.clock.pending() == 0 and world.courier.oldest() == math.inf
            if at_rest and ingress.resting() == NUMBER - REFUSED and (found := _counts(database)):
                state, ready, fed, counted, uncertain, left = found
                done = (ready, fed, counted, left) == (0, uncertain, NUMBER - uncertain, 0)
                quiet = quiet + 1 if done and (state == "done") == (not uncertain) else 0
            else:
                quiet = 0
            if ended and crash:
                break
        for pid in pids:
            nursery.kill(pid)
        if quiet >= 4:
            break
    return killed


def _judged(nursery: Nursery, database: str, folder: Path, crashes: list[str], *, side: int = 1) -> int:
    ingress = Ingress(database)
    ground = Ground(receiver=ingress.deliver)
    try:
        killed = _run(nursery, database, folder, crashes, ground, ingress, side=side)
        verdict = judge(database, folder / "files", ground.emulator, number=NUMBER - REFUSED)
        rows = asyncio.run(_read(database, _batches))
        [batch] = rows
        assert (batch.items, batch.refused, batch.ready) == (NUMBER, REFUSED, 0)
        assert batch.fed == verdict.states["uncertain"]
        assert (batch.succeeded, batch.failed) == (verdict.states["succeeded"], verdict.states["failed"])
        unseen = 18 * verdict.unseen
        assert batch.spent + unseen == verdict.spent
    finally:
        ground.close()
        ingress.close()
    return killed


def _batches() -> Work[list[Any]]:
    rows = yield Statement("SELECT id FROM batch")
    found = []
    for (name,) in rows:
        found.append((yield from load_batch(name)))
    return found


@pytest.mark.parametrize("point", ["before-commit", "after-commit"])
@pytest.mark.parametrize("times", [3, 9, *(pytest.param(times, marks=pytest.mark.slow) for times in (2, 5, 14, 20))])
def test_killed_around_a_commit(nursery: Nursery, database: str, tmp_path: Path, point: str, times: int) -> None:
    assert _judged(nursery, database, tmp_path, [f"{point}:{times}"]) == 1


@pytest.mark.parametrize("point", ["after-batch-fed", "after-batch-settled"])
def test_killed_after_feeding_or_counting(nursery: Nursery, database: str, tmp_path: Path, point: str) -> None:
    assert _judged(nursery, database, tmp_path, [f"{point}:1", f"{point}:2"]) == 2


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow), pytest.param(2, marks=pytest.mark.slow)])
def test_two_workers_feed_one_batch_and_are_killed_again_and_again(
    nursery: Nursery, database: str, tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)  # one worker alone passes more than two hundred points
    assert _judged(nursery, database, tmp_path, [f"any:{dice.randint(5, 90)}" for _ in range(3)], side=2) >= 1
