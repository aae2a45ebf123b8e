"""Entries that ``models.json`` does not hold: a follow-up, a recovery, the account's credits, the service pattern.

Sources: the inventory of the contract of 2026-11-21, part 2.2; for the service pattern an integration document of 2025.
"""

from __future__ import annotations

from typing import Any

__all__ = ["SERVICES", "additions"]

_TEXT = {"type": "string"}


def _image(*, many: bool) -> dict[str, Any]:
    one = {"type": "string", "format": "uri"}
    return {"type": "array", "items": one} if many else one


def _service(name: str, kind: str, task: str, fields: dict[str, Any], note: str | None = None) -> dict[str, Any]:
    return {
        "id": f"service/{name}",
        "family": "service",
        "category": kind,
        "task": task,
        "endpoint": f"POST /api/v1/{name}/generate",
        "status": "undocumented",
        "standing": "undocumented",
        "input_schema": {"type": "object", "properties": fields, "additionalProperties": True},
        "price": None,
        "source": "an integration document of 2025",
        "docs_date": "2025-11",
        "own_note": note or "the vendor has never documented this path; one integration document uses it",
    }


_VIDEO_FIELDS = {
    "prompt": _TEXT,
    "imageUrl": _image(many=False),
    "imageUrls": _image(many=True),
    "aspectRatio": _TEXT,
    "duration": {"type": ["integer", "string"]},
    "quality": _TEXT,
}
_IMAGE_FIELDS = {"prompt": _TEXT, "imageUrl": _image(many=False), "filesUrl": _image(many=True), "aspectRatio": _TEXT}
_OWN = "the vendor's own endpoint at this path is documented (old-model pages); use {} for its exact fields"

SERVICES = (
    *(
        _service(name, "video", "text-or-image-to-video", _VIDEO_FIELDS)
        for name in ("sora", "kling", "minimax", "hailuo", "wan", "seedance")
    ),
    _service("runway", "video", "text-or-image-to-video", _VIDEO_FIELDS, _OWN.format("runway/generate")),
    _service(
        "luma/modify",
        "video",
        "video-edit",
        {"prompt": _TEXT, "videoUrl": {"type": "string", "format": "uri"}},
        "the vendor's Luma endpoint was /api/v1/modify/generate and is no longer documented",
    ),
    _service(
        "gpt4o-image", "image", "text-or-image-to-image", _IMAGE_FIELDS | {"size": _TEXT},
        _OWN.format("gpt4o-image/generate"),
    ),
    _service("flux", "image", "text-or-image-to-image", _IMAGE_FIELDS),
    _service("midjourney", "image", "text-or-image-to-image", _IMAGE_FIELDS),
    *(
        _service(name, "image", "text-or-image-to-image", _IMAGE_FIELDS)
        for name in ("seedream", "qwen", "ghibli")
    ),
    _service("recraft/remove-bg", "image", "background-removal", {"imageUrl": _image(many=False)}),
    _service(
        "elevenlabs/tts", "audio", "text-to-speech",
        {"text": _TEXT, "voice": _TEXT, "speed": {"type": "number"}, "stability": {"type": "number"}},
    ),
    _service("elevenlabs/sfx", "audio", "sound-effect", {"text": _TEXT, "duration": {"type": "number"}}),
    _service(
        "suno", "music", "text-to-music",
        {
            "prompt": _TEXT, "style": _TEXT, "title": _TEXT, "model": _TEXT,
            "customMode": {"type": "boolean"}, "instrumental": {"type": "boolean"},
        },
    ),
)  # fmt: skip


def additions() -> list[dict[str, Any]]:
    """Return the added entries in the form of ``models.json``."""
    return [
        {
            "id": "veo/get-1080p-video@legacy",
            "family": "veo",
            "category": "video",
            "task": "upscale",
            "endpoint": "GET /api/v1/veo/get-1080p-video",
            "status": "current; documented under docs.kie.ai/old-model",
            "input_schema": {
                "type": "object",
                "properties": {"taskId": _TEXT, "index": {"type": ["integer", "string"], "default": 0}},
                "required": ["taskId"],
            },
            "price_of": "veo/get-1080p-video",
            "source": "inventory of the contract of 2026-11-21, part 2.2",
            "docs_date": "2026-08-19",
        },
        {
            "id": "suno/recovery",
            "family": "suno-recovery",
            "category": "music",
            "task": "suno-recovery-audio",
            "endpoint": "POST /api/v1/suno/recovery",
            "status": "undocumented",
            "standing": "undocumented",
            "input_schema": {
                "type": "object",
                "properties": {"task_id": _TEXT},
                "required": ["task_id"],
                "additionalProperties": True,
            },
            "source": "inventory of the contract of 2026-11-21, part 2.2",
            "docs_date": "2026-10-07",
        },
        {
            "id": "chat/credit",
            "family": "common",
            "category": "tool",
            "task": "credits",
            "endpoint": "GET /api/v1/chat/credit",
            "status": "current",
            "input_schema": {"type": "object", "properties": {}, "additionalProperties": False},
            "source": "inventory of the contract of 2026-11-21, part 2.2",
            "docs_date": "2026-08-19",
        },
        *SERVICES,
    ]
