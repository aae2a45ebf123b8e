"""Flows whose workers are killed anywhere: each goes on where it was, and nothing is paid for twice.

The judge is the emulator's ledger.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
import signal
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from kie.service.flows.runs import Run, list_runs, read_run
from kie.service.machine import Event
from kie.service.transitions import move
from kie.store.opening import open_database
from kie.store.work import Statement
from tests.service.flows.flow_worker import THINGS
from tests.service.flows.flowing import IMAGE_PRICE, quick
from tests.service.judge import judge
from tests.service.nursery import Ingress, Nursery
from tests.service.support import Ground

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kie.store.work import Rows, Work

pytestmark = [pytest.mark.crash, pytest.mark.timeout(240)]

LEASE = 3.0
PICTURES, CLIPS = len(THINGS), len(THINGS) - 1
POINTS = (
    "flow-before-begin", "flow-begun", "flow-settled", "flow-counted", "flow-worked", "flow-made", "flow-ended",
)  # fmt: skip


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery("tests.service.flows.flow_worker", lease=LEASE) as made:
        yield made


def _uncertain() -> Work[Rows]:
    return (yield Statement("SELECT id, hook FROM generation WHERE state = 'uncertain' AND task IS NULL"))


class Stage:
    """An emulator, an ingress that stays up, and workers on one database."""

    def __init__(self, nursery: Nursery, database: str, folder: Path, runs: int = 1) -> None:
        self._nursery, self._database, self._folder, self._runs = nursery, database, folder, runs
        self._log = folder / "log"
        self._seen: dict[str, float] = {}
        self._ingress = Ingress(database)
        self.ground = Ground(receiver=self._ingress.deliver, renderer=quick)

    def start(self, crash: str = "") -> int:
        job = {"database": self._database, "folder": str(self._folder), "url": self.ground.url, "runs": self._runs}
        return self._nursery.start(self._log, crash=crash, **job)

    def until_killed(self, pid: int, seconds: float = 60.0) -> bool:
        """Wait until a worker is dead (True), or all runs have ended."""
        until = time.monotonic() + seconds
        while (status := self._nursery.poll(pid)) is None:
            if self.over():
                time.sleep(0.3)  # one that is killed at the very end is dead by then
                return self._nursery.poll(pid) is not None
            self._as_a_person()
            assert time.monotonic() < until, f"{self.runs()}: {self._log.read_text()[-4000:]}"
            time.sleep(0.05)
        assert status == -signal.SIGKILL, self._log.read_text()[-4000:]
        return True

    def _as_a_person(self) -> None:
        """What was never sent, as a look at the vendor's own list of tasks shows, is sent again."""

        async def go() -> None:
            async with open_database(self._database) as held:
                for name, hook in await held.read(_uncertain):
                    if name not in self._seen:
                        self._seen[name] = time.monotonic()
                    elif time.monotonic() - self._seen[name] > 1.5 and hook not in sent:
                        change = {"next_at": time.time(), "error": None}
                        await held.write(partial(move, name, Event.REQUEUED, time.time(), change))
                        del self._seen[name]

        sent = {task.callback.rpartition("/")[2] for task in self.ground.emulator.tasks()}
        asyncio.run(go())

    def kill(self, pid: int) -> None:
        self._nursery.kill(pid)

    def runs(self) -> list[Run]:
        async def go() -> list[Run]:
            async with open_database(self._database) as held:
                rows = await held.read(partial(list_runs, {}, "", 100))
                found = [await held.read(partial(read_run, row.id)) for row in rows]
                return [each for each in found if each is not None]

        return asyncio.run(go())

    def over(self) -> bool:
        found = self.runs()
        return len(found) == self._runs and all(run.final for run in found)

    def judge(self) -> None:
        """Hold the runs against what the vendor was paid for."""
        runs = self.runs()
        assert [run.state for run in runs] == ["succeeded"] * self._runs, runs
        for digest in {run.outputs["archive"]["sha256"] for run in runs if run.outputs}:
            path = self._folder / "files" / digest[:2] / digest
            assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
            path.unlink()  # what is left is judged: it must belong to generations
        verdict = judge(
            self._database, self._folder / "files", self.ground.emulator, number=(PICTURES + CLIPS) * self._runs
        )
        assert verdict.unseen == 0
        assert self.ground.creations() == (PICTURES + CLIPS) * self._runs
        assert sum(run.cost for run in runs) == self.ground.spent()
        for run in runs:
            pictures, clips, archive = run.steps
            assert [item.state for item in pictures.items] == ["succeeded", "failed", "succeeded", "succeeded"]
            assert [item.place for item in clips.items] == [0, 2, 3]
            assert pictures.cost == IMAGE_PRICE * CLIPS
            assert archive.items[0].state == "succeeded"
            assert run.outputs is not None
            assert run.outputs["archive"]["type"] == "application/zip"

    def close(self) -> None:
        self.ground.close()
        self._ingress.close()


@pytest.fixture
def stage(nursery: Nursery, database: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Stage]:
    made = Stage(nursery, database, tmp_path, getattr(request, "param", 1))
    yield made
    made.close()


def _play(stage: Stage, crashes: list[str]) -> int:
    killed = 0
    for crash in crashes:
        if not stage.until_killed(pid := stage.start(crash)):
            stage.kill(pid)
            break
        killed += 1
    else:
        pid = stage.start()
        assert not stage.until_killed(pid)
        stage.kill(pid)
    stage.judge()
    return killed


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_a_point(stage: Stage, point: str) -> None:
    assert _play(stage, [f"{point}:1"]) == 1, "the point was not passed"


@pytest.mark.parametrize("point", ["flow-begun", "flow-settled", "flow-counted"])
def test_killed_at_a_point_again_and_again(stage: Stage, point: str) -> None:
    assert _play(stage, [f"{point}:{times}" for times in (2, 1, 3, 1)]) >= 2


@pytest.mark.parametrize("seed", range(2))
def test_killed_at_any_point(stage: Stage, seed: int) -> None:
    dice = random.Random(seed)
    assert _play(stage, [f"any:{dice.randint(20, 120)}" for _ in range(3)]) >= 1


@pytest.mark.parametrize("seed", range(2))
def test_killed_at_any_time(stage: Stage, seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(5):
        pid = stage.start()
        time.sleep(dice.uniform(0.05, 0.9))
        stage.kill(pid)
    pid = stage.start()
    assert not stage.until_killed(pid)
    stage.kill(pid)
    stage.judge()


@pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
@pytest.mark.parametrize("stage", [6], indirect=True)
def test_another_worker_takes_over_from_a_dead_one(stage: Stage) -> None:
    """While the first is dead and the second lives: no worker begins anew, the second has to find out by itself."""
    workers = [stage.start(), stage.start()]
    time.sleep(0.7)
    stage.kill(workers[0])
    assert not stage.until_killed(workers[1])
    stage.kill(workers[1])
    stage.judge()
