"""The instruments of the music: one note or one stroke each, kept, since songs repeat themselves."""

from functools import lru_cache

import numpy as np

from kie.emulator.media.audio import Wave, filtered, normalised

RATE = 44100
_TABLE = 2048


@lru_cache(maxsize=64)
def _cycle(kind: str, harmonics: int) -> Wave:
    """Return one period of a wave form with so many harmonics and one sample more."""
    t = np.arange(_TABLE + 1, dtype=np.float64) / _TABLE * 2 * np.pi
    wave = np.zeros(_TABLE + 1)
    for harmonic in range(1, harmonics + 1):
        gain = {
            "pad": harmonic**-1.25,
            "soft": harmonic**-2.1,
            "bright": harmonic**-0.95,
            "bass": harmonic**-1.35,
            "drive": harmonic**-0.7,
            "square": (harmonic % 2) / harmonic,
            "reed": (1.0 if harmonic % 2 else 0.45) * harmonic**-1.1,
            "sub": harmonic**-3.0,
            "pluck": harmonic**-1.3,
        }[kind]
        wave += gain * np.sin(t * harmonic + 0.7 * harmonic * (kind == "pad"))
    return np.asarray(wave / np.abs(wave).max(), np.float32)


def _tone(kind: str, hertz: float, count: int, vibrato: float = 0.0, detune: float = 0.0) -> Wave:
    most = {"sub": 3, "bass": 14, "pluck": 12, "soft": 8}.get(kind, 22)
    cycle = _cycle(kind, int(max(1, min(most, 15000 / hertz))))
    phase = np.arange(count, dtype=np.float64) * (hertz * (1 + detune) / RATE)
    if vibrato:
        t = np.arange(count) / RATE
        phase += vibrato * hertz / 34 * np.sin(2 * np.pi * 5.4 * t) * np.minimum(1, t * 3)
    index = (phase * _TABLE).astype(np.int64) & (_TABLE - 1)
    return np.asarray(cycle[index], np.float32)


@lru_cache(maxsize=512)
def note_wave(kind: str, hertz: float, seconds: float) -> Wave:
    """Return one note.

    Args:
        kind: pad, pluck, bass, sub, soft, bright, drive, square or reed.
        hertz: Its pitch.
        seconds: How long it is held; it rings a little longer.
    """
    ring = {"pad": 0.5, "pluck": 0.3, "bass": 0.06, "sub": 0.12}.get(kind, 0.18)
    count = max(64, int((seconds + ring) * RATE))
    t = np.arange(count, dtype=np.float32) / RATE
    held = np.clip((seconds + ring - t) / ring, 0, 1)
    if kind == "pad":
        wave = _tone(kind, hertz, count, 0.0, 0.0025) + _tone(kind, hertz, count, 0.0, -0.0025)
        return np.asarray(wave * 0.5 * np.minimum(1, t / min(0.35, seconds / 3)) * held, np.float32)
    if kind == "pluck":
        bright = _tone("pluck", hertz, count) * np.exp(-t * 7)
        body = _tone("soft", hertz, count) * np.exp(-t * 2.8)
        return np.asarray((bright * 0.6 + body * 0.7) * np.minimum(1, t / 0.003) * held, np.float32)
    if kind in {"bass", "sub"}:
        wave = _tone(kind, hertz, count) * (0.55 + 0.45 * np.exp(-t * 6))
        return np.asarray(wave * np.minimum(1, t / 0.006) * held, np.float32)
    vibrato = 0.006 * 34 / 6 if kind in {"reed", "bright", "drive"} else 0.0
    wave = _tone(kind, hertz, count, vibrato)
    if kind == "drive":
        wave = np.tanh(wave * 3 + _tone("drive", hertz * 1.4983, count) * 1.2)
    return np.asarray(wave * np.minimum(1, t / 0.015) * held * (0.7 + 0.3 * np.exp(-t * 4)), np.float32)


_VOWELS = ((730, 1090, 2440), (570, 840, 2410), (300, 870, 2240), (530, 1840, 2480), (270, 2290, 3010))


@lru_cache(maxsize=256)
def sung(hertz: float, seconds: float, vowel: int) -> Wave:
    """Return one note of a singing voice: harmonics shaped by the formants of a vowel, with breath and vibrato."""
    count = max(64, int((seconds + 0.12) * RATE))
    t = np.arange(count, dtype=np.float32) / RATE
    phase = 2 * np.pi * hertz * t - np.float32(0.012 * hertz) * np.cos(2 * np.pi * 5.2 * t) * np.minimum(1, t * 2.5)
    phase -= 1.2 * np.exp(-t * 22)
    base = np.sin(phase)
    twice = 2 * np.cos(phase)
    wave = np.zeros(count, np.float32)
    before, now = np.zeros(count, np.float32), base
    for harmonic in range(1, min(24, int(6000 / hertz)) + 1):
        at = hertz * harmonic
        gain = sum(
            weight * np.exp(-(((at - formant) / width) ** 2))
            for formant, weight, width in zip(_VOWELS[vowel], (1.0, 0.6, 0.3), (130, 170, 260), strict=True)
        )
        wave += np.float32((gain + 0.04) / harmonic**0.35) * now
        before, now = now, twice * now - before
    held = np.clip((seconds + 0.12 - t) / 0.12, 0, 1) * np.minimum(1, t / 0.05)
    rng = np.random.Generator(np.random.PCG64(int(hertz) + vowel))
    breath = rng.standard_normal(count, dtype=np.float32) * 0.015
    return np.asarray(normalised(wave, 0.8) * held + breath * held, np.float32)


@lru_cache(maxsize=64)
def drum(name: str, genre: str) -> Wave:
    """Return one stroke of kick, snare, hat or tom in the manner of a genre."""
    rng = np.random.Generator(np.random.PCG64(len(name) * 131 + len(genre)))
    if name == "kick":
        long = 0.75 if genre in {"hiphop", "cinematic"} else 0.32
        t = np.arange(int(RATE * long), dtype=np.float32) / RATE
        sweep = 46 + 130 * np.exp(-t * 34)
        body = np.sin(2 * np.pi * np.cumsum(sweep) / RATE) * np.exp(-t * (4.5 if long > 0.5 else 11))
        return np.asarray(body + 0.25 * np.exp(-t * 400), np.float32)
    if name == "snare":
        t = np.arange(int(RATE * (0.4 if genre in {"synthwave", "cinematic"} else 0.2)), dtype=np.float32) / RATE
        crack = filtered(rng.standard_normal(t.size, dtype=np.float32), RATE, 1200, 8500) * np.exp(
            -t * (9 if t.size > 9000 else 20)
        )
        return normalised(np.asarray(crack + 0.9 * np.sin(2 * np.pi * 188 * t) * np.exp(-t * 26), np.float32), 0.9)
    if name == "tom":
        t = np.arange(int(RATE * 0.3), dtype=np.float32) / RATE
        return np.asarray(np.sin(2 * np.pi * np.cumsum(90 + 60 * np.exp(-t * 14)) / RATE) * np.exp(-t * 9), np.float32)
    t = np.arange(int(RATE * 0.09), dtype=np.float32) / RATE
    return normalised(filtered(rng.standard_normal(t.size, dtype=np.float32), RATE, 6500, 15000) * np.exp(-t * 62), 0.8)
