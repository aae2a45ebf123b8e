"""The callback ingress of every contender: uvicorn in front of what takes the callback, and when each came."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING, Any

import uvicorn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable


@contextlib.asynccontextmanager
async def serving(called: dict[str, float]) -> AsyncIterator[tuple[str, Callable[[Any], None]]]:
    """Serve callbacks; yields the address, and a function that is given the application."""
    taken: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        called.setdefault(scope["path"].rpartition("/")[2], time.time())
        await taken[0](scope, receive, send)

    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", lifespan="off", access_log=False)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no other sign
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}", taken.append
    finally:
        server.should_exit = True
        await running
