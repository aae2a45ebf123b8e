"""What is written on the face of media, layers of pictures, and frames of clips."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest
from PIL import Image, ImageDraw

from kie.emulator import Emulator
from kie.emulator.media import MediaSpec, render
from kie.emulator.media.pictures import comment_of
from tests.emulator.support import Client

if TYPE_CHECKING:
    import numpy.typing as npt

SIZE = (320, 180)


@cache
def made(spec: MediaSpec) -> bytes:
    return render(spec)


def spec(kind: str = "image", form: str = "png", **more: Any) -> MediaSpec:
    base = MediaSpec(kind, form, prompt="a red apple, studio", width=SIZE[0], height=SIZE[1], duration=0.5, fps=12)
    return replace(base, **more)


def pixels(data: bytes) -> npt.NDArray[np.float64]:
    with Image.open(io.BytesIO(data)) as file:
        return np.asarray(file.convert("RGB"), dtype=np.float64)


def frames(data: bytes) -> list[npt.NDArray[np.float64]]:
    with av.open(io.BytesIO(data), "r") as file:
        return [frame.to_ndarray(format="rgb24").astype(np.float64) for frame in file.decode(video=0)]


def corner(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64], *, right: bool) -> float:
    """The mean difference in a lower corner."""
    part = np.abs(one - other)[-20:, SIZE[0] // 2 :] if right else np.abs(one - other)[-20:, : SIZE[0] // 2]
    return float(part.mean())


@pytest.mark.parametrize("form", ["png", "jpeg", "webp"])
def test_a_watermark_stands_in_the_lower_left_of_a_picture_and_nowhere_else(form: str) -> None:
    bare, marked = pixels(made(spec(form=form))), pixels(made(spec(form=form, watermark=True)))
    assert corner(bare, marked, right=False) > 4
    assert np.abs(bare - marked)[: SIZE[1] // 2].mean() < 1
    assert corner(bare, marked, right=True) < 1


def test_a_brand_stands_in_the_lower_right() -> None:
    bare, marked = pixels(made(spec())), pixels(made(spec(stamp="Bean House")))
    assert corner(bare, marked, right=True) > 2
    assert corner(bare, marked, right=False) == 0


@pytest.mark.parametrize("kind", ["cutout", "upscale"])
def test_worked_over_pictures_are_marked_too(kind: str) -> None:
    bare = made(spec(kind, inputs=(made(spec()),), scale=1))
    marked = made(spec(kind, inputs=(made(spec()),), scale=1, watermark=True))
    assert corner(pixels(bare), pixels(marked), right=False) > 4


def test_every_frame_of_a_clip_is_marked() -> None:
    bare, marked = frames(made(spec("video", "mp4"))), frames(made(spec("video", "mp4", watermark=True)))
    assert len(bare) == len(marked) == 6
    for one, other in zip(bare, marked, strict=True):
        assert corner(one, other, right=False) > 4
        assert corner(one, other, right=True) < 2


@pytest.mark.parametrize(("kind", "form"), [("image", "png"), ("video", "mp4")])
def test_the_floor_marks_too(kind: str, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as missing:
        for name in ("numpy", "PIL", "av"):
            missing.setitem(sys.modules, name, None)
        files = [render(spec(kind, form, watermark=on)) for on in (False, True)]
    read = pixels if kind == "image" else (lambda data: frames(data)[-1])
    bare, marked = (read(data) for data in files)
    assert corner(bare, marked, right=False) > 4
    assert np.abs(bare - marked)[: SIZE[1] // 2].mean() == 0


@pytest.mark.parametrize("on", [False, True])
def test_an_emulator_can_be_told_to_mark_all_it_gives_out(*, on: bool) -> None:
    with Emulator(workers=0, watermark=on) as emulator, emulator.serve() as server:
        client = Client(server.url)
        record = client.record(client.create("google/nano-banana", prompt="a red apple, studio", image_size="16:9"))
        data = client.fetch(record["response"]["resultUrls"][0]).data
    with Image.open(io.BytesIO(data)) as file:
        size = file.size
        part = np.asarray(file.convert("L"), np.float64)[-60:-20, 20:200]
    assert size == (1360, 765)
    assert (part.max() - part.min() > 120) == on


def collage() -> bytes:
    image = Image.new("RGB", (200, 160), (236, 228, 210))
    draw = ImageDraw.Draw(image)
    draw.ellipse((60, 30, 150, 130), fill=(180, 40, 50))
    draw.rectangle((95, 60, 120, 100), fill=(40, 60, 170))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_layers_laid_over_one_another_are_the_picture(count: int) -> None:
    source = collage()
    files = [made(spec("layers", inputs=(source,), layers=count, layer=one)) for one in range(count)]
    with Image.open(io.BytesIO(files[0])) as file:
        assert file.mode == "RGB"
        whole = file.convert("RGBA")
    for data in files[1:]:
        with Image.open(io.BytesIO(data)) as file:
            assert file.mode == "RGBA"
            whole = Image.alpha_composite(whole, file)
    before = pixels(source)
    assert np.abs(np.asarray(whole.convert("RGB"), np.float64) - before).mean() < 4
    if count > 1:
        assert np.abs(pixels(files[0]) - before).mean() > 10  # the subject is out of the ground


def test_layers_are_parts_of_their_own() -> None:
    masks = []
    for layer in (1, 2):
        with Image.open(io.BytesIO(made(spec("layers", inputs=(collage(),), layers=3, layer=layer)))) as file:
            masks.append(np.asarray(file.getchannel("A"), np.float64))
    assert (masks[0] > 128).mean() > 0.01
    assert (masks[1] > 128).mean() > 0.01
    assert np.minimum(*masks).max() == 0


def test_the_last_frame_of_a_clip_is_given_as_a_picture() -> None:
    clip = made(spec("video", "mp4", duration=3.0))
    first, last = (pixels(made(spec("frame", inputs=(clip,), layer=layer))) for layer in (0, 1))
    seen = frames(clip)
    assert np.abs(first - seen[0]).mean() < 1
    assert np.abs(last - seen[-1]).mean() < 1
    assert np.abs(first - last).mean() > 2


def test_a_storyboard_cuts_where_it_is_told() -> None:
    board = (("a lighthouse at sunset", 1.0), ("a city at night", 3.0))
    seen = frames(made(spec("video", "mp4", shots=board, duration=4.0)))
    assert len(seen) == 48
    steps = [np.abs(one - other).mean() for one, other in zip(seen[3::3], seen[:-3:3], strict=False)]
    assert int(np.argmax(steps)) * 3 in range(9, 16)


def test_the_first_shot_of_a_storyboard_begins_at_the_given_image() -> None:
    board = (("a lighthouse at sunset", 1.0), ("a city at night", 1.0))
    photo = made(spec())
    seen = frames(made(spec("video", "mp4", shots=board, duration=2.0, inputs=(photo,))))
    assert np.abs(seen[0] - pixels(photo)).mean() < 6
    assert np.abs(seen[-1] - pixels(photo)).mean() > 20


def test_a_movie_file_is_one() -> None:
    data = made(spec("video", "mov"))
    assert data[4:12] == b"ftypqt  "
    assert data.index(b"moov") < data.index(b"mdat")
    with av.open(io.BytesIO(data), "r") as file:
        assert "emulated by kie" in file.metadata["comment"]


def test_words_without_letters_are_told_of() -> None:
    comment = comment_of(made(spec(prompt='a poster that says "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35"')))
    assert "degraded=no letters for" in comment
