"""The contract as live cases: free questions first, then tasks of the cheapest models. Each raises AssertionError.

The same cases run against the emulator in every test run, and against the real API when that is asked for.
"""

from __future__ import annotations

import json
import struct
import time
import zlib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.referee import shapes
from tests.referee.vendor import CREATE_TASK, RECORD_INFO
from tests.referee.wire import Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.referee.live.budget import Budget

Json = dict[str, Any]

_NOBODY = "0" * 32
#: How each family tells that a task is not there: (code, whether data is null without an error) (CONTRACT §7.2).
ABSENT = {
    RECORD_INFO: 422,
    "/api/v1/gpt4o-image/record-info": 422,
    "/api/v1/flux/kontext/record-info": 422,
    "/api/v1/generate/record-info": 200,
    "/api/v1/lyrics/record-info": 200,
    "/api/v1/aleph/record-info": 200,
    "/api/v1/vocal-removal/record-info": 200,
    "/api/v1/voice/record-info": 200,
}
_STORED = ["downloadUrl", "fileName", "filePath", "fileSize", "mimeType", "success", "uploadedAt"]
_RECORD = {
    "taskId": "string",
    "model": "string",
    "state": "string",
    "param": "JSON in a string",
    "createTime": "number",
    "creditsConsumed": "number",
    "operationType": "string",
    "successFlag": "number",
}


@dataclass(slots=True)
class Ends:
    """The two hosts, and how long is waited between questions, in seconds."""

    api: Line
    uploads: Line
    pause: float = 5.0
    deadline: float = 600.0


def picture() -> bytes:
    """A small PNG, 64 by 64: half red, half white."""
    row = b"\0" + b"\xd0\x20\x20" * 32 + b"\xff\xff\xff" * 32

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(row * 64)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def balance(ends: Ends) -> Decimal:
    """The credits that are left."""
    answer = ends.api.get("/api/v1/chat/credit")
    assert answer.code == 200, answer.data[:300]
    return Decimal(str(answer.body["data"]))


# ------------------------------------------------------------------------------------------------------------- free


def credits_are_told(ends: Ends) -> None:
    answer = ends.api.get("/api/v1/chat/credit")
    assert answer.status == 200
    assert shapes.shape(answer.body) == {"code": "number", "msg": "string", "data": "number"}


def a_wrong_key_is_refused(ends: Ends) -> None:
    stranger = Line(ends.api.base, "a-key-that-opens-nothing")
    answer = stranger.get("/api/v1/chat/credit")
    stranger.close()
    assert (answer.status, answer.code) == (200, 401)
    assert sorted(answer.body) == ["code", "msg"]


def an_unknown_path_is_really_absent(ends: Ends) -> None:
    answer = ends.api.get("/api/v1/there-is-no-such-path")
    assert answer.status == 404
    assert {"timestamp", "status", "error", "path"} <= set(answer.body)


def an_unknown_model_is_refused(ends: Ends) -> None:
    answer = ends.api.post(CREATE_TASK, {"model": "there-is/no-such-model", "input": {"prompt": "A boat"}})
    assert (answer.status, answer.code) == (200, 422)
    assert answer.body["data"] is None


def an_empty_input_is_refused(ends: Ends) -> None:
    answer = ends.api.post(CREATE_TASK, {"model": "z-image", "input": {}})
    assert (answer.status, answer.code in (422, 500)) == (200, True), answer.data[:300]
    assert answer.body["data"] is None


def made_up_songs_are_refused(ends: Ends) -> None:
    body = {"taskId": _NOBODY, "audioId": _NOBODY, "callBackUrl": "https://example.com/hook"}
    answer = ends.api.post("/api/v1/wav/generate", body)
    assert (answer.status, answer.code) == (200, 422)


def a_foreign_link_is_refused(ends: Ends) -> None:
    answer = ends.api.post("/api/v1/common/download-url", {"url": "https://files.example.com/a.mp4"})
    assert (answer.status, answer.code) == (200, 422)


def unknown_tasks_are_told_as_each_family_does(ends: Ends) -> None:
    for path, code in ABSENT.items():
        answer = ends.api.get(f"{path}?taskId={_NOBODY}")
        assert (path, answer.status, answer.code, answer.body["data"]) == (path, 200, code, None)


def a_form_is_uploaded(ends: Ends) -> None:
    _stored(ends.uploads.form("/api/file-stream-upload", {"uploadPath": "referee", "fileName": "a.png"}, _FILE).body)


def base64_is_uploaded(ends: Ends) -> None:
    body = {"base64Data": "SGVsbG8gV29ybGQ=", "uploadPath": "referee", "fileName": "a.txt"}
    _stored(ends.uploads.post("/api/file-base64-upload", body).body)


def an_upload_without_a_folder_is_refused(ends: Ends) -> None:
    answer = ends.uploads.post("/api/file-base64-upload", {"base64Data": "SGVsbG8gV29ybGQ="})
    assert (answer.body["success"], answer.code) == (False, 400), answer.data[:300]


_FILE = ("a.png", picture())


def _stored(body: Any) -> None:
    assert body["success"] is True
    assert body["code"] == 200
    assert sorted(body["data"]) == _STORED


FREE: dict[str, Callable[[Ends], None]] = {
    probe.__name__.replace("_", " "): probe
    for probe in (
        credits_are_told,
        a_wrong_key_is_refused,
        an_unknown_path_is_really_absent,
        an_unknown_model_is_refused,
        an_empty_input_is_refused,
        made_up_songs_are_refused,
        a_foreign_link_is_refused,
        unknown_tasks_are_told_as_each_family_does,
        a_form_is_uploaded,
        base64_is_uploaded,
        an_upload_without_a_folder_is_refused,
    )
}


# ------------------------------------------------------------------------------------------------------------- paid


@dataclass(frozen=True, slots=True)
class Purchase:
    """A task that costs so many credits."""

    model: str
    credits: Decimal
    result: str
    inputs: Json


def purchases() -> list[Purchase]:
    """What may be bought, the cheapest first."""
    held = json.loads(Path(__file__).with_name("models.json").read_text(encoding="utf-8"))["models"]
    found = [Purchase(one["model"], Decimal(one["credits"]), one["result"], one["input"]) for one in held]
    return sorted(found, key=lambda one: one.credits)


def buy(ends: Ends, budget: Budget, purchase: Purchase) -> None:
    """Makes one task, and judges its records and its result. Raises OverBudgetError before anything is sent."""
    budget.allow(purchase.credits)
    before = balance(ends)
    assert before >= purchase.credits, f"{before} credits are left, it costs {purchase.credits}"
    inputs = purchase.inputs
    if "{image}" in inputs.values():
        stored = ends.uploads.form("/api/file-stream-upload", {"uploadPath": "referee"}, _FILE).body["data"]
        inputs = {name: stored["downloadUrl"] if held == "{image}" else held for name, held in inputs.items()}
    try:
        record = _made(ends, purchase, inputs)
    finally:
        after = _balance_or(ends, before - purchase.credits)
        budget.pay(purchase.credits, before - after)
    assert before - after <= purchase.credits, f"it cost {before - after} credits, not {purchase.credits}"
    _judge_result(purchase, record)


def _balance_or(ends: Ends, otherwise: Decimal) -> Decimal:
    """The balance; what it should be where it cannot be asked for, so that the purchase is counted."""
    try:
        return balance(ends)
    except (AssertionError, OSError):
        return otherwise


def _made(ends: Ends, purchase: Purchase, inputs: Json) -> Json:
    """The record of a task that was made and has succeeded."""
    created = ends.api.post(CREATE_TASK, {"model": purchase.model, "input": inputs})
    assert (created.status, created.code) == (200, 200), created.data[:300]
    assert sorted(created.body["data"]) == ["recordId", "taskId"]
    task = created.body["data"]["taskId"]
    until = time.monotonic() + ends.deadline
    record: Json = {}
    while record.get("state") not in ("success", "fail"):
        assert time.monotonic() < until, f"{purchase.model}: {task} is not done after {ends.deadline} s"
        time.sleep(ends.pause)
        answer = ends.api.get(f"{RECORD_INFO}?taskId={task}")
        if answer.code != 200 or answer.body["data"] is None:
            continue  # for a moment after its creation a task may not be known (CONTRACT §7.3)
        record = answer.body["data"]
        for name, kind in _RECORD.items():
            assert name in record, f"{name} is not in the record"
            assert shapes.brief(shapes.filled(shapes.shape(record[name]))) == kind, (name, record[name])
    assert record["state"] == "success", (record["failCode"], record["failMsg"])
    return record


def _judge_result(purchase: Purchase, record: Json) -> None:
    result = json.loads(record["resultJson"])
    assert record["response"] == result
    assert isinstance(record["costTime"], int)
    assert record["completeTime"] >= record["createTime"]
    assert record["failCode"] is None
    if purchase.result == "text":
        assert result["resultObject"]["lyricsData"][0]["text"]
        return
    links = result.get("resultUrls") or [song["audio_url"] for song in result["data"]]
    assert links
    assert all(link.startswith("http") for link in links)
