"""Receivers of other people: they know a task only by what its callback holds, and check the signature by that."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

import pytest

from tests.emulator.support import Receiver, Served

KEY = "a-webhook-key"
FILE = "https://files.example.com/a"
CALLS: dict[str, dict[str, Any]] = {
    "/api/v1/jobs/createTask": {"model": "z-image", "input": {"prompt": "a fox", "aspect_ratio": "1:1"}},
    "/api/v1/veo/generate": {"prompt": "a fox", "model": "veo3_fast"},
    "/api/v1/runway/generate": {"prompt": "a fox", "duration": 5, "quality": "720p", "aspectRatio": "16:9"},
    "/api/v1/aleph/generate": {"prompt": "a fox", "videoUrl": f"{FILE}.mp4"},
    "/api/v1/flux/kontext/generate": {"prompt": "a fox"},
    "/api/v1/gpt4o-image/generate": {"prompt": "a fox", "size": "1:1"},
    "/api/v1/mj/generate": {"prompt": "a fox", "taskType": "mj_txt2img"},
    "/api/v1/modify/generate": {"prompt": "a fox", "videoUrl": f"{FILE}.mp4"},
    "/api/v1/lyrics": {"prompt": "a fox"},
    "/api/v1/generate": {"prompt": "a fox", "customMode": False, "instrumental": False, "model": "V5"},
}


def told(body: dict[str, Any]) -> str:
    """The task of a callback, as a receiver finds it which knows none of the families."""
    data = body.get("data") or {}
    return str(data.get("taskId") or data.get("task_id") or body.get("taskId") or "")


def signed(headers: dict[str, str], body: dict[str, Any]) -> bool:
    text = f"{told(body)}.{headers['x-webhook-timestamp']}".encode()
    made = base64.b64encode(hmac.new(KEY.encode(), text, hashlib.sha256).digest()).decode()
    return hmac.compare_digest(made, headers["x-webhook-signature"])


@pytest.mark.parametrize("path", sorted(CALLS))
def test_a_callback_names_its_task_and_is_signed_for_it(path: str) -> None:
    with Receiver() as receiver, Served(webhook_key=KEY) as served:
        task = served.client.post(path, {**CALLS[path], "callBackUrl": receiver.url})["data"]["taskId"]
        headers, body = receiver.wait(1)[0]
        assert told(body) == task
        assert signed(headers, body)
        assert body["code"] == 200


def test_the_callback_of_a_larger_video_is_signed_for_the_task_that_it_names() -> None:
    with Receiver() as receiver, Served(webhook_key=KEY) as served:
        made = served.client.post(
            "/api/v1/veo/generate", {**CALLS["/api/v1/veo/generate"], "callBackUrl": receiver.url}
        )
        task = made["data"]["taskId"]
        receiver.wait(1)
        served.client.post("/api/v1/veo/get-4k-video", {"taskId": task, "index": 0, "callBackUrl": receiver.url})
        headers, body = receiver.wait(2)[1]
        assert told(body)
        assert signed(headers, body)


# ---------------------------------------------------------------------------------------- Midjourney, as it was in 2025


def test_midjourney_makes_pictures_larger_and_others_like_them(served: Served) -> None:
    task = served.client.post("/api/v1/mj/generate", CALLS["/api/v1/mj/generate"])["data"]["taskId"]
    assert [form(url) for url in results(served, task)] == ["png"] * 4
    before = served.client.get("/api/v1/chat/credit")["data"]
    larger = served.client.post("/api/v1/mj/generateUpscale", {"taskId": task, "imageIndex": 3})["data"]["taskId"]
    assert [form(url) for url in results(served, larger)] == ["png"]
    others = served.client.post("/api/v1/mj/generateVary", {"taskId": task, "imageIndex": 1})["data"]["taskId"]
    assert [form(url) for url in results(served, others)] == ["png"] * 4
    assert served.client.get("/api/v1/chat/credit")["data"] == before
    assert served.client.post("/api/v1/mj/generateVary", {"taskId": "none", "imageIndex": 1})["code"] == 422


def test_midjourney_makes_videos_and_longer_ones(served: Served) -> None:
    asked = {"prompt": "a fox runs", "taskType": "mj_video", "fileUrls": [f"{FILE}.png"], "videoBatchSize": 2}
    task = served.client.post("/api/v1/mj/generate", asked)["data"]["taskId"]
    assert [form(url) for url in results(served, task)] == ["mp4"] * 2
    more = {"taskType": "mj_video_extend_auto", "taskId": task, "index": 1}
    longer = served.client.post("/api/v1/mj/generateVideoExtend", more)["data"]["taskId"]
    assert [form(url) for url in results(served, longer)] == ["mp4"]


def results(served: Served, task: str) -> list[str]:
    record: dict[str, Any] = {}
    for _ in range(6):
        record = served.client.get(f"/api/v1/mj/record-info?taskId={task}")["data"]
    assert record["successFlag"] == 1
    return [one["resultUrl"] for one in record["resultInfoJson"]["resultUrls"]]


def form(url: str) -> str:
    return url.rpartition(".")[2]


@pytest.fixture
def served() -> Any:
    with Served() as held:
        yield held
