"""Files in an object store: S3 and what speaks like it, Google Cloud Storage, Azure Blob Storage; through obstore.

A small file is one request, a large one goes up in parts; the store shows neither before it is whole. What goes up is
hashed on its way, and an upload of other content than its name says is broken off.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import hashlib
import os
import stat
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from kie.store.content import ArtefactStore, Lying, checked, missing, place
from kie.store.errors import ArtefactsUnavailable, StoreError
from kie.store.folder import RESERVE, discard, room

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

__all__ = ["ObjectArtefacts"]

#: Bytes of a part of an upload. S3 takes 10,000 parts: 80 GB.
_PART = 8 << 20
#: Parts that are under way at once: so much of a file is in memory at most.
_PARTS = 4
#: Bytes that are read at once.
_WINDOW = 4 << 20
_RETRY: dict[str, Any] = {"max_retries": 3, "retry_timeout": timedelta(seconds=60)}
_CLIENT: dict[str, Any] = {"connect_timeout": timedelta(seconds=10), "timeout": timedelta(seconds=300)}
#: Errors that no repetition changes; the store's settings or rights have to.
_LASTING = ("PermissionDeniedError", "UnauthenticatedError", "InvalidPathError", "NotSupportedError")


class ObjectArtefacts(ArtefactStore):
    """An object store.

    Args:
        url: as ``open_artefacts`` takes it.
        incoming: a folder of this machine for what is being fetched; None takes one among the system's temporary files.
        reserve: bytes that have to be free there for ``check`` to be content.

    Raises:
        StoreError: the address or its settings are wrong.

    """

    def __init__(self, url: str, incoming: str | os.PathLike[str] | None = None, *, reserve: int = RESERVE) -> None:
        from obstore.exceptions import BaseError

        parts = urlsplit(url)
        self.name = f"{parts.scheme}://{parts.hostname or ''}{parts.path}".rstrip("/")
        settings = dict(parse_qsl(parts.query))
        try:
            self._store = _opened(parts.scheme, f"{parts.scheme}://{parts.netloc}{parts.path}", settings)
        except (BaseError, ValueError) as error:
            raise StoreError(
                f"The artefact store {self.name} cannot be used: {_brief(error)}.", hint="See KIE_ARTEFACTS_URL."
            ) from error
        self._reserve = reserve
        self._incoming = Path(incoming) if incoming is not None else Path(tempfile.gettempdir()) / f"kie-{_user()}"

    def incoming(self) -> Path:
        """A folder for what is still being fetched."""
        try:
            self._incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
            about = self._incoming.lstat()
            if hasattr(os, "getuid") and (about.st_uid != os.getuid() or not stat.S_ISDIR(about.st_mode)):
                raise PermissionError(errno.EPERM, f"{self._incoming} belongs to someone else")
        except OSError as error:
            raise self._unavailable(error) from error
        return self._incoming

    async def put(self, digest: str, content: bytes | Path) -> None:
        """Put a file; see ``ArtefactStore``."""
        import obstore

        where = place(digest)
        try:
            if isinstance(content, bytes):
                _same(digest, hashlib.sha256(content).hexdigest())
                await obstore.put_async(self._store, where, content, use_multipart=False)
                return
            size = (await asyncio.to_thread(content.stat)).st_size
            if size <= _PART:
                await self.put(digest, await asyncio.to_thread(content.read_bytes))
            elif await self.size(digest) != size:
                await obstore.put_async(
                    self._store,
                    where,
                    _pieces(content, digest),
                    use_multipart=True,
                    chunk_size=_PART,
                    max_concurrency=_PARTS,
                )
            await asyncio.to_thread(content.unlink, missing_ok=True)
        except StoreError:
            raise
        except Exception as error:
            raise self._unavailable(error) from error

    async def read(self, digest: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """Return a file in pieces; see ``ArtefactStore``. Each is a request, so that a slow reader holds none open."""
        import obstore

        where = place(digest)
        size = await self.size(digest)
        if size is None:
            raise missing(self, digest)
        end = size if end is None else min(end, size)
        while start < end:
            upto = min(end, start + _WINDOW)
            try:
                piece = await obstore.get_range_async(self._store, where, start=start, end=upto)
            except FileNotFoundError:
                raise missing(self, digest) from None
            except Exception as error:
                raise self._unavailable(error) from error
            yield bytes(piece)
            start = upto

    @contextlib.asynccontextmanager
    async def local(self, digest: str) -> AsyncIterator[Path]:
        """Lend a copy of a file."""
        path = self.incoming() / f".kie-{os.urandom(8).hex()}.part"
        try:
            try:
                with path.open("xb") as file:
                    async for piece in self.read(digest):
                        await asyncio.to_thread(file.write, piece)
            except OSError as error:
                raise self._unavailable(error) from error
            yield path
        finally:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)

    async def size(self, digest: str) -> int | None:
        """Return how many bytes a file has; None where it is not there."""
        import obstore

        try:
            return (await obstore.head_async(self._store, place(digest)))["size"]
        except FileNotFoundError:
            return None
        except StoreError:
            raise
        except Exception as error:
            raise self._unavailable(error) from error

    async def remove(self, digest: str) -> None:
        """Remove a file; one that is not there is no fault."""
        await self._remove(place(digest))

    async def files(self, prefix: str = "") -> AsyncIterator[Lying]:
        """Tell all files, or those of one part ``ab``."""
        import obstore

        try:
            async for page in obstore.list(self._store, prefix=prefix or None, chunk_size=1000):
                for each in page:
                    digest = each["path"].rpartition("/")[2]
                    with contextlib.suppress(StoreError):
                        if each["path"] == place(digest):
                            yield Lying(digest, each["size"], each["last_modified"].timestamp())
        except Exception as error:
            raise self._unavailable(error) from error

    async def register(self, user: str) -> frozenset[str]:
        """Note that a database refers to these files, by an object of its name; returns all that do."""
        import obstore

        try:
            await obstore.put_async(self._store, f"users/{user}", b"kie", use_multipart=False)
            found: set[str] = set()
            async for page in obstore.list(self._store, prefix="users"):
                found |= {each["path"].rpartition("/")[2] for each in page}
        except Exception as error:
            raise self._unavailable(error) from error
        return frozenset(found)

    async def check(self) -> None:
        """Put a small object beside the others, and remove it; see that there is room for what is being fetched."""
        import obstore

        path = self.incoming() / f".kie-{os.urandom(8).hex()}.part"
        name = f"check/{os.urandom(8).hex()}"
        try:
            await asyncio.to_thread(room, self._incoming, self._reserve)
            await asyncio.to_thread(path.write_bytes, b"kie")
            await obstore.put_async(self._store, name, b"kie", use_multipart=False)
        except Exception as error:
            raise self._unavailable(error) from error
        finally:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        await self._remove(name)

    async def tidy(self, before: float) -> int:
        """Remove what was being fetched by this machine and was left."""

        def go() -> int:
            removed = 0
            for path in self.incoming().iterdir():
                with contextlib.suppress(OSError):
                    if path.stat().st_mtime < before:
                        discard(path)
                        removed += 1
            return removed

        return await asyncio.to_thread(go)

    async def close(self) -> None:
        """Nothing is held open that would have to be closed."""

    async def _remove(self, where: str) -> None:
        import obstore

        try:
            await obstore.delete_async(self._store, where)
        except FileNotFoundError:
            pass
        except Exception as error:
            raise self._unavailable(error) from error

    def _unavailable(self, error: Exception) -> StoreError:
        if isinstance(error, StoreError):
            return error
        kind = type(error).__name__
        hint = "It is tried again by itself. Check the network, and the store's own status."
        if kind in _LASTING:
            hint = "Check the rights of its key: files are put, read, listed and removed."
        elif isinstance(error, OSError) and not isinstance(error, FileNotFoundError):
            hint = f"Check space and rights of {self._incoming}, where files wait for their upload."
        return ArtefactsUnavailable(f"The artefact store {self.name} failed ({kind}): {_brief(error)}.", hint=hint)


def _opened(scheme: str, url: str, settings: dict[str, str]) -> Any:
    from obstore.store import MemoryStore, from_url

    if scheme == "memory":
        return MemoryStore()
    client = dict(_CLIENT)
    if settings.get("endpoint", "").startswith("http://"):
        client["allow_http"] = True
    given: Any = settings
    options: Any = client
    retry: Any = _RETRY
    return from_url(url, config=given or None, client_options=options, retry_config=retry)


def _pieces(path: Path, digest: str) -> Iterator[bytes]:
    """Read a file for its upload; raises at the end, before it is made whole, when it is not what its name says."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        piece = file.read(_PART)
        while piece:
            found.update(piece)
            following = file.read(_PART)
            if not following:
                _same(digest, found.hexdigest())
            yield piece
            piece = following


def _same(digest: str, found: str) -> None:
    if found != checked(digest):
        raise StoreError(f"The content of {digest} is another ({found}): it was not put.")


def _brief(error: BaseException) -> str:
    """Return the first lines of an error of obstore; what follows is for its developers."""
    return " ".join(str(error).partition("Debug source")[0].split())[:300].rstrip(".")


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else "files"
