"""The frames of clips, all of one size and one rate, and the file that they are written to."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from kie.errors import InvalidInput
from kie.service.flows.media.opening import open_media
from kie.service.flows.media.timeline import RATE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType
    from typing import Self

__all__ = ["Look", "Writer", "blended", "even", "paced"]

#: Two threads: the rest of the machine belongs to the service. Their number is fixed, since the bytes depend on it.
_X264: Final = {"preset": "veryfast", "crf": "20", "threads": "2", "flags": "+bitexact"}
#: As H.264 numbers them: BT.709 is 1 as a matrix, as primaries and as a curve, and 1 is the range of television too.
_BT709: Final = 1
_AAC: Final = {"flags": "+bitexact"}
_UNKNOWN: Final = 2
_HD: Final = 720
_TURNS: Final = {90: ("cclock",), -90: ("clock",), 180: ("clock", "clock"), -180: ("clock", "clock")}


def even(size: tuple[int, int]) -> tuple[int, int]:
    """Return a size that H.264 takes: both sides even."""
    return max(16, size[0] // 2 * 2), max(16, size[1] // 2 * 2)


class Look:
    """How the frames of all clips are made alike.

    Args:
        size: even width and height.
        fit: "letterbox" keeps all of the picture, "crop" fills the frame.
        background: "#rrggbb" of the bars.

    """

    def __init__(self, size: tuple[int, int], fit: str, background: str) -> None:
        self.size = size
        self._fit = fit
        self._background = background

    def graph(self, frame: Any, ratio: Fraction) -> Any:
        """Build the filters for frames like this one, whose pixels are ``ratio`` as wide as high."""
        from av.filter import Graph

        width, height = self.size
        graph = Graph()
        shape = frame.width, frame.height
        source: Any = graph.add_buffer(
            width=shape[0], height=shape[1], format=frame.format, time_base=frame.time_base or Fraction(1, 1000)
        )
        steps: list[tuple[str, dict[str, str]]] = []
        if ratio != 1:
            steps.append(("scale", {"w": str(round(shape[0] * ratio)), "h": str(shape[1])}))
        steps += [("transpose", {"dir": turn}) for turn in _TURNS.get(round(frame.rotation), ())]
        colours = {"out_color_matrix": "bt709", "out_range": "tv"}
        if frame.colorspace == _UNKNOWN and min(shape) >= _HD:  # what players take it for
            colours["in_color_matrix"] = "bt709"
        how = "decrease" if self._fit == "letterbox" else "increase"
        scaled = {"w": str(width), "h": str(height), "force_original_aspect_ratio": how, "flags": "bicubic"}
        steps.append(("scale", scaled | colours))
        steps.append(("format", {"pix_fmts": "yuv420p"}))
        if self._fit == "letterbox":
            place = {"w": str(width), "h": str(height), "x": "(ow-iw)/2", "y": "(oh-ih)/2"}
            steps.append(("pad", place | {"color": self._background}))
        else:
            steps.append(("crop", {"w": str(width), "h": str(height)}))
        steps.append(("setsar", {"sar": "1"}))
        for name, options in [*steps, ("buffersink", {})]:
            following = graph.add(name, **options)
            source.link_to(following)
            source = following
        graph.configure()
        return graph

    def frames(self, path: Path, field: str) -> Iterator[tuple[float, Any]]:
        """Yield the frames of a clip with their seconds, made alike.

        Raises:
            InvalidInput: the clip is damaged.

        """
        import av

        with open_media(path, field, "video") as container:
            stream = container.streams.video[0]
            stream.thread_count = 2
            ratio = stream.sample_aspect_ratio or Fraction(1)
            graph, made_for, begin = None, None, None
            try:
                for frame in container.decode(stream):
                    if frame.pts is None:
                        continue
                    form = (frame.width, frame.height, frame.format.name, frame.rotation)
                    if graph is None or form != made_for:
                        graph, made_for = self.graph(frame, ratio), form
                    begin = frame.pts if begin is None else begin
                    at = float((frame.pts - begin) * stream.time_base)
                    graph.push(frame)
                    yield at, graph.pull()
            except (av.error.FFmpegError, ValueError) as error:
                raise InvalidInput(f"{field}: this video is damaged: {str(error)[:120]}.", field=field) from None


def paced(frames: Iterator[tuple[float, Any]], fps: int, count: int) -> Iterator[Any]:
    """Yield exactly ``count`` frames at a steady rate: the nearest one at each time; the last is held to the end."""
    _, current = next(frames)
    waiting = next(frames, None)
    for number in range(count):
        now = (number + 0.5) / fps
        while waiting is not None and waiting[0] < now - 1e-9:
            current = waiting[1]
            waiting = next(frames, None)
        yield current


def blended(one: Any, other: Any, share: float) -> Any:
    """Return a frame between two of one size: 0 is the first, 1 the second."""
    import av
    from PIL import Image

    made = av.VideoFrame(one.width, one.height, "yuv420p")
    for below, above, target in zip(one.planes, other.planes, made.planes, strict=True):
        size = target.width, target.height
        first, second = (Image.frombuffer("L", size, plane, "raw", "L", plane.line_size, 1) for plane in (below, above))
        whole = Image.new("L", (target.line_size, target.height))
        whole.paste(Image.blend(first, second, share))
        target.update(whole.tobytes()[: target.buffer_size])
    return made


class Writer:
    """An MP4 with H.264 and AAC, whose index stands in front, the same bytes for the same frames.

    Args:
        path: where it is written.
        size: even width and height.
        fps: frames a second.
        sound: frames of sound at 48 kHz, taken as the pictures need them; None for a film without.

    """

    def __init__(self, path: Path, size: tuple[int, int], fps: int, sound: Iterator[Any] | None = None) -> None:
        import av

        options = {"movflags": "+faststart", "fflags": "+bitexact"}
        self._container = av.open(str(path), "w", format="mp4", options=options)
        self._video: Any = self._container.add_stream("libx264", rate=fps, options=_X264 | {"g": str(2 * fps)})
        self._video.width, self._video.height = size
        self._video.pix_fmt = "yuv420p"
        for tag in ("colorspace", "color_primaries", "color_trc", "color_range"):
            setattr(self._video.codec_context, tag, _BT709)
        self._audio: Any = None
        if sound is not None:
            self._audio = self._container.add_stream("aac", rate=RATE, layout="stereo", options=_AAC)
            self._audio.bit_rate = 160_000
        self._sound = sound
        self._fps = fps
        self._number = 0
        self._heard = 0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        """Write the end, and close; after an error only close."""
        try:
            if kind is None:
                self._listen(None)
                for stream in (self._video, self._audio):
                    if stream is not None:
                        self._container.mux(stream.encode(None))
        finally:
            self._container.close()

    def add(self, frame: Any) -> None:
        """Add a picture, and the sound up to its end."""
        frame.pts, frame.time_base = self._number, Fraction(1, self._fps)
        frame.pict_type = 0
        self._number += 1
        self._container.mux(self._video.encode(frame))
        self._listen(round(self._number * RATE / self._fps))

    def _listen(self, until: int | None) -> None:
        while self._sound is not None and (until is None or self._heard < until):
            frame = next(self._sound, None)
            if frame is None:
                return
            self._heard += frame.samples
            self._container.mux(self._audio.encode(frame))
