"""The objects of product pictures: each stands at (cx, foot) and is `size` high."""

import math
from collections.abc import Callable

from kie.emulator.media.brief import Brief
from kie.emulator.media.canvas import Canvas, curve, ellipse, table
from kie.emulator.media.palette import Colour, ramp
from kie.emulator.media.scenes.solid import Profile, Stuff, brim, lathe, ring

Thing = Callable[[Canvas, Brief, float, float, float], None]


def _main(brief: Brief, otherwise: Colour) -> Colour:
    return brief.colours[0] if brief.colours else otherwise


def _second(brief: Brief, otherwise: Colour) -> Colour:
    return brief.colours[1] if len(brief.colours) > 1 else otherwise


_PROFILES: dict[str, Profile] = {
    "bottle": ((0.0, 0.052), (0.04, 0.056), (0.06, 0.045), (0.26, 0.047), (0.36, 0.075), (0.46, 0.135), (0.54, 0.15), (0.9, 0.15), (0.975, 0.146), (1.0, 0.13)),
    "vase": ((0.0, 0.15), (0.03, 0.145), (0.14, 0.095), (0.28, 0.14), (0.46, 0.27), (0.62, 0.29), (0.8, 0.22), (0.94, 0.14), (1.0, 0.13)),
    "pear": ((0.0, 0.02), (0.03, 0.09), (0.14, 0.15), (0.32, 0.18), (0.5, 0.27), (0.68, 0.34), (0.84, 0.31), (0.96, 0.17), (1.0, 0.06)),
    "apple": ((0.05, 0.06), (0.0, 0.16), (0.04, 0.33), (0.2, 0.5), (0.4, 0.545), (0.62, 0.5), (0.84, 0.36), (0.97, 0.19), (1.0, 0.1)),
    "round": ((0.0, 0.02), (0.02, 0.14), (0.09, 0.285), (0.2, 0.4), (0.35, 0.477), (0.5, 0.5), (0.65, 0.477), (0.8, 0.4), (0.91, 0.285), (0.98, 0.14), (1.0, 0.04)),
    "lemon": ((0.0, 0.03), (0.05, 0.07), (0.14, 0.2), (0.3, 0.34), (0.5, 0.39), (0.7, 0.34), (0.86, 0.2), (0.95, 0.07), (1.0, 0.03)),
    "egg": ((0.0, 0.02), (0.03, 0.12), (0.13, 0.23), (0.3, 0.33), (0.55, 0.385), (0.75, 0.345), (0.9, 0.23), (0.98, 0.1), (1.0, 0.03)),
    "mug": ((0.0, 0.36), (0.05, 0.36), (0.5, 0.355), (0.85, 0.345), (0.95, 0.32), (1.0, 0.28)),
    "bowl": ((0.0, 0.86), (0.15, 0.84), (0.4, 0.74), (0.65, 0.57), (0.85, 0.38), (0.93, 0.31), (1.0, 0.32)),
    "jar": ((0.0, 0.3), (0.06, 0.31), (0.14, 0.36), (0.22, 0.38), (0.9, 0.38), (0.97, 0.36), (1.0, 0.33)),
    "lid": ((0.0, 0.9), (0.1, 0.98), (0.3, 1.0), (0.9, 1.0), (1.0, 0.97)),
    "candle": ((0.0, 0.15), (0.03, 0.16), (0.5, 0.16), (1.0, 0.165)),
    "wine": ((0.0, 0.155), (0.12, 0.18), (0.26, 0.185), (0.38, 0.15), (0.47, 0.07), (0.52, 0.022), (0.7, 0.016), (0.9, 0.02), (0.955, 0.06), (0.98, 0.15), (1.0, 0.165)),
    "pawn": ((0.0, 0.02), (0.03, 0.08), (0.1, 0.125), (0.2, 0.125), (0.28, 0.08), (0.3, 0.15), (0.34, 0.15), (0.37, 0.085), (0.6, 0.105), (0.76, 0.16), (0.8, 0.2), (0.84, 0.2), (0.88, 0.24), (0.97, 0.26), (1.0, 0.25)),
    "trophy": ((0.0, 0.3), (0.06, 0.3), (0.25, 0.27), (0.42, 0.18), (0.5, 0.07), (0.54, 0.045), (0.66, 0.045), (0.7, 0.09), (0.74, 0.16), (0.78, 0.16), (0.8, 0.2), (1.0, 0.21)),
    "bulb": ((0.0, 0.03), (0.04, 0.17), (0.14, 0.28), (0.3, 0.335), (0.46, 0.3), (0.6, 0.2), (0.7, 0.14), (0.74, 0.135), (0.76, 0.13), (0.95, 0.12), (1.0, 0.06)),
    "pot": ((0.0, 0.42), (0.14, 0.42), (0.16, 0.38), (0.6, 0.33), (1.0, 0.27)),
    "cactus": ((0.0, 0.03), (0.04, 0.12), (0.14, 0.21), (0.35, 0.26), (0.7, 0.255), (1.0, 0.22)),
    "shade": ((0.0, 0.36), (0.5, 0.56), (1.0, 0.76)),
    "stand": ((0.0, 0.025), (0.5, 0.03), (0.86, 0.035), (0.92, 0.1), (0.96, 0.22), (1.0, 0.25)),
    "teapot": ((0.0, 0.2), (0.06, 0.3), (0.25, 0.5), (0.5, 0.58), (0.75, 0.52), (0.92, 0.36), (1.0, 0.3)),
    "tier": ((0.0, 0.97), (0.06, 1.0), (0.94, 1.0), (1.0, 0.98)),
    "disc": ((0.0, 1.0), (1.0, 1.0)),
}


def turned(canvas: Canvas, name: str, cx: float, foot: float, size: float, stuff: Stuff) -> None:
    """Paint a body of the list above."""
    lathe(canvas, cx, foot - size, size, _PROFILES[name], stuff, seed=len(name))


def _bottle(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    glass = _main(brief, Colour(0.42, 0.09, 145))
    turned(canvas, "bottle", cx, foot, size, Stuff(glass, gloss=0.9, clear=0.45, liquid=glass.lighter(-0.08), level=0.33))
    label = _second(brief, Colour(0.94, 0.025, 85))
    lathe(canvas, cx, foot - size * 0.38, size * 0.24, ((0.0, 0.63), (1.0, 0.63)), Stuff(label, gloss=0.1))
    for row, wide in ((0.30, 0.16), (0.265, 0.11), (0.21, 0.13)):
        canvas.fill(_bar(cx, foot - size * row, size * wide, size * 0.012), label.lighter(-0.5).rgb(), 0.75)
    lathe(canvas, cx, foot - size * 1.015, size * 0.13, ((0.0, 0.42), (0.1, 0.45), (1.0, 0.45)), Stuff(_second(brief, Colour(0.72, 0.11, 80)), gloss=0.6, metal=True))


def _bar(cx: float, y: float, width: float, height: float) -> list[tuple[float, float]]:
    return [(cx - width / 2, y), (cx + width / 2, y), (cx + width / 2, y + height), (cx - width / 2, y + height)]


def _perfume(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    body = _main(brief, Colour(0.82, 0.09, 20))
    metal = _second(brief, Colour(0.82, 0.09, 85))
    kind = brief.random("perfume").randrange(3)
    profiles: tuple[Profile, ...] = (
        ((0.0, 0.30), (0.03, 0.36), (0.1, 0.39), (0.9, 0.39), (0.97, 0.37), (1.0, 0.34)),
        ((0.0, 0.12), (0.06, 0.22), (0.2, 0.40), (0.45, 0.5), (0.7, 0.46), (0.92, 0.32), (1.0, 0.27)),
        ((0.0, 0.2), (0.05, 0.3), (0.18, 0.38), (0.6, 0.42), (0.95, 0.44), (1.0, 0.43)),
    )
    high = size * 0.7
    flat = (4.0, 1.0, 2.4)[kind]
    lathe(canvas, cx, foot - high, high, profiles[kind], Stuff(body, gloss=0.95, clear=0.62, flat=flat, liquid=body, level=0.2))
    canvas.fill(_bar(cx, foot - high * 0.9, size * 0.012, high * 0.82), metal.lighter(0.1).rgb(), 0.5)
    neck = size * 0.06
    lathe(canvas, cx, foot - high - neck * 0.9, neck, ((0.0, 1.25), (1.0, 1.25)), Stuff(metal, gloss=0.8, metal=True))
    cap = size * 0.22
    cap_profile: Profile = ((0.0, 0.40), (0.05, 0.46), (0.95, 0.46), (1.0, 0.44)) if kind != 1 else _PROFILES["round"]
    lathe(canvas, cx, foot - high - neck - cap * 0.92, cap, cap_profile, Stuff(metal, gloss=0.7, metal=True, flat=1.0 if kind == 1 else 2.0))
    label = size * 0.17
    canvas.fill(_bar(cx, foot - high * 0.52, label * 1.25, label * 0.55), (250, 246, 238), 0.62)
    canvas.fill(_bar(cx, foot - high * 0.47, label * 0.8, label * 0.07), body.lighter(-0.4).rgb(), 0.8)
    canvas.fill(_bar(cx, foot - high * 0.425, label * 0.5, label * 0.045), body.lighter(-0.4).rgb(), 0.6)


def _mug(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    colour = _main(brief, Colour(0.88, 0.03, 80))
    if colour.l < 0.5 and colour.h in {55}:
        colour = Colour(0.9, 0.02, 80)
    high = size * 0.62
    top = foot - high
    saucer = size * 0.06
    lathe(canvas, cx, foot - saucer * 0.3, saucer, ((0.0, 8.2), (0.4, 7.4), (1.0, 4.0)), Stuff(colour.lighter(0.03), gloss=0.3))
    canvas.fade(ellipse(cx, foot - saucer * 0.3, saucer * 7.6, saucer * 1.0), colour.lighter(-0.04).rgb(), colour.lighter(0.05).rgb())
    canvas.shadow(cx, foot - saucer * 0.1, high * 0.5, saucer * 0.8, 0.5)
    ring(canvas, [(cx + high * 0.33, top + high * 0.2), (cx + high * 0.56, top + high * 0.18), (cx + high * 0.62, top + high * 0.45),
                  (cx + high * 0.5, top + high * 0.68), (cx + high * 0.32, top + high * 0.74)], high * 0.085, colour)
    turned(canvas, "mug", cx, foot, high, Stuff(colour, gloss=0.55))
    drink = Colour(0.55, 0.09, 130) if "green tea" in brief.prompt.lower() else Colour(0.36, 0.07, 50)
    brim(canvas, cx, top, high * 0.36, colour, drink)
    if "latte" in brief.prompt.lower() or "cappuccino" in brief.prompt.lower():
        canvas.fill(ellipse(cx, top + high * 0.012, high * 0.2, high * 0.022), Colour(0.88, 0.05, 75).rgb(), 0.9)
    chance = brief.random("steam")
    for index in range(3):
        x = cx + (index - 1) * high * 0.14
        lean = chance.uniform(-0.1, 0.1) * high
        for step in range(22):
            t = step / 22
            sway = math.sin(t * 5 + index * 2) * high * 0.06 * t
            canvas.shadow(x + sway + lean * t, top - high * (0.05 + 0.75 * t), high * (0.05 + 0.09 * t), high * 0.07, 0.09 * (1 - t), (255, 255, 255))


def _simple(name: str, otherwise: Colour, **stuff: float) -> Thing:
    def paint(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
        turned(canvas, name, cx, foot, size, Stuff(_main(brief, otherwise), **stuff))  # type: ignore[arg-type]

    return paint


def _vase(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    colour = _main(brief, Colour(0.55, 0.11, 235))
    turned(canvas, "vase", cx, foot, size, Stuff(colour, gloss=0.6, rough=0.12))
    brim(canvas, cx, foot - size, size * 0.15, colour, None)
    band = _second(brief, colour.lighter(0.25))
    for t, r, thick in ((0.30, 0.150, 0.012), (0.335, 0.18, 0.012)):
        line = ellipse(cx, foot - size * (1 - t), size * r, size * r * 0.14, 40)[:21]
        ring(canvas, line[::4], size * thick, band)


def _fruit(name: str, colour: Colour, rough: float) -> Thing:
    def paint(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
        chance = brief.random("fruit")
        own = colour if name in {"orange", "lemon"} else _main(brief, colour)
        scale = 0.62 if name != "pear" else 0.8
        body = {"orange": "round", "lemon": "lemon", "apple": "apple", "pear": "pear"}[name]
        for dx, dy, share in ((-0.34, -0.03, 0.86), (0.36, -0.02, 0.9), (0.02, 0.03, 1.0)):
            high = size * scale * share
            x, y = cx + dx * size * 1.1, foot + dy * size
            canvas.shadow(x + high * 0.1, y - high * 0.01, high * 0.62, high * 0.10, 0.6)
            tone = own.turned(chance.uniform(-9, 9)).lighter(chance.uniform(-0.04, 0.03))
            turned(canvas, body, x, y, high, Stuff(tone, gloss=0.55, rough=rough))
            if name in {"apple", "pear"}:
                canvas.shadow(x, y - high * 0.97, high * 0.15, high * 0.045, 0.55)
            if name != "lemon":
                stem = chance.uniform(-0.1, 0.1) * high
                ring(canvas, [(x, y - high * 0.96), (x + stem * 0.4, y - high * 1.05), (x + stem, y - high * 1.13)], high * 0.028, Colour(0.36, 0.05, 60))
                leaf = curve([(x + stem * 0.5, y - high * 1.05), (x + high * 0.14, y - high * 1.18), (x + high * 0.34, y - high * 1.15), (x + high * 0.18, y - high * 1.04)], 8)
                canvas.clay(leaf, Colour(0.55, 0.14, 140), gloss=0.15)

    return paint


def _pumpkin(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    colour = Colour(0.68, 0.17, 52)
    lathe(canvas, cx, foot - size * 0.68, size * 0.68, ((0.04, 0.05), (0.0, 0.2), (0.06, 0.42), (0.25, 0.6), (0.5, 0.65), (0.75, 0.58), (0.93, 0.38), (1.0, 0.2)),
          Stuff(colour, gloss=0.3, ribs=9, rough=0.08))
    ring(canvas, [(cx, foot - size * 0.64), (cx + size * 0.02, foot - size * 0.74), (cx + size * 0.08, foot - size * 0.82)], size * 0.06, Colour(0.42, 0.07, 110))


def _sphere(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    colour = _main(brief, brief.palette.main)
    words = brief.prompt.lower()
    metal = any(word in words for word in ("chrome", "metal", "gold", "silver", "steel"))
    clear = 0.75 if any(word in words for word in ("glass", "crystal", "bubble", "transparent")) else 0.0
    turned(canvas, "round", cx, foot, size * 0.82, Stuff(colour, gloss=0.8, metal=metal, clear=clear, rough=0.05))


def _jar(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    inside = _main(brief, Colour(0.72, 0.15, 70))
    high = size * 0.76
    turned(canvas, "jar", cx, foot, high, Stuff(Colour(0.93, 0.02, 200), gloss=0.9, clear=0.78, liquid=inside, level=0.2))
    lathe(canvas, cx, foot - high - size * 0.1, size * 0.14, ((0.0, 1.66), (0.08, 1.76), (0.95, 1.76), (1.0, 1.7)), Stuff(_second(brief, Colour(0.78, 0.1, 82)), gloss=0.6, metal=True))
    canvas.fill(_bar(cx, foot - high * 0.56, high * 0.5, high * 0.27), (250, 245, 235), 0.92)
    canvas.fill(_bar(cx, foot - high * 0.47, high * 0.3, high * 0.035), inside.lighter(-0.35).rgb())
    canvas.fill(_bar(cx, foot - high * 0.41, high * 0.2, high * 0.02), inside.lighter(-0.35).rgb(), 0.7)


def _candle(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    wax = _main(brief, Colour(0.93, 0.04, 85))
    for dx, share in ((-0.3, 0.6), (0.32, 0.48), (0.0, 0.82)):
        high, x = size * share, cx + dx * size
        canvas.shadow(x, foot, high * 0.3, high * 0.05, 0.5)
        turned(canvas, "candle", x, foot, high, Stuff(wax, gloss=0.2))
        radius = high * 0.155
        canvas.fade(ellipse(x, foot - high, radius, radius * 0.16), wax.lighter(0.04).rgb(), (255, 236, 190))
        ring(canvas, [(x, foot - high), (x + 1, foot - high - size * 0.02), (x, foot - high - size * 0.04)], size * 0.008, Colour(0.25, 0.02, 50))
        canvas.shine(x, foot - high - size * 0.1, size * 0.5, (255, 170, 80), 0.55)
        flame = curve([(x, foot - high - size * 0.17), (x + size * 0.032, foot - high - size * 0.07), (x, foot - high - size * 0.03), (x - size * 0.032, foot - high - size * 0.07)], 8)
        canvas.fade(flame, (255, 214, 110), (255, 150, 60))
        canvas.fade(ellipse(x, foot - high - size * 0.065, size * 0.014, size * 0.03), (255, 250, 225), (255, 226, 150))


def _bulb(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    canvas.shine(cx, foot - size * 0.68, size * 0.75, (255, 196, 110), 0.6)
    lathe(canvas, cx, foot - size, size, _PROFILES["bulb"], Stuff(Colour(0.95, 0.07, 85), gloss=0.9, clear=0.65))
    lathe(canvas, cx, foot - size * 0.27, size * 0.25, ((0.0, 0.56), (0.9, 0.52), (1.0, 0.3)), Stuff(Colour(0.72, 0.01, 250), metal=True, gloss=0.7))
    ring(canvas, [(cx - size * 0.07, foot - size * 0.4), (cx - size * 0.1, foot - size * 0.66), (cx, foot - size * 0.58), (cx + size * 0.1, foot - size * 0.66), (cx + size * 0.07, foot - size * 0.4)], size * 0.012, Colour(0.95, 0.14, 80))
    canvas.shine(cx, foot - size * 0.62, size * 0.25, (255, 220, 150), 0.9)


def _cake(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    cream = _main(brief, Colour(0.90, 0.06, 5))
    plate = Colour(0.96, 0.01, 250)
    canvas.fade(ellipse(cx, foot, size * 0.68, size * 0.1), plate.rgb(), plate.lighter(-0.1).rgb())
    top = foot
    for wide, high, tone in ((0.52, 0.3, cream), (0.38, 0.26, cream.lighter(0.03)), (0.25, 0.2, cream)):
        h = size * high
        lathe(canvas, cx, top - h, h, ((0.0, wide / high * 0.98), (0.05, wide / high), (1.0, wide / high)), Stuff(tone, gloss=0.25))
        canvas.fade(ellipse(cx, top - h, size * wide, size * wide * 0.14), tone.lighter(-0.02).rgb(), tone.lighter(0.06).rgb())
        count = round(wide * 34)
        for index in range(count):
            angle = math.pi * index / (count - 1)
            x, y = cx + size * wide * 0.98 * math.cos(angle), top + size * wide * 0.13 * math.sin(angle) - size * 0.01
            lathe(canvas, x, y - size * 0.022, size * 0.045, _PROFILES["round"], Stuff(_second(brief, Colour(0.97, 0.02, 60)), gloss=0.3))
        top -= h * 0.985
    for dx in (-0.1, 0.0, 0.1):
        lathe(canvas, cx + dx * size, top - size * 0.06, size * 0.075, _PROFILES["round"], Stuff(Colour(0.5, 0.2, 22), gloss=0.8))


def _donut(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    glaze = _main(brief, Colour(0.76, 0.14, 355))
    y = foot - size * 0.36
    canvas.clay(ellipse(cx, y + size * 0.06, size * 0.6, size * 0.36), Colour(0.7, 0.11, 65), gloss=0.1)
    wavy = [(cx + size * (0.56 + 0.025 * math.sin(a * 9)) * math.cos(a), y - size * 0.02 + size * (0.32 + 0.02 * math.sin(a * 7)) * math.sin(a)) for a in [2 * math.pi * i / 72 for i in range(72)]]
    canvas.clay(wavy, glaze, gloss=0.4)
    canvas.fade(ellipse(cx, y - size * 0.04, size * 0.18, size * 0.085), Colour(0.4, 0.09, 55).rgb(), Colour(0.62, 0.11, 60).rgb())
    chance = brief.random("sprinkles")
    for _ in range(60):
        angle, far = chance.uniform(0, 6.28), chance.uniform(0.5, 0.9)
        x, top = cx + size * 0.56 * far * math.cos(angle), y - size * 0.03 + size * 0.3 * far * math.sin(angle)
        turn, long = chance.uniform(0, 3.1), size * 0.02
        ring(canvas, [(x - long * math.cos(turn), top - long * math.sin(turn) * 0.6), (x, top), (x + long * math.cos(turn), top + long * math.sin(turn) * 0.6)], size * 0.013,
             Colour(0.8, 0.16, chance.choice((30, 90, 150, 230, 320))))


def _bowl(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    colour = _main(brief, Colour(0.5, 0.1, 250))
    high = size * 0.48
    turned(canvas, "bowl", cx, foot, high, Stuff(colour, gloss=0.5))
    brim(canvas, cx, foot - high, high * 0.86, colour, Colour(0.74, 0.12, 70))
    chance = brief.random("food")
    for _ in range(16):
        angle, far = chance.uniform(0, 6.28), chance.random() ** 0.5 * 0.62
        x, y = cx + high * 0.86 * far * math.cos(angle), foot - high * 0.99 + high * 0.1 * far * math.sin(angle)
        piece = high * chance.uniform(0.07, 0.15)
        canvas.clay(ellipse(x, y, piece, piece * 0.6), Colour(0.7, 0.15, chance.choice((28, 60, 95, 138, 145))), gloss=0.25)


def _glass(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    drink = _main(brief, Colour(0.36, 0.15, 20))
    turned(canvas, "wine", cx, foot, size, Stuff(Colour(0.95, 0.01, 220), gloss=1.0, clear=0.9, liquid=None))
    line: Profile = ((0.0, 0.41), (0.2, 0.415), (0.55, 0.36), (0.8, 0.23), (1.0, 0.06))
    lathe(canvas, cx, foot - size * 0.82, size * 0.42, line, Stuff(drink, gloss=0.35, clear=0.25))
    canvas.fade(ellipse(cx, foot - size * 0.82, size * 0.172, size * 0.024), drink.lighter(0.1).rgb(), drink.lighter(0.2).rgb())


def _chess(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    colour = _main(brief, Colour(0.86, 0.06, 80))
    other = Colour(0.3, 0.03, 50) if colour.l > 0.5 else Colour(0.9, 0.04, 85)
    for dx, share, tone in ((-0.42, 0.62, other), (0.46, 0.7, other), (0, 1.0, colour)):
        canvas.shadow(cx + dx * size, foot, size * share * 0.34, size * share * 0.06, 0.55)
        turned(canvas, "pawn", cx + dx * size, foot, size * share, Stuff(tone, gloss=0.6))


def _trophy(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    gold = _main(brief, Colour(0.8, 0.15, 85))
    for side in (-1, 1):
        ring(canvas, [(cx + side * size * 0.27, foot - size * 0.92), (cx + side * size * 0.44, foot - size * 0.93), (cx + side * size * 0.44, foot - size * 0.72), (cx + side * size * 0.2, foot - size * 0.6)], size * 0.035, gold)
    turned(canvas, "trophy", cx, foot, size, Stuff(gold, metal=True, gloss=0.8))
    lathe(canvas, cx, foot - size * 0.2, size * 0.2, ((0.0, 1.02), (0.1, 1.08), (1.0, 1.12)), Stuff(Colour(0.25, 0.02, 60), gloss=0.5))
    brim(canvas, cx, foot - size, size * 0.3, gold, None)


def _cactus(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    green = Colour(0.55, 0.12, 150)
    pot = size * 0.36
    turned(canvas, "cactus", cx, foot - pot * 0.9, size * 0.66, Stuff(green, gloss=0.15, ribs=11))
    for side, at, high in ((-1, 0.55, 0.26), (1, 0.7, 0.3)):
        x, y = cx + side * size * 0.25, foot - size * at
        ring(canvas, [(cx + side * size * 0.12, y), (x, y + size * 0.02), (x, y - size * high * 0.4)], size * 0.1, green)
        lathe(canvas, x, y - size * high, size * high, ((0.0, 0.05), (0.06, 0.14), (0.2, 0.2), (1.0, 0.2)), Stuff(green, gloss=0.15, ribs=7))
    canvas.clay(ellipse(cx, foot - pot * 0.9 - size * 0.67, size * 0.05, size * 0.035), Colour(0.7, 0.18, 350))
    _pot(canvas, cx, foot, pot, _main(brief, Colour(0.64, 0.11, 42)))


def _pot(canvas: Canvas, cx: float, foot: float, size: float, colour: Colour) -> None:
    turned(canvas, "pot", cx, foot, size * 1.0, Stuff(colour, gloss=0.2))


def _plant(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    chance = brief.random("plant")
    pot = size * 0.4
    for index in range(17):
        side = (index / 16 - 0.5) * 2
        long = size * chance.uniform(0.42, 0.62) * (1 - 0.25 * abs(side))
        angle = side * 1.25 + chance.uniform(-0.1, 0.1)
        bx, by = cx + side * pot * 0.2, foot - pot
        tx, ty = bx + math.sin(angle) * long, by - math.cos(angle) * long
        wide = long * 0.13
        mx, my = (bx + tx) / 2 + math.cos(angle) * wide * 0.4, (by + ty) / 2 - long * 0.06
        nx, ny = math.cos(angle) * wide, math.sin(angle) * wide
        canvas.clay(curve([(bx, by), (mx + nx, my + ny), (tx, ty), (mx - nx, my - ny)], 8), Colour(0.5 + chance.uniform(-0.06, 0.08), 0.13, 142 + chance.uniform(-10, 10)), gloss=0.2)
        ring(canvas, [(bx, by), (mx, my), (tx, ty)], wide * 0.08, Colour(0.68, 0.12, 135))
    _pot(canvas, cx, foot, pot, _main(brief, Colour(0.9, 0.02, 80)))


def _flower(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    chance = brief.random("flower")
    words = brief.prompt.lower()
    petals = [c for c in brief.colours if c.c > 0.02 or c.l > 0.9] or [Colour(0.68, 0.19, 10), Colour(0.85, 0.12, 60), Colour(0.72, 0.15, 330)]
    vase = size * 0.42
    heads = ((-0.26, 0.72, 0.8), (0.28, 0.76, 0.8), (-0.12, 0.92, 0.85), (0.16, 0.58, 0.75), (0.02, 0.74, 1.0))
    if "sunflower" in words:
        petals, heads = [Colour(0.84, 0.17, 85)], heads[-3:]
    for dx, up, _ in heads:
        x, y = cx + dx * size * 1.1, foot - size * up
        ring(canvas, [(cx + dx * size * 0.12, foot - vase), (cx + dx * size * 0.7, (foot - vase + y) / 2), (x, y)], size * 0.016, Colour(0.48, 0.11, 140))
        leaf = [(cx + dx * size * 0.5, foot - vase - size * 0.04), (cx + dx * size * 1.1, foot - vase - size * 0.16), (cx + dx * size * 1.5, foot - vase - size * 0.12), (cx + dx * size, foot - vase - size * 0.03)]
        canvas.clay(curve(leaf, 8), Colour(0.5, 0.12, 142))
    for index, (dx, up, share) in enumerate(heads):
        bloom(canvas, cx + dx * size * 1.1, foot - size * up, size * 0.2 * share, petals[index % len(petals)], chance.randint(0, 9), words)
    body = _second(brief, Colour(0.9, 0.02, 220))
    lathe(canvas, cx, foot - vase, vase, ((0.0, 0.26), (0.05, 0.25), (0.3, 0.22), (0.6, 0.33), (0.85, 0.33), (1.0, 0.24)), Stuff(body, gloss=0.8, clear=0.3))


def bloom(canvas: Canvas, x: float, y: float, r: float, colour: Colour, turn: int, words: str) -> None:
    """Paint a flower head: rows of petals from outside in."""
    rose = "rose" in words or "peony" in words
    rows = ((1.0, 9), (0.8, 8), (0.6, 7), (0.42, 5)) if rose else ((1.0, 13), (0.78, 11))
    shades = [table(ramp(colour.lighter(-0.05 * level if rose else 0.04 * level), 64, 0.9)) for level in range(len(rows))]
    for level, (share, count) in enumerate(rows):
        for index in range(count):
            angle = 2 * math.pi * (index + 0.5 * level + turn / 9) / count
            long, wide = r * share, r * share * (0.5 if rose else 0.22)
            px, py = math.cos(angle), math.sin(angle)
            sx, sy = -py * wide, px * wide
            flat = 0.82
            tip = (x + px * long, y + py * long * flat)
            mid = (x + px * long * 0.66, y + py * long * 0.66 * flat)
            canvas.clay(curve([(x, y), (mid[0] + sx, mid[1] + sy * flat), tip, (mid[0] - sx, mid[1] - sy * flat)], 5), shades[level], gloss=0.06, rim=0.2)
    if not rose:
        core = Colour(0.36, 0.07, 50) if "sunflower" in words else Colour(0.82, 0.15, 85)
        canvas.clay(ellipse(x, y, r * 0.33, r * 0.28), core, gloss=0.05)


def _lamp(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    turned(canvas, "stand", cx, foot, size * 0.66, Stuff(_second(brief, Colour(0.78, 0.1, 80)), metal=True, gloss=0.7))
    canvas.shine(cx, foot - size * 0.78, size * 0.9, (255, 200, 120), 0.55)
    turned(canvas, "shade", cx, foot - size * 0.6, size * 0.4, Stuff(_main(brief, Colour(0.93, 0.07, 80)), gloss=0.05))
    canvas.shine(cx, foot - size * 0.74, size * 0.32, (255, 214, 150), 0.7)


def _teapot(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    colour = _main(brief, Colour(0.6, 0.1, 195))
    high = size * 0.6
    ring(canvas, [(cx + high * 0.5, foot - high * 0.8), (cx + high * 0.85, foot - high * 0.85), (cx + high * 0.9, foot - high * 0.45), (cx + high * 0.5, foot - high * 0.22)], high * 0.08, colour)
    canvas.clay(curve([(cx - high * 0.4, foot - high * 0.2), (cx - high * 0.7, foot - high * 0.4), (cx - high * 0.95, foot - high * 0.9), (cx - high * 0.84, foot - high * 0.94), (cx - high * 0.68, foot - high * 0.66), (cx - high * 0.45, foot - high * 0.6)], 8), colour, gloss=0.3)
    turned(canvas, "teapot", cx, foot, high, Stuff(colour, gloss=0.7))
    lathe(canvas, cx, foot - high * 1.14, high * 0.2, ((0.0, 0.1), (0.3, 0.7), (1.0, 1.05)), Stuff(colour, gloss=0.6))
    lathe(canvas, cx, foot - high * 1.26, high * 0.15, _PROFILES["round"], Stuff(_second(brief, colour), gloss=0.8))


def _cube(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    colour = _main(brief, Colour(0.62, 0.17, 25))
    s = size * 0.42
    top, y = foot - s * 1.75, foot - s * 0.35
    ax, bx = cx - s, cx + s
    canvas.fade([(ax, top + s * 0.4), (cx, top + s * 0.75), (cx, foot), (ax, y)], colour.rgb(), colour.lighter(-0.08).rgb())
    canvas.fade([(cx, top + s * 0.75), (bx, top + s * 0.4), (bx, y), (cx, foot)], colour.lighter(-0.16).rgb(), colour.lighter(-0.24).rgb())
    canvas.fade([(ax, top + s * 0.4), (cx, top + s * 0.08), (bx, top + s * 0.4), (cx, top + s * 0.75)], colour.lighter(0.12).rgb(), colour.lighter(0.06).rgb())
    band = _second(brief, Colour(0.92, 0.07, 90))
    w = s * 0.13
    canvas.fade([(cx - s / 2 - w, top + s * 0.57 - w * 0.3), (cx - s / 2 + w, top + s * 0.57 + w * 0.4), (cx - s / 2 + w, foot - s * 0.17 + w * 0.3), (cx - s / 2 - w, foot - s * 0.17 - w * 0.4)], band.rgb(), band.lighter(-0.1).rgb())
    canvas.fade([(cx + s / 2 - w, top + s * 0.57 + w * 0.4), (cx + s / 2 + w, top + s * 0.57 - w * 0.3), (cx + s / 2 + w, foot - s * 0.17 - w * 0.4), (cx + s / 2 - w, foot - s * 0.17 + w * 0.3)], band.lighter(-0.14).rgb(), band.lighter(-0.22).rgb())
    for flip in (-1, 1):
        canvas.fill([(cx - flip * (s / 2 + w), top + s * 0.57 - w * 0.3), (cx - flip * (s / 2 - w), top + s * 0.57 + w * 0.4), (cx + flip * (s / 2 + w), top + s * 0.24 + w * 0.35), (cx + flip * (s / 2 - w), top + s * 0.24 - w * 0.35)], band.lighter(0.03).rgb())
    for side in (-1, 1):
        canvas.clay(curve([(cx, top + s * 0.4), (cx + side * s * 0.15, top + s * 0.1), (cx + side * s * 0.5, top - s * 0.05), (cx + side * s * 0.55, top + s * 0.25), (cx + side * s * 0.2, top + s * 0.42)], 8), band, gloss=0.2)
    canvas.clay(ellipse(cx, top + s * 0.39, s * 0.11, s * 0.09), band.lighter(-0.06))


def _phone(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    w, corner = size * 0.24, size * 0.05
    body = _main(brief, Colour(0.3, 0.02, 260))

    def slab(grow: float) -> list[tuple[float, float]]:
        left, right, top, low, c = cx - w - grow, cx + w + grow, foot - size - grow, foot + grow, corner + grow
        points: list[tuple[float, float]] = []
        for ox, oy, begin in ((right - c, top + c, -90), (right - c, low - c, 0), (left + c, low - c, 90), (left + c, top + c, 180)):
            points += [(ox + c * math.cos(math.radians(begin + a)), oy + c * math.sin(math.radians(begin + a))) for a in range(0, 91, 10)]
        return points

    canvas.fade(slab(size * 0.018), body.lighter(0.35).rgb(), body.lighter(0.1).rgb())
    canvas.fade(slab(size * 0.008), body.rgb(), body.lighter(-0.1).rgb())
    colours = brief.palette
    canvas.fade(slab(-size * 0.012), colours.main.lighter(0.1).rgb(), colours.accent.lighter(-0.1).rgb())
    canvas.fill(ellipse(cx, foot - size * 0.955, size * 0.045, size * 0.013), (8, 8, 12))
    for row in range(4):
        for column in range(3):
            x, y, r = cx + (column - 1) * w * 0.58, foot - size * (0.72 - row * 0.15), w * 0.2
            canvas.fade(ellipse(x, y, r, r), Colour(0.92, 0.06, (row * 90 + column * 40) % 360).rgb(), Colour(0.7, 0.16, (row * 90 + column * 40) % 360).rgb(), 0.9)
    canvas.fill([(cx - w * 0.9, foot - size * 0.98), (cx - w * 0.2, foot - size * 0.98), (cx - w * 0.75, foot - size * 0.03), (cx - w * 0.95, foot - size * 0.03)], (255, 255, 255), 0.13)


def _watch(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    strap, metal = _main(brief, Colour(0.4, 0.07, 50)), Colour(0.8, 0.02, 240)
    y, r = foot - size * 0.5, size * 0.32
    canvas.clay(curve([(cx - r * 0.55, y - r * 0.8), (cx - r * 0.45, foot - size * 1.05), (cx + r * 0.45, foot - size * 1.05), (cx + r * 0.55, y - r * 0.8), (cx + r * 0.55, y + r * 0.8), (cx + r * 0.45, foot + size * 0.03), (cx - r * 0.45, foot + size * 0.03), (cx - r * 0.55, y + r * 0.8)], 4), strap, gloss=0.1)
    canvas.clay(ellipse(cx, y, r, r, 72), metal, gloss=0.6)
    canvas.clay(ellipse(cx + r * 1.06, y, r * 0.1, r * 0.09), metal)
    face = _second(brief, Colour(0.22, 0.04, 260))
    canvas.fade(ellipse(cx, y, r * 0.84, r * 0.84, 72), face.lighter(0.1).rgb(), face.rgb())
    for hour in range(12):
        a = math.radians(hour * 30)
        ring(canvas, [(cx + math.sin(a) * r * k, y - math.cos(a) * r * k) for k in (0.66, 0.71, 0.76)], r * 0.04, Colour(0.95, 0.02, 90))
    for angle, long, thick in ((305, 0.42, 0.055), (60, 0.62, 0.04), (180, 0.66, 0.015)):
        a = math.radians(angle)
        ring(canvas, [(cx, y), (cx + math.sin(a) * r * long / 2, y - math.cos(a) * r * long / 2), (cx + math.sin(a) * r * long, y - math.cos(a) * r * long)], r * thick, Colour(0.95, 0.02, 90))
    canvas.fill(ellipse(cx, y, r * 0.05, r * 0.05), (230, 230, 235))


THINGS: dict[str, Thing] = {
    "perfume": _perfume, "bottle": _bottle, "mug": _mug, "vase": _vase, "sphere": _sphere, "jar": _jar, "candle": _candle,
    "apple": _fruit("apple", Colour(0.55, 0.2, 27), 0.10), "orange": _fruit("orange", Colour(0.73, 0.17, 58), 0.05),
    "lemon": _fruit("lemon", Colour(0.89, 0.17, 100), 0.05), "pear": _fruit("pear", Colour(0.78, 0.15, 115), 0.09),
    "pumpkin": _pumpkin, "bulb": _bulb, "cake": _cake, "donut": _donut, "bowl": _bowl, "glass": _glass, "chess": _chess,
    "trophy": _trophy, "cactus": _cactus, "plant": _plant, "flower": _flower, "lamp": _lamp, "teapot": _teapot, "cube": _cube,
    "phone": _phone, "watch": _watch, "egg": _simple("egg", Colour(0.9, 0.04, 70), gloss=0.25, rough=0.04),
}
