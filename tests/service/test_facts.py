"""What is known of a stored file, whatever it is."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import os
import signal
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, UnidentifiedImageError

from kie.client.sniff import EXTENSIONS
from kie.service.files.facts import by_header, of_record, picture_size
from kie.service.files.media.looking import BUCKETS, EDGE, look, preview
from kie.service.files.media.process import Media
from tests.service.media_samples import bomb, film, picture, sound, turned

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

pytestmark = pytest.mark.slow

#: First bytes of every kind that is looked into.
HEADS = {
    "image/png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "image/jpeg": b"\xff\xd8\xff\xe1",
    "image/gif": b"GIF89a",
    "image/bmp": b"BM",
    "image/webp": b"RIFF\0\0\0\0WEBPVP8X",
    "image/avif": b"\0\0\0\x20ftypavif",
    "image/tiff": b"II*\0",
    "video/mp4": b"\0\0\0\x20ftypisom",
    "video/webm": b"\x1aE\xdf\xa3",
    "audio/mpeg": b"ID3\x04",
    "audio/wav": b"RIFF\0\0\0\0WAVEfmt ",
    "audio/ogg": b"OggS",
    "audio/flac": b"fLaC",
}


@pytest.mark.parametrize(
    ("form", "kind", "options"),
    [
        ("PNG", "image/png", {}),
        ("GIF", "image/gif", {}),
        ("BMP", "image/bmp", {}),
        ("JPEG", "image/jpeg", {}),
        ("JPEG", "image/jpeg", {"progressive": True, "comment": b"x" * 60_000}),
        ("WEBP", "image/webp", {}),
        ("WEBP", "image/webp", {"lossless": True}),
        ("WEBP", "image/webp", {"exif": b"Exif\0\0II*\0\x08\0\0\0\0\0"}),
    ],
)
@given(size=st.tuples(st.integers(1, 300), st.integers(1, 300)))
def test_the_size_of_a_picture_is_what_pillow_says(
    form: str, kind: str, options: dict[str, Any], size: tuple[int, int]
) -> None:
    content = picture(form, size, **options)
    facts = by_header(content, "application/octet-stream")
    with Image.open(io.BytesIO(content)) as opened:
        assert (facts.type, facts.width, facts.height) == (kind, *opened.size)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_that_is_to_be_turned_has_the_size_that_is_shown(orientation: int, tmp_path: Path) -> None:
    content = turned((64, 48), orientation)
    expected = (64, 48) if orientation < 5 else (48, 64)
    assert by_header(content, "")[1:3] == expected
    path = tmp_path / "a.jpg"
    path.write_bytes(turned((1600, 1200), orientation))
    assert tuple(look(path, "image/jpeg").values()) == ((1600, 1200) if orientation < 5 else (1200, 1600))
    made = preview(path, "image/jpeg")
    assert made is not None
    with Image.open(io.BytesIO(made[1])) as opened:
        assert opened.size == ((EDGE, EDGE * 3 // 4) if orientation < 5 else (EDGE * 3 // 4, EDGE))


@given(kind=st.sampled_from(sorted(HEADS)), rest=st.binary(max_size=300), whole=st.booleans())
def test_no_header_is_too_strange(kind: str, rest: bytes, *, whole: bool) -> None:
    content = HEADS[kind] + rest if whole else rest
    facts = by_header(content, kind)
    assert (facts.width is None) == (facts.height is None)
    assert facts.width is None or facts.width > 0
    for each in HEADS:
        with contextlib.suppress(struct.error, IndexError, ValueError):  # what ``by_header`` expects
            size = picture_size(io.BytesIO(content), each)
            assert size is None or min(size) > 0


def test_a_jpeg_of_endless_segments_comes_to_an_end() -> None:
    assert by_header(b"\xff\xd8" + b"\xff\xe0\x00\x02" * 100_000, "image/jpeg").width is None
    assert by_header(b"\xff\xd8" + b"\xff" * 100_000, "image/jpeg").width is None


@pytest.mark.parametrize("hostile", [b"\xff" * 10_000_000, b"\xff\xe1\x00\x00" + bytes(10_000_000)])
def test_little_is_read_of_a_jpeg_that_is_none(hostile: bytes) -> None:
    read = 0

    class Counting(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            nonlocal read
            found = super().read(size)
            read += len(found)
            return found

    assert picture_size(Counting(b"\xff\xd8" + hostile), "image/jpeg") is None
    assert read < 10_000


@pytest.mark.parametrize("claimed", ["text/html", "image/svg+xml", "application/xhtml+xml", "text/javascript"])
def test_what_a_browser_runs_is_told_by_the_bytes_alone(claimed: str) -> None:
    assert by_header(b"alert(1) // a text", claimed).type == "text/plain"
    assert by_header(b"\0\1\2", claimed).type == "application/octet-stream"
    assert by_header(b"<svg onload='alert(1)'/>", "image/png").type == "image/svg+xml"


@pytest.mark.parametrize(
    ("content", "claimed", "kind", "more"),
    [
        (b'{"a": [1, 2]}\n', "application/octet-stream", "application/json", {"characters": 14, "lines": 1}),
        (b"{not json}", "application/json", "text/plain", {"characters": 10, "lines": 1}),
        ("огонь\nлёд".encode(), "application/octet-stream", "text/plain", {"characters": 9, "lines": 2}),
        (b"WEBVTT\n\n00:01 --> 00:02\nHi\n", "text/vtt", "text/vtt", {}),
        (b"\x00\x01\x02", "application/octet-stream", "application/octet-stream", {}),
        (b"", "text/plain", "text/plain", {"characters": 0, "lines": 0}),
        (b"[" * 200_000, "", "text/plain", {"characters": 200_000, "lines": 1}),
    ],
)
def test_texts_are_counted(content: bytes, claimed: str, kind: str, more: dict[str, int], tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes(content)
    for given_as in (content, tmp_path / "text"):
        facts = by_header(given_as, claimed)
        assert (facts.type, dict(facts.more)) == (kind, more)


def test_nothing_is_believed_of_what_the_media_process_says() -> None:
    facts = of_record("video/mp4", {"width": "1", "height": 2, "duration": [1], "codec": {}, "what": 1, "type": 7})
    assert facts == ("video/mp4", None, None, None, {})
    facts = of_record("video/mp4", {"width": 1, "height": 2, "duration": 1, "codec": "h264", "type": "audio/mp4"})
    assert facts == ("audio/mp4", 1, 2, 1.0, {"codec": "h264"})
    found = {"type": "text/html", "codec": "x" * 1000, "frame_rate": float("inf"), "duration": float("nan")}
    assert of_record("video/mp4", found) == ("video/mp4", None, None, None, {})


@pytest.mark.parametrize("kind", ["image/x-eps", "image/png", "image/tiff"])
def test_only_decoders_of_what_it_is_are_tried(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 600 600\n%%EndComments\n")  # Pillow would start gs
    for asked in (look, preview):
        with pytest.raises((KeyError, UnidentifiedImageError)):
            asked(path, kind)


@pytest.mark.parametrize("answer", ["[]", '{"size": 4, "type": "text/html"}'])
def test_what_the_media_process_makes_is_a_picture_or_a_waveform(
    answer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talking = asyncio.create_subprocess_exec

    async def spoilt(*_: str, **options: Any) -> Any:
        return await talking("/bin/sh", "-c", f"read asked; echo '{answer}'; printf abcd", **options)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", spoilt)

    async def work(media: Media) -> None:
        assert await media.preview(tmp_path / "a.mp4", "video/mp4") is None

    with_media(work)


def with_media(work: Callable[[Media], Awaitable[None]], **options: float) -> None:
    async def go() -> None:
        media = Media(**options)
        try:
            await work(media)
        finally:
            await media.close()

    asyncio.run(go())


def test_films_and_sounds_are_looked_into(tmp_path: Path) -> None:
    files = [film(tmp_path / "a.mp4"), film(tmp_path / "b.webm")]
    files += [sound(tmp_path / name) for name in ("c.mp3", "d.wav", "e.m4a", "f.flac")]

    async def work(media: Media) -> None:
        for path in files:
            kind = by_header(path, "").type
            assert EXTENSIONS[kind] == path.suffix[1:]
            facts = of_record(kind, await media.look(path, kind))
            assert facts.duration == pytest.approx(2.0, abs=0.15), path
            if path.suffix in {".mp4", ".webm"}:
                assert (facts.width, facts.height, facts.more["frame_rate"]) == (160, 96, 24.0)
            else:
                assert (facts.width, facts.more["sample_rate"], facts.more["channels"]) == (None, 22050, 1)

    with_media(work)


def test_a_container_of_sound_alone_is_no_video(tmp_path: Path) -> None:
    path = sound(tmp_path / "a.m4a")
    assert look(path, "video/mp4")["type"] == "audio/mp4"


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp", "a.mp4", "a.webm"])
def test_a_thumbnail_is_small_and_shows_something(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if path.suffix in {".mp4", ".webm"}:
        film(path, size=(1280, 640), dark=20)
    else:
        path.write_bytes(picture({"jpg": "JPEG"}.get(name[2:], name[2:].upper()), (2000, 1000)))
    made = preview(path, by_header(path, "").type)
    assert made is not None
    kind, content = made
    with Image.open(io.BytesIO(content)) as opened:
        assert (kind, opened.format, opened.size) == ("image/webp", "WEBP", (EDGE, EDGE // 2))
        extremes: Any = opened.convert("L").getextrema()
    assert extremes[1] > 100, "a black frame tells nothing"


def test_what_is_transparent_stays_so(tmp_path: Path) -> None:
    for mode in ("RGBA", "LA", "P"):
        path = tmp_path / f"{mode}.png"
        if mode == "P":
            Image.new("P", (1200, 700)).save(path, transparency=0)
        else:
            path.write_bytes(picture("PNG", (1200, 700), mode))
        made = preview(path, "image/png")
        assert made is not None
        with Image.open(io.BytesIO(made[1])) as opened:
            assert opened.mode == "RGBA", mode


def test_a_small_picture_is_its_own_thumbnail(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(picture("PNG", (EDGE, 20)))
    assert preview(tmp_path / "a.png", "image/png") is None
    (tmp_path / "a.bmp").write_bytes(picture("BMP", (EDGE, 20)))
    assert preview(tmp_path / "a.bmp", "image/bmp") is not None


def test_a_waveform_is_silent_where_the_sound_is(tmp_path: Path) -> None:
    made = preview(sound(tmp_path / "a.wav", 20.0), "audio/wav")
    assert made is not None
    told = json.loads(made[1])
    assert (made[0], told["duration"], len(told["peaks"])) == ("application/json", pytest.approx(20, abs=0.05), BUCKETS)
    assert set(told["peaks"][: BUCKETS // 2 - 4]) <= {0, 1}
    assert all(peak == pytest.approx(127, abs=8) for peak in told["peaks"][BUCKETS // 2 + 4 :])


def test_hostile_files_give_nothing_and_the_next_is_looked_into(tmp_path: Path) -> None:
    good = film(tmp_path / "good.mp4", 0.5)
    whole = good.read_bytes()
    playlist = b"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:1,\nfile:///etc/passwd\n"
    hostile = {
        "bomb.png": ("image/png", bomb(60_000, 60_000)),
        "wide.png": ("image/png", bomb(2**31 - 1, 1)),
        "cut.mp4": ("video/mp4", whole[: len(whole) // 2]),
        "list.mp4": ("video/mp4", playlist),
        "list.webm": ("video/webm", playlist),
        "cut.png": ("image/png", picture("PNG", (900, 900))[:3000]),
        **{f"{kind.replace('/', '.')}.bin": (kind, head + os.urandom(3000)) for kind, head in HEADS.items()},
    }

    async def work(media: Media) -> None:
        for name, (kind, content) in hostile.items():
            path = tmp_path / name
            path.write_bytes(content)
            assert (await media.look(path, kind)).get("duration") in {None, 0.0} or kind == "audio/mpeg", name
            assert await media.preview(path, kind) is None or kind.startswith("audio/"), name
        assert (await media.look(good, "video/mp4"))["width"] == 160

    with_media(work)


def test_a_process_that_hangs_or_dies_is_replaced(tmp_path: Path) -> None:
    good, never = film(tmp_path / "good.mp4", 0.5), tmp_path / "never.mp4"
    os.mkfifo(never)

    async def work(media: Media) -> None:
        assert await media.look(good, "video/mp4")
        assert media._process is not None
        first = media._process.pid
        assert await media.look(never, "video/mp4") == {}
        assert await media.look(good, "video/mp4")
        assert media._process.pid != first
        os.kill(media._process.pid, signal.SIGSEGV)
        await media.look(good, "video/mp4")  # it may be lost
        assert await media.look(good, "video/mp4")
        asked = asyncio.create_task(media.look(never, "video/mp4"))
        await asyncio.sleep(0.1)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        assert await media.look(good, "video/mp4"), "an answer to another question must not be taken for this one's"

    with_media(work, look=0.5)


def test_the_media_process_knows_no_secrets_and_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIE_API_KEY", "a-secret-key")
    (tmp_path / "a.tiff").write_bytes(picture("TIFF", (30, 20)))
    pids = []

    def check(pid: int) -> None:
        pids.append(pid)
        environment = Path(f"/proc/{pid}/environ")
        if environment.exists():
            assert b"a-secret-key" not in environment.read_bytes()

    async def work(media: Media) -> None:
        assert await media.look(tmp_path / "a.tiff", "image/tiff") == {"width": 30, "height": 20}
        assert media._process is not None
        check(media._process.pid)

    with_media(work)
    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)
