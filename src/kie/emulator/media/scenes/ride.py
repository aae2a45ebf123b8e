"""Vehicles before a landscape, a sea or a city: cars, buses, bicycles, motorcycles, trains, aeroplanes."""


# Outlines stand as rows of points.
# fmt: off

import math
from dataclasses import replace

from kie.emulator.media.brief import Brief, Reader
from kie.emulator.media.canvas import Canvas, Points, curve, ellipse
from kie.emulator.media.palette import Colour
from kie.emulator.media.scenes.product import beyond
from kie.emulator.media.scenes.solid import ring

_TYRE = Colour(0.2, 0.005, 260)
_STEEL = Colour(0.78, 0.008, 250)


def paint(canvas: Canvas, brief: Brief) -> None:
    """Paint the vehicle of the prompt on its way."""
    kinds = Reader(brief.prompt).ordered("ride")
    kind = kinds[0] if kinds else "car"
    setting = brief.setting if brief.setting not in {"studio", "interior", "space"} else "landscape"
    features = (brief.features | ({"clouds"} if kind == "plane" else set())) - {"street", "cabin", "boat", "road"}
    beyond(canvas, replace(brief, features=frozenset(features)), setting)
    unit, x = canvas.unit, canvas.width / 2
    colour = next((c for c in brief.colours), Colour(0.55, 0.2, 27))
    dark = brief.palette.dark
    if kind == "plane":
        canvas.subject()
        _plane(canvas, x, canvas.height * 0.36, unit * 0.8, colour if brief.colours else Colour(0.95, 0.01, 250))
        return
    y = canvas.height * 0.82
    if kind == "train":
        _rails(canvas, brief, y, unit)
    else:
        _road(canvas, brief, y, unit)
    canvas.subject()
    {"car": _car, "bus": _bus, "truck": _bus, "bicycle": _bicycle, "motorcycle": _motorcycle,
     "train": _train}.get(kind, _car)(canvas, x, y, unit, colour, dark=dark)


def _road(canvas: Canvas, brief: Brief, y: float, s: float) -> None:
    """Lay a road across the picture."""
    w = canvas.width
    road = Colour(0.36, 0.01, 260).lighter(-0.14 if brief.palette.dark else 0.0)
    if brief.weather == "snow":
        road = road.mix(Colour(0.9, 0.01, 250), 0.4)
    edge = road.mix(brief.palette.ground, 0.6)
    top, low = y - s * 0.11, y + s * 0.14
    canvas.fade([(0, top - s * 0.02), (w, top - s * 0.02), (w, low + s * 0.03), (0, low + s * 0.03)],
                edge.lighter(0.05).rgb(), edge.lighter(-0.05).rgb())
    canvas.fade([(0, top), (w, top), (w, low), (0, low)], road.lighter(0.1).rgb(), road.lighter(-0.05).rgb())
    canvas.fill([(0, top + s * 0.012), (w, top + s * 0.012), (w, top + s * 0.017), (0, top + s * 0.017)], (236,
        232, 220), 0.7)
    step = s * 0.2
    at = -step * 0.4
    while at < w:
        canvas.fill([(at, y + s * 0.075), (at + step * 0.55, y + s * 0.075), (at + step * 0.53, y + s * 0.088),
                     (at - step * 0.02, y + s * 0.088)], (240, 236, 226), 0.85)
        at += step


def _rails(canvas: Canvas, brief: Brief, y: float, s: float) -> None:
    gravel = Colour(0.5, 0.02, 60).lighter(-0.16 if brief.palette.dark else 0.0)
    w = canvas.width
    canvas.fade([(0, y - s * 0.05), (w, y - s * 0.05), (w, y + s * 0.09), (0, y + s * 0.09)],
                gravel.lighter(0.08).rgb(),
                gravel.lighter(-0.08).rgb())
    at = 0.0
    while at < w:
        canvas.fill([(at, y + s * 0.012), (at + s * 0.03, y + s * 0.012), (at + s * 0.035, y + s * 0.045),
                     (at - s * 0.005, y + s * 0.045)], (74, 56, 44))
        at += s * 0.06
    for down in (0.012, 0.034):
        canvas.fill([(0, y + s * down), (w, y + s * down), (w, y + s * (down + 0.007)), (0, y + s * (down + 0.007))],
                    (168, 166, 170))


def _wheel(canvas: Canvas, x: float, y: float, r: float) -> None:
    canvas.fill(ellipse(x, y, r, r, 64), _TYRE.rgb())
    canvas.clay(ellipse(x, y, r * 0.68, r * 0.68, 56), _STEEL, gloss=0.5)
    canvas.fill(ellipse(x, y, r * 0.58, r * 0.58, 56), _TYRE.lighter(0.06).rgb())
    for spoke in range(5):
        a = spoke * 2 * math.pi / 5 - math.pi / 2
        dx, dy = math.cos(a), math.sin(a)
        canvas.fill([(x - dy * r * 0.11, y + dx * r * 0.11), (x + dx * r * 0.62 - dy * r * 0.07,
                                                              y + dy * r * 0.62 + dx * r * 0.07),
                     (x + dx * r * 0.62 + dy * r * 0.07,
                      y + dy * r * 0.62 - dx * r * 0.07), (x + dy * r * 0.11, y - dx * r * 0.11)],
                    _STEEL.rgb())
    canvas.fill(ellipse(x, y, r * 0.13, r * 0.13, 24), _STEEL.lighter(-0.3).rgb())


def _at(x: float, y: float, s: float, points: Points) -> list[tuple[float, float]]:
    return [(x + px * s, y + py * s) for px, py in points]


def _car(canvas: Canvas, x: float, y: float, unit: float, colour: Colour, *, dark: bool) -> None:
    s = unit * 0.36
    canvas.shadow(x, y + s * 0.02, s * 1.15, s * 0.12, 0.75)
    canvas.shadow(x, y - s * 0.02, s * 0.95, s * 0.07, 0.8)
    body = curve(_at(x, y, s, [(-1.02, -0.16), (-1.03, -0.36), (-0.93, -0.46), (-0.62, -0.50), (-0.40, -0.66),
                               (-0.12, -0.755),
                               (0.18, -0.75), (0.44, -0.62), (0.62, -0.50), (0.92, -0.44), (1.04, -0.33), (1.05, -0.18),
                               (0.98, -0.11), (0.2, -0.09), (-0.5, -0.09), (-0.96, -0.11)]), 8)
    canvas.clay(body, colour, gloss=0.5, rim=0.3, round_=0.9)
    glass = Colour(0.34 if not dark else 0.2, 0.03, 240)
    for pane in ([(-0.50, -0.52), (-0.36, -0.63), (-0.13, -0.705), (-0.03, -0.712), (-0.03, -0.51)],
                 [(0.03, -0.712), (0.17, -0.70), (0.38, -0.61), (0.50, -0.51), (0.03, -0.505)]):
        line = _at(x, y, s, pane)
        canvas.fade(line, glass.lighter(0.24).rgb(), glass.rgb())
        top = [line[0], line[1], line[2]]
        canvas.fill([*top, ((line[0][0] + line[2][0]) / 2, line[0][1])], (255, 255, 255), 0.14)
    canvas.fade(_at(x, y, s, [(-1.0, -0.30), (1.03, -0.28), (1.03, -0.255), (-1.0, -0.275)]),
                colour.lighter(0.16).rgb(),
                colour.lighter(0.05).rgb(), 0.8)
    canvas.fill(_at(x, y, s, [(-0.95, -0.135), (0.99, -0.125), (0.97, -0.085), (-0.93, -0.085)]), (26, 26, 30))
    canvas.fill(_at(x, y, s, [(0.0, -0.50), (0.012, -0.50), (0.03, -0.13), (0.018, -0.13)]),
                colour.lighter(-0.2).rgb(), 0.8)
    canvas.fill(_at(x, y, s, [(0.08, -0.42), (0.2, -0.418), (0.2, -0.40), (0.08, -0.402)]), colour.lighter(-0.22).rgb())
    canvas.clay(curve(_at(x, y, s, [(0.88, -0.40), (1.0, -0.35), (1.03, -0.30), (0.93, -0.31)]), 6), Colour(0.96, 0.04,
        95), gloss=0.6)
    canvas.fill(_at(x, y, s, [(-1.02, -0.38), (-0.92, -0.41), (-0.92, -0.33), (-1.02, -0.31)]), Colour(0.55, 0.22,
        25).rgb())
    for at in (-0.62, 0.62):
        arch = ellipse(x + at * s, y - s * 0.13, s * 0.235, s * 0.235, 56)
        canvas.fill([p for p in arch if p[1] < y - s * 0.085], (18, 18, 22))
        _wheel(canvas, x + at * s, y - s * 0.115, s * 0.205)
    if dark:
        canvas.shine(x + s * 1.0, y - s * 0.33, s * 0.5, (255, 240, 200), 0.9)
        canvas.fade(_at(x, y, s, [(1.0, -0.36), (2.6, -0.5), (2.6, 0.12), (1.0, -0.28)]), (255, 240, 200), (255,
            226, 170), 0.16)
        canvas.shine(x - s * 1.0, y - s * 0.36, s * 0.25, (255, 60, 50), 0.8)


def _bus(canvas: Canvas, x: float, y: float, unit: float, colour: Colour, *, dark: bool) -> None:
    s = unit * 0.4
    canvas.shadow(x, y + s * 0.02, s * 1.1, s * 0.1, 0.75)
    canvas.clay(_at(x, y, s, [(-1.0, -0.1), (-1.0, -0.8), (-0.985, -0.85), (-0.94, -0.88), (0.9, -0.88), (0.96, -0.86),
                              (1.0, -0.78), (1.03, -0.3), (1.02, -0.1)]), colour, gloss=0.3, round_=0.5)
    glass = Colour(0.4 if not dark else 0.85, 0.03 if not dark else 0.11, 235 if not dark else 85)
    for index in range(5):
        a = -0.9 + index * 0.345
        canvas.fade(_at(x, y, s, [(a, -0.76), (a + 0.3, -0.76), (a + 0.3, -0.45), (a, -0.45)]),
                    glass.lighter(0.16).rgb(), glass.rgb())
    canvas.fade(_at(x, y, s, [(0.84, -0.76), (0.985, -0.74), (1.01, -0.4), (0.84, -0.4)]), glass.lighter(0.2).rgb(),
                glass.rgb())
    canvas.fill(_at(x, y, s, [(-1.0, -0.36), (1.02, -0.36), (1.02, -0.32), (-1.0, -0.32)]), (245, 242, 234), 0.85)
    canvas.clay(ellipse(x + s * 0.98, y - s * 0.2, s * 0.045, s * 0.05), Colour(0.96, 0.05, 95), gloss=0.6)
    for at in (-0.62, 0.62):
        _wheel(canvas, x + at * s, y - s * 0.1, s * 0.17)
    if dark:
        canvas.shine(x + s, y - s * 0.2, s * 0.5, (255, 240, 200), 0.9)


def _spokes(canvas: Canvas, x: float, y: float, r: float) -> None:
    rim = ellipse(x, y, r, r, 24)
    ring(canvas, [*rim, rim[0]], r * 0.09, _TYRE)
    thin = max(0.6, r * 0.011)
    for index in range(9):
        a = index * math.pi / 9
        dx, dy = math.cos(a) * r * 0.95, math.sin(a) * r * 0.95
        nx, ny = -math.sin(a) * thin, math.cos(a) * thin
        canvas.fill([(x - dx + nx, y - dy + ny), (x + dx + nx, y + dy + ny), (x + dx - nx, y + dy - ny),
                     (x - dx - nx, y - dy - ny)], _STEEL.rgb())


def _bicycle(canvas: Canvas, x: float, y: float, unit: float, colour: Colour, *, dark: bool) -> None:
    del dark
    s = unit * 0.3
    r = s * 0.42
    back, front = (x - s * 0.62, y - r), (x + s * 0.62, y - r)
    canvas.shadow(x, y + s * 0.01, s * 1.0, s * 0.06, 0.6)
    for wheel in (back, front):
        _spokes(canvas, *wheel, r)
    seat, crank, head = (x - s * 0.26, y - s * 1.0), (x - s * 0.12, y - s * 0.36), (x + s * 0.44, y - s * 1.02)
    for one, two in ((back, crank), (back, (seat[0], seat[1] + s * 0.08)), (crank, seat), (crank,
        (head[0], head[1] + s * 0.1)),
                     ((seat[0] + s * 0.02, seat[1] + s * 0.12), head), (head, front)):
        ring(canvas, [one, ((one[0] + two[0]) / 2, (one[1] + two[1]) / 2), two], s * 0.05, colour)
    canvas.clay(curve([(seat[0] - s * 0.16, seat[1] - s * 0.06), (seat[0] + s * 0.16, seat[1] - s * 0.05),
                       (seat[0] + s * 0.06, seat[1] + s * 0.02),
                       (seat[0] - s * 0.1, seat[1] + s * 0.03)], 6), Colour(0.38, 0.07, 50), gloss=0.1)
    ring(canvas, [head, (head[0] + s * 0.02, head[1] - s * 0.14), (head[0] + s * 0.2, head[1] - s * 0.16)], s * 0.04,
         _STEEL)
    canvas.clay(ellipse(*crank, s * 0.09, s * 0.09), _STEEL, gloss=0.3)
    ring(canvas, [crank, (crank[0] + s * 0.06, crank[1] + s * 0.08), (crank[0] + s * 0.13, crank[1] + s * 0.14)],
         s * 0.035, _TYRE.lighter(0.2))


def _motorcycle(canvas: Canvas, x: float, y: float, unit: float, colour: Colour, *, dark: bool) -> None:
    s = unit * 0.34
    r = s * 0.34
    canvas.shadow(x, y + s * 0.01, s * 1.05, s * 0.08, 0.7)
    for at in (-0.66, 0.68):
        _wheel(canvas, x + at * s, y - r, r)
    ring(canvas, _at(x, y, s, [(0.68, -0.34), (0.56, -0.62), (0.44, -0.95)]), s * 0.06, _STEEL)
    canvas.clay(curve(_at(x, y, s, [(-0.36, -0.2), (0.3, -0.2), (0.34, -0.5), (-0.3, -0.52)]), 6), Colour(0.4, 0.01,
        260), gloss=0.4)
    ring(canvas, _at(x, y, s, [(-0.1, -0.2), (-0.5, -0.22), (-0.98, -0.3)]), s * 0.075, _STEEL)
    canvas.clay(curve(_at(x, y, s, [(-0.16, -0.62), (0.1, -0.8), (0.42, -0.74), (0.4, -0.56), (0.0, -0.5)]), 8),
                colour, gloss=0.6)
    canvas.clay(curve(_at(x, y, s, [(-0.8, -0.72), (-0.5, -0.66), (-0.12, -0.62), (-0.2, -0.52), (-0.6, -0.54)]), 8),
                _TYRE.lighter(0.06), gloss=0.2)
    canvas.clay(curve(_at(x, y, s, [(-0.96, -0.72), (-0.66, -0.64), (-0.5, -0.54), (-0.86, -0.6)]), 6), colour,
                gloss=0.5)
    ring(canvas, _at(x, y, s, [(0.46, -0.92), (0.36, -1.02), (0.22, -1.0)]), s * 0.045, _TYRE.lighter(0.15))
    canvas.clay(ellipse(x + s * 0.56, y - s * 0.82, s * 0.1, s * 0.1), Colour(0.95, 0.05, 95), gloss=0.7)
    if dark:
        canvas.shine(x + s * 0.6, y - s * 0.82, s * 0.6, (255, 240, 200), 0.9)


def _train(canvas: Canvas, x: float, y: float, unit: float, colour: Colour, *, dark: bool) -> None:
    s = unit * 0.3
    front = x + min(canvas.width * 0.32, s * 1.5)
    canvas.shadow(x - s, y + s * 0.04, canvas.width * 0.6, s * 0.08, 0.6)
    glass = Colour(0.42 if not dark else 0.87, 0.03 if not dark else 0.1, 235 if not dark else 85)
    at = front
    first = True
    while at > -s * 2:
        w = s * 1.75
        if first:
            body = [(-1.75, -0.1), (-1.75, -0.8), (-0.5, -0.8), (-0.18, -0.66), (0.06, -0.36), (0.1, -0.1)]
        else:
            body = [(-1.75, -0.1), (-1.75, -0.8), (-0.03, -0.8), (-0.03, -0.1)]
        canvas.clay(curve(_at(at, y, s, body), 4) if first else _at(at, y, s, body), colour, gloss=0.3, round_=0.4)
        canvas.fill(_at(at, y, s, [(-1.74, -0.3), (0.05 if first else -0.04, -0.3), (0.07 if first else -0.04, -0.24),
                                   (-1.74, -0.24)]), (246, 243, 236), 0.9)
        for index in range(4 if first else 5):
            a = -1.62 + index * 0.31
            canvas.fade(_at(at, y, s, [(a, -0.68), (a + 0.24, -0.68), (a + 0.24, -0.44), (a, -0.44)]),
                        glass.lighter(0.14).rgb(), glass.rgb())
        if first:
            canvas.fade(curve(_at(at, y, s, [(-0.34, -0.66), (-0.16, -0.58), (0.0, -0.4), (-0.28, -0.42)]), 4),
                        glass.lighter(0.2).rgb(), glass.rgb())
            canvas.clay(ellipse(at + s * 0.05, y - s * 0.2, s * 0.035, s * 0.03), Colour(0.97, 0.05, 95), gloss=0.6)
            if dark:
                canvas.shine(at + s * 0.06, y - s * 0.2, s * 0.8, (255, 240, 200), 0.9)
        for wheel in (-1.5, -1.25, -0.5, -0.25):
            canvas.fill(ellipse(at + wheel * s, y - s * 0.05, s * 0.075, s * 0.075, 28), (40, 40, 46))
        at -= w
        first = False


def _plane(canvas: Canvas, x: float, y: float, s: float, colour: Colour) -> None:
    """Fly an aeroplane, nose to the right and a little up."""
    turn = -0.14
    c, k = math.cos(turn), math.sin(turn)

    def at(points: Points) -> list[tuple[float, float]]:
        return [(x + (px * c - py * k) * s, y + (px * k + py * c) * s) for px, py in points]

    canvas.clay(at([(-0.02, -0.02), (-0.2, -0.2), (-0.13, -0.21), (0.12, -0.03)]), colour.lighter(-0.12), gloss=0.2)
    canvas.clay(at([(-0.40, -0.02), (-0.49, -0.19), (-0.42, -0.19), (-0.28, -0.04)]), Colour(0.55, 0.19,
        27) if colour.l > 0.85 else colour.lighter(-0.06), gloss=0.2)
    canvas.clay(curve(at([(0.50, 0.0), (0.44, -0.042), (0.3, -0.058), (-0.2, -0.055), (-0.46, -0.02), (-0.47, 0.0),
                          (-0.2, 0.045),
                          (0.3, 0.05), (0.45, 0.035)]), 8), colour, gloss=0.4)
    for index in range(13):
        canvas.fill(at(ellipse(-0.22 + index * 0.046, -0.012, 0.009, 0.012, 14)), (70, 90, 120))
    canvas.fill(curve(at([(0.40, -0.035), (0.46, -0.018), (0.43, -0.012), (0.385, -0.016)]), 4), (50, 66, 92))
    canvas.clay(at([(0.16, 0.025), (-0.18, 0.27), (-0.10, 0.275), (0.02, 0.2), (0.24, 0.035)]), colour.lighter(-0.05),
                gloss=0.3)
    canvas.clay(curve(at([(0.12, 0.10), (0.05, 0.09), (-0.01, 0.12), (0.05, 0.15), (0.12, 0.135)]), 6), Colour(0.6,
        0.01, 250), gloss=0.4)
    canvas.clay(at([(-0.38, 0.0), (-0.53, 0.07), (-0.46, 0.075), (-0.3, 0.01)]), colour.lighter(-0.08), gloss=0.2)
