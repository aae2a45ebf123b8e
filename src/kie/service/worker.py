"""What works on generations: a list of duties, each in a loop of its own. Any number of workers share a database.

No generation costs a coroutine while it waits: it is a row with a time. Rows are claimed in batches, handled side by
side, and given back with the time at which they are to be looked at again.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from kie.service.context import heard
from kie.service.duty import Restarted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kie.service.context import Context
    from kie.service.duty import Duty

__all__ = ["Worker"]

_LOG = logging.getLogger("kie.service")
#: Seconds after a duty failed, doubled each time, and the most of them.
_PAUSE, _LONGEST = 0.5, 30.0


class Worker:
    """Runs duties until it is stopped.

    Args:
        context: whose bells wake the duties.
        duties: what is done.

    """

    def __init__(self, context: Context, duties: Sequence[Duty]) -> None:
        self._context = context
        self.duties = tuple(duties)
        self._loops: list[asyncio.Task[None]] = []

    @property
    def running(self) -> bool:
        """Whether it works."""
        return bool(self._loops)

    async def start(self) -> None:
        """Begin."""
        for duty in self.duties:
            if isinstance(duty, Restarted):
                duty.again()
            bell = self._context.bells[duty.name] = asyncio.Event()
            self._loops.append(asyncio.create_task(self._loop(duty, bell), name=f"kie-{duty.name}"))

    async def stop(self) -> None:
        """Stop: each duty finishes what must not be left, an answer that is worth money above all."""
        loops, self._loops = self._loops, []
        self._context.bells.clear()
        await asyncio.gather(*(duty.stop() for duty in self.duties), return_exceptions=True)
        for loop in loops:
            loop.cancel()
        await asyncio.gather(*loops, return_exceptions=True)

    async def _loop(self, duty: Duty, bell: asyncio.Event) -> None:
        trouble = _PAUSE
        while True:
            bell.clear()
            try:
                pause = await duty.step()
                trouble = _PAUSE
            except Exception:  # noqa: BLE001 - a worker goes on
                _LOG.exception("%s failed; it goes on in %.1f s", duty.name, trouble)
                pause = trouble
                trouble = min(_LONGEST, trouble * 2)
                await asyncio.sleep(pause)
                continue
            if pause > 0:
                await heard(bell, pause)
            else:
                await asyncio.sleep(0)
