"""Bodies turned on a lathe: an outline becomes a round (or boxy) body of ceramic, glass, metal, skin of fruit, wax."""

# ruff: noqa: PLR0917 - what is drawn takes place, size and light in one order
# Outlines stand as rows of points.
# fmt: off

from dataclasses import dataclass

import numpy as np
from PIL import Image

from kie.emulator.media.canvas import BICUBIC, Canvas, Field, Points, curve, ellipse, picture, shades, smooth, tint
from kie.emulator.media.palette import Colour

Profile = tuple[tuple[float, float], ...]
"""Places from top (0) to foot (1) and the radius there, both in shares of the body's height."""


@dataclass(frozen=True, slots=True)
class Stuff:
    """What a body is made of.

    Attributes:
        colour: Its colour.
        gloss: How strongly it mirrors the lamps, 0-1.
        clear: How much one sees through it, 0-1.
        metal: Whether it mirrors the room instead of being lit.
        flat: 1 for a round body; 3 or more for a boxy one.
        ribs: Number of ribs around it.
        rough: Strength of the texture.
        liquid: Colour of what is inside; seen if the stuff is clear.
        level: How far down from the top the liquid begins.
    """

    colour: Colour
    gloss: float = 0.5
    clear: float = 0.0
    metal: bool = False
    flat: float = 1.0
    ribs: int = 0
    rough: float = 0.0
    liquid: Colour | None = None
    level: float = 0.3


def outline(cx: float, top: float, height: float, profile: Profile, tilt: float = 0.13) -> list[tuple[float, float]]:
    """Return the outline of a body in the picture, its foot and brim seen a little from above."""
    line = curve([(r * height, top + t * height) for t, r in profile], 8, closed=False)
    right = [(cx + r, y) for r, y in line]
    left = [(cx - r, y) for r, y in reversed(line)]
    foot_r, foot_y = profile[-1][1] * height, top + profile[-1][0] * height
    brim_r, brim_y = profile[0][1] * height, top + profile[0][0] * height
    foot = [(cx + foot_r * float(np.cos(a)), foot_y + foot_r * tilt * float(np.sin(a))) for a in np.linspace(0, np.pi,
        16)]
    brim = [(cx - brim_r * float(np.cos(a)), brim_y - brim_r * tilt * float(np.sin(a))) for a in np.linspace(0, np.pi,
        16)]
    return [*right, *foot, *left, *brim]


def lathe(canvas: Canvas, cx: float, top: float, height: float, profile: Profile, stuff: Stuff,
          seed: int = 0) -> None:
    """Paint a body.

    Args:
        canvas: The picture.
        cx: Its axis.
        top: Its upper end.
        height: Its height; all in pixels.
        profile: Its outline.
        stuff: What it is made of.
        seed: Of the texture.
    """
    found = canvas.mask(outline(cx, top, height, profile))
    if found is None:
        return
    mask, at = found
    factor = 1 if max(mask.size) < 140 else 2 if max(mask.size) < 420 else 3
    wide, high = max(2, mask.width // factor), max(2, mask.height // factor)
    ys = (np.linspace(at[1], at[1] + mask.height, high, dtype=np.float32) - top) / height
    line = curve(list(profile), 8, closed=False)
    radius = np.interp(ys, [p[0] for p in line], [max(1e-3, p[1]) for p in line]).astype(np.float32)
    lean = np.gradient(radius) * high * height / mask.height
    xs = (np.linspace(at[0], at[0] + mask.width, wide, dtype=np.float32) - cx) / height
    u = np.clip(xs[None, :] / radius[:, None], -0.995, 0.995)
    bulge = np.sign(u) * np.abs(u) ** stuff.flat
    if stuff.ribs:
        angle = np.arcsin(u)
        bulge = np.clip(bulge + 0.35 * np.sin(angle * stuff.ribs), -0.99, 0.99)
    depth = np.sqrt(1 - bulge * bulge)
    tilt = np.clip(-lean, -3, 3)[:, None]
    norm = np.sqrt(1 + tilt * tilt)
    nx, ny, nz = bulge / norm, -tilt / norm, depth / norm
    shade = _material(nx, ny, nz, stuff, seed)
    image = picture(shade).resize(mask.size, BICUBIC)
    if stuff.clear > 0:
        image = _through(canvas, image, at, stuff, nz, ys, shade)
    canvas.lay(image, at, mask)


def _material(nx: Field, ny: Field, nz: Field, stuff: Stuff, seed: int) -> Field:
    """Return the colour of each point from its normal."""
    facing = nx * -0.5 + ny * -0.55 + nz * 0.67
    rx, ry = 2 * nz * nx, 2 * nz * ny
    box = smooth(rx, -0.98, -0.88) * smooth(-rx, 0.48, 0.6) * smooth(-ry, -0.75, -0.6) * smooth(ry, -0.9, -0.7)
    rim = smooth(nx, 0.80, 0.93) * smooth(-nx, -0.995, -0.95)
    small = np.exp(-(((rx + 0.55) / 0.16) ** 2 + ((ry + 0.62) / 0.14) ** 2))
    if stuff.metal:
        bands = 0.5 + 0.42 * np.sin(rx * 4.2 + 0.8) + 0.18 * np.sin(rx * 11 + ry * 3)
        value = np.clip(0.62 * bands + 0.28 * facing + 0.1, 0, 1)
    else:
        value = 0.30 + 0.44 * facing
    if stuff.rough:
        from kie.emulator.media.canvas import fbm, generator

        high, wide = nx.shape
        value = value + (fbm((wide, high), (16, 16), 4, generator(seed), 0.6) - 0.5) * stuff.rough
    tones = shades(stuff.colour, 1.25 if stuff.metal else 0.95)
    colour = tint(value, tones).astype(np.float32)
    light = np.clip(box * 0.62 + small * 0.7 + rim * 0.30, 0, 1) * stuff.gloss
    return np.asarray(colour + (np.asarray((255, 252, 246), np.float32) - colour) * light[..., None], np.float32)


def _through(canvas: Canvas, image: Image.Image, at: tuple[int, int], stuff: Stuff, nz: Field, ys: Field,
             shade: Field) -> Image.Image:
    """Return clear stuff over what is behind it, bent at the edges, with the liquid inside."""
    box = (at[0], at[1], at[0] + image.width, at[1] + image.height)
    behind = canvas.image.crop(box).resize((max(2, image.width // 6), max(2, image.height // 6)), BICUBIC)
    behind = behind.transpose(Image.Transpose.FLIP_LEFT_RIGHT).resize((shade.shape[1], shade.shape[0]), BICUBIC)
    seen: Field = (np.asarray(behind, np.float32) * np.asarray(stuff.colour.mix(Colour(1, 0, 0), 0.55).rgb(),
        np.float32) / np.float32(255))
    if stuff.liquid is not None:
        inside = smooth(np.broadcast_to(ys[:, None], nz.shape) - stuff.level, -0.004, 0.004)
        inside = inside * smooth(nz, 0.22, 0.34) * smooth(0.965 - np.broadcast_to(ys[:, None], nz.shape), 0.0, 0.012)
        tone = tint(0.25 + 0.5 * nz, shades(stuff.liquid, 0.8)).astype(np.float32)
        glow = smooth(np.broadcast_to(ys[:, None], nz.shape), stuff.level, 1.0)[..., None] * 26
        seen = np.asarray(seen + (tone + glow - seen) * 0.82 * inside[..., None], np.float32)
    edge = (1 - nz) ** 2
    opacity = np.clip((1 - stuff.clear) + edge * 0.75, 0, 1)
    bright = np.clip((shade.max(axis=-1) - 205) / 50, 0, 1) * 0.9
    opacity = np.maximum(opacity, bright)[..., None]
    return picture(seen + (shade - seen) * opacity).resize(image.size, BICUBIC)


def brim(canvas: Canvas, cx: float, y: float, radius: float, inner: Colour, fill: Colour | None,
         wall: float = 0.06) -> None:
    """Paint the opening of a vessel, and what it is filled with."""
    tilt = 0.15
    canvas.fill(ellipse(cx, y, radius, radius * tilt), inner.lighter(0.12).rgb())
    canvas.fade(ellipse(cx, y + radius * 0.008, radius * (1 - wall), radius * tilt * (1 - wall)),
                inner.lighter(-0.34).rgb(), inner.lighter(-0.1).rgb())
    if fill is not None:
        canvas.fade(ellipse(cx, y + radius * 0.035, radius * (1 - wall * 1.8), radius * tilt * (1 - wall * 3.2)),
                    fill.lighter(-0.06).rgb(), fill.lighter(0.07).rgb())


def ring(canvas: Canvas, points: Points, thick: float, colour: Colour) -> None:
    """Paint a bent rod along points (the handle of a cup)."""
    line = curve(points, 10, closed=False)
    outer: list[tuple[float, float]] = []
    inner: list[tuple[float, float]] = []
    for index, (x, y) in enumerate(line):
        ax, ay = line[max(0, index - 1)]
        bx, by = line[min(len(line) - 1, index + 1)]
        long = max(1e-6, float(np.hypot(bx - ax, by - ay)))
        dx, dy = (by - ay) / long * thick / 2, -(bx - ax) / long * thick / 2
        outer.append((x + dx, y + dy))
        inner.append((x - dx, y - dy))
    canvas.clay([*outer, *reversed(inner)], colour, gloss=0.35)
