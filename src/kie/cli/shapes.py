"""What a media file is, read from its own header: pixels, seconds, rate."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from kie.cli.lang import number, t

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Shape", "read", "shape_of"]

# ruff: noqa: PLR2004 - the numbers are those of the formats

_MOST = 64 << 20
# MPEG audio frames (ISO 11172-3 and 13818-3, layer III): kbit/s by index, for MPEG-1 and for MPEG-2.
_KBITS = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
)
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


class Shape(NamedTuple):
    """Attributes: width and height in pixels, seconds, pictures or samples in a second; 0 where there is none."""

    width: int = 0
    height: int = 0
    seconds: float = 0.0
    fps: float = 0.0
    hertz: int = 0


def shape_of(path: Path) -> str:
    """Return the shape of a file in words; "" where it is not known."""
    try:
        shape = read(path)
    except (OSError, struct.error, IndexError, ValueError, ZeroDivisionError):
        return ""
    parts = []
    if shape.width:
        parts.append(f"{shape.width}×{shape.height}")
    if shape.seconds:
        parts.append(t("unit.seconds", seconds=number(f"{shape.seconds:.1f}")))
    if shape.fps:
        parts.append(t("unit.fps", fps=number(f"{shape.fps:.3g}")))
    if shape.hertz:
        parts.append(t("unit.khz", khz=number(f"{shape.hertz / 1000:g}")))
    return ", ".join(parts)


def read(path: Path) -> Shape:
    """Read the shape of a media file.

    Raises:
        ValueError: it is none of PNG, JPEG, GIF, WebP, MP4, WAV and MP3.
        struct.error, IndexError: its header is cut off.

    """
    with path.open("rb") as file:
        data = file.read(_MOST)
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return Shape(*struct.unpack(">II", data[16:24]))
    if data[:4] == b"GIF8":
        return Shape(*struct.unpack("<HH", data[6:10]))
    if data[:2] == b"\xff\xd8":
        return _jpeg(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    if data[4:8] == b"ftyp":
        return _mp4(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return _wav(data)
    if data[:3] == b"ID3" or (data[:1] == b"\xff" and data[1] & 0xE0 == 0xE0):
        return _mp3(data)
    raise ValueError("no media file that is known here")


def _jpeg(data: bytes) -> Shape:
    at = 2
    while True:
        while data[at] == 0xFF:
            at += 1
        marker, length = data[at], struct.unpack(">H", data[at + 1 : at + 3])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 4 : at + 8])
            return Shape(width, height)
        at += 1 + length


def _webp(data: bytes) -> Shape:
    kind = data[12:16]
    if len(data) < 30:
        raise ValueError("a WebP that is cut off")
    if kind == b"VP8X":
        return Shape(int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1)
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return Shape((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    width, height = struct.unpack("<HH", data[26:30])
    return Shape(width & 0x3FFF, height & 0x3FFF)


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield type, begin and end of the contents of the boxes of an MP4."""
    while start + 8 <= end:
        length, kind = struct.unpack(">I4s", data[start : start + 8])
        head = 8
        if length == 1:
            length, head = struct.unpack(">Q", data[start + 8 : start + 16])[0], 16
        if length == 0:
            length = end - start
        if length < head:
            return
        yield kind, start + head, min(start + length, end)
        start += length


def _inside(data: bytes, start: int, end: int, *path: bytes) -> tuple[int, int] | None:
    for kind, inner, last in _boxes(data, start, end):
        if kind == path[0]:
            return (inner, last) if len(path) == 1 else _inside(data, inner, last, *path[1:])
    return None


def _timing(data: bytes, at: int) -> tuple[int, int]:
    """Return time scale and duration out of an mvhd or mdhd box."""
    if data[at] == 1:
        scale, length = struct.unpack(">IQ", data[at + 20 : at + 32])
    else:
        scale, length = struct.unpack(">II", data[at + 12 : at + 20])
    return scale, length


def _mp4(data: bytes) -> Shape:
    moov = _inside(data, 0, len(data), b"moov")
    if moov is None:
        raise ValueError("an MP4 without an index")
    shape = Shape()
    head = _inside(data, *moov, b"mvhd")
    if head is not None:
        scale, length = _timing(data, head[0])
        shape = shape._replace(seconds=length / scale)
    for kind, start, end in _boxes(data, *moov):
        handler = _inside(data, start, end, b"mdia", b"hdlr") if kind == b"trak" else None
        if handler is None:
            continue
        what = data[handler[0] + 8 : handler[0] + 12]
        timing = _inside(data, start, end, b"mdia", b"mdhd")
        if what == b"vide":
            shape = _picture(data, start, end, shape)
        elif what == b"soun" and timing is not None:
            shape = shape._replace(hertz=_timing(data, timing[0])[0])
    return shape


def _picture(data: bytes, start: int, end: int, shape: Shape) -> Shape:
    header = _inside(data, start, end, b"tkhd")
    timing = _inside(data, start, end, b"mdia", b"mdhd")
    times = _inside(data, start, end, b"mdia", b"minf", b"stbl", b"stts")
    if header is not None:
        width, height = struct.unpack(">II", data[header[1] - 8 : header[1]])
        shape = shape._replace(width=width >> 16, height=height >> 16)
    if timing is not None and times is not None:
        scale, length = _timing(data, timing[0])
        entries = struct.unpack(">I", data[times[0] + 4 : times[0] + 8])[0]
        counts = (struct.unpack(">I", data[times[0] + 8 + 8 * i : times[0] + 12 + 8 * i])[0] for i in range(entries))
        shape = shape._replace(fps=sum(counts) * scale / length if length else 0.0)
    return shape


def _wav(data: bytes) -> Shape:
    rate = per_second = 0
    at = 12
    while at + 8 <= len(data):
        kind, length = struct.unpack("<4sI", data[at : at + 8])
        if kind == b"fmt ":
            rate, per_second = struct.unpack("<II", data[at + 12 : at + 20])
        elif kind == b"data":
            return Shape(seconds=min(length, len(data) - at - 8) / per_second, hertz=rate)
        at += 8 + length + length % 2
    raise ValueError("a WAV without samples")


def _mp3(data: bytes) -> Shape:
    at = 0
    if data[:3] == b"ID3":
        at = 10 + (data[6] << 21 | data[7] << 14 | data[8] << 7 | data[9])
    samples = hertz = 0
    while at + 4 <= len(data):
        head = struct.unpack(">I", data[at : at + 4])[0]
        version, layer, index, rate = head >> 19 & 3, head >> 17 & 3, head >> 12 & 15, head >> 10 & 3
        if head >> 21 != 0x7FF or version == 1 or layer != 1 or index in (0, 15) or rate == 3:
            if samples:
                break  # a tag at the end
            at += 1
            continue
        hertz = _RATES[version][rate]
        each = 1152 if version == 3 else 576
        length = each // 8 * _KBITS[version != 3][index] * 1000 // hertz + (head >> 9 & 1)
        if samples == 0 and (b"Xing" in data[at : at + length] or b"Info" in data[at : at + length]):
            samples = -each  # the first frame is a header, and makes no sound
        samples += each
        at += length
    if not hertz:
        raise ValueError("no frames of sound")
    return Shape(seconds=max(samples, 0) / hertz, hertz=hertz)
