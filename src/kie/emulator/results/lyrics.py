"""Words for songs: small verses about what was asked for, the same for the same seed."""

from __future__ import annotations

import random
import re

_SKIPPED = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "it",
        "its",
        "me",
        "my",
        "of",
        "on",
        "or",
        "please",
        "short",
        "song",
        "that",
        "the",
        "this",
        "to",
        "with",
        "write",
        "about",
        "you",
        "your",
        "upbeat",
        "make",
        "lyrics",
    ]
)
_LINES = (
    "{one} in the morning light",
    "Every road comes back to {one}",
    "And the {two} keeps the time",
    "Nothing here is far away",
    "I was looking for {two}",
    "{one}, stay a while with me",
    "The window holds the {two}",
    "We were never out of time",
    "Say the word and I am there",
    "All the colours learn to wait",
    "Half a mile of open sky",
    "Call it {one}, call it home",
)
_HOOKS = (
    "Oh, {one}, {one}, turn it around",
    "This is {two} and this is ours",
    "Sing it, {one}, till the lights come up",
)
_MOODS = ("warm", "bright", "patient", "wide open", "close and dry", "half asleep", "proud")
_PARTS = ("soft keys", "a round bass", "brushed drums", "a thin guitar line", "low strings", "a choir of two")


def subjects(prompt: str, dice: random.Random) -> tuple[str, str]:
    """Two words that a prompt is about."""
    words = [word for word in re.findall(r"[^\W\d_]{3,}", prompt.lower()) if word not in _SKIPPED]
    words = list(dict.fromkeys(words)) or ["silence"]
    return dice.choice(words), dice.choice(words)


def title(prompt: str, seed: int) -> str:
    """A title of two or three words."""
    dice = random.Random(f"{seed}:title:{prompt}")
    one, two = subjects(prompt, dice)
    return dice.choice((f"{one} road", f"no more {one}", f"{one} and {two}", f"the {one} hour")).title()


def write(prompt: str, seed: int) -> str:
    """Two verses, a chorus and a bridge."""
    dice = random.Random(f"{seed}:lyrics:{prompt}")
    one, two = subjects(prompt, dice)
    lines = dice.sample(_LINES, 10)
    hook = dice.choice(_HOOKS)
    parts = (
        ("Verse", lines[:4]),
        ("Chorus", [hook, lines[8], hook, lines[9]]),
        ("Verse 2", lines[4:8]),
        ("Outro", [hook]),
    )
    text = "\n\n".join("\n".join([f"[{name}]", *held]) for name, held in parts)
    return "\n".join(_capital(line) for line in text.format(one=one, two=two).split("\n"))


def _capital(line: str) -> str:
    return line[:1].upper() + line[1:]


def style(content: str, seed: int) -> str:
    """A fuller description of a style."""
    dice = random.Random(f"{seed}:style:{content}")
    first, second = dice.sample(_PARTS, 2)
    mood, pace = dice.choice(_MOODS), dice.randint(70, 140)
    return f"{content.strip().capitalize()}: {mood}, with {first} under {second}, {pace} bpm."


def phrase(seed: int) -> str:
    """A sentence for somebody to sing, as a proof that the voice is theirs."""
    dice = random.Random(f"{seed}:phrase")
    one, two = dice.sample(("river", "lantern", "orchard", "harbour", "mountain", "garden"), 2)
    return f"I sing of the {one} and the {two} tonight"
