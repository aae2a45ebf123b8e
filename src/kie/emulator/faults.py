"""Faults on demand: rules by stage and ordinal, and prompts that ask for trouble.

A prompt may contain `emu:fail=501` (the task fails with that code), `emu:stuck` (it never ends) or `emu:slow`
(it takes ten times as long). They work without any rule, so that a person at a keyboard can try them.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

STAGES = ("create", "poll", "media", "callback", "upload", "chat")
DEEDS = (
    "reset-before",
    "reset-after",
    "http-502",
    "429",
    "500",
    "truncate",
    "malformed",
    "delay",
    "null-data",
    "drop",
    "duplicate",
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong, and when.

    Args:
        stage: create, poll, media, callback, upload or chat.
        do: reset-before (the connection is cut, nothing was done), reset-after (the task was created, and the
            connection
            is cut before the answer), http-502 (a gateway's HTML page), 429 or 500 (code in the body),
            truncate (half of the announced body), malformed (broken JSON), delay, null-data (success without
            data); for callbacks also drop and duplicate.
        nth: the first request of that stage which it strikes, counted from 1.
        times: how many requests in a row it strikes; 0 is all from there on.
        seconds: how long `delay` waits, on the wall.
        match: only requests whose path or model contains this.
    """

    stage: str
    do: str
    nth: int = 1
    times: int = 1
    seconds: float = 1.0
    match: str = ""

    def __post_init__(self) -> None:
        if self.stage not in STAGES or self.do not in DEEDS:
            raise ValueError(f"no such fault: {self.stage} {self.do}; stages {STAGES}, deeds {DEEDS}")


def read_rules(rules: Any) -> list[Fault]:
    """Rules from JSON: one object or a list of them, with the names of Fault's arguments.

    Raises:
        ValueError: when a rule is not an object, or names what does not exist.
    """
    found = []
    for rule in rules if isinstance(rules, list) else [rules]:
        try:
            found.append(Fault(**rule))
        except TypeError as wrong:
            raise ValueError(f"not a fault: {rule!r} ({wrong})") from None
    return found


class Faults:
    """The rules, and how often each stage was reached."""

    def __init__(self, rules: Iterable[Fault] = ()) -> None:
        self._rules = list(rules)
        self._seen = [0] * len(self._rules)

    def strike(self, stage: str, what: str) -> Fault | None:
        """Counts one request; the first rule that strikes it, or None."""
        found: Fault | None = None
        for index, rule in enumerate(self._rules):
            if rule.stage != stage or rule.match not in what:
                continue
            self._seen[index] += 1
            seen = self._seen[index]
            if found is None and seen >= rule.nth and (rule.times == 0 or seen < rule.nth + rule.times):
                found = rule
        return found

    def add(self, rule: Fault) -> None:
        """One more rule; it counts from now on."""
        self._rules.append(rule)
        self._seen.append(0)

    def to_json(self) -> list[dict[str, Any]]:
        """All rules, and how many requests each has seen."""
        return [{**asdict(rule), "seen": seen} for rule, seen in zip(self._rules, self._seen, strict=True)]

    def clear(self) -> None:
        """Counts anew."""
        self._seen = [0] * len(self._rules)


@dataclass(frozen=True, slots=True)
class Spell:
    """What a prompt asks for: a failure code, no end at all, or slowness."""

    code: int | None = None
    stuck: bool = False
    slow: bool = False


_SPELL = re.compile(r"\bemu:(stuck|slow|fail(?:=(\d{3}))?)")


def read_spell(inputs: Any) -> Spell:
    """The spells in any string of a request."""
    code: int | None = None
    stuck = slow = False
    for text in _strings(inputs):
        for word, number in _SPELL.findall(text):
            stuck |= word == "stuck"
            slow |= word == "slow"
            if word.startswith("fail"):
                code = int(number or 501)
    return Spell(code, stuck, slow)


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
