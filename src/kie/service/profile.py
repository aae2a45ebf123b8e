"""When to ask: from how long the tasks of a model took before, the times at which asking pays.

The past is a histogram of durations on a logarithmic scale, in which what is old fades. From it a schedule is found
that asks least often for a wanted mean delay between a task's end and its being seen: the exact optimum over a grid of
times, by dynamic programming. Before anything was learned, the typical time of the catalogue stands in for the past.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kie.store.work import Work

__all__ = ["DELAY", "Profile", "Profiles", "Schedule", "key_of", "learn", "schedule"]

#: The wanted mean delay in seconds: a little less than that of asking every five seconds, which is two and a half. Less
#: costs questions: with 2.28 a video was asked for more than half as often as every five seconds.
DELAY = 2.4
#: Bins: the first ends at 0.05 s, each is a twelfth longer; the last begins beyond two hours.
_FIRST, _RATIO, _BINS = 0.05, 1.08, 160
_EDGES = tuple(_FIRST * _RATIO**number for number in range(_BINS))
#: Above so many tasks all counts are halved, so that the profile follows a change.
_MOST = 400.0
#: How many tasks the typical time of the catalogue weighs as much as, and how far real tasks stray from it.
_PRIOR, _SPREAD = 4.0, 0.45
#: A task that is not done when so many are is asked for, callbacks or not, after so many seconds of grace.
_NEARLY, _GRACE = 0.98, 10.0
#: Points of the grid.
_POINTS = 90
#: Seconds for which a profile is used before it is read again.
_FRESH = 60.0
#: Inputs on which the time of a task depends most: they have profiles of their own.
_INPUTS = ("resolution", "duration", "n_frames", "quality", "size", "num_images", "mode")


def key_of(model: str, given: dict[str, object]) -> str:
    """Name the profile of a request: its model, and those of its inputs that bear on the time."""
    told = [f"{name}={given[name]}" for name in _INPUTS if isinstance(given.get(name), (str, int, float))]
    return " ".join([model, *told])[:200]


class Profile(NamedTuple):
    """How long tasks took.

    Attributes:
        counts: tasks by bin, faded.
        expect: the typical time in seconds where nothing is known, by the catalogue.

    """

    counts: tuple[float, ...]
    expect: float

    @classmethod
    def new(cls, expect: float) -> Profile:
        """Return a profile of nothing but a typical time."""
        return cls((0.0,) * (_BINS + 1), expect)

    @classmethod
    def read(cls, text: str | None, expect: float) -> Profile:
        """Read what ``dump`` wrote; anything else is an empty profile."""
        try:
            held = json.loads(text or "")
            counts = tuple(float(count) for count in held)
        except (ValueError, TypeError):
            return cls.new(expect)
        fits = len(counts) == _BINS + 1 and all(0 <= count < math.inf for count in counts)
        return cls(counts, expect) if fits else cls.new(expect)

    def dump(self) -> str:
        """Write the counts as JSON."""
        return json.dumps([round(count, 2) for count in self.counts])

    def seen(self, seconds: float) -> Profile:
        """Return the profile with one more task that took so long."""
        counts = list(self.counts)
        counts[bisect_right(_EDGES, max(0.0, seconds))] += 1
        if sum(counts) > _MOST:
            counts = [count / 2 for count in counts]
        return self._replace(counts=tuple(counts))

    def schedule(self, delay: float = DELAY) -> Schedule:
        """Return the times at which to ask, for a wanted mean delay in seconds."""
        # A profile that has hardly changed keeps its schedule: it is a matter of a hundredth of a second to find.
        coarse = tuple(round(count) if count < 10 else round(count, -1) for count in self.counts)  # noqa: PLR2004
        return schedule(coarse, self.expect, delay)


def learn(seen: Mapping[str, tuple[float, Sequence[float]]]) -> Work[None]:
    """Note how long tasks took, in the database: for each key the typical time by the catalogue, and the seconds."""
    for key in sorted(seen):  # always in one order, so that two workers do not lock each other out
        expect, durations = seen[key]
        rows = yield Statement("SELECT counts FROM profile WHERE name = ?{for_update}", (key,))
        profile = Profile.read(rows[0][0] if rows else None, expect)
        for seconds in durations:
            profile = profile.seen(seconds)
        yield Statement(
            "INSERT INTO profile (name, counts) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET counts = excluded.counts",
            (key, profile.dump()),
        )


class Profiles:
    """The profiles that a worker uses, read again from the database every minute.

    Args:
        pace: factor on the typical times of the catalogue (an emulator with a fast clock sets it below 1).

    """

    def __init__(self, pace: float = 1.0) -> None:
        self._pace = pace
        self._known: dict[str, tuple[Profile, float]] = {}
        self._seen: dict[str, tuple[float, list[float]]] = {}

    def note(self, key: str, seconds: float, expect: float) -> None:
        """Note how long a task took; it is written with others, by ``learned``."""
        self._seen.setdefault(key, (expect * self._pace, []))[1].append(seconds)

    def learned(self) -> dict[str, tuple[float, list[float]]]:
        """Return what was noted since the last time."""
        seen, self._seen = self._seen, {}
        return seen

    def missing(self, keys: Iterable[str], now: float) -> list[str]:
        """Tell which profiles are to be read."""
        return [key for key in set(keys) if key not in self._known or self._known[key][1] < now - _FRESH]

    def read(self, wanted: dict[str, float], now: float) -> Work[None]:
        """Read profiles: ``wanted`` gives the typical time of each, by the catalogue."""
        for key, expect in wanted.items():
            rows = yield Statement("SELECT counts FROM profile WHERE name = ?", (key,))
            self._known[key] = Profile.read(rows[0][0] if rows else None, expect * self._pace), now

    def after(self, key: str, elapsed: float, *, called: bool = False) -> float:
        """Return the seconds until the next question of a task that has been under way for ``elapsed`` seconds.

        Where callbacks come (``called``), only those that are missing are asked for.
        """
        profile = self._known.get(key)
        if profile is None:
            return (60.0 if called else 5.0) * self._pace
        schedule = profile[0].schedule(DELAY * self._pace)
        return max(0.02, schedule.seldom(elapsed, self._pace) if called else schedule.after(elapsed))


class Schedule(NamedTuple):
    """When to ask, in seconds after the submission.

    Attributes:
        times: the questions.
        asks: how many of them are to be expected for a task.
        delay: seconds from its end to its being seen, on the mean.
        late: the time by which nearly all tasks are done.

    """

    times: tuple[float, ...]
    asks: float
    delay: float
    late: float = 0.0

    def seldom(self, elapsed: float, pace: float = 1.0) -> float:
        """Return the seconds until the next question where a callback is to be expected: when it must have come."""
        due = self.late + _GRACE * pace
        return due - elapsed if elapsed < due else max(_GRACE * pace, elapsed * 0.3)

    def after(self, elapsed: float) -> float:
        """Return the seconds until the next question of a task that has been under way for ``elapsed`` seconds."""
        place = bisect_right(self.times, elapsed * 1.001 + 0.001)
        if place < len(self.times):
            return self.times[place] - elapsed
        return min(60.0, max(5.0, elapsed * 0.1))  # later than nearly all before it: nobody knows


def _distribution(counts: tuple[float, ...], expect: float, delay: float) -> tuple[list[float], list[float]]:
    """Return the grid of times and the share of tasks that are done by each."""
    weights = list(counts)
    centre = math.log(max(expect, _FIRST))
    shares = [_normal((math.log(edge) - centre) / _SPREAD) for edge in _EDGES]
    prior = [shares[0], *(b - a for a, b in pairwise(shares)), 1 - shares[-1]]
    weights = [weight + _PRIOR * share for weight, share in zip(weights, prior, strict=True)]
    total = sum(weights)
    done = [value / total for value in accumulate(weights)][:-1]
    # Points where the share grows, and points in the long tail, where it hardly does.
    wanted = [_inverse(done, number / _POINTS * 0.99) for number in range(1, _POINTS)]
    start, end = _inverse(done, 0.002), max(_inverse(done, 0.998), 2 * _FIRST)
    wanted += [start * (end / start) ** (number / _POINTS) for number in range(_POINTS + 1)]
    times = [0.0]
    for at in sorted(wanted):
        if at - times[-1] >= max(0.25 * delay / DELAY, at * 0.006):
            times.append(at)
    return times, [_share(done, at) for at in times]


def _normal(x: float) -> float:
    return 0.5 * (1 + math.erf(x / math.sqrt(2)))


def _share(done: list[float], at: float) -> float:
    """The share of tasks that are done by a time; even within a bin."""
    place = bisect_right(_EDGES, at)
    low, high = (0.0 if place == 0 else _EDGES[place - 1]), _EDGES[min(place, _BINS - 1)]
    before = 0.0 if place == 0 else done[place - 1]
    after = done[min(place, _BINS - 1)]
    return before + (after - before) * (min(1.0, (at - low) / (high - low)) if high > low else 1.0)


def _inverse(done: list[float], share: float) -> float:
    """The time by which a share of tasks is done."""
    place = bisect_right(done, share)
    if place >= len(done):
        return _EDGES[-1]
    low, before = (0.0, 0.0) if place == 0 else (_EDGES[place - 1], done[place - 1])
    part = (share - before) / (done[place] - before) if done[place] > before else 1.0
    return low + (_EDGES[place] - low) * part


def _best(times: list[float], shares: list[float], price: float) -> Schedule:
    """Find the questions that cost least, a question costing as much as ``price`` seconds of delay.

    From the last point back: what is best after having asked at a point does not depend on how one came there.
    """
    points = len(times)
    # Sums over the tasks that end up to a point: how many, and their times (taken at the middle of each step).
    steps = zip(times, times[1:], shares, shares[1:], strict=False)
    moments = [0.0, *accumulate((a + b) / 2 * (after - before) for a, b, before, after in steps)]
    costs, following = [0.0] * points, [points - 1] * points
    for here in range(points - 2, -1, -1):
        left = 1.0 - shares[here]
        found = math.inf
        for there in range(here + 1, points):
            waited = times[there] * (shares[there] - shares[here]) - (moments[there] - moments[here])
            if waited >= found:
                break  # it only grows from here
            cost = price * left + waited + costs[there]
            if cost < found:
                found, following[here] = cost, there
        costs[here] = found
    place, chosen = 0, []
    while place < points - 1:
        place = following[place]
        chosen.append(place)
    asked = [0, *chosen]
    asks = sum(1.0 - shares[before] for before in asked[:-1])
    pairs = zip(asked, chosen, strict=False)
    delay = sum(times[b] * (shares[b] - shares[a]) - (moments[b] - moments[a]) for a, b in pairs)
    return Schedule(tuple(times[place] for place in chosen), asks, delay / max(shares[-1], 1e-9))


@lru_cache(maxsize=512)
def schedule(counts: tuple[float, ...], expect: float, delay: float) -> Schedule:
    """Find the schedule that asks least often for a mean delay; see ``Profile.schedule``."""
    times, shares = _distribution(counts, expect, delay)
    low, high = 1e-4, 1e4
    best = _best(times, shares, low)
    for _ in range(14):
        price = math.sqrt(low * high)
        found = _best(times, shares, price)
        if found.delay <= delay:
            best, low = found, price
        else:
            high = price
    late = next((at for at, share in zip(times, shares, strict=True) if share >= _NEARLY), times[-1])
    return best._replace(late=late)
