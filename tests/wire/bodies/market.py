"""Replies of recordInfo: every model on createTask."""

from __future__ import annotations

import json
from typing import Any

from tests.wire.cases import CDN, Case, bad, envelope, good, song

__all__ = ["CASES", "record"]

A, B, C = (f"{CDN}/{name}" for name in ("a.png", "b.png", "c.mp4"))
_KNOWS = "kie.ai knows no task 't'"
TASK = "0123456789abcdef0123456789abcdef"


def record(state: str | None, **more: Any) -> dict[str, Any]:
    """Make a record as recordInfo has it since April 2026."""
    inner = json.dumps({"prompt": "A fox", "image_urls": [f"{CDN}/not-a-result.png"]})
    out = {
        "taskId": TASK,
        "model": "vendor/some-model",
        "state": state,
        "param": json.dumps({"input": inner, "model": "vendor/some-model", "callBackUrl": "https://me.example.com/h"}),
        "resultJson": "",
        "failCode": None,
        "failMsg": None,
        "costTime": None,
        "completeTime": None,
        "createTime": 1776323960936,
        **more,
    }
    return {key: value for key, value in out.items() if value is not ...}


def _done(result: Any, *, text: bool = True, **more: Any) -> dict[str, Any]:
    return record(
        "success",
        resultJson=json.dumps(result) if text else result,
        costTime=21,
        completeTime=1776323982000,
        **more,
    )


def _m(name: str, found: Any, state: str, /, **expected: Any) -> Case:
    return good("market", name, found, state, **expected)


SONGS = [song(1, snake=True), song(2, snake=True)]
SONG_LINKS = (f"{CDN}/song1.mp3", f"{CDN}/song2.mp3")
SONG_EXTRAS = {
    "cover": (f"{CDN}/song1.jpeg", f"{CDN}/song2.jpeg"),
    "stream": (f"{CDN}/song1-stream", f"{CDN}/song2-stream"),
}

CASES: list[Case] = [
    _m("waiting", record("waiting"), "queued", word="waiting", progress=None, credits=None),
    _m("waiting, resultJson null", record("waiting", resultJson=None), "queued", groups=(6,)),
    _m("waiting, credits held", record("waiting", creditsConsumed=18.0), "queued", credits="18", groups=(19, 12)),
    _m("queuing", record("queuing", progress=0), "queued", progress=0.0, groups=(11,)),
    _m("generating with progress", record("generating", progress=45), "running", progress=0.45, groups=(11,)),
    _m("progress as text", record("generating", progress="45"), "running", progress=0.45),
    _m("progress above the full", record("generating", progress=140), "running", progress=1.0),
    _m("progress below nothing", record("generating", progress=-5), "running", progress=0.0),
    _m("progress that is none", record("generating", progress="soon"), "running", progress=None),
    _m("success", _done({"resultUrls": [A]}), "succeeded", outputs=(A,), progress=1.0, data={"resultUrls": [A]}),
    _m("success, several", _done({"resultUrls": [A, B, A]}), "succeeded", outputs=(A, B)),
    _m("result an object", _done({"resultUrls": [A]}, text=False), "succeeded", outputs=(A,), groups=(6,)),
    _m("result encoded twice", _done(json.dumps({"resultUrls": [A]})), "succeeded", outputs=(A,), groups=(6, 7)),
    _m("links as one text", _done({"resultUrls": f"[{A}, {B}]"}), "succeeded", outputs=(A, B)),
    _m("one link, no list", _done({"resultUrls": A}), "succeeded", outputs=(A,)),
    _m(
        "other links beside the results are no results",
        _done({"resultUrls": [A], "previewUrl": B, "seedUrl": C}),
        "succeeded",
        outputs=(A,),
    ),
    _m(
        "record of September",
        _done(
            {"resultUrls": [A]},
            creditsConsumed="4.0",
            operationType="generate",
            successFlag=1,
            paramJson="{}",
            response={"resultUrls": [A]},
        ),
        "succeeded",
        outputs=(A,),
        credits="4.0",
        groups=(12, 13),
    ),
    _m(
        "only response holds the result",
        record("success", response={"resultUrls": [A], "helpUrl": B}),
        "succeeded",
        outputs=(A,),
        data={"resultUrls": [A], "helpUrl": B},
        groups=(13,),
    ),
    _m("response as text", record("success", response=json.dumps({"resultUrls": [A]})), "succeeded", outputs=(A,)),
    _m("response by an unknown key", record("success", response={"files": {"big": A}}), "succeeded", outputs=(A,)),
    _m("result by an unknown key", _done({"layers": [{"url": A}, {"url": B}]}), "succeeded", outputs=(A, B)),
    _m(
        "success, result not there yet: wait on",
        record("success", resultJson=""),
        "running",
        settling=True,
        word="success",
        progress=None,
        groups=(6,),
    ),
    _m(
        "frames of a video",
        _done({"resultUrls": [C], "firstFrameUrl": A, "lastFrameUrl": B}),
        "succeeded",
        outputs=(C,),
        extras={"first_frame": (A,), "last_frame": (B,)},
    ),
    _m(
        "with and without watermark",
        _done({"resultUrls": [C], "resultWaterMarkUrls": [A]}),
        "succeeded",
        outputs=(C,),
        extras={"watermarked": (A,)},
    ),
    _m("songs", _done({"data": SONGS}), "succeeded", outputs=SONG_LINKS, extras=SONG_EXTRAS, groups=(26,)),
    _m(
        "sounds: an envelope inside the result",
        _done({"code": 200, "msg": "success", "task_id": TASK, "data": SONGS}, status="SUCCESS", type="sounds"),
        "succeeded",
        outputs=SONG_LINKS,
        extras=SONG_EXTRAS,
        groups=(26,),
    ),
    _m(
        "songs in camelCase",
        _done({"data": [{**song(1, snake=False), "sourceUrl": A, "videoUrl": C}]}),
        "succeeded",
        outputs=(f"{CDN}/song1.mp3",),
    ),
    _m("songs with a link beside", _done({"data": [{"audio_url": A, "videoUrl": C}]}), "succeeded", outputs=(A,)),
    _m(
        "lyrics",
        _done({"resultObject": {"lyricsData": [{"text": "One", "title": "A"}, {"text": "Two", "title": "B"}]}}),
        "succeeded",
        result="text",
        text="One",
        texts=("One", "Two"),
        groups=(26,),
    ),
    _m("lyrics, flat", _done({"lyricsData": [{"text": "One"}]}), "succeeded", result="text", text="One"),
    _m("text in data", _done({"data": [{"text": "One"}]}), "succeeded", result="text", text="One"),
    _m("a transcript", _done({"resultObject": {"text": "Hello"}}), "succeeded", result="text", text="Hello"),
    _m("a text, flat", _done({"text": "Hello"}), "succeeded", result="text", text="Hello"),
    _m("a style", _done({"resultObject": {"result": "folk"}}), "succeeded", result="text", text="folk"),
    _m("a style, flat", _done({"result": "folk"}), "succeeded", result="text", text="folk"),
    _m("text is wanted and not there", _done({}), "running", result="text", settling=True),
    _m(
        "whether a person is in the picture",
        _done({"resultObject": {"subject_status": 1}}),
        "succeeded",
        result="data",
        data={"resultObject": {"subject_status": 1}},
        groups=(36,),
    ),
    _m(
        "masks",
        _done({"resultObject": {"mask_urls": [A, B], "helpUrl": C}}),
        "succeeded",
        outputs=(A, B),
        groups=(36,),
    ),
    _m("results inside an object", _done({"resultObject": {"resultUrls": [A], "b": B}}), "succeeded", outputs=(A,)),
    _m(
        "data beside an empty result",
        record("success", resultJson="", resultObject={"subject_status": 0}),
        "succeeded",
        result="data",
        data={"subject_status": 0},
    ),
    _m("failed", record("fail", failCode="500", failMsg="Internal Error"), "failed", error=("500", "Internal Error")),
    _m(
        "failed, credits given back or not: as reported",
        record("fail", failCode="400", failMsg="Refused.", costTime=None, resultJson=None, consumeCredits=12),
        "failed",
        error=("400", "Refused."),
        credits="12",
        groups=(6, 8, 9, 19),
    ),
    _m("failCode a number", record("fail", failCode=422, failMsg="No."), "failed", error=("422", "No."), groups=(9,)),
    _m(
        "failCode a word",
        record("fail", failCode="GENERATION_FAILED", failMsg="No."),
        "failed",
        error=("GENERATION_FAILED", "No."),
        groups=(9,),
    ),
    _m("failed without a reason", record("fail", failCode="", failMsg=""), "failed", error=("", ""), groups=(9,)),
    _m(
        "a word after success counts for nothing",
        _done({"resultUrls": [A]}, failCode="", failMsg=""),
        "succeeded",
        outputs=(A,),
        groups=(9,),
    ),
    _m(
        "refused upstream at submit",
        record("fail", failCode="422", failMsg="generate playground failed, task id is blank"),
        "failed",
        error=("422", "generate playground failed, task id is blank"),
        groups=(17,),
    ),
    *(
        _m(
            f"a text of another system: {text}",
            record("fail", failCode=code, failMsg=text),
            "failed",
            error=(code, text),
            groups=(18,),
        )
        for code, text in (
            ("500", "499 Client Closed Request"),
            ("500", "Director: unexpected error handling prediction (E9243)"),
            ("422", "429 Too Many Requests for url"),
            ("422", "The input was flagged as sensitive"),
        )
    ),
    _m("an unknown word is pending", record("pondering"), "running", word="pondering", unknown=True),
    _m("no word at all is pending", record(None), "running", word=None),
    _m("only param holds links: no results", record("generating"), "running", outputs=(), groups=(7,)),
    _m("param an object", record("waiting", param={"input": {"image_urls": [A]}}), "queued", outputs=(), groups=(7,)),
    bad(
        "market",
        "absent: 422",
        envelope(None, 422, "recordInfo is null"),
        "TaskNotFound",
        code="422",
        told=_KNOWS,
        groups=(2, 3),
    ),
    bad("market", "absent: no data", envelope(None), "TaskNotFound", code="200", told=_KNOWS, groups=(3,)),
    bad("market", "absent: 404", envelope(None, 404, "Not Found"), "TaskNotFound", code="404", told=_KNOWS),
    _m("a record without anything", {}, "running"),
    bad("market", "no key", {"code": 401, "msg": "Unauthorized"}, "AuthenticationError", code="401", groups=(1, 2)),
    bad("market", "too often", envelope(None, 429, "Slow down."), "RateLimited", code="429", groups=(1,)),
    bad("market", "own cap of the key", envelope(None, 433, "limit"), "AuthenticationError", code="433"),
    bad("market", "server fault", envelope(None, 500, "Server exception"), "ServiceError", code="500", groups=(1,)),
    bad("market", "code a text", envelope(None, "455", "Maintenance"), "ModelUnavailable", code="455"),
    bad("market", "message instead of msg", {"code": 402, "message": "Top up"}, "InsufficientCredits", code="402"),
    Case(
        "a failure with a good record's shape but the code 501",
        "market",
        envelope(record("fail", failCode="501", failMsg="No."), 501, "Playground task failed."),
        "failed",
        error=("501", "No."),
    ),
    Case(
        "the code 501 alone is a failure of the task",
        "market",
        envelope(None, 501, "No."),
        "failed",
        error=("501", "No."),
        word="501",
    ),
    Case("a record with an odd code is believed", "market", envelope(record("generating"), 500, "?"), "running"),
    bad("market", "odd code, no state", envelope({"x": 1}, 500, "Broken"), "ServiceError", code="500"),
]
