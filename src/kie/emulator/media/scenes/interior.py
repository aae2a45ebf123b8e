"""Rooms: a wall with a window, a floor that runs towards it, and the furniture that the prompt names."""

# ruff: noqa: PLR0917 - what is drawn takes place, size and light in one order
# Outlines stand as rows of points.
# fmt: off

from dataclasses import replace

import numpy as np
from PIL import Image

from kie.emulator.media.brief import Brief, Reader
from kie.emulator.media.canvas import BILINEAR, Canvas, picture, smooth
from kie.emulator.media.palette import Colour
from kie.emulator.media.scenes.furniture import PIECES


def paint(canvas: Canvas, brief: Brief) -> None:
    """Paint a room."""
    chance = brief.random("room")
    line = canvas.height * chance.uniform(0.64, 0.70)
    dark = brief.time in {"night", "neon", "dusk", "sunset"} or "dark" in brief.mood
    named = [c for c in brief.colours if c.c > 0.02]
    tone = named[0] if named else Colour(0.8, 0.04, chance.choice((75, 95, 150, 230, 40)))
    wall = Colour(0.88, min(0.05, tone.c * 0.45), tone.h)
    if dark:
        wall = Colour(0.5, min(0.06, tone.c * 0.5), 60)
    wood = Colour(0.56 if not dark else 0.36, 0.07, 62)
    left = chance.random() < 0.5
    lamp_x = 0.3 if left else 0.7
    _shell(canvas, wall, wood, line, lamp_x, dark=dark)
    unit = canvas.unit
    wide, high = unit * 0.34, min(line * 0.62, unit * 0.46)
    at = canvas.width * lamp_x - wide / 2
    top = line - unit * 0.16 - high
    _window(canvas, brief, at, top, wide, high, wall)
    _daylight(canvas, brief, at, top, wide, high, line, dark=dark)
    names = Reader(brief.prompt).ordered("room") or ["living"]
    kinds = [name for name in names if name in PIECES] or ["living"]
    if "fireplace" in kinds:
        kinds = ["fireplace"]
    foot = line + (canvas.height - line) * 0.34
    canvas.subject()
    PIECES[kinds[0]](canvas, brief, canvas.width * (1 - lamp_x), foot, unit, tone, dark=dark)
    canvas.matte = None


def _shell(canvas: Canvas, wall: Colour, wood: Colour, line: float, light_x: float, *, dark: bool) -> None:
    """Paint wall and floor: boards in perspective, light that falls from the window's side."""
    width, height = canvas.soft_size(220)
    ys = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    xs = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    near = np.exp(-(((xs - light_x) / 0.55) ** 2) - (((ys - 0.35) / 0.6) ** 2))
    low = np.asarray(wall.lighter(-0.13).rgb(), np.float32)
    bright = np.asarray(wall.lighter(0.05 if not dark else 0.1).rgb(), np.float32)
    array = low + (bright - low) * near[..., None]
    canvas.backdrop(array, 1.0)
    start = int(line)
    depth = np.linspace(0.02, 1, max(2, (canvas.height - start) // 3), dtype=np.float32)[:, None]
    w = max(2, int(canvas.width / 2.5))
    across = (np.linspace(-0.5, 0.5, w, dtype=np.float32)[None, :]) / (0.35 + depth) * 9
    board = np.floor(across)
    gap = np.minimum(across - board, 1 - (across - board))
    seeds = np.sin(board * 12.9898) * 43758.547
    shade = np.float32(0.86) + np.float32(0.18) * (seeds - np.floor(seeds)) - np.float32(0.22) * (gap < 0.03)
    shine = np.exp(-(((np.linspace(0, 1, w, dtype=np.float32)[None, :] - light_x) / 0.3) ** 2)) * (1 - depth) * 0.3
    shade = shade * (np.float32(1.06) - np.float32(0.22) * depth)
    base = np.asarray(wood.rgb(), np.float32)
    gleam = np.asarray(wall.lighter(0.08).rgb(), np.float32)
    floor = base * (shade * (1 - shine))[..., None] + gleam * shine.astype(np.float32)[..., None]
    canvas.image.paste(picture(floor).resize((canvas.width, canvas.height - start), BILINEAR), (0, start))
    skirting = canvas.unit * 0.022
    canvas.fade([(0, line - skirting), (canvas.width, line - skirting), (canvas.width, line), (0, line)],
                wall.lighter(0.09).rgb(), wall.lighter(-0.02).rgb())
    canvas.shadow(canvas.width / 2, line + canvas.unit * 0.01, canvas.width * 0.75, canvas.unit * 0.03, 0.35)


def _window(canvas: Canvas, brief: Brief, x: float, y: float, wide: float, high: float, wall: Colour) -> None:
    from kie.emulator.media.scenes.paint import scene

    outside = "city" if "city" in brief.prompt.lower() else brief.setting
    if outside in {"studio", "interior"}:
        outside = "landscape"
    features = brief.features - {"cabin", "castle", "balloon", "street", "boat"}
    view = replace(brief, scene=outside, features=features, texts=(), prompt=f"{brief.prompt} outside")
    small = max(24, round(wide / 3.8)), max(24, round(high / 3.8))
    image = scene(view, *small, grain=0).resize((round(wide), round(high)), Image.Resampling.BICUBIC)
    frame = Colour(0.96, 0.01, 85) if wall.l > 0.6 else Colour(0.78, 0.02, 70)
    edge = wide * 0.05
    canvas.fill([(x - edge, y - edge), (x + wide + edge, y - edge), (x + wide + edge, y + high + edge),
                 (x - edge, y + high + edge)], frame.lighter(-0.08).rgb())
    canvas.image.paste(image, (round(x), round(y)))
    bars = [(x + wide / 2 - edge * 0.35, y, edge * 0.7, high), (x, y + high * 0.36, wide, edge * 0.6)]
    for bx, by, bw, bh in bars:
        canvas.fade([(bx, by), (bx + bw, by), (bx + bw, by + bh), (bx, by + bh)], frame.rgb(),
                    frame.lighter(-0.1).rgb())
    sill = [(x - edge * 2, y + high + edge * 0.4), (x + wide + edge * 2, y + high + edge * 0.4),
            (x + wide + edge * 2.4, y + high + edge * 1.7), (x - edge * 2.4, y + high + edge * 1.7)]
    canvas.fade(sill, frame.lighter(0.02).rgb(), frame.lighter(-0.1).rgb())
    cloth = Colour(0.93, 0.02, 80) if wall.l > 0.6 else Colour(0.6, 0.06, 40)
    for side in (-1, 1):
        a = x - edge * 3 if side < 0 else x + wide + edge * 3
        b = a + wide * 0.2 if side < 0 else a - wide * 0.2
        folds = 5
        for fold in range(folds):
            u, v = a + (b - a) * fold / folds, a + (b - a) * (fold + 1) / folds
            tone = cloth.lighter(0.03 if fold % 2 else -0.07)
            canvas.fade([(u, y - edge * 3), (v, y - edge * 3), (v, y + high * 1.22), (u, y + high * 1.22)],
                        tone.rgb(), tone.lighter(-0.08).rgb(), 0.96)
    canvas.fill([(x - edge * 5, y - edge * 3.6), (x + wide + edge * 5, y - edge * 3.6),
                 (x + wide + edge * 5, y - edge * 2.9), (x - edge * 5, y - edge * 2.9)], Colour(0.4, 0.05, 60).rgb())


def _daylight(canvas: Canvas, brief: Brief, x: float, y: float, wide: float, high: float, line: float, *,
              dark: bool) -> None:
    """Let the light of the window fall over the floor."""
    del high
    if dark and brief.time != "sunset":
        return
    tone = (255, 226, 170) if brief.time in {"sunset", "dawn"} else (255, 246, 226)
    slant = wide * (0.55 if x < canvas.width / 2 else -0.55)
    low = min(canvas.height, line + (canvas.height - line) * 0.8)
    for part in (0, 1):
        a, b = x + wide * (0.04 + 0.5 * part), x + wide * (0.46 + 0.5 * part)
        canvas.fill([(a, line + 4), (b, line + 4), (b + slant, low), (a + slant, low)], tone, 0.30)
    rows = smooth(np.linspace(0, 1, 64, dtype=np.float32)[:, None], 1.0, 0.2)
    size = max(2, round(wide)), max(2, round(low - y))
    veil = picture(rows * np.ones((1, 8), np.float32) * 22).resize(size, BILINEAR)
    canvas.image.paste(tone, (round(x), round(y), round(x) + veil.width, round(y) + veil.height), veil)
