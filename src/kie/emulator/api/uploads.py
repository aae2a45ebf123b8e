"""The upload host: files as a form, as Base64 and by URL. Everything lives 3 days."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from kie.emulator import urls
from kie.emulator.http import Request, Response, reply
from kie.emulator.results.files import UPLOAD_LIFE, File, mime_type, stand_in

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from kie.emulator.world import World

_USER = "100001"
_MISSING = "Missing required parameter: {}"
_UNSAFE = re.compile(r"[^\w.\- ]+")
_DATA_URI = re.compile(r"data:([\w.+-]+/[\w.+-]+)?(?:;[\w=.-]+)*;base64,", re.IGNORECASE)
_ENDINGS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "video/mp4": "mp4",
    "audio/mpeg": "mp3",
    "audio/wav": "wav",
    "audio/x-wav": "wav",
    "text/plain": "txt",
    "application/pdf": "pdf",
}
_MAGIC = ((b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpg"), (b"ID3", "mp3"), (b"GIF8", "gif"))


def _ending(data: bytes, mime: str = "") -> str:
    if mime in _ENDINGS:
        return _ENDINGS[mime]
    for magic, ending in _MAGIC:
        if data.startswith(magic):
            return ending
    if data[4:8] == b"ftyp":
        return "mp4"
    if data[:4] == b"RIFF":
        return "webp" if data[8:12] == b"WEBP" else "wav"
    return "bin"


def refuse(code: int, message: str) -> Response:
    """An upload's failure: HTTP 200, success false, no data (the upload host's documented errors, 2026-04-29)."""
    return reply({"success": False, "code": code, "msg": message})


class Uploads:
    """The three endpoints."""

    def __init__(self, world: World, executor: Executor) -> None:
        self._world = world
        self._executor = executor

    def stream(self, request: Request) -> Response:
        """POST /api/file-stream-upload: multipart/form-data."""
        try:
            fields, files = _parse_form(request)
        except ValueError as wrong:
            return refuse(400, str(wrong))
        if "file" not in files:
            return refuse(400, _MISSING.format("file"))
        given, data = files["file"]
        if "uploadPath" not in fields:
            return refuse(400, _MISSING.format("uploadPath"))
        name = fields.get("fileName") or self._name(given, data)
        return self._store(request, fields["uploadPath"], name, data)

    def base64(self, request: Request) -> Response:
        """POST /api/file-base64-upload: raw Base64 or a data URI."""
        body = request.json()
        if body is None or not isinstance(body.get("base64Data"), str) or not body["base64Data"]:
            return refuse(400, _MISSING.format("base64Data"))
        if not body.get("uploadPath"):
            return refuse(400, _MISSING.format("uploadPath"))
        text = body["base64Data"]
        mime = ""
        if found := _DATA_URI.match(text):
            mime = (found[1] or "").lower()
            text = text[found.end() :]
        try:
            data = base64.b64decode("".join(text.split()), validate=True)
        except (binascii.Error, ValueError):
            return refuse(400, "Base64 decoding failed: Invalid Base64 format")
        name = body.get("fileName") or f"{self._stem()}.{_ending(data, mime)}"
        return self._store(request, str(body["uploadPath"]), str(name), data)

    async def url(self, request: Request) -> Response:
        """POST /api/file-url-upload: our own files are copied; foreign ones are not fetched but made up."""
        body = request.json()
        url = str((body or {}).get("fileUrl") or "")
        if body is None or not urls.host(url) or not url.startswith(("http://", "https://")):
            return refuse(400, _MISSING.format("fileUrl"))
        if not body.get("uploadPath"):
            return refuse(400, _MISSING.format("uploadPath"))
        if urls.host(url).endswith(".invalid"):
            return refuse(451, "Failed to fetch the file")
        source = self._world.files.find_url(url) or stand_in(url)
        last = urls.name(url)
        name = str(body.get("fileName") or (last if "." in last else f"{self._stem()}.png"))
        loop = asyncio.get_running_loop()
        data = await loop.run_in_executor(self._executor, self._world.files.content, source)
        return self._store(request, str(body["uploadPath"]), name, data)

    def _stem(self) -> str:
        return f"{int(self._world.clock.now() * 1000)}-{self._world.token('upload')[:11]}"

    def _name(self, given: str, data: bytes) -> str:
        """A random name with the ending of the given one."""
        ending = given.rpartition(".")[2] if "." in given else _ending(data)
        return f"{self._stem()}.{ending.lower()}"

    def _store(self, request: Request, folder: str, name: str, data: bytes) -> Response:
        folder = "/".join(part for part in folder.split("/") if part not in ("", ".", ".."))
        name = _UNSAFE.sub("-", name.rpartition("/")[2]).strip() or f"{self._stem()}.bin"
        key = "/".join(part for part in ("kieai", _USER, folder, name) if part)
        now = self._world.clock.now()
        request.note["content"] = hashlib.sha256(data).hexdigest()[:16]
        file = File(f"/{key}", mime_type(name), now, UPLOAD_LIFE, data)
        self._world.files.add(file)
        stamp = datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        held: dict[str, Any] = {
            "success": True,
            "fileName": name,
            "filePath": key,
            "downloadUrl": f"{request.base}/{key.replace(' ', '%20')}",
            "fileSize": len(data),
            "mimeType": file.mime,
            "uploadedAt": stamp,
        }
        return reply({"success": True, "code": 200, "msg": "File uploaded successfully", "data": held})


def _parse_form(request: Request) -> tuple[dict[str, str], dict[str, tuple[str, bytes]]]:
    """The fields and files of a multipart form; raises ValueError when it is none."""
    from python_multipart.exceptions import FormParserError
    from python_multipart.multipart import FormParser, parse_options_header

    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise ValueError("multipart/form-data expected")
    fields: dict[str, str] = {}
    files: dict[str, tuple[str, bytes]] = {}

    def on_field(field: Any) -> None:
        fields[(field.field_name or b"").decode()] = (field.value or b"").decode("utf-8", "replace")

    def on_file(file: Any) -> None:
        file.file_object.seek(0)
        name = (file.file_name or b"").decode("utf-8", "replace")
        files[(file.field_name or b"").decode()] = (name, file.file_object.read())
        file.close()

    memory = {"MAX_MEMORY_FILE_SIZE": len(request.body) + 1}
    try:
        parser = FormParser("multipart/form-data", on_field, on_file, boundary=boundary, config=memory)
        parser.write(request.body)
        parser.finalize()
    except (FormParserError, UnicodeDecodeError) as wrong:
        raise ValueError("The form cannot be read") from wrong
    return fields, files
