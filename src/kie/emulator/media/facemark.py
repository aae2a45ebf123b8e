"""Words on the face of a picture or clip: that it is emulated, and what a request wants to be stamped on it.

In the lower left stands `EMULATED` if the emulator was told to show it; in the lower right the brand that a request
names (several of the vendor's models take one). Both are small, white, with a dark edge, and read on any ground.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from kie.emulator.media import MediaSpec
from kie.emulator.media.lettering import line

WORD = "EMULATED"


def marked(spec: MediaSpec) -> bool:
    """Return whether anything is to be written on the face."""
    return spec.watermark or bool(spec.stamp.strip())


@lru_cache(maxsize=16)
def overlay(size: tuple[int, int], stamp: str, *, watermark: bool) -> Image.Image:
    """Return the words in white on transparency, as large as the picture they are for."""
    width, height = size
    tall = max(5, round(min(size) * 0.026))
    gap = max(2, round(min(size) * 0.03))
    ink = Image.new("L", size)
    texts = ([(WORD, False)] if watermark else []) + ([(stamp.strip()[:60], True)] if stamp.strip() else [])
    for text, right in texts:
        mask = line(text, tall, 0.02)
        if mask is None:
            continue
        most = max(1, width - 2 * gap)
        if mask.width > most:
            mask = mask.resize((most, max(1, mask.height * most // mask.width)))
        ink.paste(mask, (width - gap - mask.width if right else gap, max(0, height - gap - mask.height)))
    edge = ink.filter(ImageFilter.MaxFilter(3)).filter(ImageFilter.GaussianBlur(max(1.0, tall / 10)))
    alpha = np.maximum(np.asarray(ink, np.float32) * np.float32(0.85), np.asarray(edge, np.float32) * np.float32(0.55))
    grey = Image.merge("RGB", (ink, ink, ink)).convert("RGBA")
    grey.putalpha(Image.fromarray(alpha.astype(np.uint8)))
    return grey


def laid(picture: Image.Image, spec: MediaSpec) -> Image.Image:
    """Return the picture with its words, if it is to have any."""
    if not marked(spec):
        return picture
    words = overlay(picture.size, spec.stamp, watermark=spec.watermark)
    if picture.mode == "RGBA":
        return Image.alpha_composite(picture, words)
    result = picture.copy()
    result.paste(words.convert("RGB"), mask=words.getchannel("A"))
    return result


def luma(size: tuple[int, int], spec: MediaSpec) -> tuple[int, npt.NDArray[np.int16], npt.NDArray[np.int16]] | None:
    """Return what a frame's brightness becomes under the words: first row, brightness, and share of 256.

    Clips are marked in their brightness alone: the words are white and black, and small.
    """
    if not marked(spec):
        return None
    words = overlay(size, spec.stamp, watermark=spec.watermark)
    box = words.getchannel("A").getbbox()
    if box is None:
        return None
    part = words.crop((0, box[1], size[0], box[3]))
    bright = np.asarray(part.convert("L"), np.int16) * 219 // 255 + 16
    return box[1], bright.astype(np.int16), np.asarray(part.getchannel("A"), np.int16)
