"""Balances: what two readings prove, and what is done about credits that run out, are spent by others, come back."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kie.emulator import Fault
from kie.service import moves
from kie.service.accounts import balance_rows
from kie.service.accounts.balance_rows import Judged
from kie.service.accounts.balances import Watch
from kie.service.accounts.changes import Changes
from kie.service.accounts.reconcile import Proof, Reading, What, judge
from kie.service.batches.moves import recount
from kie.service.machine import State
from kie.store.work import Statement
from tests.service.support import MODEL, PRICE, Ground

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from kie.service import Service
    from kie.store.work import Rows, Work

AMOUNTS = st.integers(0, 10**12)


@given(AMOUNTS, st.lists(AMOUNTS, max_size=5), st.lists(AMOUNTS, max_size=3), AMOUNTS, st.booleans())
def test_the_difference_proves_what_it_can_and_no_more(
    start: int,
    told: list[int],
    untold: list[int],
    foreign: int,
    known: bool,  # noqa: FBT001 - drawn
) -> None:
    """The world: tasks whose cost was told, tasks whose cost was not, and what others spent."""
    gone = sum(told) + sum(untold) + foreign
    before, after = Reading(0.0, start, 7), Reading(9.0, start - gone, 7 + sum(told))
    proof = judge(before, after, [str(number) for number in range(len(untold))], foreign=known)
    if not untold:
        assert proof == (Proof(What.SPENT, foreign) if foreign else Proof(What.AGREES, 0))
    elif len(untold) == 1 and not known:
        assert proof == Proof(What.COST, untold[0] + foreign)  # what nobody can tell apart
    else:
        assert proof.what is What.UNKNOWN


@given(AMOUNTS, AMOUNTS, st.integers(1, 10**12), st.integers(0, 2))
def test_credits_that_came_in_prove_no_cost(start: int, told: int, bought: int, open_: int) -> None:
    before, after = Reading(0.0, start, 0), Reading(9.0, start - told + bought, told)
    proof = judge(before, after, ["g"] * open_)
    assert proof == (Proof(What.UNKNOWN, 0) if open_ else Proof(What.CREDITED, bought))


# ------------------------------------------------------------------------------------- what follows, on both databases


class Shifted:
    """A clock that can be set forward."""

    def __init__(self) -> None:
        self.by = 0.0

    def __call__(self) -> float:
        return time.time() + self.by


async def _rows(service: Service, sql: str, *values: Any) -> Rows:
    def work() -> Work[Rows]:
        return (yield Statement(sql, values))

    return await service.database.write(work)


async def _alerts(service: Service) -> list[str]:
    return [kind for (kind,) in await _rows(service, "SELECT kind FROM alert ORDER BY number")]


async def _paused(service: Service, name: str = "default") -> None:
    async with asyncio.timeout(15):
        while (await service.accounts.show(name)).paused_why != "credits":  # noqa: ASYNC110 - it is not told
            await asyncio.sleep(0.02)


@contextlib.asynccontextmanager
async def _watched(ground: Ground, database: str, folder: Path) -> AsyncIterator[tuple[Service, Watch, Shifted]]:
    """A service whose balance was read once, and a watch that reads when the test says so."""
    clock = Shifted()
    async with ground.serving(database, folder, clock=clock) as service:
        async with asyncio.timeout(15):
            while (await service.accounts.show("default")).balance is None:  # noqa: ASYNC110 - it is not told
                await asyncio.sleep(0.02)
        yield service, Watch(service.context), clock


async def _quiet(watch: Watch) -> Judged:
    """Read until nothing is written in between: of a request that went late the limit hears a moment after it."""
    async with asyncio.timeout(10):
        while (found := await watch.read("default")) is None or not found.quiet:  # noqa: ASYNC110 - it is not told
            await asyncio.sleep(0.05)
    return found


async def _unpriced(service: Service, **given: Any) -> str:
    """Ask for a generation whose price is not known."""
    request = service.prepare(MODEL, {"prompt": "a fox", **given})._replace(estimate=None)
    name, _ = await service.database.write(lambda: moves.create(request, service.context.clock()))
    service.context.wake()
    await service.wait(name, 20)
    return name


@pytest.fixture
def silent() -> Iterator[Ground]:
    """A vendor whose records do not say what a task cost, as they were in April 2026."""
    made = Ground(quirks=["record-2026-04"])
    yield made
    made.close()


def test_a_cost_that_nobody_told_is_taken_from_the_balance(database: str, tmp_path: Path, silent: Ground) -> None:
    async def go() -> None:
        async with _watched(silent, database, tmp_path) as (service, watch, clock):
            await service.set_budget("default", "total", 100)
            known = await service.create(MODEL, {"prompt": "a cat"})
            await service.wait(known.id, 20)
            name = await _unpriced(service)
            made = await service.get(name)
            assert (str(made.cost), made.cost_from) == ("0", "unknown")
            early = await watch.read("default")
            assert early == Judged()  # the vendor may not have settled it yet
            clock.by += 20
            assert await _quiet(watch) == Judged(quiet=True, proof=Proof(What.COST, PRICE * 10**6))
            made = await service.get(name)
            assert (str(made.cost), made.cost_from) == (str(PRICE), "balance")
            assert (await service.get(known.id)).cost_from == "rule"
            assert (await service.balance())["spent"] == (await service.balance("default"))["spent"] == 2 * PRICE
            entries = await _rows(
                service, "SELECT kind, amount, source FROM entry WHERE generation = ? ORDER BY number", name
            )
            assert entries == [
                ("hold", 0, "estimate"),
                ("release", 0, "settled"),
                ("settle", 0, "unknown"),
                ("adjust", PRICE * 10**6, "balance"),
            ]
            assert await _rows(service, "SELECT used FROM budget") == [(2 * PRICE * 10**6,)]
            assert [each.name async for each in service.events(name)][-1] == "priced"
            assert await _quiet(watch) == Judged(quiet=True, proof=Proof(What.AGREES, 0))
            assert silent.spent() == 2 * PRICE
            assert await _alerts(service) == []

    asyncio.run(go())


def test_what_cannot_be_told_apart_stays_unknown_and_is_told(database: str, tmp_path: Path, silent: Ground) -> None:
    async def go() -> None:
        async with _watched(silent, database, tmp_path) as (service, watch, clock):
            names = [await _unpriced(service) for _ in range(2)]
            clock.by += 20
            found = await _quiet(watch)
            assert found == Judged(quiet=True, proof=Proof(What.UNKNOWN, 2 * PRICE * 10**6))
            for name in names:
                made = await service.get(name)
                assert (str(made.cost), made.cost_from) == ("0", "unknown")
            [(text, data)] = await _rows(service, "SELECT text, data FROM alert WHERE kind = 'cost-unknown'")
            assert all(name in text for name in names)
            assert json.loads(data)["credits"] == str(2 * PRICE)
            assert await _quiet(watch) == Judged(quiet=True, proof=Proof(What.AGREES, 0))
            assert await _alerts(service) == ["cost-unknown"]

    asyncio.run(go())


def test_what_others_spend_is_told_once_and_proves_nothing_afterwards(
    database: str, tmp_path: Path, silent: Ground
) -> None:
    async def go() -> None:
        async with _watched(silent, database, tmp_path) as (service, watch, clock):
            ledger = silent.emulator.world.ledger
            first, failed = 7, []
            for amount in (first, 5):
                bad = await service.create(MODEL, {"prompt": "emu:fail=501"})
                await service.wait(bad.id, 20)
                failed.append([bad.id])
                ledger.charge(0.0, Decimal(amount))
                clock.by += 60
                assert await _quiet(watch) == Judged(quiet=True, proof=Proof(What.SPENT, amount * 10**6))
                if amount == first:
                    assert await _alerts(service) == []
                await watch.read("default")
                assert await _alerts(service) == ["drift"]
            name = await _unpriced(service)
            clock.by += 20
            assert await _quiet(watch) == Judged(quiet=True, proof=Proof(What.UNKNOWN, PRICE * 10**6))
            assert (await service.get(name)).cost_from == "unknown"
            clock.by += 86400
            ledger.charge(0.0, Decimal(1))
            await watch.read("default")
            told = await _rows(service, "SELECT data FROM alert WHERE kind = 'drift' ORDER BY number")
            assert [json.loads(data)["credits"] for (data,) in told] == ["7", "6"]
            assert [json.loads(data)["failed_meanwhile"] for (data,) in told] == failed
            ledger.grant(0.0, Decimal(1000))
            assert await _quiet(watch) == Judged(quiet=True, proof=Proof(What.CREDITED, 1000 * 10**6))
            assert await _alerts(service) == ["drift", "cost-unknown", "drift"]

    asyncio.run(go())


def test_a_price_that_is_given_back_late_is_no_news(database: str, tmp_path: Path, silent: Ground) -> None:
    async def go() -> None:
        async with _watched(silent, database, tmp_path) as (service, watch, clock):
            ledger = silent.emulator.world.ledger
            ledger.charge(0.0, Decimal(PRICE))  # of a task that has failed
            assert await _quiet(watch) == Judged(quiet=True, proof=Proof(What.SPENT, PRICE * 10**6))
            ledger.grant(0.0, Decimal(PRICE))
            for _ in range(2):
                await watch.read("default")
            assert await _alerts(service) == []
            name = await _unpriced(service)
            clock.by += 20
            await watch.read("default")
            assert (await service.get(name)).cost_from == "balance"

    asyncio.run(go())


def test_a_reading_proves_nothing_while_something_is_on_its_way(database: str, tmp_path: Path) -> None:
    ground = Ground(clock="frozen")

    async def go() -> None:
        async with _watched(ground, database, tmp_path) as (service, watch, clock):
            made = await service.create(MODEL, {"prompt": "a fox"})
            async with asyncio.timeout(15):
                while (await service.get(made.id)).state is not State.WAITING:  # noqa: ASYNC110 - it may be skipped
                    await asyncio.sleep(0.02)
            clock.by += 20
            assert await watch.read("default") == Judged()  # the vendor holds the price, the ledger has spent nothing
            assert (await service.accounts.show("default")).balance == 10**6 - PRICE
            [(check,)] = await _rows(service, "SELECT check_at FROM account")
            assert 0 < check - service.context.clock() <= 60
            before = await service.database.write(lambda: balance_rows.look("default", service.context.clock()))
            await asyncio.to_thread(ground.emulator.advance, 3600)
            await service.wait(made.id, 20)
            clock.by += 20
            # It ended between the two looks: the balance that was read in between is of no moment that is known.
            left = 10**12 - PRICE * 10**6
            found = await service.database.write(
                lambda: balance_rows.judged("default", before, left, service.context.clock())
            )
            assert not found.quiet
            assert await _quiet(watch) == Judged(quiet=True, proof=Proof(What.AGREES, 0))
            assert await _alerts(service) == []

    try:
        asyncio.run(go())
    finally:
        ground.close()


def test_what_was_sent_and_ended_while_the_vendor_was_asked_is_noticed(
    database: str, tmp_path: Path, ground: Ground
) -> None:
    async def go() -> None:
        async with _watched(ground, database, tmp_path) as (service, _, clock):
            before = await service.database.write(lambda: balance_rows.look("default", service.context.clock()))
            assert before.quiet
            made = await service.create(MODEL, {"prompt": "a fox"})
            await service.wait(made.id, 20)
            clock.by += 20
            found = await service.database.write(
                lambda: balance_rows.judged("default", before, 10**12, service.context.clock())
            )
            assert found == Judged()

    asyncio.run(go())


def test_an_account_without_credits_rests_and_comes_back_with_them(database: str, tmp_path: Path) -> None:
    ground = Ground(credits=2 * PRICE - 1)

    async def go() -> None:
        async with _watched(ground, database, tmp_path) as (service, watch, _):
            first = await service.create(MODEL, {"prompt": "a fox"})
            await service.wait(first.id, 20)
            made = [await service.create(MODEL, {"prompt": f"fox {number}"}) for number in range(5)]
            await _paused(service)
            await asyncio.sleep(0.3)
            for _ in range(2):
                assert not (await watch.read("default") or Judged()).resumed
            until = (await service.accounts.show("default")).paused_until
            assert until is not None
            assert until > service.context.clock() + 60
            assert {(await service.get(each.id)).state for each in made} == {State.HELD}
            ground.emulator.world.ledger.grant(0.0, Decimal(1000))
            assert (await watch.read("default") or Judged()).resumed
            for each in made:
                assert (await service.wait(each.id, 20)).state is State.SUCCEEDED
            alerts = await _alerts(service)
            assert sorted(alerts) == ["credits", "credits-back"]
            assert (await service.accounts.show("default")).paused_why is None

    try:
        asyncio.run(go())
    finally:
        ground.close()


def test_what_the_balance_still_covers_is_sent(database: str, tmp_path: Path) -> None:
    ground = Ground(credits=PRICE - 1)

    async def go() -> None:
        async with _watched(ground, database, tmp_path) as (service, watch, _):
            dear = await service.create(MODEL, {"prompt": "a fox"})
            await _paused(service)
            await watch.read("default")
            assert (await service.accounts.show("default")).paused_why == "credits"
            cheap = await service.create("nano-banana-2", {"prompt": "a fox", "resolution": "1K"})
            assert cheap.estimate is not None
            assert cheap.estimate < PRICE
            assert (await watch.read("default") or Judged()).resumed
            assert (await service.wait(cheap.id, 20)).state is State.SUCCEEDED
            assert (await service.get(dear.id)).state in {State.HELD, State.SUBMITTING}

    try:
        asyncio.run(go())
    finally:
        ground.close()


def test_what_was_refused_is_not_tried_again_with_the_same_balance(
    database: str, tmp_path: Path, ground: Ground
) -> None:
    """The vendor wants more than the price that is known: by our reckoning the balance would do."""
    ground.emulator.add_fault(Fault("create", "402"))

    async def go() -> None:
        async with _watched(ground, database, tmp_path) as (service, watch, _):
            made = await service.create(MODEL, {"prompt": "a fox"})
            await _paused(service)
            for _ in range(3):
                assert not (await watch.read("default") or Judged()).resumed
            assert (await service.get(made.id)).state is State.HELD
            ground.emulator.world.ledger.grant(0.0, Decimal(1))
            assert (await watch.read("default") or Judged()).resumed
            assert (await service.wait(made.id, 20)).state is State.SUCCEEDED

    asyncio.run(go())


def test_a_balance_below_its_threshold_is_told_once(database: str, tmp_path: Path) -> None:
    ground = Ground(credits=100)

    async def go() -> None:
        async with _watched(ground, database, tmp_path) as (service, watch, _):
            ledger = ground.emulator.world.ledger
            await service.accounts.change("default", Changes(alert_below=50))
            low = 0
            for change, told in ((0, 0), (-51, 1), (-9, 1), (100, 1), (-95, 2)):
                if change > 0:
                    ledger.grant(0.0, Decimal(change))
                else:
                    ledger.charge(0.0, Decimal(-change))
                await watch.read("default")
                low = (await _alerts(service)).count("balance-low")
                assert low == told

    try:
        asyncio.run(go())
    finally:
        ground.close()


def test_a_vendor_that_does_not_answer_is_asked_again(database: str, tmp_path: Path, ground: Ground) -> None:
    async def go() -> None:
        async with _watched(ground, database, tmp_path) as (service, watch, _):
            await service.accounts.change("default", Changes(base_url="http://localhost:9"))
            before = await service.accounts.show("default")
            assert await watch.read("default") is None
            assert (await service.accounts.show("default")).balance == before.balance
            [(check,)] = await _rows(service, "SELECT check_at FROM account")
            assert 60 < check - service.context.clock() <= balance_rows.AGAIN

    asyncio.run(go())


def test_a_balance_is_read_by_one_worker_and_sooner_when_there_is_work(database: str, tmp_path: Path) -> None:
    ground = Ground(clock="frozen")

    async def go() -> None:
        async with _watched(ground, database, tmp_path) as (service, _, clock):

            async def claim() -> list[str]:
                now = service.context.clock()
                return await service.database.write(lambda: balance_rows.claim(["default"], 8, now))

            async def due() -> float:
                [(check,)] = await _rows(service, "SELECT check_at FROM account")
                return float(check - service.context.clock())

            assert 600 < await due() <= balance_rows.IDLE
            assert await claim() == []
            made = await service.create(MODEL, {"prompt": "a fox"})
            async with asyncio.timeout(15):
                while (await service.get(made.id)).state is not State.WAITING:  # noqa: ASYNC110 - it may be skipped
                    await asyncio.sleep(0.02)
            assert await claim() == []
            assert await due() <= balance_rows.BUSY
            await service.worker.stop()
            clock.by += 61
            assert [await claim(), await claim()] == [["default"], []]
            await service.accounts.suspend("default", retire=True)
            clock.by += 3600
            assert await claim() == []

    try:
        asyncio.run(go())
    finally:
        ground.close()


def test_a_batch_has_spent_what_the_balance_tells(
    database: str, tmp_path: Path, silent: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def go() -> None:
        async with _watched(silent, database, tmp_path) as (service, watch, clock):
            monkeypatch.setattr(type(service.context.core), "estimate", lambda *_: None)
            made = await service.batch([{"prompt": "a fox"}], MODEL)
            assert (await service.batches.wait(made.id, 20)).spent == 0
            clock.by += 20
            assert (await watch.read("default") or Judged()).proof == Proof(What.COST, PRICE * 10**6)
            assert (await service.batches.get(made.id)).spent == PRICE
            assert not await service.database.write(lambda: recount(made.id, clock()))

    asyncio.run(go())
