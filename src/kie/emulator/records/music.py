"""The records of music: songs, words, stems, notes, covers and voices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kie.emulator.records.parts import Json, body_of, compact, error_fields, flag, iso, millis, show
from kie.emulator.tasks import State, Task

if TYPE_CHECKING:
    from collections.abc import Callable

_CAMEL = {
    "audio_url": "audioUrl",
    "stream_audio_url": "streamAudioUrl",
    "image_url": "imageUrl",
    "model_name": "modelName",
    "source_audio_url": "sourceAudioUrl",
    "source_stream_audio_url": "sourceStreamAudioUrl",
    "source_image_url": "sourceImageUrl",
}
_OPERATION_TYPES = {"generate/upload-cover": "upload_cover", "generate/upload-extend": "upload_extend"}


def _flagged(task: Task) -> bool:
    """Whether a task failed for its words: code 400 (documented 2026-04-29; that it has this word is assumed)."""
    return task.failure is not None and task.failure.code == 400


def _suno(task: Task, now: float) -> Json:
    del now
    songs = list(show(task).songs)
    if task.state is State.FIRST:
        songs = songs[:1]
    data = [{_CAMEL.get(key, key): held for key, held in song.items()} for song in songs]
    words = {
        State.TEXT: "TEXT_SUCCESS",
        State.FIRST: "FIRST_SUCCESS",
        State.SUCCESS: "SUCCESS",
        State.FAIL: "GENERATE_AUDIO_FAILED",
    }
    if _flagged(task):
        words[State.FAIL] = "SENSITIVE_WORD_ERROR"
    short = task.operation.rpartition("/")[2].replace("-", "_")
    return {
        "taskId": task.id,
        "parentMusicId": str(task.inputs.get("audioId") or ""),
        "param": compact(body_of(task)),
        "response": {"taskId": task.id, "sunoData": data} if data else None,
        "status": words.get(task.state, "PENDING"),
        "type": "chirp-hawk",
        "operationType": _OPERATION_TYPES.get(task.operation, short),
        **error_fields(task, quiet=None),
        "createTime": millis(task.created),
    }


def lyrics_data(task: Task, *, camel: bool) -> list[Json]:
    """The texts of a lyrics task."""
    held = (show(task).object or {}).get("lyricsData", [])
    error = "errorMessage" if camel else "error_message"
    return [
        {"text": text["text"], "title": text["title"], "status": text["status"], error: text["error_message"]}
        for text in held
    ]


def _lyrics(task: Task, now: float) -> Json:
    del now
    failed = "SENSITIVE_WORD_ERROR" if _flagged(task) else "GENERATE_LYRICS_FAILED"
    words = {State.SUCCESS: "SUCCESS", State.FAIL: failed}
    done = {"taskId": task.id, "data": lyrics_data(task, camel=True)}
    return {
        "taskId": task.id,
        "param": compact(body_of(task)),
        "response": done if task.state is State.SUCCESS else None,
        "status": words.get(task.state, "PENDING"),
        "type": "LYRICS",
        **error_fields(task, quiet=None),
    }


def _worded(response: Callable[[Task], Json], failed: str) -> Callable[[Task, float], Json]:
    """The records of wav, mp4 and vocal removal: their successFlag is a word."""

    def record(task: Task, now: float) -> Json:
        del now
        words = {State.SUCCESS: "SUCCESS", State.FAIL: failed}
        return {
            "taskId": task.id,
            "musicId": str(task.inputs.get("audioId") or ""),
            "callbackUrl": task.callback,
            "musicIndex": 0,
            "completeTime": millis(task.finished),
            "response": response(task) if task.state is State.SUCCESS else None,
            "successFlag": words.get(task.state, "PENDING"),
            "createTime": millis(task.created),
            **error_fields(task, quiet=None),
        }

    return record


_STEM_FIELDS = (
    "instrumental",
    "vocal",
    "backing_vocals",
    "drums",
    "bass",
    "guitar",
    "piano",
    "keyboard",
    "percussion",
    "strings",
    "synth",
    "fx",
    "brass",
    "woodwinds",
)


def _stems(task: Task) -> Json:
    held = show(task).extra.get("stems", {})
    urls: Json = {}
    for name in _STEM_FIELDS:
        first, *rest = name.split("_")
        urls[f"{first}{''.join(part.title() for part in rest)}Url"] = held.get(name)
    return {"id": None, "originUrl": None, "originData": show(task).extra.get("tracks", []), **urls}


def _midi(task: Task, now: float) -> Json:
    del now
    error = error_fields(task, quiet=None)
    error["errorCode"] = None if error["errorCode"] is None else str(error["errorCode"])
    return {
        "taskId": task.id,
        "recordTaskId": -1,
        "audioId": str(task.inputs.get("audioId") or ""),
        "callbackUrl": task.callback,
        "completeTime": millis(task.finished),
        "midiData": show(task).object,
        "successFlag": flag(task),
        "createTime": millis(task.created),
        **error,
    }


def _cover(task: Task, now: float) -> Json:
    del now
    stage = 2 if task.state is State.GENERATING else flag(task)
    return {
        "taskId": task.id,
        "parentTaskId": str(task.inputs.get("taskId") or ""),
        "callbackUrl": task.callback,
        "completeTime": iso(task.finished),
        "response": {"images": list(show(task).urls)} if task.state is State.SUCCESS else None,
        "successFlag": stage,
        "createTime": iso(task.created),
        **error_fields(task, fine=200),
    }


def _phrase(task: Task, now: float) -> Json:
    del now
    words = {
        State.SUCCESS: "wait_validating",
        State.FAIL: "processing_validate_fail",
        State.WAITING: "wait_processing",
    }
    return {
        "taskId": task.id,
        "validateInfo": (show(task).object or {}).get("validateInfo"),
        "status": words.get(task.state, "processing_validate"),
        **error_fields(task, quiet=None),
        "createTime": millis(task.created),
    }


def _voice(task: Task, now: float) -> Json:
    del now
    words = {State.SUCCESS: "success", State.FAIL: "fail"}
    return {
        "taskId": task.id,
        "voiceId": (show(task).object or {}).get("voiceId"),
        "status": words.get(task.state, "wait_processing"),
        **error_fields(task, quiet=None),
        "createTime": millis(task.created),
    }


#: The writers of records by family.
MUSIC: dict[str, Callable[[Task, float], Json]] = {
    "suno": _suno,
    "recovery": _suno,
    "lyrics": _lyrics,
    "wav": _worded(lambda task: {"audioWavUrl": (*show(task).urls, "")[0]}, "GENERATE_WAV_FAILED"),
    "mp4": _worded(lambda task: {"videoUrl": (*show(task).urls, "")[0]}, "GENERATE_MP4_FAILED"),
    "vocal": _worded(_stems, "GENERATE_AUDIO_FAILED"),
    "midi": _midi,
    "cover": _cover,
    "voice-validate": _phrase,
    "voice": _voice,
}
