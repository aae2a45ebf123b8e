#!/usr/bin/env python3
"""Write the vendor's facts into ``src/kie/catalogue/data/models`` and ``index.json``.

    python tools/import_catalogue.py ../shared/kie-api           # write
    python tools/import_catalogue.py ../shared/kie-api --check   # say whether what is written is current

What the vendor's documents get wrong is corrected apart, in ``data/corrections.json``; this tool never edits that
file. With the ``jsonschema`` package it also writes ``docs/example-contradictions.md``.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.catalogue_import import naming  # noqa: E402 -- the folder above is what makes it importable
from tools.catalogue_import.additions import additions  # noqa: E402
from tools.catalogue_import.examples import report  # noqa: E402
from tools.catalogue_import.facts import facts  # noqa: E402
from tools.catalogue_import.output import dumps  # noqa: E402
from tools.catalogue_import.prices import price  # noqa: E402
from tools.catalogue_import.roles import roles  # noqa: E402
from tools.catalogue_import.twins import with_twin_prices  # noqa: E402
from tools.catalogue_import.waits import wait  # noqa: E402

DATA = ROOT / "src" / "kie" / "catalogue" / "data"
CONTRADICTIONS = ROOT / "docs" / "example-contradictions.md"


def entry(record: dict[str, Any]) -> dict[str, Any]:
    """Return one model as the catalogue has it."""
    name = record["id"]
    flat = naming.dialect(record) != "market"
    schema = record["input_schema"]
    found = facts(name, schema, flat=flat, chat=record["family"] == "chat")
    kind = naming.kind(record)
    tasks = naming.tasks(record, found)
    dialect = naming.dialect(record)
    out: dict[str, Any] = {
        "title": naming.title(name),
        "kind": kind,
        "tasks": tasks,
        "dialect": dialect,
        "standing": naming.standing(record),
    }
    submit = naming.submit(record, (schema or {}).get("required", []))
    if submit:
        out["submit"] = submit
    result = {"text": "text", "data": "data"}.get(kind, "urls")
    if result != "urls" and dialect == "market":
        out["result"] = result
    out["input"] = found
    played = roles(name, kind, tasks, found)
    if played:
        out["roles"] = played
    cost = price(name, record.get("price"), found)
    if cost:
        out["price"] = cost
    patience = wait(record, kind, dialect)
    if patience:
        out["wait"] = patience
    if record.get("own_note"):
        out["note"] = record["own_note"]
    out["source"] = {"document": _document(record["source"])}
    if record.get("docs_date"):
        out["source"]["date"] = record["docs_date"]
    if record.get("confidence"):
        out["source"]["confidence"] = "optional fields derived"
        _open_choices(found, cost or {})
    return out


def _open_choices(schema: dict[str, Any], cost: dict[str, Any]) -> None:
    """Mark the choices of derived optional fields as open: others may exist. Not where the price hangs on them."""
    decisive = {name for tier in cost.get("tiers", ()) for name in tier.get("when", {})}
    for name, field in schema.get("properties", {}).items():
        if "enum" in field and name not in schema.get("required", ()) and name not in decisive:
            field["x-open"] = True


def _document(source: str) -> str:
    """Return the name of the vendor's page, without the folders of our copies."""
    for start in ("openapi-2026-08/", "openapi-2026-10-unified/", "openapi/"):
        if source.startswith(start):
            return source.removeprefix(start).removesuffix(".yaml").replace("__", "/")
    if source.startswith(("an integration", "inventory")):
        return source
    return "names seen in third-party lists"


def build(shared: Path) -> dict[Path, str]:
    """Return every generated file with its text."""
    records = [*json.loads((shared / "models.json").read_text()), *additions()]
    records = with_twin_prices(records)
    files: dict[str, dict[str, Any]] = {}
    index: dict[str, str] = {}
    for record in sorted(records, key=lambda r: str(r["id"])):
        vendor, stem = naming.vendor(record)
        if record["id"] in index:
            raise ValueError(f"{record['id']} occurs twice")
        index[record["id"]] = stem
        files.setdefault(stem, {"vendor": vendor, "models": {}})["models"][record["id"]] = entry(record)
    out = {DATA / "models" / f"{stem}.json": dumps(files[stem]) for stem in sorted(files)}
    out[DATA / "index.json"] = dumps({"models": index})
    merged = {name: model for document in files.values() for name, model in document["models"].items()}
    text = report(shared, records, merged, DATA / "corrections.json")
    if text is not None:
        out[CONTRADICTIONS] = text
    return out


def main(arguments: list[str] | None = None) -> int:
    """Write or check the files; return 1 where ``--check`` finds something stale."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else None)
    parser.add_argument("shared", type=Path, help="the folder with models.json and the vendor's OpenAPI files")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a file is not current")
    options = parser.parse_args(arguments)
    files = build(options.shared)
    known = set(files)
    stale = [path for path, text in files.items() if not path.exists() or path.read_text() != text]
    surplus = [path for path in sorted((DATA / "models").glob("*.json")) if path not in known]
    if options.check:
        for path in (*stale, *surplus):
            print(f"not current: {path.relative_to(ROOT)}")
        return 1 if stale or surplus else 0
    for path in surplus:
        path.unlink()
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[path])
    print(f"{len(files)} files, {len(stale)} of them changed, {len(surplus)} removed")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
