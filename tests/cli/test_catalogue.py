"""kie catalogue: check, drift, sync."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from kie.catalogue import Catalogue, default_catalogue
from tests.cli.support import Stub, call, document


def listing(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"code": 200, "msg": "success", "data": {"total": len(rows), "models": list(rows)}}


def row(name: str, price: str | None = None, *tasks: str) -> dict[str, Any]:
    return {
        "model": name,
        "slug": name.replace("/", "-"),
        "title": name.title(),
        "provider": name.partition("/")[0],
        "taskType": list(tasks),
        "description": None,
        "pricingDesc": price,
    }


def test_data_that_ship_are_sound() -> None:
    result = call("catalogue", "check", "--json")
    assert result.exit_code == 0, document(result)["faults"]
    assert document(result)["json_schema"] is True
    assert document(result)["models"] == len(default_catalogue())


def test_check_without_jsonschema_loads_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jsonschema", None)
    result = call("catalogue", "check")
    assert result.exit_code == 0
    assert "jsonschema package is not installed" in result.stderr


def entry(**change: Any) -> dict[str, Any]:
    return {
        "title": "Own model",
        "kind": "image",
        "tasks": ["text-to-image"],
        "dialect": "market",
        "standing": "current",
        "input": {"type": "object", "properties": {"prompt": {"type": "string"}}, "required": ["prompt"]},
        "roles": {"prompt": "prompt"},
        "source": {"document": "own", "date": "2026-11-21"},
        **change,
    }


@pytest.mark.parametrize("schemas", [True, False], ids=["by schema", "by loading"])
@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({}, ""),
        ({"dialect": "nope"}, "nope"),
        ({"roles": {"prompt": "text"}}, "text"),
        ({"kind": "smell"}, "smell"),
        ({"rules": [{"rule": "nope"}]}, "nope"),
        ({"price": {"unit": "image", "tiers": [{"credits": 1.5}], "date": "2026-11-21", "source": "x"}}, "1.5"),
    ],
)
def test_check_of_an_own_folder(
    change: dict[str, Any], word: str, *, schemas: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not schemas:
        monkeypatch.setitem(sys.modules, "jsonschema", None)
    path = Path("own/models/own.json")
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"vendor": "own", "models": {"own/model": entry(**change)}}))
    result = call("catalogue", "check", "--folder", "own", "--json")
    assert result.exit_code == (2 if change else 0), result.output
    assert word in " ".join(document(result)["faults"])


def test_check_of_broken_json_and_aliases() -> None:
    Path("own/models").mkdir(parents=True)
    Path("own/models/a.json").write_text("{")
    assert call("catalogue", "check", "--folder", "own").exit_code == 2
    Path("own/models/a.json").unlink()
    Path("own/aliases.json").write_text('{"aliases": {"mine": {"to": "no/such-model"}}}')
    result = call("catalogue", "check", "--folder", "own")
    assert result.exit_code == 2
    assert "mine" in result.stdout


def test_drift_tells_new_gone_and_changed() -> None:
    rows = [
        row("nano-banana-2", "Nano: 1K 8 credits, 2K 12 credits, 4K 19 credits ($0.095)"),
        row("z-image", "0.8 credits per image"),
        row("acme/text-to-dream", None, "text-to-video"),
        row("../../etc/passwd"),
        {"model": 5},
    ]
    result = call("catalogue", "drift", "--json", stub=Stub(models=listing(*rows)))
    assert result.exit_code == 0, result.output
    found = document(result)
    assert [new["id"] for new in found["new"]] == ["acme/text-to-dream"]
    assert {"id": "nano-banana-2", "theirs": ["19"], "ours": ["18"]} in found["changed"]
    assert "nano-banana-2" not in found["gone"]
    assert "kling-3.0/video" in found["gone"]
    shown = call("catalogue", "drift", stub=Stub(models=listing(*rows)))
    assert "18 → 19" in shown.stdout


def test_drift_of_another_form_is_an_unexpected_reply(no_pause: None) -> None:
    assert call("catalogue", "drift", stub=Stub(models={"code": 200, "data": []})).exit_code == 4


def test_sync_writes_a_folder_that_works(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = listing(row("acme/text-to-dream", None, "text-to-video"), row("acme/sing", None, "text-to-music"))
    result = call("catalogue", "sync", "--to", "own", "--json", stub=Stub(models=rows))
    assert result.exit_code == 0, result.output
    assert document(result)["written"] == ["own/models/acme.json"]
    assert call("catalogue", "check", "--folder", "own").exit_code == 0
    models = Catalogue("own")
    assert models["acme/text-to-dream"].kind == "video"
    assert models["acme/sing"].kind == "music"
    monkeypatch.setenv("KIE_CATALOGUE", "own")
    stub = Stub()
    made = call("run", "acme/text-to-dream", "prompt=a dream", stub=stub)
    assert made.exit_code == 0, made.output
    assert stub.bodies[0] == {"model": "acme/text-to-dream", "input": {"prompt": "a dream"}}


def test_sync_keeps_what_is_there() -> None:
    path = Path("own/models/acme.json")
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"vendor": "acme", "models": {"acme/mine": entry()}}))
    call("catalogue", "sync", "--to", "own", stub=Stub(models=listing(row("acme/new"))))
    assert set(json.loads(path.read_text())["models"]) == {"acme/mine", "acme/new"}


def test_drift_on_the_emulator() -> None:
    assert document(call("catalogue", "drift", "--emulated", "--json"))["theirs"] > 50
