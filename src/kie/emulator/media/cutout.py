"""Background removal: the subject on true transparency.

What the emulator painted itself it paints again from the prompt in the file's comment, and so knows the subject's
exact shape. The matte of any other picture is estimated: colours that are common along the border are background,
colours of the middle are subject, and what is in between goes with its neighbours.
"""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from kie.emulator.media import MediaSpec
from kie.emulator.media.brief import read
from kie.emulator.media.canvas import BICUBIC, BILINEAR, Field, picture
from kie.emulator.media.dispatch import suited
from kie.emulator.media.facemark import laid
from kie.emulator.media.image import LARGEST_PAINTED, paint
from kie.emulator.media.marks import note, told
from kie.emulator.media.pictures import comment_of, encode, opened
from kie.emulator.media.scenes.paint import parted

_WORK = 224
"""Pixels of the longer side at which a matte is estimated."""


def render(spec: MediaSpec) -> bytes:
    """Return the first input with its background made transparent."""
    source = opened(spec.inputs[0]) if spec.inputs else None
    if source is None:
        source = paint(spec)
    result = source.convert("RGB")
    result.putalpha(alpha_of(source, spec))
    return encode(laid(result, spec), suited("cutout", spec.format), note("cutout", spec.prompt, spec.seed))


def alpha_of(source: Image.Image, spec: MediaSpec) -> Image.Image:
    """Return the shape of a picture's subject: its own transparency, the exact shape if it is known, an estimate."""
    if source.mode == "RGBA" and source.getchannel("A").getextrema() != (255, 255):
        return source.getchannel("A")
    if spec.inputs and opened(spec.inputs[0]) is not None:
        memory = told(comment_of(spec.inputs[0]))
        exact = _shape(memory[1], memory[2], source) if memory and memory[0] == "image" else None
    else:
        exact = _shape(spec.prompt, spec.seed, source)
    return exact or matte(source.convert("RGB"))


def _shape(prompt: str, seed: int, source: Image.Image) -> Image.Image | None:
    """Return the exact shape of the subject, if the picture is what the emulator paints for a prompt."""
    factor = min(1.0, LARGEST_PAINTED / max(source.size))
    small = max(16, round(source.width * factor)), max(16, round(source.height * factor))
    again, shape = parted(read(prompt, seed), *small)
    if shape is None or shape.getbbox() is None:
        return None
    size = (64, 64)
    one, two = (np.asarray(image.convert("RGB").resize(size), np.float32) for image in (source, again))
    return shape.resize(source.size, BICUBIC) if float(np.abs(one - two).mean()) < 6 else None


def matte(source: Image.Image) -> Image.Image:
    """Return the estimated alpha channel which keeps the subject of a picture."""
    factor = min(1.0, _WORK / max(source.size))
    size = max(8, round(source.width * factor)), max(8, round(source.height * factor))
    small = source.convert("RGB").resize(size, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(0.8))
    pixels = np.asarray(small, dtype=np.float32)
    chance = _chance(pixels)
    keep = _joined(chance > 0.5)
    share = float(keep.mean())
    if not 0.01 < share < 0.96:
        return _oval(source.size)
    soft = picture(np.where(keep, np.maximum(chance, 0.62), np.minimum(chance, 0.35)) * 255)
    large = soft.filter(ImageFilter.GaussianBlur(1.0)).resize(source.size, BILINEAR)
    return large.point([max(0, min(255, round((value - 105) * 255 / 50))) for value in range(256)])


def _chance(pixels: Field) -> Field:
    """Return how likely each pixel belongs to the subject, 0-1, by its colour and its neighbours."""
    high, wide = pixels.shape[:2]
    ys, xs = np.mgrid[0:high, 0:wide].astype(np.float32)
    ys, xs = ys / max(1, high - 1) * 2 - 1, xs / max(1, wide - 1) * 2 - 1
    far = _distance(pixels)
    limit = _split(far)
    first = 1 / (1 + np.exp(-(far - limit) / max(2.0, limit * 0.16)))
    centre = np.exp(-((xs / 0.75) ** 2) - ((ys - 0.1) / 0.95) ** 2)
    chance = np.asarray(np.clip(first * (0.45 + 0.75 * centre), 0.02, 0.98), np.float32)
    bins = (pixels // 16).astype(np.int32)
    index = bins[..., 0] * 256 + bins[..., 1] * 16 + bins[..., 2]
    border = np.maximum(np.abs(xs), np.where(ys < 0.6, np.abs(ys), 0)) > 0.93
    for _ in range(4):
        chance[border] *= 0.3
        subject = _common(index, chance) + 1e-7
        ground = _common(index, 1 - chance) + 1e-7
        odds = subject / (subject + ground)
        image = Image.fromarray(np.asarray(0.5 * odds + 0.5 * first, np.float32))
        near = np.asarray(
            image.resize((max(2, wide // 3), max(2, high // 3)), Image.Resampling.BOX).resize((wide, high), BILINEAR)
        )
        mixed = 0.45 * odds + 0.25 * first + 0.30 * near
        chance = np.asarray(np.clip((mixed - 0.5) * 1.7 + 0.5 + 0.10 * (centre - 0.5), 0.01, 0.99), np.float32)
    return chance


def _common(index: np.ndarray[tuple[int, ...], np.dtype[np.int32]], weight: Field) -> Field:
    """Return how common each pixel's colour is among weighted pixels, neighbouring colours included."""
    cube = np.bincount(index.ravel(), weight.ravel(), 4096).reshape(16, 16, 16)
    for axis in range(3):
        padded = np.pad(cube, [(1, 1) if one == axis else (0, 0) for one in range(3)], mode="edge")
        lower, upper = np.take(padded, range(16), axis), np.take(padded, range(2, 18), axis)
        cube = 0.5 * cube + 0.25 * (lower + upper)
    return np.asarray((cube / cube.sum()).ravel()[index], np.float32)


def _joined(mask: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Return what hangs together with the mask's heart, with its holes filled."""
    high, wide = mask.shape
    ys, xs = np.mgrid[0:high, 0:wide]
    heart = mask & (np.hypot((xs / wide - 0.5) / 0.22, (ys / high - 0.56) / 0.3) < 1)
    if not heart.any():
        heart = mask
    kept = _grown(heart, mask)
    outside = np.zeros_like(mask)
    outside[0, :] = outside[-1, :] = outside[:, 0] = outside[:, -1] = True
    return ~_grown(outside & ~kept, ~kept)


def _grown(
    seed: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], within: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Return the part of `within` that can be reached from `seed`."""
    now = seed & within
    count = -1
    while int(now.sum()) != count:
        count = int(now.sum())
        for _ in range(8):
            grown = now.copy()
            grown[1:] |= now[:-1]
            grown[:-1] |= now[1:]
            grown[:, 1:] |= now[:, :-1]
            grown[:, :-1] |= now[:, 1:]
            now = grown & within
    return now


def _distance(pixels: Field) -> Field:
    """Return how far each pixel is from the background, fitted as a smooth plane through the border."""
    high, wide = pixels.shape[:2]
    ys, xs = np.mgrid[0:high, 0:wide].astype(np.float32)
    ys, xs = ys / high - 0.5, xs / wide - 0.5
    terms = np.stack((np.ones_like(xs), xs, ys, xs * ys, xs * xs, ys * ys), axis=-1)
    edge = np.zeros((high, wide), dtype=bool)
    band = max(2, min(high, wide) // 24)
    edge[:band, :] = edge[:, :band] = edge[:, -band:] = True
    edge[: high // 2, : band * 2] = edge[: high // 2, -band * 2 :] = True
    known, colours = terms[edge], pixels[edge]
    fit = np.zeros((6, 3), np.float64)
    for _ in range(2):
        fit = np.linalg.lstsq(known, colours, rcond=None)[0]
        off = np.abs(known @ fit - colours).sum(axis=1)
        good = off <= np.quantile(off, 0.85)
        known, colours = known[good], colours[good]
    return np.asarray(np.sqrt((((terms @ fit) - pixels) ** 2).sum(axis=-1)), dtype=np.float32)


def _split(far: Field) -> float:
    """Return the distance that parts background and subject best (Otsu's threshold), within reason."""
    counts, edges = np.histogram(np.clip(far, 0, 180), bins=60)
    total = counts.sum()
    middles = (edges[:-1] + edges[1:]) / 2
    weight = np.cumsum(counts)
    mean = np.cumsum(counts * middles)
    rest = np.maximum(total - weight, 1)
    between = (mean[-1] * weight / total - mean) ** 2 / (np.maximum(weight, 1) * rest)
    return float(np.clip(middles[int(between.argmax())] * 0.72, 14, 70))


def _oval(size: tuple[int, int]) -> Image.Image:
    """Return a soft oval: what is kept if nothing stands out."""
    mask = Image.new("L", (256, 256))
    ImageDraw.Draw(mask).ellipse((28, 22, 228, 240), fill=255)
    return mask.filter(ImageFilter.GaussianBlur(4)).resize(size, BILINEAR)
