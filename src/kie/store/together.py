"""Bringing files to the disk and to their places, together: one thread takes all that waits.

It writes and renames all of it before it waits for the disk, which then has less to do than for each file alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.store.content import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Together", "drop", "sync"]

#: Files that go to the disk together at most.
_MOST = 64
#: Threads that wait for the disk side by side.
_THREADS = 4


class _Waiting(NamedTuple):
    digest: str
    content: bytes | Path
    future: asyncio.Future[None]
    loop: asyncio.AbstractEventLoop


class Together:
    """Puts files into folders named by the first two digits of their digests.

    Args:
        folder: of all of them, and of ``incoming``.

    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._waiting: list[_Waiting] = []
        self._writing = False
        self._pool: ThreadPoolExecutor | None = None

    async def put(self, digest: str, content: bytes | Path) -> None:
        """Put a file; it is on the disk when this returns.

        Raises:
            OSError: it is not.

        """
        loop = asyncio.get_running_loop()
        each = _Waiting(digest, content, loop.create_future(), loop)
        with self._lock:
            self._waiting.append(each)
            begin, self._writing = not self._writing, True
        if begin:
            try:
                loop.run_in_executor(None, self._write)
            except RuntimeError:  # the loop is being closed
                with self._lock:
                    self._writing = False
                    self._waiting.remove(each)
                raise
        await each.future

    async def close(self) -> None:
        """End the threads that wait for the disk."""
        if self._pool is not None:
            await asyncio.to_thread(self._pool.shutdown)
            self._pool = None

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
                    errors[number] = error
            synced = self._side_by_side(os.fsync, [handle for _, _, handle in ready])
            for (number, source, _), fault in zip(ready, synced, strict=True):
                try:
                    if fault is not None:
                        raise fault
                    target = self._folder / batch[number].digest[:2] / batch[number].digest
                    self._move(source, target)
                    folders.setdefault(target.parent, []).append(number)
                except OSError as error:
                    drop(source)
                    errors[number] = error
        finally:
            for _, _, handle in ready:
                os.close(handle)
        for numbers, fault in zip(folders.values(), self._side_by_side(sync, list(folders)), strict=True):
            if fault is not None:
                for number in numbers:
                    errors[number] = fault
        return errors

    def _side_by_side(self, work: Callable[[Any], None], items: list[Any]) -> list[OSError | None]:
        """Wait for the disk with all of it at once: it has to be told to write far less often then."""

        def some(start: int) -> list[OSError | None]:
            return [_fault(work, item) for item in items[start::_THREADS]]

        if len(items) < 2:  # noqa: PLR2004 - nothing to be done beside it
            return [_fault(work, item) for item in items]
        if self._pool is None:
            self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="kie-files")
        found: list[OSError | None] = [None] * len(items)
        for start, part in enumerate(self._pool.map(some, range(min(_THREADS, len(items))))):
            found[start::_THREADS] = part
        return found

    def _begun(self, each: _Waiting) -> tuple[Path, int]:
        """Write a file beside its place, or take the one that is there; returns it, open."""
        if isinstance(each.content, Path):
            return each.content, os.open(each.content, os.O_RDONLY)
        path = self._folder / "incoming" / f".kie-{os.urandom(8).hex()}.part"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        try:
            handle = os.open(path, flags, 0o666)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, flags, 0o666)
        try:
            _write_all(handle, each.content)
        except BaseException:
            os.close(handle)
            drop(path)
            raise
        return path, handle

    def _move(self, source: Path, target: Path) -> None:
        try:
            source.replace(target)
        except FileNotFoundError:  # the first of all files, or someone has removed the folders
            for prefix in PREFIXES:
                (self._folder / prefix).mkdir(parents=True, exist_ok=True)
            sync(self._folder)
            source.replace(target)


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


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _fault(work: Callable[[Any], None], item: Any) -> OSError | None:
    try:
        work(item)
    except OSError as error:
        return error
    return None


def drop(path: Path) -> None:
    """Remove a file that may not be there."""
    with contextlib.suppress(OSError):
        path.unlink()
