"""The three examples end to end: on the emulator, with media whose content is known, and with its own."""

from __future__ import annotations

import asyncio
import tempfile
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest
from PIL import Image

from kie.client.sniff import EXTENSIONS
from kie.emulator import Fault
from tests.service.flows.samples import RATE, Samples, Seen, clip, near, sound, tone
from tests.service.support import Ground

if TYPE_CHECKING:
    from kie.service import Service
    from kie.service.flows.runs import Run

pytestmark = [pytest.mark.slow, pytest.mark.timeout(500)]

FLOWS = ("banner-series", "narrated-storyboard", "video-presentation")


def known(spec: dict[str, Any]) -> bytes:
    """A medium of known content: one colour for each prompt, a tone for a voice, another for music."""
    with tempfile.TemporaryDirectory() as folder:
        if spec["kind"] == "video":
            path = clip(Path(folder) / "a.mp4", (128, 72), 25, spec["duration"], colour_of(spec["prompt"]))
        elif spec["kind"] == "speech":
            path = sound(Path(folder) / "a.mp3", tone(1000, len(spec["prompt"]) / 10))
        elif spec["kind"] == "music":
            path = sound(Path(folder) / "a.mp3", tone(300, 3))
        else:
            path = Path(folder) / f"a.{spec['format']}"
            Image.new("RGB", (spec["width"] // 8, spec["height"] // 8), colour_of(spec["prompt"])).save(path)
        return path.read_bytes()


def colour_of(prompt: str) -> tuple[int, int, int]:
    """A colour for a prompt, far from black and white."""
    seed = sum(map(ord, prompt))
    return 60 + seed * 7 % 120, 60 + seed * 13 % 120, 60 + seed * 29 % 120


class Done(NamedTuple):
    """A run that has ended, and its files in their order."""

    run: Run
    files: dict[str, list[Path]]


def listed(value: Any) -> list[dict[str, Any]]:
    """The files of an output, lists of lists of them too."""
    return [file for inner in value for file in listed(inner)] if isinstance(value, list) else [value]


def size_of(path: Path) -> tuple[int, int]:
    with Image.open(path) as opened:
        return opened.size


def ran(studio: Ground, database: str, folder: Path, flow: str, inputs: dict[str, Any] | None = None) -> Done:
    """Run a flow; what it cost is what the vendor took."""

    async def go() -> Done:
        async with studio.serving(database, folder) as service:
            price = await service.flows.estimate(flow, inputs)
            run = await service.flows.start(flow, inputs, project="films")
            assert (run.low, run.high) == (price.low, price.high)
            run = await service.flows.wait(run.id, 400)  # films are cut: work for the processor
            assert run.state == "succeeded", run.error
            assert run.cost == studio.spent()
            assert run.held == 0
            files = {name: await _saved(service, name, value, folder) for name, value in (run.outputs or {}).items()}
            return Done(run, files)

    return asyncio.run(go())


async def _saved(service: Service, name: str, value: Any, folder: Path) -> list[Path]:
    paths = []
    for number, file in enumerate(listed(value)):
        path = folder / f"{name}-{number}.{EXTENSIONS[file['type']]}"
        path.write_bytes(b"".join([piece async for piece in service.artefacts.read(file["sha256"])]))
        paths.append(path)
    return paths


@pytest.fixture
def studio() -> Any:
    made = Ground(renderer=known)
    yield made
    made.close()


@pytest.mark.parametrize("name", FLOWS)
def test_an_example_is_whole_and_its_price_is_known_beforehand(name: str, studio: Ground, tmp_path: Path) -> None:
    async def go() -> None:
        async with studio.serving(f"sqlite:///{tmp_path}/kie.db", tmp_path) as service:
            assert name in await service.flows.names()
            flow = await service.flows.load(name)
            price = await service.flows.estimate(name)
            assert flow.name == name
            assert flow.max_credits is not None
            assert price.high is not None
            assert 0 < price.low == price.high < flow.max_credits

    asyncio.run(go())


def test_a_series_of_banners(database: str, studio: Ground, tmp_path: Path) -> None:
    inputs = {
        "products": [
            {"name": "Boots", "claim": "Сухие ноги"},
            {"name": "Mug", "claim": "Hot", "pictures": ["https://example.com/mug.png"]},
        ],
        "wide": ["leaderboard", "link"],
        "tall": [],
    }
    run, files = ran(studio, database, tmp_path, "banner-series", inputs)
    assert run.cost == run.high == 2 * 2 * 4
    assert studio.creations() == 4
    sizes = [size_of(path) for path in files["banners"]]
    assert sizes == [(728, 90), (1200, 628), (728, 90), (1200, 628), *[(1080, 1080), (300, 250)] * 2]
    assert size_of(files["sheet"][0])[0] == 1600
    with zipfile.ZipFile(files["archive"][0]) as archive:
        names = archive.namelist()
        assert names[:3] == [f"wide_banners-{place}.jpg" for place in ("01-1", "01-2", "02-1")]
        assert [archive.read(name) for name in names] == [path.read_bytes() for path in files["banners"]]


def test_a_presentation(database: str, studio: Ground, tmp_path: Path) -> None:
    inputs = {
        "product": "a kettle",
        "features": [{"name": n, "look": n, "motion": f"{n} moves"} for n in ("lid", "spout", "handle")],
        "seconds": 4,
    }
    run, files = ran(studio, database, tmp_path, "video-presentation", inputs)
    assert run.cost == run.high == 3 * (4 + 14) + 12
    film = Seen(files["film"][0])
    assert film.codecs == {"video": "h264", "audio": "aac"}
    crossed = 13 / 25  # half a second in frames
    assert film.seconds == pytest.approx(3 * 4 - 2 * crossed, abs=1 / 25)
    for number, feature in enumerate(("lid", "spout", "handle")):
        assert near(film.colour(number * (4 - crossed) + 2), colour_of(f"{feature} moves"))
    # Three seconds of music are enough for eleven: it goes on, and fades.
    loud = film.level(300, 0.2, 0.8)
    assert loud > 0.2
    assert film.level(300, 8.2, 8.8) == pytest.approx(loud, rel=0.2)
    assert film.level(300, film.seconds - 0.1, film.seconds) < loud / 5


@pytest.mark.slow
def test_a_storyboard_with_a_voice_over_each_shot(database: str, studio: Ground, tmp_path: Path) -> None:
    said = ("x" * 20, "y" * 70, "z" * 30)  # two seconds, seven, three; a clip has five
    shots = [{"picture": letters[0], "motion": f"{letters[0]} moves", "narration": letters} for letters in said]
    run, files = ran(studio, database, tmp_path, "narrated-storyboard", {"shots": shots})
    assert run.cost == run.high == Decimal("27.5") * 3 + 12
    film = Seen(files["film"][0])
    assert size_of(files["sheet"][0])[0] == 1600
    begins, at = [], 0.0
    for number, letters in enumerate(said):
        before = 0.3 if number == 0 else 0.4
        after = 0.5 + (0.4 if number < 2 else 0)
        begins.append(at + before)
        at += max(5.0, before + len(letters) / 10 + after) - (0.4 if number < 2 else 0)
    assert film.seconds == pytest.approx(at, abs=2 / 25)
    for begin, letters in zip(begins, said, strict=True):
        length = len(letters) / 10
        assert film.level(1000, begin + 0.1, begin + length - 0.1) == pytest.approx(0.4, rel=0.15)
        assert film.level(1000, begin - 0.15, begin - 0.05) < 0.02
        assert film.level(1000, begin + length + 0.15, begin + length + 0.3) < 0.02
        assert near(film.colour(begin + length / 2), colour_of(f"{letters[0]} moves"))
    quiet, loud = film.level(300, begins[1] + 1, begins[1] + 6), film.level(300, 3, 4)
    assert quiet == pytest.approx(loud / 4, rel=0.2)


@pytest.mark.slow
def test_where_a_clip_fails_its_picture_takes_its_place(tmp_path: Path) -> None:
    studio = Ground(renderer=known, faults=[Fault("create", "fail", model="bytedance/*", times=1)])
    shots = [{"picture": letter, "motion": f"{letter} moves", "narration": letter * 10} for letter in "ab"]
    inputs = {"shots": shots, "seconds": 4}
    try:
        run, files = ran(studio, f"sqlite:///{tmp_path}/kie.db", tmp_path, "narrated-storyboard", inputs)
    finally:
        studio.close()
    assert run.cost == 2 * (4 + 6) + 14 + 12
    film = Seen(files["film"][0])
    assert film.seconds == pytest.approx(8 - 0.4, abs=1 / 25)
    style = "film still, muted colours, soft grain"
    clips = [near(film.colour(at), colour_of(f"{letter} moves")) for letter, at in (("a", 2), ("b", 6))]
    stills = [near(film.colour(at), colour_of(f"{letter}. {style}")) for letter, at in (("a", 2), ("b", 6))]
    assert sorted(clips) == sorted(stills) == [False, True]
    assert clips != stills


@pytest.mark.slow
@pytest.mark.parametrize("name", FLOWS)
def test_an_example_runs_with_nothing_given(name: str, tmp_path: Path) -> None:
    """With the emulator's own pictures, voices and songs."""
    studio = Ground(renderer=None)
    try:
        run, files = ran(studio, f"sqlite:///{tmp_path}/kie.db", tmp_path, name)
    finally:
        studio.close()
    assert run.cost == run.high
    if name == "banner-series":
        assert len(files["banners"]) == 3 * 7
        return
    film = Seen(files["film"][0])
    assert film.codecs == {"video": "h264", "audio": "aac"}
    assert film.pictures[0].size == (1280, 720)
    assert film.wave.size / RATE == pytest.approx(film.seconds, abs=0.03)
    assert len({shown.resize((8, 8)).tobytes() for shown in film.pictures[::24]}) > film.seconds / 3  # it moves
    after = 0.0
    for path in files.get("voices", ()):  # every voice is heard, one after the other
        begin, likeness = _found(_decoded(path), film.wave)
        assert begin >= after
        assert likeness > 0.8
        after = begin + 0.5


def _decoded(path: Path) -> Samples:
    import av

    with av.open(str(path)) as container:
        mono = av.AudioResampler(format="fltp", layout="mono", rate=RATE)
        frames = [*container.decode(container.streams.audio[0]), None]
        found: Samples = np.concatenate([part.to_ndarray()[0] for frame in frames for part in mono.resample(frame)])
    return found


def _found(part: Samples, whole: Samples) -> tuple[float, float]:
    """Where a sound lies in a film, in seconds, and how like it is to what is heard there, 0 to 1."""
    size = 1 << (part.size + whole.size).bit_length()
    spectrum = np.fft.rfft(whole, size) * np.conj(np.fft.rfft(part, size))
    best = int(np.argmax(np.fft.irfft(spectrum, size)[: whole.size - part.size]))
    there = whole[best : best + part.size]
    return best / RATE, float(there @ part / np.sqrt((there @ there) * (part @ part)))
