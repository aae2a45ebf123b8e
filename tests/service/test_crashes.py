"""Killed at every named point and started again: nothing is paid twice, nothing that was paid for is lost.

The judge is the emulator's ledger. ``KIE_CRASH_GENERATIONS`` sets how many generations each point has.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
import threading
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kie.emulator import Fault
from kie.service import ledger
from kie.service.generation import COLUMNS, read
from kie.service.hooks import Hooks
from kie.service.machine import State
from kie.store.crash import POINTS
from kie.store.opening import open_database
from kie.store.work import Statement, Work
from tests.service.support import PRICE, Ground

pytestmark = [pytest.mark.crash, pytest.mark.timeout(180)]

ROOT = Path(__file__).resolve().parents[2]
NUMBER = int(os.environ.get("KIE_CRASH_GENERATIONS", "10"))

#: What goes wrong besides, so that every point is passed.
_FAULTS = (
    Fault("create", "429", nth=2),
    Fault("create", "reset-after", nth=4),
    Fault("create", "delay", nth=1, times=0, seconds=0.06),
    Fault("poll", "500", nth=3),
    Fault("media", "truncate", nth=2),
)


class Ingress:
    """The callback ingress, in a thread of the test: it stays up while workers die."""

    def __init__(self, database: str) -> None:
        self._database = open_database(database)
        self._hooks = Hooks(self._database)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def deliver(self, url: str, _headers: dict[str, str], body: bytes) -> int:
        taken = asyncio.run_coroutine_threadsafe(self._hooks.take(url.rpartition("/")[2], body), self._loop)
        return taken.result(30)[0]

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._database.close(), self._loop).result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


def _work(database: str, folder: Path, url: str, crash: str = "") -> int:
    environment = {**os.environ, "KIE_CRASH": crash, "KIE_LEASE": "0.5", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    command = [sys.executable, "-m", "tests.service.crash_worker", database, str(folder), url, str(NUMBER)]
    done = subprocess.run(command, env=environment, cwd=ROOT, timeout=120, capture_output=True, text=True, check=False)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode


def _seen() -> Work[Any]:
    rows = yield Statement(f"SELECT {COLUMNS} FROM generation ORDER BY id")
    files = yield Statement("SELECT generation, sha256, size FROM artefact")
    sums = yield Statement("SELECT generation, kind, sum(amount) FROM entry GROUP BY generation, kind")
    return [read(row) for row in rows], files, sums


def _judge(database: str, folder: Path, ground: Ground, *, deaf: bool) -> None:
    async def go() -> Any:
        async with open_database(database) as held:
            return await held.read(_seen), await held.read(ledger.balance)

    (generations, files, _), balance = asyncio.run(go())
    assert len(generations) == NUMBER
    by_state = {state: [each for each in generations if each.state is state] for state in State}
    uncertain = by_state[State.UNCERTAIN]
    assert len(by_state[State.SUCCEEDED]) + len(by_state[State.FAILED]) + len(uncertain) == NUMBER
    assert deaf or not [each for each in uncertain if each.task is not None]
    # Nothing was paid twice: no more tasks than generations, and none known to two.
    made = {task.id for task in ground.emulator.tasks()}
    known = [each.task for each in generations if each.task is not None]
    assert len(set(known)) == len(known)
    assert set(known) <= made
    assert len(made) <= NUMBER
    assert len(made - set(known)) <= len(uncertain)
    # Nothing that was paid for was lost: what the vendor finished is stored, or known to be uncertain.
    stored = {name for name, _, _ in files}
    assert stored == {each.id for each in by_state[State.SUCCEEDED]}
    for _, digest, size in files:
        assert (folder / "files" / digest[:2] / digest).stat().st_size == size
    # The ledgers agree to the hundredth.
    assert balance["spent"] == PRICE * len(by_state[State.SUCCEEDED])
    assert balance["held"] == PRICE * len(uncertain)
    lost = [task for task in ground.emulator.tasks() if task.id not in known and task.state.name == "SUCCESS"]
    assert ground.spent() == balance["spent"] + PRICE * len(lost)
    assert all(each.cost == Decimal(PRICE) for each in by_state[State.SUCCEEDED])


def _schedule(database: str, folder: Path, crashes: list[str], *, deaf: bool = False) -> tuple[int, Ground]:
    ingress = Ingress(database)
    ground = Ground(receiver=(lambda *_: 0) if deaf else ingress.deliver, faults=_FAULTS)
    try:
        killed = sum(_work(database, folder, ground.url, crash) != 0 for crash in crashes)
        assert _work(database, folder, ground.url) == 0
        _judge(database, folder, ground, deaf=deaf)
        return killed, ground
    finally:
        ground.close()
        ingress.close()


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_a_point(database: str, tmp_path: Path, point: str) -> None:
    killed, _ = _schedule(database, tmp_path, [f"{point}:1"])
    assert killed == 1, "the point was not passed"


@pytest.mark.parametrize(
    "point", ["before-commit", "after-commit", "before-post", "inside-post", "after-post", "after-ask"]
)
def test_killed_at_a_point_again_and_again(database: str, tmp_path: Path, point: str) -> None:
    chosen = random.Random(point)
    killed, _ = _schedule(database, tmp_path, [f"{point}:{chosen.randint(1, 6)}" for _ in range(4)])
    assert killed >= 1


@pytest.mark.parametrize("point", ["before-post", "inside-post", "after-post"])
def test_killed_while_callbacks_are_lost(database: str, tmp_path: Path, point: str) -> None:
    _schedule(database, tmp_path, [f"{point}:2"], deaf=True)
