"""Skies: gradient, sun or moon with their glow, clouds, stars, aurora."""

# ruff: noqa: PLR0917 - what is drawn takes place, size and light in one order

from dataclasses import dataclass

import numpy as np

from kie.emulator.media.brief import Brief, number
from kie.emulator.media.canvas import Canvas, Field, fbm, generator, smooth
from kie.emulator.media.palette import RGB, Colour, gradient


@dataclass(frozen=True, slots=True)
class Sky:
    """What the rest of a scene needs to know of its sky.

    Attributes:
        sun: Place of sun or moon as shares of width and height.
        radius: Its radius as a share of the shorter side; 0 if hidden.
        light: Direction towards it for `Canvas.clay`.
    """

    sun: tuple[float, float]
    radius: float
    light: tuple[float, float, float]


def paint(
    canvas: Canvas, brief: Brief, horizon: float = 0.6, *, clouds: float | None = None, until: float = 1.0
) -> Sky:
    """Paint the sky.

    Args:
        canvas: The picture.
        brief: The prompt.
        horizon: Where the ground begins, as a share of the height.
        clouds: How much of the sky they cover, 0-1; by the weather if not given.
        until: How far down it is seen, as a share of the height: nothing is painted below.
    """
    chance = brief.random("sky")
    colours = brief.palette
    low_sun = brief.time in {"sunset", "dawn", "dusk", "neon"}
    sun_x = chance.choice((chance.uniform(0.18, 0.4), chance.uniform(0.6, 0.82)))
    sun_y = horizon - chance.uniform(0.06, 0.14) if low_sun else horizon * chance.uniform(0.22, 0.42)
    hidden = brief.weather in {"rain", "storm", "snow", "fog", "clouds"} and brief.time in {"day", "dawn"}
    radius = 0.0 if hidden else {"night": 0.045, "neon": 0.14, "day": 0.038}.get(brief.time, 0.052)
    width, height = canvas.soft_size()
    rng = generator(number(brief.prompt, brief.seed, "clouds"))
    rows = np.asarray(
        gradient(((0.0, colours.high), (0.55, colours.middle), (1.0, colours.low)), height), dtype=np.float32
    )
    seen = max(2, min(height, int(height * until) + 3))
    stretch = np.clip(np.arange(seen) / max(1.0, height * horizon), 0, 1) ** 0.9
    soft = np.repeat(rows[(stretch * (height - 1)).astype(int)][:, None, :], width, axis=1)
    ys = (np.arange(seen, dtype=np.float32) / height)[:, None]
    xs = (np.arange(width, dtype=np.float32) / width)[None, :]
    aspect = canvas.width / canvas.height
    away = np.hypot((xs - sun_x) * aspect, ys - sun_y).astype(np.float32)
    glow = np.asarray(colours.glow.rgb(), np.float32)
    reach = 0.55 if low_sun else 0.4
    halo = np.exp(-((away / (reach * 0.36)) ** 2)) * 0.35 + np.exp(-((away / reach) ** 2)) * 0.38
    strength = np.float32(0.3 if hidden else 0.55 if brief.time == "night" else 1.0)
    soft += (glow - soft) * (halo * strength)[..., None]
    cover = clouds if clouds is not None else _cover(brief, chance.random())
    if cover > 0:
        soft = _clouds(soft, brief, rng, cover, horizon, away, height)
    if "aurora" in brief.features:
        soft = _aurora(soft, rng, horizon, height)
    canvas.backdrop(soft, seen / height)
    if brief.time == "night" and cover < 0.7:
        stars(canvas, brief, 170, horizon)
    x, y = sun_x * canvas.width, sun_y * canvas.height
    if radius:
        _disc(canvas, brief, x, y, radius * canvas.unit)
    return Sky((sun_x, sun_y), radius, _direction(sun_x, sun_y, horizon))


def _direction(x: float, y: float, horizon: float) -> tuple[float, float, float]:
    return ((x - 0.5) * 1.6, -0.35 - (horizon - y), 0.55)


def _cover(brief: Brief, draw: float) -> float:
    by_weather = {"clouds": 0.62, "rain": 0.8, "storm": 0.9, "snow": 0.7, "fog": 0.45}
    if brief.weather in by_weather:
        return by_weather[brief.weather]
    if "minimal" in brief.mood:
        return 0.12
    return 0.2 + 0.32 * draw


def _clouds(
    soft: Field, brief: Brief, rng: np.random.Generator, cover: float, horizon: float, away: Field, height: int
) -> Field:
    seen, width = soft.shape[:2]
    aspect = width / height
    shape = fbm((width, seen), (2.0 * aspect, 5.5 * seen / height), 5, rng, 0.55)
    rise: Field = (np.arange(seen, dtype=np.float32) / np.float32(max(1, height - 1)))[:, None]
    threshold: Field = np.float32(0.78 - 0.5 * cover) + np.float32(0.25) * np.abs(
        rise / np.float32(horizon) - np.float32(0.55)
    )
    dense = smooth(shape - threshold, 0.0, 0.22)
    under = np.roll(shape, -max(2, height // 60), axis=0)
    lit = smooth(shape - under, -0.03, 0.05) * 0.6 + 0.4 * smooth(0.8 - away, 0.0, 0.8)
    colours = brief.palette
    bright = colours.glow.mix(colours.low, 0.35 if brief.time != "night" else 0.8)
    dark = colours.middle.mix(colours.high, 0.45).duller(0.8)
    if brief.weather == "storm":
        dark = dark.lighter(-0.12)
    top, base = np.asarray(bright.rgb(), np.float32), np.asarray(dark.rgb(), np.float32)
    body = base + (top - base) * lit[..., None]
    opacity = dense * (0.82 if brief.weather else 0.68) * smooth(np.float32(horizon + 0.06) - rise, 0.0, 0.12)
    return np.asarray(soft + (body - soft) * opacity[..., None], dtype=np.float32)


def _aurora(soft: Field, rng: np.random.Generator, horizon: float, height: int) -> Field:
    width = soft.shape[1]
    base = fbm((width, 1), (3, 1), 4, rng)[0]
    rays = fbm((width, 1), (30, 1), 3, rng)[0]
    ys = (np.arange(soft.shape[0], dtype=np.float32) / height)[:, None]
    result = soft
    for shift, hue in ((0.0, 155), (0.12, 175), (0.2, 300)):
        foot = horizon * (0.35 + 0.5 * np.roll(base, int(width * shift)) - shift * 0.5)[None, :]
        up = (foot - ys) / (horizon * 0.5)
        curtain = np.where(up > 0, np.exp(-up * 3.2), np.exp(up * 26)) * (0.35 + 0.65 * rays[None, :])
        colour = np.asarray(Colour(0.85, 0.2, hue).rgb(), np.float32)
        result = result + colour * (curtain * 0.5)[..., None] * (1 - result / 255)
    return np.asarray(np.clip(result, 0, 255), dtype=np.float32)


def _disc(canvas: Canvas, brief: Brief, x: float, y: float, radius: float) -> None:
    from kie.emulator.media.canvas import ellipse

    colours = brief.palette
    outline = ellipse(x, y, radius, radius, 72)
    if brief.time == "neon":
        canvas.fade(outline, Colour(0.9, 0.15, 85).rgb(), Colour(0.62, 0.25, 355).rgb())
        return
    canvas.shine(x, y, radius * 4.2, colours.glow.mix(colours.low, 0.4).rgb(), 0.55)
    canvas.fill(outline, colours.glow.rgb(), 0.97)
    if brief.time == "night":
        chance = brief.random("moon")
        for _ in range(6):
            angle, far, size = chance.uniform(0, 6.3), chance.uniform(0, 0.7), chance.uniform(0.08, 0.24)
            spot = ellipse(
                x + radius * far * float(np.cos(angle)),
                y + radius * far * float(np.sin(angle)),
                radius * size,
                radius * size,
                24,
            )
            canvas.fill(spot, colours.glow.lighter(-0.12).rgb(), 0.45)


def stars(canvas: Canvas, brief: Brief, count: int, horizon: float = 1.0) -> None:
    """Scatter stars above the horizon, a few of them with a glow."""
    from PIL import ImageDraw

    chance = brief.random("stars")
    draw = ImageDraw.Draw(canvas.image, "RGBA")
    unit = canvas.unit / 1024
    tones = [Colour(0.96, 0.04, hue).rgb() for hue in (80, 250, 30)]
    bright: list[tuple[float, float, float, RGB, float]] = []
    for index in range(count):
        x, y = chance.uniform(0, canvas.width), canvas.height * horizon * chance.random() ** 1.25
        shine = chance.random() ** 3
        colour = chance.choice(tones)
        size = unit * (0.5 + 1.3 * shine)
        draw.ellipse((x - size, y - size, x + size, y + size), fill=(*colour, round(255 * (0.35 + 0.65 * shine))))
        if index % 28 == 0:
            bright.append((x, y, unit * 16, colour, 0.7))
    for light in bright:
        canvas.shine(*light)
