"""The page in the browser and what it asks: plain files, lists in pages, previews without a trace, hand-made tasks."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kie.emulator import Fault, page
from kie.emulator.control.control import ROUTES
from kie.emulator.verdict.evidence import gather
from tests.emulator.support import Client, Receiver, Served
from tests.support.places import ROOT

FILES = ROOT / "src" / "kie" / "emulator" / "page"
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
KEY = "sk-this-key-must-never-be-shown-9876"


def text(name: str) -> str:
    return (FILES / name).read_text(encoding="utf-8")


def scripts() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(FILES.glob("*.js"))}


# ----------------------------------------------------------------------------------------------------------- files


def test_a_browser_gets_the_page_and_a_program_json() -> None:
    with Served() as served:
        answer = served.client.call("GET", "/__emulator/", headers=BROWSER)
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.data.startswith(b"<!doctype html>")
        for accept in ("*/*", "application/json", ""):
            told = served.client.call("GET", "/__emulator/", headers={"Accept": accept})
            assert told.body["status"] == "ok"
        bare = served.client.call("GET", "/__emulator", headers=BROWSER)
        assert (bare.status, bare.headers["location"]) == (307, "/__emulator/")
        root = served.client.call("GET", "/", headers=BROWSER)
        assert (root.status, root.headers["location"]) == (307, "/__emulator/")
        assert served.client.call("GET", "/").body["status"] == 404


def test_the_policy_lets_nothing_inline_run() -> None:
    with Served() as served:
        policy = served.client.call("GET", "/__emulator/", headers=BROWSER).headers["content-security-policy"]
        assert "unsafe" not in policy
        assert {"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"} <= set(
            policy.split("; ")
        )
    assert not re.search(r"<script(?![^>]*\bsrc=)|\bstyle=|<style|\son\w+=|javascript:", text("index.html"))


def test_every_part_is_served_once_and_nothing_else() -> None:
    with Served() as served:
        for name in page.parts():
            answer = served.client.call("GET", f"/__emulator/page/{name}")
            assert (answer.status, answer.data) == (200, (FILES / name).read_bytes())
            again = served.client.call(
                "GET", f"/__emulator/page/{name}", headers={"If-None-Match": answer.headers["etag"]}
            )
            assert (again.status, again.data) == (304, b"")
        for name in ("__init__.py", "..%2fcontrol.py", "%2e%2e/control.py", "GEIST-LICENSE.txt", "none.js"):
            assert served.client.call("GET", f"/__emulator/page/{name}").status == 404


def test_the_page_fetches_nothing_from_elsewhere() -> None:
    allowed = r"https?://(?:www\.w3\.org/2000/svg|127\.0\.0\.1:3000/hook|example\.com/hook)"
    for name in page.parts():
        if not name.endswith("woff2"):
            assert not re.findall(
                r"(?:https?:)?//[a-z0-9][^\s\"'`)]*",
                re.sub(f"{allowed}|^ *//.*$|; //.*$", "", text(name), flags=re.MULTILINE),
            ), name


@pytest.mark.parametrize("name", sorted(scripts()))
def test_what_others_wrote_goes_in_as_text_only(name: str) -> None:
    ways = (
        r"(inner|outer)HTML|insertAdjacentHTML|document\.write|\beval\b|new Function|createContextual|srcdoc|DOMParser"
    )
    assert not re.search(ways, scripts()[name])
    for blank in re.findall(r"target: \"_blank\"[^}]*", scripts()[name]):
        assert "noopener" in blank


def test_every_element_that_a_script_takes_is_on_the_page() -> None:
    there = set(re.findall(r'\bid="([\w-]+)"', text("index.html")))
    wanted = {name for script in scripts().values() for name in re.findall(r'\$\("([\w-]+)"\)', script)}
    assert wanted - there == set()
    icons = {name for script in scripts().values() for name in re.findall(r'\bicon\("(\w+)"\)', script)}
    assert {f"i-{name}" for name in icons} - there == set()


# ----------------------------------------------------------------------------------------------------------- words


WORDS: dict[str, dict[str, Any]] = {name: json.loads(text(f"{name}.json")) for name in ("en", "ru")}


def _gaps(words: Any) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", words if isinstance(words, str) else " ".join(words.values())))


def test_both_languages_say_the_same() -> None:
    english, russian = WORDS["en"], WORDS["ru"]
    assert set(english) - set(russian) == set()
    assert {name.split(".")[0] for name in set(russian) - set(english)} <= {"deed", "spell", "pack"}
    for name, words in english.items():
        assert _gaps(words) == _gaps(russian[name]), name
        assert isinstance(words, str) == isinstance(russian[name], str), name
        if not isinstance(words, str):
            assert set(words) == {"one", "other"}, name
            assert set(russian[name]) == {"one", "few", "many", "other"}, name
        assert all(found or name.endswith(".hint") for found in (words, russian[name])), name


def test_every_word_that_is_used_exists() -> None:
    used = {name for script in scripts().values() for name in re.findall(r'\bt\("([\w.-]+)"', script)}
    used |= set(re.findall(r'data-(?:t|label|placeholder)="([\w.-]+)"', text("index.html")))
    assert used - set(WORDS["en"]) == set()
    assert len(used) > 100


def test_russian_has_words_for_everything_that_the_emulator_names() -> None:
    from kie.emulator.faults.deeds import MEANINGS, STAGES
    from kie.emulator.faults.script import packs
    from kie.emulator.faults.spells import SPELLS
    from kie.emulator.verdict import RULES

    russian = set(WORDS["ru"])
    assert {f"deed.{name}" for name in MEANINGS} <= russian
    assert {f"stage.{name}" for name in STAGES} <= russian
    assert {f"pack.{name}" for name in packs()} <= russian
    assert {f"spell.emu:{name}" for name in SPELLS} <= russian
    assert {f"finding.{name}" for name in RULES} <= russian


# ----------------------------------------------------------------------------------------------------------- lists


def test_lists_come_in_pages() -> None:
    with Served(clock="frozen", rate=(0, 1.0)) as served:
        client = served.client
        ids = [client.create("nano-banana-pro", prompt=f"picture {n}") for n in range(5)]
        served.emulator.advance(600)
        song = client.create("google/imagen4", prompt="a fox")
        newest = client.get("/__emulator/tasks?order=newest&brief=1&limit=2")
        assert [task["id"] for task in newest] == [song, ids[4]]
        assert "inputs" not in newest[0]
        assert [task["id"] for task in client.get("/__emulator/tasks?order=newest&limit=2&offset=4")] == [
            ids[1],
            ids[0],
        ]
        assert [task["id"] for task in client.get("/__emulator/tasks?state=running")] == [song]
        assert len(client.get("/__emulator/tasks?state=success&kind=image")) == 5
        assert [task["id"] for task in client.get("/__emulator/tasks?text=PICTURE+3")] == [ids[3]]
        assert client.get("/__emulator/tasks?kind=video") == []
        numbers = [note["number"] for note in client.get("/__emulator/journal")]
        assert len(numbers) == 6
        assert [note["number"] for note in client.get(f"/__emulator/journal?since={numbers[3]}")] == numbers[4:]
        assert [note["number"] for note in client.get(f"/__emulator/journal?before={numbers[3]}&limit=2")] == numbers[
            1:3
        ]
        assert [note["task"] for note in client.get(f"/__emulator/journal?task={ids[2]}")] == [ids[2]]
        assert client.get("/__emulator/journal?stage=poll") == []
        [brief] = client.get("/__emulator/journal?limit=1&brief=1")
        assert "request" not in brief
        assert client.get(f"/__emulator/journal/{brief['number']}")["request"]["input"] == {"prompt": "a fox"}


def test_notes_struck_by_faults_can_be_chosen() -> None:
    with Served(faults=[Fault("poll", "500", times=2), Fault("poll", "429", nth=3)]) as served:
        task = served.client.create("nano-banana-pro", prompt="x")
        for _ in range(4):
            served.client.get(f"/api/v1/jobs/recordInfo?taskId={task}")
        assert [note["fault"] for note in served.client.get("/__emulator/journal?fault=any")] == ["500", "500", "429"]
        assert len(served.client.get("/__emulator/journal?fault=429")) == 1


def test_the_state_is_small_and_tells_what_changed() -> None:
    with Served(clock="frozen") as served:
        first = served.client.get("/__emulator/state")
        assert first["tasks"]["total"] == 0
        assert served.client.get("/__emulator/state")["tasks"]["revision"] == first["tasks"]["revision"]
        served.client.create("nano-banana-pro", prompt="x")
        second = served.client.get("/__emulator/state")
        for part in ("tasks", "journal", "ledger"):
            assert second[part]["revision"] != first[part]["revision"], part
        served.client.call("POST", "/__emulator/jump", {})
        third = served.client.get("/__emulator/state")
        assert third["tasks"]["revision"] != second["tasks"]["revision"]
        assert (third["tasks"]["states"], third["clock"]["pending"]) == ({"success": 1}, 0)
        assert second["clock"]["next"] > second["clock"]["now"]
        assert len(served.client.call("GET", "/__emulator/state").data) < 1500


def test_the_clock_tells_how_fast_it_goes() -> None:
    for mode, speed in (("scaled:7", 7), ("real", 1), ("jump", 1), ("frozen", 0)):
        with Served(clock=mode) as served:
            told = served.client.get("/__emulator/clock")
            assert (told["clock"], told["speed"]) == (mode.partition(":")[0], speed)
            assert gather(served.emulator.world).speed == speed


def test_spending_adds_up() -> None:
    with Served(clock="frozen", rate=(0, 1.0)) as served:
        for number in range(30):
            served.client.create("nano-banana-pro", prompt=str(number))
        served.client.create("google/imagen4", prompt="emu:fail=500")
        served.client.create("google/imagen4", prompt="x")
        served.emulator.advance(600)
        told = served.client.get("/__emulator/spending?points=7")
        points = [Decimal(amount) for _, amount in told["points"]]
        assert points == sorted(points)
        assert points[-1] == Decimal(told["spent"]) == 1000 - served.emulator.balance
        assert len(points) <= 8
        assert [model["model"] for model in told["models"]] == ["nano-banana-pro", "google/imagen4"]
        assert sum(Decimal(model["credits"]) for model in told["models"]) == points[-1]
        assert [model["calls"] for model in told["models"]] == [30, 1]


# -------------------------------------------------------------------------------------------------------- previews


def test_what_the_page_looks_at_leaves_no_trace() -> None:
    with Served(faults=[Fault("media", "500", times=0)]) as served:
        task = served.client.create("nano-banana-pro", prompt="x")
        [url] = json.loads(served.client.record(task)["resultJson"])["resultUrls"]
        notes = served.emulator.journal()
        [output] = served.client.get(f"/__emulator/tasks/{task}")["outputs"]
        assert (output["url"], output["type"]) == (url, "image/png")
        whole = served.client.call("GET", f"/__emulator/{output['preview']}")
        assert (whole.status, whole.headers["content-type"]) == (200, "image/png")
        assert whole.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
        part = served.client.call("GET", f"/__emulator/{output['preview']}", headers={"Range": "bytes=0-9"})
        assert (part.status, part.data) == (206, whole.data[:10])
        assert served.emulator.journal() == notes
        assert served.emulator.world.faults.to_json()[0]["seen"] == 0
        assert served.client.fetch(url).data != whole.data
        for wrong in (f"{task}/1", f"{task}/cover-0", f"{task}/-1", f"{task}/x", "none/0"):
            assert served.client.call("GET", f"/__emulator/preview/{wrong}").status == 404
        served.emulator.advance(15 * 86400)
        assert served.client.call("GET", f"/__emulator/{output['preview']}").status == 410


def test_previews_of_pictures_are_small() -> None:
    with Served(renderer=None, workers=0) as served:
        task = served.client.create("nano-banana-pro", prompt="a kite")
        served.emulator.advance(600)
        path = f"/__emulator/preview/{task}/0"
        whole, small = served.client.call("GET", path), served.client.call("GET", f"{path}?width=320")
        assert (whole.headers["content-type"], small.headers["content-type"]) == ("image/png", "image/webp")
        assert len(small.data) < len(whole.data) / 10


def test_looking_on_lets_no_time_pass() -> None:
    with Served(clock="jump") as served:
        clock = served.emulator.world.clock
        served.client.get("/api/v1/chat/credit")
        served.client.get("/__emulator/state")
        touched = clock._touched
        for path in ("", "state", "tasks", "journal"):
            served.client.get(f"/__emulator/{path}")
        assert clock._touched == touched


# --------------------------------------------------------------------------------------------------------- by hand


def test_every_model_that_is_offered_is_accepted_as_composed() -> None:
    with Served(rate=(0, 1.0), credits=10**6, clock="frozen") as served:
        offered = served.client.get("/__emulator/models")
        assert len(offered) > 150
        assert {model["kind"] for model in offered} == {"image", "video", "audio", "music", "tool"}
        for model in offered:
            sample = served.client.get(f"/__emulator/models/{model['id']}")
            body = {**sample["body"], "callBackUrl": "https://example.com/hook"}
            if sample["prompt"]:
                assert isinstance(body.get("input", body)[sample["prompt"]], str), model["id"]
            answer = served.client.post(sample["path"], body)
            assert answer["code"] == 200, (model["id"], answer)
        assert len(served.emulator.tasks()) == len(offered)


def test_what_is_made_by_hand_is_not_held_against_the_client() -> None:
    with Served(clock="frozen") as served:
        body = {"model": "nano-banana-pro", "input": {"prompt": "x"}}
        served.client.call("POST", "/api/v1/jobs/createTask", body, {"X-Emulator-Page": "try"})
        served.emulator.advance(15 * 86400)
        told = served.client.get("/__emulator/verdict")
        assert (told["requests"], told["tasks"], told["findings"]) == (0, 0, [])
        served.client.create("nano-banana-pro", prompt="y")
        served.emulator.advance(15 * 86400)
        told = served.client.get("/__emulator/verdict")
        assert (told["requests"], told["tasks"], len(told["findings"]) > 0) == (1, 1, True)


def test_a_callback_is_sent_again_on_demand() -> None:
    with Receiver() as receiver, Receiver() as elsewhere, Served() as served:
        task = served.client.create("nano-banana-pro", receiver.url, prompt="x")
        first = receiver.wait(1)[0][1]
        told = served.client.post(f"/__emulator/deliveries/{task}/redeliver", {})
        assert told == {"sent": True, "url": receiver.url}
        assert receiver.wait(2)[1][1] == first
        served.client.post(f"/__emulator/deliveries/{task}/redeliver", {"url": elsewhere.url})
        assert elsewhere.wait(1)[0][1]["data"]["taskId"] == task
        assert [note["path"] for note in served.client.get("/__emulator/deliveries?brief=1")][:2] == [receiver.url] * 2
        silent = served.client.create("nano-banana-pro", prompt="x")
        path = f"/__emulator/deliveries/{silent}/redeliver"
        assert served.client.call("POST", path, {}).status == 400
        assert served.client.call("POST", path, {"url": "file:///etc/passwd"}).status == 400
        assert served.client.post(path, {"url": "https://example.com/x"})["sent"] is False


# ----------------------------------------------------------------------------------------------------------- a key


def test_no_endpoint_shows_a_key() -> None:
    with Served(keys=[KEY, "other"], clock="frozen") as served:
        client = Client(served.client.url, KEY)
        task = client.create("nano-banana-pro", prompt="x")
        client.call("GET", f"/api/v1/jobs/recordInfo?taskId={task}&key={KEY}&token={KEY}")
        served.emulator.advance(600)
        [number, *_] = [note["number"] for note in client.get("/__emulator/journal")]
        fill = {"{task}": task, "{number}": str(number), "{model:path}": "veo", "{which}": "0", "{name}": "page.js"}
        looked = 0
        for route in ROUTES:
            if route.method == "GET":
                path = route.path
                for gap, value in fill.items():
                    path = path.replace(gap, value)
                data = client.call("GET", f"/__emulator/{path}").data
                assert KEY.encode() not in data, route.path
                looked += b"9876" in data
        assert looked >= 3


def test_fonts_come_with_their_licence() -> None:
    assert "SIL Open Font License" in text("GEIST-LICENSE.txt")
    assert sum(path.stat().st_size for path in Path(FILES).glob("*.woff2")) < 85_000
    assert sum(len(script) for script in scripts().values()) < 60_000
