"""Camera motion over a still.

The still is turned to YUV once, at twice the size; ffmpeg's `zoompan` cuts a moving box out of it and scales it
down, so that the box moves in steps of half a pixel and no frame has to be converted. The first frame is the still
itself, untouched: what a model makes of a picture begins with that picture.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import av
import av.filter
import numpy as np
import numpy.typing as npt
from PIL import Image

from kie.emulator.media.brief import Reader, number

Frame = Any
"""A PyAV video frame, yuv420p, BT.709, limited range."""


@dataclass(frozen=True, slots=True)
class Move:
    """The camera's way, as expressions of `zoompan` over the frame number `on`."""

    zoom: str
    x: str
    y: str


def move(prompt: str, seed: int, count: int, *, closing: bool = False, reverse: bool = False) -> Move:
    """Choose the camera's way.

    Args:
        prompt: Camera words ("zoom in", "pan left", "handheld", "static") steer it.
        seed: Chooses the motion if the prompt names none.
        count: Number of frames.
        closing: A gentle way, for a clip that has to arrive somewhere.
        reverse: The way back to the whole picture.
    """
    named = Reader(prompt).ordered("camera")
    draw = number(prompt, seed, "camera")
    if not named:
        named = [("in", "left", "right", "up", "in")[draw % 5]]
    reach = 0.07 if closing else 0.16
    if "still" in named:
        reach = 0.006
    x, y = 0.0, 0.0
    for word in named:
        x += {"left": -1.0, "right": 1.0}.get(word, 0.0)
        y += {"up": -1.0, "down": 1.0}.get(word, 0.0)
    if not x and not y:
        x, y = (draw // 7 % 100 / 100 - 0.5) * 0.8, (draw // 701 % 100 / 100 - 0.5) * 0.6
    at = f"(on/{max(1, count - 1)})"
    if reverse:
        at = f"(1-{at})"
    way = f"({at}*{at}*(3-2*{at})*0.6+{at}*0.4)"
    if "out" in named and not closing:
        # The still comes first: a quick step in, then slowly out.
        way = f"if(lt({at},0.12),{at}/0.12,1-({at}-0.12)/0.88)"
    place_x, place_y = (f"{0.5 + 0.48 * max(-1.0, min(1.0, side)):.4f}" for side in (x, y))
    if "shake" in named:
        place_x += "+0.13*(sin(on*1.9)+sin(on*0.73))"
        place_y += "+0.13*(sin(on*1.3+1)+sin(on*0.57))"
    return Move(f"1/(1-{reach}*{way})", f"(iw-iw/zoom)*({place_x})", f"(ih-ih/zoom)*({place_y})")


def frames(picture: Image.Image, way: Move, count: int, fps: int, skip: int = 0) -> Iterator[Frame]:
    """Yield the frames of a still as the camera sees it.

    Args:
        picture: RGB with even sides.
        way: The camera's way.
        count: Number of frames.
        fps: Frames a second.
        skip: How many frames at the beginning are not made.
    """
    width, height = picture.size
    rgb: Frame = av.VideoFrame.from_ndarray(np.asarray(picture.convert("RGB")), format="rgb24")
    if not skip:
        yield rgb.reformat(format="yuv420p", dst_colorspace="ITU709")
    factor = 2 if max(width, height) <= 2048 else 1
    large = rgb.reformat(
        width=width * factor, height=height * factor, format="yuv420p", dst_colorspace="ITU709", interpolation="BICUBIC"
    )
    large.pts = 0
    graph = av.filter.Graph()
    source = graph.add(
        "buffer",
        f"video_size={width * factor}x{height * factor}:pix_fmt=yuv420p:time_base=1/{fps}:frame_rate={fps}"
        ":colorspace=bt709:range=tv",
    )
    z, x, y = (re.sub(r"\bon\b", f"(on+{skip})", part) if skip else part for part in (way.zoom, way.x, way.y))
    zoom = graph.add("zoompan", f"z='{z}':x='{x}':y='{y}':d={count - skip}:s={width}x{height}:fps={fps}")
    sink = graph.add("buffersink")
    source.link_to(zoom)
    zoom.link_to(sink)
    graph.configure()
    graph.push(large)
    graph.push(None)
    for index in range(skip, count):
        frame = graph.pull()
        if index:
            yield frame


def mixed(one: Frame, two: Frame, share: float) -> Frame:
    """Return a frame `share` of the way from one to another."""
    first: npt.NDArray[np.uint8] = one.to_ndarray()
    second: npt.NDArray[np.uint8] = two.to_ndarray()
    part = round(256 * min(1.0, max(0.0, share)))
    blend = (first.astype(np.uint16) * (256 - part) + second.astype(np.uint16) * part) >> 8
    return av.VideoFrame.from_ndarray(blend.astype(np.uint8), format="yuv420p")
