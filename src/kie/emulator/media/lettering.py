"""The shapes of words that are drawn into pictures.

Latin letters come from the font that Pillow carries; Cyrillic capitals are strokes of our own, because that font has
none and those of the machine would make the bytes differ from machine to machine. For other scripts a font of the
machine is taken if there is one; if there is none the words are left out, and the file's metadata says so.
"""

import json
from functools import cache, lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont


@cache
def _strokes() -> dict[str, str]:
    """Return the strokes of Cyrillic capitals, digits and signs: six units high, with `|` between strokes."""
    loaded: dict[str, str] = json.loads(Path(__file__).with_name("strokes.json").read_text(encoding="utf-8"))
    # Latin capitals that look like Cyrillic ones are drawn like them.
    for latin, code in zip("ABEKMHOPCTXYI", _TWINS, strict=True):
        loaded[latin] = loaded[chr(code)]
    return loaded


_TWINS = (0x410, 0x412, 0x415, 0x41A, 0x41C, 0x41D, 0x41E, 0x420, 0x421, 0x422, 0x425, 0x423, 0x406)


_MARKS = frozenset((0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0x2022))

_ELSEWHERE = (
    "NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/System/Library/Fonts/PingFang.ttc",
    "msyh.ttc",
)


@lru_cache(maxsize=64)
def _kind(text: str) -> str:
    """Return who can draw a text: latin, cyrillic, other, or nobody."""
    if all(ord(sign) < 0x250 or ord(sign) in _MARKS for sign in text):
        return "latin" if _font(24) is not None else "cyrillic" if _strokable(text) else ""
    if _strokable(text):
        return "cyrillic"
    return "other" if _other(24) is not None else ""


def _strokable(text: str) -> bool:
    return all(sign.isspace() or sign in _strokes() for sign in text.upper())


def drawable(text: str) -> bool:
    """Return whether there are letters for a text."""
    return bool(_kind(text))


@lru_cache(maxsize=16)
def _font(size: int) -> "ImageFont.FreeTypeFont | None":
    try:
        font = ImageFont.load_default(size)
    except (OSError, ImportError):
        return None
    return font if isinstance(font, ImageFont.FreeTypeFont) else None


@lru_cache(maxsize=16)
def _other(size: int) -> "ImageFont.FreeTypeFont | None":
    for name in _ELSEWHERE:
        try:
            return ImageFont.truetype(name, size)
        except (OSError, ImportError):
            continue
    return None


@lru_cache(maxsize=64)
def line(text: str, height: int, weight: float = 0.0) -> Image.Image | None:
    """Return a line of text as a mask, cropped to its ink.

    Args:
        text: The words.
        height: Pixels of a capital letter.
        weight: How much bolder than the font it is, in shares of the height.

    Returns:
        The mask; nothing if there are no letters for the text.
    """
    kind = _kind(text)
    if not kind or height < 3:
        return None
    if kind == "cyrillic":
        return _stroked(text.upper(), height, 0.13 + weight)
    size = round(height * 1.4)
    font = _font(size) if kind == "latin" else _other(size)
    if font is None:
        return None
    bold = round(height * weight)
    left, top, right, bottom = font.getbbox(text, stroke_width=bold)
    mask = Image.new("L", (max(1, int(right - left) + 2), max(1, int(bottom - top) + 2)))
    ImageDraw.Draw(mask).text((1 - left, 1 - top), text, fill=255, font=font, stroke_width=bold)
    return mask


def _stroked(text: str, height: int, weight: float) -> Image.Image:
    scale = height * 2 / 6
    thick = max(2, round(height * 2 * weight))
    pad = thick + 2
    pieces: list[list[tuple[float, float]]] = []
    at = 0.0
    for sign in text:
        strokes = _strokes().get(sign)
        if strokes is None:
            at += 2.6
            continue
        wide = 0.0
        for stroke in strokes.split("|"):
            points = [(float(x), float(y)) for x, y in (place.split(",") for place in stroke.split(" "))]
            wide = max(wide, *(x for x, _ in points))
            pieces.append([(pad + (at + x) * scale, pad + (1.5 + y) * scale) for x, y in points])
        at += wide + 1.6
    large = Image.new("L", (round(at * scale) + 2 * pad, round(8.8 * scale) + 2 * pad))
    draw = ImageDraw.Draw(large)
    for points in pieces:
        draw.line(points, fill=255, width=thick, joint="curve")
        for x, y in (points[0], points[-1]):
            draw.ellipse((x - thick / 2, y - thick / 2, x + thick / 2 - 1, y + thick / 2 - 1), fill=255)
    small = large.reduce(2)
    return small.crop(small.getbbox() or (0, 0, 1, 1))


def block(text: str, width: int, height: int, weight: float = 0.04) -> Image.Image | None:
    """Return a text as large as it fits into a box, broken into lines where that makes it larger.

    Args:
        text: The words.
        width: Pixels of the box.
        height: Pixels of the box.
        weight: See `line`.
    """
    best: tuple[float, list[str]] | None = None
    words = text.split() if " " in text else [text]
    for count in range(1, min(4, len(words)) + 1):
        lines = _broken(words, count)
        probes = [line(part, 20) for part in lines]
        if any(probe is None for probe in probes):
            return None
        wide = max(probe.width for probe in probes if probe is not None)
        size = min(20 * width / wide, height / (1.55 * len(lines) - 0.4))
        if best is None or size > best[0]:
            best = size, lines
    if best is None:
        return None
    size = max(4, int(best[0] * 0.96))
    masks = [made for part in best[1] if (made := line(part, size, weight)) is not None]
    step = round(size * 1.55)
    result = Image.new("L", (max(mask.width for mask in masks), step * (len(masks) - 1) + masks[-1].height + size // 3))
    for index, mask in enumerate(masks):
        result.paste(mask, ((result.width - mask.width) // 2, step * index))
    return result.crop(result.getbbox() or (0, 0, 1, 1))


def _broken(words: list[str], count: int) -> list[str]:
    """Return words in so many lines of about the same length."""
    goal = len(" ".join(words)) / count
    lines: list[str] = []
    now = ""
    for word in words:
        longer = f"{now} {word}".strip()
        if now and len(longer) > goal * 1.08 and len(lines) < count - 1:
            lines.append(now)
            now = word
        else:
            now = longer
    return [*lines, now]
