"""What a model is called, whose it is, what comes out of it, and how it is spoken to."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["KINDS", "dialect", "kind", "standing", "submit", "tasks", "title", "vendor"]

#: (beginning of the id, or the whole id with "=" before it) → file; the first that fits.
_FILES = [
    ("=kie/image-refiner", "kie"),
    ("=v3-api", "kie"),
    ("=nano-banana-upscale", "google"),
    ("bytedance/v1-", "bytedance"),
    ("bytedance/seedream", "seedream"),
    ("seedream/", "seedream"),
    ("bytedance/omni-human", "omnihuman"),
    ("bytedance/", "seedance"),
    ("omnihuman", "omnihuman"),
    ("infinitalk/", "infinitalk"),
    ("volcengine/", "volcengine"),
    ("kling", "kling"),
    ("wantest/", "wan"),
    ("wan/", "wan"),
    ("qwen", "qwen"),
    ("happyhorse", "happyhorse"),
    ("z-image", "z-image"),
    ("veo", "veo"),
    ("omni/", "google"),
    ("gemini-omni", "google"),
    ("google/", "google"),
    ("nano-banana", "google"),
    ("gpt-image", "openai"),
    ("gpt4o-image/", "openai"),
    ("4o-image-api", "openai"),
    ("sora-", "openai"),
    ("ai-music-api/", "suno"),
    ("runway", "runway"),
    ("aleph/", "runway"),
    ("elevenlabs/", "elevenlabs"),
    ("flux", "flux"),
    ("ideogram/", "ideogram"),
    ("grok-imagine", "xai"),
    ("hailuo/", "minimax"),
    ("minimax", "minimax"),
    ("pixverse", "pixverse"),
    ("topaz/", "topaz"),
    ("recraft/", "recraft"),
    ("mj/", "midjourney"),
    ("modify/", "luma"),
    ("luma", "luma"),
    ("service/", "service"),
    ("api/file-", "kie"),
    ("common/", "kie"),
    ("chat/credit", "kie"),
]
_SUNO_FAMILIES = {"suno", "suno-voice", "suno-unified", "suno-recovery"}
_CHAT_FILES = [("claude", "anthropic"), ("gpt", "openai"), ("gemini", "google"), ("grok", "xai")]


def vendor(entry: dict[str, Any]) -> tuple[str, str]:
    """Return the vendor of an entry and the name of its data file."""
    name = entry["id"]
    if entry["family"] == "chat":
        who = next((who for start, who in _CHAT_FILES if name.startswith(start)), "others")
        return who, f"{who}-chat"
    if entry["family"] in _SUNO_FAMILIES:
        return "suno", "suno"
    for start, file in _FILES:
        if name == start[1:] if start.startswith("=") else name.startswith(start):
            return _OWNERS.get(file, file), file
    raise KeyError(f"no vendor is known for {name!r}; add it to _FILES")


_OWNERS = {"seedance": "bytedance", "seedream": "bytedance", "omnihuman": "bytedance", "veo": "google"}

# ------------------------------------------------------------------------------------------------------------ titles

_TITLES = {
    "veo-3-1": "Veo 3.1",
    "veo/generate": "Veo 3.1 (endpoint of its own)",
    "veo/extend": "Veo 3.1 extend",
    "veo/extend@legacy": "Veo 3.1 extend (endpoint of its own)",
    "veo/get-1080p-video": "Veo 3.1, 1080p version",
    "veo/get-1080p-video@legacy": "Veo 3.1, 1080p version (endpoint of its own)",
    "veo/get-4k-video": "Veo 3.1, 4K version",
    "veo/get-4k-video@legacy": "Veo 3.1, 4K version (endpoint of its own)",
    "runway": "Runway",
    "runway/generate": "Runway (endpoint of its own)",
    "runway/extend": "Runway extend (endpoint of its own)",
    "runway/extend-ai-video": "Runway extend",
    "runway/gen4-aleph": "Runway Gen-4 Aleph",
    "aleph/generate": "Runway Aleph (endpoint of its own)",
    "4o-image-api": "GPT-4o Image",
    "gpt4o-image/generate": "GPT-4o Image (endpoint of its own)",
    "gpt4o-image/download-url": "GPT-4o Image, direct download link",
    "flux1-kontext": "FLUX.1 Kontext",
    "flux/kontext/generate": "FLUX.1 Kontext (endpoint of its own)",
    "common/download-url": "Download link of a result",
    "api/file-base64-upload": "Upload of base64 data",
    "api/file-stream-upload": "Upload of a file",
    "api/file-url-upload": "Upload from a URL",
    "chat/credit": "Credits left on the account",
    "omni/audio/create": "Gemini Omni voice",
    "omni/character/create": "Gemini Omni character",
    "modify/generate": "Luma Modify Video",
    "mj/generate": "Midjourney",
    "generate": "Suno music (endpoint of its own)",
    "lyrics": "Suno lyrics (endpoint of its own)",
    "suno/recovery": "Suno recovery of a song (endpoint of its own)",
    "suno/cover/generate": "Suno cover art (endpoint of its own)",
    "style/generate": "Suno style boost (endpoint of its own)",
    "wav/generate": "Suno song as WAV (endpoint of its own)",
    "mp4/generate": "Suno music video (endpoint of its own)",
    "midi/generate": "Suno MIDI from audio (endpoint of its own)",
    "vocal-removal/generate": "Suno vocal and stem separation (endpoint of its own)",
    "generate/get-timestamped-lyrics": "Suno timestamped lyrics (endpoint of its own)",
    "ai-music-api/generate": "Suno music",
    "ai-music-api/cover-generate": "Suno cover art",
    "ai-music-api/generate-lyrics": "Suno lyrics",
    "ai-music-api/convert-to-wav-format": "Suno song as WAV",
    "ai-music-api/generate-midi-from-audio": "Suno MIDI from audio",
    "ai-music-api/separate-vocals": "Suno vocal and stem separation",
    "ai-music-api/timeStamped-lyrics": "Suno timestamped lyrics",
    "ai-music-api/boost-music-style": "Suno style boost",
    "ai-music-api/suno-recovery-audio": "Suno recovery of a song",
    "google/imagen4": "Imagen 4",
    "google/imagen4-fast": "Imagen 4 Fast",
    "google/imagen4-ultra": "Imagen 4 Ultra",
    "bytedance/seedream": "Seedream 3.0",
    "z-image": "Z-Image",
    "kling-3.0/video": "Kling 3.0",
    "kling/v3-turbo-text-to-video": "Kling 3.0 Turbo text to video",
    "kling/v3-turbo-image-to-video": "Kling 3.0 Turbo image to video",
    "gemini-3-flash-v1betamodels": "Gemini 3 Flash (Google's own form)",
    "infinitalk/from-audio": "InfiniTalk from audio",
    "infinitalk/from-text": "InfiniTalk from text",
    "sora-watermark-remover": "Sora 2 watermark remover",
    "wantest/2-5-text-to-video": "Wan 2.5 text to video (test)",
    "v3-api": "v3-api (unknown)",
}
_WORDS = {
    "a14b": "A14B", "ai": "AI", "bytedance": "ByteDance", "deepseek": "DeepSeek",
    "elevenlabs": "ElevenLabs", "flux": "FLUX", "gpt": "GPT", "gpt4o": "GPT-4o", "grok": "Grok", "h3": "H3",
    "happyhorse": "HappyHorse", "infinitalk": "InfiniTalk", "k3": "K3", "kie": "kie.ai", "kimi": "Kimi",
    "luma": "Luma", "midi": "MIDI", "minimax": "MiniMax", "mj": "Midjourney", "modify": "modify",
    "omnihuman": "OmniHuman", "openai": "OpenAI form", "pixverse": "PixVerse", "qwen": "Qwen",
    "qwen2": "Qwen 2", "qwen2.1": "Qwen 2.1", "qwen3": "Qwen 3", "r2v": "reference to video",
    "refiner": "refiner", "sfx": "sound effects", "timestamped": "timestamped", "tts": "TTS", "url": "URL",
    "v1": "v1", "v2": "V2", "v25": "V2.5", "v3": "V3", "v4": "4.0", "v6": "V6", "videoedit": "video edit",
    "wan": "Wan", "wav": "WAV",
}  # fmt: skip
_SMALL = {
    "to", "from", "with", "by", "text", "image", "video", "edit", "remix", "reframe", "upscale", "extend", "speech",
    "dialogue", "isolation", "audio", "sound", "effect", "reference", "motion", "control", "avatar", "lip", "sync",
    "background", "remove", "generate", "move", "replace", "animate", "layer", "decomposition", "transition",
    "transformation", "character", "characters", "identification", "detection", "subject", "human", "segment", "map",
    "storyboard", "format", "convert", "music", "create", "persona", "phrase", "validation", "regenerate", "check",
    "voice", "mashup", "sounds", "section", "add", "instrumental", "vocals", "upload", "and", "cover",
}  # fmt: skip
_BRANDS = {
    "bytedance/seedance": "seedance", "bytedance/seedream-": "seedream-", "google/": "", "ai-music-api/": "suno ",
    "generate/": "suno ", "voice/": "suno voice ", "service/": "",
}  # fmt: skip


def title(name: str) -> str:
    """Return a name for people."""
    if name in _TITLES:
        return _TITLES[name]
    text = name
    for start, instead in _BRANDS.items():
        if name.startswith(start):
            text = instead + name[len(start) :]
            break
    if name.startswith("seedream/5-"):
        text = "seedream 5.0 " + name[len("seedream/5-") :]
    text = re.sub(r"(?<=\d)-(?=\d)", ".", text)
    text = re.sub(r"\bv(\d)\.(\d)", r"\1.\2", text)
    words = [w for w in re.split(r"[/\-\s_]+", text) if w]
    out: list[str] = []
    for word in words:
        new = _WORDS.get(word) or (word if word in _SMALL and out else word[:1].upper() + word[1:])
        if not (out and out[-1].lower() == new.lower()):
            out.append(new)
    text = re.sub(r"(GPT|Grok Imagine) (image|video)\b", lambda m: f"{m[1]} {m[2].title()}", " ".join(out), count=1)
    if name.startswith("service/"):
        text += " (service pattern)"
    elif name.startswith(("generate/", "voice/")):
        text += " (endpoint of its own)"
    return text


# ---------------------------------------------------------------------------------------------------- kind and tasks

KINDS = ("image", "video", "audio", "music", "text", "data")

_KINDS = {
    "sora-watermark-remover": "video",
    "lyrics": "text",
    "ai-music-api/generate-lyrics": "text",
    "style/generate": "text",
    "ai-music-api/boost-music-style": "text",
    "elevenlabs/speech-to-text": "text",
    "generate/get-timestamped-lyrics": "data",
    "ai-music-api/timeStamped-lyrics": "data",
    "midi/generate": "data",
    "ai-music-api/generate-midi-from-audio": "data",
    "generate/generate-persona": "data",
    "ai-music-api/generate-persona": "data",
    "suno/cover/generate": "image",
    "ai-music-api/cover-generate": "image",
    "mp4/generate": "video",
    "ai-music-api/create-music-video": "video",
    "wav/generate": "audio",
    "ai-music-api/convert-to-wav-format": "audio",
    "vocal-removal/generate": "audio",
    "ai-music-api/separate-vocals": "audio",
    "generate/sounds": "audio",
    "ai-music-api/sounds": "audio",
    "voice/validate": "text",
    "voice/regenerate": "text",
    "ai-music-api/validation-phrase": "text",
    "ai-music-api/regenerate-phrase": "text",
    "voice/generate": "data",
    "voice/check-voice": "data",
    "ai-music-api/create-voice": "data",
    "ai-music-api/check-voice": "data",
    "omnihuman-1-5/human-identification": "data",
    "gpt4o-image/download-url": "image",
}


def kind(entry: dict[str, Any]) -> str:
    """Return what comes out: one of ``KINDS``."""
    found = _KINDS.get(entry["id"]) or {"chat": "text", "tool": "data"}.get(entry["category"], entry["category"])
    if found not in KINDS:
        raise ValueError(f"{entry['id']}: {found!r} is no kind")
    return str(found)


_TASKS = {
    "text-or-image-to-video": ["text-to-video", "image-to-video"],
    "text-or-image-to-image": ["text-to-image", "image-to-image"],
    "multimodal-to-video": ["text-to-video", "image-to-video", "video-to-video"],
    "image-edit": ["image-edit", "image-to-image"],
    "character-image": ["image-to-image"],
    "upload-and-cover-audio": ["music-cover"],
    "chat-completions": ["chat"],
    "responses": ["chat"],
    "anthropic-messages": ["chat"],
    "gemini-native": ["chat"],
    "get-timestamped-lyrics": ["timestamped-lyrics"],
    "suno-recovery-audio": ["recovery"],
    "generate-midi-from-audio": ["midi"],
    "generate-persona": ["persona"],
    "boost-music-style": ["style-boost"],
}
_TASKS_OF = {
    "mj/generate": ["text-to-image", "image-to-image", "image-to-video"],
    "luma-dream-machine/modify": ["video-edit"],
    "bytedance/omni-human": ["avatar"],
    "v3-api": ["text-to-video"],
    "kie/image-refiner": ["image-to-image"],
    "generate/upload-extend": ["music-extend"],
    "generate/add-instrumental": ["add-instrumental"],
}
_REFERENCES = ("reference_image_urls", "reference_image", "image_references")


def tasks(entry: dict[str, Any], schema: dict[str, Any]) -> list[str]:
    """Return what the model is for, e.g. ``["text-to-video", "image-to-video"]``."""
    out = list(_TASKS_OF.get(entry["id"]) or _TASKS.get(entry["task"]) or [entry["task"]])
    fields = schema.get("properties", {})
    if kind(entry) == "video" and "text-to-video" in out and any(f in fields for f in _REFERENCES):
        out.append("reference-to-video")
    if entry["id"] in ("veo-3-1", "veo/generate"):
        out.append("reference-to-video")
    return out


# ------------------------------------------------------------------------------------------------ dialect and standing

_DIALECTS = {
    "veo/generate": "veo",
    "veo/extend@legacy": "veo",
    "veo/get-1080p-video@legacy": "veo-1080p",
    "veo/get-4k-video@legacy": "veo-4k",
    "runway/generate": "runway",
    "runway/extend": "runway",
    "aleph/generate": "aleph",
    "gpt4o-image/generate": "gpt4o-image",
    "gpt4o-image/download-url": "gpt4o-download-url",
    "flux/kontext/generate": "flux-kontext",
    "lyrics": "suno-lyrics",
    "wav/generate": "suno-wav",
    "vocal-removal/generate": "suno-vocals",
    "mp4/generate": "suno-mp4",
    "midi/generate": "suno-midi",
    "suno/cover/generate": "suno-cover",
    "suno/recovery": "suno-recovery",
    "voice/validate": "suno-voice-phrase",
    "voice/regenerate": "suno-voice-phrase",
    "voice/generate": "suno-voice",
    "voice/check-voice": "suno-check-voice",
    "generate/generate-persona": "suno-persona",
    "generate/get-timestamped-lyrics": "suno-timestamps",
    "style/generate": "suno-style",
    "modify/generate": "luma",
    "mj/generate": "midjourney",
    "common/download-url": "download-url",
    "chat/credit": "credits",
    "omni/audio/create": "omni-audio",
    "omni/character/create": "omni-character",
}
_CHAT_DIALECTS = [
    ("streamGenerateContent", "chat-gemini"),
    ("/messages", "chat-anthropic"),
    ("/responses", "chat-responses"),
    ("/chat/completions", "chat-openai"),
]
#: Chat models of the October catalogue whose pages were not saved: the path of their family.
_CHAT_PATHS = [
    ("claude", "/claude/v1/messages"),
    ("gemini", "/gemini/v1/models/{id}:streamGenerateContent"),
    ("gpt", "/codex/v1/responses"),
    ("grok", "/grok/v1/responses"),
    ("kimi", "/openai/v1/responses"),
    ("deepseek", "/openai/v1/responses"),
]


def path(entry: dict[str, Any]) -> str:
    """Return the path to which a task of this entry is posted."""
    match = re.search(r"(/\S+)", entry["endpoint"])
    if match and " or " not in entry["endpoint"]:
        return match.group(1)
    for start, found in _CHAT_PATHS:
        if entry["id"].startswith(start):
            return found.format(id=entry["id"])
    raise ValueError(f"{entry['id']}: no path in {entry['endpoint']!r}")


def dialect(entry: dict[str, Any]) -> str:
    """Return the name of the dialect file."""
    name = entry["id"]
    if name in _DIALECTS:
        return _DIALECTS[name]
    if "createTask" in entry["endpoint"]:
        return "market"
    if entry["family"] == "chat":
        return next(found for part, found in _CHAT_DIALECTS if part in path(entry))
    if entry["family"] == "suno":
        return "suno-audio"
    if name.startswith("service/"):
        return "service"
    if name.startswith("api/file-"):
        return "upload"
    raise ValueError(f"{name}: no dialect is known")


def submit(entry: dict[str, Any], required: list[str]) -> dict[str, Any] | None:
    """Return how a task is created, where the dialect serves more than one path."""
    if dialect(entry) == "market":
        return None
    out: dict[str, Any] = {"path": path(entry)}
    if entry["id"] in ("api/file-base64-upload", "api/file-url-upload"):
        out["body"] = "flat"
    if entry["id"] == "voice/regenerate":
        out["callback"] = "calBackUrl"
    if "callBackUrl" in required or "calBackUrl" in required:
        out["callback_required"] = True
    return out


def standing(entry: dict[str, Any]) -> str:
    """Return current, legacy, retired or undocumented."""
    said = entry["status"]
    if entry.get("standing"):
        return str(entry["standing"])
    if said.startswith(("retired", "gone from the docs", "in the April")):
        return "retired"
    if "playground" in said or "not in llms.txt" in said or "no longer documented" in said:
        return "undocumented"
    return "legacy" if "docs.kie.ai/ol" in said else "current"
