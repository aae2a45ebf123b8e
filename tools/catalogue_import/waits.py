"""How long a task takes and when a wait gives up, in seconds."""

from __future__ import annotations

from typing import Any

__all__ = ["wait"]

_MEASURED = "measured 2026-04 recordings"
_ASSUMED = "assumed"

#: Seconds of successful tasks in the recordings (``costTime``, rounded; the mean where there is more than one).
_SEEN: dict[str, tuple[int, str]] = {
    "bytedance/seedance-2-fast": (188, _MEASURED),
    "bytedance/seedance-2": (250, _MEASURED),
    "gpt-image-2-image-to-image": (48, _MEASURED),
    "gpt-image-2-text-to-image": (55, _MEASURED),
    "grok-imagine/text-to-image": (12, _MEASURED),
    "grok-imagine/image-to-image": (66, _MEASURED),
    "grok-imagine/image-to-video": (130, _MEASURED),
    "happyhorse/image-to-video": (63, _MEASURED),
    "happyhorse/reference-to-video": (72, _MEASURED),
    "happyhorse/text-to-video": (80, _MEASURED),
    "happyhorse/video-edit": (113, _MEASURED),
    "kling-3.0/video": (146, _MEASURED),
    "seedream/5-lite-image-to-image": (112, _MEASURED),
    "seedream/5-lite-text-to-image": (45, _MEASURED),
    "wan/2-7-image-pro": (28, _MEASURED),
    "wan/2-7-image": (12, _MEASURED),
    "wan/2-7-r2v": (56, _MEASURED),
}

#: (beginning of the id, typical seconds) where nothing was recorded; the first that fits.
_GUESSES: list[tuple[str, int]] = [
    ("veo-3-1", 150),
    ("veo/", 150),
    ("kling/ai-avatar", 240),
    ("kling", 160),
    ("sora", 240),
    ("bytedance/seedance", 200),
    ("bytedance/v1-pro-fast", 60),
    ("bytedance/v1-lite", 60),
    ("runway", 120),
    ("aleph", 180),
    ("hailuo", 150),
    ("minimax", 180),
    ("wan/2-2", 90),
    ("wan/2-7-videoedit", 300),
    ("topaz/video-upscale", 180),
    ("grok-imagine/upscale", 60),
    ("grok-imagine", 60),
    ("omnihuman-1-5/", 15),
    ("omnihuman", 180),
    ("infinitalk", 180),
    ("volcengine", 150),
    ("gemini-omni", 120),
    ("google/gemini-omni", 120),
    ("nano-banana-pro", 60),
    ("google/imagen4-fast", 10),
    ("4o-image-api", 90),
    ("gpt4o-image/generate", 90),
    ("gpt-image", 50),
    ("mj/", 90),
    ("modify/", 180),
    ("z-image", 8),
    ("recraft/", 10),
    ("elevenlabs/sound", 15),
    ("elevenlabs/", 8),
    ("ai-music-api/sounds", 60),
    ("generate/sounds", 60),
]
_WAV = {"wav/generate", "ai-music-api/convert-to-wav-format"}
_SECONDS = {"image": 25, "video": 120, "audio": 10, "music": 100, "text": 15, "data": 20}
_DEADLINES = {"image": 300, "video": 1200, "audio": 300, "music": 600, "text": 300, "data": 300}


def wait(entry: dict[str, Any], kind: str, dialect: str) -> dict[str, Any] | None:
    """Return ``expect``, ``deadline`` and ``basis`` of a model, or None where its dialect decides or nothing waits."""
    name = entry["id"]
    if dialect in ("veo-1080p", "veo-4k", "upload", "credits", "download-url", "gpt4o-download-url"):
        return None
    if dialect.startswith("chat"):
        return {"expect": 15, "deadline": 300, "basis": _ASSUMED}
    if name in _SEEN:
        expect, basis = _SEEN[name]
    else:
        guess = next((seconds for start, seconds in _GUESSES if name.startswith(start)), None)
        expect, basis = 20 if name in _WAV else guess or _SECONDS[kind], _ASSUMED
    deadline = _DEADLINES[kind]
    if kind == "video":
        deadline = 900 if expect < 100 else 1200 if expect <= 150 else 1800
    if "get-4k" in name:
        expect, deadline = 420, 1800
    if name == "wan/2-7-videoedit":  # one run of 2026-04 took 785 s
        expect, deadline, basis = 785, 2400, _MEASURED
    if kind == "audio" and "separate" in entry["task"]:
        expect, deadline = 60, 600
    return {"expect": expect, "deadline": deadline, "basis": basis}
