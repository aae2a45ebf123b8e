"""Any input at all, held against a real validator: what is right stays, what is wrong is refused, twice is once."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kie.catalogue.files import default_catalogue
from kie.errors import InvalidInput
from tests.wire.test_schema import conformed

CATALOGUE = default_catalogue()
NAMES = [name for name in CATALOGUE if CATALOGUE.entry(name).fields]


def _values(schema: dict[str, Any], depth: int = 0) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - one for each type
    """Make values that a field's schema allows."""
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kind = schema.get("type")
    if isinstance(kind, list):
        return st.one_of([_values({**schema, "type": k}, depth) for k in kind if k != "null"])
    for key in ("anyOf", "oneOf"):
        if kind is None and key in schema:
            return st.one_of([_values(each, depth) for each in schema[key]])
    least, most = schema.get("minimum"), schema.get("maximum")
    if "x-file" in schema or schema.get("format") == "uri":
        return st.sampled_from(["https://cdn.example.com/a", "http://cdn.example.com/b?c=d"])
    if kind == "integer":
        whole = int(schema.get("multipleOf", 1))
        low, high = math.ceil(least or 0), 10_000 if most is None else int(most)
        return st.integers(-(-low // whole), high // whole).map(lambda n: n * whole)
    if kind == "number":
        step = schema.get("multipleOf")
        from_: float = least or 0
        to: float = most if most is not None else 100
        if step:
            d = Decimal(str(step))
            return st.integers(math.ceil(Decimal(str(from_)) / d), int(Decimal(str(to)) / d)).map(
                lambda n: float(n * d)
            )
        return st.floats(from_, to)
    if kind == "string":
        if "pattern" in schema:
            return st.from_regex(schema["pattern"], fullmatch=True)
        size = schema.get("minLength", 0)
        return st.text(
            st.characters(codec="utf-8"), min_size=size, max_size=min(schema.get("maxLength", 20 + size), 20 + size)
        )
    if kind == "boolean":
        return st.booleans()
    if kind == "array":
        size = schema.get("minItems", 0)
        inner = _values(schema.get("items", {"type": "string"}), depth + 1)
        return st.lists(inner, min_size=size, max_size=min(schema.get("maxItems", size + 2), size + 2))
    if kind == "object":
        return _objects(schema, depth + 1)
    return st.just("x")


def _objects(schema: dict[str, Any], depth: int = 0) -> st.SearchStrategy[dict[str, Any]]:
    fields = {name: _values(inner, depth) for name, inner in schema.get("properties", {}).items()}
    needed = {name: fields[name] for name in schema.get("required", ()) if name in fields}
    return st.fixed_dictionaries(needed, optional={n: s for n, s in fields.items() if n not in needed})


@given(st.data())
@settings(max_examples=250, deadline=None)
def test_what_is_right_already_stays_as_it_is(data: st.DataObject) -> None:
    """Whatever a real validator accepts is left alone, and conforming twice is conforming once."""
    schema = CATALOGUE.entry(data.draw(st.sampled_from(NAMES))).schema
    # In rules across fields an empty list counts as not given here, unlike in JSON Schema: none is drawn.
    value = {k: v for k, v in data.draw(_objects(schema)).items() if v not in ("", [], {})}
    valid = Draft202012Validator(schema).is_valid(value)
    try:
        got = conformed(schema, value)
    except InvalidInput:
        assert not valid, "a valid input was refused"
        return
    assert conformed(schema, got) == got
    if valid:
        assert {name: got[name] for name in value} == value
        assert set(got) - set(value) <= set(schema.get("required", ()))


ROUGH = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.decimals(), st.binary(max_size=4)
)


@given(st.data())
@settings(max_examples=250, deadline=None)
def test_anything_is_conformed_or_refused_and_conforming_again_changes_nothing(data: st.DataObject) -> None:
    schema = CATALOGUE.entry(data.draw(st.sampled_from(NAMES))).schema
    names = st.sampled_from(sorted(schema["properties"])) | st.text(max_size=4)
    value = data.draw(st.dictionaries(names, ROUGH | st.lists(ROUGH, max_size=2), max_size=5))
    try:
        got = conformed(schema, value, partial=True)
    except InvalidInput:
        return
    assert conformed(schema, got, partial=True) == got
