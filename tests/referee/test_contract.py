"""What the inventory of the contract tells of answers whose recordings are not here: keys, types and values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.referee import shapes
from tests.referee.scenes import Scene, played

Json = dict[str, Any]

ENTRIES: list[Json] = json.loads(Path(__file__).with_name("contract.json").read_text(encoding="utf-8"))["entries"]


def _body(scene: Scene, stage: str) -> Any:
    if stage == "created":
        return scene.created
    return (
        {"callback": scene.callbacks, "failure": scene.failures}[stage][-1]
        if "call" in stage or stage == "failure"
        else scene.polls[stage]
    )


def _at(value: Any, place: str) -> Any:
    """What lies at a place; JSON in strings is opened on the way, lists give their first item."""
    for part in [part for part in place.split(".") if part]:
        name = part.removesuffix("[]")
        opened = json.loads(value) if isinstance(value, str) else value
        assert name in opened, f"{name} of {place} is not there"
        value = opened[name][0] if part.endswith("[]") else opened[name]
    return value


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry['scene']} {entry['stage']}")
def test_the_answer_is_what_the_contract_tells(entry: Json, shared: Path) -> None:
    body = _body(played()[entry["scene"]], entry["stage"])
    for place, keys in entry.get("keys", {}).items():
        assert sorted(_at(body, place)) == keys, (place, entry["source"])
    for place, kind in entry.get("types", {}).items():
        found = shapes.shape(_at(body, place))
        assert shapes.brief(found) == kind, (place, entry["source"])
    for place, value in entry.get("values", {}).items():
        assert _at(body, place) == value, (place, entry["source"])
