"""Words in a prompt that ask for trouble, for people at a keyboard: `a boat, emu:fail=422`.

They need no rule. What a word asks for happens to the task of that prompt, and to nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kie.emulator.faults.rule import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Spell:
    """One word: the rule that it stands for, and the option that is set by a value behind `=`.

    `takes` is the name of an argument of Fault, or "do"; "" takes no value.
    """

    rule: Fault
    means: str
    takes: str = ""


def _spell(stage: str, do: str, means: str, takes: str = "", **options: Any) -> Spell:
    return Spell(Fault(stage, do, **options), means, takes)


#: The words, without `emu:`.
SPELLS: dict[str, Spell] = {
    "fail": _spell("create", "fail", "the task fails; =422 with that code", "code"),
    "stuck": _spell("create", "stuck", "the task never ends"),
    "slow": _spell("create", "slow", "the task takes ten times as long; =600 so many seconds", "seconds"),
    "refuse": _spell("create", "500", "no task: code 500; =402, 429, 433, 455 and others that code", "do"),
    "reset": _spell("create", "reset-after", "the task is created, and the connection is cut before the answer"),
    "no-url": _spell("poll", "no-url", "two answers without a result after success; =5 so many", "times", times=2),
    "expired": _spell("media", "expired", "its files are gone", times=0),
    "wrong-type": _spell(
        "media",
        "wrong-type",
        "an HTML page in place of its files; =video or another kind",
        "to",
        to="html",
        times=0,
    ),
    "truncate": _spell("media", "truncate", "the first download is cut off; =3 so many", "times"),
    "drip": _spell("media", "drip", "its files come in drops over 2 seconds; =10 so many", "seconds", times=0),
    "no-callback": _spell("callback", "drop", "no callback", times=0),
    "twice": _spell("callback", "duplicate", "each callback comes twice", times=0),
    "late": _spell("callback", "delay", "callbacks come a minute late; =600 so many seconds", "seconds", times=0),
    "forged": _spell("callback", "forge", "a forged callback comes before the real one"),
    "bad-signature": _spell("callback", "bad-signature", "callbacks are signed wrongly", times=0),
    "malformed": _spell("callback", "malformed", "callbacks of broken JSON", times=0),
}

_WORD = re.compile(r"\bemu:([a-z]+(?:-[a-z]+)*)(?:=([\w.\-]+))?")


def read_spells(inputs: Any) -> tuple[Fault, ...]:
    """The rules that the words in any string of a request ask for; words that are none are left alone."""
    return tuple(rule for text in _strings(inputs) if "emu:" in text for rule in _read(text))


def _read(text: str) -> Iterator[Fault]:
    for name, value in _WORD.findall(text):
        spell = SPELLS.get(name)
        if spell is None:
            continue
        if not value or not spell.takes:
            yield spell.rule
            continue
        try:
            yield replace(spell.rule, **{spell.takes: _typed(spell.takes, value)})
        except ValueError:
            yield spell.rule  # "emu:fail=soon": the word, as if without its value


def _typed(name: str, value: str) -> Any:
    """Raises ValueError."""
    if name in {"do", "to"}:
        return value
    if name == "seconds":
        return float(value.rstrip("."))
    return int(value.rstrip("."))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
