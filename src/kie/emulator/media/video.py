"""Clips: a still set in motion, H.264 in an MP4 that begins to play at once, with a sound track if asked for."""

import io
import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from kie.emulator.media import MediaSpec
from kie.emulator.media.audio import Wave, decoded, encoded
from kie.emulator.media.facemark import luma
from kie.emulator.media.image import paint
from kie.emulator.media.marks import MARK, note
from kie.emulator.media.motion import Frame, frames, mixed, move
from kie.emulator.media.pictures import cover, opened

AUDIO_RATE = 44100


def render(spec: MediaSpec) -> bytes:
    """Return an MP4 of the spec's exact size (made even), frame rate and duration."""
    width, height = _even(spec.width), _even(spec.height)
    fps = max(1, min(60, spec.fps))
    seconds = min(600.0, max(0.2, spec.duration))
    count = max(1, round(seconds * fps))
    images, clip, sound = _sorted(spec)
    if clip is not None and not images:
        images = [clip]
    board = spec.shots or tuple((text, 1.0) for text in shots(spec.prompt))
    given = [cover(image, width, height) for image in images[:2]]
    if len(board) > 1 and len(given) < 2:
        # A given image is the first shot; the others are painted.
        stills = given[:1] + [_still(spec, text, width, height) for text, _ in board[len(given) :]]
        run = _storyboard(spec, board, stills, count, fps)
    else:
        run = _between(spec, given or [_still(spec, board[0][0], width, height)], count, fps)
    run = _marked(run, (width, height), spec)
    track = None
    if spec.sound or sound is not None:
        track = _track(spec, seconds, sound)
    wishes = " ".join(text for text, _ in spec.shots) or spec.prompt
    return _file(run, (width, height), fps, track, note("video", wishes, spec.seed), spec.format)


def _even(pixels: int) -> int:
    return max(16, min(4096, pixels)) // 2 * 2


def _sorted(spec: MediaSpec) -> tuple[list[Image.Image], Image.Image | None, Wave | None]:
    """Return the inputs by what they are: images, the first frame of a clip, a sound."""
    images: list[Image.Image] = []
    clip: Image.Image | None = None
    sound: Wave | None = None
    for data in spec.inputs:
        image = opened(data)
        if image is not None:
            images.append(image)
            continue
        if clip is None:
            clip = first_frame(data)
        if sound is None:
            sound = decoded(data, AUDIO_RATE)
    return images, clip, sound


def first_frame(data: bytes) -> Image.Image | None:
    """Return the first frame of a clip; nothing if the file is none."""
    import av

    try:
        with av.open(io.BytesIO(data), "r") as container:
            if not container.streams.video:
                return None
            for frame in container.decode(container.streams.video[0]):
                return image_of(frame)
    except (OSError, ValueError):
        return None
    return None


def image_of(frame: Any) -> Image.Image:
    """Return a frame of a clip as a picture."""
    picture: Image.Image = frame.to_image()
    return picture


def shots(prompt: str) -> list[str]:
    """Return the shots that a prompt tells apart ("Shot 1: ... Shot 2: ..."), or the prompt itself."""
    parts = re.split(
        r"(?:^|[\n.;])\s*(?:shot|scene|cut|镜头|кадр|сцена)\s*\d+\s*[:.,-]?\s*", prompt, flags=re.IGNORECASE
    )
    told = [part.strip() for part in parts if part.strip()]
    return told[:8] if len(told) > 1 else [prompt]


def _still(spec: MediaSpec, prompt: str, width: int, height: int) -> Image.Image:
    """Return the picture of a shot."""
    factor = min(1.0, 1280 / max(width, height))
    small = max(16, round(width * factor)), max(16, round(height * factor))
    wish = replace(spec, kind="image", prompt=prompt, width=small[0], height=small[1], inputs=(), mask=None)
    still = paint(wish, grain=0)
    return still if still.size == (width, height) else still.resize((width, height), Image.Resampling.BICUBIC)


def _marked(run: Iterator[Frame], size: tuple[int, int], spec: MediaSpec) -> Iterator[Frame]:
    """Yield the frames with the words that are to stand on their face."""
    import av

    words = luma(size, spec)
    if words is None:
        yield from run
        return
    row, bright, share = words
    for frame in run:
        planes: npt.NDArray[np.uint8] = frame.to_ndarray()
        band = planes[row : row + bright.shape[0], : size[0]]
        lower = band.astype(np.int16)
        band[:] = lower + ((bright - lower).astype(np.int32) * share >> 8)
        yield av.VideoFrame.from_ndarray(planes, format="yuv420p")


def _between(spec: MediaSpec, images: list[Image.Image], count: int, fps: int) -> Iterator[Frame]:
    """Yield the frames from the first image to the second, or of the one image in motion."""
    if len(images) == 1:
        yield from frames(images[0], move(spec.prompt, spec.seed, count), count, fps)
        return
    # They cross over in the middle; what is not seen of either way is not made.
    begin, end = int(0.36 * (count - 1)), int(0.64 * (count - 1)) + 1
    there = frames(images[0], move(spec.prompt, spec.seed, count, closing=True), count, fps)
    way = move(spec.prompt, spec.seed, count, closing=True, reverse=True)
    back = frames(images[1], way, count, fps, max(1, begin))
    for index in range(count):
        one = next(there) if index < end or not index else None
        two = next(back, None) if index >= max(1, begin) else None
        if index == count - 1 and index:
            # The way back ends at the whole picture: the last frame is the second image.
            yield next(frames(images[1], move("", 0, 1), 1, fps))
        elif one is not None and two is not None:
            share = (index - begin) / max(1, end - begin)
            yield mixed(one, two, share * share * (3 - 2 * share))
        else:
            yield one if one is not None else two


def _storyboard(
    spec: MediaSpec, board: tuple[tuple[str, float], ...], images: list[Image.Image], count: int, fps: int
) -> Iterator[Frame]:
    """Yield shot after shot, each as long as it is told and in its own motion, crossing over in a fifth of a second."""
    lengths = np.maximum(0.05, [seconds for _, seconds in board])
    ends = np.cumsum(lengths) / lengths.sum() * count
    borders = [0, *(round(float(end)) for end in ends)]
    cross = max(1, round(fps * 0.2))
    before: Iterator[Frame] = iter(())
    for shot, image in enumerate(images):
        own = borders[shot + 1] - borders[shot]
        now = frames(image, move(board[shot][0], spec.seed + shot, own + cross), own + cross, fps)
        for index in range(own):
            frame = next(now)
            if shot and index < cross:
                old = next(before, None)
                frame = mixed(old, frame, (index + 1) / (cross + 1)) if old is not None else frame
            yield frame
        before = now


def _track(spec: MediaSpec, seconds: float, given: Wave | None) -> Wave:
    """Return the sound track: the given sound, or what the prompt sounds like with its quoted words spoken."""
    from kie.emulator.media.soundtrack import track

    count = round(seconds * AUDIO_RATE)
    if given is not None:
        one = np.zeros(count, np.float32)
        one[: min(count, given.size)] = given[:count]
        return np.stack((one, one))
    return track(spec, seconds)


def _file(
    run: Iterator[Frame], size: tuple[int, int], fps: int, track: Wave | None, comment: str, form: str = "mp4"
) -> bytes:
    import av

    with tempfile.TemporaryDirectory(prefix="kie-") as folder:
        form = "mov" if form == "mov" else "mp4"
        target = Path(folder) / f"clip.{form}"
        # A real file: the index can be moved to the front only where one can read back what was written.
        with av.open(str(target), "w", format=form, options={"movflags": "+faststart+use_metadata_tags"}) as container:
            container.metadata["comment"] = comment
            container.metadata["title"] = MARK
            stream: Any = container.add_stream("libx264", rate=fps, options=_X264)
            stream.width, stream.height = size
            stream.pix_fmt = "yuv420p"
            stream.thread_count = 1  # the bytes depend on it
            audio: Any = container.add_stream("aac", rate=AUDIO_RATE, layout="stereo") if track is not None else None
            for index, frame in enumerate(run):
                frame.pts, frame.time_base = index, Fraction(1, fps)
                frame.colorspace, frame.color_range = 1, 1
                for packet in stream.encode(frame):
                    container.mux(packet)
            for packet in stream.encode(None):
                container.mux(packet)
            if audio is not None and track is not None:
                audio.bit_rate = 128000
                for one in encoded(audio, track, AUDIO_RATE):
                    container.mux(one)
        return target.read_bytes()


_X264 = {"preset": "ultrafast", "crf": "22", "threads": "1", "x264-params": "threads=1:lookahead-threads=1:keyint=48"}


def enlarged(spec: MediaSpec) -> bytes:
    """Return the first input, a clip, scaled up; a clip of the prompt if it cannot be read."""
    import av

    try:
        with av.open(io.BytesIO(spec.inputs[0]), "r") as container:
            video = container.streams.video[0]
            fps = round(float(video.average_rate or 24))
            size = _even(video.width * spec.scale), _even(video.height * spec.scale)
            if not spec.scale:
                size = _even(spec.width), _even(spec.height)
            run = [
                frame.reformat(width=size[0], height=size[1], format="yuv420p", interpolation="LANCZOS")
                for frame in container.decode(video)
            ]
    except (OSError, ValueError, IndexError):
        return render(replace(spec, kind="video", inputs=()))
    sound = decoded(spec.inputs[0], AUDIO_RATE)
    track = np.stack((sound, sound)) if sound is not None else None
    marked = _marked(iter(run), size, spec)
    return _file(marked, size, fps, track, note("upscale", spec.prompt, spec.seed), spec.format)
