"""Where the items of a batch come from: a file, bytes, whatever gives bytes, or objects that are items already."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterable, Iterable, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeAlias

from kie.errors import InvalidInput
from kie.service.batches.reading import Reader

if TYPE_CHECKING:
    import os
    from collections.abc import AsyncIterator, Iterator

    from kie.service.batches.line import Entry
    from kie.service.batches.reading import Kind, ReadLimits

__all__ = ["Source", "entries", "file_entries"]

#: A path; the content itself; a file that is open; or whatever gives pieces of the content, or items, one by one.
Source: TypeAlias = (
    "str | os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes] | IO[str]"
    " | Iterable[bytes | str | Mapping[str, Any]] | AsyncIterable[bytes | str | Mapping[str, Any]]"
)

_PIECE = 256 * 1024
_KINDS: dict[str, Kind] = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "csv"}


def file_entries(path: Path, limits: ReadLimits | None = None, kind: Kind | None = None) -> Iterator[Entry]:
    """Read the items of a file.

    Raises:
        InvalidInput: the whole cannot be read.
        OSError: it cannot be opened.

    """
    reader = Reader(kind or _KINDS.get(path.suffix.lower()), limits)
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield from reader.feed(piece)
    yield from reader.finish()


async def entries(
    source: Source, kind: Kind | None = None, limits: ReadLimits | None = None
) -> AsyncIterator[list[Entry]]:
    """Read the items of a source, some at a time. The event loop goes on meanwhile.

    Args:
        source: text (``str``) is a path; content is given as bytes.
        kind: "jsonl" or "csv"; None tells by the name of the file, or by the first character.
        limits: what is refused unread.

    Raises:
        InvalidInput: the whole cannot be read.

    """
    if kind is None:
        name = source if isinstance(source, str) else getattr(source, "name", source)
        with_name = isinstance(name, str) or hasattr(name, "__fspath__")
        kind = _KINDS.get(Path(name).suffix.lower()) if with_name else None  # type: ignore[arg-type] # seen before
    reader = Reader(kind, limits)
    async for piece in _pieces(source):
        if isinstance(piece, Mapping):
            yield [reader.given(piece)]
        elif isinstance(piece, (bytes, bytearray, memoryview, str)):
            data = piece.encode("utf-8", "surrogatepass") if isinstance(piece, str) else bytes(piece)
            for start in range(0, len(data), _PIECE):
                yield await asyncio.to_thread(reader.feed, data[start : start + _PIECE])
        else:
            raise InvalidInput(f"A batch is made of bytes, text or objects, not of {type(piece).__name__}.")
    yield await asyncio.to_thread(reader.finish)


def _opened(path: str | os.PathLike[str]) -> IO[bytes]:
    return Path(path).expanduser().open("rb")


async def _pieces(source: Any) -> AsyncIterator[Any]:
    if isinstance(source, (bytes, bytearray, memoryview)):
        yield source
    elif isinstance(source, str) or hasattr(source, "__fspath__"):
        try:
            with await asyncio.to_thread(_opened, source) as file:
                while piece := await asyncio.to_thread(file.read, _PIECE):
                    yield piece
        except OSError as error:
            raise InvalidInput(f"{source} cannot be read: {error.strerror or error}.", field="source") from error
    elif hasattr(source, "read"):
        while True:
            piece = await asyncio.to_thread(source.read, _PIECE)
            if inspect.isawaitable(piece):
                piece = await piece
            if not piece:
                return
            yield piece
    elif isinstance(source, AsyncIterable):
        async for piece in source:
            yield piece
    elif isinstance(source, Iterable) and not isinstance(source, Mapping):
        for piece in source:
            yield piece
    else:
        raise InvalidInput(f"A batch cannot be read from {type(source).__name__}.", field="source")
