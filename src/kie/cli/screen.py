"""What is printed, and where: results on stdout, prose on stderr, one JSON document where that is asked for.

Nothing of the vendor's reaches the terminal with control characters in it. ``rich`` is imported only to draw.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import click

from kie.cli.lang import t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

__all__ = ["Column", "Screen", "clean"]

#: A piece of a line: text, or text with a style of ``click.style`` ("red", "bold", "dim").
Part: TypeAlias = "str | tuple[str, str]"


def clean(text: object) -> str:
    """Return text without control characters, escape sequences' beginnings and signs that turn its direction.

    Newlines and tabs stay; what goes is shown as a space, so that words do not run together.
    """
    plain = str(text).replace("\r\n", "\n")
    if plain.isascii() and plain.isprintable():
        return plain
    return "".join(c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs") else " " for c in plain)


class Column(NamedTuple):
    """A column of a table: its heading, whether it holds numbers, whether it may be folded."""

    title: str
    right: bool = False
    style: str = ""
    fold: bool = True


class Screen:
    """Where a command prints.

    Args:
        document: whether stdout belongs to one JSON document.

    """

    def __init__(self, *, document: bool = False) -> None:
        self.wants_document = document
        self.documents = 0
        #: The console of a live line on stderr, which has to print what comes meanwhile.
        self.live: Console | None = None

    def say(self, *parts: Part, error: bool = False) -> None:
        """Print a line of results; with ``--json`` it goes to stderr."""
        line = "".join(clean(part) if isinstance(part, str) else _styled(*part) for part in parts)
        if self.live is not None:
            from rich.text import Text

            self.live.print(Text.from_ansi(line))
            return
        click.echo(line, err=error or self.wants_document)

    def facts(self, facts: Sequence[tuple[str, str | None]]) -> None:
        """Print facts below each other, each behind its name (a key of the words); what is empty is left out."""
        width = max(len(t(key)) for key, _ in facts)
        for key, value in facts:
            if value:
                self.say("  ", (f"{t(key):<{width}}  ", "dim"), value)

    def note(self, *parts: Part) -> None:
        """Print a line of prose, to stderr."""
        self.say(*parts, error=True)

    def warn(self, text: str) -> None:
        """Print a warning, to stderr."""
        self.note(("! ", "yellow"), (text, "yellow"))

    def raw(self, text: str) -> None:
        """Print a piece of a text as it comes, without ending the line."""
        click.echo(clean(text), nl=False, err=self.wants_document)

    def document(self, value: Any) -> None:
        """Print the one JSON document, if it is asked for."""
        if self.wants_document and not self.documents:
            self.documents += 1
            indent = 2 if sys.stdout.isatty() else None
            click.echo(json.dumps(value, ensure_ascii=False, indent=indent, default=_plain))

    def line(self, value: Any) -> None:
        """Print a JSON document of one line to stdout, as one of many."""
        click.echo(json.dumps(value, ensure_ascii=False, default=_plain))
        sys.stdout.flush()

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, total: bool = False) -> None:
        """Draw a table; where stdout is no terminal, aligned columns without lines.

        Args:
            columns: the columns.
            rows: the cells, as text.
            total: whether the last row is a sum, set apart from the others.

        """
        cleaned = [[clean(cell) for cell in row] for row in rows]
        if self.wants_document or not sys.stdout.isatty():
            self._plain_table(columns, cleaned)
            return
        from rich import box
        from rich.table import Table
        from rich.text import Text

        drawn = Table(box=box.ROUNDED, border_style="bright_black", header_style="bold")
        for column in columns:
            drawn.add_column(
                column.title,
                justify="right" if column.right else "left",
                style=column.style,
                no_wrap=not column.fold,
                overflow="fold",
            )
        for i, row in enumerate(cleaned):
            last = total and i == len(cleaned) - 1
            drawn.add_row(*map(Text, row), style="bold" if last else "", end_section=total and i == len(cleaned) - 2)
        console().print(drawn)

    def _plain_table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        flat = [[cell.replace("\n", "; ") for cell in row] for row in ([c.title for c in columns], *rows)]
        widths = [max(map(len, cells)) for cells in zip(*flat, strict=True)]
        for row in flat:
            cells = [
                cell.rjust(width) if column.right else cell.ljust(width)
                for cell, width, column in zip(row, widths, columns, strict=True)
            ]
            click.echo("  ".join(cells).rstrip(), err=self.wants_document)


def console(*, stderr: bool = False) -> Console:
    """Return rich's console, which interprets no text as markup."""
    from rich.console import Console

    return Console(stderr=stderr, markup=False, highlight=False, emoji=False)


def _styled(text: str, style: str) -> str:
    marks = {"bold": {"bold": True}, "dim": {"dim": True}}
    options: dict[str, Any] = {}
    for word in style.split():
        options.update(marks.get(word, {"fg": word}))
    return click.style(clean(text), **options)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Path):
        return value.as_posix()
    if isinstance(value, (set, tuple, frozenset)):
        return list(value)
    return str(value)
