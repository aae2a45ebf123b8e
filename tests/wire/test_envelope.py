"""The vendor's envelope and its codes: what each stands for, and whether money is at stake."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kie.catalogue.files import DATA
from kie.errors import UnexpectedReply
from kie.wire import envelope as module
from kie.wire.envelope import code_text, failure, open_envelope, parse_json

RECORD: dict[str, Any] = json.loads((DATA / "codes.json").read_text())

#: code → the error while asking, the error while creating, whether credits may have been spent by the latter.
CODES: dict[str, tuple[str, str, bool]] = {
    "400": ("InvalidInput", "InvalidInput", False),
    "401": ("AuthenticationError", "AuthenticationError", False),
    "402": ("InsufficientCredits", "InsufficientCredits", False),
    "403": ("AuthenticationError", "AuthenticationError", False),
    "404": ("TaskNotFound", "ModelUnavailable", False),
    "408": ("ServiceError", "ServiceError", True),
    "409": ("InvalidInput", "InvalidInput", False),
    "413": ("InvalidInput", "InvalidInput", False),
    "422": ("InvalidInput", "InvalidInput", False),
    "429": ("RateLimited", "RateLimited", False),
    "430": ("RateLimited", "RateLimited", False),
    "433": ("AuthenticationError", "AuthenticationError", False),
    "451": ("InvalidInput", "InvalidInput", False),
    "455": ("ModelUnavailable", "ModelUnavailable", False),
    "500": ("ServiceError", "ServiceError", True),
    "501": ("TaskFailed", "ServiceError", True),
    "502": ("ServiceError", "ServiceError", True),
    "503": ("ServiceError", "ServiceError", True),
    "504": ("ServiceError", "ServiceError", True),
    "505": ("ModelUnavailable", "ModelUnavailable", False),
    "531": ("TaskFailed", "ServiceError", True),
    "550": ("ServiceError", "ServiceError", True),
    "599": ("ServiceError", "ServiceError", True),
    "418": ("UnexpectedReply", "UnexpectedReply", True),
    "0": ("UnexpectedReply", "UnexpectedReply", True),
}

#: texts that decide where a code means many things; each is one that was seen.
TEXTS: list[tuple[str, str]] = [
    ("This interface is temporarily paused", "ModelUnavailable"),
    ("This interface is closed", "ModelUnavailable"),
    ("The model is not supported", "ModelUnavailable"),
    ("model x/y does not exist", "ModelUnavailable"),
    ("Invalid model", "ModelUnavailable"),
    ("recordInfo is null", "TaskNotFound"),
    ("Task not found", "TaskNotFound"),
    ("Record does not exist", "TaskNotFound"),
    ("taskId was not found", "TaskNotFound"),
    ("Credits insufficient", "InsufficientCredits"),
    ("Insufficient balance", "InsufficientCredits"),
    ("Your call frequency is too high. Please try again later.", "RateLimited"),
    ("Too many requests", "RateLimited"),
    ("This field is required", "InvalidInput"),
    ("x is not within the range of allowed options", "InvalidInput"),
    ("Please enter callBackUrl.", "InvalidInput"),
    ("url is wrong", "InvalidInput"),
    ("Ratio error", "InvalidInput"),
    ("prompt cannot be empty", "InvalidInput"),
    ("duration must be 5 or 10", "InvalidInput"),
    ("The text exceeds the limit", "InvalidInput"),
    ("Server exception, please try again", "ServiceError"),
    ("generate playground failed, task id is blank", "ServiceError"),
    ("", "ServiceError"),
]


@pytest.mark.parametrize(("code", "wanted"), CODES.items())
def test_each_code_stands_for_one_error(code: str, wanted: tuple[str, str, bool]) -> None:
    asking, creating = failure(code, "x"), failure(code, "x", creating=True, model="m")
    assert (type(asking).__name__, type(creating).__name__, creating.may_have_spent) == wanted
    assert not asking.may_have_spent
    assert (creating.code, creating.model) == (code, "m")
    assert str(asking).startswith(f"kie.ai answered {code}: x.")
    assert f"kie.ai answered {code} without a message." in str(failure(code, ""))
    assert bool(asking.hint) is (code in RECORD["codes"])


def test_every_code_of_the_data_is_told_here() -> None:
    assert set(RECORD["codes"]) <= set(CODES)


@pytest.mark.parametrize(("text", "kind"), TEXTS)
def test_texts_decide_where_a_code_means_many_things(text: str, kind: str) -> None:
    assert type(failure("500", text)).__name__ == kind
    assert type(failure("429", text)).__name__ == (kind if kind == "InsufficientCredits" else "RateLimited")
    assert type(failure("401", text)).__name__ == "AuthenticationError"


@pytest.mark.parametrize("index", range(len(RECORD["texts"])))
def test_each_group_of_texts_is_needed(index: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken out, a case above would fail."""
    codes = module._codes()
    fewer = codes._replace(texts=codes.texts[:index] + codes.texts[index + 1 :])
    monkeypatch.setattr(module, "_codes", lambda: fewer)
    assert any(type(failure("500", text)).__name__ != kind for text, kind in TEXTS)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (200, "200"),
        ("200", "200"),
        (" 422 ", "422"),
        (422.0, "422"),
        (None, ""),
        (True, ""),
        ([], ""),
        ({}, ""),
        (float("nan"), ""),
        (float("inf"), ""),
        (1e300, ""),
        (10**400, ""),
        ("x" * 100, "x" * 40),
        ("GENERATION_FAILED", "GENERATION_FAILED"),
    ],
    ids=[str(n) for n in range(14)],
)
def test_codes_become_text(value: Any, text: str) -> None:
    assert code_text(value) == text


@pytest.mark.parametrize(
    ("status", "body", "code", "message", "data", "wrapped"),
    [
        (200, {"code": 200, "msg": "success", "data": 5}, "200", "success", 5, True),
        (200, {"code": 401, "msg": "no"}, "401", "no", None, True),
        (200, {"code": 0, "msg": "success", "data": 5}, "0", "success", 5, True),
        (200, {"choices": []}, "200", "", {"choices": []}, False),
        (200, {"error": {"code": 429, "message": "slow"}}, "429", "slow", None, False),
        (401, {"error": {"code": "no_key", "message": "no"}}, "401", "no", None, False),
        (404, {"timestamp": "t", "status": 404, "error": "Not Found", "path": "/x"}, "404", "Not Found", None, False),
        (503, {"x": 1}, "503", "", None, False),
        (200, [1], "200", "", [1], False),
        (200, "text", "200", "", "text", False),
        (200, None, "200", "", None, False),
    ],
    ids=[str(n) for n in range(11)],
)
def test_a_reply_is_taken_apart(
    status: int,
    body: Any,
    code: str,
    message: str,
    data: Any,
    wrapped: bool,  # noqa: FBT001 - a table
) -> None:
    found = open_envelope(status, json.dumps(body).encode())
    assert tuple(found) == (code, message, data, body, wrapped)
    assert found.good is (code == "200")


def test_what_is_no_json_is_told_with_its_beginning() -> None:
    with pytest.raises(UnexpectedReply) as caught:
        open_envelope(200, b"")
    assert caught.value.code is None
    assert caught.value.status == 200
    with pytest.raises(UnexpectedReply, match="1010"):
        open_envelope(403, b"error code: 1010")
    assert parse_json(b'\xef\xbb\xbf{"a": "\x01"}') == {"a": "\x01"}
