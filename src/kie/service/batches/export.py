"""What became of the items of a batch, as a file: a page at a time, whatever their number."""

from __future__ import annotations

import csv
import io
import json
from functools import partial
from typing import TYPE_CHECKING, Any

from kie.errors import InvalidInput, TaskNotFound
from kie.service.batches.batch import items_of, load_batch
from kie.store.work import Statement

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from kie.service.batches.batch import BatchItem
    from kie.service.context import Context
    from kie.store.work import Work

__all__ = ["FIELDS", "exported"]

#: Items of a page.
_PAGE = 500
#: The columns of CSV, and the names of JSONL.
FIELDS = ("line", "id", "state", "model", "generation", "attempt", "cost", "error", "files", "links")
#: What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


async def exported(context: Context, name: str, format: str, state: str | None) -> AsyncIterator[bytes]:
    """Tell the items, as JSONL or CSV.

    Raises:
        TaskNotFound: there is no such batch.
        InvalidInput: the format is neither.

    """
    if format not in ("jsonl", "csv"):
        raise InvalidInput(f"A batch is exported as jsonl or csv, not as {format!r}.", field="format")
    if await context.database.read(lambda: load_batch(name)) is None:
        raise TaskNotFound(f"There is no batch {name!r}.", task_id=name)
    if format == "csv":
        yield _csv([FIELDS])
    after = -1
    while page := await context.database.read(partial(_page, name, state, after)):
        after = page[-1][0]
        records = [record for _, record in page]
        if format == "csv":
            yield _csv([_cells(record) for record in records])
        else:
            yield b"".join(json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in records)


def _page(name: str, state: str | None, after: int) -> Work[list[tuple[int, dict[str, Any]]]]:
    items = yield from items_of(name, state, after, _PAGE)
    names = [item.generation for item in items if item.generation is not None]
    files: dict[str, list[dict[str, Any]]] = {}
    links: dict[str, list[str]] = {}
    if names:
        marks = ", ".join("?" * len(names))
        found = yield Statement(
            "SELECT generation, id, sha256, size, type FROM artefact WHERE role = 'output'"  # noqa: S608 - marks alone
            f" AND generation IN ({marks}) ORDER BY generation, position",
            names,
        )
        for generation, *told in found:
            files.setdefault(generation, []).append(dict(zip(("id", "sha256", "size", "type"), told, strict=True)))
        results = yield Statement(
            f"SELECT id, result FROM generation WHERE result IS NOT NULL AND id IN ({marks})",  # noqa: S608
            names,
        )
        for generation, result in results:
            links[generation] = json.loads(result).get("outputs", [])
    return [(item.position, _record(item, files, links)) for item in items]


def _record(item: BatchItem, files: dict[str, list[dict[str, Any]]], links: dict[str, list[str]]) -> dict[str, Any]:
    generation = item.generation or ""
    told = (
        item.line,
        item.id,
        item.state.value,
        item.model,
        item.generation,
        item.attempt,
        f"{item.cost:f}",
        item.error,
        files.get(generation, []),
        links.get(generation, []),
    )
    return dict(zip(FIELDS, told, strict=True))


def _cells(record: dict[str, Any]) -> list[Any]:
    error, files = record["error"], " ".join(file["id"] for file in record["files"])
    words = f"{error.get('code', '')}: {error.get('message', '')}" if error else ""
    return [
        _harmless(each) for each in (*(record[field] for field in FIELDS[:7]), words, files, " ".join(record["links"]))
    ]


def _harmless(value: Any) -> Any:
    """Put an apostrophe before what a spreadsheet would run as a formula: an id is whatever somebody gave."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _csv(rows: Sequence[Sequence[Any]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
