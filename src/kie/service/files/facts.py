"""What a stored file is: its type by its bytes, its size in pixels, its length.

The headers of the usual pictures, and texts, are read here: that takes microseconds, and a few numbers are all that is
believed of them. Everything else is left to a process of its own (``media``), for its decoders may crash or hang.
"""

from __future__ import annotations

import io
import json
import math
import struct
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from kie.client.sniff import HEAD, family, sniff

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

__all__ = ["NOTHING", "Facts", "by_header", "of_record", "picture_size", "type_of"]

#: Bytes of a text that are read to count it; characters of a word or number that the media process tells.
_TEXT, _WORD = 4 << 20, 50
#: What a video without a picture turns out to be.
_SOUNDS = ("audio/mp4", "audio/webm")
#: Types that a browser runs: these are told by the bytes, or not at all.
_ACTIVE = frozenset({"text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml"})
#: Segments of a JPEG that are looked at before its size, and bytes of filling before one of them.
_SEGMENTS, _FILL = 2000, 4096
_TURNED = 5  # orientations from here on stand upright when their sides are exchanged
_MARKERS_WITHOUT_SIZE = frozenset((0xC4, 0xC8, 0xCC))


class Facts(NamedTuple):
    """What is known of a file; None where it does not apply, or could not be found out.

    Attributes:
        type: media type.
        width: pixels, as it is to be shown.
        height: pixels.
        duration: seconds.
        more: what else is known by name: "frame_rate", "sample_rate" (Hz), "channels", "codec", "audio_codec",
            "characters", "lines".

    """

    type: str
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    more: Mapping[str, Any] = {}

    @property
    def known(self) -> bool:
        """Whether there is more than the type."""
        return self.width is not None or self.duration is not None or bool(self.more)


NOTHING = Facts("application/octet-stream")


def by_header(content: bytes | Path, kind: str) -> Facts:
    """Return what the first bytes tell; cheap, and never an error.

    Args:
        content: the file, or its bytes.
        kind: its media type as far as it is known.

    """
    try:
        with io.BytesIO(content) if isinstance(content, bytes) else content.open("rb") as file:
            kind = type_of(file, kind)
            if family(kind) == "image":
                size = picture_size(file, kind)
                return Facts(kind, *size) if size is not None else Facts(kind)
            if kind in ("text/plain", "application/json"):
                return _text(file, kind)
    except (OSError, ValueError, struct.error, IndexError, RecursionError):
        pass
    return Facts(kind)


def of_record(kind: str, found: Mapping[str, Any]) -> Facts:
    """Make facts of what the media process found, and believe nothing that is not of its type."""
    width, height = _whole(found.get("width")), _whole(found.get("height"))
    duration = found.get("duration")
    more = {
        name: found[name]
        for name in ("frame_rate", "sample_rate", "channels", "codec", "audio_codec")
        if isinstance(found.get(name), (int, float, str))
        and len(str(found[name])) <= _WORD
        and not (isinstance(found[name], float) and not math.isfinite(found[name]))
    }
    told = found.get("type")
    return Facts(
        told if told in _SOUNDS else kind,
        width if height else None,
        height if width else None,
        float(duration) if isinstance(duration, (int, float)) and 0 <= duration < 1e7 else None,  # noqa: PLR2004
        more,
    )


def type_of(file: BinaryIO, claimed: str) -> str:
    """Return the type by the bytes, where they tell it; what reads as text is text, whatever was claimed."""
    file.seek(0)
    head = file.read(max(HEAD, 4096))
    found = sniff(head[:HEAD])
    if found is not None:
        return found
    active = claimed in _ACTIVE or "javascript" in claimed
    if (active or family(claimed) in ("text", "application")) and _is_text(head):
        return claimed if family(claimed) == "text" and not active else "text/plain"
    return "application/octet-stream" if active else claimed


def picture_size(file: BinaryIO, kind: str) -> tuple[int, int] | None:
    """Return width and height of a picture, as it is to be shown; None for a kind that is not read here."""
    read = _SIZES.get(kind)
    if read is None:
        return None
    file.seek(0)
    size = read(file)
    return size if size is not None and min(size) > 0 else None


def _png(file: BinaryIO) -> tuple[int, int] | None:
    head = file.read(24)
    if head[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", head[16:24])
    return width, height


def _gif(file: BinaryIO) -> tuple[int, int] | None:
    width, height = struct.unpack("<HH", file.read(10)[6:10])
    return width, height


def _bmp(file: BinaryIO) -> tuple[int, int] | None:
    head = file.read(26)
    if struct.unpack("<I", head[14:18])[0] == 12:  # noqa: PLR2004 - the oldest header, of 12 bytes
        width, height = struct.unpack("<HH", head[18:22])
    else:
        width, height = struct.unpack("<ii", head[18:26])
    return width, abs(height)


def _webp(file: BinaryIO) -> tuple[int, int] | None:
    head = file.read(30)
    part = head[12:16]
    if part == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if part == b"VP8L" and head[20] == 0x2F:  # noqa: PLR2004 - the signature of a lossless picture
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if part == b"VP8 " and head[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", head[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None


def _jpeg(file: BinaryIO) -> tuple[int, int] | None:
    file.seek(2)
    turned = False
    for _ in range(_SEGMENTS):
        marker = file.read(2)
        fill = _FILL  # any number of these may stand before a marker
        while marker[1:] == b"\xff" and (fill := fill - 1):
            marker = b"\xff" + file.read(1)
        if len(marker) < 2 or marker[0] != 0xFF or not fill:  # noqa: PLR2004
            return None
        code = marker[1]
        if code == 0x01 or 0xD0 <= code <= 0xD7:  # noqa: PLR2004 - markers without content
            continue
        if code in (0xD9, 0xDA):  # the picture itself, and no size before it
            return None
        (length,) = struct.unpack(">H", file.read(2))
        if length < 2:  # noqa: PLR2004 - its own; less would be read as: all the rest
            return None
        if 0xC0 <= code <= 0xCF and code not in _MARKERS_WITHOUT_SIZE:  # noqa: PLR2004 - a frame header
            height, width = struct.unpack(">HH", file.read(5)[1:])
            return (height, width) if turned else (width, height)
        if code == 0xE1 and not turned:  # noqa: PLR2004 - where EXIF is
            content = file.read(length - 2)
            turned = _orientation(content) >= _TURNED
        else:
            file.seek(length - 2, 1)
    return None


def _orientation(content: bytes) -> int:
    """Return the orientation that EXIF tells, 1 where it tells none."""
    if not content.startswith(b"Exif\0\0"):
        return 1
    tiff = content[6:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    try:
        if order is None:
            return 1
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (number,) = struct.unpack_from(f"{order}H", tiff, start)
        for index in range(min(number, 200)):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * index)
            if tag == 0x0112 and kind == 3:  # noqa: PLR2004 - Orientation, SHORT
                return int(value) if 1 <= value <= 8 else 1  # noqa: PLR2004
    except struct.error:
        pass
    return 1


_SIZES: dict[str, Callable[[BinaryIO], tuple[int, int] | None]] = {
    "image/png": _png,
    "image/gif": _gif,
    "image/bmp": _bmp,
    "image/webp": _webp,
    "image/jpeg": _jpeg,
}


def _is_text(head: bytes) -> bool:
    if b"\0" in head:
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:  # a character may be cut at the end
        return error.start >= len(head) - 3 and error.reason == "unexpected end of data"
    return bool(head)


def _text(file: BinaryIO, kind: str) -> Facts:
    file.seek(0)
    content = file.read(_TEXT + 1)
    if len(content) > _TEXT:
        return Facts(kind)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Facts("application/octet-stream")
    if kind == "application/json":
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            kind = "text/plain"
    return Facts(kind, more={"characters": len(text), "lines": len(text.splitlines())})


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and 0 < value < 1 << 31 else None
