"""The emulator's time: a heap of events, and four ways for time to pass.

real      as on the wall
scaled:N  N times as fast as on the wall
frozen    stands still until it is advanced
jump      as on the wall, and straight to the next event whenever a client asks for a task that is not done
          yet, or when
          nobody has asked for anything for a moment: nobody waits for long

Everything in the emulator reads this clock (latencies, expiry of links, the rate limit); the process's own
time is never touched. Times are seconds since 1970.
"""

from __future__ import annotations

import heapq
import threading
import time
from collections.abc import Callable
from itertools import count

Action = Callable[[float], None]

#: Seconds without a request after which time jumps to the next event, in `jump`.
IDLE = 0.05
#: Seconds for which a jump waits for callbacks that are under way.
PATIENCE = 0.25


def parse_mode(mode: str) -> tuple[str, float]:
    """Splits "scaled:60" into a name and the speed of time.

    Raises ValueError for any other word than the four.
    """
    name, _, factor = mode.partition(":")
    if name == "scaled":
        speed = float(factor or "60")
        if speed <= 0:
            raise ValueError(f"clock {mode!r}: the factor must be above 0")
        return name, speed
    if name not in {"real", "frozen", "jump"} or factor:
        raise ValueError(f"clock {mode!r}: use real, scaled:N, frozen or jump")
    return name, 0.0 if name == "frozen" else 1.0


class Clock:
    """Virtual time with events. Actions run under `lock`, and are given the time at which they were due."""

    def __init__(self, mode: str, lock: threading.RLock, start: float | None = None) -> None:
        self.mode, self._speed = parse_mode(mode)
        self._lock = lock
        self._start = time.time() if start is None else start
        self._changed = threading.Condition(lock)
        self._numbers = count()
        self._heap: list[tuple[float, int, Action]] = []
        self._origin = time.monotonic()
        self._shift = 0.0
        self._touched = self._origin
        self._thread: threading.Thread | None = None
        self._closed = False
        #: Tells whether work is under way for which a jump should wait a little.
        self.busy: Callable[[], bool] = lambda: False

    def now(self) -> float:
        """The virtual time."""
        return self._start + (time.monotonic() - self._origin) * self._speed + self._shift

    def pending(self) -> int:
        """How many events lie ahead."""
        return len(self._heap)

    def schedule(self, at: float, action: Action) -> None:
        """Runs `action(at)` when the time has come."""
        with self._lock:
            entry = (at, next(self._numbers), action)
            heapq.heappush(self._heap, entry)
            if self.mode != "frozen" and not self._closed:
                if self._thread is None:
                    self._thread = threading.Thread(target=self._drive, name="kie-emulator-clock", daemon=True)
                    self._thread.start()
                elif self._heap[0] is entry:
                    self._changed.notify_all()

    def touch(self) -> None:
        """Somebody asked for something: the moment of idleness begins anew."""
        self._touched = time.monotonic()

    def run_due(self) -> int:
        """Runs what is due; returns how many actions that were."""
        with self._lock:
            done = 0
            while self._heap and self._heap[0][0] <= self.now():
                at, _, action = heapq.heappop(self._heap)
                action(at)
                done += 1
            return done

    def jump(self) -> bool:
        """Moves time to the next event and runs what is due then; False when there is none."""
        with self._lock:
            if not self._heap:
                return False
            self._shift += max(0.0, self._heap[0][0] - self.now())
            self.run_due()
            return True

    def advance(self, seconds: float) -> int:
        """Lets `seconds` pass, event by event; returns how many actions ran."""
        with self._lock:
            done, left = 0, max(0.0, seconds)
            while self._heap and self._heap[0][0] <= self.now() + left:
                step = max(0.0, self._heap[0][0] - self.now())
                self._shift += step
                left -= step
                done += self.run_due()
            self._shift += max(0.0, left)
            return done + self.run_due()

    def clear(self) -> None:
        """Forgets all events."""
        with self._lock:
            self._heap.clear()

    def close(self) -> None:
        """Stops the clock's thread; events run no more by themselves."""
        with self._lock:
            self._closed = True
            self._changed.notify_all()
            thread, self._thread = self._thread, None
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout=2)

    def _drive(self) -> None:
        with self._changed:
            while not self._closed:
                self.run_due()
                self._changed.wait(self._pause())

    def _pause(self) -> float | None:
        """Seconds until the thread has to look again; jumps first, when it is time for that."""
        if not self._heap:
            return None
        if self.mode != "jump":
            return max(0.0, (self._heap[0][0] - self.now()) / self._speed)
        idle = time.monotonic() - self._touched
        if idle >= IDLE and (not self.busy() or idle >= PATIENCE):
            self.jump()
            return 0.001
        return max(0.005, IDLE - idle)
