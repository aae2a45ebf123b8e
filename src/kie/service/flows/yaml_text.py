"""YAML as flows are written in it: plain data with line numbers, and nothing that YAML can do besides.

Anchors, aliases, tags and repeated keys are refused, so a small text stays small. Plain words are text unless they
are ``true``, ``false``, ``null`` or a decimal number: YAML 1.1 would read ``16:9`` as 969 and ``no`` as false.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kie.service.flows.errors import FlowInvalid, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MOST", "fits", "read_yaml"]

#: Letters of a text, values in it, and how deep they may lie in one another.
MOST = 128 * 1024
_VALUES, _DEPTH = 10_000, 24
#: Letters of a name.
_NAME = 200
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_NUMBER = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}([eE][-+]?[0-9]{1,2})?")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


def read_yaml(text: str) -> tuple[Any, dict[str, int]]:
    """Read a text; returns its value, and the line of each value by its path (``steps.image.input.images[0]``).

    Raises:
        FlowInvalid: it is no YAML, too large, or does what is not allowed here.

    """
    import yaml

    if len(text) > MOST:
        raise FlowInvalid.of("", [Problem("", f"The text has {len(text)} letters; {MOST} are allowed.")])
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where it was built
        return _Reader(yaml.parse(text, Loader=loader)).document()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else None
        raise FlowInvalid.of("", [Problem("", f"This is no YAML: {error.problem}.", line)]) from None
    except (yaml.YAMLError, ValueError) as error:  # a letter that YAML does not allow
        raise FlowInvalid.of("", [Problem("", f"This is no YAML: {str(error).splitlines()[0]}.")]) from None


def fits(value: Any, most: int = _VALUES) -> bool:
    """Tell whether plain data have no more values than this, and lie no deeper in one another than YAML may."""
    level, count = [value], 0
    for _ in range(_DEPTH + 1):
        count += len(level)
        inner = (each.values() if isinstance(each, dict) else each for each in level if isinstance(each, (dict, list)))
        level = [value for values in inner for value in values]
        if not level or count + len(level) > most:
            break
    return not level and count <= most


class _Reader:
    def __init__(self, events: Iterator[Any]) -> None:
        self._events = events
        self._values = 0
        self._lines: dict[str, int] = {}

    def document(self) -> tuple[Any, dict[str, int]]:
        import yaml

        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                break
        else:
            return None, {}
        value = self._value(next(self._events), "", 0)
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                raise _refused(event, "", "One flow a text: a second document begins here.")
        return value, self._lines

    def _value(self, event: Any, path: str, depth: int) -> Any:
        import yaml

        self._values += 1
        if self._values > _VALUES or depth > _DEPTH:
            raise _refused(event, path, f"More than {_VALUES} values, or deeper than {_DEPTH}.")
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise _refused(event, path, "Anchors and aliases are not allowed: write the value out.")
        if event.tag is not None:
            raise _refused(event, path, "Tags are not allowed.")
        self._lines.setdefault(path, _line(event))
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event.value) if not event.style else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, depth)
        return self._mapping(path, depth)

    def _sequence(self, path: str, depth: int) -> list[Any]:
        import yaml

        found: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            found.append(self._value(event, f"{path}[{len(found)}]", depth + 1))
        return found

    def _mapping(self, path: str, depth: int) -> dict[str, Any]:
        import yaml

        found: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.anchor is not None or event.tag is not None:
                raise _refused(event, path, "A name must be plain text.")
            if len(event.value) > _NAME:  # the place of each value is told by the names that lead to it
                raise _refused(event, path, f"A name has {len(event.value)} letters; {_NAME} are allowed.")
            inner = f"{path}.{event.value}" if path else event.value
            if event.value in found:
                raise _refused(event, inner, "The name stands here twice.")
            self._lines[inner] = _line(event)
            found[event.value] = self._value(next(self._events), inner, depth + 1)
        return found


def _scalar(word: str) -> Any:
    if word in _WORDS:
        return _WORDS[word]
    if _INTEGER.fullmatch(word):
        return int(word)
    if _NUMBER.fullmatch(word):
        return float(word)
    return word


def _refused(event: Any, path: str, message: str) -> FlowInvalid:
    return FlowInvalid.of("", [Problem(path, message, _line(event))])


def _line(event: Any) -> int:
    mark: Any = event.start_mark
    return int(mark.line) + 1
