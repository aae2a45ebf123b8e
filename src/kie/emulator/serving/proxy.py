"""The door of a server that speaks plain HTTP, TLS and the language of proxies on one port.

A client that has `https://api.kie.ai` built in is sent here by `HTTPS_PROXY=http://127.0.0.1:9000` and trusts the
certificate of `kie.emulator.serving.tls`: its CONNECT is answered by the emulator itself. Every host that is not the
vendor's is refused with 403, so that nothing else passes through, in tests least of all.

The first bytes of a connection are looked at without taking them: 0x16 begins a TLS handshake, "CONNECT " a tunnel,
anything else is HTTP. Then the socket is handed to uvicorn's protocol as if it had been accepted like this.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import TYPE_CHECKING

import uvicorn

from kie.emulator.hosts import known

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

#: Seconds in which a connection must say what it wants, and bytes of a CONNECT request at most.
PATIENCE = 30.0
LONGEST = 16 * 1024
_TLS = 0x16
_TUNNEL = b"CONNECT "
_WORDS = b"This emulator is a proxy for the hosts of kie.ai alone.\n"
_REFUSAL = (
    b"HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nConnection: close\r\n"
    b"Content-Length: %d\r\n\r\n%s" % (len(_WORDS), _WORDS)
)


class Door:
    """Accepts connections of a listening socket, in the running event loop, until it is closed."""

    def __init__(self, held: socket.socket, context: ssl.SSLContext, protocol: Callable[[], asyncio.Protocol]) -> None:
        self._socket = held
        self._context = context
        self._protocol = protocol
        self._loop = asyncio.get_running_loop()
        self._guests: set[asyncio.Task[None]] = set()
        held.settimeout(0)
        held.listen(2048)
        self._accepting = self._loop.create_task(self._accept())

    def close(self) -> None:
        """Accepts nothing more, and lets go whoever has not said anything yet."""
        self._accepting.cancel()
        for guest in self._guests:
            guest.cancel()

    async def wait_closed(self) -> None:
        """Waits for what `close` ended."""
        await asyncio.gather(self._accepting, *self._guests, return_exceptions=True)

    async def _accept(self) -> None:
        while True:
            try:
                guest, _ = await self._loop.sock_accept(self._socket)
            except OSError:  # out of descriptors, or the guest is gone already
                await asyncio.sleep(0.05)
                continue
            task = self._loop.create_task(self._admit(guest))
            self._guests.add(task)
            task.add_done_callback(self._guests.discard)

    async def _admit(self, guest: socket.socket) -> None:
        guest.settimeout(0)
        handed = False
        try:
            async with asyncio.timeout(PATIENCE):
                first = await self._look(guest)
                if first.startswith(_TUNNEL):
                    if not await self._tunnel(guest, first):
                        return
                    first = await self._look(guest)
            if not first:
                return
            handed = True  # from here on asyncio closes the socket
            context = self._context if first[0] == _TLS else None
            await self._loop.connect_accepted_socket(self._protocol, guest, ssl=context)
        except (OSError, TimeoutError):
            pass  # gone, silent, or one that does not trust us: an SSLError is an OSError
        finally:
            if not handed:
                with contextlib.suppress(OSError):
                    guest.close()

    async def _look(self, guest: socket.socket) -> bytes:
        """What has come, without taking it: one byte at least, all of a CONNECT's head; nothing at the end."""
        while True:
            await _readable(self._loop, guest)
            try:
                seen = guest.recv(LONGEST, socket.MSG_PEEK)
            except BlockingIOError:  # it was called for nothing
                continue
            begun = seen[: len(_TUNNEL)] == _TUNNEL[: len(seen)]
            if not seen or not begun or b"\r\n\r\n" in seen or len(seen) == LONGEST:
                return seen
            await asyncio.sleep(0.005)  # the rest of the head is on its way

    async def _tunnel(self, guest: socket.socket, head: bytes) -> bool:
        """Answers a CONNECT; whether the tunnel is open."""
        asked = head[len(_TUNNEL) :].split(b" ", 1)[0].decode("latin-1")
        length = head.find(b"\r\n\r\n")
        if length < 0 or not known(asked):
            guest.recv(length + 4 if length >= 0 else LONGEST)
            await self._loop.sock_sendall(guest, _REFUSAL)
            return False
        guest.recv(length + 4)
        await self._loop.sock_sendall(guest, b"HTTP/1.1 200 Connection established\r\n\r\n")
        return True


async def _readable(loop: asyncio.AbstractEventLoop, guest: socket.socket) -> None:
    """Waits until something has come on a socket, or its end."""
    ready = asyncio.Event()
    loop.add_reader(guest, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(guest)


class DoorServer(uvicorn.Server):
    """uvicorn behind a door: only the accepting of connections is ours."""

    def __init__(self, config: uvicorn.Config, context: ssl.SSLContext) -> None:
        super().__init__(config)
        self._context = context

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's own, for the sockets that are given."""
        await self.lifespan.startup()
        loop = asyncio.get_running_loop()
        make = self.config.http_protocol_class

        def protocol() -> asyncio.Protocol:
            return make(  # type: ignore[call-arg]
                config=self.config, server_state=self.server_state, app_state=self.lifespan.state, _loop=loop
            )

        self.servers = [Door(held, self._context, protocol) for held in sockets or []]  # type: ignore[misc]
        self.started = True
