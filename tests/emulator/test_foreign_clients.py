"""The ways in which clients of other people call, each as small as it can be: what they send and what they read."""

from __future__ import annotations

import base64
import itertools
import json
import socket
from typing import TYPE_CHECKING, Any

import pytest

from tests.emulator.support import Served

if TYPE_CHECKING:
    from collections.abc import Iterator

PNG = b"\x89PNG\r\n\x1a\n" + bytes(24)
CREATE = "/api/v1/jobs/createTask"
RECORD = "/api/v1/jobs/recordInfo"


@pytest.fixture
def served() -> Iterator[Served]:
    with Served() as held:
        yield held


def raw(served: Served, text: bytes, *more: bytes) -> tuple[bytes, bytes]:
    """Sends bytes as they are; the head and the body of the answer, read to the end of the connection."""
    with socket.create_connection((served.server.host, served.server.port), timeout=10) as held:
        held.sendall(text)
        for part in more:
            held.sendall(part)
        data = b""
        while piece := held.recv(65536):
            data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    return head, body


def create(served: Served, model: str, inputs: dict[str, Any], **more: Any) -> dict[str, Any]:
    answer: dict[str, Any] = served.client.post(CREATE, {"model": model, "input": inputs, **more})
    return answer


# --------------------------------------------------------------------------------------------------- what is left out


@pytest.mark.parametrize(
    ("model", "inputs"),
    [
        ("kling-3.0/video", {"prompt": "a fox", "duration": "5", "aspect_ratio": "16:9", "mode": "std"}),
        ("z-image", {"prompt": "a fox"}),
        ("seedream/4.5-text-to-image", {"prompt": "a fox"}),
        ("nano-banana-2-lite", {"prompt": "a fox"}),
    ],
)
def test_a_choice_with_a_documented_default_may_be_left_out(model: str, inputs: dict[str, str]) -> None:
    with Served() as served:
        assert create(served, model, inputs)["code"] == 200
    with Served(strict=True) as served:
        assert create(served, model, inputs)["msg"] == "This field is required"


@pytest.mark.parametrize(
    ("model", "inputs"),
    [
        ("kling-2.6/text-to-video", {"prompt": "a fox"}),  # sound has no default
        ("elevenlabs/text-to-speech-multilingual-v2", {"text": "Hello."}),  # the voice has one, and is demanded
        ("happyhorse-1-1/text-to-video", {"resolution": "720p"}),  # its prompt's default is an example
    ],
)
def test_what_is_demanded_in_spite_of_that_is_refused(served: Served, model: str, inputs: dict[str, str]) -> None:
    answer = create(served, model, inputs)
    assert (answer["code"], answer["msg"]) == (500, "This field is required")


@pytest.mark.parametrize(
    ("custom", "instrumental", "code"), [(True, True, 200), (True, False, 422), (False, True, 422), (False, False, 422)]
)
def test_an_instrumental_song_in_custom_mode_needs_no_prompt(
    served: Served, custom: object, instrumental: object, code: int
) -> None:
    body = {"customMode": custom, "instrumental": instrumental, "model": "V5", "style": "folk", "title": "Dawn"}
    answer = served.client.post("/api/v1/generate", {**body, "prompt": "", "callBackUrl": "https://example.com/done"})
    assert answer["code"] == code


# ------------------------------------------------------------------------------------------------------------ uploads


def multipart(*parts: tuple[str, str, bytes], boundary: str = "xYz") -> bytes:
    """A form of parts: disposition, type (or nothing) and content."""
    lines = b""
    for disposition, kind, content in parts:
        head = f"--{boundary}\r\nContent-Disposition: form-data; {disposition}\r\n"
        lines += (head + (f"Content-Type: {kind}\r\n" if kind else "") + "\r\n").encode() + content + b"\r\n"
    return lines + f"--{boundary}--\r\n".encode()


FILE = ('name="file"; filename="a.png"', "image/png", PNG)
FOLDER = ('name="uploadPath"', "", b"images")
NAME = ('name="fileName"', "", b"mine.png")


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ((FILE, FOLDER), None),
        ((FOLDER, FILE), None),
        ((FILE, FOLDER, NAME), "mine.png"),
        ((NAME, FOLDER, FILE), "mine.png"),
        ((FOLDER, ('name="file"; filename="a.png"', "", PNG)), None),
        ((FOLDER, ("name=file; filename=a.png", "image/png", PNG)), None),
        ((FOLDER, ('name="file"; filename="a.png"; filename*=UTF-8\'\'a.png', "image/png", PNG)), None),
        ((('name="uploadPath"', "text/plain; charset=utf-8", b"images"), FILE), None),
    ],
)
@pytest.mark.parametrize("header", ["multipart/form-data; boundary=xYz", 'Multipart/Form-Data; boundary="xYz"'])
def test_forms_are_read_in_any_order_and_writing(
    served: Served, parts: tuple[tuple[str, str, bytes], ...], name: str | None, header: str
) -> None:
    answer = served.client.call("POST", "/api/file-stream-upload", multipart(*parts), headers={"Content-Type": header})
    made = answer.body["data"]
    assert answer.body["success"] is True
    assert made["fileSize"] == len(PNG)
    assert made["fileName"] == name or (name is None and made["fileName"].endswith(".png"))


@pytest.mark.parametrize("form", ["stream", "base64", "url"])
def test_an_upload_without_its_folder_is_refused_in_the_documented_words(served: Served, form: str) -> None:
    path = f"/api/file-{form}-upload"
    if form == "stream":
        answer = served.client.call(
            "POST", path, multipart(FILE), headers={"Content-Type": "multipart/form-data; boundary=xYz"}
        ).body
    else:
        given = {"base64Data": base64.b64encode(PNG).decode(), "fileUrl": "https://example.com/a.png"}
        answer = served.client.post(path, given)
    assert answer == {"success": False, "code": 400, "msg": "Missing required parameter: uploadPath"}


# ----------------------------------------------------------------------------------------------------------- requests

BODY = json.dumps({"model": "google/nano-banana", "input": {"prompt": "a fox"}}).encode()
ASKING = b"GET /api/v1/chat/credit HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
SENDING = b"POST /api/v1/jobs/createTask HTTP/1.1\r\nConnection: close\r\n"
KEYED = b"Authorization: Bearer a-key\r\nHost: any\r\n"


@pytest.mark.parametrize(
    "header",
    [
        b"Authorization: Bearer a-key",
        b"authorization: bearer a-key",
        b"AUTHORIZATION: BEARER   a-key  ",
        b"x-api-key: a-key",
        b"x-api-key: Bearer a-key",
        b"x-goog-api-key: a-key",
    ],
)
def test_the_key_may_be_written_in_several_ways(header: bytes) -> None:
    with Served(keys=["a-key"]) as served:
        _, body = raw(
            served, b"GET /api/v1/chat/credit HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + header + b"\r\n\r\n"
        )
    assert json.loads(body)["code"] == 200


@pytest.mark.parametrize("header", [b"Authorization: a-key", b"Authorization: Basic a-key", b"Token: a-key", b"X: y"])
def test_what_is_no_bearer_is_not_authorised(header: bytes) -> None:
    with Served(keys=["a-key"]) as served:
        _, body = raw(
            served, b"GET /api/v1/chat/credit HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + header + b"\r\n\r\n"
        )
    assert json.loads(body)["code"] == 401
    assert "data" not in json.loads(body)


@pytest.mark.parametrize(
    "kind",
    [
        "application/json",
        "application/json; charset=utf-8",
        "APPLICATION/JSON",
        "text/plain",
        "application/octet-stream",
    ],
)
def test_json_is_read_whatever_it_is_called(served: Served, kind: str) -> None:
    assert served.client.call("POST", CREATE, BODY, {"Content-Type": kind}).body["code"] == 200


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b"\n  "], ids=["bare", "byte order mark", "blanks"])
def test_json_may_begin_with_a_mark_or_blanks(served: Served, start: bytes) -> None:
    assert served.client.call("POST", CREATE, start + BODY).body["code"] == 200


def test_a_body_without_a_type_is_read(served: Served) -> None:
    head = SENDING + b"Content-Length: %d\r\n" % len(BODY)
    assert json.loads(raw(served, head + KEYED + b"\r\n" + BODY)[1])["code"] == 200


def test_a_body_in_chunks_is_read(served: Served) -> None:
    head = (
        b"POST /api/v1/jobs/createTask HTTP/1.1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
        + KEYED
        + b"\r\n"
    )
    parts = [b"%x\r\n%s\r\n" % (len(part), part) for part in (BODY[:7], BODY[7:8], BODY[8:])]
    assert json.loads(raw(served, head, *parts, b"0\r\n\r\n")[1])["code"] == 200


def test_who_waits_for_100_is_told_to_go_on(served: Served) -> None:
    head = (
        b"POST /api/v1/jobs/createTask HTTP/1.1\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: %d\r\n"
    )
    with socket.create_connection((served.server.host, served.server.port), timeout=10) as held:
        held.sendall(head % len(BODY) + KEYED + b"\r\n")
        assert held.recv(100).startswith(b"HTTP/1.1 100")
        held.sendall(BODY)
        data = b""
        while piece := held.recv(65536):
            data += piece
    assert b'"code":200' in data


def test_http_1_0_is_answered_and_closed(served: Served) -> None:
    head, body = raw(served, b"GET /api/v1/chat/credit HTTP/1.0\r\nAuthorization: Bearer a-key\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    assert json.loads(body)["code"] == 200


@pytest.mark.parametrize("path", ["//api/v1/chat/credit", "/api//v1/chat/credit", "/api/v1/chat/credit/"])
def test_slashes_that_a_base_address_brings_along_do_no_harm(served: Served, path: str) -> None:
    assert served.client.get(path)["code"] == 200


@pytest.mark.parametrize("path", ["/", "", "/api/v1/user/info", "/v1/chat/credit", "/api/v1/api/v1/chat/credit"])
def test_paths_that_clients_invent_are_not_found(served: Served, path: str) -> None:
    answer = served.client.call("GET", path or "/")
    assert (answer.status, answer.body["status"], answer.body["error"]) == (404, 404, "Not Found")


@pytest.mark.parametrize("query", ["taskId={}", "taskId={}&_t=17", "x=&taskId={}", "taskId={}#part"])
def test_the_query_of_a_record_may_hold_more(served: Served, query: str) -> None:
    task = served.client.create("google/nano-banana", prompt="a fox")
    path = f"{RECORD}?{query.format(task)}".partition("#")[0]
    assert served.client.get(path)["data"]["taskId"] == task


def test_a_head_request_for_a_file_tells_its_size(served: Served) -> None:
    made = served.client.post("/api/file-base64-upload", {"base64Data": "SGk=", "uploadPath": "a", "fileName": "b.txt"})
    answer = served.client.fetch(made["data"]["downloadUrl"], "HEAD")
    assert (answer.status, answer.headers["content-length"], answer.data) == (200, "2", b"")


def test_a_head_request_is_answered_as_the_get_would_be_without_its_body(served: Served) -> None:
    answer = served.client.call("HEAD", "/api/v1/chat/credit")
    assert (answer.status, answer.data) == (200, b"")


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "GET", "PUT"])
def test_what_may_only_be_posted_says_so(served: Served, method: str) -> None:
    answer = served.client.call(method, CREATE)
    assert (answer.status, answer.headers["allow"]) == (405, "POST")


def test_an_upload_with_a_wrong_key_is_refused_in_the_words_of_that_host() -> None:
    with Served(keys=["another"]) as served:
        answer = served.client.post("/api/file-base64-upload", {"base64Data": "SGk=", "uploadPath": "a"})
    assert answer == {"success": False, "code": 401, "msg": "Authentication failed: Invalid API Key"}


# ------------------------------------------------------------------------------------------------- what is read as int


def test_a_whole_balance_is_written_without_a_fraction(served: Served) -> None:
    data = served.client.call("GET", "/api/v1/chat/credit").data
    assert b'"data":1000}' in data  # a client of a strict language reads it as an integer
    served.client.post("/api/v1/style/generate", {"content": "jazz"})
    assert b'"data":999.6}' in served.client.call("GET", "/api/v1/chat/credit").data


def test_times_and_costs_of_a_record_are_whole_numbers(served: Served) -> None:
    task = served.client.create("google/nano-banana", prompt="a fox")
    served.emulator.advance(600)
    record = served.client.record(task)
    assert record["state"] == "success"
    for name in ("createTime", "completeTime", "costTime"):
        assert type(record[name]) is int, name


# --------------------------------------------------------------------------------------------------------------- chats


def events(served: Served, path: str, body: dict[str, Any]) -> list[dict[str, Any]]:
    data = served.client.call("POST", path, body).data.decode()
    lines = [line.removeprefix("data: ") for line in data.splitlines() if line.startswith("data: ")]
    return [json.loads(line) for line in lines if line != "[DONE]"]


def test_a_streamed_response_opens_and_closes_all_that_it_adds_to(served: Served) -> None:
    """Clients build the answer from the events: what was not added cannot be added to."""
    held: dict[str, Any] = {}
    for event in events(served, "/codex/v1/responses", {"model": "gpt-5-5", "input": "Hi", "stream": True}):
        kind = event["type"]
        if kind == "response.created":
            held = event["response"]
        elif kind == "response.output_item.added":
            held["output"].append(event["item"])
        elif kind == "response.content_part.added":
            held["output"][event["output_index"]]["content"].append(event["part"])
        elif kind == "response.output_text.delta":
            held["output"][event["output_index"]]["content"][event["content_index"]]["text"] += event["delta"]
        elif kind == "response.content_part.done":
            assert held["output"][event["output_index"]]["content"][event["content_index"]] == event["part"]
        elif kind == "response.completed":
            assert held["output"][0]["content"] == event["response"]["output"][0]["content"]
            return
    pytest.fail("it was not completed")


def test_the_path_of_2025_takes_the_model_from_the_body(served: Served) -> None:
    body = {"model": "gpt-5-2", "messages": [{"role": "user", "content": "Hi"}], "stream": False}
    assert served.client.post("/api/v1/chat/completions", body)["model"] == "gpt-5-2"
    assert served.client.post("/api/v1/chat/completions", {**body, "model": None})["code"] == 422


# --------------------------------------------------------------------------------------------------------------- lists


def test_a_models_schema_price_and_success_rate_are_told(served: Served) -> None:
    listed = served.client.get("/api/v1/models?q=kling-3.0/video")["data"]["models"]
    assert [row["model"] for row in listed] == ["kling-3.0/video"]
    schema = served.client.get("/api/v1/models/kling-3.0/video/schema")["data"]
    post = schema["openapi"]["paths"][CREATE]["post"]
    asked = post["requestBody"]["content"]["application/json"]["schema"]["properties"]
    assert asked["model"]["enum"] == [schema["model"]] == ["kling-3.0/video"]
    assert asked["input"]["properties"]["mode"]["enum"] == ["std", "pro", "4K"]
    price = served.client.get("/api/v1/models/kling-3.0/video/price")["data"]["pricingDesc"]
    assert price == listed[0]["pricingDesc"]
    assert "std silent: 14 credits (≈ $0.07) per second" in price
    points = served.client.get("/api/v1/models/kling-3.0/video/success-rate")["data"]["points"]
    assert len(points) == 24 * 6
    assert all(first["end"] == second["start"] for first, second in itertools.pairwise(points))
    assert served.client.get("/api/v1/models/no/such/schema")["code"] == 422


def test_the_vendors_public_lists_want_no_key() -> None:
    with Served(keys=["another"]) as served:
        assert "kling-3.0/video" in served.client.get("/api/v1/playground/model-paths")["data"]
        count = served.client.get("/client/v1/model-pricing/count")["data"]
        rows: list[dict[str, str]] = []
        page = 1
        while True:
            data = served.client.post("/client/v1/model-pricing/page", {"pageNum": page, "pageSize": 100})["data"]
            rows += data["records"]
            if page >= data["pages"]:
                break
            page += 1
        assert (
            len(rows)
            == data["total"]
            == count["all"]
            == sum(count[kind] for kind in ("image", "video", "music", "chat"))
        )
        row = next(row for row in rows if row["anchor"].endswith("?model=z-image"))
        assert (row["creditPrice"], row["usdPrice"], row["creditUnit"]) == ("0.8", "0.004", "per image")
        assert served.client.get("/api/v1/models")["code"] == 401
