"""Rain, snow, fog and lightning, laid over a finished scene."""

import numpy as np
from PIL import Image, ImageDraw

from kie.emulator.media.brief import Brief, number
from kie.emulator.media.canvas import BICUBIC, Canvas, fbm, generator, picture, smooth


def lay(canvas: Canvas, brief: Brief, horizon: float = 0.6) -> None:
    """Lay the weather of the prompt over the picture."""
    if brief.weather in {"rain", "storm"}:
        _rain(canvas, brief)
        if brief.weather == "storm":
            _lightning(canvas, brief, horizon)
    elif brief.weather == "snow":
        _snow(canvas, brief)
    elif brief.weather == "fog":
        fog(canvas, brief, horizon, 0.75)


def fog(canvas: Canvas, brief: Brief, horizon: float, strength: float, reach: float = 0.24) -> None:
    """Lay banks of fog, thickest at the horizon.

    Args:
        canvas: The picture.
        brief: The prompt.
        horizon: Where, as a share of the height.
        strength: How much it hides, 0-1.
        reach: How far up and down it goes, as a share of the height.
    """
    middle = horizon + 0.06
    top, end = max(0.0, middle - 1.9 * reach), min(1.0, middle + 1.9 * reach)
    first, last = int(top * canvas.height), int(end * canvas.height)
    width, height = canvas.soft_size(128)
    height = max(2, round(height * (end - top)))
    if last - first < 2:
        return
    rng = generator(number(brief.prompt, brief.seed, "fog"))
    banks = fbm((width, height), (2.2, 7 * (end - top)), 4, rng)
    rows = np.linspace(top, end, height, dtype=np.float32)[:, None]
    band = np.clip(1 - ((rows - middle) / (1.9 * reach)) ** 2, 0, 1) ** 3
    size = canvas.width, last - first
    mask = picture(255 * strength * band * smooth(banks, 0.1, 0.85)).resize(size, BICUBIC)
    colour = brief.palette.low.mix(brief.palette.glow, 0.3).duller(0.6)
    canvas.image.paste(Image.new("RGB", size, colour.rgb()), (0, first), mask)


def _rain(canvas: Canvas, brief: Brief) -> None:
    chance = brief.random("rain")
    draw = ImageDraw.Draw(canvas.image, "RGBA")
    unit = canvas.unit / 1024
    lean = chance.uniform(-0.22, 0.22)
    for _ in range(520):
        x, y = chance.uniform(-50, canvas.width + 50), chance.uniform(-60, canvas.height)
        near = chance.random() ** 2
        length = unit * (14 + 62 * near)
        draw.line(
            (x, y, x + lean * length, y + length),
            fill=(232, 238, 250, round(34 + 66 * near)),
            width=max(1, round(unit * (1 + 1.2 * near))),
        )


def _snow(canvas: Canvas, brief: Brief) -> None:
    chance = brief.random("snow")
    unit = canvas.unit / 1024
    draw = ImageDraw.Draw(canvas.image, "RGBA")
    for _ in range(420):
        x, y = chance.uniform(0, canvas.width), chance.uniform(0, canvas.height)
        near = chance.random() ** 3
        size = unit * (1.1 + 3.4 * near)
        draw.ellipse((x - size, y - size, x + size, y + size), fill=(255, 255, 255, round(120 + 110 * near)))
    for _ in range(14):
        size = unit * chance.uniform(14, 34)
        canvas.shadow(
            chance.uniform(0, canvas.width), chance.uniform(0, canvas.height), size, size, 0.5, (255, 255, 255)
        )


def _lightning(canvas: Canvas, brief: Brief, horizon: float) -> None:
    chance = brief.random("lightning")
    unit = canvas.unit / 1024
    x, y = canvas.width * chance.uniform(0.25, 0.75), 0.0
    path = [(x, y)]
    while y < canvas.height * horizon:
        x, y = x + unit * chance.uniform(-46, 46), y + unit * chance.uniform(22, 60)
        path.append((x, y))
    middle = path[len(path) // 2]
    canvas.shine(middle[0], middle[1], canvas.unit * 0.5, (150, 160, 220), 0.7)
    draw = ImageDraw.Draw(canvas.image)
    draw.line(path, fill=(196, 200, 255), width=max(2, round(5 * unit)), joint="curve")
    draw.line(path, fill=(255, 255, 255), width=max(1, round(2 * unit)), joint="curve")
