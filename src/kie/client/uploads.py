"""Local files become links: each content once, its type and size checked before anything is sent."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import logging
import os
import re
import uuid
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kie.client._core import LONGEST_RETRY_AFTER, backoff, retry_after
from kie.client.effects import Flow, Run, Sleep
from kie.client.sniff import EXTENSIONS, HEAD, family, sniff
from kie.client.transport import FileBody, said
from kie.client.uploaded import UploadedFile
from kie.errors import ConnectionFailed, InvalidInput, KieError, ServiceError, UnexpectedReply
from kie.money import credits_of
from kie.wire.envelope import failure, open_envelope
from kie.wire.read import reader_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kie.client.core import Core
    from kie.wire.prepare import FilePlaceholder

__all__ = ["UploadedFile", "upload", "upload_files"]

log = logging.getLogger("kie.client")
_DATA_URI = re.compile(r"data:([\w.+-]+/[\w.+-]+)?((?:;[\w.+=-]+)*),", re.ASCII)
_MB = 1_000_000
_IN_MEMORY = 8 * _MB
_MARGIN = 600.0
_KEPT = 10_000
_FORMS = "Give a link, a path, bytes, a file object, or an image of Pillow."
#: What the upload endpoint takes at most, in MB (document "file upload", 2026-08-19), where a field says nothing.
_MOST_MB = 100.0


@dataclass(frozen=True, slots=True)
class _Content:
    """What is to be uploaded: bytes, or a file too large to hold."""

    data: bytes | None
    path: Path | None
    size: int
    kind: str
    sha256: str


def _load(source: Any, where: str) -> _Content:
    """Read a source of any form; raises ``InvalidInput`` where it cannot be read."""
    if isinstance(source, str):
        match = _DATA_URI.match(source)
        if match:
            return _from_bytes(_decode(source[match.end() :], match[2], where), where, match[1])
        source = Path(source)
    if isinstance(source, os.PathLike):
        return _from_path(Path(source), where)
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _from_bytes(bytes(source), where)
    try:
        if hasattr(source, "read"):
            data = source.read()
            if not data and source.seekable():  # read to its end before: given once more, it is meant as a whole
                source.seek(0)
                data = source.read()
            name = getattr(source, "name", None)
        elif hasattr(source, "save"):  # an image of Pillow: saved without loss
            buffer = io.BytesIO()
            source.save(buffer, format="PNG")
            data, name = buffer.getvalue(), None
        else:
            raise InvalidInput(f"{where}: a file is needed, not {type(source).__name__}.", field=where, hint=_FORMS)
    except (OSError, ValueError, TypeError, AttributeError) as error:  # closed, write-only, an image no PNG can hold
        raise InvalidInput(f"{where}: the file cannot be read ({error}).", field=where, hint=_FORMS) from None
    if isinstance(data, str):
        raise InvalidInput(f"{where}: the file is open as text; open it in binary mode.", field=where)
    return _from_bytes(data, where, None, name if isinstance(name, str) else None)


def _decode(text: str, flags: str, where: str) -> bytes:
    if ";base64" not in flags:
        from urllib.parse import unquote_to_bytes

        return unquote_to_bytes(text)
    try:
        return base64.b64decode(re.sub(r"\s+", "", text), validate=True)
    except (binascii.Error, ValueError):
        raise InvalidInput(f"{where}: the data URI is not valid base64.", field=where) from None


def _from_path(path: Path, where: str) -> _Content:
    try:
        path = path.expanduser()
        size = path.stat().st_size
        if not path.is_file():
            raise InvalidInput(f"{where}: {str(path)!r} is not a file.", field=where)
        if size <= _IN_MEMORY:
            return _from_bytes(path.read_bytes(), where, None, path.name)
        digest = hashlib.sha256()
        with path.open("rb") as file:
            head = file.read(HEAD)
            digest.update(head)
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: "~nobody" has no home
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InvalidInput(
            f"{where}: {str(path)!r} cannot be read ({reason}).",
            field=where,
            hint=_FORMS,
        ) from None
    return _Content(None, path, size, _kind(head, path.name), digest.hexdigest())


def _from_bytes(data: bytes, where: str, claimed: str | None = None, name: str | None = None) -> _Content:
    if not data:
        raise InvalidInput(f"{where}: the file is empty.", field=where)
    return _Content(data, None, len(data), _kind(data[:HEAD], name, claimed), hashlib.sha256(data).hexdigest())


def _kind(head: bytes, name: str | None, claimed: str | None = None) -> str:
    found = sniff(head)
    if found:
        return found
    if claimed:
        return claimed.lower()
    import mimetypes

    return (mimetypes.guess_type(name)[0] if name else None) or "application/octet-stream"


def _check(content: _Content, rule: dict[str, Any], where: str) -> None:
    """Refuse what the model would refuse, or pay for and then fail on."""
    most = float(rule.get("max_mb") or _MOST_MB)
    if content.size > most * 1024 * 1024:
        raise InvalidInput(
            f"{where}: the file has {content.size / _MB:.1f} MB, at most {most:g} MB are allowed.",
            field=where,
        )
    types = rule.get("types") or ()
    wanted = rule.get("kind", "any")
    if types and content.kind not in types and not _same_type(content.kind, types):
        raise InvalidInput(
            f"{where}: the file is {content.kind}, which this model does not take.",
            field=where,
            allowed=tuple(types),
            hint=f"Allowed: {', '.join(types)}.",
        )
    if (
        wanted not in ("any", None)
        and not types
        and family(content.kind) != wanted
        and content.kind != "application/octet-stream"
    ):
        raise InvalidInput(f"{where}: a file of kind {wanted} is needed, this is {content.kind}.", field=where)


def _same_type(kind: str, types: Iterable[str]) -> bool:
    """Whether two spellings mean one type (audio/x-wav and audio/wav, video/x-matroska and video/webm)."""

    def plain(text: str) -> str:
        text = text.lower().replace("x-", "")
        return {
            "image/jpg": "image/jpeg",
            "audio/mp3": "audio/mpeg",
            "audio/wave": "audio/wav",
            "video/matroska": "video/webm",
        }.get(text, text)

    return plain(kind) in {plain(t) for t in types}


def upload_files(core: Core, files: Iterable[FilePlaceholder], model: str) -> Flow[None]:
    """Upload the files of an input; all are checked before the first is sent.

    Raises:
        InvalidInput: a file cannot be read, is of the wrong type or too large.
        KieError: the upload failed; nothing was spent (uploads are free).

    """
    loaded: list[tuple[FilePlaceholder, _Content]] = []
    for file in files:
        content: _Content = yield Run(partial(_load, file.source, file.path))
        _check(content, file.rule, file.path)
        loaded.append((file, content))
    for file, content in loaded:
        try:
            sent = yield from _send(core, content, None)
        except KieError as error:
            raise error.about(model=model) from None
        file.link = sent.url


def upload(core: Core, source: Any, *, name: str | None = None) -> Flow[UploadedFile]:
    """Upload one file; a content that was uploaded already, and whose link lives, is not sent again.

    Raises:
        InvalidInput: the file cannot be read or is too large.
        KieError: the upload failed; uploads are free.

    """
    if not isinstance(source, str):  # an output, or an earlier upload
        source = link if isinstance(link := getattr(source, "url", None), str) else source
    if isinstance(source, str) and source[:8].lower().startswith(("http://", "https://")):
        return (yield from _by_link(core, source, name))
    content: _Content = yield Run(lambda: _load(source, "file"))
    _check(content, {}, "file")
    return (yield from _send(core, content, name))


def _send(core: Core, content: _Content, name: str | None) -> Flow[UploadedFile]:
    known = core.uploaded.get(content.sha256)
    if known is not None and known.expires_at > core.wall() + _MARGIN:
        return known
    # The stored Content-Type follows the file name, and a type that contradicts the bytes fails in Veo at least: so
    # the name is ours, its ending by the bytes. A name of the user's keeps its stem only.
    extension = EXTENSIONS.get(content.kind, "bin")
    stem = re.sub(r"[^\w-]+", "-", Path(name).stem, flags=re.ASCII).strip("-")[:60] if name else ""
    filename = f"{stem + '-' if stem else ''}{content.sha256[:24]}.{extension}"
    boundary = uuid.uuid4().hex
    head, tail = _form(boundary, filename, content.kind)
    body: bytes | FileBody
    if content.data is not None:
        body = head + content.data + tail
    else:
        assert content.path is not None  # noqa: S101 - one of the two is set
        body = FileBody(head, content.path, tail, len(head) + content.size + len(tail))
    record = yield from _exchange(core, core.composer.upload("/api/file-stream-upload", body, boundary))
    return _kept(core, record, content)


def _by_link(core: Core, link: str, name: str | None) -> Flow[UploadedFile]:
    from kie.wire.build import Request

    body = {"fileUrl": link, "uploadPath": "kie", **({"fileName": name} if name else {})}
    request = core.composer.compose(Request("POST", "/api/file-url-upload", "upload", body=body))
    record = yield from _exchange(core, request)
    return _kept(core, record, None)


def _kept(core: Core, record: Any, content: _Content | None) -> UploadedFile:
    dialect = core.catalogue.dialect("upload")
    state = reader_of(dialect).record(record)
    if not state.outputs:
        raise UnexpectedReply("The upload was accepted, but no link came back.", hint="Try again: uploads are free.")
    found = record if isinstance(record, dict) else {}
    sent = UploadedFile(
        url=state.outputs[0],
        expires_at=core.wall() + dialect.lifetime,
        size=content.size if content else max(0, int(credits_of(found.get("fileSize")) or 0)),
        content_type=content.kind if content else str(found.get("mimeType") or "application/octet-stream"),
        sha256=content.sha256 if content else "",
    )
    if content is not None:
        while len(core.uploaded) >= _KEPT:  # the oldest first; uploads are free
            core.uploaded.pop(next(iter(core.uploaded)), None)
        core.uploaded[content.sha256] = sent
    return sent


def _form(boundary: str, filename: str, kind: str) -> tuple[bytes, bytes]:
    fields = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in (("uploadPath", "kie"), ("fileName", filename))
    )
    head = (
        f'{fields}--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{filename}"\r\n'
        f"Content-Type: {kind}\r\n\r\n"
    )
    return head.encode(), f"\r\n--{boundary}--\r\n".encode()


def _exchange(core: Core, http: Any) -> Flow[Any]:
    """Send an upload and return the record; uploads are free, so they are repeated."""
    attempt = 0
    while True:
        trouble: KieError
        wanted: float | None = None
        try:
            reply = yield http
            wanted = retry_after(reply.header("retry-after"), core.wall())
            envelope = open_envelope(reply.status, core.composer.clean(reply.body))
        except UnexpectedReply as error:
            trouble = error if (error.status or 0) < 400 else failure(str(error.status), error.message)  # noqa: PLR2004
        except Exception as error:  # noqa: BLE001 - the transport's, or the file's that was read while it was sent
            trouble = ConnectionFailed(
                f"The upload failed: {said(error)}.", hint="Nothing was spent: uploads are free."
            )
            trouble.__cause__ = error
        else:
            refused = isinstance(envelope.body, dict) and envelope.body.get("success") is False
            if envelope.good and not refused and isinstance(envelope.data, dict):
                return envelope.data
            code = envelope.code if not envelope.good else "500"
            trouble = failure(code, envelope.message or "the upload was refused")
        passing = isinstance(trouble, (ConnectionFailed, ServiceError)) or trouble.code == "429"
        pause = backoff(attempt) if wanted is None else wanted
        if not passing or attempt >= core.settings.retries or pause > LONGEST_RETRY_AFTER:
            raise trouble
        log.debug("upload: %s; trying again", trouble.message)
        yield Sleep(pause)
        attempt += 1
