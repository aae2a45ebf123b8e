"""Graphic design: logos and icons, and neon signs on a brick wall."""

# ruff: noqa: PLR0917 - what is drawn takes place, size and light in one order
# Outlines stand as rows of points.
# fmt: off

import math
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageChops, ImageFilter

from kie.emulator.media.brief import Brief, Reader, number
from kie.emulator.media.canvas import BILINEAR, Canvas, Field, curve, ellipse, fbm, generator, picture
from kie.emulator.media.lettering import block, line
from kie.emulator.media.palette import Colour

Emblem = Callable[[Canvas, float, float, float, Colour, Colour], None]
"""Paints an emblem: its middle, its radius, its colour, and the colour of its ground."""


def paint(canvas: Canvas, brief: Brief) -> None:
    """Paint a logo, or a neon sign."""
    if "neon" in brief.features or brief.time == "neon":
        _neon(canvas, brief)
    else:
        _logo(canvas, brief)


def _logo(canvas: Canvas, brief: Brief) -> None:
    from kie.emulator.media.scenes import animals
    from kie.emulator.media.scenes.pen import Pen

    chance = brief.random("logo")
    ink = next((c for c in brief.colours if 0.12 < c.l < 0.9), None)
    ink = ink or Colour(0.45, 0.14, chance.choice((28, 55, 145, 200, 255, 290, 340)))
    dark = "dark" in brief.mood or any(c.l < 0.25 for c in brief.colours)
    paper = Colour(0.17, 0.02, ink.h) if dark else Colour(0.975, 0.008, ink.h)
    if dark and ink.l < 0.5:
        ink = Colour(0.8, ink.c, ink.h)
    canvas.image = Image.new("RGB", canvas.image.size, paper.rgb())
    unit = canvas.unit
    cx = canvas.width / 2
    text = brief.texts[0] if brief.texts else ""
    words = block(text, round(canvas.width * 0.72), round(unit * 0.16), 0.05) if text else None
    cy = canvas.height / 2 - (unit * 0.11 if words is not None else 0)
    r = unit * (0.22 if words is not None else 0.3)
    canvas.subject()
    if brief.subject in animals.LOOKS and "animal" in brief.features:
        canvas.fill(ellipse(cx, cy, r * 1.12, r * 1.12, 96), ink.mix(paper, 0.72).rgb())
        pen = Pen(canvas, cx, cy + r * 0.1, r * 2.0)
        before = canvas.image.copy()
        animals.paint(pen, brief)
        _within(canvas, before, cx, cy, r * 1.12)
    else:
        name = _emblem(brief)
        if name == "letter":
            _letter(canvas, cx, cy, r, ink, paper, (text or brief.prompt or "A").strip()[:1].upper())
        else:
            _EMBLEMS[name](canvas, cx, cy, r, ink, paper)
    if words is not None:
        y = cy + r + unit * 0.09
        tone = ink.lighter(-0.22) if not dark else Colour(0.95, 0.01, ink.h)
        at = round(cx - words.width / 2), round(y)
        canvas.lay(tone.rgb(), at, words)
        if len(brief.texts) > 1 and (more := block(brief.texts[1], round(canvas.width * 0.5), round(unit * 0.05), 0.0)):
            canvas.lay(ink.rgb(), (round(cx - more.width / 2), round(y + words.height + unit * 0.05)), more)


def _within(canvas: Canvas, before: Image.Image, cx: float, cy: float, r: float) -> None:
    """Cut what was painted to a disc; an animal's ears may stick out of it above."""
    disc = [*ellipse(cx, cy, r, r, 96)]
    found = canvas.mask([(x, y if y > cy else y - r) for x, y in disc])
    if found is not None:
        mask, at = found
        whole = Image.new("L", canvas.image.size)
        whole.paste(mask, at)
        canvas.image = Image.composite(canvas.image, before, whole)
        if canvas.matte is not None:
            canvas.matte = ImageChops.darker(canvas.matte, whole)


def _emblem(brief: Brief) -> str:
    named = Reader(brief.prompt).best("emblem", "")
    if named:
        return named
    return "letter" if brief.texts else brief.random("emblem").choice(("orbit", "leaf", "star", "wave", "letter"))


def _letter(canvas: Canvas, cx: float, cy: float, r: float, ink: Colour, paper: Colour, sign: str) -> None:
    canvas.fade(ellipse(cx, cy, r, r, 96), ink.lighter(0.06).rgb(), ink.lighter(-0.06).rgb())
    canvas.fill(ellipse(cx, cy, r * 0.9, r * 0.9, 96), paper.rgb(), 0.16)
    mask = line(sign, round(r * 0.95), 0.07)
    if mask is not None:
        canvas.lay(paper.rgb(), (round(cx - mask.width / 2), round(cy - mask.height / 2)), mask)


def _mountain(canvas: Canvas, cx: float, cy: float, r: float, ink: Colour, paper: Colour) -> None:
    canvas.fill(ellipse(cx + r * 0.42, cy - r * 0.5, r * 0.26, r * 0.26, 64), ink.turned(-25).lighter(0.2).rgb())
    foot = cy + r * 0.75
    canvas.fade([(cx - r, foot), (cx - r * 0.2, cy - r * 0.75), (cx + r * 0.6, foot)], ink.lighter(0.04).rgb(),
                ink.lighter(-0.08).rgb())
    canvas.fade([(cx + r * 0.05, foot), (cx + r * 0.52, cy - r * 0.12), (cx + r, foot)], ink.lighter(-0.1).rgb(),
                ink.lighter(-0.16).rgb())
    canvas.fill([(cx - r * 0.46, cy - r * 0.27), (cx - r * 0.2, cy - r * 0.75), (cx + r * 0.06, cy - r * 0.27),
                 (cx - r * 0.07, cy - r * 0.37), (cx - r * 0.2, cy - r * 0.22), (cx - r * 0.33, cy - r * 0.37)],
                paper.rgb())


def _wave(canvas: Canvas, cx: float, cy: float, r: float, ink: Colour, paper: Colour) -> None:
    canvas.fill(ellipse(cx, cy, r, r, 96), ink.mix(paper, 0.75).rgb())
    for row in range(3):
        y = cy + r * (-0.1 + row * 0.36)
        line_ = [(cx + r * (t / 12 - 1), y + r * 0.13 * math.sin(t * 0.78 + row * 1.7)) for t in range(25)]
        edge = [(x, yy) for x, yy in line_ if (x - cx) ** 2 + (yy - cy) ** 2 < r * r]
        low = [(cx + r * math.cos(a), cy + r * math.sin(a)) for a in np.linspace(0, math.pi, 40)]
        low = [(x, yy) for x, yy in low if yy > y]
        if len(edge) > 2 and low:
            canvas.fill([*edge, *low], ink.lighter(0.16 - row * 0.13).rgb())


def _leaf(canvas: Canvas, cx: float, cy: float, r: float, ink: Colour, paper: Colour) -> None:
    for side, tone in ((-1, ink), (1, ink.lighter(0.14))):
        body = curve([(cx, cy + r * 0.9), (cx + side * r * 0.75, cy + r * 0.25), (cx + side * r * 0.78, cy - r * 0.75),
                      (cx + side * r * 0.16, cy - r * 0.2)], 10)
        canvas.fill(body, tone.rgb())
        canvas.fill([(cx - r * 0.02, cy + r * 0.9), (cx + side * r * 0.6, cy - r * 0.5),
                     (cx + r * 0.03, cy + r * 0.9)], paper.rgb(), 0.55)


def _cup(canvas: Canvas, cx: float, cy: float, r: float, ink: Colour, paper: Colour) -> None:
    handle = ellipse(cx + r * 0.62, cy + r * 0.25, r * 0.36, r * 0.32, 64)
    canvas.fill(handle, ink.rgb())
    canvas.fill(ellipse(cx + r * 0.6, cy + r * 0.25, r * 0.22, r * 0.19, 64), paper.rgb())
    canvas.fade(curve([(cx - r * 0.75, cy - r * 0.2), (cx + r * 0.65, cy - r * 0.2), (cx + r * 0.6, cy + r * 0.35),
                       (cx + r * 0.3, cy + r * 0.8), (cx - r * 0.4, cy + r * 0.8), (cx - r * 0.7, cy + r * 0.35)], 8),
                ink.rgb(), ink.lighter(-0.1).rgb())
    canvas.fill([(cx - r * 0.95, cy + r * 0.9), (cx + r * 0.85, cy + r * 0.9), (cx + r * 0.7, cy + r),
                 (cx - r * 0.8, cy + r)], ink.rgb())
    for index in (-1, 0, 1):
        x = cx - r * 0.05 + index * r * 0.34
        steam = [(x + r * 0.1 * math.sin(t * 0.9 + index), cy - r * (0.35 + t * 0.07)) for t in range(9)]
        wide = r * 0.045
        canvas.fill([*[(a - wide, b) for a, b in steam], *[(a + wide, b) for a, b in reversed(steam)]],
                    ink.lighter(0.1).rgb())
    canvas.fill(ellipse(cx - r * 0.05, cy + r * 0.28, r * 0.17, r * 0.25, 48), paper.rgb())
    canvas.fill(curve([(cx - r * 0.05, cy + r * 0.05), (cx, cy + r * 0.2), (cx - r * 0.1, cy + r * 0.35),
                       (cx - r * 0.03, cy + r * 0.52), (cx - r * 0.07, cy + r * 0.35), (cx - r * 0.02, cy + r * 0.2)],
                      4), ink.rgb())


def _star(canvas: Canvas, cx: float, cy: float, r: float, ink: Colour, paper: Colour) -> None:
    del paper
    points = [(cx + r * (1.0 if k % 2 == 0 else 0.42) * math.sin(math.pi * k / 5),
               cy - r * (1.0 if k % 2 == 0 else 0.42) * math.cos(math.pi * k / 5)) for k in range(10)]
    canvas.fill(points, ink.rgb())
    for k in range(0, 10, 2):
        canvas.fill([(cx, cy), points[k], points[(k + 1) % 10]], ink.lighter(0.13).rgb())


def _bolt(canvas: Canvas, cx: float, cy: float, r: float, ink: Colour, paper: Colour) -> None:
    canvas.fade(ellipse(cx, cy, r, r, 96), ink.lighter(0.06).rgb(), ink.lighter(-0.08).rgb())
    canvas.fill([(cx + r * 0.2, cy - r * 0.8), (cx - r * 0.45, cy + r * 0.12), (cx - r * 0.05, cy + r * 0.12),
                 (cx - r * 0.2, cy + r * 0.8), (cx + r * 0.45, cy - r * 0.16), (cx + r * 0.05, cy - r * 0.16)],
                paper.rgb())


def _drop(canvas: Canvas, cx: float, cy: float, r: float, ink: Colour, paper: Colour) -> None:
    body = curve([(cx, cy - r), (cx + r * 0.42, cy - r * 0.2), (cx + r * 0.66, cy + r * 0.35), (cx, cy + r * 0.95),
                  (cx - r * 0.66, cy + r * 0.35), (cx - r * 0.42, cy - r * 0.2)], 12)
    canvas.fade(body, ink.lighter(0.14).rgb(), ink.lighter(-0.05).rgb())
    canvas.fill(ellipse(cx - r * 0.25, cy + r * 0.38, r * 0.12, r * 0.26, 40), paper.rgb(), 0.75)


def _heart(canvas: Canvas, cx: float, cy: float, r: float, ink: Colour, paper: Colour) -> None:
    del paper
    turns = np.linspace(0, 2 * math.pi, 90)
    body = [(cx + r * 0.062 * 16 * math.sin(t) ** 3,
             cy - r * 0.062 * (13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)))
            for t in turns]
    canvas.fade(body, ink.lighter(0.08).rgb(), ink.lighter(-0.08).rgb())


def _flame(canvas: Canvas, cx: float, cy: float, r: float, ink: Colour, paper: Colour) -> None:
    del paper
    for share, tone in ((1.0, ink), (0.62, ink.turned(28).lighter(0.16)), (0.32, ink.turned(45).lighter(0.3))):
        s, foot = r * share, cy + r * 0.9
        canvas.fill(curve([(cx, foot - s * 1.85), (cx + s * 0.35, foot - s * 1.1), (cx + s * 0.62, foot - s * 0.55),
                           (cx + s * 0.35, foot - s * 0.04), (cx - s * 0.35, foot - s * 0.04),
                           (cx - s * 0.62, foot - s * 0.55), (cx - s * 0.3, foot - s * 0.95)], 8), tone.rgb())


def _sun(canvas: Canvas, cx: float, cy: float, r: float, ink: Colour, paper: Colour) -> None:
    del paper
    for k in range(12):
        a = math.pi * k / 6
        canvas.fill([(cx + r * math.cos(a), cy + r * math.sin(a)),
                     (cx + r * 0.66 * math.cos(a + 0.13), cy + r * 0.66 * math.sin(a + 0.13)),
                     (cx + r * 0.66 * math.cos(a - 0.13), cy + r * 0.66 * math.sin(a - 0.13))], ink.rgb())
    canvas.fade(ellipse(cx, cy, r * 0.54, r * 0.54, 72), ink.lighter(0.1).rgb(), ink.rgb())


def _orbit(canvas: Canvas, cx: float, cy: float, r: float, ink: Colour, paper: Colour) -> None:
    canvas.fade(ellipse(cx, cy, r * 0.58, r * 0.58, 72), ink.lighter(0.1).rgb(), ink.lighter(-0.1).rgb())
    for a0, a1 in ((math.radians(-22), math.radians(202)),):
        ring = [(cx + r * 1.05 * math.cos(t), cy + r * 0.36 * math.sin(t) - r * 0.2 * math.cos(t))
                for t in np.linspace(a0, a1, 50)]
        inner = [(cx + r * 0.93 * math.cos(t), cy + r * 0.27 * math.sin(t) - r * 0.18 * math.cos(t))
                 for t in np.linspace(a1, a0, 50)]
        canvas.fill([*ring, *inner], paper.rgb())
        canvas.fill([*[(x, y + r * 0.03) for x, y in ring], *[(x, y + r * 0.03) for x, y in inner]],
                    ink.turned(60).lighter(0.15).rgb())


_EMBLEMS: dict[str, Emblem] = {"mountain": _mountain, "wave": _wave, "leaf": _leaf, "cup": _cup, "star": _star,
                               "bolt": _bolt, "drop": _drop, "heart": _heart, "flame": _flame, "sun": _sun,
                               "orbit": _orbit}


def _neon(canvas: Canvas, brief: Brief) -> None:
    """Hang glowing letters on a dark brick wall."""
    _bricks(canvas, brief)
    chance = brief.random("tubes")
    hues = [c.h for c in brief.colours if c.c > 0.05] or [chance.choice((350, 200, 330, 150)), chance.choice((55, 200))]
    text = " ".join(brief.texts) or "OPEN"
    words = block(text, round(canvas.width * 0.7), round(canvas.height * 0.34), 0.0)
    words = words if words is not None else block("NEON", round(canvas.width * 0.7), round(canvas.height * 0.34), 0.0)
    if words is None:
        return
    x, y = (canvas.width - words.width) // 2, (canvas.height - words.height) // 2
    first, second = Colour(0.72, 0.25, hues[0]), Colour(0.78, 0.18, hues[-1] if len(hues) > 1 else hues[0] + 150)
    layer = Image.new("L", canvas.image.size)
    layer.paste(words, (x, y))
    frame = _frame(canvas, words, x, y)
    # Both lights spread on a small grid, once; the tubes themselves are drawn over them.
    light = _spread(layer)[..., None] * np.asarray(first.rgb(), np.float32)
    light = light + _spread(frame)[..., None] * np.asarray(second.rgb(), np.float32)
    canvas.image = ImageChops.screen(canvas.image, picture(light).resize(canvas.image.size, BILINEAR))
    core = [max(0, round((value - 90) * 255 / 165)) for value in range(256)]
    for mask, tone in ((layer, first), (frame, second)):
        box = mask.getbbox()
        if box is None:
            continue
        part = mask.crop(box)
        canvas.image.paste(Image.new("RGB", part.size, tone.lighter(0.08).rgb()), box[:2], part)
        canvas.image.paste(Image.new("RGB", part.size, tone.mix(Colour(1, 0, 0), 0.7).rgb()), box[:2], part.point(core))


def _frame(canvas: Canvas, words: Image.Image, x: int, y: int) -> Image.Image:
    from PIL import ImageDraw

    pad, thick = canvas.unit * 0.07, max(2, canvas.unit // 110)
    layer = Image.new("L", (canvas.width * 2, canvas.height * 2))
    box = ((x - pad) * 2, (y - pad) * 2, (x + words.width + pad) * 2, (y + words.height + pad) * 2)
    ImageDraw.Draw(layer).rounded_rectangle(box, radius=pad * 1.6, outline=255, width=thick * 2)
    return layer.reduce(2)


def _spread(mask: Image.Image) -> Field:
    """Return the light around glowing letters, on a grid an eighth as fine."""
    small = mask.resize((max(8, mask.width // 8), max(8, mask.height // 8)), Image.Resampling.BOX)
    light = np.zeros((small.height, small.width), np.float32)
    for radius, weight in ((1.2, 1.3), (4, 1.6), (12, 2.4)):
        soft = small.filter(ImageFilter.BoxBlur(radius)).filter(ImageFilter.BoxBlur(radius))
        light += np.asarray(soft, np.float32) * np.float32(weight / 255)
    return np.clip(light, 0, 1)


def _bricks(canvas: Canvas, brief: Brief) -> None:
    rng = generator(number(brief.prompt, brief.seed, "bricks"))
    width, height = canvas.soft_size(320)
    high = min(width, height) / 15
    wide = high * 2.4
    ys, xs = np.arange(height, dtype=np.float32)[:, None], np.arange(width, dtype=np.float32)[None, :]
    row = np.floor(ys / high)
    along = xs / np.float32(wide) + (row % 2) * np.float32(0.5)
    column = np.floor(along)
    tone = rng.random((64, 128), dtype=np.float32)[row.astype(np.intp) % 64, column.astype(np.intp) % 128]
    gap_x = np.minimum(along - column, 1 - (along - column)) * np.float32(wide)
    gap_y = np.minimum(ys / high - row, 1 - (ys / high - row)) * np.float32(high)
    mortar = np.clip(np.minimum(gap_x, gap_y) / np.float32(max(1.0, high * 0.09)), 0, 1)
    rough = fbm((width, height), (40, 40), 3, rng, 0.6)
    base = np.asarray(Colour(0.30, 0.06, 35).rgb(), np.float32)
    grout = np.asarray(Colour(0.2, 0.015, 270).rgb(), np.float32)
    shade = np.float32(0.62) + np.float32(0.4) * tone + np.float32(0.4) * (rough - np.float32(0.5))
    array = grout + (base * shade[..., None] - grout) * mortar[..., None]
    middle = np.exp(-(((xs / width - 0.5) / 0.6) ** 2 + ((ys / height - 0.5) / 0.6) ** 2))
    canvas.backdrop(array * (np.float32(0.45) + np.float32(0.55) * middle[..., None]))
