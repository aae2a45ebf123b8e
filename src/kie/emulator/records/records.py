"""The answers of the query endpoints, by family, as on the wire (CONTRACT §3, §7, recordings)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kie.emulator.families import operation
from kie.emulator.records.music import MUSIC
from kie.emulator.records.parts import Json, body_of, compact, error_fields, flag, iso, millis, number, show, words_of
from kie.emulator.results.files import RESULT_LIFE
from kie.emulator.tasks import State, Task

if TYPE_CHECKING:
    from collections.abc import Callable


def result_json(task: Task) -> Json | None:
    """The result of a market task: what resultJson holds, as an object."""
    outcome = show(task)
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


#: Fields that a record repeats as numbers although they were sent as text: recorded 2026-04-16 and 2026-04-30.
_NUMBERS = {"grok-imagine/text-to-video": "duration", "grok-imagine/image-to-video": "duration"}


def _repeated(task: Task) -> str:
    """The input as the record repeats it."""
    name = _NUMBERS.get(task.model, "")
    given = task.inputs.get(name)
    number = {name: int(given)} if isinstance(given, str) and given.isdecimal() else {}
    return compact({**task.inputs, **number})


def market_param(task: Task, *, callback: bool = False) -> str:
    """The request as the record repeats it: JSON in a string, and its input again a string."""
    param: Json = {"callBackUrl": task.callback} if callback and task.callback else {}
    return compact({**param, "input": _repeated(task), "model": task.model})


def market_state(task: Task) -> str:
    """waiting, queuing, generating, success or fail."""
    return {State.TEXT: "generating", State.FIRST: "generating"}.get(task.state, task.state.name.lower())


def _market(task: Task, now: float) -> Json:
    del now
    result = result_json(task)
    failed = task.failure if task.state is State.FAIL else None
    spent = 0 if task.state is State.FAIL else number(task.price)
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
        "paramJson": _repeated(task),
        "successFlag": flag(task),
    }
    if result is not None:
        record["response"] = result
        if task.outcome is not None and task.outcome.songs:
            record |= {"status": "SUCCESS", "type": "chirp-hawk", "parentMusicId": ""}
    return record


def _veo(task: Task, now: float) -> Json:
    del now
    outcome = show(task)
    response: Json | None = None
    if task.state is State.SUCCESS:
        response = {
            "taskId": task.id,
            "resultUrls": list(outcome.urls),
            "originUrls": None if str(task.inputs.get("aspect_ratio", "16:9")) == "16:9" else list(outcome.urls),
            "fullResultUrls": list(outcome.urls) if outcome.extra.get("full") else [],
            "resolution": str(outcome.extra.get("resolution", "720p")),
            "hasAudioList": [True] * len(outcome.urls),
            "seeds": [10000 + task.seed % 90000],
        }
    stored = {("aspectRatio" if name == "aspect_ratio" else name): held for name, held in body_of(task).items()}
    return {
        "taskId": task.id,
        "paramJson": compact(stored),
        "completeTime": millis(task.finished),
        "response": response,
        "successFlag": flag(task),
        **error_fields(task),
        "createTime": millis(task.created),
        "fallbackFlag": False,
        "creditsConsumed": 0 if task.state is State.FAIL else number(task.price),
    }


def _gpt4o(task: Task, now: float) -> Json:
    words = {State.SUCCESS: "SUCCESS", State.FAIL: "GENERATE_FAILED"}
    return {
        "taskId": task.id,
        "paramJson": compact(body_of(task)),
        "completeTime": millis(task.finished),
        "response": {"resultUrls": list(show(task).urls)} if task.state is State.SUCCESS else None,
        "successFlag": flag(task, 2),
        "status": words.get(task.state, "GENERATING"),
        **error_fields(task),
        "createTime": millis(task.created),
        "progress": f"{task.progress(now):.2f}",
    }


def _flux(task: Task, now: float) -> Json:
    del now
    outcome = show(task)
    done = {"originImageUrl": outcome.extra.get("origin") or "", "resultImageUrl": (*outcome.urls, "")[0]}
    return {
        "taskId": task.id,
        "paramJson": compact(body_of(task)),
        "completeTime": iso(task.finished),
        "response": done if task.state is State.SUCCESS else None,
        "successFlag": flag(task),
        **error_fields(task),
        "createTime": iso(task.created),
    }


def _runway(task: Task, now: float) -> Json:
    outcome = show(task)
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
        "expireFlag": int(task.finished is not None and now > task.finished + RESULT_LIFE),
    }


def _aleph(task: Task, now: float) -> Json:
    del now
    outcome = show(task)
    done = {
        "taskId": task.id,
        "resultVideoUrl": (*outcome.urls, "")[0],
        "resultImageUrl": (*outcome.covers, "")[0],
    }
    return {
        "taskId": task.id,
        "paramJson": compact(body_of(task)),
        "response": done if task.state is State.SUCCESS else None,
        "completeTime": millis(task.finished),
        "createTime": millis(task.created),
        "successFlag": flag(task),
        **error_fields(task, fine=0),
    }


def _luma(task: Task, now: float) -> Json:
    del now
    done = {
        "taskId": task.id,
        "resultUrls": list(show(task).urls),
        "originUrls": [task.inputs.get("videoUrl")],
    }
    return {
        "taskId": task.id,
        "paramJson": compact(body_of(task)),
        "completeTime": millis(task.finished),
        "response": done if task.state is State.SUCCESS else None,
        "successFlag": flag(task),
        **error_fields(task),
        "createTime": millis(task.created),
    }


def _mj(task: Task, now: float) -> Json:
    del now
    done = {"resultUrls": [{"resultUrl": url} for url in show(task).urls]}
    return {
        "taskId": task.id,
        "taskType": task.inputs.get("taskType"),
        "paramJson": compact(body_of(task)),
        "completeTime": millis(task.finished),
        "resultInfoJson": done if task.state is State.SUCCESS else None,
        "successFlag": flag(task),
        **error_fields(task),
        "createTime": millis(task.created),
    }


def _service(task: Task, now: float) -> Json:
    failed = task.failure if task.state is State.FAIL else None
    return {
        "taskId": task.id,
        "status": flag(task, 2),
        "progress": round(task.progress(now), 2),
        "resultUrls": list(show(task).urls) if task.state is State.SUCCESS else [],
        "errorCode": failed.code if failed else None,
        "errorMessage": failed.message if failed else None,
        "createTime": millis(task.created),
        "completeTime": millis(task.finished),
    }


_RECORDS: dict[str, Callable[[Task, float], Json]] = {
    **MUSIC,
    "market": _market,
    "veo": _veo,
    "veo-4k": _veo,
    "gpt4o": _gpt4o,
    "flux": _flux,
    "runway": _runway,
    "aleph": _aleph,
    "luma": _luma,
    "mj": _mj,
    "service": _service,
}


def record(task: Task, now: float) -> Json:
    """The record of a task, for its family's query endpoint."""
    return _RECORDS[operation(task.operation).family](task, now)
