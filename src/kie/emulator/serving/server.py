"""Serves the emulator on a real socket, in a thread of its own, with uvicorn."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import TYPE_CHECKING, Any, Self

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from kie.emulator.mischief import CUT, abort
from kie.emulator.serving.ending import PromptServer

if TYPE_CHECKING:
    import ssl
    from types import TracebackType

    from kie.emulator.http import Receive, Scope, Send


class _Protocol(H11Protocol):
    """uvicorn's HTTP, where the application can cut the connection."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        app: Any = self.app

        async def with_cut(scope: Scope, receive: Receive, send: Send) -> None:
            scope.setdefault("extensions", {})[CUT] = lambda: abort(transport)
            await app(scope, receive, send)

        self.app = with_cut


class Server:
    """A running server. `url` is its address; `close` ends it; a context manager does so too.

    With a TLS `context` it speaks plain HTTP, https and the language of proxies on its one port.
    """

    def __init__(
        self, app: Any, host: str = "127.0.0.1", port: int = 0, *, context: ssl.SSLContext | None = None
    ) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # TCP is named, since asyncio sends small answers without delay only on sockets that say that they are TCP.
        self._socket = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._socket.bind((host, port))
        except OSError:
            self._socket.close()
            raise
        self.host, self.port = host, int(self._socket.getsockname()[1])
        shown = "127.0.0.1" if host in {"0.0.0.0", ""} else f"[{host}]" if ":" in host else host  # noqa: S104 - compared
        self.url = f"http://{shown}:{self.port}"
        config = uvicorn.Config(
            app,
            http=_Protocol,
            ws="none",
            lifespan="off",
            log_level="critical",  # requests that the end of the server cuts off are no errors
            proxy_headers=False,
            access_log=False,
            loop="asyncio",
            timeout_keep_alive=30,
            timeout_graceful_shutdown=1,
            server_header=False,
        )
        self._server: uvicorn.Server = PromptServer(config)
        self._door = context is not None
        if context is not None:
            from kie.emulator.serving.proxy import DoorServer

            self._server = DoorServer(config, context)
        self._failed: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="kie-emulator-server", daemon=True)
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                self._socket.close()
                raise RuntimeError(f"The emulator's server did not start: {self._failed}")
            self._thread.join(0.005)

    def _run(self) -> None:
        try:
            # The selector's loop can wait for a socket without reading it, on every system.
            with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop if self._door else None) as runner:
                runner.run(self._server.serve(sockets=[self._socket]))
        except BaseException as failed:  # noqa: BLE001 - it is told to whoever waits for the start
            self._failed = failed

    def wait(self) -> None:
        """Blocks until the server ends."""
        while self._thread.is_alive():
            self._thread.join(0.5)

    def close(self) -> None:
        """Ends the server; open connections get a second."""
        if isinstance(self._server, PromptServer):
            self._server.end()
        self._server.should_exit = True
        self._thread.join(timeout=5)
        if not self._thread.is_alive():
            self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
