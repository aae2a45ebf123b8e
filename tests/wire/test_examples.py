"""What the vendor's pages show is accepted and sent as it is; what its schemas forbid is refused before it is sent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from kie.catalogue.files import DATA, default_catalogue
from kie.errors import InvalidInput
from kie.wire.build import build
from kie.wire.prepare import FilePlaceholder, prepare

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kie.catalogue.model import Model

CATALOGUE = default_catalogue()
#: Current models on createTask, and all operations with endpoints of their own.
MARKET = [
    n for n in CATALOGUE if CATALOGUE.entry(n).dialect.name == "market" and CATALOGUE.entry(n).standing == "current"
]
OWN = [
    n
    for n in CATALOGUE
    if CATALOGUE.entry(n).dialect.name not in ("market", "service", "credits", "suno-recovery", "veo-1080p")
    and CATALOGUE.entry(n).dialect.shape != "chat"
    and not n.startswith("api/")
]
_LINK = "https://cdn.example.com/a.png"


def test_all_models_are_meant() -> None:
    assert len(MARKET) == 184
    assert len(OWN) >= 35


# -------------------------------------------------------------------------------------- what is shown (needs ../shared)


def _stated() -> dict[str, set[str]]:
    """Return the fields of which the catalogue states that the page's example is not what is sent, by model."""
    corrections = json.loads((DATA / "corrections.json").read_text())["models"]
    return {
        name: {each["field"].partition(".")[0] for each in own.get("examples", ())} for name, own in corrections.items()
    }


def _without(value: dict[str, Any], model: Model, stated: set[str]) -> dict[str, Any]:
    """Leave out what is stated to be wrong, and links that a page shows empty."""
    out = {}
    for name, inner in value.items():
        field = model.fields.get(name, {})
        takes_file = "x-file" in field or "x-file" in field.get("items", {})
        if name not in stated and not (takes_file and inner in ("", [""])):
            out[name] = inner
    return out


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(_same(left[k], right[k]) for k in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(_same, left, right))
    return type(left) is type(right) and bool(left == right)


def test_every_example_is_accepted_and_sent_as_it_is_shown(shared: Path) -> None:
    from tools.catalogue_import.examples import _input_of, _recorded, _shown_of

    folder = shared / "kie-api"
    recorded = _recorded(folder)
    stated = _stated()
    wrong: list[str] = []
    seen: set[str] = set()
    for record in json.loads((folder / "models.json").read_text()):
        name = record["id"]
        if name not in (*MARKET, *OWN):
            continue
        model = CATALOGUE.entry(name)
        for shown in _shown_of(record, folder, recorded):
            other = shown.value.get("model")
            if shown.whole and model.dialect.name == "market" and other != name and other in CATALOGUE:
                continue  # the page of one model shows another's request
            whole_value = _input_of(record, model.dialect.name, shown.value)
            value = _without(whole_value, model, stated.get(name, set()))
            try:
                sent = prepare(
                    model, value, roles=CATALOGUE.roles, partial=not shown.whole or value != whole_value
                ).resolved()
            except InvalidInput as error:
                wrong.append(f"{name} ({shown.origin}): {error}")
                continue
            body = build(model, sent, callback_url="https://me.example.com/h").body
            if model.dialect.name == "market":
                assert body["model"] == name
                assert set(body) == {"model", "callBackUrl", "input"}
                body = body["input"]
            seen.add(name)
            added = set(body) - set(value) - {model.submit.get("callback")}
            wrong += [f"{name} ({shown.origin}): {k} is not shown" for k in added if k not in model.required]
            wrong += [
                f"{name} ({shown.origin}): {k} {value[k]!r} is sent as {body[k]!r}"
                for k in value
                if not _same(value[k], body[k])
            ]
    assert wrong == []
    assert len(seen & set(MARKET)) >= 150  # the other pages show neither a request nor a value of any field
    assert len(seen & set(OWN)) >= 30


# ---------------------------------------------------------------------------------------------------------- what is bad


def _sample(schema: dict[str, Any]) -> Any:
    """Return a value that a field's schema allows."""
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    for key in ("anyOf", "oneOf"):
        if "type" not in schema and key in schema:
            return _sample(schema[key][0])
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = kind[0]
    if "x-file" in schema or schema.get("format") == "uri":
        return _LINK
    if kind in ("integer", "number"):
        return schema.get("minimum", schema.get("default", 1))
    if kind == "boolean":
        return False
    if kind == "array":
        return [_sample(schema.get("items", {}))] * max(1, schema.get("minItems", 1))
    if kind == "object":
        return {k: _sample(schema["properties"][k]) for k in schema.get("required", ())}
    return "x" * max(1, schema.get("minLength", 1))


_WRONG = {"string": {"a": 1}, "integer": "many", "number": "many", "boolean": "maybe", "object": "text", "null": 1}


def _wrong_type(schema: dict[str, Any]) -> Any:
    kind = schema.get("type")
    if "enum" in schema or "x-file" in schema:
        return {"a": 1}
    if kind == "array":
        inner = _wrong_type(schema.get("items", {}))
        return None if inner is None else [inner]
    return _WRONG.get(kind) if isinstance(kind, str) else None


def _out_of(schema: dict[str, Any]) -> Any:
    """Return a value of the right type that is out of the list or the limits; None where there are none."""
    if "enum" in schema and not schema.get("x-open"):
        return "no-such-choice"
    if schema.get("type") in ("integer", "number"):
        if "maximum" in schema:
            return schema["maximum"] + 1
        if "minimum" in schema:
            return schema["minimum"] - 1
    if schema.get("type") == "string" and "x-file" not in schema and "maxLength" in schema:
        return "x" * (schema["maxLength"] + 1)
    if schema.get("type") == "array":
        if "maxItems" in schema:
            return [_sample(schema.get("items", {}))] * (schema["maxItems"] + 1)
        inner = _out_of(schema.get("items", {}))
        return None if inner is None else [inner]
    return None


def _bad(model: Model) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Make bad inputs: what is bad, the field, the input."""
    good = {name: _sample(model.fields[name]) for name in model.required if name in model.fields}
    for what, make in (("type", _wrong_type), ("limit", _out_of)):
        for name, schema in model.fields.items():
            value = make(schema)
            if value is not None:
                yield what, name, {**good, name: value}
                break
    for name in good:
        if "default" not in model.fields[name]:
            yield "missing", name, {k: v for k, v in good.items() if k != name}
            break


@pytest.mark.parametrize("name", [*MARKET, *OWN])
def test_bad_inputs_are_refused_by_name(name: str) -> None:
    model = CATALOGUE.entry(name)
    for what, field, value in _bad(model):
        with pytest.raises(InvalidInput) as caught:
            prepare(model, value, roles=CATALOGUE.roles)
        error = caught.value
        assert str(error.field).startswith(field), f"{what}: {error}"
        assert field in str(error)
        assert error.model == name
        assert not error.may_have_spent


def test_nearly_every_model_has_all_three_kinds_of_bad_inputs() -> None:
    lacking: dict[str, list[str]] = {"type": [], "missing": [], "limit": []}
    for name in (*MARKET, *OWN):
        kinds = {what for what, _, _ in _bad(CATALOGUE.entry(name))}
        for what, names in lacking.items():
            if what not in kinds:
                names.append(name)
    assert lacking["type"] == []
    assert len(lacking["missing"]) <= 16, lacking["missing"]  # one of several fields is needed there, or none is
    assert len(lacking["limit"]) <= 35, lacking["limit"]  # ids and free texts only


def test_files_are_set_aside_not_opened() -> None:
    model = CATALOGUE.entry("google/nano-banana-edit")
    prepared = prepare(model, {"prompt": "x", "image_urls": ["/no/such/file.png"]}, roles=CATALOGUE.roles)
    assert [type(file) for file in prepared.files] == [FilePlaceholder]
