"""The inputs of local steps, declared like those of models, and checked with the same code."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kie.errors import InvalidInput
from kie.service.flows.media.sizes import size_of
from kie.wire.prepare import FilePlaceholder, Prepared, placeholders
from kie.wire.schema import conform, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

__all__ = ["NAMES", "check", "schema", "whole"]


@cache
def _declared() -> dict[str, dict[str, Any]]:
    text = Path(__file__).with_name("steps.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, Any]] = json.loads(text)
    return loaded


#: The local steps there are.
NAMES = tuple(_declared())


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of a step's input; ``x-file`` marks files, ``x-size`` sizes.

    Raises:
        InvalidInput: there is no such step.

    """
    found = _declared().get(name)
    if found is None:
        near = nearest(name, NAMES)
        raise InvalidInput(
            f"run: there is no local step {name!r}.",
            field="run",
            allowed=NAMES,
            nearest=near,
            hint=(f"Nearest: {near!r}. " if near else "") + f"There are: {', '.join(NAMES)}.",
        )
    return found


class _AsIs:
    """No other words for values: a step has one spelling."""

    def others(self, _path: str, _value: Any) -> Sequence[Any]:
        return ()

    def names(self, _path: str, _allowed: Sequence[Any]) -> Sequence[str]:
        return ()


def _file(value: Any, rule: dict[str, Any], path: str) -> Any:
    """Set a file aside; nothing where nothing was given, so that lists keep their places."""
    if value is None or value == "":
        return None
    return FilePlaceholder(value, rule, path)


def check(name: str, given: Mapping[str, Any], unknown: Callable[[Any], bool] | None = None) -> Prepared:
    """Check a step's input, and set its files aside.

    Args:
        name: one of NAMES.
        given: inputs by name; a file is whatever its owner makes a file of later.
        unknown: tells values that are known only when the flow runs; they are taken to be right.

    Raises:
        InvalidInput: names the step, the field and the nearest thing that there is.

    """
    declared = schema(name)
    told = {field: value for field, value in given.items() if value is not None}
    later = {field for field, value in told.items() if unknown is not None and _holds(value, unknown)}
    try:
        _known(declared, told.keys(), later)
        now = {field: value for field, value in told.items() if field not in later}
        ready = conform(declared, now, files=_file, translate=_AsIs(), partial=True)
        _sizes(declared, ready)
        if name == "join" and not later & {"videos", "voices"}:
            _paired(ready, "videos", "voices")
        if name == "contact_sheet" and not later & {"files", "labels"}:
            _paired(ready, "files", "labels")
    except InvalidInput as error:
        error.message = f"{name}: {error.message}"
        error.args = (error.message,)
        raise
    return Prepared(ready, tuple(placeholders(ready)))


def whole(name: str, ready: Mapping[str, Any]) -> dict[str, Any]:
    """Return an input with the defaults of what was not given; None where there is none."""
    return {field: ready.get(field, rule.get("default")) for field, rule in schema(name)["properties"].items()}


def _holds(value: Any, unknown: Callable[[Any], bool]) -> bool:
    if unknown(value):
        return True
    if isinstance(value, dict):
        return any(_holds(inner, unknown) for inner in value.values())
    return isinstance(value, (list, tuple)) and any(_holds(inner, unknown) for inner in value)


def _known(declared: Mapping[str, Any], told: AbstractSet[str], later: AbstractSet[str]) -> None:
    """Check that what is needed is there, and that what is not looked at now has a name."""
    for name in declared["required"]:
        if name not in told:
            raise InvalidInput(f"{name}: is needed and was not given.", field=name)
    fields = tuple(declared["properties"])
    for name in later:
        if name not in fields:
            near = nearest(name, fields)
            raise InvalidInput(
                f"{name}: there is no such field.",
                field=name,
                allowed=fields,
                nearest=near,
                hint=(f"Nearest: {near!r}. " if near else "") + f"It takes: {', '.join(fields)}.",
            )


def _sizes(declared: Mapping[str, Any], ready: Mapping[str, Any]) -> None:
    for field, rule in declared["properties"].items():
        if field in ready and rule.get("x-size"):
            size_of(ready[field], field)
        elif field in ready and rule.get("items", {}).get("x-size"):
            for place, text in enumerate(ready[field]):
                size_of(text, f"{field}[{place}]")


def _paired(ready: Mapping[str, Any], one: str, other: str) -> None:
    """Check that two lists which belong together are of one length."""
    if ready.get(other) and len(ready[other]) != len(ready[one]):
        raise InvalidInput(
            f"{other}: there are {len(ready[other])} of them for {len(ready[one])} {one}.",
            field=other,
            hint=f"Give one for each of {one}, in their order; an empty one for none.",
        )
