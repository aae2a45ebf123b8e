"""Every quirk changes what it says, and nothing has that form without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.referee.parents import SONG, Parents
from tests.referee.scenes import played
from tests.referee.vendor import CREATE_TASK, RECORD_INFO
from tests.referee.wire import Ground

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Json = dict[str, Any]

MOVING = {"prompt": "A boat", "duration": "5"}


def _credit(ground: Ground) -> Any:
    return type(ground.line.get("/api/v1/chat/credit").body["data"]).__name__


def _style(ground: Ground) -> Any:
    return ground.line.post("/api/v1/style/generate", {"content": "Pop"}).body["data"]["successFlag"]


def _omni(ground: Ground) -> Any:
    return list(ground.line.post("/api/v1/omni/audio/create", {"audio_id": "a", "name": "b"}).body["data"])


def _hd(ground: Ground) -> Any:
    return ground.line.get(f"/api/v1/veo/get-1080p-video?taskId={Parents(ground).veo_without_hd()}").code


def _ultra_hd(ground: Ground) -> Any:
    body = {"taskId": Parents(ground).new_veo(), "index": 0}
    ground.line.post("/api/v1/veo/get-4k-video", body)
    ground.advance()
    return ground.line.post("/api/v1/veo/get-4k-video", body).code


def _sound(ground: Ground) -> Any:
    task = Parents(ground).create(CREATE_TASK, {"model": "elevenlabs/sound-effect-v2", "input": {"text": "Rain"}})
    return ground.line.get(f"{RECORD_INFO}?taskId={task}").body["data"]["state"]


def _cost(ground: Ground) -> Any:
    task = Parents(ground).create(CREATE_TASK, {"model": "wan/2-5-text-to-video", "input": MOVING})
    data = ground.line.get(f"{RECORD_INFO}?taskId={task}").body["data"]
    took = (data["completeTime"] - data["createTime"]) // 1000
    return {took: "seconds", took * 1000: "milliseconds"}[data["costTime"]]


def _funds(ground: Ground) -> Any:
    return ground.line.post("/api/v1/generate", SONG).code


#: What is looked at, without and with the quirk. The others are judged by whole records: see test_replies.
CHECKS: dict[str, tuple[Callable[[Ground], Any], Any, Any]] = {
    "credit-documented": (_credit, "float", "int"),
    "style-documented": (_style, "成功", "1"),
    "omni-audio-documented": (_omni, ["audioId"], ["kieAudioId"]),
    "veo-1080p-documented": (_hd, 500, 400),
    "veo-4k-documented": (_ultra_hd, 422, 200),
    "sound-effect-v2-works": (_sound, "fail", "success"),
    "cost-time-ms": (_cost, "seconds", "milliseconds"),
    "no-funds-documented": (_funds, 429, 402),
}
#: Judged in test_replies (by deviations.json), test_recordings, test_reachable and test_chat.
ELSEWHERE = {
    "chat-usage-documented",
    "record-documented",
    "callback-documented",
    "dates-documented",
    "failure-flags-documented",
    "record-2026-04",
    "states-documented",
    "callback-exception",
    "failed-at-creation",
}


@pytest.mark.parametrize("quirk", CHECKS)
def test_the_default_is_as_recorded_and_the_quirk_switches(quirk: str) -> None:
    look, usual, switched = CHECKS[quirk]
    money: Json = {"credits": 0} if quirk == "no-funds-documented" else {"credits": "1000.5"}
    with Ground(**money) as ground:
        assert look(ground) == usual
    with Ground(quirks=[quirk], **money) as ground:
        assert look(ground) == switched


def test_every_quirk_is_checked_somewhere() -> None:
    with Ground() as ground:
        told = ground.line.get("/__emulator/quirks").body
    assert told.keys() == CHECKS.keys() | ELSEWHERE
    assert not CHECKS.keys() & ELSEWHERE


def test_states_are_passed_with_the_quirk_alone(shared: Path) -> None:
    name = "market qwen/text-to-image"
    assert not {"queuing", "generating"} & played()[name].polls.keys()
    assert {"queuing", "generating"} <= played("states-documented")[name].polls.keys()
