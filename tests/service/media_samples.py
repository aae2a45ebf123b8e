"""Small real files of the kinds that are looked into, made on the spot."""

from __future__ import annotations

import io
import math
import struct
from array import array
from typing import TYPE_CHECKING, Any

import av
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path


def picture(form: str, size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: Any) -> bytes:
    """A gradient, so that it is neither black nor flat."""
    grey = Image.linear_gradient("L").resize(size)
    made = Image.merge("RGB", (grey, grey.rotate(180), grey)).convert(mode)
    if mode in ("RGBA", "LA"):
        made.putalpha(grey)
    out = io.BytesIO()
    made.save(out, form, **options)
    return out.getvalue()


def turned(size: tuple[int, int], orientation: int) -> bytes:
    """A JPEG that is to be turned before it is shown."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return picture("JPEG", size, exif=exif)


def film(
    path: Path, seconds: float = 2.0, size: tuple[int, int] = (160, 96), *, dark: int = 0, codec: str = ""
) -> Path:
    """A film whose first frames are black; its end says how it is made (mp4, webm)."""
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream("libvpx" if path.suffix == ".webm" else "libx264", rate=24)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        light = Image.linear_gradient("L").resize(size).convert("RGB")
        for number in range(round(seconds * 24)):
            frame: Any = av.VideoFrame
            container.mux(stream.encode(frame.from_image(Image.new("RGB", size) if number < dark else light)))
        container.mux(stream.encode())
    return path


def sound(path: Path, seconds: float = 2.0, rate: int = 22050) -> Path:
    """Silence, and in its second half a tone at half the loudness there is."""
    codecs = {".mp3": "libmp3lame", ".wav": "pcm_s16le", ".m4a": "aac", ".flac": "flac"}
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(codecs[path.suffix], rate=rate)
        stream.layout = "mono"
        many = round(seconds * rate)
        tone = [0 if n < many // 2 else round(16383 * math.sin(n * 0.2)) for n in range(many)]
        fifo = av.AudioFifo()
        frame = av.AudioFrame(format="s16", layout="mono", samples=many)
        frame.planes[0].update(array("h", tone).tobytes().ljust(frame.planes[0].buffer_size, b"\0"))
        frame.sample_rate, frame.pts = rate, 0
        fifo.write(frame)
        resampler = av.AudioResampler(format=stream.codec_context.format, layout="mono", rate=rate)
        size = stream.codec_context.frame_size or 1024
        while (part := fifo.read(size, partial=True)) is not None:
            for each in resampler.resample(part):
                container.mux(stream.encode(each))
        container.mux(stream.encode())
    return path


def bomb(width: int, height: int) -> bytes:
    """A PNG of some bytes that claims to be of any size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + bytes(4) + bytes(40)
