"""The vendor's limits, kept on this side: 20 creates in any 10 seconds for a key, and how many tasks run at once.

Slots are reserved ahead under one lock, so all threads and all tasks of a client share them whatever they sleep on. The
window carries a margin of 5 %, and counts requests when they are sent, not when they are queued.
"""

from __future__ import annotations

import threading
from collections import deque
from itertools import count

__all__ = ["Limiter"]

_MARGIN = 1.05
_PEEK = 0.1


class Limiter:
    """Hands out places for creates.

    Args:
        creates: how many creates may be sent in any window; None for no limit.
        window: the window in seconds.
        concurrency: how many tasks may be under way at once; None for no limit. A task counts until its end is seen,
            or until twice its typical time has passed (nobody may ever ask for it).

    """

    def __init__(self, creates: int | None = 20, window: float = 10.0, concurrency: int | None = 100) -> None:
        if creates is not None and creates < 1:
            raise ValueError("creates must be at least 1")
        if concurrency is not None and concurrency < 1:
            raise ValueError("concurrency must be at least 1")
        self.creates = creates
        self.window = window
        self.concurrency = concurrency
        self._lock = threading.Lock()
        self._sent: deque[float] = deque(maxlen=creates)
        self._live: dict[int, float] = {}
        self._tokens = count(1)
        self._not_before = 0.0

    def enter(self, now: float, expires: float) -> tuple[int, float]:
        """Take a place among the tasks under way.

        Args:
            now: monotonic time in seconds.
            expires: when the place is given back by itself.

        Returns:
            A token and 0, or 0 and the seconds after which to ask again.

        """
        with self._lock:
            if self.concurrency is not None and len(self._live) >= self.concurrency:
                for token, until in list(self._live.items()):
                    if until <= now:
                        del self._live[token]
                if len(self._live) >= self.concurrency:
                    return 0, _PEEK
            token = next(self._tokens)
            self._live[token] = expires
            return token, 0.0

    def leave(self, token: int) -> None:
        """Give a place back; doing so twice does no harm."""
        with self._lock:
            self._live.pop(token, None)

    def reserve(self, now: float) -> float:
        """Reserve the next slot for a create; returns the seconds to wait before it is sent."""
        if self.creates is None:
            return 0.0
        with self._lock:
            at = max(now, self._not_before)
            if len(self._sent) == self.creates:
                at = max(at, self._sent[0] + self.window * _MARGIN)
            self._sent.append(at)
            return at - now

    def pause(self, now: float, seconds: float) -> None:
        """Note that the vendor refused for frequency: no slot is handed out before ``now + seconds``."""
        with self._lock:
            self._not_before = max(self._not_before, now + seconds)

    @property
    def under_way(self) -> int:
        """How many tasks count as under way."""
        with self._lock:
            return len(self._live)
