"""The file hosts: results, uploads and short-lived links, with ranges, and gone when their time is over."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from kie.emulator.http import Request, Response

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from kie.emulator.results.files import File
    from kie.emulator.world import World

PREFIXES = ("/files/", "/kieai/", "/download/")
#: Whatever was uploaded as whatever, a browser that opens it must not run it: the control endpoints are next door.
_HARMLESS = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
_RANGE = re.compile(r"bytes=(\d*)-(\d*)$")


def _plain(status: int, words: str) -> Response:
    return Response(status, words.encode(), "text/plain; charset=utf-8")


class Downloads:
    """GET and HEAD of files. No key is asked for."""

    def __init__(self, world: World, executor: Executor) -> None:
        self._world = world
        self._executor = executor

    async def get(self, request: Request) -> Response:
        """One file, whole or a range of it. Expired links answer 403, expired files 404."""
        if request.method not in {"GET", "HEAD"}:
            return _plain(405, "Method Not Allowed")
        file: File | None
        if request.path.startswith("/download/"):
            file, late = self._world.files.follow(request.path)
            if late:
                return _plain(403, "Request has expired")
        else:
            file = self._world.files.find(request.path)
        if file is None or self._world.files.expired(file):
            return _plain(404, "Not Found")
        request.task = file.task
        if file.fault:
            request.note.setdefault("fault", file.fault)
        if request.headers.get("if-none-match") == file.etag:
            return Response(304, b"", file.mime, {"ETag": file.etag})
        try:
            data = await asyncio.get_running_loop().run_in_executor(self._executor, self._world.files.content, file)
        except RuntimeError as failed:
            return _plain(500, f"The emulator could not render this file: {failed}")
        return answer(request, file, data)


def answer(request: Request, file: File, data: bytes) -> Response:
    """A file, or the range of it that is asked for."""
    headers = {"Accept-Ranges": "bytes", "ETag": file.etag, "Cache-Control": "public, max-age=3600"} | _HARMLESS
    asked = _RANGE.match(request.headers.get("range", "").strip())
    condition = request.headers.get("if-range")
    if asked is None or (condition is not None and condition != file.etag):
        return Response(200, data, file.mime, headers)
    first, last = asked[1], asked[2]
    if not first and not last:
        return Response(200, data, file.mime, headers)
    start = int(first) if first else max(0, len(data) - int(last))
    end = min(int(last), len(data) - 1) if first and last else len(data) - 1
    if start >= len(data) or start > end:
        return Response(416, b"", file.mime, {**headers, "Content-Range": f"bytes */{len(data)}"})
    headers["Content-Range"] = f"bytes {start}-{end}/{len(data)}"
    return Response(206, data[start : end + 1], file.mime, headers)
