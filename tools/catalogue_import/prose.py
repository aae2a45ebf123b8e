"""Reads limits out of the vendor's descriptions: lengths, ranges, counts, file sizes and file types.

Only numbers and type names are taken; no sentence is kept. A limit that the schema states itself is never changed.
"""

from __future__ import annotations

import re
from typing import Any

__all__ = ["SPECIAL", "file_limits", "mine"]

_N = r"`?(-?\d[\d,]*(?:\.\d+)?)`?"
_CHARS = r"\s*(?:non.Chinese\s+)?char"

_MAX_LENGTH = [
    rf"[Mm]ax(?:imum)?(?: word limit)?(?: length)?(?: is|:| of)?\s*{_N}(?:\s*-\s*{_N})?{_CHARS}",
    rf"(?:[Uu]p to|limit(?:ed)?(?: to| is|:)?)\s*{_N}{_CHARS}",
    rf"word limit is\s*{_N}{_CHARS}",
    rf"maximum\s*{_N}{_CHARS}",
    rf"\b\d+\s*(?:-|to)\s*{_N}{_CHARS}",
]
_MIN_LENGTH = [
    rf"[Mm]in(?:imum)? length:?\s*{_N}",
    rf"minimum of\s*{_N}{_CHARS}",
    rf"between\s*{_N}\s*(?:-|and)\s*[\d,]+{_CHARS}",
    rf"length is limited to\s*{_N}\s*-\s*[\d,]+{_CHARS}",
    rf"Max length:\s*{_N}\s*-\s*[\d,]+{_CHARS}",
]
_RANGE = [
    rf"\[\s*{_N}\s*,\s*{_N}\s*\]",
    rf"[Rr]ange:?\s*(?:is|of)?\s*{_N}\s*(?:-|–|to)\s*{_N}",
    rf"[Rr]ange is\s*{_N}\s*(?:-|–|to)\s*{_N}",
    rf"(?:between|from)\s*{_N}\s*(?:and|to)\s*{_N}",
    rf"[Ss]upports?\s*{_N}\s*(?:to|-|–)\s*{_N}\s*seconds",
    rf"(?:duration:?|in|range)\s*{_N}s?\s*(?:-|–)\s*{_N}\s*s",
    rf"\(Min:\s*{_N},\s*Max:\s*{_N}",
    rf"Minimum:\s*{_N}[,.\s-]*Maximum:\s*{_N}",
]
_STEP = rf"[Ss]tep:?\s*{_N}"
_WHAT = (
    r"(?:reference\s+|image\s+|input\s+|video\s+|publicly reachable\s+)*"
    r"(?:images?|videos?|items?|files?|URLs?|audios?|shots?|subjects?|IDs?|boxes|multi-image)"
)
_MAX_ITEMS = [
    rf"(?:[Uu]p to|[Mm]ax(?:imum)?(?: of)?:?|at most)\s*{_N}\s*{_WHAT}",
    rf"\(?\b\d+\s*[-–]\s*{_N}\s*(?:images|URLs|videos)",
    rf"Provide\s*\d+\s*(?:[-–]|to)\s*{_N}\s*(?:images|URLs)",
    rf"[Oo]nly\s*{_N}\s*(?:image|video|mask)\s*(?:is|are)\s*supported",
    rf"Exactly\s*{_N}\s*(?:image|video)s?\s*(?:is|are)\s*required",
    rf"exactly\s*{_N}\s*(?:image|URL)",
]
_ONE_ITEM = r"[Ee]xactly one (?:image|video)|containing a single|[Ii]nclude a (?:URL of an image|video URL)"

#: The preset voices of Gemini Omni, which its page lists in a sentence.
_OMNI_VOICES = (
    "achernar", "achird", "algenib", "algieba", "alnilam", "aoede", "autonoe", "callirrhoe", "charon", "despina",
    "enceladus", "erinome", "fenrir", "gacrux", "iapetus", "kore", "laomedeia", "leda", "orus", "puck",
    "pulcherrima", "rasalgethi", "sadachbia", "sadaltager", "schedar", "sulafat", "umbriel", "vindemiatrix",
    "zephyr", "zubenelgenubi",
)  # fmt: skip

#: Numbers that a sentence gives together with a value of another meaning: (model prefix, field) → the facts.
SPECIAL: dict[tuple[str, str], dict[str, Any]] = {
    ("bytedance/seedance-2-5", "duration"): {"enum": [-1, *range(4, 31)]},
    ("wan/3-0-video", "duration"): {"enum": [-1, *range(2, 31)]},
    ("wan/3-0-video-prime", "duration"): {"enum": [-1, *range(2, 31)]},
    ("wan/2-7-videoedit", "duration"): {"enum": [0, *range(2, 11)]},
    ("kling/v3-turbo-image-to-video", "duration"): {"enum": [str(n) for n in range(3, 16)]},
    ("kling/v3-turbo-text-to-video", "duration"): {"enum": [str(n) for n in range(3, 16)]},
    ("grok-imagine/image-to-video", "duration"): {"enum": [str(n) for n in range(6, 31)]},
    ("grok-imagine/text-to-video", "duration"): {"minimum": 6, "maximum": 30, "multipleOf": 1},
    ("grok-imagine/extend", "extend_times"): {"enum": [6, 10]},
    ("runway/generate", "duration"): {"enum": [5, 10]},
    ("runway/generate", "quality"): {"enum": ["720p", "1080p"]},
    ("runway/extend", "quality"): {"enum": ["720p", "1080p"]},
    ("kling-3.0/motion-control", "character_orientation"): {"enum": ["video", "image"], "default": "video"},
    ("kling-3.0/motion-control", "background_source"): {
        "enum": ["input_video", "input_image"],
        "default": "input_video",
    },
    ("wan/2-7-image", "n"): {"minimum": 1, "maximum": 12},
    ("wan/2-7-image-pro", "n"): {"minimum": 1, "maximum": 12},
    ("voice/validate", "language"): {"enum": ["en", "zh", "es", "fr", "pt", "de", "ja", "ko", "hi", "ru"]},
    ("omni/audio/create", "audio_id"): {"enum": list(_OMNI_VOICES)},
}

#: Fields whose numbers limit something else than the field itself.
_NOT_ITS_OWN = {
    "audio_setting",
    "bbox_list",
    "index",
    "image_resolution",
    "timestamps",
    "model",
    "size",
    "start_time",
    "end_time",
}

_MIME = re.compile(
    r"\b(image|video|audio)/(jpe?g|png|webp|bmp|gif|tiff|hei[cf]|mp4|webm|avi|quicktime|x-matroska|"
    r"mpeg|mp3|(?:x-)?wave?|(?:x-)?m4a|aac|ogg|flac|x-ms-wma)\b"
)
_CANONICAL = {
    "image/jpg": "image/jpeg",
    "audio/mp3": "audio/mpeg",
    "audio/x-wav": "audio/wav",
    "audio/wave": "audio/wav",
    "audio/m4a": "audio/mp4",
    "audio/x-m4a": "audio/mp4",
    "video/avi": "video/x-msvideo",
}
_WORDS = {
    "image": {
        **dict.fromkeys(("JPG", "JPEG", "JFIF", "PJPEG", "PJP"), "image/jpeg"),
        "PNG": "image/png",
        "WEBP": "image/webp",
        "BMP": "image/bmp",
        "TIFF": "image/tiff",
        "GIF": "image/gif",
        "HEIC": "image/heic",
        "HEIF": "image/heif",
    },
    "video": {"MP4": "video/mp4", "MOV": "video/quicktime", "WEBM": "video/webm", "AVI": "video/x-msvideo"},
    "audio": {
        "WAV": "audio/wav",
        "MP3": "audio/mpeg",
        "AAC": "audio/aac",
        "OGG": "audio/ogg",
        "M4A": "audio/mp4",
        "FLAC": "audio/flac",
    },
}
_SIZE = re.compile(
    r"(?:max(?:imum)?(?: file| total)? size:?(?: is|:)?|limited to|not exceed(?:ing)?|no larger than|up to|"
    r"less than|cannot exceed|size:?|不超过)\s*`?\s*(\d+(?:\.\d+)?)\s*(MB|M)\b",
    re.IGNORECASE,
)
_NO = re.compile(r"(?:不支持|not supported?:?|audio encoding supports|video encoding supports)[^.。;-]*")


def _number(text: str) -> float:
    value = float(text.replace(",", ""))
    return int(value) if value == int(value) else value


def _largest(patterns: list[str], text: str) -> float | None:
    found = [
        _number(group)
        for pattern in patterns
        for match in re.finditer(pattern, text)
        for group in match.groups()
        if group
    ]
    return max(found) if found else None


def _first(patterns: list[str], text: str) -> tuple[str, ...] | None:
    for pattern in patterns:
        match = re.search(pattern, text)
        if match:
            return match.groups()
    return None


def mine(model: str, field: str, text: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return the limits that a description states and the field's schema lacks."""
    special = SPECIAL.get((model, field))
    if special is not None:
        return {key: value for key, value in special.items() if schema.get(key) != value}
    if field in _NOT_ITS_OWN or "const" in schema:
        return {}
    text = " ".join(text.split())
    kind = schema.get("type")
    if kind == "string" and "enum" not in schema:
        return _lengths(text, schema)
    if kind in ("integer", "number") and "enum" not in schema:
        return _numbers(text, schema)
    if kind == "array":
        return _counts(text, schema)
    return {}


def _lengths(text: str, schema: dict[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    if "maxLength" not in schema:
        most = _largest(_MAX_LENGTH, text)
        if most:
            out["maxLength"] = most
    if "minLength" not in schema:
        least = _first(_MIN_LENGTH, text)
        if least and _number(least[0]) > 0:
            out["minLength"] = _number(least[0])
    return out


def _numbers(text: str, schema: dict[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    found = _first(_RANGE, text)
    if found and "minimum" not in schema and "maximum" not in schema:
        low, high = map(_number, found[:2])
        if low < high:
            out.update(minimum=low, maximum=high)
    step = re.search(_STEP, text)
    if step and "multipleOf" not in schema and schema.get("type") == "number":
        size = _number(step.group(1))
        if size == int(size) and size > 1:  # a step of one is only counted from the least value; see the tests
            out["multipleOf"] = size
    return out


def _counts(text: str, schema: dict[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    if "maxItems" not in schema:
        most = 1 if re.search(_ONE_ITEM, text) else _largest(_MAX_ITEMS, text)
        if most:
            out["maxItems"] = most
    return out


def file_limits(kind: str, text: str, megabytes: float | None) -> dict[str, Any]:
    """Return ``max_mb`` and ``types`` of a file field, as far as they are stated."""
    out: dict[str, Any] = {}
    if kind == "any":  # what is said of pictures there does not hold for the videos that are taken too
        return out
    sizes = [_number(number) for number, _ in _SIZE.findall(text)]
    if megabytes is None and sizes:
        megabytes = sizes[0]
    if megabytes is not None:
        out["max_mb"] = int(megabytes) if megabytes == int(megabytes) else megabytes
    types = {f"{a}/{b}" for a, b in _MIME.findall(text) if a == kind}
    if not types and re.search(r"[Ff]ormat|[Ss]upport|支持", text):
        plain = _NO.sub(" ", text)
        for word, mime in _WORDS[kind].items():
            if re.search(rf"(?<![A-Za-z/]){word}(?![A-Za-z])", plain, re.IGNORECASE):
                types.add(mime)
    if types:
        out["types"] = sorted({_CANONICAL.get(t, t) for t in types})
    return out
