"""The extracted facts: current, and free of the vendor's sentences and keys."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from kie.emulator import facts
from kie.emulator.api import validation
from tests.support.places import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DATA = ROOT / "src" / "kie" / "emulator" / "data" / "facts.json"


def test_facts_are_what_the_sources_say(shared: Path) -> None:
    del shared
    from tools import emulator_facts

    assert DATA.read_text(encoding="utf-8") == emulator_facts.render(), "run: python tools/emulator_facts.py"


def test_facts_hold_no_sentences_and_no_addresses() -> None:
    def strings(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for name, held in value.items():
                yield str(name)
                yield from strings(held)
        elif isinstance(value, list):
            for held in value:
                yield from strings(held)

    data = json.loads(DATA.read_text(encoding="utf-8"))
    for text in strings({name: held for name, held in data.items() if name != "source"}):
        assert not re.search(r"https?://\w", text), text
        assert len(text) <= 100, text
    assert not re.search(r'"(description|title|examples?)":"', DATA.read_text(encoding="utf-8"))


def test_all_models_and_paths_are_there() -> None:
    assert len(facts.models()) >= 200
    assert len(facts.chats()) >= 40
    assert facts.path("POST /api/v1/veo/generate") is not None


@pytest.mark.parametrize(
    ("field", "value", "fine"),
    [
        ("duration", 5, True),
        ("duration", "10", True),
        ("duration", "7", False),
        ("sound", "true", True),
        ("sound", "maybe", False),
        ("prompt", ["a", "b"], False),
        ("prompt", "x" * 100_000, False),
    ],
)
def test_values(field: str, value: object, fine: bool) -> None:  # noqa: FBT001
    fact = facts.model("kling-2.6/text-to-video")
    assert fact is not None
    inputs = {"prompt": "x", "sound": False, "aspect_ratio": "16:9", "duration": "5", field: value}
    if fine:
        validation.check(fact, inputs)
    else:
        with pytest.raises(validation.Refused):
            validation.check(fact, inputs)
