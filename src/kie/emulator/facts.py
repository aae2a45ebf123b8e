"""What the vendor's files say of each model.

Read from data/facts.json, which tools/emulator_facts.py writes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Fact:
    """One model or path.

    What comes out (`kind`), the vendor's word for the job (`task`), fields and price.
    """

    id: str
    kind: str
    task: str
    standing: str
    fields: dict[str, Any]
    required: tuple[str, ...]
    price: dict[str, Any] | None
    family: str = ""
    path: str = ""
    #: Required fields that the vendor's own examples leave empty: they must be there, and may be "" or [].
    empty: tuple[str, ...] = ()

    def default(self, name: str) -> Any:
        """The default of a field, or None."""
        return self.fields.get(name, {}).get("default")


@cache
def _read() -> dict[str, dict[str, Fact]]:
    text = resources.files("kie.emulator").joinpath("data", "facts.json").read_text(encoding="utf-8")
    raw = json.loads(text)
    return {section: {name: _fact(name, raw[section][name]) for name in raw[section]} for section in _SECTIONS}


_SECTIONS = ("models", "paths", "chat")


def _fact(name: str, raw: dict[str, Any]) -> Fact:
    schema = raw.get("input", {})
    return Fact(
        id=name,
        kind=raw["kind"],
        task=raw["task"],
        standing=raw["standing"],
        fields=schema.get("properties", {}),
        required=tuple(schema.get("required", ())),
        price=raw.get("price"),
        family=raw.get("family", ""),
        path=raw.get("path", ""),
        empty=tuple(schema.get("empty", ())),
    )


def model(name: str) -> Fact | None:
    """A model of createTask, by its id."""
    return _read()["models"].get(name)


def path(name: str) -> Fact | None:
    """A path of its own, such as "POST /api/v1/veo/generate"."""
    return _read()["paths"].get(name)


def chat(name: str) -> Fact | None:
    """A chat model, by its id."""
    return _read()["chat"].get(name)


def models() -> dict[str, Fact]:
    """All models of createTask."""
    return _read()["models"]


def chats() -> dict[str, Fact]:
    """All chat models."""
    return _read()["chat"]
