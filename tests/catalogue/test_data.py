"""The catalogue's data: complete, valid, current, and free of the vendor's prose."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from kie.catalogue.files import DATA, Catalogue, merge_patch
from kie.catalogue.names import fold
from kie.catalogue.price import Estimator

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "kie-api"

with_shared = pytest.mark.skipif(
    not (SHARED / "models.json").exists(), reason="the vendor's documents (../shared/kie-api) are not here"
)


def _load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


FILES = {path.stem: _load(path) for path in sorted((DATA / "models").glob("*.json"))}
MODELS: dict[str, dict[str, Any]] = {n: m for f in FILES.values() for n, m in f["models"].items()}
CORRECTIONS = _load(DATA / "corrections.json")["models"]
ALIASES = _load(DATA / "aliases.json")
INDEX = _load(DATA / "index.json")["models"]
ROLES = _load(DATA / "roles.json")["roles"]
FINAL = {n: merge_patch(m, CORRECTIONS.get(n, {}).get("set", {})) for n, m in MODELS.items()}


@pytest.fixture(scope="module")
def documented() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _load(SHARED / "models.json")
    return found


def _schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = _load(DATA / "schema" / f"{name}.schema.json")
    return found


def _faults(schema: dict[str, Any], document: Any) -> list[str]:
    found = Draft202012Validator(schema).iter_errors(document)
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message}"[:200] for e in found]


def _nodes(schema: Any) -> Iterator[dict[str, Any]]:
    """Walk the nodes of a JSON Schema."""
    if not isinstance(schema, dict):
        return
    yield schema
    for inner in schema.get("properties", {}).values():
        yield from _nodes(inner)
    for key in ("items", "not", "if", "then", "else", "additionalProperties"):
        yield from _nodes(schema.get(key))
    for key in ("oneOf", "anyOf", "allOf"):
        for inner in schema.get(key, ()):
            yield from _nodes(inner)


def _strings(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner, (*path, str(key)))
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, path)


# ----------------------------------------------------------------------------------- form of the files


@pytest.mark.parametrize("name", ["aliases", "corrections", "index", "models", "roles"])
def test_every_file_has_the_form_its_schema_says(name: str) -> None:
    schema = _schema(name)
    Draft202012Validator.check_schema(schema)
    paths = sorted((DATA / "models").glob("*.json")) if name == "models" else [DATA / f"{name}.json"]
    assert {path.name: faults for path in paths if (faults := _faults(schema, _load(path)))} == {}


def test_a_corrected_model_has_the_form_of_a_model() -> None:
    schema = _schema("models")
    merged = {"vendor": "all", "models": FINAL}
    assert _faults(schema, merged) == []


def test_every_input_is_a_json_schema() -> None:
    for model in FINAL.values():
        Draft202012Validator.check_schema(model["input"])


def test_no_file_takes_long_to_read() -> None:
    sizes = {path.name: path.stat().st_size for path in DATA.rglob("*.json")}
    assert {name: size for name, size in sizes.items() if size > 120_000} == {}


# ---------------------------------------------------------------------------------------- completeness


def test_the_index_names_the_file_of_every_model() -> None:
    assert {name: stem for stem, file in FILES.items() for name in file["models"]} == INDEX
    assert list(INDEX) == sorted(INDEX)


@with_shared
def test_every_documented_model_is_there(documented: list[dict[str, Any]]) -> None:
    assert len(documented) == 291
    assert {record["id"] for record in documented} - set(INDEX) == set()


@with_shared
def test_the_current_models_of_create_task_are_current_here(documented: list[dict[str, Any]]) -> None:
    wanted = {
        record["id"]
        for record in documented
        if record["status"].startswith("current") and "createTask" in record["endpoint"]
    }
    assert len(wanted) == 184
    assert {name for name in wanted if MODELS[name]["standing"] != "current"} == set()
    assert {name for name in wanted if MODELS[name]["dialect"] != "market"} == set()


@with_shared
def test_every_documented_field_is_there(documented: list[dict[str, Any]]) -> None:
    for record in documented:
        schema = record["input_schema"] or {}
        fields = set(schema.get("properties", {}))
        for key in ("oneOf", "anyOf"):
            for branch in schema.get(key, ()):
                fields |= set(branch.get("properties", {}))
        fields = {name.strip() for name in fields} - {"callBackUrl", "calBackUrl"}
        if record["family"] == "chat":
            fields -= {"model"}
        assert fields <= set(MODELS[record["id"]]["input"].get("properties", {})), record["id"]


@with_shared
def test_the_generated_files_are_current() -> None:
    pytest.importorskip("yaml", reason="the vendor's pages are YAML")
    from tools.import_catalogue import build

    stale = [
        path.name
        for path, text in build(SHARED).items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run: python tools/import_catalogue.py ../shared/kie-api"


def test_every_contradiction_between_example_and_schema_is_decided() -> None:
    text = (ROOT / "docs" / "example-contradictions.md").read_text(encoding="utf-8")
    assert "undecided" not in text


# ------------------------------------------------------------------------------------- files and roles


def test_every_link_to_a_file_is_marked() -> None:
    """What has the format of a URI and is no link of ours to hand back wants a file."""
    plain = {("common/download-url", "url"), ("gpt4o-image/download-url", "url")}
    missing = [
        (name, field)
        for name, model in FINAL.items()
        for node in _nodes(model["input"])
        for field, schema in node.get("properties", {}).items()
        for inner in (schema, schema.get("items", {}) if isinstance(schema, dict) else {})
        if inner.get("format") == "uri" and "x-file" not in inner
        if (name, field) not in plain and field != "reference_link_urls"
    ]
    assert missing == []


def test_no_callback_field_is_an_input() -> None:
    for name, model in FINAL.items():
        assert not {"callBackUrl", "calBackUrl"} & set(model["input"].get("properties", {})), name


def test_every_role_leads_to_a_field() -> None:
    for name, model in FINAL.items():
        for role, target in model.get("roles", {}).items():
            field = target.partition("[")[0]
            assert field in model["input"]["properties"], (name, role)
            if "[" in target:
                assert model["input"]["properties"][field]["type"] == "array", (name, role)


def test_most_models_that_make_something_take_a_prompt_or_a_file() -> None:
    roles = {"prompt", "images", "video", "audio", "source_task"}
    lacking = [
        name
        for name, model in FINAL.items()
        if model["kind"] in ("image", "video", "audio", "music") and model["input"].get("properties")
        if not roles & set(model.get("roles", {}))
    ]
    lacking.sort()
    assert lacking == sorted(
        [
            "elevenlabs/text-to-dialogue-v3",
            "google/gemini-2-5-pro-tts",
            "google/gemini-3-1-flash-tts",
            "google/gemini-3-8-flash-lite-tts",
            "google/gemini-3-8-flash-tts",
        ]
    )


def test_other_words_for_values_end_at_a_value_that_some_model_takes() -> None:
    taken: dict[str, set[str]] = {}
    for model in FINAL.values():
        for role, target in model.get("roles", {}).items():
            schema = model["input"]["properties"][target.partition("[")[0]]
            taken.setdefault(role, set()).update(str(v) for v in schema.get("enum", ()))
    for role, record in ROLES.items():
        for word, others in record.get("values", {}).items():
            listed = others if isinstance(others, list) else [others]
            assert any(str(other) in taken[role] for other in listed), (role, word)


# ---------------------------------------------------------------------------------------------- prices


def _when_names(model: dict[str, Any]) -> Iterator[str]:
    price = model.get("price", {})
    for tier in price.get("tiers", ()):
        yield from tier.get("when", {})
    quantity = price.get("quantity", {})
    yield from (quantity[key] for key in ("field", "count") if key in quantity)
    yield from (path.partition("[")[0] for path in quantity.get("chars", ()))
    yield from quantity.get("plus_seconds_of", ())
    yield from (each["field"] for each in price.get("add", ()))


def test_every_condition_of_a_price_is_about_a_field_that_exists() -> None:
    """``#`` asks whether a field is given; ``@`` is about something that no input says."""
    for name, model in FINAL.items():
        for condition in _when_names(model):
            if not condition.startswith("@"):
                assert condition.lstrip("#") in model["input"]["properties"], (name, condition)


@with_shared
def test_every_price_label_has_its_tier(documented: list[dict[str, Any]]) -> None:
    for record in documented:
        if not record["price"]:
            continue
        price = MODELS[record["id"]]["price"]
        listed = record["price"]["credits"]
        if "tokens" in price:
            rates = {label.removeprefix("audio "): Decimal(str(v)) for label, v in listed.items()}
            assert {label: Decimal(v) for label, v in price["tokens"].items()} == rates, record["id"]
            continue
        wanted = Counter(
            (label, Decimal(str(each)))
            for label, value in listed.items()
            for each in (value if isinstance(value, list) else [value])
        )
        assert Counter((t["label"], Decimal(t["credits"])) for t in price["tiers"]) == wanted, record["id"]


def test_every_tier_of_a_price_can_be_chosen() -> None:
    for name, model in FINAL.items():
        tiers = model.get("price", {}).get("tiers", ())
        outside = {key for tier in tiers for key in tier.get("when", {}) if key.startswith("@")}
        for tier in tiers:
            inputs: dict[str, Any] = dict.fromkeys(outside, "something else")
            for key, value in tier.get("when", {}).items():
                one = value[0] if isinstance(value, list) else value
                inputs[key.lstrip("#")] = (["a link"] if one else []) if key.startswith("#") else one
            chosen = Estimator(model["price"], model["input"])._tiers(inputs)
            assert chosen == [Decimal(tier["credits"])], (name, tier)


@with_shared
def test_tables_of_the_import_hold_nothing_stale(documented: list[dict[str, Any]]) -> None:
    from tools.catalogue_import.prices import table_labels

    labels = {(r["id"], label) for r in documented if r["price"] for label in r["price"]["credits"]}
    assert table_labels() - labels == set()


# ------------------------------------------------------------------------------- corrections and names


def test_every_correction_changes_something() -> None:
    for name, record in CORRECTIONS.items():
        assert name in MODELS, name
        assert "set" not in record or FINAL[name] != MODELS[name], name


def test_other_names_lead_to_a_model() -> None:
    for name, record in ALIASES["aliases"].items():
        assert record["to"] in INDEX, name
        fields = FINAL[record["to"]]["input"].get("properties", {})
        for field, value in record.get("input", {}).items():
            assert value in fields[field]["enum"], (name, field)
    for name, record in ALIASES["retired"].items():
        assert name in INDEX
        assert MODELS[name]["standing"] == "retired", name
        assert record["successor"] is None or MODELS[record["successor"]]["standing"] == "current", name
    for pair in ALIASES["pairs"]:
        assert {pair["unified"], pair["legacy"]} <= set(INDEX), pair
        assert MODELS[pair["unified"]]["dialect"] == "market", pair
        assert MODELS[pair["legacy"]]["dialect"] != "market", pair


def test_every_retired_model_says_what_to_use() -> None:
    assert {name for name, m in MODELS.items() if m["standing"] == "retired"} == set(ALIASES["retired"])


def test_no_other_name_is_a_mere_spelling_of_an_id() -> None:
    ids = {fold(name) for name in INDEX}
    assert [name for name in ALIASES["aliases"] if fold(name) in ids] == []
    folded = Counter(fold(name) for name in ALIASES["aliases"])
    assert [name for name, count in folded.items() if count > 1] == []


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Nano Banana", "google/nano-banana"),
        ("nano banana pro", "nano-banana-pro"),
        ("google/nano-banana-pro", "nano-banana-pro"),
        ("Imagen 4", "google/imagen4"),
        ("Seedream 4.5", "seedream/4.5-text-to-image"),
        ("Flux-2 Pro", "flux-2/pro-text-to-image"),
        ("Z-Image", "z-image"),
        ("Ideogram v3", "ideogram/v3-text-to-image"),
        ("Qwen Image Edit", "qwen/image-edit"),
        ("Veo 3.1", "veo-3-1"),
        ("Veo 3.1 Fast", "veo/generate"),
        ("veo3_lite", "veo/generate"),
        ("Kling 2.6", "kling-2.6/text-to-video"),
        ("Kling 3.0", "kling-3.0/video"),
        ("Sora 2 Pro storyboard", "sora-2-pro-storyboard"),
        ("ByteDance v1 Pro", "bytedance/v1-pro-text-to-video"),
        ("GPT-4o image", "4o-image-api"),
        ("Flux Kontext max", "flux/kontext/generate"),
        ("Grok Imagine", "grok-imagine/text-to-image"),
        ("Aleph", "runway/gen4-aleph"),
        ("Luma modify", "modify/generate"),
        ("mj_video", "mj/generate"),
        ("V4_5PLUS", "ai-music-api/generate"),
        ("claude-opus-4.5", "claude-opus-4-5"),
        ("gpt-5.1-codex", "gpt-5.1-codex"),
        ("pixverse/transition", "pixverse-v6/transition"),
        ("ghibli", "4o-image-api"),
    ],
)
def test_names_that_people_know(typed: str, wanted: str) -> None:
    assert Catalogue().resolve(typed, retired=True).model.id == wanted


# ------------------------------------------------------------------------------------- facts, no prose


_OURS = {"why", "note", "notice", "evidence", "x-message"}


def test_no_schema_holds_words() -> None:
    for name, model in FINAL.items():
        for node in _nodes(model["input"]):
            assert not {"description", "title", "example", "examples", "$comment"} & set(node), name


def test_only_our_own_remarks_are_long() -> None:
    documents = [*FILES.values(), {"models": CORRECTIONS}, ALIASES, {"roles": ROLES}]
    long = [
        (path, text)
        for document in documents
        for path, text in _strings(document)
        if len(text) > 120 and not _OURS & set(path)
    ]
    assert long == []


@with_shared
def test_no_sentence_of_the_vendor_is_in_the_data(documented: list[dict[str, Any]]) -> None:
    prose = " ".join(
        " ".join(text.split()) for path, text in _strings(documented) if path and path[-1] == "description"
    ).lower()
    documents = [*FILES.values(), {"models": CORRECTIONS}, ALIASES, {"roles": ROLES}]
    copied = {
        text
        for document in documents
        for _, text in _strings(document)
        if len(text) >= 32 and " " in text and text.lower() in prose
    }
    assert copied == set()
