"""How a run goes on follows from its rows alone: whatever ends first, the same is done, and nothing twice."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kie.errors import InvalidInput
from kie.service.flows.deciding import Decision, Known, _Decider, decide
from kie.service.flows.mapping import read_flow
from kie.service.flows.scope import File, Item
from kie.service.flows.shape import Shape

FLOW = """
name: many
inputs: {things: [text], sharp: boolean}
steps:
  seed: {model: m, input: {prompt: x}, on_failure: {model: n, then: skip}}
  pictures: {for_each: "${inputs.things}", model: m, input: {prompt: "${item}"}, on_failure: {use: spares}}
  spares: {for_each: "${inputs.things}", model: m, input: {prompt: "${item}"}, on_failure: skip}
  clips:
    for_each: ${steps.pictures}
    as: picture
    model: m
    input: {image: "${picture.outputs[0]}", of: "${picture.item}"}
    on_failure: skip
  voices: {for_each: "${inputs.things}", model: m, when: "${inputs.sharp}", input: {text: "${item}"}, on_failure: skip}
  pairs:
    for_each: ${steps.clips}
    as: clip
    run: join
    input: {video: "${clip.outputs[0]}", voice: "${steps.voices[index].outputs[0] or clip.outputs[0]}"}
    on_failure: skip
  third: {model: m, input: {image: "${steps.pictures[2].outputs[0]}"}, on_failure: skip}
  all: {run: join, input: {all: "${steps.pairs.outputs}", seed: "${steps.seed.outputs[0] or steps.third.outputs[0]}"}}
"""
SHAPE = Shape(read_flow(FLOW))
RUN = {"id": "run", "flow": "many", "project": "p"}


def _decide(inputs: dict[str, Any], rows: dict[str, dict[int, Known]]) -> Decision:
    return decide(SHAPE, inputs, RUN, rows)


def _play(inputs: dict[str, Any], fails: set[tuple[str, int, int]], dice: random.Random) -> Any:
    """Play a run: what waits ends in any order. Returns what was begun, with what, and how it ended."""
    rows: dict[str, dict[int, Known]] = {}
    begun: dict[tuple[str, int, int], Any] = {}
    for _ in range(500):
        decision = _decide(inputs, rows)
        if decision.over or decision.failure is not None:
            return begun, decision.outputs, decision.failure
        for what in decision.begin:
            key = (what.step, what.place, what.tries)
            assert key not in begun, "nothing is begun twice"
            begun[key] = (what.input, what.value)
            state = "waiting" if what.input is not None else "skipped"
            rows.setdefault(what.step, {})[what.place] = Known(state, what.tries)
        waiting = [(step, place) for step, inner in rows.items() for place, k in inner.items() if k.state == "waiting"]
        if decision.begin and dice.random() < 0.5:
            continue  # a decision that is made again begins nothing anew
        assert waiting or decision.begin, "it stands still"
        if waiting:
            step, place = dice.choice(sorted(waiting))
            known = rows[step][place]
            if (step, place, known.tries) in fails:
                rows[step][place] = Known("failed", known.tries)
            else:
                facts = {"outputs": [File(step, place, 0, f"https://example.com/{step}/{place}")], "index": place,
                         "item": begun[step, place, known.tries][1]}  # fmt: skip
                rows[step][place] = Known("succeeded", known.tries, Item(step, place, facts))
    raise AssertionError("it never ends")


_FAILS = st.sets(
    st.tuples(st.sampled_from(["seed", "pictures", "spares", "clips", "voices", "pairs", "third"]), st.integers(0, 3),
              st.integers(0, 1))
)  # fmt: skip


@given(st.integers(0, 4), st.booleans(), _FAILS, st.integers(), st.integers())
def test_the_order_of_ends_changes_nothing(
    number: int,
    sharp: bool,  # noqa: FBT001 - drawn
    fails: set[tuple[str, int, int]],
    one: int,
    other: int,
) -> None:
    inputs = {"things": [f"thing {n}" for n in range(number)], "sharp": sharp}
    first = _play(inputs, fails, random.Random(one))
    second = _play(inputs, fails, random.Random(other))
    assert first == second
    begun, outputs, failure = first
    assert failure is None, "in this flow every failure is provided for"
    assert set(outputs) == {"all"}
    # What is paid for is what is needed: spares for pictures that failed, a second model for a seed that did.
    spares = {place for step, place, _ in begun if step == "spares"}
    assert spares == {n for n in range(number) if ("pictures", n, 0) in fails}
    assert (("seed", 0, 1) in begun) == (("seed", 0, 0) in fails)
    there = {n for n in range(number) if ("pictures", n, 0) not in fails or ("spares", n, 0) not in fails}
    assert {place for step, place, _ in begun if step == "clips"} == there
    clips = {n for n in there if ("clips", n, 0) not in fails}
    assert {place for step, place, _ in begun if step == "pairs"} == clips
    # What goes in again waits for all of it.
    seeded = not {("seed", 0, 0), ("seed", 0, 1)} <= fails
    third = 2 in there and ("third", 0, 0) not in fails
    given, _ = begun["all", 0, 0]
    assert (given is not None) == (seeded or third)
    if given is not None:
        assert [file.place for file in given["all"]] == sorted(n for n in clips if ("pairs", n, 0) not in fails)
        assert given["seed"].step == ("seed" if seeded else "third")
    for n in clips:
        voice = "voices" if sharp and ("voices", n, 0) not in fails else "clips"
        assert begun["pairs", n, 0][0]["voice"].step == voice


def test_a_failure_that_is_not_provided_for_ends_the_run_and_begins_nothing() -> None:
    shape = Shape(read_flow(FLOW.replace(", on_failure: {use: spares}", "").replace("  spares:", "  others:")))
    rows = {"pictures": {0: Known("failed"), 1: Known("waiting")}}
    decision = decide(shape, {"things": ["a", "b"], "sharp": True}, RUN, rows)
    assert decision.failure == ("pictures", 0)
    assert decision.begin == ()
    assert not decision.over


def test_one_decision_does_not_begin_everything_at_once() -> None:
    inputs = {"things": [str(n) for n in range(900)], "sharp": False}
    decision = _decide(inputs, {})
    assert len(decision.begin) == 200
    assert decision.counts["pictures"] == 900
    assert "clips" not in decision.counts


def test_only_the_item_that_is_asked_for() -> None:
    inputs = {"things": ["a", "b"], "sharp": True}
    decision = decide(SHAPE, inputs, RUN, {}, ("voices", 1))
    assert [(what.step, what.place) for what in decision.begin] == [("voices", 1)]


CHAIN = """
name: chain
steps:
  first: {for_each: [1, 2, 3], model: m, input: {prompt: x}, on_failure: {use: second}}
  each: {for_each: "${steps.first}", model: m, input: {image: "${item.outputs[0]}"}}
  second: {for_each: [1, 2, 3], model: m, input: {prompt: x}, on_failure: {use: third}}
  third: {for_each: [1], model: m, input: {prompt: x}, on_failure: skip}
"""


def _made(step: str, place: int) -> Known:
    file = File(step, place, 0, "https://example.com/a.png")
    return Known("succeeded", 0, Item(step, place, {"outputs": [file], "index": place, "item": None}))


def test_a_run_does_not_stand_still_where_a_stand_in_of_a_stand_in_has_fewer_items() -> None:
    shape = Shape(read_flow(CHAIN))
    failed = {place: Known("failed") for place in range(3)}
    rows: dict[str, dict[int, Known]] = {"first": failed, "second": failed, "third": {0: _made("third", 0)}}
    decision = decide(shape, {}, RUN, rows)
    assert [(what.step, what.place) for what in decision.begin] == [("each", 0)]
    assert decide(shape, {}, RUN, rows | {"each": {0: _made("each", 0)}}).over


def test_a_run_does_not_grow_beyond_what_a_run_may_be() -> None:
    """What a model wrote decides over how many there are, and each of them costs."""
    shape = Shape(
        read_flow(
            "name: a\nsteps:\n  story: {model: m, input: {prompt: x}}\n"
            "  shots: {for_each: '${steps.story.data.shots}', model: m, input: {prompt: '${item}'}}\n"
        )
    )
    for number, fine in ((9_999, True), (10_000, False)):
        story = Known("succeeded", 0, Item("story", 0, {"data": {"shots": ["x"] * number}}))
        if fine:
            assert decide(shape, {}, RUN, {"story": {0: story}}).counts["shots"] == number
        else:
            with pytest.raises(InvalidInput, match="shots would have 10000 items"):
                decide(shape, {}, RUN, {"story": {0: story}})


def test_to_decide_takes_as_many_looks_as_there_are_items(monkeypatch: pytest.MonkeyPatch) -> None:
    looks, over = [0], _Decider._over

    def counted(self: _Decider, name: str, place: int) -> bool:
        looks[0] += 1
        return over(self, name, place)

    monkeypatch.setattr(_Decider, "_over", counted)
    shape = Shape(
        read_flow(
            "name: a\ninputs: {things: [text]}\nsteps:\n"
            "  one: {for_each: '${inputs.things}', model: m, input: {prompt: x}}\n"
            "  two: {for_each: '${inputs.things}', model: m, input: {prompt: '${steps.one.text}'}}\n"
            "  three: {for_each: '${steps.one}', model: m, input: {prompt: '${steps.two[index].text}'}}\n"
        )
    )
    found = []
    for number in (100, 1_000):
        looks[0] = 0
        done = {place: _made("one", place) for place in range(number)}
        decide(shape, {"things": ["x"] * number}, RUN, {"one": done | {number - 1: Known("waiting")}})
        found.append(looks[0])
    assert found[1] <= 12 * found[0]
