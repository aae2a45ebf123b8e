"""Words in pictures: letters of any script for which a font is at hand, lines that break, the size that fits.

Geist (SIL Open Font License, see ``fonts/GEIST-LICENSE.txt``) ships for Latin and Cyrillic, so that banners look alike
on every machine; letters of other scripts are taken from the fonts of the machine.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kie.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

__all__ = ["Block", "cleaned", "fitted", "ink", "shortened"]

_OWN: Final = tuple(str(Path(__file__).parent / "fonts" / f"geist-{script}.woff2") for script in ("latin", "cyrillic"))
#: Fonts of the machine for other scripts, by the names and places where the usual systems have them.
_ELSEWHERE: Final = (
    "DejaVuSans-Bold.ttf",
    "NotoSans-Bold.ttf",
    "NotoSansCJK-Bold.ttc",
    "NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "NotoSansArabic-Bold.ttf",
    "NotoSansHebrew-Bold.ttf",
    "NotoSansDevanagari-Bold.ttf",
    "NotoSansThai-Regular.ttf",
    "NotoSansGeorgian-Regular.ttf",
    "NotoSansArmenian-Regular.ttf",
    "/System/Library/Fonts/PingFang.ttc",
    "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
    "msyhbd.ttc",
    "arial.ttf",
)
#: A character that no font has: what a font draws for it, it draws for all that it lacks.
_NOBODYS: Final = "\U0010fffd"
_LINE: Final = 1.16
#: Signs that say how the one before is to be drawn, as a symbol in colours for one.
_STYLES: Final = re.compile("[\ufe00-\ufe0f]")


@lru_cache(maxsize=512)
def _face(path: str, size: int, weight: int) -> Any:
    """Return a font, or None where it is not there."""
    from PIL import ImageFont

    try:
        face = ImageFont.truetype(path, size)
    except (OSError, ValueError):
        return None
    with suppress(OSError, ValueError, NotImplementedError):  # it has one weight
        face.set_variation_by_axes([weight])
    return face


@lru_cache(maxsize=4096)
def _has(path: str, sign: str) -> bool:
    face = _face(path, 24, 400)
    return face is not None and bytes(face.getmask(sign)) != bytes(face.getmask(_NOBODYS))


@lru_cache(maxsize=4096)
def _source(sign: str) -> str | None:
    """Return the font that has a letter."""
    return next((path for path in (*_OWN, *_ELSEWHERE) if _has(path, sign)), None)


def cleaned(text: str, field: str) -> str:
    """Return a text without the symbols (emoji, for one) for which there is no font.

    Raises:
        InvalidInput: letters are missing: they are not left out unseen.

    """
    kept = []
    for sign in _STYLES.sub("", unicodedata.normalize("NFC", text)):
        if sign.isspace() or _source(sign) is not None:
            kept.append(" " if sign.isspace() and sign != "\n" else sign)
        elif unicodedata.category(sign) not in ("So", "Sk", "Cf", "Cn", "Co", "Cc", "Mn"):
            raise InvalidInput(
                f"{field}: there is no font here with {sign!r} ({unicodedata.name(sign, hex(ord(sign)))}).",
                field=field,
                hint="Install one where the service runs; the Noto fonts have the letters of nearly all scripts.",
            )
    return "".join(kept).strip()


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """Yield pieces of a line with the font of each; spaces and combining marks go with what is before them."""
    at, path = 0, None
    for place, sign in enumerate(text):
        if sign.isspace() or unicodedata.combining(sign) or (path is not None and _has(path, sign)):
            continue
        found = _source(sign) or _OWN[0]
        if path is not None and found != path:
            yield path, text[at:place]
            at = place
        path = found
    if text:
        yield path or _OWN[0], text[at:]


def _width(text: str, size: int, weight: int) -> float:
    total = 0.0
    for path, run in _runs(text):
        face = _face(path, size, weight)
        total += face.getlength(run) if face is not None else 0
    return total


def _broken(text: str, size: int, weight: int, width: float) -> list[str] | None:
    """Break a text into lines of a width; None where a word alone is wider. What has no spaces breaks anywhere."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for close, word in _words(paragraph):
            joined = f"{line} {word}" if line and not close else line + word
            if _width(joined, size, weight) <= width:
                line = joined
                continue
            if not line or _width(word, size, weight) > width:
                return None
            lines.append(line)
            line = word
        lines.append(line)
    return lines


def _words(paragraph: str) -> Iterator[tuple[bool, str]]:
    """Yield words, and whether each stands close to the one before, as signs of scripts without spaces do."""
    for word in paragraph.split():
        piece, close = "", False
        for sign in word:
            if unicodedata.east_asian_width(sign) in ("W", "F"):
                if piece:
                    yield close, piece
                    close = True
                yield close, sign
                piece, close = "", True
            else:
                piece += sign
        if piece:
            yield close, piece


class Block(NamedTuple):
    """Lines that fit: their size in pixels, and the height of all of them."""

    lines: list[str]
    size: int
    weight: int

    @property
    def height(self) -> int:
        """Pixels from the top of the first line to the bottom of the last."""
        return round(self.size * _LINE * len(self.lines))

    @property
    def width(self) -> int:
        """Pixels of the longest line."""
        return round(max((_width(line, self.size, self.weight) for line in self.lines), default=0))


def fitted(text: str, width: int, height: int, most: int, weight: int) -> Block | None:
    """Return a text in the largest size, up to ``most`` pixels, that fits a box; None where none of 6 or more does."""
    low, high, best = 6, most, None
    while low <= high:
        middle = (low + high) // 2
        lines = _broken(text, middle, weight, width)
        block = None if lines is None else Block(lines, middle, weight)
        if block is not None and block.height <= height:
            best, low = block, middle + 1
        else:
            high = middle - 1
    return best


def ink(image: Image, block: Block, place: tuple[int, int], colour: str, align: str = "left") -> None:
    """Draw a block with its upper left corner at a place; ``align`` is left or center."""
    from PIL import ImageDraw

    draw = ImageDraw.Draw(image)
    widest = block.width
    for number, line in enumerate(block.lines):
        x = float(place[0])
        if align == "center":
            x += (widest - _width(line, block.size, block.weight)) / 2
        y = place[1] + block.size * (number * _LINE + 0.93)
        for path, run in _runs(line):
            face = _face(path, block.size, block.weight)
            if face is not None:
                draw.text((x, y), run, fill=colour, font=face, anchor="ls")
                x += face.getlength(run)


def shortened(text: str, size: int, weight: int, width: int) -> Block:
    """Return one line, cut with an ellipsis where it is longer than a width."""
    line = " ".join(text.split())
    while line and _width(line, size, weight) > width:
        line = line[:-2].rstrip()
        line += "…" if line else ""
    return Block([line], size, weight)
