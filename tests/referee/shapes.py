"""Two ways to hold an answer against what it should be: by schema, and by keys, types and nesting.

Nulls. The documents describe finished tasks: they say of few fields that they may be null. So, by schema: what is null
in a record that is not finished successfully, or in an error's `data`, is left out of the judgement; what is null in a
successful one is judged, unless the schema says `nullable`, an example of the same page shows a null at that place, or
the field tells of failures alone (recorded: null on success). By shape: a null stands only for a null.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Json = dict[str, Any]
#: (place in the answer, rule, what the document asks for): one difference.
Flaw = tuple[str, str, str]

#: Null when nothing went wrong: recorded of the market in April 2026, documented of the music tools.
OF_FAILURES = frozenset({"failCode", "failMsg", "errorCode", "errorMessage", "errorMsg"})
#: Strings that hold the request again: what is in them follows from the request, not from the endpoint.
ECHOES = frozenset({"param", "paramJson", "promptJson", "generateParam"})


# -------------------------------------------------------------------------------------------------------- by schema


def flaws(schema: Json, body: Any, *, examples: Iterable[Any] = (), done: bool = True) -> list[Flaw]:
    """Where a body does not fit a vendor's schema. `done` tells that it speaks of a success: then nulls count."""
    free = {place for example in examples for place in _nulls(example)}
    judge = jsonschema.Draft202012Validator(plain(schema))
    found: set[Flaw] = set()
    for error in judge.iter_errors(body):
        place = where(error.absolute_path)
        if error.instance is None and (not done or place in free or place.rpartition(".")[2] in OF_FAILURES):
            continue
        if error.validator == "required":
            for name in error.validator_value:
                if name not in error.instance:
                    found.add((f"{place}.{name}".lstrip("."), "required", "present"))
            continue
        found.add((place, str(error.validator), json.dumps(error.validator_value, ensure_ascii=False)))
    return sorted(found)


def plain(schema: Any) -> Any:
    """An OpenAPI 3.0 schema as a JSON Schema: `nullable` becomes a type, and everything that is prose goes."""
    if isinstance(schema, list):
        return [plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    prose = {"description", "title", "example", "examples", "default", "nullable", "deprecated", "format"}
    held = {name: value for name, value in schema.items() if name not in prose and not name.startswith("x-")}
    for name in ("items", "additionalProperties", "not"):
        if name in held:
            held[name] = plain(held[name])
    for name in ("allOf", "anyOf", "oneOf"):
        if name in held:
            held[name] = [plain(item) for item in held[name]]
    if isinstance(held.get("properties"), dict):
        held["properties"] = {name: plain(value) for name, value in held["properties"].items()}
    if schema.get("nullable"):
        if isinstance(held.get("type"), str):
            held["type"] = [held["type"], "null"]
        if "enum" in held:
            held["enum"] = [*held["enum"], None]
    return held


def where(path: Iterable[Any]) -> str:
    """A place in JSON as words: data.response.sunoData[].id."""
    text = ""
    for part in path:
        text += "[]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".")


def _nulls(value: Any, place: str = "") -> Iterator[str]:
    if value is None:
        yield place
    elif isinstance(value, dict):
        for name, held in value.items():
            yield from _nulls(held, f"{place}.{name}".lstrip("."))
    elif isinstance(value, list):
        for held in value:
            yield from _nulls(held, f"{place}[]")


# --------------------------------------------------------------------------------------------------------- by shape


def shape(value: Any) -> Any:
    """Keys, types and nesting. JSON within a string is opened: {"json": shape}; a list shows what its items share."""
    if isinstance(value, dict):
        return {name: shape(held) for name, held in value.items()}
    if isinstance(value, list):
        return [_merged([shape(item) for item in value])] if value else []
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool) or value is None:
        return "boolean" if value is not None else "null"
    return "number"


def unread(value: Any) -> Any:
    """The same, with what repeats the request left closed."""
    if isinstance(value, dict):
        return {name: "echo" if name in ECHOES and held else unread(held) for name, held in value.items()}
    return [unread(held) for held in value] if isinstance(value, list) else value


def filled(shaped: Any) -> Any:
    """The same shape, with empty text counted as text."""
    if isinstance(shaped, dict):
        return {name: filled(held) for name, held in shaped.items()}
    if isinstance(shaped, list):
        return [filled(held) for held in shaped]
    return "string" if shaped == "empty string" else shaped


def _text(value: str) -> Any:
    if value.startswith(("{", "[")):
        try:
            return {"json": shape(json.loads(value))}
        except ValueError:
            return "string"
    return "string" if value else "empty string"


def _merged(shapes: list[Any]) -> Any:
    """One shape for the items of a list: the keys of all, and the first type of each."""
    if not all(isinstance(one, dict) for one in shapes):
        return shapes[0]
    out: Json = {}
    for one in shapes:
        for name, held in one.items():
            if out.get(name, "null") == "null":
                out[name] = held
    return out


def differences(real: Any, ours: Any, place: str = "") -> Iterator[tuple[str, str, str]]:
    """(place, recorded, emulated) wherever two shapes differ. Nothing is forgiven here."""
    if isinstance(real, dict) and isinstance(ours, dict):
        for name in sorted(real.keys() | ours.keys()):
            spot = f"{place}.{name}".lstrip(".")
            if name not in ours:
                yield spot, brief(real[name]), "absent"
            elif name not in real:
                yield spot, "absent", brief(ours[name])
            else:
                yield from differences(real[name], ours[name], spot)
    elif isinstance(real, list) and isinstance(ours, list):
        if real and ours:
            yield from differences(real[0], ours[0], f"{place}[]")
        elif real or ours:
            yield place, brief(real), brief(ours)
    elif real != ours:
        yield place, brief(real), brief(ours)


def brief(shaped: Any) -> str:
    if isinstance(shaped, dict):
        return "JSON in a string" if "json" in shaped and len(shaped) == 1 else "object"
    if isinstance(shaped, list):
        return "list" if shaped else "empty list"
    return str(shaped)
