"""Scripts of faults: in YAML and JSON, as packs, from the command line and from outside."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pytest

from kie.emulator import DEEDS, Emulator, Fault, Script
from kie.emulator.__main__ import main
from kie.emulator.faults.script import gather, pack, packs, read
from kie.emulator.faults.spells import SPELLS
from tests.emulator.inprocess import HOOK, InProcess
from tests.support.places import ROOT

if TYPE_CHECKING:
    from pathlib import Path

CREDIT = "/api/v1/chat/credit"
YAML = """
seed: 7
description: |
  A bad
  evening
packs: [lost-webhooks]
rules:
  - {stage: create, do: 429, probability: 0.2, retry_after: 5}
  - stage: poll
    do: rename-field
    field: data.state
    to: status
    after: 60
"""


def test_a_script_in_yaml() -> None:
    script = read(YAML, "evening.yaml")
    assert (script.seed, script.description, script.name) == (7, "A bad evening", "evening.yaml")
    assert script.rules[: len(pack("lost-webhooks").rules)] == pack("lost-webhooks").rules
    assert script.rules[-2:] == (
        Fault("create", "429", probability=0.2, retry_after=5),
        Fault("poll", "rename-field", field="data.state", to="status", after=60),
    )
    assert read(json.dumps(script.to_json()), "evening.yaml") == script


@pytest.mark.parametrize(
    "text",
    [
        '{"stage": "poll", "do": "500"}',
        '[{"stage": "poll", "do": 500}]',
        "- {stage: poll, do: 500}",
        "rules: [{stage: poll, do: 500}]",
    ],
)
def test_short_forms(text: str) -> None:
    assert read(text).rules == (Fault("poll", "500"),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "rules: [{stage: poll, do: 500}, {stage: poll, do: sing}]",
            r"bad\.yaml: rule 2: no such fault: poll sing; at",
        ),
        ("rules: [{stage: poll, do: 500, probability: 3}]", r"bad\.yaml: rule 1: poll 500: probability must be 0 to 1"),
        ("rules: [poll]", r"bad\.yaml: rule 1: a rule is a mapping"),
        ("rules: {stage: poll}", r"bad\.yaml: rules must be a list"),
        ("rule: []", r"bad\.yaml: a script has no 'rule'; there are seed, description, packs, rules"),
        ("packs: [stormy]", r"bad\.yaml: no such pack: 'stormy'; there are brownout, drift, flaky, incident"),
        ("seed: soon", r"bad\.yaml: seed must be a whole number"),
        ("description: [1]", r"bad\.yaml: description must be text"),
        ("", r"bad\.yaml: a script is a mapping"),
        ("rules: [", r"bad\.yaml: not YAML: "),
        ("a: !!python/object/apply:os.getcwd []", r"bad\.yaml: not YAML: "),
        ("[" * 1500, r"bad\.yaml: not YAML"),
    ],
)
def test_errors_name_the_file_and_the_rule(text: str, words: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=words):
        gather(file)


def test_all_forms_in_which_faults_are_given(tmp_path: Path) -> None:
    file = tmp_path / "script.yaml"
    file.write_text(YAML, encoding="utf-8")
    rule = Fault("poll", "500")
    assert gather(rule) == (Script((rule,)),)
    assert gather("flaky") == (pack("flaky"),)
    assert gather(str(file)) == gather(file) == (read(YAML, "script.yaml"),)
    assert gather([rule, "flaky", file, pack("drift")]) == (
        *gather(rule),
        *gather("flaky"),
        *gather(file),
        *gather("drift"),
    )
    assert gather(()) == ()
    for wrong in (3, {"stage": "poll", "do": "500"}, None, [3]):
        with pytest.raises(ValueError, match="faults are rules"):
            gather(wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no pack and no file is called 'flakey'; packs are brownout, drift"):
        Emulator(faults="flakey")
    with pytest.raises(OSError, match="nothing"):
        Emulator(faults=tmp_path / "nothing.yaml")


def at_once(name: str) -> Script:
    """A pack whose requests need not wait on the wall."""
    held = pack(name)
    rules = (
        replace(rule, seconds=0) if rule.do == "delay" and rule.stage != "callback" else rule for rule in held.rules
    )
    return replace(held, rules=tuple(rules))


@pytest.mark.parametrize("name", packs())
def test_packs_say_what_they_are_and_strike(name: str) -> None:
    script = pack(name)
    assert len(script.description) > 60
    assert set(packs()) == {"flaky", "brownout", "lost-webhooks", "drift", "incident"}
    assert any(rule.probability < 1 for rule in script.rules)
    with InProcess(faults=at_once(name), credits=10**5) as driver:
        for _ in range(60):  # 40 virtual minutes
            reply = driver.call(
                "POST", "/api/v1/jobs/createTask", {"model": "z-image", "input": {"prompt": "x"}, "callBackUrl": HOOK}
            )
            assert reply.status in {0, 200, 502}
            driver.emulator.advance(40)
            for task in driver.emulator.tasks()[-2:]:
                driver.call("GET", f"/api/v1/jobs/recordInfo?taskId={task.id}")
        struck = {note.fault for note in driver.emulator.journal()} - {""}
        assert len(struck) >= min(4, len({rule.do for rule in script.rules}) - 2)


def test_no_pack_keeps_a_client_out_for_ever() -> None:
    for name in packs():
        with InProcess(faults=at_once(name), credits=10**5) as driver:
            driver.emulator.advance(1900)
            body = {"model": "z-image", "input": {"prompt": "x"}}
            assert any(driver.call("POST", "/api/v1/jobs/createTask", body).code == 200 for _ in range(20)), name


def test_a_script_with_a_seed_of_its_own_does_the_same_in_any_company() -> None:
    rule = Fault("poll", "500", probability=0.4)

    def codes(faults: Any, seed: int) -> list[int]:
        with InProcess(faults=faults, seed=seed) as driver:
            return [driver.get(CREDIT)["code"] for _ in range(40)]

    own = Script((rule,), seed=5)
    assert codes(own, 1) == codes(own, 2) == codes([Fault("create", "500"), own], 3)
    assert codes(rule, 1) != codes(rule, 2)
    assert codes(own, 1) != codes(Script((rule,), seed=6), 1)


# -------------------------------------------------------------------------------------------------- from outside


def test_rules_and_packs_come_and_go_from_outside() -> None:
    with InProcess() as driver:
        page = "/__emulator/faults"
        told = driver.post(page, {"packs": ["drift"], "rules": [{"stage": "poll", "do": 500}]})
        assert len(told) == len(pack("drift").rules) + 1
        assert [rule["rule"] for rule in told] == list(range(len(told)))
        assert driver.call("POST", page, b"- {stage: poll, do: 501}").body[-1]["do"] == "501"
        assert driver.get(CREDIT)["code"] == 500
        assert driver.get(page)[len(pack("drift").rules)]["struck"] == 1
        for wrong in (b"", b"\xff\xfe", b"[", {"packs": ["x"]}, {"rules": [{"stage": "poll", "do": "x"}]}):
            reply = driver.call("POST", page, wrong)
            assert reply.status == 400
            assert reply.body["error"]
        assert len(driver.get(page)) == len(told) + 1
        assert driver.call("DELETE", page).body == []
        assert driver.get(CREDIT)["code"] == 200
        known = driver.get("/__emulator/faults/known")
        assert set(known["packs"]) == set(packs())
        assert known["deeds"]["callback"] == list(DEEDS["callback"])


def test_the_command_line_tells_all_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list-faults"]) == 0
    told = capsys.readouterr().out
    for word in (
        *DEEDS,
        *(deed for held in DEEDS.values() for deed in held),
        *packs(),
        *(f"emu:{name}" for name in SPELLS),
    ):
        assert f"{word}" in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--faults", "stormy"], "no pack and no file is called 'stormy'"),
        (["--fault", "poll:sing"], "at poll there are"),
        (["--fault", "create:429,probability=2"], "probability must be 0 to 1"),
        (["--faults", "nowhere/script.yaml"], "No such file"),
    ],
)
def test_the_command_line_refuses_what_is_none(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert said in capsys.readouterr().err


def test_the_documentation_names_all_deeds_packs_and_words() -> None:
    page = (ROOT / "docs" / "emulator" / "faults.md").read_text(encoding="utf-8")
    deeds = {deed for held in DEEDS.values() for deed in held if not deed.isdecimal()}
    named = {*deeds, *DEEDS, *packs(), *(f"emu:{name}" for name in SPELLS), *(held.name for held in fields(Fault))}
    assert {name for name in named if f"`{name}" not in page} == set()
