"""Files in a folder of this machine. A file with the digest ``abcd…`` lies in ``ab/abcd…``."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from kie.store.content import PREFIXES, ArtefactStore, Lying, checked, missing
from kie.store.errors import ArtefactsUnavailable, StoreError
from kie.store.together import Together, drop, sync

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

__all__ = ["RESERVE", "FolderArtefacts", "discard", "room"]

_PIECE = 256 * 1024
#: A file above this is synced by itself, so that small ones need not wait for it.
_LARGE = 8 << 20
#: Bytes that have to be free for the store to be called healthy: what is under way needs room still.
RESERVE = 256 << 20
_FULL = (errno.ENOSPC, errno.EDQUOT)


class FolderArtefacts(ArtefactStore):
    """A folder.

    Args:
        folder: made when it is not there.
        reserve: bytes that have to be free on its disk for ``check`` to be content.

    """

    def __init__(self, folder: str | os.PathLike[str], reserve: int = RESERVE) -> None:
        self.folder = Path(folder).expanduser().absolute()
        self.name = str(self.folder)
        self._reserve = reserve
        self._together = Together(self.folder)

    def path(self, digest: str) -> Path:
        """The place of a file."""
        return self.folder / checked(digest)[:2] / digest

    def incoming(self) -> Path:
        """A folder on the same disk for what is still being fetched."""
        path = self.folder / "incoming"
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._unavailable(error) from error
        return path

    async def put(self, digest: str, content: bytes | Path) -> None:
        """Put a file; see ``ArtefactStore``. A file of ``incoming`` is moved, and is on the disk then."""
        checked(digest)
        try:
            if isinstance(content, Path):
                await asyncio.to_thread(_settle, content)
            await self._together.put(digest, content)
        except OSError as error:
            raise self._unavailable(error) from error

    async def read(self, digest: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """Return a file in pieces; see ``ArtefactStore``."""
        try:
            with await asyncio.to_thread(self.path(digest).open, "rb") as file:
                if start:
                    file.seek(start)
                left = max(0, end - start) if end is not None else None
                while left != 0:
                    piece = await asyncio.to_thread(file.read, _PIECE if left is None else min(_PIECE, left))
                    if not piece:
                        return
                    left = None if left is None else left - len(piece)
                    yield piece
        except FileNotFoundError:
            raise missing(self, digest) from None
        except OSError as error:
            raise self._unavailable(error) from error

    @contextlib.asynccontextmanager
    async def local(self, digest: str) -> AsyncIterator[Path]:
        """Lend the file itself."""
        if await self.size(digest) is None:
            raise missing(self, digest)
        yield self.path(digest)

    async def size(self, digest: str) -> int | None:
        """Return how many bytes a file has; None where it is not there."""
        try:
            return (await asyncio.to_thread(self.path(digest).stat)).st_size
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._unavailable(error) from error

    async def remove(self, digest: str) -> None:
        """Remove a file; one that is not there is no fault."""
        path = self.path(digest)
        try:
            await asyncio.to_thread(path.unlink, missing_ok=True)
        except OSError as error:
            raise self._unavailable(error) from error

    async def files(self, prefix: str = "") -> AsyncIterator[Lying]:
        """Tell all files, or those of one folder ``ab``."""
        for name in (prefix,) if prefix else PREFIXES:
            for each in await asyncio.to_thread(self._lying, name):
                yield each

    async def register(self, user: str) -> frozenset[str]:
        """Note that a database refers to these files, by an empty file of its name; returns all that do."""
        return await asyncio.to_thread(self._register, user)

    async def check(self) -> None:
        """Write a small file, and see that there is room on the disk."""
        await asyncio.to_thread(self._check)

    async def tidy(self, before: float) -> int:
        """Remove what was being fetched and was left."""
        return await asyncio.to_thread(self._tidy, before)

    async def close(self) -> None:
        """End the threads that wait for the disk."""
        await self._together.close()

    # --------------------------------------------------------------------------------- what is done in threads

    def _lying(self, prefix: str) -> list[Lying]:
        found = []
        try:
            with os.scandir(self.folder / prefix) as entries:
                for entry in entries:
                    with contextlib.suppress(FileNotFoundError, StoreError):
                        if entry.is_file(follow_symlinks=False) and checked(entry.name).startswith(prefix):
                            about = entry.stat(follow_symlinks=False)
                            found.append(Lying(entry.name, about.st_size, about.st_mtime))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise self._unavailable(error) from error
        return found

    def _register(self, user: str) -> frozenset[str]:
        folder = self.folder / "users"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / user).touch()
            sync(folder)
            return frozenset(path.name for path in folder.iterdir())
        except OSError as error:
            raise self._unavailable(error) from error

    def _check(self) -> None:
        path = self.incoming() / f".kie-{os.urandom(8).hex()}.part"
        try:
            room(self.folder, self._reserve)
            with path.open("xb") as file:
                file.write(b"kie")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise self._unavailable(error) from error
        finally:
            drop(path)

    def _tidy(self, before: float) -> int:
        removed = 0
        with contextlib.suppress(OSError), os.scandir(self.folder / "incoming") as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    if entry.stat(follow_symlinks=False).st_mtime < before:
                        discard(Path(entry))
                        removed += 1
        return removed

    def _unavailable(self, error: OSError) -> ArtefactsUnavailable:
        why = error.strerror or str(error)
        full = error.errno in _FULL
        return ArtefactsUnavailable(
            f"Files cannot be put into or read from {self.name}: {why}.",
            hint="Make room on its disk: what waits goes on by itself then."
            if full
            else "Check that the folder is there and may be written: what waits goes on by itself then.",
            full=full,
        )


def _settle(path: Path) -> None:
    """Sync a large file before others wait for it."""
    if path.stat().st_size > _LARGE:
        sync(path)


def room(folder: Path, reserve: int) -> None:
    """See that so many bytes are free on the disk of a folder.

    Raises:
        OSError: they are not.

    """
    free = shutil.disk_usage(folder).free
    if free < reserve:
        raise OSError(errno.ENOSPC, f"{free >> 20} MiB are free, {reserve >> 20} are kept in reserve")


def discard(path: Path) -> None:
    """Remove a file, or a folder with all that is in it."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
