"""The time by which a service works: Unix seconds that go on evenly, whatever is done to the clock of the machine."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Clock"]

#: Seconds by which one look at the database's clock moves ours at most: it is followed, but never jumps.
_STEP = 0.05


class Clock:
    """Unix seconds, set once and counted from there by a clock that nobody sets.

    Leases, limits and schedules are kept by it: if the machine's clock is set forward by an hour nothing is taken for
    late, and if it is set back nothing stands still.

    Args:
        wall: tells Unix seconds at the beginning.
        steady: tells seconds that only go forward.

    """

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic) -> None:
        self._steady = steady
        self._base = wall() - steady()

    def __call__(self) -> float:
        """Return the time."""
        return self._base + self._steady()

    def set(self, now: float) -> None:
        """Set it, before anything is done by it."""
        self._base = now - self._steady()

    def follow(self, now: float) -> None:
        """Come nearer to another clock, by a twentieth of a second at most: all workers on a database keep its time."""
        self._base += min(_STEP, max(-_STEP, now - self()))
