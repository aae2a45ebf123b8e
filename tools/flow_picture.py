"""The picture of a film that a flow made: frames out of it, and its sound below them, on the emulator.

python tools/flow_picture.py    # writes docs/pictures/storyboard.png
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
from PIL import Image, ImageDraw

from kie import AsyncKie
from kie.service import Service

if TYPE_CHECKING:
    from kie.service.flows.runs import Run

OUT = Path(__file__).parent.parent / "docs" / "pictures" / "storyboard.png"
FLOW = "narrated-storyboard"
COLUMNS, SHOWN, TILE, GAP = 4, 8, (308, 173), 8
PAPER, GRAY, WAVE = (250, 250, 252), (110, 116, 126), (86, 98, 216)


async def film(folder: Path) -> tuple[bytes, Run]:
    """Run the flow with nothing given; returns its film and the run."""
    async with AsyncKie(emulated=True) as kie, Service(f"sqlite:///{folder}/kie.db", kie, artefacts=folder) as service:
        run = await service.flows.start(FLOW)
        run = await service.flows.wait(run.id, 600)
        if run.outputs is None:
            raise SystemExit(f"{run.state}: {run.error}")
        return b"".join([piece async for piece in service.artefacts.read(run.outputs["film"]["sha256"])]), run


def seen(path: Path) -> tuple[list[Image.Image], np.ndarray[Any, Any], float]:
    """Return frames at even distances, the loudness over time, and the seconds."""
    with av.open(str(path)) as container:
        every: list[Any] = list(container.decode(video=0))
        seconds = len(every) / float(container.streams.video[0].average_rate or 24)
    with av.open(str(path)) as container:
        wave = np.concatenate([np.abs(frame.to_ndarray()).max(axis=0) for frame in container.decode(audio=0)])
    frames = [every[int((place + 0.5) * len(every) / SHOWN)].to_image() for place in range(SHOWN)]
    return frames, np.array([part.max() for part in np.array_split(wave, 320)]), seconds


def sheet(frames: list[Image.Image], loud: np.ndarray[Any, Any], seconds: float) -> Image.Image:
    """Put the frames in rows, the sound below them, and seconds below that."""
    width = COLUMNS * (TILE[0] + GAP) + GAP
    rows = SHOWN // COLUMNS
    top = GAP + rows * (TILE[1] + GAP)
    whole = Image.new("RGB", (width, top + 110), PAPER)
    for place, frame in enumerate(frames):
        x, y = place % COLUMNS, place // COLUMNS
        small = frame.resize(TILE, Image.Resampling.LANCZOS)
        whole.paste(small, (GAP + x * (TILE[0] + GAP), GAP + y * (TILE[1] + GAP)))
    draw = ImageDraw.Draw(whole)
    step, middle = (width - 2 * GAP) / len(loud), top + 42
    for number, value in enumerate(loud / (loud.max() or 1)):
        half, left = max(1.0, float(value) * 38), GAP + number * step
        draw.rectangle((left, middle - half, left + step * 0.6, middle + half), fill=WAVE)
    for second in range(0, int(seconds) + 1, 2):
        draw.text((GAP + second / seconds * (width - 2 * GAP), top + 88), f"{second} s", fill=GRAY, font_size=14)
    return whole


def make(target: Path) -> str:
    """Write the picture; returns what it shows, in a line."""
    with tempfile.TemporaryDirectory() as name:
        data, run = asyncio.run(film(Path(name)))
        path = Path(name) / "film.mp4"
        path.write_bytes(data)
        frames, loud, seconds = seen(path)
    sheet(frames, loud, seconds).save(target, optimize=True)
    return f"a film of {seconds:.1f} s, {run.cost:f} credits, {target.stat().st_size // 1024} kB"


if __name__ == "__main__":
    print(make(OUT))
