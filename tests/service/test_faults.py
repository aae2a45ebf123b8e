"""What the service lives on is gone for a while: it stops paying, keeps all, and goes on by itself.

Hours pass in a moment: the service's clock is set by hand, step by step, and its duties are woken after each step.
"""

from __future__ import annotations

import asyncio
import gc
from collections import Counter
from contextlib import asynccontextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from kie.emulator import Fault
from kie.errors import InvalidInput
from kie.service import moves
from kie.service.claims import Limits
from kie.service.clock import Clock
from kie.service.machine import ENDED, State
from kie.store.errors import StoreUnavailable
from kie.store.work import Statement
from tests.service.handclock import Hand, let
from tests.service.judge import judge
from tests.service.support import MODEL, Ground

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
    from pathlib import Path

    from kie.service import Service
    from kie.service.vendor import Accepted
    from kie.store.work import Rows, Work

#: A limit that does not hold anything up, and yet lets few requests be under way at once.
CALM = {"limits": Limits(80, 10.0), "previews": False}
HOUR = 3600.0


@pytest.fixture
def still() -> Iterator[Ground]:
    """A vendor whose tasks end when the test says so; no callbacks."""
    made = Ground(clock="frozen")
    made.deaf = True
    yield made
    made.close()


async def _rest(service: Service, clock: Hand, still: Ground, seconds: float) -> dict[State, int]:
    """Let time pass, for the vendor too, until nothing is under way any more."""
    until = clock.now + seconds
    while clock.now < until:
        await let(service, clock, 60.0)
        still.emulator.advance(60.0)
        counts = await service.counts()
        known = await _rows(service, "SELECT 1 FROM generation WHERE state = 'uncertain' AND task IS NOT NULL")
        if not known and not set(counts) - ENDED - {State.UNCERTAIN}:
            break
    return await service.counts()


async def _until(condition: Callable[[], Awaitable[bool]], seconds: float = 30.0) -> None:
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.02)


async def _rows(service: Service, sql: str, *values: Any) -> Rows:
    def work() -> Work[Rows]:
        return (yield Statement(sql, values))

    return await service.database.read(work)


def _posts(still: Ground) -> int:
    return sum(1 for note in still.emulator.journal() if note.stage == "create")


def _after_the_answer(service: Service, deed: Callable[[], Awaitable[None]]) -> list[str]:
    """Do something when the vendor has answered, before anybody hears of it; returns the tasks."""
    vendor = service.accounts.vendor("default")
    submit, made = vendor.submit, list[str]()

    async def then(row: Any, callback: str | None) -> Accepted:
        accepted = await submit(row, callback)
        made.append(accepted.task)
        await deed()
        return accepted

    vendor.submit = then  # type: ignore[method-assign]
    return made


# ------------------------------------------------------------------------------------------------------- the vendor


@pytest.mark.slow
@pytest.mark.parametrize("deed", ["reset-before", "http-502", "reset-after", "500", "455"])
def test_the_vendor_is_down_for_an_hour(tmp_path: Path, still: Ground, deed: str) -> None:
    """Few requests are made while it is down, few outcomes are open afterwards, and all goes on by itself."""
    database = f"sqlite:///{tmp_path}/kie.db"
    number, before = 40, 5

    async def go() -> int:
        clock = Hand()
        async with still.serving(database, tmp_path, clock=clock, **CALM) as service:
            for index in range(before):
                await service.create(MODEL, {"prompt": f"fox {index}"})
            await let(service, clock, 30)
            assert (await service.counts()) == {State.WAITING: before}
            for stage in ("create", "poll", "media"):
                done = "http-502" if (stage, deed) == ("media", "455") else deed
                still.emulator.add_fault(Fault(stage, done, times=0))
            for index in range(before, number):
                await service.create(MODEL, {"prompt": f"fox {index}"})
            sent = _posts(still)
            await let(service, clock, HOUR, 30.0)
            during = _posts(still) - sent
            still.emulator.world.faults.remove()
            assert during <= 16, "it goes on paying a vendor that is down"
            counts = await service.counts()
            assert sum(counts.values()) == number
            assert not set(counts) & ENDED
            counts = await _rest(service, clock, still, 6 * HOUR)
            assert set(counts) <= {State.SUCCEEDED, State.UNCERTAIN}
            return counts.get(State.UNCERTAIN, 0)

    uncertain = asyncio.run(go())
    assert uncertain <= 12
    assert deed != "455" or uncertain == 0, "maintenance is a clear answer"
    judge(database, tmp_path / "files", still.emulator, number=number)


async def _is(value: bool) -> bool:  # noqa: FBT001
    return value


@pytest.mark.parametrize("why", ["key", "credits"])
def test_a_refused_account_pauses_and_is_told_of_once(database: str, tmp_path: Path, why: str) -> None:
    still = Ground(clock="frozen", credits=10 if why == "credits" else 10**6)
    still.deaf = True

    async def go() -> None:
        clock = Hand()
        if why == "key":
            still.emulator.add_fault([Fault("create", "401", times=0), Fault("poll", "401", times=0)])
        async with still.serving(database, tmp_path, clock=clock, **CALM) as service:
            for index in range(20):
                await service.create(MODEL, {"prompt": f"fox {index}"})
            await let(service, clock, 600.0)
            assert await service.counts() == {State.HELD: 20}, "nothing fails for it"
            assert _posts(still) <= 8 + 11, "one asks again every minute, no more"
            assert await _rows(service, "SELECT paused_why FROM account") == [(why,)]
            alerts = Counter(await _rows(service, "SELECT kind FROM alert"))
            assert alerts[(why,)] == 1
            still.emulator.world.faults.remove()
            still.emulator.world.ledger.grant(still.emulator.now(), Decimal(10**5))
            assert await _rest(service, clock, still, 6 * HOUR) == {State.SUCCEEDED: 20}

    try:
        asyncio.run(go())
        judge(database, tmp_path / "files", still.emulator, number=20)
    finally:
        still.close()


@pytest.mark.slow
@pytest.mark.parametrize("pack", ["flaky", "brownout", "lost-webhooks", "drift", "incident"])
def test_a_bad_day(tmp_path: Path, pack: str) -> None:
    """Everything of a kind goes wrong at once; nothing is paid twice, nothing is lost, nothing is stuck."""
    database = f"sqlite:///{tmp_path}/kie.db"
    ground = Ground(clock="frozen", faults=pack, seed=5)

    async def go() -> None:
        clock = Hand()
        async with ground.serving(database, tmp_path, clock=clock, **CALM) as service:
            for index in range(30):
                await service.create(MODEL, {"prompt": f"fox {index}"})
            await let(service, clock, 60.0)
            loop = asyncio.get_running_loop()
            for _ in range(120):
                await loop.run_in_executor(None, ground.emulator.advance, 60.0)
                await let(service, clock, 60.0)
                if not set(await service.counts()) - ENDED:
                    break
            await loop.run_in_executor(None, ground.emulator.advance, HOUR)
            await let(service, clock, HOUR, 60.0)
            await _until(lambda: _none(service, "SELECT 1 FROM inbox"))

    try:
        asyncio.run(go())
        judge(database, tmp_path / "files", ground.emulator, number=30)
    finally:
        ground.close()


async def _none(service: Service, sql: str) -> bool:
    return not await _rows(service, sql)


# ----------------------------------------------------------------------------------------------------- the database


def test_the_database_is_full(tmp_path: Path, still: Ground) -> None:
    """What was answered is written down when there is room again; what cannot be written down is not begun."""
    url = f"sqlite:///{tmp_path}/kie.db"

    async def go() -> None:
        clock = Hand()
        async with still.serving(url, tmp_path, clock=clock, **CALM) as service:
            refused = 0

            async def pages(number: int) -> None:
                await _rows(service, f"PRAGMA max_page_count = {number}")

            full = asyncio.Event()
            full.set()

            async def fill() -> None:
                nonlocal refused
                if not full.is_set():
                    return
                [(used,)] = await _rows(service, "PRAGMA page_count")
                await pages(int(used) + 20)
                await _rows(service, "CREATE TABLE IF NOT EXISTS ballast (number INTEGER, filling TEXT)")
                for size in (4000, 400, 40):
                    while True:
                        try:
                            await _rows(service, "INSERT INTO ballast VALUES (1, ?)", "x" * size)
                        except StoreUnavailable:
                            refused += 1
                            break

            tasks = _after_the_answer(service, fill)
            made = [await service.create(MODEL, {"prompt": f"fox {index} {'x' * 2000}"}) for index in range(3)]
            await _until(lambda: _is(len(tasks) >= 1 and refused >= 3))
            cats = (service.create(MODEL, {"prompt": f"cat {index} {'x' * 2000}"}) for index in range(30))
            found = await asyncio.gather(*cats, return_exceptions=True)
            assert any(isinstance(each, StoreUnavailable) for each in found)
            sent = _posts(still)
            for _ in range(20):
                await let(service, clock, 15.0, most=0.1)
            assert _posts(still) <= sent + 8, "it pays for what it cannot write down"
            await _rows(service, "DELETE FROM ballast")
            await pages(1_000_000)
            full.clear()
            await _until(lambda: _none(service, "SELECT 1 FROM generation WHERE state = 'submitting'"))
            counts = await _rest(service, clock, still, 6 * HOUR)
            assert set(counts) == {State.SUCCEEDED}
            assert counts[State.SUCCEEDED] >= len(made)

    asyncio.run(go())
    judge(url, tmp_path / "files", still.emulator, number=_number(url))


def test_what_cannot_even_be_put_off_is_told_and_done_later(
    tmp_path: Path, still: Ground, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database goes away while files are stored, and is still away when they are to be given back."""
    url, away = f"sqlite:///{tmp_path}/kie.db", [True]

    def unless_away(real: Any) -> Any:
        def work(*given: Any, **options: Any) -> Any:
            if away[0] and given[1] not in (State.WAITING, State.UNCERTAIN):
                raise StoreUnavailable("The database is away.")
            return real(*given, **options)

        return work

    monkeypatch.setattr(moves, "stored", unless_away(moves.stored))
    monkeypatch.setattr(moves, "postpone", unless_away(moves.postpone))

    async def go() -> None:
        clock = Hand()
        async with still.serving(url, tmp_path, clock=clock, **CALM) as service:
            made = await service.create(MODEL, {"prompt": "a fox"})
            async with asyncio.timeout(20):
                while f"storing {made.id} ended, and is taken up again later" not in caplog.text:
                    await let(service, clock, 10.0)
                    still.emulator.advance(10.0)
            away[0] = False
            assert set(await _rest(service, clock, still, HOUR)) == {State.SUCCEEDED}

    asyncio.run(go())
    gc.collect()
    assert "never retrieved" not in caplog.text
    judge(url, tmp_path / "files", still.emulator, number=1)


def _number(url: str) -> int:
    from tests.service.judge import look

    return len(look(url).rows)


@asynccontextmanager
async def _away(url: str) -> AsyncIterator[None]:
    """Postgres lets nobody in to this database."""
    server, _, rest = url.rpartition("/kie_")
    name, _, options = f"kie_{rest}".partition("?")
    with psycopg.connect(f"{server}/postgres?{options}", autocommit=True) as admin:
        admin.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS false'.encode())
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        try:
            yield
        finally:
            admin.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS true'.encode())


@pytest.mark.postgres
def test_postgres_is_gone_for_a_while(postgres_url: str, tmp_path: Path, still: Ground) -> None:
    async def go() -> None:
        clock = Hand()
        gone, back = asyncio.Event(), asyncio.Event()

        async def wait() -> None:
            gone.set()
            await back.wait()

        async with still.serving(postgres_url, tmp_path, clock=clock, **CALM) as service:
            for index in range(20):
                await service.create(MODEL, {"prompt": f"fox {index}"})
            tasks = _after_the_answer(service, wait)
            service.context.wake()
            await _until(lambda: _is(gone.is_set() or len(tasks) == 0))
            for index in range(20, 30):
                await service.create(MODEL, {"prompt": f"fox {index}"})
            await asyncio.wait_for(gone.wait(), 10)
            async with _away(postgres_url):
                back.set()  # answers come now, and cannot be written down
                with pytest.raises(StoreUnavailable):
                    await service.create(MODEL, {"prompt": "a cat"})
                assert (await service.hooks.take("a" * 32, b"{}"))[0] == 503
                await asyncio.sleep(1.0)
                sent = _posts(still)
                await asyncio.sleep(0.5)
                assert _posts(still) == sent, "it pays for what it cannot write down"
            await _until(lambda: _is(len(tasks) >= 10))
            counts = await _rest(service, clock, still, 6 * HOUR)
            assert counts == {State.SUCCEEDED: 30}

    asyncio.run(go())
    judge(postgres_url, tmp_path / "files", still.emulator, number=30)


# --------------------------------------------------------------------------------------------------------- the clock


def test_the_clock_of_the_machine_is_set() -> None:
    wall, steady = [1_000_000.0], [50.0]
    clock = Clock(lambda: wall[0], lambda: steady[0])
    for jump in (HOUR, -2 * HOUR, 365 * 24 * HOUR):
        wall[0] += jump
        steady[0] += 1.0
    assert clock() == 1_000_003.0


def test_another_clock_is_read_by_its_quickest_answer() -> None:
    steady = [50.0]
    clock = Clock(lambda: 1_000_000.0, lambda: steady[0])
    ways = iter([(0.3, 0.0), (0.001, 0.001), (0.0, 0.4)])  # there and back

    async def tell() -> float:
        there, back = next(ways)
        steady[0] += there
        told = 1_000_007.0 + steady[0] - 50.0
        steady[0] += back
        return told

    assert asyncio.run(clock.behind(tell)) == pytest.approx(7.0, abs=0.0005)


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
def test_the_clock_was_set_while_nothing_ran(database: str, tmp_path: Path, still: Ground, jump: float) -> None:
    async def go() -> None:
        clock = Hand()
        async with still.serving(database, tmp_path, clock=clock, **CALM) as service:
            for index in range(10):
                await service.create(MODEL, {"prompt": f"fox {index}"})
            await let(service, clock, 30.0)
            await service.accounts.pause("default", clock.now + 60.0, "person")
            for index in range(10, 20):
                await service.create(MODEL, {"prompt": f"fox {index}"})
            await let(service, clock, 15.0)
            assert await service.counts() == {State.WAITING: 10, State.HELD: 10}
        clock.now += jump
        async with still.serving(database, tmp_path, clock=clock, **CALM) as service:
            still.emulator.advance(600.0)
            counts = await _rest(service, clock, still, 1200.0)
            assert counts == {State.SUCCEEDED: 20}, "nothing waits for an hour because of a clock"

    asyncio.run(go())
    judge(database, tmp_path / "files", still.emulator, number=20)


def test_the_machine_sleeps_for_an_hour_while_a_request_is_under_way(
    database: str, tmp_path: Path, still: Ground
) -> None:
    """All leases have run out when it wakes: what is under way is taken for lost, until its answer comes."""

    async def go() -> None:
        clock = Hand()
        async with still.serving(database, tmp_path, clock=clock, **CALM) as service:

            async def sleep() -> None:
                clock.now += HOUR
                service.context.wake()
                await _until(lambda: _lost(service))

            tasks = _after_the_answer(service, sleep)
            made = await service.create(MODEL, {"prompt": "a fox"})
            await _until(lambda: _is(bool(tasks)))
            counts = await _rest(service, clock, still, 6 * HOUR)
            assert counts == {State.SUCCEEDED: 1}
            names = [happening.name async for happening in service.events(made.id)]
            assert names == ["created", "claimed", "lost", "accepted", "done", "stored"]
            with pytest.raises(InvalidInput):
                await service.resolve(made.id)

    asyncio.run(go())
    judge(database, tmp_path / "files", still.emulator, number=1)


async def _lost(service: Service) -> bool:
    return await service.counts() == {State.UNCERTAIN: 1}
