"""Takes callbacks in a process of its own: prints its port, and a line when the number it was told has come."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


class _Hook(asyncio.Protocol):
    came = 0

    def __init__(self) -> None:
        self._held = b""

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._held += data
        while (end := self._held.find(b"\r\n\r\n")) >= 0:
            head = self._held[:end].lower()
            signed = b"x-webhook-signature:" in head
            length = int(head[head.index(b"content-length:") + 15 :].split(b"\r\n", 1)[0])
            if len(self._held) < end + 4 + length:
                return
            self._held = self._held[end + 4 + length :]
            self._transport.write(_ANSWER)
            _Hook.came += signed
            if _Hook.came == int(sys.argv[1]):
                print("all", flush=True)


async def main() -> None:
    """Serves until it is killed."""
    server = await asyncio.get_running_loop().create_server(_Hook, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
