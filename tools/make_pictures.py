"""Make the pictures of the README and the docs, all of them through the client, from the emulator.

    python tools/make_pictures.py            # writes docs/pictures/

Nothing is drawn by hand and nothing comes from kie.ai: what is shown is what ``Kie(emulated=True)`` returns. The
picture of the emulator's page wants Chromium (make browser); without it the one that is there stays.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import av
import numpy as np
from PIL import Image, ImageDraw

from kie import Kie

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tools import flow_picture, page_picture  # noqa: E402 - found once the root is on the path

if TYPE_CHECKING:
    from kie import Result

OUT = ROOT / "docs" / "pictures"
WIDTH, GAP, ROUND, CAPTION = 1280, 12, 14, 34
PAPER, INK, WAVE = (250, 250, 252), (40, 44, 52), (86, 98, 216)


def picture(result: Result) -> Image.Image:
    """Return the first output as an image."""
    return Image.open(io.BytesIO(result.outputs[0].bytes())).convert("RGB")


def decoded(result: Result, kind: Literal["video", "audio"]) -> list[Any]:
    """Return the frames of one stream of the first output."""
    with av.open(io.BytesIO(result.outputs[0].bytes()), mode="r") as container:
        return list(container.decode(**{kind: 0}))


def frames(result: Result, count: int) -> list[Image.Image]:
    """Return evenly spread frames of the first output."""
    every = decoded(result, "video")
    return [every[round(i * (len(every) - 1) / (count - 1))].to_image() for i in range(count)]


def envelope(result: Result, points: int) -> np.ndarray[Any, Any]:
    """Return the loudness of the first output over time, 0..1."""
    samples = np.concatenate([np.abs(frame.to_ndarray()).mean(axis=0) for frame in decoded(result, "audio")])
    parts = np.array_split(samples.astype(float), points)
    loud = np.array([float(np.sqrt((part**2).mean())) if part.size else 0.0 for part in parts])
    return loud / (loud.max() or 1.0)


def fitted(image: Image.Image, width: int, height: int) -> Image.Image:
    """Cut and scale an image to a size, with round corners on the paper's colour."""
    scale = max(width / image.width, height / image.height)
    big = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS)
    left, top = (big.width - width) // 2, (big.height - height) // 2
    cut = big.crop((left, top, left + width, top + height))
    mask = Image.new("L", (width * 2, height * 2), 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, width * 2 - 1, height * 2 - 1), ROUND * 2, fill=255)
    paper = Image.new("RGB", (width, height), PAPER)
    paper.paste(cut, mask=mask.resize((width, height), Image.Resampling.LANCZOS))
    return paper


def waves(loud: np.ndarray[Any, Any], width: int, height: int) -> Image.Image:
    """Draw loudness as bars."""
    image = Image.new("RGB", (width * 2, height * 2), (238, 240, 250))
    draw = ImageDraw.Draw(image)
    step = width * 2 / len(loud)
    for i, value in enumerate(loud):
        half = max(3.0, value * height * 0.86)
        x = (i + 0.5) * step
        draw.rounded_rectangle((x - step * 0.3, height - half, x + step * 0.3, height + half), 4, fill=WAVE)
    return fitted(image.resize((width, height), Image.Resampling.LANCZOS), width, height)


def captioned(tile: Image.Image, text: str) -> Image.Image:
    """Put a line of text under a tile."""
    whole = Image.new("RGB", (tile.width, tile.height + CAPTION), PAPER)
    whole.paste(tile, (0, 0))
    ImageDraw.Draw(whole).text((4, tile.height + 6), text, fill=INK, font_size=20)
    return whole


def row(tiles: list[Image.Image]) -> Image.Image:
    """Put tiles side by side."""
    whole = Image.new("RGB", (WIDTH, tiles[0].height + GAP), PAPER)
    x = GAP
    for tile in tiles:
        whole.paste(tile, (x, GAP))
        x += tile.width + GAP
    return whole


def stills(kie: Kie, width: int) -> list[Image.Image]:
    """Return the upper row: images of three models."""
    wanted = [
        ("nano-banana-2", "a sailing boat on the sea at golden hour"),
        ("google/imagen4", "a fox in the snow"),
        ("bytedance/seedream-v4-text-to-image", "a cup of coffee, product photo"),
    ]
    tasks = [(kie.submit(model, {"prompt": prompt, "aspect_ratio": "16:9"}), prompt) for model, prompt in wanted]
    return [captioned(fitted(picture(task.wait()), width, 224), p) for task, p in tasks]


def clip_strip(kie: Kie, width: int) -> Image.Image:
    """Return three frames of a clip side by side."""
    clip = kie.video(
        "waves on a rocky shore, a lighthouse, evening", duration=5, resolution="720p", aspect_ratio="16:9"
    )
    strip, each = Image.new("RGB", (width, 116), PAPER), (width - 2 * 4) // 3
    for i, shot in enumerate(frames(clip, 3)):
        strip.paste(fitted(shot, each, 116), (i * (each + 4), 0))
    return captioned(strip, "waves on a rocky shore, a video of 5 s")


def sounds(kie: Kie, width: int) -> Image.Image:
    """Return the loudness of a sentence and of a song side by side."""
    speech = kie.speech("Everything you see here was made without a key and without a network.")
    music = kie.music("lo-fi, 84 bpm, warm piano")
    whole, each = Image.new("RGB", (width, 116 + CAPTION), PAPER), (width - GAP) // 2
    for i, (name, made) in enumerate((("a spoken sentence", speech), ("a song", music))):
        tile = captioned(waves(envelope(made, 64), each, 116), name)
        whole.paste(tile, (i * (each + GAP), 0))
    return whole


def main() -> None:
    """Make the picture of the README, and that of the emulator's page."""
    OUT.mkdir(parents=True, exist_ok=True)
    third, half = (WIDTH - 4 * GAP) // 3, (WIDTH - 3 * GAP) // 2
    with Kie(emulated=True) as kie:
        first = row(stills(kie, third))
        second = row([clip_strip(kie, half), sounds(kie, half)])
    sheet = Image.new("RGB", (WIDTH, first.height + second.height + GAP), PAPER)
    sheet.paste(first, (0, 0))
    sheet.paste(second, (0, first.height))
    target = OUT / "overview.png"
    sheet.save(target, optimize=True)
    print(f"{target.name}: {sheet.width} x {sheet.height}, {target.stat().st_size // 1024} kB")
    story = OUT / "storyboard.png"
    print(f"{story.name}: {flow_picture.make(story)}")
    page = OUT / "emulator-page.png"
    if page_picture.make(page):
        print(f"{page.name}: {page.stat().st_size // 1024} kB")
    else:
        print(f"{page.name}: stays as it is, since there is no Chromium here; make browser brings one")


if __name__ == "__main__":
    main()
