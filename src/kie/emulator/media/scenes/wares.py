"""Things one wears, carries and works with, for product pictures."""


# Outlines stand as rows of points.
# fmt: off

import math

from kie.emulator.media.brief import Brief
from kie.emulator.media.canvas import Canvas, Points, curve, ellipse
from kie.emulator.media.palette import Colour
from kie.emulator.media.scenes.shelf import Thing, main, second
from kie.emulator.media.scenes.solid import Stuff, lathe, ring


def shoe(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    """Paint a running shoe."""
    upper, sole = main(brief, Colour(0.6, 0.19, 25)), Colour(0.96, 0.008, 90)
    if upper.l > 0.93:
        upper, sole = Colour(0.9, 0.01, 250), Colour(0.62, 0.16, 255)
    s = size * 0.8

    def at(points: Points) -> list[tuple[float, float]]:
        return [(cx + px * s, foot + py * s) for px, py in points]

    canvas.shadow(cx, foot, s * 0.85, s * 0.08, 0.6)
    canvas.clay(curve(at([(-0.68, -0.30), (-0.70, -0.62), (-0.55, -0.66), (-0.32, -0.58), (-0.16, -0.66), (0.0, -0.52),
                          (0.24, -0.38), (0.52, -0.28), (0.70, -0.17),
                          (0.70, -0.08), (0.0, -0.06), (-0.66, -0.08)]), 8), upper, gloss=0.15)
    canvas.clay(curve(at([(-0.62, -0.62), (-0.32, -0.56), (-0.18, -0.62), (-0.24, -0.5), (-0.42, -0.47),
                          (-0.58, -0.52)]), 6), Colour(0.24, 0.01, 260), gloss=0)
    canvas.clay(curve(at([(-0.20, -0.66), (-0.08, -0.68), (0.12, -0.47), (0.22, -0.37), (0.1, -0.38), (-0.1, -0.54)]),
                      6), upper.lighter(0.12), gloss=0.05)
    for k in range(5):
        x, y = -0.14 + k * 0.072, -0.61 + k * 0.05
        ring(canvas, at([(x - 0.02, y - 0.02), (x + 0.03, y + 0.02), (x + 0.03, y + 0.08)]), s * 0.022, Colour(0.97,
            0.005, 90))
    swoosh = curve(at([(-0.46, -0.2), (-0.2, -0.14), (0.1, -0.22), (0.36, -0.33), (0.1, -0.27), (-0.16, -0.24),
                       (-0.36, -0.3)]), 8)
    canvas.clay(swoosh, second(brief, Colour(0.98, 0.005, 90) if upper.l < 0.8 else Colour(0.3, 0.02, 260)), gloss=0.1)
    canvas.clay(curve(at([(0.42, -0.29), (0.62, -0.21), (0.71, -0.12), (0.5, -0.12)]), 6), upper.lighter(-0.12),
                gloss=0.1)
    canvas.clay(curve(at([(-0.72, -0.13), (-0.4, -0.11), (0.0, -0.12), (0.5, -0.11), (0.75, -0.13), (0.76, -0.05),
                          (0.6, 0.0), (-0.6, 0.0), (-0.74, -0.04)]), 7), sole, gloss=0.15)
    canvas.fill(curve(at([(-0.72, -0.035), (0.0, -0.045), (0.74, -0.045), (0.6, 0.0), (-0.6, 0.0)]), 5),
                upper.lighter(-0.2).rgb(), 0.8)


def headphones(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    """Paint headphones that stand on their cups."""
    tone = main(brief, Colour(0.3, 0.015, 260))
    y = foot - size * 0.3
    band = [(cx + size * 0.43 * math.cos(a),
             y - size * 0.02 - size * 0.52 * math.sin(a)) for a in [math.pi * k / 12 for k in range(13)]]
    ring(canvas, band, size * 0.085, tone.lighter(0.04))
    ring(canvas, [(cx + (px - cx) * 0.9, y + (py - y) * 0.9) for px, py in band[3:10]], size * 0.055,
         tone.lighter(-0.1))
    for side in (-1, 1):
        x = cx + side * size * 0.41
        canvas.clay(ellipse(x - side * size * 0.06, y + size * 0.06, size * 0.10, size * 0.215, 56), Colour(0.2, 0.01,
            260), gloss=0.1)
        canvas.clay(ellipse(x + side * size * 0.03, y + size * 0.05, size * 0.105, size * 0.205, 56), tone, gloss=0.5)
        canvas.clay(ellipse(x + side * size * 0.05, y + size * 0.05, size * 0.06, size * 0.13, 48), tone.lighter(0.1),
                    gloss=0.6)
        ring(canvas, [(x, y - size * 0.16), (x + side * size * 0.02, y - size * 0.08), (x + side * size * 0.01, y)],
             size * 0.035, Colour(0.78, 0.01, 250))


def laptop(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    """Paint an open laptop."""
    metal, s = main(brief, Colour(0.82, 0.006, 250)), size
    canvas.clay([(cx - s * 0.52, foot - s * 0.72), (cx + s * 0.52, foot - s * 0.72), (cx + s * 0.55, foot - s * 0.08),
                 (cx - s * 0.55, foot - s * 0.08)],
                Colour(0.2, 0.005, 260), gloss=0.2, round_=0.1)
    glow = brief.palette
    canvas.fade([(cx - s * 0.49, foot - s * 0.69), (cx + s * 0.49, foot - s * 0.69), (cx + s * 0.515, foot - s * 0.12),
                 (cx - s * 0.515, foot - s * 0.12)],
                glow.main.lighter(0.15).rgb(), glow.accent.rgb())
    hills = curve([(cx - s * 0.515, foot - s * 0.12), (cx - s * 0.505, foot - s * 0.3),
                   (cx - s * 0.2, foot - s * 0.42), (cx + s * 0.1, foot - s * 0.26),
                   (cx + s * 0.3, foot - s * 0.38), (cx + s * 0.508, foot - s * 0.3),
                   (cx + s * 0.515, foot - s * 0.12)], 6, closed=False)
    canvas.fill(hills, glow.main.lighter(-0.15).rgb(), 0.8)
    canvas.fill([(cx - s * 0.49, foot - s * 0.69), (cx + s * 0.1, foot - s * 0.69), (cx - s * 0.25, foot - s * 0.12),
                 (cx - s * 0.515, foot - s * 0.12)], (255, 255, 255), 0.1)
    deck = [(cx - s * 0.55, foot - s * 0.08), (cx + s * 0.55, foot - s * 0.08), (cx + s * 0.66, foot + s * 0.06),
            (cx - s * 0.66, foot + s * 0.06)]
    canvas.clay(deck, metal, gloss=0.2, round_=0.15)
    canvas.fill([(cx - s * 0.46, foot - s * 0.065), (cx + s * 0.46, foot - s * 0.065),
                 (cx + s * 0.52, foot + s * 0.005), (cx - s * 0.52, foot + s * 0.005)], (46, 48, 54))
    for row in range(4):
        y = foot - s * (0.06 - row * 0.0175)
        half = 0.455 + row * 0.014
        for k in range(14):
            x = cx + s * half * (2 * (k + 0.5) / 14 - 1)
            canvas.fill([(x - s * 0.025, y), (x + s * 0.025, y), (x + s * 0.025, y + s * 0.011),
                         (x - s * 0.025, y + s * 0.011)], (84, 88, 96))
    canvas.fill([(cx - s * 0.15, foot + s * 0.014), (cx + s * 0.15, foot + s * 0.014),
                 (cx + s * 0.16, foot + s * 0.048), (cx - s * 0.16, foot + s * 0.048)], metal.lighter(-0.08).rgb())
    canvas.fade([(cx - s * 0.66, foot + s * 0.06), (cx + s * 0.66, foot + s * 0.06), (cx + s * 0.64, foot + s * 0.075),
                 (cx - s * 0.64, foot + s * 0.075)],
                metal.lighter(-0.1).rgb(), metal.lighter(-0.3).rgb())


def camera(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    """Paint a camera."""
    body, s = main(brief, Colour(0.28, 0.012, 60)), size
    metal = Colour(0.8, 0.008, 250)
    canvas.clay([(cx - s * 0.48, foot), (cx - s * 0.52, foot - s * 0.04), (cx - s * 0.52, foot - s * 0.46),
                 (cx + s * 0.52, foot - s * 0.46), (cx + s * 0.52, foot - s * 0.04), (cx + s * 0.48, foot)], body,
                gloss=0.1, round_=0.4)
    canvas.clay([(cx - s * 0.52, foot - s * 0.46), (cx - s * 0.48, foot - s * 0.6), (cx - s * 0.16, foot - s * 0.6),
                 (cx - s * 0.1, foot - s * 0.68), (cx + s * 0.12, foot - s * 0.68),
                 (cx + s * 0.18, foot - s * 0.6), (cx + s * 0.48, foot - s * 0.6),
                 (cx + s * 0.52, foot - s * 0.46)], metal, gloss=0.5, round_=0.5)
    for dx, w in ((-0.34, 0.07), (0.32, 0.085)):
        lathe(canvas, cx + dx * s, foot - s * 0.66, s * 0.07, ((0.0, w * s / (s * 0.07)), (1.0, w * s / (s * 0.07))),
              Stuff(metal, metal=True, gloss=0.6))
    y = foot - s * 0.24
    for r, tone in ((0.245, Colour(0.24, 0.01, 260)), (0.205, metal), (0.185, Colour(0.2, 0.01, 260)), (0.14,
        Colour(0.26, 0.06, 275))):
        canvas.clay(ellipse(cx, y, r * s, r * s, 72), tone, gloss=0.6)
    canvas.fill(ellipse(cx - s * 0.05, y - s * 0.055, s * 0.035, s * 0.025, 24), (235, 240, 255), 0.85)
    canvas.fill(ellipse(cx + s * 0.05, y + s * 0.05, s * 0.02, s * 0.015, 20), (200, 150, 255), 0.6)


def book(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    """Paint a standing book with a title on its cover."""
    from kie.emulator.media.lettering import block

    cover, s = main(brief, Colour(0.42, 0.12, 255)), size * 0.95
    left, right, top = cx - s * 0.3, cx + s * 0.34, foot - s
    canvas.clay([(left, top), (right, top + s * 0.02), (right, foot), (left, foot)], cover, gloss=0.1, round_=0.12)
    canvas.fade([(left - s * 0.075, top + s * 0.035), (left, top), (left, foot), (left - s * 0.075, foot - s * 0.03)],
                cover.lighter(-0.1).rgb(), cover.lighter(-0.2).rgb())
    gold = Colour(0.82, 0.12, 85) if cover.l < 0.7 else Colour(0.35, 0.05, 40)
    frame = s * 0.045
    ring(canvas, [(left + frame, top + frame), (right - frame, top + frame + s * 0.02), (right - frame, foot - frame),
                  (left + frame, foot - frame), (left + frame, top + frame)], s * 0.006, gold)
    text = block(brief.texts[0] if brief.texts else "Stories", round(s * 0.46), round(s * 0.26), 0.03)
    if text is not None:
        canvas.image.paste(gold.rgb(), (round((left + right) / 2 - text.width / 2), round(top + s * 0.2)), text)
    canvas.fill(ellipse((left + right) / 2, foot - s * 0.3, s * 0.09, s * 0.09, 48), gold.rgb())
    canvas.fill(ellipse((left + right) / 2 + s * 0.03, foot - s * 0.32, s * 0.085, s * 0.085, 48), cover.rgb())


def lipstick(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    """Paint a lipstick."""
    red, gold, s = main(brief, Colour(0.52, 0.2, 22)), second(brief, Colour(0.8, 0.11, 85)), size
    lathe(canvas, cx, foot - s * 0.42, s * 0.42, ((0.0, 0.33), (1.0, 0.34)), Stuff(Colour(0.2, 0.01, 260), gloss=0.8))
    lathe(canvas, cx, foot - s * 0.62, s * 0.2, ((0.0, 0.58), (1.0, 0.58)), Stuff(gold, metal=True, gloss=0.8))
    tip = curve([(cx - s * 0.1, foot - s * 0.62), (cx - s * 0.1, foot - s * 0.84), (cx - s * 0.02, foot - s * 1.0),
                 (cx + s * 0.08, foot - s * 0.96), (cx + s * 0.1, foot - s * 0.62)], 6, closed=False)
    canvas.clay(tip, red, gloss=0.6)


def bag(canvas: Canvas, brief: Brief, cx: float, foot: float, size: float) -> None:
    """Paint a handbag."""
    hide, s = main(brief, Colour(0.5, 0.11, 45)), size
    ring(canvas, [(cx - s * 0.24, foot - s * 0.56), (cx - s * 0.2, foot - s * 0.88), (cx + s * 0.2, foot - s * 0.88),
                  (cx + s * 0.24, foot - s * 0.56)], s * 0.045, hide.lighter(-0.08))
    canvas.clay(curve([(cx - s * 0.46, foot), (cx - s * 0.4, foot - s * 0.56), (cx, foot - s * 0.6),
                       (cx + s * 0.4, foot - s * 0.56), (cx + s * 0.46, foot),
                       (cx, foot + s * 0.015)], 6), hide, gloss=0.2, round_=0.7)
    canvas.clay(curve([(cx - s * 0.41, foot - s * 0.58), (cx + s * 0.41, foot - s * 0.58),
                       (cx + s * 0.34, foot - s * 0.26), (cx, foot - s * 0.2),
                       (cx - s * 0.34, foot - s * 0.26)], 6), hide.lighter(0.05), gloss=0.25, round_=0.6)
    canvas.clay(ellipse(cx, foot - s * 0.24, s * 0.045, s * 0.045, 32), Colour(0.82, 0.12, 85), gloss=0.8)


WARES: dict[str, Thing] = {"shoe": shoe, "headphones": headphones, "laptop": laptop, "camera": camera, "book": book,
                           "lipstick": lipstick, "bag": bag}
