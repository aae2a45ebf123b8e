"""Where the pieces of a download go: memory, or a nameless file beside its target, with checksum and size."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any

from kie.client.sniff import HEAD

if TYPE_CHECKING:
    import hashlib
    from pathlib import Path

__all__ = ["Sink"]


def _sha256() -> hashlib._Hash:
    """Begin a checksum; loaded late, for most processes that import kie never download."""
    import hashlib

    return hashlib.sha256()


class Sink:
    """Where the pieces go.

    Args:
        folder: in which a nameless file is made; None keeps them in memory.
        memory: bytes that are kept in memory before the file is made.

    Attributes:
        digest: the checksum so far.
        size: bytes so far.
        head: the first of them.
        parts: the pieces, where they are in memory.
        path: the file, where there is one.
        link: by which it came.

    """

    def __init__(self, folder: Path | None, memory: int = 0) -> None:
        self.digest = _sha256()
        self.size = 0
        self.head = b""
        self.parts: list[bytes] = []
        self.file: Any = None
        self.path: Path | None = None
        self.link = ""
        self._folder, self._memory = folder, memory
        if folder is not None and not memory:
            self._begin(folder)

    def _begin(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        # Opened with the mode of an ordinary file, so that the system applies the umask: to read it would mean to set
        # it, for all threads.
        self.path = folder / f".kie-{os.urandom(8).hex()}.part"
        self.file = self.path.open("xb")
        self.file.writelines(self.parts)
        self.parts = []

    def add(self, piece: bytes) -> None:
        """Take a piece."""
        if len(self.head) < HEAD:
            self.head += piece[: HEAD - len(self.head)]
        self.digest.update(piece)
        self.size += len(piece)
        if self.file is None and self._folder is not None and self.size > self._memory:
            self._begin(self._folder)
        if self.file is not None:
            self.file.write(piece)
        else:
            self.parts.append(piece)

    def restart(self) -> None:
        """Forget everything: the server began again at the first byte."""
        self.digest, self.size, self.head, self.parts = _sha256(), 0, b"", []
        if self.file is not None:
            self.file.seek(0)
            self.file.truncate()

    def finish(self, *, safely: bool = True) -> None:
        """Write a file to its end, and bring it safely to the disk."""
        if self.file is not None:
            self.file.flush()
            if safely:
                os.fsync(self.file.fileno())
            self.file.close()
            self.file = None

    def drop(self) -> None:
        """Remove what was begun."""
        if self.file is not None:
            self.file.close()
        if self.path is not None:
            with contextlib.suppress(OSError):
                self.path.unlink()
