"""Edits: the input image stays recognisable, restyled by the prompt; a mask's region is repainted."""

from dataclasses import replace

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from kie.emulator.media import MediaSpec
from kie.emulator.media.brief import Brief
from kie.emulator.media.canvas import BICUBIC, Field, picture
from kie.emulator.media.pictures import array, cover, opened
from kie.emulator.media.scenes.paint import parted, scene


def edited(spec: MediaSpec, brief: Brief, sources: list[Image.Image], size: tuple[int, int]) -> Image.Image:
    """Return the edit of the first source; further ones are laid into it.

    Args:
        spec: The spec, with its mask.
        brief: Its prompt.
        sources: The input images.
        size: Width and height of the result.
    """
    base = cover(sources[0], *size)
    mask = opened(spec.mask) if spec.mask else None
    if mask is not None:
        return _titled(_repaint(base, region(mask, size), brief), brief)
    styled = restyle(base, brief)
    if len(sources) > 1:
        styled = _compose(spec, styled, brief)
    return _titled(styled, brief)


def _titled(picture: Image.Image, brief: Brief) -> Image.Image:
    """Return the picture with the words that the prompt wants to be read."""
    if not brief.texts:
        return picture
    from kie.emulator.media.canvas import Canvas
    from kie.emulator.media.scenes import title

    canvas = Canvas(*picture.size)
    canvas.image = picture.copy()
    title.lay(canvas, replace(brief, scene="edit"))
    return canvas.image


def region(mask: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return where to repaint: the transparent part of a mask with alpha, else its white part."""
    if mask.mode == "RGBA" and mask.getchannel("A").getextrema() != (255, 255):
        where = ImageOps.invert(mask.getchannel("A"))
    else:
        where = mask.convert("L")
    return where.resize(size, Image.Resampling.BILINEAR)


def _repaint(base: Image.Image, where: Image.Image, brief: Brief) -> Image.Image:
    box = where.point([255 if value > 96 else 0 for value in range(256)]).getbbox()
    if box is None:
        return base
    wide, high = max(16, box[2] - box[0]), max(16, box[3] - box[1])
    side = max(wide, high)
    painted, matte = parted(brief, side, side) if brief.scene in _SUBJECTS else (None, None)
    patch = cover(painted, wide, high) if painted is not None else scene(brief, wide, high)
    around = array(base.crop(box))
    tone = around.mean(axis=(0, 1)) - array(patch).mean(axis=(0, 1))
    patch = picture(array(patch) + tone * 0.35)
    soft = where.filter(ImageFilter.GaussianBlur(max(1.0, min(wide, high) / 80)))
    result = base.copy()
    shape = matte.getbbox() if matte is not None else None
    if painted is not None and matte is not None and shape is not None:
        # What was there is taken out, and the subject alone is set in its place.
        from kie.emulator.media.layers import ground

        air = patch.resize((6, 6), Image.Resampling.BOX).resize(patch.size, BICUBIC)
        empty = Image.blend(ground(base, where).crop(box), air, 0.25)
        factor = min(wide * 0.96 / (shape[2] - shape[0]), high * 0.96 / (shape[3] - shape[1]))
        size = max(1, round((shape[2] - shape[0]) * factor)), max(1, round((shape[3] - shape[1]) * factor))
        at = (wide - size[0]) // 2, high - size[1]
        empty.paste(painted.crop(shape).resize(size, BICUBIC), at, matte.crop(shape).resize(size, BICUBIC))
        patch = empty
    result.paste(patch, box[:2], soft.crop((box[0], box[1], box[0] + wide, box[1] + high)))
    return result


_SUBJECTS = frozenset({"figure", "product", "ride", "beast"})
"""Scenes which have a subject of its own before a ground."""


def restyle(base: Image.Image, brief: Brief) -> Image.Image:
    """Return the picture graded to the colours of a prompt: its light and shadow keep, its tones turn."""
    source = array(base)
    light = (source @ np.asarray((0.2126, 0.7152, 0.0722), np.float32)) / 255
    colours = brief.palette
    dark = np.asarray(colours.ink.mix(colours.high, 0.5).rgb(), np.float32)
    middle = np.asarray((colours.main if brief.colours else colours.middle).rgb(), np.float32)
    bright = np.asarray(colours.glow.mix(colours.low, 0.3).rgb(), np.float32)
    low, high = np.clip(light * 2, 0, 1)[..., None], np.clip(light * 2 - 1, 0, 1)[..., None]
    graded: Field = np.asarray((dark + (middle - dark) * low) * (1 - high) + bright * high, np.float32)
    share = 0.62 if "mono" in brief.mood else 0.30 if not brief.colours else 0.42
    if "mono" in brief.mood:
        graded = np.repeat(light[..., None] * 255, 3, axis=2)
        share = 1.0
    mixed = np.asarray(source * (1 - share) + graded * share, np.float32)
    if brief.time in {"night", "neon", "dusk"} and _asked_for_time(brief):
        mixed *= np.asarray((0.55, 0.6, 0.85), np.float32)
    contrast = (mixed - 128) * 1.06 + 128
    result = picture(contrast)
    words = brief.prompt.lower()
    if any(word in words for word in ("painting", "oil", "watercolor", "watercolour", "sketch", "anime", "cartoon")):
        result = result.filter(ImageFilter.ModeFilter(max(3, (min(result.size) // 170) | 1)))
        result = result.filter(ImageFilter.UnsharpMask(3, 120, 2))
    elif any(word in words for word in ("blur", "dreamy", "soft")):
        result = Image.blend(result, result.filter(ImageFilter.GaussianBlur(min(result.size) / 60)), 0.5)
    else:
        result = result.filter(ImageFilter.UnsharpMask(2, 50, 2))
    if brief.weather:
        from kie.emulator.media.canvas import Canvas
        from kie.emulator.media.scenes import weather

        canvas = Canvas(*result.size)
        canvas.image = result
        weather.lay(canvas, brief)
        result = canvas.image
    return result


def _asked_for_time(brief: Brief) -> bool:
    from kie.emulator.media.brief import Reader

    return bool(Reader(brief.prompt).scores("time"))


def _compose(spec: MediaSpec, base: Image.Image, brief: Brief) -> Image.Image:
    """Lay the subjects of further inputs into the lower part."""
    from kie.emulator.media.cutout import alpha_of

    result = base.copy()
    width, height = base.size
    found = [(data, image) for data in spec.inputs if (image := opened(data)) is not None][1:5]
    chance = brief.random("compose")
    for index, (data, other) in enumerate(found):
        alpha = alpha_of(other, replace(spec, inputs=(data,)))
        shape = alpha.getbbox() or (0, 0, *other.size)
        wide, high = shape[2] - shape[0], shape[3] - shape[1]
        factor = min(width / len(found) * 0.86, height * 0.5) / max(wide, high)
        size = max(8, round(wide * factor)), max(8, round(high * factor))
        small = other.convert("RGB").crop(shape).resize(size, Image.Resampling.LANCZOS)
        x = round(width * (index + 0.5) / len(found) - size[0] / 2)
        y = round(height * (0.94 - 0.06 * chance.random()) - size[1])
        result.paste(restyle(small, brief), (x, y), alpha.crop(shape).resize(size, Image.Resampling.LANCZOS))
    return result
