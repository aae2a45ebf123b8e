"""The catalogue reads its files late, merges the user's folder, and says which file is broken."""

from __future__ import annotations

import json
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from kie.catalogue import files
from kie.catalogue.files import DATA, Catalogue, default_catalogue, merge_patch
from kie.errors import InvalidInput, ModelUnavailable

if TYPE_CHECKING:
    from pathlib import Path


def _write(folder: Path, name: str, document: Any) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(document if isinstance(document, str) else json.dumps(document))


@pytest.mark.parametrize(
    ("base", "patch", "merged"),
    [
        ({"a": 1}, {"b": 2}, {"a": 1, "b": 2}),
        ({"a": 1}, {"a": None}, {}),
        ({"a": {"x": 1, "y": 2}}, {"a": {"x": None, "z": 3}}, {"a": {"y": 2, "z": 3}}),
        ({"a": [1, 2]}, {"a": [3]}, {"a": [3]}),
        ({"a": 1}, 5, 5),
        ([1], {"a": 1}, {"a": 1}),
        ({}, {"a": {"b": {"c": None}}}, {"a": {"b": {}}}),
    ],
)
def test_patches_merge_as_rfc_7396_says(base: Any, patch: Any, merged: Any) -> None:
    before = json.dumps(base)
    assert merge_patch(base, patch) == merged
    assert json.dumps(base) == before


def test_one_model_reads_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    original = files._read

    def spy(path: Path) -> Any:
        read.append(path.name)
        return original(path)

    monkeypatch.setattr(files, "_read", spy)
    catalogue = Catalogue()
    assert catalogue["z-image"].id == "z-image"
    assert catalogue["z-image"] is catalogue["z-image"]
    assert [name for name in read if (DATA / "models" / name).exists()] == ["z-image.json"]


def test_it_is_a_mapping_of_all_ids() -> None:
    catalogue = default_catalogue()
    names = list(catalogue)
    assert names == sorted(names)
    assert len(names) == len(catalogue) >= 291
    assert catalogue.get("no-such-model-at-all") is None
    assert catalogue.get("sora-2-text-to-video", 5) == 5
    assert catalogue.get("z-image") is catalogue["z-image"]
    with pytest.raises(ModelUnavailable):
        catalogue["no-such-model-at-all"]
    with pytest.raises(KeyError):
        catalogue.entry("no-such-model-at-all")


def test_a_model_tells_its_facts() -> None:
    model = default_catalogue()["kling-3.0/video"]
    assert (model.kind, model.vendor, model.status, model.standing) == ("video", "kling", "current", "current")
    assert "duration" in model.fields
    assert "sound" in model.required
    assert model.docs
    assert model.priced
    assert model.expect > 0
    assert model.deadline > model.expect
    assert repr(model) == "<Model kling-3.0/video (video, current)>"
    assert repr(model.dialect) == "<Dialect market>"


def test_corrections_lie_over_the_facts() -> None:
    corrections = json.loads((DATA / "corrections.json").read_text())["models"]
    catalogue = default_catalogue()
    seen = 0
    for name, own in corrections.items():
        if name in list(catalogue) and own.get("set"):
            raw = catalogue.entry(name).raw
            assert merge_patch(raw, own["set"]) == raw, name
            seen += 1
    assert seen


def test_searching() -> None:
    catalogue = default_catalogue()
    found = catalogue.search("kling", task="text-to-video")
    assert found
    assert all("kling" in f"{m.id} {m.title} {m.vendor}".lower() and "text-to-video" in m.tasks for m in found)
    assert {m.kind for m in catalogue.search(category="chat")} == {"text"}
    assert {m.vendor for m in catalogue.search(vendor="topaz")} == {"topaz"}
    gone = {m.id for m in catalogue.search("sora", retired=True)} - {m.id for m in catalogue.search("sora")}
    assert "sora-2-text-to-video" in gone
    assert catalogue.search("no such words") == []
    order = [m.standing for m in catalogue.search()]
    assert order == sorted(order, key=["current", "legacy", "undocumented", "retired"].index)


def test_a_folder_of_ones_own_adds_and_corrects(tmp_path: Path) -> None:
    _write(
        tmp_path,
        "models/mine.json",
        {
            "vendor": "mine",
            "models": {
                "mine/new": {"title": "New", "kind": "image", "dialect": "mine", "input": {"type": "object"}},
                "z-image": {"title": "Z, in my words"},
            },
        },
    )
    _write(tmp_path, "dialects/mine.json", {"name": "mine", "submit": {"method": "POST", "path": "/x", "body": "flat"}})
    _write(tmp_path, "dialects/market.json", {"title": "Market, in my words"})
    _write(tmp_path, "aliases.json", {"aliases": {"my-name": {"to": "mine/new"}}})
    _write(tmp_path, "corrections.json", {"models": {"nano-banana-2": {"set": {"title": "Corrected"}}}})
    catalogue = Catalogue(tmp_path)
    assert catalogue["mine/new"].submit["path"] == "/x"
    assert catalogue["my-name"].id == "mine/new"
    assert catalogue["new"].id == "mine/new"
    assert catalogue["z-image"].title == "Z, in my words"
    assert catalogue["z-image"].fields
    assert catalogue["nano-banana-2"].title == "Corrected"
    assert catalogue.dialect("market").raw["title"] == "Market, in my words"
    assert catalogue.dialect("market").submit["path"] == "/api/v1/jobs/createTask"
    assert default_catalogue()["z-image"].title != "Z, in my words"
    assert len(catalogue) == len(default_catalogue()) + 1


def test_the_folder_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path, "models/mine.json", {"models": {"mine/new": {"dialect": "market"}}})
    monkeypatch.setenv("KIE_CATALOGUE", str(tmp_path))
    assert "mine/new" in default_catalogue()
    assert default_catalogue() is default_catalogue()
    monkeypatch.delenv("KIE_CATALOGUE")
    assert "mine/new" not in default_catalogue()


@pytest.mark.parametrize("broken", ["{", "", "\x00", "[1,"])
def test_a_broken_file_is_named(tmp_path: Path, broken: str) -> None:
    _write(tmp_path, "models/mine.json", broken)
    with pytest.raises(InvalidInput, match=r"mine\.json"):
        list(Catalogue(tmp_path))


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="does not exist"):
        Catalogue(tmp_path / "none")
    with pytest.raises(InvalidInput, match="dialect"):
        Catalogue().dialect("none")
    with pytest.raises(InvalidInput) as caught:
        Catalogue(prefer="newest")
    assert caught.value.allowed == ("unified", "legacy")


def test_many_threads_get_one_model() -> None:
    catalogue = Catalogue()
    got: list[Any] = []
    threads = [Thread(target=lambda: got.append(catalogue["kling-3.0/video"])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(model) for model in got}) == 1
