"""An emulator driven without sockets: the ASGI application is called directly, callbacks are taken in this process."""

from __future__ import annotations

import asyncio
import json
import threading
from dataclasses import dataclass
from typing import Any, Self

from kie.emulator import Emulator
from kie.emulator.sending.courier import sign
from tests.emulator.support import instantly

#: The virtual time at which these emulators begin: 2026-11-01, 00:00 UTC.
START = 1793491200.0
HOOK = "http://hooks.localhost/kie"
WEBHOOK_KEY = "the-webhook-key"


@dataclass(frozen=True)
class Reply:
    """What came back; `status` 0 when the connection was cut."""

    status: int
    headers: dict[str, str]
    data: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.data)

    @property
    def code(self) -> Any:
        """The body's code; None without one."""
        try:
            body = json.loads(self.data)
        except ValueError:
            return None
        return body.get("code") if isinstance(body, dict) else None


@dataclass(frozen=True)
class Delivery:
    """A callback as it came: `signed` is "rightly", "wrongly" or "not"."""

    url: str
    task: str
    signed: str
    data: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.data)


class InProcess:
    """An emulator with a frozen clock and a fixed beginning, and a client that calls it one request after another.

    `hook` is the address for callbacks.
    """

    hook = HOOK

    def __init__(self, **options: Any) -> None:
        held: dict[str, Any] = {
            "renderer": instantly,
            "clock": "frozen",
            "start": START,
            "rate": (0, 1.0),
            "webhook_key": WEBHOOK_KEY,
            "receiver": self._receive,
        }
        self.deliveries: list[Delivery] = []
        self.answers: list[int] = [200]
        self._lock = threading.Lock()
        self.emulator = Emulator(**(held | options))
        self._loop = asyncio.new_event_loop()

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str = "the-test-key",
        headers: dict[str, str] | None = None,
    ) -> Reply:
        """One request; `body` is bytes, or anything that becomes JSON."""
        data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {"host": "api.localhost", "content-type": "application/json"} | (headers or {})
        if key:
            sent["authorization"] = f"Bearer {key}"
        path, _, query = path.partition("?")
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "scheme": "http",
            "headers": [(name.encode(), text.encode()) for name, text in sent.items()],
        }
        return self._loop.run_until_complete(self._exchange(scope, data))

    async def _exchange(self, scope: dict[str, Any], data: bytes) -> Reply:
        asked = iter([{"type": "http.request", "body": data}])
        came: list[Any] = []

        async def receive() -> Any:
            for message in asked:
                return message
            return await asyncio.get_running_loop().create_future()

        async def send(message: Any) -> None:
            came.append(message)

        try:
            await self.emulator.app(scope, receive, send)
        except ConnectionResetError as cut:
            return Reply(0, {}, str(cut).encode())
        head, *parts = came
        headers = {name.decode(): text.decode() for name, text in head["headers"]}
        return Reply(head["status"], headers, b"".join(part["body"] for part in parts))

    def _receive(self, url: str, headers: dict[str, str], data: bytes) -> int:
        with self._lock:
            name = _task_of(data)
            stamp, signature = headers.get("X-Webhook-Timestamp"), headers.get("X-Webhook-Signature")
            right = stamp is not None and signature == sign(WEBHOOK_KEY, name, stamp)
            signed = "not" if signature is None else "rightly" if right else "wrongly"
            self.deliveries.append(Delivery(url, name, signed, data))
            return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def get(self, path: str) -> Any:
        return self.call("GET", path).body

    def post(self, path: str, body: Any) -> Any:
        return self.call("POST", path, body).body

    def create(self, model: str = "nano-banana-pro", /, *, callback: str = "", **inputs: Any) -> str:
        """A market task; its id."""
        body = {"model": model, "input": {"prompt": "a boat"} | inputs} | (
            {"callBackUrl": callback} if callback else {}
        )
        return str(self.post("/api/v1/jobs/createTask", body)["data"]["taskId"])

    def record(self, task: str) -> Any:
        return self.get(f"/api/v1/jobs/recordInfo?taskId={task}")["data"]

    def close(self) -> None:
        self.emulator.close()
        self._loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _task_of(data: bytes) -> str:
    """The id that a callback speaks of, wherever its family puts it; "" when it is broken."""
    try:
        body = json.loads(data)
    except ValueError:
        return ""
    held = body.get("data") or {}
    return str(held.get("taskId") or held.get("task_id") or body.get("taskId") or "")
