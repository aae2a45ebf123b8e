"""``kie.image("a cat")`` and its kind: the right body to the right path, for the price that was told."""

from __future__ import annotations

import asyncio
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from kie import AsyncKie, AuthenticationError, InvalidInput, Kie, KieError, RateLimited, UnexpectedReply
from kie.client import flows
from tests.client.media_stub import Stub, answer, as_json, ok

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kie import Result
    from tests.client.media_stub import Answer

CREATE = "/api/v1/jobs/createTask"
PICTURE = "https://example.com/cat.png"
MASK = "https://example.com/mask.png"
CLIP = "https://example.com/clip.mp4"


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    monkeypatch.setattr(flows, "backoff", lambda _attempt, base=1.0: 0.0)
    with Stub() as stub:
        stub.task("https://files.example.com/result")
        yield stub


@pytest.fixture
def kie(stub: Stub) -> Iterator[Kie]:
    with Kie("k", base_url=stub.url, poll=0) as kie:
        yield kie


CALLS: dict[str, tuple[Callable[[Kie], Result], str, dict[str, Any]]] = {
    "image": (lambda kie: kie.image("a cat"), "nano-banana-2", {"prompt": "a cat"}),
    "image, wide": (
        lambda kie: kie.image("a cat", aspect_ratio="16:9", resolution="2k", images=PICTURE),
        "nano-banana-2",
        {"prompt": "a cat", "aspect_ratio": "16:9", "resolution": "2K", "image_input": [PICTURE]},
    ),
    "image, repainted": (
        lambda kie: kie.image("a hat", images=[PICTURE], mask=MASK, seed=7),
        "ideogram/v3-edit",
        {"prompt": "a hat", "image_url": PICTURE, "mask_url": MASK, "seed": 7},
    ),
    "video": (
        lambda kie: kie.video("it runs", aspect_ratio="9:16"),
        "bytedance/seedance-1.5-pro",
        {"prompt": "it runs", "aspect_ratio": "9:16", "duration": 5, "generate_audio": False},
    ),
    "video, between frames": (
        lambda kie: kie.video("it runs", first_frame=PICTURE, last_frame=MASK, duration=8, sound=True),
        "bytedance/seedance-1.5-pro",
        {"prompt": "it runs", "input_urls": [PICTURE, MASK], "duration": 8, "generate_audio": True},
    ),
    "video, with images": (
        lambda kie: kie.video("it runs", images=[PICTURE]),
        "bytedance/seedance-2-fast",
        {"prompt": "it runs", "reference_image_urls": [PICTURE], "duration": 5, "generate_audio": False},
    ),
    "speech": (
        lambda kie: kie.speech("Hello", voice="Rachel", speed=0.9),
        "elevenlabs/text-to-speech-turbo-2-5",
        {"text": "Hello", "speed": 0.9},
    ),
    "sound": (lambda kie: kie.sound("rain"), "ai-music-api/sounds", {"prompt": "rain", "model": "V5"}),
    "music": (
        lambda kie: kie.music("slow jazz"),
        "ai-music-api/generate",
        {"prompt": "slow jazz", "custom_mode": False, "instrumental": False, "model": "V5"},
    ),
    "music, sung": (
        lambda kie: kie.music("slow jazz", lyrics="La la", title="La"),
        "ai-music-api/generate",
        {
            "prompt": "La la",
            "style": "slow jazz",
            "title": "La",
            "custom_mode": True,
            "instrumental": False,
            "model": "V5",
        },
    ),
    "upscale": (
        lambda kie: kie.upscale(PICTURE, scale=4),
        "topaz/image-upscale",
        {"image_url": PICTURE, "upscale_factor": "4"},
    ),
    "upscale, video": (
        lambda kie: kie.upscale(video=CLIP),
        "topaz/video-upscale",
        {"video_url": CLIP, "upscale_factor": "2"},
    ),
    "background": (lambda kie: kie.remove_background(PICTURE), "recraft/remove-background", {"image": PICTURE}),
}


@pytest.mark.parametrize(("call", "model", "wanted"), CALLS.values(), ids=CALLS)
def test_a_helper_sends_what_its_words_mean(
    kie: Kie, stub: Stub, call: Callable[[Kie], Result], model: str, wanted: dict[str, Any]
) -> None:
    result = call(kie)
    assert result.outputs[0].url == "https://files.example.com/result"
    (sent,) = stub.at(CREATE)
    assert sent.json["model"] == model
    inputs = sent.json["input"]
    assert {name: inputs.get(name) for name in wanted} == wanted
    assert kie.models.get(model) is not None


def test_a_chosen_model_keeps_its_own_defaults(kie: Kie, stub: Stub) -> None:
    kie.video("it runs", model="kling-2.6/image-to-video", images=PICTURE, sound=True)
    kie.video("it runs", model="veo-3.1")
    first, second = (sent.json for sent in stub.at(CREATE))
    assert first["input"]["sound"] is True
    assert second == {"model": "veo-3-1", "input": {"prompt": "it runs"}}  # no 5 seconds, no silence of ours


def test_a_role_that_the_chosen_model_lacks_is_told(kie: Kie, stub: Stub) -> None:
    with pytest.raises(InvalidInput, match="no such input") as caught:
        kie.image("a cat", model="nano-banana-2", seed=7)
    assert (caught.value.field, caught.value.model) == ("seed", "nano-banana-2")
    assert "prompt" in str(caught.value)
    assert stub.seen == []


def test_several_of_a_model_that_makes_one_are_several_tasks(kie: Kie, stub: Stub) -> None:
    assert len(kie.image("a cat", count=3).outputs) == 3
    assert [sent.json["input"] for sent in stub.at(CREATE)] == [{"prompt": "a cat"}] * 3


def test_several_of_a_model_that_makes_several_are_one_task(kie: Kie, stub: Stub) -> None:
    kie.image("a cat", model="qwen/image-edit", images=PICTURE, count=2)
    (sent,) = stub.at(CREATE)
    assert sent.json["input"]["num_images"] in (2, "2")


@pytest.mark.parametrize("count", [0, 17, True, 1.5, "2"])
def test_a_count_that_is_none_is_refused(kie: Kie, stub: Stub, count: Any) -> None:
    with pytest.raises(InvalidInput) as caught:
        kie.image("a cat", count=count)
    assert caught.value.field == "count"
    assert stub.seen == []


def test_a_finished_video_is_upgraded_and_gone_on_with(kie: Kie, stub: Stub) -> None:
    veo = kie.task("veo-3-1", "t1").wait()
    kie.extend(veo, "and lands", seed=12345)
    (sent,) = stub.at(CREATE)
    assert sent.json == {"model": "veo/extend", "input": {"task_id": "t1", "prompt": "and lands", "seeds": 12345}}
    kie.upgrade(veo, "4K")
    assert stub.at(CREATE)[1].json["input"]["task_id"] == "t1"
    kie.upgrade(veo)
    assert stub.at(CREATE)[2].json == {"model": "veo/get-1080p-video", "input": {"taskId": "t1", "index": "0"}}


def test_a_song_is_gone_on_with_by_the_id_that_its_record_shows(kie: Kie, stub: Stub) -> None:
    song = {"id": "a1", "audioUrl": "https://files.example.com/song.mp3"}
    record = {"taskId": "t1", "status": "SUCCESS", "response": {"taskId": "t1", "sunoData": [song]}}
    stub.on("/api/v1/generate/record-info", ok(record))
    stub.on("/api/v1/generate/extend", ok({"taskId": "t2"}))
    song_task = kie.task("generate", "t1").wait()
    kie.extend(song_task)
    (sent,) = stub.at("/api/v1/generate/extend")
    assert sent.json["audioId"] == "a1"
    assert sent.json["model"] == "V5"


def test_what_cannot_follow_is_told_with_what_can(kie: Kie, stub: Stub) -> None:
    result = kie.task("nano-banana-2", "t1").wait()
    with pytest.raises(InvalidInput, match="cannot be followed by '1080p'"):
        kie.upgrade(result)
    with pytest.raises(InvalidInput, match="Possible: 1080p, 4k"):
        kie.upgrade(kie.task("veo-3-1", "t1").wait(), "8k")
    assert stub.at(CREATE) == []


# ----------------------------------------------------------------------------------------------- price and balance


def test_a_price_is_told_without_a_call(kie: Kie, stub: Stub) -> None:
    small = kie.price("nano-banana-2", resolution="1K")
    large = kie.price("nano-banana-2", {"prompt": "a cat", "resolution": "4K"})
    assert small is not None
    assert large is not None
    assert small.exact
    assert small.credits < large.credits
    assert stub.seen == []
    with pytest.raises(InvalidInput):
        kie.price("nano-banana-2", resolution="9K")


def test_a_limit_covers_all_tasks_of_a_helper(kie: Kie, stub: Stub) -> None:
    price = kie.price("nano-banana-2", {"prompt": "a cat"})
    assert price is not None
    assert price.high is not None
    with pytest.raises(KieError, match="limit"):
        kie.image("a cat", count=3, max_credits=price.high * 3 - Decimal("0.01"))
    assert stub.at(CREATE) == []
    kie.image("a cat", count=3, max_credits=price.high * 3)
    assert len(stub.at(CREATE)) == 3


@pytest.mark.parametrize(("data", "wanted"), [(12.5, "12.5"), ("0.1", "0.1"), (0, "0"), (-3, "-3")])
def test_the_balance_is_a_decimal(kie: Kie, stub: Stub, data: Any, wanted: str) -> None:
    stub.on("/api/v1/chat/credit", ok(data))
    found = kie.credits()
    assert isinstance(found, Decimal)
    assert found == Decimal(wanted)
    assert stub.seen[0].method == "GET"


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (ok("many"), UnexpectedReply),
        (ok(None), UnexpectedReply),
        (answer(200, b"<html>"), UnexpectedReply),
        (as_json({"code": 401, "msg": "who"}), AuthenticationError),
    ],
    ids=["words", "nothing", "page", "key"],
)
def test_a_balance_that_is_none_is_an_error(kie: Kie, stub: Stub, reply: Answer, kind: type[KieError]) -> None:
    stub.on("/api/v1/chat/credit", reply)
    with pytest.raises(kind):
        kie.credits()


async def same(stub: Stub) -> Decimal:
    async with AsyncKie("k", base_url=stub.url, poll=0) as kie:
        result = await kie.image("a cat", count=2, aspect_ratio="1:1")
        assert len(result.outputs) == 2
        await kie.upgrade(await kie.task("veo-3-1", "t1").wait(), "4k")
        await kie.speech("Hello", voice="Rachel")
        return await kie.credits()


def test_the_same_on_an_event_loop(stub: Stub) -> None:
    stub.on("/api/v1/chat/credit", ok(7))
    assert asyncio.run(same(stub)) == 7
    models = [json.loads(sent.body)["model"] for sent in stub.at(CREATE)]
    assert models[:2] == ["nano-banana-2"] * 2
    assert models[3] == "elevenlabs/text-to-speech-turbo-2-5"


def test_a_call_of_several_tasks_loses_none(kie: Kie, stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    submit = kie._submit
    sent: list[Any] = []

    def once(*args: Any, **kwargs: Any) -> Any:
        if sent:
            raise RateLimited("too often", hint="Slow down.")
        sent.append(submit(*args, **kwargs))
        return sent[0]

    monkeypatch.setattr(kie, "_submit", once)
    with pytest.raises(RateLimited) as caught:
        kie.image("a cat", model="google/nano-banana", count=2)
    assert caught.value.may_have_spent
    assert sent[0].id in str(caught.value)
    assert "Slow down." in str(caught.value)


def test_a_result_of_several_tasks_sums_their_credits(kie: Kie, stub: Stub) -> None:
    result = kie.image("a cat", model="google/nano-banana", count=2)
    assert (len(result.outputs), len(result.task_ids), result.credits) == (2, 2, Decimal(8))


def test_an_enlargement_without_a_factor_takes_any_model(kie: Kie, stub: Stub) -> None:
    """Twice, where the model leaves the choice; a model with a factor of its own is not asked for another."""
    kie.upscale(PICTURE)
    kie.upscale(PICTURE, model="recraft/crisp-upscale")
    assert [sent.json["input"] for sent in stub.at(CREATE)] == [
        {"image_url": PICTURE, "upscale_factor": "2"},
        {"image": PICTURE},
    ]
    with pytest.raises(InvalidInput, match="scale"):
        kie.upscale(PICTURE, model="recraft/crisp-upscale", scale=4)


def test_a_song_resumed_from_its_id_can_be_gone_on_with(kie: Kie, stub: Stub) -> None:
    """What its record alone shows is read first, once."""
    song = {"id": "a1", "audioUrl": "https://files.example.com/song.mp3"}
    record = {"taskId": "t1", "status": "SUCCESS", "response": {"taskId": "t1", "sunoData": [song]}}
    stub.on("/api/v1/generate/record-info", ok(record))
    stub.on("/api/v1/generate/extend", ok({"taskId": "t2"}))
    kie.extend(kie.task("generate", "t1"))
    (sent,) = stub.at("/api/v1/generate/extend")
    assert sent.json["audioId"] == "a1"

    async def same() -> None:
        async with AsyncKie("k", base_url=stub.url, poll=0) as other:
            await other.extend(other.task("generate", "t1"))

    asyncio.run(same())
    assert stub.at("/api/v1/generate/extend")[1].json["audioId"] == "a1"


def test_kept_results_of_several_tasks_are_several(stub: Stub) -> None:
    """Three pictures asked for twice are three tasks, not one three times."""
    made: list[str] = []

    def create(_seen: Any) -> Answer:
        made.append(f"t{len(made)}")
        return ok({"taskId": made[-1]})

    stub.on(CREATE, create)
    with Kie("k", base_url=stub.url, poll=0, cache=True) as kie:
        first = kie.image("a cat", model="google/nano-banana", count=3).task_ids
        again = kie.image("a cat", model="google/nano-banana", count=3).task_ids
        more = kie.image("a cat", model="google/nano-banana", count=4).task_ids
        one = kie.run("google/nano-banana", prompt="a cat").task_ids
    assert first == again == more[:3] == ("t0", "t1", "t2")
    assert more[3] == "t3"
    assert one == ("t0",)
