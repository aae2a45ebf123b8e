"""Every name leads to the id that it means, or says why it leads nowhere."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kie.catalogue.files import DATA, Catalogue, default_catalogue
from kie.catalogue.names import Names, fold
from kie.errors import ModelUnavailable

CATALOGUE = default_catalogue()
RECORD: dict[str, Any] = json.loads((DATA / "aliases.json").read_text())
PAIRS: list[dict[str, str]] = RECORD["pairs"]
TWINS = {pair["name"] for pair in PAIRS}
GONE = {name for name in CATALOGUE if CATALOGUE.entry(name).standing == "retired"} | set(RECORD["retired"])


def _id(name: str, **more: Any) -> str:
    return CATALOGUE.resolve(name, **more).model.id


def test_every_id_leads_to_itself() -> None:
    for name in CATALOGUE:
        if name in GONE:
            with pytest.raises(ModelUnavailable, match="retired"):
                CATALOGUE.resolve(name)
            assert CATALOGUE.resolve(name, retired=True).model.id == name
            assert name not in CATALOGUE
        elif name not in TWINS:
            found = CATALOGUE.resolve(name)
            assert (found.model.id, found.notice, found.preset) == (name, None, {})
            assert name in CATALOGUE
            assert CATALOGUE[name] is found.model


def test_every_alias_leads_to_a_model_and_says_so() -> None:
    for name, record in RECORD["aliases"].items():
        found = CATALOGUE.resolve(name, retired=True)
        target = record["to"]
        twin = next((pair for pair in PAIRS if pair["name"] == target), None)
        assert found.model.id == (twin[twin["prefer"]] if twin else target), name
        assert found.notice, name
        assert found.preset == record.get("input", {}), name
        assert set(found.preset) <= set(found.model.fields), name


def test_every_pair_has_two_ends() -> None:
    for pair in PAIRS:
        assert _id(pair["name"], prefer="unified") == pair["unified"]
        assert _id(pair["name"], prefer="legacy") == pair["legacy"]
        assert _id(pair["name"]) == pair[pair["prefer"]]
        assert Catalogue(prefer="legacy").resolve(pair["name"]).model.id == pair["legacy"]
        for end in ("unified", "legacy"):
            assert pair["name"] in CATALOGUE.aliases(pair[end])
        if pair["legacy"] != pair["name"]:
            assert _id(pair["legacy"], prefer="unified") == pair["legacy"]  # an exact id is what it says


def test_every_retirement_names_its_successor() -> None:
    for name, record in RECORD["retired"].items():
        with pytest.raises(ModelUnavailable) as caught:
            CATALOGUE.resolve(name)
        error = caught.value
        assert error.successor == record["successor"]
        assert record["since"] in str(error)
        assert record["why"] in str(error)
        assert ("no successor" in str(error)) is (record["successor"] is None)
        if record["successor"]:
            assert repr(record["successor"]) in str(error)
            assert record["successor"] in CATALOGUE


@pytest.mark.parametrize(
    ("typed", "model_id"),
    [
        ("Nano Banana Pro", "nano-banana-pro"),
        ("nano_banana.pro", "nano-banana-pro"),
        ("NANO-BANANA-PRO", "nano-banana-pro"),
        ("  z-image ", "z-image"),
        ("Z Image", "z-image"),
        ("kling 3.0", "kling-3.0/video"),
        ("Kling-3.0/Video", "kling-3.0/video"),
        ("google/veo-3.1", "veo-3-1"),
        ("market/google/pro-image-to-image", "nano-banana-pro"),
        ("v3-text-to-image", "ideogram/v3-text-to-image"),
    ],
)
def test_other_spellings_are_understood(typed: str, model_id: str) -> None:
    found = CATALOGUE.resolve(typed)
    assert found.model.id == model_id
    assert found.notice is None or repr(typed) in found.notice or found.notice.endswith(".")


@pytest.mark.parametrize(("typed", "near"), [("nano-bananna-pro", "nano-banana-pro"), ("klling-3.0", "kling-3.0")])
def test_a_slip_is_told_the_nearest(typed: str, near: str) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        CATALOGUE.resolve(typed)
    assert near in str(caught.value)
    assert caught.value.model == typed
    assert caught.value.successor


@pytest.mark.parametrize("typed", ["", " ", "/", "///", "-", "zzzzqqqq", "\ud800", "x" * 5000, "💥", "a/b/c/d"])
def test_nonsense_is_refused(typed: str) -> None:
    with pytest.raises(ModelUnavailable):
        CATALOGUE.resolve(typed)
    assert typed not in CATALOGUE


@pytest.mark.parametrize("typed", ["kling/generate", "minimax/lyrics", "x/upload", "x/credits", "openai/extend"])
def test_an_operation_of_another_vendor_is_not_taken_for_ours(typed: str) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        CATALOGUE.resolve(typed)
    near = str(caught.value).partition("Did you mean")[2].split("?")[0].split(",")
    assert len(near) == len(set(near))


@pytest.mark.parametrize("typed", ["fal-ai/nano-banana", "openai/veo-3.1", "black-forest-labs/flux-2-pro", "Runway"])
def test_what_is_not_exactly_the_id_is_told(typed: str) -> None:
    assert CATALOGUE.resolve(typed).notice == f"{typed!r} is {_id(typed)!r} today."


def test_what_is_no_text_is_no_model() -> None:
    nothing: Any = None
    assert nothing not in CATALOGUE


def test_folding() -> None:
    assert fold("Nano Banana_Pro.2") == "nano-banana-pro-2"
    assert fold("--a--b--") == "a-b"


#: The names of the documents (a) to (e) that the product answers to, and where each leads ("" = retired).
NAMED = {
    # (a) the client guide
    "Nano Banana": "google/nano-banana",
    "Nano Banana Pro": "nano-banana-pro",
    "Imagen 4": "google/imagen4",
    "Seedream 4.5": "seedream/4.5-text-to-image",
    "Flux-2 Pro": "flux-2/pro-text-to-image",
    "Z-Image": "z-image",
    "Ideogram v3": "ideogram/v3-text-to-image",
    "Qwen Image Edit": "qwen/image-edit",
    "Veo 3.1": "veo-3-1",
    "Veo 3.1 Fast": "veo/generate",
    "Kling 2.6": "kling-2.6/text-to-video",
    "Sora 2": "",
    "sora-2-image-to-video": "",
    "sora-2-pro-image-to-video": "",
    "sora-2-pro-storyboard": "",
    "ByteDance v1 Pro": "bytedance/v1-pro-text-to-video",
    # (b) the integration document
    "elevenlabs/tts": "elevenlabs/text-to-speech-multilingual-v2",
    "elevenlabs/sfx": "ai-music-api/sounds",
    "recraft/remove-bg": "recraft/remove-background",
    "midjourney": "mj/generate",
    "luma/modify": "modify/generate",
    "gpt4o-image": "4o-image-api",
    "ghibli": "4o-image-api",
    "suno": "ai-music-api/generate",
    # (c) the studio plan
    "topaz/image-upscale": "topaz/image-upscale",
    "seedance": "bytedance/seedance-2",
    "infinitalk": "infinitalk/from-audio",
    # (d) the developer guide
    "flux-kontext-pro": "flux/kontext/generate",
    "flux-kontext-max": "flux/kontext/generate",
    "grok-imagine": "grok-imagine/text-to-image",
    "Kling 3.0": "kling-3.0/video",
    "sora-watermark-remover": "",
    "sora-2-characters": "",
    "Runway": "runway",
    "Runway Aleph": "runway/gen4-aleph",
    "claude": "claude-sonnet-5-5",
    "gemini": "gemini-3.1-pro",
    "gpt": "gpt-5-2",
    # (e) the architecture finding: several versions side by side
    "veo3": "veo/generate",
    "veo3_fast": "veo/generate",
    "service/kling": "service/kling",
}


@pytest.mark.parametrize(("name", "model_id"), NAMED.items())
def test_names_of_the_documents_are_known(name: str, model_id: str) -> None:
    found = CATALOGUE.resolve(name, retired=True)
    if model_id:
        assert found.model.id == model_id
    else:
        assert found.model.id in GONE


def test_a_tier_in_a_name_is_preset() -> None:
    assert CATALOGUE.resolve("veo3_fast").preset == {"model": "veo3_fast"}
    assert CATALOGUE.resolve("Veo 3.1 Fast").preset == {"model": "veo3_fast"}
    assert CATALOGUE.resolve("flux-kontext-max").preset == {"model": "flux-kontext-max"}


def test_twins_by_alias_follow_the_preference() -> None:
    record = {
        "aliases": {"short": {"to": "pair"}},
        "pairs": [{"name": "pair", "unified": "new", "legacy": "old", "prefer": "legacy"}],
    }
    names = Names(record, {"new": "", "old": ""})
    assert names.find("short", None).model_id == "old"
    assert names.find("Short", "unified").model_id == "new"
    assert names.of("old") == ("pair",)
