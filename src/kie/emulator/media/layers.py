"""Layers of a picture: laid over one another from the first to the last they are the picture again.

The first layer is the ground, opaque, with the subject taken out; each other layer is a part of the subject on
transparency. What the emulator painted itself falls into its exact shape, any other picture into an estimated one.
"""

import numpy as np
from PIL import Image, ImageFilter

from kie.emulator.media import MediaSpec
from kie.emulator.media.canvas import BILINEAR, Field, picture
from kie.emulator.media.cutout import alpha_of
from kie.emulator.media.dispatch import suited
from kie.emulator.media.facemark import laid
from kie.emulator.media.image import paint
from kie.emulator.media.marks import note
from kie.emulator.media.pictures import encode, opened

_GRID = 160
"""Pixels of the longer side on which the parts of a subject are told apart."""


def render(spec: MediaSpec) -> bytes:
    """Return one layer of the first input (or of the picture of the prompt), as `spec.layer` says."""
    source = opened(spec.inputs[0]) if spec.inputs else None
    if source is None:
        source = paint(spec)
    alpha = alpha_of(source, spec)
    count = max(1, min(32, spec.layers))
    wanted = max(0, min(count - 1, spec.layer))
    comment = note("layer", spec.prompt, spec.seed)
    if wanted == 0:
        base = source.convert("RGB") if count == 1 else ground(source.convert("RGB"), alpha)
        size = _size(spec, base)
        return encode(laid(_fitted(base, size), spec), suited("image", spec.format), comment)
    result = source.convert("RGB").convert("RGBA")
    result.putalpha(parts(source.convert("RGB"), alpha, count - 1)[wanted - 1])
    return encode(_fitted(result, _size(spec, result)), "webp" if spec.format == "webp" else "png", comment)


def _size(spec: MediaSpec, image: Image.Image) -> tuple[int, int]:
    return (spec.width, spec.height) if spec.inputs and spec.scale == 0 else image.size


def _fitted(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    return image if image.size == size else image.resize(size, Image.Resampling.LANCZOS)


def ground(source: Image.Image, alpha: Image.Image) -> Image.Image:
    """Return the picture with its subject taken out: what is around it is drawn into the gap."""
    small_size = max(4, source.width // 8), max(4, source.height // 8)
    small = np.asarray(source.resize(small_size, Image.Resampling.BOX), np.float32)
    wide = alpha.filter(ImageFilter.MaxFilter(5)).resize(small_size, BILINEAR)
    keep: Field = (np.float32(1) - np.asarray(wide, np.float32) / np.float32(255))[..., None]
    known: Field = np.asarray(small * keep, np.float32)
    weight = keep.copy()
    filled, total = known.copy(), weight.copy()
    level = 1
    while level < max(small_size):
        # The nearest known colours first, those from farther away where there is none yet.
        level *= 2
        coarse = max(1, small_size[0] // level), max(1, small_size[1] // level)
        bands = [_spread(np.ascontiguousarray(known[..., band], dtype=np.float32), coarse) for band in range(3)]
        share = _spread(weight[..., 0], coarse)[..., None]
        room = np.clip(1 - total, 0, 1) * (share > 1e-3)
        filled += np.stack(bands, axis=-1) / np.maximum(share, 1e-6) * room
        total += room
    whole = picture(filled / np.maximum(total, 1e-6)).resize(source.size, BILINEAR)
    result = source.copy()
    result.paste(whole, mask=alpha.filter(ImageFilter.MaxFilter(7)).filter(ImageFilter.GaussianBlur(2)))
    return result


def _spread(field: Field, coarse: tuple[int, int]) -> Field:
    """Return a field averaged over coarse cells, as smooth as can be."""
    image = Image.fromarray(field)
    return np.asarray(image.resize(coarse, Image.Resampling.BOX).resize(image.size, BILINEAR), np.float32)


def parts(source: Image.Image, alpha: Image.Image, count: int) -> list[Image.Image]:
    """Return so many masks which together are the subject's: its colours, grouped."""
    if count == 1:
        return [alpha]
    factor = min(1.0, _GRID / max(source.size))
    size = max(4, round(source.width * factor)), max(4, round(source.height * factor))
    small = np.asarray(source.resize(size, Image.Resampling.BOX), np.float32)
    inside = np.asarray(alpha.resize(size, BILINEAR), np.float32) > 40
    ys = np.linspace(0, 160, size[1], dtype=np.float32)[:, None] * np.ones((1, size[0]), np.float32)
    points = np.concatenate((small, ys[..., None]), axis=-1)
    chosen = points[inside] if inside.any() else points.reshape(-1, 4)
    order = np.argsort(chosen @ np.asarray((0.3, 0.6, 0.1, 0.8), np.float32), kind="stable")
    centres = chosen[order[((np.arange(count) + 0.5) * len(order) / count).astype(np.intp)]]
    for _ in range(8):
        nearest = ((chosen[:, None, :] - centres[None]) ** 2).sum(axis=-1).argmin(axis=1)
        centres = np.stack(
            [chosen[nearest == one].mean(axis=0) if (nearest == one).any() else centres[one] for one in range(count)]
        )
    label = ((points[:, :, None, :] - centres) ** 2).sum(axis=-1).argmin(axis=-1)
    whole = np.asarray(alpha, np.uint8)
    large = np.asarray(Image.fromarray(label.astype(np.uint8)).resize(source.size, Image.Resampling.NEAREST))
    return [Image.fromarray(np.where(large == one, whole, 0).astype(np.uint8)) for one in range(count)]
