"""Small media with known content: plain colours, a flash, a tone at a known time."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

    from kie.service.flows.locally import Made

RATE = 48_000
Samples = np.ndarray[Any, np.dtype[np.float32]]


def picture(path: Path, size: tuple[int, int] = (64, 36), colour: tuple[int, int, int] = (200, 40, 60)) -> Path:
    Image.new("RGB", size, colour).save(path)
    return path


def tone(hertz: float, seconds: float, rate: int = RATE, begin: float = 0.0, end: float = 1e9) -> Samples:
    """A tone that sounds from ``begin`` to ``end``; silence before and after."""
    times = np.arange(round(seconds * rate)) / rate
    wave = 0.4 * np.sin(2 * np.pi * hertz * times) * ((times >= begin) & (times < end))
    return wave.astype(np.float32)


def _sound(container: Any, stream: Any, wave: Samples, rate: int, late: float = 0.0) -> None:
    for at in range(0, wave.size, 1024):
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(wave[None, at : at + 1024]), format="fltp", layout="mono"
        )
        frame.rate, frame.pts, frame.time_base = rate, at + round(late * rate), Fraction(1, rate)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def clip(
    path: Path,
    size: tuple[int, int] = (64, 36),
    fps: int | Fraction = 25,
    seconds: float = 1.0,
    colour: tuple[int, int, int] = (0, 120, 0),
    *,
    wave: Samples | None = None,
    late: float = 0.0,
    flash: float | None = None,
    codec: str = "libx264",
    ratio: Fraction | None = None,
    tagged: bool = True,
) -> Path:
    """A clip of one colour; white from ``flash`` seconds on for five frames; its sound begins ``late`` seconds in."""
    with av.open(str(path), "w") as container:
        video: Any = container.add_stream(codec, rate=fps, options={"preset": "ultrafast"} if "264" in codec else {})
        video.width, video.height = size
        video.pix_fmt = "yuv420p"
        if ratio is not None:
            video.codec_context.sample_aspect_ratio = ratio
        for tag in () if not tagged else ("colorspace", "color_primaries", "color_trc", "color_range"):
            setattr(video.codec_context, tag, 1)
        audio: Any = None
        if wave is not None:
            audio = container.add_stream("aac" if path.suffix == ".mp4" else "libopus", rate=RATE, layout="mono")
        lit = range(0) if flash is None else range(round(flash * fps), round(flash * fps) + 5)
        matrix = "ITU709" if "264" in codec else "ITU601"  # VP8 knows no other
        made: Any = av.VideoFrame.from_image
        for number in range(round(seconds * fps)):
            shown = (255, 255, 255) if number in lit else colour
            frame = made(Image.new("RGB", size, shown)).reformat(format="yuv420p", dst_colorspace=matrix)
            frame.pts, frame.time_base = number, 1 / Fraction(fps)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        if audio is not None and wave is not None:
            _sound(container, audio, wave, RATE, late)
    return path


def sound(path: Path, wave: Samples, rate: int = RATE) -> Path:
    with av.open(str(path), "w") as container:
        codec = {".mp3": "libmp3lame", ".wav": "pcm_f32le"}[path.suffix]
        stream: Any = container.add_stream(codec, rate=rate, layout="mono")
        if path.suffix == ".mp3":
            _sound(container, stream, wave, rate)
        else:
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(wave[None]), format="flt", layout="mono")
            frame.rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
            container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
    return path


class Seen:
    """A film decoded whole, as a player would show it."""

    def __init__(self, made: Made | Path) -> None:
        path = made.files[0] if hasattr(made, "files") else made
        with av.open(str(path)) as container:
            self.codecs = {stream.type: stream.codec_context.name for stream in container.streams}
            self.seconds = float(container.duration or 0) / av.time_base
            video = container.streams.video[0]
            rate = video.average_rate
            assert rate is not None
            self.fps = float(rate)
            self.pictures: list[Image.Image] = []
            self.times: list[float] = []
            for frame in container.decode(video):
                shown: Any = frame
                self.pictures.append(shown.to_image())
                self.times.append(float((frame.pts or 0) * (frame.time_base or 1)))
        with av.open(str(path)) as container:
            pieces = []
            if container.streams.audio:
                assert container.streams.audio[0].codec_context.layout.name == "stereo"
                assert container.streams.audio[0].codec_context.sample_rate == RATE
                pieces += [heard.to_ndarray()[0] for heard in container.decode(container.streams.audio[0])]
            self.wave: Samples = np.concatenate(pieces) if pieces else np.zeros(0, np.float32)

    def colour(self, at: float, x: float = 0.5, y: float = 0.5) -> tuple[int, ...]:
        """The colour at a time, and at a place in shares of the sides."""
        shown = self.pictures[min(len(self.pictures) - 1, int(at * self.fps + 1e-6))]
        found = shown.getpixel((int(x * (shown.width - 1)), int(y * (shown.height - 1))))
        assert isinstance(found, tuple)
        return tuple(int(part) for part in found)

    def level(self, hertz: float, begin: float, end: float) -> float:
        """How loud a tone is between two times: its amplitude."""
        part = self.wave[round(begin * RATE) : round(end * RATE)]
        times = np.arange(part.size) / RATE
        return float(2 * abs(np.mean(part * np.exp(-2j * np.pi * hertz * times))))

    def onset(self) -> float:
        """When the first sound begins, in seconds."""
        loud = np.flatnonzero(np.abs(self.wave) > 0.1 * np.abs(self.wave).max())
        return float(loud[0]) / RATE

    def flash(self) -> float:
        """When the picture turns white, in seconds."""
        return next(at for at, shown in zip(self.times, self.pictures, strict=True) if min(_middle(shown)) > 180)


def _middle(image: Image.Image) -> tuple[int, ...]:
    found = image.getpixel((image.width // 2, image.height // 2))
    assert isinstance(found, tuple)
    return tuple(int(part) for part in found)


def near(one: tuple[int, ...], other: tuple[int, ...], most: int = 12) -> bool:
    """Whether two colours are the same but for what compression does."""
    return all(abs(a - b) <= most for a, b in zip(one, other, strict=True))
