"""A receiver of notifications on a socket: it answers as it is told, and remembers what came."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Callable


class Came(NamedTuple):
    line: str
    head: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.head["webhook-id"]

    @property
    def told(self) -> Any:
        return json.loads(self.body)


def reply(status: int = 204, *lines: str, body: str = "") -> bytes:
    head = (f"HTTP/1.1 {status} Words", f"Content-Length: {len(body.encode())}", *lines)
    return ("\r\n".join(head) + "\r\n\r\n" + body).encode()


class Receiver:
    """``answers``: bytes, or what makes them; b"" says nothing for ever, None closes the connection."""

    def __init__(self) -> None:
        self.came: list[Came] = []
        self.connections = 0
        self.names: list[str | None] = []
        self.answer: Callable[[Came], bytes | None] = lambda _: reply()
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/in?a=b"

    @contextlib.asynccontextmanager
    async def listening(self, tls: ssl.SSLContext | None = None, port: int = 0) -> AsyncIterator[Receiver]:
        if tls is not None:
            tls.sni_callback = lambda _socket, name, _context: self.names.append(name)
        server = await asyncio.start_server(self._serve, "127.0.0.1", port, ssl=tls)
        self.port = server.sockets[0].getsockname()[1]
        self._open: set[asyncio.Task[Any]] = set()
        try:
            yield self
        finally:
            server.close()
            for task in self._open:
                task.cancel()
            await asyncio.gather(*self._open, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        task.add_done_callback(self._open.discard)
        self.connections += 1
        quiet = (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError)
        with contextlib.suppress(*quiet):  # a task of a server that is cancelled is told of as a fault
            await self._take(reader, writer)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            line, *lines = head.rstrip().split("\r\n")
            found = {name.lower(): value for name, _, value in (each.partition(": ") for each in lines)}
            came = Came(line, found, await reader.readexactly(int(found["content-length"])))
            self.came.append(came)
            answer = self.answer(came)
            if answer == b"":
                await asyncio.sleep(3600)
            writer.write(answer or b"")
            await writer.drain()
            writer.close()
            await writer.wait_closed()
        finally:
            writer.transport.abort()

    async def until(self, number: int, seconds: float = 10.0) -> None:
        async with asyncio.timeout(seconds):
            while len(self.came) < number:  # noqa: ASYNC110 - what came may be told by several workers
                await asyncio.sleep(0.01)
