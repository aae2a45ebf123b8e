"""Busts of people, astronauts, robots, knights and wizards, in the manner of a modelled illustration."""

# Outlines stand as rows of points.
# fmt: off

from dataclasses import dataclass, replace

from kie.emulator.media.brief import Brief, number
from kie.emulator.media.canvas import fbm, generator
from kie.emulator.media.palette import Colour
from kie.emulator.media.scenes.costume import (
    armour,
    crown,
    glasses,
    hat,
    helm,
    helmet_back,
    helmet_glass,
    robot,
    scarf,
    suit,
)
from kie.emulator.media.scenes.pen import Pen

_SKINS = (Colour(0.83, 0.065, 55), Colour(0.78, 0.075, 58), Colour(0.70, 0.085, 56), Colour(0.58, 0.085, 52),
          Colour(0.45, 0.07, 48))
_HAIRS = (Colour(0.26, 0.03, 50), Colour(0.34, 0.06, 50), Colour(0.46, 0.09, 55), Colour(0.72, 0.11, 82),
          Colour(0.48, 0.14, 40), Colour(0.22, 0.02, 270))
_EYES = (Colour(0.42, 0.08, 55), Colour(0.52, 0.11, 240), Colour(0.5, 0.1, 150), Colour(0.36, 0.06, 50))
_WHITE = Colour(0.97, 0.008, 90)
_DARK = Colour(0.2, 0.03, 30)


@dataclass(frozen=True, slots=True)
class Look:
    """How one person looks."""

    skin: Colour
    hair: Colour
    eyes: Colour
    clothes: Colour
    woman: bool
    style: int
    jaw: float
    smile: float
    child: bool
    old: bool


def look(brief: Brief) -> Look:
    """Choose a person by the words and the seed."""
    chance = brief.random("person")
    old = "old" in brief.features
    hair = Colour(0.82, 0.01, 90) if old else chance.choice(_HAIRS)
    for word, colour in (("blond", _HAIRS[3]), ("redhair", _HAIRS[4]), ("darkhair", _HAIRS[5])):
        if word in brief.features:
            hair = colour
    clothes = next((c for c in brief.colours if c.h != 85 or c.c > 0.05),
                   None) or chance.choice((Colour(0.45, 0.13, 260), Colour(0.5, 0.12, 160), Colour(0.55, 0.16, 28),
                                           Colour(0.85, 0.03, 85), Colour(0.35, 0.05, 270), Colour(0.62, 0.12, 320)))
    return Look(skin=chance.choice(_SKINS), hair=hair, eyes=chance.choice(_EYES), clothes=clothes,
                woman=brief.subject in {"woman", "royal"}, style=chance.randrange(4),
                jaw=chance.uniform(-0.012, 0.012), smile=0.9 if "smile" in brief.features else chance.uniform(0.25,
                    0.7), child="child" in brief.features, old=old)


def paint(pen: Pen, brief: Brief) -> None:
    """Paint the person of the prompt."""
    if brief.subject == "robot":
        robot(pen, brief)
        return
    person = look(brief)
    if brief.subject == "astronaut":
        suit(pen, brief)
        helmet_back(pen)
        face(pen, brief, person, 0.86, cap=True)
        helmet_glass(pen, brief)
        return
    if brief.subject == "wizard":
        person = replace(person, hair=Colour(0.88, 0.01, 90), style=0, jaw=0.0, child=False, old=True)
    if brief.subject == "knight":
        armour(pen)
    else:
        if person.woman or "longhair" in brief.features:
            _long_hair(pen, person)
        _neck(pen, person)
        _clothes(pen, brief, person)
    face(pen, brief, person, 1.0, cap=brief.subject == "knight")
    if brief.subject == "knight":
        helm(pen)
    if brief.subject == "royal" or "crown" in brief.features:
        crown(pen)
    if brief.subject == "wizard" or "hat" in brief.features:
        hat(pen, brief, pointed=brief.subject == "wizard")
    if "scarf" in brief.features:
        scarf(pen, brief, 0.25)


def _neck(pen: Pen, person: Look) -> None:
    wide = 0.062 if person.woman or person.child else 0.085
    pen.body([(wide, 0.12), (wide, 0.23), (wide + 0.02, 0.29), (wide + 0.09, 0.335), (0.0, 0.40)],
             person.skin.lighter(-0.05), gloss=0.02)
    pen.soft(0.0, 0.215, 0.13, 0.075, person.skin.lighter(-0.34), 0.75)


def _clothes(pen: Pen, brief: Brief, person: Look) -> None:
    broad = 0.30 if person.woman else 0.37
    if person.child:
        broad *= 0.86
    colour = person.clothes
    words = brief.prompt.lower()
    if any(word in words for word in ("suit", "business", "formal", "anchor", "presenter", "gentleman", "detective")):
        shirt = Colour(0.95, 0.01, 250)
        pen.body([(0.10, 0.27), (0.16, 0.36), (0.16, 0.6), (0.0, 0.62)], shirt)
        tie = brief.palette.accent if brief.colours else Colour(0.45, 0.16, 22)
        pen.clay([(-0.022, 0.345), (0.022, 0.345), (0.016, 0.385), (0.034, 0.56), (0, 0.6), (-0.034, 0.56),
                  (-0.016, 0.385)], tie, smooth=3)
        suit = colour if colour.l < 0.5 else Colour(0.3, 0.04, 262)
        for side in (1, -1):
            outer = [(0.075, 0.272), (0.14, 0.305), (broad * 0.8, 0.355), (broad, 0.43), (broad + 0.05, 0.62),
                     (0.02, 0.62), (0.045, 0.5)]
            pen.clay([(side * x, y) for x, y in outer], suit, gloss=0.03)
            lapel = [(0.078, 0.275), (0.135, 0.36), (0.155, 0.42), (0.10, 0.435), (0.045, 0.54), (0.05, 0.42)]
            pen.clay([(side * x, y) for x, y in lapel], suit.lighter(0.05), smooth=4, gloss=0.03)
        return
    low = 0.315 if person.woman else 0.285
    fold = 0.5 + 0.35 * (fbm((64, 40), (5, 2), 3, generator(number(brief.prompt, brief.seed, "cloth")), 0.5) - 0.5)
    pen.body([(0.0, low + 0.075), (0.055, low + 0.055), (0.10, low - 0.025), (0.15, 0.305), (broad * 0.82, 0.35),
              (broad, 0.43), (broad + 0.05, 0.64), (0.0, 0.66)], colour, pattern=fold, gloss=0.02)
    pen.stroke([(-0.10, low - 0.02), (-0.055, low + 0.055), (0.0, low + 0.078), (0.055, low + 0.055),
                (0.10, low - 0.02)], 0.022, colour.lighter(0.07))
    for side in (1, -1):
        pen.stroke([(side * broad * 0.74, 0.46), (side * broad * 0.78, 0.54), (side * broad * 0.74, 0.64)], 0.012,
                   colour.lighter(-0.14))


def _long_hair(pen: Pen, person: Look) -> None:
    long = (0.30, 0.38, 0.20, 0.34)[person.style]
    wave = 0.025 if person.style % 2 else 0.0
    half = [(0.0, -0.285), (0.11, -0.265), (0.20, -0.17), (0.225, -0.02), (0.215 + wave, 0.10), (0.23, 0.2),
            (0.20 + wave, long - 0.03), (0.12, long), (0.0, long - 0.05)]
    pattern = fbm((96, 60), (22, 1.2), 3, generator(len(half) + person.style), 0.6)
    pen.body(half, person.hair.lighter(-0.05), pattern=pattern, gloss=0.1)


def face(pen: Pen, brief: Brief, person: Look, scale: float = 1.0, *, cap: bool = False) -> None:
    """Paint head, features and hair around the origin."""
    size, pen.size = pen.size, pen.size * scale
    chance = brief.random("face")
    skin = person.skin
    jaw = 0.115 + person.jaw + (0 if person.woman else 0.014)
    chin = 0.205 if not person.child else 0.185
    if not cap:
        for side in (1, -1):
            pen.clay([(side * x, y) for x, y in ((0.168, -0.03), (0.195, -0.045), (0.203, -0.005), (0.19, 0.04),
                                                 (0.17, 0.055))], skin.lighter(-0.03), gloss=0.03)
            pen.soft(side * 0.186, 0.0, 0.012, 0.03, Colour(0.5, 0.13, 30), 0.4)
    head = [(0.0, -0.25), (0.09, -0.238), (0.152, -0.175), (0.175, -0.07), (0.168, 0.03), (0.15, 0.105), (jaw, 0.158),
            (0.058, chin - 0.008), (0.0, chin)]
    pen.body(head, skin, depth=0.85, round_=0.8, gloss=0.06, rim=0.1)
    blush = Colour(skin.l - 0.04, 0.12, 25)
    for side in (1, -1):
        pen.soft(side * 0.092, 0.062, 0.058, 0.042, blush, 0.55 if person.woman or person.child else 0.3)
    pen.soft(0.0, -0.165, 0.1, 0.05, skin.lighter(0.1), 0.35)
    _eyes(pen, person, chance.uniform(-0.006, 0.006))
    _nose(pen, skin)
    _mouth(pen, person)
    if "beard" in brief.features or (brief.subject == "wizard"):
        _beard(pen, person, long=brief.subject == "wizard")
    if person.old and not person.child:
        for side in (1, -1):
            pen.stroke([(side * 0.055, 0.06), (side * 0.075, 0.09), (side * 0.078, 0.12)], 0.005, skin.lighter(-0.12))
            pen.stroke([(side * 0.118, 0.0), (side * 0.135, -0.006)], 0.004, skin.lighter(-0.12))
    if not cap:
        _hair(pen, brief, person)
    if "glasses" in brief.features:
        glasses(pen, brief)
    pen.size = size


def _eyes(pen: Pen, person: Look, gaze: float) -> None:
    big = 1.22 if person.child else 1.08 if person.woman else 0.96
    skin = person.skin
    for side in (1, -1):
        x, y = side * 0.072, -0.018
        w, h = 0.037 * big, 0.0195 * big
        pen.soft(x, y - 0.006, w * 1.75, h * 2.6, skin.lighter(-0.17), 0.42)
        almond = [(x - w, y + 0.003), (x - w * 0.5, y - h * 0.8), (x, y - h), (x + w * 0.55, y - h * 0.75),
                  (x + w, y + 0.001), (x + w * 0.5, y + h * 0.72), (x, y + h * 0.85), (x - w * 0.5, y + h * 0.7)]
        pen.fade(almond, _WHITE.lighter(-0.09), _WHITE.lighter(-0.01))
        r = h * 0.93
        ix = x + gaze
        pen.oval(ix, y - 0.0005, r, r, person.eyes.lighter(-0.16))
        pen.oval(ix, y + 0.001, r * 0.8, r * 0.8, person.eyes.lighter(0.04))
        pen.oval(ix, y + r * 0.3, r * 0.55, r * 0.4, person.eyes.lighter(0.16), 0.7)
        pen.oval(ix, y, r * 0.45, r * 0.45, Colour(0.1, 0.01, 30))
        pen.oval(ix - r * 0.34, y - r * 0.38, r * 0.25, r * 0.25, Colour(1, 0, 0), 0.95)
        pen.oval(ix + r * 0.3, y + r * 0.34, r * 0.12, r * 0.12, Colour(1, 0, 0), 0.6)
        lash = 0.0125 if person.woman else 0.008
        pen.stroke([(x - side * w * 1.02, y + 0.003), (x - side * w * 0.4, y - h * 0.93),
                    (x + side * w * 0.2, y - h * 1.02), (x + side * w * 1.12, y - 0.004)], lash, _DARK)
        pen.stroke([(x - side * w * 0.85, y - h * 1.2), (x, y - h * 1.62), (x + side * w, y - h * 0.95)], 0.004,
                   skin.lighter(-0.2))
        pen.stroke([(x - w * 0.8, y + h * 0.62), (x, y + h * 0.98), (x + w * 0.8, y + h * 0.6)], 0.003,
                   skin.lighter(-0.22))
        brow = person.hair.mix(_DARK, 0.35) if person.hair.l < 0.7 else person.hair.lighter(-0.25)
        up = y - 0.052 * (1.05 if person.woman else 0.94)
        pen.stroke([(x - side * w * 1.12, up + 0.011), (x - side * w * 0.2, up - 0.006),
                    (x + side * w * 0.7, up - 0.005), (x + side * w * 1.4, up + 0.012)],
                   0.0135 if person.woman else 0.019, brow)


def _nose(pen: Pen, skin: Colour) -> None:
    pen.soft(0.012, 0.025, 0.02, 0.06, skin.lighter(-0.12), 0.35)
    pen.soft(-0.005, 0.02, 0.010, 0.065, skin.lighter(0.10), 0.6)
    pen.soft(0.0, 0.066, 0.036, 0.025, skin.lighter(-0.15), 0.45)
    pen.soft(-0.004, 0.055, 0.02, 0.018, skin.lighter(0.12), 0.7)
    for side in (1, -1):
        pen.stroke([(side * 0.009, 0.073), (side * 0.017, 0.0715), (side * 0.023, 0.075)], 0.006, skin.lighter(-0.32))
        pen.stroke([(side * 0.026, 0.054), (side * 0.0305, 0.066), (side * 0.025, 0.076)], 0.004, skin.lighter(-0.16))


def _mouth(pen: Pen, person: Look) -> None:
    y, w = 0.125, 0.05 + 0.012 * person.smile
    curl = 0.014 * person.smile
    lip = Colour(person.skin.l - 0.19, 0.15 if person.woman else 0.085, 22)
    pen.soft(0, y + 0.031, 0.04, 0.014, person.skin.lighter(-0.16), 0.5)
    if person.smile > 0.8:
        pen.flat([(-w, y - curl), (-w * 0.5, y - 0.001), (0, y + 0.002), (w * 0.5, y - 0.001), (w, y - curl),
                  (w * 0.55, y + 0.022), (0, y + 0.03), (-w * 0.55, y + 0.022)], Colour(0.32, 0.1, 20))
        pen.flat([(-w * 0.86, y - curl * 0.7), (0, y + 0.003), (w * 0.86, y - curl * 0.7), (w * 0.6, y + 0.011),
                  (0, y + 0.016), (-w * 0.6, y + 0.011)], _WHITE)
        pen.stroke([(-w, y - curl), (-w * 0.55, y + 0.023), (0, y + 0.032), (w * 0.55, y + 0.023), (w, y - curl)],
                   0.011, lip)
    else:
        pen.fade([(-w, y - curl), (-w * 0.5, y - 0.009), (-w * 0.17, y - 0.014), (0, y - 0.0105),
                  (w * 0.17, y - 0.014), (w * 0.5, y - 0.009), (w, y - curl), (w * 0.4, y + 0.002), (0, y + 0.003),
                  (-w * 0.4, y + 0.002)], lip.lighter(-0.05), lip)
        pen.fade([(-w * 0.92, y - curl * 0.8), (-w * 0.4, y + 0.001), (0, y + 0.002), (w * 0.4, y + 0.001),
                  (w * 0.92, y - curl * 0.8), (w * 0.5, y + 0.014), (0, y + 0.019), (-w * 0.5, y + 0.014)], lip,
                 lip.lighter(0.06))
        pen.soft(-0.006, y + 0.011, 0.02, 0.006, lip.lighter(0.25), 0.7)
        pen.stroke([(-w * 1.04, y - curl * 1.15), (-w * 0.4, y + 0.0005), (0, y + 0.0025), (w * 0.4, y + 0.0005),
                    (w * 1.04, y - curl * 1.15)], 0.0045, Colour(0.3, 0.09, 20))


def _hair(pen: Pen, brief: Brief, person: Look) -> None:
    pattern = fbm((96, 60), (20, 1.4), 3, generator(number(brief.prompt, brief.seed, "hair")), 0.6)
    hair = person.hair
    if person.woman or "longhair" in brief.features:
        part = (-0.05, 0.03, 0.0, 0.06)[person.style]
        for side in (1, -1):
            lock = [(part, -0.292), (part + side * 0.10, -0.278), (side * 0.188, -0.19), (side * 0.208, -0.05),
                    (side * 0.2, 0.09), (side * 0.178, 0.12), (side * 0.176, 0.0), (side * 0.155, -0.085),
                    (side * 0.10, -0.145), (part + side * 0.028, -0.205)]
            pen.clay(lock, hair, pattern=pattern, gloss=0.14, rim=0.2)
        return
    if brief.subject == "wizard":
        return
    styles = ([(-0.184, 0.0), (-0.196, -0.12), (-0.15, -0.245), (-0.03, -0.305), (0.1, -0.29), (0.178, -0.205),
               (0.194, -0.1), (0.183, 0.0), (0.168, -0.07), (0.142, -0.135), (0.04, -0.155), (-0.06, -0.185),
               (-0.13, -0.14), (-0.165, -0.07)], [(-0.184, 0.0), (-0.195, -0.13), (-0.13, -0.26), (0.0, -0.29),
                                                  (0.13, -0.26), (0.195, -0.13), (0.184, 0.0), (0.166, -0.09),
                                                  (0.11, -0.185), (0.0, -0.2), (-0.11, -0.185), (-0.166, -0.09)],
              [(-0.186, 0.02), (-0.2, -0.13), (-0.16, -0.25), (-0.08, -0.33), (0.04, -0.345), (0.15, -0.29),
               (0.2, -0.16), (0.185, 0.01), (0.166, -0.08), (0.12, -0.17), (0.02, -0.17), (-0.08, -0.2),
               (-0.145, -0.14)], [(-0.182, 0.03), (-0.205, -0.08), (-0.2, -0.2), (-0.11, -0.3), (0.02, -0.32),
                                  (0.13, -0.295), (0.2, -0.19), (0.205, -0.07), (0.183, 0.03), (0.165, -0.04),
                                  (0.12, -0.115), (0.06, -0.13), (0.0, -0.115), (-0.07, -0.13), (-0.13, -0.11),
                                  (-0.164, -0.04)])
    pen.clay(styles[person.style], hair, pattern=pattern, gloss=0.12, rim=0.2)


def _beard(pen: Pen, person: Look, *, long: bool) -> None:
    pattern = fbm((60, 60), (16, 2), 3, generator(5), 0.6)
    tip = 0.44 if long else 0.245
    outline = [(0.172, 0.0), (0.165, 0.09), (0.125, 0.185), (0.06, tip - 0.015), (0.0, tip), (-0.06, tip - 0.015),
               (-0.125, 0.185), (-0.165, 0.09), (-0.172, 0.0), (-0.145, 0.075), (-0.08, 0.093), (0.0, 0.098),
               (0.08, 0.093), (0.145, 0.075)]
    pen.clay(outline, person.hair, pattern=pattern, gloss=0.04)
    pen.flat([(-0.045, 0.124), (0, 0.119), (0.045, 0.124), (0.025, 0.138), (-0.025, 0.138)], Colour(0.5, 0.11, 22))
