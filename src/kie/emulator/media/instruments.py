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


def _tone(kind: str, hertz: float, count: int, vibrato: float = 0.0, detune: float = 0.0, dark: float = 15000) -> Wave:
    most = {"sub": 3, "bass": 14, "pluck": 12, "soft": 8}.get(kind, 22)
    cycle = _cycle(kind, int(max(1, min(most, dark / hertz))))
    step = hertz * (1 + detune) / RATE * _TABLE
    if vibrato:
        t = np.arange(count, dtype=np.float32) / RATE
        bend = np.sin(2 * np.pi * 5.4 * t) * np.minimum(1, t * 3) * np.float32(vibrato * hertz / 34 * _TABLE)
        index = (np.arange(count) * step + bend).astype(np.int32)
    else:
        index = (np.arange(count) * step).astype(np.int32)
    index &= _TABLE - 1
    return cycle[index]


@lru_cache(maxsize=8)
def _clock(count: int) -> Wave:
    return np.arange(count, dtype=np.float32) / np.float32(RATE)


@lru_cache(maxsize=512)
def note_wave(kind: str, hertz: float, seconds: float, dark: float = 15000) -> Wave:
    """Return one note.

    Args:
        kind: pad, pluck, bass, sub, soft, bright, drive, square, reed or brass.
        hertz: Its pitch.
        seconds: How long it is held; it rings a little longer.
        dark: Hz above which it has no overtones.
    """
    ring = {"pad": 0.5, "pluck": 0.3, "bass": 0.06, "sub": 0.12}.get(kind, 0.18)
    count = max(64, int((seconds + ring) * RATE))
    t = _clock(count)
    if kind == "pad":
        wave = _tone(kind, hertz, count, 0.0, 0.0025, dark) + _tone(kind, hertz, count, 0.0, -0.0025, dark)
        return _held(wave * np.float32(0.5), min(0.35, seconds / 3), ring)
    if kind == "pluck":
        made = _tone("pluck", hertz, count, dark=dark) * np.exp(-7 * t) * np.float32(0.6)
        made += _tone("soft", hertz, count) * np.exp(np.float32(-2.8) * t) * np.float32(0.7)
        return _held(made, 0.003, ring)
    if kind in {"bass", "sub"}:
        made = _tone(kind, hertz, count, dark=dark) * (np.float32(0.55) + np.float32(0.45) * np.exp(-6 * t))
        return _held(made, 0.006, ring)
    if kind == "brass":
        made = _tone("reed", hertz, count, dark=dark) + _tone("bright", hertz, count, 0.0, 0.003, dark)
        return _held(made * np.float32(0.6), 0.03, ring)
    vibrato = 0.016 if kind in {"reed", "bright", "drive"} else 0.0
    made = _tone(kind, hertz, count, vibrato, 0.0, dark)
    if kind == "drive":
        made = np.tanh(made * 3 + _tone("drive", hertz * 1.4983, count, dark=dark) * np.float32(1.2))
    return _held(made * (np.float32(0.7) + np.float32(0.3) * np.exp(-4 * t)), 0.015, ring)


def _held(wave: Wave, attack: float, ring: float) -> Wave:
    """Return a note with its beginning and end drawn out, in place."""
    head, tail = min(wave.size, max(2, int(attack * RATE))), min(wave.size, max(2, int(ring * RATE)))
    wave[:head] *= np.linspace(0, 1, head, dtype=np.float32)
    wave[-tail:] *= np.linspace(1, 0, tail, dtype=np.float32)
    return wave


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
    """Return one stroke of kick, snare, hat, tom, shaker or crash in the manner of a genre."""
    rng = np.random.Generator(np.random.PCG64(len(name) * 131 + len(genre)))
    if name == "kick":
        long = 0.75 if genre in {"hiphop", "cinematic"} else 0.32
        t = np.arange(int(RATE * long), dtype=np.float32) / RATE
        sweep = 46 + 130 * np.exp(-t * 34)
        body = np.sin(2 * np.pi * np.cumsum(sweep) / RATE) * np.exp(-t * (4.5 if long > 0.5 else 11))
        return _held(np.asarray(body + 0.25 * np.exp(-t * 400), np.float32), 0.0, 0.02)
    if name == "snare":
        t = np.arange(int(RATE * (0.4 if genre in {"synthwave", "cinematic"} else 0.2)), dtype=np.float32) / RATE
        crack = filtered(rng.standard_normal(t.size, dtype=np.float32), RATE, 1200, 8500) * np.exp(
            -t * (9 if t.size > 9000 else 20)
        )
        return normalised(np.asarray(crack + 0.9 * np.sin(2 * np.pi * 188 * t) * np.exp(-t * 26), np.float32), 0.9)
    if name == "tom":
        t = np.arange(int(RATE * 0.3), dtype=np.float32) / RATE
        return np.asarray(np.sin(2 * np.pi * np.cumsum(90 + 60 * np.exp(-t * 14)) / RATE) * np.exp(-t * 9), np.float32)
    seconds, low, fall = {"crash": (1.4, 3500, 3.2), "shaker": (0.07, 5000, 55)}.get(name, (0.09, 6500, 62))
    t = np.arange(int(RATE * seconds), dtype=np.float32) / RATE
    noise = filtered(rng.standard_normal(t.size, dtype=np.float32), RATE, low, 15000) * np.exp(-t * fall)
    return _held(normalised(np.asarray(noise, np.float32), 0.8), 0.012 if name == "shaker" else 0.0, 0.01)


@lru_cache(maxsize=8)
def riser(seconds: float) -> Wave:
    """Return noise that swells and brightens, up to the next section."""
    count = max(64, int(seconds * RATE))
    rng = np.random.Generator(np.random.PCG64(count))
    t = np.linspace(0, 1, count, dtype=np.float32)
    noise = rng.standard_normal(count, dtype=np.float32)
    low = filtered(noise, RATE, 300, 2200)
    high = filtered(noise, RATE, 2500, 9000)
    return normalised(np.asarray(low * t * (1 - t) + high * t**3, np.float32), 0.6)
