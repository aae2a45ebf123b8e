"""Where the files of finished generations lie: by their content, so that the same file lies there once."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

__all__ = ["FolderArtefacts"]

_PIECE = 256 * 1024


class FolderArtefacts:
    """A folder; a file with the digest ``abcd…`` lies in ``ab/abcd…``.

    Args:
        folder: made when it is not there.

    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder).expanduser().absolute()

    def incoming(self) -> Path:
        """A folder on the same disk for what is still being fetched."""
        path = self.folder / "incoming"
        path.mkdir(parents=True, exist_ok=True)
        return path

    async def take(self, path: Path, digest: str) -> None:
        """Move a whole file, whose content has this sha256, to its place; it is on the disk when this returns.

        Raises:
            OSError: the disk is full or cannot be written.

        """
        await asyncio.to_thread(self._take, path, digest)

    def _take(self, path: Path, digest: str) -> None:
        target = self.path(digest)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
        for folder in (target.parent, self.folder):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def path(self, digest: str) -> Path:
        """The place of a file."""
        return self.folder / digest[:2] / digest

    async def read(self, digest: str) -> AsyncIterator[bytes]:
        """The pieces of a file.

        Raises:
            FileNotFoundError: it is not there.

        """
        with await asyncio.to_thread(self.path(digest).open, "rb") as file:
            while piece := await asyncio.to_thread(file.read, _PIECE):
                yield piece

    async def remove(self, digest: str) -> None:
        """Remove a file; one that is not there is no fault."""
        await asyncio.to_thread(self.path(digest).unlink, missing_ok=True)
