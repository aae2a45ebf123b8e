"""All 36 groups of places where the vendor's documents and its wire disagree: each has a case, or a test here.

The numbers are those of the inventory of the contract (2026-11-21), § 7. Groups about replies and callbacks are marked
on the cases of the tables; what concerns inputs, names, prices and standings is tested below.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from kie.catalogue.files import default_catalogue
from kie.errors import InvalidInput, KieError, ModelUnavailable
from kie.wire.build import NO_CALLBACK, build, build_query
from kie.wire.envelope import failure, open_envelope
from kie.wire.paths import first_text
from kie.wire.prepare import prepare
from tests.wire.bodies.callbacks import CASES as POSTS
from tests.wire.cases import envelope, faults, reader
from tests.wire.test_bodies import CASES

if TYPE_CHECKING:
    from collections.abc import Callable

GROUPS = {
    1: "errors come with HTTP 200; only the code tells",
    2: "a 401 has no data; unknown tasks are told in three ways",
    3: "a record is missing for a moment after its creation",
    4: "broken JSON, seen twice",
    5: "errors of chat come as the envelope",
    6: "resultJson: empty, null, text, object",
    7: "param is encoded twice",
    8: "costTime is in seconds",
    9: "failCode: text, number, word, empty, null",
    10: "createTask tells recordId too; updateTime in callbacks only",
    11: "progress and queuing: documented, hardly seen",
    12: "records grew over the year",
    13: "response is there on success only",
    14: "unknown inputs are ignored, or make a task fail",
    15: "types are strict, by model",
    16: "required though called optional",
    17: "task id is blank",
    18: "failures in the words of other systems",
    19: "credits are held at creation and returned on failure",
    20: "Veo",
    21: "Veo: an image whose type contradicts its bytes",
    22: "Aleph",
    23: "Runway",
    24: "4o Image",
    25: "Flux Kontext",
    26: "Suno",
    27: "Suno's voices",
    28: "the balance is a float",
    29: "uploads",
    30: "omni audio",
    31: "slips of the pages: ids, spaces, names",
    32: "pages are not ids",
    33: "retired and renamed",
    34: "how long things live; what they cost",
    35: "codes for unknown models and voices",
    36: "results without links",
}
_CONCERNED: set[int] = set()


def concerns(*groups: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Mark a test with the groups that it covers."""
    _CONCERNED.update(groups)
    return lambda function: function


def _entry(name: str) -> Any:
    return default_catalogue().entry(name)


def _sent(name: str, /, **inputs: Any) -> dict[str, Any]:
    return prepare(_entry(name), inputs, roles=default_catalogue().roles).resolved()


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_is_covered(group: int) -> None:
    told = {n for case in CASES for n in case.groups} | {n for post in POSTS for n in post.groups}
    assert group in told | _CONCERNED, GROUPS[group]


def test_the_groups_are_those_of_the_inventory() -> None:
    assert list(GROUPS) == list(range(1, 37))


@concerns(5)
@pytest.mark.parametrize("name", ["gpt-5-2", "claude-sonnet-5", "gemini-3-5-flash", "gpt-5-5"])
def test_chat_errors_are_envelopes(name: str) -> None:
    from kie.wire.chat import ChatReader

    told = json.dumps(envelope(None, 402, "Top up")).encode()
    with pytest.raises(KieError, match="402"):
        ChatReader(_entry(name)).whole(200, told)


@concerns(8)
def test_the_vendors_times_are_left_as_they_come() -> None:
    record = {"state": "success", "resultJson": '{"resultUrls":["https://cdn.example.com/a"]}', "costTime": 21}
    state = reader("market").reply(200, json.dumps(envelope(record)).encode(), model="m", task_id="t")
    assert state.raw["costTime"] == 21


@concerns(10)
@pytest.mark.parametrize(
    "data", [{"taskId": "t", "recordId": "t"}, {"taskId": "t"}, {"recordId": "t"}, {"task_id": "t"}]
)
def test_the_id_of_a_new_task_is_found(data: dict[str, str]) -> None:
    for name in ("market", "suno-audio", "veo", "runway", "aleph"):
        assert first_text(reader(name).task_id, envelope(data)) == "t"


@concerns(14)
def test_unknown_inputs_are_refused_before_they_cost() -> None:
    with pytest.raises(InvalidInput) as caught:
        _sent("nano-banana-2-lite", prompt="x", aspect_ratio="1:1", image_input=["https://cdn.example.com/a.png"])
    assert (caught.value.field, caught.value.nearest) == ("image_input", "image_urls")
    with pytest.raises(InvalidInput, match="aspect_ratio"):
        _sent(
            "kling/v2-5-turbo-image-to-video-pro",
            prompt="x",
            image_url="https://cdn.example.com/a.png",
            aspect_ratio="16:9",
        )


@concerns(15)
def test_types_are_those_of_each_model() -> None:
    link = "https://cdn.example.com/a.png"
    for given in (5, "5", 5.0, Decimal(5)):
        kling = _sent(
            "kling-3.0/video",
            prompt="x",
            duration=given,
            sound=False,
            aspect_ratio="16:9",
            mode="std",
            multi_shots=False,
        )
        assert kling["duration"] == "5"
        for name in ("bytedance/seedance-2", "happyhorse/text-to-video"):
            sent = _sent(name, prompt="a fox", duration=given)["duration"]
            assert (sent, type(sent)) == (5, int)
        grok = _sent("grok-imagine-video-1-5-preview", prompt="x", image_urls=[link], duration=given)["duration"]
        assert (grok, type(grok)) == (5, int)
    voice = _entry("elevenlabs/text-to-dialogue-v3").fields["dialogue"]["items"]["properties"]["voice"]["enum"][0]
    said = [{"text": "Hi", "voice": voice}]
    for given, wanted in (("0.5", 0.5), (0, 0), (1.0, 1)):
        assert _sent("elevenlabs/text-to-dialogue-v3", dialogue=said, stability=given)["stability"] == wanted
    with pytest.raises(InvalidInput, match="stability"):
        _sent("elevenlabs/text-to-dialogue-v3", dialogue=said, stability=0.4)


@concerns(16)
def test_what_is_required_on_the_wire_is_required_here() -> None:
    for name, fields in {
        "grok-imagine-video-1-5-preview": ("image_urls",),
        "generate/upload-extend": ("continueAt",),
        "ai-music-api/upload-and-extend-audio": ("continue_at",),
        "kling-2.6/image-to-video": ("image_urls", "sound"),
        "elevenlabs/text-to-speech-turbo-2-5": ("voice",),
        "elevenlabs/text-to-speech-multilingual-v2": ("voice",),
    }.items():
        assert set(fields) <= set(_entry(name).required), name
    for name in default_catalogue():
        model = _entry(name)
        old = model.submit["path"].startswith(("/api/v1/generate", "/api/v1/lyrics", "/api/v1/wav", "/api/v1/mp4"))
        if old and model.dialect.shape == "task":
            assert build(model, {}).body["callBackUrl"] == NO_CALLBACK, name


@concerns(17)
def test_a_blank_task_id_at_submit_is_a_fault_of_theirs() -> None:
    error = failure("500", "generate playground failed, task id is blank", creating=True)
    assert type(error).__name__ == "ServiceError"
    assert error.may_have_spent


@concerns(20)
def test_veo_refuses_squares_here_already() -> None:
    with pytest.raises(InvalidInput) as caught:
        _sent("veo/generate", prompt="x", aspect_ratio="1:1")
    assert caught.value.field == "aspect_ratio"
    assert set(caught.value.allowed or ()) == {"16:9", "9:16", "Auto"}


@concerns(26)
def test_each_suno_operation_is_asked_where_its_result_lies() -> None:
    for name, path in {
        "generate": "generate/record-info",
        "generate/mashup": "generate/record-info",
        "lyrics": "lyrics/record-info",
        "wav/generate": "wav/record-info",
        "mp4/generate": "mp4/record-info",
        "midi/generate": "midi/record-info",
        "vocal-removal/generate": "vocal-removal/record-info",
        "suno/cover/generate": "suno/cover/record-info",
        "voice/generate": "voice/record-info",
        "voice/validate": "voice/validate-info",
        "voice/regenerate": "voice/validate-info",
        "suno/recovery": "suno/recovery/record-info",
    }.items():
        request = build_query(_entry(name), "t-1")
        assert request is not None
        assert (request.method, request.path) == ("GET", f"/api/v1/{path}")
        assert request.query == {"task_id" if name == "suno/recovery" else "taskId": "t-1"}
    assert list(_entry("voice/check-voice").fields) == ["task_id"]
    assert build(_entry("voice/regenerate"), {"taskId": "t"}).body == {"taskId": "t", "calBackUrl": NO_CALLBACK}


@concerns(31)
def test_slips_of_the_pages_are_not_carried_over() -> None:
    catalogue = default_catalogue()
    for name in catalogue:
        assert name == name.strip()
        for fields in (_entry(name).fields, *(f.get("properties", {}) for f in _entry(name).fields.values())):
            assert [field for field in fields if field != field.strip()] == [], name
    assert {"vocalStart", "vocalEnd"} <= set(_entry("generate/generate-persona").fields)
    assert "image_urls" in _entry("happyhorse/image-to-video").fields
    assert "reference_image" in _entry("happyhorse/video-edit").fields
    assert "reference_video_urls" in _entry("bytedance/seedance-2").fields
    assert _entry("wan/2-7-text-to-video").roles["aspect_ratio"] == "ratio"
    assert _entry("google/imagen4").fields["seed"]["type"] == "string"
    assert _entry("google/imagen4-fast").fields["seed"]["type"] == "integer"
    assert (
        "mask_indexs"
        in _entry("grok-imagine-image-2-0/segment-edit").fields | _entry("grok-imagine-image-2-0/image-edit").fields
    )
    assert _entry("ideogram/v3-text-to-image").kind == "image"
    for name in ("kling/v2-5-turbo-image-to-video-pro", "qwen2/text-to-image"):
        assert build(_entry(name), {}).body["model"] == name


@concerns(32)
@pytest.mark.parametrize(
    ("name", "model_id"),
    [
        ("google/pro-image-to-image", "nano-banana-pro"),
        ("google/nano-banana-pro", "nano-banana-pro"),
        ("pixverse/text-to-video", "pixverse-v6/text-to-video"),
        ("kling/v3-omni-text-to-video", "kling-3.0-omni/text-to-video"),
        ("ai-music-api/timestamped-lyrics", "ai-music-api/timeStamped-lyrics"),
        ("veo/get-1080p-video", "veo/get-1080p-video"),
    ],
)
def test_the_slug_of_a_page_leads_to_the_id(name: str, model_id: str) -> None:
    assert default_catalogue().resolve(name).model.id == model_id


@concerns(32)
def test_the_two_upscalings_of_veo_differ() -> None:
    assert _sent("veo/get-1080p-video", taskId="t", index=0) == {"taskId": "t", "index": "0"}
    assert _sent("veo/get-4k-video", task_id="t", index="0") == {"task_id": "t", "index": 0}


@concerns(33)
@pytest.mark.parametrize(
    "name",
    [
        "sora-2-text-to-video",
        "sora-2-image-to-video",
        "sora-2-pro-text-to-video",
        "sora-2-pro-image-to-video",
        "sora-2-pro-storyboard",
        "sora-2-characters",
        "sora-2-characters-pro",
        "sora-watermark-remover",
        "elevenlabs/sound-effect-v2",
        "elevenlabs/speech-to-text",
        "ideogram/v3-reframe",
    ],
)
def test_what_is_gone_says_since_when(name: str) -> None:
    with pytest.raises(ModelUnavailable, match="retired since 2026-") as caught:
        default_catalogue().resolve(name)
    successor = default_catalogue().retirement(name)
    assert successor is not None
    assert caught.value.successor == successor["successor"]
    if caught.value.successor:
        assert caught.value.successor in default_catalogue()


@concerns(33)
def test_a_paused_interface_is_a_model_that_is_unavailable() -> None:
    error = failure("500", "This interface is temporarily paused", creating=True)
    assert type(error).__name__ == "ModelUnavailable"
    assert not error.may_have_spent
    assert _entry("mj/generate").standing == "undocumented"


@concerns(34)
def test_lifetimes_and_prices_are_the_ones_decided_for() -> None:
    day = 86400
    assert _entry("z-image").lifetime == 14 * day
    assert _entry("mj/generate").lifetime == 15 * day
    assert _entry("common/download-url").lifetime == 20 * 60
    assert default_catalogue().dialect("upload").lifetime == 3 * day
    for name, inputs, cost in (
        ("z-image", {"prompt": "x"}, "0.8"),
        ("veo/generate", {"prompt": "x", "model": "veo3_fast", "resolution": "720p"}, "60"),
        ("bytedance/seedance-2-5", {"prompt": "x", "resolution": "1080p", "duration": 5}, "790"),
    ):
        price = _entry(name).price(**inputs)
        assert price is not None
        assert price.credits == Decimal(cost), name


@concerns(35)
@pytest.mark.parametrize(
    ("code", "message", "kind"),
    [
        ("422", "The model is not supported", "ModelUnavailable"),
        ("404", "model does not exist", "ModelUnavailable"),
        ("422", "Invalid model", "ModelUnavailable"),
        ("500", "voice is not within the range of allowed options", "InvalidInput"),
        ("500", "This field is required", "InvalidInput"),
        ("422", "Ratio error", "InvalidInput"),
        ("422", "Please enter callBackUrl.", "InvalidInput"),
        ("422", "url is wrong", "InvalidInput"),
    ],
)
def test_a_text_decides_where_a_code_means_many_things(code: str, message: str, kind: str) -> None:
    assert type(failure(code, message, creating=True)).__name__ == kind


@concerns(1)
def test_the_message_of_an_envelope_is_found_under_both_names() -> None:
    for body in (
        {"code": 402, "msg": "a"},
        {"code": 402, "message": "a"},
        {"code": "402", "msg": None, "message": "a"},
    ):
        assert open_envelope(200, json.dumps(body).encode())[:2] == ("402", "a")


@concerns(36)
def test_results_without_links_are_results() -> None:
    model = _entry("omnihuman-1-5/human-identification")
    assert model.result == "data"
    masks = _entry("omnihuman-1-5/subject-detection")
    assert [c.name for c in CASES if 36 in c.groups and faults(c)] == []
    assert masks.result in ("urls", "data")
