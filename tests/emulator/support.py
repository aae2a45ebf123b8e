"""What the emulator's tests share: a client over one connection, and renderers that take no time."""

from __future__ import annotations

import base64
import http.client
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from kie.emulator import Emulator

if TYPE_CHECKING:
    from kie.emulator.serving.server import Server

#: A real image of one pixel.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def instantly(spec: dict[str, Any]) -> bytes:
    """In place of the renderers: bytes that tell what was asked for."""
    told = {name: held for name, held in spec.items() if name not in {"inputs", "mask"}}
    told["inputs"] = [len(data) for data in spec.get("inputs", ())]
    return json.dumps(told, sort_keys=True).encode() + b"\0" * 2000


class Answer:
    """An HTTP answer that was read to its end."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = {name.lower(): held for name, held in response.getheaders()}
        self.data = response.read()

    @property
    def body(self) -> Any:
        return json.loads(self.data)


class Client:
    """Calls an emulator over a socket."""

    def __init__(self, url: str, key: str = "a-key") -> None:
        self.url = url
        self.key = key
        self._place = urlsplit(url)

    def call(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Answer:
        """Sends a request; `body` is bytes, or anything that becomes JSON."""
        connection = http.client.HTTPConnection(self._place.hostname or "", self._place.port, timeout=20)
        try:
            data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
            sent = {"Content-Type": "application/json"} | (headers or {})
            if self.key:
                sent.setdefault("Authorization", f"Bearer {self.key}")
            connection.request(method, path, body=data, headers=sent)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Any:
        return self.call("GET", path, headers=headers).body

    def post(self, path: str, body: Any) -> Any:
        return self.call("POST", path, body).body

    def fetch(self, url: str, method: str = "GET", **headers: str) -> Answer:
        """A file by its whole URL, without a key."""
        parts = urlsplit(url)
        named = {name.replace("_", "-"): held for name, held in headers.items()}
        return Client(f"{parts.scheme}://{parts.netloc}", "").call(method, parts.path, headers=named)

    def create(self, model: str, /, callback: str = "", **inputs: Any) -> str:
        body: dict[str, Any] = {"model": model, "input": inputs}
        if callback:
            body["callBackUrl"] = callback
        answer = self.post("/api/v1/jobs/createTask", body)
        assert answer["code"] == 200, answer
        return str(answer["data"]["taskId"])

    def record(self, task: str) -> Any:
        return self.get(f"/api/v1/jobs/recordInfo?taskId={task}")["data"]


class Served:
    """An emulator on a socket, with a client."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("renderer", instantly)
        self.emulator = Emulator(**options)
        self.server: Server = self.emulator.serve()
        self.client = Client(self.server.url)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.emulator.close()


class Receiver:
    """Takes callbacks. `answers` are the statuses that it gives, the last one for ever."""

    def __init__(self, *answers: int) -> None:
        self.got: list[tuple[dict[str, str], Any]] = []
        self._answers = list(answers) or [200]
        self._came = threading.Condition()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                data = self.rfile.read(int(self.headers["Content-Length"]))
                status = receiver._answers.pop(0) if len(receiver._answers) > 1 else receiver._answers[0]
                with receiver._came:  # before the answer: who waits for that shall see it
                    held = {name.lower(): text for name, text in self.headers.items()}
                    receiver.got.append((held, json.loads(data)))
                    receiver._came.notify_all()
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def wait(self, number: int, seconds: float = 10.0) -> list[tuple[dict[str, str], Any]]:
        with self._came:
            assert self._came.wait_for(lambda: len(self.got) >= number, seconds), f"{len(self.got)} came"
            return list(self.got)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
