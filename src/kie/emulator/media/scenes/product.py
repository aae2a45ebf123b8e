"""Objects in a studio: a backdrop, a plinth or a table, soft light; or before a landscape out of focus."""

from dataclasses import replace

import numpy as np
from PIL import Image

from kie.emulator.media.brief import Brief
from kie.emulator.media.canvas import BICUBIC, Canvas, Field, ellipse, smooth
from kie.emulator.media.palette import Colour
from kie.emulator.media.scenes.solid import Stuff, lathe
from kie.emulator.media.scenes.things import THINGS


def paint(canvas: Canvas, brief: Brief) -> None:
    """Paint the object of the prompt."""
    chance = brief.random("product")
    size = canvas.unit * chance.uniform(0.50, 0.56)
    foot = canvas.height / 2 + canvas.unit * 0.29
    cx = canvas.width * (0.5 + chance.uniform(-0.03, 0.03))
    table = "table" in brief.features
    if brief.setting == "studio":
        plinth = chance.random() < 0.5 and not table
        ground = studio(canvas, brief, foot + (canvas.unit * 0.02 if plinth else 0))
        if plinth:
            _plinth(canvas, cx, foot, size, ground)
        _leaf_shadows(canvas, brief)
        if table:
            _table(canvas, brief, foot)
    else:
        blurred(canvas, brief, brief.setting)
        _table(canvas, brief, foot)
    canvas.subject()
    canvas.shadow(cx + size * 0.10, foot + size * 0.005, size * 0.62, size * 0.085, 0.5)
    canvas.shadow(cx + size * 0.02, foot, size * 0.36, size * 0.045, 0.6)
    if brief.thing in {"sphere", "egg", "candle", "bulb"}:
        size *= 0.9
    THINGS[brief.thing](canvas, brief, cx, foot, size)


def studio(canvas: Canvas, brief: Brief, line: float) -> Colour:
    """Paint a backdrop that runs into the floor; return its colour."""
    chance = brief.random("studio")
    colours = brief.palette
    if brief.colours:
        tone = brief.colours[-1] if len(brief.colours) > 1 else brief.colours[0].turned(chance.choice((0, 25, 160)))
        wall = Colour(0.86, min(0.09, tone.c * 0.5), tone.h)
    else:
        wall = Colour(0.86, 0.055, colours.main.turned(chance.choice((0, 40, 180))).h)
    if "dark" in brief.mood or brief.time in {"night", "neon"}:
        wall = Colour(0.32, wall.c, wall.h)
    if "mono" in brief.mood:
        wall = wall.duller(0)
    if "whiteground" in brief.features:
        wall = Colour(0.965, 0.003, 90)
    width, height = canvas.soft_size(200)
    ys = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    xs = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    spot = chance.uniform(0.32, 0.5)
    aspect = canvas.width / canvas.height
    light = np.exp(-((((xs - spot) * aspect) / 0.55) ** 2 + ((ys - 0.36) / 0.5) ** 2))
    floor = smooth(ys * np.ones_like(xs), line / canvas.height - 0.09, line / canvas.height + 0.02)
    far = np.asarray(wall.lighter(-0.22).duller(1.15).rgb(), np.float32)
    near = np.asarray(wall.lighter(0.09).rgb(), np.float32)
    ground = np.asarray(wall.lighter(0.05).duller(0.9).rgb(), np.float32)
    array: Field = far + (near - far) * light[..., None]
    below = ground * (0.80 + 0.24 * np.exp(-(((xs - 0.45) * aspect / 0.6) ** 2)))[..., None]
    array = array + (below - array) * (floor * 0.85)[..., None]
    canvas.backdrop(array)
    return wall


def _plinth(canvas: Canvas, cx: float, foot: float, size: float, wall: Colour) -> None:
    high, radius = canvas.height - foot + size * 0.2, size * 0.66
    tone = wall.lighter(0.03 if wall.l > 0.5 else 0.12)
    canvas.shadow(cx + radius * 0.5, foot + radius * 0.2, radius * 1.4, radius * 0.6, 0.28)
    lathe(canvas, cx, foot, high, ((0.0, radius / high), (1.0, radius / high)), Stuff(tone, gloss=0.0))
    canvas.fade(ellipse(cx, foot, radius, radius * 0.135, 72), tone.lighter(0.02).rgb(), tone.lighter(0.09).rgb())


def _leaf_shadows(canvas: Canvas, brief: Brief) -> None:
    """Lay the soft shadow of a window over the wall, or none."""
    chance = brief.random("window")
    if chance.random() < 0.45 or "minimal" in brief.mood:
        return
    x, y, unit = canvas.width * chance.uniform(0.1, 0.3), canvas.height * 0.05, canvas.unit
    layer = Image.new("L", (128, 128))
    from PIL import ImageDraw, ImageFilter

    draw = ImageDraw.Draw(layer)
    for column in range(2):
        for row in range(3):
            left, top = 20 + column * 44 + row * 5, 6 + row * 38
            draw.polygon([(left, top), (left + 38, top + 6), (left + 42, top + 38), (left + 4, top + 32)], fill=70)
    layer = layer.filter(ImageFilter.GaussianBlur(2.2)).resize((round(unit * 0.62), round(unit * 0.62)), BICUBIC)
    canvas.image.paste((255, 250, 235), (round(x), round(y), round(x) + layer.width, round(y) + layer.height), layer)


def _table(canvas: Canvas, brief: Brief, foot: float) -> None:
    wood = Colour(0.48, 0.07, 55) if brief.time != "night" else Colour(0.3, 0.05, 50)
    top = foot - canvas.unit * 0.07
    canvas.fade(
        [(0, top), (canvas.width, top), (canvas.width, canvas.height), (0, canvas.height)],
        wood.lighter(0.1).rgb(),
        wood.lighter(-0.16).rgb(),
    )
    chance = brief.random("wood")
    for _ in range(26):
        y = top + (canvas.height - top) * chance.random() ** 1.2
        canvas.shadow(
            canvas.width * chance.random(),
            y,
            canvas.width * chance.uniform(0.2, 0.6),
            canvas.unit * 0.005,
            0.25,
            wood.lighter(chance.choice((-0.12, 0.12))).rgb(),
        )
    canvas.shadow(
        canvas.width * 0.4,
        top + canvas.unit * 0.1,
        canvas.width * 0.5,
        canvas.unit * 0.12,
        0.25,
        brief.palette.glow.rgb(),
    )


def beyond(canvas: Canvas, brief: Brief, setting: str) -> None:
    """Fill the picture with a scene a little out of focus, as it is behind what stands in front."""
    from kie.emulator.media.scenes.paint import scene

    share = 0.5 if canvas.unit > 400 else 1.0
    size = max(16, round(canvas.width * share)), max(16, round(canvas.height * share))
    image = scene(replace(brief, scene=setting, texts=(), mood=brief.mood - {"mono"}), *size, grain=0, vignette=0.0)
    canvas.image = (
        image if image.size == canvas.image.size else image.resize(canvas.image.size, Image.Resampling.BILINEAR)
    )


def blurred(canvas: Canvas, brief: Brief, setting: str, sharpness: int = 88) -> None:
    """Fill the picture with a scene out of focus."""
    from kie.emulator.media.scenes.paint import scene

    factor = sharpness * 2.4 / max(canvas.width, canvas.height)
    small = max(16, round(canvas.width * factor)), max(16, round(canvas.height * factor))
    behind = replace(
        brief, scene=setting, features=brief.features - {"cabin", "castle", "lighthouse", "boat", "birds", "balloon"}
    )
    image = scene(behind, *small, grain=0, vignette=0.0).reduce(3)
    canvas.backdrop(np.asarray(image))
    chance = brief.random("bokeh")
    for _ in range(12):
        r = canvas.unit * chance.uniform(0.02, 0.07)
        spot = ellipse(canvas.width * chance.random(), canvas.height * chance.uniform(0, 0.75), r, r, 32)
        canvas.fill(
            spot, brief.palette.glow.mix(brief.palette.accent, chance.random() * 0.5).rgb(), chance.uniform(0.06, 0.2)
        )
