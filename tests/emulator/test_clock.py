"""Virtual time: four ways for it to pass."""

from __future__ import annotations

import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kie.emulator.clock import Clock, parse_mode
from tests.emulator.support import Receiver, Served


def _clock(mode: str, start: float | None = 1000.0) -> Clock:
    return Clock(mode, threading.RLock(), start)


@pytest.mark.parametrize("mode", ["fast", "scaled:0", "scaled:-1", "scaled:x", "real:2", ""])
def test_wrong_modes_are_refused(mode: str) -> None:
    with pytest.raises(ValueError, match=r"clock|float"):
        parse_mode(mode)


def test_frozen_time_stands_still_until_it_is_advanced() -> None:
    clock = _clock("frozen")
    seen: list[float] = []
    clock.schedule(1010, seen.append)
    time.sleep(0.02)
    assert clock.now() == 1000
    assert clock.run_due() == 0
    assert clock.advance(9.5) == 0
    assert clock.advance(1) == 1
    assert seen == [1010]
    assert clock.now() == 1010.5


@given(st.lists(st.floats(0, 500), max_size=20), st.floats(0, 600))
def test_advance_runs_exactly_what_is_due_in_order(delays: list[float], seconds: float) -> None:
    clock = _clock("frozen")
    seen: list[float] = []
    for delay in delays:
        clock.schedule(1000 + delay, seen.append)
    clock.advance(seconds)
    assert seen == sorted(seen)
    assert clock.now() == pytest.approx(1000 + seconds)
    assert len(seen) == sum(1000 + delay <= clock.now() for delay in delays)


def test_events_may_plan_further_events() -> None:
    clock = _clock("frozen")
    seen: list[float] = []

    def again(at: float) -> None:
        seen.append(at)
        if len(seen) < 5:
            clock.schedule(at + 10, again)

    clock.schedule(1010, again)
    clock.advance(35)
    assert seen == [1010, 1020, 1030]


def test_scaled_time_runs_by_itself() -> None:
    clock = _clock("scaled:1000")
    done = threading.Event()
    clock.schedule(1050, lambda _at: done.set())
    assert done.wait(2)
    assert clock.now() >= 1050
    clock.close()


def test_jump_moves_by_itself_when_nobody_asks() -> None:
    clock = _clock("jump")
    done = threading.Event()
    clock.schedule(1000 + 86400, lambda _at: done.set())
    assert done.wait(2)
    assert clock.now() >= 1000 + 86400
    clock.close()


def test_in_jump_the_first_question_finds_the_task_done() -> None:
    with Served() as served:
        began = time.monotonic()
        task = served.client.create("kling/v2-1-master-text-to-video", prompt="x")
        record = served.client.record(task)
        assert record["state"] == "success"
        assert record["costTime"] > 30
        assert time.monotonic() - began < 2


def test_in_jump_callbacks_come_without_any_question() -> None:
    with Receiver() as receiver, Served() as served:
        served.client.create("nano-banana-pro", receiver.url, prompt="x")
        assert receiver.wait(1)


def test_states_as_documented() -> None:
    with Served(clock="frozen", quirks=["states-documented"]) as served:
        task = served.client.create("nano-banana-pro", prompt="x")
        states = []
        for _ in range(80):
            states.append(served.client.record(task)["state"])
            served.emulator.advance(0.5)
        assert list(dict.fromkeys(states)) == ["waiting", "queuing", "generating", "success"]


def test_real_time_makes_clients_wait() -> None:
    with Served(clock="real") as served:
        task = served.client.create("nano-banana-pro", prompt="x")
        assert served.client.record(task)["state"] == "waiting"


def test_the_same_seed_gives_the_same_world() -> None:
    def story(seed: int) -> tuple[object, ...]:
        with Served(seed=seed, clock="frozen", start=1.7e9, base_url="http://files.test") as served:
            task = served.client.create("nano-banana-pro", prompt="x")
            served.emulator.advance(300)
            return task, served.client.record(task)

    assert story(1) == story(1)
    assert story(1) != story(2)


def test_an_advance_waits_for_callbacks_and_no_event_overtakes_them() -> None:
    clock = _clock("frozen")
    seen: list[str] = []
    under_way = [False]

    def send(at: float) -> None:
        seen.append("sent")
        under_way[0] = True

    def arrive() -> None:
        seen.append("arrived")
        under_way[0] = False
        clock.schedule(1040, lambda _at: seen.append("again"))

    clock.horizon = lambda: 1030.0 if under_way[0] else float("inf")
    clock.settle = arrive
    clock.schedule(1000, send)
    clock.schedule(1020, lambda _at: seen.append("before"))
    clock.schedule(1050, lambda _at: seen.append("after"))
    clock.advance(60)
    assert seen == ["sent", "before", "arrived", "again", "after"]
    assert clock.now() == 1060


def test_a_jump_loses_patience_with_a_callback_that_never_arrives() -> None:
    clock = _clock("jump")
    clock.horizon = lambda: 1000.0
    done = threading.Event()
    clock.schedule(2000, lambda _at: done.set())
    assert not done.wait(0.1)
    assert done.wait(5)
    clock.close()


def test_jump_to_runs_what_lies_before_and_never_goes_back() -> None:
    clock = _clock("frozen")
    seen: list[float] = []
    for at in (1005, 1010, 1015):
        clock.schedule(at, seen.append)
    clock.jump_to(1012)
    assert (seen, clock.now()) == ([1005, 1010], 1012)
    clock.jump_to(1001)
    assert clock.now() == 1012
