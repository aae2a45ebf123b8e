"""Fruit, flowers and plants for product pictures."""

# ruff: noqa: ARG001, PLR0917 - what is drawn takes place, size and light in one order, needed or not
# Outlines stand as rows of points.
# fmt: off

import math

from kie.emulator.media.brief import Brief
from kie.emulator.media.canvas import Canvas, curve, ellipse, shades
from kie.emulator.media.palette import Colour
from kie.emulator.media.scenes.shelf import Thing, main, pot, second, turned
from kie.emulator.media.scenes.solid import Stuff, lathe, ring


def fruit(name: str, colour: Colour, rough: float) -> Thing:
    """Return what paints three pieces of a fruit."""

    def paint(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
        chance = brief.random("fruit")
        own = colour if name in {"orange", "lemon"} else main(brief, colour)
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
                ring(canvas, [(x, y - high * 0.96), (x + stem * 0.4, y - high * 1.05), (x + stem, y - high * 1.13)],
                     high * 0.028, Colour(0.36, 0.05, 60))
                leaf = curve([(x + stem * 0.5, y - high * 1.05), (x + high * 0.14, y - high * 1.18),
                              (x + high * 0.34, y - high * 1.15), (x + high * 0.18, y - high * 1.04)], 8)
                canvas.clay(leaf, Colour(0.55, 0.14, 140), gloss=0.15)

    return paint


def pumpkin(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    """Paint a pumpkin."""
    colour = Colour(0.68, 0.17, 52)
    lathe(canvas, cx, foot - size * 0.68, size * 0.68, ((0.04, 0.05), (0.0, 0.2), (0.06, 0.42), (0.25, 0.6),
                                                        (0.5, 0.65), (0.75, 0.58), (0.93, 0.38), (1.0, 0.2)),
          Stuff(colour, gloss=0.3, ribs=9, rough=0.08))
    ring(canvas, [(cx, foot - size * 0.64), (cx + size * 0.02, foot - size * 0.74),
                  (cx + size * 0.08, foot - size * 0.82)], size * 0.06, Colour(0.42, 0.07, 110))


def cactus(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    """Paint a cactus in its pot."""
    green = Colour(0.55, 0.12, 150)
    clay = size * 0.36
    turned(canvas, "cactus", cx, foot - clay * 0.9, size * 0.66, Stuff(green, gloss=0.15, ribs=11))
    for side, at, high in ((-1, 0.55, 0.26), (1, 0.7, 0.3)):
        x, y = cx + side * size * 0.25, foot - size * at
        ring(canvas, [(cx + side * size * 0.12, y), (x, y + size * 0.02), (x, y - size * high * 0.4)], size * 0.1,
             green)
        lathe(canvas, x, y - size * high, size * high, ((0.0, 0.05), (0.06, 0.14), (0.2, 0.2), (1.0, 0.2)),
              Stuff(green, gloss=0.15, ribs=7))
    canvas.clay(ellipse(cx, foot - clay * 0.9 - size * 0.67, size * 0.05, size * 0.035), Colour(0.7, 0.18, 350))
    pot(canvas, cx, foot, clay, main(brief, Colour(0.64, 0.11, 42)))


def plant(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    """Paint a pot plant."""
    chance = brief.random("plant")
    clay = size * 0.4
    for index in range(17):
        side = (index / 16 - 0.5) * 2
        long = size * chance.uniform(0.42, 0.62) * (1 - 0.25 * abs(side))
        angle = side * 1.25 + chance.uniform(-0.1, 0.1)
        bx, by = cx + side * clay * 0.2, foot - clay
        tx, ty = bx + math.sin(angle) * long, by - math.cos(angle) * long
        wide = long * 0.13
        tone = Colour(0.5 + chance.uniform(-0.06, 0.08), 0.13, 142 + chance.uniform(-10, 10))
        canvas.leaf((bx, by), (tx, ty), wide, tone, belly=0.5)
        nx, ny = math.cos(angle) * wide * 0.05, math.sin(angle) * wide * 0.05
        canvas.fill([(bx + nx, by + ny), (bx - nx, by - ny), (tx, ty)], tone.lighter(0.16).rgb(), 0.7)
    pot(canvas, cx, foot, clay, main(brief, Colour(0.9, 0.02, 80)))


def flower(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    """Paint a bouquet in a vase."""
    chance = brief.random("flower")
    words = brief.prompt.lower()
    petals = [c for c in brief.colours if c.c > 0.02 or c.l > 0.9] or [Colour(0.68, 0.19, 10), Colour(0.85, 0.12, 60),
        Colour(0.72, 0.15, 330)]
    vase = size * 0.42
    heads: tuple[tuple[float, float, float], ...] = ((-0.26, 0.72, 0.8), (0.28, 0.76, 0.8), (-0.12, 0.92, 0.85),
                                                     (0.16, 0.58, 0.75), (0.02, 0.74, 1.0))
    if "sunflower" in words:
        petals, heads = [Colour(0.84, 0.17, 85)], heads[-3:]
    for dx, up, _ in heads:
        x, y = cx + dx * size * 1.1, foot - size * up
        ring(canvas, [(cx + dx * size * 0.12, foot - vase), (cx + dx * size * 0.7, (foot - vase + y) / 2), (x, y)],
             size * 0.016, Colour(0.48, 0.11, 140))
        leaf = [(cx + dx * size * 0.5, foot - vase - size * 0.04), (cx + dx * size * 1.1, foot - vase - size * 0.16),
                (cx + dx * size * 1.5, foot - vase - size * 0.12), (cx + dx * size, foot - vase - size * 0.03)]
        canvas.clay(curve(leaf, 8), Colour(0.5, 0.12, 142))
    for index, (dx, up, share) in enumerate(heads):
        bloom(canvas, cx + dx * size * 1.1, foot - size * up, size * 0.2 * share, petals[index % len(petals)],
              chance.randint(0, 9), words)
    body = second(brief, Colour(0.9, 0.02, 220))
    lathe(canvas, cx, foot - vase, vase, ((0.0, 0.26), (0.05, 0.25), (0.3, 0.22), (0.6, 0.33), (0.85, 0.33),
                                          (1.0, 0.24)), Stuff(body, gloss=0.8, clear=0.3))


def bloom(canvas: Canvas, x: float, y: float, r: float, colour: Colour, turn: int, words: str) -> None:
    """Paint a flower head: rows of petals from outside in."""
    rose = "rose" in words or "peony" in words
    rows = ((1.0, 8), (0.8, 7), (0.6, 6), (0.42, 4)) if rose else ((1.0, 13), (0.78, 11))
    tones = [shades(colour.lighter(-0.05 * level if rose else 0.04 * level), 0.9) for level in range(len(rows))]
    flat = 0.82
    for level, (share, count) in enumerate(rows):
        for index in range(count):
            angle = 2 * math.pi * (index + 0.5 * level + turn / 9) / count
            long, wide = r * share, r * share * (0.5 if rose else 0.24)
            tip = (x + math.cos(angle) * long, y + math.sin(angle) * long * flat)
            canvas.leaf((x, y), tip, wide, tones[level], belly=0.68)
    if not rose:
        core = Colour(0.36, 0.07, 50) if "sunflower" in words else Colour(0.82, 0.15, 85)
        canvas.clay(ellipse(x, y, r * 0.33, r * 0.28), core, gloss=0.05)
