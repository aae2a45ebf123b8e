"""Clips: a still set in motion, H.264 in an MP4 that begins to play at once, with a sound track if asked for."""

import io
import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from kie.emulator.media import MediaSpec
from kie.emulator.media.audio import Wave, decoded, encoded
from kie.emulator.media.image import cover, opened, paint
from kie.emulator.media.marks import MARK, note
from kie.emulator.media.motion import Planes, moved, path, planes

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
    frames = _storyboard(spec, images, count) if storyboard and len(images) > 1 else _between(spec, images, count)
    track = None
    if spec.sound or sound is not None:
        track = _track(spec, seconds, sound)
    return _file(frames, (width, height), fps, track, note("video", spec.prompt, spec.seed))


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


def _between(spec: MediaSpec, images: list[Image.Image], count: int) -> Iterator[Planes]:
    """Yield the frames from the first image to the second, or of the one image in motion."""
    first = planes(images[0])
    track = path(spec.prompt, spec.seed, count, closing=len(images) > 1)
    if len(images) == 1:
        for step in track:
            yield moved(first, step)
        return
    last = planes(images[1])
    back = path(spec.prompt, spec.seed, count, closing=True)[::-1]
    for index, step in enumerate(track):
        share = index / max(1, count - 1)
        mix = min(1.0, max(0.0, (share - 0.3) / 0.4))
        if mix <= 0:
            yield moved(first, step)
        elif mix >= 1:
            yield moved(last, back[index])
        else:
            yield _mixed(moved(first, step), moved(last, back[index]), mix * mix * (3 - 2 * mix))


def _storyboard(spec: MediaSpec, images: list[Image.Image], count: int) -> Iterator[Planes]:
    """Yield shot after shot, each with its own motion, crossing over in a fifth of a second."""
    total = len(images)
    cross = max(1, round(spec.fps * 0.2))
    prompts = shots(spec.prompt)
    stills = [planes(image) for image in images]
    borders = [round(count * index / total) for index in range(total + 1)]
    tracks = [path(prompts[i], spec.seed + i, borders[i + 1] - borders[i] + cross) for i in range(total)]
    for shot in range(total):
        for index in range(borders[shot], borders[shot + 1]):
            own = index - borders[shot]
            frame = moved(stills[shot], tracks[shot][own])
            if shot and own < cross:
                before = moved(stills[shot - 1], tracks[shot - 1][borders[shot] - borders[shot - 1] + own])
                frame = _mixed(before, frame, (own + 1) / (cross + 1))
            yield frame


def _mixed(one: Planes, two: Planes, share: float) -> Planes:
    return (
        Image.blend(one[0], two[0], share),
        Image.blend(one[1], two[1], share),
        Image.blend(one[2], two[2], share),
    )


def _track(spec: MediaSpec, seconds: float, given: Wave | None) -> Wave:
    """Return the sound track: the given sound, or what the prompt sounds like with its quoted words spoken."""
    from kie.emulator.media.soundtrack import track

    count = round(seconds * AUDIO_RATE)
    if given is not None:
        one = np.zeros(count, np.float32)
        one[: min(count, given.size)] = given[:count]
        return np.stack((one, one))
    return track(spec, seconds)


def _file(frames: Iterator[Planes], size: tuple[int, int], fps: int, track: Wave | None, comment: str) -> bytes:
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
            for index, frame in enumerate(frames):
                for packet in stream.encode(_frame(frame, index)):
                    container.mux(packet)
            for packet in stream.encode(None):
                container.mux(packet)
            if audio is not None and track is not None:
                audio.bit_rate = 128000
                for one in encoded(audio, track, AUDIO_RATE):
                    container.mux(one)
        return target.read_bytes()


_X264 = {"preset": "ultrafast", "crf": "22", "threads": "1", "x264-params": "threads=1:lookahead-threads=1:keyint=48"}


def _frame(frame: Planes, index: int) -> Any:
    import av

    width, height = frame[0].size
    out = av.VideoFrame(width, height, "yuv420p")
    for plane, image in zip(out.planes, frame, strict=True):
        data = np.asarray(image)
        if plane.line_size != image.width:
            padded = np.zeros((image.height, plane.line_size), np.uint8)
            padded[:, : image.width] = data
            data = padded
        plane.update(np.ascontiguousarray(data).tobytes())
    out.pts = index
    out.colorspace = 1
    out.color_range = 1
    return out


def enlarged(spec: MediaSpec) -> bytes:
    """Return the first input, a clip, scaled up; a clip of the prompt if it cannot be read."""
    import av

    scale = max(1, spec.scale)
    try:
        with av.open(io.BytesIO(spec.inputs[0]), "r") as container:
            video = container.streams.video[0]
            fps = round(float(video.average_rate or 24))
            size = _even(video.width * scale), _even(video.height * scale)
            frames = [planes(_image(frame).resize(size, Image.Resampling.BICUBIC)) for frame in container.decode(video)]
    except (OSError, ValueError, IndexError):
        return render(replace(spec, kind="video", inputs=()))
    sound = decoded(spec.inputs[0], AUDIO_RATE)
    track = np.stack((sound, sound)) if sound is not None else None
    return _file(iter(frames), size, fps, track, note("upscale", spec.prompt, spec.seed))
