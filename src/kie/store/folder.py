"""Files in a folder of this machine. A file with the digest ``abcd…`` lies in ``ab/abcd…``.

What is put at the same time goes to the disk together: one thread writes and renames all of it before it waits for the
disk, which then has less to do than for each file alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kie.store.content import PREFIXES, ArtefactStore, Lying, checked, missing
from kie.store.errors import ArtefactsUnavailable, StoreError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

__all__ = ["RESERVE", "FolderArtefacts", "discard"]

_PIECE = 256 * 1024
#: Files that go to the disk together at most.
_MOST = 64
#: A file above this is synced by itself, so that small ones need not wait for it.
_LARGE = 8 << 20
#: Bytes that have to be free for the store to be called healthy: what is under way needs room still.
RESERVE = 256 << 20
_FULL = (errno.ENOSPC, errno.EDQUOT)


class _Waiting(NamedTuple):
    digest: str
    content: bytes | Path
    future: asyncio.Future[None]
    loop: asyncio.AbstractEventLoop


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
        self._lock = threading.Lock()
        self._waiting: list[_Waiting] = []
        self._writing = False
        self._made: set[str] = set()

    def path(self, digest: str) -> Path:
        """The place of a file."""
        return self.folder / checked(digest)[:2] / digest

    def incoming(self) -> Path:
        """A folder on the same disk for what is still being fetched."""
        path = self.folder / "incoming"
        if "incoming" not in self._made or not path.is_dir():
            try:
                path.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise self._unavailable(error) from error
            self._made.add("incoming")
        return path

    async def put(self, digest: str, content: bytes | Path) -> None:
        """Put a file; see ``ArtefactStore``. A file of ``incoming`` is moved, and is on the disk then."""
        checked(digest)
        if isinstance(content, Path):
            await asyncio.to_thread(self._settle, content)
        loop = asyncio.get_running_loop()
        each = _Waiting(digest, content, loop.create_future(), loop)
        with self._lock:
            self._waiting.append(each)
            begin, self._writing = not self._writing, True
        if begin:
            loop.run_in_executor(None, self._write)
        await each.future

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
        """Nothing is held open."""

    # --------------------------------------------------------------------------------- what is done in threads

    def _settle(self, path: Path) -> None:
        """Sync a large file before others wait for it."""
        try:
            if path.stat().st_size > _LARGE:
                _sync(path)
        except OSError as error:
            raise self._unavailable(error) from error

    def _write(self) -> None:
        """Write what waits, until nothing does."""
        while True:
            with self._lock:
                batch, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
                if not batch:
                    self._writing = False
                    return
            try:
                errors = self._write_together(batch)
            except BaseException as fault:  # noqa: BLE001 - whoever waits is told
                errors = [fault] * len(batch)
            told: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[None], BaseException | None]]] = {}
            for each, error in zip(batch, errors, strict=True):
                told.setdefault(each.loop, []).append((each.future, error))
            for loop, futures in told.items():
                with contextlib.suppress(RuntimeError):  # it was closed meanwhile
                    loop.call_soon_threadsafe(_resolve, futures)

    def _write_together(self, batch: Sequence[_Waiting]) -> list[BaseException | None]:
        """Bring files to the disk and to their places; returns what went wrong with each."""
        errors: list[BaseException | None] = [None] * len(batch)
        ready: list[tuple[int, Path, int]] = []
        folders: dict[Path, list[int]] = {}
        try:
            for number, each in enumerate(batch):
                try:
                    ready.append((number, *self._begun(each)))
                except OSError as error:
                    errors[number] = self._unavailable(error)
            for number, source, handle in ready:
                try:
                    os.fsync(handle)
                    target = self.path(batch[number].digest)
                    self._make(target.parent)
                    source.replace(target)
                    folders.setdefault(target.parent, []).append(number)
                except OSError as error:
                    _drop(source)
                    errors[number] = self._unavailable(error)
        finally:
            for _, _, handle in ready:
                os.close(handle)
        for folder, numbers in folders.items():
            try:
                _sync(folder)
            except OSError as error:
                for number in numbers:
                    errors[number] = self._unavailable(error)
        return errors

    def _begun(self, each: _Waiting) -> tuple[Path, int]:
        """Write a file beside its place, or take the one that is there; returns it, open."""
        if isinstance(each.content, Path):
            return each.content, os.open(each.content, os.O_RDONLY)
        path = self.incoming() / f".kie-{os.urandom(8).hex()}.part"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            _write_all(handle, each.content)
        except BaseException:
            os.close(handle)
            _drop(path)
            raise
        return path, handle

    def _make(self, folder: Path) -> None:
        if folder.name not in self._made or not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            _sync(self.folder)
            self._made.add(folder.name)

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
            _sync(folder)
            return frozenset(path.name for path in folder.iterdir())
        except OSError as error:
            raise self._unavailable(error) from error

    def _check(self) -> None:
        path = self.incoming() / f".kie-{os.urandom(8).hex()}.part"
        try:
            _room(self.folder, self._reserve)
            with path.open("xb") as file:
                file.write(b"kie")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise self._unavailable(error) from error
        finally:
            _drop(path)

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


def _room(folder: Path, reserve: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < reserve:
        raise OSError(errno.ENOSPC, f"{free >> 20} MiB are free, {reserve >> 20} are kept in reserve")


def _resolve(futures: list[tuple[asyncio.Future[None], BaseException | None]]) -> None:
    for future, error in futures:
        if future.done():  # who waited was cancelled; the file is there nevertheless
            continue
        if error is None:
            future.set_result(None)
        else:
            future.set_exception(error)


def _write_all(handle: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(handle, view) :]


def _sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def discard(path: Path) -> None:
    """Remove a file, or a folder with all that is in it."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _drop(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
