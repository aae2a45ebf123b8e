"""Every request that the vendor shows, and every one that was recorded, held against the catalogue's schemas.

Where they disagree, ``corrections.json`` says which is right: either its ``set`` changes the schema, or its
``examples`` state why the example is wrong. The result is ``docs/example-contradictions.md``.
"""

from __future__ import annotations

import importlib.util
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["Finding", "findings", "report"]

_CALLBACKS = {"callBackUrl", "calBackUrl"}
_SHOWN = 60
_HEADER = ("| field | schema | example | where | what decides |", "|---|---|---|---|---|")


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a shown or recorded request is not what the schema says."""

    model: str
    origin: str
    field: str
    schema_says: str
    example_says: str
    decided: str = ""


@dataclass(frozen=True, slots=True)
class _Shown:
    origin: str
    value: dict[str, Any]
    whole: bool


def _merge_patch(base: Any, patch: Any) -> Any:
    if not isinstance(patch, dict):
        return patch
    out = dict(base) if isinstance(base, dict) else {}
    for key, value in patch.items():
        if value is None:
            out.pop(key, None)
        else:
            out[key] = _merge_patch(out.get(key), value)
    return out


# ----------------------------------------------------------------------------------------------------- what is shown


def _from_page(path: Path, origin: str) -> Iterator[_Shown]:
    """Find whole requests in an OpenAPI file."""
    import yaml  # type: ignore[import-untyped, unused-ignore] # only where it is installed

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document = yaml.load(path.read_text(), Loader=loader)
    for operations in (document.get("paths") or {}).values():
        for method, operation in operations.items():
            if method != "post" or not isinstance(operation, dict):
                continue
            for media in ((operation.get("requestBody") or {}).get("content") or {}).values():
                schema = media.get("schema") or {}
                values = [media.get("example"), schema.get("example"), *(schema.get("examples") or ())]
                named = media.get("examples")
                values += [each.get("value") for each in named.values()] if isinstance(named, dict) else []
                inner = (schema.get("properties") or {}).get("input") or {}
                values += [{"input": each} for each in (inner.get("example"), *(inner.get("examples") or ()))]
                for value in values:
                    if isinstance(value, dict) and value and value != {"input": None}:
                        yield _Shown(origin, value, whole=True)


def _by_field(schema: dict[str, Any]) -> dict[str, Any]:
    """Compose a request out of the examples of its fields."""
    out: dict[str, Any] = {}
    for name, inner in (schema.get("properties") or {}).items():
        if isinstance(inner, dict):
            shown = inner.get("examples") or ([inner["example"]] if "example" in inner else [])
            if isinstance(shown, list) and shown:
                out[name.strip()] = shown[0]
    return out


def _recorded(shared: Path) -> dict[str, list[_Shown]]:
    """Return the recorded requests that the vendor accepted, by id (or path, for endpoints of their own)."""
    out: dict[str, list[_Shown]] = {}
    for path in sorted((shared / "responses").glob("apicity-har*/*.json")):
        for exchange in json.loads(path.read_text()):
            request, answer = exchange.get("request") or {}, (exchange.get("response") or {}).get("body")
            body = request.get("body")
            if isinstance(body, str) and body.startswith("{"):
                try:
                    body = json.loads(body)
                except ValueError:
                    continue
            if not isinstance(body, dict) or not isinstance(answer, dict) or answer.get("code") != 200:
                continue
            url = str(request.get("url", ""))
            key = str(body.get("model")) if url.endswith("/jobs/createTask") else url.partition("kie.ai")[2]
            out.setdefault(key, []).append(_Shown(f"recorded {str(exchange.get('at'))[:10]}", body, whole=True))
    return out


def _shown_of(record: dict[str, Any], shared: Path, wire: dict[str, list[_Shown]]) -> Iterator[_Shown]:
    source = str(record["source"])
    schema = record["input_schema"] or {}
    page = shared / source
    if source.endswith(".yaml") and page.exists():
        yield from _from_page(page, f"page of {record.get('docs_date')}")
        older = shared / source.replace("openapi-2026-08/", "openapi/")
        if older != page and older.exists():
            yield from _from_page(older, "page of 2026-04-29")
    for value in schema.get("examples") or ():
        if isinstance(value, dict):
            yield _Shown(f"page of {record.get('docs_date')}", value, whole=True)
    composed = _by_field(schema)
    for branch in (*(schema.get("oneOf") or ()), *(schema.get("anyOf") or ())):
        composed |= _by_field(branch) if isinstance(branch, dict) else {}
    if composed:
        yield _Shown(f"examples of the fields, {record.get('docs_date')}", composed, whole=False)
    yield from wire.get(record["id"], ())
    yield from wire.get(record["endpoint"].partition(" ")[2], ())


def _input_of(record: dict[str, Any], dialect: str, value: dict[str, Any]) -> dict[str, Any]:
    """Return the part of a request that the catalogue calls its input."""
    found: Any = value
    if dialect == "market" and isinstance(value.get("input"), (dict, str)):
        found = value["input"]
        if isinstance(found, str):
            found = json.loads(found)
    drop = set(_CALLBACKS) | ({"model"} if record["family"] == "chat" else set())
    return {str(k).strip(): v for k, v in found.items() if k not in drop}


# ------------------------------------------------------------------------------------------------------ the comparison


def _validator(schema: dict[str, Any]) -> Any:
    from jsonschema import Draft202012Validator, validators

    def steps(_validator: Any, step: float, value: Any, _schema: Any) -> Iterator[Any]:
        if isinstance(value, (int, float)) and not isinstance(value, bool) and Decimal(str(value)) % Decimal(str(step)):
            from jsonschema import ValidationError

            yield ValidationError(f"not on a step of {step}")

    judge: Any = validators  # its stubs know no types here
    return judge.extend(Draft202012Validator, {"multipleOf": steps})(schema)


def _short(value: Any) -> str:
    text = "a link" if isinstance(value, str) and "://" in value else json.dumps(value, ensure_ascii=False)
    if isinstance(value, list) and any(isinstance(v, str) and "://" in v for v in value):
        text = f"a list of {len(value)} link(s)"
    elif isinstance(value, str) and "://" not in value and len(value) > 24:
        text = f"a text of {len(value)} characters"
    elif isinstance(value, (dict, list)) and len(text) > _SHOWN:
        text = f"{'an object' if isinstance(value, dict) else 'a list'} of {len(value)}"
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _wanted(error: Any) -> str:
    """Return what the schema asks for, in our words."""
    rule, value = error.validator, error.validator_value
    words = {
        "type": f"type {value}",
        "enum": f"one of {', '.join(map(str, value)) if isinstance(value, list) else value}",
        "maxLength": f"at most {value} characters",
        "minLength": f"at least {value} characters",
        "maxItems": f"at most {value} items",
        "minItems": f"at least {value} items",
        "minimum": f"at least {value}",
        "maximum": f"at most {value}",
        "multipleOf": f"steps of {value}",
        "pattern": f"the form {value}",
        "const": f"{value}",
        "additionalProperties": "no such field",
    }
    text = words.get(rule, "the values go together in another way")
    return text if len(text) <= 2 * _SHOWN else text[: 2 * _SHOWN - 1] + "…"


def _errors(schema: dict[str, Any], value: dict[str, Any], *, whole: bool) -> Iterator[tuple[str, str, str]]:
    fields = schema.get("properties", {})
    if schema.get("additionalProperties") is not True:
        for name, given in value.items():
            if name not in fields:
                yield name, "no such field", _short(given)
    for error in _validator(schema).iter_errors(value):
        path = ".".join(str(p) for p in error.absolute_path)
        if error.validator == "required":
            missing = [name for name in error.validator_value if name not in error.instance]
            if not whole:
                continue
            for name in missing:
                yield f"{path}.{name}".lstrip("."), "required", "missing"
        elif error.validator in ("anyOf", "oneOf", "not", "if", "allOf", "then", "else") and not path and not whole:
            continue
        else:
            yield path or "(together)", _wanted(error), _short(error.instance if path else None)


def findings(
    shared: Path, records: Iterable[dict[str, Any]], models: dict[str, Any], corrections: dict[str, Any]
) -> list[Finding]:
    """Return every contradiction with the vendor's schema, and how it is decided ("" where it is not)."""
    wire = _recorded(shared)
    out: dict[tuple[str, str, str, str], Finding] = {}
    for record in records:
        name = record["id"]
        model = models[name]
        own = corrections.get(name, {})
        final = _merge_patch(model["input"], own.get("set", {}).get("input", {}))
        for shown in _shown_of(record, shared, wire):
            other = shown.value.get("model")
            if model["dialect"] == "market" and other in models and other != name:
                why = "the schema: the example is that of another model"
                found = Finding(name, shown.origin, "model", _short(name), _short(other), why)
                out.setdefault((name, "model", name, other), found)
                continue
            value = _input_of(record, model["dialect"], shown.value)
            left = {(f, w) for f, w, _ in _errors(final, value, whole=shown.whole)}
            vendor = list(_errors(model["input"], value, whole=shown.whole))
            ours = [each for each in _errors(final, value, whole=shown.whole) if each not in vendor]
            for field, wanted, says in (*vendor, *ours):
                decided = _decision(own, field, still=(field, wanted) in left)
                found = Finding(name, shown.origin, field, wanted, says, decided)
                out.setdefault((name, field, wanted, says), found)
    return sorted(out.values(), key=lambda f: (f.model, f.field, f.schema_says, f.example_says))


def _decision(own: dict[str, Any], field: str, *, still: bool) -> str:
    """Return who is right: the example (the schema is corrected), or the schema, with the stated reason."""
    for each in own.get("examples", ()):
        if each["field"] == field:
            return f"{each['right']}: {each['why']}"
    if not still:
        reasons = own.get("why", ())
        near = [why for why in reasons if field.rpartition(".")[2] in why]
        return "the example: " + "; ".join(near or reasons)
    return ""


def report(shared: Path, records: Iterable[dict[str, Any]], models: dict[str, Any], corrections: Path) -> str | None:
    """Return the text of ``docs/example-contradictions.md``, or None where a package for it is missing."""
    if not all(importlib.util.find_spec(name) for name in ("jsonschema", "yaml")):
        return None
    found = findings(shared, records, models, json.loads(corrections.read_text())["models"])
    lines = [
        "# Where the vendor's examples contradict the vendor's schemas",
        "",
        "Written by `python tools/import_catalogue.py ../shared/kie-api`; do not edit. Every request that a page shows",
        "(as a whole, or field by field), and every recorded one that was accepted, was checked against the schema.",
        "The last column says what the catalogue goes by; the reasons stand in `corrections.json`.",
    ]
    model = ""
    for each in found:
        if each.model != model:
            model = each.model
            lines += [
                "",
                f"## `{model}`",
                "",
                "| field | schema | example | where | what decides |",
                "|---|---|---|---|---|",
            ]
        cells = (f"`{each.field}`", each.schema_says, each.example_says, each.origin, each.decided or "**undecided**")
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"
