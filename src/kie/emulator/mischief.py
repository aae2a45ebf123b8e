"""What a fault does to a request and to its answer on the way."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from kie.emulator.http import TOO_MANY, Receive, Request, Response, Scope, Send, bad_gateway, error, reply

if TYPE_CHECKING:
    from kie.emulator.faults import Fault, Faults

Handler = Callable[[Request], "Response | Awaitable[Response]"]

#: In an ASGI scope: a function that cuts the connection. The emulator's own server puts it there.
CUT = "kie.emulator.cut"


class Cut(ConnectionResetError):
    """The connection is cut here."""


class Mischief:
    """Carries out the rules of a script around the handlers of requests."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    async def around(self, stage: str, request: Request, handler: Handler) -> Response:
        """The answer of `handler`, or what a fault makes of it; raises Cut where the connection is to be cut."""
        said = request.body[:2000].decode("utf-8", "replace") if stage in {"create", "chat"} else ""
        fault = self._faults.strike(stage, f"{request.path} {said}")
        if fault is None:
            return await _call(handler, request)
        request.note["fault"] = fault.do
        if fault.do == "reset-before":
            raise Cut
        instead = {
            "http-502": bad_gateway(),
            "429": error(429, TOO_MANY),
            "500": error(500, "Internal Error, Please try again later."),
        }
        if fault.do in instead:
            return instead[fault.do]
        if fault.do == "delay":
            await asyncio.sleep(fault.seconds)
        return _spoil(fault, await _call(handler, request))


async def _call(handler: Handler, request: Request) -> Response:
    result = handler(request)
    return result if isinstance(result, Response) else await result


def _spoil(fault: Fault, response: Response) -> Response:
    """What becomes of an answer on the way."""
    if fault.do == "reset-after":
        raise Cut
    if fault.do == "truncate":
        response.length = len(response.body)
        response.body = response.body[: len(response.body) // 2]
    elif fault.do == "malformed":
        response.body = response.body[: max(1, len(response.body) - 2)] + b"\\x"
    elif fault.do == "null-data":
        return reply({"code": 200, "msg": "success", "data": None})
    return response


async def cut(scope: Scope, receive: Receive) -> None:
    """Cuts the connection; without a real one (in process) the caller sees a ConnectionResetError."""
    how = (scope.get("extensions") or {}).get(CUT)
    if how is None:
        raise Cut("the emulator cut the connection")
    how()
    while (await receive())["type"] != "http.disconnect":
        pass


async def send_part(scope: Scope, receive: Receive, send: Send, response: Response) -> None:
    """Announces the whole length, sends a part and cuts."""
    length = response.length or 0
    headers = [(b"content-type", response.type.encode()), (b"content-length", str(length).encode())]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.body, "more_body": True})
    await asyncio.sleep(0.02)
    await cut(scope, receive)


def abort(transport: asyncio.BaseTransport) -> None:
    """Cuts a TCP connection with a reset rather than an orderly end."""
    held = transport.get_extra_info("socket")
    if held is not None:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    if isinstance(transport, asyncio.Transport):
        transport.abort()
