"""The objects of product pictures: vessels, sweets, candles and the list of all things."""

# ruff: noqa: ARG001 - what is drawn takes place, size and light in one order, needed or not
# Outlines stand as rows of points.
# fmt: off

import math

from kie.emulator.media.brief import Brief
from kie.emulator.media.canvas import Canvas, curve, ellipse
from kie.emulator.media.palette import Colour
from kie.emulator.media.scenes.flora import cactus, flower, fruit, plant, pumpkin
from kie.emulator.media.scenes.gear import cube, lamp, phone, teapot, watch
from kie.emulator.media.scenes.shelf import PROFILES, Thing, bar, main, second, turned
from kie.emulator.media.scenes.solid import Profile, Stuff, brim, lathe, ring
from kie.emulator.media.scenes.treats import TREATS, horns
from kie.emulator.media.scenes.wares import WARES


def _bottle(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    glass = main(brief, Colour(0.42, 0.09, 145))
    turned(canvas, "bottle", cx, foot, size, Stuff(glass, gloss=0.9, clear=0.45, liquid=glass.lighter(-0.08),
                                                   level=0.33))
    label = second(brief, Colour(0.94, 0.025, 85))
    lathe(canvas, cx, foot - size * 0.38, size * 0.24, ((0.0, 0.63), (1.0, 0.63)), Stuff(label, gloss=0.1))
    for row, wide in ((0.30, 0.16), (0.265, 0.11), (0.21, 0.13)):
        canvas.fill(bar(cx, foot - size * row, size * wide, size * 0.012), label.lighter(-0.5).rgb(), 0.75)
    lathe(canvas, cx, foot - size * 1.015, size * 0.13, ((0.0, 0.42), (0.1, 0.45), (1.0, 0.45)),
          Stuff(second(brief, Colour(0.72, 0.11, 80)), gloss=0.6, metal=True))


def _perfume(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    body = main(brief, Colour(0.82, 0.09, 20))
    metal = second(brief, Colour(0.82, 0.09, 85))
    kind = brief.random("perfume").randrange(3)
    profiles: tuple[Profile, ...] = (((0.0, 0.30), (0.03, 0.36), (0.1, 0.39), (0.9, 0.39), (0.97, 0.37), (1.0, 0.34)),
                                     ((0.0, 0.12), (0.06, 0.22), (0.2, 0.40), (0.45, 0.5), (0.7, 0.46), (0.92, 0.32),
                                      (1.0, 0.27)), ((0.0, 0.2), (0.05, 0.3), (0.18, 0.38), (0.6, 0.42), (0.95, 0.44),
                                                     (1.0, 0.43)))
    high = size * 0.7
    flat = (4.0, 1.0, 2.4)[kind]
    lathe(canvas, cx, foot - high, high, profiles[kind], Stuff(body, gloss=0.95, clear=0.62, flat=flat, liquid=body,
        level=0.2))
    canvas.fill(bar(cx, foot - high * 0.9, size * 0.012, high * 0.82), metal.lighter(0.1).rgb(), 0.5)
    neck = size * 0.06
    lathe(canvas, cx, foot - high - neck * 0.9, neck, ((0.0, 1.25), (1.0, 1.25)), Stuff(metal, gloss=0.8, metal=True))
    cap = size * 0.22
    cap_profile: Profile = ((0.0, 0.40), (0.05, 0.46), (0.95, 0.46), (1.0, 0.44)) if kind != 1 else PROFILES["round"]
    lathe(canvas, cx, foot - high - neck - cap * 0.92, cap, cap_profile,
          Stuff(metal, gloss=0.7, metal=True, flat=1.0 if kind == 1 else 2.0))
    label = size * 0.17
    canvas.fill(bar(cx, foot - high * 0.52, label * 1.25, label * 0.55), (250, 246, 238), 0.62)
    canvas.fill(bar(cx, foot - high * 0.47, label * 0.8, label * 0.07), body.lighter(-0.4).rgb(), 0.8)
    canvas.fill(bar(cx, foot - high * 0.425, label * 0.5, label * 0.045), body.lighter(-0.4).rgb(), 0.6)


def _mug(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    colour = main(brief, Colour(0.88, 0.03, 80))
    if colour.l < 0.5 and colour.h == 55:
        colour = Colour(0.9, 0.02, 80)
    high = size * 0.62
    top = foot - high
    saucer = size * 0.06
    lathe(canvas, cx, foot - saucer * 0.3, saucer, ((0.0, 8.2), (0.4, 7.4), (1.0, 4.0)),
          Stuff(colour.lighter(0.03), gloss=0.3))
    canvas.fade(ellipse(cx, foot - saucer * 0.3, saucer * 7.6, saucer * 1.0), colour.lighter(-0.04).rgb(),
                colour.lighter(0.05).rgb())
    canvas.shadow(cx, foot - saucer * 0.1, high * 0.5, saucer * 0.8, 0.5)
    ring(canvas, [(cx + high * 0.33, top + high * 0.2), (cx + high * 0.56, top + high * 0.18),
                  (cx + high * 0.62, top + high * 0.45), (cx + high * 0.5, top + high * 0.68),
                  (cx + high * 0.32, top + high * 0.74)], high * 0.085, colour)
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
            canvas.shadow(x + sway + lean * t, top - high * (0.05 + 0.75 * t), high * (0.05 + 0.09 * t), high * 0.07,
                          0.09 * (1 - t), (255, 255, 255))


def _simple(name: str, otherwise: Colour, **stuff: float) -> Thing:
    def paint(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
        turned(canvas, name, cx, foot, size, Stuff(main(brief, otherwise), **stuff))  # type: ignore[arg-type]

    return paint


def _vase(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    colour = main(brief, Colour(0.55, 0.11, 235))
    turned(canvas, "vase", cx, foot, size, Stuff(colour, gloss=0.6, rough=0.12))
    brim(canvas, cx, foot - size, size * 0.15, colour, None)
    band = second(brief, colour.lighter(0.25))
    for t, r, thick in ((0.30, 0.150, 0.012), (0.335, 0.18, 0.012)):
        line = ellipse(cx, foot - size * (1 - t), size * r, size * r * 0.14, 40)[:21]
        ring(canvas, line[::4], size * thick, band)


def _sphere(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    colour = main(brief, brief.palette.main)
    words = brief.prompt.lower()
    metal = any(word in words for word in ("chrome", "metal", "gold", "silver", "steel"))
    clear = 0.75 if any(word in words for word in ("glass", "crystal", "bubble", "transparent")) else 0.0
    turned(canvas, "round", cx, foot, size * 0.82, Stuff(colour, gloss=0.8, metal=metal, clear=clear, rough=0.05))


def _jar(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    inside = main(brief, Colour(0.72, 0.15, 70))
    high = size * 0.76
    turned(canvas, "jar", cx, foot, high, Stuff(Colour(0.93, 0.02, 200), gloss=0.9, clear=0.78, liquid=inside,
                                                level=0.2))
    lathe(canvas, cx, foot - high - size * 0.1, size * 0.14, ((0.0, 1.66), (0.08, 1.76), (0.95, 1.76), (1.0, 1.7)),
          Stuff(second(brief, Colour(0.78, 0.1, 82)), gloss=0.6, metal=True))
    canvas.fill(bar(cx, foot - high * 0.56, high * 0.5, high * 0.27), (250, 245, 235), 0.92)
    canvas.fill(bar(cx, foot - high * 0.47, high * 0.3, high * 0.035), inside.lighter(-0.35).rgb())
    canvas.fill(bar(cx, foot - high * 0.41, high * 0.2, high * 0.02), inside.lighter(-0.35).rgb(), 0.7)


def _candle(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    wax = main(brief, Colour(0.93, 0.04, 85))
    for dx, share in ((-0.3, 0.6), (0.32, 0.48), (0.0, 0.82)):
        high, x = size * share, cx + dx * size
        canvas.shadow(x, foot, high * 0.3, high * 0.05, 0.5)
        turned(canvas, "candle", x, foot, high, Stuff(wax, gloss=0.2))
        radius = high * 0.155
        canvas.fade(ellipse(x, foot - high, radius, radius * 0.16), wax.lighter(0.04).rgb(), (255, 236, 190))
        ring(canvas, [(x, foot - high), (x + 1, foot - high - size * 0.02), (x, foot - high - size * 0.04)],
             size * 0.008, Colour(0.25, 0.02, 50))
        canvas.shine(x, foot - high - size * 0.1, size * 0.5, (255, 170, 80), 0.55)
        flame = curve([(x, foot - high - size * 0.17), (x + size * 0.032, foot - high - size * 0.07),
                       (x, foot - high - size * 0.03), (x - size * 0.032, foot - high - size * 0.07)], 8)
        canvas.fade(flame, (255, 214, 110), (255, 150, 60))
        canvas.fade(ellipse(x, foot - high - size * 0.065, size * 0.014, size * 0.03), (255, 250, 225),
                    (255, 226, 150))


def _bulb(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    canvas.shine(cx, foot - size * 0.68, size * 0.75, (255, 196, 110), 0.6)
    lathe(canvas, cx, foot - size, size, PROFILES["bulb"], Stuff(Colour(0.95, 0.07, 85), gloss=0.9, clear=0.65))
    lathe(canvas, cx, foot - size * 0.27, size * 0.25, ((0.0, 0.56), (0.9, 0.52), (1.0, 0.3)),
          Stuff(Colour(0.72, 0.01, 250), metal=True, gloss=0.7))
    ring(canvas, [(cx - size * 0.07, foot - size * 0.4), (cx - size * 0.1, foot - size * 0.66),
                  (cx, foot - size * 0.58), (cx + size * 0.1, foot - size * 0.66),
                  (cx + size * 0.07, foot - size * 0.4)], size * 0.012, Colour(0.95, 0.14, 80))
    canvas.shine(cx, foot - size * 0.62, size * 0.25, (255, 220, 150), 0.9)


def _cake(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    cream = main(brief, Colour(0.90, 0.06, 5))
    plate = Colour(0.96, 0.01, 250)
    canvas.fade(ellipse(cx, foot, size * 0.68, size * 0.1), plate.rgb(), plate.lighter(-0.1).rgb())
    top = foot
    for wide, high, tone in ((0.52, 0.3, cream), (0.38, 0.26, cream.lighter(0.03)), (0.25, 0.2, cream)):
        h = size * high
        lathe(canvas, cx, top - h, h, ((0.0, wide / high * 0.98), (0.05, wide / high), (1.0, wide / high)),
              Stuff(tone, gloss=0.25))
        canvas.fade(ellipse(cx, top - h, size * wide, size * wide * 0.14), tone.lighter(-0.02).rgb(),
                    tone.lighter(0.06).rgb())
        count = round(wide * 34)
        for index in range(count):
            angle = math.pi * index / (count - 1)
            x, y = cx + size * wide * 0.98 * math.cos(angle), top + size * wide * 0.13 * math.sin(angle) - size * 0.01
            lathe(canvas, x, y - size * 0.022, size * 0.045, PROFILES["round"],
                  Stuff(second(brief, Colour(0.97, 0.02, 60)), gloss=0.3))
        top -= h * 0.985
    for dx in (-0.1, 0.0, 0.1):
        lathe(canvas, cx + dx * size, top - size * 0.06, size * 0.075, PROFILES["round"],
              Stuff(Colour(0.5, 0.2, 22), gloss=0.8))


def _donut(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    glaze = main(brief, Colour(0.76, 0.14, 355))
    y = foot - size * 0.36
    canvas.clay(ellipse(cx, y + size * 0.06, size * 0.6, size * 0.36), Colour(0.7, 0.11, 65), gloss=0.1)
    turns = [2 * math.pi * index / 72 for index in range(72)]
    wavy = [(cx + size * (0.56 + 0.025 * math.sin(a * 9)) * math.cos(a),
             y - size * 0.02 + size * (0.32 + 0.02 * math.sin(a * 7)) * math.sin(a)) for a in turns]
    canvas.clay(wavy, glaze, gloss=0.4)
    canvas.fade(ellipse(cx, y - size * 0.04, size * 0.18, size * 0.085), Colour(0.4, 0.09, 55).rgb(),
                Colour(0.62, 0.11, 60).rgb())
    chance = brief.random("sprinkles")
    for _ in range(60):
        angle, far = chance.uniform(0, 6.28), chance.uniform(0.5, 0.9)
        x, top = cx + size * 0.56 * far * math.cos(angle), y - size * 0.03 + size * 0.3 * far * math.sin(angle)
        turn, long = chance.uniform(0, 3.1), size * 0.02
        ring(canvas, [(x - long * math.cos(turn), top - long * math.sin(turn) * 0.6), (x, top),
                      (x + long * math.cos(turn), top + long * math.sin(turn) * 0.6)], size * 0.013,
             Colour(0.8, 0.16, chance.choice((30, 90, 150, 230, 320))))


def _bowl(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    colour = main(brief, Colour(0.5, 0.1, 250))
    high = size * 0.48
    turned(canvas, "bowl", cx, foot, high, Stuff(colour, gloss=0.5))
    brim(canvas, cx, foot - high, high * 0.86, colour, Colour(0.74, 0.12, 70))
    chance = brief.random("food")
    for _ in range(16):
        angle, far = chance.uniform(0, 6.28), chance.random() ** 0.5 * 0.62
        x, y = cx + high * 0.86 * far * math.cos(angle), foot - high * 0.99 + high * 0.1 * far * math.sin(angle)
        piece = high * chance.uniform(0.07, 0.15)
        canvas.clay(ellipse(x, y, piece, piece * 0.6), Colour(0.7, 0.15, chance.choice((28, 60, 95, 138, 145))),
                    gloss=0.25)


def _glass(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    drink = main(brief, Colour(0.36, 0.15, 20))
    turned(canvas, "wine", cx, foot, size, Stuff(Colour(0.95, 0.01, 220), gloss=1.0, clear=0.9, liquid=None))
    line: Profile = ((0.0, 0.41), (0.2, 0.415), (0.55, 0.36), (0.8, 0.23), (1.0, 0.06))
    lathe(canvas, cx, foot - size * 0.82, size * 0.42, line, Stuff(drink, gloss=0.35, clear=0.25))
    canvas.fade(ellipse(cx, foot - size * 0.82, size * 0.172, size * 0.024), drink.lighter(0.1).rgb(),
                drink.lighter(0.2).rgb())


def _chess(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    colour = main(brief, Colour(0.86, 0.06, 80))
    other = Colour(0.3, 0.03, 50) if colour.l > 0.5 else Colour(0.9, 0.04, 85)
    for dx, share, tone in ((-0.42, 0.62, other), (0.46, 0.7, other), (0.0, 1.0, colour)):
        canvas.shadow(cx + dx * size, foot, size * share * 0.34, size * share * 0.06, 0.55)
        turned(canvas, "pawn", cx + dx * size, foot, size * share, Stuff(tone, gloss=0.6))


def _trophy(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    gold = main(brief, Colour(0.8, 0.15, 85))
    for side in (-1, 1):
        ring(canvas, [(cx + side * size * 0.27, foot - size * 0.92), (cx + side * size * 0.44, foot - size * 0.93),
                      (cx + side * size * 0.44, foot - size * 0.72), (cx + side * size * 0.2, foot - size * 0.6)],
             size * 0.035, gold)
    turned(canvas, "trophy", cx, foot, size, Stuff(gold, metal=True, gloss=0.8))
    lathe(canvas, cx, foot - size * 0.2, size * 0.2, ((0.0, 1.02), (0.1, 1.08), (1.0, 1.12)),
          Stuff(Colour(0.25, 0.02, 60), gloss=0.5))
    brim(canvas, cx, foot - size, size * 0.3, gold, None)


def _brunch(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    _mug(canvas, brief, cx - size * 0.3, foot - size * 0.03, size * 0.85)
    canvas.shadow(cx + size * 0.42, foot + size * 0.05, size * 0.4, size * 0.05, 0.5)
    horns(canvas, cx + size * 0.42, foot + size * 0.03, size * 0.62)


THINGS: dict[str, Thing] = {"perfume": _perfume, "bottle": _bottle, "mug": _mug, "vase": _vase, "sphere": _sphere,
                            "jar": _jar, "candle": _candle, "apple": fruit("apple", Colour(0.55, 0.2, 27), 0.10),
                            "orange": fruit("orange", Colour(0.73, 0.17, 58), 0.05),
                            "lemon": fruit("lemon", Colour(0.89, 0.17, 100), 0.05),
                            "pear": fruit("pear", Colour(0.78, 0.15, 115), 0.09), "pumpkin": pumpkin, "bulb": _bulb,
                            "cake": _cake, "donut": _donut, "bowl": _bowl, "glass": _glass, "chess": _chess,
                            "trophy": _trophy, "cactus": cactus, "plant": plant, "flower": flower, "lamp": lamp,
                            "teapot": teapot, "cube": cube, "phone": phone, "watch": watch,
                            "egg": _simple("egg", Colour(0.9, 0.04, 70), gloss=0.25, rough=0.04),
                            "brunch": _brunch, **TREATS, **WARES}
