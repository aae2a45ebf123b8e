"""What stands out in a landscape: broad trees, a waterfall, a volcano, a windmill, a road."""

# ruff: noqa: PLR0917 - what is drawn takes place, size and light in one order
# Outlines stand as rows of points.
# fmt: off

import math
import random
from itertools import pairwise

from PIL import ImageDraw

from kie.emulator.media.brief import Brief
from kie.emulator.media.canvas import Canvas, Field, curve
from kie.emulator.media.palette import Colour


def _foliage(brief: Brief) -> Colour:
    if "blossom" in brief.features:
        return Colour(0.83, 0.09, 355)
    if "autumn" in brief.features:
        return Colour(0.66, 0.16, 58)
    return Colour(0.5, 0.12, 135)


def grove(canvas: Canvas, brief: Brief, line: Field, base: Colour, near: float, salt: str, count: int) -> None:
    """Plant broad-leaved trees along a ridge line."""
    chance = brief.random(salt)
    dark = brief.time in {"night", "neon", "dusk"}
    leaf = _foliage(brief).lighter(-0.2 if dark else 0.0).mix(base, 0.4 - 0.3 * near)
    unit = canvas.unit / 1024
    places = sorted((chance.uniform(0, canvas.height * 0.05) * near, chance.uniform(-0.02, 1.02)) for _ in range(count))
    for down, share in places:
        x = share * canvas.width
        foot = float(line[min(len(line) - 1, max(0, int(x)))]) + down + 4 * unit
        tall = unit * (40 + 120 * near**2) * chance.uniform(0.7, 1.2)
        tree(canvas, leaf.turned(chance.uniform(-14, 14)).lighter(chance.uniform(-0.05, 0.04)), x, foot, tall, chance,
             16)


def tree(canvas: Canvas, leaf: Colour, x: float, foot: float, tall: float, chance: random.Random, blobs: int) -> None:
    """Paint one broad-leaved tree: a crown of tufts, dark below and light above."""
    draw = ImageDraw.Draw(canvas.image)
    bark = Colour(0.32, 0.045, 55).mix(leaf, 0.1)
    wide = tall * 0.05
    draw.polygon([(x - wide * 1.3, foot), (x + wide * 1.3, foot), (x + wide * 0.6, foot - tall * 0.5),
                  (x - wide * 0.6, foot - tall * 0.5)], fill=bark.rgb())
    if tall > 120:
        for side in (-1, 1):
            draw.line((x, foot - tall * 0.38, x + side * tall * 0.2, foot - tall * 0.6), fill=bark.rgb(), width=max(1,
                int(wide)))
    if tall < 110:
        blobs = 9
    spots = [(chance.uniform(0, 6.28), chance.random() ** 0.5, chance.uniform(0.7, 1.2)) for _ in range(blobs)]
    passes = ((0.0, -0.13), (0.035, -0.03), (0.075, 0.06), (0.1, 0.12))
    for step, (lift, light) in enumerate(passes if tall > 110 else passes[:3]):
        tone = leaf.lighter(light).rgb()
        shrink = 1 - 0.16 * step
        for angle, far, size in spots:
            cx = x - tall * 0.045 * step + math.cos(angle) * far * tall * 0.33 * shrink
            cy = foot - tall * (0.68 + lift) + math.sin(angle) * far * tall * 0.27 * shrink
            r = tall * 0.12 * size * shrink
            draw.ellipse((cx - r, cy - r * 0.85, cx + r, cy + r * 0.85), fill=tone)


def lone(canvas: Canvas, brief: Brief, x: float, foot: float) -> None:
    """Plant one great tree in front."""
    chance = brief.random("lone")
    dark = brief.time in {"night", "neon", "dusk", "sunset"}
    canvas.shadow(x, foot, canvas.unit * 0.26, canvas.unit * 0.03, 0.5)
    tree(canvas, _foliage(brief).lighter(-0.14 if dark else 0.0), x, foot, canvas.unit * 0.52, chance, 46)


def waterfall(canvas: Canvas, brief: Brief, x: float, top: float, foot: float) -> None:
    """Let water fall from a ridge, with spray at its foot."""
    unit = canvas.unit
    chance = brief.random("fall")
    wide = unit * 0.045
    white = Colour(0.96, 0.015, 230).mix(brief.palette.low, 0.15)
    canvas.fade(curve([(x - wide * 0.7, top), (x + wide * 0.7, top), (x + wide, foot), (x - wide, foot)], 4),
                white.rgb(), white.lighter(-0.05).rgb(), 0.94)
    for _ in range(16):
        at = x + wide * chance.uniform(-0.8, 0.8)
        begin = top + (foot - top) * chance.uniform(0, 0.6)
        canvas.shadow(at, begin + unit * 0.06, unit * 0.004, unit * chance.uniform(0.04, 0.1), 0.5,
                      white.lighter(chance.choice((-0.16, 0.04))).rgb())
    for _ in range(7):
        canvas.shadow(x + unit * chance.uniform(-0.09, 0.09), foot + unit * chance.uniform(-0.03, 0.02),
                      unit * chance.uniform(0.05, 0.1), unit * chance.uniform(0.025, 0.05), 0.45, (250, 252, 255))


def volcano(canvas: Canvas, brief: Brief, x: float, top: float) -> None:
    """Let a peak erupt: fire, lava and smoke."""
    unit = canvas.unit
    chance = brief.random("lava")
    for step in range(12):
        t = step / 11
        canvas.shadow(x + unit * (0.14 * t + chance.uniform(-0.03, 0.03)), top - unit * (0.02 + 0.34 * t),
                      unit * (0.05 + 0.1 * t), unit * (0.045 + 0.07 * t), 0.5 * (1 - 0.6 * t),
                      Colour(0.32 + 0.1 * t, 0.03, 30 + 200 * t).rgb())
    canvas.shine(x, top - unit * 0.03, unit * 0.3, (255, 110, 40), 0.95)
    for _ in range(16):
        lean, long = chance.uniform(-0.7, 0.7), unit * chance.uniform(0.06, 0.17)
        canvas.leaf((x, top), (x + math.sin(lean) * long, top - math.cos(lean) * long), unit * 0.012,
                    Colour(0.74, 0.19, chance.choice((40, 55, 75))), belly=0.4)
    for side in (-0.5, 0.1, 0.7):
        run = [(x + side * unit * 0.02, top + unit * 0.006)]
        for step in range(1, 6):
            run.append((run[-1][0] + unit * (side * 0.02 + chance.uniform(-0.012, 0.012)), top + unit * 0.035 * step))
        wide = unit * 0.006
        canvas.fade([*[(a - wide, b) for a, b in run], *[(a + wide, b) for a, b in reversed(run)]], (255, 190, 90),
                    (230, 70, 30), 0.95)


def windmill(canvas: Canvas, brief: Brief, x: float, foot: float, size: float) -> None:
    """Build a windmill, its foot at y."""
    dark = brief.palette.dark or brief.time in {"dusk", "sunset"}
    wall = Colour(0.88, 0.03, 75).lighter(-0.22 if dark else 0.0)
    canvas.shadow(x, foot, size * 0.3, size * 0.04, 0.5)
    canvas.clay([(x - size * 0.13, foot), (x - size * 0.085, foot - size * 0.5), (x + size * 0.085, foot - size * 0.5),
                 (x + size * 0.13, foot)], wall, gloss=0)
    canvas.clay(curve([(x - size * 0.1, foot - size * 0.5), (x, foot - size * 0.63),
                       (x + size * 0.1, foot - size * 0.5)], 8),
                Colour(0.45, 0.12, 32).lighter(-0.1 if dark else 0.0), gloss=0.05)
    hub = (x, foot - size * 0.52)
    for k in range(4):
        a = math.pi * (0.16 + k / 2)
        dx, dy = math.cos(a), math.sin(a)
        tip = (hub[0] + dx * size * 0.42, hub[1] + dy * size * 0.42)
        wing = [hub, (hub[0] + dx * size * 0.08 - dy * size * 0.055, hub[1] + dy * size * 0.08 + dx * size * 0.055),
                (tip[0] - dy * size * 0.055, tip[1] + dx * size * 0.055), tip]
        canvas.fill(wing, wall.lighter(0.05).rgb(), 0.95)
        canvas.fill([(hub[0] - dy * size * 0.008, hub[1] + dx * size * 0.008),
                     (tip[0] - dy * size * 0.008, tip[1] + dx * size * 0.008),
                     (tip[0] + dy * size * 0.008, tip[1] - dx * size * 0.008),
                     (hub[0] + dy * size * 0.008, hub[1] - dx * size * 0.008)],
                    (92, 70, 54))
    canvas.fill([(x - size * 0.03, foot), (x - size * 0.03, foot - size * 0.12), (x + size * 0.03, foot - size * 0.12),
                 (x + size * 0.03, foot)], (84, 58, 44))


def road(canvas: Canvas, brief: Brief, line: Field) -> None:
    """Wind a road from the viewer over the nearest hill."""
    width, height = canvas.width, canvas.height
    chance = brief.random("way")
    end = width * chance.uniform(0.4, 0.6)
    top = float(line[min(len(line) - 1, int(end))]) + 2
    bend = chance.choice((-1, 1)) * canvas.unit * 0.16
    left: list[tuple[float, float]] = []
    right: list[tuple[float, float]] = []
    middle: list[tuple[float, float, float]] = []
    for step in range(25):
        t = step / 24
        y = top + (height * 1.02 - top) * t**1.7
        half = canvas.unit * (0.006 + 0.19 * t**1.8)
        x = end + (width * 0.5 - end) * t + bend * math.sin(t * 4.6) * (0.25 + 0.75 * t)
        left.append((x - half, y))
        right.append((x + half, y))
        middle.append((x, y, half))
    tone = Colour(0.44, 0.012, 260).lighter(-0.18 if brief.palette.dark else 0.0)
    if brief.weather == "snow" or "snowcaps" in brief.features:
        tone = tone.mix(Colour(0.93, 0.01, 250), 0.5)
    edge = tone.mix(brief.palette.ground, 0.5).lighter(0.08)
    verge = [(x - half * 0.14, y) for (x, y), (_, _, half) in zip(left, middle, strict=True)]
    other = [(x + half * 0.14, y) for (x, y), (_, _, half) in zip(right, middle, strict=True)]
    canvas.fill([*verge, *reversed(other)], edge.rgb())
    canvas.fade([*left, *reversed(right)], tone.mix(brief.palette.low, 0.35).rgb(), tone.lighter(-0.04).rgb())
    for (x1, y1, h1), (x2, y2, h2) in list(pairwise(middle))[4::2]:
        canvas.fill([(x1 - h1 * 0.03, y1), (x1 + h1 * 0.03, y1), (x2 + h2 * 0.03, y2), (x2 - h2 * 0.03, y2)], (240,
            232, 206), 0.85)
