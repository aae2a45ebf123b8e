"""More sound effects: machines in the air, animals, signals. See `effects` for what they have in common."""

import numpy as np

from kie.emulator.media.audio import Wave
from kie.emulator.media.effects import RATE, Make, _animal, _band, _decay, _drift, _moments, _scatter, _sine, _time


def helicopter(count: int, rng: np.random.Generator) -> Wave:
    """Return rotor blades over a turbine."""
    beat = np.mod(_time(count) * 11.5, 1.0)
    chop = np.exp(-beat * 7).astype(np.float32)
    return np.asarray(_band(count, rng, 60, 900) * (0.15 + chop) + _sine(620.0, count) * 0.04, np.float32)


def plane(count: int, rng: np.random.Generator) -> Wave:
    """Return an aeroplane that comes near and passes."""
    t = np.linspace(-1, 1, count, dtype=np.float32)
    near = 1 / (0.12 + t**2)
    roar = _band(count, rng, 60, 1400) + _band(count, rng, 1400, 6000) * 0.3 * near / 8
    whine = _sine((1900 - 500 * np.tanh(t * 4)).astype(np.float32), count) * 0.12
    return np.asarray((roar + whine) * near, np.float32)


def horse(count: int, rng: np.random.Generator) -> Wave:
    """Return a gallop: three beats and a pause."""
    long = int(RATE * 0.09)
    hoof = _band(long, rng, 300, 2600) * _decay(long, 0.012) + _sine(190.0, long) * _decay(long, 0.02)
    starts = np.arange(0.05, count / RATE, 0.46)
    return _scatter(count, rng, hoof, np.concatenate([(at, at + 0.1, at + 0.2) for at in starts]), 0.4)


def cow(count: int, rng: np.random.Generator) -> Wave:
    """Return a long moo every three seconds."""
    return _animal(count, rng, (105, 150, 92), 1.5, 480, 3.0)


def wolf(count: int, rng: np.random.Generator) -> Wave:
    """Return a howl every four seconds."""
    return _animal(count, rng, (300, 640, 380), 2.6, 700, 4.2)


def frog(count: int, rng: np.random.Generator) -> Wave:
    """Return croaks."""
    long = int(RATE * 0.28)
    pulses = (np.mod(_time(long) * 46, 1.0) < 0.3).astype(np.float32)
    croak = (_sine(430.0, long) + 0.6 * _sine(1250.0, long)) * pulses * np.sin(np.pi * np.linspace(0, 1, long)) ** 0.5
    return _scatter(count, rng, croak.astype(np.float32), _moments(count, rng, 0.8, 0.12), 0.5)


_CROW = ((0.0, 0.18, (600, 800, 700)), (0.25, 0.16, (800, 950, 850)), (0.5, 1.1, (900, 1050, 520)))


def rooster(count: int, rng: np.random.Generator) -> Wave:
    """Return a crow in four calls, every four seconds."""
    out = np.zeros(count, np.float32)
    for begin in np.arange(0.1, count / RATE, 4.0):
        for at, long, notes in (
            (0, 0.18, (600, 800, 700)),
            (0.25, 0.16, (800, 950, 850)),
            (0.5, 1.1, (900, 1050, 520)),
        ):
            start = int((begin + at) * RATE)
            call = _animal(int(long * RATE), rng, notes, long * 0.9, 1900, 9.0)[: max(0, count - start)]
            out[start : start + call.size] += call
    return out


def baby(count: int, rng: np.random.Generator) -> Wave:
    """Return a crying baby."""
    return _animal(count, rng, (380, 520, 340), 0.85, 1300, 1.15)


def bees(count: int, rng: np.random.Generator) -> Wave:
    """Return a buzz that comes and goes."""
    out = np.zeros(count, np.float32)
    for hertz in (205.0, 222.0, 248.0):
        phase = np.cumsum(hertz * _drift(count, rng, 0.4, 0.94, 1.08) / RATE)
        out += (np.mod(phase, 1.0).astype(np.float32) - 0.5) * _drift(count, rng, 0.7, 0.2, 1.0)
    return out


def whistle(count: int, rng: np.random.Generator) -> Wave:
    """Return a referee's whistle."""
    t = _time(count)
    on = (np.mod(t, 1.4) < 0.9).astype(np.float32)
    trill = (2650 + 160 * np.sign(np.sin(2 * np.pi * 38 * t))).astype(np.float32)
    return np.asarray((_sine(trill, count) + _band(count, rng, 2000, 5000) * 0.15) * on, np.float32)


def horn(count: int, rng: np.random.Generator) -> Wave:
    """Return a car's horn: two tones, twice."""
    on = (np.mod(_time(count), 1.6) < np.where(_time(count) % 3.2 < 1.6, 0.35, 0.9)).astype(np.float32)
    tones = [np.sign(_sine(hertz, count)) for hertz in (405.0, 508.0)]
    return np.asarray((tones[0] + tones[1]) * on * 0.4 + _band(count, rng, 200, 900) * on * 0.05, np.float32)


def drums(count: int, rng: np.random.Generator) -> Wave:
    """Return a roll on the drum that swells to a stroke."""
    long = int(RATE * 0.12)
    stroke = _band(long, rng, 180, 5000) * _decay(long, 0.03) + _sine(185.0, long) * _decay(long, 0.04)
    roll = _scatter(count, rng, stroke, _moments(count, rng, 0.045, 0.004), 0.3)
    return roll * np.linspace(0.25, 1, count, dtype=np.float32) ** 1.5


def shutter(count: int, rng: np.random.Generator) -> Wave:
    """Return a camera's shutter, every second and a half."""
    long = int(RATE * 0.05)
    snap = _band(long, rng, 1500, 9000) * _decay(long, 0.006)
    starts = np.arange(0.05, count / RATE, 1.5)
    return _scatter(count, rng, snap, np.concatenate([(at, at + 0.09) for at in starts]), 0.2)


def sparkle(count: int, rng: np.random.Generator) -> Wave:
    """Return high notes that rise like a charm in a tale."""
    out = np.zeros(count, np.float32)
    long = int(RATE * 0.6)
    for index, at in enumerate(np.arange(0.05, count / RATE, 0.07)):
        hertz = 1200 * 2 ** (((index * 5) % 24 + 2 * float(rng.random())) / 12)
        note = _sine(hertz, long) * _decay(long, 0.12)
        start = int(at * RATE)
        piece = note[: max(0, count - start)]
        out[start : start + piece.size] += piece * np.float32(0.3)
    return out


def register(count: int, rng: np.random.Generator) -> Wave:
    """Return a cash register: a clack, and a bell."""
    long = int(RATE * 1.2)
    sound = _sine(2100.0, long) * _decay(long, 0.35) + 0.6 * _sine(3150.0, long) * _decay(long, 0.25)
    clack = int(RATE * 0.06)
    sound[:clack] += _band(clack, rng, 400, 5000) * _decay(clack, 0.012)
    return _scatter(count, rng, sound, np.arange(0.05, count / RATE, 2.0), 0.1)


MORE: dict[str, Make] = {
    make.__name__: make
    for make in (
        helicopter,
        plane,
        horse,
        cow,
        wolf,
        frog,
        rooster,
        baby,
        bees,
        whistle,
        horn,
        drums,
        shutter,
        sparkle,
        register,
    )
}
