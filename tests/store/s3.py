"""As much of S3 as the tests need: objects, ranges, uploads in parts, lists; and it can be down."""

from __future__ import annotations

import hashlib
import threading
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

BUCKET = "films"


class S3:
    """One bucket on a socket of this machine."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.uploads: dict[str, dict[int, bytes]] = {}
        self.down = False
        self.log: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"s3": self}))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The address of a store in it."""
        endpoint = f"http://127.0.0.1:{self._server.server_address[1]}"
        keys = "access_key_id=someone&secret_access_key=a-secret&region=us-east-1"
        return f"s3://{BUCKET}/some/prefix?endpoint={endpoint}&{keys}"

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join(10)
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    s3: S3

    def log_message(self, *_: Any) -> None:
        pass

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", headers.get("length", str(len(body))))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _go(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        bucket, _, key = unquote(parts.path).removeprefix("/").partition("/")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.s3.log.append(f"{self.command} {'&'.join(sorted(query)) or 'object'}")
        if self.s3.down:
            self._answer(503, b"<Error><Code>SlowDown</Code></Error>")
        elif bucket != BUCKET or "Authorization" not in self.headers:
            self._answer(403, b"<Error><Code>AccessDenied</Code></Error>")
        else:
            getattr(self, f"_{self.command.lower()}")(key, query, body)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = _go  # noqa: N815 - names of http.server

    def _put(self, key: str, query: dict[str, str], body: bytes) -> None:
        etag = f'"{hashlib.md5(body).hexdigest()}"'
        if "uploadId" in query:
            self.s3.uploads[query["uploadId"]][int(query["partNumber"])] = body
        else:
            self.s3.objects[key] = body
        self._answer(200, ETag=etag)

    def _post(self, key: str, query: dict[str, str], body: bytes) -> None:
        if "uploads" in query:
            name = f"upload-{len(self.s3.log)}"
            self.s3.uploads[name] = {}
            said = f"<Bucket>{BUCKET}</Bucket><Key>{escape(key)}</Key><UploadId>{name}</UploadId>"
            self._answer(200, f"<InitiateMultipartUploadResult>{said}</InitiateMultipartUploadResult>".encode())
        elif "uploadId" in query:
            parts = self.s3.uploads.pop(query["uploadId"])
            self.s3.objects[key] = b"".join(parts[number] for number in sorted(parts))
            said = f"<Bucket>{BUCKET}</Bucket><Key>{escape(key)}</Key><ETag>whole</ETag>"
            self._answer(200, f"<CompleteMultipartUploadResult>{said}</CompleteMultipartUploadResult>".encode())
        else:  # many are deleted at once
            keys = [each.partition("</Key>")[0] for each in body.decode().split("<Key>")[1:]]
            for each in keys:
                self.s3.objects.pop(each, None)
            said = "".join(f"<Deleted><Key>{each}</Key></Deleted>" for each in keys)
            self._answer(200, f"<DeleteResult>{said}</DeleteResult>".encode())

    def _delete(self, key: str, query: dict[str, str], _body: bytes) -> None:
        if "uploadId" in query:
            self.s3.uploads.pop(query["uploadId"], None)
        else:
            self.s3.objects.pop(key, None)
        self._answer(204)

    def _head(self, key: str, query: dict[str, str], body: bytes) -> None:
        self._get(key, query, body)

    def _get(self, key: str, query: dict[str, str], _body: bytes) -> None:
        if "list-type" in query:
            self._listed(query.get("prefix", ""))
            return
        content = self.s3.objects.get(key)
        if content is None:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
            return
        about = {"ETag": '"an-etag"', "Last_Modified": formatdate(usegmt=True)}
        asked = self.headers.get("Range")
        if asked is None:
            self._answer(200, content, **about)
            return
        first, _, last = asked.removeprefix("bytes=").partition("-")
        piece = content[int(first) : int(last) + 1]
        told = f"bytes {first}-{int(first) + len(piece) - 1}/{len(content)}"
        self._answer(206, piece, Content_Range=told, **about)

    def _listed(self, prefix: str) -> None:
        found = "".join(
            f"<Contents><Key>{escape(key)}</Key><LastModified>2026-11-21T08:00:00.000Z</LastModified>"
            f"<ETag>e</ETag><Size>{len(content)}</Size></Contents>"
            for key, content in sorted(self.s3.objects.items())
            if key.startswith(prefix)
        )
        said = f"<Name>{BUCKET}</Name><IsTruncated>false</IsTruncated>{found}"
        self._answer(200, f"<ListBucketResult>{said}</ListBucketResult>".encode())
