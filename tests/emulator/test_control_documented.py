"""docs/emulator/control.md tells all control endpoints, and its examples work."""

from __future__ import annotations

import re
import shlex

from kie.emulator.control.control import PREFIX, ROUTES
from tests.emulator.support import Answer, Receiver, Served
from tests.support.places import ROOT

PAGE = (ROOT / "docs" / "emulator" / "control.md").read_text(encoding="utf-8")
SECTIONS = re.findall(r"^### `(GET|POST|DELETE) (\S+)`\n\n(.+?)\n\n```sh\n(.+?)\n```", PAGE, re.MULTILINE | re.DOTALL)
ADDRESS = "http://127.0.0.1:8788"


def test_all_endpoints_are_told_once() -> None:
    told = [(method, path) for method, path, _, _ in SECTIONS]
    there = {(route.method, f"{PREFIX}/{route.path.replace(':path', '')}") for route in ROUTES}
    assert sorted(told) == sorted(there)
    assert PAGE.count("\n### ") == len(SECTIONS)


def test_every_endpoint_has_a_sentence_of_its_own() -> None:
    with Served() as served:
        told = served.client.get("/__emulator/routes")
    assert len(told) == len(ROUTES)
    assert [route["path"] for route in told if not route["tells"].endswith((".", ";"))] == []


def _carry_out(served: Served, command: str, task: str, kept: dict[str, bytes]) -> tuple[str, Answer]:
    """Does what a curl command would; returns its method and the answer."""
    method, path, target = "", "", ""
    body: bytes | None = None
    words = iter(shlex.split(command)[1:])
    for word in words:
        if word == "-X":
            method = next(words)
        elif word in {"-d", "--data-binary"}:
            given = next(words)
            body = kept[given[1:]] if given.startswith("@") else given.encode()
        elif word == "-o":
            target = next(words)
        else:
            assert word.startswith(f"{ADDRESS}{PREFIX}/"), word
            path = word.removeprefix(ADDRESS).replace("TASK", task)
    method = method or ("POST" if body is not None else "GET")
    answer = served.client.call(method, path, body)
    if target:
        kept[target] = answer.data
    return method, answer


def test_every_example_does_what_its_heading_says() -> None:
    with Receiver() as receiver, Served(clock="frozen") as served:
        task = served.client.create("nano-banana-pro", receiver.url, prompt="x")
        served.emulator.advance(600)
        kept: dict[str, bytes] = {}
        for method, path, _, command in SECTIONS:
            done, answer = _carry_out(served, command, task, kept)
            assert (done, answer.status) == (method, 200), command
            shape = re.sub(r"\\\{\w+\\\}", r"[^?]+", re.escape(path))
            assert re.search(rf"{ADDRESS}{shape}(['?\s]|$)", command), command
        assert b'"log"' in kept["calls.har"]
        assert served.emulator.tasks() == ()
