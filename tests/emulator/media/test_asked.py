"""What a request asks for is what is made: size, ratio, number, format and length, over all models that tell them."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from kie.emulator import facts
from kie.emulator.media import MediaSpec, render
from kie.emulator.results.files import Files
from kie.emulator.results.maker import Maker
from kie.emulator.results.products import make
from kie.emulator.results.studio import Studio
from kie.emulator.tasks import Task

if TYPE_CHECKING:
    from kie.emulator.tasks import Outcome

#: Width to height by the vendor's words.
WORDS = {
    "square": 1.0, "square_hd": 1.0, "portrait": 9 / 16, "landscape": 16 / 9, "portrait_4_3": 3 / 4,
    "portrait_3_2": 2 / 3, "portrait_16_9": 9 / 16, "landscape_4_3": 4 / 3, "landscape_3_2": 3 / 2,
    "landscape_16_9": 16 / 9, "landscape_21_9": 21 / 9,
}  # fmt: skip
#: The shorter side of a video, by the vendor's words.
LINES = {
    "360p": 360, "480p": 480, "512p": 512, "540p": 540, "580p": 580, "720p": 720, "768p": 768, "1080p": 1080,
    "2k": 1440, "4k": 2160, "std": 720, "pro": 1080, "standard": 720, "high": 1080, "720": 720, "1080": 1080,
}  # fmt: skip
#: The side of a square as large as an image, by the vendor's words.
SIDES = {"1k": 1024, "1.5k": 1536, "2k": 2048, "4k": 3840}

Files_ = list[tuple[str, dict[str, Any]]]


def made(model: str, **inputs: Any) -> tuple[Outcome, Files_]:
    """What a task of a model gives out, as (path, description), without rendering."""
    files = Files(Studio(0, lambda _: b""), lambda: 0.0)
    task = Task(id="0" * 32, operation=f"market:{model}", model=model, inputs=inputs, created=0.0, seed=7, plan=())
    outcome = make(task, Maker(files, lambda _: None, 0.0))
    urls = outcome.urls
    found = [(path, files.find(path)) for path in urls]
    return outcome, [(path, file.spec) for path, file in found if file is not None]


def asked(kind: str, *names: str) -> list[tuple[str, str, Any]]:
    """Every value that a model of a kind lists for a field of these names: (model, field, value)."""
    found = []
    for name, fact in facts.models().items():
        if fact.kind == kind and fact.task not in {"upscale", "layer-decomposition"}:
            for field in names:
                found += [(name, field, held) for held in fact.fields.get(field, {}).get("enum", ())]
    return found


def ratio_of(text: str) -> float | None:
    if text.lower() in WORDS:
        return WORDS[text.lower()]
    parts = re.fullmatch(r"(\d+):(\d+)", text)
    return int(parts[1]) / int(parts[2]) if parts else None


RATIOS = [
    (kind, *case)
    for kind in ("image", "video")
    for case in asked(kind, "aspect_ratio", "aspectRatio", "image_size", "ratio", "size")
    if ratio_of(str(case[2])) is not None
]


def test_the_tables_are_not_empty() -> None:
    assert len(RATIOS) > 300
    assert len(asked("video", "resolution", "quality", "mode", "size", "output_resolution")) > 100


@pytest.mark.parametrize(("kind", "model", "field", "word"), RATIOS)
def test_the_ratio_is_the_asked_one(kind: str, model: str, field: str, word: str) -> None:
    _, files = made(model, prompt="x", **{field: word})
    expected = ratio_of(word)
    assert files
    for _, spec in files:
        assert spec["kind"] == kind
        assert spec["width"] / spec["height"] == pytest.approx(expected, rel=0.012)
        assert min(spec["width"], spec["height"]) >= 16
        assert max(spec["width"], spec["height"]) <= 4096


@pytest.mark.parametrize(
    ("model", "field", "word"),
    [
        case
        for case in asked("video", "resolution", "quality", "mode", "size", "output_resolution")
        if str(case[2]).lower() in LINES
    ],
)
def test_a_video_has_the_asked_lines(model: str, field: str, word: str) -> None:
    _, [(_, spec)] = made(model, prompt="x", **{field: word})
    assert min(spec["width"], spec["height"]) == LINES[str(word).lower()]


@pytest.mark.parametrize(("model", "field", "word"), asked("image", "resolution", "image_resolution"))
def test_an_image_is_as_large_as_asked(model: str, field: str, word: str) -> None:
    fact = facts.model(model)
    assert fact is not None
    name = next((name for name in ("aspect_ratio", "image_size") if name in fact.fields), "")
    square = "square_hd" if name == "image_size" else "1:1"
    _, files = made(model, prompt="x", **{field: word}, **({name: square} if name else {}))
    side = SIDES[word.lower()]
    assert [(spec["width"], spec["height"]) for _, spec in files] == [(side, side)] * len(files)


LENGTHS = [
    (name, field, held)
    for name, fact in facts.models().items()
    if fact.kind == "video" and fact.task != "upscale"
    for field in ("duration", "n_frames")
    for told in (fact.fields.get(field, {}),)
    for held in told.get("enum") or [told[edge] for edge in ("minimum", "maximum") if told.get(edge)]
]


@pytest.mark.parametrize(("model", "field", "word"), LENGTHS)
def test_a_video_is_as_long_as_asked(model: str, field: str, word: Any) -> None:
    _, [(_, spec)] = made(model, prompt="x", **{field: word})
    assert spec["duration"] == float(word)


@pytest.mark.parametrize(
    ("model", "field", "number"),
    [
        *((model, field, int(held)) for model, field, held in asked("image", "num_images")),
        ("bytedance/seedream-v4-edit", "max_images", 6),
        ("wan/2-7-image", "n", 4),
    ],
)
def test_as_many_images_are_made_as_asked(model: str, field: str, number: int) -> None:
    _, files = made(model, prompt="x", **{field: str(number)})
    assert len(files) == len({path for path, _ in files}) == number
    assert len({spec["seed"] for _, spec in files}) == number


@pytest.mark.parametrize(("model", "field", "word"), asked("image", "output_format", "outputFormat"))
def test_an_image_has_the_asked_format(model: str, field: str, word: str) -> None:
    _, [(path, spec)] = made(model, prompt="x", **{field: word})
    form = "jpeg" if word == "jpg" else word
    assert spec["format"] == form
    assert path.endswith({"jpeg": ".jpg"}.get(form, f".{form}"))
    small = MediaSpec(**{**spec, "width": 40, "height": 30})
    with Image.open(io.BytesIO(render(small))) as file:
        assert file.format == form.upper()


@pytest.mark.parametrize(
    ("model", "quality", "side"),
    [
        ("seedream/4.5-text-to-image", "basic", 2048),
        ("seedream/4.5-text-to-image", "high", 3840),
        ("seedream/5-lite-text-to-image", "high", 3072),
        ("seedream/5-lite-text-to-image", "ultra", 3840),
        ("gpt-image/1.5-text-to-image", "high", 1024),
    ],
)
def test_a_word_for_quality_is_a_size_only_where_it_is_one(model: str, quality: str, side: int) -> None:
    _, [(_, spec)] = made(model, prompt="x", quality=quality, aspect_ratio="1:1")
    assert (spec["width"], spec["height"]) == (side, side)


def test_sizes_in_pixels_are_taken_as_they_are() -> None:
    for text in ("1536x640", "1536*640"):
        _, [(_, spec)] = made("seedream/5-flash-text-to-image", prompt="x", size=text)
        assert (spec["width"], spec["height"]) == (1536, 640)


def test_a_video_as_a_movie_file() -> None:
    _, [(path, spec)] = made("bytedance/seedance-2-5", prompt="x", output_format="mov")
    assert path.endswith(".mov")
    assert spec["format"] == "mov"


def test_frames_and_their_rate_make_a_length() -> None:
    _, [(_, spec)] = made("wan/2-2-a14b-speech-to-video-turbo", prompt="x", num_frames=120, frames_per_second=30)
    assert (spec["duration"], spec["fps"]) == (4.0, 30)


@pytest.mark.parametrize(
    ("model", "inputs"),
    [
        ("kling-3.0/video", {"multi_prompt": [{"prompt": "a cat", "duration": 3}, {"prompt": "a sea", "duration": 5}]}),
        ("sora-2-pro-storyboard", {"shots": [{"Scene": "a cat", "duration": 3}, {"Scene": "a sea", "duration": 5}]}),
    ],
)
def test_a_storyboard_tells_its_shots(model: str, inputs: dict[str, Any]) -> None:
    _, [(_, spec)] = made(model, **inputs)
    assert spec["shots"] == (("a cat", 3.0), ("a sea", 5.0))


@pytest.mark.parametrize(
    ("prompt", "number"), [("into 5 layers", 5), ("six layers", 6), ("7 слоёв", 7), ("分成3层", 3), ("poster", 4)]
)
def test_a_picture_falls_into_the_asked_number_of_layers(prompt: str, number: int) -> None:
    _, files = made("seedream/5-flash-layer-decomposition", prompt=prompt, image_url="https://example.com/a.png")
    assert [spec["layer"] for _, spec in files] == list(range(number))
    assert {spec["layers"] for _, spec in files} == {number}
    assert {(spec["width"], spec["height"]) for _, spec in files} == {(512, 512)}


def test_the_first_layer_has_the_asked_format_and_the_others_have_transparency() -> None:
    inputs = {"prompt": "2 layers", "image_url": "https://example.com/a.png", "output_format": "jpeg", "size": "1K"}
    _, files = made("seedream/5-pro-layer-decomposition", **inputs)
    assert [spec["format"] for _, spec in files] == ["jpeg", "png"]
    assert files[0][1]["width"] == 1024


@pytest.mark.parametrize(("model", "held"), [("flux1-kontext", "Bean House"), ("wan/2-7-image", True)])
def test_a_brand_that_a_request_names_is_stamped(model: str, held: Any) -> None:
    _, files = made(model, prompt="x", watermark=held)
    assert files[0][1]["stamp"] == ("AI" if held is True else held)


def test_an_upscale_is_as_large_as_asked() -> None:
    for factor in (1, 2, 4):
        source = "https://example.com/photo.png"
        _, [(_, spec)] = made("topaz/image-upscale", image_url=source, upscale_factor=str(factor))
        assert (spec["width"] * spec["scale"], spec["height"] * spec["scale"]) == (512 * factor, 512 * factor)


def test_an_upscale_of_a_clip_works_on_the_clip() -> None:
    _, [(_, spec)] = made("topaz/video-upscale", video_url="https://example.com/clip.mp4", upscale_factor="2")
    assert (spec["kind"], spec["scale"], spec["width"], spec["height"]) == ("upscale", 0, 960, 544)
