"""When to ask: seldom, and soon after the end; the schedule follows what was learned, and takes any text for a past."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kie.service.profile import DELAY, Profile, key_of

if TYPE_CHECKING:
    from collections.abc import Callable

PAST: dict[str, Callable[[random.Random], float]] = {
    "an image": lambda rng: 20 * math.exp(rng.gauss(0, 0.25)),
    "a video": lambda rng: 110 * math.exp(rng.gauss(0, 0.25)),
    "music": lambda rng: rng.uniform(60, 150),
    "two kinds": lambda rng: rng.gauss(40, 4) if rng.random() < 0.6 else rng.gauss(300, 30),
}


def _learned(kind: str, expect: float = 60.0) -> Profile:
    rng, profile = random.Random(1), Profile.new(expect)
    for _ in range(300):
        profile = profile.seen(PAST[kind](rng))
    return profile


@pytest.mark.parametrize("kind", PAST)
def test_half_the_questions_of_a_fixed_interval_at_no_longer_delay(kind: str) -> None:
    schedule, rng = _learned(kind).schedule(), random.Random(2)
    asks = delay = fixed_asks = fixed_delay = 0.0
    for _ in range(3000):
        took, elapsed = PAST[kind](rng), 0.0
        while elapsed < took:
            elapsed += schedule.after(elapsed)
            asks += 1
        delay += elapsed - took
        fixed_asks += math.ceil(took / 5)
        fixed_delay += math.ceil(took / 5) * 5 - took
    assert asks <= fixed_asks * 0.53
    assert delay <= fixed_delay * 1.05


@pytest.mark.parametrize("kind", PAST)
def test_what_is_expected_of_a_schedule_is_what_comes_of_it(kind: str) -> None:
    schedule, rng = _learned(kind).schedule(), random.Random(3)
    asks = 0
    for _ in range(3000):
        took, elapsed = PAST[kind](rng), 0.0
        while elapsed < took:
            elapsed += schedule.after(elapsed)
            asks += 1
    assert asks / 3000 == pytest.approx(schedule.asks, rel=0.25)
    assert schedule.delay == pytest.approx(DELAY, rel=0.35)


def test_before_anything_is_learned_the_typical_time_counts() -> None:
    assert 20 < Profile.new(100).schedule().times[0] < 80
    assert Profile.new(1000).schedule().times[0] > 200


def test_a_profile_follows_a_change() -> None:
    profile = _learned("an image")
    for _ in range(1500):
        profile = profile.seen(200.0)
    assert profile.schedule().asks < 4  # and not every three seconds from the tenth on


@given(st.floats(0, 1e6), st.integers(0, 50), st.floats(0, 5000))
def test_the_next_question_is_always_ahead_and_not_for_ever(took: float, many: int, elapsed: float) -> None:
    profile = Profile.new(60.0)
    for _ in range(many):
        profile = profile.seen(took)
    pause = profile.schedule().after(elapsed)
    assert 0 < pause <= max(60.0, profile.schedule().times[-1])


@given(st.one_of(st.none(), st.text(), st.lists(st.floats(), max_size=3).map(str)))
def test_any_text_is_a_past(text: str | None) -> None:
    assert Profile.read(text, 60.0).schedule().times


def test_what_is_written_is_read() -> None:
    profile = _learned("music")
    assert Profile.read(profile.dump(), 60.0).schedule() == profile.schedule()


def test_profiles_are_kept_apart_by_what_bears_on_the_time() -> None:
    assert key_of("m", {"prompt": "x", "duration": 5}) == "m duration=5"
    assert key_of("m", {"prompt": "x"}) == "m"
    assert key_of("m", {"duration": ["x"], "resolution": "1080p"}) == "m resolution=1080p"
