"""A loopback server on raw sockets that answers by script: truncated, lying, redirecting, broken off at a byte."""

from __future__ import annotations

import json
import re
import socket
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType

REASONS = {200: "OK", 206: "Partial Content", 302: "Found", 403: "Forbidden", 416: "Range Not Satisfiable"}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, tuple[dict[str, str], bytes]]:
        """The fields of a multipart body: name to (attributes and Content-Type, content)."""
        boundary = self.headers["content-type"].partition("boundary=")[2].encode()
        found = {}
        for part in self.body.split(b"--" + boundary)[1:-1]:
            head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
            about = dict(re.findall(r'(\w+)="([^"\r\n]*)"', head.decode()))
            about["type"] = next((x[13:].strip() for x in head.decode().split("\r\n") if x[:13] == "Content-Type:"), "")
            found[about["name"]] = about, content.removesuffix(b"\r\n")
        return found


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back. Pieces are sent one by one; the connection is closed after the last."""

    pieces: Iterable[bytes]


Script: TypeAlias = "Answer | Callable[[Seen], Answer]"


def answer(status: int = 200, body: bytes = b"", /, length: int | None = None, **headers: str) -> Answer:
    """Return a reply with ``Content-Length`` (or a false one); header names are given with underscores."""
    lines = [
        f"HTTP/1.1 {status} {REASONS.get(status, 'X')}",
        f"Content-Length: {len(body) if length is None else length}",
    ]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    lines.append("Connection: close")
    return Answer(("\r\n".join(lines).encode() + b"\r\n\r\n" + body,))


def as_json(value: object, status: int = 200) -> Answer:
    return answer(status, json.dumps(value).encode(), content_type="application/json")


def ok(data: object) -> Answer:
    return as_json({"code": 200, "msg": "success", "data": data})


def chunked(pieces: Iterable[bytes], kind: str = "text/event-stream", *, ended: bool = True) -> Answer:
    """Return a reply in chunks; not ``ended`` leaves out the last one, as a broken connection does."""

    def made() -> Iterator[bytes]:
        yield f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        for piece in pieces:
            yield f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
        if ended:
            yield b"0\r\n\r\n"

    return Answer(made())


def redirect(target: str, status: int = 302) -> Answer:
    return answer(status, location=target)


@dataclass(slots=True)
class Media:
    """A file that is served in pieces: each request gets at most the next of ``cuts`` bytes, then the rest.

    Attributes:
        data: the content.
        cuts: after how many bytes each of the first requests is cut.
        ranges: honour, ignore (whole file with 200), shift (another range than was asked for), refuse (416).
        etag: the tag of the content, or "" for none.

    """

    data: bytes = PNG
    cuts: list[int] = field(default_factory=list)
    ranges: str = "honour"
    etag: str = '"one"'

    def __call__(self, seen: Seen) -> Answer:
        wanted = re.fullmatch(r"bytes=(\d+)-", seen.headers.get("range", ""))
        start = int(wanted[1]) if wanted and self.ranges != "ignore" else 0
        if seen.headers.get("if-range", self.etag) != self.etag:
            start = 0
        if start and self.ranges == "refuse":
            return answer(416, content_range=f"bytes */{len(self.data)}")
        if start and self.ranges == "shift":
            start -= 1
        body = self.data[start:]
        cut = self.cuts.pop(0) if self.cuts else len(body)
        about = {"etag": self.etag} if self.etag else {}
        if start:
            about["content_range"] = f"bytes {start}-{len(self.data) - 1}/{len(self.data)}"
        return answer(206 if start else 200, body[:cut], length=len(body), content_type="image/png", **about)


class Stub:
    """Serves what it was told per path; the last answer of a path is repeated. Records all that arrives."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.dropped = threading.Event()  # set when a peer goes away while it is answered
        self._scripts: dict[str, list[Script]] = {}
        self._lock = threading.Lock()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def on(self, path: str, *answers: Script) -> str:
        """Script a path; returns its address."""
        self._scripts[path] = list(answers)
        return self.url + path

    def at(self, path: str) -> list[Seen]:
        """Return the requests for a path."""
        return [seen for seen in self.seen if seen.path.partition("?")[0] == path]

    def task(self, *links: str) -> None:
        """Answer every create with task t1, finished with these links."""
        self.on("/api/v1/jobs/createTask", ok({"taskId": "t1"}))
        record = {"taskId": "t1", "state": "success", "resultJson": json.dumps({"resultUrls": links})}
        self.on("/api/v1/jobs/recordInfo", ok(record))

    def uploads(self) -> None:
        """Take every upload; the link ends in the name that was given."""

        def taken(seen: Seen) -> Answer:
            (about, content) = seen.form["file"]
            link = f"https://files.example.com/kie/{about['filename']}"
            return as_json({"success": True, "code": 200, "data": {"downloadUrl": link, "fileSize": len(content)}})

        self.on("/api/file-stream-upload", taken)

    def _accept(self) -> None:
        while True:
            try:
                peer, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(peer,), daemon=True).start()

    def _serve(self, peer: socket.socket) -> None:
        with peer:
            try:
                peer.settimeout(10)
                seen = self._read(peer)
                if seen is None:
                    return
                with self._lock:
                    self.seen.append(seen)
                    scripts = self._scripts.get(seen.path.partition("?")[0])
                    script = (scripts.pop(0) if len(scripts) > 1 else scripts[0]) if scripts else answer(404)
                for piece in (script(seen) if callable(script) else script).pieces:
                    peer.sendall(piece)
                peer.shutdown(socket.SHUT_WR)
                peer.recv(1)  # the peer has read all that it wants
            except OSError:
                self.dropped.set()

    @staticmethod
    def _read(peer: socket.socket) -> Seen | None:
        raw = b""
        while b"\r\n\r\n" not in raw:
            piece = peer.recv(1 << 16)
            if not piece:
                return None
            raw += piece
        head, _, body = raw.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        parts, left = [body], int(headers.get("content-length", 0)) - len(body)
        while left > 0:
            piece = peer.recv(1 << 18)
            if not piece:
                return None
            parts.append(piece)
            left -= len(piece)
        return Seen(method, path, headers, b"".join(parts))

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
