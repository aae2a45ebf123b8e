"""Callbacks: body, signature, tries, and whom they are never sent to."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from kie.emulator import Fault
from kie.emulator.sending.connections import Connections
from kie.emulator.sending.courier import sign, skipped
from tests.emulator.support import Receiver, Served


def test_signature_as_documented() -> None:
    by_hand = base64.b64encode(hmac.new(b"secret", b"task-1.1700000000", hashlib.sha256).digest()).decode()
    assert sign("secret", "task-1", 1700000000) == by_hand


def test_a_market_callback_is_signed_over_the_task_and_the_time() -> None:
    with Receiver() as receiver, Served(webhook_key="secret") as served:
        task = served.client.create("nano-banana-pro", receiver.url, prompt="x")
        [(headers, body)] = receiver.wait(1)
        assert headers["x-webhook-signature"] == sign("secret", task, headers["x-webhook-timestamp"])
        assert abs(int(headers["x-webhook-timestamp"]) - time.time()) < 60
        assert headers["content-type"] == "application/json; charset=utf-8"
        assert body["code"] == 200
        data = body["data"]
        assert set(data) == {
            "taskId", "model", "state", "param", "resultJson", "costTime", "createTime", "completeTime", "updateTime",
            "creditsConsumed",
        }  # fmt: skip
        assert data["taskId"] == task
        assert data["updateTime"] == data["createTime"]
        assert receiver.url in data["param"]


def test_no_signature_without_a_key() -> None:
    with Receiver() as receiver, Served() as served:
        served.client.create("nano-banana-pro", receiver.url, prompt="x emu:fail=501")
        [(headers, body)] = receiver.wait(1)
        assert "x-webhook-signature" not in headers
        assert (body["code"], body["data"]["state"], body["data"]["resultJson"]) == (501, "fail", None)


def test_a_refused_callback_is_tried_three_times() -> None:
    with Receiver(500) as receiver, Served() as served:
        served.client.create("nano-banana-pro", receiver.url, prompt="x")
        receiver.wait(3)
        time.sleep(0.3)
        assert len(receiver.got) == 3
        assert [note.status for note in served.emulator.journal() if note.way == "out"] == [500] * 3


def test_a_callback_that_is_taken_at_the_second_try_comes_twice() -> None:
    with Receiver(503, 200) as receiver, Served() as served:
        served.client.create("nano-banana-pro", receiver.url, prompt="x")
        receiver.wait(2)
        time.sleep(0.2)
        assert len(receiver.got) == 2


@pytest.mark.parametrize(("do", "number"), [("drop", 0), ("duplicate", 2)])
def test_lost_and_doubled_callbacks(do: str, number: int) -> None:
    with Receiver() as receiver, Served(faults=[Fault("callback", do)]) as served:
        served.client.create("nano-banana-pro", receiver.url, prompt="x")
        time.sleep(0.3)
        assert len(receiver.got) == number


@pytest.mark.parametrize(
    ("url", "never"),
    [
        ("https://hooks.invalid/x", True),
        ("https://example.com/cb", True),
        ("https://sub.example.org/cb", True),
        ("ftp://host/x", True),
        ("", True),
        ("http://127.0.0.1:1/x", False),
        ("https://counterexample.com/x", False),
    ],
)
def test_addresses_that_are_only_examples_are_skipped(url: str, never: bool) -> None:  # noqa: FBT001
    assert skipped(url) is never


def test_an_unreachable_receiver_does_no_harm() -> None:
    with Served() as served:
        task = served.client.create("nano-banana-pro", "http://127.0.0.1:1/x", prompt="x")
        assert served.client.record(task)["state"] == "success"


def test_callback_exception_quirk() -> None:
    body = {"prompt": "x", "customMode": False, "instrumental": True, "model": "V5"}
    with Receiver(500) as receiver, Served(quirks=["callback-exception"]) as served:
        task = served.client.post("/api/v1/generate", {**body, "callBackUrl": receiver.url})["data"]["taskId"]
        receiver.wait(9)
        time.sleep(0.1)
        record = served.client.get(f"/api/v1/generate/record-info?taskId={task}")["data"]
        assert record["status"] == "CALLBACK_EXCEPTION"
        assert record["response"]["sunoData"]


def test_an_advance_returns_when_the_callbacks_are_delivered() -> None:
    with Receiver() as receiver, Served(clock="frozen", credits=10**6, rate=(0, 1.0)) as served:
        for _ in range(30):
            served.client.create("nano-banana-pro", receiver.url, prompt="x")
        served.emulator.advance(600)
        assert len(receiver.got) == 30


def test_the_tries_of_a_refused_callback_lie_thirty_and_sixty_virtual_seconds_apart() -> None:
    with Receiver(500) as receiver, Served(clock="frozen") as served:
        served.client.create("nano-banana-pro", receiver.url, prompt="x")
        served.emulator.advance(600)
        out = [note for note in served.emulator.journal() if note.way == "out"]
        assert [note.attempt for note in out] == [1, 2, 3]
        first, second, third = (note.at for note in out)
        assert [second - first, third - second] == pytest.approx([30, 60])


def test_a_receiver_in_this_process_takes_what_http_would() -> None:
    got: list[tuple[str, dict[str, str], bytes]] = []

    def take(url: str, headers: dict[str, str], body: bytes) -> int:
        got.append((url, headers, body))
        return 204

    with Served(clock="frozen", webhook_key="secret", receiver=take) as served:
        task = served.client.create("nano-banana-pro", "http://somewhere/hook", prompt="x")
        served.emulator.advance(600)
        [(url, headers, body)] = got
        assert url == "http://somewhere/hook"
        assert headers["X-Webhook-Signature"] == sign("secret", task, headers["X-Webhook-Timestamp"])
        assert json.loads(body)["data"]["taskId"] == task
        assert [note.status for note in served.emulator.journal() if note.way == "out"] == [204]


def test_a_receiver_in_this_process_that_breaks_has_not_answered() -> None:
    def broken(url: str, headers: dict[str, str], body: bytes) -> int:
        raise RuntimeError(url)

    with Served(clock="frozen", receiver=broken) as served:
        served.client.create("nano-banana-pro", "http://somewhere/hook", prompt="x")
        served.emulator.advance(600)
        assert [note.status for note in served.emulator.journal() if note.way == "out"] == [0, 0, 0]


class _Sparing(BaseHTTPRequestHandler):
    """Keeps a connection open for one request, and then closes it without a word."""

    protocol_version = "HTTP/1.1"
    taken: ClassVar[list[tuple[int, bytes]]] = []

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        self.taken.append((self.client_address[1], data))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()
        self.close_connection = data != b"stay"

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def test_connections_are_kept_and_a_closed_one_is_made_anew() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Sparing) as server, Connections() as connections:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        _Sparing.taken.clear()
        url = f"http://127.0.0.1:{server.server_port}/x"
        assert [connections.post(url, {}, data) for data in (b"stay", b"stay", b"go", b"stay", b"stay")] == [200] * 5
        assert [data for _, data in _Sparing.taken] == [b"stay", b"stay", b"go", b"stay", b"stay"]
        ports = [port for port, _ in _Sparing.taken]
        assert ports[0] == ports[1] == ports[2] != ports[3] == ports[4]
        server.shutdown()
        thread.join()
        assert connections.post("http://[/x", {}, b"") == 0
