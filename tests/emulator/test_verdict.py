"""The verdict on a client: for each rule one who earns it, and one who does not."""

from __future__ import annotations

import http.client
import json
import threading
import time
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from kie.emulator import Fault
from kie.emulator.journal import Journal, Note
from kie.emulator.money.ledger import Entry
from kie.emulator.tasks import Outcome, State, Task
from kie.emulator.verdict import RULES, Case, Severity, Verdict, judge
from tests.emulator.support import Client, Receiver, Served

if TYPE_CHECKING:
    from collections.abc import Sequence

CREATE = "/api/v1/jobs/createTask"
BODY = {"model": "nano-banana-pro", "input": {"prompt": "a boat"}}


def names(verdict: Verdict) -> list[str]:
    return [finding.name for finding in verdict.findings]


def tell(client: Client, method: str, path: str, body: Any = None) -> None:
    """A request of which only that it was sent matters."""
    try:
        client.call(method, path, body)
    except (OSError, http.client.HTTPException):
        return


def finish(served: Served, task: str) -> list[str]:
    """Lets a task end, asks for it once and fetches its files."""
    served.emulator.advance(600)
    urls: list[str] = json.loads(served.client.record(task)["resultJson"])["resultUrls"]
    for url in urls:
        served.client.fetch(url)
    return urls


# ------------------------------------------------------------------------------------------- a client that does well


def test_a_client_that_does_well() -> None:
    with Served(clock="frozen") as served:
        finish(served, served.client.create("nano-banana-pro", prompt="x"))
        verdict = served.emulator.verdict()
        assert (verdict.ok, names(verdict)) == (True, [])
        assert (verdict.requests, verdict.tasks, verdict.callbacks) == (3, 1, 0)
        assert str(verdict) == "The client did well; 3 requests, 1 task and 0 callbacks were looked at."


def test_the_verdict_over_http() -> None:
    with Served(clock="frozen") as served:
        for _ in range(3):
            served.client.post(CREATE, {"model": "no-such", "input": {}})
        held = Client(served.client.url, "").get("/__emulator/verdict")
        assert held["ok"] is False
        [finding] = held["findings"]
        assert (finding["name"], finding["notes"], finding["credits"]) == (
            "retried-what-will-not-change",
            [1, 2, 3],
            "0",
        )
        assert "retried-what-will-not-change" in held["text"]
        left = Client(served.client.url, "").get("/__emulator/verdict?ignore=retried-what-will-not-change")
        assert (left["ok"], left["findings"]) == (True, [])
        wrong = Client(served.client.url, "").call("GET", "/__emulator/verdict?ignore=nothing")
        assert wrong.status == 400
        assert "paid-twice" in wrong.body["error"]


def test_what_is_forgotten_is_said() -> None:
    journal = Journal(most=10)
    for number in range(25):
        journal.write(at=0.0, way="in", method="GET", path=f"/{number}", status=404)
    verdict = judge(Case(journal.notes(), {}, forgotten=journal.forgotten))
    assert verdict.forgotten == 15
    assert "The first 15 notes of the journal are forgotten" in str(verdict)
    journal.clear()
    journal.write(at=0.0, way="in", method="GET", path="/", status=404)
    assert journal.forgotten == 0


# --------------------------------------------------------------------------------------------------------- paid twice


@pytest.mark.parametrize("deed", ["reset-after", "truncate", "malformed", "null-data"])
def test_paid_twice(deed: str) -> None:
    with Served(clock="frozen", faults=[Fault("create", deed)]) as served:
        tell(served.client, "POST", CREATE, BODY)
        served.client.post(CREATE, dict(reversed(BODY.items())))
        [finding] = served.emulator.verdict().of("paid-twice")
        assert finding.severity is Severity.ERROR
        assert finding.notes == (1, 2)
        assert finding.tasks == tuple(task.id for task in served.emulator.tasks())
        assert (finding.credits, finding.usd) == (Decimal(18), Decimal("0.09"))
        assert "18 credits = $0.09" in str(finding)


def test_paid_twice_after_giving_up_waiting() -> None:
    with Served(clock="frozen", faults=[Fault("create", "delay", seconds=0.3)]) as served:
        hasty = http.client.HTTPConnection("127.0.0.1", served.server.port, timeout=0.1)
        headers = {"Content-Type": "application/json", "Authorization": "Bearer a-key"}
        hasty.request("POST", CREATE, json.dumps(BODY).encode(), headers)
        with pytest.raises(TimeoutError):
            hasty.getresponse()
        hasty.close()
        served.client.post(CREATE, BODY)
        for _ in range(500):  # until the emulator is done with the request that nobody waits for
            if len(served.emulator.journal()) == 2:
                break
            time.sleep(0.01)
        assert [finding.credits for finding in served.emulator.verdict().of("paid-twice")] == [Decimal(18)]


def test_equal_requests_that_were_answered_are_wanted() -> None:
    with Served(clock="frozen") as served:
        served.client.post(CREATE, BODY)
        served.client.post(CREATE, BODY)
        assert served.emulator.verdict().of("paid-twice") == ()


@pytest.mark.parametrize("change", ["another prompt", "another key", "not carried out", "much later", "in between"])
def test_not_paid_twice(change: str) -> None:
    deed = "reset-before" if change == "not carried out" else "reset-after"
    nth = 2 if change == "in between" else 1
    with Served(clock="frozen", faults=[Fault("create", deed, nth=nth)]) as served:
        tell(served.client, "POST", CREATE, BODY)
        if change == "much later":
            served.emulator.advance(86400)
        if change == "in between":  # the answer that was lost came after both: nothing was repeated
            tell(served.client, "POST", CREATE, BODY)
            assert served.emulator.verdict().of("paid-twice") == ()
            return
        body = BODY if change != "another prompt" else {"model": "nano-banana-pro", "input": {"prompt": "two"}}
        Client(served.client.url, "another" if change == "another key" else "a-key").post(CREATE, body)
        assert len(served.emulator.tasks()) == (1 if change == "not carried out" else 2)
        assert served.emulator.verdict().of("paid-twice") == ()


def test_a_chat_is_paid_twice() -> None:
    path, body = "/gpt-5-2/v1/chat/completions", {"messages": [{"role": "user", "content": "Hello"}], "stream": False}
    with Served(clock="frozen", faults=[Fault("chat", "reset-after")]) as served:
        tell(served.client, "POST", path, body)
        served.client.post(path, body)
        [finding] = served.emulator.verdict().of("paid-twice")
        assert finding.credits == -served.emulator.ledger()[-1].amount > 0
        served.emulator.reset()
        tell(served.client, "POST", path, body)
        tell(served.client, "POST", path, {**body, "messages": [{"role": "user", "content": "Hi"}]})
        assert served.emulator.verdict().of("paid-twice") == ()


@pytest.mark.parametrize(("deed", "found"), [("reset-after", 1), ("reset-before", 0), ("500", 0), ("http-502", 0)])
@pytest.mark.parametrize("path", ["/claude/v1/messages", "/api/v1/style/generate"])
def test_what_was_not_carried_out_was_not_paid(path: str, deed: str, found: int) -> None:
    body = {
        "model": "claude-sonnet-4-5",
        "max_tokens": 9,
        "messages": [{"role": "user", "content": "Hi"}],
        "content": "x",
    }
    with Served(clock="frozen", faults=[Fault("create", deed), Fault("chat", deed)]) as served:
        tell(served.client, "POST", path, body)
        tell(served.client, "POST", path, body)
        assert len(served.emulator.ledger()) == 2 + found  # the grant, and what was paid
        assert len(served.emulator.verdict().of("paid-twice")) == found


# ---------------------------------------------------------------------------------------------- lost, expired, fetched


def test_a_task_is_lost() -> None:
    with Served(clock="frozen") as served:
        task = served.client.create("nano-banana-pro", prompt="x")
        assert names(served.emulator.verdict()) == []  # it is still under way
        served.emulator.advance(600)
        [finding] = served.emulator.verdict().findings
        assert (finding.name, finding.severity, finding.tasks) == ("lost-a-task", Severity.WARNING, (task,))
        assert finding.credits == 18


def test_a_task_whose_id_never_came_is_a_note() -> None:
    with Served(clock="frozen", faults=[Fault("create", "reset-after")]) as served:
        tell(served.client, "POST", CREATE, BODY)
        served.emulator.advance(600)
        verdict = served.emulator.verdict()
        assert [finding.severity for finding in verdict.of("lost-a-task")] == [Severity.NOTE]
        assert verdict.ok


def test_a_task_is_not_lost_when_its_callback_came_or_it_failed() -> None:
    with Served(clock="frozen") as served, Receiver() as receiver:
        served.client.create("nano-banana-pro", receiver.url, prompt="x")
        served.client.create("nano-banana-pro", prompt="emu:fail")
        served.emulator.advance(600)
        receiver.wait(1)
        assert served.emulator.verdict().of("lost-a-task") == ()


def test_a_callback_that_is_still_being_answered_is_waited_for() -> None:
    came, go_on = threading.Event(), threading.Event()

    def slowly(_url: str, _headers: dict[str, str], _body: bytes) -> int:
        came.set()
        return 200 if go_on.wait(10) else 500

    with Served(clock="jump", receiver=slowly) as served:
        served.client.create("nano-banana-pro", "http://hook.local/", prompt="x")
        assert came.wait(10)
        threading.Timer(0.1, go_on.set).start()
        assert served.emulator.verdict().of("lost-a-task") == ()


def test_a_task_is_not_lost_when_it_is_used() -> None:
    with Served(clock="frozen") as served:
        first = served.client.post("/api/v1/veo/generate", {"prompt": "x", "model": "veo3_fast"})["data"]["taskId"]
        served.emulator.advance(600)
        assert [finding.tasks for finding in served.emulator.verdict().of("lost-a-task")] == [(first,)]
        served.client.post("/api/v1/veo/extend", {"taskId": first, "prompt": "on"})
        assert served.emulator.verdict().of("lost-a-task") == ()


def test_a_4k_version_is_asked_for_where_it_was_made() -> None:
    with Served(clock="frozen") as served:
        video = served.client.post("/api/v1/veo/generate", {"prompt": "x", "model": "veo3_fast"})["data"]["taskId"]
        served.emulator.advance(600)
        for _ in range(2):
            assert len(served.emulator.verdict().of("lost-a-task")) == 1
            served.client.post("/api/v1/veo/get-4k-video", {"taskId": video, "index": 0})
            served.emulator.advance(3600)
        verdict = served.emulator.verdict()
        assert [verdict.of(name) for name in ("lost-a-task", "paid-twice", "retried-what-will-not-change")] == [
            (),
            (),
            (),
        ]


def test_a_result_expires() -> None:
    with Served(clock="frozen") as served:
        task = served.client.create("nano-banana-pro", prompt="x")
        served.emulator.advance(600)
        served.client.record(task)
        verdict = served.emulator.verdict()
        assert verdict.ok
        assert names(verdict) == ["never-fetched"]
        assert served.emulator.verdict(ignore=["never-fetched"]).findings == ()
        served.emulator.advance(15 * 86400)
        [finding] = served.emulator.verdict().findings
        assert (finding.name, finding.severity, finding.tasks) == ("let-a-result-expire", Severity.ERROR, (task,))
        assert finding.credits == 18


@pytest.mark.parametrize("way", ["whole", "by link", "as input"])
def test_a_result_that_was_taken_does_not_expire(way: str) -> None:
    with Served(clock="frozen") as served:
        task = served.client.create("nano-banana-pro", prompt="x")
        served.emulator.advance(600)
        [url] = json.loads(served.client.record(task)["resultJson"])["resultUrls"]
        if way == "whole":
            served.client.fetch(url)
        elif way == "by link":
            served.client.fetch(served.client.post("/api/v1/common/download-url", {"url": url})["data"])
        else:
            served.client.create("nano-banana-pro", prompt="again", image_input=[url])
        served.emulator.advance(15 * 86400)
        assert served.emulator.verdict().of("let-a-result-expire") == ()


# ---------------------------------------------------------------------------------------------------- what is believed


def test_a_truncated_file_is_taken() -> None:
    with Served(clock="frozen", faults=[Fault("media", "truncate")]) as served:
        task = served.client.create("nano-banana-pro", prompt="x")
        served.emulator.advance(600)
        [url] = json.loads(served.client.record(task)["resultJson"])["resultUrls"]
        with pytest.raises((OSError, http.client.HTTPException)):
            served.client.fetch(url)
        [finding] = served.emulator.verdict().of("took-truncated-file")
        assert finding.severity is Severity.ERROR
        served.client.fetch(url)
        assert served.emulator.verdict().of("took-truncated-file") == ()


@pytest.mark.parametrize(("start", "found"), [(0, 0), (1000, 0), (900, 0), (1200, 1)])
def test_the_rest_of_a_file_may_come_by_range(start: int, found: int) -> None:
    first = media(1, sent=1000, length=2000)
    rest = media(2, status=206, sent=2000 - start, length=2000 - start, headers={"range": f"bytes={start}-"})
    assert len(judge(Case((first, rest), {})).of("took-truncated-file")) == found


def test_who_tried_again_in_vain_knows_it() -> None:
    cut = [media(number, sent=1000, length=2000, wall=number * 1.0) for number in (1, 2, 3)]
    assert [finding.severity for finding in judge(Case(tuple(cut), {})).findings] == [Severity.NOTE]


def forged(served: Served, receiver: Receiver) -> str:
    """Has a forged callback delivered; the address that it names."""
    task = served.client.create("nano-banana-pro", receiver.url, prompt="x")
    served.emulator.advance(600)
    for _, body in receiver.wait(2):
        [url] = json.loads(body["data"]["resultJson"])["resultUrls"]
        if url not in json.loads(served.client.record(task)["resultJson"])["resultUrls"]:
            return str(url)
    raise AssertionError("no forged callback came")


def test_a_forged_callback_is_believed() -> None:
    with Served(clock="frozen", faults=[Fault("callback", "forge")]) as served, Receiver() as receiver:
        url = forged(served, receiver)
        assert served.emulator.verdict(ignore=["never-fetched"]).findings == ()  # without a key nobody can tell
        served.client.fetch(url)
        [finding] = served.emulator.verdict().of("trusted-forged-callback")
        assert finding.severity is Severity.ERROR
        assert len(finding.notes) == 2
        served.client.call("GET", url.partition(served.client.url)[2])
        assert served.emulator.verdict().of("sent-key-to-file-host")[0].severity is Severity.ERROR


@pytest.mark.parametrize(("answer", "key", "found"), [(200, "hook-key", 1), (401, "hook-key", 0), (200, None, 0)])
def test_a_bad_signature_is_accepted(answer: int, key: str | None, found: int) -> None:
    faults = [Fault("callback", "bad-signature")]
    with Served(clock="frozen", faults=faults, webhook_key=key) as served, Receiver(answer) as receiver:
        served.client.create("nano-banana-pro", receiver.url, prompt="x")
        served.emulator.advance(60)
        receiver.wait(1)
        assert len(served.emulator.verdict().of("trusted-forged-callback")) == found


@pytest.mark.parametrize("name", ["", "None", "undefined", "null"])
def test_the_code_in_the_body_is_ignored(name: str) -> None:
    with Served(clock="frozen") as served:
        served.client.post(CREATE, {"model": "no-such", "input": {}})
        served.client.get(f"/api/v1/jobs/recordInfo?taskId={name}")
        [finding] = served.emulator.verdict().of("ignored-body-code")
        assert (finding.severity, finding.notes) == (Severity.ERROR, (1, 2))


def test_an_id_is_made_up_after_a_refusal() -> None:
    with Served(clock="frozen") as served:
        served.client.get("/api/v1/jobs/recordInfo?taskId=of-an-earlier-run")
        assert served.emulator.verdict().of("ignored-body-code") == ()
        served.client.post(CREATE, {"model": "no-such", "input": {}})
        served.client.get("/api/v1/jobs/recordInfo?taskId=made-up")
        assert [finding.notes for finding in served.emulator.verdict().of("ignored-body-code")] == [(2, 3)]


def test_a_refusal_that_was_heeded_is_none() -> None:
    with Served(clock="frozen") as served:
        served.client.post(CREATE, {"model": "no-such", "input": {}})
        served.client.record(served.client.create("nano-banana-pro", prompt="x"))
        served.client.get("/api/v1/jobs/recordInfo?taskId=of-an-earlier-run")
        assert names(served.emulator.verdict()) == []


def test_the_key_goes_to_the_file_host() -> None:
    with Served(clock="frozen") as served:
        [url] = finish(served, served.client.create("nano-banana-pro", prompt="x"))
        assert served.emulator.verdict().of("sent-key-to-file-host") == ()
        served.client.call("GET", url.partition(served.client.url)[2])
        [finding] = served.emulator.verdict().of("sent-key-to-file-host")
        assert (finding.severity, finding.notes) == (Severity.WARNING, (4,))
        assert "a-key" not in json.dumps([note.headers for note in served.emulator.journal()])


# ---------------------------------------------------------------------------------------------------------------- pace


def note(number: int, at: float = 0.0, **more: Any) -> Note:
    held = {"way": "in", "method": "GET", "path": "/", "status": 200, "wall": at, "ms": 1.0, **more}
    return Note(number=number, at=at, **held)


def media(number: int, **more: Any) -> Note:
    return note(number, **{"stage": "media", "path": "/files/x.png", **more})


def poll(number: int, at: float, task: str = "t", **more: Any) -> Note:
    query = {"taskId": task}
    return note(number, at, **{"stage": "poll", "path": "/api/v1/jobs/recordInfo", "query": query, "code": 200, **more})


def create(number: int, at: float, code: int = 429, digest: str = "", **more: Any) -> Note:
    held = {"stage": "create", "method": "POST", "path": CREATE, "code": code, "digest": digest or str(number), **more}
    return note(number, at, **held)


def polls(every: float, number: int = 40, **more: Any) -> tuple[Note, ...]:
    return tuple(poll(index + 1, index * every, **more) for index in range(number))


@pytest.mark.parametrize(
    ("after", "found"),
    [(0.02, 0), (0.5, 1), (4.0, 1), (5.1, 0)],
    ids=["under way", "at once", "too soon", "in time"],
)
def test_retry_after(after: float, found: int) -> None:
    notes = (create(1, 10.0, retry_after=5.0), create(2, 10.0 + after, code=200))
    assert len(judge(Case(notes, {})).of("ignored-retry-after")) == found


def test_retry_after_is_for_one_endpoint_and_task() -> None:
    notes = (poll(1, 10.0, retry_after=5.0), poll(2, 11.0, "another"), create(3, 11.0, code=200))
    assert judge(Case(notes, {})).of("ignored-retry-after") == ()
    assert len(judge(Case((*notes, poll(4, 12.0)), {})).of("ignored-retry-after")) == 1


def test_retry_after_over_http() -> None:
    faults = [Fault("poll", "429", retry_after=30.0)]
    with Served(clock="frozen", faults=faults) as served:
        served.client.get("/api/v1/chat/credit")
        time.sleep(0.08)
        served.client.get("/api/v1/chat/credit")
        [finding] = served.emulator.verdict().findings
        assert (finding.name, finding.notes) == ("ignored-retry-after", (1, 2))


def refusals(times: Sequence[float], digests: str) -> Case:
    return Case(tuple(create(index + 1, at, digest=digests[index]) for index, at in enumerate(times)), {})


def test_the_rate_limit_is_ignored() -> None:
    hammered = refusals([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6], "aaaaaaa")
    assert [len(finding.notes) for finding in judge(hammered).findings] == [6]
    pressed = refusals([0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35], "abcdefg")
    assert names(judge(pressed)) == ["ignored-rate-limit"]


def test_holding_back_is_not_ignoring() -> None:
    slower = refusals([0, 1, 3, 7, 15, 31, 63], "aaaaaaa")
    at_once = refusals([0, 0.001, 0.002, 0.003, 0.004, 0.005, 0.006], "abcdefg")
    together = [*(0.001 * index for index in range(7)), *(1 + 0.03 * index for index in range(7))]
    assert names(judge(slower)) == names(judge(at_once)) == []
    assert names(judge(refusals(together, "abcdefgabcdefg"))) == []
    assert names(judge(refusals(together, "a" * 14))) == []


@pytest.mark.parametrize(
    ("mode", "every", "found"),
    [
        ("real", 0.5, 1),
        ("real", 1.0, 0),
        ("real", 2.5, 0),
        ("scaled:60", 0.5, 1),
        ("scaled:60", 3.0, 0),
        ("jump", 0.1, 0),
        ("jump", 0.02, 1),
        ("frozen", 0.1, 0),
        ("frozen", 0.02, 1),
    ],
)
def test_polled_too_often(mode: str, every: float, found: int) -> None:
    assert len(judge(Case(polls(every), {}, mode=mode)).of("polled-too-often")) == found


def test_scaled_time_counts_as_it_passes() -> None:
    """Three times a second on the wall is every 20 seconds of a time that passes sixty times as fast."""
    notes = tuple(replace(held, wall=held.at / 60) for held in polls(20.0))
    assert judge(Case(notes, {}, mode="scaled:60", speed=60.0)).findings == ()


def test_4o_takes_three_a_second() -> None:
    path = "/api/v1/gpt4o-image/record-info"
    burst = tuple(poll(number, number * 0.2, path=path) for number in range(5))
    assert names(judge(Case(burst, {}, mode="real"))) == ["polled-too-often"]
    assert (
        names(judge(Case(tuple(replace(held, path="/api/v1/veo/record-info") for held in burst), {}, mode="real")))
        == []
    )


def done(**more: Any) -> Task:
    return Task(
        "t", "market:nano-banana-pro", "nano-banana-pro", {}, 0.0, 1, state=State.SUCCESS, finished=10.0, **more
    )


def test_what_cost_nothing_is_not_lost() -> None:
    entry = Entry(1, 0.0, "hold", Decimal(-18), Decimal(0), task="t")
    assert names(judge(Case((), {"t": done()}))) == []
    assert names(judge(Case((), {"t": done()}, (entry,)))) == ["lost-a-task"]
    back = replace(entry, number=2, kind="return", amount=Decimal(18))
    assert names(judge(Case((), {"t": done()}, (entry, back)))) == []


def test_to_ask_about_the_task_of_a_callback_is_right() -> None:
    told = note(2, 2.0, way="out", method="POST", task="invented", fault="forge")
    notes = (create(1, 1.0, code=422), told, poll(3, 3.0, "invented", code=422))
    assert names(judge(Case(notes, {}))) == []
    assert names(judge(Case((notes[0], notes[2]), {}))) == ["ignored-body-code"]


def test_polled_after_the_end() -> None:
    assert judge(Case(polls(2.0, 11), {"t": done()})).of("polled-after-end")  # 5 before the end, one told, 5 after
    assert not judge(Case(polls(2.0, 10), {"t": done()})).of("polled-after-end")


def test_asking_again_for_a_link_that_is_gone_is_right() -> None:
    task = done(outcome=Outcome(("http://kie.test/files/x.png",)))
    gone = tuple(media(100 + number, status=404, wall=30.0) for number in range(3))
    case = Case((*polls(2.0, 12), *gone), {"t": task}, expires={"/files/x.png": 1e6}, now=30.0)
    assert case.files(task) == ["/files/x.png"]
    assert not judge(case).of("polled-after-end")
    assert judge(replace(case, notes=case.notes[:12])).of("polled-after-end")


def test_an_end_that_was_not_told_is_none() -> None:
    hidden = tuple(replace(held, fault="no-url") for held in polls(2.0, 30))
    assert not judge(Case(hidden, {"t": done()})).of("polled-after-end")


# ------------------------------------------------------------------------------------------------------------- manners


@pytest.mark.parametrize(("answer", "found"), [(500, 1), (200, 0)])
def test_no_answer_to_a_callback(answer: int, found: int) -> None:
    with Served(clock="frozen") as served, Receiver(answer) as receiver:
        served.client.create("nano-banana-pro", receiver.url, prompt="x")
        served.emulator.advance(600)
        assert len(receiver.got) == (3 if found else 1)
        [*findings] = served.emulator.verdict().of("no-callback-answer")
        assert [finding.severity for finding in findings] == [Severity.WARNING] * found


def test_a_callback_is_answered_at_the_third_try_or_too_late() -> None:
    def out(number: int, status: int, attempt: int = 1, **more: Any) -> Note:
        return note(number, way="out", method="POST", status=status, attempt=attempt, task="t", **more)

    assert names(judge(Case((out(1, 500), out(2, 0, 2), out(3, 200, 3)), {}))) == []
    assert names(judge(Case((out(1, 500), out(2, 0, 2), out(3, 0, 3)), {}))) == ["no-callback-answer"]
    assert names(judge(Case((out(1, 200, ms=16_000.0),), {}))) == ["no-callback-answer"]
    refused = tuple(out(number, 401, number, fault="bad-signature") for number in (1, 2, 3))
    assert names(judge(Case(refused, {}))) == []


@pytest.mark.parametrize(("code", "found"), [(400, 1), (401, 1), (422, 1), (429, 0), (500, 0), (455, 0)])
def test_what_will_not_change_is_sent_again(code: int, found: int) -> None:
    notes = tuple(create(number, number * 10.0, code=code, digest="same") for number in (1, 2, 3))
    assert len(judge(Case(notes, {})).of("retried-what-will-not-change")) == found
    assert names(judge(Case(notes[:2], {}))) == []
    others = tuple(replace(held, digest=str(held.number)) for held in notes)
    assert names(judge(Case(others, {}))) == []


@pytest.mark.parametrize(("contents", "found"), [("aaa", 1), ("aa", 0), ("abc", 0)])
def test_the_same_is_uploaded_again(contents: str, found: int) -> None:
    with Served(clock="frozen") as served:
        for index, content in enumerate(contents):
            data = {"base64Data": "YWJj" if content == "a" else f"{content}{content}==", "uploadPath": f"p{index}"}
            assert served.client.post("/api/file-base64-upload", data)["success"]
        found_ = served.emulator.verdict().of("uploads-again-the-same")
        assert [finding.severity for finding in found_] == [Severity.NOTE] * found


# ------------------------------------------------------------------------------------------------------------- reading


def test_order_and_text() -> None:
    entries = tuple(Entry(1, 0.0, "hold", Decimal(-18), Decimal(0), task="t") for _ in range(1))
    tasks = {"t": done()}
    refused = tuple(create(number, number * 10.0, code=422, digest="same") for number in (1, 2, 3))
    many = tuple(media(10 + number, path=f"/files/{number}.png", sent=1, length=2, wall=99.0) for number in range(8))
    verdict = judge(Case((*refused, *many), tasks, entries))
    assert [finding.severity for finding in verdict.findings] == ["error"] * 8 + ["warning"] * 2
    text = str(verdict)
    assert text.startswith("The client did not do well: 8 errors, 2 warnings; 11 requests")
    assert "took-truncated-file: 3 more" in text
    assert verdict.findings[8].name == "lost-a-task"  # the dearest of the warnings
    assert verdict.to_json()["findings"][8]["usd"] == "0.090"


def test_every_rule_is_named_and_judges_an_empty_case() -> None:
    assert judge(Case((), {})) == Verdict()
    assert all(not list(rule(Case((), {}))) for rule in RULES.values())
    with pytest.raises(ValueError, match="no such finding: nothing"):
        judge(Case((), {}), ["nothing"])


@pytest.mark.parametrize("levels", [90, 900, 20_000])
def test_a_body_that_is_nested_deeply_harms_nobody(levels: int) -> None:
    body = b'{"model": "nano-banana-pro", "input": {"prompt": "x", "more": ' + b"[" * levels + b"]" * levels + b"}}"
    with Served(clock="frozen") as served:
        served.client.call("POST", CREATE, body)
        inspector = Client(served.client.url, "")
        for path in ("journal", "journal.har", "verdict", "tasks"):
            assert inspector.call("GET", f"/__emulator/{path}").status == 200
        saved = inspector.call("POST", "/__emulator/snapshot", {})
        assert inspector.call("POST", "/__emulator/restore", saved.data).status == 200
