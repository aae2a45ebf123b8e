"""The dialects are data: each fits its schema, and what it refers to is there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from kie.catalogue import Catalogue
from kie.catalogue.files import DATA
from kie.wire.prepare import translate_names
from kie.wire.read import reader_of

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = sorted(path.stem for path in (DATA / "dialects").glob("*.json"))
SCHEMA = json.loads((DATA / "schema" / "dialects.schema.json").read_bytes())


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue()


def record(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((DATA / "dialects" / f"{name}.json").read_bytes())
    return loaded


@pytest.mark.parametrize("name", NAMES)
def test_a_dialect_fits_its_schema(name: str) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(record(name))
    assert record(name)["name"] == name


@pytest.mark.parametrize("name", NAMES)
def test_a_state_word_means_one_thing(name: str) -> None:
    words = [w.lower() for kind, found in record(name)["state"].items() if kind != "paths" for w in found]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("name", NAMES)
def test_a_dialect_compiles(name: str, catalogue: Catalogue) -> None:
    assert reader_of(catalogue.dialect(name)).name == name


def test_every_dialect_is_used(catalogue: Catalogue) -> None:
    used = {catalogue.entry(name).dialect.name for name in catalogue}
    assert set(NAMES) - used <= {"credits"}  # the balance is asked for by no model


def _follow_ups() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for name in NAMES:
        for what, options in record(name).get("followups", {}).items():
            for option in options:
                yield name, what, option


@pytest.mark.parametrize(("name", "what", "option"), list(_follow_ups()))
def test_a_follow_up_fits_its_model(name: str, what: str, option: dict[str, Any], catalogue: Catalogue) -> None:
    model = catalogue.entry(option["model"])
    inputs = {**option.get("input", {}), **dict.fromkeys(option.get("from", {}), "x")}
    if option.get("task"):
        inputs[option["task"]] = "x"
    assert set(translate_names(model, inputs)) <= set(model.fields), what
    for other in option.get("of", ()):
        assert catalogue.entry(other).dialect.name == name
