"""Background removal: the subject on true transparency.

The matte is grown from the picture's border: what looks like the border's colours and hangs together with it is
background, and the soft step between both becomes alpha.
"""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from kie.emulator.media import MediaSpec
from kie.emulator.media.canvas import BILINEAR, Field, picture
from kie.emulator.media.dispatch import suited
from kie.emulator.media.image import encode, opened, paint
from kie.emulator.media.marks import note

_WORK = 256


def render(spec: MediaSpec) -> bytes:
    """Return the first input with its background made transparent."""
    source = opened(spec.inputs[0]) if spec.inputs else None
    if source is None:
        source = paint(spec, grain=0)
    if source.mode == "RGBA" and source.getchannel("A").getextrema()[0] == 0:
        result = source
    else:
        result = source.convert("RGB")
        result.putalpha(matte(result))
    return encode(result, suited("cutout", spec.format), note("cutout", spec.prompt, spec.seed))


def matte(source: Image.Image) -> Image.Image:
    """Return the alpha channel which keeps the subject of a picture."""
    factor = min(1.0, _WORK / max(source.size))
    size = max(8, round(source.width * factor)), max(8, round(source.height * factor))
    small = source.convert("RGB").resize(size, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(1.0))
    pixels = np.asarray(small, dtype=np.float32)
    far = _distance(pixels)
    limit = _split(far)
    back = picture((far < limit) * 255)
    framed = Image.new("L", (size[0] + 2, size[1] + 2), 255)
    framed.paste(back, (1, 1))
    ImageDraw.floodfill(framed, (0, 0), 128)
    outside = np.asarray(framed)[1:-1, 1:-1] == 128
    share = float(outside.mean())
    if not 0.04 < share < 0.97:
        return _oval(source.size)
    keep = picture(~outside * np.uint8(255)).filter(ImageFilter.MedianFilter(5))
    keep = keep.filter(ImageFilter.GaussianBlur(0.9))
    large = keep.resize(source.size, BILINEAR)
    return large.point([max(0, min(255, round((value - 110) * 255 / 90))) for value in range(256)])


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
