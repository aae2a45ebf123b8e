"""What decoders find in a file, and small pictures of it. Runs in the media process only (``child``).

Containers are opened as what their first bytes say, never as what a demuxer believes to recognise: a playlist that
calls itself a video would make it fetch addresses.
"""

from __future__ import annotations

import contextlib
import io
import json
import time
from array import array
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from kie.client.sniff import EXTENSIONS, family

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["BUCKETS", "EDGE", "SHOWN", "SMALL", "THUMBNAIL", "WAVEFORM", "look", "preview"]

#: Types of what is made.
THUMBNAIL, WAVEFORM = "image/webp", "application/json"
#: Pixels of a thumbnail's longer side.
EDGE = 512
#: Peaks of a waveform.
BUCKETS = 800
#: Pixels that are decoded at most: more is a trap, or nothing for a thumbnail made in passing.
_PIXELS = 70_000_000
#: A picture of at most so many pixels a side and bytes is its own thumbnail, if browsers show it.
SMALL = 96 * 1024
SHOWN = ("image/png", "image/jpeg", "image/webp", "image/gif", "image/avif")

#: Demuxers: named as the files' usual endings, but for one.
_FORMATS = {**EXTENSIONS, "audio/mp4": "mp4"}
#: Decoders of pictures. Others are not tried: one of them would start a program.
_PICTURES = {f"image/{form.lower()}": form for form in ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF", "AVIF")}
#: Types of containers without a picture.
_WITHOUT_PICTURE = {"video/mp4": "audio/mp4", "video/webm": "audio/webm", "video/quicktime": "audio/mp4"}
#: Seconds of a processor that the way to the wanted frame may take, and with the search for one that is not black.
_WAY, _SEARCH = 0.12, 0.6
#: Frames that are looked at at most.
_FRAMES = 240
#: Brightness (0..255) up to which a frame is black.
_BLACK = 12
#: Packets that are looked at where a container does not say how long it is.
_PACKETS = 200_000
_RATE = 8000  # Hz; enough for peaks
_STEP = _RATE // 100
#: What EXIF calls orientation, and Pillow's number of the movement that sets it right.
_ORIENTATION = 0x0112
_WAYS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}


def look(path: Path, kind: str) -> dict[str, Any]:
    """Return what is known of a file; see ``facts.of_record``.

    Raises:
        Exception: of whatever decoder; the file cannot be understood.

    """
    if kind.startswith("image/"):
        from PIL import Image

        _trust_no_size(Image)
        with Image.open(path, formats=[_PICTURES[kind]]) as picture:
            width, height = picture.size
            with contextlib.suppress(Exception):
                if picture.getexif().get(_ORIENTATION, 1) >= 5:  # noqa: PLR2004 - orientations that stand on a side
                    width, height = height, width
            return {"width": width, "height": height}
    with _opened(path, kind) as container:
        found: dict[str, Any] = {}
        duration = container.duration / 1e6 if container.duration is not None else None
        if container.streams.video:
            video = container.streams.video[0]
            found |= {"width": video.width, "height": video.height, "codec": video.codec_context.name}
            if video.average_rate:
                found["frame_rate"] = round(float(video.average_rate), 3)
        elif kind in _WITHOUT_PICTURE:
            found["type"] = _WITHOUT_PICTURE[kind]
        if container.streams.audio:
            audio = container.streams.audio[0]
            found |= {"sample_rate": audio.sample_rate, "channels": audio.channels}
            found["audio_codec"] = audio.codec_context.name
        if duration is None:
            duration = _measured(container)
        return found if duration is None else {**found, "duration": round(duration, 3)}


def preview(path: Path, kind: str) -> tuple[str, bytes] | None:
    """Return a small picture of a file: media type and content of a thumbnail or a waveform; None where none is due.

    Raises:
        Exception: of whatever decoder; the file cannot be understood.

    """
    if kind.startswith("image/"):
        return _of_picture(path, kind)
    if kind.startswith("video/"):
        return _of_video(path, kind)
    if kind.startswith("audio/"):
        return _of_sound(path, kind)
    return None


def _trust_no_size(image: Any) -> None:
    """Judge sizes ourselves: Pillow would warn by a process-wide setting."""
    image.MAX_IMAGE_PIXELS = None


def _of_picture(path: Path, kind: str) -> tuple[str, bytes] | None:
    from PIL import Image

    _trust_no_size(Image)
    with Image.open(path, formats=[_PICTURES[kind]]) as picture:
        width, height = picture.size
        if width * height > _PIXELS or min(width, height) < 1:
            return None
        if max(width, height) <= EDGE and kind in SHOWN and path.stat().st_size <= SMALL:
            return None
        way = None
        with contextlib.suppress(Exception):  # broken EXIF turns nothing
            way = _WAYS.get(picture.getexif().get(_ORIENTATION, 1))
        picture.draft("RGB", (EDGE, EDGE))  # a JPEG is decoded at a fraction of its size
        return THUMBNAIL, _webp(picture, way)


def _webp(picture: Any, way: int | None = None) -> bytes:
    from PIL import Image

    if picture.mode not in ("RGB", "RGBA", "L"):
        clear = picture.mode in ("LA", "La", "PA", "RGBa") or "transparency" in picture.info
        picture = picture.convert("RGBA" if clear else "RGB")
    picture.thumbnail((EDGE, EDGE), Image.Resampling.BILINEAR, reducing_gap=2.0)
    if way is not None:
        picture = picture.transpose(Image.Transpose(way))
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=78, method=1)
    return out.getvalue()


def _of_video(path: Path, kind: str) -> tuple[str, bytes] | None:
    with _opened(path, kind) as container:
        if not container.streams.video:
            return None
        stream = container.streams.video[0]
        if stream.width * stream.height > _PIXELS:
            return None
        frame = _telling_frame(container, stream)
        if frame is None:
            return None
        scale = min(1.0, EDGE / max(frame.width, frame.height))
        size = max(2, round(frame.width * scale)), max(2, round(frame.height * scale))
        picture = frame.reformat(width=size[0], height=size[1], format="rgb24", interpolation="AREA").to_image()
        if turn := getattr(frame, "rotation", 0):
            picture = picture.rotate(turn, expand=True)
        return THUMBNAIL, _webp(picture)


def _telling_frame(container: Any, stream: Any) -> Any:
    """Return a frame near a tenth of the whole; where that is black, the next that is not."""
    target = 0.0
    if container.duration:
        target = container.duration / 1e6 * 0.1
        with contextlib.suppress(Exception):  # some files cannot be sought in: it begins at the beginning then
            container.seek(int(target * 1e6))
    began = time.process_time()  # not of the clock: on a busy machine it would give up at once
    best, brightest = None, -1
    for number, frame in enumerate(container.decode(stream)):
        took = time.process_time() - began
        if took < _WAY and number < _FRAMES and frame.time is not None and frame.time + 1e-3 < target:
            best = best or frame
            continue
        light = _light(frame)
        if light > brightest:
            best, brightest = frame, light
        if light > _BLACK or took > _SEARCH or number >= _FRAMES:
            break
    return best


def _light(frame: Any) -> int:
    picture = frame.reformat(width=16, height=16, format="rgb24", interpolation="AREA").to_image()
    extremes: tuple[int, int] = picture.convert("L").getextrema()
    return extremes[1]


def _of_sound(path: Path, kind: str) -> tuple[str, bytes] | None:
    import av

    with _opened(path, kind) as container:
        if not container.streams.audio:
            return None
        stream = container.streams.audio[0]
        resampler = av.AudioResampler(format="s16", layout="mono", rate=_RATE)
        peaks, rest = array("h"), array("h")  # peaks of 10 ms, which are joined afterwards
        for packet in container.demux(stream):
            try:
                frames = packet.decode()
            except av.error.InvalidDataError:
                continue
            for frame in frames:
                for sound in resampler.resample(frame):
                    rest.frombytes(bytes(sound.planes[0])[: sound.samples * 2])
                whole = len(rest) // _STEP * _STEP
                peaks.extend(_peak(rest[start : start + _STEP]) for start in range(0, whole, _STEP))
                del rest[:whole]
        seconds = (len(peaks) * _STEP + len(rest)) / _RATE
        if rest:
            peaks.append(_peak(rest))
        if not peaks:
            return None
        many = min(BUCKETS, len(peaks))
        bounds = [len(peaks) * number // many for number in range(many + 1)]
        drawn = [max(peaks[a:b]) * 255 // 32767 for a, b in pairwise(bounds)]
        told = {"duration": round(seconds, 3), "peaks": drawn}
        return WAVEFORM, json.dumps(told, separators=(",", ":")).encode()


def _peak(part: array[int]) -> int:
    highest, lowest = max(part), min(part)
    return min(32767, max(highest, -lowest))


def _opened(path: Path, kind: str) -> Any:
    import av

    form = _FORMATS.get(kind)
    if form is None or family(kind) not in ("video", "audio"):
        raise ValueError(f"{kind} is not looked into")
    return av.open(
        str(path), format=form, options={"protocol_whitelist": "file"}, metadata_errors="replace", timeout=(5.0, 5.0)
    )


def _measured(container: Any) -> float | None:
    """Return how long a container is that does not say so, by the times of its packets."""
    longest = 0.0
    for number, packet in enumerate(container.demux()):
        if number > _PACKETS:
            return None
        if packet.pts is not None:
            longest = max(longest, float((packet.pts + (packet.duration or 0)) * packet.time_base))
    return longest or None
