"""The sound effects, one function each: so many samples at 44.1 kHz, one channel, any level."""

# ruff: noqa: ARG001 - all effects are called alike; not every one needs chance

from collections.abc import Callable

import numpy as np

from kie.emulator.media.audio import Wave, filtered, normalised

RATE = 44100
Make = Callable[[int, np.random.Generator], Wave]


def _noise(count: int, rng: np.random.Generator) -> Wave:
    return rng.standard_normal(count, dtype=np.float32)


def _band(count: int, rng: np.random.Generator, low: float, high: float) -> Wave:
    return normalised(filtered(_noise(count, rng), RATE, low, high), 1.0)


def _time(count: int) -> Wave:
    return np.arange(count, dtype=np.float32) / np.float32(RATE)


def _drift(count: int, rng: np.random.Generator, every: float, low: float, high: float) -> Wave:
    """Return a slow random curve between two values with a knot every so many seconds."""
    knots = max(3, int(count / RATE / every) + 3)
    values = low + (high - low) * rng.random(knots)
    return np.interp(np.linspace(0, knots - 1, count), np.arange(knots), values).astype(np.float32)


def _scatter(count: int, rng: np.random.Generator, grain: Wave, times: np.ndarray, spread: float = 0.5) -> Wave:
    """Lay a short sound at many moments (seconds), each a little louder or softer."""
    out = np.zeros(count + grain.size, np.float32)
    for moment in times:
        at = int(moment * RATE)
        if 0 <= at < count:
            out[at : at + grain.size] += grain * np.float32(1 - spread * rng.random())
    return out[:count]


def _sine(hertz: Wave | float, count: int) -> Wave:
    steps = np.broadcast_to(np.asarray(hertz, np.float64), (count,)) / RATE
    return np.asarray(np.sin(2 * np.pi * np.cumsum(steps)), np.float32)


def _decay(count: int, seconds: float) -> Wave:
    return np.asarray(np.exp(-_time(count) / np.float32(seconds)), np.float32)


def _moments(count: int, rng: np.random.Generator, every: float, jitter: float, begin: float = 0.02) -> np.ndarray:
    times = np.arange(begin, count / RATE, every)
    return np.asarray(times + jitter * rng.standard_normal(times.size))


def rain(count: int, rng: np.random.Generator) -> Wave:
    """Return a hiss with drops."""
    drop = _band(900, rng, 1500, 7000) * _decay(900, 0.004)
    times = rng.random(int(count / RATE * 60)) * count / RATE
    return (
        _band(count, rng, 900, 9000) * 0.35 * _drift(count, rng, 1.5, 0.8, 1.1)
        + _scatter(count, rng, drop, times, 0.9) * 0.5
    )


def thunder(count: int, rng: np.random.Generator) -> Wave:
    """Return a crack and a long roll."""
    out = np.zeros(count, np.float32)
    for at in np.arange(0.15, max(0.3, count / RATE), 6.0):
        start = int(at * RATE)
        left = count - start
        if left < 2000:
            break
        roll = _band(left, rng, 20, 160) * _decay(left, 1.6) * _drift(left, rng, 0.25, 0.3, 1.2)
        crack = _band(left, rng, 200, 4000) * _decay(left, 0.12) * 0.5
        out[start:] += roll + crack
    return out


def wind(count: int, rng: np.random.Generator) -> Wave:
    """Return gusts."""
    low = _band(count, rng, 120, 520) * _drift(count, rng, 0.9, 0.25, 1.0)
    return low + _band(count, rng, 500, 1400) * _drift(count, rng, 0.7, 0.0, 0.45)


def waves(count: int, rng: np.random.Generator) -> Wave:
    """Return surf that comes and goes every six seconds or so."""
    t = _time(count)
    phase = t / 6.2 + _drift(count, rng, 4, -0.08, 0.08) + 0.55
    swell = (np.mod(phase, 1.0) ** 2.2) * np.clip((1 - np.mod(phase, 1.0)) * 7, 0, 1)
    surf = _band(count, rng, 60, 700) * (0.25 + swell) + _band(count, rng, 1500, 9000) * swell * 0.8
    return np.asarray(surf, np.float32)


def stream(count: int, rng: np.random.Generator) -> Wave:
    """Return running water."""
    blip_t = _time(2600)
    out = _band(count, rng, 500, 5000) * 0.25
    for hertz in (620, 900, 1300):
        blip = _sine(hertz * (1 + 3 * blip_t), 2600) * np.sin(np.pi * blip_t / blip_t[-1])
        out += _scatter(count, rng, blip, rng.random(int(count / RATE * 16)) * count / RATE, 0.9) * 0.22
    return out


def fire(count: int, rng: np.random.Generator) -> Wave:
    """Return crackling over a low roar."""
    snap = _band(700, rng, 1200, 9000) * _decay(700, 0.0022)
    times = rng.random(int(count / RATE * 22)) * count / RATE
    return _band(count, rng, 40, 400) * 0.3 * _drift(count, rng, 0.3, 0.6, 1.0) + _scatter(
        count, rng, snap, times, 0.95
    )


def birds(count: int, rng: np.random.Generator) -> Wave:
    """Return some birds in turn over faint air."""
    out = _band(count, rng, 200, 1500) * 0.02
    for _ in range(max(2, int(count / RATE * 1.6))):
        at, base = rng.random() * count, 2400 + 2600 * rng.random()
        for chirp in range(int(rng.integers(2, 6))):
            long = int(RATE * (0.05 + 0.07 * rng.random()))
            start = int(at + chirp * RATE * 0.13)
            if start + long >= count:
                break
            t = np.linspace(0, 1, long, dtype=np.float32)
            bend = base * (1 + 0.25 * np.sin(t * np.pi * (1 + 2 * rng.random())))
            out[start : start + long] += (
                _sine(bend, long) * np.sin(np.pi * t) ** 2 * np.float32(0.3 + 0.4 * rng.random())
            )
    return out


def crickets(count: int, rng: np.random.Generator) -> Wave:
    """Return a night meadow."""
    t = _time(count)
    out = np.zeros(count, np.float32)
    for hertz, rate in ((4100, 2.6), (4600, 3.1), (3800, 2.1)):
        trill = np.clip(np.sin(2 * np.pi * t * 32), 0, 1) * (np.mod(t * rate + rng.random(), 1) < 0.4)
        out += _sine(float(hertz), count) * trill * np.float32(0.3)
    return out + _band(count, rng, 100, 600) * 0.04


def bell(count: int, rng: np.random.Generator) -> Wave:
    """Return a struck bell, again every three seconds."""
    base = 330 + 240 * float(rng.random())
    long = min(count, RATE * 5)
    strike = np.zeros(long, np.float32)
    for ratio, gain, ring in (
        (0.5, 0.5, 2.2),
        (1, 1, 1.6),
        (1.2, 0.7, 1.2),
        (1.5, 0.4, 0.9),
        (2, 0.6, 0.8),
        (2.74, 0.35, 0.45),
        (4.1, 0.2, 0.2),
    ):
        strike += _sine(base * ratio, long) * _decay(long, ring) * np.float32(gain)
    return _scatter(count, rng, strike, np.arange(0.02, count / RATE, 3.0), 0.2)


def beep(count: int, rng: np.random.Generator) -> Wave:
    """Return two short tones, repeated."""
    hertz = float(rng.choice((880, 988, 1175)))
    long = int(RATE * 0.09)
    tone = _sine(hertz, long) * np.sin(np.pi * np.linspace(0, 1, long)) ** 0.3
    times = np.concatenate([(at, at + 0.15) for at in np.arange(0.02, count / RATE, 0.9)])
    return _scatter(count, rng, tone.astype(np.float32), times, 0.0)


def phone(count: int, rng: np.random.Generator) -> Wave:
    """Return a ringing telephone."""
    t = _time(count)
    on = ((np.mod(t, 3.0) < 1.4) & (np.mod(t * 20, 1) < 0.62)).astype(np.float32)
    return (_sine(1150.0, count) + 0.7 * _sine(1410.0, count)) * on


def click(count: int, rng: np.random.Generator) -> Wave:
    """Return typing or switching."""
    key = _band(900, rng, 1400, 8000) * _decay(900, 0.003) + _sine(260.0, 900) * _decay(900, 0.004) * 0.5
    return _scatter(count, rng, key, _moments(count, rng, 0.14, 0.035), 0.6)


def whoosh(count: int, rng: np.random.Generator) -> Wave:
    """Return air rushing past."""
    t = np.linspace(0, 1, count, dtype=np.float32)
    out = np.zeros(count, np.float32)
    for centre, place in ((400, 0.4), (1100, 0.5), (2800, 0.56)):
        out += _band(count, rng, centre * 0.6, centre * 1.6) * np.exp(-(((t - place) / 0.16) ** 2))
    return out


def steps(count: int, rng: np.random.Generator) -> Wave:
    """Return footsteps."""
    long = int(RATE * 0.16)
    heel = _band(long, rng, 60, 300) * _decay(long, 0.03) + _band(long, rng, 1500, 6000) * _decay(long, 0.018) * 0.3
    return _scatter(count, rng, heel, _moments(count, rng, 0.52, 0.015, 0.08), 0.35)


def door(count: int, rng: np.random.Generator) -> Wave:
    """Return three knocks, a creak and a slam, every four seconds."""
    long, creak = int(RATE * 0.25), int(RATE * 0.9)
    knock = (_sine(170.0, long) + _band(long, rng, 200, 1200) * 0.6) * _decay(long, 0.03)
    starts = np.arange(0.05, count / RATE, 4.0)
    out = _scatter(count, rng, knock, np.concatenate([(at, at + 0.22, at + 0.44) for at in starts]), 0.2)
    pulses = (np.mod(np.cumsum(40 + 90 * np.linspace(0, 1, creak)) / RATE, 1) < 0.12).astype(np.float32)
    out += _scatter(count, rng, filtered(pulses, RATE, 500, 2600) * 1.2, starts + 0.95, 0.2)
    slam = int(RATE * 0.8)
    return out + _scatter(count, rng, _band(slam, rng, 40, 900) * _decay(slam, 0.09) * 1.6, starts + 1.85, 0.1)


def engine(count: int, rng: np.random.Generator) -> Wave:
    """Return a running motor."""
    turn = 34 * _drift(count, rng, 1.4, 0.85, 1.5)
    phase = np.cumsum(turn / RATE)
    out = np.zeros(count, np.float32)
    for harmonic in range(1, 14):
        out += (np.sin(2 * np.pi * phase * harmonic * 0.5 + harmonic) / harmonic**0.8).astype(np.float32)
    return out * 0.4 + _band(count, rng, 80, 900) * 0.35 * (0.6 + 0.4 * np.sin(2 * np.pi * phase).astype(np.float32))


def train(count: int, rng: np.random.Generator) -> Wave:
    """Return wheels over rail joints."""
    long = int(RATE * 0.1)
    clack = _band(long, rng, 150, 2200) * _decay(long, 0.022)
    times = np.concatenate([(at, at + 0.14) for at in np.arange(0.05, count / RATE, 0.72)])
    return _scatter(count, rng, clack, times, 0.2) + _band(count, rng, 40, 300) * 0.35


def explosion(count: int, rng: np.random.Generator) -> Wave:
    """Return a blast with a falling rumble."""
    low = _band(count, rng, 18, 140) * _decay(count, 0.9)
    sweep = _sine(70 * np.exp(-_time(count) * 3) + 28, count) * _decay(count, 0.5)
    return np.asarray(low + sweep * 0.9 + _band(count, rng, 200, 5000) * _decay(count, 0.16) * 0.8, np.float32)


def applause(count: int, rng: np.random.Generator) -> Wave:
    """Return a clapping crowd."""
    out = np.zeros(count, np.float32)
    for centre in (900, 1300, 1800, 2400):
        clap = _band(1200, rng, centre * 0.6, centre * 1.8) * _decay(1200, 0.006)
        out += _scatter(count, rng, clap, rng.random(int(count / RATE * 55)) * count / RATE, 0.8)
    return out * _drift(count, rng, 1.0, 0.8, 1.1) + _band(count, rng, 300, 1500) * 0.1


def laser(count: int, rng: np.random.Generator) -> Wave:
    """Return shots that fall in pitch."""
    long = int(RATE * 0.28)
    t = _time(long)
    shot = np.sign(_sine(2600 * np.exp(-t * 11) + 140, long)) * _decay(long, 0.09)
    return _scatter(
        count, rng, filtered(shot.astype(np.float32), RATE, 80, 6000), _moments(count, rng, 0.55, 0.03), 0.2
    )


def coin(count: int, rng: np.random.Generator) -> Wave:
    """Return the pick-up sound of an old game."""
    long = int(RATE * 0.5)
    t = _time(long)
    tone = np.sign(_sine(np.where(t < 0.08, 988.0, 1319.0).astype(np.float32), long)) * _decay(long, 0.16)
    return _scatter(count, rng, tone.astype(np.float32), np.arange(0.02, count / RATE, 1.2), 0.0)


def heartbeat(count: int, rng: np.random.Generator) -> Wave:
    """Return a beating heart."""
    long = int(RATE * 0.2)
    thump = _sine(58 * np.exp(-_time(long) * 4) + 26, long) * _decay(long, 0.06)
    times = np.concatenate([(at, at + 0.26) for at in np.arange(0.05, count / RATE, 0.95)])
    return _scatter(count, rng, thump, times, 0.3)


def clock(count: int, rng: np.random.Generator) -> Wave:
    """Return ticking."""
    tick = _band(1300, rng, 2000, 7000) * _decay(1300, 0.004) + _sine(1900.0, 1300) * _decay(1300, 0.006) * 0.4
    return _scatter(count, rng, tick, np.arange(0.05, count / RATE, 0.5), 0.25)


def siren(count: int, rng: np.random.Generator) -> Wave:
    """Return a rising and falling siren."""
    tone = 950 + 420 * np.sin(2 * np.pi * _time(count) * 0.45)
    return _sine(tone, count) + 0.3 * _sine(tone * 2, count)


def glass(count: int, rng: np.random.Generator) -> Wave:
    """Return breaking glass."""
    out = _band(count, rng, 2500, 12000) * _decay(count, 0.05)
    for _ in range(26):
        at, long = int(min(count - 1, rng.exponential(0.18) * RATE)), int(RATE * 0.35)
        piece = _sine(2500 + 5500 * float(rng.random()), long) * _decay(long, 0.05)
        piece = piece[: count - at]
        out[at : at + piece.size] += piece * np.float32(0.35 * rng.random())
    return out


def splash(count: int, rng: np.random.Generator) -> Wave:
    """Return a splash and bubbles."""
    blip_t = _time(3000)
    blip = _sine(320 * (1 + 4 * blip_t / blip_t[-1]), 3000) * np.sin(np.pi * blip_t / blip_t[-1])
    bubbles = _scatter(count, rng, blip, 0.25 + rng.exponential(0.4, 14), 0.8)
    return _band(count, rng, 400, 7000) * _decay(count, 0.22) + bubbles * 0.5


def cat(count: int, rng: np.random.Generator) -> Wave:
    """Return a meow every two seconds."""
    return _animal(count, rng, (520, 760, 480), 0.75, 1200, 2.1)


def dog(count: int, rng: np.random.Generator) -> Wave:
    """Return barks."""
    return (
        _animal(count, rng, (300, 420, 210), 0.17, 900, 0.55)
        + _animal(count, rng, (300, 420, 210), 0.15, 1600, 0.55) * 0.4
    )


def _animal(
    count: int, rng: np.random.Generator, notes: tuple[int, int, int], seconds: float, formant: float, every: float
) -> Wave:
    long = int(RATE * seconds)
    t = np.linspace(0, 1, long)
    pitch = np.interp(t, (0, 0.35, 1), notes)
    phase = np.cumsum(pitch / RATE)
    call = np.zeros(long, np.float32)
    for harmonic in range(1, 16):
        hertz = pitch * harmonic
        gain = np.exp(-(((hertz - formant * (0.7 + 0.6 * np.sin(np.pi * t))) / 600) ** 2)) + 0.1
        call += (gain * np.sin(2 * np.pi * phase * harmonic)).astype(np.float32)
    call *= np.sin(np.pi * t).astype(np.float32) ** 0.5
    return _scatter(count, rng, call, _moments(count, rng, every, every * 0.06, 0.05), 0.3)


def riser(count: int, rng: np.random.Generator) -> Wave:
    """Return tension that rises to a hit at the end."""
    t = np.linspace(0, 1, count, dtype=np.float32)
    rise = _band(count, rng, 400, 7000) * t**2.5 * 0.7 + _sine(90 * 2 ** (t * 2.2), count) * t**1.5 * 0.5
    out: Wave = np.asarray(rise, np.float32)
    hit = int(count * 0.86)
    out[hit:] *= 0.2
    out[hit:] += explosion(count - hit, rng)
    return out


def static(count: int, rng: np.random.Generator) -> Wave:
    """Return radio noise with crackle."""
    snap = _band(300, rng, 800, 9000) * _decay(300, 0.001)
    return _band(count, rng, 300, 6000) * 0.3 + _scatter(
        count, rng, snap, rng.random(int(count / RATE * 14)) * count / RATE, 0.9
    )


def hum(count: int, rng: np.random.Generator) -> Wave:
    """Return the drone of a machine room."""
    out = np.zeros(count, np.float32)
    for hertz, gain in ((48, 1.0), (72.4, 0.6), (96.3, 0.5), (145, 0.25)):
        out += _sine(hertz, count) * _drift(count, rng, 1.5, 0.6, 1.0) * np.float32(gain)
    return out + _band(count, rng, 80, 600) * 0.25


EFFECTS: dict[str, Make] = {
    make.__name__: make
    for make in (
        rain,
        thunder,
        wind,
        waves,
        stream,
        fire,
        birds,
        crickets,
        bell,
        beep,
        phone,
        click,
        whoosh,
        steps,
        door,
        engine,
        train,
        explosion,
        applause,
        laser,
        coin,
        heartbeat,
        clock,
        siren,
        glass,
        splash,
        cat,
        dog,
        riser,
        static,
        hum,
    )
}
