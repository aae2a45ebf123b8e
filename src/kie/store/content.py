"""What an artefact store is: it keeps files by their content, so that the same file lies there once.

A file is named by the SHA-256 of its content and is there whole or not at all. To put one that is there already changes
nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

from kie.store.errors import ArtefactMissing, StoreError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

__all__ = ["PREFIXES", "ArtefactStore", "Lying", "checked", "missing", "place"]

_DIGEST = re.compile(r"[0-9a-f]{64}")
#: The first two digits of all digests: by these a store is listed in parts.
PREFIXES = tuple(f"{number:02x}" for number in range(256))


class Lying(NamedTuple):
    """A file of a store.

    Attributes:
        digest: its name.
        size: bytes.
        at: when it was put there last, Unix seconds by the store's own clock.

    """

    digest: str
    size: int
    at: float


@runtime_checkable
class ArtefactStore(Protocol):
    """What keeps files. Its methods may be awaited from any event loop.

    Attributes:
        name: where it is, for people; without secrets.

    """

    name: str

    def incoming(self) -> Path:
        """A folder for what is still being fetched: made when it is not there, on the store's own disk if it has one.

        Raises:
            ArtefactsUnavailable: it cannot be made.

        """

    async def put(self, digest: str, content: bytes | Path) -> None:
        """Put a file; when this returns it is safe.

        Args:
            digest: SHA-256 of the content, in hex.
            content: the bytes, or a file of ``incoming``, which is gone then.

        Raises:
            ArtefactsUnavailable: the disk is full, the store cannot be reached: the same may go well later.
            StoreError: the content is not what the digest says.

        """

    def read(self, digest: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """Return a file in pieces, or its bytes from ``start`` until before ``end``.

        Raises:
            ArtefactMissing: it is not there.
            ArtefactsUnavailable: the store cannot be read.

        """

    def local(self, digest: str) -> AbstractAsyncContextManager[Path]:
        """Lend a file as one of this machine, only to be read: the file itself, or a copy that is removed afterwards.

        Raises:
            ArtefactMissing, ArtefactsUnavailable: as ``read``.

        """

    async def size(self, digest: str) -> int | None:
        """Return how many bytes a file has; None where it is not there."""

    async def remove(self, digest: str) -> None:
        """Remove a file; one that is not there is no fault.

        Raises:
            ArtefactsUnavailable: it may be there still.

        """

    def files(self, prefix: str = "") -> AsyncIterator[Lying]:
        """Tell all files, or those whose digests begin with two digits; in no order, and only what is an artefact."""

    async def register(self, user: str) -> frozenset[str]:
        """Note in the store itself that a database refers to its files; returns all that do.

        Args:
            user: the database's name: letters and digits.

        Raises:
            ArtefactsUnavailable: it could not be noted.

        """

    async def check(self) -> None:
        """Find out whether files can be put now, at the cost of a small one that is removed again.

        Raises:
            ArtefactsUnavailable: they cannot; says what to do.

        """

    async def tidy(self, before: float) -> int:
        """Remove what was being fetched and was left; returns how many files that were.

        Args:
            before: Unix seconds by this machine's clock; what was changed later is left alone.

        """

    async def close(self) -> None:
        """Let go of connections."""

    async def exists(self, digest: str) -> bool:
        """Whether a file is there."""
        return await self.size(digest) is not None


def checked(digest: str) -> str:
    """Return a digest that is one: it becomes part of a path.

    Raises:
        StoreError: it is none.

    """
    if _DIGEST.fullmatch(digest) is None:
        raise StoreError(f"{digest[:80]!r} is not a SHA-256 in 64 small hex digits.")
    return digest


def place(digest: str) -> str:
    """Return where a file lies within a store: ``ab/abcd…``."""
    return f"{checked(digest)[:2]}/{digest}"


def missing(store: ArtefactStore, digest: str) -> ArtefactMissing:
    """Make the error for a file that is not there."""
    return ArtefactMissing(
        f"The file {digest} is not in {store.name}.",
        hint="It was deleted, or KIE_ARTEFACTS_URL names another store than the one that it was put into.",
        digest=digest,
    )
