"""Sound effects: filtered noise and simple tones, chosen by the words of the prompt."""

import numpy as np

from kie.emulator.media import MediaSpec
from kie.emulator.media.audio import Wave, decoded, fades, normalised, room, written
from kie.emulator.media.brief import Reader, number
from kie.emulator.media.effects import EFFECTS
from kie.emulator.media.effects_more import MORE
from kie.emulator.media.marks import heard, note, transcript

RATE = 44100
_ALL = EFFECTS | MORE
SPOKEN = 24000
"""Samples a second of an isolated voice."""


def render(spec: MediaSpec) -> bytes:
    """Return the file of a sound effect, of the spec's duration; or a voice set free from what is around it."""
    if spec.before.get("work") == "isolate" and spec.inputs:
        return isolated(spec)
    wave = effect(f"{spec.prompt} {spec.tags}".strip(), spec.duration, spec.seed, loop=spec.loop)
    return written(spec, wave, RATE, note("sound", spec.prompt, spec.seed), "sound effect")


def named(prompt: str) -> list[str]:
    """Return the effects that a prompt names, at most three, first things first."""
    return Reader(prompt).ordered("sound")[:3]


def effect(prompt: str, duration: float, seed: int, otherwise: str = "", *, loop: bool = False) -> Wave:
    """Return two channels of an effect at 44.1 kHz.

    Args:
        prompt: Words such as "rain on a window, distant thunder".
        duration: Seconds, 0.1 to 300.
        seed: Seed.
        otherwise: The effect if the prompt names none; chosen by the seed if empty.
        loop: The end goes over into the beginning.
    """
    seconds = min(300.0, max(0.1, duration))
    wanted = max(1, round(seconds * RATE))
    over = min(RATE, wanted // 3) if loop else 0
    count = wanted + over
    names = named(prompt)
    if not names:
        pool = ("whoosh", "riser", "bell", "coin", "hum")
        names = [otherwise or pool[number(prompt, seed) % len(pool)]]
    mix = np.zeros(count, np.float32)
    for index, name in enumerate(names):
        rng = np.random.Generator(np.random.PCG64(number(prompt, seed, name)))
        mix += normalised(_ALL[name](count, rng)[:count], 1.0) * (0.8**index)
    wave = room(mix, RATE, 0.7, 0.18)
    if loop:
        # What would come after the end is laid over the beginning: there the loop closes without a seam.
        ramp = np.sin(np.linspace(0, np.pi / 2, over, dtype=np.float32))
        wave[:, :over] = wave[:, :over] * ramp + wave[:, wanted:] * ramp[::-1]
        return normalised(wave[:, :wanted])
    return fades(normalised(wave), RATE, 0.005, min(0.25, seconds / 8))


def isolated(spec: MediaSpec) -> bytes:
    """Return the first input with what lies beside a voice, and what sounds all the time, turned down."""
    told = heard(spec.inputs[0]) or []
    comment = note("sound", spec.prompt, spec.seed)
    wave = decoded(spec.inputs[0], SPOKEN)
    if wave is None or wave.size < 2048:
        silence = np.zeros(int(max(0.5, spec.duration) * SPOKEN), np.float32)
        return written(spec, silence, SPOKEN, note("sound", spec.prompt, spec.seed, "the input could not be read"))
    size, hop = 1024, 256
    frame = np.hanning(size).astype(np.float32)
    padded = np.pad(wave, (size, size + -wave.size % hop))
    pieces = np.lib.stride_tricks.sliding_window_view(padded, size)[::hop] * frame
    spectrum = np.fft.rfft(pieces, axis=1)
    level = np.abs(spectrum)
    floor = np.percentile(level, 15, axis=0)
    hertz = np.fft.rfftfreq(size, 1 / SPOKEN)
    band = 1 / np.sqrt(1 + (hertz / 8000) ** 8) / np.sqrt(1 + (85 / np.maximum(hertz, 1)) ** 6)
    gain = np.clip(1 - 1.6 * floor / (level + 1e-9), 0.06, 1) * band
    pieces = np.fft.irfft(spectrum * gain, size, axis=1) * frame
    out = np.zeros(padded.size, np.float32)
    for index, piece in enumerate(pieces):
        out[index * hop : index * hop + size] += piece
    clean = normalised(out[size : size + wave.size], 0.85)
    return written(spec, clean, SPOKEN, comment, "voice", transcript(told))
