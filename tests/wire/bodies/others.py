"""Replies of the endpoints that answer at once, of uploads, of Veo's follow-ups; and what comes instead of a reply."""

from __future__ import annotations

from typing import Any

from tests.wire.cases import ANY, CDN, Case, bad, envelope, good

__all__ = ["CASES", "IMMEDIATE"]

A, B, C = (f"{CDN}/{name}" for name in ("a.mp4", "b.mp4", "c.png"))


def _now(dialect: str, name: str, record: Any, /, **expected: Any) -> Case:
    return good(dialect, name, record, "succeeded", **expected)


IMMEDIATE = [
    _now("credits", "a float", 5916.25, data=5916.25, groups=(28,)),
    _now("credits", "a whole number", 100, data=100, groups=(28,)),
    _now("credits", "nothing left", 0, data=0),
    _now("download-url", "a link", A, outputs=(A,), data=A),
    bad("download-url", "not a link of theirs", envelope(None, 422, "url is wrong"), "InvalidInput", code="422"),
    _now("gpt4o-download-url", "a link", A, outputs=(A,), data=A),
    _now("omni-audio", "by the wire's name", {"audioId": "a-1"}, text="a-1", data={"audioId": "a-1"}, groups=(30,)),
    _now("omni-audio", "by the document's name", {"kieAudioId": "a-1"}, text="a-1", groups=(30,)),
    _now("omni-character", "made", {"characterId": "c-1"}, text="c-1", data={"characterId": "c-1"}),
    _now("suno-check-voice", "usable", {"available": True}, data={"available": True}),
    _now(
        "suno-persona",
        "made",
        {"personaId": "p-1", "name": "Ann"},
        text="p-1",
        data={"personaId": "p-1", "name": "Ann"},
    ),
    _now(
        "suno-style",
        "the word of the wire",
        {
            "taskId": "t-1",
            "result": "felt piano",
            "successFlag": "成功",
            "creditsConsumed": 0.4,
            "creditsRemaining": 99,
            "errorCode": "",
        },
        text="felt piano",
        credits="0.4",
        data={
            "taskId": "t-1",
            "result": "felt piano",
            "successFlag": "成功",
            "creditsConsumed": 0.4,
            "creditsRemaining": 99,
            "errorCode": "",
        },
        groups=(26,),
    ),
    *(
        good(
            "suno-style",
            f"failed {word}, {key}",
            {"successFlag": word, "errorCode": "E1", key: "No."},
            "failed",
            error=("E1", "No."),
        )
        for word in ("2", "失败", "failed")
        for key in ("errorMsg", "errorMessage")
    ),
    _now(
        "suno-timestamps",
        "words with times",
        {"alignedWords": [{"word": "Rain", "startS": 1.3, "endS": 1.8}], "isStreamed": False},
        data={"alignedWords": [{"word": "Rain", "startS": 1.3, "endS": 1.8}], "isStreamed": False},
    ),
    *(
        Case(
            f"credits told by {dialect}",
            dialect,
            envelope({**data, "creditsConsumed": 0.5}),
            "succeeded",
            credits="0.5",
            data=ANY,
            text=text,
        )
        for dialect, data, text in (
            ("omni-audio", {"audioId": "a-1"}, "a-1"),
            ("omni-character", {"characterId": "c-1"}, "c-1"),
            ("suno-check-voice", {"available": True}, None),
            ("suno-persona", {"personaId": "p-1"}, "p-1"),
            ("suno-timestamps", {"alignedWords": [{"word": "Rain"}]}, None),
            ("credits", {"left": 1}, None),
        )
    ),
    *(
        case
        for dialect in (
            "credits",
            "download-url",
            "gpt4o-download-url",
            "omni-audio",
            "omni-character",
            "suno-check-voice",
            "suno-persona",
            "suno-style",
            "suno-timestamps",
        )
        for case in (
            bad(dialect, "no key", {"code": 401, "msg": "Unauthorized"}, "AuthenticationError", groups=(1, 2)),
            bad(dialect, "server fault", envelope(None, 500, "Server exception"), "ServiceError", groups=(1,)),
            bad(dialect, "nothing in it", envelope(None), "UnexpectedReply"),
        )
    ),
]

UPLOAD = [
    _now(
        "upload",
        "as on the wire",
        {
            "success": True,
            "fileName": "a.png",
            "filePath": "kieai/1/kie/a.png",
            "downloadUrl": A,
            "fileUrl": B,
            "fileSize": 11,
            "mimeType": "image/png",
        },
        outputs=(A,),
        groups=(29,),
    ),
    _now(
        "upload",
        "as documented",
        {"fileUrl": A, "fileSize": 1},
        outputs=(A,),
        data={"fileUrl": A, "fileSize": 1},
        groups=(29,),
    ),
    Case("nothing but a name", "upload", envelope({"fileName": "a.png"}), "running"),
    bad(
        "upload",
        "refused",
        {"success": False, "code": 400, "msg": "File is empty", "data": None},
        "InvalidInput",
        groups=(29,),
    ),
    bad("upload", "a bot, they think", b"error code: 1010", "UnexpectedReply", code="403", status=403, groups=(1,)),
]


def _again(dialect: str, *codes: int) -> list[Case]:
    said = {
        400: "1080P is processing. It should be ready in 1-2 minutes.",
        422: "Still processing.",
        500: "processing",
        200: "success",
    }
    no = "The record is null"
    return [
        *(
            Case(f"not yet: {code}", dialect, envelope(None, code, said[code]), "running", word=str(code), groups=(20,))
            for code in codes
        ),
        *(
            Case(
                f"never, says {code}: {text}",
                dialect,
                envelope(None, code, text),
                "failed",
                error=(str(code), text),
                groups=(20,),
            )
            for code in (400, 422, 500)
            for text in (no, "Upgrade failed", "task not found", "4K is unsupported", "only support 16:9")
        ),
        bad(dialect, "no key", {"code": 401, "msg": "Unauthorized"}, "AuthenticationError", code="401"),
        bad(dialect, "absent", envelope(None, 404, "Not Found"), "TaskNotFound", code="404"),
    ]


FOLLOW_UPS = [
    *_again("veo-1080p", 400, 422, 500, 200),
    good(
        "veo-1080p",
        "ready",
        {"resultUrl": A, "creditsConsumed": 5},
        "succeeded",
        outputs=(A,),
        credits="5",
        data=ANY,
        groups=(20,),
    ),
    good("veo-1080p", "ready, a list", {"resultUrls": [A]}, "succeeded", outputs=(A,), data={"resultUrls": [A]}),
    *_again("veo-4k", 422, 200, 400, 500),
    Case(
        "ready, though 422",
        "veo-4k",
        envelope({"taskId": "t-1", "resultUrls": [A], "imageUrls": [C], "creditsConsumed": 120}, 422, "Generated."),
        "succeeded",
        outputs=(A,),
        extras={"cover": (C,)},
        credits="120",
        data=ANY,
        groups=(20,),
    ),
    good("veo-4k", "ready, one link", {"resultUrl": A}, "succeeded", outputs=(A,), data={"resultUrl": A}),
    good("veo-4k", "ready, in info", {"info": {"resultUrls": [A]}}, "succeeded", outputs=(A,)),
]

PAGE = b"<html><head><title>502 Bad Gateway</title></head><body><hr>nginx</body></html>"
SPRING = {"timestamp": "2026-04-16T07:19:20Z", "status": 404, "error": "Not Found", "path": "/api/v1/nope"}
#: What any dialect may get instead of a reply.
STRANGE = [
    case
    for dialect in ("market", "suno-audio", "credits")
    for case in (
        bad(dialect, "gateway page", PAGE, "UnexpectedReply", code="502", status=502, groups=(1,)),
        bad(dialect, "nothing", b"", "UnexpectedReply"),
        bad(dialect, "cut off", b'{"code":200,"msg":"suc', "UnexpectedReply", groups=(4,)),
        bad(dialect, "unknown path", SPRING, "TaskNotFound", code="404", status=404, groups=(1,)),
        bad(
            dialect,
            "real 401",
            {"error": {"message": "no key"}},
            "AuthenticationError",
            code="401",
            status=401,
            groups=(1,),
        ),
    )
]
_CONTROL = (
    b'{"code":200,"msg":"success","data":{"state":"success","param":"a\nb\x00\x1f",'
    b'"resultJson":"{\\"resultUrls\\":[\\"%s\\"]}"}}'
)
_BYTES = b'{"code":200,"msg":"caf\xe9","data":{"state":"success","resultJson":"{\\"resultUrls\\":[\\"%s\\"]}"}}'
STRANGE += [
    Case("control characters in a text", "market", _CONTROL % A.encode(), "succeeded", outputs=(A,), groups=(4,)),
    Case("bytes that are no UTF-8", "market", _BYTES % A.encode(), "succeeded", outputs=(A,), groups=(4,)),
    Case(
        "a mark at the start", "market", b"\xef\xbb\xbf" + _BYTES % A.encode(), "succeeded", outputs=(A,), groups=(4,)
    ),
    Case("data a text", "market", envelope('{"state":"generating"}'), "running", groups=(4,)),
]

CASES: list[Case] = [*IMMEDIATE, *UPLOAD, *FOLLOW_UPS, *STRANGE]
