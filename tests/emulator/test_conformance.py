"""The report on what the emulator does, and how that is known."""

from __future__ import annotations

import json
import re

import pytest

from kie.emulator.__main__ import main
from kie.emulator.control.conformance import PROVENANCES, Behaviour, behaviours, markdown, report
from kie.emulator.faults.deeds import DEEDS
from kie.emulator.quirks import QUIRKS
from tests.emulator.support import Client, Served

#: The contradictions between documents and recordings that CONTRACT §7 numbers.
GROUPS = 36


def test_every_quirk_is_named_and_none_that_is_not() -> None:
    assert {name for held in behaviours() for name in held.quirks} == set(QUIRKS)


def test_every_contradiction_is_decided() -> None:
    assert {group for held in behaviours() for group in held.groups} == set(range(1, GROUPS + 1))


@pytest.mark.parametrize("held", behaviours(), ids=lambda held: held.id)
def test_an_entry(held: Behaviour) -> None:
    assert held.provenance in PROVENANCES
    assert held.source.strip()
    assert held.emulator.endswith(".")
    assert re.fullmatch(r"[a-z0-9-]+", held.id)
    if held.provenance in {"recorded", "documented"}:
        assert re.search(r"20\d\d", held.source), "a recording or document has a date"
    if held.provenance == "assumed":
        assert held.unknown or held.otherwise or "asks nobody" in held.source, "what is assumed says what is not known"
    for fault in held.faults:
        stage, _, deed = fault.rpartition(":")
        assert deed in (DEEDS[stage] if stage else {deed for deeds in DEEDS.values() for deed in deeds})


def test_names_are_given_once_and_areas_are_together() -> None:
    names = [held.id for held in behaviours()]
    assert len(names) == len(set(names))
    areas = [held.area for held in behaviours()]
    runs = [area for at, area in enumerate(areas) if at == 0 or areas[at - 1] != area]
    assert len(runs) == len(set(runs))


def test_over_http() -> None:
    with Served(clock="frozen", quirks=["cost-time-ms"]) as served:
        inspector = Client(served.client.url, "")
        held = inspector.get("/__emulator/conformance")
        assert held == json.loads(json.dumps(report({"cost-time-ms"})))
        assert sum(held["provenances"].values()) == len(behaviours())
        assert [row["id"] for row in held["behaviours"] if row["on"]] == ["cost-time"]
        page = inspector.call("GET", "/__emulator/conformance.md")
        assert page.headers["content-type"].startswith("text/markdown")
        assert page.data.decode() == markdown({"cost-time-ms"})
        assert "`cost-time-ms` (on)" in page.data.decode()


def test_the_page_is_made_of_tables() -> None:
    rows = [line for line in markdown().splitlines() if line.startswith("|")]
    assert len(rows) == len(behaviours()) + 2 * len({held.area for held in behaviours()})
    assert all(line.count(" | ") == 3 for line in rows)


def test_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--conformance", "--quirk", "veo-4k-documented"]) == 0
    told = capsys.readouterr().out
    assert all(held.id in told for held in behaviours())
    assert "--quirk veo-4k-documented (on)" in told
    assert max(map(len, told.splitlines())) <= 110
