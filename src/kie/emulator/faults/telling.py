"""What faults there are, in lines for a terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from kie.emulator.faults.deeds import DEEDS, MEANINGS, OPTIONS, WORDS
from kie.emulator.faults.script import packs
from kie.emulator.faults.spells import SPELLS

if TYPE_CHECKING:
    from collections.abc import Iterator


def tell_faults() -> Iterator[str]:
    """Stages with their deeds, what each deed does and takes, the packs, and the words for prompts."""
    yield "Stages and their deeds"
    for stage, deeds in DEEDS.items():
        yield from _entry(stage, ", ".join(deeds))
    yield ""
    yield "Deeds"
    for deed, means in MEANINGS.items():
        yield from _entry(deed, means + _options(deed))
    yield ""
    yield "Options of every rule: nth, times, every, match, model, key, probability, after, until"
    yield ""
    yield "Packs (--faults NAME)"
    for name, script in packs().items():
        yield from _entry(name, f"{script.description} ({len(script.rules)} rules)")
    yield ""
    yield "Words for prompts"
    for name, spell in SPELLS.items():
        yield from _entry(f"emu:{name}", spell.means)


def _options(deed: str) -> str:
    words = ", ".join(OPTIONS.get(deed, ()))
    if deed in WORDS:
        words += f" ({', '.join(WORDS[deed])})"
    return f" [{words}]" if words else ""


def _entry(name: str, text: str) -> list[str]:
    return textwrap.wrap(f"{name:<18}{text}", 100, initial_indent="  ", subsequent_indent=" " * 20)
