"""Time that is set by hand: hours pass in a moment, step by step, and the duties do at each what is due."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from kie.service import Service

__all__ = ["Hand", "let"]


class Hand:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = time.time()

    def __call__(self) -> float:
        return self.now


class Settled:
    """Knows when the duties have done what was due."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._steps: Counter[str] = Counter()
        self._duties = [duty for duty in service.worker.duties if duty.name in ("send", "ask", "receive", "store")]
        for duty in self._duties:
            setattr(duty, "step", self._counted(duty.name, duty.step))  # noqa: B010 - a method of whatever class

    def _counted(self, name: str, step: Callable[[], Awaitable[float]]) -> Callable[[], Awaitable[float]]:
        async def counted() -> float:
            try:
                return await step()
            finally:
                self._steps[name] += 1

        return counted

    def _busy(self) -> bool:
        going = (getattr(duty, "_going", ()) for duty in self._duties)
        return any(any(held.values()) if isinstance(held, dict) else held for held in going)

    async def wait(self, seconds: float = 3.0) -> None:
        """Wake all, and wait until each has looked twice and nothing is under way; or for a time."""
        until = time.monotonic() + seconds
        for _ in range(2):
            before = Counter(self._steps)
            self._service.context.wake()
            while time.monotonic() < until:
                await asyncio.sleep(0.002)
                if not self._busy() and all(self._steps[duty.name] > before[duty.name] for duty in self._duties):
                    break


async def let(service: Service, clock: Hand, seconds: float, step: float = 15.0, most: float = 3.0) -> None:
    """Let time pass, step by step, and let the duties do what is due at each."""
    settled = _SETTLED.setdefault(id(service), Settled(service))
    until = clock.now + seconds
    await settled.wait(most)
    while clock.now < until:
        clock.now = min(until, clock.now + step)
        await settled.wait(most)


_SETTLED: dict[int, Settled] = {}
