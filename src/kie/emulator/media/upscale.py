"""Upscales: larger by the scale, and sharper."""

import io

from PIL import Image, ImageFilter

from kie.emulator.media import MediaSpec
from kie.emulator.media.dispatch import suited
from kie.emulator.media.facemark import laid
from kie.emulator.media.image import paint
from kie.emulator.media.marks import note
from kie.emulator.media.pictures import encode, opened

LARGEST = 8192
"""No side of a result is longer, whatever the scale."""


def render(spec: MediaSpec) -> bytes:
    """Return the first input, larger; a clip stays a clip. Without an input a picture of the prompt is enlarged."""
    form = suited("upscale", spec.format)
    if spec.inputs and form in {"mp4", "mov"}:
        from kie.emulator.media.video import enlarged

        return enlarged(spec)
    source = opened(spec.inputs[0]) if spec.inputs else None
    if source is None:
        source = paint(spec)
    scale = spec.scale or max(spec.width / source.width, spec.height / source.height)
    result = laid(larger(source, max(1.0, scale)), spec)
    return encode(result, "png" if form in {"mp4", "mov"} else form, note("upscale", spec.prompt, spec.seed))


def larger(source: Image.Image, scale: float) -> Image.Image:
    """Return the picture `scale` times as large, within `LARGEST`, its edges sharpened."""
    factor = min(scale, LARGEST / max(source.size))
    size = max(1, round(source.width * factor)), max(1, round(source.height * factor))
    result = source.resize(size, Image.Resampling.LANCZOS) if size != source.size else source
    return result.filter(ImageFilter.UnsharpMask(1.1 * max(1.0, factor / 2), 85, 2))


def png_size(data: bytes) -> tuple[int, int]:
    """Return width and height of an image file."""
    with Image.open(io.BytesIO(data)) as file:
        return file.size
