"""The answers of the query endpoints, by family, as on the wire (CONTRACT §3, §7, recordings)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from kie.emulator.families import operation
from kie.emulator.songs import date_words
from kie.emulator.tasks import Outcome, State, Task

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]

EMPTY = Outcome()


def compact(value: Any) -> str:
    """JSON without blanks, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def millis(at: float | None) -> int | None:
    """Milliseconds since 1970."""
    return None if at is None else int(at * 1000)


def iso(at: float | None) -> str | None:
    """ISO 8601 with milliseconds, in UTC."""
    return (
        None
        if at is None
        else datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    )


def words_of(at: float | None) -> str | None:
    """A date and time as in 2026-01-31 09:30:00."""
    return None if at is None else date_words(at)


def _show(task: Task) -> Outcome:
    """What may be shown: everything on success, one song of two after the first, else nothing."""
    if task.outcome is None or task.state not in {State.SUCCESS, State.FIRST}:
        return EMPTY
    return task.outcome


def _flag(task: Task, failed: int = 3) -> int:
    return {State.SUCCESS: 1, State.FAIL: failed}.get(task.state, 0)


def _error(task: Task, *, fine: Any = None, quiet: Any = "") -> Json:
    """ErrorCode and errorMessage."""
    if task.failure is None or task.state is not State.FAIL:
        return {"errorCode": fine, "errorMessage": quiet}
    return {"errorCode": task.failure.code, "errorMessage": task.failure.message}


def _body(task: Task) -> Json:
    return {**task.inputs, **({"callBackUrl": task.callback} if task.callback else {})}


def result_json(task: Task) -> Json | None:
    """The result of a market task: what resultJson holds, as an object."""
    outcome = _show(task)
    if task.state is not State.SUCCESS:
        return None
    if outcome.songs:
        data = {"data": list(outcome.songs)}
        if operation(task.operation).task == "sound-effect":
            return {"code": 200, "msg": "success", "task_id": task.id, **data}
        return data
    if outcome.object is not None:
        if operation(task.operation).task == "generate-midi-from-audio":
            return {"resultObject": {"taskId": task.id}}
        return {"resultObject": outcome.object}
    result: Json = {"resultUrls": list(outcome.urls)}
    if outcome.extra.get("last_frame"):
        result["lastFrameUrl"] = outcome.extra["last_frame"]
    return result


def market_param(task: Task, *, callback: bool = False) -> str:
    """The request as the record repeats it: JSON in a string, and its input again a string."""
    param: Json = {"callBackUrl": task.callback} if callback and task.callback else {}
    return compact({**param, "input": compact(task.inputs), "model": task.model})


def market_state(task: Task) -> str:
    """waiting, queuing, generating, success or fail."""
    return {State.TEXT: "generating", State.FIRST: "generating"}.get(task.state, task.state.name.lower())


def _market(task: Task, now: float) -> Json:
    del now
    result = result_json(task)
    failed = task.failure if task.state is State.FAIL else None
    spent = 0 if task.state is State.FAIL else float(task.price)
    record: Json = {
        "taskId": task.id,
        "model": task.model,
        "state": market_state(task),
        "param": market_param(task),
        "resultJson": "" if result is None else compact(result),
        "failCode": None if failed is None else str(failed.code),
        "failMsg": None if failed is None else failed.message,
        "costTime": int(task.finished - task.created) if task.finished and failed is None else None,
        "completeTime": millis(task.finished),
        "createTime": millis(task.created),
        "creditsConsumed": spent,
        "operationType": operation(task.operation).task or "generate",
        "paramJson": compact(task.inputs),
        "successFlag": _flag(task),
    }
    if result is not None:
        record["response"] = result
        if task.outcome is not None and task.outcome.songs:
            record |= {"status": "SUCCESS", "type": "chirp-hawk", "parentMusicId": ""}
    return record


def _veo(task: Task, now: float) -> Json:
    del now
    outcome = _show(task)
    response: Json | None = None
    if task.state is State.SUCCESS:
        response = {
            "taskId": task.id,
            "resultUrls": list(outcome.urls),
            "originUrls": None if str(task.inputs.get("aspect_ratio", "16:9")) == "16:9" else list(outcome.urls),
            "fullResultUrls": list(outcome.urls) if outcome.extra.get("full") else None,
            "resolution": str(outcome.extra.get("resolution", "720p")),
            "hasAudioList": [True] * len(outcome.urls),
            "seeds": [10000 + task.seed % 90000],
        }
    stored = {("aspectRatio" if name == "aspect_ratio" else name): held for name, held in _body(task).items()}
    return {
        "taskId": task.id,
        "paramJson": compact(stored),
        "completeTime": millis(task.finished),
        "response": response,
        "successFlag": _flag(task),
        **_error(task),
        "createTime": millis(task.created),
        "fallbackFlag": False,
        "creditsConsumed": 0 if task.state is State.FAIL else float(task.price),
    }


def _gpt4o(task: Task, now: float) -> Json:
    words = {State.SUCCESS: "SUCCESS", State.FAIL: "GENERATE_FAILED"}
    return {
        "taskId": task.id,
        "paramJson": compact(_body(task)),
        "completeTime": millis(task.finished),
        "response": {"resultUrls": list(_show(task).urls)} if task.state is State.SUCCESS else None,
        "successFlag": _flag(task, 2),
        "status": words.get(task.state, "GENERATING"),
        **_error(task),
        "createTime": millis(task.created),
        "progress": f"{task.progress(now):.2f}",
    }


def _flux(task: Task, now: float) -> Json:
    del now
    outcome = _show(task)
    done = {"originImageUrl": outcome.extra.get("origin") or "", "resultImageUrl": (*outcome.urls, "")[0]}
    return {
        "taskId": task.id,
        "paramJson": compact(_body(task)),
        "completeTime": iso(task.finished),
        "response": done if task.state is State.SUCCESS else None,
        "successFlag": _flag(task),
        **_error(task),
        "createTime": iso(task.created),
    }


def _runway(task: Task, now: float) -> Json:
    del now
    outcome = _show(task)
    states = {State.WAITING: "wait", State.QUEUING: "queueing"}
    failed = task.failure if task.state is State.FAIL else None
    video = {
        "videoId": f"{task.id[:8]}{task.id[8:][::-1]}",
        "taskId": task.id,
        "videoUrl": (*outcome.urls, "")[0],
        "imageUrl": (*outcome.covers, "")[0],
    }
    return {
        "taskId": task.id,
        "parentTaskId": str(task.inputs.get("taskId") or ""),
        "generateParam": {
            "prompt": task.inputs.get("prompt"),
            "imageUrl": task.inputs.get("imageUrl") or "",
            "expandPrompt": True,
        },
        "state": states.get(task.state, task.state.name.lower()),
        "generateTime": words_of(task.finished or task.created),
        "videoInfo": video if task.state is State.SUCCESS else None,
        "failCode": failed.code if failed else None,
        "failMsg": failed.message if failed else None,
        "expireFlag": 0,
    }


def _aleph(task: Task, now: float) -> Json:
    del now
    outcome = _show(task)
    done = {
        "taskId": task.id,
        "resultVideoUrl": (*outcome.urls, "")[0],
        "resultImageUrl": (*outcome.covers, "")[0],
    }
    return {
        "taskId": task.id,
        "paramJson": compact(_body(task)),
        "response": done if task.state is State.SUCCESS else None,
        "completeTime": millis(task.finished),
        "createTime": millis(task.created),
        "successFlag": _flag(task),
        **_error(task, fine=0),
    }


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


def _suno(task: Task, now: float) -> Json:
    del now
    songs = list(_show(task).songs)
    if task.state is State.FIRST:
        songs = songs[:1]
    data = [{_CAMEL.get(key, key): held for key, held in song.items()} for song in songs]
    words = {
        State.TEXT: "TEXT_SUCCESS",
        State.FIRST: "FIRST_SUCCESS",
        State.SUCCESS: "SUCCESS",
        State.FAIL: "GENERATE_AUDIO_FAILED",
    }
    short = task.operation.rpartition("/")[2].replace("-", "_")
    return {
        "taskId": task.id,
        "parentMusicId": str(task.inputs.get("audioId") or ""),
        "param": compact(_body(task)),
        "response": {"taskId": task.id, "sunoData": data} if data else None,
        "status": words.get(task.state, "PENDING"),
        "type": "chirp-hawk",
        "operationType": _OPERATION_TYPES.get(task.operation, short),
        **_error(task, quiet=None),
        "createTime": millis(task.created),
    }


def lyrics_data(task: Task, *, camel: bool) -> list[Json]:
    """The texts of a lyrics task."""
    held = (_show(task).object or {}).get("lyricsData", [])
    error = "errorMessage" if camel else "error_message"
    return [
        {"text": text["text"], "title": text["title"], "status": text["status"], error: text["error_message"]}
        for text in held
    ]


def _lyrics(task: Task, now: float) -> Json:
    del now
    words = {State.SUCCESS: "SUCCESS", State.FAIL: "GENERATE_LYRICS_FAILED"}
    done = {"taskId": task.id, "data": lyrics_data(task, camel=True)}
    return {
        "taskId": task.id,
        "param": compact(_body(task)),
        "response": done if task.state is State.SUCCESS else None,
        "status": words.get(task.state, "PENDING"),
        "type": "LYRICS",
        **_error(task, quiet=None),
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
            **_error(task, quiet=None),
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
    held = _show(task).extra.get("stems", {})
    urls: Json = {}
    for name in _STEM_FIELDS:
        first, *rest = name.split("_")
        urls[f"{first}{''.join(part.title() for part in rest)}Url"] = held.get(name)
    return {"id": None, "originUrl": None, "originData": _show(task).extra.get("tracks", []), **urls}


def _midi(task: Task, now: float) -> Json:
    del now
    error = _error(task, quiet=None)
    error["errorCode"] = None if error["errorCode"] is None else str(error["errorCode"])
    return {
        "taskId": task.id,
        "recordTaskId": -1,
        "audioId": str(task.inputs.get("audioId") or ""),
        "callbackUrl": task.callback,
        "completeTime": millis(task.finished),
        "midiData": _show(task).object,
        "successFlag": _flag(task),
        "createTime": millis(task.created),
        **error,
    }


def _cover(task: Task, now: float) -> Json:
    del now
    flag = 2 if task.state is State.GENERATING else _flag(task)
    return {
        "taskId": task.id,
        "parentTaskId": str(task.inputs.get("taskId") or ""),
        "callbackUrl": task.callback,
        "completeTime": iso(task.finished),
        "response": {"images": list(_show(task).urls)} if task.state is State.SUCCESS else None,
        "successFlag": flag,
        "createTime": iso(task.created),
        **_error(task, fine=200),
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
        "validateInfo": (_show(task).object or {}).get("validateInfo"),
        "status": words.get(task.state, "processing_validate"),
        **_error(task, quiet=None),
        "createTime": millis(task.created),
    }


def _voice(task: Task, now: float) -> Json:
    del now
    words = {State.SUCCESS: "success", State.FAIL: "fail"}
    return {
        "taskId": task.id,
        "voiceId": (_show(task).object or {}).get("voiceId"),
        "status": words.get(task.state, "wait_processing"),
        **_error(task, quiet=None),
        "createTime": millis(task.created),
    }


def _luma(task: Task, now: float) -> Json:
    del now
    done = {
        "taskId": task.id,
        "resultUrls": list(_show(task).urls),
        "originUrls": [task.inputs.get("videoUrl")],
    }
    return {
        "taskId": task.id,
        "paramJson": compact(_body(task)),
        "completeTime": millis(task.finished),
        "response": done if task.state is State.SUCCESS else None,
        "successFlag": _flag(task),
        **_error(task),
        "createTime": millis(task.created),
    }


def _mj(task: Task, now: float) -> Json:
    del now
    done = {"resultUrls": [{"resultUrl": url} for url in _show(task).urls]}
    return {
        "taskId": task.id,
        "taskType": task.inputs.get("taskType"),
        "paramJson": compact(_body(task)),
        "completeTime": millis(task.finished),
        "resultInfoJson": done if task.state is State.SUCCESS else None,
        "successFlag": _flag(task),
        **_error(task),
        "createTime": millis(task.created),
    }


def _service(task: Task, now: float) -> Json:
    failed = task.failure if task.state is State.FAIL else None
    return {
        "taskId": task.id,
        "status": _flag(task, 2),
        "progress": round(task.progress(now), 2),
        "resultUrls": list(_show(task).urls) if task.state is State.SUCCESS else [],
        "errorCode": failed.code if failed else None,
        "errorMessage": failed.message if failed else None,
        "createTime": millis(task.created),
        "completeTime": millis(task.finished),
    }


_RECORDS: dict[str, Callable[[Task, float], Json]] = {
    "market": _market,
    "veo": _veo,
    "veo-4k": _veo,
    "gpt4o": _gpt4o,
    "flux": _flux,
    "runway": _runway,
    "aleph": _aleph,
    "suno": _suno,
    "recovery": _suno,
    "lyrics": _lyrics,
    "wav": _worded(lambda task: {"audioWavUrl": (*_show(task).urls, "")[0]}, "GENERATE_WAV_FAILED"),
    "mp4": _worded(lambda task: {"videoUrl": (*_show(task).urls, "")[0]}, "GENERATE_MP4_FAILED"),
    "vocal": _worded(_stems, "GENERATE_AUDIO_FAILED"),
    "midi": _midi,
    "cover": _cover,
    "voice-validate": _phrase,
    "voice": _voice,
    "luma": _luma,
    "mj": _mj,
    "service": _service,
}


def record(task: Task, now: float) -> Json:
    """The record of a task, for its family's query endpoint."""
    return _RECORDS[operation(task.operation).family](task, now)
