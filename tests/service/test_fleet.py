"""Several workers on one Postgres, killed and replaced: others take over, and the vendor's limits are kept and used."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from kie import AsyncKie
from kie.emulator import Fault
from kie.service import Service
from kie.service.claims import Limits
from tests.service.handclock import Hand, let
from tests.service.judge import judge, told
from tests.service.nursery import Ingress, Nursery
from tests.service.support import MODEL, Ground

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: The vendor's: new tasks in any so many seconds.
MOST, WINDOW = 20, 10.0
#: Seconds of a worker's lease when nothing else is set: within them others take over.
LEASE = 30.0
#: How many generations, and how long a worker lives.
NUMBER, LIFE = 101, 4.0


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    with Nursery("tests.service.fleet_worker", LEASE) as made:
        yield made


class Watch:
    """Looks at the leases: how long is what a killed worker had left to nobody?"""

    def __init__(self, database: str) -> None:
        self._connection = psycopg.connect(database, autocommit=True)
        #: What was leased when a worker was killed, each with the moment: it is free as soon as it changes.
        self._left: dict[tuple[str, float], float] = {}
        self.longest = 0.0
        self.late = 0.0
        self.busy = 0.0

    def _leases(self) -> set[tuple[str, float]]:
        found = self._connection.execute("SELECT id, lease FROM generation WHERE lease IS NOT NULL").fetchall()
        return {(name, lease) for name, lease in found}

    def sleep(self, seconds: float) -> None:
        """Wait, and see by how much the machine is late itself."""
        began = time.monotonic()
        time.sleep(seconds)
        self.busy = max(self.busy, time.monotonic() - began - seconds)

    def killed(self) -> None:
        """A worker has just been killed."""
        now = time.monotonic()
        for key in self._leases():
            self._left.setdefault(key, now)

    def look(self) -> None:
        """See what has changed since."""
        now, there = time.monotonic(), self._leases()
        for key, since in list(self._left.items()):
            self.longest = max(self.longest, now - since)
            if key not in there:
                del self._left[key]
        overdue = "SELECT min(next_at) FROM generation WHERE next_at IS NOT NULL AND state <> 'held'"
        row = self._connection.execute(overdue).fetchone()
        if row is not None and row[0] is not None:
            self.late = max(self.late, time.time() - row[0])

    def at_rest(self) -> int:
        """How many generations have come to rest."""
        sql = "SELECT count(*) FROM generation WHERE state IN ('succeeded', 'failed', 'cancelled', 'uncertain')"
        row = self._connection.execute(sql).fetchone()
        return int(row[0]) if row is not None else 0

    def close(self) -> None:
        """Stop looking."""
        self._connection.close()


def creates(ground: Ground) -> list[float]:
    """When the vendor was asked for each task, by its own clock."""
    return [note.at for note in ground.emulator.journal() if note.stage == "create"]


def most_in_any_window(times: list[float], seconds: float = WINDOW) -> int:
    """How many there were at most in any window."""
    return max(sum(1 for other in times if at <= other < at + seconds) for at in times)


def used(times: list[float], lost: int, most: int = MOST, seconds: float = WINDOW) -> float:
    """The share of the limit that was used: the least time that so many may take, of the time that they took.

    ``lost`` were taken by workers that were killed before they sent: they may have been sent, and count.
    """
    ideal = (len(times) + lost - 1) // most * seconds
    return ideal / (max(times) - min(times))


async def _ask_for(database: str, url: str, number: int, **options: Any) -> list[str]:
    kie = AsyncKie("a-key", base_url=url)
    service = Service(database, kie)
    try:
        made = [await service.create(MODEL, {"prompt": f"fox {index}"}, **options) for index in range(number)]
        return [each.id for each in made]
    finally:
        await service.close()
        await kie.close()


@pytest.mark.crash
@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.timeout(300)
def test_four_workers_one_killed_every_few_seconds(
    nursery: Nursery, postgres_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ingress = Ingress(postgres_url)
    # Files come slowly, so that whoever is killed has something in hand.
    faults = [
        Fault("create", "slow", times=0, seconds=3.0),
        Fault("media", "drip", probability=0.5, times=0, seconds=3.0),
    ]
    ground = Ground(receiver=ingress.deliver, rate=(MOST, WINDOW), clock="real", faults=faults)
    watch = Watch(postgres_url)
    dice = random.Random(4)
    kills = 0
    try:
        names = asyncio.run(_ask_for(postgres_url, ground.url, NUMBER))
        job = {"database": postgres_url, "folder": str(tmp_path), "url": ground.url, "limits": (MOST, WINDOW)}
        log = tmp_path / "log"
        workers = [nursery.start(log, **job) for _ in range(4)]
        began = killed = time.monotonic()
        while watch.at_rest() < NUMBER:
            assert time.monotonic() < began + 200, "the fleet has not come to rest"
            watch.sleep(0.1)
            watch.look()
            if time.monotonic() > killed + LIFE and len(creates(ground)) < NUMBER:
                victim = workers.pop(dice.randrange(len(workers)))
                nursery.kill(victim)
                watch.killed()
                kills, killed = kills + 1, time.monotonic()
                workers.append(nursery.start(log, **job))
        for each in workers:
            nursery.kill(each)
        verdict = judge(postgres_url, tmp_path / "files", ground.emulator, number=NUMBER, ids=names)
        times = creates(ground)
        lost = verdict.states["uncertain"]
        codes = Counter(note.code for note in ground.emulator.journal() if note.stage == "create")
        with capsys.disabled():
            print(  # noqa: T201 - the figures are the point
                f"\n{kills} kills; {len(times)} creates in {max(times) - min(times):.2f} s, {used(times, lost):.1%} of"
                f" the limit, refused {codes[429]},"
                f" at most {most_in_any_window(times)} in {WINDOW:g} s; without an owner for {watch.longest:.1f} s at"
                f" most, {watch.late:.1f} s after it was due; the machine was late by {watch.busy:.2f} s;"
                f" {told(verdict)}"
            )
        assert kills >= 8
        assert codes[429] == 0
        assert most_in_any_window(times) <= MOST
        # Less by what the machine was late itself, once in each window.
        assert used(times, lost) * (1 + watch.busy / WINDOW) >= 0.98
        assert 0 < watch.longest <= LEASE
    finally:
        watch.close()
        ground.close()
        ingress.close()


def test_who_comes_late_is_not_behind_who_asked_for_much(database: str, tmp_path: Path) -> None:
    """Projects have equal shares, a project of weight two has two, and what is urgent goes first."""
    ground = Ground(clock="frozen")
    ground.deaf = True

    async def go() -> list[str]:
        clock = Hand()
        options: dict[str, Any] = {"limits": Limits(10, 10.0), "clock": clock, "previews": False}
        async with ground.serving(database, tmp_path, **options) as service:
            await service.set_project("two", weight=2)

            async def ask(project: str, number: int, **more: Any) -> None:
                for start in range(0, number, 50):
                    some = range(start, min(number, start + 50))
                    asked = ({"prompt": f"{project} {index}"} for index in some)
                    await asyncio.gather(*(service.create(MODEL, each, project=project, **more) for each in asked))

            await ask("much", 300)
            await let(service, clock, 20.0, 5.0)
            before = len(ground.emulator.tasks())
            assert before >= 20
            await ask("late", 20)
            await ask("two", 20)
            await ask("much", 1, priority=1)
            while len(ground.emulator.tasks()) < before + 80:
                await let(service, clock, 10.0, 5.0)
            return [str(task.inputs["prompt"]) for task in ground.emulator.tasks()[before:]]

    try:
        sent = asyncio.run(go())
    finally:
        ground.close()
    assert sent[0] == "much 0", "what is urgent goes first"
    last = {name: max(place for place, each in enumerate(sent) if each.startswith(name)) for name in ("late", "two")}
    # Of four shares "late" has one and "two" has two, until it has had all of its twenty.
    assert last["two"] <= 45
    assert last["late"] <= 65


@pytest.mark.slow
def test_the_concurrency_of_a_plan_is_kept_and_used(database: str, tmp_path: Path) -> None:
    ground = Ground(concurrency=4, clock="real", faults=[Fault("create", "slow", times=0, seconds=0.5)])

    async def go() -> None:
        async with ground.serving(database, tmp_path, limits=Limits(1000, 1.0, 4)) as service:
            made = [await service.create(MODEL, {"prompt": f"fox {index}"}) for index in range(24)]
            for each in made:
                await service.wait(each.id, 60)

    try:
        asyncio.run(go())
        codes = Counter(note.code for note in ground.emulator.journal() if note.stage == "create")
        assert codes == {200: 24}
        begun = [(task.created, task.finished or 0.0) for task in ground.emulator.tasks()]
        assert max(sum(1 for at, until in begun if at <= now < until) for now, _ in begun) == 4
    finally:
        ground.close()
