"""Holds every data file of the catalogue against its JSON Schema, and every entry against what it refers to."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kie.catalogue import Catalogue
from kie.catalogue.files import DATA, merge_patch
from kie.errors import KieError
from kie.money import credits_of
from kie.wire.rules import RULES

__all__ = ["Report", "check_data"]

_KINDS = frozenset(("image", "video", "audio", "music", "text", "data"))
_STANDINGS = frozenset(("current", "legacy", "retired", "undocumented"))
#: Data file -> its schema; files of a folder go by the folder's name.
_SCHEMAS = {
    "models": "models",
    "dialects": "dialects",
    "corrections.json": "corrections",
    "roles.json": "roles",
    "aliases.json": "aliases",
    "index.json": "index",
}


@dataclass
class Report:
    """What a check found.

    Attributes:
        faults: one sentence for each fault; empty where all is well.
        files: how many files were read.
        models: how many models were loaded.
        by_schema: whether the JSON Schemas were used (the ``jsonschema`` package is there).

    """

    faults: list[str] = field(default_factory=list)
    files: int = 0
    models: int = 0
    by_schema: bool = False


def check_data(folder: Path | str | None = None) -> Report:
    """Check the data that ship, and those of a user's folder merged over them."""
    report = Report()
    places = [DATA, *([Path(folder).expanduser()] if folder else [])]
    for place in places:
        for path in sorted(place.rglob("*.json")):
            if path.parent.name != "schema":
                _check_file(path, place, report)
    if report.faults:
        return report  # what cannot be read cannot be judged further
    try:
        catalogue = Catalogue(folder)
        for name in catalogue:
            _check_model(catalogue, name, report)
        _check_names(catalogue, places, report)
    except KieError as error:
        report.faults.append(str(error))
    return report


def _check_file(path: Path, place: Path, report: Report) -> None:
    report.files += 1
    name = path.relative_to(place).as_posix()
    try:
        document = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        report.faults.append(f"{name}: {error}")
        return
    schema = _SCHEMAS.get(path.parent.name if path.parent != place else path.name)
    if schema is None:
        return
    try:
        from jsonschema import Draft202012Validator
    except ImportError:
        if not isinstance(document, dict):
            report.faults.append(f"{name}: an object is needed")
        return
    report.by_schema = True
    if place != DATA:
        document = _merged(document, path, place)
    rules = json.loads((DATA / "schema" / f"{schema}.schema.json").read_bytes())
    found = sorted(Draft202012Validator(rules).iter_errors(document), key=lambda fault: list(map(str, fault.path)))
    for fault in found[:20]:
        report.faults.append(f"{name}: {'/'.join(map(str, fault.absolute_path)) or '.'}: {fault.message[:200]}")


def _merged(document: Any, path: Path, place: Path) -> Any:
    """Return a file of the user's as the catalogue sees it: over the one that ships, where there is one."""
    shipped = DATA / path.relative_to(place)
    if path.parent.name != "models":
        return merge_patch(json.loads(shipped.read_bytes()), document) if shipped.exists() else document
    models = document.get("models") if isinstance(document, dict) else None
    if not isinstance(models, dict):
        return document
    vendors = json.loads((DATA / "index.json").read_bytes())["models"]
    out = {}
    for name, entry in models.items():
        vendor = vendors.get(name)
        base = json.loads((DATA / "models" / f"{vendor}.json").read_bytes())["models"][name] if vendor else {}
        out[name] = merge_patch(base, entry)
    return {**document, "models": out}


def _check_model(catalogue: Catalogue, name: str, report: Report) -> None:
    """Load an entry and look at all that it refers to: dialect, role targets, rules, price."""
    faults = report.faults
    try:
        model = catalogue.entry(name)
    except KieError as error:
        faults.append(f"{name}: {error}")
        return
    except (KeyError, TypeError, AttributeError) as error:
        faults.append(f"{name}: {type(error).__name__}: {error}")
        return
    report.models += 1
    if model.kind not in _KINDS:
        faults.append(f"{name}: kind {model.kind!r}")
    if model.standing not in _STANDINGS:
        faults.append(f"{name}: standing {model.standing!r}")
    open_ended = model.schema.get("additionalProperties") is True
    for role, target in model.roles.items():
        if target.partition("[")[0] not in model.fields and not open_ended:
            faults.append(f"{name}: role {role} leads to {target!r}, which is no input")
    for field_name in model.required:
        if field_name not in model.fields:
            faults.append(f"{name}: {field_name!r} is required, but is no input")
    for rule in model.rules:
        if rule.get("rule") not in RULES:
            faults.append(f"{name}: there is no rule {rule.get('rule')!r}")
    _check_price(name, model.raw.get("price"), report)
    try:
        model.price()
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        faults.append(f"{name}: price: {type(error).__name__}: {error}")


def _check_price(name: str, price: Any, report: Report) -> None:
    if not price:
        return
    if not price.get("tiers") and not price.get("tokens"):
        report.faults.append(f"{name}: a price without tiers")
    for tier in price.get("tiers", ()):
        if not isinstance(tier.get("credits"), str) or credits_of(tier["credits"]) is None:
            report.faults.append(f"{name}: credits {tier.get('credits')!r} are no decimal in quotes")
    if not price.get("date") or not price.get("source"):
        report.faults.append(f"{name}: a price without date or source")


def _check_names(catalogue: Catalogue, places: list[Path], report: Report) -> None:
    """Follow every alias, twin and retirement to its end."""
    names: dict[str, Any] = {"aliases": {}, "retired": {}, "pairs": []}
    for place in places:
        if (place / "aliases.json").exists():
            found = json.loads((place / "aliases.json").read_bytes())
            names["aliases"].update(found.get("aliases", {}))
            names["retired"].update(found.get("retired", {}))
            names["pairs"] += found.get("pairs", [])
    for alias in names["aliases"]:
        try:
            catalogue.resolve(alias, retired=True)
        except KieError as error:
            report.faults.append(f"alias {alias}: {error}")
        except KeyError as error:
            report.faults.append(f"alias {alias}: leads to {error}, which is no id")
    known = set(catalogue)
    for pair in names["pairs"]:
        report.faults += [
            f"pair {pair['name']}: {pair[side]!r} is no id"
            for side in ("unified", "legacy")
            if pair.get(side) not in known
        ]
    for gone, record in names["retired"].items():
        successor = record.get("successor")
        if successor and successor not in catalogue:
            report.faults.append(f"retired {gone}: its successor {successor!r} is no model in use")
