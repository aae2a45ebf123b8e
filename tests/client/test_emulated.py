"""The client on an emulator of its own: the whole way of a task, files that open, nothing spent."""

from __future__ import annotations

import asyncio
import io
import threading
import time
from decimal import Decimal
from typing import TYPE_CHECKING

import av
import pytest
from PIL import Image

from kie import AsyncKie, Kie, TaskFailed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def kie() -> Iterator[Kie]:
    with Kie(emulated=True) as kie:
        yield kie


def streams(path: Path) -> set[str]:
    """Return the kinds of streams in a media file, each with at least a frame that decodes."""
    with av.open(str(path)) as media:
        found = {str(stream.type) for stream in media.streams}
    for kind in found:
        with av.open(str(path)) as media:
            assert next(media.decode(**{kind: 0})) is not None
    return found


@pytest.mark.slow
def test_the_four_kinds_are_made_and_open(kie: Kie, tmp_path: Path) -> None:
    before = kie.credits()
    image = kie.image("a red fox in snow", aspect_ratio="16:9")
    (path,) = image.save(tmp_path)
    with Image.open(path) as picture:
        assert picture.width / picture.height == pytest.approx(16 / 9, rel=0.02)
    speech = kie.speech("Hello there.")
    assert streams(speech.outputs[0].save(tmp_path / "speech.mp3")) == {"audio"}
    song = kie.music("slow jazz")
    assert "audio" in streams(song.save(tmp_path)[0])
    assert image.credits is not None
    assert isinstance(image.credits, Decimal)
    assert kie.credits() < before  # the emulator's own money
    assert [output.sha256 is not None for output in image.outputs] == [True]
    assert all(name.name[0] != "." for name in tmp_path.iterdir())


def test_a_picture_from_the_disk_begins_to_move(kie: Kie, tmp_path: Path) -> None:
    path = tmp_path / "begin.png"
    Image.new("RGB", (640, 360), (200, 30, 30)).save(path)
    result = kie.video("it moves", first_frame=path, duration=4, resolution="480p")
    clip = result.outputs[0].save(tmp_path / "clip.mp4")
    with av.open(str(clip)) as media:
        frame = next(media.decode(video=0)).to_ndarray(format="rgb24")
        red, green, _ = frame.mean(axis=(0, 1))
        assert media.duration == pytest.approx(4_000_000, rel=0.1)
    assert red > green + 60  # it begins with the picture that was given
    sent = result._job.input["input_urls"]
    assert len(sent) == 1
    assert sent[0].startswith("http")


@pytest.mark.slow
def test_a_legacy_video_is_made_better(kie: Kie, tmp_path: Path) -> None:
    result = kie.run("veo3_fast", prompt="a wave", aspect_ratio="16:9")
    better = kie.upgrade(result)
    assert "video" in streams(better.outputs[0].save(tmp_path / "better.mp4"))


def test_legacy_songs_words_and_style(kie: Kie) -> None:
    song = kie.run("generate", {"prompt": "slow jazz", "custom_mode": False, "instrumental": True, "model": "V5"})
    assert len(song.outputs) == 2
    assert song.outputs[0].bytes()
    words = kie.run("lyrics", prompt="a song about rain")
    assert words.text
    style = kie.run("style/generate", prompt="jazz")
    assert style.text
    assert style.task.state is not None
    assert style.task.state.final


def test_an_answer_is_streamed(kie: Kie) -> None:
    chunks = [chunk.text for chunk in kie.chat("gpt-5-2", "Say hello.", stream=True)]
    assert len(chunks) > 1
    assert "".join(chunks)
    assert kie.chat("claude-haiku-4-5", "Say hello.").text


def test_a_task_that_fails_says_why(kie: Kie) -> None:
    with pytest.raises(TaskFailed) as caught:
        kie.image("a cat emu:fail=501")
    assert (caught.value.code, bool(caught.value.task_id)) == ("501", True)


async def ten_at_once() -> list[bytes]:
    async with AsyncKie(emulated=True) as kie:
        results = await asyncio.gather(*(kie.image(f"cat {i}", resolution="1K") for i in range(10)))
        return list(await asyncio.gather(*(result.outputs[0].bytes() for result in results)))


def test_ten_images_at_once_are_ten_images() -> None:
    images = asyncio.run(ten_at_once())
    assert len(set(images)) == 10
    for data in images:
        Image.open(io.BytesIO(data)).verify()


def test_leaving_the_client_ends_its_emulator() -> None:
    before = set(threading.enumerate())
    with Kie(emulated=True) as kie:
        url = kie._core.settings.base_url
        assert kie.emulated
        assert set(threading.enumerate()) - before
    deadline = time.monotonic() + 5
    while (left := set(threading.enumerate()) - before) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not [thread for thread in left if not thread.name.startswith(("ThreadPool", "asyncio"))]
    with Kie("k", base_url=url, retries=0) as late, pytest.raises(Exception, match="could not be delivered"):
        late.credits()
