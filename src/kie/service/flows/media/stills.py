"""Pictures: fitted to sizes, set in motion, taken out of clips."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kie.service.flows.locally import Made
from kie.service.flows.media.film import Look, Writer, even
from kie.service.flows.media.opening import film, kind_of, open_image
from kie.service.flows.media.sizes import size_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

__all__ = ["SUFFIXES", "cover", "frames", "picture_of", "resize", "saved", "still"]

SUFFIXES: Final = {"jpeg": "jpg", "png": "png", "webp": "webp"}
_OPTIONS: Final[dict[str, dict[str, Any]]] = {
    "jpeg": {"quality": 90, "subsampling": 0},
    "png": {"optimize": False},
    "webp": {"quality": 90},
}


def saved(image: Image, folder: Path, stem: str, form: str) -> Path:
    """Write a picture as jpeg, png or webp, without metadata."""
    path = folder / f"{stem}.{SUFFIXES[form]}"
    image.save(path, form, **_OPTIONS[form])
    return path


def cover(image: Image, size: tuple[int, int], focus: tuple[float, float] = (0.5, 0.5)) -> Image:
    """Scale and cut a picture so that it fills a size; ``focus`` is what stays in view, in shares of its sides."""
    from PIL import Image as Images

    box = _window(image.size, size, focus)
    return image.resize(size, Images.Resampling.LANCZOS, box=box, reducing_gap=3.0)


def _window(
    whole: tuple[int, int], size: tuple[int, int], focus: tuple[float, float]
) -> tuple[float, float, float, float]:
    """Return the part of a picture that has the shape of a size."""
    scale = min(whole[0] / size[0], whole[1] / size[1])
    width, height = size[0] * scale, size[1] * scale
    left, top = (whole[0] - width) * focus[0], (whole[1] - height) * focus[1]
    return left, top, left + width, top + height


def resize(wanted: dict[str, Any], folder: Path) -> Made:
    """Make the sizes of a picture."""
    from PIL import ImageOps

    image = open_image(Path(wanted["image"]), "image")
    made = []
    for number, text in enumerate(wanted["sizes"]):
        size = size_of(text, f"sizes[{number}]")
        if wanted["fit"] == "crop":
            picture = cover(image, size, (wanted["focus_x"], wanted["focus_y"]))
        else:
            picture = ImageOps.pad(image, size, color=wanted["background"])
        made.append(saved(picture, folder, f"{number:03d}-{size[0]}x{size[1]}", wanted["format"]))
    return Made(tuple(made), None, {"sizes": list(wanted["sizes"])})


#: Where the window stands at the end and how large it is, in shares: what is moved over in the time of a still.
_MOVES: Final = {
    "in": ((0.5, 0.5, 0.0), (0.5, 0.5, 1.0)),
    "out": ((0.5, 0.5, 1.0), (0.5, 0.5, 0.0)),
    "left": ((1.0, 0.5, 1.0), (0.0, 0.5, 1.0)),
    "right": ((0.0, 0.5, 1.0), (1.0, 0.5, 1.0)),
    "up": ((0.5, 1.0, 1.0), (0.5, 0.0, 1.0)),
    "down": ((0.5, 0.0, 1.0), (0.5, 1.0, 1.0)),
}


def still(wanted: dict[str, Any], folder: Path) -> Made:
    """Make a clip without sound of a picture, slowly moved over."""
    size, fps = even(size_of(wanted["size"], "size")), wanted["fps"]
    count = max(1, round(wanted["duration"] * fps))
    target = folder / "still.mp4"
    with Writer(target, size, fps) as writer:
        for frame in _moved(wanted, size, count):
            writer.add(frame)
    return Made((target,), None, {"seconds": count / fps, "width": size[0], "height": size[1], "fps": fps})


def _moved(wanted: dict[str, Any], size: tuple[int, int], count: int) -> Iterator[Any]:
    import av
    from PIL import Image as Images

    made_of: Any = av.VideoFrame.from_image
    image = open_image(Path(wanted["image"]), "image")
    zoom = wanted["zoom"]
    large = round(size[0] * zoom), round(size[1] * zoom)
    image = cover(image, large)  # no more than is ever seen: each frame is scaled from this
    begin, end = _MOVES[wanted["direction"]]
    for number in range(count):
        share = number / max(1, count - 1)
        x, y, closer = (a + (b - a) * share for a, b in zip(begin, end, strict=True))
        scale = 1 / (1 + (zoom - 1) * closer)
        width, height = large[0] * scale, large[1] * scale
        left, top = (large[0] - width) * x, (large[1] - height) * y
        # In parts of a pixel: whole ones would tremble.
        shown = image.resize(size, Images.Resampling.BICUBIC, box=(left, top, left + width, top + height))
        frame: Any = made_of(shown)
        yield frame.reformat(format="yuv420p", dst_colorspace="ITU709")


def frames(wanted: dict[str, Any], folder: Path) -> Made:
    """Take pictures out of a clip, at even distances."""
    path = Path(wanted["video"])
    told = film(path, "video")
    times = [(number + 0.5) * told.seconds / wanted["count"] for number in range(wanted["count"])]
    made = [
        saved(image, folder, f"{number:03d}", wanted["format"])
        for number, image in enumerate(_taken(path, "video", (told.width, told.height), times))
    ]
    return Made(tuple(made), None, {"seconds": [round(time, 3) for time in times]})


def _taken(path: Path, field: str, size: tuple[int, int], times: list[float]) -> Iterator[Image]:
    """Yield what a clip shows at times, which ascend; its last frame after its end."""
    shown = None
    wanted = iter(times)
    time = next(wanted, None)
    for at, frame in Look(even(size), "crop", "#000000").frames(path, field):
        while time is not None and shown is not None and at > time:
            yield shown.to_image()
            time = next(wanted, None)
        if time is None:
            return
        shown = frame
    while time is not None and shown is not None:
        yield shown.to_image()
        time = next(wanted, None)


def picture_of(path: Path, field: str) -> Image:
    """Return a picture as it is, or the middle of a clip."""
    if kind_of(path).startswith("video/"):
        told = film(path, field)
        return next(_taken(path, field, (told.width, told.height), [told.seconds / 2]))
    return open_image(path, field)
