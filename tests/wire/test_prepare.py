"""An input as people write it becomes the input that the model takes."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kie.catalogue.dialect import Dialect
from kie.catalogue.files import default_catalogue
from kie.catalogue.model import Model
from kie.errors import InvalidInput
from kie.wire.prepare import FilePlaceholder, placeholders, prepare, translate_names

A, B = "https://cdn.example.com/a.png", "https://cdn.example.com/b.png"
CATALOGUE = default_catalogue()


def _sent(name: str, /, **inputs: Any) -> dict[str, Any]:
    return prepare(CATALOGUE.entry(name), inputs, roles=CATALOGUE.roles).resolved()


def _refused(name: str, /, **inputs: Any) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        _sent(name, **inputs)
    assert caught.value.model == name
    return caught.value


def _model(fields: dict[str, Any], **more: Any) -> Model:
    record = {"input": {"type": "object", "properties": fields, **more.pop("schema", {})}, **more}
    return Model(
        "made-up", record, Dialect({"name": "market", "submit": {"method": "POST", "path": "/", "body": "flat"}})
    )


IMAGE = {"type": "string", "x-file": {"kind": "image"}}
IMAGES = {"type": "array", "items": IMAGE}


# --------------------------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize("name", ["image_size", "imageSize", "ImageSize", "IMAGE_SIZE", "image-size", "image size"])
def test_a_field_is_found_in_any_spelling(name: str) -> None:
    assert (
        _sent("ideogram/character", prompt="x", reference_image_urls=[A], **{name: "square"})["image_size"] == "square"
    )


@pytest.mark.parametrize("name", ["audioId", "audio_id", "AudioID", "audio id"])
def test_camel_and_snake_are_one(name: str) -> None:
    model = _model({"audioId": {"type": "string"}})
    if name == "AudioID":
        assert translate_names(model, {"AudioId": "x"}) == {"audioId": "x"}
    else:
        assert translate_names(model, {name: "x"}) == {"audioId": "x"}


def test_a_role_becomes_the_models_own_field() -> None:
    assert _sent("nano-banana-2", prompt="x", images=[A, B])["image_input"] == [A, B]
    assert _sent("google/nano-banana-edit", prompt="x", images=[A])["image_urls"] == [A]
    assert _sent("ideogram/character", prompt="x", reference_image_urls=[A], aspect_ratio="16:9")["image_size"] == (
        "landscape_16_9"
    )
    assert _sent("kling-3.0/motion-control", images=[A], video=B)["video_urls"] == [B]


def test_a_native_name_goes_before_a_role_of_the_same_name() -> None:
    model = _model({"style": {"type": "string"}, "other": {"type": "string"}}, roles={"style": "other"})
    assert translate_names(model, {"style": "x"}) == {"style": "x"}


def test_first_and_last_frame_are_places_in_a_list() -> None:
    base = {"prompt": "x", "sound": False, "aspect_ratio": "16:9", "mode": "std", "multi_shots": False}
    assert _sent("kling-3.0/video", **base, first_frame=A, last_frame=B)["image_urls"] == [A, B]
    assert _sent("kling-3.0/video", **base, last_frame=B, first_frame=A)["image_urls"] == [A, B]
    assert _sent("kling-3.0/video", **base, first_frame=A)["image_urls"] == [A]
    error = _refused("kling-3.0/video", **base, last_frame=B)
    assert error.field == "first_frame"
    error = _refused("kling-3.0/video", **base, first_frame=A, images=[B])
    assert "twice" in str(error)
    assert _sent("bytedance/seedance-2", prompt="a fox", first_frame=A, last_frame=B)["last_frame_url"] == B


def test_a_list_of_one_is_one_where_one_is_taken() -> None:
    assert _sent("kling/v2-5-turbo-image-to-video-pro", prompt="x", images=[A])["image_url"] == A
    error = _refused("kling/v2-5-turbo-image-to-video-pro", prompt="x", images=[A, B])
    assert error.field == "images"
    assert "image_url" in str(error)
    assert _sent("google/nano-banana-edit", prompt="x", images=A)["image_urls"] == [A]


def test_the_same_input_twice_is_refused() -> None:
    error = _refused("nano-banana-2", prompt="x", images=[A], image_input=[B])
    assert "image_input" in str(error)
    assert _refused("nano-banana-2", prompt="x", aspect_ratio="1:1", aspectRatio="1:1").field == "aspectRatio"


def test_none_is_not_given() -> None:
    assert _sent("nano-banana-2", prompt="x", aspect_ratio=None, nonsense=None) == {"prompt": "x"}
    assert _refused("nano-banana-2", prompt=None).field == "prompt"


def test_an_unknown_input_is_refused_with_the_nearest() -> None:
    error = _refused("nano-banana-2", prompt="x", aspect_ration="1:1")
    assert (error.field, error.nearest) == ("aspect_ration", "aspect_ratio")
    assert "prompt" in (error.allowed or ())
    assert "It takes: " in str(error)


def test_extra_fields_are_sent_as_they_are() -> None:
    model = CATALOGUE.entry("nano-banana-2")
    sent = prepare(model, {"prompt": "x"}, extra={"brand_new": [1], "prompt": "y"}, roles=CATALOGUE.roles).resolved()
    assert sent == {"prompt": "y", "brand_new": [1]}
    assert translate_names(model, {"zzz": 1}, extra=True) == {"zzz": 1}


def test_a_preset_gives_way_to_what_is_given() -> None:
    model = CATALOGUE.entry("veo/generate")
    preset = {"model": "veo3_fast", "not_a_field": 1}
    assert prepare(model, {"prompt": "x"}, preset=preset).resolved() == {"prompt": "x", "model": "veo3_fast"}
    assert prepare(model, {"prompt": "x", "model": "veo3"}, preset=preset).resolved()["model"] == "veo3"
    assert prepare(model, {"prompt": "x", "model_tier": "veo3"}, preset=preset).resolved()["model"] == "veo3"


def test_an_estimate_needs_no_prompt_but_judges_what_is_given() -> None:
    model = CATALOGUE.entry("nano-banana-2")
    assert prepare(model, {"resolution": "2k"}, partial=True).resolved() == {"resolution": "2K"}
    with pytest.raises(InvalidInput, match="resolution"):
        prepare(model, {"resolution": "9K"}, partial=True)


# --------------------------------------------------------------------------------------------------------------- values


def test_words_of_people_become_words_of_the_model() -> None:
    assert _sent("ideogram/v3-text-to-image", prompt="x", aspect_ratio="9:16")["image_size"] == "portrait_16_9"
    assert _sent("ideogram/v3-text-to-image", prompt="x", aspect_ratio="1:1")["image_size"].startswith("square")
    assert _sent("ideogram/v3-text-to-image", prompt="x", image_size="landscape_4_3")["image_size"] == "landscape_4_3"
    error = _refused("ideogram/v3-text-to-image", prompt="x", aspect_ratio="7:5")
    assert error.field == "aspect_ratio"  # as it was typed; the message names the native field too
    assert "image_size" in str(error)
    assert error.allowed


def test_only_required_fields_get_their_default() -> None:
    sent = _sent("kling-3.0/video", prompt="x", sound=False, aspect_ratio="16:9", mode="std", multi_shots=False)
    assert sent["duration"] == "5"
    assert "resolution" not in _sent("nano-banana-2", prompt="x")


# ---------------------------------------------------------------------------------------------------------------- files


class _Image:
    def save(self, *_args: Any, **_more: Any) -> None: ...


@pytest.mark.parametrize(
    "source",
    [
        "/tmp/x.png",
        "x.png",
        "data:image/png;base64,AAAA",
        Path("x.png"),
        b"bytes",
        bytearray(b"x"),
        memoryview(b"x"),
        io.BytesIO(b"x"),
        _Image(),
    ],
    ids=lambda s: type(s).__name__ + str(s)[:5] if isinstance(s, str) else type(s).__name__,
)
def test_what_is_a_file_is_set_aside(source: Any) -> None:
    model = _model({"one": IMAGE, "many": IMAGES})
    prepared = prepare(model, {"one": source, "many": [A, source]})
    assert [file.path for file in prepared.files] == ["one", "many[1]"]
    assert all(file.source is source and file.rule == {"kind": "image"} for file in prepared.files)
    for n, file in enumerate(prepared.files):
        file.link = f"https://cdn.example.com/{n}"
    assert prepared.resolved() == {"one": "https://cdn.example.com/0", "many": [A, "https://cdn.example.com/1"]}
    assert prepared.input["one"] is prepared.files[0]
    assert list(placeholders(prepared.input)) == list(prepared.files)


@pytest.mark.parametrize("link", [A, "http://x.example.com/a", "HTTPS://X.example.com/a", "asset://123"])
def test_links_pass(link: str) -> None:
    prepared = prepare(_model({"one": IMAGE}), {"one": link})
    assert prepared.resolved() == {"one": link}
    assert prepared.files == ()


def test_what_has_a_link_gives_it() -> None:
    model = _model({"one": IMAGE, "many": IMAGES})
    other = SimpleNamespace(url=B)
    assert prepare(model, {"one": other, "many": [other]}).resolved() == {"one": B, "many": [B]}


@pytest.mark.parametrize("odd", ["", "  ", 5, 5.5, True, {}, object(), [[]]])
def test_what_is_no_file_is_refused(odd: Any) -> None:
    with pytest.raises(InvalidInput) as caught:
        prepare(_model({"one": IMAGE}, schema={"required": ["one"]}), {"one": odd})
    assert str(caught.value.field).startswith("one")


def test_files_inside_objects_are_found() -> None:
    inner = {"type": "object", "properties": {"img": IMAGE, "name": {"type": "string"}}}
    model = _model({"elements": {"type": "array", "items": inner}})
    prepared = prepare(model, {"elements": [{"img": b"x", "name": "cat"}, {"img": A}]})
    assert [file.path for file in prepared.files] == ["elements[0].img"]
    assert isinstance(prepared.input["elements"][0]["img"], FilePlaceholder)
