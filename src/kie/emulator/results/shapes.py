"""Reads sizes, formats, lengths and sources out of a request, whatever its fields are called."""

from __future__ import annotations

import math
import re
from typing import Any

from kie.emulator.facts import Fact
from kie.emulator.money import pricing
from kie.emulator.urls import host

Inputs = dict[str, Any]

_NAMED_RATIOS = {
    "square": (1, 1),
    "square_hd": (1, 1),
    "landscape_hd": (16, 9),
    "portrait_hd": (9, 16),
    "portrait": (9, 16),
    "landscape": (16, 9),
}
_SIDES = {
    "1k": 1024,
    "1.5k": 1536,
    "2k": 2048,
    "3k": 3072,
    "4k": 3840,
    "square_hd": 1024,
    "square": 512,
}
#: What Seedream's words for a quality mean in pixels: "basic" is 2K; "high" is 4K, or 3K where there is "ultra"
#: (OpenAPI of 2026-10). Elsewhere "high" is a word for care, not for size.
_SEEDREAM = {"basic": 2048, "high": 3840}
_SEEDREAM_ULTRA = {"basic": 2048, "high": 3072, "ultra": 3840}
_LINES = {
    "360p": 360,
    "480p": 480,
    "512p": 512,
    "540p": 540,
    "580p": 580,
    "720p": 720,
    "720": 720,
    "768p": 768,
    "1080p": 1080,
    "1080": 1080,
    "2k": 1440,
    "4k": 2160,
    "std": 720,
    "pro": 1080,
    "standard": 720,
    "high": 1080,
}
_RATIO_FIELDS = ("aspect_ratio", "aspectRatio", "ratio", "image_size", "imageSize", "size")
_SIZE_FIELDS = (
    "resolution",
    "image_resolution",
    "output_resolution",
    "image_size",
    "size",
)
_FIRST = re.compile(
    r"first_?frame|first_?clip|^image_?urls?$|^image$|^imageUrl|input_?urls?|image_input|filesUrl|files_url"
)
_MEDIA_FIELD = re.compile(r"url|image|video|audio|frame|file|clip|input", re.IGNORECASE)


def value(fact: Fact | None, inputs: Inputs, *names: str) -> Any:
    """The first of these fields that is given or has a default."""
    for name in names:
        if inputs.get(name) not in (None, ""):
            return inputs[name]
    for name in names:
        if fact is not None and fact.default(name) is not None:
            return fact.default(name)
    return None


def _words(fact: Fact | None, inputs: Inputs, names: tuple[str, ...]) -> list[str]:
    """What is said in these fields, in small letters: first what is given, then the defaults of the others."""
    given = [str(inputs[name]).lower() for name in names if inputs.get(name) not in (None, "")]
    others = [fact.default(name) for name in names if inputs.get(name) in (None, "")] if fact is not None else []
    return given + [str(word).lower() for word in others if word is not None]


def prompt(inputs: Inputs) -> str:
    """What is wished for, in words."""
    for name in ("prompt", "text", "descriptions", "description", "content", "style", "tags", "title"):
        words = inputs.get(name)
        if isinstance(words, str) and words.strip():
            return words
    turns = [*(inputs.get("dialogue") or []), *(inputs.get("dialogue_turns") or [])]
    spoken = " ".join(str(turn.get("text", "")) if isinstance(turn, dict) else str(turn) for turn in turns)
    if spoken.strip():
        return spoken
    shots = [*(inputs.get("multi_prompt") or []), *(inputs.get("shots") or [])]
    return " ".join(str(shot.get("prompt") or shot.get("Scene") or "") for shot in shots if isinstance(shot, dict))


#: What the words for a pace mean (google/gemini-*-tts).
_PACES = {"Rapid Fire": 1.25, "The Drift": 0.8, "Staccato": 1.1}


def spoken(inputs: Inputs) -> tuple[tuple[tuple[str, str], ...], float]:
    """Who says what, as (voice, text) in order, and at which pace.

    A text with one voice, a dialogue whose turns name their voices (text-to-dialogue-v3), or turns whose speakers are
    described apart (gemini).
    """
    speakers = {str(one.get("speaker_id")): one for one in inputs.get("speakers") or [] if isinstance(one, dict)}
    paces = [_PACES.get(str(one.get("pace")), 1.0) for one in speakers.values()]
    speed = inputs.get("speed")
    pace = float(speed) if isinstance(speed, (int, float)) and speed > 0 else sum(paces) / len(paces) if paces else 1.0
    turns: list[tuple[str, str]] = []
    for turn in [*(inputs.get("dialogue") or []), *(inputs.get("dialogue_turns") or [])]:
        if isinstance(turn, dict):
            who = speakers.get(str(turn.get("speaker_id")), {})
            name = turn.get("voice") or turn.get("voice_name") or who.get("voice_name") or turn.get("speaker_id") or ""
            turns.append((str(name), str(turn.get("text") or "")))
        else:
            turns.append(("", str(turn)))
    if not any(text.strip() for _, text in turns):
        turns = [(str(inputs.get("voice") or inputs.get("voice_id") or ""), prompt(inputs))]
    return tuple(turns), pace


def ratio(fact: Fact | None, inputs: Inputs) -> tuple[int, int] | None:
    """Width to height; None when the request leaves it open ("auto")."""
    for text in _words(fact, inputs, _RATIO_FIELDS):
        if found := re.search(r"(\d+)\s*[:x*×_]\s*(\d+)$", text):
            wide, high = int(found[1]), int(found[2])
            if text.startswith("portrait") and wide > high:
                wide, high = high, wide
            return (wide, high) if wide and high else None
        if text in _NAMED_RATIOS:
            return _NAMED_RATIOS[text]
    return None


def image_size(fact: Fact | None, inputs: Inputs, source: tuple[int, int] | None = None) -> tuple[int, int]:
    """Pixels of an image: the asked ratio at the asked resolution, or like the source image."""
    for text in _words(fact, inputs, ("image_size", "size", "resolution")):
        if found := re.fullmatch(r"(\d{3,4})\s*[x*×]\s*(\d{3,4})", text):
            return _bounded(int(found[1]), int(found[2]))
    side = 1024
    for text in _words(fact, inputs, _SIZE_FIELDS):
        found_side = _SIDES.get(text)
        if found_side is not None:
            side = found_side
            break
    else:
        levels = fact.fields.get("quality", {}).get("enum", ()) if fact is not None else ()
        if "basic" in levels:
            words = _SEEDREAM_ULTRA if "ultra" in levels else _SEEDREAM
            side = words.get(str(value(fact, inputs, "quality")), side)
    wide, high = ratio(fact, inputs) or source or (1, 1)
    common = math.gcd(wide, high)
    wide, high = wide // common, high // common
    unit = max(1.0, side / math.sqrt(wide * high))
    if wide * high <= 64 * 64:  # a ratio, not a size: keep it exact
        unit = max(1, round(unit))
    return _bounded(round(wide * unit), round(high * unit))


def video_size(fact: Fact | None, inputs: Inputs, source: tuple[int, int] | None = None) -> tuple[int, int]:
    """Pixels of a video: the resolution is its short side; both are even."""
    lines = 720
    for text in _words(fact, inputs, ("resolution", "quality", "output_resolution", "mode", "size")):
        if found := _LINES.get(text):
            lines = found
            break
    wide, high = ratio(fact, inputs) or source or (16, 9)
    scale = lines / min(wide, high)
    return _even(wide * scale), _even(high * scale)


def _even(number: float) -> int:
    return max(16, min(4096, round(number / 2) * 2))


def _bounded(wide: int, high: int) -> tuple[int, int]:
    scale = min(1.0, 4096 / max(wide, high))
    return max(16, round(wide * scale)), max(16, round(high * scale))


def image_format(fact: Fact | None, inputs: Inputs) -> str:
    """png, jpeg or webp."""
    text = str(value(fact, inputs, "output_format", "outputFormat", "format") or "png").lower()
    return {"jpg": "jpeg", "jpeg": "jpeg", "webp": "webp"}.get(text, "png")


def extension(form: str) -> str:
    """A file's ending; the vendor writes jpg."""
    return "jpg" if form == "jpeg" else form


def seconds(fact: Fact | None, inputs: Inputs) -> float:
    """The length of a video, 1 to 30 seconds."""
    if shots := inputs.get("multi_prompt"):
        lengths = [float(shot.get("duration") or 0) for shot in shots if isinstance(shot, dict)]
        if sum(lengths) > 0:
            return min(30.0, sum(lengths))
    if fact is not None and "num_frames" in fact.fields:
        return max(0.2, min(30.0, float(value(fact, inputs, "num_frames")) / frame_rate(fact, inputs)))
    empty = Fact("", "", "", "", {}, (), None)
    return max(1.0, min(30.0, pricing.seconds(fact or empty, inputs)))


def shots(inputs: Inputs) -> tuple[tuple[str, float], ...]:
    """The shots of a storyboard, as (prompt, seconds); empty when the request tells none.

    Kling tells them in `multi_prompt`, Sora in `shots`.
    """
    told: list[tuple[str, float]] = []
    for shot in [*(inputs.get("multi_prompt") or []), *(inputs.get("shots") or [])]:
        if isinstance(shot, dict) and (text := str(shot.get("prompt") or shot.get("Scene") or shot.get("scene") or "")):
            try:
                length = float(shot.get("duration") or 1.0)
            except (TypeError, ValueError):
                length = 1.0
            told.append((text, max(0.1, length)))
    return tuple(told[:12])


def frame_rate(fact: Fact | None, inputs: Inputs) -> int:
    """Frames a second of a video: 24 when nothing else is asked for."""
    try:
        return max(4, min(60, round(float(value(fact, inputs, "frames_per_second", "fps") or 24))))
    except (TypeError, ValueError):
        return 24


def stamp(inputs: Inputs) -> str:
    """The brand that a request wants on the face of its result; "" when none."""
    for name in ("watermark", "waterMark"):
        asked = inputs.get(name)
        if isinstance(asked, str):
            return asked.strip()[:40]
        if asked is True:
            return "AI"
    return ""


def layers(inputs: Inputs) -> int:
    """Into how many layers a picture falls, the ground among them: as the prompt says, else four."""
    text = prompt(inputs).lower()
    found = re.search(r"(\d{1,2})[\s-]*(?:\w+\s+)?(?:layers?|сло[йяеёв]+|层|層)", text)
    if found:
        return max(1, min(16, int(found[1])))
    for word, number in _NUMBERS.items():
        if re.search(rf"(?<!\w){word}\s+(?:layers?|сло)", text):
            return number
    return 4


_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
    "два": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6,
}  # fmt: skip


def count(fact: Fact | None, inputs: Inputs) -> int:
    """How many images are wanted."""
    return pricing.count(fact or Fact("", "", "", "", {}, (), None), inputs)


def wants_sound(fact: Fact | None, inputs: Inputs) -> bool:
    """Whether a video has a sound track."""
    found = value(fact, inputs, "sound", "audio", "generate_audio", "generate_audio_switch")
    return str(found).lower() in {"true", "1"}


def sources(inputs: Inputs) -> list[str]:
    """The URLs of the media that a request brings, those which come first on the screen first.

    Without masks.
    """
    found: list[tuple[int, str]] = []
    for name, held in inputs.items():
        if not _MEDIA_FIELD.search(name) or "mask" in name.lower() or name.lower().startswith("callback"):
            continue
        rank = 0 if _FIRST.search(name) else 2 if "last" in name or "tail" in name or "end" in name else 1
        found += [(rank, url) for url in _urls(held)]
    return [url for _, url in sorted(found, key=lambda pair: pair[0])]


def mask(inputs: Inputs) -> str:
    """The URL of the mask, or ""."""
    for name, held in inputs.items():
        if "mask" in name.lower():
            for url in _urls(held):
                return url
    return ""


def _urls(held: Any) -> list[str]:
    if isinstance(held, str):
        return [held] if held.startswith(("http://", "https://")) and host(held) else []
    if isinstance(held, list):
        return [url for item in held for url in _urls(item)]
    if isinstance(held, dict):
        return [url for item in held.values() for url in _urls(item)]
    return []
