"""The emulator's time: a heap of events, and four ways for time to pass.

real      as on the wall
scaled:N  N times as fast as on the wall
frozen    stands still until it is advanced
jump      as on the wall, and straight to the next event whenever a client asks for a task that is not done
          yet, or when nobody has asked for anything for a moment: nobody waits for long

Everything in the emulator reads this clock (latencies, expiry of links, the rate limit); the process's own
time is never touched. Times are seconds since 1970.
"""

from __future__ import annotations

import heapq
import math
import threading
import time
from collections.abc import Callable
from itertools import count
from typing import Any, NamedTuple

Action = Callable[[float], None]

#: Seconds without a request after which time jumps to the next event, in `jump`.
IDLE = 0.05
#: Seconds for which a jump waits for callbacks that are under way.
PATIENCE = 0.25
#: Events that run at most before others may take the lock.
_BATCH = 16


def parse_mode(mode: str) -> tuple[str, float]:
    """Splits "scaled:60" into a name and the speed of time.

    Raises ValueError for any other word than the four.
    """
    name, _, factor = mode.partition(":")
    if name == "scaled":
        speed = float(factor or "60")
        if not 0 < speed < math.inf:
            raise ValueError(f"clock {mode!r}: the factor must be above 0, and finite")
        return name, speed
    if name not in {"real", "frozen", "jump"} or factor:
        raise ValueError(f"clock {mode!r}: use real, scaled:N, frozen or jump")
    return name, 0.0 if name == "frozen" else 1.0


class Planned(NamedTuple):
    """An event as data: what is to happen by its name, and with what. Such events can be saved and restored."""

    kind: str
    data: tuple[Any, ...] = ()


class Clock:
    """Virtual time with events. Actions run under `lock`, and are given the time at which they were due."""

    def __init__(self, mode: str, lock: threading.RLock, start: float | None = None) -> None:
        self.mode, self._speed = parse_mode(mode)
        self._lock = lock
        self._start = time.time() if start is None else start
        self._changed = threading.Condition(lock)
        self._numbers = count()
        self._heap: list[tuple[float, int, Action | Planned]] = []
        self._origin = time.monotonic()
        self._shift = 0.0
        self._touched = self._origin
        self._blocked: float | None = None
        self._thread: threading.Thread | None = None
        self._closed = False
        #: What the names of planned events stand for: each is given the time at which it was due, and its data.
        self.deeds: dict[str, Callable[..., None]] = {"nothing": lambda _at: None}
        #: Tells up to when time may jump: later events may depend on a callback that is still under way.
        self.horizon: Callable[[], float] = lambda: math.inf
        #: Blocks until a callback that is under way has arrived, or may be given up waiting for.
        self.settle: Callable[[], None] = lambda: None

    def now(self) -> float:
        """The virtual time."""
        return self._start + (time.monotonic() - self._origin) * self._speed + self._shift

    def passed(self) -> float:
        """Virtual seconds since this clock was started."""
        return (time.monotonic() - self._origin) * self._speed + self._shift

    @property
    def speed(self) -> float:
        """Virtual seconds in one of the wall's: 0 when time stands still."""
        return self._speed

    @property
    def began(self) -> float:
        """The virtual time at which this clock was started."""
        return self._start

    def pending(self) -> int:
        """How many events lie ahead."""
        return len(self._heap)

    def upcoming(self) -> float | None:
        """When the next event is due; None when there is none."""
        with self._lock:
            return self._heap[0][0] if self._heap else None

    def plan(self, at: float, kind: str, *data: Any) -> None:
        """Runs the deed of that name, with `at` and the data, when the time has come.

        Raises KeyError for a name that stands for nothing.
        """
        if kind not in self.deeds:
            raise KeyError(kind)
        self.schedule(at, Planned(kind, data))

    def schedule(self, at: float, action: Action | Planned) -> None:
        """Runs `action(at)` when the time has come. Actions that are functions cannot be saved: see `plan`."""
        with self._lock:
            entry = (at, next(self._numbers), action)
            heapq.heappush(self._heap, entry)
            if self._heap[0] is entry or self._thread is None:
                self._go()

    def load(self, began: float, passed: float, events: list[tuple[float, Planned]]) -> None:
        """Goes on from where another clock was, with its events in their order."""
        with self._lock:
            self._start, self._origin, self._shift = began, time.monotonic(), passed
            self._numbers = count()
            self._heap[:] = [(at, next(self._numbers), event) for at, event in events]
            heapq.heapify(self._heap)
            if self._heap:
                self._go()

    def _go(self) -> None:
        """Has the clock's thread look at the events again; starts it for the first one."""
        if self.mode == "frozen" or self._closed:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._drive, name="kie-emulator-clock", daemon=True)
            self._thread.start()
        else:
            self._changed.notify_all()

    def touch(self) -> None:
        """Somebody asked for something: the moment of idleness begins anew."""
        self._touched = time.monotonic()

    def wake(self) -> None:
        """A callback has arrived: time may go on."""
        with self._lock:
            self._changed.notify_all()

    def run_due(self) -> int:
        """Runs what is due; returns how many actions that were."""
        with self._lock:
            done = 0
            while self._heap and self._heap[0][0] <= self.now():
                at, _, action = heapq.heappop(self._heap)
                if isinstance(action, Planned):
                    self.deeds[action.kind](at, *action.data)
                else:
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

    def jump_to(self, at: float) -> None:
        """Moves time to `at`, event by event, without waiting for callbacks; not backwards."""
        with self._lock:
            while self._heap and self._heap[0][0] <= at:
                self.jump()
            self._shift += max(0.0, at - self.now())

    def advance(self, seconds: float) -> int:
        """Lets `seconds` pass, event by event; returns how many actions ran.

        The callbacks on the way are delivered when it returns. Not to be called under the lock.
        """
        done, end = 0, self.now() + max(0.0, seconds)
        while True:
            with self._lock:
                while self._heap and self._heap[0][0] <= min(end, self.horizon()):
                    self._shift += max(0.0, self._heap[0][0] - self.now())
                    done += self.run_due()
                if self.horizon() == math.inf and not (self._heap and self._heap[0][0] <= end):
                    self._shift += max(0.0, end - self.now())
                    return done + self.run_due()
            self.settle()

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
        if idle < IDLE:
            return IDLE - idle
        for _ in range(_BATCH):
            if not self._heap:
                return None
            if self._heap[0][0] > self.horizon() and not self._lost_patience():
                return 0.02  # or as soon as a callback has arrived
            self._blocked = None
            self.jump()
        return 0.0002

    def _lost_patience(self) -> bool:
        """Whether a callback has held time up for so long that time goes on without it."""
        now = time.monotonic()
        self._blocked = self._blocked or now
        return now - self._blocked > PATIENCE
