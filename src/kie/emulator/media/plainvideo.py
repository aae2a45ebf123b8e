"""An MP4 by the standard library alone: one picture as uncompressed H.264 macroblocks, then frames that repeat it.

H.264 allows macroblocks which carry their samples as they are (I_PCM), and frames in which every macroblock is
skipped; both need no arithmetic coding, so a few bit strings make a stream that every player opens (ITU-T H.264,
7.3.2 to 7.3.5). The file is large for its content, since nothing is compressed.
"""

import struct

from kie.emulator.media import MediaSpec
from kie.emulator.media.plainpicture import rows


class _Bits:
    """A bit string being written."""

    def __init__(self) -> None:
        self.text: list[str] = []

    def fixed(self, value: int, width: int) -> None:
        self.text.append(f"{value:0{width}b}")

    def ue(self, value: int) -> None:
        """Write an unsigned Exp-Golomb number."""
        code = f"{value + 1:b}"
        self.text.append("0" * (len(code) - 1) + code)

    def se(self, value: int) -> None:
        """Write a signed Exp-Golomb number."""
        self.ue(2 * value - 1 if value > 0 else -2 * value)

    def done(self) -> bytes:
        """Return the bytes, closed by a stop bit."""
        bits = "".join(self.text) + "1"
        bits += "0" * (-len(bits) % 8)
        return int(bits, 2).to_bytes(len(bits) // 8)


def _guarded(data: bytes) -> bytes:
    """Return a NAL unit's body with emulation prevention."""
    out = bytearray()
    zeros = 0
    for byte in data:
        if zeros >= 2 and byte <= 3:
            out.append(3)
            zeros = 0
        out.append(byte)
        zeros = zeros + 1 if byte == 0 else 0
    return bytes(out)


def _parameters(width: int, height: int, fps: int) -> tuple[bytes, bytes]:
    across, down = -(-width // 16), -(-height // 16)
    sps = _Bits()
    sps.fixed(66, 8)
    sps.fixed(0b11000000, 8)
    sps.fixed(51, 8)
    for value in (0, 0, 2, 1):  # id, frame number bits, order type, reference frames
        sps.ue(value)
    sps.fixed(0, 1)
    sps.ue(across - 1)
    sps.ue(down - 1)
    sps.fixed(1, 1)
    sps.fixed(1, 1)
    crop_x, crop_y = (across * 16 - width) // 2, (down * 16 - height) // 2
    sps.fixed(1 if crop_x or crop_y else 0, 1)
    if crop_x or crop_y:
        for value in (0, crop_x, 0, crop_y):
            sps.ue(value)
    sps.fixed(1, 1)
    sps.fixed(0, 4)  # no aspect, overscan, signal type, chroma place
    sps.fixed(1, 1)
    sps.fixed(1, 32)
    sps.fixed(2 * fps, 32)
    sps.fixed(1, 1)
    sps.fixed(0, 4)
    pps = _Bits()
    pps.ue(0)
    pps.ue(0)
    pps.fixed(0, 2)
    for _ in range(3):
        pps.ue(0)
    pps.fixed(0, 3)
    for _ in range(3):
        pps.se(0)
    pps.fixed(1, 1)  # deblocking is told in the slice: off
    pps.fixed(0, 2)
    return b"\x67" + _guarded(sps.done()), b"\x68" + _guarded(pps.done())


def _still(lines: list[bytes], width: int, height: int) -> bytes:
    """Return the slice of the picture, macroblock by macroblock."""
    head = _Bits()
    head.ue(0)
    head.ue(7)
    head.ue(0)
    head.fixed(0, 4)
    head.ue(0)
    head.fixed(0, 2)
    head.se(0)
    head.ue(1)
    across, down = -(-width // 16), -(-height // 16)
    luma, blue, red = _planes(lines, across * 16, down * 16)
    head.text.append("000011010")
    bits = "".join(head.text)
    bits += "0" * (-len(bits) % 8)
    out = bytearray(_guarded(int(bits, 2).to_bytes(len(bits) // 8)))
    for row in range(down):
        for column in range(across):
            if row or column:
                out += b"\x0d\x00"
            x = column * 16
            out += b"".join(luma[row * 16 + y][x : x + 16] for y in range(16))
            for plane in (blue, red):
                out += b"".join(plane[row * 8 + y][x // 2 : x // 2 + 8] for y in range(8))
    return b"\x65" + bytes(out) + b"\x80"


def _planes(lines: list[bytes], width: int, height: int) -> tuple[list[bytes], list[bytes], list[bytes]]:
    seen: dict[bytes, tuple[bytes, bytes, bytes]] = {}
    luma: list[bytes] = []
    blue: list[bytes] = []
    red: list[bytes] = []
    for y in range(height):
        row = lines[min(y, len(lines) - 1)]
        if row not in seen:
            tones: dict[bytes, tuple[int, int, int]] = {}
            samples = []
            for x in range(0, len(row), 3):
                pixel = row[x : x + 3]
                if pixel not in tones:
                    r, g, b = pixel
                    tones[pixel] = (
                        round(16 + 0.1826 * r + 0.6142 * g + 0.0620 * b),
                        round(128 - 0.1006 * r - 0.3386 * g + 0.4392 * b),
                        round(128 + 0.4392 * r - 0.3989 * g - 0.0403 * b),
                    )
                samples.append(tones[pixel])
            samples += [samples[-1]] * (width - len(samples))
            seen[row] = (
                bytes(s[0] for s in samples),
                bytes(s[1] for s in samples[::2]),
                bytes(s[2] for s in samples[::2]),
            )
        planes = seen[row]
        luma.append(planes[0])
        if y % 2 == 0:
            blue.append(planes[1])
            red.append(planes[2])
    return luma, blue, red


def _repeat(number: int, blocks: int) -> bytes:
    """Return a frame that skips all macroblocks: the picture before stays."""
    bits = _Bits()
    bits.ue(0)
    bits.ue(5)
    bits.ue(0)
    bits.fixed(number % 16, 4)
    bits.fixed(0, 1)
    bits.fixed(0, 1)
    bits.fixed(0, 1)
    bits.se(0)
    bits.ue(1)
    bits.ue(blocks)
    return b"\x41" + _guarded(bits.done())


def _box(name: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + name + body


def _full(name: bytes, *parts: bytes, flags: int = 0) -> bytes:
    return _box(name, struct.pack(">I", flags), *parts)


_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def mp4(spec: MediaSpec, comment: str) -> bytes:
    """Return an MP4 of a still picture, of the spec's size, frame rate and duration, without sound."""
    width, height = (max(16, min(4096, side)) // 2 * 2 for side in (spec.width, spec.height))
    fps = max(1, min(60, spec.fps))
    count = max(1, round(min(600.0, max(0.2, spec.duration)) * fps))
    sps, pps = _parameters(width, height, fps)
    blocks = -(-width // 16) * -(-height // 16)
    frames = [_still(rows(spec, width, height), width, height)]
    frames += [_repeat(index % 16, blocks) for index in range(1, count)]
    samples = [struct.pack(">I", len(frame)) + frame for frame in frames]
    kind = _box(b"ftyp", b"isom", struct.pack(">I", 512), b"isomiso2avc1mp41")
    draft = _moov(samples, 0, (width, height), (fps, count), (sps, pps), comment)
    moov = _moov(samples, len(kind) + len(draft) + 8, (width, height), (fps, count), (sps, pps), comment)
    return kind + moov + _box(b"mdat", *samples)


def _moov(
    samples: list[bytes],
    offset: int,
    size: tuple[int, int],
    time: tuple[int, int],
    sets: tuple[bytes, bytes],
    comment: str,
) -> bytes:
    width, height = size
    fps, count = time
    sps, pps = sets
    avcc = _box(
        b"avcC",
        b"\x01" + sps[1:4] + b"\xff\xe1",
        struct.pack(">H", len(sps)),
        sps,
        b"\x01",
        struct.pack(">H", len(pps)),
        pps,
    )
    entry = _box(
        b"avc1",
        bytes(6),
        struct.pack(">H", 1),
        bytes(16),
        struct.pack(">HH", width, height),
        struct.pack(">IIIH", 0x480000, 0x480000, 0, 1),
        bytes(32),
        struct.pack(">Hh", 24, -1),
        avcc,
    )
    table = _box(
        b"stbl",
        _full(b"stsd", struct.pack(">I", 1), entry),
        _full(b"stts", struct.pack(">III", 1, count, 1)),
        _full(b"stss", struct.pack(">II", 1, 1)),
        _full(b"stsc", struct.pack(">IIII", 1, 1, count, 1)),
        _full(b"stsz", struct.pack(">II", 0, count), *(struct.pack(">I", len(sample)) for sample in samples)),
        _full(b"stco", struct.pack(">II", 1, offset)),
    )
    handler = _full(b"hdlr", bytes(4), b"vide", bytes(12), b"kie\0")
    data = _box(b"dinf", _full(b"dref", struct.pack(">I", 1), _full(b"url ", flags=1)))
    minf = _box(b"minf", _full(b"vmhd", bytes(8), flags=1), data, table)
    mdhd = _full(b"mdhd", struct.pack(">IIIIHH", 0, 0, fps, count, 0x55C4, 0))
    tkhd = _full(
        b"tkhd",
        struct.pack(">IIIII", 0, 0, 1, 0, count),
        bytes(8),
        struct.pack(">hhhh", 0, 0, 0, 0),
        _MATRIX,
        struct.pack(">II", width << 16, height << 16),
        flags=3,
    )
    mvhd = _full(
        b"mvhd",
        struct.pack(">IIIIIH", 0, 0, fps, count, 0x10000, 0x100),
        bytes(10),
        _MATRIX,
        bytes(24),
        struct.pack(">I", 2),
    )
    text = _box(b"\xa9cmt", _box(b"data", struct.pack(">II", 1, 0), comment.encode()))
    meta = _full(b"meta", _full(b"hdlr", bytes(4), b"mdir", b"appl", bytes(9)), _box(b"ilst", text))
    return _box(b"moov", mvhd, _box(b"trak", tkhd, _box(b"mdia", mdhd, handler, minf)), _box(b"udta", meta))
