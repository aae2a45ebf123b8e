"""What is made when a wheel is missing: a simpler file of the right kind, which says so."""

import io
import json
import struct
import subprocess
import sys
import zlib
from dataclasses import replace
from typing import Any

import av
import pytest
from PIL import Image

from kie.emulator.media import KINDS, MediaSpec, render
from kie.emulator.media.dispatch import suited


def spec(kind: str, form: str, **more: object) -> MediaSpec:
    base = MediaSpec(kind=kind, format=form, prompt="sea at dawn", width=90, height=62, duration=1.5, fps=10)
    return replace(base, **more)  # type: ignore[arg-type]


def samples(file: Any) -> int:
    return sum(int(frame.samples) for frame in file.decode(audio=0))


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("numpy", "PIL", "av", "lameenc", "hibari", "onnxruntime"):
        monkeypatch.setitem(sys.modules, name, None)


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("kind", ["image", "cutout", "upscale"])
@pytest.mark.parametrize("form", ["png", "jpeg", "webp"])
def test_a_picture_without_wheels_is_a_png(kind: str, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = render(spec(kind, form, scale=2))
    monkeypatch.undo()
    with Image.open(io.BytesIO(data)) as file:
        file.load()
        assert file.format == "PNG"
        assert file.size == ((180, 124) if kind == "upscale" else (90, 62))
        assert file.mode == ("RGBA" if kind == "cutout" else "RGB")
        assert "emulated by kie" in str(file.info["Comment"])
        assert "degraded=no numpy" in str(file.info["Comment"])


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("kind", ["speech", "sound", "music"])
@pytest.mark.parametrize("form", ["mp3", "wav"])
def test_a_sound_without_wheels_opens(kind: str, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = render(spec(kind, form))
    monkeypatch.undo()
    with av.open(io.BytesIO(data), "r") as file:
        assert file.format.name == form
        assert "degraded" in str(dict(file.metadata))
        count = samples(file)
        rate = file.streams.audio[0].sample_rate
    assert count / rate == pytest.approx(1.5 if kind != "speech" else 0.79, abs=0.1)


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize(("width", "height"), [(90, 62), (320, 180), (64, 64)])
def test_a_clip_without_wheels_plays(width: int, height: int, monkeypatch: pytest.MonkeyPatch) -> None:
    data = render(spec("video", "mp4", width=width, height=height, duration=3.0))
    monkeypatch.undo()
    with av.open(io.BytesIO(data), "r") as file:
        stream = file.streams.video[0]
        assert (stream.codec_context.name, stream.width, stream.height) == ("h264", width, height)
        assert "degraded=no numpy" in file.metadata["comment"]
        frames = [frame.to_ndarray(format="rgb24") for frame in file.decode(stream)]
    assert len(frames) == 30
    assert (frames[0] == frames[-1]).all()
    assert frames[0].std() > 15


@pytest.mark.parametrize("wheel", ["lameenc", "hibari"])
def test_one_missing_wheel_is_made_up_for(wheel: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from kie.emulator.media.voicebox import voicebox

    voicebox.cache_clear()
    monkeypatch.setitem(sys.modules, wheel, None)
    data = render(spec("speech", "mp3", prompt="hello there"))
    voicebox.cache_clear()
    with av.open(io.BytesIO(data), "r") as file:
        assert ("degraded" in str(dict(file.metadata))) == (wheel == "hibari")
        assert samples(file) > 8000


def test_without_any_encoder_an_mp3_is_silent_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as missing:
        missing.setitem(sys.modules, "lameenc", None)
        missing.setitem(sys.modules, "av", None)
        data = render(spec("sound", "mp3", prompt="rain"))
    assert b"\x00s\x00i\x00l\x00e\x00n\x00c\x00e" in data
    with av.open(io.BytesIO(data), "r") as file:
        assert samples(file) / 44100 == pytest.approx(1.5, abs=0.05)


def test_importing_the_package_takes_no_wheel() -> None:
    code = "import sys, json, kie.emulator.media; print(json.dumps(sorted(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not {"numpy", "PIL", "av", "onnxruntime"} & set(json.loads(told))


def test_the_floor_itself_takes_no_wheel() -> None:
    code = (
        "import sys\n"
        "for name in ('numpy', 'PIL', 'av', 'lameenc', 'hibari'): sys.modules[name] = None\n"
        "from kie.emulator.media import MediaSpec, render\n"
        "data = render(MediaSpec('image', 'png', width=40, height=30))\n"
        "sys.stdout.buffer.write(data)"
    )
    data = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    assert struct.unpack(">II", data[16:24]) == (40, 30)
    assert len(zlib.decompress(data[data.index(b"IDAT") + 4 : -16])) == 30 * 121


def test_unknown_kinds_and_formats_are_refused() -> None:
    with pytest.raises(ValueError, match="Unknown kind"):
        render(MediaSpec("hologram", "png"))
    with pytest.raises(ValueError, match="Unknown format"):
        render(MediaSpec("image", "tiff"))


def test_a_format_that_does_not_fit_becomes_the_kinds_own() -> None:
    assert [suited(kind, "mp4") for kind in KINDS] == ["png", "mp4", "mp3", "mp3", "mp3", "mp4", "png", "png", "png"]
