"""Voices: what a voice's name sounds like."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kie.emulator.media.brief import number


@dataclass(frozen=True, slots=True)
class Voice:
    """How one speaker differs from the model's own voice, a woman's of about 200 Hz."""

    height: float = 1.0
    """Factor of the pitch, 0.5 (a deep man) to 1.4 (a child)."""
    throat: float = 1.0
    """Factor of the formants, 0.84 (a large throat) to 1.14 (a small one)."""
    life: float = 1.0
    """How much the pitch moves, 0.5 (dry) to 1.4 (lively)."""
    breath: float = 0.0
    """More noise, as a logarithm: -0.3 to 0.7."""
    pace: float = 1.0
    """Own pace, 0.92 to 1.06."""


@cache
def _names() -> dict[str, frozenset[str]]:
    """Return the listed words and ids of voices.

    `men` and `women` are the numbered voices of text-to-speech-multilingual-v2 (document of 2026-08-19), by the
    kind of their names.
    """
    text = Path(__file__).with_name("voices.json").read_text(encoding="utf-8")
    return {kind: frozenset(" ".join(lines).split()) for kind, lines in json.loads(text).items()}


@cache
def voice(name: str) -> Voice:
    """Return the voice of a name, always the same; the model's own voice for no name.

    Names that are known for a man's, a woman's or a child's voice are put where they are expected, others by chance.
    """
    name = name.strip()
    low = name.lower()
    if not name:
        return Voice()
    names = _names()
    words = set(re.findall(r"[^\W\d_]+", low))

    def draw(what: str) -> float:
        return number("voice", what, low) % 10007 / 10006

    if words & names["young"]:
        return Voice(1.28 + 0.1 * draw("height"), 1.08 + 0.04 * draw("throat"), 1.15, 0.1 * draw("breath"), 1.02)
    deep = name in names["men"] or bool(words & names["low"])
    bright = name in names["women"] or bool(words & names["high"])
    if not deep and not bright:
        deep = draw("kind") < 0.5
    life = 0.7 + 0.6 * draw("life")
    breath = -0.2 + 0.7 * draw("breath") ** 2
    pace = 0.95 + 0.1 * draw("pace")
    if deep:
        pace -= 0.03  # a deep voice that hurries is hard to understand
    if deep and not (bright and name not in names["men"]):
        low_end = 0.0 if "deep" in words else 0.06
        return Voice(0.52 + low_end + 0.16 * draw("height"), 0.86 + 0.08 * draw("throat"), life, breath, pace)
    return Voice(0.86 + 0.3 * draw("height"), 0.95 + 0.12 * draw("throat"), life, breath, pace)
