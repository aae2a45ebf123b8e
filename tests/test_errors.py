"""The tree of errors: as documented, picklable, telling, and free of keys."""

from __future__ import annotations

import copy
import inspect
import json
import pickle
import re
from decimal import Decimal
from typing import Any

import pytest

import kie
from kie import errors
from kie.catalogue.files import default_catalogue
from kie.errors import KieError, TaskFailed, UnexpectedReply
from kie.wire.callback import read_callback
from kie.wire.chat import ChatReader
from kie.wire.envelope import excerpt, failure, open_envelope
from kie.wire.read import reader_of

CLASSES = [getattr(errors, name) for name in errors.__all__]
COMMON: dict[str, Any] = {
    "model": "z-image",
    "task_id": "t-1",
    "request_id": "r-1",
    "may_have_spent": True,
    "code": "500",
    "hint": "Do this.",
}
KEY = "sk-" + 2 * "abcdef0123456789"


def test_the_tree_is_the_one_in_the_docstring() -> None:
    told = re.findall(r"[├└]── (\w+)", errors.__doc__ or "")
    assert sorted(told) == sorted(name for name in errors.__all__ if name != "KieError")
    assert all(issubclass(cls, KieError) for cls in CLASSES)
    assert all(cls.__bases__ == (KieError,) for cls in CLASSES if cls is not KieError)
    found = [name for name, cls in inspect.getmembers(errors, inspect.isclass) if issubclass(cls, Exception)]
    assert sorted(found) == sorted(errors.__all__)


def test_all_of_them_are_public() -> None:
    for name in errors.__all__:
        assert getattr(kie, name) is getattr(errors, name)


def _details(cls: type[KieError]) -> dict[str, Any]:
    values = {"allowed": ("a", "b"), "nearest": "a", "field": "x[0]", "estimate": Decimal("1.5"), "limit": Decimal(1)}
    return {name: values.get(name, name) for name in cls.__annotations__} if cls is not KieError else {}


@pytest.mark.parametrize("cls", CLASSES)
def test_each_is_pickled_and_copied_with_all_it_says(cls: type[KieError]) -> None:
    error = cls("It broke.", **COMMON, **_details(cls))
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(error, protocol))
        assert type(again) is cls
        assert again.__dict__ == error.__dict__
        assert str(again) == str(error)
        assert again.args == error.args == ("It broke.",)
    assert copy.copy(error).__dict__ == error.__dict__
    assert copy.deepcopy(error).__dict__ == error.__dict__


@pytest.mark.parametrize("cls", CLASSES)
def test_details_not_told_are_none(cls: type[KieError]) -> None:
    error = cls("It broke.")
    for name in (*COMMON, *_details(cls)):
        assert not getattr(error, name)
    assert str(error) == "It broke."


@pytest.mark.parametrize("cls", CLASSES)
def test_the_text_says_what_where_and_what_to_do(cls: type[KieError]) -> None:
    assert str(cls("It broke.", **COMMON)) == (
        "It broke. [model z-image, task t-1, code 500, request r-1] Credits may have been spent. Do this."
    )
    assert str(cls("It broke.", model="z-image")) == "It broke. [model z-image]"


def test_what_is_known_later_fills_in_and_overwrites_nothing() -> None:
    error = TaskFailed("It broke.", model="a")
    assert error.about(model="b", task_id="t") is error
    assert (error.model, error.task_id) == ("a", "t")


def test_a_message_changed_later_is_pickled_as_changed() -> None:
    with pytest.raises(UnexpectedReply) as caught:
        open_envelope(502, b"<html>")
    error = caught.value
    assert (error.status, error.code, error.excerpt) == (502, "502", "<html>")
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error)
    assert "HTTP 502" in str(again)


LEAKS = [
    f"Authorization: Bearer {KEY}",
    f"bearer   {KEY}",
    f'{{"api_key": "{KEY}"}}',
    f"api-key={KEY}",
    f"x-api-key: {KEY}",
    f"apiKey:{KEY} was refused",
    f"x-goog-api-key: {KEY}",
    f"Your key {KEY} is not allowed",
    f"?key={KEY}&x=1",
    f'"Authorization":"Bearer {KEY}"',
    f"token={KEY}",
    f"{'x ' * 95}{KEY}",
]


@pytest.mark.parametrize("text", LEAKS)
def test_no_key_gets_into_a_message(text: str) -> None:
    said = [excerpt(text), excerpt(text.encode())]
    for code in ("400", "401", "500", "422", "999"):
        said += [str(failure(code, text)), repr(failure(code, text))]
    model = default_catalogue().entry("gpt-5-2")
    reader = reader_of(default_catalogue().dialect("market"))
    bodies = ({"code": 401, "msg": text, "data": None}, {"error": {"message": text}}, text)
    for wire in (text.encode(), *(json.dumps(body).encode() for body in bodies)):
        for call in (
            lambda wire=wire: reader.reply(500, wire, model="m", task_id="t"),
            lambda wire=wire: ChatReader(model).whole(500, wire),
            lambda wire=wire: read_callback(b"[" + wire),
        ):
            with pytest.raises(KieError) as caught:
                call()
            said += [str(caught.value), repr(caught.value), repr(caught.value.__dict__)]
    assert [text for text in said if KEY[:20] in text] == []


def test_an_excerpt_is_short_and_printable() -> None:
    assert excerpt(b"\x00\x1b[31mred\x07" + b"x" * 1000).startswith("[31mred")
    assert len(excerpt("x" * 1000)) <= 200
    assert excerpt(b"\xff\xfe\x00") == "\ufffd\ufffd"
    assert excerpt("a\ud800b") == "a b"
