"""How bodies, petals and whole pictures are shaded: bulges from masks, blades of leaves, spots of light, corners."""

import math
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image

Field = npt.NDArray[np.float32]
Light = tuple[float, float, float]

BICUBIC = Image.Resampling.BICUBIC
BILINEAR = Image.Resampling.BILINEAR


@cache
def blade(belly: float) -> tuple[tuple[float, float], ...]:
    """Return places along a leaf, 0-1, and how wide it is there, 0-1."""
    places = [step / 8 for step in range(9)]
    rise = [math.sin(math.pi / 2 * t / belly) for t in places]
    fall = [max(0.0, math.cos(math.pi / 2 * (t - belly) / (1 - belly))) ** 0.7 for t in places]
    return tuple((t, up if t < belly else down) for t, up, down in zip(places, rise, fall, strict=True))


@cache
def spot() -> Image.Image:
    """Return a soft round spot, bright in its middle."""
    axis = np.linspace(-1, 1, 256, dtype=np.float32)
    far = np.clip(1 - np.hypot(axis[:, None], axis[None, :]), 0, 1)
    return Image.fromarray(((far * far * (3 - 2 * far)) * 255).astype(np.uint8))


@lru_cache(maxsize=8)
def vignette(strength: float, size: tuple[int, int]) -> Image.Image:
    """Return what darkens the corners of a picture when it is multiplied with it."""
    axis = np.linspace(-1, 1, 64, dtype=np.float32)
    far = np.clip(np.hypot(axis[:, None], axis[None, :]) - 0.55, 0, 1)
    shade = (255 * (1 - strength * far * far * 1.4)).astype(np.uint8)
    edge = Image.fromarray(shade).resize(size, BILINEAR)
    return Image.merge("RGB", (edge, edge, edge))


def body_shade(mask: Field, light: Light, round_: float, gloss: float, rim: float) -> Field:
    """Return how bright each point of a bulged body is, 0-1, from its mask."""
    high, wide = mask.shape
    padded = np.zeros((high + 16, wide + 16), np.float32)
    padded[8:-8, 8:-8] = mask
    flat = Image.fromarray(padded)
    height = np.zeros_like(padded)
    reach = max(4, min(high, wide))
    for share, weight in ((0.06, 0.5), (0.16, 1.0), (0.4, 1.6)):
        step = max(2.0, reach * share)
        down = max(2, round((wide + 16) / step)), max(2, round((high + 16) / step))
        blurred = flat.resize(down, Image.Resampling.BOX).resize(flat.size, BICUBIC)
        height += np.asarray(blurred, np.float32) * np.float32(weight * step)
    scale = np.float32(-0.375 * round_)
    nx = (height[8:-8, 9:-7] - height[8:-8, 7:-9]) * scale
    ny = (height[9:-7, 8:-8] - height[7:-9, 8:-8]) * scale
    inverse = np.float32(1) / np.sqrt(nx * nx + ny * ny + np.float32(1))
    norm = float(np.sqrt(sum(part * part for part in light)))
    along = nx * np.float32(light[0] / norm)
    facing = (along + ny * np.float32(light[1] / norm) + np.float32(light[2] / norm)) * inverse
    shade = np.float32(0.30) + np.float32(0.42) * facing
    if gloss:
        glint = np.maximum(facing, 0) ** 2
        glint *= glint
        glint *= glint
        shade += np.float32(gloss * 2) * glint * glint * glint
    if rim:
        edge = np.float32(1) - inverse
        edge *= edge
        shade -= np.float32(rim * 2.5 * norm) * edge * np.minimum(along * inverse, 0)
    return np.asarray(np.clip(shade, 0, 1), dtype=np.float32)
