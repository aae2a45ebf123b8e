"""Camera motion over a still: planes of luma and colour are resampled, frame by frame, from a moving box."""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from kie.emulator.media.brief import Reader, number

Planes = tuple[Image.Image, Image.Image, Image.Image]
"""Luma and both colour planes (half as wide and high), limited range, BT.709."""


@dataclass(frozen=True, slots=True)
class Step:
    """Where the camera looks: centre as shares of the picture, and how large the seen part is (1 = all)."""

    x: float
    y: float
    zoom: float


def planes(picture: Image.Image) -> Planes:
    """Return the YUV 4:2:0 planes of a picture with even sides."""
    rgb = np.asarray(picture.convert("RGB"), dtype=np.float32)
    matrix = np.asarray(((0.1826, 0.6142, 0.0620), (-0.1006, -0.3386, 0.4392), (0.4392, -0.3989, -0.0403)), np.float32)
    luma = rgb @ matrix[0] + 16.5
    half = rgb.reshape(rgb.shape[0] // 2, 2, rgb.shape[1] // 2, 2, 3).mean(axis=(1, 3))
    blue, red = half @ matrix[1] + 128.5, half @ matrix[2] + 128.5
    y, u, v = (Image.fromarray(plane.astype(np.uint8)) for plane in (luma, blue, red))
    return y, u, v


def path(prompt: str, seed: int, count: int, *, closing: bool = False) -> list[Step]:
    """Return the camera's way: it begins at the whole picture, so that the first frame is the still itself.

    Args:
        prompt: Camera words ("zoom in", "pan left", "handheld", "static") steer it.
        seed: Chooses the motion if the prompt names none.
        count: Number of frames.
        closing: A gentle way, for a clip that has to arrive somewhere.
    """
    moves = Reader(prompt).ordered("camera")
    draw = number(prompt, seed, "camera")
    if not moves:
        moves = [("in", "left", "right", "up", "in")[draw % 5]]
    reach = 0.07 if closing else 0.16
    x, y = 0.0, 0.0
    for move in moves:
        x += {"left": -1.0, "right": 1.0}.get(move, 0.0)
        y += {"up": -1.0, "down": 1.0}.get(move, 0.0)
    if not x and not y:
        x, y = (draw // 7 % 100 / 100 - 0.5) * 0.8, (draw // 701 % 100 / 100 - 0.5) * 0.6
    still, shake = "still" in moves, "shake" in moves
    steps: list[Step] = []
    for index in range(count):
        t = index / max(1, count - 1)
        ease = t * t * (3 - 2 * t) * 0.6 + t * 0.4
        zoom = 1 - (0.004 if still else reach) * ease
        if "out" in moves and not closing:
            # The still comes first; a quick step in, then slowly out.
            zoom = 1 - reach * (min(1.0, t / 0.12) if t < 0.12 else 1 - (t - 0.12) / 0.88)
        room = (1 - zoom) / 2
        dx, dy = x * room * 0.96, y * room * 0.96
        if shake:
            dx += room * 0.5 * float(np.sin(index * 1.9) + np.sin(index * 0.73))
            dy += room * 0.5 * float(np.sin(index * 1.3 + 1) + np.sin(index * 0.57))
        steps.append(Step(0.5 + min(room, max(-room, dx)), 0.5 + min(room, max(-room, dy)), zoom))
    return steps


def moved(still: Planes, step: Step) -> Planes:
    """Return the planes as the camera sees them."""
    if step.zoom >= 1:
        return still
    y, u, v = (_cut(plane, step) for plane in still)
    return y, u, v


def _cut(plane: Image.Image, step: Step) -> Image.Image:
    width, height = plane.size
    wide, high = width * step.zoom, height * step.zoom
    left = min(max(0.0, width * step.x - wide / 2), width - wide)
    top = min(max(0.0, height * step.y - high / 2), height - high)
    return plane.resize((width, height), Image.Resampling.BILINEAR, box=(left, top, left + wide, top + high))
