"""The files of tasks for the emulator's own page: as they are, or as a small picture.

They do not go through the file hosts: what the page looks at is not in the journal, strikes no fault rule, and says
nothing about the client. Files are other people's content, so that whatever they are, they may run nothing.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from kie.emulator.api.downloads import answer
from kie.emulator.control.routes import WrongRequest, number_of
from kie.emulator.http import Request, Response

if TYPE_CHECKING:
    from kie.emulator.results.files import File
    from kie.emulator.world import World

_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; img-src 'self'; media-src 'self'",
    "Cache-Control": "private, max-age=3600",
}


def show(world: World, request: Request, task: str, which: str) -> Response:
    """A file of a task: number `which` of its results, or `cover-0` of its covers.

    `width` asks for a picture of at most that width.
    """
    file = _file(world, task, which)
    if world.files.expired(file):
        raise WrongRequest("this result has expired", 410)
    width = number_of(request, "width", 0, most=2048)
    try:
        data = world.files.content(file)
    except RuntimeError as failed:
        raise WrongRequest(f"this file could not be rendered: {failed}", 500) from None
    if width and file.mime.startswith("image/"):
        small = _small(data, width)
        if small is not None:
            return Response(200, small, "image/webp", dict(_HEADERS))
    response = answer(request, file, data)
    response.headers |= _HEADERS
    return response


def _file(world: World, task: str, which: str) -> File:
    held = world.tasks.get(task)
    if held is None or held.outcome is None:
        raise WrongRequest("no such task, or it has no files", 404)
    cover = which.startswith("cover-")
    urls = held.outcome.covers if cover else held.outcome.urls
    number = which.removeprefix("cover-")
    if not number.isascii() or not number.isdecimal() or int(number) >= len(urls):
        raise WrongRequest("no such file", 404)
    file = world.files.find_url(urls[int(number)])
    if file is None:
        raise WrongRequest("no such file", 404)
    return file


def _small(data: bytes, width: int) -> bytes | None:
    """The picture at that width as WebP; None when it is no wider, or cannot be read here."""
    try:
        from PIL import Image

        with Image.open(io.BytesIO(data)) as picture:
            if picture.width <= width:
                return None
            picture.draft("RGB", (width, width * picture.height // picture.width))
            small = picture.convert("RGBA" if picture.mode in {"RGBA", "LA", "P"} else "RGB")
            small.thumbnail((width, 4 * width))
            out = io.BytesIO()
            small.save(out, "WEBP", quality=82, method=2)
            return out.getvalue()
    except (ImportError, OSError, ValueError):
        return None
