"""The pages of the documentation and the blocks of code in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tests.support.places import ROOT

if TYPE_CHECKING:
    from pathlib import Path

_FENCE = re.compile(r"^```(\S+)?([^\n]*)\n(.*?)^```\s*$", re.MULTILINE | re.DOTALL)

#: Pages whose Python is for a type checker to judge, not for running.
JUDGED_ELSEWHERE = frozenset(("docs/typing.md",))


class Block(NamedTuple):
    """A block of code: its page, the line of its first line of code, its language, further words, its text."""

    page: str
    line: int
    language: str
    words: tuple[str, ...]
    text: str


def pages() -> list[Path]:
    """All pages: the READMEs and docs/."""
    return [ROOT / "README.md", ROOT / "README.ru.md", *sorted((ROOT / "docs").rglob("*.md"))]


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path, language: str) -> list[Block]:
    """The blocks of one language in a page, in order."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(
            name_of(page),
            text.count("\n", 0, match.start(3)) + 1,
            match[1] or "",
            tuple(match[2].split()),
            match[3],
        )
        for match in _FENCE.finditer(text)
        if match[1] == language
    ]


def prose() -> str:
    """All pages as one text."""
    return "\n".join(page.read_text(encoding="utf-8") for page in pages())
