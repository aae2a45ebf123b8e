"""The rate limit: 20 new tasks in any 10 seconds for a key.

What is above is refused, not queued (CONTRACT §5).
"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class RateLimit:
    """A sliding window by key. `now` gives the time in seconds; None means the wall's."""

    def __init__(self, most: int = 20, window: float = 10.0, now: Callable[[], float] | None = None) -> None:
        self.most = most
        self.window = window
        self._now = now or time.monotonic
        self._seen: dict[str, deque[float]] = {}

    def admit(self, key: str) -> bool:
        """Counts one creation; False when there were too many."""
        now = self._now()
        seen = self._seen.setdefault(key, deque())
        while seen and seen[0] <= now - self.window:
            seen.popleft()
        if len(seen) >= self.most:
            return False
        seen.append(now)
        return True

    def clear(self) -> None:
        """Forgets everything."""
        self._seen.clear()
