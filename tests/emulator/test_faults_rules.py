"""Rules: which requests they strike, what they refuse to be, and that chance can be repeated."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kie.emulator import DEEDS, STAGES, Fault
from kie.emulator.faults.deeds import ANSWER_DEEDS, MEANINGS, OPTIONS, WORDS
from kie.emulator.faults.rule import parse_fault, read_rule
from kie.emulator.faults.tally import Faults, Moment
from tests.emulator.inprocess import HOOK, InProcess

CREDIT = "/api/v1/chat/credit"


def codes(driver: InProcess, number: int) -> list[int]:
    return [driver.get(CREDIT)["code"] for _ in range(number)]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, [500, 200, 200, 200, 200, 200]),
        ({"nth": 3}, [200, 200, 500, 200, 200, 200]),
        ({"nth": 2, "times": 3}, [200, 500, 500, 500, 200, 200]),
        ({"nth": 4, "times": 0}, [200, 200, 200, 500, 500, 500]),
        ({"every": 2}, [500, 200, 500, 200, 500, 200]),
        ({"nth": 2, "every": 3}, [200, 500, 200, 200, 500, 200]),
        ({"every": 2, "times": 2}, [500, 200, 500, 200, 200, 200]),
        ({"probability": 0.0}, [200] * 6),
        ({"match": "chat/credit"}, [500, 200, 200, 200, 200, 200]),
        ({"match": "recordInfo"}, [200] * 6),
        ({"key": "test-key"}, [500, 200, 200, 200, 200, 200]),
        ({"key": "the-test-key"}, [500, 200, 200, 200, 200, 200]),
        ({"key": "another"}, [200] * 6),
        ({"key": "the-test"}, [200] * 6),
    ],
)
def test_ordinals_are_counted_among_what_matches(options: dict[str, Any], expected: list[int]) -> None:
    with InProcess(faults=[Fault("poll", "500", **options)]) as driver:
        assert codes(driver, 6) == expected


def test_models_are_known_by_name_and_by_pattern() -> None:
    rules = [
        Fault("create", "429", model="nano-banana-pro", times=0),
        Fault("create", "455", model="kling*", times=0),
        Fault("create", "433", model="veo", times=0),
        Fault("create", "500", model="V5", times=0),
    ]
    with InProcess(faults=rules) as driver:

        def ask(path: str, body: Any) -> int:
            return int(driver.post(path, body)["code"])

        task = "/api/v1/jobs/createTask"
        assert ask(task, {"model": "nano-banana-pro", "input": {"prompt": "x"}}) == 429
        assert ask(task, {"model": "nano-banana-2", "input": {"prompt": "nano-banana-pro"}}) == 200
        assert ask(task, {"model": "kling-2.6/text-to-video", "input": {}}) == 455
        assert ask("/api/v1/kling/generate", {"prompt": "x"}) == 455
        assert ask("/api/v1/veo/generate", {"prompt": "x", "model": "veo3_fast"}) == 433
        song = {"prompt": "x", "customMode": False, "instrumental": True, "callBackUrl": HOOK}
        assert ask("/api/v1/generate", {**song, "model": "V5"}) == 500
        assert ask("/api/v1/generate", {**song, "model": "V4_5"}) == 200


def test_polls_files_and_callbacks_know_their_model() -> None:
    rules = [
        Fault("poll", "500", model="nano-banana-pro", times=0),
        Fault("media", "expired", model="nano-banana-pro", times=0),
        Fault("callback", "drop", model="nano-banana-pro", times=0),
    ]
    with InProcess(faults=rules) as driver:
        struck = driver.create("nano-banana-pro", callback=HOOK)
        spared = driver.create("nano-banana-2", callback=HOOK)
        driver.emulator.advance(60)
        assert [delivery.task for delivery in driver.deliveries] == [spared]
        answers = [driver.get(f"/api/v1/jobs/recordInfo?taskId={task}")["code"] for task in (struck, spared)]
        assert answers == [500, 200]
        urls = [task.outcome.urls[0] for task in driver.emulator.tasks() if task.outcome is not None]
        paths = [url.removeprefix("http://api.localhost") for url in urls]
        assert [driver.call("GET", path).status for path in paths] == [404, 200]


def test_text_is_looked_for_in_path_query_and_body() -> None:
    rules = [Fault("create", "500", match="red boat", times=0), Fault("poll", "501", match="taskId=abc", times=0)]
    with InProcess(faults=rules) as driver:
        body = {"model": "nano-banana-pro", "input": {"prompt": "a red boat"}}
        assert driver.post("/api/v1/jobs/createTask", body)["code"] == 500
        body["input"] = {"prompt": "a blue boat"}
        assert driver.post("/api/v1/jobs/createTask", body)["code"] == 200
        assert driver.get("/api/v1/jobs/recordInfo?taskId=abc")["code"] == 501
        assert driver.get("/api/v1/jobs/recordInfo?taskId=abd")["code"] == 422


def test_a_window_is_of_virtual_time() -> None:
    with InProcess(faults=[Fault("poll", "455", after=100, until=200)]) as driver:
        seen = []
        for _ in range(5):
            seen += codes(driver, 2)
            driver.emulator.advance(50)
        assert seen == [200] * 4 + [455] * 4 + [200] * 2
        driver.emulator.reset()
        assert codes(driver, 1) == [200]
        driver.emulator.advance(100)
        assert codes(driver, 1) == [455]


def test_chance_follows_from_seed_and_number_and_from_no_other_rule() -> None:
    def struck(seed: int, *rules: Fault, number: int) -> list[bool]:
        held = Faults(rules, seed)
        return [(met := held.strike(Moment("poll"))) is not None and met.index == number for _ in range(400)]

    rule = Fault("poll", "500", probability=0.3)
    first = struck(1, rule, number=0)
    assert 80 < sum(first) < 160
    assert struck(1, rule, number=0) == first
    assert struck(2, rule, number=0) != first
    assert struck(1, rule, Fault("poll", "501", probability=0.5), number=0) == first
    assert struck(1, rule, Fault("create", "501"), number=0) == first
    behind = struck(1, Fault("create", "501"), rule, number=1)
    assert behind != first
    never = Fault("poll", "501", probability=0.0)
    assert struck(1, never, rule, number=1) == behind


def test_times_are_an_end_for_chance_too() -> None:
    held = Faults([Fault("poll", "500", probability=0.5, times=7)])
    assert sum(held.strike(Moment("poll")) is not None for _ in range(200)) == 7
    assert held.to_json()[0]["struck"] == 7
    assert held.to_json()[0]["seen"] == 200


def test_the_first_rule_that_strikes_is_done_and_both_count() -> None:
    with InProcess(faults=[Fault("poll", "500", nth=2), Fault("poll", "501", times=2)]) as driver:
        assert codes(driver, 4) == [501, 500, 200, 200]
        assert [note.rule for note in driver.emulator.journal()] == [1, 0, None, None]
        assert [rule["struck"] for rule in driver.emulator.world.faults.to_json()] == [1, 2]


def test_a_rule_is_taken_from_words() -> None:
    assert parse_fault("create:reset-after") == Fault("create", "reset-after")
    assert parse_fault("poll:500:2:3") == Fault("poll", "500", nth=2, times=3)
    wanted = Fault("create", "429", probability=0.2, retry_after=5, message="Slow down, please")
    assert parse_fault("create:429,probability=0.2,retry_after=5,message=Slow down, please") == wanted
    assert parse_fault("poll:rename-field:1:0,field=data.state,to=status").times == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("create", "at create there are"),
        ("creation:500", "stages are create, poll"),
        ("create:forge", "at create there are delay"),
        ("poll:500:x", "nth must be a whole number"),
        ("poll:500:1:2:3", "STAGE:DO"),
        ("poll:500,chance=1", "a rule has no 'chance'; there are stage, do, nth"),
        ("poll:500,probability=2", "probability must be 0 to 1"),
        ("poll:500,probability=often", "probability must be a number"),
        ("poll:500:0", "nth must be 1 or more"),
        ("poll:500,after=10,until=10", "until .10. must be later than after .10."),
        ("poll:500,to=x", "poll 500 has no option to; it takes message, status, retry_after"),
        ("poll:500,status=200", "status must be 400 to 599"),
        ("callback:drop,message=x", "it takes none"),
        ("callback:forge,to=signed twice", "to='twice' is none of real, invented, unsigned, signed"),
        ("media:expired,status=500", "status is 403, 404 or 410"),
        ("create:fail,code=7", "code must be 100 to 999"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_fault(text)


@pytest.mark.parametrize(
    "given",
    [
        None,
        "poll:500",
        [],
        {"stage": "poll"},
        {"do": "500"},
        {"stage": "poll", "do": "500", "nth": True},
        {"stage": "poll", "do": "500", "nth": 1.5},
        {"stage": "poll", "do": "500", "probability": "0.5"},
        {"stage": "poll", "do": "500", "probability": float("nan")},
        {"stage": "poll", "do": "500", "match": None},
        {"stage": ["poll"], "do": "500"},
        {1: 2},
    ],
)
def test_rules_of_a_wrong_form_are_refused(given: Any) -> None:
    with pytest.raises(ValueError, match=r"rule|fault|must be"):
        read_rule(given)


def test_a_rule_that_was_told_can_be_read_again() -> None:
    for stage in STAGES:
        for deed in DEEDS[stage]:
            rule = Fault(stage, deed, nth=2, probability=0.5, match="x")
            assert read_rule(json.loads(json.dumps(rule.to_json()))) == rule
    assert Fault("poll", "500").to_json() == {"stage": "poll", "do": "500"}


def test_the_tables_of_deeds_agree() -> None:
    deeds = {deed for held in DEEDS.values() for deed in held}
    assert set(DEEDS) == set(STAGES)
    assert set(MEANINGS) == deeds
    assert set(OPTIONS) | set(WORDS) | set(ANSWER_DEEDS) <= deeds


def test_a_whole_key_is_not_told() -> None:
    rule = Fault("poll", "500", key="a-secret-key-1234")
    with InProcess(faults=[rule]) as driver:
        assert "a-secret" not in repr(rule)
        told = driver.call("GET", "/__emulator/faults").data.decode()
        assert '"key":"1234"' in told
        assert "secret" not in told
