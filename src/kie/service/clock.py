"""The time by which a service works: Unix seconds that go on evenly, whatever is done to the clock of the machine."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

__all__ = ["Clock", "steady"]

#: Linux counts the time of sleep in CLOCK_BOOTTIME alone, macOS in CLOCK_MONOTONIC and not in ``time.monotonic``.
_THROUGH_SLEEP: int | None = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
#: Seconds by which one look at the database's clock moves ours at most: it is followed, but never jumps.
_STEP = 0.05


def steady() -> float:
    """Tell seconds that only go forward, and go on while the machine sleeps, where the system has such a clock."""
    return time.clock_gettime(_THROUGH_SLEEP) if _THROUGH_SLEEP is not None else time.monotonic()


class Clock:
    """Unix seconds, set once and counted from there by a clock that nobody sets.

    Leases, limits and schedules are kept by it: if the machine's clock is set forward by an hour nothing is taken for
    late, and if it is set back nothing stands still.

    Args:
        wall: tells Unix seconds at the beginning.
        steady: tells seconds that only go forward.

    """

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = steady) -> None:
        self._steady = steady
        self._base = wall() - steady()

    def __call__(self) -> float:
        """Return the time."""
        return self._base + self._steady()

    async def behind(self, tell: Callable[[], Awaitable[float]], times: int = 3) -> float:
        """Ask another clock, and return by how many seconds ours is behind it.

        Workers whose clocks differ by a tenth of a second exceed a limit by what they take for the same window. So of
        several answers the one that took least is believed, for the middle of the time that it took.
        """
        found: list[tuple[float, float]] = []
        for _ in range(times):
            began = self._steady()
            told = await tell()
            ended = self._steady()
            found.append((ended - began, told - self._base - (began + ended) / 2))
        return min(found)[1]

    def set(self, now: float) -> None:
        """Set it, before anything is done by it."""
        self._base = now - self._steady()

    def follow(self, now: float) -> None:
        """Come nearer to another clock, by a twentieth of a second at most: all workers on a database keep its time."""
        self._base += min(_STEP, max(-_STEP, now - self()))
