"""Speech that says the text, in a voice that depends on the voice's name; a dialogue has several.

Text in other scripts is written in Latin letters first, and the file says that it sounds only near. Without the
model's wheel a plain hummed stand-in is made.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from kie.emulator.media import MediaSpec
from kie.emulator.media.audio import Wave, fades, normalised, stretched, written
from kie.emulator.media.brief import number
from kie.emulator.media.latin import latin
from kie.emulator.media.marks import note, transcript
from kie.emulator.media.speech_text import plain
from kie.emulator.media.voicebox import HOP, Frames, Voicebox, matched, voicebox
from kie.emulator.media.voices import Voice, voice

RATE = 24000
MOST = 30000
"""Signs that are said in one file: half an hour."""

_BREAK = re.compile(r"<break\b[^>]*?time\s*=\s*[\"']?(\d+(?:\.\d+)?)\s*(m?s)[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said."""

    wave: Wave
    """One channel at 24 kHz."""
    words: tuple[tuple[str, float, float, int], ...]
    """Each word of the text as it was written, its start and end in seconds, and whose it is (a turn's speaker)."""
    degraded: tuple[str, ...] = ()


def render(spec: MediaSpec) -> bytes:
    """Return the file of a spoken text, or of a dialogue if the spec has turns."""
    turns = spec.turns or ((spec.voice, spec.prompt),)
    said = converse(turns, spec.speed, spec.seed)
    comment = note("speech", " ".join(text for _, text in turns), spec.seed, *said.degraded)
    title = ", ".join(dict.fromkeys(name for name, _ in turns if name)) or "speech"
    return written(spec, said.wave, RATE, comment, title, transcript(said.words))


def converse(turns: Iterable[tuple[str, str]], speed: float, seed: int) -> Spoken:
    """Return a dialogue: turns of (voice, text), one after the other.

    Args:
        turns: Who says what.
        speed: Pace, 0.5 to 2.
        seed: Seed; only the tone speech without a model uses it.
    """
    parts: list[Wave] = []
    words: list[tuple[str, float, float, int]] = []
    degraded: list[str] = []
    speakers: dict[str, int] = {}
    at, left = 0, MOST
    for name, text in turns:
        speaker = speakers.setdefault(name, len(speakers))
        if len(text) > left:
            text, degraded = text[:left], [*degraded, f"only the first {MOST} signs are said"]  # noqa: PLW2901
        left -= len(text)
        if parts:
            parts.append(np.zeros(RATE // 5, np.float32))
            at += parts[-1].size
        one = _turn(text, name, min(2.0, max(0.5, speed or 1.0)), seed)
        parts.append(one.wave)
        words += [(word, at / RATE + begin, at / RATE + end, speaker) for word, begin, end, _ in one.words]
        degraded += [why for why in one.degraded if why not in degraded]
        at += one.wave.size
    return Spoken(np.concatenate(parts) if parts else np.zeros(RATE // 4, np.float32), tuple(words), tuple(degraded))


def say(text: str, name: str, speed: float, seed: int) -> tuple[Wave, list[str]]:
    """Return a spoken text at 24 kHz, and what could not be done properly. See `converse`."""
    said = converse(((name, text),), speed, seed)
    return said.wave, list(said.degraded)


def _turn(text: str, name: str, pace: float, seed: int) -> Spoken:
    """Return one turn; breaks that its markup asks for are kept."""
    parts: list[Wave] = []
    words: list[tuple[str, float, float, int]] = []
    degraded: tuple[str, ...] = ()
    pieces = _BREAK.split(text)
    at = 0
    for index in range(0, len(pieces), 3):
        if index:
            pause = float(pieces[index - 2]) / (1000 if pieces[index - 1].lower() == "ms" else 1)
            parts.append(np.zeros(int(RATE * min(10.0, pause)), np.float32))
            at += parts[-1].size
        one = _said(plain(pieces[index]), name, pace, seed)
        parts.append(one.wave)
        words += [(word, at / RATE + begin, at / RATE + end, 0) for word, begin, end, _ in one.words]
        degraded = one.degraded or degraded
        at += one.wave.size
    return Spoken(np.concatenate(parts), tuple(words), degraded)


def _said(text: str, name: str, pace: float, seed: int) -> Spoken:
    near = latin(text)
    degraded = () if near == text else ("pronunciation is only near: the voice speaks English",)
    if not text:
        return Spoken(np.zeros(RATE // 4, np.float32), ())
    box = voicebox()
    if box is None:
        return _hummed(text, near, name, pace, seed, "no hibari-tts, tone speech")
    try:
        said = _spoken(box, text, near, voice(name), pace)
    except Exception:  # noqa: BLE001 - the model may choke on a sign; the emulator must not
        return _hummed(text, near, name, pace, seed, "text not pronounceable, tone speech")
    if said is None:
        return _hummed(text, near, name, pace, seed, "text not pronounceable, tone speech")
    return replace(said, degraded=degraded)


def _spoken(box: Voicebox, text: str, near: str, who: Voice, pace: float) -> Spoken | None:
    """Return the text in a voice.

    The throat is made larger or smaller by resampling, which changes the pace and the pitch too; so the model is
    asked for another pace, and the pitch is moved beforehand.
    """
    parts: list[Wave] = []
    spoken: list[tuple[str, float, float]] = []
    at = 0
    for sentence in box.sentences(near):
        for frames in box.utter(sentence, min(2.5, max(0.4, pace * who.pace / who.throat))):
            wave = box.sound(frames, melody(frames, who), who.breath)
            if abs(who.throat - 1) > 0.005:
                wave = stretched(wave, 1 / who.throat)
            scale = HOP / who.throat / RATE
            spoken += [(word, at / RATE + a * scale, at / RATE + b * scale) for word, a, b in frames.words]
            parts.append(wave)
            at += wave.size
    if not parts:
        return None
    wave = fades(normalised(np.concatenate(parts), 0.8), RATE)
    return Spoken(wave, tuple((*word, 0) for word in matched(text, spoken)))


def melody(frames: Frames, who: Voice) -> Wave:
    """Return the pitch of frames in a voice, before its throat changes it once more."""
    pitch = frames.pitch
    voiced = pitch > 40
    if not voiced.any():
        return pitch
    middle = 198.0
    moved = middle * (np.maximum(pitch, 40) / middle) ** who.life * who.height / who.throat
    return np.asarray(np.where(voiced, np.clip(moved, 62, 520), 0), np.float32)


_VOWELS = {"a": (730, 1090), "e": (530, 1840), "i": (270, 2290), "o": (570, 840), "u": (300, 870), "y": (300, 2000)}


def _hummed(text: str, near: str, name: str, pace: float, seed: int, why: str) -> Spoken:
    wave = tones(near or "hm", name, pace, seed)
    long = wave.size / RATE
    written = text.split()
    total = sum(len(word) + 1 for word in written) or 1
    words, at = [], 0.0
    for word in written:
        share = long * (len(word) + 1) / total
        words.append((word, at, at + 0.9 * share, 0))
        at += share
    return Spoken(wave, tuple(words), (why,))


def tones(text: str, name: str, speed: float, seed: int) -> Wave:
    """Return a hummed stand-in for speech: a syllable for each vowel group, with a falling melody."""
    rng = np.random.Generator(np.random.PCG64(number("tones", text, seed)))
    base = 190 * voice(name).height
    parts: list[Wave] = []
    for word in re.findall(r"[^\s]+", text or "hm")[:4000]:
        groups = re.findall(r"[aeiouy]+", word.lower()) or ["a"]
        for group in groups[:6]:
            hertz = round(base * (1 + 0.1 * int(rng.integers(-2, 3))) / 4) * 4
            parts.append(_syllable(group[0], hertz, int(RATE * (0.15 + 0.03 * min(4, len(group))) / speed)))
        parts.append(np.zeros(int(RATE * (0.25 if word[-1] in ".!?,;:" else 0.06) / speed), np.float32))
    return fades(normalised(np.concatenate(parts), 0.7), RATE)


@lru_cache(maxsize=256)
def _syllable(vowel: str, base: int, long: int) -> Wave:
    t = np.arange(long, dtype=np.float32) / RATE
    phase = np.cumsum(2 * np.pi * base * (1 - 0.15 * t / t[-1]) / RATE)
    first, second = _VOWELS[vowel]
    wave = np.zeros(long, np.float32)
    for harmonic in range(1, 18):
        hertz = base * harmonic
        gain = np.exp(-(((hertz - first) / 160) ** 2)) + 0.5 * np.exp(-(((hertz - second) / 220) ** 2)) + 0.05
        wave += (gain * np.sin(phase * harmonic) / harmonic**0.5).astype(np.float32)
    return np.asarray(wave * np.clip(np.sin(np.pi * t / t[-1]), 0, 1) ** 0.6, np.float32)
