"""The rows of a batch: from JSONL or CSV, checked before anything is sent."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kie.cli.lang import number, t
from kie.cli.values import with_files
from kie.errors import InvalidInput, KieError
from kie.service.batches.line import Refused, uncelled
from kie.service.batches.reading import ReadLimits
from kie.service.batches.sources import file_entries
from kie.wire.prepare import prepare

if TYPE_CHECKING:
    from kie.catalogue import Catalogue, Model
    from kie.money import Price
    from kie.service.batches.line import Entry

__all__ = ["Row", "read_rows"]

#: A file is refused beyond this; its rows are held in memory.
_LIMITS = ReadLimits()


@dataclass(frozen=True)
class Row:
    """A call.

    Attributes:
        line: its line in the file, from 1; the first of them.
        key: what it is known by in the journal: a hash of its content, and which of several equal rows it is.
        name: the model as the row (or ``--model``) names it.
        model: the model.
        inputs: its inputs.
        price: the estimate, or None where no price is published.

    """

    line: int
    key: str
    name: str
    model: Model
    inputs: dict[str, Any]
    price: Price | None


def read_rows(path: Path, catalogue: Catalogue, model: str | None) -> tuple[list[Row], list[str]]:
    """Read and check a file; return the rows that can be sent, and a sentence with line number for each other one.

    Args:
        path: a ``.jsonl`` or ``.csv`` file.
        catalogue: the models.
        model: the model of rows that name none.

    Raises:
        InvalidInput: the file cannot be read, or is of neither kind.

    """
    if path.suffix.lower() not in (".jsonl", ".ndjson", ".csv"):
        raise InvalidInput(t("batch.kind", file=path), field="FILE")
    rows, faults = [], []
    seen: Counter[str] = Counter()
    try:
        found = list(file_entries(path, _LIMITS))
    except (OSError, InvalidInput) as error:
        raise InvalidInput(t("batch.unreadable", file=path, error=error), field="FILE") from None
    for entry in found:
        try:
            row = _row(entry, catalogue, model, seen)
        except KieError as error:
            faults.append(t("batch.fault", line=entry.line, error=str(error)))
        else:
            rows.append(row)
    return rows, faults


def _row(entry: Entry, catalogue: Catalogue, default: str | None, seen: Counter[str]) -> Row:
    if isinstance(entry, Refused):
        raise InvalidInput(t(f"batch.{entry.code}", about=entry.about), field=entry.field)
    name = entry.model or default
    if not name:
        raise InvalidInput(t("batch.no-model"))
    if entry.callback_url is not None:
        raise InvalidInput(t("batch.not-here", name="callback_url"), field="callback_url")
    found = catalogue.resolve(name)
    model = found.model
    inputs = uncelled(entry.input, model)
    content = json.dumps([model.id, inputs], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(content.encode()).hexdigest()[:20]
    seen[digest] += 1
    inputs = with_files(inputs, model)
    ready = prepare(model, inputs, preset=found.preset, roles=catalogue.roles)
    for file in ready.files:
        source = file.source
        local = isinstance(source, (str, Path)) and not str(source).startswith("data:")
        if local and not Path(source).expanduser().is_file():
            raise InvalidInput(t("values.no-file", name=file.path, path=source), field=file.path)
    price = model.price(**ready.input)
    if entry.max_credits is not None and (price is None or not price.within(entry.max_credits)):
        raise InvalidInput(t("batch.over-own", limit=number(f"{entry.max_credits:f}")), field="max_credits")
    return Row(entry.line, f"{digest}-{seen[digest]}", name, model, inputs, price)
