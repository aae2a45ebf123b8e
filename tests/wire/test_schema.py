"""Values into the type that a model wants, and clear words where that cannot be."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kie.errors import InvalidInput
from kie.wire.schema import conform, nearest

NONE: dict[str, Any] = {}


def _keep(value: Any, _rule: dict[str, Any], _path: str) -> Any:
    return value


class _NoWords:
    def others(self, _path: str, _value: Any) -> tuple[Any, ...]:
        return ()

    def names(self, _path: str, _allowed: Any) -> tuple[str, ...]:
        return ()


def conformed(schema: dict[str, Any], value: Any, *, partial: bool = False) -> Any:
    return conform(schema, value, files=_keep, translate=_NoWords(), partial=partial)


def _one(schema: dict[str, Any], value: Any) -> Any:
    """Conform a single field."""
    return conformed({"type": "object", "properties": {"x": schema}}, {"x": value})["x"]


def _refused(schema: dict[str, Any], value: Any) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        conformed(schema, value)
    return caught.value


def _refused_one(schema: dict[str, Any], value: Any) -> InvalidInput:
    error = _refused({"type": "object", "properties": {"x": schema}}, {"x": value})
    assert error.field
    assert error.field.startswith("x")
    return error


INT, NUM, STR, BOOL = ({"type": kind} for kind in ("integer", "number", "string", "boolean"))


@pytest.mark.parametrize(
    ("schema", "given_", "wanted"),
    [
        (INT, 5, 5),
        (INT, "5", 5),
        (INT, " 5 ", 5),
        (INT, "-5", -5),
        (INT, "5.0", 5),
        (INT, 5.0, 5),
        (INT, Decimal("5.0"), 5),
        (NUM, 5, 5),
        (NUM, "5", 5),
        (NUM, "0.5", 0.5),
        (NUM, Decimal("0.5"), 0.5),
        (NUM, Decimal(5), 5),
        (NUM, "1e-1", 0.1),
        (NUM, 1e16, 1e16),
        (INT, Decimal(2**62 + 1), 2**62 + 1),
        (STR, Decimal("1E-7"), "0.0000001"),
        (STR, "5", "5"),
        (STR, 5, "5"),
        (STR, 5.0, "5"),
        (STR, 0.5, "0.5"),
        (STR, Decimal("0.5"), "0.5"),
        (BOOL, True, True),
        (BOOL, "true", True),
        (BOOL, "Yes", True),
        (BOOL, "on", True),
        (BOOL, 1, True),
        (BOOL, "0", False),
        (BOOL, "OFF", False),
        (BOOL, 0, False),
        ({"type": "null"}, None, None),
        ({"type": ["integer", "string"]}, "a", "a"),
        ({"type": ["integer", "string"]}, "5", 5),
        ({"type": ["string", "null"]}, "a", "a"),
        ({"anyOf": [INT, BOOL]}, "yes", True),
        ({"oneOf": [INT, STR]}, "a", "a"),
        (NONE, {"any": [1]}, {"any": [1]}),
    ],
)
def test_a_value_becomes_the_type_that_is_wanted(schema: dict[str, Any], given_: Any, wanted: Any) -> None:
    got = _one(schema, given_)
    assert got == wanted
    assert type(got) is type(wanted)


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        (INT, "five"),
        (INT, 5.5),
        (INT, "5.5"),
        (INT, True),
        (INT, None),
        (INT, [5]),
        (INT, math.nan),
        (INT, math.inf),
        (INT, Decimal("NaN")),
        (INT, Decimal("Infinity")),
        (INT, "9" * 400),
        (NUM, 1e300),
        (INT, Decimal("1e999999")),
        (INT, Decimal("sNaN")),
        (INT, "1e999"),
        (NUM, "five"),
        (NUM, True),
        (NUM, math.nan),
        (NUM, math.inf),
        (NUM, "inf"),
        (NUM, "1e999"),
        (NUM, Decimal("NaN")),
        (NUM, Decimal("Infinity")),
        (NUM, Decimal("1e999")),
        (NUM, {}),
        (STR, True),
        (STR, None),
        (STR, {}),
        (STR, b"bytes"),
        (STR, "\ud800"),
        (STR, math.nan),
        (STR, math.inf),
        (STR, Decimal("NaN")),
        (STR, Decimal("Infinity")),
        (BOOL, "maybe"),
        (BOOL, 2),
        (BOOL, 0.0),
        (BOOL, []),
        ({"type": "object"}, "text"),
        ({"type": "object"}, "{broken"),
        ({"type": "object"}, [1]),
        ({"type": ["integer", "boolean"]}, "x"),
        ({"const": 5}, 6),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(schema: dict[str, Any], value: Any) -> None:
    assert str(_refused_one(schema, value)).startswith("x: ")


@pytest.mark.parametrize("schema", [INT, NUM, STR, {"enum": [1, 2]}, {"type": "boolean"}], ids=str)
def test_an_int_too_long_to_be_written_is_refused(schema: dict[str, Any]) -> None:
    assert str(_refused_one(schema, 10**5000)).startswith("x: ")


def test_limits_of_numbers() -> None:
    schema = {"type": "integer", "minimum": 3, "maximum": 15}
    assert [_one(schema, n) for n in (3, "15", 7.0)] == [3, 15, 7]
    for value, near in ((2, 3), (16, 15), ("99", 15)):
        error = _refused_one(schema, value)
        assert error.nearest == near
        assert "3..15" in str(error)
    assert "0.." in str(_refused_one({"type": "number", "minimum": 0}, -1))
    half_open = {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}
    assert _one(half_open, 0.5) == 0.5
    for value in (0, 1):
        assert "above 0 and below 1" in str(_refused_one(half_open, value))


def test_steps_of_numbers_are_decimal() -> None:
    schema = {"type": "number", "minimum": 0.7, "maximum": 1.2, "multipleOf": 0.01}
    for value in (0.7, 0.71, 1.1, "1.19", 1):
        assert _one(schema, value) == float(value)
    assert "step" in str(_refused_one(schema, 0.715))
    assert _one({"type": "integer", "multipleOf": 64, "minimum": 1}, 65) == 65  # steps may count from the least
    assert _one({"type": "integer", "multipleOf": 64, "minimum": 1}, 128) == 128


def test_lengths_and_patterns_of_text() -> None:
    schema = {"type": "string", "minLength": 2, "maxLength": 4, "pattern": "^[a-z]+$"}
    assert _one(schema, "abc") == "abc"
    assert "at least 2" in str(_refused_one(schema, "a"))
    assert "at most 4" in str(_refused_one(schema, "abcde"))
    assert "form" in str(_refused_one(schema, "AB"))
    assert _one({"type": "string", "maxLength": 2}, "\U0001f98a\U0001f98a") == "\U0001f98a\U0001f98a"


RATIO = {"type": "string", "enum": ["1:1", "16:9", "9:16", "auto"]}
MIXED = {"enum": [0, 0.5, 1, "x"]}


@pytest.mark.parametrize(
    ("schema", "value", "wanted"),
    [
        (RATIO, "16:9", "16:9"),
        (RATIO, " 16:9 ", "16:9"),
        (RATIO, "AUTO", "auto"),
        ({"type": "string", "enum": ["5", "10"]}, 5, "5"),
        ({"type": "string", "enum": ["5", "10"]}, 5.0, "5"),
        ({"type": "string", "enum": ["5", "10"]}, Decimal(10), "10"),
        ({"type": "integer", "enum": [5, 10]}, "10", 10),
        ({"type": "integer", "enum": [5, 10]}, 10.0, 10),
        ({"type": "string", "enum": ["1K", "2K"]}, "2k", "2K"),
        ({"enum": [True, "a"]}, "true", True),
        ({"enum": [True, False]}, False, False),
        (MIXED, "0.5", 0.5),
        (MIXED, 1.0, 1),
        (MIXED, "X", "x"),
    ],
)
def test_a_choice_is_found_in_any_spelling(schema: dict[str, Any], value: Any, wanted: Any) -> None:
    got = _one(schema, value)
    assert got == wanted
    assert type(got) is type(wanted)


def test_a_wrong_choice_is_told_with_all_and_the_nearest() -> None:
    error = _refused_one(RATIO, "16:10")
    assert error.allowed == ("1:1", "16:9", "9:16", "auto")
    assert error.nearest == "16:9"
    assert "'16:9'" in str(error)
    assert _refused_one({"enum": ["5", "10"]}, 8).nearest == "10"
    assert _refused_one({"enum": [3, 4, 15]}, "99").nearest == 15
    assert _refused_one({"enum": list(range(100))}, 500).hint.endswith("Nearest: 99.")  # type: ignore[union-attr]
    odd: Any
    for odd in (None, True, [], {}, b"x", math.nan, Decimal("sNaN"), 10**5000, "\ud800", "x" * 10_000):
        _refused_one(RATIO, odd)


def test_the_nearest_of_nothing_is_nothing() -> None:
    assert nearest("zzz", ("abc",)) is None
    assert nearest("zzz", ()) is None
    assert nearest(5, ("a", "b")) is None
    assert nearest("16:10", ("1:1", "16:9", "9:16")) == "16:9"
    assert nearest("21 : 9", ("1:1", "16:9", "auto")) == "16:9"
    assert nearest("0:0", ("1:1", "auto")) is None
    assert nearest("imagesize", ("image_size", "seed")) == "image_size"


def test_arrays_take_one_value_too() -> None:
    schema = {"type": "array", "items": INT, "minItems": 1, "maxItems": 2}
    assert _one(schema, [1, "2"]) == [1, 2]
    assert _one(schema, (1,)) == [1]
    assert _one(schema, 7) == [7]
    assert _one(schema, "[3, 4]") == [3, 4]
    assert "at least 1" in str(_refused_one(schema, []))
    assert "at most 2" in str(_refused_one(schema, [1, 2, 3]))
    assert _refused_one(schema, [1, "b"]).field == "x[1]"
    assert _one({"type": "array"}, ["a"]) == ["a"]


def test_objects_inside_are_conformed_and_closed_if_they_say_so() -> None:
    inner = {"type": "object", "properties": {"n": INT, "s": STR}, "required": ["n"], "additionalProperties": False}
    assert _one(inner, {"n": "5"}) == {"n": 5}
    assert _one(inner, '{"n": "5", "s": 1}') == {"n": 5, "s": "1"}
    assert _refused_one(inner, {"s": "a"}).field == "x.n"
    error = _refused_one(inner, {"n": 1, "q": 1})
    assert error.field == "x.q"
    assert error.allowed == ("n", "s")
    open_ = {"type": "object", "properties": {"n": INT}}
    assert _one(open_, {"n": "1", "other": "1"}) == {"n": 1, "other": "1"}
    assert _one({"type": "object", "additionalProperties": INT}, {"a": "1"}) == {"a": 1}
    assert _one({"type": "array", "items": inner}, [{"n": 1}, {"n": "2"}]) == [{"n": 1}, {"n": 2}]
    assert _refused_one({"type": "array", "items": inner}, [{"n": 1}, {"n": "b"}]).field == "x[1].n"


def test_required_fields_and_defaults() -> None:
    schema = {
        "type": "object",
        "properties": {"p": STR, "r": {"type": "string", "default": "1K"}, "o": {"type": "integer", "default": 3}},
        "required": ["p", "r"],
    }
    assert conformed(schema, {"p": "x"}) == {"p": "x", "r": "1K"}  # the default of an optional field stays the vendor's
    assert _refused(schema, {}).field == "p"
    assert conformed(schema, {}, partial=True) == {}
    with pytest.raises(InvalidInput):
        conformed(schema, {"o": "x"}, partial=True)
    assert conformed({**schema, "additionalProperties": True}, {"p": "x", "z": 1}) == {"p": "x", "z": 1, "r": "1K"}
    error = _refused(schema, {"p": "x", "oo": 1})
    assert (error.field, error.nearest) == ("oo", "o")


def test_a_default_is_a_copy() -> None:
    schema = {"type": "object", "properties": {"l": {"type": "array", "default": []}}, "required": ["l"]}
    conformed(schema, {})["l"].append(1)
    assert conformed(schema, {}) == {"l": []}


# ---------------------------------------------------------------------------------------------------

FIELDS = {"a": STR, "b": STR, "c": STR, "n": INT, "l": {"type": "array", "items": STR}}


def _across(**rule: Any) -> dict[str, Any]:
    return {"type": "object", "properties": FIELDS, **rule}


def _need(*names: str) -> dict[str, Any]:
    return {"required": list(names)}


CASES: list[tuple[str, dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]] = [
    (
        "if then else",
        {"if": {"properties": {"a": {"const": "x"}}, **_need("a")}, "then": _need("b"), "else": _need("c")},
        [{"a": "x", "b": "1"}, {"a": "y", "c": "1"}, {"c": "1"}],
        [{"a": "x"}, {"a": "y"}, {"a": "x", "c": "1"}, {}],
    ),
    ("oneOf", {"oneOf": [_need("a"), _need("b")]}, [{"a": "1"}, {"b": "1"}], [{}, {"a": "1", "b": "1"}, {"c": "1"}]),
    ("anyOf", {"anyOf": [_need("a"), _need("b", "c")]}, [{"a": "1"}, {"b": "1", "c": "1"}], [{}, {"b": "1"}]),
    ("not", {"not": _need("a", "b")}, [{"a": "1"}, {}], [{"a": "1", "b": "1"}]),
    (
        "allOf",
        {"allOf": [{"if": _need("a"), "then": _need("b")}, {"not": _need("b", "c"), "x-message": "b or c, not both"}]},
        [{}, {"a": "1", "b": "1"}, {"c": "1"}],
        [{"a": "1"}, {"b": "1", "c": "1"}],
    ),
    ("dependentRequired", {"dependentRequired": {"a": ["b"]}}, [{"b": "1"}, {"a": "1", "b": "1"}], [{"a": "1"}]),
    (
        "limits by a condition",
        {"if": {"properties": {"a": {"enum": ["hd"]}}, **_need("a")}, "then": {"properties": {"n": {"maximum": 5}}}},
        [{"a": "hd", "n": 5}, {"a": "sd", "n": 9}, {"n": 9}, {"a": "hd"}],
        [{"a": "hd", "n": 6}],
    ),
    (
        "lengths by a condition",
        {"if": _need("a"), "then": {"properties": {"l": {"maxItems": 1}, "b": {"maxLength": 2, "pattern": "^z"}}}},
        [{"a": "1", "l": ["1"], "b": "zz"}, {"l": ["1", "2"]}],
        [{"a": "1", "l": ["1", "2"]}, {"a": "1", "b": "zzz"}, {"a": "1", "b": "y"}],
    ),
    (
        "nested logic",
        {"anyOf": [{"allOf": [_need("a"), {"not": _need("b")}]}, {"oneOf": [_need("c"), _need("n")]}]},
        [{"a": "1"}, {"c": "1"}, {"a": "1", "b": "1", "n": 1}],
        [{}, {"a": "1", "b": "1"}, {"c": "1", "n": 1}],
    ),
    ("false", {"if": _need("a"), "then": False}, [{}], [{"a": "1"}]),
]


@pytest.mark.parametrize(("name", "rule", "good", "bad"), CASES, ids=[case[0] for case in CASES])
def test_rules_across_fields(
    name: str, rule: dict[str, Any], good: list[dict[str, Any]], bad: list[dict[str, Any]]
) -> None:
    schema = _across(**rule)
    validator = Draft202012Validator(schema)
    for value in good:
        assert validator.is_valid(value)
        assert conformed(schema, value) == value
    for value in bad:
        assert not validator.is_valid(value)
        assert str(_refused(schema, value))
        assert conformed(schema, value, partial=True) == value


def test_a_rule_speaks_in_its_own_words_and_names_its_field() -> None:
    rule = {"if": _need("a"), "then": _need("b"), "x-message": "b goes with a."}
    error = _refused(_across(**rule), {"a": "1"})
    assert "b goes with a." in str(error)
    assert error.field == "b"
    assert "b goes with a." in str(_refused(_across(allOf=[rule]), {"a": "1"}))
    assert "not both" in str(
        _refused(_across(**{"not": {**_need("a", "b"), "x-message": "not both"}}), {"a": "1", "b": "1"})
    )
    assert "a; or b + c" in str(_refused(_across(anyOf=[_need("a"), _need("b", "c")]), {}))
    assert _refused(_across(dependentRequired={"a": ["b"]}), {"a": "1"}).field == "b"


def test_empty_values_count_as_not_given_in_rules() -> None:
    schema = _across(oneOf=[_need("a"), _need("l")])
    assert conformed(schema, {"a": "1", "l": []}) == {"a": "1", "l": []}
