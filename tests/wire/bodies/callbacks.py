"""What is posted to a callback address, by family."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tests.wire.cases import CDN, song

__all__ = ["CASES", "Post"]

A, B, C = (f"{CDN}/{name}" for name in ("a.mp4", "b.mp4", "c.png"))
SONGS = [song(1, snake=True), song(2, snake=True)]
SONG_LINKS = (f"{CDN}/song1.mp3", f"{CDN}/song2.mp3")


@dataclass(frozen=True, slots=True)
class Post:
    """A post and what it claims."""

    name: str
    body: dict[str, Any]
    state: str
    task_id: str | None = "t-1"
    stage: str | None = None
    outputs: tuple[str, ...] = ()
    error: tuple[str, str] | None = None
    credits: str | None = None
    model: str | None = None
    groups: tuple[int, ...] = ()


def _post(data: Any, code: Any = 200, msg: str = "All good.", **more: Any) -> dict[str, Any]:
    return {"code": code, "msg": msg, "data": data, **more}


def _market(state: str, **more: Any) -> dict[str, Any]:
    inner = json.dumps({"image_urls": [f"{CDN}/not-a-result.png"]})
    return {
        "taskId": "t-1",
        "model": "z-image",
        "state": state,
        "param": json.dumps({"input": inner, "callBackUrl": "https://me.example.com/h"}),
        "costTime": 9,
        "createTime": 1776323960936,
        "updateTime": 1776323960936,
        **more,
    }


CASES: list[Post] = [
    Post(
        "market, success",
        _post(_market("success", resultJson=json.dumps({"resultUrls": [C]}), creditsConsumed=0.8)),
        "succeeded",
        outputs=(C,),
        credits="0.8",
        model="z-image",
        groups=(7, 10),
    ),
    Post(
        "market, older names of the money",
        _post(_market("success", resultJson={"resultUrls": [C]}, consumeCredits=12, remainedCredits=3)),
        "succeeded",
        outputs=(C,),
        credits="12",
        model="z-image",
        groups=(6,),
    ),
    Post(
        "market, result by another key",
        _post(_market("success", resultJson=json.dumps({"videos": [{"url": A}]}))),
        "succeeded",
        outputs=(A,),
        model="z-image",
    ),
    Post(
        "market, failure",
        _post(_market("fail", resultJson=None, failCode="500", failMsg="Internal Error"), 501, "Task failed."),
        "failed",
        error=("500", "Internal Error"),
        model="z-image",
        groups=(6, 9),
    ),
    Post(
        "market, failure in a word",
        _post(_market("fail", resultJson=None, failCode="GENERATION_FAILED", failMsg="No."), 501, "Task failed."),
        "failed",
        error=("GENERATION_FAILED", "No."),
        model="z-image",
        groups=(9,),
    ),
    Post(
        "market, failure by its state though the code is good",
        _post(_market("fail", resultJson=json.dumps({"resultUrls": [C]}), failMsg="No.")),
        "failed",
        error=("", "No."),
        model="z-image",
    ),
    Post("market, at work", _post(_market("generating")), "running", model="z-image"),
    Post("market, in the queue", _post(_market("queuing")), "queued", model="z-image"),
    Post(
        "veo, success",
        _post({"taskId": "t-1", "promptJson": {"prompt": "x"}, "info": {"resultUrls": [A], "originUrls": [B]}}),
        "succeeded",
        outputs=(A,),
        groups=(20,),
    ),
    Post(
        "veo, prompt as a text",
        _post({"taskId": "t-1", "promptJson": '{"prompt":"x"}', "info": {"resultUrls": [A]}, "fallbackFlag": True}),
        "succeeded",
        outputs=(A,),
        groups=(20,),
    ),
    Post(
        "veo on createTask, links as one text",
        _post({"taskId": "t-1", "info": {"resultUrls": f"[{A}, {B}]", "originUrls": f"[{B}]"}}),
        "succeeded",
        outputs=(A, B),
        groups=(20,),
    ),
    *(
        Post(
            f"veo, failure {code}, {data!r}",
            _post(data, code, "Refused."),
            "failed",
            error=(str(code), "Refused."),
            groups=(20,),
        )
        for code in (400, 422, 500, 501)
        for data in ({"taskId": "t-1", "fallbackFlag": False}, {"taskId": "t-1"})
    ),
    Post(
        "veo 4K, success",
        _post({"taskId": "t-1", "info": {"resultUrls": [A], "imageUrls": [C]}}),
        "succeeded",
        outputs=(A,),
    ),
    Post("veo 4K, failure", _post({"taskId": "t-1"}, 500, "No."), "failed", error=("500", "No.")),
    Post(
        "runway, success",
        _post({"task_id": "t-1", "video_id": "v-1", "video_url": A, "image_url": C}),
        "succeeded",
        outputs=(A,),
        groups=(23,),
    ),
    Post(
        "runway, failure",
        _post({"task_id": "t-1", "video_id": "", "video_url": "", "image_url": ""}, 400, "Inappropriate."),
        "failed",
        error=("400", "Inappropriate."),
        groups=(23,),
    ),
    Post(
        "aleph, success: the task beside the data",
        _post({"result_video_url": A, "result_image_url": C}, taskId="t-1"),
        "succeeded",
        outputs=(A,),
        groups=(22,),
    ),
    Post("aleph, failure", _post(None, 400, "No.", taskId="t-1"), "failed", error=("400", "No."), groups=(22,)),
    Post(
        "4o, success, in snake case",
        _post({"taskId": "t-1", "info": {"result_urls": [C]}}),
        "succeeded",
        outputs=(C,),
        groups=(24,),
    ),
    Post("4o, failure", _post({"taskId": "t-1", "info": None}, 451, "No."), "failed", error=("451", "No.")),
    Post(
        "flux, success",
        _post({"taskId": "t-1", "info": {"originImageUrl": B, "resultImageUrl": C}}),
        "succeeded",
        outputs=(C,),
        groups=(25,),
    ),
    Post(
        "flux, failure, both links empty",
        _post({"taskId": "t-1", "info": {"originImageUrl": "", "resultImageUrl": ""}}, 501, "No."),
        "failed",
        error=("501", "No."),
        groups=(25,),
    ),
    *(
        Post(
            f"suno, {stage}",
            _post({"callbackType": stage, "task_id": "t-1", "data": songs}),
            state,
            stage=stage,
            outputs=outputs,
            groups=(26,),
        )
        for stage, songs, state, outputs in (
            ("text", [{**SONGS[0], "audio_url": ""}], "running", ()),
            ("first", SONGS[:1], "running", SONG_LINKS[:1]),
            ("complete", SONGS, "succeeded", SONG_LINKS),
        )
    ),
    Post(
        "suno, songs in camelCase",
        _post({"callbackType": "complete", "task_id": "t-1", "data": [song(1, snake=False)]}),
        "succeeded",
        stage="complete",
        outputs=SONG_LINKS[:1],
        groups=(26,),
    ),
    Post(
        "suno, error",
        _post({"callbackType": "error", "task_id": "t-1", "data": None}, 501, "No."),
        "failed",
        stage="error",
        error=("501", "No."),
    ),
    Post(
        "suno, song refunded",
        _post({"callbackType": "complete", "task_id": "t-1", "data": None}, 531, "Refunded."),
        "failed",
        stage="complete",
        error=("531", "Refunded."),
    ),
    Post(
        "lyrics, success",
        _post({"callbackType": "complete", "task_id": "t-1", "data": [{"text": "Rain", "title": "A"}]}),
        "succeeded",
        stage="complete",
    ),
    Post(
        "lyrics, failure that says complete",
        _post({"callbackType": "complete", "task_id": "t-1", "data": None}, 400, "No."),
        "failed",
        stage="complete",
        error=("400", "No."),
        groups=(26,),
    ),
    Post("wav, success", _post({"audioWavUrl": A, "task_id": "t-1"}), "succeeded", outputs=(A,), groups=(26,)),
    Post("wav, snake case", _post({"audio_wav_url": A, "task_id": "t-1"}), "succeeded", outputs=(A,)),
    Post("wav, failure", _post({"audioWavUrl": None, "task_id": "t-1"}, 500, "No."), "failed", error=("500", "No.")),
    Post(
        "stems, success",
        _post({"task_id": "t-1", "vocal_separation_info": {"origin_url": C, "vocal_url": A, "instrumental_url": B}}),
        "succeeded",
        outputs=(A, B),
    ),
    Post(
        "stems, failure",
        _post({"task_id": "t-1", "vocal_separation_info": None}, 500, "No."),
        "failed",
        error=("500", "No."),
    ),
    Post("music video, success", _post({"task_id": "t-1", "video_url": A}), "succeeded", outputs=(A,)),
    Post(
        "music video, failure", _post({"task_id": "t-1", "video_url": None}, 500, "No."), "failed", error=("500", "No.")
    ),
    Post(
        "midi, success",
        _post({"taskId": "t-1", "state": "complete", "instruments": [{"name": "Piano", "notes": [{"start": "0.1"}]}]}),
        "succeeded",
        groups=(26,),
    ),
    Post("midi, failure", _post({"taskId": "t-1"}, 500, "No."), "failed", error=("500", "No.")),
    Post("cover art, success", _post({"taskId": "t-1", "images": [C]}), "succeeded", outputs=(C,)),
    Post("cover art, failure", _post({"taskId": "t-1", "images": None}, 531, "No."), "failed", error=("531", "No.")),
    Post(
        "voice, phrase ready",
        _post({"taskId": "t-1", "status": "wait_validating", "validateInfo": "Seven silver swans"}),
        "succeeded",
        groups=(27,),
    ),
    Post("voice, being made", _post({"taskId": "t-1", "status": "wait_processing"}), "queued", groups=(27,)),
    Post("voice, listening", _post({"taskId": "t-1", "status": "processing_validate"}), "running", groups=(27,)),
    Post(
        "voice, failure",
        _post({"taskId": "t-1", "status": "processing_validate_fail", "errorCode": 500, "errorMessage": "Too short."}),
        "failed",
        error=("500", "Too short."),
        groups=(27,),
    ),
    Post("luma, success", _post({"taskId": "t-1", "promptJson": "{}", "resultUrls": [A]}), "succeeded", outputs=(A,)),
    Post("any service", _post({"taskId": "t-1", "resultUrls": [A]}), "succeeded", outputs=(A,)),
    Post("response of a record", _post({"taskId": "t-1", "response": {"resultUrls": [A]}}), "succeeded", outputs=(A,)),
    Post("task beside the data, snake case", _post({"resultUrls": [A]}, task_id="t-1"), "succeeded", outputs=(A,)),
    Post(
        "market, other links beside the results",
        _post(_market("success", resultJson=json.dumps({"resultUrls": [A], "previewUrl": B}))),
        "succeeded",
        outputs=(A,),
        model="z-image",
    ),
    Post("an error in the data", _post({"taskId": "t-1", "error": "Deep."}, 501), "failed", error=("501", "Deep.")),
    Post("message instead of msg", {"code": 500, "message": "No.", "taskId": "t-1"}, "failed", error=("500", "No.")),
    Post(
        "stage error, code good",
        _post({"callbackType": "error", "task_id": "t-1"}, msg="No."),
        "failed",
        stage="error",
        error=("", "No."),
    ),
    *(
        Post(f"{key} {word!r}, code good", _post({"taskId": "t-1", key: word}, msg="No."), state, error=error)
        for key, words, state, error in (
            ("successFlag", (3, "3"), "failed", ("", "No.")),
            ("successFlag", (1,), "succeeded", None),
            ("state", ("fail", "failed", "error", "FAILED"), "failed", ("", "No.")),
            ("status", ("processing_validate_fail",), "failed", ("", "No.")),
            ("state", ("waiting", "queuing", "wait_processing"), "queued", None),
            ("state", ("generating", "running", "processing_validate"), "running", None),
        )
        for word in words
    ),
    Post("by record id", _post({"recordId": "t-1"}), "succeeded", groups=(10,)),
    Post("no task named", _post({}), "succeeded", task_id=None),
    Post("code a text", _post({"taskId": "t-1"}, "200"), "succeeded"),
]
