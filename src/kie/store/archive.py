"""The file of a backup: a plain tar that any tool opens, written and read as a stream.

    manifest.json                       what it is, of which step of the tables, and their columns
    tables/generation/000001.jsonl.gz   rows, a JSON list each; bytes are {"b64": …}
    files/ab/abcd…                      files of generations, by their content
    end.json                            how many of each, and the SHA-256 of all that stands before it

The last member tells a whole archive from one that was cut off, and its digest a sound one from one that was damaged.
It guards against disks and cables, not against people: whoever can change the file can change the digest too.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import re
import tarfile
import zlib
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from kie.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["FORMAT", "ArchiveReader", "ArchiveWriter", "BackupInvalid", "Member"]

#: The number of the format: raised when an older reader would misunderstand a newer file.
FORMAT = 1
#: What is put into one member at most, before it is packed: rows and characters.
_ROWS, _CHARACTERS = 2_000, 4_000_000
_PIECE = 256 * 1024
#: What may be wrong with rows, whatever stands there.
_NO_ROWS = (OSError, EOFError, zlib.error, tarfile.TarError, ValueError, LookupError, TypeError, RecursionError)
_TABLE = re.compile(r"tables/([a-z_]+)/\d{6,}\.jsonl\.gz")
_FILE = re.compile(r"files/[0-9a-f]{2}/([0-9a-f]{64})")


class BackupInvalid(InvalidInput):
    """The file is no backup, was cut off or damaged, or is of a newer kind: nothing was changed."""


class Member(NamedTuple):
    """A part of an archive.

    Attributes:
        kind: "rows" or "file".
        name: the table's name, or the file's digest.
        content: to be read before the next part is asked for.

    """

    kind: str
    name: str
    content: io.RawIOBase

    def rows(self) -> Iterator[list[Any]]:
        """Read the rows of a table.

        Raises:
            BackupInvalid: they are none.

        """
        try:
            for line in gzip.GzipFile(fileobj=self.content):
                yield [_unpacked(value) for value in json.loads(line)]
        except _NO_ROWS as error:
            raise _damaged(f"rows of {self.name}: {error}") from error


class ArchiveWriter:
    """Writes an archive.

    Args:
        target: what is written to, from beginning to end; it need not be a file on a disk.
        manifest: what is told of it; the number of the format is added.

    """

    def __init__(self, target: IO[bytes], manifest: dict[str, Any]) -> None:
        self._tar = tarfile.open(fileobj=target, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115 - closed by end
        self._digest = hashlib.sha256()
        #: Rows by table, and files: how many, and how many bytes they have.
        self.rows: dict[str, int] = {}
        self.files = self.bytes = 0
        self._part = 0
        self._json("manifest.json", {"format": FORMAT, **manifest})

    def table(self, name: str, rows: Iterable[Iterable[Any]]) -> None:
        """Write all rows of a table."""
        lines: list[str] = []
        size = 0
        self.rows[name] = 0
        for row in rows:
            lines.append(json.dumps([_packed(value) for value in row], ensure_ascii=False, separators=(",", ":")))
            size += len(lines[-1])
            if len(lines) == _ROWS or size > _CHARACTERS:
                self._lines(name, lines)
                lines, size = [], 0
        if lines:
            self._lines(name, lines)

    def file(self, digest: str, content: IO[bytes], size: int) -> None:
        """Write a file whose content has this SHA-256 and so many bytes."""
        self._add(f"files/{digest[:2]}/{digest}", content, size)
        self.files += 1
        self.bytes += size

    def end(self, more: dict[str, Any]) -> None:
        """Write what tells that the archive is whole."""
        counted = {"rows": self.rows, "files": self.files, "bytes": self.bytes, **more}
        self._json("end.json", {"sha256": self._digest.hexdigest(), **counted})
        self._tar.close()

    def _lines(self, table: str, lines: list[str]) -> None:
        self._part += 1
        packed = gzip.compress(("\n".join(lines) + "\n").encode(), 6, mtime=0)
        self._add(f"tables/{table}/{self._part:06}.jsonl.gz", io.BytesIO(packed), len(packed))
        self.rows[table] += len(lines)

    def _json(self, name: str, value: dict[str, Any]) -> None:
        data = json.dumps(value, indent=1).encode()
        self._add(name, io.BytesIO(data), len(data))

    def _add(self, name: str, content: IO[bytes], size: int) -> None:
        about = tarfile.TarInfo(name)
        about.size, about.mode = size, 0o600
        self._digest.update(_head(name, size))
        self._tar.addfile(about, _Digesting(content, self._digest))
        _forget(self._tar)


class ArchiveReader:
    """Reads an archive from its beginning to its end, once.

    Args:
        source: of which it is read; it need not be a file on a disk.

    Raises:
        BackupInvalid: it does not begin as a backup does.

    """

    def __init__(self, source: IO[bytes]) -> None:
        self._digest = hashlib.sha256()
        try:
            self._tar = tarfile.open(fileobj=source, mode="r|")  # noqa: SIM115 - whoever opened the source closes it
        except (tarfile.TarError, EOFError, OSError) as error:
            raise _damaged(str(error)) from error
        name, size, content = self._next()
        if name != "manifest.json":
            raise _damaged("it does not begin with a manifest")
        self.manifest = self._json(name, size, content)
        if self.manifest.get("format") != FORMAT:
            raise BackupInvalid(
                f"The backup has the format {self.manifest.get('format')!r}; this version of kie reads {FORMAT}.",
                field="file",
                hint="Use the newer version of kie that made it.",
            )
        #: What the last member tells; empty until it was read.
        self.end: dict[str, Any] = {}

    def __iter__(self) -> Iterator[Member]:
        """Go through the parts; when the last was given, the archive is known to be whole and sound.

        Raises:
            BackupInvalid: it is not.

        """
        while True:
            sound = self._digest.hexdigest()
            name, size, content = self._next()
            if name == "end.json":
                self.end = self._json(name, size, content)
                if self.end.get("sha256") != sound:
                    raise _damaged("its checksum does not fit")
                return
            self._digest.update(_head(name, size))
            digesting = _Digesting(content, self._digest)
            if table := _TABLE.fullmatch(name):
                yield Member("rows", table[1], digesting)
            elif file := _FILE.fullmatch(name):
                yield Member("file", file[1], digesting)
            else:
                raise _damaged(f"it has a part {name!r}")
            while digesting.read(_PIECE):
                pass

    def _next(self) -> tuple[str, int, IO[bytes]]:
        try:
            about = self._tar.next()
            _forget(self._tar)
            content = self._tar.extractfile(about) if about is not None else None
        except (tarfile.TarError, EOFError, OSError, ValueError) as error:
            raise _damaged(str(error)) from error
        if about is None or content is None:
            raise _damaged("it was cut off")
        return about.name, about.size, content

    def _json(self, name: str, size: int, content: IO[bytes]) -> dict[str, Any]:
        if name != "end.json":
            self._digest.update(_head(name, size))
        try:
            data = _Digesting(content, self._digest).read()
            value = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise _damaged(f"{name}: {error}") from error
        if not isinstance(value, dict):
            raise _damaged(f"{name} is no record")
        return value


class _Digesting(io.RawIOBase):
    """A stream whose bytes go into a digest as they are read."""

    def __init__(self, inner: IO[bytes], digest: hashlib._Hash) -> None:
        self._inner, self._into = inner, digest

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        try:
            data = self._inner.read(size)
        except (tarfile.TarError, EOFError) as error:
            raise _damaged(str(error)) from error
        self._into.update(data)
        return data

    def readinto(self, buffer: Any, /) -> int:
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _forget(tar: tarfile.TarFile) -> None:
    """Let go of the names of the parts so far, which would otherwise be kept for a million files."""
    members: list[tarfile.TarInfo] = vars(tar)["members"]
    members.clear()


def _head(name: str, size: int) -> bytes:
    return f"{name}\0{size}\0".encode()


def _packed(value: Any) -> Any:
    if isinstance(value, (bytes, bytearray, memoryview)):
        return {"b64": base64.b64encode(bytes(value)).decode()}
    return value


def _unpacked(value: Any) -> Any:
    return base64.b64decode(value["b64"]) if isinstance(value, dict) else value


def _damaged(what: str) -> BackupInvalid:
    return BackupInvalid(
        f"The file is no whole backup of kie ({what}).",
        field="file",
        hint="Nothing was changed. Take another copy of the backup.",
    )
