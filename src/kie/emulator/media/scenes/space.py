"""Space: stars, nebulae with their dark lanes, planets with bands, craters, air and rings, moons, comets."""

# ruff: noqa: PLR0917 - what is drawn takes place, size and light in one order
# Outlines stand as rows of points.
# fmt: off

import math

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from kie.emulator.media.brief import Brief, number
from kie.emulator.media.canvas import BICUBIC, Canvas, Field, curve, fbm, generator, picture, smooth
from kie.emulator.media.palette import Colour, gradient
from kie.emulator.media.scenes.sky import stars


def paint(canvas: Canvas, brief: Brief) -> None:
    """Paint a part of space."""
    chance = brief.random("space")
    words = brief.prompt.lower()
    galaxy = "galaxy" in words or "галактик" in words or "银河" in words
    hues = [c for c in brief.colours if c.c > 0.02]
    first = hues[0] if hues else Colour(0.55, 0.2, chance.choice((300, 330, 250, 200, 25)))
    second = hues[1] if len(hues) > 1 else first.turned(chance.choice((-70, 60, 110)))
    if galaxy:
        _galaxy(canvas, brief, first, second)
    else:
        _nebula(canvas, brief, first, second, 0.75 if "nebula" in words else 0.5)
    stars(canvas, brief, 260, 1.0)
    wanted = any(word in words for word in ("planet", "saturn", "mars", "jupiter", "moon", "earth", "orbit", "планет",
                                            "星球"))
    if wanted or (not galaxy and chance.random() < 0.6):
        _worlds(canvas, brief, second if len(hues) > 1 else first.turned(150))
    if "comet" in words or chance.random() < 0.25:
        _comet(canvas, brief)
    if "ship" in brief.features:
        _ship(canvas, brief)


def _nebula(canvas: Canvas, brief: Brief, first: Colour, second: Colour, strength: float) -> None:
    width, height = canvas.soft_size(192)
    rng = generator(number(brief.prompt, brief.seed, "nebula"))
    aspect = width / height
    bend_x = fbm((width, height), (2.2 * aspect, 2.2), 3, rng) - 0.5
    bend_y = fbm((width, height), (2.2 * aspect, 2.2), 3, rng) - 0.5
    base = fbm((width, height), (3 * aspect, 3), 6, rng, 0.56)
    fine = fbm((width, height), (6 * aspect, 6), 5, rng, 0.6)
    ys, xs = np.arange(height, dtype=np.float32)[:, None], np.arange(width, dtype=np.float32)[None, :]
    reach = np.float32(min(width, height) * 0.45)
    yi = np.clip(ys + bend_y * reach, 0, height - 1).astype(np.intp)
    xi = np.clip(xs + bend_x * reach, 0, width - 1).astype(np.intp)
    cloud = base[yi, xi]
    filament = 1 - np.abs(2 * fine[yi, xi] - 1)
    turn = brief.random("band").uniform(-0.8, 0.8)
    half = np.float32(0.5)
    v = (ys / height - half) * np.float32(math.cos(turn)) - (xs / width - half) * np.float32(math.sin(turn))
    band = np.exp(-((v / np.float32(0.34)) ** 2))
    density = smooth(cloud, 0.28, 0.95) * (0.35 + 0.65 * band)
    lanes = smooth(filament, 0.82, 0.99) * 0.55
    light = np.clip(density * (0.5 + 0.9 * filament**3) * (1 - lanes), 0, 3)
    mixing = smooth(fbm((width, height), (2 * aspect, 2), 3, rng), 0.3, 0.7)[..., None]
    deep = np.asarray(Colour(0.10, 0.03, first.h).rgb(), np.float32)
    one = np.asarray(Colour(0.60, min(0.24, first.c + 0.04), first.h).rgb(), np.float32)
    two = np.asarray(Colour(0.64, min(0.22, second.c + 0.04), second.h).rgb(), np.float32)
    colour = one + (two - one) * mixing
    glow = 1 - np.exp(-light[..., None] * (1.2 + 2.2 * strength))
    array = deep + (colour - deep) * glow * (0.55 + 0.45 * strength)
    core = smooth(light, 0.55, 1.25)[..., None]
    array += (np.asarray((255, 240, 232), np.float32) - array) * core * 0.62
    canvas.backdrop(array)


def _galaxy(canvas: Canvas, brief: Brief, first: Colour, second: Colour) -> None:
    width, height = canvas.soft_size(360)
    rng = generator(number(brief.prompt, brief.seed, "galaxy"))
    chance = brief.random("galaxy")
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    unit = min(width, height)
    dx, dy = (xs - width / 2) / unit, (ys - height / 2) / unit
    turn, tilt = chance.uniform(-0.6, 0.6), chance.uniform(1.7, 2.6)
    u = dx * math.cos(turn) + dy * math.sin(turn)
    v = (-dx * math.sin(turn) + dy * math.cos(turn)) * tilt
    far = np.hypot(u, v)
    angle = np.arctan2(v, u)
    rough = fbm((width, height), (5, 5), 5, rng, 0.62)
    fine = fbm((width, height), (26, 26), 3, rng, 0.6)
    arms = 0.5 + 0.5 * np.cos(2 * (angle - np.log(far + 0.03) * 2.6) + (rough - 0.5) * 3.2)
    disc = np.exp(-((far / 0.30) ** 1.5))
    light = disc * (0.18 + 1.3 * arms**2.2) * (0.5 + rough) * (0.65 + 0.7 * fine)
    core = np.exp(-((far / 0.055) ** 1.2))
    hot = np.asarray(Colour(0.93, 0.07, 75).rgb(), np.float32)
    one, two = (np.asarray(Colour(0.66, 0.18, c.h).rgb(), np.float32) for c in (first, second))
    mix = smooth(arms * (0.4 + rough * 0.6), 0.25, 0.8)[..., None]
    deep = np.asarray(Colour(0.09, 0.025, 275).rgb(), np.float32)
    array = deep + (two + (one - two) * mix - deep) * (1 - np.exp(-light * 2.2))[..., None]
    array += (hot - array) * np.clip(core * 1.0 + 0.5 * np.exp(-((far / 0.13) ** 2)), 0, 1)[..., None]
    canvas.backdrop(array)
    draw = ImageDraw.Draw(canvas.image)
    scale = canvas.unit
    for _ in range(500):
        r = chance.expovariate(6.5)
        a = math.log(r + 0.03) * 2.6 + chance.choice((0, math.pi)) + chance.gauss(0, 0.35)
        pu, pv = r * math.cos(a), r * math.sin(a) / tilt
        x = canvas.width / 2 + (pu * math.cos(turn) - pv * math.sin(turn)) * scale
        y = canvas.height / 2 + (pu * math.sin(turn) + pv * math.cos(turn)) * scale
        s = scale * chance.uniform(0.0004, 0.0014)
        draw.ellipse((x - s, y - s, x + s, y + s), fill=Colour(0.92, 0.06, chance.choice((80, 240, 330))).rgb())


def _worlds(canvas: Canvas, brief: Brief, colour: Colour) -> None:
    chance = brief.random("world")
    words = brief.prompt.lower()
    unit = canvas.unit
    radius = unit * chance.uniform(0.20, 0.29)
    if "distant" in words or "небольш" in words:
        radius *= 0.72
    x = canvas.width * chance.choice((chance.uniform(0.3, 0.42), chance.uniform(0.58, 0.7)))
    y = canvas.height * chance.uniform(0.42, 0.6)
    side = -1.0 if x > canvas.width / 2 else 1.0
    light = (side * 0.75, -0.5, 0.35)
    kind = chance.choice(("bands", "rock", "sea"))
    kind = next((v for k, v in (("mars", "rock"), ("moon", "rock"), ("earth", "sea"), ("jupiter", "bands"),
                                ("saturn", "bands")) if k in words), kind)
    colour = {"mars": Colour(0.58, 0.14, 42), "saturn": Colour(0.8, 0.08, 85), "jupiter": Colour(0.72, 0.08, 65),
              "moon": Colour(0.75, 0.01, 90)}.get(next((w for w in ("mars", "saturn", "jupiter",
                  "moon") if w in words), ""), colour)
    ringed = "ring" in brief.features or (kind == "bands" and chance.random() < 0.45)
    tilt = chance.uniform(-0.45, 0.45)
    back, front = rings(brief, radius, tilt) if ringed else (None, None)
    tone, left, top = colour.lighter(0.16).duller(0.5).rgb(), round(x - radius * 2.25), round(y - radius * 2.25)
    if back is not None:
        canvas.lay(tone, (left, top), back)
    planet(canvas, brief, x, y, radius, colour, kind, light, "world", tilt)
    if front is not None:
        canvas.lay(tone, (left, top), front)
    for index in range(chance.randint(0, 2)):
        far = radius * chance.uniform(1.6, 2.3)
        angle = chance.uniform(0, 6.28)
        planet(canvas, brief, x + far * math.cos(angle), y + far * 0.7 * math.sin(angle),
               radius * chance.uniform(0.09, 0.2), Colour(0.68, 0.03, chance.uniform(0, 360)), "rock", light,
               f"moon{index}", 0)


def planet(canvas: Canvas, brief: Brief, x: float, y: float, radius: float, colour: Colour, kind: str,
           light: tuple[float, float, float], salt: str, tilt: float) -> None:
    """Paint a world of gas (`bands`), stone (`rock`) or water (`sea`)."""
    size = max(8, round(radius * 2.3))
    factor = 1 if size < 200 else 2 if size < 400 else 3
    n = max(8, size // factor)
    axis = np.linspace(-1.15, 1.15, n, dtype=np.float32)
    px, py = np.meshgrid(axis, axis)
    far2 = px * px + py * py
    inside = np.clip((1 - np.sqrt(far2)) * n / 2.3 + 0.5, 0, 1)
    pz: Field = np.sqrt(np.clip(1 - far2, 0, 1)).astype(np.float32)
    rng = generator(number(brief.prompt, brief.seed, salt))
    c, s = math.cos(tilt), math.sin(tilt)
    lat, lon = py * c - px * s, px * c + py * s
    sphere = 0.5 + np.arcsin(np.clip(lat, -1, 1)) / math.pi
    round_ = 0.5 + np.arctan2(lon, pz + 1e-3) / (2 * math.pi)
    large = n > 60
    wide, high = (512, 256) if large else (128, 64)
    rough = fbm((wide, high), (14, 10), 6 if large else 4, rng, 0.6)
    iy = np.clip(sphere * (high - 1), 0, high - 1)
    ix = np.clip(round_ * (wide - 1), 0, wide - 1)
    surface = rough[iy.astype(int), ix.astype(int)]
    base: Field
    if kind == "bands":
        warp = np.clip(iy + (surface - 0.5) * (high / 10), 0, high - 1).astype(int)
        strip = fbm((1, high), (1, 11), 4, rng, 0.62)[:, 0]
        tones = gradient(((0.0, colour.lighter(-0.22)), (0.4, colour), (0.7, colour.lighter(0.16).duller(0.7)),
                          (1.0, colour.turned(24).lighter(-0.05))), 128)
        base = np.asarray(tones, np.float32)[(np.clip(strip[warp] * 0.85 + surface * 0.15, 0, 1) * 127).astype(int)]
    elif kind == "sea":
        land = smooth(surface, 0.50, 0.54)[..., None]
        water = np.asarray(Colour(0.42, 0.12, 250).rgb(), np.float32)
        green = np.asarray(gradient(((0.0, Colour(0.56, 0.1, 135)), (1.0, Colour(0.72, 0.07, 80))), 64), np.float32)
        ground = green[(np.clip((surface - 0.5) * 3, 0, 1) * 63).astype(int)]
        base = water + (ground - water) * land
        cloud = fbm((wide, high), (9, 12), 6, rng, 0.6)[iy.astype(int), ix.astype(int)]
        white = (smooth(cloud, 0.5, 0.75) + smooth(np.abs(lat), 0.82, 0.95))[..., None]
        base = base + (np.float32(250) - base) * np.clip(white, 0, 1) * 0.9
    else:
        tones = gradient(((0.0, colour.lighter(-0.25)), (0.5, colour), (1.0, colour.lighter(0.14))), 128)
        relief = np.gradient(surface, axis=1) * light[0] * -14
        base = np.asarray(tones, np.float32)[(np.clip(surface * 0.8 + 0.1 + relief, 0, 1) * 127).astype(int)]
    norm = math.sqrt(sum(part * part for part in light))
    facing: Field = ((px * light[0] + py * light[1] + pz * light[2]) / norm).astype(np.float32)
    day = smooth(facing, -0.12, 0.55)
    array = base * (0.035 + 1.02 * day)[..., None]
    air = Colour(0.8, 0.1, 235) if kind == "sea" else colour.lighter(0.15)
    edge = (np.clip(1 - pz, 0, 1) ** 3 * smooth(facing, -0.3, 0.6) * (0.75 if kind != "rock" else 0.25))[..., None]
    array = array + (np.asarray(air.rgb(), np.float32) - array) * np.clip(edge, 0, 1)
    image = picture(array).resize((size, size), BICUBIC)
    mask = picture(inside * 255).resize((size, size), BICUBIC)
    left, top = round(x - size / 2), round(y - size / 2)
    if kind != "rock":
        halo = np.exp(-np.clip(np.sqrt(far2) - 1, 0, 1) * 26) * smooth(facing, -0.2, 0.9) * (1 - inside)
        glow = picture(halo * 150).resize((size, size), BICUBIC)
        canvas.image.paste(air.rgb(), (left, top, left + size, top + size), glow)
    canvas.image.paste(image, (left, top), mask)


def rings(brief: Brief, radius: float, tilt: float) -> tuple[Image.Image, Image.Image]:
    """Return the masks of the half of the rings behind a planet and of that before it."""
    reach = round(radius * 2.25)
    n = min(reach * 2, 320)
    axis = np.linspace(-2.25, 2.25, n, dtype=np.float32)
    c, s = np.float32(math.cos(tilt)), np.float32(math.sin(tilt))
    px, py = axis[None, :], axis[:, None]
    v = (py * c - px * s) / np.float32(0.27)
    far = np.hypot(px * c + py * s, v)
    rng = generator(number(brief.prompt, brief.seed, "rings"))
    grooves = fbm((256, 1), (30, 1), 3, rng, 0.7)[0]
    # How dense the rings are depends on the distance alone: one table for all points.
    away = np.linspace(0, 3.3, 1024, dtype=np.float32)
    place = np.clip((away - 1.3) / 0.9, 0, 1)
    density = grooves[(place * 255).astype(np.intp)] * smooth(away, 1.32, 1.36) * smooth(-away, -2.18, -2.08)
    gap = 1 - 0.85 * np.exp(-(((away - 1.86) / 0.03) ** 2))
    thick = (0.25 + 0.75 * density) * gap * smooth(away, 1.31, 1.36) * smooth(-away, -2.2, -2.12) * 225
    mask = np.asarray(thick, np.float32)[np.minimum(far * np.float32(1023 / 3.3), 1023).astype(np.intp)]
    before = np.clip(v * 50 + np.float32(0.5), 0, 1)
    size = reach * 2, reach * 2
    return picture(mask * (1 - before)).resize(size, BICUBIC), picture(mask * before).resize(size, BICUBIC)


def _comet(canvas: Canvas, brief: Brief) -> None:
    chance = brief.random("comet")
    x, y = canvas.width * chance.uniform(0.15, 0.85), canvas.height * chance.uniform(0.1, 0.3)
    long, unit = canvas.unit * chance.uniform(0.16, 0.3), canvas.unit
    side = chance.choice((-1, 1))
    layer = Image.new("RGB", canvas.image.size)
    draw = ImageDraw.Draw(layer)
    for step in range(40):
        t = step / 40
        shade = round(150 * (1 - t) ** 2)
        px, py = x + side * long * t, y - long * 0.5 * t
        r = unit * 0.003 * (1 + 1.5 * t)
        draw.ellipse((px - r, py - r, px + r, py + r), fill=(shade, shade, min(255, shade + 30)))
    canvas.image = ImageChops.screen(canvas.image, layer)
    canvas.shine(x, y, unit * 0.03, (230, 240, 255), 1.0)


def _ship(canvas: Canvas, brief: Brief) -> None:
    chance = brief.random("ship")
    x, y, s = canvas.width * chance.uniform(0.3, 0.6), canvas.height * chance.uniform(0.62, 0.75), canvas.unit * 0.16
    hull = Colour(0.75, 0.015, 240)
    canvas.shine(x - s * 0.95, y + s * 0.22, s * 0.7, (90, 170, 255), 0.9)
    canvas.fade(curve([(x - s * 1.5, y + s * 0.34), (x - s * 0.7, y + s * 0.1), (x - s * 0.7, y + s * 0.26)], 6),
                (120, 190, 255), (200, 235, 255), 0.8)
    for wing in (-1, 1):
        canvas.clay([(x - s * 0.2, y), (x - s * 0.85, y + wing * s * 0.42), (x - s * 0.6, y + wing * s * 0.46),
                     (x + s * 0.3, y + wing * s * 0.05)], hull.lighter(-0.12), gloss=0.2)
    canvas.clay(curve([(x + s * 1.0, y - s * 0.22), (x + s * 0.55, y - s * 0.02), (x - s * 0.5, y + s * 0.26),
                       (x - s * 0.85, y + s * 0.28), (x - s * 0.85, y + s * 0.08), (x - s * 0.4, y - s * 0.08),
                       (x + s * 0.5, y - s * 0.24)], 6), hull, gloss=0.4)
    canvas.clay(curve([(x + s * 0.6, y - s * 0.2), (x + s * 0.3, y - s * 0.06), (x + s * 0.12, y - s * 0.1),
                       (x + s * 0.35, y - s * 0.21)], 6), Colour(0.4, 0.12, 230), gloss=0.7)
