"""Connections that break: cut, with a part of the body, or with the body in drops.

Only a real connection can show that. In process, where a client would take half a body for a whole one, the caller
sees a ConnectionResetError instead.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kie.emulator.http import Receive, Response, Scope, Send

#: In an ASGI scope: a function that cuts the connection. The emulator's own server puts it there.
CUT = "kie.emulator.cut"

#: Pieces in which a body drips.
_DROPS = 20


class Cut(ConnectionResetError):
    """The connection is cut here."""


def _knife(scope: Scope) -> object:
    return (scope.get("extensions") or {}).get(CUT)


async def cut(scope: Scope, receive: Receive) -> None:
    """Cuts the connection; without a real one (in process) the caller sees a ConnectionResetError."""
    how = _knife(scope)
    if not callable(how):
        raise Cut("the emulator cut the connection")
    how()
    while (await receive())["type"] != "http.disconnect":
        pass


def _head(response: Response, length: int) -> list[tuple[bytes, bytes]]:
    """The headers; a stream's length is not announced."""
    headers = [(b"content-type", response.type.encode("latin-1")), (b"x-emulated-by", b"kie")]
    if not response.type.startswith("text/event-stream"):
        headers.append((b"content-length", str(length).encode()))
    more = [(name.lower().encode("latin-1"), held.encode("latin-1")) for name, held in response.headers.items()]
    return headers + more


async def send_part(scope: Scope, receive: Receive, send: Send, response: Response) -> None:
    """Announces the whole length, sends a part and cuts."""
    headers = _head(response, response.length or 0)
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.body, "more_body": True})
    if callable(_knife(scope)):
        await asyncio.sleep(0.02)
    await cut(scope, receive)


async def send_drops(scope: Scope, receive: Receive, send: Send, response: Response) -> None:
    """Sends the body in small pieces over the seconds of its drip."""
    if not callable(_knife(scope)):
        raise Cut("a body that drips cannot be shown in process: serve the emulator on a socket")
    del receive
    body = response.body
    size = max(1, -(-len(body) // _DROPS))
    headers = _head(response, len(body))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    for start in range(0, len(body), size):
        await send({"type": "http.response.body", "body": body[start : start + size], "more_body": True})
        await asyncio.sleep(response.drip / _DROPS)
    await send({"type": "http.response.body", "body": b""})


def abort(transport: asyncio.BaseTransport) -> None:
    """Cuts a TCP connection with a reset rather than an orderly end."""
    held = transport.get_extra_info("socket")
    if held is not None:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    if isinstance(transport, asyncio.Transport):
        transport.abort()
