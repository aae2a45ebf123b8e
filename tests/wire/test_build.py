"""Requests out of (model, input): method, path, host, form of the body, the callback's field."""

from __future__ import annotations

from typing import Any

import pytest

from kie.catalogue.files import default_catalogue
from kie.wire.build import NO_CALLBACK, Request, build, build_query, path_of

HOOK = "https://me.example.com/hook"


def _entry(name: str) -> Any:
    return default_catalogue().entry(name)


#: id → path of the request that creates, and path of the query (None: answers at once).
PATHS: dict[str, tuple[str, str | None]] = {
    "z-image": ("/api/v1/jobs/createTask", "/api/v1/jobs/recordInfo"),
    "veo-3-1": ("/api/v1/jobs/createTask", "/api/v1/jobs/recordInfo"),
    "veo/generate": ("/api/v1/veo/generate", "/api/v1/veo/record-info"),
    "veo/extend@legacy": ("/api/v1/veo/extend", "/api/v1/veo/record-info"),
    "runway/generate": ("/api/v1/runway/generate", "/api/v1/runway/record-detail"),
    "runway/extend": ("/api/v1/runway/extend", "/api/v1/runway/record-detail"),
    "aleph/generate": ("/api/v1/aleph/generate", "/api/v1/aleph/record-info"),
    "gpt4o-image/generate": ("/api/v1/gpt4o-image/generate", "/api/v1/gpt4o-image/record-info"),
    "flux/kontext/generate": ("/api/v1/flux/kontext/generate", "/api/v1/flux/kontext/record-info"),
    "modify/generate": ("/api/v1/modify/generate", "/api/v1/modify/record-info"),
    "mj/generate": ("/api/v1/mj/generate", "/api/v1/mj/record-info"),
    "generate": ("/api/v1/generate", "/api/v1/generate/record-info"),
    "generate/add-instrumental": ("/api/v1/generate/add-instrumental", "/api/v1/generate/record-info"),
    "generate/add-vocals": ("/api/v1/generate/add-vocals", "/api/v1/generate/record-info"),
    "generate/extend": ("/api/v1/generate/extend", "/api/v1/generate/record-info"),
    "generate/mashup": ("/api/v1/generate/mashup", "/api/v1/generate/record-info"),
    "generate/replace-section": ("/api/v1/generate/replace-section", "/api/v1/generate/record-info"),
    "generate/sounds": ("/api/v1/generate/sounds", "/api/v1/generate/record-info"),
    "generate/upload-cover": ("/api/v1/generate/upload-cover", "/api/v1/generate/record-info"),
    "generate/upload-extend": ("/api/v1/generate/upload-extend", "/api/v1/generate/record-info"),
    "lyrics": ("/api/v1/lyrics", "/api/v1/lyrics/record-info"),
    "midi/generate": ("/api/v1/midi/generate", "/api/v1/midi/record-info"),
    "mp4/generate": ("/api/v1/mp4/generate", "/api/v1/mp4/record-info"),
    "wav/generate": ("/api/v1/wav/generate", "/api/v1/wav/record-info"),
    "vocal-removal/generate": ("/api/v1/vocal-removal/generate", "/api/v1/vocal-removal/record-info"),
    "suno/cover/generate": ("/api/v1/suno/cover/generate", "/api/v1/suno/cover/record-info"),
    "suno/recovery": ("/api/v1/suno/recovery", "/api/v1/suno/recovery/record-info"),
    "voice/generate": ("/api/v1/voice/generate", "/api/v1/voice/record-info"),
    "voice/validate": ("/api/v1/voice/validate", "/api/v1/voice/validate-info"),
    "voice/regenerate": ("/api/v1/voice/regenerate", "/api/v1/voice/validate-info"),
    "voice/check-voice": ("/api/v1/voice/check-voice", None),
    "generate/generate-persona": ("/api/v1/generate/generate-persona", None),
    "generate/get-timestamped-lyrics": ("/api/v1/generate/get-timestamped-lyrics", None),
    "style/generate": ("/api/v1/style/generate", None),
    "omni/audio/create": ("/api/v1/omni/audio/create", None),
    "omni/character/create": ("/api/v1/omni/character/create", None),
    "common/download-url": ("/api/v1/common/download-url", None),
    "gpt4o-image/download-url": ("/api/v1/gpt4o-image/download-url", None),
    "veo/get-4k-video@legacy": ("/api/v1/veo/get-4k-video", "/api/v1/veo/get-4k-video"),
}


@pytest.mark.parametrize(("name", "paths"), PATHS.items())
def test_each_operation_goes_to_its_path(name: str, paths: tuple[str, str | None]) -> None:
    request = build(_entry(name), {})
    assert (request.method, request.path, request.host, dict(request.query)) == ("POST", paths[0], "api", {})
    query = build_query(_entry(name), "t-1")
    assert (query.path if query else None) == paths[1]
    if query:
        assert not query.creates
        assert query.host == "api"


def test_every_dialect_has_an_operation_here() -> None:
    told = {_entry(name).dialect.name for name in PATHS} | {"veo-1080p", "credits", "service", "upload"}
    all_ = {_entry(name).dialect.name for name in default_catalogue()}
    assert {name for name in all_ if not name.startswith("chat-")} == told


def test_a_market_request_wraps_its_input() -> None:
    request = build(_entry("z-image"), {"prompt": "x"}, callback_url=HOOK)
    assert request.body == {"model": "z-image", "callBackUrl": HOOK, "input": {"prompt": "x"}}
    assert request.creates
    assert build(_entry("z-image"), {"prompt": "x"}).body == {"model": "z-image", "input": {"prompt": "x"}}
    query = build_query(_entry("z-image"), "t-1")
    assert query == Request("GET", "/api/v1/jobs/recordInfo", query={"taskId": "t-1"})


def test_a_flat_request_lies_open() -> None:
    inputs = {"prompt": "x", "model": "veo3_fast"}
    request = build(_entry("veo/generate"), inputs, callback_url=HOOK)
    assert request.body == {**inputs, "callBackUrl": HOOK}
    assert inputs == {"prompt": "x", "model": "veo3_fast"}  # the caller's own is not touched
    assert build(_entry("veo/generate"), inputs).body == inputs


def test_a_callback_is_made_up_where_one_is_demanded() -> None:
    assert NO_CALLBACK.startswith("https://")
    assert NO_CALLBACK.split("/")[2].endswith(".invalid")
    for name in PATHS:
        model = _entry(name)
        field = model.submit.get("callback")
        body = build(model, {}).body
        if model.submit.get("callback_required"):
            assert body[field] == NO_CALLBACK
        else:
            assert NO_CALLBACK not in body.values()
        given = build(model, {}, callback_url=HOOK).body
        assert (HOOK in given.values()) is bool(field)


def test_one_endpoint_spells_the_callback_in_its_own_way() -> None:
    assert build(_entry("voice/regenerate"), {"taskId": "t"}, callback_url=HOOK).body == {
        "taskId": "t",
        "calBackUrl": HOOK,
    }


def test_the_balance_is_asked_with_nothing() -> None:
    assert build(_entry("chat/credit"), {}) == Request("GET", "/api/v1/chat/credit")
    assert build_query(_entry("chat/credit"), "t") is None


def test_veos_1080p_is_a_get_with_text_alone() -> None:
    model = _entry("veo/get-1080p-video@legacy")
    request = build(model, {"taskId": "t-1", "index": 0, "flag": True})
    assert request.method == "GET"
    assert request.path == "/api/v1/veo/get-1080p-video"
    assert request.query == {"taskId": "t-1", "index": "0", "flag": "true"}
    assert request.body is None
    again = build_query(model, "t-1", {"taskId": "other", "index": 2})
    assert again == Request("GET", "/api/v1/veo/get-1080p-video", query={"taskId": "t-1", "index": "2"})


def test_veos_4k_is_a_post_that_is_asked_again() -> None:
    model = _entry("veo/get-4k-video@legacy")
    assert build(model, {"taskId": "t-1", "index": 1}, callback_url=HOOK).body == {
        "taskId": "t-1",
        "index": 1,
        "callBackUrl": HOOK,
    }
    assert build_query(model, "t-1", {"index": 1}) == Request(
        "POST", "/api/v1/veo/get-4k-video", body={"index": 1, "taskId": "t-1"}
    )


def test_only_the_recovery_asks_by_task_id_in_snake_case() -> None:
    query = build_query(_entry("suno/recovery"), "t-1")
    assert query is not None
    assert query.query == {"task_id": "t-1"}


@pytest.mark.parametrize("name", [n for n in default_catalogue() if n.startswith("service/")])
def test_services_have_one_pattern(name: str) -> None:
    model = _entry(name)
    service = name.removeprefix("service/")
    request = build(model, {"prompt": "x"}, callback_url=HOOK)
    assert request.path == f"/api/v1/{service}/generate"
    assert request.body == {"prompt": "x", "callBackUrl": HOOK}
    query = build_query(model, "t-1")
    assert query == Request("GET", f"/api/v1/{service}/record-info", query={"taskId": "t-1"})


def test_names_are_quoted_in_paths() -> None:
    class Odd:
        wire_id = "service/a b/../c?d#e"

    assert path_of("/x", Odd()) == "/x"  # type: ignore[arg-type]
    assert path_of("/api/{service}/y", Odd()) == "/api/a%20b/../c%3Fd%23e/y"  # type: ignore[arg-type]
    assert path_of("/api/{model}", Odd()) == "/api/service%2Fa%20b%2F..%2Fc%3Fd%23e"  # type: ignore[arg-type]


def test_uploads_go_to_the_other_host() -> None:
    for name in ("api/file-base64-upload", "api/file-stream-upload", "api/file-url-upload"):
        assert build(_entry(name), {}).host == "upload"
        assert _entry(name).submit["path"] == f"/{name}"


def test_what_costs_is_marked_as_creating() -> None:
    free = {"common/download-url", "gpt4o-image/download-url", "chat/credit"}
    for name in {*PATHS, *free}:
        assert build(_entry(name), {}).creates is (name not in free), name
