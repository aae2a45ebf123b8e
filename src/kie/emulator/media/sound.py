"""Sound effects: filtered noise and simple tones, chosen by the words of the prompt."""

import numpy as np

from kie.emulator.media import MediaSpec
from kie.emulator.media.audio import Wave, fades, file, normalised, room
from kie.emulator.media.brief import Reader, number
from kie.emulator.media.dispatch import suited
from kie.emulator.media.effects import EFFECTS
from kie.emulator.media.marks import note

RATE = 44100


def render(spec: MediaSpec) -> bytes:
    """Return the file of a sound effect, of the spec's duration."""
    wave = effect(spec.prompt, spec.duration, spec.seed)
    return file(wave, RATE, suited("sound", spec.format), note("sound", spec.prompt, spec.seed), "sound effect")


def named(prompt: str) -> list[str]:
    """Return the effects that a prompt names, at most three, first things first."""
    return Reader(prompt).ordered("sound")[:3]


def effect(prompt: str, duration: float, seed: int, otherwise: str = "") -> Wave:
    """Return two channels of an effect at 44.1 kHz.

    Args:
        prompt: Words such as "rain on a window, distant thunder".
        duration: Seconds, 0.1 to 300.
        seed: Seed.
        otherwise: The effect if the prompt names none; chosen by the seed if empty.
    """
    seconds = min(300.0, max(0.1, duration))
    count = max(1, round(seconds * RATE))
    names = named(prompt)
    if not names:
        pool = ("whoosh", "riser", "bell", "coin", "hum")
        names = [otherwise or pool[number(prompt, seed) % len(pool)]]
    mix = np.zeros(count, np.float32)
    for index, name in enumerate(names):
        rng = np.random.Generator(np.random.PCG64(number(prompt, seed, name)))
        mix += normalised(EFFECTS[name](count, rng)[:count], 1.0) * (0.8**index)
    return fades(normalised(room(mix, RATE, 0.7, 0.18)), RATE, 0.005, min(0.25, seconds / 8))
