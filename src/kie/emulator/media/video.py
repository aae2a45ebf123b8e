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
from PIL import Image

from kie.emulator.media import MediaSpec
from kie.emulator.media.audio import Wave, decoded, encoded
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
    if not images:
        images = _shots(spec, width, height)
        storyboard = True
    else:
        images = [cover(image, width, height) for image in images[:2]]
        storyboard = False
    if storyboard and len(images) > 1:
        run = _storyboard(spec, images, count, fps)
    else:
        run = _between(spec, images, count, fps)
    track = None
    if spec.sound or sound is not None:
        track = _track(spec, seconds, sound)
    return _file(run, (width, height), fps, track, note("video", spec.prompt, spec.seed))


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
                return _image(frame)
    except (OSError, ValueError):
        return None
    return None


def _image(frame: Any) -> Image.Image:
    picture: Image.Image = frame.to_image()
    return picture


def shots(prompt: str) -> list[str]:
    """Return the shots that a prompt tells apart ("Shot 1: ... Shot 2: ..."), or the prompt itself."""
    parts = re.split(
        r"(?:^|[\n.;])\s*(?:shot|scene|cut|镜头|кадр|сцена)\s*\d+\s*[:.,-]?\s*", prompt, flags=re.IGNORECASE
    )
    told = [part.strip() for part in parts if part.strip()]
    return told[:8] if len(told) > 1 else [prompt]


def _shots(spec: MediaSpec, width: int, height: int) -> list[Image.Image]:
    factor = min(1.0, 1280 / max(width, height))
    small = max(16, round(width * factor)), max(16, round(height * factor))
    stills = []
    for shot in shots(spec.prompt):
        still = paint(
            replace(spec, kind="image", prompt=shot, width=small[0], height=small[1], inputs=(), mask=None), grain=0
        )
        stills.append(
            still if still.size == (width, height) else still.resize((width, height), Image.Resampling.BICUBIC)
        )
    return stills


def _between(spec: MediaSpec, images: list[Image.Image], count: int, fps: int) -> Iterator[Frame]:
    """Yield the frames from the first image to the second, or of the one image in motion."""
    if len(images) == 1:
        yield from frames(images[0], move(spec.prompt, spec.seed, count), count, fps)
        return
    there = frames(images[0], move(spec.prompt, spec.seed, count, closing=True), count, fps)
    back = frames(images[1], move(spec.prompt, spec.seed, count, closing=True, reverse=True), count, fps)
    for index, (one, two) in enumerate(zip(there, back, strict=True)):
        share = min(1.0, max(0.0, (index / max(1, count - 1) - 0.3) / 0.4))
        if index == count - 1 and index:
            # The way back ends at the whole picture: the last frame is the second image.
            yield next(frames(images[1], move("", 0, 1), 1, fps))
        elif share <= 0:
            yield one
        else:
            yield two if share >= 1 else mixed(one, two, share * share * (3 - 2 * share))


def _storyboard(spec: MediaSpec, images: list[Image.Image], count: int, fps: int) -> Iterator[Frame]:
    """Yield shot after shot, each with its own motion, crossing over in a fifth of a second."""
    total = len(images)
    cross = max(1, round(fps * 0.2))
    prompts = shots(spec.prompt)
    borders = [round(count * index / total) for index in range(total + 1)]
    before: Iterator[Frame] = iter(())
    for shot in range(total):
        own = borders[shot + 1] - borders[shot]
        now = frames(images[shot], move(prompts[shot], spec.seed + shot, own + cross), own + cross, fps)
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


def _file(run: Iterator[Frame], size: tuple[int, int], fps: int, track: Wave | None, comment: str) -> bytes:
    import av

    with tempfile.TemporaryDirectory(prefix="kie-") as folder:
        target = Path(folder) / "clip.mp4"
        # A real file: the index can be moved to the front only where one can read back what was written.
        with av.open(str(target), "w", format="mp4", options={"movflags": "+faststart"}) as container:
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

    scale = max(1, spec.scale)
    try:
        with av.open(io.BytesIO(spec.inputs[0]), "r") as container:
            video = container.streams.video[0]
            fps = round(float(video.average_rate or 24))
            size = _even(video.width * scale), _even(video.height * scale)
            run = [
                frame.reformat(width=size[0], height=size[1], format="yuv420p", interpolation="LANCZOS")
                for frame in container.decode(video)
            ]
    except (OSError, ValueError, IndexError):
        return render(replace(spec, kind="video", inputs=()))
    sound = decoded(spec.inputs[0], AUDIO_RATE)
    track = np.stack((sound, sound)) if sound is not None else None
    return _file(iter(run), size, fps, track, note("upscale", spec.prompt, spec.seed))
