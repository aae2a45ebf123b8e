"""``${…}``: a path to a value that is known later. Nothing is evaluated; there is nothing but paths.

    ${steps.sharp.outputs[0] or steps.video.outputs[0]}

A reference that is the whole of a text keeps the type of its value; within other text the value's text is put in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = [
    "INDEX",
    "UNKNOWN",
    "Condition",
    "Malformed",
    "Missing",
    "Mistaken",
    "Node",
    "Path",
    "Reference",
    "condition",
    "holds",
    "references",
    "resolve",
    "rewritten",
    "split",
]

#: Letters of a reference and of a condition.
_LONGEST = 500
#: Stands in brackets for the place of the item that a step is done for.
INDEX = "index"
_PIECE = re.compile(r"\$\$\{|\$\{([^{}]*)\}|\$\{")
_STEP = re.compile(r"\.([A-Za-z_][A-Za-z0-9_-]*)|\[(\d{1,6}|index)\]")
_HEAD = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_CONDITION = re.compile(r"\s*(not\s+)?\$\{([^{}]*)\}\s*(?:(==|!=)\s*(.*?)\s*)?")


class _Unknown:
    """See `UNKNOWN`."""

    def __repr__(self) -> str:
        return "UNKNOWN"


#: Stands for a value that is known only when the flow runs. What is made of it is not known either.
UNKNOWN: Any = _Unknown()


class Malformed(ValueError):
    """A reference that cannot be read; the message says why."""


class Missing(LookupError):
    """What a reference leads to is not there: its step was skipped, or made nothing of the kind."""


class Mistaken(Missing):
    """What a reference leads to can never be there: a text has no parts, a list has no names."""


class Node:
    """What a path can go into, besides lists and records: steps, their items."""

    __slots__ = ()

    def find(self, part: str | int) -> Any:
        """Return what stands under a name or at a place; None where nothing does."""
        raise NotImplementedError


class Path(NamedTuple):
    """A path: its first name, and what follows, names and places. `INDEX` as a place stands for the item's own."""

    head: str
    rest: tuple[str | int, ...]
    indexed: bool = False

    def __str__(self) -> str:
        """Write it as it was written."""
        marks = (f"[{part}]" if isinstance(part, int) or part == "[index]" else f".{part}" for part in self.rest)
        return self.head + "".join(marks).replace("[[", "[").replace("]]", "]")


class Reference(NamedTuple):
    """One or more paths; the first that is there is taken."""

    paths: tuple[Path, ...]

    def __str__(self) -> str:
        """Write it as it was written."""
        return f"${{{' or '.join(map(str, self.paths))}}}"


class Condition(NamedTuple):
    """``when``: a reference that must hold, must not hold, or must equal a word (or not)."""

    reference: Reference
    negated: bool = False
    operator: str = ""
    word: str = ""


def _path(text: str) -> Path:
    head = _HEAD.match(text)
    if head is None:
        raise Malformed(f"{text!r} is no path: it begins with inputs, steps, item, index or run")
    rest: list[str | int] = []
    at = head.end()
    while at < len(text):
        part = _STEP.match(text, at)
        if part is None:
            raise Malformed(f"{text!r} cannot be read at {text[at:]!r}")
        place = part[2]
        rest.append(part[1] if place is None else "[index]" if place == INDEX else int(place))
        at = part.end()
    return Path(head[0], tuple(rest), "[index]" in rest)


def _reference(text: str) -> Reference:
    if len(text) > _LONGEST:
        raise Malformed(f"{text[:40]!r}… is longer than {_LONGEST} letters")
    return Reference(tuple(_path(part.strip()) for part in re.split(r"\s+or\s+", text.strip())))


def split(text: str) -> tuple[str | Reference, ...]:
    """Split a text into plain text and references.

    Raises:
        Malformed: a reference cannot be read.

    """
    parts: list[str | Reference] = []
    at = 0
    for found in _PIECE.finditer(text):
        parts.append(text[at : found.start()])
        if found[0] == "$${":
            parts.append("${")
        elif found[1] is None:
            raise Malformed(f"{text[found.start() :][:40]!r} has no end")
        else:
            parts.append(_reference(found[1]))
        at = found.end()
    parts.append(text[at:])
    return tuple(part for part in parts if part != "")


def condition(text: str) -> Condition:
    """Read a condition.

    Raises:
        Malformed: it cannot be read.

    """
    if len(text) > _LONGEST:
        raise Malformed(f"{text[:40]!r}… is longer than {_LONGEST} letters")
    found = _CONDITION.fullmatch(text)
    if found is None:
        raise Malformed(
            f"{text!r} is no condition: a reference, `not` a reference, or a reference == or != a word is needed"
        )
    if found[1] and found[3]:
        raise Malformed(f"{text!r}: `not` and {found[3]} together are too much")
    word = found[4] or ""
    if len(word) > 1 and word[0] == word[-1] and word[0] in "'\"":
        word = word[1:-1]
    return Condition(_reference(found[2]), bool(found[1]), found[3] or "", word)


def references(value: Any, path: str = "") -> Iterator[tuple[str, Reference]]:
    """Find the references in a value, with the places where they stand.

    Raises:
        Malformed: one of them cannot be read.

    """
    if isinstance(value, str):
        if "${" in value:
            for part in split(value):
                if isinstance(part, Reference):
                    yield path, part
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from references(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, (list, tuple)):
        for place, inner in enumerate(value):
            yield from references(inner, f"{path}[{place}]")


def rewritten(value: Any, change: Callable[[tuple[str | Reference, ...]], Any]) -> Any:
    """Return a value with each text that holds references replaced by what ``change`` makes of its parts.

    What becomes a list within a list is put in item by item.
    """
    if isinstance(value, str):
        return change(split(value)) if "${" in value else value
    if isinstance(value, dict):
        return {name: rewritten(inner, change) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        found: list[Any] = []
        for inner in value:
            made = rewritten(inner, change)
            if isinstance(inner, str) and isinstance(made, list):
                found.extend(made)
            else:
                found.append(made)
        return found
    return value


def resolve(value: Any, scope: Mapping[str, Any], shown: Callable[[Any], Any] = lambda value: value) -> Any:
    """Put values in the place of references.

    Args:
        value: with references.
        scope: what a first name stands for.
        shown: turns a value that was found into what is wanted (a file into its link, say).

    Raises:
        Missing: a reference leads to nothing.

    """

    def change(parts: tuple[str | Reference, ...]) -> Any:
        found = [part if isinstance(part, str) else shown(_found(part, scope)) for part in parts]
        if len(parts) == 1:
            return found[0]
        if any(part is UNKNOWN for part in found):
            return UNKNOWN
        return "".join(map(_text, found))

    return rewritten(value, change)


def holds(asked: Condition, scope: Mapping[str, Any]) -> bool:
    """Tell whether a condition holds; what is missing does not hold."""
    try:
        value = _found(asked.reference, scope)
    except Missing:
        value = None
    if asked.operator:
        same = value is not None and _text(value) == asked.word
        return same is (asked.operator == "==")
    return bool(value) is not asked.negated


def _found(reference: Reference, scope: Mapping[str, Any]) -> Any:
    missing = Missing(f"{reference} is not there")
    for path in reference.paths:
        try:
            return _follow(path, scope)
        except Missing as error:
            missing = error
    raise missing


def _follow(path: Path, scope: Mapping[str, Any]) -> Any:
    value: Any = scope.get(path.head)
    for part in path.rest:
        place = scope.get(INDEX) if part == "[index]" else part
        if value is UNKNOWN:
            return UNKNOWN
        if not isinstance(value, (Node, list, dict)) or (isinstance(value, list) and not isinstance(place, int)):
            what = "a list" if isinstance(value, list) else "a text, a number or a file"
            raise Mistaken(f"{path} cannot be there: {what} has no {part!r}")
        if isinstance(value, Node):
            value = None if place is None else value.find(place)
        elif isinstance(value, list):
            value = value[place] if isinstance(place, int) and place < len(value) else None
        else:
            value = value.get(place)
        if value is None:
            raise Missing(f"{path} is not there")
    if value is None:
        raise Missing(f"{path} is not there")
    return value


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_text, value))
    return str(value)
