"""Pictures: composed from the prompt, or made from the input images and the mask."""

from PIL import Image

from kie.emulator.media import MediaSpec
from kie.emulator.media.brief import read
from kie.emulator.media.dispatch import suited
from kie.emulator.media.facemark import laid
from kie.emulator.media.lettering import drawable
from kie.emulator.media.marks import note
from kie.emulator.media.pictures import encode, opened
from kie.emulator.media.quotes import wanted
from kie.emulator.media.scenes.paint import scene

LARGEST_PAINTED = 2048
"""Pixels of the longer side up to which a scene is painted; beyond, it is scaled up."""


def render(spec: MediaSpec) -> bytes:
    """Return the file of an image."""
    picture = paint(spec)
    kind = "edit" if any(opened(data) for data in spec.inputs) else "image"
    comment = note(kind, spec.prompt, spec.seed, *shortcomings(spec.prompt))
    return encode(laid(picture, spec), suited("image", spec.format), comment)


def paint(spec: MediaSpec, *, grain: int = 1) -> Image.Image:
    """Return the picture of a spec, before it is made into a file."""
    width, height = max(16, min(4096, spec.width)), max(16, min(4096, spec.height))
    factor = min(1.0, LARGEST_PAINTED / max(width, height))
    small = max(16, round(width * factor)), max(16, round(height * factor))
    brief = read(spec.prompt, spec.seed)
    sources = [found for found in (opened(data) for data in spec.inputs) if found is not None]
    if sources:
        from kie.emulator.media.edit import edited

        picture = edited(spec, brief, sources, small)
    else:
        picture = scene(brief, *small, grain=grain)
    if picture.size != (width, height):
        picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    return picture


def shortcomings(prompt: str) -> list[str]:
    """Return what of a prompt could not be drawn: words for which there are no letters."""
    missing = [text for text in wanted(prompt) if not drawable(text)]
    return [f"no letters for {text!r}".replace(";", ",") for text in missing]
