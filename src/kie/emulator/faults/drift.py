"""Fields of an answer by dotted path: renamed, dropped, emptied. Paths go into lists and into JSON within strings."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from kie.emulator.records.parts import compact

if TYPE_CHECKING:
    from collections.abc import Callable

    from kie.emulator.faults.rule import Fault

_NONE = object()


def holds(value: Any, path: str) -> bool:
    """Whether there is a field at the path, in any element of the lists on the way."""
    found = False

    def see(parent: dict[str, Any], name: str) -> None:
        nonlocal found
        del parent, name
        found = True

    _walk(value, path.split("."), see)
    return found


def renamed(value: Any, path: str, to: str) -> Any:
    """The value with the field at the path called `to`, in its place."""

    def rename(parent: dict[str, Any], name: str) -> None:
        held = {(to if key == name else key): inner for key, inner in parent.items()}
        parent.clear()
        parent.update(held)

    return _walk(value, path.split("."), rename)


def dropped(value: Any, path: str) -> Any:
    """The value without the field at the path."""

    def drop(parent: dict[str, Any], name: str) -> None:
        del parent[name]

    return _walk(value, path.split("."), drop)


def put(value: Any, path: str, given: Any) -> Any:
    """The value with something else in the field at the path, where there is one."""

    def change(parent: dict[str, Any], name: str) -> None:
        parent[name] = given

    return _walk(value, path.split("."), change)


def drifted(value: Any, rule: Fault, path: str) -> Any:
    """What a rule makes of an answer: the field at the path is renamed or dropped."""
    if rule.do == "drop-field":
        return dropped(value, path)
    return renamed(value, path, rule.to or other_spelling(path.rpartition(".")[2]))


def other_spelling(name: str) -> str:
    """snake_case for camelCase and the other way; `_v2` behind a single word."""
    if "_" in name:
        first, *rest = name.split("_")
        return first + "".join(part.title() for part in rest)
    snake = re.sub(r"(?<=[a-z0-9])([A-Z])", lambda found: f"_{found[1].lower()}", name)
    return snake if snake != name else f"{name}_v2"


def fields(value: Any, depth: int = 5) -> list[str]:
    """The dotted paths of all fields, in order; each once, whatever lists it is in."""
    found: dict[str, None] = {}
    if isinstance(value, str):
        value = _parsed(value)
    for inner in value if isinstance(value, list) else [value]:
        if isinstance(inner, dict) and depth:
            for name, held in inner.items():
                found[name] = None
                found |= {f"{name}.{path}": None for path in fields(held, depth - 1)}
    return list(found)


def _walk(value: Any, path: list[str], change: Callable[[dict[str, Any], str], None]) -> Any:
    """A copy of the value in which `change` was called with each object that holds the last name of the path."""
    if isinstance(value, list):
        if path[0].isdecimal():
            index = int(path[0])
            return [_walk(inner, path[1:] or [""], change) if at == index else inner for at, inner in enumerate(value)]
        return [_walk(inner, path, change) for inner in value]
    if isinstance(value, str):
        inner = _parsed(value)
        return value if inner is _NONE else compact(_walk(inner, path, change))
    if not isinstance(value, dict) or path[0] not in value:
        return value
    copy = dict(value)
    if len(path) == 1:
        change(copy, path[0])
    else:
        copy[path[0]] = _walk(copy[path[0]], path[1:], change)
    return copy


def _parsed(text: str) -> Any:
    """JSON in a string; _NONE when it is not an object or a list."""
    if not text.startswith(("{", "[")):
        return _NONE
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return _NONE
    return value if isinstance(value, dict | list) else _NONE
