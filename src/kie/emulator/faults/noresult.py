"""Success without a result: how each family's record shows it while the result is still on its way.

A market record says `success` and its resultJson is still empty, as it is while it works (CONTRACT §7, 6); the others
have an empty response; songs have their stream before their file; the id of a voice may never come (§7, 27).
"""

from __future__ import annotations

from typing import Any

from kie.emulator.faults.drift import dropped, holds, put

_RESPONSE: dict[str, Any] = {"data.response": None}

#: What is empty in the record of each family, by path.
_EMPTY: dict[str, dict[str, Any]] = {
    "market": {"data.resultJson": ""},
    "veo": _RESPONSE,
    "veo-4k": {"data.resultUrls": None, "data.imageUrls": None},
    "gpt4o": _RESPONSE,
    "flux": _RESPONSE,
    "runway": {"data.videoInfo.videoUrl": "", "data.videoInfo.imageUrl": ""},
    "aleph": _RESPONSE,
    "luma": _RESPONSE,
    "mj": {"data.resultInfoJson": None},
    "suno": {"data.response.sunoData.audioUrl": ""},
    "recovery": {"data.response.sunoData.audioUrl": ""},
    "lyrics": _RESPONSE,
    "wav": _RESPONSE,
    "mp4": _RESPONSE,
    "vocal": _RESPONSE,
    "cover": _RESPONSE,
    "midi": {"data.midiData": None},
    "voice-validate": {"data.validateInfo": None},
    "voice": {"data.voiceId": None},
    "service": {"data.resultUrls": []},
}


def can_be_empty(family: str, value: Any) -> bool:
    """Whether an answer is a record that has a result to be emptied."""
    return all(holds(value, path) for path in _EMPTY[family])


def emptied(family: str, value: Any) -> Any:
    """The record without its result."""
    for path, nothing in _EMPTY[family].items():
        value = put(value, path, nothing)
    return dropped(value, "data.response") if family == "market" else value
