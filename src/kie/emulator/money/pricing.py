"""What a task costs, in credits.

The vendor's price labels ("1080p audio", "5s", "Fast 4K") read against its inputs.
"""

from __future__ import annotations

import math
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kie.emulator.facts import Fact

#: Prices of what the vendor's list does not name, by what comes out. Assumed.
ASSUMED = {
    "image": Decimal(4),
    "video": Decimal(30),
    "audio": Decimal(3),
    "music": Decimal(12),
    "tool": Decimal(1),
}

_SOUND = ("sound", "audio", "generate_audio", "generate_audio_switch")
_TIERS = {"veo3": "quality", "veo3_fast": "fast", "veo3_lite": "lite"}
_VIDEOS = (
    "video_url",
    "video_urls",
    "video_list",
    "reference_video_urls",
    "reference_video",
    "input_video_url",
)
_CENT = Decimal("0.01")


def _value(fact: Fact, inputs: dict[str, Any], name: str) -> Any:
    value = inputs.get(name)
    return fact.default(name) if value is None else value


def seconds(fact: Fact, inputs: dict[str, Any]) -> float:
    """The length asked for, in seconds; 5 when nothing says."""
    for name in ("duration", "n_frames", "extend_times", "duration_seconds", "soundDuration"):
        try:
            value = float(_value(fact, inputs, name))
        except (TypeError, ValueError):
            continue
        if value > 0:
            return value
    return 5.0


def count(fact: Fact, inputs: dict[str, Any]) -> int:
    """How many images are asked for."""
    for name in ("num_images", "n", "max_images", "nVariants"):
        try:
            return max(1, min(15, int(float(_value(fact, inputs, name)))))
        except (TypeError, ValueError):
            continue
    return 1


def characters(inputs: dict[str, Any]) -> int:
    """How many characters are to be spoken."""
    turns = [*(inputs.get("dialogue") or []), *(inputs.get("dialogue_turns") or [])]
    spoken = [turn.get("text", "") if isinstance(turn, dict) else turn for turn in turns]
    return sum(len(str(part)) for part in [inputs.get("text") or "", *spoken])


def _words(fact: Fact, inputs: dict[str, Any]) -> set[str]:
    """What can be said of a request in the words of price labels."""
    words = {"default", "image", "task"}
    for name in [*fact.fields, *inputs]:
        value = _value(fact, inputs, name)
        if isinstance(value, bool):
            if name in _SOUND:
                words |= {"audio"} if value else {"silent"}
        elif isinstance(value, str | int | float) and len(str(value)) <= len("separate_vocal"):
            text = str(value).lower()
            words |= {text, _TIERS.get(text, text), text.removeprefix("flux-kontext-")}
            words |= {f"{text}p"} if text in {"720", "1080"} else set()
    words |= {f"{math.ceil(seconds(fact, inputs))}s"}
    if any(inputs.get(name) for name in _VIDEOS):
        words |= {"video", "input"}
    if not words & {"audio", "silent"}:
        words |= {"silent"}
    if not words & {"fast", "lite", "quality"}:
        words |= {"fast"}
    return words


def _tier(labels: dict[str, Any], words: set[str]) -> Decimal:
    """The price whose label fits best: most words said, fewest not said; the first of equals."""

    def fit(label: str) -> tuple[int, int]:
        parts = [part for part in label.lower().split() if part]
        said = sum(bool(set(part.split("/")) & words) for part in parts)
        return said - 2 * (len(parts) - said), said

    best = max(labels, key=fit)
    value = labels[best]
    return Decimal(str(value[0] if isinstance(value, list) else value))


def price(fact: Fact, inputs: dict[str, Any], layers: int = 1) -> Decimal:
    """What is held for this request: credits, rounded to hundredths. Models billed by token hold nothing.

    `layers` is how many come out of it, for models that are billed by layer.
    """
    if fact.price is None:
        return ASSUMED.get(fact.kind, Decimal(0)) * (count(fact, inputs) if fact.kind == "image" else 1)
    unit = fact.price["unit"]
    if unit == "M_tokens":
        return Decimal(0)
    rate = _tier(fact.price["credits"], _words(fact, inputs))
    times = Decimal(1)
    if unit == "second":
        times = Decimal(str(seconds(fact, inputs)))
    elif unit == "layer":
        times = Decimal(layers)
    elif unit == "image":
        times = Decimal(count(fact, inputs))
    elif unit == "1k_chars":
        times = Decimal(max(1, characters(inputs))) / 1000
        if fact.price.get("round") == "up":
            times = times.to_integral_value(ROUND_CEILING)
    return max(Decimal(0), rate * times).quantize(_CENT, rounding=ROUND_HALF_UP)
