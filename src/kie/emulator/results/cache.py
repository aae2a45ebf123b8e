"""Rendered media by what they are made from, kept on the disk: the same description is rendered once."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Any

from kie.emulator.media import RENDERER

#: Bytes that are kept; what falls out is rendered again, to the same bytes.
MOST = 512 * 2**20


def key_of(spec: dict[str, Any]) -> str:
    """What a medium is made from, as 64 hex digits: renderer, description and the content of its sources."""
    digest = hashlib.sha256(f"renderer {RENDERER}".encode())
    for name, held in sorted(spec.items()):
        parts = held if isinstance(held, tuple) else (held,)
        for part in parts:
            data = part if isinstance(part, bytes) else repr(part).encode()
            digest.update(f"\n{name} {len(data)} ".encode())
            digest.update(data)
    return digest.hexdigest()


class Cache:
    """A folder of at most `most` bytes; what was not asked for the longest goes first. Thread-safe.

    Args:
        folder: Where to keep the files, from run to run; None takes a temporary folder, removed by `close`.
        most: Bytes. The newest file is kept in any case.
    """

    def __init__(self, folder: Path | None = None, most: int = MOST) -> None:
        self._folder = folder
        self._temporary = folder is None
        self._most = most
        self._sizes: OrderedDict[str, int] = OrderedDict()
        self._lock = threading.Lock()
        if folder is not None and folder.is_dir():
            known = [(path.stat().st_mtime, path) for path in folder.glob("*.media")]
            for _, path in sorted(known):
                self._sizes[path.stem] = path.stat().st_size

    def get(self, key: str) -> bytes | None:
        """The bytes that were kept under a key; None when they are not there any more."""
        with self._lock:
            if key not in self._sizes:
                return None
            self._sizes.move_to_end(key)
            path = self._path(key)
        try:
            return path.read_bytes()
        except OSError:
            with self._lock:
                self._sizes.pop(key, None)
            return None

    def put(self, key: str, data: bytes) -> None:
        """Keeps bytes under a key. A disk that is full or gone is no error: they are rendered again."""
        with self._lock:
            try:
                path = self._path(key)
                path.parent.mkdir(parents=True, exist_ok=True)
                part = path.with_suffix(".part")
                part.write_bytes(data)
                part.replace(path)
            except OSError:
                return
            self._sizes[key] = len(data)
            self._sizes.move_to_end(key)
            while sum(self._sizes.values()) > self._most and len(self._sizes) > 1:
                old, _ = self._sizes.popitem(last=False)
                self._path(old).unlink(missing_ok=True)

    def close(self) -> None:
        """Removes a temporary folder."""
        with self._lock:
            self._sizes.clear()
            if self._temporary and self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)
                self._folder = None

    def _path(self, key: str) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="kie-emulator-"))
        return self._folder / f"{key}.media"
