"""`kie batches`: a file is given to the service whole or not at all, waited for, and told of."""

from __future__ import annotations

import csv
import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import kie.emulator
from kie.cli import lang
from tests.cli.support import PNG, call, document

if TYPE_CHECKING:
    from collections.abc import Iterator

GOOD = '{"prompt": "a kite"}\n{"model": "z-image", "input": {"prompt": "a lighthouse"}, "id": "the light/house"}\n'
WRONG = '{"prompt": "a fox", "aspekt_ratio": "1:1"}\n'
FAILING = '{"prompt": "emu:fail=501"}\n'
MODEL = ("-m", "nano-banana-2")


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("KIE_CURRENCY", "EUR=0.5")
    monkeypatch.setenv("KIE_PREVIEWS", "off")
    monkeypatch.setenv("KIE_EMULATED", "1")
    monkeypatch.setattr(kie.emulator, "Emulator", partial(kie.emulator.Emulator, renderer=lambda _: PNG))
    for name in ("KIE_DATABASE_URL", "KIE_ARTEFACTS_URL", "KIE_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    Path("good.jsonl").write_text(GOOD)
    Path("wrong.jsonl").write_text(GOOD + WRONG)
    yield
    lang.use("en")


def good(*words: str, code: int = 0, **more: Any) -> Any:
    result = call("batches", *words, "--json", **more)
    assert result.exit_code == code, result.stderr
    return document(result)


def test_a_file_is_priced_and_nothing_is_written() -> None:
    found = good("add", "good.jsonl", *MODEL, "--dry-run")
    assert (found["items"], found["low"]["credits"], found["high"]["amount"]) == (2, "8.8", "0.022")
    assert {name: each["items"] for name, each in found["models"].items()} == {"nano-banana-2": 1, "z-image": 1}
    assert good("add", "wrong.jsonl", *MODEL, "--dry-run", code=2)["refused"] == 1
    assert good("add", "wrong.jsonl", *MODEL, "--dry-run", "--partial")["refused"] == 1
    assert "line 3: aspekt_ratio" in call("batches", "add", "wrong.jsonl", *MODEL, "--dry-run").stderr
    assert "8.8 credits · $0.044 · 0.022 EUR" in call("batches", "add", "good.jsonl", *MODEL, "--dry-run").stdout
    assert good("list")["batches"] == []


BAD = [
    (["wrong.jsonl", *MODEL], "line 3: aspekt_ratio"),
    (["none.jsonl"], "none.jsonl"),
    (["good.jsonl", "-m", "no-such-model"], "no-such-model"),
    (["good.jsonl", *MODEL, "--input", "nope"], "nope"),
    (["good.jsonl", *MODEL, "--input", "nope=1"], "nope"),
    (["good.jsonl", *MODEL, "--max-credits", "-1"], "--max-credits"),
    (["good.jsonl", *MODEL, "--window", "20000"], "window"),
    (["good.jsonl", *MODEL, "--hold", "--wait"], "--hold"),
    (["good.jsonl", *MODEL, "--format", "xml"], "xml"),
]


def test_bad_input_ends_with_2_and_nothing_is_left() -> None:
    for words, told in BAD:
        for more in ([], ["--wait"]):
            result = call("batches", "add", *words, *more)
            assert (result.exit_code, told in result.stderr) == (2, True), result.stderr
    assert good("list")["batches"] == []
    assert document(call("generations", "list", "--json"))["generations"] == []


def test_lines_that_are_no_request_can_be_set_apart() -> None:
    result = call("batches", "add", "wrong.jsonl", *MODEL, "--partial")
    assert (result.exit_code, "line 3: aspekt_ratio" in result.stderr) == (1, True)
    name = result.stdout.strip()
    assert "start `kie worker`" in result.stderr
    found = good("show", name)
    assert (found["state"], found["items"], found["ready"], found["refused"]) == ("running", 3, 2, 1)
    assert [each["line"] for each in good("items", name, "--state", "refused")["items"]] == [3]
    assert "no such input" in call("batches", "items", name).stdout


def test_a_batch_is_held_looked_at_and_ordered_about() -> None:
    held = good("add", "-", *MODEL, "--hold", "--name", "kites", "--project", "shop", input=GOOD)
    name = held["id"]
    assert (held["state"], held["why"], held["resume"]) == ("paused", "asked", f"kie batches resume {name}")
    assert "paused (by a person)" in call("batches", "list").stdout
    assert [each["name"] for each in good("list", "--state", "paused", "--project", "shop")["batches"]] == ["kites"]
    assert good("resume", name, "--max-credits", "50")["max_credits"] == "50"
    assert good("pause", name)["state"] == "paused"
    assert "2 items, ready 2" in call("batches", "show", name).stdout
    rows = [json.loads(line) for line in call("batches", "export", name).stdout.splitlines()]
    assert [(row["line"], row["state"]) for row in rows] == [(1, "ready"), (2, "ready")]
    assert good("export", name, "-o", "out.csv")["format"] == "csv"
    assert [row["id"] for row in csv.DictReader(Path("out.csv").read_text().splitlines())] == ["", "the light/house"]
    assert "--force" in call("batches", "export", name, "-o", "out.csv").stderr
    assert good("export", name, "-o", "out.csv", "--force", "--format", "jsonl", "--state", "failed")["size"] == 0
    assert call("batches", "export", name, "--json").exit_code == 2
    assert call("batches", "remove", name).exit_code == 2
    assert good("cancel", name)["state"] == "cancelled"
    assert [each["name"] for each in good("events", name)["events"]][:2] == ["created", "read"]
    assert good("remove", name)["removed"] is True
    for command in (
        "show",
        "items",
        "events",
        "save",
        "export",
        "pause",
        "resume",
        "retry",
        "cancel",
        "remove",
        "wait",
    ):
        more = ["-o", "x.jsonl"] if command == "export" else []
        missing = call("batches", command, name, *more, "--json")
        assert (missing.exit_code, document(missing)["error"]["type"]) == (2, "TaskNotFound"), command
    assert [path.name for path in Path().iterdir() if "x.jsonl" in path.name] == []


def test_the_same_key_gives_the_same_batch() -> None:
    first = good("add", "wrong.jsonl", *MODEL, "--partial", "--idempotency-key", "k", code=1)
    again = good("add", "wrong.jsonl", *MODEL, "--idempotency-key", "k", code=1)  # it is there, and is left alone
    assert (again["id"], again["state"], len(good("list")["batches"])) == (first["id"], "running", 1)


def test_one_generation_is_asked_for() -> None:
    words = ("generations", "add", "kling-3.0/video", "prompt=waves", "duration=5", "--idempotency-key", "k", "--json")
    result = call(*words, "--emulated", "--project", "shop")
    found = document(result)
    assert (result.exit_code, found["state"], found["project"], found["input"]["duration"]) == (0, "held", "shop", "5")
    assert found["resume"] == f"kie generations wait {found['id']} --emulated"
    assert document(call(*words, "--project", "shop"))["id"] == found["id"]
    for more, code in (
        (["nope=1"], 2),
        (["images=@good.jsonl"], 2),
        (["--notify", "ftp://x"], 2),
        (["--max-credits", "1"], 3),
    ):
        for wait in ([], ["--wait"]):
            assert call("generations", "add", "nano-banana-2", "prompt=x", *more, *wait).exit_code == code, more
    assert len(document(call("generations", "list", "--json"))["generations"]) == 1
    assert call("generations", "wait", "gen_none").exit_code == 2


@pytest.mark.slow
def test_one_generation_is_seen_through() -> None:
    words = ("generations", "add", "nano-banana-2", "--wait", "-o", "out", "--json")
    found = document(call(*words, "prompt=a kite"))
    assert (found["state"], found["exit_code"]) == ("succeeded", 0)
    assert [Path(each["path"]).read_bytes() for each in found["files"]] == [PNG]
    failed = call(*words, "prompt=emu:fail=501")
    assert (failed.exit_code, document(failed)["state"]) == (1, "failed")
    late = document(call(*words, "prompt=a boat", "--timeout", "0"))
    assert (late["exit_code"], late["resume"]) == (5, f"kie generations wait {late['id']} -o out")
    assert document(call("generations", "wait", found["id"], "--json"))["files"][0]["sha256"]


@pytest.mark.slow
def test_a_batch_is_seen_through_saved_and_tried_again() -> None:
    Path("some.jsonl").write_text(GOOD + FAILING)
    result = call("batches", "add", "some.jsonl", *MODEL, "--wait", "--json")
    found = document(result)
    name = found["id"]
    assert (result.exit_code, found["state"], found["succeeded"], found["failed"]) == (1, "done", 2, 1)
    assert "this process works until the end" in result.stderr
    assert f"kie batches items {name} --state failed" in result.stderr
    files = good("save", name, "-o", "out")["files"]
    assert [Path(each["path"]).name for each in files] == ["1-0.png", "2-the_light_house-0.png"]
    assert all(Path(each["path"]).read_bytes() == PNG for each in files)
    assert good("retry", name)["ready"] == 1
    assert good("wait", name, code=1)["failed"] == 1
    limited = good("add", "good.jsonl", *MODEL, "--max-credits", "3", "--wait", code=3)
    assert (limited["state"], limited["why"]) == ("paused", "limit")
    late = good("add", "good.jsonl", *MODEL, "--wait", "--timeout", "0", code=5)
    assert late["resume"] == f"kie batches wait {late['id']}"


def test_one_that_has_ended_is_waited_for_without_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIE_EMULATED", "")
    assert call("batches", "add", "good.jsonl", *MODEL, "--wait").exit_code == 3
    assert good("list")["batches"] == []
    name = good("add", "good.jsonl", *MODEL, "--hold")["id"]
    assert good("wait", name, code=1)["why"] == "asked"
    good("cancel", name)
    assert good("wait", name, code=1)["cancelled"] == 2
    good("add", "good.jsonl", *MODEL, "--name", "x")
    assert call("batches", "wait", good("list")["batches"][0]["id"]).exit_code == 3
