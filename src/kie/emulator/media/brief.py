"""Reading of a prompt: which scene, time, weather, things and colours its words ask for.

The words stand in `words.json`, in several languages. A word of Latin script must match a whole word of the
prompt; a phrase, or a word of another script, may match anywhere (Russian endings vary, Chinese has no spaces).
"""

import hashlib
import json
import random
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from kie.emulator.media.palette import Colour, Palette, palette
from kie.emulator.media.quotes import unquoted, wanted

_WORD = re.compile(r"[^\W_]+", re.UNICODE)


@cache
def words() -> dict[str, Any]:
    """Return the word lists."""
    text = Path(__file__).with_name("words.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def number(*parts: object) -> int:
    """Return a number that depends on all parts: the seed of everything random here."""
    text = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


@cache
def _plain(word: str) -> bool:
    return word.isascii() and word.isalpha()


@cache
def _sorted(group: str) -> tuple[tuple[str, frozenset[str], tuple[str, ...]], ...]:
    """Return a group's names with their whole words, and with those that are searched for."""
    result = []
    for name, listed in words()[group].items():
        told = [word for word in listed if isinstance(word, str)]
        plain = frozenset(word for word in told if _plain(word))
        result.append((name, plain, tuple(word for word in told if word not in plain)))
    return tuple(result)


class Reader:
    """Finds listed words in one prompt."""

    def __init__(self, prompt: str) -> None:
        self.text = prompt.lower()
        found = set(_WORD.findall(self.text))
        # A plural is its singular too: "two sunflowers", "candles".
        self.tokens = found | {word[:-1] for word in found if len(word) > 3 and word.endswith("s")}

    def place(self, word: str) -> int:
        """Return where a listed word stands in the prompt, or -1."""
        if _plain(word) and word not in self.tokens:
            return -1
        if _plain(word):
            match = re.search(rf"(?<![^\W_]){word}s?(?![^\W_])", self.text)
            return match.start() if match else -1
        if "\u0430" <= word[0] <= "\u0451" and " " not in word:
            return self._stem(word)
        return self.text.find(word)

    def _stem(self, stem: str) -> int:
        """Return where a Russian word with this stem stands: a short stem takes a short ending, one with $ none."""
        whole = stem.endswith("$")
        stem = stem.rstrip("$")
        if stem not in self.text:
            return -1
        endings = "{0}" if whole else "{0,3}" if len(stem) < 5 else "*"
        match = re.search(rf"(?<!\w){stem}\w{endings}(?!\w)", self.text)
        return match.start() if match else -1

    def scores(self, group: str) -> dict[str, tuple[int, int]]:
        """Return for each name of a group which occurs: (how many of its words, first place)."""
        found: dict[str, tuple[int, int]] = {}
        for name, plain, others in _sorted(group):
            # Whole words are looked up in a set; only the few that are there are searched for.
            places = {place for word in plain & self.tokens if (place := self.place(word)) >= 0}
            places |= {place for word in others if (place := self.place(word)) >= 0}
            if places:
                found[name] = (len(places), min(places))
        return found

    def best(self, group: str, otherwise: str) -> str:
        """Return the name with the most words in the prompt, the first of equals."""
        scores = self.scores(group)
        if not scores:
            return otherwise
        return min(scores, key=lambda name: (-scores[name][0], scores[name][1]))

    def ordered(self, group: str) -> list[str]:
        """Return all names that occur, in the order of the prompt."""
        scores = self.scores(group)
        return sorted(scores, key=lambda name: scores[name][1])


@dataclass(frozen=True, slots=True)
class Brief:
    """A prompt as the scenes understand it."""

    prompt: str
    seed: int
    scene: str
    setting: str
    """The scene behind a figure or an object; `studio` if the prompt names none."""
    subject: str
    thing: str
    time: str
    weather: str
    mood: frozenset[str]
    features: frozenset[str]
    colours: tuple[Colour, ...]
    palette: Palette
    texts: tuple[str, ...] = ()
    """The words that are to be read in the picture."""
    extra: dict[str, Any] = field(default_factory=dict)

    def random(self, salt: str = "") -> random.Random:
        """Return a random source for one part of the picture."""
        return random.Random(number(self.prompt, self.seed, salt))


def _drawable(texts: list[str]) -> tuple[str, ...]:
    """Return those texts for which there are letters; none without Pillow."""
    if not texts:
        return ()
    try:
        from kie.emulator.media.lettering import drawable
    except ImportError:
        return ()
    return tuple(text for text in texts if drawable(text))


def read(prompt: str, seed: int) -> Brief:
    """Read a prompt."""
    texts = _drawable(wanted(prompt))
    # What is to be read is not to be painted too: a poster with "SEA" need not show the sea.
    bare = unquoted(prompt) if texts else prompt
    reader = Reader(bare)
    chance = random.Random(number(prompt, seed, "brief"))
    scores = reader.scores("scene")
    for group, implied in (("object", "product"), ("subject", "figure")):
        if implied not in scores and (hits := reader.scores(group)):
            scores[implied] = (1, min(place for _, place in hits.values()))
    if scores:
        weight = {
            "figure": 2.2,
            "product": 1.5,
            "flow": 0.9,
            "graphic": 9.0,
            "ride": 2.4,
            "beast": 2.4,
            "interior": 1.6,
        }
        scene = max(scores, key=lambda name: (scores[name][0] * weight.get(name, 1.0), -scores[name][1]))
    else:
        scene = chance.choice(("landscape", "flow", "sea", "landscape", "product"))
    outdoors = [name for name in scores if name in {"landscape", "sea", "city", "space", "interior"}]
    setting = max(outdoors, key=lambda name: (scores[name][0], -scores[name][1])) if outdoors else "studio"
    if scene == "product" and "studio" in reader.tokens:
        setting = "studio"
    time = reader.best("time", "")
    if scene == "figure" and not outdoors and time:
        setting = "landscape"
    if not time:
        time = {"space": "night", "city": chance.choice(("sunset", "dusk", "night"))}.get(
            scene, chance.choice(("day", "day", "sunset", "dawn"))
        )
    weather = reader.best("weather", "")
    named = words()["colour"]
    plain = re.sub(r"golden (hour|retriever|gate)|orange juice|red fox|black forest", " ", bare.lower())
    colours = tuple(Colour(*named[name][:3]) for name in Reader(plain).ordered("colour"))
    mood = frozenset(reader.ordered("mood"))
    features = frozenset(reader.ordered("feature"))
    thing = reader.best("object", chance.choice(("sphere", "vase", "perfume")))
    if "croissant" in features and reader.scores("object").keys() & {"mug"}:
        thing = "brunch"
    return Brief(
        prompt=prompt,
        seed=seed,
        scene=scene,
        setting=setting,
        subject=reader.best("subject", chance.choice(("woman", "man"))),
        thing=thing,
        time=time,
        weather=weather,
        mood=mood,
        features=features,
        colours=colours,
        palette=palette(time, weather, set(mood), list(colours), chance.uniform(-1, 1)),
        texts=texts,
    )
