"""``caption``: a headline on a picture, and a line below it, in as many sizes as are wanted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kie.errors import InvalidInput
from kie.service.flows.locally import Made
from kie.service.flows.media.letters import Block, cleaned, fitted, ink
from kie.service.flows.media.opening import open_image
from kie.service.flows.media.sizes import size_of
from kie.service.flows.media.stills import cover, saved

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["caption"]

_WIDE: Final = 1.4
_BOLD, _PLAIN = 800, 500
#: Pixels: smaller letters are not read.
_READABLE: Final = 9


class _Place(NamedTuple):
    """Where words stand, in shares of the picture: the box, how they are set in it, from where the shade comes."""

    left: float
    top: float
    width: float
    height: float
    align: str
    rest: float  # of the room that is left over above: 0 is on top, 1 at the bottom
    shade: str


_PLACES: Final = {
    "left": _Place(0.05, 0.08, 0.46, 0.84, "left", 0.5, "left"),
    "right": _Place(0.49, 0.08, 0.46, 0.84, "left", 0.5, "right"),
    "top": _Place(0.06, 0.05, 0.88, 0.36, "left", 0.0, "top"),
    "bottom": _Place(0.06, 0.59, 0.88, 0.36, "left", 1.0, "bottom"),
    "center": _Place(0.06, 0.1, 0.88, 0.8, "center", 0.5, "all"),
}


def caption(wanted: dict[str, Any], folder: Path) -> Made:
    """Put words on a picture.

    Raises:
        InvalidInput: a file is not what it should be, a letter has no font, or the text does not fit.

    """
    image = open_image(Path(wanted["image"]), "image")
    head = cleaned(wanted["text"], "text")
    below = cleaned(wanted["subtext"] or "", "subtext")
    if not head:
        raise InvalidInput("caption: text: nothing of it can be drawn.", field="text")
    made = []
    sizes = wanted["sizes"] or [f"{image.width}x{image.height}"]
    for number, text in enumerate(sizes):
        size = image.size if not wanted["sizes"] else size_of(text, f"sizes[{number}]")
        name = wanted["position"]
        if name == "auto":
            name = "left" if size[0] / size[1] >= _WIDE else "bottom"
        picture = _written(cover(image, size), _PLACES[name], head, below, wanted)
        made.append(saved(picture, folder, f"{number:03d}-{size[0]}x{size[1]}", wanted["format"]))
    return Made(tuple(made), None, {"sizes": sizes, "text": head, "subtext": below})


def _written(picture: Image, place: _Place, head: str, below: str, wanted: dict[str, Any]) -> Image:
    width, height = picture.size
    box = round(place.width * width), round(place.height * height)
    blocks, gap = _blocks(head, below, box, height)
    tall = sum(block.height for block in blocks) + gap * (len(blocks) - 1)
    if wanted["shade"]:
        dark = sum(int(wanted["colour"][at : at + 2], 16) for at in (1, 3, 5)) > 3 * 110
        picture.paste((0, 0, 0) if dark else (255, 255, 255), mask=_shade(picture.size, place.shade, wanted["shade"]))
    y = round(place.top * height) + round((box[1] - tall) * place.rest)
    for block in blocks:
        x = round(place.left * width) + (0 if place.align == "left" else (box[0] - block.width) // 2)
        ink(picture, block, (x, y), wanted["colour"], place.align)
        y += block.height + gap
    return picture


def _blocks(head: str, below: str, box: tuple[int, int], height: int) -> tuple[list[Block], int]:
    """Return headline and line below, as large as they fit together."""
    most = max(7, round(min(height * 0.34, box[0] * 0.24, box[1] * 0.5)))
    share = 0.62 if below else 1.0
    top = fitted(head, box[0], round(box[1] * share), most, _BOLD)
    if top is None:
        raise InvalidInput(
            f"caption: text: {len(head)} letters do not fit a picture in which they have {box[0]}x{box[1]} pixels.",
            field="text",
            hint="Shorten it, or take a larger size.",
        )
    if not below:
        return [top], 0
    gap = round(top.size * 0.35)
    small = max(6, min(round(top.size * 0.55), most))
    rest = fitted(below, box[0], box[1] - top.height - gap, small, _PLAIN)
    # In a small banner the headline stands alone.
    return ([top], 0) if rest is None or rest.size < _READABLE else ([top, rest], gap)


def _shade(size: tuple[int, int], side: str, strength: float) -> Image:
    """Return the mask of a shade that comes from a side, and is gone before the other."""
    from PIL import Image as Images

    most = round(255 * strength)
    if side == "all":
        return Images.new("L", size, most)
    ramp = [round(most * min(1.0, max(0.0, (0.85 - at / 255) / 0.6)) ** 1.2) for at in range(256)]
    line = Images.new("L", (256, 1))
    line.putdata(ramp)
    if side in ("right", "bottom"):
        line = line.transpose(Images.Transpose.FLIP_LEFT_RIGHT)
    if side in ("top", "bottom"):
        line = line.transpose(Images.Transpose.ROTATE_270)
    return line.resize(size, Images.Resampling.BILINEAR)
