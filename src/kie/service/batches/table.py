"""The rows of a CSV file: its first row names the inputs of all others."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING, Any

from kie.errors import InvalidInput
from kie.service.batches.line import DEEPEST, OPTIONS, Bad, Cell, Refused, with_options

if TYPE_CHECKING:
    from kie.service.batches.line import Entry

__all__ = ["Table"]


class Table:
    """Takes lines, gives rows. A row may have several lines: those within quotes.

    Args:
        longest: bytes that a row may have.
        ids: of the items before; an id is used once.

    """

    def __init__(self, longest: int, ids: set[str]) -> None:
        self._longest = longest
        self._ids = ids
        self._names: list[str] | None = None
        self._quotes: _Quotes | None = None
        self._delimiter = ","
        self._row = bytearray()
        self._begins = 0  # the line in which the row begins; 0 between rows
        self._last = 0
        self._long = False

    def passes(self, piece: bytes, number: int) -> None:
        """Take the beginning of a line that is too long to be kept: what matters of it is where its quotes end.

        Raises:
            InvalidInput: it is the heading.

        """
        self._long = True
        self._add(b"", number)
        self._scanner(piece).scan(piece)

    def take(self, line: bytes, number: int) -> Entry | None:
        r"""Take a line, or the end of one, that ends with ``\n``.

        Raises:
            InvalidInput: it is the heading, and cannot be one.

        """
        if self._begins == 0 and not line.strip():
            return None
        self._add(line, number)
        quotes = self._scanner(line)
        quotes.scan(line)
        if quotes.open:
            return None
        number, self._begins = self._begins, 0
        found = self._ended(number)
        self._row.clear()
        self._long = False
        return found

    def finish(self) -> Entry | None:
        """There are no more lines.

        Raises:
            InvalidInput: there was no heading.

        """
        if self._names is None:
            what = "opens a quote that never ends" if self._begins else "is missing"
            raise InvalidInput(f"The heading of the batch {what}.", field="source")
        if not self._begins:
            return None
        about = f"{self._last:,}"
        return Refused(self._begins, "quotes", f"It opens a quote that never ends, up to line {about}.", None, about)

    def _add(self, data: bytes, number: int) -> None:
        if self._begins == 0:
            self._begins = number
        self._last = number
        self._row += data
        if self._long or len(self._row) > self._longest + 1:
            self._long = True
            self._row.clear()
            if self._names is None:
                raise InvalidInput("The heading of the batch is too long.", field="source")

    def _scanner(self, heading: bytes) -> _Quotes:
        """Return the scanner; what stands between cells is told by the heading: some spreadsheets write semicolons."""
        if self._quotes is None:
            self._delimiter = max(",;\t", key=lambda sign: heading.count(sign.encode()))
            self._quotes = _Quotes(self._delimiter.encode())
        return self._quotes

    def _ended(self, number: int) -> Entry | None:
        if self._long:
            most = f"{self._longest:,}"
            return Refused(number, "too-long", f"It is longer than {most} bytes.", None, most)
        try:
            # One row, given as one line: what is in quotes may hold line ends.
            cells = next(csv.reader([self._row.decode()], delimiter=self._delimiter, strict=True), [])
        except (UnicodeDecodeError, csv.Error) as error:
            if self._names is None:
                raise InvalidInput(f"The heading of the batch cannot be read: {error}.", field="source") from None
            if isinstance(error, UnicodeDecodeError):
                return Refused(number, "not-utf8", "It is not UTF-8.")
            return Refused(number, "no-csv", f"This is not CSV: {error}.", None, str(error))
        if self._names is None:
            self._names = _heading(cells)
            return None
        try:
            return self._item(cells, number)
        except Bad as bad:
            return bad.at(number)

    def _item(self, cells: list[str], number: int) -> Entry | None:
        names = self._names or []
        options: dict[str, str] = {}
        inputs: dict[str, Any] = {}
        for name, cell in zip(names, cells, strict=False):
            if not cell.strip():
                continue
            if not name:
                raise Bad("too-many-cells", "It has a cell without a heading.")
            if name == "model" or name in OPTIONS:
                options[name] = cell.strip()
            else:
                _put(inputs, name.removeprefix("input."), Cell(cell) if cell.lstrip()[:1] in "[{" else cell)
        if any(cell.strip() for cell in cells[len(names) :]):
            raise Bad("too-many-cells", "It has more cells than the heading.")
        if not options and not inputs:
            return None
        return with_options(number, options, {name: _listed(value) for name, value in inputs.items()}, self._ids)


class _Quotes:
    """Follows the quotes of CSV through pieces of it, as the csv module reads them."""

    def __init__(self, delimiter: bytes) -> None:
        self._delimiter = delimiter
        self.open = False  # within quotes
        self._closing = False  # after a quote within quotes: the end of them, or the first half of one that is meant
        self._plain = False  # within a cell without quotes

    def scan(self, piece: bytes) -> None:
        """Go through a piece. Line ends stand at the end of a piece alone."""
        if self.open or self._closing or b'"' in piece:
            self._follow(piece)
        if piece[-1:] == b"\n":
            self._plain = self._closing = False
        elif not self.open and not self._closing:
            self._plain = piece[-1:] != self._delimiter if piece else self._plain

    def _follow(self, piece: bytes) -> None:
        at, end = 0, len(piece)
        while at < end:
            if self._closing:
                self._closing = False
                if piece[at : at + 1] == b'"':
                    self.open = True
                    at += 1
                    continue
                self._plain = True
            if self.open:
                at = piece.find(b'"', at)
                if at < 0:
                    return
                at += 1
                self.open, self._closing = False, True
                continue
            if not self._plain and piece[at : at + 1] == b'"':
                self.open = True
                at += 1
                continue
            at = piece.find(self._delimiter, at)
            if at < 0:
                self._plain = True
                return
            self._plain = False
            at += 1


def _heading(cells: list[str]) -> list[str]:
    names = [cell.strip() for cell in cells]
    count = Counter(name for name in names if name)
    if not count:
        raise InvalidInput("The heading of the batch is missing.", field="source")
    if any(name.count(".") > DEEPEST for name in count):
        raise InvalidInput(f"The heading of the batch names something nested more than {DEEPEST} deep.", field="source")
    name, times = count.most_common(1)[0]
    if times > 1:
        raise InvalidInput(f"The heading of the batch names {name!r} twice.", field=name)
    return names


def _put(inputs: dict[str, Any], path: str, value: str) -> None:
    """Put a cell where its dotted heading says: "style.name" into an object, "images.0" into a list."""
    *outer, last = path.split(".")
    here: Any = inputs
    for part in outer:
        here = here.setdefault(part, {})
        if not isinstance(here, dict):
            break
    if not isinstance(here, dict) or last in here:
        raise Bad("twice", f"{path} is given twice.", path, path)
    here[last] = value


def _listed(value: Any) -> Any:
    """Make lists of what has numbers for names; places that are empty are left out."""
    if not isinstance(value, dict):
        return value
    made = {name: _listed(inner) for name, inner in value.items()}
    if made and all(name.isdecimal() and name.isascii() and len(name) < 5 for name in made):  # noqa: PLR2004 - digits
        return [made[name] for name in sorted(made, key=int)]
    return made
