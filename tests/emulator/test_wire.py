"""The emulator's answers have the keys and types of the recorded ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.emulator.support import PIXEL, Served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Json = dict[str, Any]


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with Served(clock="frozen", credits=10**6, rate=(10**6, 1.0)) as served:
        yield served


def _recorded(shared: Path, part: str) -> list[tuple[Json, Any]]:
    """Requests and answers whose path contains `part`, each form once."""
    found: dict[str, tuple[Json, Any]] = {}
    for file in sorted((shared / "kie-api" / "responses" / "apicity-har-2026-05").glob("*.json")):
        for exchange in json.loads(file.read_text(encoding="utf-8")):
            request, body = exchange["request"], exchange["response"]["body"]
            if part in request["url"]:
                model = (request["body"] or {}).get("model") if isinstance(request["body"], dict) else ""
                state = ((body or {}).get("data") or {}).get("state") if isinstance(body.get("data"), dict) else ""
                found.setdefault(f"{request['url'].split('?')[0]} {model} {state} {body.get('code')}", (request, body))
    return list(found.values())


def _shape(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _shape(held) for name, held in value.items()}
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return type(value).__name__
    return "number" if isinstance(value, int | float) else type(value).__name__


def _has(real: Any, ours: Any) -> None:
    """All recorded keys are there, with the same types."""
    real, ours = _shape(real), _shape(ours)
    if isinstance(real, dict):
        assert isinstance(ours, dict)
        assert real.keys() <= ours.keys(), f"missing: {sorted(real.keys() - ours.keys())}"
        for name, held in real.items():
            _has_type(name, held, ours[name])
    else:
        assert real == ours


def _has_type(name: str, real: Any, ours: Any) -> None:
    if isinstance(real, dict) and isinstance(ours, dict):
        for key, held in real.items():
            assert key in ours, f"{name}.{key}"
            _has_type(f"{name}.{key}", held, ours[key])
    else:
        assert real == ours, f"{name}: recorded {real}, emulated {ours}"


def test_recorded_creations_are_accepted_and_answered_alike(served: Served, shared: Path) -> None:
    recorded = _recorded(shared, "/jobs/createTask")
    assert len(recorded) > 20
    for request, body in recorded:
        if any(str(name).endswith("…") for name in (request["body"].get("input") or {})):
            continue
        inputs = {name: held for name, held in request["body"]["input"].items() if name != "task_id"}
        if inputs != request["body"]["input"]:
            inputs["task_id"] = served.client.create("grok-imagine/text-to-image", prompt="x")
        ours = served.client.post("/api/v1/jobs/createTask", {**request["body"], "input": inputs})
        assert ours["code"] == body["code"], (request["body"], ours)
        _has(body, ours)


def test_recorded_records_have_our_keys_and_types(served: Served, shared: Path) -> None:
    task = served.client.create("gpt-image-2-text-to-image", prompt="a poster", aspect_ratio="16:9")
    waiting = served.client.get(f"/api/v1/jobs/recordInfo?taskId={task}")
    served.emulator.advance(600)
    success = served.client.get(f"/api/v1/jobs/recordInfo?taskId={task}")
    seen = set()
    for _, body in _recorded(shared, "/jobs/recordInfo"):
        state = body["data"]["state"]
        seen.add(state)
        _has(body, success if state == "success" else waiting)
    assert {"waiting", "success"} <= seen


def test_record_of_a_market_task_as_on_the_wire(served: Served) -> None:
    task = served.client.create("nano-banana-pro", prompt="ein Fuchs, größer", resolution="2K")
    record = served.client.record(task)
    assert record["state"] == "waiting"
    assert record["resultJson"] == ""
    assert record["costTime"] is None
    assert record["creditsConsumed"] == 18
    assert "response" not in record
    param = json.loads(record["param"])
    assert json.loads(param["input"]) == {"prompt": "ein Fuchs, größer", "resolution": "2K"}
    served.emulator.advance(600)
    record = served.client.record(task)
    assert json.loads(record["resultJson"]) == record["response"]
    assert 0 < record["costTime"] < 600
    assert abs((record["completeTime"] - record["createTime"]) / 1000 - record["costTime"]) < 1.5


def test_failed_record(served: Served) -> None:
    before = served.emulator.balance
    task = served.client.create("nano-banana-pro", prompt="a fox emu:fail=422")
    assert served.emulator.balance == before - 18
    served.emulator.advance(600)
    record = served.client.record(task)
    assert (record["state"], record["failCode"], record["resultJson"]) == ("fail", "422", "")
    assert record["failMsg"]
    assert record["costTime"] is None
    assert served.emulator.balance == before


def test_recorded_small_endpoints(served: Served, shared: Path) -> None:
    for part in ("/chat/credit", "/style/generate", "/lyrics", "/api/v1/generate", "/wav/", "/mp4/", "/vocal-removal/",
                 "/midi/", "/common/download-url", "/claude/v1/messages", "/file-base64-upload"):  # fmt: skip
        for request, body in _recorded(shared, part):
            path = "/" + request["url"].split("/", 3)[3]
            sent = request["body"]
            if isinstance(sent, dict) and str(sent.get("base64Data", "")).endswith("…"):
                sent = {**sent, "base64Data": sent["base64Data"].rstrip("…")}
            ours = served.client.call(request["method"], path, sent).body
            assert ours.get("code") == body.get("code"), (path, ours)
            if body.get("code") not in (200, None):
                assert ours["msg"] == body["msg"]
            _has(body, ours)


def test_recorded_uploads(served: Served, shared: Path) -> None:
    real = next(body for request, body in _recorded(shared, "/file-stream-upload"))
    form = (
        b'--b\r\nContent-Disposition: form-data; name="uploadPath"\r\n\r\nimages/test\r\n'
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a cat.png"\r\n'
        b"Content-Type: image/png\r\n\r\n" + PIXEL + b"\r\n--b--\r\n"
    )
    ours = served.client.call(
        "POST", "/api/file-stream-upload", form, {"Content-Type": "multipart/form-data; boundary=b"}
    ).body
    _has(real, ours)
    data = ours["data"]
    assert data["fileName"] != "a cat.png"
    assert data["fileName"].endswith(".png")
    assert data["filePath"].startswith("kieai/")
    got = served.client.fetch(data["downloadUrl"])
    assert (got.status, got.data, got.headers["content-type"]) == (200, PIXEL, "image/png")


def test_errors_come_with_http_200(served: Served) -> None:
    client = served.client
    nobody = type(client)(client.url, "")
    answer = nobody.call("GET", "/api/v1/chat/credit")
    assert answer.status == 200
    assert answer.body["code"] == 401
    assert "data" not in answer.body
    assert client.get("/api/v1/jobs/recordInfo?taskId=nothing") == {
        "code": 422, "msg": "recordInfo is null", "data": None,
    }  # fmt: skip
    for path in ("generate", "lyrics", "aleph", "vocal-removal", "voice"):
        assert client.get(f"/api/v1/{path}/record-info?taskId=nothing") == {
            "code": 200, "msg": "success", "data": None,
        }  # fmt: skip
    unknown = client.post("/api/v1/jobs/createTask", {"model": "no/such", "input": {}})
    assert (unknown["code"], unknown["msg"]) == (422, "The model is not supported")
    empty = client.post("/api/v1/jobs/createTask", {"model": "nano-banana-pro", "input": {}})
    assert (empty["code"], empty["msg"]) == (500, "This field is required")
    wrong = {"model": "nano-banana-pro", "input": {"prompt": "x", "resolution": "9K"}}
    refused = client.post("/api/v1/jobs/createTask", wrong)
    assert (refused["code"], refused["msg"]) == (500, "resolution is not within the range of allowed options")
    retired = client.post("/api/v1/jobs/createTask", {"model": "sora-2-text-to-video", "input": {"prompt": "x"}})
    assert (retired["code"], retired["msg"]) == (500, "This interface is temporarily paused")


def test_unknown_paths_are_really_404(served: Served) -> None:
    answer = served.client.call("GET", "/api/v1/no/such/thing")
    assert answer.status == 404
    assert set(answer.body) == {"timestamp", "status", "error", "message", "path"}
    assert served.client.call("GET", "/api/v1/veo/generate").status == 405


def test_unknown_fields_are_ignored_unless_strict() -> None:
    body = {"model": "nano-banana-pro", "input": {"prompt": "x", "no_such_field": 1}}
    with Served() as served:
        assert served.client.post("/api/v1/jobs/createTask", body)["code"] == 200
    with Served(strict=True) as served:
        assert served.client.post("/api/v1/jobs/createTask", body)["code"] == 500


def test_keys() -> None:
    with Served(keys={"right"}) as served:
        assert served.client.get("/api/v1/chat/credit")["code"] == 401
        assert type(served.client)(served.client.url, "right").get("/api/v1/chat/credit")["code"] == 200


def test_april_quirk_has_exactly_the_recorded_keys(shared: Path) -> None:
    with Served(quirks=["record-2026-04"]) as served:
        record = served.client.record(served.client.create("nano-banana-pro", prompt="x"))
    real = _recorded(shared, "/jobs/recordInfo")[0][1]["data"]
    assert record.keys() == real.keys()
