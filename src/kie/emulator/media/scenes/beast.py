"""Animals seen whole: horses, elephants and deer on the land, fish and whales in the sea, butterflies, dragons."""


# Outlines stand as rows of points.
# fmt: off

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from kie.emulator.media.brief import Brief, Reader, number
from kie.emulator.media.canvas import Canvas, Points, curve, ellipse, fbm, generator, smooth
from kie.emulator.media.palette import Colour, gradient
from kie.emulator.media.scenes.product import beyond, blurred

_DARK = Colour(0.16, 0.02, 40)


def paint(canvas: Canvas, brief: Brief) -> None:
    """Paint the animal of the prompt where it lives."""
    kinds = Reader(brief.prompt).ordered("beast")
    kind = kinds[0] if kinds else "horse"
    if kind in {"fish", "whale", "turtle", "shark"} and "studio" not in brief.prompt.lower():
        _underwater(canvas, brief)
    else:
        setting = brief.setting if brief.setting not in {"studio", "interior", "sea"} else "landscape"
        ground = replace(brief, features=brief.features - {"street", "birds", "boat"})
        if kind in {"butterfly", "parrot"}:
            blurred(canvas, ground, setting, 110)
        else:
            beyond(canvas, ground, setting)
    canvas.subject()
    unit = canvas.unit
    x = canvas.width * 0.5
    if kind in _LAND:
        _quadruped(canvas, brief, _LAND[kind], x, canvas.height * 0.86, unit * 0.62)
    elif kind in {"fish", "shark"}:
        _fish(canvas, brief, x, canvas.height * 0.48, unit * 0.6, shark=kind == "shark")
    elif kind == "whale":
        _whale(canvas, brief, x, canvas.height * 0.5, unit * 0.8)
    elif kind == "turtle":
        _turtle(canvas, brief, x, canvas.height * 0.5, unit * 0.6)
    elif kind == "butterfly":
        _butterfly(canvas, brief, x, canvas.height * 0.45, unit * 0.42)
    elif kind == "parrot":
        _parrot(canvas, brief, x, canvas.height * 0.5, unit * 0.7)
    else:
        _dragon(canvas, brief, x - unit * 0.08, canvas.height * 0.42, unit * 0.6)


@dataclass(frozen=True, slots=True)
class _Build:
    """How a quadruped is built, in shares of its length."""

    coat: Colour
    body: Points
    legs: tuple[tuple[float, float], ...]
    """Where each leg begins, (x, y); the ground is y = 0."""
    thick: float
    hoof: Colour
    extras: str = ""


_LAND = {
    "horse": _Build(Colour(0.46, 0.09, 50), ((-0.44, -0.62), (-0.36, -0.70), (-0.1, -0.665), (0.16, -0.69),
                                             (0.27, -0.82),
                    (0.36, -0.98), (0.42, -1.06), (0.50, -1.0), (0.60, -0.86), (0.585, -0.80), (0.50, -0.835),
                    (0.43, -0.80),
                    (0.36, -0.62), (0.28, -0.47), (0.1, -0.41), (-0.16, -0.42), (-0.36, -0.43), (-0.45, -0.52)),
                    ((-0.36, -0.5), (-0.27, -0.47), (0.2, -0.47), (0.29, -0.5)), 0.052, _DARK, "mane"),
    "elephant": _Build(Colour(0.58, 0.015, 260), ((-0.52, -0.62), (-0.42, -0.80), (-0.12, -0.87), (0.16, -0.82),
                                                  (0.26, -0.86),
                       (0.40, -0.88), (0.50, -0.78), (0.53, -0.62), (0.55, -0.40), (0.59, -0.16), (0.53, -0.13),
                       (0.48, -0.36),
                       (0.42, -0.52), (0.34, -0.46), (0.22, -0.36), (-0.1, -0.30), (-0.36, -0.32), (-0.50, -0.44)),
                       ((-0.40, -0.44), (-0.25, -0.40), (0.13, -0.40), (0.28, -0.44)), 0.115, Colour(0.85, 0.03,
                           80), "elephant"),
    "deer": _Build(Colour(0.55, 0.1, 55), ((-0.36, -0.62), (-0.30, -0.70), (-0.06, -0.665), (0.16, -0.70),
                                           (0.25, -0.84),
                   (0.31, -1.02), (0.36, -1.10), (0.44, -1.06), (0.53, -0.96), (0.52, -0.92), (0.44, -0.94),
                   (0.38, -0.90),
                   (0.33, -0.70), (0.24, -0.52), (0.06, -0.47), (-0.16, -0.48), (-0.32, -0.50)),
                   ((-0.31, -0.56), (-0.22, -0.53), (0.16, -0.53), (0.24, -0.56)), 0.036, _DARK, "antlers"),
    "cow": _Build(Colour(0.94, 0.01, 80), ((-0.50, -0.58), (-0.44, -0.70), (-0.1, -0.69), (0.22, -0.70), (0.34, -0.80),
                  (0.46, -0.84), (0.56, -0.74), (0.64, -0.60), (0.60, -0.53), (0.50, -0.56), (0.42, -0.54),
                  (0.34, -0.40),
                  (0.1, -0.33), (-0.2, -0.32), (-0.42, -0.36), (-0.51, -0.46)),
                  ((-0.42, -0.42), (-0.32, -0.40), (0.2, -0.40), (0.30, -0.42)), 0.06, _DARK, "cow"),
}


def _quadruped(canvas: Canvas, brief: Brief, build: _Build, x: float, foot: float, s: float) -> None:
    coat = next((c for c in brief.colours if build.extras != "elephant"), build.coat)
    fur = 0.5 + 0.3 * (fbm((90, 70), (26, 14), 3, generator(number(brief.prompt, brief.seed, "hide")), 0.6) - 0.5)
    running = any(word in brief.prompt.lower() for word in ("run", "gallop", "jump", "скач", "беж", "奔跑"))

    def at(points: Points) -> list[tuple[float, float]]:
        return [(x + px * s, foot + py * s) for px, py in points]

    canvas.shadow(x, foot, s * 0.62, s * 0.07, 0.6)
    if build.extras in {"mane", "cow", "elephant"}:
        tail = ((-0.43, -0.63), (-0.53, -0.55), (-0.56, -0.36), (-0.52, -0.26), (-0.50, -0.4), (-0.48, -0.52))
        canvas.clay(curve(at(tail), 6), coat.lighter(-0.16) if build.extras != "elephant" else coat, gloss=0)
    for index, (lx, ly) in enumerate(build.legs):
        far = index in {1, 2}
        swing = (0.16, -0.1, 0.12, -0.18)[index] if running else (0.012, -0.02, 0.02, -0.01)[index]
        t = build.thick
        knee = (lx + swing * 0.7, ly * 0.5)
        end = (lx + swing * (1.3 if not running else 1.6), -0.015 - (0.1 if running and index in {1, 3} else 0))
        leg = [(lx - t * 1.3, ly), (lx + t * 1.3, ly), (knee[0] + t * 0.7, knee[1]), (end[0] + t * 0.62, end[1]),
               (end[0] - t * 0.62, end[1]), (knee[0] - t * 0.7, knee[1])]
        canvas.clay(curve(at(leg), 5), coat.lighter(-0.1 if far else -0.02), gloss=0)
        hoof = [(end[0] - t * 0.62, end[1] - 0.03), (end[0] + t * 0.62, end[1] - 0.03),
                (end[0] + t * 0.78, end[1] + 0.015), (end[0] - t * 0.7, end[1] + 0.015)]
        canvas.fill(at(hoof), (build.hoof if build.extras != "elephant" else coat.lighter(-0.12)).rgb())
    canvas.clay(curve(at(build.body), 7), coat, pattern=fur, gloss=0.03, rim=0.2)
    _details(canvas, brief, build.extras, at, s, coat)


def _details(canvas: Canvas, brief: Brief, extras: str, at: Any, s: float, coat: Colour) -> None:
    """Paint what makes the kind: mane, ears, tusks, antlers, spots, and the eye."""
    if extras == "mane":
        mane = coat.lighter(-0.2)
        canvas.clay(curve(at([(0.42, -1.07), (0.34, -1.04), (0.24, -0.88), (0.14, -0.70), (0.19, -0.66), (0.27, -0.72),
                              (0.33, -0.86), (0.40, -0.98)]), 6), mane, gloss=0)
        canvas.clay(at([(0.40, -1.03), (0.395, -1.13), (0.445, -1.05)]), coat, gloss=0)
        eye, nose = (0.475, -0.96), (0.585, -0.84)
    elif extras == "elephant":
        canvas.clay(curve(at([(0.22, -0.84), (0.10, -0.80), (0.06, -0.62), (0.12, -0.46), (0.22, -0.44), (0.28, -0.58),
                              (0.28, -0.76)]), 7), coat.lighter(-0.06), gloss=0.02)
        canvas.clay(curve(at([(0.46, -0.52), (0.55, -0.42), (0.66, -0.40), (0.57, -0.45), (0.50, -0.54)]), 6),
                    Colour(0.95, 0.03, 85), gloss=0.3)
        eye, nose = (0.40, -0.70), (0.6, -0.15)
    elif extras == "antlers":
        for side in (0.0, 0.05):
            for points in ([(0.36, -1.08), (0.30, -1.2), (0.33, -1.36)], [(0.32, -1.18), (0.24, -1.26), (0.22, -1.34)],
                           [(0.315, -1.28), (0.38, -1.34), (0.40, -1.4)]):
                line = at([(px + side, py) for px, py in points])
                from kie.emulator.media.scenes.solid import ring

                ring(canvas, line, s * 0.022, Colour(0.62 - side * 2, 0.06, 65))
        canvas.clay(curve(at([(0.34, -1.06), (0.25, -1.1), (0.24, -1.05), (0.31, -1.01)]), 5), coat.lighter(-0.05),
                    gloss=0)
        canvas.fill(curve(at([(0.08, -0.5), (0.22, -0.54), (0.28, -0.66), (0.2, -0.5)]), 5), (238, 222, 200), 0.6)
        eye, nose = (0.41, -1.02), (0.525, -0.94)
    else:
        chance = brief.random("spots")
        for px, py in ((-0.3, -0.58), (-0.05, -0.5), (0.15, -0.6), (-0.38, -0.44), (0.4, -0.72)):
            blot = [(px + chance.uniform(0.05, 0.11) * math.cos(a), py + chance.uniform(0.04,
                0.08) * math.sin(a)) for a in np.linspace(0, 5.6, 8)]
            canvas.clay(curve(at(blot), 6), Colour(0.24, 0.015, 50), gloss=0)
        for horn in ((0.42, -0.83), (0.47, -0.83)):
            canvas.clay(curve(at([(horn[0] - 0.015, horn[1]), (horn[0], horn[1] - 0.09), (horn[0] + 0.02, horn[1])]),
                              5), Colour(0.85, 0.04, 80), gloss=0.1)
        canvas.clay(curve(at([(0.60, -0.66), (0.655, -0.6), (0.61, -0.52), (0.55, -0.56)]), 6), Colour(0.78, 0.07, 20),
                    gloss=0.05)
        eye, nose = (0.52, -0.70), (0.63, -0.58)
    (ex, ey), (nx, ny) = at([eye, nose])
    canvas.fill(ellipse(ex, ey, s * 0.016, s * 0.018, 20), (20, 14, 12))
    canvas.fill(ellipse(ex - s * 0.005, ey - s * 0.006, s * 0.005, s * 0.005, 12), (255, 255, 255))
    if extras != "elephant":
        canvas.fill(ellipse(nx - s * 0.012, ny, s * 0.009, s * 0.007, 14), (30, 20, 18))


def _underwater(canvas: Canvas, brief: Brief) -> None:
    """Paint the sea from within: light from above, rays, corals, bubbles."""
    width, height = canvas.soft_size(256)
    tone = next((c for c in brief.colours if 150 < c.h < 290 and c.c > 0.04), Colour(0.6, 0.11, 225))
    rows = np.asarray(gradient(((0.0, Colour(0.86, 0.08, tone.h - 20)), (0.35, Colour(0.62, 0.11, tone.h)),
                                (1.0, Colour(0.27, 0.08, tone.h + 14))), height), np.float32)
    array = np.repeat(rows[:, None, :], width, axis=1)
    rng = generator(number(brief.prompt, brief.seed, "deep"))
    rays = fbm((width, 1), (9, 1), 3, rng, 0.6)[0]
    ys = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    xs = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    place = np.clip(((xs - 0.35) / (0.6 + 0.9 * ys) + 0.4) * (width - 1), 0, width - 1).astype(np.intp)
    beam = smooth(rays[place], 0.5, 0.85) * np.clip(1 - ys * 1.25, 0, 1)
    array = array + (np.float32(255) - array) * (beam * 0.4)[..., None]
    canvas.backdrop(array)
    chance = brief.random("reef")
    unit = canvas.unit
    floor = curve([(0, canvas.height * 0.9), (canvas.width * 0.3, canvas.height * 0.86),
                   (canvas.width * 0.7, canvas.height * 0.92),
                   (canvas.width, canvas.height * 0.87), (canvas.width, canvas.height * 1.1),
                   (0, canvas.height * 1.1)], 8)
    canvas.fade(floor, Colour(0.62, 0.05, 190).rgb(), Colour(0.36, 0.06, 210).rgb())
    for index in range(11):
        x, foot = canvas.width * (index + chance.random()) / 11, canvas.height * chance.uniform(0.9, 1.0)
        coral = Colour(chance.uniform(0.5, 0.7), 0.14, chance.choice((10, 30, 330, 300, 60, 140)))
        for _ in range(5):
            lean, long = chance.uniform(-0.8, 0.8), unit * chance.uniform(0.08, 0.2)
            canvas.leaf((x, foot), (x + math.sin(lean) * long, foot - math.cos(lean) * long), unit * 0.018, coral,
                        belly=0.7)
    for _ in range(26):
        x, y, r = canvas.width * chance.random(), canvas.height * chance.random(), unit * chance.uniform(0.003, 0.012)
        canvas.fill(ellipse(x, y, r, r, 20), (225, 245, 255), 0.35)
        canvas.fill(ellipse(x - r * 0.3, y - r * 0.3, r * 0.3, r * 0.3, 10), (255, 255, 255), 0.8)


def _fish(canvas: Canvas, brief: Brief, x: float, y: float, s: float, *, shark: bool) -> None:
    skin = next((c for c in brief.colours if not 190 < c.h < 280 or c.c < 0.03), Colour(0.72, 0.17, 55))
    if shark:
        skin = Colour(0.52, 0.025, 245)

    def at(points: Points) -> list[tuple[float, float]]:
        return [(x + px * s, y + py * s) for px, py in points]

    fin = skin.turned(-15).lighter(-0.08)
    if shark:
        canvas.clay(curve(at([(-0.42, 0.0), (-0.62, -0.24), (-0.52, -0.02), (-0.6, 0.16), (-0.42, 0.05)]), 5), fin,
                    gloss=0.1)
        canvas.clay(at([(0.02, -0.12), (-0.1, -0.3), (-0.12, -0.1)]), fin, gloss=0.1)
        canvas.clay(curve(at([(0.56, 0.0), (0.4, -0.09), (0.05, -0.14), (-0.3, -0.06), (-0.46, 0.0), (-0.3, 0.06),
                              (0.1, 0.13), (0.4, 0.09)]), 8), skin, gloss=0.2)
        canvas.clay(curve(at([(0.5, 0.03), (0.1, 0.07), (-0.3, 0.045), (0.1, 0.125), (0.4, 0.085)]), 6), Colour(0.92,
            0.01, 230), gloss=0.05)
        canvas.clay(at([(0.12, 0.07), (-0.02, 0.27), (0.0, 0.08)]), fin, gloss=0.1)
    else:
        canvas.clay(curve(at([(-0.30, 0.0), (-0.56, -0.2), (-0.5, 0.0), (-0.56, 0.2)]), 6), fin, gloss=0.1)
        canvas.clay(curve(at([(0.16, -0.2), (0.0, -0.34), (-0.22, -0.26), (-0.24, -0.12)]), 6), fin, gloss=0.1)
        canvas.clay(curve(at([(0.1, 0.2), (-0.04, 0.31), (-0.2, 0.22), (-0.18, 0.1)]), 6), fin, gloss=0.1)
        canvas.clay(curve(at([(0.44, 0.0), (0.3, -0.17), (0.05, -0.24), (-0.2, -0.15), (-0.36, -0.03), (-0.36, 0.03),
                              (-0.2, 0.15), (0.05, 0.23), (0.3, 0.16)]), 8), skin, gloss=0.35)
        for band in (0.17, -0.06, -0.26):
            tall = 0.21 if band > 0 else 0.2 if band > -0.1 else 0.1
            canvas.fade(curve(at([(band - 0.028, -tall), (band + 0.04, -tall), (band + 0.055, 0), (band + 0.035, tall),
                                  (band - 0.03, tall), (band - 0.01, 0)]), 5), (252, 250, 246), (226, 226, 228), 0.95)
        canvas.clay(curve(at([(0.06, 0.02), (-0.12, 0.0), (-0.16, 0.1), (0.0, 0.12)]), 6), fin, gloss=0.2)
    (ex, ey), = at([(0.33 if not shark else 0.42, -0.05 if not shark else -0.025)])
    r = s * (0.035 if not shark else 0.015)
    canvas.fill(ellipse(ex, ey, r, r, 28), (250, 248, 240) if not shark else (20, 20, 26))
    canvas.fill(ellipse(ex + r * 0.15, ey, r * 0.62, r * 0.62, 24), (18, 16, 22))
    canvas.fill(ellipse(ex - r * 0.1, ey - r * 0.3, r * 0.22, r * 0.22, 12), (255, 255, 255))


def _whale(canvas: Canvas, brief: Brief, x: float, y: float, s: float) -> None:
    skin = next((c for c in brief.colours if c.c > 0.02 and c.l < 0.7), Colour(0.42, 0.06, 250))

    def at(points: Points) -> list[tuple[float, float]]:
        return [(x + px * s, y + py * s) for px, py in points]

    canvas.clay(curve(at([(-0.42, -0.02), (-0.56, -0.16), (-0.6, -0.12), (-0.5, 0.0), (-0.58, 0.1), (-0.52, 0.12),
                          (-0.4, 0.03)]), 6), skin, gloss=0.1)
    canvas.clay(curve(at([(0.5, 0.0), (0.47, -0.10), (0.3, -0.17), (0.0, -0.16), (-0.25, -0.07), (-0.46, -0.02),
                          (-0.44, 0.03), (-0.2, 0.08), (0.1, 0.15), (0.38, 0.13)]), 8), skin, gloss=0.12)
    canvas.clay(curve(at([(0.48, 0.03), (0.25, 0.04), (0.02, 0.085), (-0.05, 0.12), (0.12, 0.148), (0.36, 0.125)]), 7),
                Colour(0.86, 0.02, 230), gloss=0.02)
    for groove in range(5):
        points = at([(0.42 - groove * 0.01, 0.05 + groove * 0.014), (0.2, 0.066 + groove * 0.015),
                     (0.04, 0.1 + groove * 0.01)])
        from kie.emulator.media.scenes.solid import ring

        ring(canvas, points, max(1.0, s * 0.004), Colour(0.6, 0.03, 240))
    canvas.clay(curve(at([(0.18, 0.1), (0.1, 0.26), (0.02, 0.3), (0.07, 0.12)]), 6), skin.lighter(-0.06), gloss=0.1)
    (ex, ey), = at([(0.34, 0.015)])
    canvas.fill(ellipse(ex, ey, s * 0.011, s * 0.011, 18), (12, 12, 18))
    canvas.fill(ellipse(ex - s * 0.003, ey - s * 0.004, s * 0.003, s * 0.003, 10), (255, 255, 255))


def _turtle(canvas: Canvas, brief: Brief, x: float, y: float, s: float) -> None:
    skin = Colour(0.6, 0.1, 130)
    shell = next((c for c in brief.colours if c.c > 0.03), Colour(0.46, 0.09, 85))

    def at(points: Points) -> list[tuple[float, float]]:
        return [(x + px * s, y + py * s) for px, py in points]

    for fin in ([(0.2, 0.02), (0.42, 0.3), (0.34, 0.34), (0.06, 0.12)], [(0.22, -0.04), (0.3, -0.26), (0.22, -0.28),
        (0.06, -0.08)],
                [(-0.28, 0.06), (-0.44, 0.2), (-0.38, 0.02)], [(-0.3, 0.0), (-0.46, -0.08), (-0.34, -0.06)]):
        canvas.clay(curve(at(fin), 6), skin, gloss=0.1)
    canvas.clay(curve(at([(0.26, -0.06), (0.4, -0.12), (0.5, -0.06), (0.48, 0.03), (0.36, 0.06), (0.26, 0.05)]), 6),
                skin, gloss=0.1)
    canvas.clay(curve(at([(0.32, 0.02), (0.2, -0.14), (-0.06, -0.2), (-0.28, -0.12), (-0.36, 0.02), (-0.2, 0.11),
                          (0.1, 0.12)]), 8), shell, gloss=0.3)
    for px, py, r in ((0.12, -0.06, 0.075), (-0.05, -0.1, 0.08), (-0.21, -0.05, 0.065), (0.0, 0.035, 0.07), (-0.15,
        0.04, 0.06)):
        canvas.clay(at([(px + r * math.cos(a), py + r * 0.7 * math.sin(a)) for a in np.linspace(0, 5.24, 6)]),
                    shell.lighter(-0.12), gloss=0.2)
    (ex, ey), = at([(0.43, -0.05)])
    canvas.fill(ellipse(ex, ey, s * 0.014, s * 0.014, 18), (16, 14, 12))


def _butterfly(canvas: Canvas, brief: Brief, x: float, y: float, s: float) -> None:
    wing = next((c for c in brief.colours if c.c > 0.03), Colour(0.68, 0.18, 55))
    other = brief.colours[1] if len(brief.colours) > 1 else wing.turned(40).lighter(0.12)
    for side in (-1, 1):
        def at(points: Points, side: int = side) -> list[tuple[float, float]]:
            return [(x + side * px * s, y + py * s) for px, py in points]

        upper = [(0.03, -0.1), (0.3, -0.62), (0.78, -0.78), (0.98, -0.6), (0.82, -0.2), (0.4, 0.02), (0.04, 0.04)]
        lower = [(0.03, 0.02), (0.4, 0.06), (0.66, 0.26), (0.6, 0.56), (0.36, 0.68), (0.14, 0.4)]
        for shape, tone in ((lower, other), (upper, wing)):
            canvas.clay(curve(at(shape), 8), _DARK, gloss=0.05)
            inner = [(px * 0.86 + 0.03, py * 0.86 - 0.005) for px, py in shape]
            canvas.clay(curve(at(inner), 8), tone, gloss=0.15)
        for vein in ((0.8, -0.62), (0.86, -0.4), (0.72, -0.16), (0.5, 0.5), (0.6, 0.3)):
            canvas.fill(at([(0.05, -0.03), (vein[0] * 0.95, vein[1] * 0.95),
                            (vein[0] * 0.95 + 0.01, vein[1] * 0.95 + 0.014), (0.05, 0.0)]), _DARK.rgb(), 0.75)
        for px, py, r in ((0.84, -0.63, 0.035), (0.89, -0.5, 0.028), (0.56, 0.5, 0.035), (0.42, 0.6, 0.028)):
            (cx, cy), = at([(px, py)])
            canvas.fill(ellipse(cx, cy, r * s, r * s, 20), (252, 248, 238))
        canvas.fill(at([(0.01, -0.24), (0.16, -0.56), (0.175, -0.55), (0.03, -0.22)]), _DARK.rgb())
    canvas.clay(ellipse(x, y + s * 0.08, s * 0.045, s * 0.34, 36), Colour(0.25, 0.03, 50), gloss=0.2)
    canvas.clay(ellipse(x, y - s * 0.26, s * 0.055, s * 0.06, 28), Colour(0.22, 0.03, 50), gloss=0.2)


def _parrot(canvas: Canvas, brief: Brief, x: float, y: float, s: float) -> None:
    feather = next((c for c in brief.colours if c.c > 0.05), Colour(0.58, 0.21, 27))

    def at(points: Points) -> list[tuple[float, float]]:
        return [(x + px * s, y + py * s) for px, py in points]

    canvas.clay(curve(at([(-0.7, 0.30), (0.0, 0.33), (0.7, 0.27), (0.7, 0.31), (0.0, 0.38), (-0.7, 0.35)]), 6),
                Colour(0.42, 0.06, 55), gloss=0)
    for index, hue in enumerate((27, 250, 95, 250)):
        canvas.leaf(at([(-0.06 + index * 0.02, 0.16)])[0], at([(-0.22 + index * 0.035, 0.78)])[0], s * 0.04,
                    Colour(0.58, 0.18, hue), belly=0.4)
    canvas.clay(curve(at([(0.10, -0.42), (0.2, -0.3), (0.2, -0.05), (0.1, 0.26), (-0.02, 0.34), (-0.14, 0.2),
                          (-0.17, -0.1), (-0.1, -0.34)]), 8), feather, gloss=0.05)
    for row, (hue, light) in enumerate(((27, 0.52), (95, 0.82), (145, 0.62), (250, 0.5))):
        for index in range(4):
            base = at([(-0.12 + index * 0.055, -0.16 + row * 0.1)])[0]
            tip = at([(-0.2 + index * 0.055, 0.1 + row * 0.1)])[0]
            canvas.leaf(base, tip, s * 0.04, Colour(light, 0.17, hue), belly=0.6)
    canvas.clay(curve(at([(-0.1, -0.4), (0.0, -0.53), (0.13, -0.52), (0.2, -0.4), (0.15, -0.26), (0.0, -0.22)]), 8),
                feather, gloss=0.05)
    canvas.clay(curve(at([(0.06, -0.44), (0.16, -0.44), (0.18, -0.34), (0.08, -0.31)]), 6), Colour(0.96, 0.01, 80),
                gloss=0)
    canvas.clay(curve(at([(0.16, -0.45), (0.27, -0.41), (0.29, -0.28), (0.22, -0.33), (0.16, -0.34)]), 6), Colour(0.28,
        0.02, 60), gloss=0.4)
    (ex, ey), = at([(0.11, -0.4)])
    canvas.fill(ellipse(ex, ey, s * 0.024, s * 0.024, 24), Colour(0.85, 0.15, 90).rgb())
    canvas.fill(ellipse(ex, ey, s * 0.013, s * 0.013, 18), (14, 12, 12))
    for foot in (-0.02, 0.07):
        canvas.clay(ellipse(*at([(foot, 0.32)])[0], s * 0.03, s * 0.03, 20), Colour(0.4, 0.02, 60), gloss=0.1)


def _dragon(canvas: Canvas, brief: Brief, x: float, y: float, s: float) -> None:
    scale = next((c for c in brief.colours if c.c > 0.03), Colour(0.42, 0.13, 25))

    def at(points: Points) -> list[tuple[float, float]]:
        return [(x + px * s, y + py * s) for px, py in points]

    for dx, tone in ((0.09, scale.lighter(-0.12)), (0.0, scale.lighter(0.02))):
        wing = [(0.05 + dx, -0.02), (-0.02 + dx, -0.34), (-0.3 + dx, -0.5), (-0.24 + dx, -0.34), (-0.42 + dx, -0.26),
                (-0.26 + dx, -0.2),
                (-0.36 + dx, -0.06), (-0.18 + dx, -0.08), (-0.12 + dx, 0.04)]
        canvas.clay(at(wing), tone, gloss=0.05)
        for tip in (wing[2], wing[4], wing[6]):
            canvas.fill(at([(0.03 + dx, -0.04), tip, (tip[0] + 0.012, tip[1] + 0.016), (0.05 + dx, 0.0)]),
                        scale.lighter(-0.2).rgb(), 0.8)
    canvas.clay(curve(at([(0.46, -0.18), (0.36, -0.24), (0.28, -0.16), (0.22, -0.02), (0.05, -0.05), (-0.15, 0.03),
                          (-0.34, 0.13), (-0.52, 0.1),
                          (-0.64, 0.0), (-0.5, 0.17), (-0.3, 0.22), (-0.1, 0.16), (0.08, 0.17), (0.24, 0.11),
                          (0.33, -0.02), (0.38, -0.1), (0.47, -0.1)]), 7), scale, gloss=0.15)
    canvas.clay(curve(at([(0.32, -0.2), (0.38, -0.28), (0.5, -0.25), (0.62, -0.2), (0.61, -0.14), (0.48, -0.1),
                          (0.36, -0.1)]), 7), scale.lighter(0.03), gloss=0.15)
    for horn in ((0.36, -0.25), (0.41, -0.27)):
        canvas.clay(at([(horn[0], horn[1]), (horn[0] - 0.12, horn[1] - 0.1), (horn[0] + 0.03, horn[1] - 0.01)]),
                    Colour(0.85, 0.04, 80), gloss=0.2)
    for leg in (-0.02, 0.14):
        canvas.clay(curve(at([(leg, 0.12), (leg + 0.08, 0.14), (leg + 0.06, 0.26), (leg + 0.1, 0.3), (leg + 0.0, 0.3),
                              (leg, 0.2)]), 5), scale.lighter(-0.06), gloss=0.05)
    (ex, ey), = at([(0.47, -0.205)])
    canvas.fill(ellipse(ex, ey, s * 0.013, s * 0.011, 16), (255, 220, 90))
    mx, my = at([(0.62, -0.15)])[0]
    canvas.shine(mx + s * 0.2, my + s * 0.04, s * 0.36, (255, 130, 40), 0.9)
    for share, hue, light in ((1.0, 45, 0.68), (0.7, 60, 0.8), (0.4, 88, 0.93)):
        canvas.fade(curve([(mx, my - s * 0.01), (mx + s * 0.2 * share, my - s * 0.07 * share),
                           (mx + s * 0.46 * share, my + s * 0.03),
                           (mx + s * 0.3 * share, my + s * 0.11 * share), (mx, my + s * 0.02)], 7), Colour(light, 0.17,
                               hue).rgb(),
                    Colour(light - 0.06, 0.2, hue - 10).rgb(), 0.9)
