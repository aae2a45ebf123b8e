"""Cities: a skyline over water or haze, or a street between house fronts (see `street`)."""

# ruff: noqa: PLR0917 - what is drawn takes place, size and light in one order
# Outlines stand as rows of points.
# fmt: off

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from kie.emulator.media.brief import Brief
from kie.emulator.media.canvas import Canvas, Field, generator, picture, smooth
from kie.emulator.media.palette import Colour
from kie.emulator.media.scenes import sky as skies
from kie.emulator.media.scenes import street, weather
from kie.emulator.media.scenes.landscape import reflect


def paint(canvas: Canvas, brief: Brief) -> None:
    """Paint a city."""
    if "street" in brief.features:
        street.paint(canvas, brief)
    else:
        _skyline(canvas, brief)
    weather.lay(canvas, brief, 0.6)


@dataclass(frozen=True, slots=True)
class _House:
    """A house of a skyline: its box, its wall, how lit it is, which house it is, and in which row (0 far, 1 near)."""

    left: int
    top: int
    width: int
    height: int
    wall: Colour
    lit: float
    seed: int
    near: float


def _skyline(canvas: Canvas, brief: Brief) -> None:
    chance = brief.random("city")
    water = chance.random() < 0.55 or "water" in brief.features
    ground = chance.uniform(0.70, 0.76) if water else 1.0
    sky = skies.paint(canvas, brief, ground - (0.06 if water else 0.24), until=ground)
    foot = int(ground * canvas.height)
    houses = _plan(canvas, brief, foot, 0.62 if sky.sun[0] < 0.5 else 0.38)
    # What nearer houses hide is not painted: from the nearest one backwards, the line above which one still sees.
    line = np.full(canvas.width, foot, np.int32)
    seen: list[tuple[_House, int]] = []
    for house in reversed(houses):
        a, b = max(0, house.left), min(canvas.width, house.left + house.width)
        if a >= b:
            continue
        bottom = int(line[a:b].max())
        if house.top < bottom:
            seen.append((house, bottom))
            line[a:b] = np.minimum(line[a:b], house.top)
    lights: list[street.Light] = []
    for house, bottom in reversed(seen):
        _house(canvas, brief, house, bottom, foot, lights, sun_right=sky.sun[0] > 0.5)
    canvas.shines(lights)
    if water:
        canvas.shadow(canvas.width / 2, foot, canvas.width * 0.8, canvas.unit * 0.02, 0.8)
        reflect(canvas, brief, foot, 0.28)


def _plan(canvas: Canvas, brief: Brief, foot: int, heart: float) -> list[_House]:
    """Return the houses, the farthest first."""
    chance = brief.random("houses")
    colours, unit = brief.palette, canvas.unit
    dark = brief.time in {"night", "neon", "dusk"}
    lit = {"night": 0.5, "neon": 0.48, "dusk": 0.34, "sunset": 0.16}.get(brief.time, 0.02)
    base = Colour(0.30, 0.035, colours.high.h) if dark else Colour(0.60, 0.03, 250).mix(colours.ground, 0.12)
    if brief.time in {"sunset", "dawn"}:
        base = Colour(0.42, 0.05, 300).mix(colours.middle, 0.2)
    wide_view = min(1.5, canvas.width / canvas.height)
    houses: list[_House] = []
    # Behind a figure, out of focus, fewer houses do.
    small = unit < 400
    for layer in range(1 if small else 0, 4):
        near = (layer + 1) / 4
        wall = base.lighter(-0.08 * near).mix(colours.low.mix(colours.middle, 0.3), 0.82 * (1 - near) ** 0.8)
        x = -unit * 0.05
        while x < canvas.width:
            wide = unit * chance.uniform(0.055, 0.115) * (0.75 + 0.45 * near) * (1.4 if small else 1.0)
            centre = 1 - abs((x + wide / 2) / canvas.width - heart) * 1.3
            tall = unit * chance.uniform(0.10, 0.30) * (0.62 + 0.8 * max(0.0, centre)) * (1.35 - 0.62 * near)
            if chance.random() < 0.16:
                tall *= 1.5
            tall *= 1.15 if wide_view < 1 else 1.0
            tone = wall.lighter(chance.uniform(-0.035, 0.035)).turned(chance.uniform(-25, 25))
            houses.append(_House(int(x), int(foot - tall), max(4, int(wide)), max(6, int(tall)), tone,
                                 lit * (0.5 + 0.5 * near), chance.randrange(1 << 30), near))
            x += wide * chance.uniform(0.82, 1.12)
    return houses


def _house(canvas: Canvas, brief: Brief, house: _House, bottom: int, foot: int, lights: list[street.Light], *,
           sun_right: bool) -> None:
    left, top, width = house.left, house.top, house.width
    wall, kind, near = house.wall, house.seed % 6, house.near
    side = max(2, int(width * 0.26))
    high = min(bottom, foot) - top
    haze = _haze(canvas, brief, top, high, foot, near)
    front = facade(width - side, high, wall, brief, house.seed, house.lit, haze)
    draw = ImageDraw.Draw(canvas.image)
    if kind == 0:
        inset, step = width // 5, house.height // 9
        draw.rectangle((left + inset, top - step, left + width - inset, top), fill=wall.lighter(0.02).rgb())
        draw.rectangle((left + inset, top - step, left + inset + width // 6, top), fill=wall.lighter(-0.07).rgb())
    # The narrow side has no windows: it lies in the shade.
    at = left if sun_right else left + width - side
    veil, colour = haze
    bands = 5
    for band in range(bands):
        y1, y2 = top + high * band // bands, top + high * (band + 1) // bands
        if y2 > y1:
            shade = wall.lighter((-0.055 if brief.palette.dark else -0.10) - 0.012 * band)
            tone = shade.mix(colour, float(veil[min(len(veil) - 1, (y1 + y2) // 2 - top)]))
            draw.rectangle((at, y1, at + side - 1, y2 - 1), fill=tone.rgb())
    canvas.image.paste(front, (left + side if sun_right else left, top))
    edge = wall.lighter(0.08 if not brief.palette.dark else 0.05).rgb()
    draw.line((left, top, left + width - 1, top), fill=edge, width=max(1, int(canvas.unit * 0.003)))
    cx = left + width / 2
    if kind in {1, 2} and near < 0.95:
        tip = top - house.height * 0.2
        draw.line((cx, top, cx, tip), fill=wall.lighter(-0.06).rgb(), width=max(1, int(canvas.unit * 0.003)))
        if brief.palette.dark:
            lights.append((cx, tip, canvas.unit * 0.018, (255, 70, 60), 1.0))
    elif kind == 3 and near < 0.8:
        tip = top - width * 0.75
        canvas.fade([(left, top), (cx, tip), (left + width, top)], wall.lighter(0.06).rgb(), wall.lighter(-0.03).rgb())
    elif kind == 4:
        draw.rectangle((left + width * 0.2, top - width * 0.16, left + width * 0.55, top),
                       fill=wall.lighter(-0.06).rgb())


def _haze(canvas: Canvas, brief: Brief, top: int, high: int, foot: int, near: float) -> tuple[Field, Colour]:
    """Return how much of each row of a house is lost in the haze before it, and the colour of the haze."""
    down = np.arange(top, top + max(1, high), dtype=np.float32)
    low = np.clip(1 - (foot - down) / (canvas.unit * 0.4), 0, 1) ** 1.5
    thick = 0.8 if brief.weather in {"fog", "rain"} else 0.55
    colour = brief.palette.low.mix(brief.palette.glow, 0.15)
    return np.asarray(low * thick * (1 - near) ** 0.7, np.float32), colour


def facade(width: int, height: int, wall: Colour, brief: Brief, seed: int, lit: float,
           haze: tuple[Field, Colour]) -> Image.Image:
    """Return a house front: a wall in soft light with rows of windows, some of them lit.

    Args:
        width: Pixels.
        height: Pixels.
        wall: Colour of the wall.
        brief: The prompt.
        seed: Which house.
        lit: Share of the windows that are lit.
        haze: What `_haze` tells.
    """
    rng = generator(seed)
    across = int(rng.integers(4, 9))
    cell = max(3.0, width / across)
    pitch = cell * (0.8, 1.1, 1.35)[int(rng.integers(3))]
    down = max(1, int(height / pitch) + 1)
    gap_x, gap_y = float(rng.uniform(0.25, 0.5)), float(rng.uniform(0.3, 0.5))
    kind = int(rng.integers(3))
    state = rng.random((down, across), dtype=np.float32)
    if kind == 1:
        state = np.repeat(state[:, ::2], 2, axis=1)[:, :across]
    lamps = np.asarray(street.lamplight(brief), np.float32)
    tone = lamps[rng.integers(0, len(lamps), (down, across))] * (0.55 + 0.45 * rng.random((down, across, 1)))
    dull = brief.palette.low.mix(brief.palette.middle, 0.5).mix(wall, 0.55 if not brief.palette.dark else 0.8)
    fall = np.linspace(1.05, 0.8, down, dtype=np.float32)[:, None, None]
    glass = np.asarray(dull.rgb(), np.float32) * (np.float32(0.82) + np.float32(0.25) * state[..., None]) * fall
    panes = np.where(state[..., None] < lit, tone, glass).astype(np.float32)
    top = np.asarray(wall.lighter(0.07).rgb(), np.float32)
    low = np.asarray(wall.lighter(-0.06).rgb(), np.float32)
    ys = np.arange(height, dtype=np.float32)
    front = (top + (low - top) * (ys / max(1, height))[:, None])[:, None, :]
    veil, colour = haze
    air = np.asarray(colour.rgb(), np.float32)
    front += (air - front) * veil[:height, None, None]
    middles = np.minimum((np.arange(down) + 0.5) * pitch, height - 1).astype(np.intp)
    panes += (air - panes) * veil[middles][:, None, None]
    image = picture(np.repeat(front.astype(np.uint8), width, axis=1))
    rows = smooth(np.abs(ys / pitch % 1 - 0.5), 0.5 - gap_y / 2 + 0.06, 0.5 - gap_y / 2 - 0.06)
    columns = _bars(width, across, gap_x if kind != 1 else 0.0)
    mask = picture(rows[:, None] * (columns * np.float32(235))[None, :])
    box = (0, 0, across, min(down, height / pitch))
    image.paste(picture(panes).resize((width, height), Image.Resampling.NEAREST, box=box), mask=mask)
    return image


def _bars(pixels: int, count: int, gap: float) -> Field:
    """Return where along a wall there is glass (1) and where there is none (0), with soft borders."""
    if gap <= 0:
        return np.ones(pixels, np.float32)
    place = (np.arange(pixels, dtype=np.float32) + 0.5) / pixels * count % 1
    return smooth(np.minimum(place, 1 - place), gap / 2 - 0.06, gap / 2 + 0.06)
