"""Every recorded and documented body of the vendor is read rightly. Needs ../shared; the tables need nothing."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from kie.catalogue.files import default_catalogue
from kie.errors import InvalidInput, KieError, TaskNotFound
from kie.wire.build import path_of
from kie.wire.callback import read_callback
from kie.wire.chat import ChatReader
from kie.wire.envelope import failure, open_envelope
from kie.wire.paths import first_text
from kie.wire.read import reader_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kie.catalogue.model import Model

_KINDS = {
    400: "InvalidInput",
    401: "AuthenticationError",
    404: "TaskNotFound",
    422: "TaskNotFound",
    429: "RateLimited",
    500: "ServiceError",
}


@cache
def _by_path() -> dict[tuple[str, str], Model]:
    """Return the model that speaks at each (method, path): creating, or asking."""
    out: dict[tuple[str, str], Model] = {}
    catalogue = default_catalogue()
    for name in catalogue:
        model = catalogue.entry(name)
        out.setdefault((model.submit["method"], path_of(model.submit["path"], model)), model)
        if model.dialect.query:
            out.setdefault((model.dialect.query["method"], path_of(model.dialect.query["path"], model)), model)
    return out


def _model(method: str, path: str, body: Any = None) -> Model:
    if path == "/api/v1/jobs/createTask" and isinstance(body, dict):
        return default_catalogue().entry(body["model"])
    return _by_path()[method, path]


def _result_urls(record: dict[str, Any]) -> list[str]:
    found: list[str] = json.loads(record["resultJson"])["resultUrls"]
    return found


#: What a page's record holds as its result, said independently of the dialects: "urls" or "text", and how to get it.
RESULTS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "get-4-o-image-details": ("urls", lambda d: d["response"]["resultUrls"]),
    "get-aleph-video-details": ("urls", lambda d: [d["response"]["resultVideoUrl"]]),
    "get-cover-suno-details": ("urls", lambda d: d["response"]["images"]),
    "get-image-details": ("urls", lambda d: [d["response"]["resultImageUrl"]]),
    "get-lyrics-details": ("text", lambda d: d["response"]["data"][0]["text"]),
    "get-midi-details": ("data", lambda d: d["midiData"]),
    "get-music-details": ("urls", lambda d: [song["audioUrl"] for song in d["response"]["sunoData"]]),
    "get-music-video-details": ("urls", lambda d: [d["response"]["videoUrl"]]),
    "get-task-detail": ("urls", _result_urls),
    "get-veo-3-1080-p-video": ("urls", lambda d: [d["resultUrl"]]),
    "get-veo-3-video-details": ("urls", lambda d: d["response"]["resultUrls"]),
    "get-wav-details": ("urls", lambda d: [d["response"]["audioWavUrl"]]),
    "get-account-credits": ("data", lambda d: d),
    "get-timestamped-lyrics": ("data", lambda d: d),
    "download-url": ("urls", lambda d: [d]),
    "get-4-o-image-download-url": ("urls", lambda d: [d]),
    "upload-file-base-64": ("urls", lambda d: [d["downloadUrl"]]),
    "upload-file-stream": ("urls", lambda d: [d["downloadUrl"]]),
    "upload-file-url": ("urls", lambda d: [d["downloadUrl"]]),
}
#: Pages whose example of a good answer carries another code.
_SLIPS = {"create-music-video": 0, "generate-sounds": 422}


def _stems(record: dict[str, Any]) -> set[str]:
    listed = [part["audio_url"] for part in record.get("originData") or ()]
    single = [v for k, v in record.items() if k.endswith("Url") and k != "originUrl" and v]
    return {link for link in (single or listed) if link.startswith("http")}


def _read_page(name: str, document: dict[str, Any], body: Any) -> None:
    method, _, path = document["endpoint"].partition(" ")
    model = _model(method, path)
    page, _, status = name.partition("__")
    wire = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    if model.dialect.shape == "chat":
        if status == "200":
            body = json.loads(wire)
            reply = ChatReader(model).whole(200, wire)
            streamed = ChatReader(model)  # one page says "text/event-stream" and shows plain JSON
            streamed.feed(wire)
            assert streamed.end(200) == reply
            assert reply.credits == Decimal(str(body["credits_consumed"]))
            assert reply.input_tokens
            assert reply.output_tokens
            assert reply.text or reply.finish
        else:
            with pytest.raises(KieError) as caught:
                ChatReader(model).whole(200, wire)
            assert type(caught.value).__name__ == _KINDS[int(status)]
        return
    reader = reader_of(model.dialect)
    if status == "200" and page in RESULTS:
        kind, where = RESULTS[page]
        state = reader.reply(200, wire, model=model.id, task_id="t", result=kind)
        wanted = where(body["data"])
        assert state.state == "succeeded"
        assert (list(state.outputs) if kind == "urls" else getattr(state, kind)) == wanted
    elif status == "200" and page == "get-vocal-separation-details":
        state = reader.reply(200, wire, model=model.id, task_id="t")
        assert state.state == "succeeded"
        assert set(state.outputs) == _stems(body["data"]["response"])
    elif status == "200" and page == "get-veo-3-4k-video":
        assert reader.reply(200, wire, model=model.id, task_id="t").state == "running"
    elif status == "200":
        envelope = open_envelope(200, wire)
        assert envelope.code == str(_SLIPS.get(page, 200))
        assert (first_text(reader.task_id, body) or "") == body["data"]["taskId"]
    elif page in {"get-veo-3-4k-video", "get-veo-3-1080-p-video"}:
        assert reader.reply(200, wire, model=model.id, task_id="t").state == "running"
    else:
        with pytest.raises(KieError) as caught:
            reader.reply(int(status), wire, model=model.id, task_id="t")
        assert type(caught.value).__name__ == _KINDS[int(status)]
        assert caught.value.model == model.id


def test_every_documented_answer_is_read(shared: Path) -> None:
    seen = 0
    for path in sorted((shared / "kie-api/responses/documented-responses-2026-04-29").glob("*.json")):
        document = json.loads(path.read_text())
        several = document.get("examples")
        for body in [each["value"] for each in several.values()] if several else [document["example"]]:
            _read_page(path.stem, document, body)
            seen += 1
    assert seen >= 100


# ----------------------------------------------------------------------------------------------------------- recordings


def _read_exchange(exchange: dict[str, Any], seen: dict[str, int]) -> None:
    request, response = exchange["request"], exchange["response"]
    body = response["body"]
    path = "/" + request["url"].split("/", 3)[3].partition("?")[0]
    model = _model(request["method"], path, request["body"])
    wire = json.dumps(body).encode()
    if model.dialect.shape == "chat":
        reply = ChatReader(model).whole(response["status"], wire)
        assert reply.text
        assert reply.credits is not None
        seen["chat"] = seen.get("chat", 0) + 1
        return
    reader = reader_of(model.dialect)
    if request["method"] == "POST" and model.dialect.shape == "task":
        envelope = open_envelope(response["status"], wire)
        if envelope.good:
            assert first_text(reader.task_id, body) == body["data"]["taskId"]
        else:
            told = failure(envelope.code, envelope.message, creating=True)
            assert type(told).__name__ == ("TaskNotFound" if "exist" in body["msg"] else "InvalidInput"), told
        seen["created"] = seen.get("created", 0) + 1
        return
    if body["code"] != 200:
        with pytest.raises(InvalidInput, match="url is wrong"):  # the only refusal among the recordings
            reader.reply(response["status"], wire, model=model.id, task_id="t")
        seen["refused"] = seen.get("refused", 0) + 1
        return
    data = body["data"]
    if data is None:  # a task of the lyrics, asked for among the songs
        with pytest.raises(TaskNotFound):
            reader.reply(response["status"], wire, model=model.id, task_id="t")
        seen["absent"] = seen.get("absent", 0) + 1
        return
    state = reader.reply(response["status"], wire, model=model.id, task_id="t")
    wanted = {"waiting": "queued", "generating": "running", "success": "succeeded"}
    if path.endswith("/recordInfo"):
        assert state.state == wanted[data["state"]]
        assert list(state.outputs) == (_result_urls(data) if data["state"] == "success" else [])
        assert state.error is None
    elif path == "/api/v1/chat/credit":
        assert state.data == data
    elif model.dialect.shape == "upload":
        assert state.outputs == (data["downloadUrl"],)
    elif path == "/api/v1/style/generate":
        assert (state.state, state.text) == ("succeeded", data["result"])
        assert state.credits == Decimal(str(data["creditsConsumed"]))
    else:
        pytest.fail(f"nobody says what {path} should be")
    seen[state.state] = seen.get(state.state, 0) + 1


def test_every_recording_is_read(shared: Path) -> None:
    seen: dict[str, int] = {}
    for path in sorted((shared / "kie-api/responses/apicity-har-2026-05").glob("*.json")):
        for exchange in json.loads(path.read_text()):
            _read_exchange(exchange, seen)
    assert {"chat", "created", "queued", "running", "succeeded", "refused", "absent"} <= set(seen)
    assert sum(seen.values()) >= 140


# ------------------------------------------------------------------------------------------------------------ callbacks

CLAIMS: dict[str, Callable[[Any], list[Any]]] = {
    "convert-to-wav": lambda d: [d["audioWavUrl"]],
    "cover-suno": lambda d: d["images"],
    "create-music-video": lambda d: [d["video_url"]],
    "extend-ai-video": lambda d: [d["video_url"]],
    "generate-ai-video": lambda d: [d["video_url"]],
    "generate-4-o-image": lambda d: d["info"]["result_urls"],
    "generate-aleph-video": lambda d: [d.get("result_video_url")],
    "generate-lyrics": lambda _: [],
    "generate-midi": lambda _: [],
    "generate-or-edit-image": lambda d: [d["info"]["resultImageUrl"]],
    "generate-veo-3-video": lambda d: d["info"]["resultUrls"],
    "get-veo-3-4k-video": lambda d: d["info"]["resultUrls"],
    "separate-vocals": lambda d: [v for k, v in d["vocal_separation_info"].items() if k != "origin_url" and v],
}


def _songs(data: Any) -> list[Any]:
    return [song["audio_url"] for song in data["data"]]


def test_every_documented_callback_is_read(shared: Path) -> None:
    seen = 0
    for path in sorted((shared / "kie-api/responses/documented-callbacks-2026-04-29").glob("*.json")):
        page = path.stem.removesuffix("-callbacks")
        for each in json.loads(path.read_text()):
            body = each["body"]
            if "callBackUrl" in body:  # a request, shown among the callbacks
                continue
            hint = read_callback(json.dumps(body))
            data = body.get("data") or {}
            stage = data.get("callbackType")
            wanted = "failed" if body["code"] != 200 else "running" if stage in ("text", "first") else "succeeded"
            assert hint.state == wanted, each["heading"]
            assert hint.stage == stage
            assert hint.task_id == (data.get("taskId") or data.get("task_id") or body.get("taskId"))
            assert hint.code == str(body["code"])
            links = CLAIMS.get(page, _songs)(data) if wanted != "failed" else []
            assert set(hint.outputs) == {x for x in links if x and x.startswith("http")}, each["heading"]
            assert (hint.error is None) is (wanted != "failed")
            if hint.error:
                assert hint.error.code == str(body["code"])
                assert hint.error.message in (body["msg"], data.get("error"))
            seen += 1
    assert seen >= 55


def test_only_files_of_known_forms_are_there(shared: Path) -> None:
    """A new folder of recordings would be read by no test here."""
    folders = {path.name for path in (shared / "kie-api/responses").iterdir() if path.is_dir()}
    assert folders == {"apicity-har-2026-05", "documented-callbacks-2026-04-29", "documented-responses-2026-04-29"}
