"""Pictures of local steps: sizes, words, sheets, stills that move, frames of clips."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw

from kie.errors import InvalidInput
from kie.service.flows.media import letters
from kie.service.flows.media.sizes import NAMED, size_of
from kie.service.flows.media.work import do
from tests.service.flows.samples import Seen, clip, near, picture

if TYPE_CHECKING:
    from pathlib import Path

    from kie.service.flows.locally import Made

pytestmark = pytest.mark.slow


def opened(made: Made, number: int = 0) -> Image.Image:
    return Image.open(made.files[number]).convert("RGB")


def quarters(path: Path, size: tuple[int, int] = (200, 100)) -> Path:
    """A picture with a colour for each quarter: red, green, blue, white."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    width, height = size[0] // 2, size[1] // 2
    draw.rectangle((0, 0, width - 1, height - 1), fill=(200, 0, 0))
    draw.rectangle((width, 0, size[0], height - 1), fill=(0, 150, 0))
    draw.rectangle((0, height, width - 1, size[1]), fill=(0, 0, 200))
    image.save(path)
    return path


def at(image: Image.Image, x: float, y: float) -> tuple[int, ...]:
    found = image.getpixel((round(x * (image.width - 1)), round(y * (image.height - 1))))
    assert isinstance(found, tuple)
    return tuple(int(part) for part in found)


# ------------------------------------------------------------------------------------------------------- sizes


@given(st.integers(16, 4096), st.integers(16, 4096))
def test_a_size_is_read_as_it_is_written(width: int, height: int) -> None:
    assert size_of(f"{width}x{height}", "size") == size_of(f" {width} × {height} ", "size") == (width, height)


@pytest.mark.parametrize("text", ["", "10x10", "5000x100", "12", "x", "-20x30", "storie", "1e3x20"])
def test_what_is_no_size_is_told_with_what_is_near(text: str) -> None:
    with pytest.raises(InvalidInput, match="sizes") as caught:
        size_of(text, "sizes[0]")
    assert caught.value.field == "sizes[0]"
    if text == "storie":
        assert caught.value.nearest == "story"


def test_a_picture_is_cut_to_sizes_about_what_should_stay_in_view(tmp_path: Path) -> None:
    path = quarters(tmp_path / "a.png")
    given_ = {"image": str(path), "sizes": ["100x100", "story"], "format": "png", "focus_x": 0}
    made = do("resize", given_, tmp_path)
    assert [opened(made, number).size for number in range(2)] == [(100, 100), NAMED["story"]]
    assert near(at(opened(made), 0.8, 0.2), (200, 0, 0))
    right = opened(do("resize", given_ | {"focus_x": 1}, tmp_path))
    assert near(at(right, 0.2, 0.2), (0, 150, 0))
    boxed = opened(do("resize", given_ | {"fit": "letterbox", "background": "#102030"}, tmp_path))
    assert at(boxed, 0.5, 0.05) == (16, 32, 48)
    assert near(at(boxed, 0.1, 0.4), (200, 0, 0))


def test_a_picture_is_turned_as_its_camera_says_and_loses_its_metadata(tmp_path: Path) -> None:
    image = Image.open(quarters(tmp_path / "a.png"))
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "where I live"
    image.save(tmp_path / "a.jpg", exif=exif, quality=95)
    made = do("resize", {"image": str(tmp_path / "a.jpg"), "sizes": ["100x200"]}, tmp_path)
    assert near(at(opened(made), 0.9, 0.1), (200, 0, 0), 20)
    assert b"where I live" not in made.files[0].read_bytes()


def test_what_is_transparent_becomes_white(tmp_path: Path) -> None:
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(tmp_path / "a.png")
    made = do("resize", {"image": str(tmp_path / "a.png"), "sizes": ["20x20"]}, tmp_path)
    assert at(opened(made), 0.5, 0.5) == (255, 255, 255)


def test_pictures_that_would_fill_the_memory_are_refused(tmp_path: Path) -> None:
    Image.new("1", (10_000, 7_000)).save(tmp_path / "a.png")
    with pytest.raises(InvalidInput, match="too large"):
        do("resize", {"image": str(tmp_path / "a.png"), "sizes": ["20x20"]}, tmp_path)


# ------------------------------------------------------------------------------------------------------- words


def caption(folder: Path, text: str, **inputs: Any) -> Made:
    path = picture(folder / "p.png", (640, 360), (20, 90, 90))
    return do("caption", {"image": str(path), "text": text, "format": "png", **inputs}, folder)


def drawn(image: Image.Image, background: Image.Image) -> tuple[int, int, int, int] | None:
    """The box of what differs by much from a picture without the words."""
    difference = ImageChops.difference(image, background).convert("L").point(lambda value: 255 * (value > 90))
    return difference.getbbox()


def test_words_stand_in_every_size_within_the_picture(tmp_path: Path) -> None:
    made = caption(tmp_path, "Сухие ноги на любой тропе", subtext="Trail 3", sizes=list(NAMED)[:9], shade=0)
    assert [opened(made, number).size for number in range(9)] == list(NAMED.values())[:9]
    for number, (name, (width, height)) in enumerate(list(NAMED.items())[:9]):
        box = drawn(opened(made, number), Image.new("RGB", (width, height), (20, 90, 90)))
        assert box is not None, name
        assert box[0] > 0, name
        assert box[1] > 0, name
        assert box[2] < width, name
        assert box[3] < height, name


@pytest.mark.parametrize(
    ("position", "x", "y"), [("left", 0.2, 0.5), ("right", 0.7, 0.5), ("top", 0.5, 0.2), ("bottom", 0.5, 0.8)]
)
def test_words_stand_where_they_are_wanted(tmp_path: Path, position: str, x: float, y: float) -> None:
    image = opened(caption(tmp_path, "Boots and more boots", position=position, shade=0))
    box = drawn(image, Image.new("RGB", image.size, (20, 90, 90)))
    assert box is not None
    assert box[0] / 640 < x < box[2] / 640
    assert box[1] / 360 < y < box[3] / 360
    if position in ("left", "right"):
        assert box[2] - box[0] < 640 * 0.5


def test_letters_of_both_scripts_are_our_own_and_none_is_a_box(tmp_path: Path) -> None:
    for sign in "AzÄéß09€–«АЯЁёїЇґў№₽":
        assert "fonts/geist" in str(letters._source(sign)) or sign in "₽ґў№Її", sign
        assert letters._source(sign) is not None, sign
    assert letters._source("\U0010fffd") is None


def test_a_symbol_without_a_font_is_left_out_and_a_letter_is_told(tmp_path: Path) -> None:
    made = caption(tmp_path, "Sale \U0001f9ff\ufe0f now")
    assert made.data is not None
    assert made.data["text"].split() == ["Sale", "now"]
    with pytest.raises(InvalidInput, match="no font here with") as caught:
        caption(tmp_path, "Sale \U00012000")  # a sign of cuneiform
    assert "CUNEIFORM" in caught.value.message


def test_words_that_do_not_fit_are_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="do not fit"):
        caption(tmp_path, "Donaudampfschifffahrtsgesellschaft" * 3, sizes=["160x20"])


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1, max_size=12), st.integers(40, 400))
def test_lines_hold_every_word_in_its_order(words: list[str], width: int) -> None:
    lines = letters._broken(" ".join(words), 14, 400, width)
    if lines is None:
        assert max(letters._width(word, 14, 400) for word in words) > width
        return
    assert " ".join(lines).split() == words
    assert all(letters._width(line, 14, 400) <= width for line in lines)


def test_scripts_without_spaces_break_between_their_signs() -> None:
    assert list(letters._words("ab 漢字c")) == [(False, "ab"), (False, "漢"), (True, "字"), (True, "c")]


# ------------------------------------------------------------------------------------------------------ sheets


def test_a_sheet_shows_pictures_and_clips_in_their_shapes(tmp_path: Path) -> None:
    files = [
        picture(tmp_path / "a.png", (640, 360), (200, 0, 0)),
        clip(tmp_path / "b.mp4", (640, 360), seconds=0.2, colour=(0, 150, 0)),
        picture(tmp_path / "c.png", (360, 640), (0, 0, 200)),
    ]
    made = do(
        "contact_sheet", {"files": [*map(str, files), None], "width": 600, "columns": 3, "format": "png"}, tmp_path
    )
    sheet = opened(made)
    assert sheet.width == 600
    boxes = [_box(sheet, colour) for colour in ((200, 0, 0), (0, 150, 0), (0, 0, 200))]
    shapes = [(box[2] - box[0]) / (box[3] - box[1]) for box in boxes]
    assert shapes == pytest.approx([16 / 9, 16 / 9, 9 / 16], rel=0.05)
    assert boxes[0][2] < boxes[1][0] < boxes[1][2] < boxes[2][0]
    assert len({box[3] - box[1] for box in boxes}) == 1


def _box(sheet: Image.Image, colour: tuple[int, int, int]) -> tuple[int, int, int, int]:
    difference = ImageChops.difference(sheet, Image.new("RGB", sheet.size, colour))
    box = difference.convert("L").point(lambda value: 255 * (value < 12)).getbbox()
    assert box is not None
    return box


def test_a_sheet_shows_nothing_larger_than_it_is(tmp_path: Path) -> None:
    files = [picture(tmp_path / "a.png", (80, 30), (200, 0, 0)), picture(tmp_path / "b.png", (900, 900), (0, 0, 200))]
    sheet = opened(do("contact_sheet", {"files": [*map(str, files)], "width": 1200, "format": "png"}, tmp_path))
    small, large = (_box(sheet, colour) for colour in ((200, 0, 0), (0, 0, 200)))
    assert (small[2] - small[0], small[3] - small[1]) == (80, 30)
    assert large[2] - large[0] == large[3] - large[1] > 200


def test_a_sheet_of_many_rows_holds_all_of_them_and_its_labels(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png", (120, 90), (200, 0, 0))
    bare = do("contact_sheet", {"files": [str(path)] * 11, "width": 400, "format": "png"}, tmp_path)
    total = sum(pixel == (200, 0, 0) for pixel in opened(bare).get_flattened_data())
    assert total == 11 * 112 * 84  # three in a row, the last row like the others
    told = {"files": [str(path)] * 11, "width": 400, "labels": ["подпись"] * 11, "title": "Лист", "dimensions": True}
    assert opened(do("contact_sheet", told, tmp_path)).height > opened(bare).height + 3 * 15


@pytest.mark.parametrize(("form", "number"), [("png", 60), ("webp", 20), ("jpeg", 50)])
def test_a_sheet_that_would_be_too_large_for_a_picture_is_told(tmp_path: Path, form: str, number: int) -> None:
    path = picture(tmp_path / "a.png", (1500, 1500))
    given_ = {"files": [str(path)] * number, "columns": 1, "format": form}
    with pytest.raises(InvalidInput, match="too large for one picture"):
        do("contact_sheet", given_, tmp_path)


def test_grey_in_16_bits_is_as_bright_as_it_was(tmp_path: Path) -> None:
    Image.new("I;16", (8, 8), 128 * 257).save(tmp_path / "a.png")
    made = do("resize", {"image": str(tmp_path / "a.png"), "sizes": ["16x16"], "format": "png"}, tmp_path)
    assert opened(made).getpixel((8, 8)) == (128, 128, 128)


# ------------------------------------------------------------------------------------------------------ motion


def test_a_still_is_a_clip_of_exactly_its_length_in_true_colours(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png", (300, 300), (180, 40, 60))
    film = Seen(do("still", {"image": str(path), "duration": 1.48, "size": "64x36", "fps": 25}, tmp_path))
    assert film.codecs == {"video": "h264"}
    assert len(film.pictures) == 37
    assert film.seconds == pytest.approx(1.48, abs=0.001)
    assert near(film.colour(0.7), (180, 40, 60), 4)


@pytest.mark.parametrize(
    ("direction", "wider"),
    [("in", False), ("out", True), ("left", None), ("right", None), ("up", None), ("down", None)],
)
def test_a_still_moves(tmp_path: Path, direction: str, wider: bool | None) -> None:  # noqa: FBT001 - a parameter
    """A disc in the middle grows, shrinks, or moves against the window."""
    image = Image.new("RGB", (320, 180), (10, 10, 10))
    ImageDraw.Draw(image).ellipse((130, 60, 190, 120), fill=(250, 250, 250))
    image.save(tmp_path / "a.png")
    made = do("still", {"image": str(tmp_path / "a.png"), "duration": 0.4, "size": "320x180", "zoom": 1.5,
                        "direction": direction}, tmp_path)  # fmt: skip
    film = Seen(made)
    boxes = [shown.convert("L").point(lambda value: 255 * (value > 128)).getbbox() for shown in film.pictures]
    first, last = boxes[0], boxes[-1]
    assert first is not None
    assert last is not None
    if wider is not None:
        assert (last[2] - last[0] < (first[2] - first[0]) * 0.75) is wider
        assert (first[2] - first[0] < (last[2] - last[0]) * 0.75) is not wider
        return
    moved = {
        "left": last[0] - first[0],
        "right": first[0] - last[0],
        "up": last[1] - first[1],
        "down": first[1] - last[1],
    }
    assert moved[direction] > 50


def test_a_still_of_another_shape_is_cut_not_stretched(tmp_path: Path) -> None:
    image = Image.new("RGB", (400, 400), (10, 10, 10))
    ImageDraw.Draw(image).ellipse((150, 150, 250, 250), fill=(250, 250, 250))
    image.save(tmp_path / "a.png")
    given_ = {"image": str(tmp_path / "a.png"), "duration": 0.1, "size": "320x180"}
    shown = Seen(do("still", given_, tmp_path)).pictures[0].convert("L").point(lambda value: 255 * (value > 128))
    box = shown.getbbox()
    assert box is not None
    assert box[2] - box[0] == pytest.approx(80, abs=3)
    assert box[3] - box[1] == pytest.approx(80, abs=3)


def test_frames_are_taken_at_even_distances(tmp_path: Path) -> None:
    path = clip(tmp_path / "a.mp4", seconds=2, flash=0.9, colour=(0, 120, 0))
    made = do("frames", {"video": str(path), "count": 2, "format": "png"}, tmp_path)
    assert [near(at(opened(made, number), 0.5, 0.5), (0, 120, 0)) for number in range(2)] == [True, True]
    made = do("frames", {"video": str(path), "count": 1, "format": "png"}, tmp_path)  # at 1.0: the flash
    assert near(at(opened(made), 0.5, 0.5), (255, 255, 255))
    assert made.data == {"seconds": [1.0]}
    many = do("frames", {"video": str(path), "count": 100}, tmp_path)  # more than there are: some are the same
    assert len(many.files) == 100
