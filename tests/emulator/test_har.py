"""The journal as a HAR file, and the bill."""

from __future__ import annotations

import contextlib
import http.client
import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from kie.emulator import Fault
from kie.emulator.money.bill import Bill, Line, make_bill
from kie.emulator.money.ledger import Ledger
from tests.emulator.support import PIXEL, Client, Receiver, Served

#: What HAR 1.2 demands: the names of each object, and their types.
ENTRY = {
    "startedDateTime": str,
    "time": (int, float),
    "request": dict,
    "response": dict,
    "cache": dict,
    "timings": dict,
}
MESSAGE = {"httpVersion": str, "cookies": list, "headers": list, "headersSize": int, "bodySize": int}
REQUEST = MESSAGE | {"method": str, "url": str, "queryString": list}
RESPONSE = MESSAGE | {"status": int, "statusText": str, "content": dict, "redirectURL": str}


def has(value: Any, wanted: dict[str, Any]) -> None:
    for name, kind in wanted.items():
        assert isinstance(value[name], kind), (name, value)


def judged(har: Any) -> list[Any]:
    """The entries of a HAR; fails where it is none."""
    log = json.loads(json.dumps(har, allow_nan=False))["log"]
    assert log["version"] == "1.2"
    has(log["creator"], {"name": str, "version": str})
    for entry in log["entries"]:
        has(entry, ENTRY)
        has(entry["request"], REQUEST)
        has(entry["response"], RESPONSE)
        has(entry["response"]["content"], {"size": int, "mimeType": str})
        has(entry["timings"], {"send": (int, float), "wait": (int, float), "receive": (int, float)})
        assert sum(entry["timings"].values()) == entry["time"]
        assert datetime.fromisoformat(entry["startedDateTime"]).tzinfo is not None
        pairs = [*entry["request"]["headers"], *entry["response"]["headers"], *entry["request"]["queryString"]]
        assert all(set(pair) >= {"name", "value"} and isinstance(pair["value"], str) for pair in pairs)
        if "postData" in entry["request"]:
            has(entry["request"]["postData"], {"mimeType": str, "params": list, "text": str})
    starts = [entry["startedDateTime"] for entry in log["entries"]]
    assert starts == sorted(starts)
    return list(log["entries"])


def test_har() -> None:
    faults = [Fault("poll", "429", retry_after=3), Fault("media", "truncate", nth=2)]
    with Served(clock="frozen", faults=faults) as served, Receiver() as receiver:
        client = Client(served.client.url, "a-very-secret-key")
        task = client.create("nano-banana-pro", receiver.url, prompt="a bóat")
        client.get(f"/api/v1/jobs/recordInfo?taskId={task}")
        served.emulator.advance(600)
        [url] = json.loads(client.record(task)["resultJson"])["resultUrls"]
        client.fetch(url)
        with contextlib.suppress(OSError, http.client.HTTPException):
            client.fetch(url)
        form = (
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n' + PIXEL + b"\r\n--b--\r\n"
        )
        client.call("POST", "/api/file-stream-upload", form, {"Content-Type": "multipart/form-data; boundary=b"})
        har = Client(served.client.url, "").call("GET", "/__emulator/journal.har")
        assert har.headers["content-type"].startswith("application/json")
        assert b"very-secret" not in har.data
        assert har.body == json.loads(json.dumps(served.emulator.har()))
        made, held_back, *_rest = entries = judged(har.body)
        [out] = [entry for entry in entries if entry["request"]["url"] == receiver.url]
        whole, cut = [entry for entry in entries if entry["request"]["url"] == url]
        upload = entries[-1]

    assert json.loads(made["request"]["postData"]["text"])["input"] == {"prompt": "a bóat"}
    assert json.loads(made["response"]["content"]["text"])["data"]["taskId"] == task
    assert f"task {task}" in made["comment"]
    assert {"name": "authorization", "value": "[redacted]…-key"} in made["request"]["headers"]
    assert {"name": "retry-after", "value": "3"} in held_back["response"]["headers"]
    assert "fault 429" in held_back["comment"]
    assert held_back["request"]["queryString"] == [{"name": "taskId", "value": task}]
    assert held_back["request"]["url"].endswith(f"/api/v1/jobs/recordInfo?taskId={task}")
    assert "callback, try 1" in out["comment"]
    assert json.loads(out["request"]["postData"]["text"])["data"]["taskId"] == task
    assert whole["response"]["content"]["size"] == whole["response"]["bodySize"] > 2000
    assert "text" not in whole["response"]["content"]
    assert "text" not in cut["response"]["content"]
    assert cut["response"]["bodySize"] == cut["response"]["content"]["size"] // 2
    assert upload["request"]["postData"]["text"] == ""
    assert upload["request"]["bodySize"] == len(form)


def test_har_of_some_notes() -> None:
    with Served(clock="frozen") as served:
        first = served.client.create("nano-banana-pro", prompt="x")
        second = served.client.create("nano-banana-pro", prompt="y")
        served.client.record(second)
        inspector = Client(served.client.url, "")
        assert len(inspector.get(f"/__emulator/journal.har?task={first}")["log"]["entries"]) == 1
        assert len(inspector.get("/__emulator/journal.har?stage=poll")["log"]["entries"]) == 1
        assert len(inspector.get("/__emulator/journal.har?since=1&limit=1")["log"]["entries"]) == 1


def test_an_answer_that_never_came_has_status_0() -> None:
    with Served(clock="frozen", faults=[Fault("poll", "reset-before")]) as served:
        with contextlib.suppress(OSError, http.client.HTTPException):
            served.client.get("/api/v1/chat/credit")
        [entry] = judged(served.emulator.har())
    assert (entry["response"]["status"], entry["response"]["_error"]) == (0, "no answer")


# ---------------------------------------------------------------------------------------------------------------- bill


def test_bill() -> None:
    with Served(clock="frozen") as served:
        served.client.create("nano-banana-pro", prompt="x")
        served.client.create("nano-banana-pro", prompt="emu:fail")
        served.emulator.advance(600)
        served.client.create("nano-banana-pro", prompt="still under way")
        bill = served.emulator.bill()
        assert bill == Bill(
            Decimal("18.00"),
            Decimal("18.00"),
            Decimal("964.00"),
            Decimal("18.00"),
            1,
            1,
            (Line("nano-banana-pro", 1, Decimal("18.00")),),
        )
        inspector = Client(served.client.url, "")
        held = inspector.get("/__emulator/ledger")
        assert held["text"] == str(bill)
        assert held["spent_usd"] == "0.09000"
        text = inspector.call("GET", "/__emulator/ledger.txt")
        assert text.headers["content-type"] == "text/plain; charset=utf-8"
        assert text.data.decode() == (
            "These calls would have cost 18 credits = $0.09. 1 task is not finished yet, and would cost 18 credits = "
            "$0.09. 18 credits = $0.09 came back for 1 that failed. 964 credits are left.\n\n"
            "model            calls  credits    USD\n"
            "nano-banana-pro      1       18  $0.09\n"
        )


def test_the_bill_adds_up_whatever_was_done() -> None:
    ledger = Ledger(Decimal(1000), 0.0)
    for number, price in enumerate(("412", "0.5", "12.25", "7")):
        ledger.hold(0.0, str(number), Decimal(price), note=f"model-{number % 2}")
    ledger.settle(1.0, "0")
    ledger.settle(1.0, "1")
    ledger.give_back(1.0, "2")
    ledger.charge(2.0, Decimal("0.04"), note="chat")
    bill = make_bill(ledger)
    assert sum(line.credits for line in bill.lines) == bill.spent == Decimal("412.54")
    assert bill.spent + bill.held + bill.balance == 1000
    assert [line.model for line in bill.lines] == ["model-0", "model-1", "chat"]
    assert str(make_bill(Ledger(Decimal(80), 0.0))) == (
        "These calls would have cost 0 credits = $0.00. 80 credits are left."
    )
    assert "412 credits = $2.06" in str(Bill(Decimal(412), Decimal(0), Decimal(588)))
