"""Faults on demand: what happened and what the client sees of it."""

from __future__ import annotations

import http.client
import json
import time
from typing import TYPE_CHECKING

import pytest

from kie.emulator import Fault
from kie.emulator.__main__ import main
from tests.emulator.support import Served

if TYPE_CHECKING:
    from pathlib import Path

BODY = {"model": "nano-banana-pro", "input": {"prompt": "x"}}
CREATE = "/api/v1/jobs/createTask"
CUT = (ConnectionError, http.client.RemoteDisconnected)


def test_a_reset_after_the_creation_leaves_a_task_that_costs() -> None:
    with Served(faults=[Fault("create", "reset-after")]) as served:
        with pytest.raises(CUT):
            served.client.post(CREATE, BODY)
        assert len(served.emulator.tasks()) == 1
        assert served.emulator.balance == 1000 - 18
        assert served.client.post(CREATE, BODY)["code"] == 200
        assert [note.fault for note in served.emulator.journal()] == ["reset-after", ""]


def test_a_reset_before_the_creation_leaves_nothing() -> None:
    with Served(faults=[Fault("create", "reset-before")]) as served:
        with pytest.raises(CUT):
            served.client.post(CREATE, BODY)
        assert served.emulator.tasks() == ()
        assert served.emulator.balance == 1000


def test_gateway_pages_and_codes() -> None:
    rules = [Fault("create", "http-502"), Fault("create", "429", nth=2), Fault("create", "500", nth=3)]
    with Served(faults=rules) as served:
        page = served.client.call("POST", CREATE, BODY)
        assert (page.status, page.headers["content-type"]) == (502, "text/html")
        assert served.client.post(CREATE, BODY)["code"] == 429
        assert served.client.post(CREATE, BODY)["code"] == 500
        assert served.client.post(CREATE, BODY)["code"] == 200
        assert len(served.emulator.tasks()) == 1


def test_nth_and_times() -> None:
    with Served(faults=[Fault("poll", "500", nth=2, times=2)]) as served:
        codes = [served.client.get("/api/v1/chat/credit")["code"] for _ in range(5)]
        assert codes == [200, 500, 500, 200, 200]
    with Served(faults=[Fault("poll", "500", nth=3, times=0, match="credit")]) as served:
        codes = [served.client.get("/api/v1/chat/credit")["code"] for _ in range(5)]
        assert codes == [200, 200, 500, 500, 500]


def test_truncated_files() -> None:
    with Served(faults=[Fault("media", "truncate")]) as served:
        url = served.client.record(served.client.create("nano-banana-pro", prompt="x"))["response"]["resultUrls"][0]
        with pytest.raises((http.client.IncompleteRead, ConnectionError)):
            served.client.fetch(url)
        assert served.client.fetch(url).status == 200


def test_malformed_json_and_missing_data() -> None:
    with Served(faults=[Fault("poll", "malformed"), Fault("poll", "null-data", nth=2)]) as served:
        answer = served.client.call("GET", "/api/v1/chat/credit")
        with pytest.raises(json.JSONDecodeError):
            _ = answer.body
        assert served.client.get("/api/v1/chat/credit") == {"code": 200, "msg": "success", "data": None}


def test_delay() -> None:
    with Served(faults=[Fault("poll", "delay", seconds=0.2)]) as served:
        began = time.monotonic()
        served.client.get("/api/v1/chat/credit")
        assert time.monotonic() - began >= 0.2


def test_spells_in_prompts() -> None:
    with Served(clock="frozen") as served:
        fast = served.client.create("nano-banana-pro", prompt="x")
        slow = served.client.create("nano-banana-pro", prompt="x emu:slow")
        stuck = served.client.create("nano-banana-pro", prompt="x emu:stuck")
        served.emulator.advance(40)
        assert [served.client.record(task)["state"] for task in (fast, slow, stuck)] == [
            "success",
            "waiting",
            "waiting",
        ]
        served.emulator.advance(40 * 86400)
        assert [served.client.record(task)["state"] for task in (slow, stuck)] == ["success", "waiting"]


def test_rules_from_outside(tmp_path: Path) -> None:
    with Served() as served:
        rule = {"stage": "poll", "do": "500"}
        assert served.client.post("/__emulator/faults", rule)[0]["seen"] == 0
        assert served.client.get("/api/v1/chat/credit")["code"] == 500
        assert served.client.get("/__emulator/faults")[0]["seen"] == 1
        for wrong in ({"stage": "poll"}, {"stage": "poll", "do": "sing"}, ["poll"]):
            assert served.client.call("POST", "/__emulator/faults", wrong).status == 400
    file = tmp_path / "faults.json"
    file.write_text('[{"stage": "poll", "do": "sing"}]', encoding="utf-8")
    assert main(["--faults", str(file)]) == 2
    assert main(["--faults", str(tmp_path / "nothing.json")]) == 2


def test_rules_that_do_not_exist_are_refused() -> None:
    with pytest.raises(ValueError, match="no such fault"):
        Fault("create", "explode")
    with pytest.raises(ValueError, match="no such quirk"):
        Served(quirks=["quirky"])


def test_what_befalls_a_request_leaves_the_word_in_its_prompt_its_power() -> None:
    with Served(faults=[Fault("create", "delay", seconds=0.01)]) as served:
        task = served.client.create("nano-banana-pro", prompt="a fox emu:fail=422")
        record = served.client.record(task)
        assert (record["state"], record["failCode"]) == ("fail", "422")
        task = served.client.create("nano-banana-pro", prompt="a fox emu:slow emu:fail=501")
        assert served.client.record(task)["state"] == "success"  # of two words for the same thing the first holds
