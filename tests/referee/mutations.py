"""The mutation run: each field of each kind of answer is renamed in turn, and a check of the client must notice.

Nothing here knows the client; the checks are given. Fields are found in real answers. A field within what repeats
the request (`param` and the like) is none of the emulator's, and is left alone.
"""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.referee.shapes import ECHOES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.referee.wire import Line

Json = dict[str, Any]


@dataclass(slots=True)
class Case:
    """One kind of answer: where it comes from, what it looks like, and the check that reads it.

    `raises` tells that the check ends with an error even without a mutation: then its words are compared.
    """

    name: str
    stage: str
    match: str
    answers: list[Any]
    check: Callable[[], Any]
    raises: bool = False


@dataclass(slots=True)
class Report:
    """What became of the mutations, by case and field."""

    killed: list[tuple[str, str]] = field(default_factory=list)
    survived: list[tuple[str, str]] = field(default_factory=list)


def fields(answers: Iterable[Any]) -> list[str]:
    """The dotted paths of all fields, through lists and JSON within strings, each once."""
    found: dict[str, None] = {}
    for answer in answers:
        found |= dict.fromkeys(_paths(answer))
    return list(found)


def _paths(value: Any, place: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, held in value.items():
            spot = f"{place}.{name}".lstrip(".")
            yield spot
            if name not in ECHOES:
                yield from _paths(held, spot)
    elif isinstance(value, list):
        for held in value:
            yield from _paths(held, place)
    elif isinstance(value, str) and value.startswith(("{", "[")):
        try:
            inner = json.loads(value)
        except ValueError:
            return
        yield from _paths(inner, place)


def other(path: str) -> str:
    """The name that a field gets: one that nobody knows."""
    return f"{path.rpartition('.')[2]}Renamed"


def outcome(check: Callable[[], Any]) -> Any:
    """What a check gives, or what it raises, in words."""
    try:
        return check()
    except Exception as error:  # noqa: BLE001 - any way to fail is a way to notice
        return f"{type(error).__name__}: {error}"


def run(line: Line, cases: Iterable[Case], report: Report) -> None:
    """Renames each field of each case by a fault rule, and notes whether the check gives something else."""
    for case in cases:
        usual = outcome(case.check)
        assert isinstance(usual, str) == case.raises, f"{case.name} without any mutation: {usual}"
        for path in fields(case.answers):
            noticed = renamed(line, case, [path]) != usual
            (report.killed if noticed else report.survived).append((case.name, path))
        assert outcome(case.check) == usual, f"{case.name} does not hold any more after its mutations"


def renamed(line: Line, case: Case, paths: Iterable[str]) -> Any:
    """What the check of a case gives while all these fields have other names."""
    rules = [
        {"stage": case.stage, "do": "rename-field", "match": case.match, "times": 0, "field": path, "to": other(path)}
        for path in paths
    ]
    assert line.post("/__emulator/faults", rules).status == 200
    try:
        return outcome(case.check)
    finally:
        assert line.call("DELETE", "/__emulator/faults").status == 200


def changed(body: Json, path: str) -> Json:
    """A body with one field renamed: for callbacks, which no fault rule renames."""
    held = copy.deepcopy(body)
    return _rename(held, path.split(".")) or held


def _rename(value: Any, parts: list[str]) -> Any:
    if isinstance(value, list):
        return [_rename(item, parts) or item for item in value]
    if isinstance(value, str):
        try:
            inner = json.loads(value)
        except ValueError:
            return value
        return json.dumps(_rename(inner, parts) or inner)
    if not isinstance(value, dict) or parts[0] not in value:
        return value
    if len(parts) == 1:
        return {(other(parts[0]) if name == parts[0] else name): held for name, held in value.items()}
    return {name: (_rename(held, parts[1:]) if name == parts[0] else held) for name, held in value.items()}
