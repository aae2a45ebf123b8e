"""Every family from its creation over its query to its callback."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from kie.emulator import facts
from kie.emulator.families import SERVICES
from tests.emulator.support import Receiver, Served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

URL = "https://example.com/cat.jpg"


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with Served(credits=10**6, rate=(10**6, 1.0)) as served:
        yield served


def _run(served: Served, create: str, query: str, body: dict[str, Any]) -> Any:
    """Creates, asks until nothing changes, gives the last record."""
    answer = served.client.post(create, body)
    assert answer["code"] == 200, answer
    record: Any = None
    for _ in range(6):
        answer2 = served.client.get(f"{query}?taskId={answer['data']['taskId']}")
        assert answer2["code"] == 200, answer2
        record = answer2["data"]
    return record


def _song(served: Served) -> tuple[str, str]:
    record = _run(
        served, "/api/v1/generate", "/api/v1/generate/record-info",
        {"prompt": "rain on a tin roof", "customMode": False, "instrumental": False, "model": "V5", "callBackUrl": "https://x.invalid/"},
    )  # fmt: skip
    return record["taskId"], record["response"]["sunoData"][0]["id"]


def test_veo(served: Served) -> None:
    record = _run(
        served, "/api/v1/veo/generate", "/api/v1/veo/record-info",
        {"prompt": "a dog", "model": "veo3_fast", "aspect_ratio": "9:16", "imageUrls": [URL]},
    )  # fmt: skip
    assert record["successFlag"] == 1
    assert record["response"]["resultUrls"][0].endswith(".mp4")
    spec = json.loads(served.client.fetch(record["response"]["resultUrls"][0]).data.split(b"\0")[0])
    assert (spec["width"], spec["height"], spec["duration"], spec["sound"]) == (720, 1280, 8, True)
    assert len(spec["inputs"]) == 1
    hd = served.client.get(f"/api/v1/veo/get-1080p-video?taskId={record['taskId']}&index=0")
    assert hd["code"] == 200
    spec = json.loads(served.client.fetch(hd["data"]["resultUrl"]).data.split(b"\0")[0])
    assert (spec["width"], spec["height"]) == (1080, 1920)
    first = served.client.post("/api/v1/veo/get-4k-video", {"taskId": record["taskId"]})
    assert first["data"] == {"taskId": record["taskId"], "resultUrls": None, "imageUrls": None}
    again = served.client.post("/api/v1/veo/get-4k-video", {"taskId": record["taskId"]})
    assert again["code"] == 422
    assert again["data"]["resultUrls"]
    more = _run(served, "/api/v1/veo/extend", "/api/v1/veo/record-info", {"taskId": record["taskId"], "prompt": "on"})
    assert more["response"]["fullResultUrls"]
    for wrong, words in (({"model": "veo9"}, "Invalid model"), ({"aspect_ratio": "1:1"}, "Ratio error")):
        refused = served.client.post("/api/v1/veo/generate", {"prompt": "x", **wrong})
        assert (refused["code"], refused["msg"]) == (422, words)


def test_1080p_is_not_there_at_once() -> None:
    with Served(clock="frozen") as served:
        task = served.client.post("/api/v1/veo/generate", {"prompt": "x"})["data"]["taskId"]
        place = f"/api/v1/veo/get-1080p-video?taskId={task}"
        assert served.client.get(place)["code"] == 500
        while served.emulator.tasks()[0].state.name != "SUCCESS":
            served.emulator.advance(5)
        assert served.client.get(place)["code"] == 500
        served.emulator.advance(60)
        assert served.client.get(place)["code"] == 200


def test_4o_image(served: Served) -> None:
    body = {"prompt": "a cat", "size": "3:2", "nVariants": 4, "filesUrl": [URL]}
    record = _run(served, "/api/v1/gpt4o-image/generate", "/api/v1/gpt4o-image/record-info", body)
    assert (record["successFlag"], record["status"], record["progress"]) == (1, "SUCCESS", "1.00")
    assert len(record["response"]["resultUrls"]) == 4


def test_flux(served: Served) -> None:
    body = {"prompt": "a cat", "aspectRatio": "16:9", "inputImage": URL, "outputFormat": "jpeg"}
    record = _run(served, "/api/v1/flux/kontext/generate", "/api/v1/flux/kontext/record-info", body)
    assert record["response"]["resultImageUrl"].endswith(".jpg")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", record["completeTime"])


def test_runway_and_aleph(served: Served) -> None:
    body = {"prompt": "a cat", "duration": 5, "quality": "720p", "aspectRatio": "16:9"}
    record = _run(served, "/api/v1/runway/generate", "/api/v1/runway/record-detail", body)
    assert record["state"] == "success"
    assert record["videoInfo"]["videoUrl"].endswith(".mp4")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", record["generateTime"])
    longer = {"taskId": record["taskId"], "prompt": "on", "quality": "720p"}
    assert (
        _run(served, "/api/v1/runway/extend", "/api/v1/runway/record-detail", longer)["parentTaskId"]
        == record["taskId"]
    )
    record = _run(
        served, "/api/v1/aleph/generate", "/api/v1/aleph/record-info", {"prompt": "snow", "videoUrl": f"{URL}.mp4"}
    )
    assert record["response"]["resultVideoUrl"].endswith(".mp4")


def test_suno_gives_two_songs_after_words_and_the_first() -> None:
    body = {
        "prompt": "rain",
        "customMode": False,
        "instrumental": False,
        "model": "V5",
        "callBackUrl": "https://x.invalid",
    }
    with Served(clock="frozen") as frozen:
        task = frozen.client.post("/api/v1/generate", body)["data"]["taskId"]
        seen = []
        for _ in range(40):
            seen.append(frozen.client.get(f"/api/v1/generate/record-info?taskId={task}")["data"])
            frozen.emulator.advance(5)
    words = list(dict.fromkeys(record["status"] for record in seen))
    assert words == ["PENDING", "TEXT_SUCCESS", "FIRST_SUCCESS", "SUCCESS"]
    first = next(record for record in seen if record["status"] == "FIRST_SUCCESS")
    assert len(first["response"]["sunoData"]) == 1
    songs = seen[-1]["response"]["sunoData"]
    assert len(songs) == 2
    assert {
        "id",
        "audioUrl",
        "streamAudioUrl",
        "imageUrl",
        "prompt",
        "modelName",
        "title",
        "tags",
        "createTime",
        "duration",
    } <= songs[0].keys()


def test_what_is_made_of_a_song(served: Served) -> None:
    task, audio = _song(served)
    base = {"taskId": task, "audioId": audio, "callBackUrl": "https://x.invalid"}
    wav = _run(served, "/api/v1/wav/generate", "/api/v1/wav/record-info", base)
    assert wav["successFlag"] == "SUCCESS"
    assert wav["response"]["audioWavUrl"].endswith(".wav")
    assert served.client.post("/api/v1/wav/generate", base)["code"] == 409
    mp4 = _run(served, "/api/v1/mp4/generate", "/api/v1/mp4/record-info", base)
    assert mp4["response"]["videoUrl"].endswith(".mp4")
    parts = _run(
        served, "/api/v1/vocal-removal/generate", "/api/v1/vocal-removal/record-info", {**base, "type": "split_stem"}
    )
    assert parts["response"]["drumsUrl"]
    midi = _run(
        served,
        "/api/v1/midi/generate",
        "/api/v1/midi/record-info",
        {"taskId": parts["taskId"], "callBackUrl": "https://x.invalid"},
    )
    assert midi["midiData"]["instruments"][0]["notes"]
    cover = _run(served, "/api/v1/suno/cover/generate", "/api/v1/suno/cover/record-info", {"taskId": task})
    assert len(cover["response"]["images"]) == 2
    timed = served.client.post("/api/v1/generate/get-timestamped-lyrics", {"taskId": task, "audioId": audio})["data"]
    first = timed["alignedWords"][0]
    assert 0 < first["startS"] < first["endS"]
    persona = {"taskId": task, "audioId": audio, "name": "n", "description": "d"}
    assert served.client.post("/api/v1/generate/generate-persona", persona)["data"]["personaId"]
    longer = {**base, "defaultParamFlag": False, "model": "V5"}
    assert _run(served, "/api/v1/generate/extend", "/api/v1/generate/record-info", longer)["status"] == "SUCCESS"


def test_lyrics_style_and_voice(served: Served) -> None:
    record = _run(
        served, "/api/v1/lyrics", "/api/v1/lyrics/record-info", {"prompt": "coffee", "callBackUrl": "https://x.invalid"}
    )
    assert "coffee" in record["response"]["data"][0]["text"].lower()
    style = served.client.post("/api/v1/style/generate", {"content": "Pop"})["data"]
    assert style["successFlag"] == "成功"
    voice = {"voiceUrl": f"{URL}.mp3", "vocalStartS": 0, "vocalEndS": 10}
    phrase = _run(served, "/api/v1/voice/validate", "/api/v1/voice/validate-info", voice)
    assert phrase["status"] == "wait_validating"
    assert phrase["validateInfo"]
    made = {"taskId": phrase["taskId"], "verifyUrl": f"{URL}.mp3"}
    assert _run(served, "/api/v1/voice/generate", "/api/v1/voice/record-info", made)["voiceId"]


def test_luma_and_midjourney(served: Served) -> None:
    body = {"prompt": "snow", "videoUrl": f"{URL}.mp4"}
    assert _run(served, "/api/v1/modify/generate", "/api/v1/modify/record-info", body)["response"]["resultUrls"]
    body = {"taskType": "mj_txt2img", "prompt": "a cat"}
    urls = _run(served, "/api/v1/mj/generate", "/api/v1/mj/record-info", body)["resultInfoJson"]["resultUrls"]
    assert len(urls) == 4
    assert urls[0]["resultUrl"].endswith(".png")


@pytest.mark.parametrize("service", sorted(set(SERVICES) - {"runway", "gpt4o-image"}))
def test_services(served: Served, service: str) -> None:
    body = {"prompt": "a cat", "text": "Hello", "image": URL, "videoUrl": f"{URL}.mp4"}
    record = _run(served, f"/api/v1/{service}/generate", f"/api/v1/{service}/record-info", body)
    assert (record["status"], record["progress"]) == (1, 1)
    assert record["resultUrls"]


def test_omni(served: Served) -> None:
    assert served.client.post("/api/v1/omni/audio/create", {"audio_id": "a", "name": "n"})["data"]["audioId"]
    made = served.client.post("/api/v1/omni/character/create", {"descriptions": "d", "image_urls": [URL]})
    assert made["data"]["characterId"]


def _minimal(fact: facts.Fact, task: str, audio: str) -> dict[str, Any]:
    """The least that a model takes."""

    def value(name: str, schema: dict[str, Any]) -> Any:
        if name in {"task_id", "origin_task_id"}:
            return task
        if name == "audio_id":
            return audio
        if schema.get("default") not in (None, "", []):
            return schema["default"]
        if schema.get("enum"):
            return schema["enum"][0]
        kind = schema.get("type")
        if kind == "array":
            items = schema.get("items", {})
            one = value(name, items) if items else URL
            return [one] * max(1, schema.get("minItems", 1))
        if kind == "object":
            return {key: value(key, held) for key, held in schema.get("properties", {}).items()}
        if kind in {"integer", "number"}:
            return schema.get("minimum", 1)
        if kind == "boolean":
            return False
        return URL if "url" in name or "image" in name else "a few words"

    return {name: value(name, fact.fields[name]) for name in fact.required if name in fact.fields}


@pytest.mark.parametrize("model", sorted(facts.models()))
def test_every_model_of_the_market(served: Served, model: str) -> None:
    fact = facts.models()[model]
    songs: dict[str, str] = served.__dict__.setdefault("songs", {})
    if not songs:
        task = served.client.create(
            "ai-music-api/generate", prompt="x", custom_mode=False, instrumental=True, model="V5"
        )
        songs["task"] = task
        while served.client.record(task)["state"] != "success":
            pass
        songs["audio"] = served.client.record(task)["response"]["data"][0]["id"]
    body = {"model": model, "input": _minimal(fact, songs["task"], songs["audio"])}
    answer = served.client.post("/api/v1/jobs/createTask", body)
    if fact.standing == "retired":
        assert answer["msg"] == "This interface is temporarily paused"
        return
    assert answer["code"] == 200, (answer, body)
    record = served.client.record(answer["data"]["taskId"])
    if fact.standing == "failing":
        assert record["state"] in {"fail", "waiting"}
        return
    assert record["state"] == "success"
    result = record["response"]
    assert result.get("resultUrls") or result.get("data") or result.get("resultObject"), result
    for url in result.get("resultUrls", ()):
        assert served.emulator.world.files.find_url(url) is not None


def test_unified_suno_results(served: Served) -> None:
    sounds = served.client.create("ai-music-api/sounds", prompt="a door", model="V5")
    result = served.client.record(sounds)["response"]
    assert (result["code"], result["task_id"], len(result["data"])) == (200, sounds, 2)
    texts = served.client.create("ai-music-api/generate-lyrics", prompt="a door")
    assert served.client.record(texts)["response"]["resultObject"]["lyricsData"]


CALLBACKS = [
    ("/api/v1/veo/generate", {"prompt": "x"}, ["taskId", "promptJson", "info", "fallbackFlag"]),
    ("/api/v1/gpt4o-image/generate", {"prompt": "x", "size": "1:1"}, ["taskId", "info"]),
    ("/api/v1/flux/kontext/generate", {"prompt": "x"}, ["taskId", "info"]),
    (
        "/api/v1/runway/generate", {"prompt": "x", "duration": 5, "quality": "720p"},
        ["task_id", "video_id", "video_url", "image_url"],
    ),
    ("/api/v1/lyrics", {"prompt": "x"}, ["callbackType", "task_id", "data"]),
    ("/api/v1/kling/generate", {"prompt": "x"}, ["taskId", "resultUrls"]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "body", "keys"), CALLBACKS)
def test_callback_bodies(path: str, body: dict[str, Any], keys: list[str]) -> None:
    with Receiver() as receiver, Served() as served:
        answer = served.client.post(path, {**body, "callBackUrl": receiver.url})
        assert answer["code"] == 200, answer
        [(_, got)] = receiver.wait(1)
        assert got["code"] == 200
        assert set(keys) <= got["data"].keys()


DOCUMENTED = [
    ("generate-4-o-image", "gpt4o-image/generate", {"prompt": "x", "size": "1:1"}),
    ("generate-or-edit-image", "flux/kontext/generate", {"prompt": "x"}),
    ("generate-ai-video", "runway/generate", {"prompt": "x", "duration": 5, "quality": "720p"}),
    ("generate-aleph-video", "aleph/generate", {"prompt": "x", "videoUrl": f"{URL}.mp4"}),
    ("generate-lyrics", "lyrics", {"prompt": "x"}),
    ("generate-veo-3-video", "veo/generate", {"prompt": "x"}),
    ("generate-music", "generate", {"prompt": "x", "customMode": False, "instrumental": True, "model": "V5"}),
]


@pytest.mark.parametrize(("page", "path", "body"), DOCUMENTED, ids=[page for page, _, _ in DOCUMENTED])
@pytest.mark.parametrize("spell", ["", " emu:fail=400"], ids=["success", "failure"])
def test_callbacks_have_the_documented_keys(
    shared: Path, page: str, path: str, body: dict[str, Any], spell: str
) -> None:
    folder = shared / "kie-api" / "responses" / "documented-callbacks-2026-04-29"
    examples = json.loads((folder / f"{page}-callbacks.json").read_text(encoding="utf-8"))
    wanted = ("Failure", "Violation", "Error") if spell else ("Success",)
    with Receiver() as receiver, Served() as served:
        sent = {**body, "prompt": body["prompt"] + spell, "callBackUrl": receiver.url}
        assert served.client.post(f"/api/v1/{path}", sent)["code"] == 200
        number = (2 if spell else 3) if path == "generate" else 1
        ours = receiver.wait(number)[-1][1]
    example = next(one["body"] for one in examples if any(word in one["heading"] for word in wanted))
    assert _keys(example) <= _keys(ours), _keys(example) - _keys(ours)


def _keys(value: Any, place: str = "") -> set[str]:
    if isinstance(value, dict):
        return {f"{place}.{name}" for name in value} | {
            key for name, held in value.items() for key in _keys(held, f"{place}.{name}")
        }
    if isinstance(value, list) and value:
        return _keys(value[0], f"{place}[]")
    return set()


def test_aleph_names_its_task_at_the_top() -> None:
    with Receiver() as receiver, Served() as served:
        body = {"prompt": "x", "videoUrl": f"{URL}.mp4", "callBackUrl": receiver.url}
        task = served.client.post("/api/v1/aleph/generate", body)["data"]["taskId"]
        [(_, got)] = receiver.wait(1)
        assert got["taskId"] == task
        assert set(got["data"]) == {"result_video_url", "result_image_url"}


def test_suno_posts_three_times() -> None:
    with Receiver() as receiver, Served() as served:
        body = {"prompt": "x", "customMode": False, "instrumental": True, "model": "V5", "callBackUrl": receiver.url}
        served.client.post("/api/v1/generate", body)
        got = receiver.wait(3)
        assert [one["data"]["callbackType"] for _, one in got] == ["text", "first", "complete"]
        assert [len(one["data"]["data"]) for _, one in got] == [0, 1, 2]
