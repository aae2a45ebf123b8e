"""Food on a plate or in a glass, for product pictures."""

# ruff: noqa: ARG001 - what is drawn takes place, size and light in one order, needed or not
# Outlines stand as rows of points.
# fmt: off

import math

from kie.emulator.media.brief import Brief
from kie.emulator.media.canvas import Canvas, curve, ellipse
from kie.emulator.media.palette import Colour
from kie.emulator.media.scenes.shelf import Thing, main, second
from kie.emulator.media.scenes.solid import Stuff, lathe, ring

_PLATE = Colour(0.95, 0.008, 250)


def _plate(canvas: Canvas, cx: float, foot: float, r: float) -> None:
    canvas.shadow(cx, foot + r * 0.06, r * 1.1, r * 0.2, 0.5)
    canvas.clay(ellipse(cx, foot, r, r * 0.2, 72), _PLATE.lighter(-0.06), gloss=0.2, round_=0.4)
    canvas.fade(ellipse(cx, foot - r * 0.015, r * 0.96, r * 0.185, 72), _PLATE.rgb(), _PLATE.lighter(-0.07).rgb())
    canvas.fade(ellipse(cx, foot - r * 0.01, r * 0.7, r * 0.13, 64), _PLATE.lighter(-0.07).rgb(), _PLATE.rgb())


def _slab(cx: float, y: float, w: float, h: float) -> list[tuple[float, float]]:
    """Return a thick disc seen from the side."""
    return [*[(cx + w * math.cos(a),
               y + h * 0.5 + w * 0.1 * math.sin(a)) for a in [math.pi * k / 20 for k in range(21)]],
            *[(cx - w * math.cos(a),
               y - h * 0.5 + w * 0.1 * math.sin(a)) for a in [-math.pi * k / 20 for k in range(21)]]]


def burger(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    """Paint a burger with fries."""
    _plate(canvas, cx, foot, size * 0.72)
    bun, s = Colour(0.70, 0.12, 65), size * 0.43
    if "fries" in brief.prompt.lower() or "картош" in brief.prompt.lower():
        chance = brief.random("fries")
        for _ in range(16):
            x, lean = cx + size * chance.uniform(0.34, 0.56), chance.uniform(-0.25, 0.25)
            y, long = foot - size * chance.uniform(0.0, 0.06), size * chance.uniform(0.18, 0.3)
            tip = (x + math.sin(lean) * long, y - math.cos(lean) * long)
            ring(canvas, [(x, y), ((x + tip[0]) / 2, (y + tip[1]) / 2), tip], size * 0.032, Colour(0.84, 0.13, 88))
        cx -= size * 0.1
    y = foot - size * 0.08
    canvas.clay(_slab(cx, y, s, size * 0.10), bun, gloss=0.15)
    canvas.clay(_slab(cx, y - size * 0.09, s * 1.04, size * 0.08), Colour(0.36, 0.07, 45), gloss=0.1)
    cheese = [(cx - s * 1.03, y - size * 0.145), (cx + s * 1.03, y - size * 0.145), (cx + s * 0.8, y - size * 0.08),
              (cx + s * 0.55, y - size * 0.12), (cx + s * 0.1, y - size * 0.03), (cx - s * 0.3, y - size * 0.11),
              (cx - s * 0.7, y - size * 0.07)]
    canvas.clay(cheese, Colour(0.84, 0.16, 88), gloss=0.2)
    canvas.clay(_slab(cx, y - size * 0.155, s * 0.98, size * 0.045), Colour(0.58, 0.19, 28), gloss=0.4)
    leafy = [(cx + s * 1.12 * math.cos(a),
              y - size * 0.195 + size * (0.028 + 0.018 * math.sin(a * 9)) * (1 if math.sin(a) > 0 else -1))
             for a in [2 * math.pi * k / 72 for k in range(72)]]
    canvas.clay(leafy, Colour(0.68, 0.17, 132), gloss=0.1)
    top = y - size * 0.21
    dome = curve([(cx - s * 1.02, top), (cx - s * 0.92, top - size * 0.14), (cx - s * 0.5, top - size * 0.25),
                  (cx, top - size * 0.285),
                  (cx + s * 0.5, top - size * 0.25), (cx + s * 0.92, top - size * 0.14), (cx + s * 1.02, top),
                  (cx, top + size * 0.045)], 8)
    canvas.clay(dome, bun, gloss=0.35)
    chance = brief.random("sesame")
    for _ in range(26):
        a, far = chance.uniform(-1.2, 1.2), chance.uniform(0.35, 0.95)
        x = cx + s * 0.85 * far * math.sin(a)
        py = top - size * (0.26 - 0.2 * far * far * abs(math.sin(a))) + size * 0.05 * (1 - far)
        canvas.fill(ellipse(x, py, size * 0.012, size * 0.008, 14), Colour(0.94, 0.05, 85).rgb())


def pizza(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    """Paint a pizza on a board, seen from above aslant."""
    r, y = size * 0.66, foot - size * 0.14
    canvas.clay(ellipse(cx, y + size * 0.06, r * 1.14, r * 0.56, 80), Colour(0.55, 0.09, 60), gloss=0.05, round_=0.2)
    canvas.shadow(cx, y + size * 0.05, r * 1.05, r * 0.5, 0.4)
    canvas.clay(ellipse(cx, y, r, r * 0.48, 80), Colour(0.74, 0.11, 68), gloss=0.05)
    canvas.clay(ellipse(cx, y - size * 0.008, r * 0.88, r * 0.41, 72), Colour(0.60, 0.18, 35), gloss=0.1, round_=0.2)
    chance = brief.random("pizza")
    for _ in range(13):
        a, far = chance.uniform(0, 6.28), chance.random() ** 0.5 * 0.8
        x, py, k = cx + r * far * math.cos(a), y + r * 0.44 * far * math.sin(a), size * chance.uniform(0.05, 0.1)
        blob = [(x + k * chance.uniform(0.7, 1.2) * math.cos(t), py + k * 0.5 * chance.uniform(0.7,
            1.2) * math.sin(t)) for t in (0, 0.9, 1.8, 2.7, 3.6, 4.5, 5.4)]
        canvas.clay(curve(blob, 5), Colour(0.92, 0.07, 92), gloss=0.15)
    for _ in range(9):
        a, far = chance.uniform(0, 6.28), chance.random() ** 0.5 * 0.74
        x, py = cx + r * far * math.cos(a), y + r * 0.42 * far * math.sin(a)
        canvas.clay(ellipse(x, py, size * 0.062, size * 0.034, 36), Colour(0.52, 0.18, 28), gloss=0.3)
    for _ in range(7):
        a, far, turn = chance.uniform(0, 6.28), chance.random() ** 0.5 * 0.7, chance.uniform(0, 6.28)
        x, py = cx + r * far * math.cos(a), y + r * 0.42 * far * math.sin(a)
        canvas.leaf((x, py), (x + size * 0.1 * math.cos(turn), py + size * 0.055 * math.sin(turn)), size * 0.025,
                    Colour(0.5, 0.13, 140))


def sushi(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    """Paint nigiri and rolls on a dark board, with chopsticks."""
    slate = Colour(0.3, 0.012, 260)
    canvas.shadow(cx, foot + size * 0.03, size * 0.85, size * 0.12, 0.5)
    canvas.clay([(cx - size * 0.72, foot - size * 0.14), (cx + size * 0.72, foot - size * 0.14),
                 (cx + size * 0.82, foot + size * 0.06), (cx - size * 0.82, foot + size * 0.06)],
                slate, gloss=0.1, round_=0.15)
    for dx, hue in ((-0.5, 42), (-0.1, 30), (0.3, 48)):
        x, y = cx + dx * size, foot - size * 0.1
        canvas.shadow(x + size * 0.02, y + size * 0.05, size * 0.2, size * 0.03, 0.5)
        canvas.clay(curve([(x - size * 0.15, y + size * 0.03), (x - size * 0.15, y - size * 0.06),
                           (x, y - size * 0.09), (x + size * 0.15, y - size * 0.06),
                           (x + size * 0.15, y + size * 0.03), (x, y + size * 0.05)], 6), Colour(0.96, 0.012,
                               90), gloss=0.05)
        canvas.clay(curve([(x - size * 0.19, y), (x - size * 0.17, y - size * 0.1), (x, y - size * 0.15),
                           (x + size * 0.17, y - size * 0.11),
                           (x + size * 0.2, y - size * 0.01), (x, y - size * 0.06)], 7), Colour(0.72, 0.15,
                               hue), gloss=0.4)
        for k in (-0.08, 0.0, 0.08):
            canvas.fill(curve([(x + k * size - size * 0.012, y - size * 0.12),
                               (x + k * size + size * 0.01, y - size * 0.125),
                               (x + k * size + size * 0.035, y - size * 0.05),
                               (x + k * size + size * 0.02, y - size * 0.05)], 4), Colour(0.9, 0.06, 60).rgb(), 0.7)
    for dx in (-0.34, -0.06, 0.22):
        x, y = cx + dx * size, foot + size * 0.0
        lathe(canvas, x, y - size * 0.12, size * 0.12, ((0.0, 0.72), (1.0, 0.72)), Stuff(Colour(0.2, 0.02, 150),
            gloss=0.2))
        canvas.fade(ellipse(x, y - size * 0.12, size * 0.08, size * 0.026, 40), (250, 248, 242), (232, 230, 224))
        canvas.clay(ellipse(x, y - size * 0.12, size * 0.035, size * 0.013, 28), Colour(0.68, 0.17, 35), gloss=0.2)
    for lift in (0.0, 0.03):
        ring(canvas, [(cx + size * 0.45, foot + size * (0.07 - lift)), (cx + size * 0.6, foot - size * (0.06 + lift)),
                      (cx + size * 0.86, foot - size * (0.27 + lift))],
             size * 0.018, Colour(0.4, 0.09, 35))


def pancakes(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    """Paint a pile of pancakes with berries and syrup."""
    _plate(canvas, cx, foot, size * 0.68)
    r = size * 0.44
    chance = brief.random("cakes")
    y = foot - size * 0.06
    for _ in range(6):
        x = cx + size * chance.uniform(-0.018, 0.018)
        canvas.clay(_slab(x, y, r, size * 0.055), Colour(0.74, 0.11, 70), gloss=0.05)
        canvas.clay(ellipse(x, y - size * 0.028, r, r * 0.11, 60), Colour(0.62, 0.12, 58), gloss=0.08, round_=0.3)
        y -= size * 0.06
    top = y + size * 0.03
    syrup = [(cx - r * 0.7, top), (cx - r * 0.4, top - r * 0.08), (cx + r * 0.5, top - r * 0.07),
             (cx + r * 0.8, top + r * 0.01), (cx + r * 0.74, top + size * 0.2),
             (cx + r * 0.66, top + size * 0.05), (cx + r * 0.1, top + r * 0.1), (cx + r * 0.02, top + size * 0.26),
             (cx - r * 0.08, top + size * 0.1), (cx - r * 0.6, top + size * 0.07),
             (cx - r * 0.68, top + size * 0.16), (cx - r * 0.76, top + size * 0.04)]
    canvas.clay(curve(syrup, 6), Colour(0.5, 0.13, 55), gloss=0.7)
    for dx, dy in ((-0.12, 0.0), (0.1, 0.005), (-0.01, 0.035)):
        strawberry_at(canvas, cx + dx * size, top - size * 0.01 + dy * size, size * 0.17)


def strawberry_at(canvas: Canvas, x: float, foot: float, s: float) -> None:
    """Paint a strawberry, its tip upwards."""
    canvas.clay(curve([(x, foot - s), (x + s * 0.3, foot - s * 0.75), (x + s * 0.42, foot - s * 0.3),
                       (x + s * 0.2, foot), (x - s * 0.2, foot),
                       (x - s * 0.42, foot - s * 0.3), (x - s * 0.3, foot - s * 0.75)], 6), Colour(0.56, 0.21,
                           25), gloss=0.5)
    for row, count in ((0.75, 2), (0.52, 4), (0.3, 4)):
        for k in range(count):
            canvas.fill(ellipse(x + (k - (count - 1) / 2) * s * 0.17, foot - s * row, s * 0.02, s * 0.03, 10),
                        Colour(0.88, 0.13, 95).rgb())
    for lean in (-0.9, -0.3, 0.3, 0.9):
        canvas.leaf((x, foot - s * 0.02), (x + math.sin(lean) * s * 0.36, foot + s * 0.03 - math.cos(lean) * s * 0.1),
                    s * 0.07, Colour(0.58, 0.15, 138))


def strawberries(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    """Paint a few strawberries."""
    for dx, dy, share in ((-0.3, -0.03, 0.5), (0.3, -0.02, 0.52), (0.0, 0.02, 0.6)):
        x, y = cx + dx * size, foot + dy * size
        canvas.shadow(x, y, size * share * 0.45, size * 0.05, 0.55)
        strawberry_at(canvas, x, y, size * share)


def croissant(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    """Paint a croissant on a plate."""
    _plate(canvas, cx, foot, size * 0.72)
    horns(canvas, cx, foot - size * 0.06, size)


def horns(canvas: Canvas, cx: float, foot: float, size: float) -> None:
    """Paint the pieces of a croissant."""
    gold = Colour(0.66, 0.13, 62)
    pieces = ((-0.5, 0.02, 0.10), (0.5, 0.02, 0.10), (-0.37, -0.06, 0.145), (0.37, -0.06, 0.145), (-0.2, -0.12, 0.185),
              (0.2, -0.12, 0.185), (0.0, -0.145, 0.205))
    for dx, dy, r in pieces:
        x, y = cx + dx * size, foot + dy * size
        tilt = -dx * 0.9
        c, k = math.cos(tilt) * r * size, math.sin(tilt) * r * size
        body = [(x + 0.72 * math.cos(a) * c - math.sin(a) * k, y + 0.72 * math.cos(a) * k + math.sin(a) * c)
                for a in [2 * math.pi * step / 40 for step in range(40)]]
        canvas.clay(body, gold.lighter(0.02 - abs(dx) * 0.08), gloss=0.3)


def icecream(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    """Paint an ice cream in a cone."""
    cone = [(cx - size * 0.17, foot - size * 0.5), (cx + size * 0.17, foot - size * 0.5), (cx, foot)]
    canvas.clay(cone, Colour(0.72, 0.11, 68), gloss=0.05)
    for k in range(5):
        t = k / 5
        canvas.fill([(cx - size * 0.17 * (1 - t), foot - size * 0.5 * (1 - t)),
                     (cx - size * 0.17 * (1 - t) + size * 0.012, foot - size * 0.5 * (1 - t)),
                     (cx + size * 0.1 * (1 - t),
                      foot - size * 0.28 * (1 - t)), (cx + size * 0.1 * (1 - t) - size * 0.012,
                                                      foot - size * 0.28 * (1 - t))],
                    Colour(0.56, 0.11, 60).rgb(), 0.6)
    flavours = [main(brief, Colour(0.86, 0.08, 10)), second(brief, Colour(0.93, 0.05, 90)), Colour(0.5, 0.08, 50)]
    for dx, y, colour in ((-0.1, 0.6, flavours[1]), (0.1, 0.6, flavours[2]), (0.0, 0.77, flavours[0])):
        x, r = cx + dx * size, size * 0.165
        canvas.clay(ellipse(x, foot - y * size, r, r * 0.95, 56), colour, gloss=0.2)
        wavy = [(x + r * (1.02 + 0.05 * math.sin(a * 8)) * math.cos(a),
                 foot - y * size + r * 0.62 + r * 0.22 * math.sin(a)) for a in [math.pi * k / 24 for k in range(48)]]
        canvas.clay(wavy, colour, gloss=0.1)
    canvas.clay(ellipse(cx, foot - size * 0.95, size * 0.05, size * 0.05), Colour(0.5, 0.2, 22), gloss=0.8)


def tumbler(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    """Paint a tall glass of juice with ice, a straw and a slice."""
    words = brief.prompt.lower()
    drink = main(brief, Colour(0.78, 0.16, 70) if "orange" in words or "апельсин" in words else Colour(0.8, 0.15, 95))
    if "orange" in words:
        drink = Colour(0.78, 0.165, 68)
    high = size * 0.86
    ring(canvas, [(cx - size * 0.02, foot - high * 0.5), (cx + size * 0.05, foot - high * 0.9),
                  (cx + size * 0.16, foot - high * 1.3)], size * 0.03, Colour(0.62, 0.19, 25))
    profile = ((0.0, 0.30), (0.5, 0.275), (0.96, 0.245), (1.0, 0.22))
    lathe(canvas, cx, foot - high, high, profile, Stuff(Colour(0.95, 0.01, 220), gloss=1.0, clear=0.92))
    full = high * 0.84
    inside = ((0.0, 0.325), (0.5, 0.305), (0.97, 0.275), (1.0, 0.24))
    lathe(canvas, cx, foot - full - high * 0.025, full, inside, Stuff(drink, gloss=0.4, clear=0.12))
    canvas.fade(ellipse(cx, foot - full - high * 0.025, full * 0.325, full * 0.045, 48), drink.lighter(0.1).rgb(),
                drink.lighter(0.02).rgb())
    for dx, dy, turn in ((-0.07, 0.2, 0.3), (0.08, 0.25, -0.2), (0.0, 0.13, 0.1)):
        x, y, k = cx + dx * high, foot - high * (1 - dy), high * 0.085
        cube = [(x + k * math.cos(turn + a), y + k * 0.9 * math.sin(turn + a)) for a in (0.8, 2.36, 3.93, 5.5)]
        canvas.fade(cube, (255, 255, 255), drink.lighter(0.15).rgb(), 0.55)
    x, y, r = cx - size * 0.25, foot - high * 0.98, size * 0.13
    canvas.clay(ellipse(x, y, r, r, 48), drink.turned(-8).lighter(-0.03), gloss=0.2, round_=0.3)
    canvas.fill(ellipse(x, y, r * 0.86, r * 0.86, 44), Colour(0.95, 0.06, 90).rgb())
    for k in range(8):
        a = k * math.pi / 4
        wedge = [(x + r * 0.1 * math.cos(a + 0.4), y + r * 0.1 * math.sin(a + 0.4)),
                 (x + r * 0.78 * math.cos(a + 0.08), y + r * 0.78 * math.sin(a + 0.08)),
                 (x + r * 0.78 * math.cos(a + 0.7), y + r * 0.78 * math.sin(a + 0.7))]
        canvas.fill(wedge, drink.lighter(0.02).rgb())


TREATS: dict[str, Thing] = {"burger": burger, "pizza": pizza, "sushi": sushi, "pancakes": pancakes,
                            "croissant": croissant, "icecream": icecream, "tumbler": tumbler,
                            "strawberry": strawberries}
