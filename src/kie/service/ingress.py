"""The callback ingress on a socket: small, always up, patient with the database and with nobody else.

It takes callbacks and nothing else. While the database is away it answers 503, which the vendor takes for "try again",
and goes on by itself when it is back. Whoever sends slowly, or much, is shown out.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import socket
from typing import TYPE_CHECKING, Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from kie.errors import InvalidInput
from kie.service import inbox
from kie.service.settings import opened_database
from kie.store.database import Database
from kie.store.errors import StoreError
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, MutableMapping, Sequence

    from kie.store.database import Outcome
    from kie.store.work import Begin, Work

    Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
    Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
    App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

__all__ = ["Doorman", "Ingress", "LateDatabase"]

_LOG = logging.getLogger("kie.service")
#: Seconds within which the head of a request, and then its body, must have come.
_HEAD = _BODY = 10.0
#: Bytes of a head; the vendor's have a few hundred.
_LONG = 64 * 1024
#: Seconds that an idle connection is kept, and that what is being answered may take at the end.
_IDLE, _LEAVE = 15, 5
#: Connections at once; more are answered 503.
_CONNECTIONS = 500
#: Connections that wait to be taken.
_BACKLOG = 1024


class LateDatabase(Database):
    """A database that is opened when it is first needed, and tried again when that fails.

    Args:
        url: as for ``store.opening.open_database``.

    """

    kind = "late"

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        self._inner: Database | None = None

    def run(self, works: Sequence[Begin[Any]]) -> list[Outcome]:
        """Open it if that is still to be done, and run.

        Raises:
            StoreUnavailable: it cannot be reached (yet).
            StoreError: it is of a newer version.

        """
        if self._inner is None:
            self._inner = opened_database(self._url)
        return self._inner.run(works)

    def shut(self) -> None:
        """Close it."""
        if self._inner is not None:
            self._inner.shut()
            self._inner = None


class Doorman:
    """Stands before an application: health, and no body that is large or slow.

    Args:
        app: takes what passes.
        database: asked by ``/readyz``.
        most: bytes of a body.
        patience: seconds within which a body must have come.

    """

    def __init__(self, app: App, database: Database, most: int = inbox.MOST, patience: float = _BODY) -> None:
        self._app, self._database = app, database
        self._most, self._patience = most, patience

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer, or let through."""
        if scope["type"] != "http":
            return
        if scope["path"] == "/healthz":
            await _answer(send, 200, "up")
        elif scope["path"] == "/readyz":
            await _answer(send, *await self._ready())
        elif self._announced(scope) > self._most:
            await _answer(send, 413, "too large")
        else:
            await self._pass(scope, receive, send)

    def _announced(self, scope: MutableMapping[str, Any]) -> int:
        for name, value in scope["headers"]:
            if name == b"content-length":
                return int(value)  # the parser has seen that it is a number
        return 0

    async def _pass(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        until = asyncio.get_running_loop().time() + self._patience
        slow = False

        async def timely() -> MutableMapping[str, Any]:
            nonlocal slow
            try:
                async with asyncio.timeout_at(until):
                    return await receive()
            except TimeoutError:
                slow = True
                return {"type": "http.disconnect"}

        async def said(message: MutableMapping[str, Any]) -> None:
            if slow and message["type"] == "http.response.start":
                message = {**message, "status": 408, "headers": [*message["headers"], (b"connection", b"close")]}
            await send(message)

        try:
            await self._app(scope, timely, said)
        except StoreError:
            _LOG.exception("A callback could not be written")
            await _answer(send, 503, "not written; try again")

    async def _ready(self) -> tuple[int, str]:
        def work() -> Work[None]:
            yield Statement("SELECT 1")

        try:
            await self._database.read(work)
        except StoreError:
            return 503, "the database cannot be reached"
        return 200, "ready"


class Ingress:
    """A server for one application, on a socket that is taken right away.

    Args:
        host: the address to listen on.
        port: the port; 0 takes a free one.

    Raises:
        InvalidInput: the address or the port cannot be had.

    """

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        self._socket = _bound(host, port)
        self.port = int(self._socket.getsockname()[1])
        shown = f"[{host}]" if ":" in host else host
        self.url = f"http://{shown}:{self.port}"

    async def run(self, app: Any, stop: asyncio.Event) -> None:
        """Serve an ASGI application until ``stop`` is set; what is being answered then is answered first."""
        server = _Server(
            uvicorn.Config(
                app,
                http=_Timely,
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                loop="asyncio",
                limit_concurrency=_CONNECTIONS,
                timeout_keep_alive=_IDLE,
                timeout_graceful_shutdown=_LEAVE,
                backlog=_BACKLOG,
            )
        )
        serving = asyncio.create_task(server.serve(sockets=[self._socket]))
        told = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({serving, told}, return_when=asyncio.FIRST_COMPLETED)
            server.should_exit = True
            await serving
        finally:
            told.cancel()
            self._socket.close()

    def close(self) -> None:
        """Give the socket back where ``run`` was not called."""
        self._socket.close()


def _bound(host: str, port: int) -> socket.socket:
    if not 0 <= port < 65536:  # noqa: PLR2004 - getaddrinfo would take what is left of it after so many
        raise InvalidInput(f"There is no port {port}.", field="port")
    try:
        [(family, *_, address), *_] = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    except OSError as error:
        raise InvalidInput(f"There is no address {host}:{port}: {error}.", field="host") from None
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind(address)
        made.listen(_BACKLOG)
    except OSError as error:
        made.close()
        raise InvalidInput(
            f"{host}:{port} cannot be listened on: {error.strerror}.", field="port", hint="Choose another port."
        ) from None
    return made


class _Server(uvicorn.Server):
    """uvicorn, which leaves signals to whoever runs it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _Timely(HttpToolsProtocol):
    """uvicorn's HTTP, where the head of a request must come in time, and end: who says nothing, or talks on, is cut."""

    _due: asyncio.TimerHandle | None = None  # while a head is waited for
    _head = 0

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._awaited()

    def data_received(self, data: bytes) -> None:
        self._head += len(data)
        super().data_received(data)
        if self._due is not None and self._head > _LONG:
            self._cut()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._due is None:
            self._awaited()

    def on_headers_complete(self) -> None:
        self._off()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._off()
        super().connection_lost(exc)

    def _awaited(self) -> None:
        self._head = 0
        self._due = self.loop.call_later(_HEAD, self._cut)

    def _off(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _cut(self) -> None:
        self._off()
        if not self.transport.is_closing():
            self.transport.close()


async def _answer(send: Send, status: int, words: str) -> None:
    body = json.dumps({"code": status, "msg": words}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
