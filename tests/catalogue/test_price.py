"""Prices, worked out by hand from the price list of 2026-10-02 (one credit is 0.005 USD)."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kie.catalogue.files import DATA, default_catalogue
from kie.catalogue.price import Estimator

if TYPE_CHECKING:
    from kie.money import Price

CATALOGUE = default_catalogue()
V = "https://cdn.example.com/v.mp4"
I = "https://cdn.example.com/i.png"  # noqa: E741 - an image


def _price(name: str, /, **inputs: Any) -> Price:
    found = CATALOGUE.entry(name).price(**inputs)
    assert found is not None, name
    return found


#: model, input, credits.
EXACT: list[tuple[str, dict[str, Any], str]] = [
    ("kling/v2-1-standard", {"duration": "5"}, "25"),
    ("kling/v2-1-standard", {"duration": 10}, "50"),
    ("kling/v2-1-master-text-to-video", {"duration": "10"}, "320"),
    ("kling/v2-5-turbo-text-to-video-pro", {"duration": "5"}, "42"),
    ("kling-2.6/text-to-video", {"duration": "5", "sound": False}, "55"),
    ("kling-2.6/text-to-video", {"duration": "10", "sound": True}, "220"),
    ("kling-3.0/video", {"mode": "std", "sound": False, "duration": "5"}, "70"),  # 14 a second
    ("kling-3.0/video", {"mode": "pro", "sound": True, "duration": 15}, "405"),  # 27 a second
    ("kling-3.0/video", {"mode": "4K", "sound": False, "duration": "3"}, "201"),  # 67 a second
    ("kling/v3-turbo-text-to-video", {"resolution": "1080p", "duration": 4}, "90"),  # 22.5 a second
    ("bytedance/seedance-1.5-pro", {"resolution": "480p", "generate_audio": False, "duration": 4}, "7"),
    ("bytedance/seedance-1.5-pro", {"resolution": "1080p", "generate_audio": True, "duration": 12}, "180"),
    ("bytedance/seedance-2", {"resolution": "720p", "duration": 5}, "205"),  # 41 a second
    ("bytedance/seedance-2", {"resolution": "4k", "duration": 15}, "3120"),  # 208 a second
    ("bytedance/seedance-2-fast", {"resolution": "480p", "duration": 4}, "46.8"),  # 11.7 a second
    ("bytedance/seedance-2-mini", {"resolution": "720p", "duration": 10}, "82"),  # 8.2 a second
    ("bytedance/seedance-2-5", {"resolution": "1080p", "duration": 5}, "790"),  # 158 a second
    ("bytedance/v1-pro-text-to-video", {"resolution": "480p", "duration": "5"}, "14"),  # 2.8 a second
    ("bytedance/v1-pro-fast-image-to-video", {"resolution": "1080p", "duration": "10"}, "72"),
    ("wan/2-2-a14b-text-to-video-turbo", {"resolution": "480p"}, "40"),  # always 5 s, 8 a second
    ("wan/2-5-text-to-video", {"resolution": "1080p", "duration": "10"}, "200"),
    ("wan/2-6-text-to-video", {"resolution": "720p", "duration": "15"}, "209.5"),
    ("wan/2-7-text-to-video", {"resolution": "720p", "duration": 5}, "80"),
    ("wan/3-0-video", {"resolution": "480P", "duration": 5}, "40"),
    ("hailuo/02-text-to-video-pro", {"prompt": "x"}, "57"),  # always 6 s, 9.5 a second
    ("hailuo/2-3-image-to-video-pro", {"resolution": "1080P", "duration": "6"}, "80"),
    ("minimax-h3/text-to-video", {"resolution": "2K", "duration": 6}, "78"),
    ("happyhorse/text-to-video", {"resolution": "1080p", "duration": 5}, "240"),
    ("happyhorse-1-1/text-to-video", {"resolution": "720p", "duration": 4}, "90"),
    ("pixverse-v6/text-to-video", {"quality": "540p", "generate_audio_switch": False, "duration": 5}, "28"),
    ("pixverse-v6/reference-to-video", {"quality": "1080p", "generate_audio_switch": True, "duration": 5}, "103.5"),
    ("gemini-omni-video", {"duration": "8", "resolution": "720p"}, "105"),
    ("gemini-omni-video", {"duration": "10", "resolution": "4k"}, "210"),
    ("gemini-omni-video", {"duration": "10", "resolution": "4k", "video_list": [{"url": V}]}, "252"),
    ("runway", {"duration": 5, "quality": "720p"}, "12"),
    ("runway", {"duration": 10, "quality": "720p"}, "30"),
    ("runway", {"duration": 5, "quality": "1080p"}, "30"),
    ("runway/gen4-aleph", {"prompt": "x"}, "110"),
    ("veo/generate", {"model": "veo3_lite", "resolution": "720p"}, "30"),
    ("veo/generate", {"model": "veo3_fast", "resolution": "1080p"}, "65"),
    ("veo/generate", {"model": "veo3", "resolution": "4k"}, "370"),
    ("veo/get-1080p-video", {"taskId": "t"}, "5"),
    ("veo/get-4k-video", {"task_id": "t"}, "120"),
    ("z-image", {"prompt": "x"}, "0.8"),
    ("nano-banana-2", {"resolution": "4K"}, "18"),
    ("nano-banana-2", {"prompt": "x"}, "8"),  # the default is 1K
    ("nano-banana-pro", {"resolution": "2K"}, "18"),
    ("flux-2/flex-text-to-image", {"resolution": "2K"}, "24"),
    ("gpt-image/1.5-text-to-image", {"quality": "high"}, "22"),
    ("ideogram/v3-text-to-image", {"rendering_speed": "TURBO"}, "3.5"),
    ("ideogram/character", {"rendering_speed": "QUALITY", "num_images": "3"}, "72"),  # 24 an image
    ("google/imagen4-ultra", {"prompt": "x"}, "12"),
    ("seedream/5-flash-text-to-image", {"prompt": "x"}, "3.24"),
    ("seedream/5-pro-image-to-image", {"quality": "basic", "image_urls": [I]}, "7"),
    ("seedream/5-pro-image-to-image", {"quality": "high", "image_urls": [I] * 4}, "15.5"),  # 14 and 3 × 0.5
    ("topaz/image-upscale", {"upscale_factor": "4"}, "20"),
    ("recraft/crisp-upscale", {"image": I}, "0.5"),
    ("recraft/remove-background", {"image": I}, "1"),
    ("elevenlabs/text-to-speech-turbo-2-5", {"text": "x" * 1000}, "6"),
    ("elevenlabs/text-to-speech-turbo-2-5", {"text": "x" * 1001}, "12"),  # rounded up to the next thousand
    ("elevenlabs/text-to-speech-turbo-2-5", {"text": "Hi"}, "6"),
    ("elevenlabs/text-to-speech-multilingual-v2", {"text": "x" * 2500}, "36"),
    ("elevenlabs/text-to-dialogue-v3", {"dialogue": [{"text": "x" * 60}, {"text": "y" * 10}]}, "0.98"),  # linear
    ("ai-music-api/generate", {"prompt": "x"}, "12"),
    ("ai-music-api/sounds", {"prompt": "x"}, "2.5"),
    ("ai-music-api/convert-to-wav-format", {"task_id": "t"}, "0.4"),
    ("ai-music-api/separate-vocals", {"type": "split_stem"}, "50"),
    ("ai-music-api/generate-persona", {"name": "x"}, "0"),
    ("google/gemini-3-1-flash-tts", {"input_tokens": 1000, "output_tokens": 1500}, "4.34"),  # 0.14 and 4.2
    ("gpt-5-2", {"input_tokens": 1_000_000, "output_tokens": 0}, "87.5"),
    ("claude-haiku-4-5", {"input_tokens": 2000, "output_tokens": 1000}, "0.395"),  # 0.11 and 0.285
]


@pytest.mark.parametrize(("name", "inputs", "credits_"), EXACT, ids=[f"{n}-{i}" for i, (n, _, _) in enumerate(EXACT)])
def test_a_price_is_what_the_list_says(name: str, inputs: dict[str, Any], credits_: str) -> None:
    price = _price(name, **inputs)
    assert price.credits == Decimal(credits_)
    assert price.exact
    assert price.usd == Decimal(credits_) * Decimal("0.005")
    assert price.source
    assert price.date


#: model, input, least, most (None: it depends on what is put in).
RANGES: list[tuple[str, dict[str, Any], str, str | None]] = [
    ("kling-2.6/text-to-video", {"duration": 5}, "55", "110"),  # silent, or with sound
    ("veo/generate", {"model": "veo3_fast", "resolution": "720p"}, "60", "60"),
    ("flux1-kontext", {"prompt": "x"}, "5", "10"),  # the page has no choice of pro and max
    ("grok-imagine/extend", {"extend_times": 10}, "24", "45"),  # depends on the source
    ("infinitalk/from-audio", {"resolution": "480p"}, "3", None),
    ("topaz/video-upscale", {"upscale_factor": "4"}, "14", None),
    ("gpt-5-2", {}, "0", None),
]


@pytest.mark.parametrize(("name", "inputs", "least", "most"), RANGES, ids=[each[0] for each in RANGES])
def test_what_is_not_known_makes_a_range(name: str, inputs: dict[str, Any], least: str, most: str | None) -> None:
    price = _price(name, **inputs)
    assert price.low == Decimal(least)
    assert price.high == (None if most is None else Decimal(most))
    if most is None:
        assert price.note


def test_seconds_of_an_input_video_are_paid_for_too() -> None:
    """Seedance 2 at 720p: 25 a second of input and output; how long the input is, is not known."""
    price = _price("bytedance/seedance-2", resolution="720p", duration=5, reference_video_urls=[V])
    assert price.low >= Decimal(125)
    assert price.high is None or price.high > price.low
    without = _price("bytedance/seedance-2", resolution="720p", duration=5, reference_video_urls=[])
    assert without.exact
    assert without.credits == Decimal(205)


def test_a_text_that_is_not_there_yet_is_no_price() -> None:
    price = _price("elevenlabs/text-to-speech-turbo-2-5")  # up to 5000 characters, 6 for each thousand
    assert (price.low, price.high) == (Decimal(6), Decimal(30))
    dialogue = _price("elevenlabs/text-to-dialogue-v3")
    assert (dialogue.low, dialogue.high) == (Decimal(0), None)
    assert dialogue.note


def test_extras_count_each_image_beyond_the_first() -> None:
    for count, credits_ in ((0, "7"), (1, "7"), (2, "7.5"), (10, "11.5")):
        price = _price("seedream/5-pro-image-to-image", quality="basic", image_urls=[I] * count)
        assert price.low == Decimal(credits_)


def test_roles_and_spellings_count_as_fields() -> None:
    assert _price("kling-3.0/video", resolution="std", sound=False, duration=5).credits == Decimal(70)
    assert _price("nano-banana-2", resolution="4k").credits == Decimal(18)
    assert _price("nano-banana-2", resolution="4K", prompt="x").exact


def test_where_no_price_is_published_none_is_made_up() -> None:
    for name in ("ideogram/v3-remix", "runway/extend-ai-video"):
        assert CATALOGUE.entry(name).price(prompt="x") is None
        assert not CATALOGUE.entry(name).priced


def _estimate(record: dict[str, Any], schema: dict[str, Any] | None = None, **inputs: Any) -> Price | None:
    return Estimator({"unit": "image", **record}, schema or {}).price(inputs)


def test_tiers_quantities_and_extras_by_themselves() -> None:
    tiers = [{"when": {"r": ["1k", "2k"]}, "credits": "1.5"}, {"when": {"r": "4k"}, "credits": "3"}]
    schema = {"properties": {"r": {"enum": ["1k", "2k", "4k"]}, "n": {"type": "integer", "maximum": 4}}}

    def amounts(price: Price | None) -> tuple[Decimal, Decimal | None] | None:
        return None if price is None else (price.low, price.high)

    d = Decimal
    assert amounts(_estimate({"tiers": tiers}, schema, r="2K")) == (d("1.5"), d("1.5"))
    assert amounts(_estimate({"tiers": tiers}, schema)) == (d("1.5"), d(3))
    assert _estimate({"tiers": tiers}, schema, r="8k") is None
    count = {"quantity": {"count": "n"}, "tiers": [{"credits": "2"}]}
    assert amounts(_estimate(count, schema)) == (d(2), d(2))
    assert amounts(_estimate(count, schema, n="3")) == (d(6), d(6))
    by_field = {"quantity": {"field": "n"}, "tiers": [{"credits": "2"}]}
    assert amounts(_estimate(by_field, schema)) == (d(2), d(8))
    assert amounts(_estimate({**by_field, "quantity": {"fixed": 8}})) == (d(16), d(16))
    assert amounts(_estimate({"tiers": [{"credits": "1"}], "add": [{"field": "i", "credits": "0.5"}]}, i=[1, 2])) == (
        d(2),
        d(2),
    )
    assert str(_estimate({"tiers": [{"credits": "120.00"}]}).low) == "120"  # type: ignore[union-attr]


def test_prices_are_texts_and_never_floats() -> None:
    for path in (DATA / "models").glob("*.json"):
        for name, record in json.loads(path.read_text())["models"].items():
            price = record.get("price") or {}
            amounts = [t["credits"] for t in price.get("tiers", ())] + [a["credits"] for a in price.get("add", ())]
            amounts += list(price.get("tokens", {}).values())
            assert all(isinstance(amount, str) and Decimal(amount) >= 0 for amount in amounts), name


NAMES = [name for name in CATALOGUE if CATALOGUE.entry(name).priced]
ODD = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.lists(st.text(), max_size=3)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_any_input_has_a_price_that_is_a_number(data: st.DataObject) -> None:
    model = CATALOGUE.entry(data.draw(st.sampled_from(NAMES)))
    names = st.sampled_from([*model.fields, *model.roles, "input_tokens", "output_tokens"])
    price = model.price(**data.draw(st.dictionaries(names, ODD, max_size=4)))
    if price is not None:
        assert price.low.is_finite()
        assert price.low >= 0
        assert price.high is None or (price.high.is_finite() and price.high >= price.low)
        assert "E" not in str(price.low)
