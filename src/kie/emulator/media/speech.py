"""Speech that says the text, in a voice that depends on the voice's name.

One English model (hibari-tts, Apache-2.0, inside its wheel) speaks; other voices are the same one moved in pitch
by resampling while the model's pace makes up for the time. Text in Cyrillic is written in Latin letters first;
what remains unpronounceable is hummed. Without the wheel a plain tone speech stands in.
"""

import re
from functools import cache
from typing import Any

import numpy as np

from kie.emulator.media import MediaSpec
from kie.emulator.media.audio import Wave, fades, file, filtered, normalised, resampled
from kie.emulator.media.brief import number
from kie.emulator.media.dispatch import suited
from kie.emulator.media.latin import latin
from kie.emulator.media.marks import note

RATE = 24000


def render(spec: MediaSpec) -> bytes:
    """Return the file of a spoken text."""
    wave, degraded = say(spec.prompt, spec.voice, spec.speed, spec.seed)
    comment = note("speech", spec.prompt, spec.seed, *degraded)
    return file(wave, RATE, suited("speech", spec.format), f"{comment}", spec.voice or "speech")


@cache
def _model() -> Any:
    """Return the speaking model, or nothing if its wheel is missing or broken."""
    try:
        from hibari import Hibari

        return Hibari(threads=1)
    except Exception:  # noqa: BLE001 - a broken wheel must lead to the simpler voice, whatever it raises
        return None


def pitch(voice: str) -> float:
    """Return the pitch of a voice: 0.80 (deep) to 1.12, 1 for no name.

    Names that are known for a man's or a child's voice are put where they are expected.
    """
    name = voice.strip().lower()
    if not name:
        return 1.0
    share = number("voice", name) % 1000 / 1000
    if _LOW.search(name):
        return 0.80 + 0.07 * share
    if _HIGH.search(name):
        return 0.98 + 0.14 * share
    return 0.80 + 0.32 * share


_LOW = re.compile(
    r"\b(man|male|boy|deep|adam|brian|george|daniel|bill|callum|charlie|chris|eric|harry|james|josh|liam|mark|"
    r"roger|will|antoni|arnold|sam|thomas|patrick|michael|david|puck|charon|fenrir|orus|onyx|echo|fable|ash)\b"
)
_HIGH = re.compile(
    r"\b(woman|female|girl|child|rachel|alice|aria|bella|charlotte|domi|elli|emily|freya|gigi|grace|jessica|laura|"
    r"lily|matilda|mimi|nicole|river|sarah|serena|kore|leda|aoede|zephyr|nova|shimmer|coral|sage)\b"
)


def say(text: str, voice: str, speed: float, seed: int) -> tuple[Wave, list[str]]:
    """Return the spoken text at 24 kHz, and what could not be done properly.

    Args:
        text: What to say; tags in square brackets are left out.
        voice: Name of the voice.
        speed: Pace, 0.5 to 2.
        seed: Seed; only the tone speech without a model uses it.
    """
    spoken = re.sub(r"\[[^\]]{0,40}\]", " ", text).strip()
    plain = latin(spoken)
    degraded = [] if plain == spoken else ["pronunciation is only near: the voice speaks English"]
    pace = min(2.0, max(0.5, speed or 1.0))
    model = _model()
    if model is None:
        return tones(plain, voice, pace, seed), ["no hibari-tts, tone speech"]
    if not plain:
        return np.zeros(RATE // 4, np.float32), degraded
    height = pitch(voice)
    try:
        wave = np.asarray(model(plain, speed=min(2.0, max(0.5, pace / height)), seed=0), dtype=np.float32)
    except Exception:  # noqa: BLE001 - the model may choke on a sign; the emulator must not
        return tones(plain, voice, pace, seed), ["text not pronounceable, tone speech"]
    if wave.size == 0:
        return tones(plain or "hm", voice, pace, seed), ["text not pronounceable, tone speech"]
    if height != 1.0:
        wave = resampled(wave, 1 / height)
    if height < 0.93:
        wave = filtered(wave, RATE, 60, 7600)
    return fades(normalised(wave, 0.8), RATE), degraded


_VOWELS = {"a": (730, 1090), "e": (530, 1840), "i": (270, 2290), "o": (570, 840), "u": (300, 870), "y": (300, 2000)}


def tones(text: str, voice: str, speed: float, seed: int) -> Wave:
    """Return a hummed stand-in for speech: a syllable for each vowel group, with a falling melody."""
    rng = np.random.Generator(np.random.PCG64(number("tones", text, seed)))
    base = 190 * pitch(voice) ** 2
    parts: list[Wave] = []
    for word in re.findall(r"[^\s]+", text or "hm")[:400]:
        groups = re.findall(r"[aeiouy]+", word.lower()) or ["a"]
        for group in groups[:6]:
            long = int(RATE * (0.15 + 0.03 * len(group)) / speed)
            t = np.arange(long, dtype=np.float32) / RATE
            tone = base * (1 + 0.12 * float(rng.standard_normal())) * (1 - 0.15 * t / t[-1])
            phase = np.cumsum(2 * np.pi * tone / RATE)
            first, second = _VOWELS[group[0]]
            wave = np.zeros(long, np.float32)
            for harmonic in range(1, 18):
                hertz = base * harmonic
                gain = np.exp(-(((hertz - first) / 160) ** 2)) + 0.5 * np.exp(-(((hertz - second) / 220) ** 2)) + 0.05
                wave += (gain * np.sin(phase * harmonic) / harmonic**0.5).astype(np.float32)
            parts.append(np.asarray(wave * np.clip(np.sin(np.pi * t / t[-1]), 0, 1) ** 0.6, np.float32))
        parts.append(np.zeros(int(RATE * (0.25 if word[-1] in ".!?,;:" else 0.06) / speed), np.float32))
    return fades(normalised(np.concatenate(parts), 0.7), RATE)
