"""The tables notice it when a dialect's data are wrong: each entry is taken out or renamed, and a case must fail."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from kie.catalogue.dialect import Dialect
from kie.catalogue.files import default_catalogue
from kie.wire.read import Reader
from tests.wire.cases import missed
from tests.wire.test_bodies import CASES, DIALECTS

if TYPE_CHECKING:
    from collections.abc import Iterator

_LISTS = ("outputs", "text", "data", "credits", "failed_codes")
_INSIDE = (
    ("state", ("paths", "queued", "running", "succeeded", "failed", "settled")),
    ("error", ("code", "message")),
    ("waiting", ("codes",)),
    ("absent", ("codes",)),
)


def _record(dialect: str) -> dict[str, Any]:
    found: dict[str, Any] = copy.deepcopy(default_catalogue().dialect(dialect).raw)
    return found


def _lists(record: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Find the lists of paths, words and codes of a dialect."""
    for key in _LISTS:
        yield key, record.get(key, [])
    for key, names in _INSIDE:
        for name in names:
            yield f"{key}.{name}", record.get(key, {}).get(name, [])
    for name, paths in record.get("extras", {}).items():
        yield f"extras.{name}", paths


def _mutants(dialect: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Make every mutant of a dialect: where, which entry, and the record without it or with another name of it."""
    for where, entries in _lists(_record(dialect)):
        for i, entry in enumerate(entries):
            changed = _record(dialect)
            found = dict(_lists(changed))[where]
            del found[i]
            yield where, entry, changed
            if entry:
                changed = _record(dialect)
                dict(_lists(changed))[where][i] = f"{entry}_"
                yield where, f"{entry} renamed", changed
    for key in ("progress", "expired"):
        changed = _record(dialect)
        if changed.pop(key, None):
            yield key, "", changed
    for key, flag in (("error", "decides"), ("absent", "empty")):
        changed = _record(dialect)
        if flag in changed.get(key, {}):
            changed[key][flag] = not changed[key][flag]
            yield f"{key}.{flag}", "flipped", changed
    changed = _record(dialect)
    if changed.get("waiting", {}).pop("unless", None):
        yield "waiting.unless", "", changed


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_wrong_entry_of_a_dialect_is_noticed(dialect: str) -> None:
    cases = [case for case in CASES if case.dialect == dialect]
    survivors = [(where, entry) for where, entry, record in _mutants(dialect) if missed(cases, Reader(Dialect(record)))]
    assert sorted(set(survivors)) == []
