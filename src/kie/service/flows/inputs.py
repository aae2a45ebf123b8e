"""The inputs of a run, as they are declared."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from kie.service.flows.errors import Problem
from kie.service.flows.references import UNKNOWN
from kie.service.flows.yaml_text import fits
from kie.wire.schema import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kie.service.flows.declaring import Input

__all__ = ["MOST_ITEMS", "check_input", "take"]

#: Items of a list, unless its declaration says otherwise; and letters of a text.
MOST_ITEMS, MOST_LETTERS = 1000, 100_000
#: Values in all inputs of a run.
_VALUES = 100_000
_NUMBERS = {"number": (int, float), "integer": (int,)}


def take(declared: Mapping[str, Input], given: Mapping[str, Any] | None) -> tuple[dict[str, Any], list[Problem]]:
    """Return the inputs with defaults, and what is wrong with them.

    Args:
        declared: by name.
        given: by name; None where they are not known yet: then what has no default is `UNKNOWN`.

    """
    if given is not None and not fits(dict(given), _VALUES):
        return {}, [Problem("inputs", f"More than {_VALUES} values, or they lie too deep in one another.")]
    problems: list[Problem] = []
    for name in given or {}:
        if name not in declared:
            near = nearest(name, tuple(declared))
            hint = f" Nearest: {near!r}." if near else f" Possible: {', '.join(declared) or 'none'}."
            problems.append(Problem(f"inputs.{name}", f"There is no such input.{hint}"))
    taken = {}
    for name, each in declared.items():
        value = (given or {}).get(name)
        value = each.default if value is None else value  # looked at too: fields of a default may have defaults
        if value is None:
            taken[name] = UNKNOWN if given is None else None
            if each.needed and given is not None:
                problems.append(Problem(f"inputs.{name}", f"It is needed: {_what(each)}."))
            continue
        taken[name] = check_input(each, value, f"inputs.{name}", problems)
    return taken, problems


def check_input(each: Input, value: Any, path: str, problems: list[Problem]) -> Any:
    """Return a value as its declaration has it; what is wrong is added to ``problems``.

    What is not known yet, and a file where a link is needed, is taken to be right.
    """
    if value is UNKNOWN or (each.type == "link" and hasattr(value, "position")):
        return value
    if each.choices and value not in each.choices:
        problems.append(Problem(path, f"{value!r} is none of {', '.join(map(str, each.choices))}."))
        return value
    if each.type == "list":
        return _list(each, value, path, problems)
    if each.type == "record":
        return _record(each, value, path, problems)
    wrong = _wrong(each, value)
    if wrong:
        problems.append(Problem(path, wrong))
    return value


def _wrong(each: Input, value: Any) -> str | None:
    if each.type == "boolean":
        return None if isinstance(value, bool) else f"true or false is needed, not {value!r}."
    if each.type in _NUMBERS:
        right = isinstance(value, _NUMBERS[each.type]) and not isinstance(value, bool) and math.isfinite(value)
        return None if right else f"{_what(each)} is needed, not {value!r}."
    if not isinstance(value, str):
        return f"{_what(each)} is needed, not {value!r}."
    most = each.most if each.most is not None else MOST_LETTERS
    if len(value) > most:
        return f"{len(value)} letters; {most} are allowed."
    if each.type == "link" and not value.startswith(("http://", "https://", "asset://")):
        return f"A link is needed, not {value[:60]!r}; upload a file first."
    return None


def _list(each: Input, value: Any, path: str, problems: list[Problem]) -> Any:
    if not isinstance(value, (list, tuple)):
        problems.append(Problem(path, f"A list is needed, not {type(value).__name__}."))
        return value
    most = each.most if each.most is not None else MOST_ITEMS
    if not each.least <= len(value) <= most:
        problems.append(Problem(path, f"{len(value)} items; {each.least} to {most} are allowed."))
        return list(value[:most])
    if each.of is None:
        return list(value)
    return [check_input(each.of, inner, f"{path}[{place}]", problems) for place, inner in enumerate(value)]


def _record(each: Input, value: Any, path: str, problems: list[Problem]) -> Any:
    if not isinstance(value, dict):
        problems.append(Problem(path, f"Names with values are needed, not {type(value).__name__}."))
        return value
    if not each.fields:
        return value
    for name in value:
        if name not in each.fields:
            near = nearest(name, tuple(each.fields))
            problems.append(Problem(f"{path}.{name}", f"Unknown.{f' Nearest: {near!r}.' if near else ''}"))
    taken = {}
    for name, inner in each.fields.items():
        if value.get(name) is not None:
            taken[name] = check_input(inner, value[name], f"{path}.{name}", problems)
        elif inner.default is not None:
            taken[name] = inner.default
        elif inner.needed:
            problems.append(Problem(f"{path}.{name}", f"It is needed: {_what(inner)}."))
    return taken


def _what(each: Input) -> str:
    return {
        "text": "a text", "number": "a number", "integer": "a whole number", "boolean": "true or false",
        "link": "a link", "list": "a list", "record": "names with values",
    }[each.type]  # fmt: skip
