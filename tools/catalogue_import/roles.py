"""What an input means: the same role whatever a model calls the field."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["roles"]

#: Role → the fields that may play it, the likeliest first.
_SCALARS: dict[str, tuple[str, ...]] = {
    "prompt": ("prompt", "text", "content", "descriptions", "voice_description"),
    "text": ("text",),
    "negative_prompt": ("negative_prompt", "negative_tags", "negativeTags"),
    "mask": ("mask_url",),
    "duration": ("duration", "duration_seconds", "n_frames", "extend_times"),
    "count": ("num_images", "n", "max_images", "videoBatchSize"),
    "seed": ("seed", "seeds"),
    "voice": ("voice", "voice_name"),
    "format": ("output_format", "outputFormat"),
    "scale": ("upscale_factor",),
    "style": ("style", "tags"),
    "lyrics": ("full_lyrics", "fullLyrics"),
    "title": ("title",),
    "instrumental": ("instrumental",),
    "language": ("language_code", "language"),
    "source_task": ("task_id", "taskId", "origin_task_id"),
    "audio_id": ("audio_id", "audioId"),
    "strength": ("strength",),
    "safety": ("safety_tolerance", "safetyTolerance"),
    "guidance": ("guidance_scale", "cfg_scale"),
    "steps": ("num_inference_steps",),
    "background": ("background",),
    "watermark": ("watermark", "waterMark"),
}
_SOUND = ("generate_audio", "sound", "generate_audio_switch", "audio")
_RATIOS = ("aspect_ratio", "aspectRatio", "ratio", "image_size", "size")
_RESOLUTIONS = ("resolution", "image_resolution", "output_resolution", "quality", "size", "mode")
_QUALITIES = ("quality", "rendering_speed", "mode", "size")
_IMAGES = (
    "image_urls", "image_input", "input_urls", "image_url", "imageUrls", "filesUrl", "files_url", "imageUrl",
    "image", "inputImage", "input_image", "fileUrls", "reference_image_urls", "reference_image", "referenceImage",
    "first_frame_url", "first_frame_image_url",
)  # fmt: skip
_FIRST = ("first_frame_url", "first_frame_image_url", "first_frame")
_LAST = ("last_frame_url", "last_frame_image_url", "end_image_url", "tail_image_url")
_VIDEOS = (
    "video_url", "videoUrl", "video_urls", "reference_video_urls", "reference_video", "first_clip_url",
    "character_file_url",
)  # fmt: skip
_AUDIOS = (
    "audio_url", "audioUrl", "upload_url", "uploadUrl", "voice_url", "voiceUrl", "verify_url", "verifyUrl",
    "driving_audio_url", "reference_voice", "reference_audio_urls", "upload_url_list", "uploadUrlList",
)  # fmt: skip

#: Models whose first image is the first frame, the second the last one.
_TWO_FRAMES = {
    "kling-3.0/video", "kling-3.0-omni/image-to-video", "veo-3-1", "veo/generate", "bytedance/seedance-1.5-pro",
}  # fmt: skip

#: What the names alone do not say. None takes a role away.
_FIXES: dict[str, dict[str, str | None]] = {
    "ideogram/character": {"images": "reference_image_urls"},
    "ideogram/character-edit": {"images": "image_url"},
    "ideogram/character-remix": {"images": "image_url"},
    "recraft/crisp-upscale": {"images": "image"},
    "mj/generate": {"images": "fileUrls", "model_tier": "version"},
    "generate": {"lyrics": "prompt", "model_tier": "model"},
    "ai-music-api/generate": {"lyrics": "prompt", "model_tier": "model"},
    "generate/upload-cover": {"lyrics": "prompt", "model_tier": "model"},
    "ai-music-api/upload-and-cover-audio": {"lyrics": "prompt", "model_tier": "model"},
    "omni/audio/create": {"voice": "audio_id", "prompt": "voice_description", "audio_id": None, "title": "name"},
    "generate/generate-persona": {"prompt": "description", "title": "name"},
    "ai-music-api/generate-persona": {"prompt": "description", "title": "name"},
    "voice/generate": {"title": "voiceName", "prompt": None},
    "ai-music-api/create-voice": {"title": "voice_name", "voice": None, "prompt": None},
    "sora-2-characters": {"prompt": "character_prompt"},
    "sora-2-characters-pro": {"prompt": "character_prompt"},
    "wan/2-7-image-to-video": {"images": "first_frame_url", "video": "first_clip_url"},
    "wan/2-7-r2v": {"first_frame": "first_frame", "images": "reference_image"},
    "gpt4o-image/download-url": {"prompt": None},
    "grok-imagine/image-to-video": {"style": "mode"},
    "grok-imagine/text-to-video": {"style": "mode"},
    "volcengine/video-to-video-lip-sync": {"model_tier": "mode"},
    "api/file-url-upload": {"images": None},
    "elevenlabs/text-to-speech-multilingual-v2": {"style": None, "speed": "speed"},
    "elevenlabs/text-to-speech-turbo-2-5": {"style": None, "speed": "speed"},
    "service/elevenlabs/tts": {"speed": "speed"},
    "kling-2.6/motion-control": {"images": "input_urls", "first_frame": None},
    "kling-3.0/motion-control": {"images": "input_urls", "first_frame": None},
    "omni/character/create": {"title": "character_name"},
}


def _array(schema: dict[str, Any]) -> bool:
    return schema.get("type") == "array"


def _says_resolution(schema: dict[str, Any]) -> bool:
    values = [str(v) for v in schema.get("enum", ())]
    return any(re.fullmatch(r"(?i)(\d+p|[\d.]+k|720|1080|std|pro)", v) for v in values)


def _says_ratio(name: str, schema: dict[str, Any]) -> bool:
    if name in ("aspect_ratio", "aspectRatio", "ratio"):
        return True
    return any(":" in str(v) or str(v).startswith(("square", "landscape")) for v in schema.get("enum", ()))


def roles(model: str, kind: str, tasks: list[str], schema: dict[str, Any]) -> dict[str, str]:
    """Return role → field (or ``field[0]``) of a model."""
    fields: dict[str, Any] = schema.get("properties", {})
    out: dict[str, str] = {}
    if "chat" in tasks:
        return out
    for role, names in _SCALARS.items():
        for name in names:
            if name in fields and not _array(fields[name]) and "properties" not in fields[name]:
                out[role] = name
                break
    _files(model, kind, tasks, fields, out)
    for name in _SOUND:
        if fields.get(name, {}).get("type") == "boolean":
            out["sound"] = name
            break
    for name in _RATIOS:
        if name in fields and _says_ratio(name, fields[name]):
            out["aspect_ratio"] = name
            break
    for name in _RESOLUTIONS:
        if name in fields and (name == "resolution" or _says_resolution(fields[name])):
            out["resolution"] = name
            break
    if model == "kling-3.0/motion-control":
        out["resolution"] = "mode"
    for name in _QUALITIES:
        if name in fields and "enum" in fields[name] and name not in (out.get("resolution"), out.get("aspect_ratio")):
            out["quality"] = name
            break
    if "model" in fields:
        out["model_tier"] = "model"
    for role, fixed in _FIXES.get(model, {}).items():
        if fixed is None:
            out.pop(role, None)
        elif fixed in fields:
            out[role] = fixed
    return {role: out[role] for role in _ORDER if role in out}


def _files(model: str, kind: str, tasks: list[str], fields: dict[str, Any], out: dict[str, str]) -> None:
    images = next((name for name in _IMAGES if name in fields), None)
    if images:
        out["images"] = images
    first = next((name for name in _FIRST if name in fields), None)
    if first is None and images and kind == "video" and "image-to-video" in tasks:
        first = f"{images}[0]" if _array(fields[images]) else images
    if first:
        out["first_frame"] = first
    last = next((name for name in _LAST if name in fields), None)
    if last is None and model in _TWO_FRAMES and images:
        last = f"{images}[1]"
    if last:
        out["last_frame"] = last
    for one, many, names in (("video", "videos", _VIDEOS), ("audio", "audios", _AUDIOS)):
        found = next((name for name in names if name in fields), None)
        if found and _array(fields[found]):
            out[many], out[one] = found, f"{found}[0]"
        elif found:
            out[one] = found


_ORDER = (
    "prompt", "text", "negative_prompt", "images", "mask", "first_frame", "last_frame", "video", "videos", "audio",
    "audios", "aspect_ratio", "resolution", "duration", "count", "seed", "voice", "speed", "format", "scale",
    "quality", "style", "sound", "lyrics", "title", "instrumental", "language", "source_task", "audio_id",
    "strength", "safety", "guidance", "steps", "background", "watermark", "model_tier",
)  # fmt: skip
