"""Abstract pictures: marbled liquid with veins of metal, folded silk, drifting smoke, circles and bars."""

# ruff: noqa: PLR0917 - what is drawn takes place, size and light in one order

import math

import numpy as np

from kie.emulator.media.brief import Brief, number
from kie.emulator.media.canvas import Canvas, Field, blend, ellipse, fbm, generator, smooth, tint
from kie.emulator.media.palette import Colour


def paint(canvas: Canvas, brief: Brief) -> None:
    """Paint an abstract picture."""
    words = brief.prompt.lower()
    if "geometric" in brief.features:
        _shapes(canvas, brief)
    elif "smoke" in brief.features:
        _smoke(canvas, brief)
    elif any(word in words for word in ("gradient", "wallpaper", "background", "blur", "фон")):
        _mesh(canvas, brief)
    else:
        _marble(canvas, brief)


def _tones(brief: Brief) -> list[Colour]:
    chance = brief.random("tones")
    tones = list(brief.colours[:4])
    first = tones[0] if tones else Colour(0.6, 0.16, chance.uniform(0, 360))
    while len(tones) < 3:
        tones.append(
            first.turned(chance.choice((35, -40, 150, 180)) * (1 + 0.2 * len(tones))).lighter(
                chance.uniform(-0.12, 0.15)
            )
        )
        if len(tones) == 1:
            tones[0] = first
    return tones


def _warped(canvas: Canvas, brief: Brief, longest: int, strength: float) -> tuple[Field, Field, Field]:
    """Return noise bent by noise twice, and both bends (they make the colours swirl)."""
    width, height = canvas.soft_size(longest)
    rng = generator(number(brief.prompt, brief.seed, "flow"))
    aspect = width / height
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    one = fbm((width, height), (1.6 * aspect, 1.6), 3, rng, 0.42)
    two = fbm((width, height), (1.6 * aspect, 1.6), 3, rng, 0.42)
    base = fbm((width, height), (2.2 * aspect, 2.2), 4, rng, 0.42)
    reach = min(width, height) * strength

    def bent(field: Field, dx: Field, dy: Field) -> Field:
        yi = np.abs(ys + dy * reach) % (2 * height - 2)
        xi = np.abs(xs + dx * reach) % (2 * width - 2)
        yi, xi = np.where(yi > height - 1, 2 * height - 2 - yi, yi), np.where(xi > width - 1, 2 * width - 2 - xi, xi)
        y0, x0 = yi.astype(int), xi.astype(int)
        y1, x1 = np.minimum(y0 + 1, height - 1), np.minimum(x0 + 1, width - 1)
        fy, fx = yi - y0, xi - x0
        upper = field[y0, x0] * (1 - fx) + field[y0, x1] * fx
        lower = field[y1, x0] * (1 - fx) + field[y1, x1] * fx
        return np.asarray(upper * (1 - fy) + lower * fy, np.float32)

    q = bent(one, two - 0.5, one - 0.5)
    r = bent(two, q - 0.5, one - 0.5)
    return bent(base, q * 2 - 1, r * 2 - 1), q, r


def _marble(canvas: Canvas, brief: Brief) -> None:
    tones = _tones(brief)
    field, q, r = _warped(canvas, brief, 400, 0.62)
    gold = next((t for t in brief.colours if 70 <= t.h <= 100 and t.c > 0.08), None)
    bands = 0.5 + 0.5 * np.sin(field * 15 + q * 5)
    stops = (
        (0.0, tones[0].lighter(-0.30)),
        (0.3, tones[0]),
        (0.55, tones[1] if gold is None else tones[0].lighter(0.2)),
        (0.8, tones[0].lighter(0.28).duller(0.5)),
        (1.0, tones[2 if gold is None else 0].lighter(-0.1)),
    )
    value = np.clip(field * 0.55 + bands * 0.45, 0, 1)
    slope_y, slope_x = np.gradient(value * 0.7 + bands * 0.3)
    relief = np.clip((-slope_x * 0.5 - slope_y * 0.75) * 26, -1, 1)
    array = tint(value, blend(stops, 160)).astype(np.float32)
    array *= (1 + relief * 0.34)[..., None]
    shine = np.clip(relief, 0, 1) ** 3
    array += shine[..., None] * 90
    vein = np.exp(-(((np.sin(field * 9 + r * 4) + 0.15) / 0.075) ** 2)) * smooth(q, 0.30, 0.55)
    metal_at = gold or Colour(0.82, 0.13, 85)
    metal = tint(
        np.clip(0.45 + relief * 0.5 + (r - 0.5) * 0.6, 0, 1),
        blend(((0, metal_at.lighter(-0.35)), (0.5, metal_at), (1, metal_at.lighter(0.16).duller(0.6)))),
    ).astype(np.float32)
    strength = 0.95 if gold is not None else 0.6
    array += (metal - array) * (vein * strength)[..., None]
    canvas.backdrop(array)


def _smoke(canvas: Canvas, brief: Brief) -> None:
    tones = _tones(brief)
    field, q, r = _warped(canvas, brief, 360, 1.0)
    folds = 1 - np.abs(2 * ((field * 3.2 + q) % 1) - 1)
    light = smooth(folds, 0.1, 1.0) ** 1.6
    dark = "white" not in brief.prompt.lower()
    ground = np.asarray((Colour(0.13, 0.02, tones[0].h) if dark else Colour(0.95, 0.01, 90)).rgb(), np.float32)
    one, two = (np.asarray(t.rgb(), np.float32) for t in tones[:2])
    colour = one + (two - one) * smooth(r, 0.3, 0.7)[..., None]
    array = ground + (colour - ground) * (light * smooth(q + field, 0.55, 1.25))[..., None]
    array += (255 - array) * (smooth(light * field, 0.45, 0.85) * 0.5)[..., None]
    canvas.backdrop(array)


def _mesh(canvas: Canvas, brief: Brief) -> None:
    tones = _tones(brief)
    width, height = canvas.soft_size(96)
    chance = brief.random("mesh")
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    xs, ys = xs / width, ys / height
    total = np.zeros((height, width, 3), np.float32)
    weight = np.zeros((height, width, 1), np.float32)
    for index in range(7):
        tone = tones[index % len(tones)].lighter(chance.uniform(-0.05, 0.16))
        x, y, size = chance.random(), chance.random(), chance.uniform(0.22, 0.45)
        near = np.exp(-(((xs - x) / size) ** 2 + ((ys - y) / size) ** 2))[..., None] ** 1.3 + 1e-4
        total += near * np.asarray(tone.rgb(), np.float32)
        weight += near
    canvas.backdrop(total / weight)


def _shapes(canvas: Canvas, brief: Brief) -> None:
    chance = brief.random("shapes")
    tones = _tones(brief)
    paper = Colour(0.94, 0.025, 85) if "dark" not in brief.mood else Colour(0.2, 0.02, 270)
    canvas.backdrop(np.full((4, 4, 3), paper.rgb(), np.uint8))
    inks = [*tones, Colour(0.25, 0.03, 265), tones[0].lighter(0.15)]
    cells = 4
    w, h = canvas.width / cells, canvas.height / cells
    if canvas.width > canvas.height:
        cells_x, cells_y = max(4, round(canvas.width / canvas.height * 4)), 4
    else:
        cells_x, cells_y = 4, max(4, round(canvas.height / canvas.width * 4))
    w, h = canvas.width / cells_x, canvas.height / cells_y
    last = -1
    for row in range(cells_y):
        for column in range(cells_x):
            x, y = column * w, row * h
            ground, ink, other = chance.sample(inks, 3)
            canvas.fill(
                [(x, y), (x + w + 1, y), (x + w + 1, y + h + 1), (x, y + h + 1)],
                (paper if chance.random() < 0.3 else ground).rgb(),
            )
            kind = chance.choice([k for k in range(7) if k != last])
            last = kind
            _cell(canvas, kind, x, y, w, h, ink, other, chance.randrange(4))


def _cell(
    canvas: Canvas, kind: int, x: float, y: float, w: float, h: float, ink: Colour, other: Colour, turn: int
) -> None:
    cx, cy, r = x + w / 2, y + h / 2, min(w, h) / 2
    corners = ((x, y), (x + w, y), (x + w, y + h), (x, y + h))
    if kind == 0:
        canvas.clay(ellipse(cx, cy, r * 0.8, r * 0.8, 72), ink, gloss=0.25)
    elif kind == 1:
        for share, tone in ((1.0, ink), (0.68, other), (0.36, ink)):
            canvas.fill(ellipse(cx, cy, r * share, r * share, 72), tone.rgb())
    elif kind == 2:
        ox, oy = corners[turn]
        for share, tone in ((1.0, ink), (0.55, other)):
            arc = [
                (
                    ox + (1 if turn in {0, 3} else -1) * w * share * math.cos(a),
                    oy + (1 if turn in {0, 1} else -1) * h * share * math.sin(a),
                )
                for a in np.linspace(0, math.pi / 2, 28)
            ]
            canvas.fill([(ox, oy), *arc], tone.rgb())
    elif kind == 3:
        canvas.fill([corners[turn], corners[(turn + 1) % 4], corners[(turn + 2) % 4]], ink.rgb())
    elif kind == 4:
        for index in range(4):
            top = y + h * (0.06 + index * 0.25)
            canvas.fill([(x, top), (x + w, top), (x + w, top + h * 0.12), (x, top + h * 0.12)], ink.rgb())
    elif kind == 5:
        for index in range(9):
            px, py = x + w * (index % 3 + 0.5) / 3, y + h * (index // 3 + 0.5) / 3
            canvas.fill(ellipse(px, py, r * 0.16, r * 0.16, 24), ink.rgb())
    else:
        half = ellipse(cx, y + h if turn % 2 else y, w / 2, h * 0.92, 72)
        canvas.fade([(px, min(y + h, max(y, py))) for px, py in half], ink.rgb(), other.rgb())
