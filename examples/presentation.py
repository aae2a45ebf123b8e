"""A video presentation: an image for each feature of a product, then a clip that begins with each image.

    KIE_EMULATED=1 python examples/presentation.py "Trail bike" "light frame" "disc brakes" -o out

Features are worked on side by side. A clip begins as soon as its own image is there, from the image's link at kie.ai:
nothing is downloaded and uploaded again in between.
"""

from __future__ import annotations

import argparse
import asyncio
from decimal import Decimal
from pathlib import Path
from typing import Final

from kie import AsyncKie, TaskTimeout

IMAGE: Final = "nano-banana-2"
CLIP: Final = "bytedance/seedance-1.5-pro"


async def scene(kie: AsyncKie, product: str, feature: str, folder: Path, number: int) -> Decimal:
    """Make one scene: image and clip; returns what they cost."""
    look = f"{product}, close-up of its {feature}, studio light"
    image = await kie.run(IMAGE, prompt=look, aspect_ratio="16:9")
    task = await kie.submit(
        CLIP,
        prompt=f"slow camera move around the {feature}",
        first_frame=image.outputs[0].url,
        duration=5,
        resolution="720p",
        sound=False,
    )
    try:
        clip = await task.wait()  # as long as the model may take
    except TaskTimeout as timeout:
        print(f"{feature}: still under way; resume with {timeout.model} {timeout.task_id}")
        raise
    await image.outputs[0].save(folder / f"{number}-{feature.replace(' ', '-')}.jpg")
    path = await clip.outputs[0].save(folder / f"{number}-{feature.replace(' ', '-')}.mp4")
    spent = (image.credits or Decimal(0)) + (clip.credits or Decimal(0))
    print(f"{feature}: {path}, {spent} credits")
    return spent


async def main() -> int:
    """Make all scenes; the exit code is 1 where one failed."""
    parser = argparse.ArgumentParser(description="Make an image and a clip for each feature of a product.")
    parser.add_argument("product")
    parser.add_argument("features", nargs="+")
    parser.add_argument("-o", "--out", type=Path, default=Path("out"))
    chosen = parser.parse_args()

    async with AsyncKie() as kie:
        scenes = [scene(kie, chosen.product, f, chosen.out, n) for n, f in enumerate(chosen.features, start=1)]
        done = await asyncio.gather(*scenes, return_exceptions=True)
    for feature, outcome in zip(chosen.features, done, strict=True):
        if isinstance(outcome, BaseException):
            print(f"{feature}: {outcome}")
    print(f"{sum(spent for spent in done if isinstance(spent, Decimal))} credits in all")
    return 1 if any(isinstance(outcome, BaseException) for outcome in done) else 0


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
