"""Control, journal, reset, the command line, and the application without a socket."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
import urllib.request
from typing import Any

import pytest

from kie.emulator import Emulator, Fault
from kie.emulator.__main__ import main
from tests.emulator.support import Client, Served, instantly


def test_control() -> None:
    with Served(clock="frozen") as served:
        client = Client(served.client.url, "")
        task = served.client.create("nano-banana-pro", prompt="x")
        assert client.get("/__emulator/health")["status"] == "ok"
        assert client.get("/__emulator/clock")["pending"] == 1
        moved = client.call("POST", "/__emulator/advance", {"seconds": 600}).body
        assert moved["events"] == 1
        [shown] = client.get("/__emulator/tasks")
        assert (shown["id"], shown["state"]) == (task, "success")
        assert client.get(f"/__emulator/tasks/{task}")["urls"]
        ledger = client.get("/__emulator/ledger")
        assert (ledger["balance"], ledger["spent"], ledger["held"]) == ("982.00", "18.00", "0")
        assert [note["path"] for note in client.get("/__emulator/journal")] == ["/api/v1/jobs/createTask"]
        assert client.call("POST", "/__emulator/reset").body == {"reset": True}
        assert client.get("/__emulator/tasks") == []
        assert served.client.create("nano-banana-pro", prompt="x") == task
        assert client.call("GET", "/__emulator/nothing").status == 404


def test_keys_are_never_written_down_whole() -> None:
    with Served() as served:
        client = Client(served.client.url, "a-very-secret-key")
        client.create("nano-banana-pro", prompt="x")
        text = str(served.emulator.journal()) + str(served.emulator.ledger())
        assert "a-very-secret-key" not in text


def _call(app: Any, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
    """One request to an ASGI application, without a socket."""
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": method, "path": path, "query_string": b"", "scheme": "https",
        "headers": [(b"authorization", b"Bearer x"), (b"host", b"kie.test")],
    }  # fmt: skip
    asyncio.run(app(scope, receive, send))
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


def test_without_a_socket() -> None:
    with Emulator(renderer=instantly, faults=[Fault("poll", "reset-before", nth=2)]) as emulator:
        assert _call(emulator.app, "GET", "/api/v1/chat/credit")[0] == 200
        with pytest.raises(ConnectionResetError):
            _call(emulator.app, "GET", "/api/v1/chat/credit")
        body = b'{"model":"nano-banana-pro","input":{"prompt":"x"}}'
        assert _call(emulator.app, "POST", "/api/v1/jobs/createTask", body)[0] == 200
        task = emulator.tasks()[0]
        emulator.advance(100)
        outcome = emulator.tasks()[0].outcome
        assert outcome is not None
        assert outcome.urls[0].startswith("https://kie.test/files/")
        assert task.state.name == "WAITING"


def test_two_servers_and_repr() -> None:
    with Emulator(renderer=instantly) as emulator:
        with emulator.serve() as first, emulator.serve() as second:
            assert first.port != second.port
            assert first.url in repr(emulator)
            with pytest.raises(OSError, match=r"."):
                emulator.serve(port=first.port)
        assert emulator.balance == 1000


def test_command_line() -> None:
    command = [
        sys.executable,
        "-m",
        "kie.emulator",
        "--port",
        "0",
        "--clock",
        "scaled:60",
        "--seed",
        "7",
        "--fault",
        "poll:500:2:1",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            url = line.split(" at ")[1].split(";")[0]
            with urllib.request.urlopen(f"{url}/__emulator/health", timeout=30) as answer:
                assert answer.status == 200
            process.terminate()
            process.wait(timeout=30)
        finally:
            process.kill()


def test_command_line_refuses(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--clock", "wild"]) == 2
    assert "wild" in capsys.readouterr().err
    assert main(["--list-quirks"]) == 0
    assert "states-documented" in capsys.readouterr().out


def test_many_clients_at_once() -> None:
    with Served(credits=10**6, rate=(10**6, 1.0)) as served:
        from concurrent.futures import ThreadPoolExecutor

        began = time.monotonic()
        with ThreadPoolExecutor(8) as pool:
            tasks = list(pool.map(lambda n: served.client.create("nano-banana-pro", prompt=str(n)), range(100)))
        assert len(set(tasks)) == 100
        assert time.monotonic() - began < 5
        while any(not task.state.done for task in served.emulator.tasks()):
            time.sleep(0.01)
        assert served.emulator.balance == 10**6 - 100 * 18


def test_a_request_that_nobody_thought_of_fails_and_gives_its_credits_back() -> None:
    with Served() as served:
        task = served.client.create("recraft/crisp-upscale", image="https://example.com/x.png", scale="much")
        record = served.client.record(task)
        assert (record["state"], record["failCode"]) == ("fail", "500")
        assert served.emulator.balance == 1000


def test_real_media_in_a_process_of_its_own() -> None:
    with Served(renderer=None, workers=1) as served:
        inputs = {"prompt": "a red kite", "image_size": "square", "output_format": "png"}
        task = served.client.create("qwen/text-to-image", **inputs)
        url = served.client.record(task)["response"]["resultUrls"][0]
        picture = served.client.fetch(url)
        assert picture.data.startswith(b"\x89PNG")
        assert b"emulated" in picture.data
        assert served.client.fetch(url).data == picture.data
        [worker] = served.emulator.world.studio._idle
        worker._process.kill()
        again = served.client.create("qwen/text-to-image", **inputs)
        url = served.client.record(again)["response"]["resultUrls"][0]
        assert served.client.fetch(url).data.startswith(b"\x89PNG")
