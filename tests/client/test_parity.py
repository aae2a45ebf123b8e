"""Whoever knows one client knows the other: same names, same parameters, same defaults."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from kie import AsyncKie, AsyncOutput, AsyncResult, AsyncTask, Kie, Output, Result, Task

PAIRS = [(Kie, AsyncKie), (Task, AsyncTask), (Output, AsyncOutput), (Result, AsyncResult)]
#: What differs in name because it differs in nature.
TWINS = {"__enter__": "__aenter__", "__exit__": "__aexit__"}
pairs = pytest.mark.parametrize(("blocking", "looped"), PAIRS, ids=[a.__name__ for a, _ in PAIRS])


def _public(kind: type) -> set[str]:
    shown = {name for name in dir(kind) if not name.startswith("_")}
    return shown | {name for name in (*TWINS, *TWINS.values(), "__repr__", "__init__") if name in dir(kind)}


def _parameters(kind: type, name: str) -> list[tuple[str, Any, Any]]:
    member = inspect.getattr_static(kind, name)
    if isinstance(member, property):
        return [("property", None, None)]
    return [(p.name, p.kind, p.default) for p in inspect.signature(getattr(kind, name)).parameters.values()]


@pairs
def test_names(blocking: type, looped: type) -> None:
    """Both have the same members."""
    assert {TWINS.get(name, name) for name in _public(blocking)} == _public(looped)


@pairs
def test_parameters(blocking: type, looped: type) -> None:
    """Every member takes the same parameters, by the same ways, with the same defaults."""
    names = sorted(_public(blocking))
    assert {name: _parameters(blocking, name) for name in names} == {
        name: _parameters(looped, TWINS.get(name, name)) for name in names
    }


@pairs
def test_annotations(blocking: type, looped: type) -> None:
    """Every parameter has the same type."""
    for name in sorted(_public(blocking)):
        member = inspect.getattr_static(blocking, name)
        if not inspect.isfunction(member) or name in TWINS or name == "__init__":
            continue
        other = inspect.getattr_static(looped, name)
        renamed = {k: str(v).replace("Async", "") for k, v in other.__annotations__.items() if k != "return"}
        assert {k: str(v) for k, v in member.__annotations__.items() if k != "return"} == renamed, name


@pairs
def test_documented(blocking: type, looped: type) -> None:
    """Both are documented, member by member."""
    for kind in (blocking, looped):
        assert kind.__doc__
        for name in _public(kind) - {"__init__", "__repr__"}:
            assert inspect.getdoc(inspect.getattr_static(kind, name)), f"{kind.__name__}.{name}"
