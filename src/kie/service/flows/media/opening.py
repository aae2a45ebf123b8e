"""Media files are opened here, and only what they are known to be: a file that names other files is none of ours."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kie.client.sniff import HEAD, sniff
from kie.errors import InvalidInput

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image

__all__ = ["Film", "demuxer", "film", "kind_of", "open_image", "open_media", "seconds_of_sound"]

#: Media type → the demuxer that reads it. Whatever else libavformat might find in a file (playlists, lists of other
#: files) is never tried.
_DEMUXERS: Final = {
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/webm": "matroska",
    "video/x-msvideo": "avi",
    "audio/mp4": "mp4",
    "audio/mpeg": "mp3",
    "audio/wav": "wav",
    "audio/ogg": "ogg",
    "audio/flac": "flac",
    "audio/aac": "aac",
}
_IMAGES: Final = ("PNG", "JPEG", "WEBP", "GIF", "AVIF", "BMP", "TIFF")
#: A picture of more pixels is refused: 60 million are 180 MB in memory.
_MOST_PIXELS: Final = 60_000_000


class Film(NamedTuple):
    """What a video is.

    Attributes:
        width: pixels as they are shown, rotation and the shape of pixels reckoned in.
        height: the same.
        fps: frames a second.
        seconds: from its first frame to the end of its last.
        sound: whether it has sound.

    """

    width: int
    height: int
    fps: Fraction
    seconds: float
    sound: bool


def kind_of(path: Path) -> str:
    """Return the media type of a file by its first bytes, "" where they tell none."""
    with path.open("rb") as file:
        return sniff(file.read(HEAD)) or ""


def demuxer(path: Path, field: str, wanted: str) -> str:
    """Return the demuxer for a file.

    Args:
        path: the file.
        field: the input that it was given for, for messages.
        wanted: "video" or "audio"; a video does for either.

    Raises:
        InvalidInput: it is something else.

    """
    kind = kind_of(path)
    name = _DEMUXERS.get(kind)
    if name is None or (wanted == "video" and not kind.startswith("video/")):
        hint = "Make a clip of a picture with the local step `still`." if kind.startswith("image/") else None
        raise InvalidInput(f"{field}: {_a(wanted)} is needed, this file is {_named(kind)}.", field=field, hint=hint)
    return name


def _a(wanted: str) -> str:
    return {"video": "a video", "audio": "a sound", "image": "a picture", "picture": "a picture or a video"}[wanted]


def _named(kind: str) -> str:
    return kind or "of no known type"


def open_media(path: Path, field: str, wanted: str) -> Any:
    """Open a video or a sound, to be closed by the caller.

    Raises:
        InvalidInput: it is none, or is damaged.

    """
    import av

    name = demuxer(path, field, wanted)
    try:
        container = av.open(str(path), "r", format=name, options={"protocol_whitelist": "file"})
    except (OSError, ValueError) as error:
        raise InvalidInput(f"{field}: this {wanted} cannot be read: {_said(error)}.", field=field) from None
    if not (container.streams.video if wanted == "video" else container.streams.audio):
        container.close()
        raise InvalidInput(f"{field}: there is no {wanted} in this file.", field=field)
    return container


def _said(error: Exception) -> str:
    told = str(getattr(error, "strerror", "") or error)
    return told.splitlines()[0][:120] if told else type(error).__name__


def film(path: Path, field: str) -> Film:
    """Measure a video: its packets are read, not decoded, except for the first frame.

    Raises:
        InvalidInput: it is none, or is damaged.

    """
    import av

    with open_media(path, field, "video") as container:
        stream = container.streams.video[0]
        begin = end = None
        try:
            for packet in container.demux(stream):
                if packet.pts is not None and not packet.is_discard:
                    begin = packet.pts if begin is None else min(begin, packet.pts)
                    last = packet.pts + (packet.duration or 0)
                    end = last if end is None else max(end, last)
            container.seek(0)
            first: Any = next(container.decode(stream), None)
        except (av.error.FFmpegError, ValueError) as error:
            raise InvalidInput(f"{field}: this video is damaged: {_said(error)}.", field=field) from None
        if first is None or begin is None or end is None:
            raise InvalidInput(f"{field}: this video has no frames.", field=field)
        fps = stream.average_rate or stream.guessed_rate or Fraction(25)  # a single frame has no rate
        ratio = float(stream.sample_aspect_ratio or 1)
        width, height = round(first.width * ratio), first.height
        if first.rotation % 180:
            width, height = height, width
        seconds = float((end - begin) * stream.time_base)
        return Film(width, height, fps, seconds, bool(container.streams.audio))


def seconds_of_sound(path: Path, field: str) -> float:
    """Return how long a sound is. It is decoded for that: packets count what an encoder put before and after it.

    Raises:
        InvalidInput: it is none, or is damaged.

    """
    import av

    with open_media(path, field, "audio") as container:
        seconds = 0.0
        try:
            for frame in container.decode(container.streams.audio[0]):
                seconds += frame.samples / frame.sample_rate
        except (av.error.FFmpegError, ValueError) as error:
            raise InvalidInput(f"{field}: this sound is damaged: {_said(error)}.", field=field) from None
        if not seconds:
            raise InvalidInput(f"{field}: this sound is empty.", field=field)
        return seconds


def open_image(path: Path, field: str) -> Image:
    """Return a picture, the right way up, as RGB.

    Raises:
        InvalidInput: it is none, is damaged, or has more than 60 million pixels.

    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    kind = kind_of(path)
    try:
        with Image.open(path, formats=_IMAGES) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise InvalidInput(
                    f"{field}: a picture of {opened.width}x{opened.height} is too large (60 million pixels at most).",
                    field=field,
                )
            upright = ImageOps.exif_transpose(opened)
            if upright.mode.startswith("I"):  # grey in 16 bits, of which only the lowest eight would be taken
                return upright.convert("I").point(lambda value: value * (1 / 257)).convert("L").convert("RGB")
            if upright.has_transparency_data:
                return _on_white(upright.convert("RGBA"))
            return upright.convert("RGB")
    except UnidentifiedImageError:
        raise InvalidInput(f"{field}: a picture is needed, this file is {_named(kind)}.", field=field) from None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise InvalidInput(f"{field}: this picture cannot be read: {_said(error)}.", field=field) from None


def _on_white(image: Image) -> Image:
    from PIL import Image as Images

    paper = Images.new("RGB", image.size, (255, 255, 255))
    paper.paste(image, mask=image.getchannel("A"))
    return paper
