"""Killed at every named point and started again: nothing is paid twice, nothing that was paid for is lost.

The judge is the emulator's ledger. ``KIE_CRASH_GENERATIONS`` sets how many generations each point has; the long run has
a hundred times as many.
"""

from __future__ import annotations

import math
import os
import random
import signal
import time
from typing import TYPE_CHECKING

import pytest

from kie.emulator import Fault
from kie.store.crash import POINTS
from tests.service.judge import Verdict, judge, told
from tests.service.nursery import Ingress, Nursery
from tests.service.support import Ground

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]

NUMBER = int(os.environ.get("KIE_CRASH_GENERATIONS", "10"))
#: How much faster than the wall's the service's clock runs, and the seconds of a lease by it.
SPEED, LEASE = 20.0, 6.0
#: So often in a row it must be seen at rest.
QUIET = 4

#: What goes wrong besides, so that every point is passed.
_FAULTS = (
    Fault("create", "429", nth=2),
    Fault("create", "reset-after", nth=4),
    Fault("create", "delay", nth=1, times=0, seconds=0.06),
    Fault("poll", "500", nth=3),
    Fault("media", "truncate", nth=2),
)


def _chaos(share: float) -> list[Fault]:
    """Everything that can go wrong at the vendor's, each with a chance; where no fault is, all works."""
    creates = ("429", "500", "455", "reset-after", "truncate", "malformed", "null-data", "fail", "slow")
    unsent = ("reset-before", "http-502")  # no task is made, and nobody knows
    polls = ("429", "500", "http-502", "reset-before", "reset-after", "truncate", "malformed", "null-data", "no-url")
    media = ("429", "500", "http-502", "reset-before", "reset-after", "truncate", "expired")
    callbacks = ("drop", "duplicate", "reorder", "forge", "bad-signature", "malformed", "delay")
    return [
        *(Fault("create", do, probability=share) for do in creates),
        *(Fault("create", do, probability=share / 2) for do in unsent),
        *(Fault("poll", do, probability=2 * share) for do in polls),
        Fault("poll", "rename-field", field="data.state", to="status", probability=share),
        Fault("poll", "drop-field", field="data.resultJson.resultUrls", probability=share),
        *(Fault("media", do, probability=2 * share) for do in media),
        Fault("media", "wrong-type", to="html", probability=share),
        *(Fault("callback", do, probability=2 * share) for do in callbacks),
    ]


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery(lease=LEASE) as made:
        yield made


class Schedule:
    """Workers one after the other, each but the last to be killed."""

    def __init__(
        self, nursery: Nursery, ingress: Ingress, ground: Ground, database: str, folder: Path, number: int
    ) -> None:
        self._nursery, self._ingress, self._ground = nursery, ingress, ground
        self._number = number
        self._log = folder / "log"
        self._job = {
            "database": database, "folder": str(folder), "url": ground.url, "number": number, "speed": SPEED,
            "began": time.time(),
        }  # fmt: skip

    def run(self, crash: str = "", seconds: float = 60.0) -> bool:
        """Run a worker until it dies (True), or all has come to rest."""
        pid = self._nursery.start(self._log, crash=crash, **self._job)
        until = time.monotonic() + seconds
        quiet = 0
        while (status := self._nursery.poll(pid)) is None:
            quiet = quiet + 1 if self._at_rest() else 0
            if quiet >= QUIET:
                self._nursery.kill(pid)
                return False
            assert time.monotonic() < until, f"not at rest after {seconds:g} s: {self._log.read_text()[-2000:]}"
            time.sleep(0.03)
        assert status == -signal.SIGKILL, self._log.read_text()[-4000:]
        return True

    def _at_rest(self) -> bool:
        """Whether the vendor has nothing more to tell, and the service nothing more to do."""
        world = self._ground.emulator.world
        return (
            world.clock.pending() == 0
            and world.courier.oldest() == math.inf
            and self._ingress.resting() == self._number
        )


def _schedule(
    nursery: Nursery, database: str, folder: Path, crashes: list[str], *, number: int = NUMBER,
    faults: list[Fault] | None = None, deaf: bool = False, seed: int = 0,
) -> tuple[int, Verdict]:  # fmt: skip
    ingress = Ingress(database)
    ground = Ground(
        receiver=(lambda *_: 0) if deaf else ingress.deliver, faults=_FAULTS if faults is None else faults, seed=seed
    )
    try:
        schedule = Schedule(nursery, ingress, ground, database, folder, number)
        killed = 0
        for crash in crashes:
            if not schedule.run(crash):
                break
            killed += 1
        schedule.run(seconds=180)
        verdict = judge(database, folder / "files", ground.emulator, number=number)
    finally:
        ground.close()
        ingress.close()
    return killed, verdict


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_a_point(nursery: Nursery, database: str, tmp_path: Path, point: str) -> None:
    killed, _ = _schedule(nursery, database, tmp_path, [f"{point}:1"])
    assert killed == 1, "the point was not passed"


@pytest.mark.parametrize("seed", range(4))
def test_killed_twice_at_random_points_under_random_faults(
    nursery: Nursery, database: str, tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)
    crashes = [f"any:{dice.randint(1, 4 * NUMBER)}" for _ in range(2)]
    killed, _ = _schedule(nursery, database, tmp_path, crashes, number=2 * NUMBER, faults=_chaos(0.03), seed=seed)
    assert killed == 2


@pytest.mark.parametrize("point", ["before-post", "inside-post", "after-post"])
def test_killed_while_callbacks_are_lost(nursery: Nursery, database: str, tmp_path: Path, point: str) -> None:
    killed, verdict = _schedule(nursery, database, tmp_path, [f"{point}:2"], deaf=True)
    assert killed == 1
    assert verdict.states["uncertain"] >= 1, "what was being sent when it ended is known to nobody"


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_thousand_generations_under_faults_and_kills(
    nursery: Nursery, database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dice = random.Random(1)
    number = 100 * NUMBER
    crashes = [f"any:{dice.randint(1, 60 * NUMBER)}" for _ in range(200)]
    killed, verdict = _schedule(nursery, database, tmp_path, crashes, number=number, faults=_chaos(0.01), seed=1)
    with capsys.disabled():
        print(f"\n{killed} kills: {told(verdict)}")  # noqa: T201 - the figures are the point
    assert killed >= 10
    # What is uncertain is what was cut off while it was sent: of a worker no more than it sends side by side.
    assert verdict.states["uncertain"] <= 8 * killed + 0.05 * number
    assert verdict.unseen <= 0.03 * number
