"""A server ends when it is told to; what it is answering is answered."""

from __future__ import annotations

import http.client
import threading
from typing import Any

import pytest

from kie.emulator import Emulator, Fault
from tests.emulator.support import Client


def test_after_its_end_nobody_is_there_and_open_connections_are_closed() -> None:
    with Emulator(workers=0) as emulator:
        server = emulator.serve()
        kept = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        kept.request("GET", "/__emulator/health")
        assert kept.getresponse().read()
        server.close()
        assert not server._thread.is_alive()
        assert kept.sock is not None
        assert kept.sock.recv(1) == b""
        kept.close()
        with pytest.raises(ConnectionRefusedError):
            Client(server.url).get("/api/v1/chat/credit")
        server.close()  # once more does no harm


def test_what_is_being_answered_is_answered_to_its_end() -> None:
    fault = Fault("create", "delay", seconds=0.3)
    with Emulator(workers=0, faults=[fault]) as emulator:
        server = emulator.serve()
        answers: list[Any] = []
        body = {"model": "nano-banana-2", "input": {"prompt": "a boat"}}
        asking = threading.Thread(
            target=lambda: answers.append(Client(server.url).post("/api/v1/jobs/createTask", body))
        )
        asking.start()
        begun = threading.Event()
        while not emulator.world.faults.to_json()[0]["seen"]:
            begun.wait(0.005)
        server.close()
        asking.join()
        assert answers[0]["code"] == 200
        assert len(emulator.tasks()) == 1


def test_many_servers_leave_no_threads() -> None:
    before = set(threading.enumerate())  # other tests of this process may keep servers
    with Emulator(workers=0) as emulator:
        for _ in range(20):
            emulator.serve().close()
        assert not [thread for thread in set(threading.enumerate()) - before if thread.name == "kie-emulator-server"]
