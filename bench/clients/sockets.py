"""Plain sockets: the least that a download can cost in Python."""

from __future__ import annotations

import hashlib
import os
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pathlib import Path

NAME = "raw sockets"
PACKAGE = ""
IMPORT = CLIENT = STATUS = ""
sync_calls = async_calls = live_task = None

_PIECE = 1 << 18


def download(url: str, path: Path) -> None:
    """Fetch the file with ``recv_into`` and one buffer."""
    parts = urlsplit(url)
    digest = hashlib.sha256()
    buffer = memoryview(bytearray(_PIECE))
    part = path.with_suffix(".part")
    with socket.create_connection((parts.hostname, parts.port)) as sock, part.open("wb", buffering=0) as file:
        sock.sendall(f"GET /file.bin HTTP/1.1\r\nhost: {parts.netloc}\r\n\r\n".encode())
        head = b""
        while b"\r\n\r\n" not in head:
            head += sock.recv(4096)
        head, _, piece = head.partition(b"\r\n\r\n")
        left = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]) - len(piece)
        digest.update(piece)
        file.write(piece)
        while left:
            got = sock.recv_into(buffer)
            if not got:
                raise ConnectionError("cut short")
            digest.update(buffer[:got])
            file.write(buffer[:got])
            left -= got
        os.fsync(file.fileno())
    part.replace(path)
