"""The words and numbers for a task's state, by family, as documents and recordings have them (written by hand)."""

from __future__ import annotations

from typing import Any

from tests.wire.cases import CDN, Case, good, song

__all__ = ["CASES", "WORDS", "finished"]

_SONG_FAILURES = (
    "CREATE_TASK_FAILED",
    "GENERATE_AUDIO_FAILED",
    "GENERATE_LYRICS_FAILED",
    "GENERATE_WAV_FAILED",
    "GENERATE_MP4_FAILED",
    "SENSITIVE_WORD_ERROR",
    "FAIL",
    "failed",
)
_SONG = {
    "queued": ("PENDING", "pending"),
    "running": ("TEXT_SUCCESS", "FIRST_SUCCESS"),
    "succeeded": ("SUCCESS", "success"),
    "settled": ("CALLBACK_EXCEPTION",),
    "failed": _SONG_FAILURES,
}
_FLAG = {"running": (0, "0", 0.0), "succeeded": (1, "1", 1.0), "failed": (2, 3, "2")}

#: dialect → key of the word → state → words. "settled" is an end whose success the result decides.
WORDS: dict[str, dict[str, dict[str, tuple[Any, ...]]]] = {
    "market": {
        "state": {
            "queued": ("waiting", "queuing", "queueing", "wait", "pending", "WAITING"),
            "running": ("generating", "processing", "running"),
            "succeeded": ("success", "succeeded", "SUCCESS"),
            "failed": ("fail", "failed", "FAIL"),
        },
        "successFlag": _FLAG,
        "status": {"queued": ("PENDING",), "succeeded": ("SUCCESS",), "failed": ("FAILED",)},
    },
    "aleph": {"successFlag": _FLAG},
    "flux-kontext": {"successFlag": _FLAG},
    "gpt4o-image": {
        "successFlag": _FLAG,
        "status": {
            "running": ("GENERATING",),
            "succeeded": ("SUCCESS",),
            "failed": ("CREATE_TASK_FAILED", "GENERATE_FAILED"),
        },
    },
    "luma": {"successFlag": {**_FLAG, "settled": (4, "4")}},
    "midjourney": {"successFlag": _FLAG},
    "runway": {
        "state": {
            "queued": ("wait", "waiting", "queueing", "queuing"),
            "running": ("generating",),
            "succeeded": ("success",),
            "failed": ("fail", "failed"),
        }
    },
    "veo": {"successFlag": _FLAG},
    "service": {
        "status": {
            "queued": ("pending", "waiting"),
            "running": (0, "processing"),
            "succeeded": (1, "success"),
            "failed": (2, 3, "fail", "failed"),
        },
        "successFlag": _FLAG,
        "state": {"queued": ("waiting",), "running": ("generating",), "succeeded": ("success",), "failed": ("fail",)},
    },
    "suno-audio": {"status": _SONG},
    "suno-lyrics": {"status": _SONG},
    "suno-wav": {"successFlag": _SONG, "status": _SONG},
    "suno-mp4": {"successFlag": _SONG, "status": _SONG},
    "suno-vocals": {"successFlag": _SONG, "status": _SONG},
    "suno-recovery": {"status": _SONG, "successFlag": _SONG},
    "suno-midi": {"successFlag": _FLAG},
    "suno-cover": {"successFlag": {"queued": (0, "0"), "running": (2, "2"), "succeeded": (1, "1"), "failed": (3,)}},
    "suno-style": {
        "successFlag": {
            "succeeded": ("成功", "success", "1", 1),
            "settled": ("0", 0),
            "failed": ("失败", "fail", "2", "3"),
        }
    },
    "suno-voice-phrase": {
        "status": {
            "queued": ("wait_processing",),
            "running": ("processing_validate", "processing", "validating"),
            "succeeded": ("wait_validating", "success"),
            "failed": ("processing_validate_fail", "fail", "failed"),
        }
    },
    "suno-voice": {
        "status": {
            "queued": ("wait_processing",),
            "running": ("processing_validate", "processing", "validating", "wait_validating"),
            "succeeded": ("success",),
            "failed": ("processing_validate_fail", "fail", "failed"),
        }
    },
}

_URL = f"{CDN}/result.bin"
#: dialect → (the part of a record that holds its result, what is read: outputs, text, extras).
_RESULTS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "market": ({"resultJson": f'{{"resultUrls":["{_URL}"]}}'}, {"outputs": (_URL,)}),
    "aleph": ({"response": {"resultVideoUrl": _URL}}, {"outputs": (_URL,)}),
    "flux-kontext": ({"response": {"resultImageUrl": _URL}}, {"outputs": (_URL,)}),
    "gpt4o-image": ({"response": {"resultUrls": [_URL]}}, {"outputs": (_URL,)}),
    "luma": ({"response": {"resultUrls": [_URL]}}, {"outputs": (_URL,)}),
    "midjourney": ({"resultInfoJson": {"resultUrls": [{"resultUrl": _URL}]}}, {"outputs": (_URL,)}),
    "runway": ({"videoInfo": {"videoUrl": _URL}}, {"outputs": (_URL,)}),
    "veo": ({"response": {"resultUrls": [_URL]}}, {"outputs": (_URL,)}),
    "service": ({"resultUrls": [_URL]}, {"outputs": (_URL,)}),
    "suno-audio": (
        {"response": {"sunoData": [song(1, snake=False)]}},
        {
            "outputs": (f"{CDN}/song1.mp3",),
            "extras": {"cover": (f"{CDN}/song1.jpeg",), "stream": (f"{CDN}/song1-stream",)},
        },
    ),
    "suno-lyrics": ({"response": {"data": [{"text": "[Verse]\nRain", "title": "Rain"}]}}, {"text": "[Verse]\nRain"}),
    "suno-wav": ({"response": {"audioWavUrl": _URL}}, {"outputs": (_URL,)}),
    "suno-mp4": ({"response": {"videoUrl": _URL}}, {"outputs": (_URL,)}),
    "suno-vocals": ({"response": {"vocalUrl": _URL}}, {"outputs": (_URL,)}),
    "suno-recovery": ({"response": {"sunoData": [song(1, snake=False)]}}, {"outputs": (f"{CDN}/song1.mp3",)}),
    "suno-midi": ({"midiData": {"instruments": [{"name": "Piano", "notes": [{"pitch": 60}]}]}}, {}),
    "suno-cover": ({"response": {"images": [_URL]}}, {"outputs": (_URL,)}),
    "suno-style": ({"result": "slow folk, felt piano"}, {"text": "slow folk, felt piano"}),
    "suno-voice-phrase": ({"validateInfo": "Seven silver swans"}, {"text": "Seven silver swans"}),
    "suno-voice": ({"voiceId": "voice-7"}, {"text": "voice-7"}),
}


def finished(dialect: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the part of a record that holds a result, and what must be read out of it."""
    part, expected = _RESULTS[dialect]
    return dict(part), dict(expected)


def _of(dialect: str, key: str, state: str, word: Any) -> list[Case]:
    part, expected = finished(dialect)
    ident = {"taskId": "t-1"}
    name = f"{key}={word!r}"
    if state == "succeeded":
        return [good(dialect, name, {**ident, key: word, **part}, "succeeded", progress=1.0, **expected)]
    if state == "settled":  # done, but the vendor could not deliver its callback: the result decides
        return [
            good(dialect, f"{name}, with a result", {**ident, key: word, **part}, "succeeded", **expected),
            good(dialect, f"{name}, without a result", {**ident, key: word}, "failed", error=("", "")),
        ]
    error = ("", "") if state == "failed" else None
    return [good(dialect, name, {**ident, key: word}, state, error=error)]


CASES: list[Case] = [
    case
    for dialect, keys in WORDS.items()
    for key, states in keys.items()
    for state, words in states.items()
    for word in words
    for case in _of(dialect, key, state, word)
]
