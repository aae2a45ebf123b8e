"""Furniture of rooms: a sofa group, a bed, a kitchen, a desk, shelves of books, a fireplace, a table laid."""


# Outlines stand as rows of points.
# fmt: off

from collections.abc import Callable

from kie.emulator.media.brief import Brief
from kie.emulator.media.canvas import Canvas, curve, ellipse
from kie.emulator.media.palette import Colour
from kie.emulator.media.scenes.flora import plant

Piece = Callable[..., None]
"""Paints furniture around (x, foot): canvas, brief, x, foot, the picture's shorter side, the main colour, and whether
the room is dark."""


def _box(x: float, y: float, wide: float, high: float, lean: float = 0.0) -> list[tuple[float, float]]:
    return [(x + lean, y), (x + wide - lean, y), (x + wide, y + high), (x, y + high)]


def _round(x: float, y: float, wide: float, high: float, r: float) -> list[tuple[float, float]]:
    """Return a rectangle with round corners."""
    points: list[tuple[float, float]] = []
    for cx, cy, turn in ((x + wide - r, y + r, 36), (x + wide - r, y + high - r, 0), (x + r, y + high - r, 12),
                         (x + r, y + r, 24)):
        points += ellipse(cx, cy, r, r, 48)[turn : turn + 13] if turn != 36 else [*ellipse(cx, cy, r, r, 48)[36:],
                                                                                  (cx + r, cy)]
    return points


def _lamp(canvas: Canvas, x: float, foot: float, s: float, *, dark: bool) -> None:
    """Stand a floor lamp."""
    canvas.shadow(x, foot, s * 0.1, s * 0.02, 0.5)
    canvas.fill(_box(x - s * 0.006, foot - s * 0.5, s * 0.012, s * 0.5), Colour(0.3, 0.02, 60).rgb())
    canvas.fade(ellipse(x, foot, s * 0.07, s * 0.014), (70, 62, 56), (36, 32, 30))
    if dark:
        canvas.shine(x, foot - s * 0.5, s * 0.5, (255, 190, 110), 0.75)
    shade = [(x - s * 0.06, foot - s * 0.6), (x + s * 0.06, foot - s * 0.6), (x + s * 0.1, foot - s * 0.46),
             (x - s * 0.1, foot - s * 0.46)]
    top, low = ((255, 236, 190), (255, 210, 140)) if dark else ((246, 240, 226), (226, 214, 192))
    canvas.fade(shade, top, low)


def _rug(canvas: Canvas, x: float, y: float, s: float, tone: Colour) -> None:
    soft = tone.mix(Colour(0.9, 0.03, 80), 0.5)
    canvas.clay(ellipse(x, y, s * 0.46, s * 0.095, 72), soft.lighter(-0.1), gloss=0, round_=0.1)
    canvas.fill(ellipse(x, y, s * 0.38, s * 0.075, 72), soft.lighter(0.05).rgb(), 0.5)
    canvas.fill(ellipse(x, y, s * 0.33, s * 0.064, 72), soft.lighter(-0.08).rgb(), 0.7)


def _frame(canvas: Canvas, brief: Brief, x: float, y: float, s: float, *, tall: bool) -> None:
    """Hang a picture: a small abstract sun over hills."""
    w, h = (s * 0.15, s * 0.2) if tall else (s * 0.22, s * 0.16)
    canvas.shadow(x + s * 0.01, y + s * 0.015, w * 0.75, h * 0.75, 0.4)
    canvas.fill(_box(x - w / 2, y - h / 2, w, h), Colour(0.28, 0.03, 60).rgb())
    canvas.fill(_box(x - w * 0.46, y - h * 0.46, w * 0.92, h * 0.92), (246, 242, 234))
    a, b, c, d = x - w * 0.36, y - h * 0.36, w * 0.72, h * 0.72
    tone = brief.palette.accent
    canvas.fade(_box(a, b, c, d), tone.mix(Colour(0.95, 0.03, 80), 0.75).rgb(), tone.mix(Colour(0.9, 0.05, 60),
        0.6).rgb())
    canvas.fill(ellipse(x + c * 0.1, y - d * 0.1, d * 0.2, d * 0.2, 40), Colour(0.72, 0.15, 45).rgb())
    canvas.fill(curve([(a, b + d), (a, b + d * 0.7), (a + c * 0.3, b + d * 0.5), (a + c * 0.6, b + d * 0.72),
                       (a + c, b + d * 0.55), (a + c, b + d)], 6, closed=False), tone.lighter(-0.1).rgb())


def living(canvas: Canvas, brief: Brief, x: float, foot: float, s: float, tone: Colour, *, dark: bool) -> None:
    """Paint a sofa with cushions, a low table, a lamp, a plant and a picture."""
    named = [c for c in brief.colours if c.c > 0.02]
    cloth = named[0] if named else tone.turned(150)
    cloth = Colour(min(0.7, max(0.4, cloth.l)) - (0.12 if dark else 0.0), min(0.12, max(0.05, cloth.c)), cloth.h)
    _rug(canvas, x, foot + s * 0.10, s, cloth.turned(60))
    _frame(canvas, brief, x, foot - s * 0.52, s, tall=False)
    side = 1 if x < canvas.width / 2 else -1
    _lamp(canvas, x - side * s * 0.40, foot - s * 0.02, s, dark=dark)
    w, h = s * 0.62, s * 0.25
    canvas.shadow(x, foot, w * 0.62, s * 0.04, 0.6)
    for leg in (-0.42, 0.42):
        canvas.fill(_box(x + leg * w - s * 0.008, foot - s * 0.04, s * 0.016, s * 0.045), Colour(0.35, 0.06, 60).rgb())
    canvas.clay(_round(x - w / 2, foot - h, w, h * 0.8, s * 0.05), cloth.lighter(-0.05), gloss=0.02, round_=0.7)
    for part in (-1, 1):
        canvas.clay(_round(x + (part - 1) * w * 0.225, foot - h * 0.95, w * 0.45, h * 0.55, s * 0.03), cloth,
                    gloss=0.02, round_=0.7)
        canvas.clay(_round(x + (part - 1) * w * 0.225, foot - h * 0.52, w * 0.45, h * 0.26, s * 0.03),
                    cloth.lighter(0.05), gloss=0.02, round_=0.8)
    for part in (-1, 1):
        canvas.clay(_round(x + part * w * 0.47 - s * 0.04, foot - h * 0.66, s * 0.08, h * 0.56, s * 0.035),
                    cloth.lighter(0.03), gloss=0.02)
        canvas.clay(_round(x + part * w * 0.28 - s * 0.06, foot - h * 0.86, s * 0.12, s * 0.11, s * 0.03),
                    (cloth.turned(150 if part > 0 else 40)).lighter(0.15), gloss=0.02)
    plant(canvas, replace_colours(brief), x + side * s * 0.42, foot + s * 0.015, s * 0.36)
    y = foot + s * 0.12
    canvas.shadow(x, y + s * 0.045, s * 0.22, s * 0.03, 0.5)
    for leg in (-0.13, 0.13):
        canvas.fill(_box(x + leg * s - s * 0.006, y - s * 0.03, s * 0.012, s * 0.08), Colour(0.3, 0.05, 60).rgb())
    canvas.fade(ellipse(x, y - s * 0.03, s * 0.19, s * 0.035, 60), Colour(0.62, 0.08, 65).rgb(),
                Colour(0.48, 0.08, 60).rgb())
    canvas.clay(_round(x - s * 0.07, y - s * 0.06, s * 0.09, s * 0.022, s * 0.006), Colour(0.5, 0.12, 30), gloss=0)
    canvas.clay(_round(x + s * 0.05, y - s * 0.075, s * 0.035, s * 0.04, s * 0.008), Colour(0.95, 0.01, 85), gloss=0.2)


def replace_colours(brief: Brief) -> Brief:
    """Return the brief without its colours: they are the sofa's, not the flower pot's."""
    from dataclasses import replace

    return replace(brief, colours=())


def fireplace(canvas: Canvas, brief: Brief, x: float, foot: float, s: float, tone: Colour, *, dark: bool) -> None:
    """Paint a fireplace with a fire, logs, an armchair before it."""
    base = foot - s * 0.06
    stone = Colour(0.62, 0.035, 60).lighter(-0.1 if dark else 0.05)
    w, h = s * 0.46, s * 0.4
    canvas.fade(_box(x - w * 0.36, base - s * 0.75, w * 0.72, s * 0.4), stone.lighter(0.02).rgb(),
                stone.lighter(-0.06).rgb())
    canvas.fade(_box(x - w / 2, base - h, w, h), stone.lighter(0.04).rgb(), stone.lighter(-0.1).rgb())
    canvas.fade(_box(x - w * 0.56, base - h - s * 0.035, w * 1.12, s * 0.04), Colour(0.5, 0.08, 60).rgb(),
                Colour(0.36, 0.07, 55).rgb())
    hole = [(x - w * 0.3, base), (x - w * 0.3, base - h * 0.52), *ellipse(x, base - h * 0.52, w * 0.3, h * 0.2,
        32)[16:],
            (x + w * 0.3, base - h * 0.52), (x + w * 0.3, base)]
    canvas.fade(hole, (46, 24, 18), (84, 34, 16))
    canvas.shine(x, base - h * 0.2, s * 0.62, (255, 140, 50), 0.75)
    for dx, high, hue in ((-0.12, 0.30, 48), (0.1, 0.34, 52), (0.0, 0.42, 62), (-0.04, 0.24, 85), (0.06, 0.2, 88)):
        k = s * high * 0.5
        fx = x + dx * w
        canvas.fade(curve([(fx, base - k * 1.3), (fx + k * 0.26, base - k * 0.6), (fx + k * 0.3, base - k * 0.15),
                           (fx, base), (fx - k * 0.3, base - k * 0.15), (fx - k * 0.2, base - k * 0.6)], 6),
                    Colour(0.86, 0.16, hue).rgb(), Colour(0.68, 0.2, hue - 12).rgb(), 0.92)
    for dy, lean in ((0.0, 0.02), (-0.035, -0.03)):
        canvas.clay(_round(x - w * 0.22 + lean * s, base + (dy - 0.03) * s, w * 0.44, s * 0.035, s * 0.015),
                    Colour(0.34, 0.06, 50), gloss=0)
    canvas.clay(_round(x - w * 0.4, base - h - s * 0.115, s * 0.045, s * 0.08, s * 0.01), Colour(0.5, 0.12, 230),
                gloss=0.3)
    _frame(canvas, brief, x, base - h - s * 0.2, s, tall=False)
    _rug(canvas, x, foot + s * 0.09, s * 0.9, tone.turned(200))
    side = 1 if x < canvas.width / 2 else -1
    _armchair(canvas, x + side * s * 0.4, foot + s * 0.1, s * 0.85, Colour(0.45, 0.1, 30 if dark else 160))


def _armchair(canvas: Canvas, x: float, foot: float, s: float, cloth: Colour) -> None:
    w, h = s * 0.3, s * 0.34
    canvas.shadow(x, foot, w * 0.7, s * 0.035, 0.55)
    canvas.clay(_round(x - w * 0.42, foot - h, w * 0.84, h * 0.8, s * 0.06), cloth.lighter(-0.04), gloss=0.02)
    canvas.clay(_round(x - w * 0.36, foot - h * 0.45, w * 0.72, h * 0.25, s * 0.03), cloth.lighter(0.07), gloss=0.02)
    for part in (-1, 1):
        canvas.clay(_round(x + part * w * 0.42 - s * 0.035, foot - h * 0.62, s * 0.07, h * 0.57, s * 0.03),
                    cloth.lighter(0.03), gloss=0.02)


def bedroom(canvas: Canvas, brief: Brief, x: float, foot: float, s: float, tone: Colour, *, dark: bool) -> None:
    """Paint a bed with pillows and a blanket, a bedside table with a lamp."""
    y = foot + s * 0.06
    w = s * 0.6
    cloth = next((c for c in brief.colours if c.c > 0.02), tone.turned(180))
    cloth = Colour(0.62 - (0.14 if dark else 0.0), min(0.09, max(0.03, cloth.c)), cloth.h)
    linen = Colour(0.95, 0.012, 85).lighter(-0.16 if dark else 0.0)
    canvas.shadow(x, y + s * 0.05, w * 0.66, s * 0.05, 0.5)
    _frame(canvas, brief, x, y - s * 0.6, s, tall=False)
    canvas.clay(_round(x - w * 0.52, y - s * 0.36, w * 1.04, s * 0.34, s * 0.03), Colour(0.5, 0.07, 60), gloss=0.02,
                round_=0.4)
    canvas.clay(_round(x - w * 0.5, y - s * 0.2, w, s * 0.24, s * 0.04), linen, gloss=0, round_=0.5)
    for part in (-1, 1):
        canvas.clay(_round(x + part * w * 0.24 - w * 0.2, y - s * 0.27, w * 0.4, s * 0.11, s * 0.05),
                    linen.lighter(0.02), gloss=0)
    canvas.clay(_round(x - w * 0.1, y - s * 0.235, w * 0.2, s * 0.09, s * 0.03), cloth.turned(40).lighter(0.1), gloss=0)
    blanket = curve([(x - w * 0.52, y - s * 0.14), (x, y - s * 0.16), (x + w * 0.52, y - s * 0.14),
                     (x + w * 0.56, y + s * 0.1), (x, y + s * 0.12), (x - w * 0.56, y + s * 0.1)], 8)
    canvas.clay(blanket, cloth, gloss=0.02, round_=0.5)
    canvas.fade(_box(x - w * 0.5, y - s * 0.16, w, s * 0.04), linen.rgb(), linen.lighter(-0.06).rgb())
    side = 1 if x < canvas.width / 2 else -1
    tx = x + side * (w * 0.5 + s * 0.11)
    canvas.fade(_box(tx - s * 0.08, y - s * 0.16, s * 0.16, s * 0.2), Colour(0.55, 0.07, 60).rgb(), Colour(0.42, 0.07,
        58).rgb())
    canvas.fill(ellipse(tx, y - s * 0.06, s * 0.012, s * 0.012, 20), (230, 205, 150))
    if dark:
        canvas.shine(tx, y - s * 0.27, s * 0.4, (255, 190, 110), 0.7)
    canvas.fill(_box(tx - s * 0.006, y - s * 0.24, s * 0.012, s * 0.08), (90, 70, 50))
    canvas.fade(_box(tx - s * 0.055, y - s * 0.32, s * 0.11, s * 0.09, s * 0.018), (255, 240, 206), (250, 214, 150))


def kitchen(canvas: Canvas, brief: Brief, x: float, foot: float, s: float, tone: Colour, *, dark: bool) -> None:
    """Paint a row of cupboards with a worktop, a stove, shelves, pots and fruit."""
    front = next((c for c in brief.colours if c.c > 0.02), Colour(0.9, 0.015, tone.h))
    front = Colour(min(0.92, front.l + 0.1) - (0.25 if dark else 0.0), min(front.c, 0.08), front.h)
    w, h = s * 0.86, s * 0.34
    x = canvas.width / 2 + (x - canvas.width / 2) * 0.3
    left, top = x - w / 2, foot - h
    canvas.shadow(x, foot, w * 0.56, s * 0.03, 0.5)
    canvas.fade(_box(left, top, w, h), front.rgb(), front.lighter(-0.08).rgb())
    count = 4
    for index in range(count):
        a = left + w * index / count
        canvas.fill(_box(a + s * 0.008, top + s * 0.05, w / count - s * 0.016, h - s * 0.075),
                    front.lighter(-0.05).rgb())
        canvas.fill(_box(a + s * 0.013, top + s * 0.055, w / count - s * 0.026, h - s * 0.085),
                    front.lighter(0.01).rgb())
        canvas.fill(_box(a + w / count / 2 - s * 0.03, top + s * 0.07, s * 0.06, s * 0.008), (120, 116, 112))
    stone = Colour(0.45, 0.01, 260) if front.l > 0.6 else Colour(0.85, 0.01, 80)
    canvas.fade(_box(left - s * 0.015, top - s * 0.028, w + s * 0.03, s * 0.032), stone.lighter(0.12).rgb(),
                stone.rgb())
    oven = left + w * 0.25
    canvas.fade(_box(oven + s * 0.015, top + s * 0.06, w / 4 - s * 0.03, h - s * 0.1), (58, 60, 66), (22, 23, 28))
    canvas.fill(_box(oven + s * 0.03, top + s * 0.075, w / 4 - s * 0.06, s * 0.012), (190, 192, 198))
    for shelf in (0.30, 0.44):
        y = top - s * shelf
        canvas.shadow(x, y + s * 0.03, w * 0.32, s * 0.02, 0.3)
        canvas.fade(_box(left + w * 0.1, y, w * 0.8, s * 0.018), Colour(0.62, 0.08, 65).rgb(), Colour(0.5, 0.08,
            60).rgb())
        chance = brief.random(f"shelf{shelf}")
        at = left + w * 0.14
        while at < left + w * 0.82:
            k = s * chance.uniform(0.03, 0.05)
            high = k * chance.uniform(1.2, 2.2)
            pot = Colour(chance.uniform(0.5, 0.9), 0.08, chance.choice((30, 60, 90, 150, 230)))
            canvas.clay(_round(at, y - high, k * 1.3, high, k * 0.3), pot, gloss=0.25)
            at += k * chance.uniform(1.8, 2.8)
    pan = left + w * 0.375
    canvas.clay(_round(pan - s * 0.06, top - s * 0.1, s * 0.12, s * 0.075, s * 0.015), Colour(0.55, 0.16, 28),
                gloss=0.4)
    canvas.clay(ellipse(pan, top - s * 0.105, s * 0.065, s * 0.012), Colour(0.45, 0.15, 28), gloss=0.3)
    bowl = left + w * 0.72
    for dx, hue in ((-0.035, 30), (0.0, 60), (0.035, 95)):
        canvas.clay(ellipse(bowl + dx * s, top - s * 0.075, s * 0.028, s * 0.028), Colour(0.68, 0.17, hue), gloss=0.3)
    canvas.clay(curve([(bowl - s * 0.09, top - s * 0.075), (bowl + s * 0.09, top - s * 0.075),
                       (bowl + s * 0.05, top - s * 0.03),
                       (bowl - s * 0.05, top - s * 0.03)], 6), Colour(0.95, 0.01, 85), gloss=0.2)
    for lamp in (-0.22, 0.22):
        lx = x + lamp * w
        canvas.fill(_box(lx - s * 0.003, 0, s * 0.006, max(1.0, top - s * 0.62)), (60, 56, 54))
        if dark:
            canvas.shine(lx, top - s * 0.56, s * 0.4, (255, 196, 120), 0.7)
        canvas.clay(_box(lx - s * 0.06, top - s * 0.63, s * 0.12, s * 0.07, s * 0.035), Colour(0.32, 0.03, 60),
                    gloss=0.2)


def desk(canvas: Canvas, brief: Brief, x: float, foot: float, s: float, tone: Colour, *, dark: bool) -> None:
    """Paint a desk with a screen, a lamp, books and a chair."""
    from kie.emulator.media.scenes.furniture_books import books

    w, h = s * 0.66, s * 0.28
    top = foot - h
    canvas.shadow(x, foot, w * 0.6, s * 0.03, 0.5)
    books(canvas, brief, x - w * 0.4, top - s * 0.36, w * 0.5, s * 0.12, dark=dark)
    for side in (-1, 1):
        canvas.fade(_box(x + side * w * 0.45 - s * 0.012, top, s * 0.024, h), (70, 62, 58), (40, 36, 34))
    canvas.fade(_box(x - w / 2, top - s * 0.025, w, s * 0.035), Colour(0.66, 0.08, 68).rgb(), Colour(0.5, 0.08,
        62).rgb())
    sw, sh = s * 0.3, s * 0.18
    y = top - s * 0.07 - sh
    canvas.fill(_box(x - s * 0.015, y + sh, s * 0.03, s * 0.05), (90, 92, 98))
    canvas.fade(ellipse(x, top - s * 0.027, s * 0.07, s * 0.012), (150, 152, 158), (90, 92, 98))
    canvas.clay(_round(x - sw / 2, y, sw, sh, s * 0.012), Colour(0.25, 0.01, 260), gloss=0.2, round_=0.2)
    glow = brief.palette.accent
    canvas.fade(_box(x - sw * 0.47, y + sh * 0.05, sw * 0.94, sh * 0.86), glow.lighter(0.1).rgb(),
                glow.turned(60).lighter(-0.12).rgb())
    for row in range(4):
        canvas.fill(_box(x - sw * 0.4, y + sh * (0.16 + row * 0.17), sw * (0.5 - 0.08 * (row % 3)), sh * 0.05), (255,
            255, 255), 0.6)
    canvas.fill(_box(x - s * 0.1, top - s * 0.035, s * 0.2, s * 0.012), (214, 214, 218))
    lx = x + w * 0.38
    canvas.fill([(lx - s * 0.004, top - s * 0.02), (lx + s * 0.006, top - s * 0.02), (lx - s * 0.05, top - s * 0.2),
                 (lx - s * 0.06, top - s * 0.2)], (50, 50, 54))
    canvas.shine(lx - s * 0.09, top - s * 0.15, s * (0.35 if dark else 0.16), (255, 206, 130), 0.7)
    canvas.clay([(lx - s * 0.03, top - s * 0.24), (lx - s * 0.075, top - s * 0.225), (lx - s * 0.13, top - s * 0.16),
                 (lx - s * 0.05, top - s * 0.16)], Colour(0.6, 0.14, 30), gloss=0.3)
    _armchair(canvas, x - s * 0.06, foot + s * 0.13, s * 0.8, tone.turned(170).lighter(-0.3))


def library(canvas: Canvas, brief: Brief, x: float, foot: float, s: float, tone: Colour, *, dark: bool) -> None:
    """Paint shelves full of books up to the ceiling, an armchair and a lamp."""
    from kie.emulator.media.scenes.furniture_books import case

    case(canvas, brief, x, foot - s * 0.08, s, dark=dark)
    _rug(canvas, x, foot + s * 0.1, s, Colour(0.45, 0.12, 25))
    _lamp(canvas, x + s * 0.3, foot + s * 0.03, s, dark=True)
    _armchair(canvas, x, foot + s * 0.1, s, Colour(0.42, 0.09, 35) if tone.c < 0.05 else tone.lighter(-0.25))


def table(canvas: Canvas, brief: Brief, x: float, foot: float, s: float, tone: Colour, *, dark: bool) -> None:
    """Paint a table laid for two under a hanging lamp."""
    del tone
    y = foot - s * 0.22
    _frame(canvas, brief, x, y - s * 0.36, s, tall=False)
    for side in (-1, 1):
        cx = x + side * s * 0.34
        canvas.clay(_round(cx - s * 0.07, y - s * 0.16, s * 0.14, s * 0.22, s * 0.03), Colour(0.46, 0.08, 55),
                    gloss=0.1)
        canvas.fill(_box(cx - s * 0.06, y + s * 0.06, s * 0.015, s * 0.2), Colour(0.35, 0.07, 55).rgb())
        canvas.fill(_box(cx + s * 0.045, y + s * 0.06, s * 0.015, s * 0.2), Colour(0.35, 0.07, 55).rgb())
        canvas.clay(_round(cx - s * 0.085, y + s * 0.04, s * 0.17, s * 0.04, s * 0.015), Colour(0.56, 0.09, 58),
                    gloss=0.05)
    canvas.shadow(x, foot + s * 0.03, s * 0.4, s * 0.05, 0.5)
    canvas.fill(_box(x - s * 0.02, y, s * 0.04, s * 0.25), Colour(0.36, 0.06, 55).rgb())
    canvas.fade(ellipse(x, foot + s * 0.03, s * 0.12, s * 0.025), Colour(0.4, 0.06, 55).rgb(), Colour(0.28, 0.05,
        50).rgb())
    canvas.clay(ellipse(x, y + s * 0.015, s * 0.34, s * 0.075, 72), Colour(0.4, 0.07, 52), gloss=0)
    canvas.fade(ellipse(x, y, s * 0.34, s * 0.072, 72), Colour(0.72, 0.08, 68).rgb(), Colour(0.58, 0.09, 62).rgb())
    for side in (-1, 1):
        cx = x + side * s * 0.17
        canvas.fade(ellipse(cx, y, s * 0.085, s * 0.02, 48), (252, 250, 246), (220, 218, 214))
        canvas.fade(ellipse(cx, y - s * 0.003, s * 0.055, s * 0.012, 40), (236, 234, 230), (250, 249, 246))
    canvas.clay(_round(x - s * 0.02, y - s * 0.1, s * 0.04, s * 0.1, s * 0.015), Colour(0.75, 0.06, 200), gloss=0.6)
    for dx, hue in ((-0.03, 350), (0.03, 50), (0.0, 20)):
        canvas.clay(ellipse(x + dx * s, y - s * (0.13 if dx else 0.155), s * 0.026, s * 0.024), Colour(0.68, 0.17,
            hue), gloss=0)
    canvas.fill(_box(x - s * 0.003, 0, s * 0.006, max(1.0, y - s * 0.52)), (50, 46, 44))
    canvas.shine(x, y - s * 0.46, s * (0.6 if dark else 0.25), (255, 200, 120), 0.7)
    canvas.clay(_box(x - s * 0.11, y - s * 0.54, s * 0.22, s * 0.1, s * 0.07), Colour(0.3, 0.04, 60), gloss=0.3)


PIECES: dict[str, Piece] = {"living": living, "fireplace": fireplace, "bedroom": bedroom, "kitchen": kitchen,
                            "office": desk, "library": library, "dining": table}
