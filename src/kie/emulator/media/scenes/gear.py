"""Lamps, teapots, boxes, phones and watches for product pictures."""


# Outlines stand as rows of points.
# fmt: off

import math

from kie.emulator.media.brief import Brief
from kie.emulator.media.canvas import Canvas, curve, ellipse
from kie.emulator.media.palette import Colour
from kie.emulator.media.scenes.shelf import PROFILES, main, second, turned
from kie.emulator.media.scenes.solid import Stuff, lathe, ring


def lamp(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    """Paint a lit table lamp."""
    turned(canvas, "stand", cx, foot, size * 0.66, Stuff(second(brief, Colour(0.78, 0.1, 80)), metal=True, gloss=0.7))
    canvas.shine(cx, foot - size * 0.78, size * 0.9, (255, 200, 120), 0.55)
    turned(canvas, "shade", cx, foot - size * 0.6, size * 0.4, Stuff(main(brief, Colour(0.93, 0.07, 80)), gloss=0.05))
    canvas.shine(cx, foot - size * 0.74, size * 0.32, (255, 214, 150), 0.7)


def teapot(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    """Paint a teapot."""
    colour = main(brief, Colour(0.6, 0.1, 195))
    high = size * 0.6
    ring(canvas, [(cx + high * 0.5, foot - high * 0.8), (cx + high * 0.85, foot - high * 0.85),
                  (cx + high * 0.9, foot - high * 0.45), (cx + high * 0.5, foot - high * 0.22)], high * 0.08, colour)
    canvas.clay(curve([(cx - high * 0.4, foot - high * 0.2), (cx - high * 0.7, foot - high * 0.4),
                       (cx - high * 0.95, foot - high * 0.9), (cx - high * 0.84, foot - high * 0.94),
                       (cx - high * 0.68, foot - high * 0.66), (cx - high * 0.45, foot - high * 0.6)], 8), colour,
                gloss=0.3)
    turned(canvas, "teapot", cx, foot, high, Stuff(colour, gloss=0.7))
    lathe(canvas, cx, foot - high * 1.14, high * 0.2, ((0.0, 0.1), (0.3, 0.7), (1.0, 1.05)), Stuff(colour, gloss=0.6))
    lathe(canvas, cx, foot - high * 1.26, high * 0.15, PROFILES["round"], Stuff(second(brief, colour), gloss=0.8))


def cube(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    """Paint a gift box."""
    colour = main(brief, Colour(0.62, 0.17, 25))
    s = size * 0.42
    top, y = foot - s * 1.75, foot - s * 0.35
    ax, bx = cx - s, cx + s
    canvas.fade([(ax, top + s * 0.4), (cx, top + s * 0.75), (cx, foot), (ax, y)], colour.rgb(),
                colour.lighter(-0.08).rgb())
    canvas.fade([(cx, top + s * 0.75), (bx, top + s * 0.4), (bx, y), (cx, foot)], colour.lighter(-0.16).rgb(),
                colour.lighter(-0.24).rgb())
    canvas.fade([(ax, top + s * 0.4), (cx, top + s * 0.08), (bx, top + s * 0.4), (cx, top + s * 0.75)],
                colour.lighter(0.12).rgb(), colour.lighter(0.06).rgb())
    band = second(brief, Colour(0.92, 0.07, 90))
    w = s * 0.13
    canvas.fade([(cx - s / 2 - w, top + s * 0.57 - w * 0.3), (cx - s / 2 + w, top + s * 0.57 + w * 0.4),
                 (cx - s / 2 + w, foot - s * 0.17 + w * 0.3), (cx - s / 2 - w, foot - s * 0.17 - w * 0.4)],
                band.rgb(), band.lighter(-0.1).rgb())
    canvas.fade([(cx + s / 2 - w, top + s * 0.57 + w * 0.4), (cx + s / 2 + w, top + s * 0.57 - w * 0.3),
                 (cx + s / 2 + w, foot - s * 0.17 - w * 0.4), (cx + s / 2 - w, foot - s * 0.17 + w * 0.3)],
                band.lighter(-0.14).rgb(), band.lighter(-0.22).rgb())
    for flip in (-1, 1):
        canvas.fill([(cx - flip * (s / 2 + w), top + s * 0.57 - w * 0.3),
                     (cx - flip * (s / 2 - w), top + s * 0.57 + w * 0.4),
                     (cx + flip * (s / 2 + w), top + s * 0.24 + w * 0.35),
                     (cx + flip * (s / 2 - w), top + s * 0.24 - w * 0.35)], band.lighter(0.03).rgb())
    for side in (-1, 1):
        canvas.clay(curve([(cx, top + s * 0.4), (cx + side * s * 0.15, top + s * 0.1),
                           (cx + side * s * 0.5, top - s * 0.05), (cx + side * s * 0.55, top + s * 0.25),
                           (cx + side * s * 0.2, top + s * 0.42)], 8), band, gloss=0.2)
    canvas.clay(ellipse(cx, top + s * 0.39, s * 0.11, s * 0.09), band.lighter(-0.06))


def phone(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    """Paint a smartphone."""
    w, corner = size * 0.24, size * 0.05
    body = main(brief, Colour(0.3, 0.02, 260))

    def slab(grow: float) -> list[tuple[float, float]]:
        left, right, top, low, c = cx - w - grow, cx + w + grow, foot - size - grow, foot + grow, corner + grow
        points: list[tuple[float, float]] = []
        for ox, oy, begin in ((right - c, top + c, -90), (right - c, low - c, 0), (left + c, low - c, 90),
                              (left + c, top + c, 180)):
            points += [(ox + c * math.cos(math.radians(begin + a)),
                        oy + c * math.sin(math.radians(begin + a))) for a in range(0, 91, 10)]
        return points

    canvas.fade(slab(size * 0.018), body.lighter(0.35).rgb(), body.lighter(0.1).rgb())
    canvas.fade(slab(size * 0.008), body.rgb(), body.lighter(-0.1).rgb())
    colours = brief.palette
    canvas.fade(slab(-size * 0.012), colours.main.lighter(0.1).rgb(), colours.accent.lighter(-0.1).rgb())
    canvas.fill(ellipse(cx, foot - size * 0.955, size * 0.045, size * 0.013), (8, 8, 12))
    for row in range(4):
        for column in range(3):
            x, y, r = cx + (column - 1) * w * 0.58, foot - size * (0.72 - row * 0.15), w * 0.2
            canvas.fade(ellipse(x, y, r, r), Colour(0.92, 0.06, (row * 90 + column * 40) % 360).rgb(),
                        Colour(0.7, 0.16, (row * 90 + column * 40) % 360).rgb(), 0.9)
    canvas.fill([(cx - w * 0.9, foot - size * 0.98), (cx - w * 0.2, foot - size * 0.98),
                 (cx - w * 0.75, foot - size * 0.03), (cx - w * 0.95, foot - size * 0.03)], (255, 255, 255), 0.13)


def watch(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    """Paint a wristwatch."""
    strap, metal = main(brief, Colour(0.4, 0.07, 50)), Colour(0.8, 0.02, 240)
    y, r = foot - size * 0.5, size * 0.32
    canvas.clay(curve([(cx - r * 0.55, y - r * 0.8), (cx - r * 0.45, foot - size * 1.05),
                       (cx + r * 0.45, foot - size * 1.05), (cx + r * 0.55, y - r * 0.8),
                       (cx + r * 0.55, y + r * 0.8), (cx + r * 0.45, foot + size * 0.03),
                       (cx - r * 0.45, foot + size * 0.03), (cx - r * 0.55, y + r * 0.8)], 4), strap, gloss=0.1)
    canvas.clay(ellipse(cx, y, r, r, 72), metal, gloss=0.6)
    canvas.clay(ellipse(cx + r * 1.06, y, r * 0.1, r * 0.09), metal)
    face = second(brief, Colour(0.22, 0.04, 260))
    canvas.fade(ellipse(cx, y, r * 0.84, r * 0.84, 72), face.lighter(0.1).rgb(), face.rgb())
    for hour in range(12):
        a = math.radians(hour * 30)
        ring(canvas, [(cx + math.sin(a) * r * k, y - math.cos(a) * r * k) for k in (0.66, 0.71, 0.76)], r * 0.04,
             Colour(0.95, 0.02, 90))
    for angle, long, thick in ((305, 0.42, 0.055), (60, 0.62, 0.04), (180, 0.66, 0.015)):
        a = math.radians(angle)
        ring(canvas, [(cx, y), (cx + math.sin(a) * r * long / 2, y - math.cos(a) * r * long / 2),
                      (cx + math.sin(a) * r * long, y - math.cos(a) * r * long)], r * thick, Colour(0.95, 0.02, 90))
    canvas.fill(ellipse(cx, y, r * 0.05, r * 0.05), (230, 230, 235))
