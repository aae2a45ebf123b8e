"""Replies of the families with endpoints of their own: Veo, Runway, Aleph, 4o Image, Flux Kontext, Luma, Midjourney."""

from __future__ import annotations

import json
from typing import Any

from tests.wire.cases import CDN, Case, bad, envelope, good

__all__ = ["ABSENT", "CASES", "common"]

A, B, C, D = (f"{CDN}/{name}" for name in ("a.mp4", "b.mp4", "c.png", "d.png"))

#: dialect → the code of a reply about an unknown task.
ABSENT = {
    "aleph": 200,
    "flux-kontext": 422,
    "gpt4o-image": 422,
    "luma": 200,
    "midjourney": 200,
    "runway": 422,
    "service": 404,
    "suno-audio": 200,
    "suno-cover": 200,
    "suno-lyrics": 200,
    "suno-midi": 200,
    "suno-mp4": 200,
    "suno-recovery": 500,
    "suno-vocals": 200,
    "suno-voice": 200,
    "suno-voice-phrase": 200,
    "suno-wav": 200,
    "veo": 422,
}
_GONE = {200: "success", 404: "Not Found", 422: "recordInfo is null", 500: "record does not exist"}
_KNOWS = "kie.ai knows no task 't'"


def common(dialect: str) -> list[Case]:
    """Return what every family with tasks answers alike: unknown tasks, and errors in the envelope."""
    code = ABSENT[dialect]
    return [
        bad(
            dialect,
            "absent",
            envelope(None, code, _GONE[code]),
            "TaskNotFound",
            code=str(code),
            told=_KNOWS,
            groups=(2,),
        ),
        bad(
            dialect, "absent by the other code", envelope(None, 422, "recordInfo is null"), "TaskNotFound", told=_KNOWS
        ),
        bad(dialect, "absent: code 404", envelope(None, 404, "Not Found"), "TaskNotFound", code="404", told=_KNOWS),
        bad(dialect, "absent: no data", envelope(None), "TaskNotFound", code="200", told=_KNOWS),
        bad(dialect, "no key", {"code": 401, "msg": "Unauthorized"}, "AuthenticationError", code="401", groups=(1, 2)),
        bad(dialect, "too often", envelope(None, 429, "Slow down."), "RateLimited", code="429", groups=(1,)),
        bad(dialect, "server fault", envelope(None, 500, "Server exception"), "ServiceError", code="500", groups=(1,)),
        bad(dialect, "refused", envelope(None, 422, "ids is wrong"), "InvalidInput", code="422"),
        Case(
            "failed by the code alone", dialect, envelope(None, 501, "No."), "failed", error=("501", "No."), word="501"
        ),
    ]


def _flagged(flag: Any, **more: Any) -> dict[str, Any]:
    out = {
        "taskId": "t-1",
        "paramJson": json.dumps({"prompt": "A fox", "imageUrls": [D], "callBackUrl": "https://me.example.com/h"}),
        "response": None,
        "successFlag": flag,
        "errorCode": None,
        "errorMessage": "",
        "completeTime": None,
        "createTime": 1776323960936,
    }
    return {**out, **more}


def _failures(dialect: str, *codes: Any) -> list[Case]:
    """Return failures by a flag, and by an error beside a flag that still says "running"."""
    out = []
    for flag, code in ((flag, code) for flag in (2, 3) for code in codes):
        told = _flagged(flag, errorCode=code, errorMessage="Refused.")
        out.append(good(dialect, f"failed {flag}/{code!r}", told, "failed", error=(str(code), "Refused.")))
    told = _flagged(0, errorCode=codes[0], errorMessage="Refused.")
    out.append(
        good(dialect, "running by its flag, failed by its error", told, "failed", error=(str(codes[0]), "Refused."))
    )
    for none in (0, "", 200, "200", "0", None, "null"):
        fine = _flagged(0, errorCode=none)
        out.append(good(dialect, f"no error: {none!r}", fine, "running", error=None))
    return out


VEO = [
    good("veo", "running", _flagged(0, fallbackFlag=False), "running", progress=None, groups=(20,)),
    good(
        "veo",
        "success",
        _flagged(
            1,
            response={
                "taskId": "t-1",
                "resultUrls": [A],
                "originUrls": [B],
                "fullResultUrls": [C],
                "resolution": "1080p",
                "hasAudioList": [True],
                "seeds": [77001],
            },
            creditsConsumed=60,
        ),
        "succeeded",
        outputs=(A,),
        extras={"original": (B,), "full": (C,)},
        credits="60",
        progress=1.0,
        groups=(20,),
    ),
    good("veo", "links as one text", _flagged(1, response={"resultUrls": f'["{A}"]'}), "succeeded", outputs=(A,)),
    good("veo", "links without quotes", _flagged(1, response={"resultUrls": f"[{A}]"}), "succeeded", outputs=(A,)),
    good("veo", "response as text", _flagged(1, response=json.dumps({"resultUrls": [A]})), "succeeded", outputs=(A,)),
    good(
        "veo",
        "only the full ones",
        _flagged(1, response={"fullResultUrls": [A]}),
        "succeeded",
        outputs=(A,),
        extras={"full": (A,)},
    ),
    good("veo", "links beside the response", _flagged(1, resultUrls=[A]), "succeeded", outputs=(A,)),
    good("veo", "success without links: wait on", _flagged(1, response={}), "running", settling=True),
    good(
        "veo",
        "an image whose type lies",
        _flagged(3, errorCode=400, errorMessage="The Google model was unable to generate audio for this request."),
        "failed",
        error=("400", "The Google model was unable to generate audio for this request."),
        groups=(20, 21),
    ),
    good("veo", "data", _flagged(1, response={"resultUrls": [A]}), "succeeded", outputs=(A,), data={"resultUrls": [A]}),
    Case(
        "failed by the code 400", "veo", envelope(None, 400, "Flow refused."), "failed", error=("400", "Flow refused.")
    ),
    Case("failed by the code 451", "veo", envelope(None, 451, "No image."), "failed", error=("451", "No image.")),
    *_failures("veo", 400, 422, 500, "501"),
    *common("veo"),
]

RUNWAY = [
    good("runway", "waiting", {"taskId": "t-1", "state": "wait", "generateTime": ""}, "queued", groups=(23,)),
    good("runway", "queueing", {"taskId": "t-1", "state": "queueing"}, "queued", groups=(23,)),
    good("runway", "generating", {"taskId": "t-1", "state": "generating"}, "running"),
    good(
        "runway",
        "success",
        {
            "taskId": "t-1",
            "parentTaskId": "",
            "generateParam": {"prompt": "A fox", "imageUrl": D},
            "state": "success",
            "generateTime": "2026-04-16 07:19:20",
            "videoInfo": {"videoId": "v-1", "taskId": "t-1", "videoUrl": A, "imageUrl": C},
            "failCode": 0,
            "failMsg": "",
            "expireFlag": 0,
            "creditsConsumed": 12,
        },
        "succeeded",
        outputs=(A,),
        extras={"cover": (C,)},
        credits="12",
        data={"videoId": "v-1", "taskId": "t-1", "videoUrl": A, "imageUrl": C},
        groups=(23,),
    ),
    *(
        good(
            "runway",
            f"expired: {flag!r}",
            {"state": "success", "videoInfo": {"videoUrl": A}, "expireFlag": flag},
            "succeeded",
            outputs=(A,),
            expired=True,
            groups=(34,),
        )
        for flag in (1, "1", True)
    ),
    good(
        "runway",
        "failed with a number",
        {"state": "fail", "failCode": 400, "failMsg": "Inappropriate."},
        "failed",
        error=("400", "Inappropriate."),
        groups=(23,),
    ),
    good("runway", "an error does not decide", {"state": "generating", "failCode": 400, "failMsg": "x"}, "running"),
    Case("failed by the code 451", "runway", envelope(None, 451, "No image."), "failed", error=("451", "No image.")),
    *common("runway"),
]

ALEPH = [
    good("aleph", "running", _flagged(0), "running", groups=(22,)),
    good(
        "aleph",
        "success, times in ISO, error code 0",
        _flagged(
            1,
            response={"taskId": "t-1", "resultVideoUrl": A, "resultImageUrl": C},
            errorCode=0,
            createTime="2026-08-15T14:25:00Z",
            creditsConsumed=110,
        ),
        "succeeded",
        outputs=(A,),
        extras={"cover": (C,)},
        credits="110",
        data={"taskId": "t-1", "resultVideoUrl": A, "resultImageUrl": C},
        groups=(22,),
    ),
    Case("failed by the code 451", "aleph", envelope(None, 451, "No video."), "failed", error=("451", "No video.")),
    *_failures("aleph", 400, "500"),
    *common("aleph"),
]

GPT4O = [
    good(
        "gpt4o-image",
        "running",
        _flagged(0, status="GENERATING", progress="0.42"),
        "running",
        progress=0.42,
        groups=(24,),
    ),
    good(
        "gpt4o-image",
        "success",
        _flagged(
            1, status="SUCCESS", progress="1.00", response={"resultUrls": [C, D]}, errorCode=200, creditsConsumed=6
        ),
        "succeeded",
        outputs=(C, D),
        credits="6",
        data={"resultUrls": [C, D]},
        groups=(24,),
    ),
    good(
        "gpt4o-image",
        "in snake case",
        _flagged(1, response={"result_urls": [C]}),
        "succeeded",
        outputs=(C,),
        groups=(24,),
    ),
    *(
        good(
            "gpt4o-image",
            word,
            _flagged(2, status=word, errorCode=451, errorMessage="No image."),
            "failed",
            error=("451", "No image."),
            groups=(24,),
        )
        for word in ("CREATE_TASK_FAILED", "GENERATE_FAILED")
    ),
    bad("gpt4o-image", "queue full", envelope(None, 550, "Connection denied."), "ServiceError", code="550"),
    Case("failed by the code 400", "gpt4o-image", envelope(None, 400, "Refused."), "failed", error=("400", "Refused.")),
    Case("failed by the code 451", "gpt4o-image", envelope(None, 451, "No file."), "failed", error=("451", "No file.")),
    *_failures("gpt4o-image", 400, 500),
    *common("gpt4o-image"),
]

FLUX = [
    good("flux-kontext", "running", _flagged(0, createTime="2026-01-15T10:33:01"), "running", groups=(25,)),
    good(
        "flux-kontext",
        "success",
        _flagged(1, response={"originImageUrl": D, "resultImageUrl": C}, creditsConsumed=5),
        "succeeded",
        outputs=(C,),
        extras={"original": (D,)},
        credits="5",
        data={"originImageUrl": D, "resultImageUrl": C},
        groups=(25,),
    ),
    good(
        "flux-kontext", "success, empty links", _flagged(1, response={"resultImageUrl": ""}), "running", settling=True
    ),
    Case(
        "failed by the code 400", "flux-kontext", envelope(None, 400, "Refused."), "failed", error=("400", "Refused.")
    ),
    *_failures("flux-kontext", 400, "501"),
    *common("flux-kontext"),
]

LUMA = [
    good(
        "luma",
        "success",
        _flagged(1, response={"resultUrls": [A], "originUrls": [B]}, creditsConsumed=100),
        "succeeded",
        outputs=(A,),
        extras={"original": (B,)},
        credits="100",
        data={"resultUrls": [A], "originUrls": [B]},
    ),
    good("luma", "links beside the response", _flagged(1, resultUrls=[A]), "succeeded", outputs=(A,)),
    good("luma", "4: done, callback lost", _flagged(4, response={"resultUrls": [A]}), "succeeded", outputs=(A,)),
    *_failures("luma", 500),
    *common("luma"),
]

MIDJOURNEY = [
    good(
        "midjourney",
        "success",
        _flagged(
            1,
            resultInfoJson=json.dumps({"resultUrls": [{"resultUrl": C, "helpUrl": A}, {"resultUrl": D}]}),
            creditsConsumed=8,
        ),
        "succeeded",
        outputs=(C, D),
        credits="8",
        data={"resultUrls": [{"resultUrl": C, "helpUrl": A}, {"resultUrl": D}]},
    ),
    good(
        "midjourney",
        "plain links",
        _flagged(1, resultInfoJson={"resultUrls": [C], "helpUrl": A}),
        "succeeded",
        outputs=(C,),
    ),
    good("midjourney", "another key", _flagged(1, resultInfoJson={"grid": C}), "succeeded", outputs=(C,)),
    *_failures("midjourney", 500),
    *common("midjourney"),
]

SERVICE = [
    good("service", "pending", {"taskId": "t-1", "status": 0, "progress": 0.25}, "running", progress=0.25),
    good(
        "service",
        "success",
        {"taskId": "t-1", "status": 1, "progress": 1, "resultUrls": [A], "creditsConsumed": 7, "response": {"x": B}},
        "succeeded",
        outputs=(A,),
        credits="7",
        data={"x": B},
    ),
    good("service", "in response", {"status": 1, "response": {"resultUrls": [A], "b": B}}, "succeeded", outputs=(A,)),
    good("service", "one link", {"status": 1, "resultUrl": A, "response": {"b": B}}, "succeeded", outputs=(A,)),
    good("service", "another key", {"status": 1, "response": {"video": A}}, "succeeded", outputs=(A,)),
    good("service", "as the market has it", {"status": 1, "resultJson": f'{{"v":"{A}"}}'}, "succeeded", outputs=(A,)),
    good("service", "failed", {"status": 2, "errorCode": "E1", "errorMessage": "No."}, "failed", error=("E1", "No.")),
    good(
        "service",
        "failed, other keys",
        {"status": 3, "failCode": "E1", "failMsg": "No."},
        "failed",
        error=("E1", "No."),
    ),
    good("service", "no word, a flag", {"successFlag": 1, "resultUrls": [A]}, "succeeded", outputs=(A,)),
    *common("service"),
]

CASES: list[Case] = [*VEO, *RUNWAY, *ALEPH, *GPT4O, *FLUX, *LUMA, *MIDJOURNEY, *SERVICE]
