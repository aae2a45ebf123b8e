"""What a song is like, read from words: genre, tempo, key and mood. Standard library only."""

import json
import random
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kie.emulator.media.brief import Reader, number

_MODES = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
}
_SAD = {"sad", "melancholic", "melancholy", "dark", "lonely", "moody", "minor", "gloomy", "грустн", "悲"}
_GLAD = {"happy", "upbeat", "joyful", "cheerful", "sunny", "major", "uplifting", "весел", "快乐"}
_WILD = {"energetic", "intense", "powerful", "aggressive", "driving", "fast", "hard", "heavy", "энергич", "быстр"}
_SOFT = {"soft", "gentle", "slow", "quiet", "tender", "intimate", "mellow", "тих", "нежн", "медлен"}
_MALE = re.compile(r"(?<!fe)\b(male|man|men|baritone|tenor|boy)\b|мужск|男声")


@dataclass(frozen=True, slots=True)
class Song:
    """What is going to be played."""

    genre: str
    style: dict[str, Any]
    bpm: float
    root: int
    """MIDI number of the key, 45 to 56."""
    scale: tuple[int, ...]
    seed: int
    """Of the tune: songs with the same one have the same melodies."""
    male: bool = False
    drive: float = 1.0


@cache
def genres() -> dict[str, Any]:
    """Return the genres."""
    loaded: dict[str, Any] = json.loads(Path(__file__).with_name("genres.json").read_text(encoding="utf-8"))
    return loaded


def compose(prompt: str, tags: str, seed: int, like: Song | None = None) -> Song:
    """Read tempo, genre and mood of a song.

    Args:
        prompt: What it is about.
        tags: Style; both are read, the tags first.
        seed: Seed.
        like: A song whose tune, key, tempo and, unless the words name another, genre are kept.
    """
    text = f"{tags} {prompt}".lower()
    reader = Reader(text)
    dice = random.Random(number(prompt, tags, seed, "song"))
    table = genres()
    found = {
        name: min(at) for name, one in table.items() if (at := [p for w in one["words"] if (p := reader.place(w)) >= 0])
    }
    genre = min(found, key=lambda name: found[name]) if found else like.genre if like else dice.choice(sorted(table))
    style = table[genre]
    low, high = style["bpm"]
    lively = bool(reader.tokens & _WILD) - bool(reader.tokens & _SOFT)
    bpm = float(dice.randint(low, high)) * (1 + 0.08 * lively)
    if match := re.search(r"(\d{2,3}(?:\.\d+)?)\s*bpm|bpm[:\s]*(\d{2,3})", text):
        bpm = float(next(filter(None, match.groups())))
    elif like:
        bpm = like.bpm
    mode = style["mode"]
    if any(reader.place(word) >= 0 for word in _SAD):
        mode = "minor"
    elif any(reader.place(word) >= 0 for word in _GLAD):
        mode = "major"
    root = 45 + dice.randrange(12)
    if match := re.search(r"\bin ([a-g])([#b♯♭]?)\s*(major|minor|m)?\b", text):
        root = 45 + ("c d ef g a b".find(match[1]) + (match[2] in {"#", "♯"}) - (match[2] in {"b", "♭"}) - 9) % 12
        mode = {"major": "major", "minor": "minor", "m": "minor"}.get(match[3] or "", mode)
    return Song(
        genre,
        style,
        min(240.0, max(40.0, bpm)),
        like.root if like else root,
        like.scale if like else _MODES[mode],
        like.seed if like else number(text, seed),
        bool(_MALE.search(text)),
        1 + 0.15 * lively,
    )
