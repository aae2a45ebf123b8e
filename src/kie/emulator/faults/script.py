"""Scripts of faults: rules in an order, with a description and a seed if wanted; in YAML, in JSON, or ready-made packs.

seed: 7                     # optional: what is left to chance follows from it instead of from the emulator's
description: A bad evening  # optional
packs: [flaky]              # optional: their rules come first
rules:
  - {stage: create, do: 429, probability: 0.2, retry_after: 5}
  - stage: poll
    do: rename-field
    field: data.state
    to: status
    after: 60
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from kie.emulator.faults.rule import Fault, read_rule

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_NAMES = ("seed", "description", "packs", "rules")


@dataclass(frozen=True, slots=True)
class Script:
    """Rules in their order.

    Args:
        rules: The rules; the first that strikes a request is done.
        seed: What is left to chance follows from it; None takes the emulator's.
        description: What the script is for.
        name: The pack's name, or the file's; "" for others.
    """

    rules: tuple[Fault, ...] = ()
    seed: int | None = None
    description: str = ""
    name: str = ""

    def to_json(self) -> dict[str, Any]:
        """The script as it is read; packs are resolved into their rules."""
        head: dict[str, Any] = {"seed": self.seed} if self.seed is not None else {}
        if self.description:
            head["description"] = self.description
        return {**head, "rules": [rule.to_json() for rule in self.rules]}


#: What a script can be given as: rules, a pack's name, a path, a script, or several of these.
Scripts: TypeAlias = "Fault | Script | str | os.PathLike[str] | Iterable[Fault | Script | str | os.PathLike[str]]"


def gather(given: Scripts) -> tuple[Script, ...]:
    """The scripts that are given in any form, in their order.

    Raises:
        ValueError: for what is no script, with the number of the rule that is wrong; for a name that is neither a
            pack nor a file.
        OSError: when a file cannot be read.
    """
    if isinstance(given, Fault):
        return (Script((given,)),)
    if isinstance(given, Script):
        return (given,)
    if isinstance(given, str | os.PathLike):
        return (named(given),)
    if isinstance(given, dict | bytes) or not isinstance(given, Iterable):
        raise ValueError(f"faults are rules, a pack's name or a script's path, not {given!r}")  # noqa: TRY004 - as all others
    return tuple(script for each in given for script in gather(each))


def named(given: str | os.PathLike[str]) -> Script:
    """The pack of that name, or the script in that file.

    Raises:
        ValueError: when it is neither, or is written wrongly.
        OSError: when the file cannot be read.
    """
    text = os.fspath(given)
    if text in pack_files():
        return pack(text)
    path = Path(text)
    if not path.exists() and not path.suffix:
        raise ValueError(f"no pack and no file is called {text!r}; packs are {', '.join(pack_files())}")
    return read(path.read_text(encoding="utf-8"), path.name)


def read(text: str, name: str = "") -> Script:
    """A script in YAML or JSON; a list is one of rules.

    Raises:
        ValueError: with the name and the number of the rule, counted from 1, that is wrong.
    """
    place = name or "script"
    try:
        return parse(_loaded(text), name)
    except ValueError as wrong:
        raise ValueError(f"{place}: {wrong}") from None


def _loaded(text: str) -> Any:
    """JSON or YAML; raises ValueError."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        import yaml
    except ImportError:
        raise ValueError("scripts in YAML need PyYAML: pip install 'kie[emulator]'; JSON works without it") from None
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as wrong:
        raise ValueError(f"not YAML: {' '.join(str(wrong).split())}") from None


def parse(value: Any, name: str = "") -> Script:
    """A script from what YAML or JSON holds: a mapping with seed, description, packs and rules, a rule, or a list.

    Raises:
        ValueError: with the number of the rule, counted from 1, that is wrong.
    """
    if isinstance(value, dict) and ("stage" in value or "do" in value):
        value = [value]
    if isinstance(value, list):
        value = {"rules": value}
    if not isinstance(value, dict):
        raise ValueError(f"a script is a mapping with {', '.join(_NAMES)}, not {value!r}")  # noqa: TRY004 - as all others
    if unknown := [str(key) for key in value if key not in _NAMES]:
        raise ValueError(f"a script has no {unknown[0]!r}; there are {', '.join(_NAMES)}")
    seed: Any = value.get("seed")
    description: Any = value.get("description") or ""
    if seed is not None and (isinstance(seed, bool) or not isinstance(seed, int)):
        raise ValueError(f"seed must be a whole number, not {seed!r}")
    if not isinstance(description, str):
        raise ValueError(f"description must be text, not {description!r}")  # noqa: TRY004 - as all others
    rules = [rule for each in _listed(value, "packs") for rule in pack(str(each)).rules]
    for number, given in enumerate(_listed(value, "rules"), 1):
        try:
            rules.append(read_rule(given))
        except ValueError as wrong:
            raise ValueError(f"rule {number}: {wrong}") from None
    return Script(tuple(rules), seed, " ".join(description.split()), name)


def _listed(value: dict[str, Any], name: str) -> list[Any]:
    held = value.get(name) or []
    if isinstance(held, str) and name == "packs":
        held = [held]
    if not isinstance(held, list):
        raise ValueError(f"{name} must be a list, not {held!r}")  # noqa: TRY004 - as all others
    return held


@cache
def pack_files() -> dict[str, Traversable]:
    """The files of the ready-made scripts by their names."""
    folder = files("kie.emulator") / "data" / "packs"
    return {
        each.name.removesuffix(".yaml"): each
        for each in sorted(folder.iterdir(), key=lambda each: each.name)
        if each.name.endswith(".yaml")
    }


@cache
def pack(name: str) -> Script:
    """A ready-made script.

    Raises:
        ValueError: when there is none of that name.
    """
    if name not in pack_files():
        raise ValueError(f"no such pack: {name!r}; there are {', '.join(pack_files())}")
    return read(pack_files()[name].read_text(encoding="utf-8"), name)


def packs() -> dict[str, Script]:
    """All ready-made scripts by their names."""
    return {name: pack(name) for name in pack_files()}
