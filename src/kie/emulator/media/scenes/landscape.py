"""Mountains, hills, deserts, meadows and forests, by day and night, with water if the prompt has any."""

# ruff: noqa: PLR0917 - what is drawn takes place, size and light in one order

import numpy as np
from PIL import Image

from kie.emulator.media.brief import Brief, number
from kie.emulator.media.canvas import (
    BILINEAR,
    Canvas,
    Field,
    fbm,
    generator,
    picture,
    resize,
    shades,
    smooth,
    tint,
)
from kie.emulator.media.palette import Colour
from kie.emulator.media.scenes import sky as skies
from kie.emulator.media.scenes import weather
from kie.emulator.media.scenes.landmarks import grove, lone, road, volcano, waterfall, windmill
from kie.emulator.media.scenes.nature import balloon, birds, castle, cottage, pines


def paint(canvas: Canvas, brief: Brief) -> None:
    """Paint a landscape."""
    chance = brief.random("land")
    water = "water" in brief.features
    desert = "desert" in brief.features
    horizon = chance.uniform(0.56, 0.64) if water else chance.uniform(0.5, 0.6)
    rng = generator(number(brief.prompt, brief.seed, "ridges"))
    small = canvas.unit < 260
    count = 3 if water or small else 4
    colours = brief.palette
    wild = chance.random() < 0.6 and not brief.features & {"meadow", "castle"}
    lines: list[Field] = []
    for index in range(count):
        near = (index + 1) / count
        high = horizon - (0.26 * (1 - near) ** 0.8 if not desert else 0.10 * (1 - near))
        high += (0.0 if water else 0.30 * near**2) + chance.uniform(-0.02, 0.02)
        lines.append(_ridge(canvas, rng, index, count, desert=desert) * canvas.unit + high * canvas.height)
    crest = float(np.minimum.reduce(lines).max()) + 3
    sky = skies.paint(
        canvas, brief, horizon, until=(max(crest, horizon * canvas.height) if water else crest) / canvas.height
    )
    line = lines[-1]
    for index, line in enumerate(lines):
        near = (index + 1) / count
        haze = (1 - near) ** 1.15
        if desert:
            stone = Colour(0.62, 0.11, 55).mix(colours.ground, 0.25)
        elif near < 0.62 and "meadow" not in brief.features:
            stone = Colour(0.46, 0.045, 265).mix(colours.ground, 0.25)
        else:
            stone = colours.ground.turned(chance.uniform(-8, 8))
        if brief.time in {"night", "neon", "dusk"}:
            stone = stone.lighter(-0.16)
        base = stone.mix(colours.low.mix(colours.middle, 0.4), 0.12 + 0.68 * haze)
        if brief.time in {"sunset", "dawn"}:
            base = base.lighter(-0.10 * near)
        bottom = horizon * canvas.height if water else canvas.height
        if index + 1 < count:
            bottom = min(bottom, float(lines[index + 1].max()) + 2)
        _range(canvas, brief, line, base, sky, rng, near, bottom)
        wooded = "trees" in brief.features or (wild and 0.5 < near < 0.9)
        if wooded and near > 0.45 and not desert:
            plant = grove if "leafy" in brief.features else pines
            plant(
                canvas,
                brief,
                line,
                base,
                near,
                f"pines{index}",
                14 if small else 24 if water else 18 if plant is grove else 32,
            )
        if "waterfall" in brief.features and index == 1:
            fall = int(np.clip(canvas.width * (0.36 if sky.sun[0] > 0.5 else 0.64), 0, canvas.width - 1))
            foot = float(lines[2][fall]) + canvas.unit * 0.03 if not water else horizon * canvas.height
            waterfall(canvas, brief, float(fall), float(line[fall]) + canvas.unit * 0.02, foot)
        if "volcano" in brief.features and index == 0:
            peak = int(line[canvas.width // 5 : -canvas.width // 5].argmin()) + canvas.width // 5
            volcano(canvas, brief, float(peak), float(line[peak]) + canvas.unit * 0.004)
    if water:
        _lake(canvas, brief, horizon, sky)
    elif "road" in brief.features:
        road(canvas, brief, line)
    else:
        _foreground(canvas, brief, line)
    _things(canvas, brief, horizon, sky, line)
    weather.fog(
        canvas, brief, horizon, 0.22 if brief.weather != "fog" else 0.5, 0.15 if brief.weather == "fog" else 0.09
    )
    weather.lay(canvas, brief, horizon)


def _ridge(canvas: Canvas, rng: np.random.Generator, index: int, count: int, *, desert: bool) -> Field:
    """Return the height of a ridge line for each column, in shares of the shorter side."""
    width = canvas.width
    wide = canvas.width / canvas.unit
    near = (index + 1) / count
    if desert:
        rough = fbm((width, 1), (1.6 * wide + index, 1), 2, rng, 0.35)[0]
        return np.asarray((rough - 0.5) * 0.16, np.float32)
    if near < 0.62:
        peaks = fbm((width, 1), ((2.2 + 1.4 * index) * wide, 1), 7, rng, 0.5)[0]
        sharp = 1 - np.abs(2 * fbm((width, 1), ((1.8 + index) * wide, 1), 2, rng, 0.4)[0] - 1)
        return np.asarray(0.12 - (peaks * 0.5 + sharp**1.3 * 0.5) * 0.34, np.float32)
    rolling = fbm((width, 1), ((1.4 + 0.6 * index) * wide, 1), 4, rng, 0.36)[0]
    return np.asarray((0.5 - rolling) * 0.2, np.float32)


def _range(
    canvas: Canvas,
    brief: Brief,
    line: Field,
    base: Colour,
    sky: skies.Sky,
    rng: np.random.Generator,
    near: float,
    bottom: float,
) -> None:
    """Paint one range of hills below its ridge line."""
    top = max(0, int(line.min()) - 1)
    end = min(canvas.height, int(bottom) + 1)
    if end - top < 2:
        return
    height = end - top
    width = canvas.width
    factor = 4 if max(width, height) > 900 else 3 if max(width, height) > 500 else 1
    small_w, small_h = max(2, width // factor), max(2, height // factor)
    profile = resize(line[None, :].copy(), small_w, 1)
    wide = max(3, small_w // 28) | 1
    calm = np.convolve(np.pad(profile[0], wide // 2, mode="edge"), np.ones(wide, np.float32) / wide, "valid")
    below = (np.linspace(top, end, small_h, dtype=np.float32)[:, None] - calm[None, :]) / canvas.unit
    rough = fbm((small_w, small_h), (7 + 9 * near, 5 + 3 * near), 4, rng, 0.62)
    side = np.gradient(calm) * small_w / width * -np.sign(sky.light[0])
    lean = np.clip(side * 3.2, -1, 1)[None, :] * np.exp(-np.clip(below, 0, 9) * 6)
    slope_y, slope_x = np.gradient(rough)
    relief = np.clip((slope_x * np.sign(sky.light[0]) * 1.0 - slope_y * 0.5) * small_w / 26, -1.3, 1.3)
    depth = 0.62 - 0.24 * (1 - np.exp(-np.clip(below, 0, 2) * 3.0))
    contrast = 0.4 + 0.6 * near
    shade = depth + contrast * (0.16 * lean - 0.17 * relief + 0.10 * (rough - 0.5))
    array = tint(shade, shades(base, 0.6 + 0.35 * near, brief.palette.high.h)).astype(np.float32)
    white = "snowcaps" in brief.features or brief.weather == "snow"
    if "desert" not in brief.features and (white or (near < 0.62 and brief.palette.low.l > 0.6)):
        # Snow lies above a line in height, ragged by the relief; in winter it lies everywhere, thinner below.
        peak, foot = float(line.min()), float(line.max())
        height_at = np.linspace(top, end, small_h, dtype=np.float32)[:, None]
        border = peak + (foot - peak) * 0.42 + (rough - 0.5 - 0.22 * relief) * (foot - peak) * 0.95
        cap = smooth((border - height_at) / canvas.unit, -0.006, 0.02)
        if white:
            cap = np.maximum(cap, smooth(rough + 0.16 * relief, 0.30, 0.62) * 0.9)
        snow = Colour(0.965, 0.015, 250).mix(base, 0.10 + 0.38 * (1 - near))
        lit = tint(shade + 0.13, shades(snow, 0.55, brief.palette.high.h)).astype(np.float32)
        array += (lit - array) * cap[..., None]
    haze = np.asarray(brief.palette.low.mix(base, 0.35).rgb(), np.float32)
    veil = (1 - np.exp(-np.clip(below, 0, 2) * 2.6)) * (0.55 * (1 - near) + 0.05)
    array += (haze - array) * veil[..., None]
    image = picture(array).resize((width, height), BILINEAR)
    # Only along the ridge line a mask is needed; below it the hill covers all.
    edge = max(1, min(height, int(line.max()) + 2 - top))
    rows = np.arange(top, top + edge, dtype=np.float32)[:, None]
    mask = picture(np.clip(rows - line[None, :] + np.float32(0.5), 0, 1) * np.float32(255))
    canvas.image.paste(image.crop((0, 0, width, edge)), (0, top), mask)
    if edge < height:
        canvas.image.paste(image.crop((0, edge, width, height)), (0, top + edge))


def _lake(canvas: Canvas, brief: Brief, horizon: float, sky: skies.Sky) -> None:
    reflect(canvas, brief, int(horizon * canvas.height), 0.32)
    chance = brief.random("glints")
    if sky.radius:
        x = sky.sun[0] * canvas.width
        unit = canvas.unit / 1024
        for _ in range(46):
            depth = chance.random() ** 1.6
            y = canvas.height * (horizon + (1 - horizon) * depth)
            long = unit * (10 + 70 * depth)
            at = x + chance.gauss(0, 1) * unit * (16 + 70 * depth)
            canvas.shadow(at, y, long, unit * (1.5 + 4 * depth), 0.55, brief.palette.glow.rgb())


def reflect(canvas: Canvas, brief: Brief, row: int, dim: float) -> None:
    """Mirror what is above a row into the water below it, with ripples that grow towards the viewer."""
    height = canvas.height - row
    if height < 4:
        return
    upper = canvas.image.crop((0, max(0, row - height), canvas.width, row)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    array = np.asarray(upper)
    rng = generator(number(brief.prompt, brief.seed, "ripples"))
    depth = np.linspace(0, 1, height)
    rows = np.arange(height)
    far = rows * (min(array.shape[0], height) - 1) / max(1, height - 1)
    waves = np.sin(np.sqrt(depth + 0.01) * 150 + rng.random() * 6) + np.sin(np.sqrt(depth + 0.02) * 267)
    source = np.clip(far + waves * depth * canvas.unit * 0.008, 0, array.shape[0] - 1).astype(int)
    shift = (np.sin(np.sqrt(depth + 0.005) * 190) * depth * canvas.unit * 0.006).astype(int)
    water = array[source]
    for start in range(0, height, 2):
        if shift[start]:
            water[start : start + 2] = np.roll(water[start : start + 2], shift[start], axis=1)
    mirrored = Image.fromarray(water)
    tone = brief.palette.high.mix(brief.palette.middle, 0.5).lighter(-0.14)
    veil = Image.new("RGB", mirrored.size, tone.rgb())
    canvas.image.paste(Image.blend(mirrored, veil, dim), (0, row))
    canvas.image.paste(
        brief.palette.glow.mix(brief.palette.low, 0.5).rgb(), (0, row, canvas.width, row + max(1, canvas.unit // 500))
    )


def _foreground(canvas: Canvas, brief: Brief, line: Field) -> None:
    """Scatter grass and flowers over the nearest hill."""
    if "desert" in brief.features or brief.weather == "snow" or "snowcaps" in brief.features:
        return
    chance = brief.random("grass")
    unit = canvas.unit / 1024
    from PIL import ImageDraw

    draw = ImageDraw.Draw(canvas.image)
    ground = brief.palette.ground
    dark = brief.time in {"night", "neon", "dusk"}
    shades = [ground.lighter(by - (0.16 if dark else 0.04)).rgb() for by in (-0.18, -0.1, 0.0, 0.08)]
    for _ in range(460):
        x = chance.uniform(0, canvas.width)
        column = min(canvas.width - 1, int(x))
        depth = chance.random() ** 0.7
        y = line[column] + (canvas.height * 1.03 - line[column]) * depth
        tall = unit * (3 + 26 * depth**1.5)
        lean = chance.uniform(-0.4, 0.4) * tall
        draw.line((x, y, x + lean, y - tall), fill=chance.choice(shades), width=max(1, round(unit * 2.4 * depth)))
    if "meadow" in brief.features:
        petals = [colour.rgb() for colour in brief.colours] or [
            Colour(0.8, 0.15, hue).rgb() for hue in (20, 90, 330, 300)
        ]
        for _ in range(190):
            x = chance.uniform(0, canvas.width)
            column = min(canvas.width - 1, int(x))
            depth = chance.random() ** 0.8
            y = line[column] + (canvas.height * 1.02 - line[column]) * depth
            size = unit * (1.2 + 7.5 * depth**1.6)
            colour = chance.choice(petals)
            draw.ellipse((x - size, y - size * 0.8, x + size, y + size * 0.8), fill=colour)
            draw.ellipse((x - size * 0.3, y - size * 0.3, x + size * 0.3, y + size * 0.2), fill=(250, 225, 140))


def _things(canvas: Canvas, brief: Brief, horizon: float, sky: skies.Sky, line: Field) -> None:
    chance = brief.random("things")
    side = 0.72 if sky.sun[0] < 0.5 else 0.28
    x = canvas.width * (side + chance.uniform(-0.06, 0.06))
    ground = horizon * canvas.height if "water" in brief.features else float(line[min(len(line) - 1, int(x))])
    if "lone" in brief.features or ("leafy" in brief.features and "forest" not in brief.prompt.lower()):
        lone(canvas, brief, canvas.width - x, max(ground, canvas.height * 0.8))
    if "windmill" in brief.features:
        windmill(canvas, brief, x, ground + canvas.unit * 0.02, canvas.unit * 0.34)
    elif "castle" in brief.features:
        castle(canvas, brief, x, ground + canvas.unit * 0.01, canvas.unit * 0.24, sky.light)
    elif "cabin" in brief.features:
        cottage(canvas, brief, x, ground + canvas.unit * 0.03, canvas.unit * 0.17, sky.light)
    if "balloon" in brief.features:
        for index in range(chance.randint(2, 4)):
            size = canvas.unit * (0.17 - 0.035 * index)
            at = canvas.width * chance.uniform(0.12, 0.88), canvas.height * chance.uniform(0.14, 0.4)
            balloon(canvas, brief, at[0], at[1], size, sky.light, index)
    if "birds" in brief.features or chance.random() < 0.35:
        birds(canvas, brief, horizon)
