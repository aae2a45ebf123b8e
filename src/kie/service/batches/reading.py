"""The items of a batch, out of JSONL or CSV: read piece by piece, whatever the bytes are.

A line that is no item does not sink the others: it is told apart, with its number and what is wrong with it. Only what
makes the whole unreadable is raised: too many lines, too many bytes, another encoding, no heading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from kie.errors import InvalidInput
from kie.service.batches.line import Bad, Refused, entry, parsed
from kie.service.batches.table import Table

if TYPE_CHECKING:
    from kie.service.batches.line import Entry

__all__ = ["Kind", "ReadLimits", "Reader"]

Kind: TypeAlias = Literal["jsonl", "csv"]

_BOM = b"\xef\xbb\xbf"
#: Bytes that do not count as a line's: its end, and what may stand before the first.
_ASIDE = 2 + len(_BOM)
_OTHER_BOMS = (b"\xff\xfe", b"\xfe\xff")


class ReadLimits(NamedTuple):
    """What is refused unread.

    Attributes:
        items: lines that are items, good or bad; one more refuses the whole.
        line: bytes of one line (in CSV: of one row, whatever lines it has); a longer one is refused alone.
        total: bytes of the whole; one more refuses the whole.

    """

    items: int = 100_000
    line: int = 2**20
    total: int = 2**30


class Reader:
    """Takes bytes as they come, and gives the items that are whole.

    Memory: one line (`ReadLimits.line`) and the ids seen.

    Args:
        kind: "jsonl" or "csv"; None tells by the first character.
        limits: what is refused unread.

    """

    def __init__(self, kind: Kind | None = None, limits: ReadLimits | None = None) -> None:
        self._kind = kind
        self._limits = limits or ReadLimits()
        self._tail = bytearray()  # a line that has not ended
        self._skipping = False  # it is too long: what it holds is passed over
        self._line = 0
        self._total = 0
        self._items = 0
        self._ids: set[str] = set()
        self._begun = False
        self._table: Table | None = None

    def feed(self, data: bytes) -> list[Entry]:
        """Take the next bytes.

        Raises:
            InvalidInput: the whole is refused: too large, in another encoding, without a heading.

        """
        self._total += len(data)
        if self._total > self._limits.total:
            raise InvalidInput(
                f"The batch is larger than {self._limits.total:,} bytes (in line {self._line + 1:,}).", field="source"
            )
        if self._tail:
            if self._tail[-1:] != b"\r" and b"\n" not in data and b"\r" not in data:
                self._keep(data)
                return []
            data = bytes(self._tail) + data
            self._tail.clear()
        lines = data.splitlines(keepends=True)  # of bytes: at \n, \r and \r\n alone
        rest = b""
        if lines and lines[-1][-1:] != b"\n":  # the \n of a \r may be still to come
            rest = lines.pop()
        found = [one for line in lines if (one := self._counted(self._whole(line))) is not None]
        self._keep(rest)
        return found

    def finish(self) -> list[Entry]:
        """There are no more bytes.

        Raises:
            InvalidInput: as for `feed`.

        """
        found: list[Entry | None] = []
        if self._tail or self._skipping:
            found.append(self._counted(self._whole(bytes(self._tail))))
            self._tail.clear()
        if self._table is not None:
            found.append(self._counted(self._table.finish()))
        return [one for one in found if one is not None]

    def given(self, value: object) -> Entry:
        """Take an item that is no text: a mapping such as a line of JSONL holds.

        Raises:
            InvalidInput: there are too many.

        """
        self._line += 1
        found = entry(value, self._line, self._ids)
        self._counted(found)
        return found

    def _keep(self, data: bytes) -> None:
        """Keep the beginning of a line, as far as a line may be long."""
        self._tail += data
        if self._skipping or len(self._tail) > self._limits.line + _ASIDE:
            last = self._tail[-1:] == b"\r"  # its line may have ended
            passed = bytes(self._tail[:-1] if last else self._tail)
            if not self._skipping:
                self._skipping = True
                passed = self._head(passed)
            if self._table is not None:
                self._table.passes(passed, self._line + 1)
            self._tail[:] = b"\r" if last else b""

    def _whole(self, line: bytes) -> Entry | None:
        """Take a line that has ended."""
        line = line.rstrip(b"\r\n") + b"\n"
        self._line += 1
        if not self._skipping:
            line = self._head(line, self._line)
        long = self._skipping or len(line) > self._limits.line + 1
        self._skipping = False
        if self._table is not None:
            return self._table.take(line, self._line)
        if long:
            most = f"{self._limits.line:,}"
            return Refused(self._line, "too-long", f"It is longer than {most} bytes.", None, most)
        return self._json(line, self._line) if line.strip() else None

    def _head(self, line: bytes, number: int | None = None) -> bytes:
        """Look at the first line, and at the first that is not empty: they tell how all are written."""
        if self._begun:
            return line
        if (number or self._line + 1) == 1:
            if line.startswith(_OTHER_BOMS):
                raise InvalidInput("The batch is not UTF-8, but UTF-16.", field="source", hint="Save it as UTF-8.")
            line = line.removeprefix(_BOM)
        first = line.lstrip()[:1]
        if not first and number is not None:
            return line
        if first == b"[" and self._kind != "csv":
            raise InvalidInput(
                "The batch is one JSON list.", field="source", hint="Write one object on each line, without the list."
            )
        self._begun = True
        if self._kind == "csv" or (self._kind is None and first != b"{"):
            self._table = Table(self._limits.line, self._ids)
        return line

    def _json(self, line: bytes, number: int) -> Entry:
        try:
            value = parsed(line.decode())
        except UnicodeDecodeError:
            return Refused(number, "not-utf8", "It is not UTF-8.")
        except Bad as bad:
            return bad.at(number)
        except (ValueError, RecursionError) as error:
            about = str(error) if isinstance(error, ValueError) else "it is nested too deep"
            return Refused(number, "no-json", f"This is not JSON: {about}.", None, about)
        return entry(value, number, self._ids)

    def _counted(self, found: Entry | None) -> Entry | None:
        if found is not None:
            self._items += 1
            if self._items > self._limits.items:
                raise InvalidInput(
                    f"The batch has more than {self._limits.items:,} items (in line {found.line:,}).",
                    field="source",
                    hint="Divide it.",
                )
        return found
