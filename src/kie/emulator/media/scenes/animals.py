"""Busts of animals: one plan of head, ears, muzzle and eyes, with the measures of each kind as data."""

# Outlines stand as rows of points.
# fmt: off

import math
from dataclasses import dataclass

from kie.emulator.media.brief import Brief, number
from kie.emulator.media.canvas import Field, fbm, generator
from kie.emulator.media.palette import Colour
from kie.emulator.media.scenes.costume import scarf
from kie.emulator.media.scenes.pen import Pen

_DARK = Colour(0.2, 0.02, 40)
_WHITE = Colour(0.96, 0.015, 80)
_BROWN = Colour(0.5, 0.1, 70)


@dataclass(frozen=True, slots=True)
class Look:
    """The measures of a kind, in shares of the picture's shorter side."""

    coats: tuple[Colour, ...]
    ears: str
    """pointed, flop, round, long or none."""
    muzzle: float = 0.09
    """How wide the muzzle is; 0 for a beak."""
    snout: float = 0.0
    """How far down the muzzle sits."""
    wide: float = 0.20
    eyes: float = 0.036
    iris: Colour = _BROWN
    slit: bool = False
    pale: float = 0.0
    """How far up the light mask of the face goes."""
    marks: str = ""
    whiskers: bool = False


LOOKS: dict[str, Look] = {"cat": Look((Colour(0.70, 0.12, 60), Colour(0.60, 0.015, 250), Colour(0.32, 0.02, 60),
                                       Colour(0.92, 0.02, 80), Colour(0.62, 0.06, 65)), "pointed", 0.062, 0.0, 0.20,
                                      0.046, Colour(0.72, 0.15, 125), slit=True, pale=0.35, marks="stripes",
                                      whiskers=True), "dog": Look((Colour(0.70, 0.09, 68), Colour(0.50, 0.08, 55),
                                          Colour(0.85, 0.05, 80), Colour(0.34, 0.03, 50)), "flop", 0.092, 0.03, 0.185,
                                              0.034, Colour(0.38, 0.07, 50), pale=0.5),
                          "fox": Look((Colour(0.64, 0.17, 48),), "pointed", 0.058, 0.02, 0.195, 0.033,
                                      Colour(0.6, 0.13, 75), pale=0.95, marks="", whiskers=True),
                          "wolf": Look((Colour(0.56, 0.02, 250), Colour(0.72, 0.015, 80)), "pointed", 0.072, 0.035,
                                       0.19, 0.03, Colour(0.8, 0.13, 90), pale=0.9),
                          "bear": Look((Colour(0.44, 0.07, 55), Colour(0.55, 0.08, 60)), "round", 0.085, 0.01, 0.21,
                                       0.027, Colour(0.3, 0.05, 45), pale=0.2),
                          "panda": Look((Colour(0.95, 0.01, 90),), "round", 0.078, 0.01, 0.215, 0.03,
                                        Colour(0.28, 0.03, 45), marks="panda"),
                          "rabbit": Look((Colour(0.82, 0.03, 70), Colour(0.93, 0.01, 90), Colour(0.6, 0.04, 60)),
                                         "long", 0.06, 0.0, 0.175, 0.036, Colour(0.34, 0.06, 40), pale=0.4,
                                         whiskers=True), "lion": Look((Colour(0.74, 0.11, 75),), "round", 0.088, 0.03,
                                             0.185, 0.03, Colour(0.68, 0.14, 80), pale=0.4, marks="mane",
                                                 whiskers=True), "tiger": Look((Colour(0.70, 0.16, 60),), "round",
                                                     0.088, 0.02, 0.205, 0.031, Colour(0.75, 0.13, 100), pale=0.55,
                                                         marks="stripes", whiskers=True),
                          "mouse": Look((Colour(0.70, 0.02, 60), Colour(0.76, 0.09, 70)), "disc", 0.05, 0.02, 0.165,
                                        0.032, Colour(0.2, 0.02, 40), pale=0.4, whiskers=True),
                          "pig": Look((Colour(0.80, 0.09, 15),), "flop", 0.0, 0.0, 0.2, 0.028, Colour(0.32, 0.06, 45),
                                      marks="pig"), "monkey": Look((Colour(0.42, 0.06, 52),), "disc", 0.1, 0.02, 0.19,
                                          0.03, Colour(0.36, 0.07, 50), pale=0.9),
                          "frog": Look((Colour(0.64, 0.17, 138),), "none", 0.0, 0.0, 0.22, 0.05,
                                       Colour(0.75, 0.15, 95), marks="frog"),
                          "owl": Look((Colour(0.52, 0.07, 60), Colour(0.70, 0.04, 70)), "tuft", 0.0, 0.0, 0.205, 0.06,
                                      Colour(0.8, 0.16, 85), marks="beak"),
                          "penguin": Look((Colour(0.26, 0.02, 265),), "none", 0.0, 0.0, 0.19, 0.032,
                                          Colour(0.28, 0.03, 45), marks="penguin")}


def paint(pen: Pen, brief: Brief) -> None:
    """Paint the animal of the prompt."""
    look = LOOKS[brief.subject]
    chance = brief.random("animal")
    coat = chance.choice(look.coats)
    if (brief.colours and brief.subject in {"cat", "dog", "rabbit", "owl", "mouse", "frog", "bear",
                                            "wolf"} and "scarf" not in brief.features):
        coat = brief.colours[0]
    fur = 0.5 + 0.55 * (fbm((120, 120), (44, 15), 3, generator(number(brief.prompt, brief.seed, "fur")), 0.75) - 0.5)
    bare = brief.subject in {"frog", "pig", "penguin"}
    _torso(pen, look, coat, fur, brief.subject)
    if "scarf" in brief.features:
        scarf(pen, brief, 0.215)
    if look.marks == "mane":
        _mane(pen, brief, coat)
    _ears(pen, look, coat)
    w = look.wide
    head = [(0.0, -0.222), (w * 0.3, -0.216), (w * 0.62, -0.19), (w * 0.94, -0.11), (w * 1.06, 0.01),
            (w * 0.98, 0.09), (w * 0.68, 0.158), (w * 0.3, 0.19), (0.0, 0.197)]
    if brief.subject in {"fox", "wolf"}:
        head = [(0.0, -0.2), (w * 0.6, -0.185), (w * 0.98, -0.08), (w * 1.18, 0.06), (w * 0.72, 0.115),
                (w * 0.4, 0.19), (0.0, 0.225)]
    pen.body(head if bare else _shaggy(head, chance.random()), coat, pattern=None if bare else fur,
             gloss=0.08 if bare else 0.02, round_=0.9, smooth=7 if bare else 3)
    if look.pale:
        _pale(pen, look, coat, fur, brief.subject)
    if look.marks == "stripes":
        _stripes(pen, coat, brief.subject)
    _eyes(pen, look, brief, coat)
    if look.marks in {"beak", "penguin"}:
        _beak(pen, brief.subject)
    elif look.marks == "frog":
        pen.stroke([(-0.13, 0.07), (-0.06, 0.105), (0, 0.112), (0.06, 0.105), (0.13, 0.07)], 0.01, coat.lighter(-0.3))
        for side in (1, -1):
            pen.oval(side * 0.018, 0.035, 0.006, 0.004, coat.lighter(-0.3))
            pen.soft(side * 0.15, 0.075, 0.04, 0.03, Colour(0.72, 0.15, 20), 0.6)
    elif look.marks == "pig":
        pen.ball(0, 0.07, 0.075, 0.056, coat.lighter(-0.05), 0.1)
        for side in (1, -1):
            pen.oval(side * 0.026, 0.07, 0.012, 0.018, coat.lighter(-0.32))
        pen.stroke([(-0.05, 0.14), (0, 0.152), (0.05, 0.14)], 0.008, coat.lighter(-0.3))
    else:
        _muzzle(pen, look, coat, fur, brief)


def _shaggy(half: list[tuple[float, float]], turn: float) -> list[tuple[float, float]]:
    """Return an outline with small tufts of fur."""
    from kie.emulator.media.canvas import curve

    line = curve(half, 5, closed=False)
    result: list[tuple[float, float]] = []
    for index, (x, y) in enumerate(line):
        tuft = (0.022 if index % 2 else -0.012) * (0.8 + 0.4 * math.sin(index * 2.3 + turn * 6))
        push = 1 + tuft * (1 if y > -0.16 else 0.4)
        result.append((x * push, y * (1 + (push - 1) * 0.6)))
    result[0], result[-1] = (0.0, half[0][1]), (0.0, half[-1][1])
    return result


def _torso(pen: Pen, look: Look, coat: Colour, fur: Field, kind: str) -> None:
    if kind == "penguin":
        pen.body([(0.0, 0.05), (0.15, 0.1), (0.24, 0.25), (0.29, 0.45), (0.28, 0.7), (0.0, 0.7)], coat, gloss=0.1)
        pen.body([(0.0, 0.16), (0.1, 0.17), (0.17, 0.28), (0.2, 0.45), (0.19, 0.7), (0.0, 0.7)], _WHITE, gloss=0.03)
        return
    pen.body([(0.0, 0.05), (0.12, 0.1), (0.19, 0.24), (0.26, 0.38), (0.30, 0.55), (0.30, 0.7), (0.0, 0.7)],
             Colour(0.25, 0.02, 40) if kind == "panda" else coat.lighter(-0.05), pattern=fur, gloss=0.02)
    if look.pale > 0.3 or kind == "dog":
        chest = [(0.0, 0.16), (0.075, 0.19), (0.12, 0.3), (0.105, 0.43), (0.05, 0.53), (0.0, 0.57)]
        pen.body(_shaggy(chest, 0.3), _WHITE.mix(coat, 0.25), pattern=fur, gloss=0.0, smooth=2)
    pen.soft(0.0, 0.215, 0.2, 0.085, coat.lighter(-0.4), 0.55)


def _mane(pen: Pen, brief: Brief, coat: Colour) -> None:
    mane = Colour(0.42, 0.1, 48)
    chance = brief.random("mane")
    from kie.emulator.media.canvas import shades

    for ring, (far, count, wide) in enumerate(((0.375, 14, 0.08), (0.325, 12, 0.078), (0.275, 10, 0.074))):
        tones = [shades(mane.lighter(0.05 * ring + by).mix(coat, 0.12 * ring), 0.95) for by in (-0.03, 0.0, 0.03)]
        for index in range(count):
            angle = 2 * math.pi * (index + 0.5 * ring) / count
            long = far * chance.uniform(0.9, 1.08)
            px, py = math.cos(angle), math.sin(angle)
            sway = chance.uniform(-0.012, 0.012)
            base, tip = pen.at([(px * 0.14, py * 0.14), (px * long - py * sway, py * long + 0.012 + px * sway)])
            pen.canvas.leaf(base, tip, wide * pen.size, tones[chance.randrange(3)], belly=0.45, light=pen.light)


def _ears(pen: Pen, look: Look, coat: Colour) -> None:
    pink = Colour(0.76, 0.08, 20).mix(coat, 0.3)
    w = look.wide
    if look.ears == "pointed":
        pen.pair([(w * 0.22, -0.17), (w * 0.52, -0.29), (w * 0.86, -0.365), (w * 1.02, -0.24), (w * 1.02, -0.06)],
                 coat, smooth=4, gloss=0.02)
        pen.pair([(w * 0.42, -0.17), (w * 0.6, -0.26), (w * 0.83, -0.315), (w * 0.91, -0.22), (w * 0.88, -0.11)],
                 pink, smooth=4, gloss=0.0)
    elif look.ears == "round":
        for side in (1, -1):
            pen.ball(side * w * 0.82, -0.175, 0.078, 0.076, Colour(0.22, 0.02, 40) if look.marks == "panda" else coat,
                     0.03)
            pen.ball(side * w * 0.8, -0.165, 0.045, 0.044, (Colour(0.3, 0.02,
                40) if look.marks == "panda" else coat.lighter(-0.14)), 0.0)
    elif look.ears == "disc":
        for side in (1, -1):
            pen.ball(side * w * 1.12, -0.13, 0.105, 0.105, coat.lighter(-0.03), 0.03)
            pen.ball(side * w * 1.12, -0.125, 0.07, 0.072, pink, 0.0)
    elif look.ears == "long":
        pen.pair([(w * 0.12, -0.16), (w * 0.1, -0.32), (w * 0.3, -0.46), (w * 0.58, -0.43), (w * 0.66, -0.27),
                  (w * 0.6, -0.13)], coat, gloss=0.02)
        pen.pair([(w * 0.24, -0.18), (w * 0.24, -0.32), (w * 0.36, -0.42), (w * 0.5, -0.38), (w * 0.52, -0.26),
                  (w * 0.46, -0.17)], pink, gloss=0.0)
    elif look.ears == "flop":
        dark = coat.lighter(-0.1)
        pen.pair([(w * 0.55, -0.2), (w * 0.98, -0.19), (w * 1.36, -0.06), (w * 1.42, 0.1), (w * 1.22, 0.165),
                  (w * 1.02, 0.06), (w * 0.86, -0.08)], dark, gloss=0.03)
    elif look.ears == "tuft":
        pen.pair([(w * 0.3, -0.17), (w * 0.62, -0.25), (w * 1.0, -0.32), (w * 0.98, -0.2), (w * 0.9, -0.08)],
                 coat.lighter(-0.08), smooth=4, gloss=0.02)


def _pale(pen: Pen, look: Look, coat: Colour, fur: Field, kind: str) -> None:
    pale = _WHITE.mix(coat, 0.16)
    if kind in {"fox", "wolf"}:
        w = look.wide
        pen.pair([(0.012, 0.08), (w * 0.5, 0.03), (w * 0.92, 0.02), (w * 1.13, 0.062), (w * 0.7, 0.112),
                  (w * 0.36, 0.182), (0.0, 0.215)], pale, smooth=5, gloss=0.0, rim=0.05)
        return
    if kind == "monkey":
        face = Colour(0.76, 0.07, 60)
        pen.body([(0.0, -0.1), (0.07, -0.13), (0.125, -0.07), (0.115, 0.02), (0.135, 0.09), (0.08, 0.165),
                  (0.0, 0.175)], face, gloss=0.04)
        return
    if kind in {"cat", "dog", "tiger"} and look.pale > 0.3:
        pen.body([(0.0, -0.12 if kind != "tiger" else -0.02), (0.022, -0.06), (0.036, 0.0), (0.09, 0.06),
                  (0.11, 0.12), (0.06, 0.18), (0.0, 0.192)], pale, pattern=fur, gloss=0.0, rim=0.0, round_=0.6)


def _stripes(pen: Pen, coat: Colour, kind: str) -> None:
    dark = Colour(0.22, 0.02, 40) if kind == "tiger" else coat.lighter(-0.17)
    for x in (-0.05, 0.0, 0.05):
        pen.stroke([(x, -0.205), (x * 0.8, -0.155), (x * 0.5, -0.105)], 0.018, dark)
    for side in (1, -1):
        for index in range(3):
            y = 0.0 + index * 0.042
            pen.stroke([(side * (0.205 - index * 0.012), y - 0.012), (side * 0.16, y + 0.008),
                        (side * (0.125 + index * 0.008), y + 0.012)], 0.015, dark)
        if kind == "tiger":
            pen.stroke([(side * 0.17, -0.12), (side * 0.13, -0.1), (side * 0.095, -0.105)], 0.018, dark)


def _eyes(pen: Pen, look: Look, brief: Brief, coat: Colour) -> None:
    big = look.eyes * (1.15 if "child" in brief.features else 1.0)
    iris = look.iris
    if brief.subject == "cat":
        iris = brief.random("iris").choice((Colour(0.75, 0.15, 120), Colour(0.78, 0.14, 85), Colour(0.7, 0.12, 235)))
    for side in (1, -1):
        x, y = side * (0.088 if look.marks != "frog" else 0.125), -0.032 if look.marks != "frog" else -0.19
        if look.marks == "frog":
            pen.ball(x, y, 0.085, 0.08, coat, 0.1)
        elif look.marks == "panda":
            pen.clay([(x - side * 0.035, y - 0.045), (x + side * 0.035, y - 0.04), (x + side * 0.065, y + 0.035),
                      (x + side * 0.03, y + 0.07), (x - side * 0.025, y + 0.045)], Colour(0.24, 0.02, 40), gloss=0.02)
        elif look.marks == "beak":
            pen.ball(x, y, 0.105, 0.11, coat.lighter(0.22), 0.0)
        elif look.marks == "penguin":
            pen.ball(x, y + 0.02, 0.085, 0.09, _WHITE, 0.0)
        else:
            pen.soft(x, y, big * 1.9, big * 1.7, coat.lighter(-0.25), 0.6)
        high = big * (0.92 if look.slit or look.marks in {"beak", "frog"} else 0.98)
        if look.slit:
            almond = [(x - side * big * 1.08, y + big * 0.28), (x - side * big * 0.5, y - high * 0.72),
                      (x + side * big * 0.35, y - high * 0.95), (x + side * big * 1.1, y - high * 0.5),
                      (x + side * big * 0.85, y + high * 0.5), (x, y + high * 0.85)]
            grown = [(x + (px - x) * 1.17, y + (py - y) * 1.17) for px, py in almond]
            pen.flat(grown, _DARK)
            pen.fade(almond, iris.lighter(-0.16), iris.lighter(0.1))
            pen.oval(x, y - 0.002, big * 0.36, high * 0.76, Colour(0.1, 0.01, 60))
        else:
            pen.oval(x, y, big * 1.13, high * 1.13, _DARK)
            pen.fade([(x + big * math.cos(a * 0.524), y + high * math.sin(a * 0.524)) for a in range(12)],
                     iris.lighter(-0.12), iris.lighter(0.12))
            pen.oval(x, y, big * 0.6, high * 0.6, Colour(0.1, 0.01, 60))
        pen.oval(x - big * 0.32, y - high * 0.36, big * 0.24, big * 0.24, Colour(1, 0, 0), 0.95)
        pen.oval(x + big * 0.3, y + high * 0.36, big * 0.12, big * 0.12, Colour(1, 0, 0), 0.6)
        if brief.subject in {"dog", "fox", "wolf", "bear", "lion"}:
            pen.stroke([(x - side * big * 0.9, y - big * 1.75), (x + side * big * 0.2, y - big * 2.0),
                        (x + side * big * 1.1, y - big * 1.5)], 0.014, coat.lighter(0.1))


def _muzzle(pen: Pen, look: Look, coat: Colour, fur: Field, brief: Brief) -> None:
    m, y = look.muzzle, 0.085 + look.snout
    pale = _WHITE.mix(coat, 0.30 if look.pale else 0.45)
    if look.marks == "panda":
        pale = _WHITE
    if brief.subject not in {"fox", "monkey"}:
        if brief.subject == "dog":
            pen.body([(0.0, -0.02), (m * 0.42, 0.0), (m * 0.8, 0.05), (m * 1.05, y), (m * 0.7, y + 0.062),
                      (0.0, y + 0.075)], pale, pattern=fur, gloss=0.0, rim=0.04)
        for side in (1, -1):
            pen.ball(side * m * 0.52, y + 0.012, m * 0.68, m * 0.56, pale.lighter(0.01), 0.0)
        pen.ball(0, y + 0.05, m * 0.45, m * 0.34, pale.lighter(-0.03), 0.0)
    nose = (Colour(0.62, 0.11, 15) if brief.subject in {"cat", "rabbit", "mouse"} and coat.l > 0.45 else Colour(0.2,
        0.015, 30))
    n = m * (0.36 if brief.subject in {"cat", "rabbit", "mouse", "tiger", "lion"} else 0.46)
    ny = y - m * 0.28
    if "smile" in brief.features and brief.subject == "dog":
        pen.clay([(-m * 0.28, y + 0.035), (m * 0.28, y + 0.035), (m * 0.24, y + 0.105), (0, y + 0.125),
                  (-m * 0.24, y + 0.105)], Colour(0.66, 0.16, 12), gloss=0.2)
    pen.stroke([(0, ny + n * 0.5), (0, y + m * 0.12), (0, y + m * 0.3)], 0.007, _DARK.lighter(0.08))
    for side in (1, -1):
        pen.stroke([(0, y + m * 0.28), (side * m * 0.3, y + m * 0.46), (side * m * 0.62, y + m * 0.3),
                    (side * m * 0.72, y + m * 0.18)], 0.007, _DARK.lighter(0.08))
    pen.clay([(-n, ny - n * 0.42), (0, ny - n * 0.62), (n, ny - n * 0.42), (n * 0.62, ny + n * 0.3),
              (0, ny + n * 0.66), (-n * 0.62, ny + n * 0.3)], nose, gloss=0.4)
    pen.soft(-n * 0.25, ny - n * 0.3, n * 0.5, n * 0.28, _WHITE, 0.6)
    if look.whiskers:
        for side in (1, -1):
            for index in range(3):
                lift = (index - 1) * 0.035
                pen.stroke([(side * m * 0.8, y + lift * 0.35), (side * (m + 0.09), y - 0.012 + lift),
                            (side * (m + 0.19), y + 0.008 + lift * 1.7)], 0.0035, _WHITE)
            for dot in range(3):
                pen.oval(side * m * (0.5 + 0.22 * dot), y + 0.005 + 0.012 * (dot % 2), 0.0028, 0.0028, _DARK, 0.6)


def _beak(pen: Pen, kind: str) -> None:
    orange = Colour(0.74, 0.16, 65)
    if kind == "owl":
        pen.clay([(-0.026, -0.005), (0.0, -0.022), (0.026, -0.005), (0.012, 0.05), (0.0, 0.072), (-0.012, 0.05)],
                 orange, gloss=0.3)
        for row in range(4):
            for index in range(5 + row % 2):
                x = (index - 2 - 0.5 * (row % 2)) * 0.05
                pen.stroke([(x - 0.016, 0.3 + row * 0.055), (x, 0.318 + row * 0.055), (x + 0.016, 0.3 + row * 0.055)],
                           0.012, Colour(0.4, 0.06, 55))
    else:
        pen.clay([(-0.05, 0.03), (0.0, 0.005), (0.05, 0.03), (0.0, 0.075)], orange, gloss=0.3, smooth=4)
