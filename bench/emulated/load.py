"""A load generator that costs little: HTTP/1.1 over a few kept connections, on asyncio's protocols."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any, Self
from urllib.parse import urlsplit


class _Wire(asyncio.Protocol):
    """One connection with one request under way."""

    def __init__(self) -> None:
        self._held = b""
        self._wanted = -1
        self._answer: asyncio.Future[bytes] | None = None
        self.transport: Any = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._held += data
        if self._wanted < 0:
            end = self._held.find(b"\r\n\r\n")
            if end < 0:
                return
            head = self._held[:end].lower()
            length = head[head.index(b"content-length:") + 15 :].split(b"\r\n", 1)[0]
            self._wanted = end + 4 + int(length)
            self._start = end + 4
        if len(self._held) >= self._wanted and self._answer is not None:
            body, self._held, self._wanted = self._held[self._start :], b"", -1
            answer, self._answer = self._answer, None
            answer.set_result(body)

    def connection_lost(self, error: Exception | None) -> None:
        if self._answer is not None:
            self._answer.set_exception(error or ConnectionError("closed"))

    async def ask(self, request: bytes) -> bytes:
        self._answer = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await self._answer


class Load:
    """Sends requests to one address; every answer's time is kept in `times`, in milliseconds."""

    def __init__(self, url: str, connections: int = 16, key: str = "bench") -> None:
        parts = urlsplit(url)
        self._host, self._port, self._key = str(parts.hostname), int(parts.port or 80), key
        self._many = connections
        self._free: asyncio.Queue[_Wire] = asyncio.Queue()
        self.times: list[float] = []

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        for _ in range(self._many):
            _, wire = await loop.create_connection(_Wire, self._host, self._port)
            self._free.put_nowait(wire)
        return self

    async def __aexit__(self, *_: object) -> None:
        while not self._free.empty():
            self._free.get_nowait().transport.close()

    def request(self, method: str, path: str, body: Any = None) -> bytes:
        """The bytes of a request."""
        data = b"" if body is None else json.dumps(body).encode()
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\nAuthorization: Bearer {self._key}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
        )
        return head.encode() + data

    async def ask(self, request: bytes) -> bytes:
        """Sends what `request` made; the body of the answer."""
        wire = await self._free.get()
        began = time.perf_counter()
        try:
            return await wire.ask(request)
        finally:
            self.times.append((time.perf_counter() - began) * 1000)
            self._free.put_nowait(wire)
