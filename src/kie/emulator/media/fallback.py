"""The floor: media made by the standard library alone, for when a wheel is missing."""

import array
import math
import random
import struct
import zlib

from kie.emulator.media import MediaSpec
from kie.emulator.media.brief import number
from kie.emulator.media.marks import id3, note, wav
from kie.emulator.media.plainpicture import rows


def plain(spec: MediaSpec, form: str, why: str) -> bytes:
    """Return a simple file of the asked kind, size and duration.

    Args:
        spec: What is wished for.
        form: The format.
        why: Which wheel is missing: told in the metadata.
    """
    comment = note(spec.kind, spec.prompt, spec.seed, why)
    if form in {"mp3", "wav"}:
        return _sound(spec, form, comment)
    if form in {"mp4", "mov"}:
        from kie.emulator.media.plainvideo import mp4

        return mp4(spec, comment)
    return png(spec, comment)


def png(spec: MediaSpec, comment: str) -> bytes:
    """Return a PNG; a cutout has transparency, an upscale is as large as its input times the scale."""
    width, height = max(16, min(4096, spec.width)), max(16, min(4096, spec.height))
    if spec.kind == "upscale":
        if spec.inputs and spec.inputs[0][:8] == b"\x89PNG\r\n\x1a\n":
            width, height = struct.unpack(">II", spec.inputs[0][16:24])
        if spec.scale:
            width, height = min(4096, width * spec.scale), min(4096, height * spec.scale)
        else:
            width, height = spec.width, spec.height
    small = max(1, max(width, height) // 1024)
    lines = rows(spec, -(-width // small), -(-height // small))
    alpha = spec.kind == "cutout" or (spec.kind == "layers" and spec.layer > 0)
    data = bytearray()
    for y in range(height):
        row = lines[y // small]
        if small > 1:
            row = b"".join(row[x : x + 3] * small for x in range(0, len(row), 3))[: width * 3]
        data.append(0)
        data += _with_alpha(row, width, height, y) if alpha else row
    return _png_file(width, height, 6 if alpha else 2, bytes(data), comment)


def _with_alpha(row: bytes, width: int, height: int, y: int) -> bytes:
    half = 1 - ((y - height / 2) / (height * 0.45)) ** 2
    reach = width * 0.4 * half**0.5 if half > 0 else 0
    out = bytearray()
    for x in range(width):
        out += row[x * 3 : x * 3 + 3] + (b"\xff" if abs(x - width / 2) < reach else b"\0")
    return bytes(out)


def _png_file(width: int, height: int, colour: int, data: bytes, comment: str) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    text = b"Comment\0\0\0\0\0" + comment.encode()
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"iTXt", text)
        + chunk(b"IDAT", zlib.compress(data, 1))
        + chunk(b"IEND", b"")
    )


def _sound(spec: MediaSpec, form: str, comment: str) -> bytes:
    seconds = spec.duration if spec.kind != "speech" else max(0.5, len(spec.prompt) / 14 / (spec.speed or 1.0))
    seconds = min(600.0, max(0.1, seconds))
    if form == "mp3":
        return id3(f"{comment}; degraded=silence", spec.kind) + silent_mp3(seconds)
    rate = 16000
    chance = random.Random(number(spec.prompt, spec.seed))
    scale = (0, 2, 4, 7, 9, 12)
    samples = array.array("h")
    total, beat = int(seconds * rate), rate // 4
    while len(samples) < total:
        hertz = 220 * 2 ** (chance.choice(scale) / 12)
        step = 2 * math.pi * hertz / rate
        samples.extend(int(9000 * math.sin(step * i) * (1 - i / beat)) for i in range(beat))
    return wav(samples[:total].tobytes(), rate, 1, comment)


def silent_mp3(seconds: float) -> bytes:
    """Return MPEG-1 Layer III frames of silence: 44.1 kHz, mono, 64 kbit/s, 26 ms each."""
    frame = b"\xff\xfb\x50\xc4" + bytes(204)
    return frame * max(1, math.ceil(seconds * 44100 / 1152))
