"""The referee's eyes: what they see, and what they forgive."""

from __future__ import annotations

from typing import Any

import pytest

from tests.referee import mutations, shapes

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["code"],
    "properties": {
        "code": {"type": "integer", "enum": [200, 500]},
        "data": {
            "type": "object",
            "properties": {
                "urls": {"type": "array", "items": {"type": "string"}},
                "note": {"type": "string", "nullable": True},
                "failMsg": {"type": "string"},
                "word": {"type": "string"},
            },
        },
    },
}


@pytest.mark.parametrize(
    ("body", "place", "rule"),
    [
        ({"data": {}}, "code", "required"),
        ({"code": 501}, "code", "enum"),
        ({"code": "200"}, "code", "type"),
        ({"code": 200, "data": {"urls": "a"}}, "data.urls", "type"),
        ({"code": 200, "data": {"urls": [1]}}, "data.urls[]", "type"),
        ({"code": 200, "data": {"word": None}}, "data.word", "type"),
    ],
)
def test_what_does_not_fit_a_schema_is_seen(body: Any, place: str, rule: str) -> None:
    assert (place, rule) in {(where, broken) for where, broken, _ in shapes.flaws(SCHEMA, body)}


def test_nulls_are_forgiven_by_the_stated_rule_alone() -> None:
    body = {"code": 200, "data": {"urls": ["a"], "note": None, "failMsg": None, "word": None}}
    assert [place for place, _, _ in shapes.flaws(SCHEMA, body)] == ["data.word"]
    assert shapes.flaws(SCHEMA, body, done=False) == []
    assert shapes.flaws(SCHEMA, body, examples=[{"data": {"word": None}}]) == []


@pytest.mark.parametrize(
    ("real", "ours", "gap"),
    [
        ({"a": 1}, {}, ("a", "number", "absent")),
        ({}, {"a": 1}, ("a", "absent", "number")),
        ({"a": 1}, {"a": "1"}, ("a", "number", "string")),
        ({"a": None}, {"a": 1}, ("a", "null", "number")),
        ({"a": True}, {"a": 1}, ("a", "boolean", "number")),
        ({"a": ""}, {"a": "x"}, ("a", "empty string", "string")),
        ({"a": [{"b": 1}]}, {"a": [{"b": "1"}]}, ("a[].b", "number", "string")),
        ({"a": [1]}, {"a": []}, ("a", "list", "empty list")),
        ({"a": '{"b": 1}'}, {"a": '{"c": 1}'}, ("a.json.b", "number", "absent")),
        ({"a": '{"b": 1}'}, {"a": {"b": 1}}, ("a.b", "absent", "number")),
    ],
)
def test_other_keys_types_and_nesting_are_seen(real: Any, ours: Any, gap: tuple[str, str, str]) -> None:
    assert gap in set(shapes.differences(shapes.shape(real), shapes.shape(ours)))


def test_like_bodies_have_no_differences() -> None:
    real = {"a": 1, "b": [{"c": None}, {"c": 2}], "d": '{"e": "f"}'}
    ours = {"d": '{"e": "g"}', "b": [{"c": 7}], "a": 2.5}
    assert list(shapes.differences(shapes.shape(real), shapes.shape(ours))) == []


def test_a_renamed_field_has_its_new_name_wherever_it_lies() -> None:
    body = {"data": {"songs": [{"id": 1}, {"id": 2}], "json": '{"url": "a"}'}}
    assert mutations.fields([body]) == ["data", "data.songs", "data.songs.id", "data.json", "data.json.url"]
    assert mutations.changed(body, "data.songs.id")["data"]["songs"] == [{"idRenamed": 1}, {"idRenamed": 2}]
    assert mutations.changed(body, "data.json.url")["data"]["json"] == '{"urlRenamed": "a"}'
    assert mutations.changed(body, "data") == {"dataRenamed": body["data"]}
    assert body["data"]["songs"] == [{"id": 1}, {"id": 2}]
