"""Shapes of files, read from headers made here or by other people's writers."""

import io
import wave
from pathlib import Path

import pytest
from PIL import Image

from kie.cli.shapes import Shape, read, shape_of


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_pictures(kind: str) -> None:
    path = Path("a")
    Image.new("RGB", (321, 123)).save(path, kind)
    assert read(path) == Shape(321, 123)


@pytest.mark.parametrize("options", [{"lossless": True}, {"quality": 50}, {"exif": b"Exif\0\0MM\0*\0\0\0\x08\0\0"}])
def test_webp_of_each_kind(options: dict[str, object]) -> None:
    path = Path("a.webp")
    Image.new("RGB", (300, 200), "red").save(path, "WEBP", **options)
    assert read(path) == Shape(300, 200)


def test_wav() -> None:
    with wave.open("a.wav", "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(22050)
        file.writeframes(bytes(4 * 11025))
    assert read(Path("a.wav")) == Shape(seconds=0.5, hertz=22050)


def test_mp3() -> None:
    lameenc = pytest.importorskip("lameenc", reason="needs the emulator's extra")
    encoder = lameenc.Encoder()
    encoder.set_in_sample_rate(44100)
    encoder.set_channels(1)
    encoder.silence()
    data = encoder.encode(bytes(2 * 44100 * 2)) + encoder.flush()
    Path("a.mp3").write_bytes(b"ID3\x04\0\0\0\0\x00\x10" + bytes(16) + bytes(data))
    shape = read(Path("a.mp3"))
    assert shape.hertz == 44100
    assert shape.seconds == pytest.approx(2, abs=0.1)


def test_mp4() -> None:
    av = pytest.importorskip("av", reason="needs the emulator's extra")
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4") as file:
        stream = file.add_stream("mpeg4", rate=12)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for _ in range(24):
            frame = av.VideoFrame.from_image(Image.new("RGB", (64, 48)))
            for packet in stream.encode(frame):
                file.mux(packet)
        for packet in stream.encode():
            file.mux(packet)
    Path("a.mp4").write_bytes(buffer.getvalue())
    shape = read(Path("a.mp4"))
    assert (shape.width, shape.height) == (64, 48)
    assert shape.seconds == pytest.approx(2, abs=0.1)
    assert shape.fps == pytest.approx(12, abs=0.5)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x",
        b"\xff",
        b"\xff\xd8",
        b"\xff\xd8\xff\xff",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\0\0\0\0WEBPVP8X",
        b"RIFF\0\0\0\0WAVE",
        b"\0\0\0\x08ftyp",
        b"\0\0\0\x10ftyp\0\0\0\0\0\0\0\0\0\0\0\x01moov" + bytes(8),
        b"ID3",
        b"GIF89a",
        b"\xff\xe0" * 9,
    ],
)
def test_broken_files_have_no_shape(data: bytes) -> None:
    path = Path("a")
    path.write_bytes(data)
    assert shape_of(path) == ""
