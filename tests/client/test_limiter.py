"""The vendor's limits are kept on this side, by all threads and all tasks of a client together, and used in full."""

from __future__ import annotations

import asyncio
import threading
from bisect import bisect_left, insort
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kie import AsyncKie, Kie, Limiter, errors
from kie.client.transport import Interrupted
from tests.client.stub import BASE, KEY, MODEL, AsyncStub, Clock, Stub, created, envelope, record

if TYPE_CHECKING:
    from collections.abc import Iterable

INPUT = {"prompt": "x"}


def _most(times: Iterable[float], window: float) -> int:
    """Return the greatest number of moments in any window that is closed at its beginning and open at its end."""
    moments = sorted(times)
    return max(bisect_left(moments, t + window) - i for i, t in enumerate(moments))


@given(
    creates=st.integers(1, 30),
    window=st.floats(0.1, 60),
    gaps=st.lists(st.one_of(st.just(0.0), st.floats(0, 0.05), st.floats(0, 20)), min_size=1, max_size=120),
)
def test_never_too_many(creates: int, window: float, gaps: list[float]) -> None:
    """However the creates come, no window ever holds more than allowed."""
    limiter = Limiter(creates, window)
    now = 1000.0
    sent: list[float] = []
    for gap in gaps:
        now += gap
        delay = limiter.reserve(now)
        assert delay >= 0
        insort(sent, now + delay)
    assert _most(sent, window) <= creates


@given(late=st.lists(st.floats(0, 0.49), min_size=60, max_size=60))
def test_margin(late: list[float]) -> None:
    """What is sent up to half a second late still keeps the limit: the window has a margin."""
    limiter = Limiter()
    sent = [1000.0 + limiter.reserve(1000.0) + delay for delay in late]
    assert _most(sent, 10.0) <= 20


def test_used_in_full() -> None:
    """A queue that never empties is served at 95 % of the limit at least."""
    limiter = Limiter()
    count = 2000
    last = max(limiter.reserve(0.0) for _ in range(count))
    assert count / last * 10 >= 0.95 * 20


def test_first_burst_is_immediate() -> None:
    """Twenty creates go out at once; the next waits for the first to leave the window."""
    limiter = Limiter()
    assert [limiter.reserve(5.0) for _ in range(20)] == [0.0] * 20
    assert limiter.reserve(5.0) == pytest.approx(10.5)
    assert limiter.reserve(40.0) == 0


@given(moments=st.lists(st.floats(0, 100), min_size=1, max_size=50).map(sorted), paused=st.floats(0, 60))
def test_pause(moments: list[float], paused: float) -> None:
    """After a refusal no slot is handed out before its time; a shorter pause never takes back a longer one."""
    limiter = Limiter()
    limiter.pause(0.0, paused)
    limiter.pause(0.0, paused / 2)
    assert all(now + limiter.reserve(now) >= paused - 1e-9 for now in moments)


def test_no_limit() -> None:
    """Both limits can be switched off; none can be nought."""
    limiter = Limiter(creates=None, concurrency=None)
    assert {limiter.reserve(0.0) for _ in range(100)} == {0.0}
    assert all(limiter.enter(0.0, 9.0)[0] for _ in range(300))
    for bad in (0, -1):
        with pytest.raises(ValueError, match="at least 1"):
            Limiter(creates=bad)
        with pytest.raises(ValueError, match="at least 1"):
            Limiter(concurrency=bad)


# ------------------------------------------------------------------------------------------------- tasks under way


def test_concurrency() -> None:
    """A place is given back at the end, once, or by itself after its time."""
    limiter = Limiter(concurrency=2)
    first, _ = limiter.enter(0.0, 100.0)
    second, _ = limiter.enter(0.0, 50.0)
    assert first != second
    none, delay = limiter.enter(0.0, 100.0)
    assert (none, limiter.under_way) == (0, 2)
    assert 0 < delay <= 1
    limiter.leave(first)
    limiter.leave(first)
    third, _ = limiter.enter(1.0, 100.0)
    assert third
    assert not limiter.enter(49.9, 100.0)[0]
    assert limiter.enter(50.0, 100.0)[0]
    limiter.leave(0)
    assert limiter.under_way == 2


def test_places_come_back(clock: Clock) -> None:
    """Success, failure and an error at creation all give the place back; what nobody asks for keeps it for a while."""
    limiter = Limiter(concurrency=1)

    def kie(*script: Any) -> Kie:
        return Kie(KEY, base_url=BASE, transport=Stub(*script), limiter=limiter)

    begun = clock.now
    kie(created(), record()).run(MODEL, INPUT)
    with pytest.raises(errors.TaskFailed):
        kie(created(), record("fail")).run(MODEL, INPUT)
    for fault in (Interrupted("reset"), envelope(402), envelope(500), KeyboardInterrupt()):
        with pytest.raises((errors.KieError, KeyboardInterrupt)):
            kie(fault).submit(MODEL, INPUT)
    assert limiter.under_way == 0
    assert clock.now - begun < 60

    kie(created()).submit(MODEL, INPUT)
    begun = clock.now
    kie(created()).submit(MODEL, INPUT)
    assert clock.now - begun == pytest.approx(2 * 60, abs=0.3)


def test_retries_keep_the_limit(clock: Clock) -> None:
    """A create that is sent again takes a slot again."""
    sent: list[float] = []

    def answer(_: object) -> Any:
        sent.append(clock.now)
        return envelope(429, retry_after="0.1") if len(sent) % 3 else created()

    kie = Kie(KEY, base_url=BASE, transport=Stub(answer))
    for _ in range(30):
        kie.submit(MODEL, INPUT)
    assert len(sent) == 90
    assert _most(sent, 10.0) <= 20


def test_a_refusal_holds_all_back(clock: Clock) -> None:
    """What one call is told to wait, all that share its limits wait; polls are not held back."""
    limiter = Limiter()
    begun = clock.now
    stub = Stub(envelope(429, retry_after="30"), created(), record("waiting"))
    kie = Kie(KEY, base_url=BASE, transport=stub, limiter=limiter)
    kie.submit(MODEL, INPUT)
    assert limiter.reserve(begun) == pytest.approx(30)
    limiter.pause(clock.now, 30)
    kie.task(MODEL, "t1").refresh()
    assert clock.now - begun == pytest.approx(30, abs=0.01)


# ----------------------------------------------------------------------------------------------- threads and tasks


def test_threads() -> None:
    """Threads that share a client share its limits; in real time, with a short window."""
    import time

    sent: list[float] = []

    def answer(_: object) -> Any:
        sent.append(time.monotonic())
        return created(f"t{len(sent)}")

    kie = Kie(KEY, base_url=BASE, transport=Stub(answer), limiter=Limiter(5, 0.2, None))

    def work() -> None:
        for _ in range(4):
            kie.submit(MODEL, INPUT)

    threads = [threading.Thread(target=work) for _ in range(8)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sent) == 32
    assert all(moment >= begun + n // 5 * 0.2 for n, moment in enumerate(sorted(sent)))  # late they may be, early never


def test_reserved_by_threads() -> None:
    """Slots reserved by many threads at once are as apart as those of one."""
    limiter = Limiter(3, 1.0)
    slots: list[float] = []

    def work() -> None:
        for _ in range(200):
            slots.append(limiter.reserve(0.0))  # noqa: PERF401 - one at a time is the point

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _most(slots, 1.0) <= 3
    assert max(slots) == pytest.approx((1600 // 3) * 1.05)


def test_event_loop(clock: Clock) -> None:
    """Tasks of an event loop share the limits too, and places under way are waited for."""
    limiter = Limiter(4, 2.0, 6)

    async def run() -> None:
        stub = AsyncStub(lambda request: created() if request.method == "POST" else record())
        async with AsyncKie(KEY, base_url=BASE, transport=stub, limiter=limiter) as kie:
            results = await asyncio.gather(*[kie.run(MODEL, INPUT) for _ in range(25)])
        assert len(results) == 25

    asyncio.run(run())
    assert limiter.under_way == 0
