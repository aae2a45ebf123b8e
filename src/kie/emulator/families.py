"""Families of endpoints, and the operations which create their tasks: what differs between them, as data.

Sources: CONTRACT §2 to §4 (kie.ai documents of 2026-04-29 and 2026-08-19, recordings of 2026-03 to 2026-09).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from kie.emulator import facts


@dataclass(frozen=True, slots=True)
class Family:
    """How the tasks of one family are asked for.

    `absent` is the answer for an unknown task: "null" (code 200, data null) or "422". `ids` is the form of
    its task ids.
    """

    name: str
    query: str
    absent: str = "422"
    ids: str = "hex"
    parameter: str = "taskId"


FAMILIES = {
    family.name: family
    for family in (
        Family("market", "/api/v1/jobs/recordInfo"),
        Family("veo", "/api/v1/veo/record-info"),
        Family("veo-4k", "/api/v1/veo/get-4k-video"),
        Family("gpt4o", "/api/v1/gpt4o-image/record-info"),
        Family("flux", "/api/v1/flux/kontext/record-info"),
        Family("runway", "/api/v1/runway/record-detail", ids="uuid"),
        Family("aleph", "/api/v1/aleph/record-info", absent="null", ids="uuid"),
        Family("suno", "/api/v1/generate/record-info", absent="null"),
        Family("lyrics", "/api/v1/lyrics/record-info", absent="null"),
        Family("wav", "/api/v1/wav/record-info", absent="null"),
        Family("vocal", "/api/v1/vocal-removal/record-info", absent="null"),
        Family("mp4", "/api/v1/mp4/record-info", absent="null"),
        Family("midi", "/api/v1/midi/record-info", absent="null"),
        Family("cover", "/api/v1/suno/cover/record-info", absent="null"),
        Family("voice-validate", "/api/v1/voice/validate-info", absent="null"),
        Family("voice", "/api/v1/voice/record-info", absent="null"),
        Family("recovery", "/api/v1/suno/recovery/record-info", absent="500", parameter="task_id"),
        Family("luma", "/api/v1/modify/record-info"),
        Family("mj", "/api/v1/mj/record-info"),
        Family("service", ""),  # /api/v1/{service}/record-info
    )
}

#: Seconds that a task takes, from and to, by what it makes (typical waits: CONTRACT §5, recordings).
LATENCY = {
    "image": (8.0, 32.0),
    "video": (45.0, 190.0),
    "audio": (3.0, 12.0),
    "music": (60.0, 150.0),
    "tool": (3.0, 10.0),
    "lyrics": (4.0, 12.0),
    "format-conversion": (5.0, 20.0),
    "cover-art": (10.0, 40.0),
    "upscale": (10.0, 60.0),
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One way to create a task.

    `stages` are the states it passes on the way; `parent` tells that it works on a task.
    """

    name: str
    family: str
    kind: str
    task: str
    path: str = ""
    callback_required: bool = False
    callback_field: str = "callBackUrl"
    parent: bool = False
    stages: tuple[str, ...] = ()
    price: str = ""  # another path whose price holds

    @property
    def latency(self) -> tuple[float, float]:
        """Seconds that it takes, from and to."""
        return LATENCY.get(self.task) or LATENCY.get(self.kind) or (5.0, 20.0)

    @property
    def fact(self) -> facts.Fact | None:
        """What the vendor's files say of this path."""
        return facts.path(f"POST {self.path}")


_SONG = ("text", "first")


def _suno(path: str, task: str, *, required: bool = True, stages: tuple[str, ...] = _SONG) -> Operation:
    return Operation(path, "suno", "music", task, f"/api/v1/{path}", required, stages=stages)


OPERATIONS = {
    operation.name: operation
    for operation in (
        Operation("veo", "veo", "video", "text-or-image-to-video", "/api/v1/veo/generate"),
        Operation("veo/extend", "veo", "video", "video-extend", "/api/v1/veo/extend", parent=True),
        Operation("veo/4k", "veo-4k", "video", "upscale", "/api/v1/veo/get-4k-video", parent=True),
        Operation("gpt4o", "gpt4o", "image", "text-or-image-to-image", "/api/v1/gpt4o-image/generate"),
        Operation("flux", "flux", "image", "text-or-image-to-image", "/api/v1/flux/kontext/generate"),
        Operation(
            "runway",
            "runway",
            "video",
            "text-or-image-to-video",
            "/api/v1/runway/generate",
            stages=("start",),
        ),
        Operation(
            "runway/extend",
            "runway",
            "video",
            "video-extend",
            "/api/v1/runway/extend",
            parent=True,
            stages=("start",),
            price="/api/v1/runway/generate",
        ),
        Operation("aleph", "aleph", "video", "video-edit", "/api/v1/aleph/generate"),
        Operation("luma", "luma", "video", "video-edit", "/api/v1/modify/generate"),
        Operation("mj", "mj", "image", "text-to-image", "/api/v1/mj/generate"),
        # Described in 2025 and since gone from the pages; clients of that time still call them. They cost nothing.
        Operation("mj/upscale", "mj", "image", "upscale", "/api/v1/mj/generateUpscale", parent=True),
        Operation("mj/vary", "mj", "image", "image-variation", "/api/v1/mj/generateVary", parent=True),
        Operation("mj/extend", "mj", "video", "video-extend", "/api/v1/mj/generateVideoExtend", parent=True),
        _suno("generate", "text-to-music"),
        _suno("generate/extend", "music-extend"),
        _suno("generate/upload-cover", "upload-and-cover-audio"),
        _suno("generate/upload-extend", "music-extend"),
        _suno("generate/add-instrumental", "add-instrumental"),
        _suno("generate/add-vocals", "add-vocals"),
        _suno("generate/mashup", "mashup"),
        _suno("generate/replace-section", "replace-section", required=False, stages=()),
        _suno("generate/sounds", "sound-effect", required=False, stages=()),
        Operation("lyrics", "lyrics", "music", "lyrics", "/api/v1/lyrics", callback_required=True),
        Operation(
            "wav",
            "wav",
            "music",
            "format-conversion",
            "/api/v1/wav/generate",
            callback_required=True,
            parent=True,
        ),
        Operation(
            "vocal",
            "vocal",
            "music",
            "vocal-separation",
            "/api/v1/vocal-removal/generate",
            callback_required=True,
            parent=True,
        ),
        Operation("mp4", "mp4", "music", "music-video", "/api/v1/mp4/generate", callback_required=True, parent=True),
        Operation(
            "midi",
            "midi",
            "music",
            "generate-midi-from-audio",
            "/api/v1/midi/generate",
            callback_required=True,
            parent=True,
        ),
        Operation(
            "cover",
            "cover",
            "music",
            "cover-art",
            "/api/v1/suno/cover/generate",
            parent=True,
            stages=("start",),
        ),
        Operation("voice/validate", "voice-validate", "music", "validation-phrase", "/api/v1/voice/validate"),
        Operation(
            "voice/regenerate",
            "voice-validate",
            "music",
            "regenerate-phrase",
            "/api/v1/voice/regenerate",
            callback_field="calBackUrl",
            parent=True,
        ),
        Operation("voice", "voice", "music", "create-voice", "/api/v1/voice/generate", parent=True),
        Operation("recovery", "recovery", "music", "suno-recovery-audio", "/api/v1/suno/recovery", parent=True),
    )
}

BY_PATH = {operation.path: operation for operation in OPERATIONS.values()}

#: The services of the one-pattern dialect `/api/v1/{service}/generate`: kind, job, and the model whose price
#: holds.
SERVICES: dict[str, tuple[str, str, str]] = {
    "sora": ("video", "text-or-image-to-video", "kling/v2-1-standard"),
    "kling": ("video", "text-or-image-to-video", "kling/v2-1-standard"),
    "runway": ("video", "text-or-image-to-video", "runway"),
    "minimax": ("video", "text-or-image-to-video", "hailuo/02-text-to-video-standard"),
    "hailuo": ("video", "text-or-image-to-video", "hailuo/02-text-to-video-standard"),
    "wan": ("video", "text-or-image-to-video", "wan/2-5-text-to-video"),
    "seedance": ("video", "text-or-image-to-video", "bytedance/v1-lite-text-to-video"),
    "luma": ("video", "video-edit", "kling/v2-1-standard"),
    "luma/modify": ("video", "video-edit", "kling/v2-1-standard"),
    "gpt4o-image": ("image", "text-or-image-to-image", "4o-image-api"),
    "flux": ("image", "text-or-image-to-image", "flux1-kontext"),
    "midjourney": ("image", "text-to-image", "qwen/text-to-image"),
    "seedream": ("image", "text-or-image-to-image", "seedream/4.5-text-to-image"),
    "qwen": ("image", "text-or-image-to-image", "qwen/text-to-image"),
    "ghibli": ("image", "text-or-image-to-image", "4o-image-api"),
    "recraft/remove-bg": ("image", "background-removal", "recraft/remove-background"),
    "elevenlabs/tts": ("audio", "text-to-speech", "elevenlabs/text-to-speech-turbo-2-5"),
    "elevenlabs/sfx": ("audio", "sound-effect", "elevenlabs/audio-isolation"),
    "suno": ("music", "text-to-music", "ai-music-api/generate"),
}

_MARKET = Operation("market", "market", "image", "", "/api/v1/jobs/createTask")


@cache
def operation(name: str) -> Operation:
    """An operation by name: one of OPERATIONS, "market:<model>" or "service:<service>"; raises KeyError."""
    head, _, rest = name.partition(":")
    if head == "market":
        fact = facts.models()[rest]
        stages = _SONG if rest in _UNIFIED_SONGS else ()
        return replace(_MARKET, name=name, kind=fact.kind, task=fact.task, stages=stages)
    if head == "service":
        kind, task, _ = SERVICES[rest]
        return Operation(name, "service", kind, task, f"/api/v1/{rest}/generate", stages=("start",))
    return OPERATIONS[name]


_UNIFIED_SONGS = frozenset(
    f"ai-music-api/{name}"
    for name in (
        "generate",
        "extend",
        "upload-and-cover-audio",
        "upload-and-extend-audio",
        "add-instrumental",
        "add-vocals",
        "mashup",
    )
)
