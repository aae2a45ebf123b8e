"""Clips: exact size, rate and duration, motion, and the images they were made from at their ends."""

import io
from dataclasses import replace
from functools import cache
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from kie.emulator.media import MediaSpec, render
from kie.emulator.media.pictures import opened
from kie.emulator.media.soundtrack import quoted
from kie.emulator.media.video import shots

Frames = list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]]


@cache
def made(spec: MediaSpec) -> bytes:
    return render(spec)


def spec(**more: object) -> MediaSpec:
    base = MediaSpec(kind="video", format="mp4", prompt="waves at dawn", width=192, height=128, duration=1.0, fps=12)
    return replace(base, **more)  # type: ignore[arg-type]


def still(prompt: str, width: int = 192, height: int = 128) -> bytes:
    return made(MediaSpec(kind="image", format="png", prompt=prompt, width=width, height=height))


def watched(data: bytes) -> tuple[Frames, Any]:
    with av.open(io.BytesIO(data), "r") as file:
        stream = file.streams.video[0]
        about = {
            "codec": stream.codec_context.name,
            "format": stream.codec_context.pix_fmt,
            "size": (stream.width, stream.height),
            "rate": float(stream.average_rate or 0),
            "seconds": float((stream.duration or 0) * (stream.time_base or 0)),
            "audio": len(file.streams.audio),
            "metadata": dict(file.metadata),
        }
        frames = [frame.to_ndarray(format="rgb24").astype(np.float64) for frame in file.decode(stream)]
    return frames, about


@pytest.mark.parametrize(
    ("width", "height", "fps", "duration"), [(192, 128, 12, 1.0), (91, 161, 24, 0.5), (320, 180, 30, 1.5)]
)
def test_a_clip_has_the_asked_size_rate_and_duration(width: int, height: int, fps: int, duration: float) -> None:
    frames, about = watched(made(spec(width=width, height=height, fps=fps, duration=duration)))
    assert about["codec"] == "h264"
    assert about["format"] == "yuv420p"
    assert about["size"] == (width // 2 * 2, height // 2 * 2)
    assert about["rate"] == fps
    assert about["seconds"] == pytest.approx(duration, abs=0.001)
    assert len(frames) == round(duration * fps)
    assert "emulated by kie" in about["metadata"]["comment"]


def test_a_clip_begins_to_play_before_it_is_loaded() -> None:
    data = made(spec())
    assert data.index(b"moov") < data.index(b"mdat")


def test_a_clip_moves() -> None:
    frames, _ = watched(made(spec()))
    assert np.abs(frames[0] - frames[-1]).mean() > 2


def test_the_same_spec_gives_the_same_bytes_and_another_seed_others() -> None:
    assert made(spec()) == render(spec())
    assert made(spec()) != made(spec(seed=1))


def test_a_clip_of_an_image_begins_with_the_image() -> None:
    photo = still("a castle on a hill, sunny day")
    frames, _ = watched(made(spec(prompt="zoom in", inputs=(photo,))))
    image = opened(photo)
    assert image is not None
    assert np.abs(frames[0] - np.asarray(image)).mean() < 5


def test_first_and_last_frame_are_the_given_images() -> None:
    one, two = still("a cat"), still("a city at night")
    frames, _ = watched(made(spec(inputs=(one, two))))
    for frame, data in ((frames[0], one), (frames[-1], two)):
        image = opened(data)
        assert image is not None
        assert np.abs(frame - np.asarray(image)).mean() < 8


def test_an_input_of_another_ratio_is_cropped_in_the_middle() -> None:
    photo = still("a planet", 128, 192)
    frames, about = watched(made(spec(inputs=(photo,))))
    assert about["size"] == (192, 128)
    image = opened(photo)
    assert image is not None
    middle = image.resize((192, 288), Image.Resampling.LANCZOS).crop((0, 80, 192, 208))
    assert np.abs(frames[0] - np.asarray(middle)).mean() < 6


def test_a_storyboard_shows_its_shots() -> None:
    prompt = "Shot 1: a lighthouse at sunset. Shot 2: a city at night. Shot 3: a red apple."
    assert shots(prompt) == ["a lighthouse at sunset", "a city at night", "a red apple."]
    frames, _ = watched(made(spec(prompt=prompt, duration=3.0)))
    within = np.abs(frames[5] - frames[8]).mean()
    across = np.abs(frames[5] - frames[20]).mean()
    assert across > 3 * within


def test_a_sound_track_is_as_long_as_the_clip() -> None:
    data = made(spec(prompt='rain, a voice says "hello there"', sound=True, duration=2.0))
    with av.open(io.BytesIO(data), "r") as file:
        audio = file.streams.audio[0]
        assert audio.codec_context.name == "aac"
        heard = np.concatenate([frame.to_ndarray()[0] for frame in file.decode(audio)])
    assert heard.size / 44100 == pytest.approx(2.0, abs=0.06)
    assert np.abs(heard).max() > 0.2
    assert watched(made(spec()))[1]["audio"] == 0


def test_a_given_sound_becomes_the_track() -> None:
    voice = made(MediaSpec(kind="speech", format="mp3", prompt="hello"))
    assert watched(made(spec(inputs=(still("a woman"), voice))))[1]["audio"] == 1


def test_a_clip_is_made_of_a_clip() -> None:
    first = made(spec())
    frames, _ = watched(made(spec(prompt="make it blue", inputs=(first,))))
    assert np.abs(frames[0] - watched(first)[0][0]).mean() < 8


def test_a_clip_is_enlarged() -> None:
    data = render(MediaSpec(kind="upscale", format="mp4", scale=2, inputs=(made(spec()),)))
    frames, about = watched(data)
    assert about["size"] == (384, 256)
    assert len(frames) == 12
    assert "emulated by kie" in about["metadata"]["comment"]


def test_quoted_words_are_what_is_spoken() -> None:
    assert quoted('She says "good morning" and «до свидания».') == "good morning до свидания"


@pytest.mark.parametrize("prompt", ["zoom out", "pan left, handheld", "static shot", "drone flying up"])
def test_the_camera_obeys(prompt: str) -> None:
    frames, _ = watched(made(spec(prompt=prompt, inputs=(still("mountains"),))))
    moved = np.abs(frames[0] - frames[6]).mean()
    assert (moved < 4) if "static" in prompt else (moved > 1.5)
