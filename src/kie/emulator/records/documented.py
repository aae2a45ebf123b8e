"""What the documents show where recordings show something else: records and callbacks in that form, by quirk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kie.emulator.families import operation
from kie.emulator.records.parts import compact, iso, words_of
from kie.emulator.tasks import State

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from kie.emulator.tasks import Task

Json = dict[str, Any]

#: The families whose pages show dates in words, or as ISO, where the wire counts milliseconds.
_DATES: dict[str, Callable[[float | None], str | None]] = {
    "aleph": iso,
    "veo": words_of,
    "wav": words_of,
    "mp4": words_of,
    "vocal": words_of,
}
_TIMES = ("createTime", "completeTime")
#: What a failed task's flag is on the page; on the wire it is 3.
_FAILED = {"veo": 2, "aleph": 0}
#: How a record tells that a task failed before it began.
_AT_CREATION: dict[str, Json] = {
    **{family: {"status": "CREATE_TASK_FAILED"} for family in ("suno", "lyrics", "gpt4o")},
    **{family: {"successFlag": "CREATE_TASK_FAILED"} for family in ("wav", "mp4", "vocal")},
    **{family: {"successFlag": 2} for family in ("veo", "flux", "midi", "luma", "mj")},
}
#: The keys of a market record in April 2026: those of the document, and then those of the wire.
PAGE = (
    "taskId",
    "model",
    "state",
    "param",
    "resultJson",
    "failCode",
    "failMsg",
    "costTime",
    "completeTime",
    "createTime",
)


def record(task: Task, held: Json, quirks: Collection[str]) -> Json:
    """A record as the quirks want it."""
    family = operation(task.operation).family
    if "dates-documented" in quirks:
        held = _dated(family, held)
    if "failure-flags-documented" in quirks and task.state is State.FAIL and family in _FAILED:
        held = {**held, "successFlag": _FAILED[family]}
    if "failed-at-creation" in quirks and task.state is State.FAIL:
        held = {**held, **_AT_CREATION.get(family, {})}
    if "record-documented" in quirks and family == "market":
        held = _page(task, held)
    return held


def callback(task: Task, body: Json, quirks: Collection[str]) -> Json:
    """A callback as the quirks want it."""
    family = operation(task.operation).family
    if "dates-documented" in quirks and family == "suno" and body["data"].get("data"):
        body = {**body, "data": {**body["data"], "data": [_song(song) for song in body["data"]["data"]]}}
    if "callback-documented" in quirks:
        change = _CALLBACKS.get(family)
        body = change(task, body) if change is not None else body
    return body


def _dated(family: str, held: Json) -> Json:
    if family in _DATES:
        write = _DATES[family]
        return {**held, **{name: write(held[name] / 1000) for name in _TIMES if held.get(name) is not None}}
    if family == "suno" and held.get("response"):
        songs = [_song(song) for song in held["response"]["sunoData"]]
        return {**held, "response": {**held["response"], "sunoData": songs}}
    return held


def _song(song: Json) -> Json:
    return {**song, "createTime": words_of(song["createTime"] / 1000)}


def _page(task: Task, held: Json) -> Json:
    """The record of the page: its eleven keys, the request nested once, and empty strings where nothing failed."""
    kept = {name: held[name] for name in PAGE}
    called = {"callBackUrl": task.callback} if task.callback else {}
    kept["param"] = compact({"model": task.model, **called, "input": task.inputs})
    kept |= {name: kept[name] or "" for name in ("failCode", "failMsg")}
    return {**kept, "updateTime": held["completeTime"] or held["createTime"]}


def _market(_task: Task, body: Json) -> Json:
    if "failCode" not in body["data"]:
        return body
    return {**body, "data": {**body["data"], "failCode": "GENERATION_FAILED"}}


def _veo(_task: Task, body: Json) -> Json:
    """The lists of addresses as text: [http://…]."""
    info = body["data"].get("info")
    if info is None:
        return body
    text = {name: f"[{', '.join(held)}]" for name, held in info.items() if isinstance(held, list)}
    return {**body, "data": {**body["data"], "info": {**info, **text}}}


def _aleph(task: Task, body: Json) -> Json:
    """Runway's form, which the OpenAPI file of this page repeats."""
    held = body["data"] or {}
    data = {"task_id": task.id, "video_id": task.id, "video_url": held.get("result_video_url", "")}
    return {"code": body["code"], "msg": body["msg"], "data": {**data, "image_url": held.get("result_image_url", "")}}


def _runway(_task: Task, body: Json) -> Json:
    """With all fields, in failures too."""
    return {**body, "data": {"video_id": "", "video_url": "", "image_url": "", **body["data"]}}


_CALLBACKS: dict[str, Callable[[Task, Json], Json]] = {
    "market": _market,
    "veo": _veo,
    "aleph": _aleph,
    "runway": _runway,
}
