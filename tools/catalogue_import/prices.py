"""The labels of the vendor's price list → tiers with conditions on the model's own fields.

A condition on a field that begins with ``@`` is about something that no input says (the tier of the source task, the
seconds of an input file): unknown until somebody knows it, so the estimate is a range.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

__all__ = ["price", "table_labels"]

_Tier = dict[str, Any]

#: (model, label) → conditions, for labels that no rule below reads.
_EXPLICIT: dict[tuple[str, str], dict[str, Any]] = {}


def _table(models: tuple[str, ...], rows: dict[str, dict[str, Any]]) -> None:
    _EXPLICIT.update({(model, label): when for model in models for label, when in rows.items()})


_table(
    ("veo-3-1", "veo/generate"),
    {
        f"{label} {shown}": {"model": tier, "resolution": native}
        for label, tier in (("Lite", "veo3_lite"), ("Fast", "veo3_fast"), ("Quality", "veo3"))
        for shown, native in (("720p", "720p"), ("1080p", "1080p"), ("4K", "4k"))
    },
)
_table(("veo/extend@legacy",), {"Lite": {"model": "lite"}, "Fast": {"model": "fast"}, "Quality": {"model": "quality"}})
_table(
    ("veo/extend",),
    {"Lite": {"@source_tier": "lite"}, "Fast": {"@source_tier": "fast"}, "Quality": {"@source_tier": "quality"}},
)
_table(("flux/kontext/generate",), {"pro": {"model": "flux-kontext-pro"}, "max": {"model": "flux-kontext-max"}})
_table(("flux1-kontext",), {"pro": {"@variant": "pro"}, "max": {"@variant": "max"}})
_table(("grok-imagine/text-to-image",), {"speed": {"enable_pro": False}, "quality": {"enable_pro": True}})
_table(
    ("seedream/5-pro-text-to-image", "seedream/5-pro-image-to-image"),
    {"1K": {"quality": "basic"}, "2K": {"quality": "high"}},  # the page: basic makes 1K, high makes 2K
)
_table(
    ("seedream/5-pro-layer-decomposition",),
    {"1K": {"size": "1K"}, "2K": {"size": ["2K", "1.5K", "auto"]}},  # auto and 1.5K have no price: the dearer counts
)
_table(("kling-3.0/motion-control",), {"720p": {"mode": ["720p", "std"]}, "1080p": {"mode": ["1080p", "pro"]}})
_table(
    ("hailuo/02-text-to-video-standard",),  # the page has no field for the resolution
    {"768P": {"@resolution": "768P"}, "512P": {"@resolution": "512P"}},
)
_table(
    ("wan/2-2-a14b-image-to-video-turbo", "wan/2-2-a14b-text-to-video-turbo"),
    {"580p": {"resolution": "580p"}},  # in the price list, not in the list of the field's values
)
_SEPARATION = {
    "separate_vocal": {"type": "separate_vocal"},
    "split_stem": {"type": "split_stem"},
    "stem": {"type": "split_stem_advanced"},
}
_table(("ai-music-api/separate-vocals", "vocal-removal/generate"), _SEPARATION)
_table(
    ("grok-imagine/extend",),
    {
        f"{seconds}s {resolution}": {"extend_times": seconds, "@source_resolution": resolution}
        for seconds in (6, 10)
        for resolution in ("480p", "720p")
    },
)
_table(
    ("wan/2-6-flash-image-to-video", "wan/2-6-flash-video-to-video"),
    {"measured": {}},
)

#: Labels with more than one price: (model, label) → conditions, one for each price in the list's order.
_LISTS: dict[tuple[str, str], list[dict[str, Any]]] = {
    ("grok-imagine/upscale", "other tiers"): [
        {"resolution": "1080p", "@source_resolution": "480p"},
        {"resolution": "1080p"},
    ],
}

_RESOLUTION_FIELDS = ("resolution", "quality", "mode", "image_resolution", "output_resolution", "size")
_SOUND_FIELDS = ("sound", "audio", "generate_audio", "generate_audio_switch")
_DURATION_FIELDS = ("duration", "extend_times")
_VIDEO_INPUTS = ("reference_video_urls", "video_list", "video_urls")
_CHOICE_FIELDS = ("rendering_speed", "quality", "mode")

#: Where the seconds to be paid for are those of something that goes in: model → which.
_SECONDS_OF = {
    "infinitalk/from-audio": "audio_url",
    "kling/ai-avatar-standard": "audio_url",
    "kling/ai-avatar-pro": "audio_url",
    "omnihuman-1-5": "audio_url",
    "volcengine/video-to-video-lip-sync": "video_url",
    "topaz/video-upscale": "video_url",
    "kling-2.6/motion-control": "video_urls",
    "kling-3.0/motion-control": "video_urls",
    "wan/2-2-animate-move": "video_url",
    "wan/2-2-animate-replace": "video_url",
    "happyhorse/video-edit": "video_url",
    "kling-3.0-omni/transformation": "video_urls",
}
#: Where the length is always the same. Wan 2.2 turbo: the price page of 2026-06-30 lists 5.0 s videos only.
_FIXED_SECONDS = {
    "hailuo/02-text-to-video-pro": 6,
    "hailuo/02-image-to-video-pro": 6,
    "wan/2-2-a14b-image-to-video-turbo": 5,
    "wan/2-2-a14b-text-to-video-turbo": 5,
}
#: The seconds of these inputs are paid for beside those of the result.
_INPUT_SECONDS = {
    "bytedance/seedance-2": ["reference_video_urls"],
    "wan/3-0-video": ["reference_video_urls"],
    "wan/3-0-video-prime": ["reference_video_urls"],
    "minimax-h3/reference-to-video": ["reference_video_urls"],
}
_COUNTS = ("num_images", "n", "max_images")
_CHARS = {
    "elevenlabs/text-to-dialogue-v3": {"chars": ["dialogue[].text"], "per": 1000, "round": "none"},
    "elevenlabs/text-to-speech-multilingual-v2": {"chars": ["text"], "per": 1000, "round": "up"},
    "elevenlabs/text-to-speech-turbo-2-5": {"chars": ["text"], "per": 1000, "round": "up"},
}
_EXTRAS = {
    "seedream/5-pro-image-to-image": [{"field": "image_urls", "after": 1, "credits": "0.5"}],
    "qwen3/image-to-image": [{"field": "image_urls", "after": 0, "credits": "0.5"}],
    "qwen3/pro-image-to-image": [{"field": "image_urls", "after": 0, "credits": "0.5"}],
    "minimax-h3/reference-to-video": [{"field": "reference_image_urls", "after": 5, "credits": "4"}],
}
#: What the vendor's remark on a price means, in our own words; None: said by the data themselves.
_NOTES: dict[str, str | None] = {
    "with video input the price counts input + output seconds": "the seconds of video inputs are paid for too",
    "billed on input video + output duration": "the seconds of video inputs are paid for too",
    "+4 per input image after the first 5; reference video at the resolution rate": (
        "the seconds of reference videos are paid for too"
    ),
    "+0.5 per input image after the first": None,
    "+0.5 per input image": None,
    "rounded up to the next 1000": None,
    "linear, no rounding (67 chars = 0.98)": None,
    "57 per 6 s": None,
    "2 takes; measured 2.5 on 2026-09-27": "two takes; measured 2026-09-27",
    "per output layer incl. base": "per layer that comes out, the base included; auto and 1.5K counted as 2K",
    "a 12-layer run cost 38.88": "per layer that comes out; 12 layers cost 38.88",
    "pricingDesc lists 10/30/20": "which of 30 and 20 applies to which source is not published",
    "kie publishes no rate; 6 measured six times, another run averaged 8": (
        "no published rate: 6 measured six times, another run averaged 8"
    ),
    "one 2026-06-01 probe measured Fast at 168": "one probe of 2026-06-01 was charged 168 for Fast",
    "about $0.03 per MP, rounded": "measured per megapixel in other tables",
    "about 4.2 credits per minute (25 audio tokens/s)": "25 audio tokens a second: about 4.2 credits a minute",
    "listed as $0.02/0.03/0.045": None,
    "not in the catalogue; measured 4.0 on 2026-09-28": "not in the price list; measured 2026-09-28",
    "creditsConsumed 0.0 measured": "measured",
    "1080p was 114 in a promotion": "1080p was 114 in a promotion",
    "discounted until 2026-10-07": "discounted until 2026-10-07",
    "promotion until 2026-12-31": "promotion until 2026-12-31",
    "measured 4.0 on 2026-07-02 and 2026-09-17": "measured 2026-07-02 and 2026-09-17",
    "measured 0.8 on 2026-09-17": "measured 2026-09-17",
}
_OWN_NOTES = {
    "qwen/text-to-image": "per megapixel; no size on offer is much above one",
    "veo-3-1": "whether the tier can be chosen here is disputed; without it a range",
    "flux1-kontext": "this page has no choice of pro and max: a range",
    "veo/extend": "goes by the tier of the video that is extended",
    "hailuo/02-text-to-video-standard": "this page has no choice of resolution: a range",
    "wan/2-2-a14b-speech-to-video-turbo": "seconds are num_frames / frames_per_second",
    "wan/2-7-videoedit": "duration 0 is the whole input video",
    "wan/2-7-image": "without n the vendor makes 4 images (12 with enable_sequential)",
    "wan/2-7-image-pro": "without n the vendor makes 4 images (12 with enable_sequential)",
}


def table_labels() -> set[tuple[str, str]]:
    """Return the (model, label) pairs read from a table, so that a test can tell stale ones."""
    return set(_EXPLICIT) | set(_LISTS)


def price(model: str, record: dict[str, Any] | None, schema: dict[str, Any]) -> dict[str, Any] | None:
    """Return the price record of a model, or None where none is published."""
    if not record:
        return None
    out: dict[str, Any] = {"unit": record["unit"]}
    fields: dict[str, Any] = schema.get("properties", {})
    if record["unit"] == "M_tokens":
        out["tokens"] = {
            {"audio output": "output"}.get(label, label): _credits(rate) for label, rate in record["credits"].items()
        }
    else:
        quantity = _quantity(model, record["unit"], fields)
        if quantity:
            out["quantity"] = quantity
        out["tiers"] = _tiers(model, record["credits"], fields)
        if model in _EXTRAS:
            out["add"] = _EXTRAS[model]
    out["date"] = record["date"]
    out["source"] = "price list of GET /api/v1/models" if "/models" in record["source"] else "measured by clients"
    notes = [_note(model, record.get("note")), _OWN_NOTES.get(model), record.get("twin")]
    if any(notes):
        out["note"] = "; ".join(filter(None, notes))
    return out


def _credits(value: float) -> str:
    return format(Decimal(str(value)).normalize(), "f")


def _note(model: str, text: str | None) -> str | None:
    if not text:
        return None
    if text not in _NOTES:
        raise KeyError(f"{model}: the remark {text!r} on the price is new; say in _NOTES what it means")
    return _NOTES[text]


def _quantity(model: str, unit: str, fields: dict[str, Any]) -> dict[str, Any] | None:
    if model in _CHARS:
        return _CHARS[model]
    if model in _FIXED_SECONDS:
        return {"fixed": _FIXED_SECONDS[model]}
    if model in _SECONDS_OF:
        return {"field": "@seconds", "of": _SECONDS_OF[model]}
    if model == "wan/2-2-a14b-speech-to-video-turbo":
        return {"field": "@seconds", "of": "num_frames / frames_per_second"}
    if unit == "second":
        out: dict[str, Any] = {"field": "duration"}
        if "duration" not in fields:
            raise KeyError(f"{model}: paid by the second, but nothing says how many")
        if model in _INPUT_SECONDS:
            out["plus_seconds_of"] = _INPUT_SECONDS[model]
        return out
    if unit == "layer":
        return {"field": "@layers"}
    if unit == "image":
        count = next((name for name in _COUNTS if name in fields), None)
        return {"count": count} if count else None
    return None


def _tiers(model: str, labels: dict[str, Any], fields: dict[str, Any]) -> list[_Tier]:
    out: list[_Tier] = []
    for label, value in labels.items():
        if (model, label) in _LISTS:
            for one, each in zip(_LISTS[model, label], value, strict=True):
                out.append({"when": one, "credits": _credits(each), "label": label})
            continue
        tier: _Tier = {"credits": _credits(value), "label": label}
        when = _EXPLICIT.get((model, label))
        if when is None:
            when = _read(model, label, list(labels), fields)
        if when:
            tier = {"when": when, **tier}
        out.append(tier)
    return out


def _read(model: str, label: str, labels: list[str], fields: dict[str, Any]) -> dict[str, Any]:
    """Return the conditions that a label states."""
    if label == "default":
        return {}
    when: dict[str, Any] = {}
    rest = label
    if "video input" in rest:
        rest = rest.replace("video input", "").strip()
        when[f"#{_field(model, label, fields, _VIDEO_INPUTS)}"] = True
    elif any("video input" in other for other in labels):
        when[f"#{_field(model, label, fields, _VIDEO_INPUTS)}"] = False
    for token in rest.split():
        when.update(_token(model, label, token, fields))
    if not rest and any(other.startswith("4K") for other in labels):  # "video input" beside "4K video input"
        when["resolution"] = _others(fields["resolution"], "4k")
    if re.fullmatch(r"\d+s", rest) and any(other.startswith("4K ") for other in labels):
        when["resolution"] = _others(fields["resolution"], "4k")
    if _quiet(label, labels):
        when[_field(model, label, fields, _SOUND_FIELDS)] = False
    return when


def _quiet(label: str, labels: list[str]) -> bool:
    """Whether a label means "without sound" because another says the same and "audio"."""
    return f"{label} audio" in labels


def _token(model: str, label: str, token: str, fields: dict[str, Any]) -> dict[str, Any]:
    if token in ("silent", "audio"):
        return {_field(model, label, fields, _SOUND_FIELDS): token == "audio"}
    seconds = re.fullmatch(r"(\d+)s", token)
    if seconds:
        name = _field(model, label, fields, _DURATION_FIELDS)
        return {name: _like(fields[name], seconds.group(1))}
    if re.fullmatch(r"(<=)?\d+x(/\d+x)*", token):
        return {"upscale_factor": _factors(token, fields["upscale_factor"])}
    for name in (*_RESOLUTION_FIELDS, *_CHOICE_FIELDS):
        values = [v for t in token.split("/") for v in _values(fields.get(name, {}), t)]
        if values and len(values) == len(token.split("/")):
            return {name: values[0] if len(values) == 1 else values}
    raise KeyError(f"{model}: nothing reads {token!r} of the price label {label!r}; add it to a table")


def _values(schema: dict[str, Any], token: str) -> list[Any]:
    """Return the value of a field that a word of a label names, in the field's own spelling."""
    return [v for v in schema.get("enum", ()) if str(v).lower() == token.lower()][:1]


def _like(schema: dict[str, Any], text: str) -> Any:
    return text if schema.get("type") == "string" else int(text)


def _others(schema: dict[str, Any], value: str) -> list[Any]:
    return [v for v in schema["enum"] if str(v).lower() != value]


def _factors(token: str, schema: dict[str, Any]) -> Any:
    if token.startswith("<="):
        most = int(token[2:-1])
        found = [v for v in schema["enum"] if int(v) <= most]
    else:
        found = [v for part in token.split("/") for v in _values(schema, part[:-1])]
    return found[0] if len(found) == 1 else found


def _field(model: str, label: str, fields: dict[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        if name in fields:
            return name
    raise KeyError(f"{model}: no field for the price label {label!r}")
