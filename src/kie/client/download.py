"""Results fetched whole, by a client without credentials.

In pieces, with checksum and length check, resumed after a cut, by a renewed link when the old one is dead.
"""

from __future__ import annotations

import contextlib
import os
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.client._core import backoff, safe_link
from kie.client.core import Job
from kie.client.effects import Close, Flow, Open, Read, Run, Sleep
from kie.client.flows import call, refresh
from kie.client.sink import Sink
from kie.client.sniff import EXTENSIONS, sniff
from kie.client.transport import HttpRequest, Interrupted, NotDelivered
from kie.errors import DownloadFailed, KieError
from kie.wire.build import Request
from kie.wire.paths import is_link

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kie.client.core import Core

__all__ = ["Downloaded", "fetch", "save", "spool"]

_OK, _PARTIAL, _RANGE = 200, 206, 416
_GONE = (401, 403, 404, 410)
_REDIRECTS = (301, 302, 303, 307, 308)
_FOLLOWED = 5
#: How often in a row a download may fail without a byte more than before.
_TRIES = 6
#: Seconds and bytes that one download may take at most: a server that drips, or never ends, holds nobody.
_LONGEST, _LARGEST = 3600.0, 16 << 30
#: How many dead links of one result are exchanged for others: the first, and the record's.
_RENEWALS = 2
_IDENTITY = (("accept-encoding", "identity"), ("user-agent", "kie-python"))
_DIGITS = 16
_STEM = 120
_TOTAL = re.compile(r"(?a)bytes (\d{1,15})-\d+/(\d{1,15}|\*)")
#: Types that are a page about an error rather than a result.
_PAGES = ("text/html", "application/json")


class Downloaded(NamedTuple):
    """A result, fetched whole.

    Attributes:
        path: the file, or None where it was read into memory.
        data: the bytes, or None where they were written to a file.
        size: bytes.
        sha256: hash of the content.
        content_type: media type by the bytes, else as the server says, else application/octet-stream.
        url: the link that it was fetched by: another than was asked for, where that was dead.

    """

    path: Path | None
    data: bytes | None
    size: int
    sha256: str
    content_type: str
    url: str = ""


def fetch(core: Core, job: Job | None, link: str, index: int = 0) -> Flow[Downloaded]:
    """Fetch a result into memory; see ``save``."""
    sink = Sink(None)
    kind = yield from _whole(core, job, link, index, sink)
    return Downloaded(None, b"".join(sink.parts), sink.size, sink.digest.hexdigest(), kind, sink.link)


def spool(core: Core, job: Job | None, link: str, folder: Path, index: int, memory: int) -> Flow[Downloaded]:
    """Fetch a result into memory, or into a nameless file of a folder where it has more than so many bytes.

    The file is not synced: whoever moves it to its place does that.

    Raises:
        DownloadFailed: as ``save``.
        OSError: the disk is full.

    """
    sink = Sink(folder, memory)
    try:
        kind = yield from _whole(core, job, link, index, sink)
        if sink.file is not None:
            yield Run(lambda: sink.finish(safely=False))
    except BaseException:
        sink.drop()
        raise
    data = b"".join(sink.parts) if sink.path is None else None
    return Downloaded(sink.path, data, sink.size, sink.digest.hexdigest(), kind, sink.link)


def save(
    core: Core,
    job: Job | None,
    link: str,
    target: str | os.PathLike[str],
    index: int = 0,
    stem: str = "result",
) -> Flow[Downloaded]:
    """Fetch a result into a file; the file appears under its name only when it is whole.

    Args:
        core: the client's state.
        job: the task, by which a dead link is renewed; None where there is none.
        link: the link.
        target: a file, or a folder (existing, or with a trailing slash), in which a name is made from ``stem``.
        index: which of the task's outputs it is.
        stem: the name in a folder, without its ending.

    Raises:
        DownloadFailed: it could not be fetched whole; what was begun is removed.

    """
    from pathlib import Path

    path = Path(target).expanduser()
    is_folder = path.is_dir() or str(target).endswith(("/", os.sep))
    sink: Sink = yield Run(lambda: Sink(path if is_folder else path.parent))
    try:
        kind = yield from _whole(core, job, link, index, sink)
        yield Run(sink.finish)
        if is_folder:
            path = path / f"{_tidy(stem)}.{EXTENSIONS.get(kind, 'bin')}"
        source = sink.path
        assert source is not None  # noqa: S101 - a sink for files has a path
        yield Run(lambda: source.replace(path))
    except BaseException:
        sink.drop()
        raise
    return Downloaded(path, None, sink.size, sink.digest.hexdigest(), kind, sink.link)


def _tidy(stem: str) -> str:
    """Return a file name that is one everywhere: no separators, no dots in front, not too long."""
    return re.sub(r"[^\w.-]+", "-", stem).strip("-.")[:_STEM] or "result"


def _bare(link: str) -> str:
    """Return a link without query and fragment, which may hold signatures."""
    from urllib.parse import urlsplit, urlunsplit

    try:
        parts = urlsplit(link)
        return urlunsplit((parts.scheme, parts.hostname or "", parts.path, "", ""))[:300]
    except ValueError:
        return "(not a link)"


def _failed(
    job: Job | None, link: str, what: str, status: int | None = None, hint: str | None = None
) -> DownloadFailed:
    return DownloadFailed(
        f"{what}: {_bare(link)}.",
        model=job.model.id if job else None,
        task_id=job.id if job else None,
        url=_bare(link),
        status=status,
        hint=hint or ("The result is at kie.ai still: try again before it expires." if job else None),
    )


class _Patience:
    """How often, and for how long, a download is tried: as long as it goes on, if slowly."""

    def __init__(self, core: Core) -> None:
        self._clock = core.clock
        self._until = core.clock() + _LONGEST
        self._pace = min(1.0, core.settings.pace * 2)
        self._tries = 0
        self._most = 0
        #: Seconds to pause before the next try.
        self.pause = 0.0

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return self._clock() > self._until

    def left(self, size: int) -> bool:
        """Whether there is another try, with so many bytes there already."""
        if size > self._most:
            self._tries, self._most = min(self._tries, 1), size
        self.pause = backoff(self._tries - 1) * self._pace if self._tries else 0.0
        self._tries += 1
        return self._tries <= _TRIES and not self.over


def _unusable(stream: Any, sink: Sink, expected: int | None) -> str:
    """Return why an answer is no (further) part of the result, or ""; forget what came where it begins anew."""
    if stream.status in (_PARTIAL, _RANGE) and not _goes_on(stream, sink.size, expected):
        sink.restart()
        return "the server resumed at another place, or another file"
    if stream.status not in (_OK, _PARTIAL):
        return f"the server answered {stream.status}"
    if (stream.header("content-encoding") or "identity").strip().lower() != "identity":
        return "it comes compressed, though it was asked for as it is"
    if stream.status == _OK and sink.size:
        sink.restart()
    return ""


def _whole(core: Core, job: Job | None, link: str, index: int, sink: Sink) -> Flow[str]:
    """Fetch until the whole is there; returns the media type."""
    dead: list[str] = []
    etag: str | None = None
    expected: int | None = None
    claimed: str | None = None
    trouble = "the connection failed"
    patience = _Patience(core)
    while patience.left(sink.size):
        if patience.pause:
            yield Sleep(patience.pause)
        headers = _IDENTITY
        if sink.size:
            headers = (*headers, ("range", f"bytes={sink.size}-"), *((("if-range", etag),) if etag else ()))
        stream: Any = None
        try:
            stream = yield from _opened(core, job, link, headers)
            status = stream.status
            if status in _GONE and len(dead) < _RENEWALS:
                dead.append(link)
                yield Close(stream)
                stream = None
                link = yield from renew(core, job, link, index, status, dead)
                continue
            if status == _RANGE and sink.size and sink.size == expected:
                break
            trouble = _unusable(stream, sink, expected)
            if trouble:
                if status < 500 and status not in (_RANGE, 429, _OK, _PARTIAL):  # noqa: PLR2004 - will not pass
                    raise _failed(job, link, f"The result cannot be fetched, {trouble}", status)
                continue
            if not sink.size:
                etag = stream.header("etag")
                expected = _length(stream)
                claimed = (stream.header("content-type") or "").partition(";")[0].strip().lower() or None
            while piece := (yield Read(stream)):
                sink.add(piece)
                if patience.over or sink.size > _LARGEST:
                    raise _failed(job, link, "The result does not end")
            if expected is None or sink.size == expected:
                break
            trouble = f"{sink.size} of {expected} bytes came"
            if sink.size > expected:
                sink.restart()
        except (NotDelivered, Interrupted) as error:
            trouble = str(error)
        finally:
            if stream is not None:
                yield Close(stream)
    else:
        raise _failed(job, link, f"The result could not be fetched whole ({trouble})")
    sink.link = link
    return _judged(job, link, sink, claimed)


def _goes_on(stream: Any, size: int, expected: int | None) -> bool:
    """Whether a partial answer begins where the last one was cut, and is of the same file."""
    found = _TOTAL.match(stream.header("content-range") or "")
    if found is None or stream.status != _PARTIAL or int(found[1]) != size:
        return False
    return not size or expected is None or found[2] in ("*", str(expected))


def _length(stream: Any) -> int | None:
    """Return the length of the whole file, as told."""
    found = _TOTAL.match(stream.header("content-range") or "") if stream.status == _PARTIAL else None
    length = found[2] if found else stream.header("content-length")
    return int(length) if length and length.isascii() and length.isdigit() and len(length) < _DIGITS else None


def _judged(job: Job | None, link: str, sink: Sink, claimed: str | None) -> str:
    """Return the media type; refuse an empty file and a page about an error."""
    if not sink.size:
        raise _failed(job, link, "The result is empty")
    found = sniff(sink.head)
    media = job is not None and job.model.kind in ("image", "video", "audio", "music")
    if media and found in _PAGES:
        raise _failed(job, link, f"A page came instead of the result ({found})")
    return found or claimed or "application/octet-stream"


def _opened(core: Core, job: Job | None, link: str, headers: tuple[tuple[str, str], ...]) -> Flow[Any]:
    """Open a link and follow its redirects, each checked."""
    for _ in range(_FOLLOWED + 1):
        if not safe_link(link, local_ok=core.composer.local):
            raise _failed(job, link, "The link is not one to be fetched (not http(s), or an address inside a network)")
        stream = yield Open(HttpRequest("GET", link, headers, media=True))
        if stream.status not in _REDIRECTS:
            return stream
        target = stream.header("location")
        yield Close(stream)
        if not target:
            raise _failed(job, link, "The server redirects to nowhere", stream.status)
        from urllib.parse import urljoin

        link = urljoin(link, target)
    raise _failed(job, link, "There are too many redirects")


def renew(
    core: Core, job: Job | None, link: str, index: int, status: int | None = None, dead: Sequence[str] = ()
) -> Flow[str]:
    """Return a fresh link for a dead one: the record's, if it has another; else a temporary one made by kie.ai.

    Args:
        core: the client's state.
        job: the task; None where there is none.
        link: the dead link.
        index: which of the task's outputs it is.
        status: with which HTTP status it was refused.
        dead: further links that are dead.

    Raises:
        DownloadFailed: there is none: the result has expired.

    """
    tried = {link, *dead}
    source = link
    if job is not None and job.id and job.model.dialect.query is not None:
        again = Job(job.model, job.id, job.input)  # what the record says now changes nothing of the task that ended
        with contextlib.suppress(KieError):
            state = yield from refresh(core, again)
            if index < len(state.outputs):
                source = state.outputs[index]
                if source not in tried:
                    return source
    with contextlib.suppress(KieError):
        envelope = yield from call(core, Request("POST", "/api/v1/common/download-url", body={"url": source}))
        if envelope.good and is_link(envelope.data) and envelope.data not in tried:
            return str(envelope.data)
    raise _failed(
        job,
        link,
        "The link is dead and could not be renewed",
        status,
        hint="Results live 14 days at kie.ai, by its documents.",
    )
