"""Extracts what the emulator knows of the vendor's models: names, types, enums, limits, defaults and prices.

It reads the vendor's OpenAPI files and price list in ../shared/kie-api and writes
src/kie/emulator/data/facts.json. No description and no sentence of the vendor's is carried over. The emulator
reads only that file, and the client's catalogue is made by another tool from other files: so a wrong name on
one side cannot hide on the other.

    python tools/emulator_facts.py           # writes the file
    python tools/emulator_facts.py --check   # fails when the file is not what the sources say
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "kie-api"
TARGET = ROOT / "src" / "kie" / "emulator" / "data" / "facts.json"

_KEPT = (
    "type",
    "enum",
    "const",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "format",
    "deprecated",
)
_LONGEST_DEFAULT = 24  # a longer one is an example sentence which got into the wrong key
# Pages leave these out of their examples, and no model works without them.
_ESSENTIAL = frozenset(
    {"prompt", "text", "descriptions", "task_id", "image_url", "image_urls", "video_url", "video_urls"}
)
_CREATE_TASK = "POST /api/v1/jobs/createTask"


def _facts(schema: Any) -> dict[str, Any]:
    """The facts of one JSON Schema, without prose."""
    if not isinstance(schema, dict):
        return {}
    found: dict[str, Any] = {key: schema[key] for key in _KEPT if key in schema}
    default = schema.get("default")
    if default is not None and not (isinstance(default, str) and len(default) > _LONGEST_DEFAULT):
        text = json.dumps(default)
        if "http" not in text and len(text) <= 2 * _LONGEST_DEFAULT:
            found["default"] = default
    if "items" in schema:
        found["items"] = _facts(schema["items"])
    if isinstance(schema.get("properties"), dict):
        found["properties"] = {name.strip(): _facts(value) for name, value in sorted(schema["properties"].items())}
    if schema.get("required"):
        found["required"] = sorted(name.strip() for name in schema["required"])
    return found


def _content(path: Path, endpoint: str) -> dict[str, Any] | None:
    """The request body in one OpenAPI file, for "POST /path": its schema and its examples."""
    method, _, url = endpoint.partition(" ")
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    operation = document.get("paths", {}).get(url.split()[0], {}).get(method.lower())
    if operation is None:
        return None
    for content in operation.get("requestBody", {}).get("content", {}).values():
        if isinstance(content.get("schema"), dict):
            return dict(content)
    return None


def _examples(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The whole bodies which a page gives as examples."""
    held = [content.get("example")]
    held += [named.get("value") for named in (content.get("examples") or {}).values() if isinstance(named, dict)]
    return [one for one in held if isinstance(one, dict)]


def _accept(facts: dict[str, Any], example: dict[str, Any], kept: frozenset[str] = _ESSENTIAL) -> None:
    """Relaxes the facts so that a request which the vendor shows, or has taken, passes.

    A required field that is shown empty may be empty ("empty"), and must still be there.
    """
    empty = {name for name in facts.get("required", ()) if name in kept and name in example and not example[name]}
    empty = {name for name in empty if example[name] in ("", [])} | set(facts.get("empty", ()))
    if empty:
        facts["empty"] = sorted(empty)
    required = [name for name in facts.get("required", ()) if name in kept or example.get(name) not in (None, "", [])]
    if "required" in facts and required != facts["required"]:
        facts["required"] = required
    for name, value in example.items():
        field = facts.get("properties", {}).get(name)
        if field is None or isinstance(value, dict):
            continue
        values = value if isinstance(value, list) else [value]
        if "enum" in field and not isinstance(value, list) and str(value) not in map(str, field["enum"]):
            field["enum"] = [*field["enum"], value]
        if isinstance(value, int | float) and not isinstance(value, bool):
            for limit, better in (("minimum", min), ("maximum", max)):
                if limit in field:
                    field[limit] = better(field[limit], value)
        if isinstance(value, list) and len(value) < field.get("minItems", 0):
            field.pop("minItems")
        for item in values:
            if isinstance(item, dict) and "properties" in field.get("items", {}):
                _accept(field["items"], item)


def _recorded() -> list[tuple[str, dict[str, Any]]]:
    """Requests which the vendor took: path and body."""
    held = []
    for file in sorted((SHARED / "responses").glob("apicity-har-*/*.json")):
        for exchange in json.loads(file.read_text(encoding="utf-8")):
            request, answer = exchange["request"], exchange["response"]["body"]
            if isinstance(request["body"], dict) and isinstance(answer, dict) and answer.get("code") == 200:
                held.append(("/" + request["url"].split("/", 3)[-1].split("?")[0], request["body"]))
    return held


def _shown(schema: dict[str, Any]) -> dict[str, Any]:
    """The fields of a schema with the examples that stand beside them."""
    held = (schema.get("properties") or {}).items()
    return {name.strip(): field["examples"][0] for name, field in held if field.get("examples")}


def _input_schema(entry: dict[str, Any]) -> dict[str, Any]:
    """The input's schema: from the vendor's page where there is one, else as the inventory derived it.

    Whole examples and those of the fields pass it.
    """
    facts = _schema_of(entry)
    _accept(facts, _shown(entry.get("input_schema") or {}), frozenset(facts.get("required", ())))
    return facts


def _schema_of(entry: dict[str, Any]) -> dict[str, Any]:
    source = str(entry.get("source", "")).split(" ")[0]
    path = SHARED / source
    if source.startswith("openapi") and path.is_file():
        content = _content(path, entry["endpoint"])
        if content is not None:
            market = entry["endpoint"] == _CREATE_TASK
            body = content["schema"]
            facts = _facts(body.get("properties", {}).get("input", {}) if market else body)
            for example in _examples(content):
                inner = example.get("input") if market else example
                if isinstance(inner, dict):
                    _accept(facts, inner)
            return facts
    return _facts(entry.get("input_schema") or {})


def _standing(status: str) -> str:
    if "accepted by createTask" in status:
        return "failing"
    for word in ("retired", "gone", "in the April", "no longer", "not in", "listed"):
        if status.startswith(word):
            return {"retired": "retired", "listed": "listed"}.get(word, "undocumented")
    return "legacy" if "legacy" in status else "current"


def extract() -> dict[str, Any]:
    """All facts: {"date", "models": {id: ...}, "paths": {"POST /path": ...}, "chat": {id: ...}}."""
    entries = json.loads((SHARED / "models.json").read_text(encoding="utf-8"))
    models: dict[str, Any] = {}
    paths: dict[str, Any] = {}
    chat: dict[str, Any] = {}
    for entry in entries:
        fact: dict[str, Any] = {
            "kind": entry["category"],
            "task": entry["task"],
            "standing": _standing(entry["status"]),
        }
        price = entry.get("price")
        if price:
            fact["price"] = {"unit": price["unit"], "credits": price["credits"], "date": price["date"]}
            if "rounded up" in (price.get("note") or ""):
                fact["price"]["round"] = "up"
        if entry["category"] == "chat":
            fact["path"] = entry["endpoint"]
            chat[entry["id"]] = fact
            continue
        schema = _input_schema(entry)
        fact["input"] = {key: schema[key] for key in ("properties", "required", "empty") if schema.get(key)}
        if entry["endpoint"] == _CREATE_TASK:
            fact["family"] = entry["family"]
            models[entry["id"]] = fact
        else:
            paths[entry["endpoint"].split(" (")[0]] = fact
    for url, body in _recorded():
        known = models.get(body.get("model", "")) if url.endswith("createTask") else paths.get(f"POST {url}")
        if known is not None:
            _accept(known["input"], body["input"] if url.endswith("createTask") else body, frozenset())
    return {
        "source": "kie.ai OpenAPI files of 2026-08-19 and 2026-10, price list of 2026-10-02",
        "models": dict(sorted(models.items())),
        "paths": dict(sorted(paths.items())),
        "chat": dict(sorted(chat.items())),
    }


def _line(fact: dict[str, Any]) -> str:
    return json.dumps(fact, ensure_ascii=False, separators=(",", ":"))


def render() -> str:
    """The text of facts.json: one model a line, so that a change shows as a change of one line."""
    facts = extract()
    lines = ["{", f'"source": {json.dumps(facts["source"])},']
    sections = ("models", "paths", "chat")
    for section in sections:
        lines.append(f'"{section}": {{')
        items = [
            json.dumps(name) + ":" + json.dumps(fact, ensure_ascii=False, separators=(",", ":"))
            for name, fact in facts[section].items()
        ]
        lines.append(",\n".join(items))
        lines.append("}" if section == sections[-1] else "},")
    lines.append("}")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Writes or checks the file; the exit code is 1 when a check finds a difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the file is not current")
    arguments = parser.parse_args()
    if not SHARED.is_dir():
        print(f"The vendor's files are not here: {SHARED}", file=sys.stderr)
        return 2
    text = render()
    if arguments.check:
        if TARGET.read_text(encoding="utf-8") != text:
            print(
                f"{TARGET.name} is not what the sources say: run python tools/emulator_facts.py",
                file=sys.stderr,
            )
            return 1
        return 0
    TARGET.write_text(text, encoding="utf-8")
    print(f"{TARGET}: {len(text) // 1024} kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
