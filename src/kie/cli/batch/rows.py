"""The rows of a batch: from JSONL or CSV, checked before anything is sent."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kie.cli.lang import t
from kie.cli.values import parsed, with_files
from kie.errors import InvalidInput, KieError
from kie.wire.prepare import prepare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kie.catalogue import Catalogue, Model
    from kie.money import Price

__all__ = ["Row", "read_rows"]


@dataclass(frozen=True)
class Row:
    """A call.

    Attributes:
        line: its line in the file, from 1.
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
    kind = path.suffix.lower()
    if kind not in (".jsonl", ".ndjson", ".csv"):
        raise InvalidInput(t("batch.kind", file=path), field="FILE")
    rows, faults = [], []
    seen: Counter[str] = Counter()
    try:
        found = list(_csv(path) if kind == ".csv" else _jsonl(path))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidInput(t("batch.unreadable", file=path, error=error), field="FILE") from None
    for line, given in found:
        try:
            if isinstance(given, InvalidInput):
                raise given
            row = _row(line, given, catalogue, model, seen)
        except KieError as error:
            faults.append(t("batch.fault", line=line, error=str(error)))
        else:
            rows.append(row)
    return rows, faults


def _jsonl(path: Path) -> Iterator[tuple[int, Any]]:
    with path.open(encoding="utf-8-sig") as file:
        for line, text in enumerate(file, 1):
            if not text.strip():
                continue
            try:
                given = json.loads(text)
            except ValueError as error:
                yield line, InvalidInput(t("batch.no-json", error=error))
                continue
            yield line, given


def _csv(path: Path) -> Iterator[tuple[int, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for cells in reader:
            line = reader.line_num
            if None in cells:
                yield line, InvalidInput(t("batch.too-many-cells"))
                continue
            try:
                given = {k.strip(): parsed(k, v) for k, v in cells.items() if k and v is not None and v.strip()}
            except InvalidInput as error:
                yield line, error
                continue
            yield line, given


def _row(line: int, given: Any, catalogue: Catalogue, default: str | None, seen: Counter[str]) -> Row:
    if not isinstance(given, dict):
        raise InvalidInput(t("batch.no-object"))
    inputs = {key: value for key, value in given.items() if key != "model"}
    if isinstance(inputs.get("input"), dict) and len(inputs) == 1:
        inputs = inputs["input"]
    name = given.get("model") or default
    if not isinstance(name, str) or not name:
        raise InvalidInput(t("batch.no-model"))
    found = catalogue.resolve(name)
    model = found.model
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
    return Row(line, f"{digest}-{seen[digest]}", name, model, inputs, model.price(**ready.input))
