"""uvicorn, ended at once: it looks every tenth of a second whether it is to end, and then sleeps for another tenth.

Tests begin and end a server each; what is waited for there is waited for hundreds of times.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    import socket

#: Seconds between two looks at the clock, as uvicorn has them, and between two looks at what is still open at the end.
_TICK = 0.1
_LOOK = 0.002
#: So many looks are taken before uvicorn's own end, which waits for what is being answered.
_LOOKS = 25


class PromptServer(uvicorn.Server):
    """A server that ends when it is told to, and not a moment later where nothing is being answered."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._told = asyncio.Event()

    def end(self) -> None:
        """Tells it to end; from any thread."""
        self.should_exit = True
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
                self._loop.call_soon_threadsafe(self._told.set)

    async def main_loop(self) -> None:
        """As uvicorn's own, which sleeps where this one waits to be told."""
        self._loop = asyncio.get_running_loop()
        ticks = 0
        while not await self.on_tick(ticks):
            ticks += 1
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._told.wait(), _TICK)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's own, but over as soon as no connection is open."""
        for server in self.servers:
            server.close()
        for held in sockets or []:
            held.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        for _ in range(_LOOKS):
            if not (self.server_state.connections or self.server_state.tasks):
                await self.lifespan.shutdown()
                return
            await asyncio.sleep(_LOOK)
        await super().shutdown(sockets)
