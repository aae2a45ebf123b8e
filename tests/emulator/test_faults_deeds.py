"""What each deed does to requests and tasks, and that the journal tells it."""

from __future__ import annotations

import asyncio
import http.client
import json
import time
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from kie.emulator import DEEDS, Fault
from kie.emulator.families import FAMILIES
from kie.emulator.faults.deeds import CODES
from kie.emulator.faults.failures import failures
from tests.emulator.inprocess import HOOK, InProcess
from tests.emulator.support import PIXEL, Served

CREATE = "/api/v1/jobs/createTask"
CREDIT = "/api/v1/chat/credit"
BODY = {"model": "nano-banana-pro", "input": {"prompt": "a boat"}}
SONG = {"prompt": "x", "customMode": False, "instrumental": True, "model": "V5", "callBackUrl": HOOK}
CHAT = {"model": "gpt-5-2", "messages": [{"role": "user", "content": "hello"}]}
CUT = (ConnectionError, http.client.RemoteDisconnected, http.client.IncompleteRead)


def last(driver: InProcess) -> tuple[str, int | None]:
    note = driver.emulator.journal()[-1]
    return note.fault, note.code


# -------------------------------------------------------------------------------------------------------- codes


@pytest.mark.parametrize("code", CODES)
def test_codes_come_in_a_body_with_http_200(code: str) -> None:
    with InProcess(faults=[Fault("create", code)]) as driver:
        reply = driver.call("POST", CREATE, BODY)
        assert (reply.status, reply.body["code"]) == (200, int(code))
        assert set(reply.body) == ({"code", "msg"} if code == "401" else {"code", "msg", "data"})
        assert reply.body["msg"]
        assert "retry-after" not in reply.headers
        assert driver.emulator.tasks() == ()
        assert driver.emulator.balance == 1000
        assert last(driver) == (code, int(code))


def test_a_real_status_a_retry_after_and_words_of_ones_own() -> None:
    rule = Fault("create", "429", status=429, retry_after=6.2, message="later")
    with InProcess(faults=[rule]) as driver:
        reply = driver.call("POST", CREATE, BODY)
        assert (reply.status, reply.headers["retry-after"]) == (429, "7")
        assert reply.body == {"code": 429, "msg": "later", "data": None}
        assert driver.emulator.journal()[-1].retry_after == 7


def test_refusals_have_the_form_of_their_stage() -> None:
    rules = [
        Fault("upload", "402"),
        Fault("chat", "401", match="/anthropic/"),
        Fault("chat", "429", match="/gpt-5-2/"),
        Fault("media", "429", retry_after=3),
        Fault("poll", "http-502", retry_after=1),
    ]
    with InProcess(faults=rules) as driver:
        upload = {"base64Data": "eA==", "uploadPath": "x"}
        refused = driver.post("/api/file-base64-upload", upload)
        assert refused == {"success": False, "code": 402, "msg": "Credits insufficient", "data": None}
        claude = {"model": "claude-haiku-4-5", "max_tokens": 5, "messages": [{"role": "user", "content": "x"}]}
        anthropic = driver.call("POST", "/anthropic/v1/messages", claude)
        assert (anthropic.status, anthropic.body["error"]["type"]) == (401, "authentication_error")
        assert driver.post("/gpt-5-2/v1/chat/completions", {**CHAT, "stream": True})["code"] == 429
        file = driver.call("GET", "/files/anything.png")
        assert (file.status, file.headers["retry-after"]) == (429, "3")
        page = driver.call("GET", CREDIT)
        assert (page.status, page.headers["content-type"], page.headers["retry-after"]) == (502, "text/html", "1")


def test_an_upload_without_data_still_says_that_it_succeeded() -> None:
    with InProcess(faults=[Fault("upload", "null-data")]) as driver:
        answer = driver.post("/api/file-base64-upload", {"base64Data": "eA==", "uploadPath": "x"})
        assert answer == {"success": True, "code": 200, "msg": "success", "data": None}


# -------------------------------------------------------------------------------------------------- connections


@pytest.mark.parametrize("stage", ["create", "poll", "media", "upload", "chat"])
@pytest.mark.parametrize("deed", ["reset-before", "reset-after", "truncate", "drip"])
def test_in_process_nothing_broken_passes_for_whole(stage: str, deed: str) -> None:
    with InProcess(faults=[Fault(stage, deed, times=0)]) as driver:
        calls = {
            "create": ("POST", CREATE, BODY),
            "poll": ("GET", CREDIT, None),
            "media": ("GET", "/kieai/100001/x/a.png", None),
            "upload": (
                "POST",
                "/api/file-base64-upload",
                {"base64Data": "eA==", "uploadPath": "x", "fileName": "a.png"},
            ),
            "chat": ("POST", "/gpt-5-2/v1/chat/completions", {**CHAT, "stream": True}),
        }
        assert driver.call(*calls[stage]).status == 0
        assert last(driver)[0] == deed
        done = len(driver.emulator.tasks()) + len(driver.emulator.world.files.all()) + len(driver.emulator.ledger()) - 1
        acts = stage in {"create", "upload", "chat"}
        assert (done > 0) is (acts and deed != "reset-before")


@pytest.mark.parametrize("deed", ["truncate", "drip", "reset-after"])
def test_httpx_in_process_sees_what_is_broken(deed: str) -> None:
    async def ask() -> None:
        with InProcess(faults=[Fault("poll", deed)]) as driver:
            transport = httpx2.ASGITransport(app=driver.emulator.app)
            headers = {"Authorization": "Bearer x"}
            async with httpx2.AsyncClient(
                transport=transport, base_url="http://api.localhost", headers=headers
            ) as client:
                with pytest.raises(ConnectionResetError):
                    await client.get(CREDIT)
                assert (await client.get(CREDIT)).json()["code"] == 200

    asyncio.run(ask())


def test_a_body_that_drips_comes_whole_and_slowly() -> None:
    with Served(faults=[Fault("media", "drip", seconds=0.4)]) as served:
        task = served.client.create("nano-banana-pro", prompt="x")
        url = served.client.record(task)["response"]["resultUrls"][0]
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
        began = time.monotonic()
        connection.request("GET", parts.path)
        response = connection.getresponse()
        first = response.read(1)
        soon = time.monotonic() - began
        data = first + response.read()
        late = time.monotonic() - began
        connection.close()
        assert data == served.client.fetch(url).data
        assert late >= 0.35
        assert soon < late


def test_a_cut_stream_is_seen_by_its_reader() -> None:
    with Served(faults=[Fault("chat", "truncate")]) as served:
        with pytest.raises(CUT):
            served.client.call("POST", "/gpt-5-2/v1/chat/completions", {**CHAT, "stream": True})
        whole = served.client.call("POST", "/gpt-5-2/v1/chat/completions", {**CHAT, "stream": True})
        assert whole.data.endswith(b"data: [DONE]\n\n")


def test_heads_have_no_body_to_be_cut() -> None:
    with InProcess(faults=[Fault("media", "truncate")]) as driver:
        assert driver.call("HEAD", "/files/x.png").status == 0


# ------------------------------------------------------------------------------------------------------- bodies


def test_fields_are_renamed_and_dropped_where_they_are() -> None:
    rules = [
        Fault("poll", "rename-field", field="data.state", to="status"),
        Fault("poll", "rename-field", field="data.resultJson.resultUrls", to="result_urls"),
        Fault("poll", "drop-field", field="data.param.input.prompt"),
    ]
    with InProcess(faults=rules) as driver:
        task = driver.create()
        first = driver.record(task)
        assert (first["status"], "state" in first) == ("waiting", False)
        assert json.loads(json.loads(first["param"])["input"]) == {}
        driver.emulator.advance(60)
        second = driver.record(task)
        assert second["state"] == "success"
        assert list(json.loads(second["resultJson"])) == ["result_urls"]
        assert second["response"]["resultUrls"]
        assert [note.fault for note in driver.emulator.journal()] == ["", "rename-field", "rename-field"]
        third = driver.record(task)
        assert list(json.loads(third["resultJson"])) == ["resultUrls"]


def test_fields_in_lists_are_renamed_in_each_element() -> None:
    rule = Fault("poll", "rename-field", field="data.response.sunoData.audioUrl", to="audio_url")
    with InProcess(faults=[rule]) as driver:
        task = driver.post("/api/v1/generate", SONG)["data"]["taskId"]
        driver.emulator.advance(300)
        songs = driver.get(f"/api/v1/generate/record-info?taskId={task}")["data"]["response"]["sunoData"]
        assert [("audio_url" in song, "audioUrl" in song) for song in songs] == [(True, False)] * 2


def test_fields_of_streamed_events_are_renamed() -> None:
    with InProcess(faults=[Fault("chat", "rename-field", field="choices.delta", to="message", times=0)]) as driver:
        data = driver.call("POST", "/gpt-5-2/v1/chat/completions", {**CHAT, "stream": True}).data
        events = [json.loads(line[6:]) for line in data.split(b"\n") if line.startswith(b"data: {")]
        assert len(events) > 2
        assert all(set(choice) >= {"message"} and "delta" not in choice for one in events for choice in one["choices"])


def test_a_stream_stays_one_whatever_rules_there_are() -> None:
    plain = InProcess()
    ruled = InProcess(faults=[Fault("chat", "drop-field", field="usage", nth=2), Fault("chat", "429", nth=3)])
    with plain, ruled:
        road = ("POST", "/gpt-5-2/v1/chat/completions", {**CHAT, "stream": True})
        first, second = plain.call(*road), ruled.call(*road)
        assert first == second
        assert "content-length" not in first.headers
        dropped = ruled.call(*road)
        assert "content-length" not in dropped.headers
        assert (b'"usage"' in first.data, b'"usage"' in dropped.data) == (True, False)


def test_what_a_rule_leaves_open_the_seed_chooses() -> None:
    def renamed(seed: int) -> Any:
        with InProcess(faults=[Fault("poll", "rename-field")], seed=seed) as driver:
            return driver.record(driver.create()).keys() | set()

    assert renamed(1) == renamed(1)
    assert len({frozenset(renamed(seed)) for seed in range(6)}) > 2
    with InProcess(faults=[Fault("create", "drop-field")]) as driver:
        assert set(driver.post(CREATE, BODY)["data"]) < {"taskId", "recordId"}


@pytest.mark.parametrize("stage", ["create", "poll", "upload", "chat"])
def test_malformed_bodies_are_no_json(stage: str) -> None:
    with InProcess(faults=[Fault(stage, "malformed")]) as driver:
        calls = {
            "create": ("POST", CREATE, BODY),
            "poll": ("GET", CREDIT, None),
            "upload": ("POST", "/api/file-base64-upload", {"base64Data": "eA==", "uploadPath": "x"}),
            "chat": ("POST", "/gpt-5-2/v1/chat/completions", {**CHAT, "stream": False}),
        }
        reply = driver.call(*calls[stage])
        assert reply.status == 200
        with pytest.raises(ValueError, match=r"Invalid|Expecting|Unterminated|Extra"):
            json.loads(reply.data)


# -------------------------------------------------------------------------------------------------------- tasks


def test_tasks_fail_are_stuck_or_slow_and_the_creation_tells_it() -> None:
    rules = [
        Fault("create", "fail", code=422),
        Fault("create", "stuck", nth=2),
        Fault("create", "slow", nth=3, seconds=600),
        Fault("create", "fail", nth=4, message="my own words", code=418),
    ]
    with InProcess(faults=rules) as driver:
        failed, stuck, slow, own = (driver.create(callback=HOOK) for _ in range(4))
        assert [note.fault for note in driver.emulator.journal()] == ["fail", "stuck", "slow", "fail"]
        assert [note.rule for note in driver.emulator.journal()] == [0, 1, 2, 3]
        driver.emulator.advance(599)
        assert [driver.record(task)["state"] for task in (failed, stuck, slow, own)] == [
            "fail",
            "waiting",
            "waiting",
            "fail",
        ]
        assert driver.record(failed)["failCode"] == "422"
        assert driver.record(failed)["failMsg"] in {held.message for held in failures()["market"] if held.code == 422}
        assert (driver.record(own)["failCode"], driver.record(own)["failMsg"]) == ("418", "my own words")
        driver.emulator.advance(2)
        assert driver.record(slow)["state"] == "success"
        driver.emulator.advance(10**7)
        assert driver.record(stuck)["state"] == "waiting"
        assert driver.emulator.balance == 1000 - 2 * 18


def test_failures_are_those_of_the_family_and_the_seed_chooses() -> None:
    def failed(seed: int) -> tuple[int, str]:
        with InProcess(faults=[Fault("create", "fail")], seed=seed) as driver:
            task = driver.post("/api/v1/generate", SONG)["data"]["taskId"]
            driver.emulator.advance(300)
            record = driver.get(f"/api/v1/generate/record-info?taskId={task}")["data"]
            return record["errorCode"], record["errorMessage"]

    known = {(held.code, held.message) for held in failures()["suno"]}
    seen = {failed(seed) for seed in range(8)}
    assert seen <= known
    assert len(seen) > 1
    assert failed(3) == failed(3)
    assert {name.partition(":")[0] for name in failures()} <= {*FAMILIES, "any"}


@pytest.mark.parametrize(
    ("model", "inputs", "names"),
    [
        ("elevenlabs/text-to-speech-turbo-2-5", {"text": "x", "voice": "Rachel"}, "market:audio"),
        ("ai-music-api/generate", {"custom_mode": False, "instrumental": True, "model": "V5"}, "suno"),
        ("kling-2.6/text-to-video", {"sound": False, "aspect_ratio": "1:1", "duration": "5"}, "market:video"),
        ("z-image", {"aspect_ratio": "1:1"}, "market"),
    ],
)
def test_failures_of_the_market_are_those_of_the_kind(model: str, inputs: dict[str, Any], names: str) -> None:
    with InProcess(faults=[Fault("create", "fail", times=0)], credits=10**5) as driver:
        tasks = [driver.create(model, **inputs) for _ in range(12)]
        driver.emulator.advance(600)
        seen = {(record["failCode"], record["failMsg"]) for record in map(driver.record, tasks)}
        assert seen <= {(str(held.code), held.message) for held in failures()[names]}
        assert len(seen) > 1


# -------------------------------------------------------------------------------------------- results and files

RUNWAY = {"prompt": "x", "duration": 5, "quality": "720p", "aspectRatio": "16:9"}
#: How a task of each family is created and asked for, and where its result is.
ROADS: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "market": ("jobs/createTask", BODY, "jobs/recordInfo", "response"),
    "veo": ("veo/generate", {"prompt": "x"}, "veo/record-info", "response.resultUrls"),
    "gpt4o": ("gpt4o-image/generate", {"prompt": "x", "size": "1:1"}, "gpt4o-image/record-info", "response.resultUrls"),
    "flux": ("flux/kontext/generate", {"prompt": "x"}, "flux/kontext/record-info", "response.resultImageUrl"),
    "runway": ("runway/generate", RUNWAY, "runway/record-detail", "videoInfo.videoUrl"),
    "suno": ("generate", SONG, "generate/record-info", "response.sunoData.0.audioUrl"),
    "lyrics": ("lyrics", {"prompt": "x", "callBackUrl": HOOK}, "lyrics/record-info", "response.data"),
    "service": ("kling/generate", {"prompt": "x"}, "kling/record-info", "resultUrls"),
}


def at(value: Any, path: str) -> Any:
    for name in path.split("."):
        value = value[int(name)] if isinstance(value, list) else (value or {}).get(name)
    return value


@pytest.mark.parametrize("family", ROADS)
def test_success_without_a_result_for_a_while(family: str) -> None:
    create, body, query, where = ROADS[family]
    with InProcess(faults=[Fault("poll", "no-url", times=2)], credits=10**5) as driver:
        created = driver.post(f"/api/v1/{create}", body)
        assert created["code"] == 200, created
        path = f"/api/v1/{query}?taskId={created['data']['taskId']}"
        pending = driver.get(path)
        driver.emulator.advance(600)
        answers = [driver.get(path) for _ in range(3)]
        assert [bool(at(answer["data"], where)) for answer in answers] == [False, False, True]
        for name in ("state", "successFlag", "status"):  # it is done, and says so
            said = {str(answer["data"].get(name)) for answer in answers}
            assert len(said) == 1
            assert said != {str(pending["data"].get(name))} or said == {"None"}
        assert [note.fault for note in driver.emulator.journal() if note.stage == "poll"] == [
            "",
            "no-url",
            "no-url",
            "",
        ]


def test_success_without_a_result_for_some_seconds() -> None:
    with InProcess(faults=[Fault("poll", "no-url", seconds=120)]) as driver:
        task = driver.create()
        [held] = driver.emulator.tasks()
        seen = []
        for pause in (held.expected, 119, 1.5):
            driver.emulator.advance(pause)
            record = driver.record(task)
            seen.append((record["state"], record["resultJson"] != "", "response" in record))
        assert seen == [("success", False, False), ("success", False, False), ("success", True, True)]


def test_in_jump_the_time_comes_at_which_the_result_is_there() -> None:
    with Served(faults=[Fault("poll", "no-url", seconds=3600)]) as served:
        task = served.client.create("nano-banana-pro", prompt="x")
        assert "response" not in served.client.record(task)
        end = time.monotonic() + 10
        while "response" not in served.client.record(task):
            assert time.monotonic() < end
            time.sleep(0.1)


def test_files_are_gone() -> None:
    rules = [Fault("media", "expired", times=2), Fault("media", "expired", nth=3, status=410)]
    with InProcess(faults=rules) as driver:
        task = driver.create()
        driver.emulator.advance(60)
        url = driver.record(task)["response"]["resultUrls"][0]
        path = url.removeprefix("http://api.localhost")
        link = driver.post("/api/v1/common/download-url", {"url": url})["data"].removeprefix("http://api.localhost")
        replies = [driver.call("GET", held) for held in (path, link, path, link)]
        assert [(reply.status, reply.data) for reply in replies[:3]] == [
            (404, b"Not Found"),
            (403, b"Request has expired"),
            (410, b"Gone"),
        ]
        assert replies[3].status == 200


def test_files_of_the_wrong_type() -> None:
    rules = [
        Fault("media", "wrong-type", nth=number, to=kind) for number, kind in enumerate(("html", "audio", "video"), 1)
    ]
    with InProcess(faults=rules) as driver:
        task = driver.create()
        driver.emulator.advance(60)
        path = driver.record(task)["response"]["resultUrls"][0].removeprefix("http://api.localhost")
        page, sound, clip, right = (driver.call("GET", path) for _ in range(4))
        assert [reply.status for reply in (page, sound, clip, right)] == [200] * 4
        assert page.headers["content-type"].startswith("text/html")
        assert {reply.headers["content-type"] for reply in (sound, clip, right)} == {"image/png"}
        assert (sound.data[:4], clip.data[4:8]) == (b"RIFF", b"ftyp")
        assert PIXEL[:4] not in (sound.data[:4], clip.data[:4])
        assert [note.fault for note in driver.emulator.journal() if note.stage == "media"] == ["wrong-type"] * 3 + [""]


# ------------------------------------------------------------------------------------------------------- prompts


def test_words_in_a_prompt_strike_that_task_only() -> None:
    with InProcess() as driver:
        spelled = driver.create(prompt="a boat, emu:no-url=1 emu:expired emu:twice", callback=HOOK)
        plain = driver.create(callback=HOOK)
        driver.emulator.advance(60)
        assert sorted(delivery.task for delivery in driver.deliveries) == sorted([spelled, spelled, plain])
        assert ["response" in driver.record(task) for task in (plain, spelled, spelled)] == [True, False, True]
        paths = [
            driver.record(task)["response"]["resultUrls"][0].removeprefix("http://api.localhost")
            for task in (plain, spelled)
        ]
        assert [driver.call("GET", path).status for path in paths] == [200, 404]
        assert {note.rule for note in driver.emulator.journal()} == {None}


@pytest.mark.parametrize(
    ("word", "code", "tasks"),
    [
        ("emu:refuse", 500, 0),
        ("emu:refuse=429", 429, 0),
        ("emu:refuse=402.", 500, 0),
        ("emu:fail=451", 200, 1),
        ("emu:nothing", 200, 1),
    ],
)
def test_words_at_the_creation(word: str, code: int, tasks: int) -> None:
    with InProcess() as driver:
        body = {"model": "nano-banana-pro", "input": {"prompt": f"a boat {word}"}}
        assert driver.post(CREATE, body)["code"] == code
        assert len(driver.emulator.tasks()) == tasks


def test_words_to_a_chat() -> None:
    with InProcess() as driver:

        def say(words: str) -> Any:
            body = {**CHAT, "stream": False, "messages": [{"role": "user", "content": words}]}
            return driver.call("POST", "/gpt-5-2/v1/chat/completions", body)

        assert say("hello emu:refuse=429").code == 429
        assert say("hello emu:reset").status == 0
        assert say("hello emu:stuck").body["choices"]


def test_a_broken_stream_has_one_broken_event() -> None:
    with InProcess(faults=[Fault("chat", "malformed")]) as driver:
        data = driver.call("POST", "/gpt-5-2/v1/chat/completions", {**CHAT, "stream": True}).data
        good = []
        for line in data.split(b"\n"):
            if line.startswith(b"data: {"):
                try:
                    good.append(bool(json.loads(line[6:])))
                except ValueError:
                    good.append(False)
        assert good.count(False) == 1
        assert good[0]
        assert good[-1]


def test_a_word_cuts_the_connection_after_the_creation() -> None:
    with InProcess() as driver:
        body = {"model": "nano-banana-pro", "input": {"prompt": "a boat emu:reset"}}
        assert driver.call("POST", CREATE, body).status == 0
        assert len(driver.emulator.tasks()) == 1
        assert last(driver) == ("reset-after", None)


CALLS: dict[str, tuple[str, str, Any]] = {
    "create": ("POST", CREATE, BODY),
    "upload": ("POST", "/api/file-base64-upload", {"base64Data": "eA==", "uploadPath": "x"}),
    "chat": ("POST", "/gpt-5-2/v1/chat/completions", CHAT),
}


@pytest.mark.parametrize("stage", [stage for stage in DEEDS if stage != "callback"])
def test_every_deed_of_a_stage_is_done_and_written_down(stage: str) -> None:
    for deed in DEEDS[stage]:
        quick = 0.001 if deed in {"delay", "drip"} else None
        with InProcess(faults=[Fault(stage, deed, seconds=quick)]) as driver:
            if stage in CALLS:
                driver.call(*CALLS[stage])
            else:
                task = driver.create()
                driver.emulator.advance(600)
                url = driver.emulator.tasks()[0].outcome.urls[0]  # type: ignore[union-attr]
                asked = (
                    f"/api/v1/jobs/recordInfo?taskId={task}" if stage == "poll" else url[len("http://api.localhost") :]
                )
                driver.call("GET", asked)
            assert last(driver)[0] == deed
