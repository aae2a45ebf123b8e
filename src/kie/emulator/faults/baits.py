"""Files that are not what they should be: gone, of the wrong type, or forged."""

from __future__ import annotations

import base64
import io
import wave
from typing import TYPE_CHECKING

from kie.emulator.http import Response

if TYPE_CHECKING:
    from kie.emulator.faults.rule import Fault
    from kie.emulator.faults.tally import Strike
    from kie.emulator.http import Request
    from kie.emulator.results.files import File

#: What a host says in place of a file that it cannot give, with status 200.
_PAGE = b"<!DOCTYPE html><html><head><title>Emulated by kie</title></head><body><h1>Just a moment...</h1></body></html>"
#: A PNG of one pixel.
_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def expired(rule: Fault, request: Request) -> Response:
    """What the file hosts answer: 403 for a link whose time is over, 404 for a result (CONTRACT §5)."""
    status = rule.status or (403 if request.path.startswith("/download/") else 404)
    words = {403: b"Request has expired", 404: b"Not Found", 410: b"Gone"}[status]
    return Response(status, words, "text/plain; charset=utf-8")


def wrong_type(strike: Strike, file: File | None) -> Response:
    """An HTML page that calls itself one, or a medium of another kind under the type of the file."""
    mime = file.mime if file is not None else "application/octet-stream"
    kind = mime.partition("/")[0]
    words = strike.rule.to.split() or ["html", *(word for word in ("image", "audio") if word != kind)]
    chosen = strike.dice().choice(words)
    if chosen == "html":
        return Response(200, _PAGE, "text/html; charset=utf-8")
    return Response(200, medium(chosen), mime)


def medium(kind: str) -> bytes:
    """A very small medium: image (PNG), audio (WAV), or the beginning of a video (MP4)."""
    if kind == "image":
        return _PIXEL
    if kind == "video":
        return b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2" + b"\0\0\0\x08mdat"
    held = io.BytesIO()
    with wave.open(held, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(1600))
    return held.getvalue()
