"""Rules across fields that JSON Schema cannot say."""

from __future__ import annotations

from typing import Any

import pytest

from kie.catalogue.files import default_catalogue
from kie.errors import InvalidInput
from kie.wire.rules import RULES

ELEMENTS = {
    "rule": "elements_defined",
    "prompt": ["prompt", "multi_prompt[].prompt"],
    "elements": "elements",
    "name": "name",
}
SHOTS = {"rule": "durations_within", "items": "shots", "item": "duration", "total": "duration", "min": 1, "max": 12}
MODE = {"rule": "images_by_mode", "mode": "mode", "images": "images", "counts": {"FRAMES": [1, 2], "REFS": [3, 3]}}
MOST = {"rule": "at_most_one_of", "groups": [["a", "b"], ["c"]]}
SUM = {"rule": "weighted_sum_at_most", "weights": {"images": 1, "videos": 2}, "most": 5}
ONE = {"rule": "one_of_required", "fields": ["a", "b"]}
CAT = [{"name": "cat"}, {"name": "big_dog"}]

#: rule, inputs that hold, inputs that do not with the field at fault and a part of the text.
CASES: list[tuple[dict[str, Any], list[dict[str, Any]], list[tuple[dict[str, Any], str, str]]]] = [
    (
        ELEMENTS,
        [
            {"prompt": "no mention"},
            {"prompt": "@cat sees @big_dog.", "elements": CAT},
            {"multi_prompt": [{"prompt": "@cat"}, {"prompt": 5}, {}], "elements": CAT},
            {},
            {"prompt": None, "elements": None},
            {"prompt": "@cats play", "elements": CAT},
        ],
        [
            ({"prompt": "@bird", "elements": CAT}, "prompt", "@bird is not defined"),
            ({"prompt": "@cat"}, "prompt", "none"),
            ({"multi_prompt": [{"prompt": "@x"}], "elements": CAT}, "multi_prompt[].prompt", "@big_dog, @cat"),
        ],
    ),
    (
        SHOTS,
        [
            {},
            {"shots": [{"duration": 3}, {"duration": "4"}, {}], "duration": "7"},
            {"shots": [{"duration": 3}]},
            {"shots": [{"duration": 1}, {"duration": 12}], "duration": 13},
        ],
        [
            ({"shots": [{"duration": 3}, {"duration": 0}]}, "shots[1].duration", "0 s is out of range 1..12"),
            ({"shots": [{"duration": 13}]}, "shots[0].duration", "13 s"),
            ({"shots": [{"duration": 3}, {"duration": 5}], "duration": "7"}, "shots", "8 s together"),
        ],
    ),
    (
        MODE,
        [
            {"mode": "FRAMES", "images": ["a"]},
            {"mode": "REFS", "images": ["a", "b", "c"]},
            {"mode": "OTHER", "images": []},
            {},
        ],
        [
            ({"mode": "FRAMES"}, "images", "1 to 2 images, 0"),
            ({"mode": "REFS", "images": ["a"]}, "images", "3 images, 1"),
            ({"mode": "FRAMES", "images": ["a"] * 3}, "images", "3 were given"),
        ],
    ),
    (
        MOST,
        [{}, {"a": 1, "b": 2}, {"c": 1}, {"a": "", "c": 1}, {"a": [], "b": None, "c": 0}],
        [
            ({"a": 1, "c": 1}, "c", "a; c"),
            ({"a": 1, "b": 1, "c": 1}, "c", "a, b; c"),
            ({"b": 0, "c": False}, "c", "b; c"),
        ],
    ),
    (
        SUM,
        [{}, {"images": ["a"] * 5}, {"images": ["a"], "videos": ["v", "v"]}, {"videos": "one"}],
        [
            ({"images": ["a"] * 2, "videos": ["v", "v"]}, "images", "it is 6"),
            ({"images": ["a"] * 6}, "images", "at most"),
        ],
    ),
    (ONE, [{"a": 1}, {"b": 0}, {"a": False}], [({}, "a", "a, b"), ({"a": "", "b": []}, "a", "a, b")]),
]


@pytest.mark.parametrize(("rule", "good", "bad"), CASES, ids=[case[0]["rule"] for case in CASES])
def test_a_rule_holds_or_names_the_field(
    rule: dict[str, Any], good: list[dict[str, Any]], bad: list[tuple[dict[str, Any], str, str]]
) -> None:
    check = RULES[rule["rule"]]
    for value in good:
        check(rule, value)
    for value, field, text in bad:
        with pytest.raises(InvalidInput) as caught:
            check(rule, value)
        assert caught.value.field == field
        assert text in str(caught.value)
        with pytest.raises(InvalidInput, match="in our words"):
            check({**rule, "message": "in our words"}, value)


def test_every_rule_is_tested() -> None:
    assert {case[0]["rule"] for case in CASES} == set(RULES)


def test_the_catalogue_uses_only_known_rules_and_fields() -> None:
    catalogue = default_catalogue()
    used = set()
    for name in catalogue:
        model = catalogue.entry(name)
        for rule in model.rules:
            used.add(rule["rule"])
            assert rule["rule"] in RULES, name
            fields = [rule.get(key) for key in ("elements", "items", "mode", "images") if rule.get(key)]
            fields += [f for group in rule.get("groups", ()) for f in group]
            fields += [*rule.get("weights", ()), *rule.get("fields", ())]
            assert set(fields) <= set(model.fields), (name, rule)
    assert used
