"""Drawing tools of the scenes: noise fields, crisp shapes with soft edges, bodies shaded as if modelled in clay.

Whatever is smooth is computed on a grid of at most `SOFT` pixels and scaled up once; edges are drawn at twice
the size inside their own box and reduced; a last layer of grain hides the steps of eight bits. That is what keeps
a 1024² picture near 60 ms.
"""

from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops, ImageDraw

from kie.emulator.media import shading
from kie.emulator.media.palette import KNOTS, RGB, Colour, Stops, gradient, material
from kie.emulator.media.shading import blade, body_shade, spot
from kie.emulator.media.shading import vignette as vignette_of

Field = shading.Field
Light = shading.Light
BICUBIC = shading.BICUBIC
BILINEAR = shading.BILINEAR
Bytes = npt.NDArray[np.uint8]
Points = Sequence[tuple[float, float]]

SOFT = 320
_LARGE = 40_000
"""Pixels from which on it is faster to paste a picture of one colour than the colour itself."""
KEY: Light = (-0.48, -0.62, 0.62)
"""The usual light: from the upper left, before the picture."""


def generator(seed: int) -> np.random.Generator:
    """Return numpy's random source for a seed."""
    return np.random.Generator(np.random.PCG64(seed))


def resize(field: Field, width: int, height: int) -> Field:
    """Return a field scaled smoothly."""
    return np.asarray(Image.fromarray(field).resize((width, height), BICUBIC), dtype=np.float32)


def fbm(
    size: tuple[int, int],
    cells: tuple[float, float],
    octaves: int,
    rng: np.random.Generator,
    gain: float = 0.5,
) -> Field:
    """Return fractal noise between 0 and 1.

    Args:
        size: Width and height in pixels.
        cells: How many lumps of the coarsest octave lie across and down.
        octaves: How many octaves, each twice as fine.
        rng: The random source.
        gain: Weight of an octave relative to the coarser one.
    """
    width, height = size
    total = np.zeros((height, width), dtype=np.float32)
    weight = 1.0
    for octave in range(octaves):
        across = min(width, max(2, round(cells[0] * 2**octave)) + 2)
        down = min(height, max(2, round(cells[1] * 2**octave)) + 2)
        grid = rng.random((down, across), dtype=np.float32)
        total += np.float32(weight) * resize(grid, width, height)
        weight *= gain
    low, high = float(total.min()), float(total.max())
    return np.asarray((total - low) / max(1e-6, high - low), dtype=np.float32)


@cache
def ripples() -> Field:
    """Return a fixed tile of noise, 512 by 512, that repeats without a seam."""
    rng = generator(512)
    total = np.zeros((512, 512), dtype=np.float32)
    weight = 1.0
    for cells in (12, 24, 48, 96):
        grid = np.pad(rng.random((cells * 2, cells), dtype=np.float32), 4, mode="wrap")
        step = 512 / cells
        large = resize(grid, round((cells + 8) * step), round((cells * 2 + 8) * step / 2))
        left, top = round(4 * step), round(2 * step)
        total += np.float32(weight) * large[top : top + 512, left : left + 512]
        weight *= 0.58
    low, high = float(total.min()), float(total.max())
    return np.asarray((total - low) / (high - low), dtype=np.float32)


def smooth(field: Field, low: float, high: float) -> Field:
    """Return 0 below `low`, 1 above `high`, and an S-curve between."""
    t = np.clip((field - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), dtype=np.float32)


@lru_cache(maxsize=512)
def blend(stops: Stops, steps: int = 128) -> Bytes:
    """Return a gradient as an array of RGB rows to index with; not to be written to."""
    exact = np.asarray(gradient(stops, KNOTS + 1), dtype=np.float64)
    places = np.linspace(0, KNOTS, steps)
    bands = [np.interp(places, np.arange(KNOTS + 1), exact[:, band]) for band in range(3)]
    return np.stack(bands, axis=1).round().astype(np.uint8)


def shades(base: Colour, depth: float = 1.0, cool: float = 265.0) -> Bytes:
    """Return the shades of a material from its shadow to its highlight (see `palette.material`)."""
    return blend(material(base, depth, cool))


@cache
def _dimmed(most: int) -> list[int]:
    """Return the table that scales 0-255 down to 0-`most`."""
    return [value * most // 255 for value in range(256)]


def tint(field: Field, colours: Bytes) -> Bytes:
    """Return an RGB array: each value 0-1 of a field becomes the colour at that place of a table."""
    index = np.clip(field * (len(colours) - 1), 0, len(colours) - 1).astype(np.intp)
    return colours[index]


def toned(shade: Field, colours: Bytes, size: tuple[int, int]) -> Image.Image:
    """Return what `tint` gives, scaled smoothly to a size: the shade is scaled first, which is one band, not three."""
    image = picture(shade * np.float32(255)).resize(size, BICUBIC)
    image.putpalette(_palette(colours))
    return image.convert("RGB")


def _palette(colours: Bytes) -> bytes:
    return colours[np.arange(256) * (len(colours) - 1) // 255].tobytes()


def picture(array: npt.NDArray[np.generic]) -> Image.Image:
    """Return an image of an array with values 0-255."""
    if array.dtype != np.uint8:
        array = np.clip(array, 0, 255).astype(np.uint8)
    return Image.fromarray(np.ascontiguousarray(array))


def curve(points: Points, steps: int = 10, *, closed: bool = True) -> list[tuple[float, float]]:
    """Return a smooth line (Catmull-Rom) through points."""
    count = len(points)
    line: list[tuple[float, float]] = []
    for index in range(count if closed else count - 1):
        if closed:
            p0, p1, p2, p3 = (points[(index + shift) % count] for shift in (-1, 0, 1, 2))
        else:
            p0, p1, p2, p3 = (points[min(count - 1, max(0, index + shift))] for shift in (-1, 0, 1, 2))
        for step in range(steps):
            t = step / steps
            t2, t3 = t * t, t * t * t
            a, b = -0.5 * t3 + t2 - 0.5 * t, 1.5 * t3 - 2.5 * t2 + 1
            c, d = -1.5 * t3 + 2 * t2 + 0.5 * t, 0.5 * t3 - 0.5 * t2
            line.append((a * p0[0] + b * p1[0] + c * p2[0] + d * p3[0], a * p0[1] + b * p1[1] + c * p2[1] + d * p3[1]))
    if not closed:
        line.append(points[-1])
    return line


def mirrored(half: Points) -> list[tuple[float, float]]:
    """Return an outline from its right half, given from top to bottom around x = 0."""
    return [*half, *((-x, y) for x, y in reversed(half) if abs(x) > 1e-6)]


def ellipse(x: float, y: float, rx: float, ry: float, steps: int = 48) -> list[tuple[float, float]]:
    """Return the outline of an ellipse."""
    angles = [2 * np.pi * step / steps for step in range(steps)]
    return [(x + rx * float(np.cos(angle)), y + ry * float(np.sin(angle))) for angle in angles]


@cache
def _grain() -> Bytes:
    rng = generator(20261)
    flat = rng.integers(0, 5, (512, 512, 1), dtype=np.uint8) + rng.integers(0, 4, (512, 512, 3), dtype=np.uint8)
    return np.asarray(flat, dtype=np.uint8)


_BOUNDED = [max(0, min(255 - 7, value - 4)) for value in range(256)] * 3


@lru_cache(maxsize=8)
def _grain_image(width: int, height: int) -> Image.Image:
    tile = _grain()
    repeated = np.tile(tile, (height // 512 + 1, width // 512 + 1, 1))[:height, :width]
    return Image.fromarray(np.ascontiguousarray(repeated))


class Canvas:
    """A picture being painted. Lengths of shapes are pixels; `unit` is its shorter side."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self.unit = min(width, height)
        self.image = Image.new("RGB", (width, height))
        self.matte: Image.Image | None = None
        """Where the subject is, if `subject` was called."""

    def subject(self) -> None:
        """Say that what is painted from now on is the subject: its shape is kept in `matte`."""
        self.matte = Image.new("L", self.image.size)

    def lay(self, paint: RGB | Image.Image, at: tuple[int, int], mask: Image.Image) -> None:
        """Paint a colour or a picture through a mask whose box begins at `at`."""
        box = (*at, at[0] + mask.width, at[1] + mask.height)
        if not isinstance(paint, Image.Image) and mask.width * mask.height > _LARGE:
            paint = Image.new("RGB", mask.size, paint)
        self.image.paste(paint, box, mask)
        if self.matte is not None:
            self.matte.paste(255, box, mask)

    def soft_size(self, longest: int = SOFT) -> tuple[int, int]:
        """Return the size of the grid on which smooth things are computed."""
        factor = min(1.0, longest / max(self.width, self.height))
        return max(2, round(self.width * factor)), max(2, round(self.height * factor))

    def backdrop(self, array: npt.NDArray[np.generic], share: float = 1.0) -> None:
        """Fill the picture, or this share of it from the top, with a smooth RGB array of any size."""
        rows = max(1, min(self.height, round(self.height * share)))
        small = picture(array)
        if max(small.size) < SOFT * 3 // 4:
            # A coarse grid first becomes a finer one in curves; from there on straight lines are smooth enough.
            small = small.resize(
                (max(2, SOFT * self.width // self.height), SOFT)
                if self.width < self.height
                else (SOFT, max(2, SOFT * rows // self.width)),
                BICUBIC,
            )
        large = small.resize((self.width, rows), BILINEAR)
        if rows == self.height:
            self.image = large
        else:
            self.image.paste(large, (0, 0))

    def mask(self, points: Points, grow: int = 0) -> tuple[Image.Image, tuple[int, int]] | None:
        """Return the anti-aliased mask of a polygon and where its box begins; nothing if it is out of sight."""
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        left, top = max(0, int(min(xs)) - 2 - grow), max(0, int(min(ys)) - 2 - grow)
        right, bottom = min(self.width, int(max(xs)) + 3 + grow), min(self.height, int(max(ys)) + 3 + grow)
        if right - left < 1 or bottom - top < 1:
            return None
        long = max(right - left, bottom - top)
        factor = 2 if long > 160 else 3 if long > 80 else 4
        large = Image.new("L", ((right - left) * factor, (bottom - top) * factor))
        draw = ImageDraw.Draw(large)
        draw.polygon([((x - left) * factor, (y - top) * factor) for x, y in points], fill=255)
        return large.reduce(factor), (left, top)

    def fill(self, points: Points, colour: RGB, opacity: float = 1.0) -> None:
        """Paint a polygon in one colour."""
        found = self.mask(points)
        if found:
            mask, at = found
            if opacity < 1:
                mask = mask.point(_dimmed(round(255 * opacity)))
            self.lay(colour, at, mask)

    def fade(self, points: Points, top: RGB, bottom: RGB, opacity: float = 1.0) -> None:
        """Paint a polygon in a gradient from its top to its bottom."""
        found = self.mask(points)
        if found:
            mask, at = found
            if opacity < 1:
                mask = mask.point(_dimmed(round(255 * opacity)))
            steps = np.linspace(0, 1, mask.height, dtype=np.float32)[:, None, None]
            rows = np.asarray(top, np.float32) * (1 - steps) + np.asarray(bottom, np.float32) * steps
            self.lay(picture(np.repeat(rows.astype(np.uint8), mask.width, axis=1)), at, mask)

    def texture(self, points: Points, array: npt.NDArray[np.generic]) -> None:
        """Paint a polygon with a smooth RGB array stretched over its box."""
        found = self.mask(points)
        if found:
            mask, at = found
            self.lay(picture(array).resize(mask.size, BICUBIC), at, mask)

    def shadow(self, x: float, y: float, rx: float, ry: float, opacity: float, colour: RGB = (10, 8, 20)) -> None:
        """Lay a soft elliptic shadow (or a soft patch of light, by its colour)."""
        left, top, right, bottom = int(x - rx), int(y - ry), int(x + rx) + 1, int(y + ry) + 1
        if right <= 0 or bottom <= 0 or left >= self.width or top >= self.height or right - left < 2:
            return
        mask = spot().resize((right - left, max(1, bottom - top)), BILINEAR)
        mask = mask.point(_dimmed(round(255 * opacity)))
        paint = Image.new("RGB", mask.size, colour) if mask.width * mask.height > _LARGE else colour
        self.image.paste(paint, (left, top, right, top + mask.height), mask)

    def shine(self, x: float, y: float, radius: float, colour: RGB, strength: float = 1.0) -> None:
        """Add light around a point."""
        left, top = max(0, int(x - radius)), max(0, int(y - radius))
        right, bottom = min(self.width, int(x + radius) + 1), min(self.height, int(y + radius) + 1)
        if right - left < 2 or bottom - top < 2:
            return
        scale = 256 / (2 * radius)
        box = ((left - x + radius) * scale, (top - y + radius) * scale)
        end = ((right - x + radius) * scale, (bottom - y + radius) * scale)
        light = spot().resize(
            (right - left, bottom - top),
            BILINEAR,
            box=(max(0, box[0]), max(0, box[1]), min(256, end[0]), min(256, end[1])),
        )
        bands = [light.point(_dimmed(min(255, round(part * strength)))) for part in colour]
        area = (left, top, right, bottom)
        self.image.paste(ImageChops.screen(self.image.crop(area), Image.merge("RGB", bands)), area)

    def shines(self, lights: Sequence[tuple[float, float, float, RGB, float]]) -> None:
        """Add many lights at once (place, radius, colour, strength): on a small grid, which no eye can tell."""
        if not lights:
            return
        small = Canvas(max(2, self.width // 6), max(2, self.height // 6))
        by = small.width / self.width
        for x, y, radius, colour, strength in lights:
            small.shine(x * by, y * by, radius * by, colour, strength)
        box = small.image.getbbox()
        if box is None:
            return
        left, top = int(box[0] / by), int(box[1] / by)
        area = (left, top, min(self.width, int(box[2] / by)), min(self.height, int(box[3] / by)))
        size = area[2] - area[0], area[3] - area[1]
        if min(size) > 0:
            light = small.image.resize(size, BILINEAR, box=box)
            self.image.paste(ImageChops.screen(self.image.crop(area), light), area)

    def clay(
        self,
        points: Points,
        colour: Colour | Bytes,
        *,
        light: Light = KEY,
        depth: float = 1.0,
        round_: float = 1.0,
        gloss: float = 0.12,
        rim: float = 0.14,
        pattern: Field | None = None,
    ) -> None:
        """Paint a polygon as a rounded body.

        Args:
            points: The outline.
            colour: The colour, or a table of shades from dark to light.
            light: Direction towards the light.
            depth: Contrast between shadow and light.
            round_: How bulged the body is.
            gloss: Strength of the highlight.
            rim: Strength of the light along the far edge.
            pattern: A field 0-1 stretched over the box which darkens (below 0.5) or lightens the body.
        """
        found = self.mask(points)
        if found is None:
            return
        mask, at = found
        # A body without a texture is smooth enough for a coarse grid.
        factor = max(1, min(12, max(mask.size) // (56 if pattern is None else 76)))
        small: Field = np.asarray(mask.reduce(factor) if factor > 1 else mask, dtype=np.float32) / np.float32(255)
        shade = body_shade(small, light, round_, gloss, rim)
        if pattern is not None:
            shade += (resize(pattern, small.shape[1], small.shape[0]) - np.float32(0.5)) * np.float32(0.5)
        tones = shades(colour, depth) if isinstance(colour, Colour) else colour
        self.lay(toned(shade, tones, mask.size), at, mask)

    def leaf(
        self,
        base: tuple[float, float],
        tip: tuple[float, float],
        wide: float,
        colour: Colour | Bytes,
        *,
        belly: float = 0.6,
        light: Light = KEY,
    ) -> None:
        """Paint a petal, a leaf or a tuft: pointed at its base, round at its tip, shaded as a bent blade.

        It looks like `clay` and costs a quarter of it, because its shade follows from its axis.

        Args:
            base: Where it grows from.
            tip: Where it ends.
            wide: Half its width in pixels.
            colour: The colour, or a table of shades from dark to light.
            belly: How far along it is widest, 0-1.
            light: Direction towards the light.
        """
        ax, ay = tip[0] - base[0], tip[1] - base[1]
        long = max(1e-6, (ax * ax + ay * ay) ** 0.5)
        ax, ay = ax / long, ay / long
        side = [(base[0] + ax * long * t, base[1] + ay * long * t, wide * half) for t, half in blade(belly)]
        outline = [(x - ay * half, y + ax * half) for x, y, half in side]
        outline += [(x + ay * half, y - ax * half) for x, y, half in reversed(side)]
        found = self.mask(outline)
        if found is None:
            return
        mask, at = found
        across, down = min(16, mask.width), min(16, mask.height)
        xs = (np.linspace(0, mask.width, across, dtype=np.float32) + np.float32(at[0] - base[0]))[None, :]
        ys = (np.linspace(0, mask.height, down, dtype=np.float32) + np.float32(at[1] - base[1]))[:, None]
        along = np.clip((xs * np.float32(ax) + ys * np.float32(ay)) / np.float32(long), 0, 1)
        off = np.clip((ys * np.float32(ax) - xs * np.float32(ay)) / np.float32(wide), -1, 1)
        lean = np.float32((light[1] * ax - light[0] * ay) * 0.75)
        shade = np.float32(0.44) + off * lean * np.float32(0.42) + (along - np.float32(0.5)) * np.float32(0.3)
        shade -= (np.float32(1) - np.abs(off)) ** 4 * np.float32(0.09)
        tones = shades(colour) if isinstance(colour, Colour) else colour
        self.lay(toned(np.clip(shade, 0, 1), tones, mask.size), at, mask)

    def finish(self, grain: int = 1, vignette: float = 0.25) -> Image.Image:
        """Darken the corners a little, add grain and return the picture."""
        image = self.image
        if vignette > 0:
            image = ImageChops.multiply(image, vignette_of(vignette, image.size))
        if grain:
            # Kept within bounds first, so that the fast sum which does not look for them can be taken.
            image = ImageChops.add_modulo(image.point(_BOUNDED), _grain_image(self.width, self.height))
        self.image = image
        return image
