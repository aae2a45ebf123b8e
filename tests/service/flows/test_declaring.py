"""Flows as they are written: what is read, what is refused and where, what is told of prices."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kie import AsyncKie
from kie.errors import InvalidInput
from kie.service.flows.checking import check
from kie.service.flows.declaring import Flow, Input, OnFailure, Step
from kie.service.flows.errors import FlowInvalid
from kie.service.flows.estimating import estimate
from kie.service.flows.mapping import read_flow, to_flow, to_mapping
from kie.service.flows.references import (
    UNKNOWN,
    Malformed,
    Missing,
    condition,
    holds,
    references,
    resolve,
    split,
)
from kie.service.flows.runs import asking
from kie.service.flows.shape import MOST_ITEMS
from kie.service.flows.yaml_text import MOST, read_yaml
from tests.service.flows.flowing import FAN, IMAGE_PRICE
from tests.support.places import ROOT

CORE = AsyncKie("a-key", base_url="http://127.0.0.1:9")._core
PAGE = ROOT / "docs" / "guide" / "flows.md"


def problems(flow: Any, inputs: dict[str, Any] | None = None) -> list[str]:
    """What is wrong, as "line: path: message"."""
    try:
        check(read_flow(flow) if isinstance(flow, str) else flow, CORE, inputs)
    except FlowInvalid as error:
        return [f"{each.line}: {each.path}: {each.message}" for each in error.problems]
    return []


def test_the_flow_of_the_page_is_right_and_priced() -> None:
    flow = read_flow(re.search(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[1])  # type: ignore[index]
    assert problems(flow) == []
    features = [{"name": "frame", "look": "bare"}, {"name": "brakes", "look": "wet"}]
    shape, inputs, planned = check(flow, CORE, {"product": "bike", "features": features})
    assert inputs["ratio"] == "16:9"
    told = estimate(shape, planned)
    assert told.high is not None
    assert 0 < told.low <= told.high
    assert [(step.step, step.items) for step in told.steps] == [("images", 2), ("clips", 2)]


@pytest.mark.parametrize("fast", [True, False])
def test_yaml_is_read_as_people_mean_it(fast: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    if not fast:
        monkeypatch.delattr("yaml.CSafeLoader", raising=False)
    value, lines = read_yaml("a: 16:9\nb: on\nc: 2026-11-21\nd: true\ne: 1.5\nf: [1, -2, 007, 1e5, 0x10]\ng: '1'\nh:\n")
    assert value == {
        "a": "16:9", "b": "on", "c": "2026-11-21", "d": True, "e": 1.5, "f": [1, -2, "007", "1e5", "0x10"], "g": "1",
        "h": None,
    }  # fmt: skip
    assert (lines["a"], lines["f[2]"], lines["h"]) == (1, 6, 8)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x 1\nb: *x", "line 1: a: Anchors"),
        ("a: 1\nb: *x", "line 2: b: Anchors"),
        ("a: !!python/object/apply:os.system [x]", "line 1: a: Tags"),
        ("a: !x 1", "line 1: a: Tags"),
        ("a: 1\na: 2", "line 2: a: The name stands here twice"),
        ("a: 1\n---\nb: 1", "line 2: One flow a text"),
        ("a: [", "This is no YAML"),
        ("a: \x01", "This is no YAML"),
        ("? [a]\n: b", "line 1: A name must be plain text"),
        ("a: " + "[" * 30 + "]" * 30, "deeper than"),
        ("a: [" + "1," * 30_000 + "]", "More than"),
        ("#" * (MOST + 1), "letters"),
        ("- a", "A flow is names with values"),
        ("", "A flow is names with values"),
    ],
)
def test_what_yaml_can_do_besides_is_refused(text: str, said: str) -> None:
    with pytest.raises(FlowInvalid) as told:
        read_flow(text)
    assert said in str(told.value)


def test_a_bomb_of_aliases_costs_nothing() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    with pytest.raises(FlowInvalid, match="Anchors"):
        read_flow(bomb)


@given(st.text(max_size=300))
def test_any_text_is_a_flow_or_refused(text: str) -> None:
    try:
        flow = read_flow(text)
    except FlowInvalid:
        return
    assert flow.steps


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("name: fan", "name: 3"), ["1: name: A name is needed"]),
        (("name: fan", "nam: fan"), ["1: nam: Unknown", "None: name: A name is needed"]),
        (("run: parcel", "run: parcel\n    model: x"), ["18: steps.archive: A step has exactly one"]),
        (("run: parcel", "runs: parcel"), ["19: steps.archive.runs: Unknown", "18: steps.archive: A step has exactly"]),
        (("as: thing", "as: steps"), ["7: steps.pictures.as: 'steps' cannot be"]),
        (("on_failure: skip", "on_failure: retry"), ["10: steps.pictures.on_failure: fail, skip"]),
        (("on_failure: skip", "on_failure: {use: none}"), ["5: steps.pictures: There is no other step 'none'"]),
        (("on_failure: skip", "priority: 101"), ["10: steps.pictures.priority: A whole number"]),
        (("on_failure: skip", "max_credits: much"), ["10: steps.pictures.max_credits: 'much' is not a number"]),
        (("on_failure: skip", "when: 1 + 1"), ["5: steps.pictures: '1 + 1' is no condition"]),
        (("a picture of ${thing}", "a ${thng}"), ["nothing is called 'thng' here. Nearest: 'thing'"]),
        (("a picture of ${thing}", "a ${inputs.thing}"), ["there is no input 'thing'. Nearest: 'things'"]),
        (("a picture of ${thing}", "a ${inputs.things.x}"), ["list has no 'x'"]),
        (("a picture of ${thing}", "a ${thing.name}"), ["text has no 'name'"]),
        (("a picture of ${thing}", "a ${steps.clips.text}"), ["These steps wait for each other: pictures, clips"]),
        (("a picture of ${thing}", "a ${steps.pictures.text}"), ["These steps wait for each other: pictures"]),
        (("a picture of ${thing}", "a ${thing"), ["has no end"]),
        (("a picture of ${thing}", "a ${1 + 1}"), ["is no path"]),
        (("a picture of ${thing}", "${__import__('os')}"), ["cannot be read at"]),
        (("picture.item} moves", "picture.itm} moves"), ["a step has no 'itm'. Nearest: 'item'"]),
        (("picture.item} moves", "picture.item.x} moves"), ["text has no 'x'"]),
        (("${steps.pictures}", "${steps.archive}"), ["archive is done once; a list is needed"]),
        (("steps.clips.outputs", "steps.clip.outputs"), ["there is no step 'clip'. Nearest: 'clips'"]),
        (("archive.outputs[0]", "archive[0].outputs"), ["archive is done once and has no places"]),
        (("archive.outputs[0]", "clips[index].outputs"), ["[index] stands for the place"]),
        (("archive.outputs[0]", "archive"), ["what of it?"]),
        (("nano-banana-pro", "nano-banan-pro"), ["8: steps.pictures.model"]),
        (("{prompt:", "{promt:"), ["9: steps.pictures.input.promt: promt: nano-banana-pro has no such input"]),
        (("files: [", "file: ["), ["steps.archive.input.file"]),
        (("things: [text]", "things: {type: list, of: text, default: x}"), ["inputs.things.default: A list is needed"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(change: tuple[str, str], said: list[str]) -> None:
    assert change[0] in FAN
    text = FAN.replace(*change, 1)
    try:
        found = problems(text)
    except FlowInvalid as error:
        found = [f"{each.line}: {each.path}: {each.message}" for each in error.problems]
    assert len(found) >= len(said)
    for words in said:
        assert any(words in each for each in found), found


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({}, "inputs.things: It is needed: a list."),
        ({"things": "a fox"}, "A list is needed, not str"),
        ({"things": ["a", 3]}, "inputs.things[1]: a text is needed, not 3"),
        ({"things": ["a"], "thing": 1}, "inputs.thing: There is no such input. Nearest: 'things'"),
        ({"things": ["x"] * 1001}, "1001 items; 0 to 1000 are allowed"),
        ({"things": ["x" * 100_001]}, "100001 letters"),
    ],
)
def test_inputs_are_held_against_their_declaration(inputs: dict[str, Any], said: str) -> None:
    assert any(said in each for each in problems(FAN, inputs)), problems(FAN, inputs)


def test_each_item_is_held_against_its_model() -> None:
    flow = FAN.replace("a picture of ${thing}", "${thing}")
    assert problems(flow) == []
    found = problems(flow, {"things": ["a fox", "x" * 99_999]})
    assert any("steps.pictures.input.prompt" in each for each in found)


def test_what_a_local_step_made_is_no_input_of_a_model() -> None:
    last = "  last: {model: nano-banana-pro, input: {prompt: x y z, images: '${steps.archive.outputs}'}}\n"
    flow = FAN.replace("outputs:\n  archive", f"{last}outputs:\n  archive")
    [found] = problems(flow)
    assert "what the local step 'archive' made lies here" in found


def test_a_follow_up_must_be_one_of_its_model() -> None:
    flow = FAN.replace("outputs:\n  archive", "  sharp: {follow_up: 4k, of: pictures}\noutputs:\n  archive")
    assert any("cannot be followed by '4k'" in each for each in problems(flow))
    flow = FAN.replace("outputs:\n  archive", "  longer: {follow_up: extend, of: clips, input: {prompt: on it goes}}\n"
                       "outputs:\n  archive")  # fmt: skip
    shape, _, planned = check(read_flow(flow), CORE, {"things": ["a", "b"]})
    assert [item.place for item in planned.items if item.step == "longer"] == [0, 1]
    assert shape.fan("longer")
    flow = FAN.replace("outputs:\n  archive", "  longer: {follow_up: extend, of: archive}\noutputs:\n  archive")
    assert any("only a generation can be followed" in each for each in problems(flow))


def test_a_run_has_not_too_many_items() -> None:
    steps = "".join(
        f"  s{n}: {{for_each: '${{inputs.things}}', model: nano-banana-pro, input: {{prompt: a fox}}}}\n"
        for n in range(12)
    )
    found = problems(f"name: many\ninputs: {{things: [text]}}\nsteps:\n{steps}", {"things": ["x"] * 1000})
    assert any(f"more than {MOST_ITEMS} items" in each for each in found)


def test_estimates_say_what_they_do_not_know() -> None:
    flow = read_flow(
        """
name: unknown
inputs: {sharp: {type: boolean, default: true}, things: [text]}
steps:
  one: {model: nano-banana-pro, input: {prompt: a fox}, on_failure: {use: spare}}
  spare: {model: nano-banana-pro, input: {prompt: a fox}}
  each: {for_each: "${steps.one.outputs}", model: nano-banana-pro, input: {prompt: more, images: ["${item}"]}}
  maybe: {model: nano-banana-pro, when: "${steps.one.text}", input: {prompt: a fox}}
  never: {model: nano-banana-pro, when: "not ${inputs.sharp}", input: {prompt: a fox}}
  other: {model: nano-banana-pro, input: {prompt: a fox}, on_failure: {model: nano-banana-2}}
"""
    )
    shape, _, planned = check(flow, CORE, {"things": []})
    told = estimate(shape, planned)
    by_name = {step.step: step for step in told.steps}
    assert set(by_name) == {"one", "spare", "each", "maybe", "other"}
    assert by_name["one"].low == by_name["one"].high == IMAGE_PRICE
    for name in ("spare", "maybe"):
        assert by_name[name].low == 0
        assert by_name[name].high == IMAGE_PRICE
    assert by_name["each"].open
    assert by_name["each"].high is None
    assert told.high is None
    assert told.low == IMAGE_PRICE * 3
    assert "each: only the run will tell how many items there are" in told.unknown
    assert not told.within(Decimal(10**9))


def test_the_same_in_python() -> None:
    flow = Flow(
        "fan",
        {
            "pictures": Step(
                model="nano-banana-pro",
                input={"prompt": "a picture of ${thing}"},
                for_each="${inputs.things}",
                each_as="thing",
                on_failure=OnFailure("skip"),
            ),
            "clips": Step(
                model="grok-imagine/image-to-video",
                input={"prompt": "${picture.item} moves", "images": ["${picture.outputs[0]}"]},
                for_each="${steps.pictures}",
                each_as="picture",
            ),
            "archive": Step(run="parcel", input={"files": ["${steps.pictures.outputs}", "${steps.clips.outputs}"]}),
        },
        {"things": Input("list", of=Input("text"))},
        {"archive": "${steps.archive.outputs[0]}", "clips": "${steps.clips.outputs}"},
    )
    assert read_flow(FAN) == flow
    assert to_flow(to_mapping(flow)) == flow
    assert problems(flow) == []


_NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-1000, 1000) | st.text(max_size=20).filter(lambda text: "${" not in text),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3),
    max_leaves=6,
)
_FAILURES = st.one_of(
    st.sampled_from([OnFailure(), OnFailure("skip")]),
    st.builds(lambda name: OnFailure("use", step=name), _NAMES),
    st.builds(
        lambda name, given, then: OnFailure("model", model=name, input=given, then=then),
        _NAMES,
        st.dictionaries(_NAMES, _VALUES, max_size=2),
        st.sampled_from(["fail", "skip"]),
    ),
)
_COMMON: dict[str, Any] = {
    "input": st.dictionaries(_NAMES, _VALUES, max_size=3),
    "on_failure": _FAILURES,
    "priority": st.integers(-100, 100),
    "max_credits": st.none() | st.decimals(0, 10**6, places=2),
    "when": st.none() | st.just("${inputs.a} == 16:9"),
}
_STEPS = st.one_of(
    st.builds(Step, model=_NAMES, **_COMMON),
    st.builds(Step, model=_NAMES, for_each=st.just("${inputs.a}"), each_as=st.sampled_from(["item", "it"]), **_COMMON),
    st.builds(Step, follow_up=st.sampled_from(["extend", "1080p"]), of=_NAMES, **_COMMON),
    st.builds(Step, run=_NAMES, **_COMMON),
)
_INPUTS = st.builds(
    Input,
    type=st.sampled_from(["text", "number", "integer", "boolean", "link"]),
    help=st.sampled_from(["", "a sentence"]),
    most=st.none() | st.integers(1, 100),
    needed=st.booleans(),
    choices=st.sampled_from([(), ("a", "b")]),
)
_FLOWS = st.builds(
    Flow,
    name=_NAMES,
    steps=st.dictionaries(_NAMES, _STEPS, min_size=1, max_size=3),
    inputs=st.dictionaries(_NAMES, _INPUTS | st.builds(Input, type=st.just("list"), of=_INPUTS), max_size=3),
    outputs=st.dictionaries(_NAMES, _VALUES.filter(lambda value: value is not None), max_size=2),
    description=st.sampled_from(["", "a sentence"]),
    max_credits=st.none() | st.decimals(0, 10**6, places=2),
)


@given(_FLOWS)
def test_what_is_stored_is_what_was_declared(flow: Flow) -> None:
    import json

    assert to_flow(json.loads(json.dumps(to_mapping(flow)))) == flow


def test_references_are_paths_and_nothing_else() -> None:
    scope = {"inputs": {"a": [1, {"b": "x"}], "no": False, "none": None}, "index": 1}
    assert resolve("${inputs.a}", scope) == [1, {"b": "x"}]
    assert resolve("${inputs.a[1].b} and $${this}", scope) == "x and ${this}"
    assert resolve("${inputs.a[index].b}", scope) == "x"
    assert resolve({"l": ["${inputs.a}", "y"]}, scope) == {"l": [1, {"b": "x"}, "y"]}
    assert resolve("${inputs.none or inputs.zero or inputs.a[0]}", scope) == 1
    assert resolve("${inputs.no}", scope) is False
    assert resolve("is ${inputs.no}", scope) == "is false"
    assert resolve("${x}", {"x": "${inputs.a}"}) == "${inputs.a}", "what is put in is not looked at again"
    assert resolve("${x} of ${y}", {"x": "a", "y": UNKNOWN}) is UNKNOWN
    for gone in ("${inputs.none}", "${inputs.a[2]}", "${inputs.a.b}", "${nothing}", "${inputs.a[0].b}"):
        with pytest.raises(Missing):
            resolve(gone, scope)
    with pytest.raises(Malformed, match="longer than"):
        condition("${a} == " + " " * 100_000 + "\n")
    for wrong in (
        "${a" + " " * 100_000 + "b}",
        "${",
        "${a",
        "${}",
        "${a..b}",
        "${a[b]}",
        "${a b}",
        "${a()}",
        "${a or }",
        "${1}",
    ):
        with pytest.raises(Malformed):
            list(references(wrong))


@given(st.text(max_size=60))
def test_any_text_is_read_as_references_or_refused(text: str) -> None:
    try:
        parts = split(text)
    except Malformed:
        return
    if "${" not in text:
        assert "".join(map(str, parts)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${inputs.yes}", True),
        ("not ${inputs.yes}", False),
        ("${inputs.none}", False),
        ("not ${inputs.gone}", True),
        ("${inputs.ratio} == 16:9", True),
        ("${inputs.ratio} != '16:9'", False),
        ("${inputs.yes} == true", True),
        ("${inputs.gone} == ''", False),
        ("${inputs.gone} != x", True),
        ("${inputs.zero}", False),
    ],
)
def test_conditions(text: str, expected: bool) -> None:  # noqa: FBT001 - a table
    assert holds(condition(text), {"inputs": {"yes": True, "ratio": "16:9", "none": None, "zero": 0}}) is expected


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "src/kie/service/flows/data").glob("*.yaml")))
def test_the_flows_that_come_along_are_right(name: str) -> None:
    text = Path(ROOT / f"src/kie/service/flows/data/{name}.yaml").read_text(encoding="utf-8")
    flow = read_flow(text)
    assert flow.name == name
    shape, _, planned = check(flow, CORE, {})
    told = estimate(shape, planned)
    assert flow.max_credits is None or told.within(flow.max_credits), (told.high, flow.max_credits)


IMAGE_STEP = "name: a\nsteps:\n  a: {model: nano-banana-pro, input: {prompt: a fox}}\n"


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("{model: nano-banana-pro, input: {prompt: a hen, images: ['${steps.a.outputs[0].url}']}}", "has no 'url'"),
        ("{model: nano-banana-pro, input: {prompt: '${steps.a.outputs.text}'}}", "a list has no 'text'"),
        ("{for_each: '${steps.a.outputs[0].x}', model: nano-banana-pro, input: {prompt: a hen}}", "has no 'x'"),
        (
            "{for_each: '${steps.a.outputs}', model: nano-banana-pro, input: {prompt: a hen, images: ['${item.url}']}}",
            "item.url cannot be there",
        ),
        ("{model: nano-banana-pro, when: '${steps.a.outputs[0].url}', input: {prompt: a hen}}", "b.when"),
        ("{run: zip, input: {files: []}}\noutputs: {b: '${steps.a.outputs[0].url}'}", "outputs.b"),
        ("{run: resize, input: {image: '${steps.a.outputs[0]}', sizes: [leaderbord]}}", "no size"),
        ("{run: join, input: {videos: '${steps.a.outputs}', fps: 900}}", "out of range"),
        ("{run: still, input: {image: 'https://example.com/a.png'}}", "fetch no links"),
        ("{run: stil, input: {image: '${steps.a.outputs[0]}'}}", "no local step 'stil'"),
        (
            "{model: nano-banana-2-lite, input: {prompt: a hen}, max_credits: 5, on_failure: {model: nano-banana-pro}}",
            "more than the limit of 5",
        ),
    ],
)
def test_what_would_only_fail_after_a_step_was_paid_for_is_told_before(step: str, said: str) -> None:
    found = problems(f"{IMAGE_STEP}  b: {step}\n", {})
    assert any("b" in each and said in each for each in found), found


@pytest.mark.parametrize(
    ("each", "said"),
    [("b", "These steps wait for each other"), ("c", "These steps wait"), ("d", "There is no step 'd'")],
)
def test_a_circle_of_lists_is_told_and_not_gone_round(each: str, said: str) -> None:
    step = f"{{for_each: '${{steps.{each}}}', model: nano-banana-pro, input: {{prompt: '${{item.item.x}}'}}}}"
    other = "{for_each: '${steps.b}', model: nano-banana-pro, input: {prompt: a hen}}"
    found = problems(f"{IMAGE_STEP}  b: {step}\n  c: {other}\n")
    assert any(said.lower() in each.lower() for each in found), found


def test_files_in_a_list_are_not_counted_before_they_are_there() -> None:
    flow = (
        f"{IMAGE_STEP}  b: {{for_each: ['${{steps.a.outputs}}'], model: nano-banana-pro, input: {{prompt: a hen}}}}\n"
    )
    shape, _, planned = check(read_flow(flow), CORE, {})
    told = estimate(shape, planned)
    assert (told.high, told.steps[1].open) == (None, True)


def _deep(levels: int) -> Any:
    found: Any = []
    for _ in range(levels):
        found = [found]
    return found


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("? " + "a" * 60_000 + "\n: [" + "0," * 9_000 + "0]", "A name has 60000 letters"),  # 540 MB of places
        ({"name": "a", "steps": {"a": {"model": "nano-banana-pro", "input": {"prompt": _deep(9_000)}}}}, "too deep"),
        ({"name": "a", "steps": {"a": {"model": "x", "input": {"prompt": [0] * 20_000}}}}, "too many values"),
        (IMAGE_STEP + "max_credits: 1.0e99\n", "not a number of credits"),
        (IMAGE_STEP + "".join(f"  s{n}: {{run: zip, input: {{files: []}}}}\n" for n in range(500)), "501 steps; 500"),
    ],
)
def test_a_flow_that_would_fill_the_memory_is_refused(data: Any, said: str) -> None:
    with pytest.raises(FlowInvalid, match=said):
        read_flow(data) if isinstance(data, str) else to_flow(data)


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [("record", {"x": _deep(9_000)}, "too deep"), ("list", [[0] * 10] * 10_000, "values"),
     ("number", float("nan"), "a number is needed"), ("number", float("inf"), "a number is needed")],
)  # fmt: skip
def test_inputs_that_nobody_can_hold_are_refused(kind: str, value: Any, said: str) -> None:
    assert any(
        said in each for each in problems(f"{IMAGE_STEP}inputs: {{x: {{type: {kind}, most: 99999}}}}", {"x": value})
    )


@pytest.mark.parametrize(
    "options",
    [{"max_credits": "NaN"}, {"max_credits": float("inf")}, {"max_credits": "1e999999"}, {"max_credits": -1},
     {"priority": "high"}, {"priority": 101}],
)  # fmt: skip
def test_options_of_a_run_are_held_against_what_they_may_be(options: dict[str, Any]) -> None:
    flow = read_flow(IMAGE_STEP)
    shape, taken, planned = check(flow, CORE, {})
    with pytest.raises(InvalidInput, match=next(iter(options))):
        asking(flow, shape, taken, estimate(shape, planned), options)
