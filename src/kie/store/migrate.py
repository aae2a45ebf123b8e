"""The tables, step by step: numbered files of statements, each of which runs once."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from kie.store.errors import StoreError
from kie.store.work import Statement

if TYPE_CHECKING:
    from kie.store.work import Work

__all__ = ["Step", "migrate", "steps"]

_NAME = re.compile(r"(\d{4})_(\w+)\.sql")
#: What the files say differently for the two databases.
_WORDS = {
    "sqlite": {
        "{serial}": "INTEGER PRIMARY KEY AUTOINCREMENT",
        "{bytes}": "BLOB",
        "{float}": "REAL",
        "{int}": "INTEGER",
    },
    "postgres": {
        "{serial}": "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
        "{bytes}": "BYTEA",
        "{float}": "DOUBLE PRECISION",
        "{int}": "BIGINT",
    },
}


class Step(NamedTuple):
    """One file: its number, its name, and its statements."""

    number: int
    name: str
    statements: tuple[str, ...]


@cache
def steps(kind: str) -> tuple[Step, ...]:
    """Return the steps for "sqlite" or "postgres", in order."""
    found = []
    for file in files(__package__).joinpath("migrations").iterdir():
        named = _NAME.fullmatch(file.name)
        if named is None:
            continue
        text = "\n".join(line.partition("--")[0] for line in file.read_text(encoding="utf-8").splitlines())
        for word, meaning in _WORDS[kind].items():
            text = text.replace(word, meaning)
        statements = tuple(part.strip() for part in text.split(";") if part.strip())
        found.append(Step(int(named[1]), named[2], statements))
    return tuple(sorted(found))


def migrate(kind: str, until: int | None = None) -> Work[int]:
    """Bring the tables up to date; returns the number of the last step.

    Args:
        kind: "sqlite" or "postgres".
        until: the last step to take; None takes all.

    Raises:
        StoreError: the tables were made by a newer version of this package.

    """
    yield Statement("CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL)")
    rows = yield Statement("SELECT coalesce(max(number), 0) FROM migration")
    done = int(rows[0][0])
    known = steps(kind)
    if done > known[-1].number:
        raise StoreError(
            f"The database has step {done}, this version of kie knows {known[-1].number} steps.",
            hint="Use the newer version of kie that made it.",
        )
    for step in known:
        if done < step.number <= (until if until is not None else step.number):
            for sql in step.statements:
                yield Statement(sql)
            yield Statement("INSERT INTO migration (number, name) VALUES (?, ?)", (step.number, step.name))
            done = step.number
    return done
