"""HTTP with the emulator's public face, or with any other address: JSON in, JSON out, one connection kept."""

from __future__ import annotations

import http.client
import json
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import urlsplit

from kie.emulator import Emulator

Json = dict[str, Any]

#: The upload host turns away what does not say who it is (CONTRACT §2.1).
AGENT = "Mozilla/5.0 (compatible; kie-referee)"
#: Stands for a sound key; it opens nothing.
KEY = "referee-key"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `body` is its JSON, or None where it is none."""

    status: int
    headers: dict[str, str]
    data: bytes

    @property
    def body(self) -> Any:
        try:
            return json.loads(self.data)
        except ValueError:
            return None

    @property
    def code(self) -> Any:
        """The envelope's code."""
        return self.body.get("code") if isinstance(self.body, dict) else None


class Line:
    """A kept connection to one address. Not for several threads at once."""

    def __init__(self, base: str, key: str = KEY, *, timeout: float = 30.0) -> None:
        self.base = base.rstrip("/")
        self.key = key
        self._timeout = timeout
        self._connection: http.client.HTTPConnection | None = None

    def call(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Answer:
        """Sends `body` (bytes, or anything that becomes JSON). Raises OSError or http.client.HTTPException."""
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        sent = {"User-Agent": AGENT, **({"Content-Type": "application/json"} if data is not None else {})}
        sent |= {"Authorization": f"Bearer {self.key}"} if self.key else {}
        sent |= headers or {}
        try:
            return self._send(method, path, data, sent)
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self.close()
            if method == "POST":  # a POST is not sent twice: it may have been taken
                raise
            return self._send(method, path, data, sent)

    def _send(self, method: str, path: str, data: bytes | None, headers: dict[str, str]) -> Answer:
        if self._connection is None:
            place = urlsplit(self.base)
            kind = http.client.HTTPSConnection if place.scheme == "https" else http.client.HTTPConnection
            self._connection = kind(place.netloc, timeout=self._timeout)
        self._connection.request(method, path, body=data, headers=headers)
        response = self._connection.getresponse()
        told = {name.lower(): held for name, held in response.getheaders()}
        answer = Answer(response.status, told, response.read())
        if told.get("connection", "").lower() == "close":
            self.close()
        return answer

    def get(self, path: str) -> Answer:
        return self.call("GET", path)

    def post(self, path: str, body: Any) -> Answer:
        return self.call("POST", path, body)

    def form(self, path: str, fields: dict[str, str], file: tuple[str, bytes] | None = None) -> Answer:
        """A multipart form, with a file of that name and content."""
        edge = "referee-edge"
        lines = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{held}\r\n'.encode()
            for name, held in fields.items()
        ]
        if file is not None:
            head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"\r\n'
            lines.append(head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + file[1] + b"\r\n")
        body = b"".join(lines) + f"--{edge}--\r\n".encode()
        return self.call("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={edge}"})

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def blank(_spec: Json) -> bytes:
    """In place of the renderers: the referee judges the wire, not the pictures."""
    return b"\0" * 64


class Ground:
    """An emulator on a socket with a line to it. Takes Emulator's arguments; it has much credit and no hurry."""

    def __init__(self, **options: Any) -> None:
        settings: Json = {"clock": "frozen", "credits": 10**9, "rate": (10**9, 1.0), "renderer": blank, "start": 1.8e9}
        self.emulator = Emulator(**(settings | options))
        self.base = self.emulator.serve().url
        self.line = Line(self.base)

    def advance(self, seconds: float = 2_000.0) -> None:
        """Lets so much virtual time pass; by default enough for any task."""
        self.emulator.advance(seconds)

    def deliver(self) -> None:
        """Waits for all callbacks: virtual time does not go further than a callback that is under way allows."""
        self.advance(100.0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.line.close()
        self.emulator.close()


class Postbox:
    """Takes callbacks: `bodies(task)` are those about one task, in the order in which they came."""

    def __init__(self, status: int = 200) -> None:
        self._lock = threading.Lock()
        self._got: list[tuple[dict[str, str], Any]] = []
        box = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                data = self.rfile.read(int(self.headers["Content-Length"]))
                with box._lock:
                    headers = {name.lower(): held for name, held in self.headers.items()}
                    box._got.append((headers, json.loads(data)))
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def got(self) -> list[tuple[dict[str, str], Any]]:
        """Headers and bodies of all deliveries, in the order in which they came."""
        with self._lock:
            return list(self._got)

    def about(self, task: str) -> list[Any]:
        """What was posted about one task, in the order in which it came. See Ground.deliver."""
        with self._lock:
            return [body for _, body in self._got if task in json.dumps(body)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
