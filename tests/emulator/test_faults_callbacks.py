"""What faults do to callbacks: lost, late, doubled, out of order, broken, badly signed, never sent by the vendor."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from kie.emulator import Fault
from kie.emulator.sending.delivery import RETRY
from tests.emulator.inprocess import HOOK, Delivery, InProcess
from tests.emulator.support import Receiver, Served

SONG = {"prompt": "x", "customMode": False, "instrumental": True, "model": "V5", "callBackUrl": HOOK}


def notes(driver: InProcess) -> list[tuple[str, int, int]]:
    return [(note.fault, note.status, note.attempt) for note in driver.emulator.journal() if note.way == "out"]


def urls_in(delivery: Delivery) -> set[str]:
    return {
        part for part in delivery.data.decode().replace("\\", "").split('"') if part.startswith("http://api.localhost/")
    }


def test_a_lost_callback_is_in_the_journal_only() -> None:
    with InProcess(faults=[Fault("callback", "drop")]) as driver:
        driver.create(callback=HOOK)
        second = driver.create(callback=HOOK)
        driver.emulator.advance(100)
        assert [delivery.task for delivery in driver.deliveries] in ([second], [driver.emulator.tasks()[0].id])
        assert sorted(notes(driver)) == [("", 200, 1), ("drop", 0, 1)]


@pytest.mark.parametrize(("seconds", "late"), [(None, 60.0), (600.0, 600.0), (0.0, 0.0)])
def test_a_late_callback(seconds: float | None, late: float) -> None:
    with InProcess(faults=[Fault("callback", "delay", seconds=seconds)]) as driver:
        driver.create(callback=HOOK)
        [task] = driver.emulator.tasks()
        if late:
            driver.emulator.advance(task.expected + late - 0.5)
            assert driver.deliveries == []
            driver.emulator.advance(1)
        else:
            driver.emulator.advance(task.expected)
        [delivery] = driver.deliveries
        assert delivery.body["data"]["state"] == "success"
        [note] = [note for note in driver.emulator.journal() if note.way == "out"]
        assert (note.fault, note.rule) == ("delay", 0)
        assert note.at == pytest.approx(task.created + task.expected + late)


def test_a_doubled_callback_is_the_same_twice() -> None:
    with InProcess(faults=[Fault("callback", "duplicate")]) as driver:
        driver.create(callback=HOOK)
        driver.emulator.advance(100)
        first, second = driver.deliveries
        assert (first.data, first.signed) == (second.data, "rightly")


def test_a_callback_comes_after_the_next_one() -> None:
    with InProcess(faults=[Fault("callback", "reorder")]) as driver:
        driver.post("/api/v1/generate", SONG)
        driver.emulator.advance(300)
        assert [delivery.body["data"]["callbackType"] for delivery in driver.deliveries] == [
            "first",
            "text",
            "complete",
        ]
        assert sorted(notes(driver)) == [("", 200, 1), ("", 200, 1), ("reorder", 200, 1)]


def test_reordered_callbacks_of_several_tasks_change_places_in_pairs() -> None:
    with InProcess(faults=[Fault("callback", "reorder", times=0)]) as driver:
        tasks = [driver.create(callback=HOOK) for _ in range(4)]
        ends = sorted(tasks, key=lambda name: driver.emulator.world.tasks[name].expected)
        driver.emulator.advance(100)
        assert [delivery.task for delivery in driver.deliveries] == [ends[1], ends[0], ends[3], ends[2]]


def test_a_reordered_callback_with_none_behind_it_comes_late() -> None:
    with InProcess(faults=[Fault("callback", "reorder", seconds=500)]) as driver:
        driver.create(callback=HOOK)
        driver.create(callback="http://another.localhost/hook")
        driver.emulator.advance(400)
        assert len(driver.deliveries) == 1  # that of the other address
        driver.emulator.advance(200)
        assert {delivery.url for delivery in driver.deliveries} == {HOOK, "http://another.localhost/hook"}


def test_a_broken_callback_is_no_json() -> None:
    with InProcess(faults=[Fault("callback", "malformed")]) as driver:
        task = driver.create(callback=HOOK)
        driver.emulator.advance(100)
        [delivery] = driver.deliveries
        with pytest.raises(json.JSONDecodeError):
            json.loads(delivery.data)
        assert task in delivery.data.decode()


@pytest.mark.parametrize(
    ("to", "signed"),
    [("wrong-key", {"wrongly"}), ("missing", {"not"}), ("garbled", {"wrongly"}), ("stale", {"rightly"})],
)
def test_a_bad_signature(to: str, signed: set[str]) -> None:
    with InProcess(faults=[Fault("callback", "bad-signature", to=to)]) as driver:
        driver.create(callback=HOOK)
        driver.create(callback=HOOK)
        driver.emulator.advance(100)
        assert {delivery.signed for delivery in driver.deliveries} == {"rightly"} | signed
        assert [fault for fault, _, _ in notes(driver)] in (["bad-signature", ""], ["", "bad-signature"])


def test_a_bad_signature_that_the_seed_chooses_is_never_right() -> None:
    with InProcess(faults=[Fault("callback", "bad-signature", times=0)], credits=10**4) as driver:
        for _ in range(20):
            driver.create(callback=HOOK)
        driver.emulator.advance(100)
        assert {delivery.signed for delivery in driver.deliveries} == {"wrongly", "not"}


def test_an_old_signature_is_a_day_old() -> None:
    with (
        Receiver() as receiver,
        Served(webhook_key="k", faults=[Fault("callback", "bad-signature", to="stale")]) as served,
    ):
        served.client.create("nano-banana-pro", receiver.url, prompt="x")
        [(headers, _)] = receiver.wait(1)
        assert 86300 < time.time() - int(headers["x-webhook-timestamp"]) < 86500


@pytest.mark.parametrize("about", ["real", "invented"])
@pytest.mark.parametrize(("how", "signed"), [("unsigned", "not"), ("signed", "wrongly")])
def test_a_forged_callback_comes_first_and_lies(about: str, how: str, signed: str) -> None:
    with InProcess(faults=[Fault("callback", "forge", to=f"{about} {how}")]) as driver:
        task = driver.create(callback=HOOK)
        driver.emulator.advance(100)
        forged, true = driver.deliveries
        assert (true.task, true.signed) == (task, "rightly")
        assert (forged.task == task) is (about == "real")
        assert forged.signed == signed
        assert forged.body["data"].keys() == true.body["data"].keys()
        assert forged.body["data"]["state"] == "success"
        assert urls_in(forged)
        assert not urls_in(forged) & urls_in(true)
        [bait] = urls_in(forged)
        assert driver.call("GET", bait.removeprefix("http://api.localhost")).status == 200
        note = driver.emulator.journal()[-1]
        assert (note.stage, note.fault, note.task) == ("media", "forge", forged.task)
        assert [fault for fault, _, _ in notes(driver)] == ["forge", ""]
        assert driver.emulator.world.poll(forged.task) is None or forged.task == task


CREATES: dict[str, tuple[str, dict[str, Any]]] = {
    "veo": ("/api/v1/veo/generate", {"prompt": "x"}),
    "gpt4o": ("/api/v1/gpt4o-image/generate", {"prompt": "x", "size": "1:1"}),
    "flux": ("/api/v1/flux/kontext/generate", {"prompt": "x"}),
    "runway": ("/api/v1/runway/generate", {"prompt": "x", "duration": 5, "quality": "720p", "aspectRatio": "16:9"}),
    "suno": ("/api/v1/generate", SONG),
    "lyrics": ("/api/v1/lyrics", {"prompt": "x"}),
    "service": ("/api/v1/kling/generate", {"prompt": "x"}),
}


@pytest.mark.parametrize("family", CREATES)
@pytest.mark.parametrize("word", ["", " emu:fail"])
def test_every_family_can_be_forged(family: str, word: str) -> None:
    path, body = CREATES[family]
    with InProcess(faults=[Fault("callback", "forge", times=0)], credits=10**5) as driver:
        answer = driver.post(path, {**body, "prompt": f"x{word}", "callBackUrl": HOOK})
        assert answer["code"] == 200, answer
        driver.emulator.advance(600)
        forged, true = driver.deliveries[-2:]
        assert (forged.signed, true.signed) in (("not", "rightly"), ("wrongly", "rightly"))
        assert forged.body["code"] == 200
        assert (true.body["code"] == 200) is not bool(word)
        assert not urls_in(forged) & urls_in(true)


def test_a_forgery_is_tried_again_like_any_other() -> None:
    with InProcess(faults=[Fault("callback", "forge")]) as driver:
        driver.answers = [500, 200]
        driver.create(callback=HOOK)
        driver.emulator.advance(100 + RETRY)
        assert notes(driver) == [("forge", 500, 1), ("", 200, 1), ("forge", 200, 2)]


def test_callbacks_keep_their_order_in_process() -> None:
    with InProcess(credits=10**5) as driver:
        for _ in range(30):
            driver.create(callback=HOOK)
        driver.emulator.advance(100)
        ends = sorted(driver.emulator.tasks(), key=lambda task: task.finished or 0)
        assert [delivery.task for delivery in driver.deliveries] == [task.id for task in ends]


def test_without_a_key_nothing_is_signed_but_what_is_forged() -> None:
    with InProcess(webhook_key=None, faults=[Fault("callback", "forge", to="signed")]) as driver:
        driver.create(callback=HOOK)
        driver.emulator.advance(100)
        assert [delivery.signed for delivery in driver.deliveries] == ["wrongly", "not"]


def test_over_sockets_too_the_forgery_comes_first() -> None:
    rule = Fault("callback", "forge", times=0, to="invented unsigned")
    with Receiver() as receiver, Served(faults=[rule], rate=(0, 1.0), credits=10**4) as served:
        tasks = [
            served.client.create("nano-banana-pro", receiver.url, prompt=f"boat-{number}.") for number in range(12)
        ]
        came = [(str(body["data"]["param"]), body["data"]["taskId"]) for _, body in receiver.wait(24)]
        for number, task in enumerate(tasks):
            forged, true = (name for param, name in came if f"boat-{number}." in param)
            assert (forged in tasks, true) == (False, task)
