"""`kie flows` and `kie schedules`: flows are checked, priced and run; nothing is written for bad input."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import kie.emulator
from kie.cli import lang
from kie.cli.flows.given import flow_given, inputs_given
from kie.errors import InvalidInput
from kie.service.flows.declaring import Input
from tests.cli.support import PNG, call, document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result

FLOW = """\
name: poster
description: Pictures of things.
inputs:
  things: {type: list, of: text, least: 1}
  look: {type: text, default: plain}
steps:
  pictures:
    for_each: ${inputs.things}
    as: thing
    model: nano-banana-2
    input: {prompt: "${thing}, ${inputs.look}"}
    on_failure: %s
outputs:
  pictures: ${steps.pictures.outputs}
"""


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("KIE_CURRENCY", "EUR=0.5")
    monkeypatch.setenv("KIE_PREVIEWS", "off")
    monkeypatch.setenv("KIE_EMULATED", "1")
    monkeypatch.setattr(kie.emulator, "Emulator", partial(kie.emulator.Emulator, renderer=lambda _: PNG))
    for name in ("KIE_DATABASE_URL", "KIE_ARTEFACTS_URL", "KIE_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    Path("poster.yaml").write_text(FLOW % "skip")
    yield
    lang.use("en")


def flows(*words: str, **more: Any) -> Result:
    return call("flows", *words, **more)


def good(*words: str, group: str = "flows") -> Any:
    result = call(group, *words, "--json")
    assert result.exit_code == 0, result.stderr
    return document(result)


def refused(*words: str, group: str = "flows", code: int = 2) -> str:
    """The message of a call that ends badly; nothing may be left of it."""
    result = call(group, *words, "--json")
    assert result.exit_code == code, result.stderr
    assert good("runs")["runs"] == []
    return str(document(result)["error"]["message"])


def test_flows_are_declared_listed_and_forgotten() -> None:
    shipped = [each["name"] for each in good("list")["flows"]]
    assert shipped == ["banner-series", "narrated-storyboard", "video-presentation"]
    assert good("declare", "poster.yaml") == {"name": "poster", "declared": True}
    [own] = [each for each in good("list")["flows"] if each["declared"] is not None]
    assert (own["name"], own["inputs"], own["steps"]) == ("poster", ["things", "look"], ["pictures"])
    told = flows("list").stdout
    assert "comes along" in told
    assert "Pictures of things." in told
    assert good("show", "poster")["inputs"]["look"]["default"] == "plain"
    assert "list of text" in flows("show", "poster.yaml").stdout
    assert good("forget", "poster")["forgotten"] is True
    assert call("flows", "forget", "poster").exit_code == 2
    assert call("flows", "forget", "banner-series").exit_code == 2
    assert call("flows", "declare", "poster").exit_code == 2


def test_a_flow_is_checked_with_lines_and_priced_by_step() -> None:
    assert good("check", "poster.yaml")["steps"] == ["pictures"]
    assert good("check", "poster.yaml", "things=a kite")["exit_code"] == 0
    Path("wrong.yaml").write_text(FLOW.replace("nano-banana-2", "no-such-model") % "skip")
    assert "line 10" in refused("check", "wrong.yaml")
    assert "inputs.look" in refused("check", "poster.yaml", "things=a", "look=x", "look=y")
    found = good("estimate", "poster.yaml", "things=a kite", "things=a boat")
    assert (found["low"]["credits"], found["high"]["credits"], found["high"]["amount"]) == ("16", "16", "0.04")
    assert [(each["step"], each["items"]) for each in found["steps"]] == [("pictures", 2)]
    assert "16 credits · $0.08 · 0.04 EUR" in flows("estimate", "poster.yaml", "things=a", "things=b").stdout
    assert call("flows", "estimate", "banner-series").exit_code == 0


BAD_RUNS = [
    (["poster.yaml"], "inputs.things"),
    (["poster.yaml", "things=a", "nope=1"], "inputs.nope"),
    (["poster.yaml", "things"], "things"),
    (["poster.yaml", "things=[1"], "things"),
    (["poster.yaml", "--inputs", "none.json"], "none.json"),
    (["poster.yaml", "--inputs", "poster.yaml"], "inputs.name"),
    (["none.yaml"], "none.yaml"),
    (["no-such-flow"], "no-such-flow"),
]


def test_bad_input_is_told_before_anything_is_written() -> None:
    for words, told in BAD_RUNS:
        for more in ([], ["--wait"]):
            assert told in refused("run", *words, *more)


def test_a_run_that_may_cost_too_much_is_refused_and_one_without_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "more than the limit of 10" in refused(
        "run", "poster.yaml", "things=a", "things=b", "--max-credits", "10", code=3
    )
    monkeypatch.setenv("KIE_EMULATED", "")
    assert "no worker is running" in refused("run", "poster.yaml", "things=a", "--wait", code=3)


def test_a_run_that_nobody_waits_for_is_left_to_a_worker() -> None:
    result = flows("run", "poster.yaml", "--input", "things=a kite", "--idempotency-key", "k")
    assert result.exit_code == 0
    name = result.stdout.strip()
    assert "start `kie worker`" in result.stderr
    assert f"kie flows wait {name}" in result.stderr
    asked = flows("run", "poster.yaml", "things=a kite", "--idempotency-key", "k", "--emulated").stderr
    assert f"kie flows wait {name} --emulated" in asked  # what is printed comes back to the same service
    assert "`kie worker --emulated`" in asked
    again = good("run", "poster.yaml", "things=a kite", "--idempotency-key", "k")
    assert (again["id"], again["carried"], again["high"]) == (name, False, "8")
    assert [(each["id"], each["state"]) for each in good("runs", "--flow", "poster")["runs"]] == [(name, "running")]
    assert good("runs", "--state", "failed")["runs"] == []
    assert good("show", name)["inputs"] == {"things": ["a kite"], "look": "plain"}
    assert "running" in flows("show", name).stdout
    assert [each["name"] for each in good("events", name)["events"]] == ["created"]
    assert call("flows", "save", name).exit_code == 2
    assert call("flows", "resume", name).exit_code == 2
    assert good("cancel", name)["state"] in ("cancelling", "cancelled")
    for command in ("show", "wait", "events", "save", "cancel", "resume", "retry"):
        missing = call("flows", command, "run_none", "--json")
        assert (missing.exit_code, document(missing)["error"]["type"]) == (2, "TaskNotFound"), command


@pytest.mark.slow
def test_a_run_is_seen_through_in_this_process_and_saved() -> None:
    result = flows("run", "poster.yaml", "things=a kite", "things=emu:fail=501", "--wait", "-o", "out", "--json")
    assert result.exit_code == 0, result.stderr
    found = document(result)
    assert (found["state"], found["cost"]) == ("succeeded", "8")
    assert "this process works until the end" in result.stderr
    assert "pictures: " in result.stderr
    [saved] = found["files"]
    assert Path(saved["path"]).read_bytes() == PNG
    assert Path(saved["path"]) == Path("out", found["id"], "pictures.png")
    again = good("save", found["id"], "-o", "again")
    assert Path(again["files"][0]["path"]).read_bytes() == PNG
    assert "pictures[1]" in flows("show", found["id"]).stdout
    lines = flows("events", found["id"], "--follow", "--json").stdout.splitlines()
    assert json.loads(lines[-1])["name"] == "succeeded"
    assert document(flows("wait", found["id"], "--json"))["files"][0]["sha256"] == saved["sha256"]


@pytest.mark.slow
def test_a_run_that_fails_ends_with_1_and_one_that_lasts_with_5() -> None:
    Path("strict.yaml").write_text(FLOW % "fail")
    result = flows("run", "strict.yaml", "things=emu:fail=501", "--wait", "--json")
    found = document(result)
    assert (result.exit_code, found["exit_code"], found["state"]) == (1, 1, "failed")
    assert f"kie flows resume {found['id']}" in result.stderr
    late = flows("run", "poster.yaml", "things=a kite", "--wait", "--timeout", "0", "--json")
    told = document(late)
    assert (late.exit_code, told["exit_code"], told["resume"]) == (5, 5, f"kie flows wait {told['id']}")
    done = flows("wait", told["id"], "--json")
    assert (done.exit_code, document(done)["state"]) == (0, "succeeded")


def test_words_become_what_the_flow_declares() -> None:
    inputs = {
        "text": Input("text"),
        "whole": Input("integer"),
        "number": Input("number"),
        "switch": Input("boolean"),
        "texts": Input("list", of=Input("text")),
        "numbers": Input("list", of=Input("integer")),
        "records": Input("list", of=Input("record")),
        "record": Input("record"),
    }

    def given(*words: str) -> dict[str, Any]:
        return inputs_given(words, None, inputs)

    assert given("text=[1]", "whole=5", "number=2.5", "switch=yes") == {
        "text": "[1]",
        "whole": 5,
        "number": 2.5,
        "switch": True,
    }
    assert given("texts=a", "texts={b", "numbers=[1, 2]", 'record={"a": 1}') == {
        "texts": ["a", "{b"],
        "numbers": [1, 2],
        "record": {"a": 1},
    }
    assert given('records={"a": 1}', 'records={"a": 2}')["records"] == [{"a": 1}, {"a": 2}]
    assert given("whole=x", "number=x", "switch=maybe", "numbers=x", "other=1") == {
        "whole": "x",
        "number": "x",
        "switch": "maybe",
        "numbers": ["x"],
        "other": "1",
    }
    assert given("texts=") == {"texts": []}
    Path("in.yaml").write_text("text: 16:9\nwhole: 3\n")
    Path("in.json").write_text('{"text": "a", "whole": 3}')
    assert inputs_given(["whole=4"], "in.yaml", inputs) == {"text": "16:9", "whole": 4}
    assert inputs_given([], "in.json", inputs) == {"text": "a", "whole": 3}
    for wrong in ("[]", "{"):
        Path("in.json").write_text(wrong)
        with pytest.raises(InvalidInput):
            inputs_given([], "in.json", inputs)


def test_a_file_is_told_from_a_name() -> None:
    assert flow_given("poster") == "poster"
    Path("f.json").write_text('{"name": "x"}')
    assert flow_given("f.json") == {"name": "x"}
    Path("short.yaml").write_text("name: x")
    assert flow_given("./short.yaml") == "name: x\n"


def test_a_flow_is_run_at_certain_times() -> None:
    good("declare", "poster.yaml")
    words = ("add", "nightly", "0 3 * * *", "poster", "things=a kite", "--zone", "Europe/Berlin")
    made = good(*words, "--project", "shop", group="schedules")
    assert (made["cron"], made["zone"], made["inputs"]) == ("0 3 * * *", "Europe/Berlin", {"things": ["a kite"]})
    assert "--replace" in refused(*words, group="schedules")
    assert good(*words, "--replace", "--disabled", group="schedules")["enabled"] is False
    assert "off" in call("schedules", "list").stdout
    assert good("enable", "nightly", group="schedules")["next_at"] == made["next_at"]
    [found] = good("list", group="schedules")["schedules"]
    assert (found["enabled"], found["zone"], found["inputs"]) == (True, "Europe/Berlin", {"things": ["a kite"]})
    assert good("disable", "nightly", group="schedules")["enabled"] is False
    assert good("remove", "nightly", group="schedules")["removed"] is True
    assert "no schedules" in call("schedules", "list").stderr


BAD_SCHEDULES = [
    ["add", "n", "0 3 * *", "banner-series"],
    ["add", "n", "0 3 * * *", "banner-series", "--zone", "Mars/North"],
    ["add", "n", "0 3 * * *", "banner-series", "nope=1"],
    ["add", "n", "0 3 * * *", "no-such-flow"],
    ["add", "n", "0 3 * * *", "poster.yaml", "things=a"],
    ["enable", "none"],
    ["disable", "none"],
    ["remove", "none"],
]


def test_what_is_no_schedule_is_refused() -> None:
    for words in BAD_SCHEDULES:
        refused(*words, group="schedules")
    assert good("list", group="schedules")["schedules"] == []
