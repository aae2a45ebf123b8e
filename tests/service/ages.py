"""Databases as earlier versions left them: the tables of a step, filled as a service of that time filled them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from kie.store.migrate import migrate, steps
from kie.store.sides import open_side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kie.store.side import Side

#: What is put into tables of later steps, of which nothing more is known here, by the type of a column.
_TEXT = json.dumps({"что-то": "% ? \\ 'x'"}, ensure_ascii=False)  # some columns hold JSON
_SAMPLES: dict[str, Any] = {"TEXT": _TEXT, "INTEGER": 7, "BIGINT": 7, "REAL": 1.25, "BLOB": b"\x00\xff\n"}
_ALIKE = {"double precision": "REAL", "bytea": "BLOB", "integer": "INTEGER", "bigint": "BIGINT", "text": "TEXT"}

STATES = ("held", "submitting", "waiting", "storing", "succeeded", "failed", "cancelled", "uncertain")
DIGEST = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"  # of b"foo"


def kinds() -> list[int]:
    return [step.number for step in steps("sqlite")]


def old(url: str, until: int, *, tasks: tuple[str, ...] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """Make the tables of a step, fill them all, and tell what is in them.

    Args:
        url: of an empty database.
        until: the step.
        tasks: the vendor's ids of tasks, for generations that wait.

    """
    with open_side(url, change=True) as side:
        side.work(migrate(side.kind, until))
        before = set(side.filled())
        for table, row in _first(tasks):
            _add(side, table, row)
        for table in side.ours():
            if table not in before and not side.execute(f"SELECT 1 FROM {table} LIMIT 1"):
                _sample(side, table)
        found = contents(side)
        side.commit()
    return found


def contents(side: Side, like: dict[str, list[str]] | None = None) -> dict[str, list[tuple[Any, ...]]]:
    """All rows, in the columns that are named or in all."""
    tables = like if like is not None else {table: side.columns(table) for table in side.ours()}
    return {
        table: sorted((tuple(row) for row in side.stream(table, columns)), key=repr)
        for table, columns in tables.items()
    }


def _first(tasks: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What a service of the first step wrote."""
    at = 1_700_000_000.125
    common = {"project": "shop", "model": "nano-banana-pro", "account": "default"}
    for index, state in enumerate(STATES):
        name = f"gen_01HF7YAT00000000000000000{index}"
        ended = at + 30 if state in ("succeeded", "failed", "cancelled") else None
        known = {
            "waiting": tasks[0] if tasks else "a" * 32,
            "storing": "b" * 32,
            "succeeded": "c" * 32,
            "failed": "d" * 32,
        }
        settled, sent = ended is not None or state == "storing", state not in ("held", "cancelled")
        yield (
            "generation",
            {
                **common,
                "id": name,
                "input": json.dumps({"prompt": "лиса в снегу, 100% \\ 'рыжая' ?"}, ensure_ascii=False),
                "fingerprint": f"print-{index}",
                "idempotency": f"order-{index}" if index % 2 else None,
                "priority": -index,
                "state": state,
                "hook": f"hook-{index}-{'x' * 24}",
                "task": known.get(state),
                "created": at,
                "submitted": at + 1 if sent else None,
                "ended": ended,
                "next_at": None if ended or state == "uncertain" else at + 2,
                "lease": at + 40 if state in ("submitting", "waiting") else None,
                "deadline": at + 900 if state in known else None,
                "attempts": 1,
                "polls": 3,
                "cancelled": 0,
                "estimate": 18_000_000,
                "held": 0 if settled else 18_000_000,
                "cost": 18_000_000 if state == "succeeded" else 0 if ended else None,
                "cost_from": "reported" if state == "succeeded" else None,
                "progress": 1.0 if state == "succeeded" else 0.1,
                "result": json.dumps({"outputs": [], "extras": {}, "text": None}) if state == "succeeded" else None,
                "error": json.dumps({"code": "501", "message": "no"}) if state in ("failed", "uncertain") else None,
            },
        )
        for number, event in enumerate(("created", "claimed")):
            data = None if number else '{"a": 1}'
            yield "event", {"generation": name, "at": at + number, "name": event, "state": state, "data": data}
        money = [("hold", 18_000_000, "estimate")]
        money += [("release", -18_000_000, "settled")] if settled else []
        money += [("settle", 18_000_000, "reported")] if state in ("succeeded", "storing") else []
        for kind, amount, source in money:
            entry = {"at": at, "kind": kind, "generation": name, "amount": amount, "source": source}
            yield "entry", {**common, **entry}
    day = {"span": "total", "amount": 900_000_000, "used": 126_000_000, "day": "2023-11-14"}
    yield "budget", {"project": "shop", "model": "", **day}
    yield "inbox", {"at": at, "hook": f"hook-2-{'x' * 24}", "body": b'{"code": 200}\x00\xff'}
    yield "slot", {"account": "default", "times": "[1700000000.5]"}
    file = {"id": "art_1", "position": 0, "role": "output", "sha256": DIGEST, "size": 3, "type": "image/png"}
    yield "artefact", {**file, "generation": "gen_01HF7YAT000000000000000004", "at": at}


def _add(side: Side, table: str, row: dict[str, Any]) -> None:
    if table == "budget" and "caller" in side.columns(table):  # of the second step
        row = {**row, "caller": ""}
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    side.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))


def _sample(side: Side, table: str) -> None:
    """Put a row into a table of a later step: every column has a value of its type."""
    known: dict[str, Any] = {"generation": "gen_01HF7YAT000000000000000004", "sha256": DIGEST}
    for column, other, its in _references(side, table):
        known[column] = side.execute(f"SELECT {its} FROM {other} LIMIT 1")[0][0]
    _add(side, table, {name: known.get(name, _SAMPLES[kind]) for name, kind in _types(side, table) if name != "number"})


def _references(side: Side, table: str) -> list[tuple[str, str, str]]:
    """Which column refers to which column of which table."""
    if side.kind == "sqlite":
        return [(str(row[3]), str(row[2]), str(row[4])) for row in side.execute(f"PRAGMA foreign_key_list({table})")]
    rows = side.execute(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND conrelid = CAST(? AS regclass)",
        (table,),
    )
    pattern = re.compile(r"FOREIGN KEY \((\w+)\) REFERENCES (\w+)\((\w+)\)")
    return [named.groups() for (text,) in rows if (named := pattern.match(text))]  # type: ignore[misc]


def _types(side: Side, table: str) -> list[tuple[str, str]]:
    if side.kind == "sqlite":
        return [(str(row[1]), str(row[2])) for row in side.execute(f"PRAGMA table_info({table})")]
    rows = side.execute(
        "SELECT column_name, data_type FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND table_name = ?",
        (table,),
    )
    return [(str(name), _ALIKE[str(kind)]) for name, kind in rows]
