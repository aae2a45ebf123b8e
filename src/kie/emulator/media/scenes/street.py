"""A street that runs to a vanishing point, between house fronts that light up at night and mirror on wet ground."""

# ruff: noqa: PLR0917 - what is drawn takes place, size and light in one order
# Outlines stand as rows of points.
# fmt: off

import random
from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from kie.emulator.media.brief import Brief, number
from kie.emulator.media.canvas import BILINEAR, Canvas, ellipse, fbm, generator, picture, smooth
from kie.emulator.media.lettering import line
from kie.emulator.media.palette import RGB, Colour
from kie.emulator.media.scenes import sky as skies

Light = tuple[float, float, float, RGB, float]
_SIGNS = ("HOTEL", "CAFE", "BAR", "24H", "OPEN", "CLUB", "TAXI", "NEON", "RAMEN", "SHOP")
_STOPS = (0.10, 0.165, 0.26, 0.41, 0.65, 1.05)


def lamplight(brief: Brief) -> list[RGB]:
    """Return the colours of the lamps behind the windows."""
    if brief.time == "neon":
        hues = [c.h for c in brief.colours if c.c > 0.05] or [340, 200, 300, 60]
        return [Colour(0.82, 0.17, hue).rgb() for hue in hues] + [Colour(0.9, 0.1, 80).rgb()]
    return [Colour(0.90, 0.11, 80).rgb(), Colour(0.86, 0.13, 68).rgb(), Colour(0.93, 0.05, 95).rgb()]


class _Street:
    """The geometry of a street: where a point of a wall is in the picture."""

    def __init__(self, canvas: Canvas, horizon: float, chance: random.Random) -> None:
        self.x = canvas.width * chance.uniform(0.46, 0.54)
        self.y = canvas.height * horizon
        self.reach = float(max(canvas.width, canvas.height))

    def at(self, side: int, far: float, tall: float) -> tuple[float, float]:
        """Return the place of a point so far along a wall and so high on it."""
        return self.x + side * self.reach * 0.60 * far, self.y + self.reach * far * (0.36 - tall)


def paint(canvas: Canvas, brief: Brief) -> None:
    """Paint a street."""
    chance = brief.random("street")
    horizon = chance.uniform(0.52, 0.58)
    sky = skies.paint(canvas, brief, horizon, until=horizon)
    way = _Street(canvas, horizon, chance)
    dark = brief.time in {"night", "neon", "dusk"}
    wet = brief.weather in {"rain", "storm"} or brief.time == "neon"
    _far(canvas, brief, way, dark=dark)
    _ground(canvas, brief, way, dark=dark)
    lights: list[Light] = []
    _fronts(canvas, brief, way, sky, lights, chance, dark=dark)
    _lamps(canvas, way, lights, dark=dark)
    canvas.shines(lights)
    if wet:
        _mirror(canvas, int(way.y), brief)
    _walkers(canvas, brief, way)


def _far(canvas: Canvas, brief: Brief, way: _Street, *, dark: bool) -> None:
    """Paint the houses where the street ends, in the haze."""
    chance = brief.random("far")
    draw = ImageDraw.Draw(canvas.image)
    haze = brief.palette.low.mix(brief.palette.glow, 0.15)
    wall = (Colour(0.30, 0.04, brief.palette.high.h) if dark else Colour(0.66, 0.05, 60)).mix(haze, 0.55)
    lamps = lamplight(brief)
    unit = canvas.unit
    for _ in range(9):
        x = way.x + chance.uniform(-0.5, 0.5) * way.reach * 0.22
        wide, tall = unit * chance.uniform(0.03, 0.06), unit * chance.uniform(0.06, 0.24)
        tone = wall.lighter(chance.uniform(-0.04, 0.04))
        draw.rectangle((x - wide, way.y - tall, x + wide, way.y), fill=tone.rgb())
        cell = max(2.0, wide / 3)
        for row in range(int(tall / cell / 1.4)):
            for column in range(5):
                lit = dark and chance.random() < 0.35
                left, top = x - wide * 0.85 + column * wide * 0.36, way.y - tall + cell * (0.5 + row * 1.4)
                if lit:
                    draw.rectangle((left, top, left + cell * 0.5, top + cell * 0.6), fill=chance.choice(lamps))
    high = int(unit * 0.2)
    rise = np.linspace(0, 1, 32, dtype=np.float32)[:, None] ** 1.5
    fog = picture(rise * 190).resize((canvas.width, high), BILINEAR)
    canvas.image.paste(Image.new("RGB", fog.size, haze.rgb()), (0, int(way.y) - high), fog)


def _ground(canvas: Canvas, brief: Brief, way: _Street, *, dark: bool) -> None:
    snow = brief.weather == "snow"
    road = Colour(0.24, 0.02, brief.palette.high.h) if dark else Colour(0.46, 0.015, 260)
    if snow:
        road = road.mix(Colour(0.9, 0.01, 250), 0.55 if not dark else 0.35)
    top, w, h = int(way.y), canvas.width, canvas.height
    rng = generator(number(brief.prompt, brief.seed, "road"))
    rough = fbm((160, 80), (60, 12), 3, rng, 0.7)
    fall = np.linspace(0, 1, 80, dtype=np.float32)[:, None, None]
    far = np.asarray(road.mix(brief.palette.low, 0.4).rgb(), np.float32)
    near = np.asarray(road.lighter(-0.04).rgb(), np.float32)
    array = (far + (near - far) * np.sqrt(fall)) * (np.float32(0.9) + np.float32(0.2) * rough[..., None])
    canvas.image.paste(picture(array).resize((w, h - top), BILINEAR), (0, top))
    pave = road.lighter(0.09)
    draw = ImageDraw.Draw(canvas.image)
    x, y = way.x, way.y
    for side in (-1, 1):
        # Its edge is covered by the kerb, which is drawn smoothly.
        draw.polygon([(x, y), (x + side * w * 0.63, h), (x + side * w * 1.6, h), (x + side * w * 1.6, y)],
                     fill=pave.mix(brief.palette.low, 0.08).rgb())
        canvas.fill([(x, y), (x + side * w * 0.62, h), (x + side * w * 0.66, h)], pave.lighter(0.08).rgb(), 0.8)
    if snow:
        return
    for step in range(7):
        near_, far_ = 0.13 * 1.55**step, 0.13 * 1.55**step * 1.22
        y1, y2 = y + (h - y) * near_ * 0.9, y + (h - y) * far_ * 0.9
        k1, k2 = canvas.unit * 0.011 * near_ * 2, canvas.unit * 0.011 * far_ * 2
        canvas.fill([(x - k1, y1), (x + k1, y1), (x + k2, y2), (x - k2, y2)], Colour(0.85, 0.03, 95).rgb(), 0.75)


def _fronts(canvas: Canvas, brief: Brief, way: _Street, sky: skies.Sky, lights: list[Light], chance: random.Random, *,
            dark: bool) -> None:
    """Paint both rows of houses at twice the size, all at once, and reduce them: their edges run aslant."""
    lit = {"night": 0.42, "neon": 0.5, "dusk": 0.34, "sunset": 0.18}.get(brief.time, 0.03)
    base = Colour(0.28, 0.04, brief.palette.high.h) if dark else Colour(0.68, 0.05, 60)
    layer = Image.new("RGB", (canvas.width * 2, canvas.height * 2))
    mask = Image.new("L", layer.size)
    pens = ImageDraw.Draw(layer), ImageDraw.Draw(mask)
    signs: list[tuple[int, float, float, int]] = []
    for side in (-1, 1):
        sunny = (side > 0) != (sky.sun[0] > 0.5)
        for far, near in pairwise(_STOPS):
            tall = chance.uniform(0.62, 1.05)
            wall = base.turned(chance.uniform(-45, 45)).lighter(chance.uniform(-0.05, 0.05))
            wall = wall.mix(brief.palette.low, 0.5 * (1 - near) ** 2)
            if not dark:
                wall = wall.lighter(0.06 if sunny else -0.09)
            _front(pens, brief, way, side, far, near, tall, wall, lit, random.Random(chance.randrange(1 << 30)))
            if dark or chance.random() < 0.4:
                signs.append((side, far + (near - far) * 0.3, tall, chance.randrange(1 << 30)))
    box = mask.getbbox()
    if box is None:
        return
    left, top, right, bottom = (box[0] // 2, box[1] // 2, -(-box[2] // 2), -(-box[3] // 2))
    area = (left * 2, top * 2, min(layer.width, right * 2), min(layer.height, bottom * 2))
    canvas.image.paste(layer.reduce(2, area), (left, top), mask.reduce(2, area))
    for side, far, tall, seed in signs:
        _sign(canvas, brief, way, side, far, tall, seed, lights, glow=dark)


def _front(pens: tuple[ImageDraw.ImageDraw, ImageDraw.ImageDraw], brief: Brief, way: _Street, side: int, far: float,
           near: float, tall: float, wall: Colour, lit: float, chance: random.Random) -> None:
    """Paint one house front: wall, cornice, rows of windows, a shop below."""
    draw, mask = pens

    def post(u: float) -> tuple[float, float]:
        """Return where a vertical line of the front stands and how large things are there, as perspective has it."""
        depth = 1 / ((1 - u) / far + u / near)
        return (way.x + side * way.reach * 0.60 * depth) * 2, way.reach * depth * 2

    def quad(one: tuple[float, float], two: tuple[float, float], low: float, high: float) -> list[float]:
        top, foot = 0.36 - high * tall, 0.36 - low * tall
        (x1, s1), (x2, s2) = one, two
        return [x1, base + s1 * top, x2, base + s2 * top, x2, base + s2 * foot, x1, base + s1 * foot]

    base = way.y * 2
    left, right = post(0), post(1)
    small = near < 0.2
    mask.polygon(quad(left, right, 0, 1.02), fill=255)
    bands = 4 if small else 10
    for band in range(bands):
        tone = wall.lighter(0.05 - 0.16 * band / bands)
        draw.polygon(quad(left, right, 0, 1 - band / bands), fill=tone.rgb())
    draw.polygon(quad(left, right, 0.965, 1.02), fill=wall.lighter(0.09).rgb())
    draw.polygon(quad(left, right, 0.95, 0.966), fill=wall.lighter(-0.12).rgb())
    across, down = chance.randint(3, 5), max(3, round(tall * chance.uniform(5.0, 6.5)))
    gap_u, gap_v = chance.uniform(0.16, 0.26), chance.uniform(0.18, 0.28)
    lamps = lamplight(brief)
    glass = wall.lighter(-0.2).mix(brief.palette.middle, 0.35)
    frame = wall.lighter(0.1).rgb()
    tones = [(glass.lighter(by).rgb(), glass.lighter(by + 0.09).rgb()) for by in (-0.04, 0.0, 0.05)]
    ground = 0.2
    for column in range(across):
        u0, u1 = (column + gap_u) / across, (column + 1 - gap_u) / across
        p, q, outer, other = post(u0), post(u1), post(u0 - 0.012), post(u1 + 0.012)
        for row in range(down):
            v0 = ground + (0.94 - ground) * (row + gap_v) / down
            v1 = ground + (0.94 - ground) * (row + 1 - gap_v * 0.6) / down
            if not small:
                draw.polygon(quad(outer, other, v0 - 0.006, v1 + 0.006), fill=frame)
            pane = quad(p, q, v0, v1)
            if chance.random() < lit:
                lamp = chance.choice(lamps)
                draw.polygon(pane, fill=lamp)
                if chance.random() < 0.5:
                    dim = tuple(part * 3 // 4 for part in lamp)
                    draw.polygon(quad(p, q, v0 + (v1 - v0) * chance.uniform(0.4, 0.7), v1), fill=dim)
            else:
                low, high = tones[chance.randrange(3)]
                draw.polygon(pane, fill=low)
                draw.polygon([*pane[:4], *pane[6:]], fill=high)
    draw.polygon(quad(left, right, 0, 0.165), fill=wall.lighter(-0.14).rgb())
    bright = lit > 0.1 and chance.random() < 0.8
    shop = chance.choice(lamps) if bright else tones[0][0]
    for u0, u1 in ((0.08, 0.56), (0.64, 0.92)):
        draw.polygon(quad(post(u0), post(u1), 0.02 if u0 < 0.5 else 0.0, 0.125), fill=shop)
    awning = Colour(0.52 if not wall.l < 0.4 else 0.4, 0.14, chance.uniform(0, 360))
    draw.polygon(quad(post(0.05), post(0.95), 0.13, 0.17), fill=awning.rgb())
    draw.polygon(quad(post(0.05), post(0.95), 0.122, 0.134), fill=awning.lighter(-0.1).rgb())


def _sign(canvas: Canvas, brief: Brief, way: _Street, side: int, far: float, tall: float, seed: int,
          lights: list[Light], *, glow: bool) -> None:
    """Hang a board with a word read downwards on a wall."""
    word = _SIGNS[seed % len(_SIGNS)]
    x, _ = way.at(side, far, 0)
    high = way.reach * far * (0.055 + 0.05 * len(word))
    wide = way.reach * far * 0.085
    y = way.y - way.reach * far * (tall * 0.42) + way.reach * far * 0.2 * (seed % 97) / 97 - high / 2
    lamps = lamplight(brief)
    colour = lamps[seed % len(lamps)]
    left, right = sorted((x, x - side * wide))
    if right < 0 or left > canvas.width or wide < 5:
        return
    ground = Colour(0.2, 0.04, 280).rgb() if glow else Colour(0.42, 0.13, seed % 360).rgb()
    ink = colour if glow else (250, 248, 240)
    canvas.fill([(left, y), (right, y), (right, y + high), (left, y + high)], ground, 0.94)
    draw = ImageDraw.Draw(canvas.image)
    draw.rectangle((left, y, right, y + high), outline=ink, width=max(1, int(wide * 0.06)))
    cell = high / (len(word) + 0.3)
    for index, letter in enumerate(word):
        mask = line(letter, max(3, int(cell * 0.58)), 0.05)
        if mask is not None:
            canvas.image.paste(ink, (round((left + right - mask.width) / 2), round(y + cell * (index + 0.4))), mask)
    if glow:
        lights.append(((left + right) / 2, y + high / 2, high * 1.0, colour, 0.42))


def _lamps(canvas: Canvas, way: _Street, lights: list[Light], *, dark: bool) -> None:
    draw = ImageDraw.Draw(canvas.image)
    post = Colour(0.22, 0.02, 270).rgb()
    reach = way.reach
    for far in (0.13, 0.21, 0.36, 0.62):
        for side in (-1, 1):
            x, foot = way.x + side * reach * 0.46 * far, way.y + reach * 0.36 * far * 0.9
            high = reach * 0.42 * far
            thick = max(1, int(reach * 0.008 * far))
            draw.line((x, foot, x, foot - high), fill=post, width=thick)
            draw.line((x, foot - high, x - side * high * 0.16, foot - high * 1.03), fill=post, width=thick)
            if dark:
                lights.append((x - side * high * 0.16, foot - high * 1.02, high * 0.5, (255, 214, 150), 0.7))
            r = max(1.0, high * 0.03)
            cx, cy = x - side * high * 0.16, foot - high * 1.01
            draw.ellipse((cx - r * 1.6, cy - r * 0.6, cx + r * 1.6, cy + r),
                         fill=(255, 240, 205) if dark else (230, 228, 220))


def _mirror(canvas: Canvas, row: int, brief: Brief) -> None:
    """Lay the blurred mirror image of the fronts over the wet ground."""
    height = canvas.height - row
    size = max(8, canvas.width // 8), max(8, height // 8)
    upper = canvas.image.crop((0, max(0, row - height), canvas.width, row)).resize(size, BILINEAR)
    upper = upper.transpose(Image.Transpose.FLIP_TOP_BOTTOM).filter(ImageFilter.BoxBlur((0, 3)))
    rng = generator(number(brief.prompt, brief.seed, "wet"))
    puddle = smooth(fbm(size, (9, 14), 3, rng), 0.25, 0.75)
    mask = picture(70 + 120 * puddle).resize((canvas.width, height), BILINEAR)
    canvas.image.paste(upper.resize((canvas.width, height), BILINEAR), (0, row), mask)


def _walkers(canvas: Canvas, brief: Brief, way: _Street) -> None:
    chance = brief.random("walkers")
    reach = way.reach
    places = sorted(chance.uniform(0.14, 0.5) for _ in range(5))
    for far in places:
        x = way.x + chance.choice((-1, 1)) * reach * far * chance.uniform(0.1, 0.46)
        foot, s = way.y + reach * 0.36 * far * 0.92, reach * 0.17 * far
        coat = Colour(0.24, 0.04, chance.uniform(0, 360)) if brief.palette.dark else Colour(0.38, 0.08,
            chance.uniform(0, 360))
        canvas.shadow(x, foot, s * 0.4, s * 0.07, 0.5)
        for leg in (-1, 1):
            canvas.fill([(x + leg * s * 0.02, foot - s * 0.45), (x + leg * s * 0.13, foot - s * 0.45),
                         (x + leg * s * 0.14, foot), (x + leg * s * 0.06, foot)], coat.lighter(-0.07).rgb())
        canvas.fade([(x - s * 0.13, foot - s * 0.82), (x + s * 0.13, foot - s * 0.82),
                     (x + s * 0.19, foot - s * 0.36), (x - s * 0.19, foot - s * 0.36)], coat.lighter(0.08).rgb(),
                    coat.rgb())
        canvas.fill(ellipse(x, foot - s * 0.92, s * 0.085, s * 0.1, 20),
                    Colour(0.5, 0.06, 50).rgb() if brief.time == "day" else coat.lighter(0.06).rgb())
        if brief.weather in {"rain", "storm"}:
            roof = ellipse(x, foot - s * 1.02, s * 0.42, s * 0.2, 28)
            canvas.fade([p for p in roof if p[1] <= foot - s * 1.02 + 1],
                        Colour(0.55, 0.15, chance.uniform(0, 360)).rgb(), Colour(0.32, 0.1, 280).rgb())
