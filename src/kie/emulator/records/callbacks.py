"""The bodies that are posted to a client's callback address, by family (CONTRACT §4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kie.emulator.families import operation
from kie.emulator.records.music import lyrics_data
from kie.emulator.records.parts import compact, millis, number
from kie.emulator.records.records import market_param, market_state, result_json
from kie.emulator.tasks import State, Task

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]


def _first(values: tuple[str, ...]) -> str:
    return values[0] if values else ""


def _ok(task: Task) -> bool:
    return task.state is State.SUCCESS


def _code(task: Task) -> int:
    return 200 if task.state is not State.FAIL else task.failure.code if task.failure else 501


def _message(task: Task, fine: str) -> str:
    if task.state is State.FAIL and task.failure is not None:
        return task.failure.message
    return fine


def _market(task: Task) -> Json:
    result = result_json(task)
    data: Json = {
        "taskId": task.id,
        "model": task.model,
        "state": market_state(task),
        "param": market_param(task, callback=True),
        "resultJson": None if result is None else compact(result),
        "costTime": int(task.finished - task.created) if task.finished and _ok(task) else None,
        "createTime": millis(task.created),
        "completeTime": millis(task.finished),
        "updateTime": millis(task.created),
        "creditsConsumed": number(task.price) if _ok(task) else 0,
    }
    if _ok(task):
        return {"code": 200, "msg": "Playground task completed successfully.", "data": data}
    failed = task.failure
    data |= {"failCode": str(failed.code) if failed else "500", "failMsg": failed.message if failed else ""}
    return {"code": 501, "msg": "Playground task failed.", "data": data}


def _veo(task: Task) -> Json:
    data: Json = {"taskId": task.id}
    if _ok(task) and task.outcome is not None:
        urls = list(task.outcome.urls)
        data |= {
            "promptJson": compact({**task.inputs, "callBackUrl": task.callback}),
            "info": {
                "resultUrls": urls,
                "originUrls": urls,
                "resolution": task.outcome.extra.get("resolution"),
            },
        }
    data["fallbackFlag"] = False
    return {"code": _code(task), "msg": _message(task, "Veo3.1 video generated successfully."), "data": data}


def _veo_4k(task: Task) -> Json:
    data: Json = {"taskId": task.inputs.get("taskId") or task.id}
    if _ok(task) and task.outcome is not None:
        data["info"] = {"resultUrls": list(task.outcome.urls), "imageUrls": list(task.outcome.covers)}
    return {"code": _code(task), "msg": _message(task, "4K Video generated successfully."), "data": data}


def _runway(task: Task) -> Json:
    data: Json = {"task_id": task.id}
    outcome = task.outcome
    done = _ok(task) and outcome is not None
    if task.state is State.FAIL and task.operation == "runway/extend":  # documented 2026-04-29: nothing but the id
        return {"code": _code(task), "msg": _message(task, ""), "data": data}
    data["video_id"] = f"{task.id[:8]}{task.id[8:][::-1]}" if done else ""
    data["video_url"] = _first(outcome.urls) if done and outcome else ""
    data["image_url"] = _first(outcome.covers) if done and outcome else ""
    return {"code": _code(task), "msg": _message(task, "All generated successfully."), "data": data}


def _aleph(task: Task) -> Json:
    data: Json | None = None
    if _ok(task) and task.outcome is not None:
        data = {
            "result_video_url": _first(task.outcome.urls),
            "result_image_url": _first(task.outcome.covers),
        }
    return {"code": _code(task), "msg": _message(task, "success"), "data": data, "taskId": task.id}


def _gpt4o(task: Task) -> Json:
    info = {"result_urls": list(task.outcome.urls)} if _ok(task) and task.outcome else None
    return {"code": _code(task), "msg": _message(task, "success"), "data": {"taskId": task.id, "info": info}}


def _flux(task: Task) -> Json:
    info = {"originImageUrl": "", "resultImageUrl": ""}
    if _ok(task) and task.outcome is not None:
        info = {
            "originImageUrl": task.outcome.extra.get("origin") or "",
            "resultImageUrl": _first(task.outcome.urls),
        }
    fine = "BFL image generated successfully."
    return {"code": _code(task), "msg": _message(task, fine), "data": {"taskId": task.id, "info": info}}


_SUNO = {
    State.TEXT: ("text", "Text generation completed successfully."),
    State.FIRST: ("first", "First track generated successfully."),
    State.SUCCESS: ("complete", "All generated successfully."),
    State.FAIL: ("error", "Audio generation failed"),
}


#: Whose failures bring an empty list where others bring null (documented 2026-04-29).
_EMPTY = frozenset({"generate/extend", "generate/upload-cover", "generate/upload-extend"})


def _suno(task: Task) -> Json:
    kind, words = _SUNO[task.state]
    songs: list[Json] | None = list(task.outcome.songs) if task.outcome is not None else []
    if task.state is State.FIRST and songs:
        songs = songs[:1]
    data: Json = {"callbackType": kind, "task_id": task.id}
    if task.state is not State.FAIL:
        data["data"] = songs
    elif task.operation == "generate/replace-section":
        data["error"] = _message(task, words)
    else:
        data["data"] = [] if task.operation in _EMPTY else None
    return {"code": _code(task), "msg": _message(task, words), "data": data}


def _lyrics(task: Task) -> Json:
    held = lyrics_data(task, camel=False) if _ok(task) else None
    data = {"callbackType": "complete", "task_id": task.id, "data": held}
    return {"code": _code(task), "msg": _message(task, "All generated successfully."), "data": data}


def _wav(task: Task) -> Json:
    url = _first(task.outcome.urls) if _ok(task) and task.outcome else None
    return {
        "code": _code(task),
        "msg": _message(task, "success"),
        "data": {"audioWavUrl": url, "task_id": task.id},
    }


def _mp4(task: Task) -> Json:
    url = _first(task.outcome.urls) if _ok(task) and task.outcome else None
    return {
        "code": _code(task),
        "msg": _message(task, "success"),
        "data": {"task_id": task.id, "video_url": url},
    }


def _vocal(task: Task) -> Json:
    info: Json | None = None
    if _ok(task) and task.outcome is not None:
        info = {
            "origin_url": "",
            **{f"{name}_url": url for name, url in task.outcome.extra.get("stems", {}).items()},
        }
    data = {"task_id": task.id, "vocal_separation_info": info}
    return {
        "code": _code(task),
        "msg": _message(task, "vocal separation generated successfully."),
        "data": data,
    }


def _midi(task: Task) -> Json:
    data: Json = {"taskId": task.id}
    if _ok(task) and task.outcome is not None:
        data |= task.outcome.object or {}
    return {"code": _code(task), "msg": _message(task, "success"), "data": data}


def _cover(task: Task) -> Json:
    images = list(task.outcome.urls) if _ok(task) and task.outcome else None
    return {
        "code": _code(task),
        "msg": _message(task, "success"),
        "data": {"taskId": task.id, "images": images},
    }


def _voice(task: Task) -> Json:
    held = (task.outcome.object or {}) if task.outcome is not None and _ok(task) else {}
    return {"code": _code(task), "msg": _message(task, "success"), "data": {"taskId": task.id, **held}}


def _luma(task: Task) -> Json:
    data: Json = {"taskId": task.id, "promptJson": compact(task.inputs)}
    if _ok(task) and task.outcome is not None:
        data["resultUrls"] = list(task.outcome.urls)
    fine = "Modify record generated successfully."
    return {"code": _code(task), "msg": _message(task, fine), "data": data}


def _service(task: Task) -> Json:
    urls = list(task.outcome.urls) if _ok(task) and task.outcome else []
    return {
        "code": _code(task),
        "msg": _message(task, "success"),
        "data": {"taskId": task.id, "resultUrls": urls},
    }


_BODIES: dict[str, Callable[[Task], Json]] = {
    "market": _market,
    "veo": _veo,
    "veo-4k": _veo_4k,
    "gpt4o": _gpt4o,
    "flux": _flux,
    "runway": _runway,
    "aleph": _aleph,
    "suno": _suno,
    "recovery": _suno,
    "lyrics": _lyrics,
    "wav": _wav,
    "mp4": _mp4,
    "vocal": _vocal,
    "midi": _midi,
    "cover": _cover,
    "voice-validate": _voice,
    "voice": _voice,
    "luma": _luma,
    "mj": _service,
    "service": _service,
}


def body(task: Task) -> Json | None:
    """What is posted about a task in its present state; None when its family posts nothing now."""
    family = operation(task.operation).family
    if task.state in {State.TEXT, State.FIRST} and family != "suno":
        return None
    return _BODIES[family](task)
