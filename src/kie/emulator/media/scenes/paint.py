"""Chooses and paints the scene of a brief."""

from importlib import import_module
from typing import Protocol, cast

from PIL import Image

from kie.emulator.media.brief import Brief
from kie.emulator.media.canvas import Canvas
from kie.emulator.media.scenes import title

SCENES = ("landscape", "sea", "city", "space", "product", "figure", "flow", "graphic", "interior", "ride", "beast")


class _Scene(Protocol):
    def paint(self, canvas: Canvas, brief: Brief) -> None: ...


def scene(brief: Brief, width: int, height: int, *, grain: int = 1, vignette: float = 0.25) -> Image.Image:
    """Return the picture of a brief at a size of up to some 1536 pixels."""
    return parted(brief, width, height, grain=grain, vignette=vignette)[0]


def parted(
    brief: Brief, width: int, height: int, *, grain: int = 1, vignette: float = 0.25
) -> tuple[Image.Image, Image.Image | None]:
    """Return the picture of a brief and where in it the subject is, if the scene has one."""
    canvas = Canvas(width, height)
    module = cast("_Scene", import_module(f"kie.emulator.media.scenes.{brief.scene}"))
    module.paint(canvas, brief)
    title.lay(canvas, brief)
    if "mono" in brief.mood:
        canvas.image = canvas.image.convert("L").convert("RGB")
    return canvas.finish(grain, vignette), canvas.matte
