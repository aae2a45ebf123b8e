"""The same as in process, over real sockets: the emulator is served, and its callbacks come over HTTP."""

from __future__ import annotations

import http.client
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from tests.emulator.inprocess import InProcess, Reply

if TYPE_CHECKING:
    from collections.abc import Iterator


class OverSockets(InProcess):
    """Serves its emulator, and takes callbacks at `hook`; all links begin as they do in process."""

    def __init__(self, **options: Any) -> None:
        super().__init__(base_url="http://api.localhost", **(options | {"receiver": None}))
        self._server = self.emulator.serve()

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str = "the-test-key",
        headers: dict[str, str] | None = None,
    ) -> Reply:
        """One request, on a connection of its own."""
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        sent = {"content-type": "application/json"} | (headers or {}) | {"authorization": f"Bearer {key}"}
        connection = http.client.HTTPConnection("127.0.0.1", self._server.port, timeout=20)
        try:
            connection.request(method, path, body=data, headers=sent)
            response = connection.getresponse()
            held = {name.lower(): text for name, text in response.getheaders() if name.lower() != "date"}
            return Reply(response.status, held, response.read())
        except (ConnectionError, http.client.HTTPException):
            return Reply(0, {}, b"")
        finally:
            connection.close()


@contextmanager
def over_sockets() -> Iterator[type[OverSockets]]:
    """A kind of driver whose callbacks all come to one port, which is the same for one after another."""
    latest: list[OverSockets] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            names = {name.title(): text for name, text in self.headers.items()}
            self.send_response(latest[-1]._receive(f"http://127.0.0.1:{server.server_port}{self.path}", names, data))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()

    class Here(OverSockets):
        hook = f"http://127.0.0.1:{server.server_port}/kie"

        def __init__(self, **options: Any) -> None:
            latest.append(self)
            super().__init__(**options)

    try:
        yield Here
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
