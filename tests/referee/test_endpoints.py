"""Every endpoint that the inventory of the contract lists is there, and callbacks are delivered as it tells."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from typing import TYPE_CHECKING

import pytest

from tests.referee.vendor import CREATE_TASK, KIE_API
from tests.referee.wire import KEY, Ground, Line, Postbox

if TYPE_CHECKING:
    from pathlib import Path

#: Read off the paragraph behind the table: later than August 2026, or never documented.
LATER = (
    "GET /api/v1/models",
    "GET /api/v1/models/z-image/schema",
    "GET /api/v1/models/bytedance/seedream/schema",
    "GET /api/v1/models/z-image/price",
    "GET /api/v1/models/z-image/success-rate",
    "POST /api/v1/suno/recovery",
    "GET /api/v1/suno/recovery/record-info",
    "GET /api/v1/playground/model-paths",
    "POST /client/v1/model-pricing/page",
    "GET /client/v1/model-pricing/count",
    "GET /anthropic/v1/models",
    "POST /anthropic/v1/messages",
    "POST /openai/v1/responses",
    "POST /playground/createTask",
    "GET /playground/recordInfo",
    "POST /api/v1/mj/generate",
    "GET /api/v1/mj/record-info",
    "POST /api/v1/modify/generate",
    "GET /api/v1/modify/record-info",
)
#: The families of the pattern /api/v1/{service}/generate.
SERVICES = ("sora", "kling", "minimax", "hailuo", "wan", "seedance", "gpt4o-image", "flux", "midjourney", "suno")
_ROW = re.compile(r"^\| (GET|POST) \| `([^`]+)`", re.MULTILINE)


def _listed() -> list[str]:
    text = (KIE_API / "CONTRACT.md").read_text(encoding="utf-8")
    return [f"{method} {path}" for method, path in _ROW.findall(text)]


def test_every_listed_endpoint_is_there(shared: Path) -> None:
    listed = _listed()
    assert len(listed) >= 72
    services = [f"POST /api/v1/{service}/generate" for service in SERVICES]
    with Ground() as ground:
        for endpoint in [*listed, *LATER, *services]:
            method, _, path = endpoint.partition(" ")
            answer = ground.line.call(method, path, {} if method == "POST" else None)
            assert answer.status == 200, (endpoint, answer.status, answer.data[:200])


def test_they_want_a_key_but_for_the_price_list(shared: Path) -> None:
    open_to_all = {"POST /client/v1/model-pricing/page", "GET /client/v1/model-pricing/count"}
    with Ground() as ground:
        nobody = Line(ground.base, "")
        for endpoint in [*_listed(), *LATER]:
            method, _, path = endpoint.partition(" ")
            answer = nobody.call(method, path, {} if method == "POST" else None)
            if endpoint in open_to_all:
                assert answer.code == 200
            elif path.endswith("/model-paths"):
                assert answer.code in (200, 401)  # whether it wants one is not known
            elif path.startswith("/anthropic/"):  # the only path seen to answer with a real 401 (CONTRACT §2.1)
                assert (answer.status, answer.body["type"]) == (401, "error")
            else:
                assert (endpoint, answer.status, answer.code) == (endpoint, 200, 401)
        nobody.close()


@pytest.mark.parametrize("path", ["/api/v1/there-is-none", "/api/v1/jobs/createtask", "/"])
def test_an_unknown_path_is_answered_by_the_framework(path: str) -> None:
    with Ground() as ground:
        answer = ground.line.get(path)
    assert answer.status == 404
    assert answer.body.keys() == {"timestamp", "status", "error", "message", "path"}
    assert (answer.body["status"], answer.body["path"]) == (404, path)


def test_a_callback_is_delivered_and_signed_as_recorded_and_documented() -> None:
    """Recorded 2026-09-17 (agent and type); documented 2026-04-29 (signature, over the task's id and the seconds)."""
    with Postbox() as box, Ground(webhook_key="a-secret") as ground:
        body = {"model": "z-image", "input": {"prompt": "A boat", "aspect_ratio": "1:1"}, "callBackUrl": box.url}
        task = ground.line.post(CREATE_TASK, body).body["data"]["taskId"]
        ground.advance()
        ground.deliver()
        ((headers, posted),) = box.got
    assert posted["data"]["taskId"] == task
    assert headers["user-agent"] == "okhttp/3.14.9"
    assert headers["content-type"] == "application/json; charset=utf-8"
    stamp = headers["x-webhook-timestamp"]
    assert stamp.isdecimal()
    wanted = hmac.new(b"a-secret", f"{task}.{stamp}".encode(), hashlib.sha256).digest()
    assert headers["x-webhook-signature"] == base64.b64encode(wanted).decode()


def test_without_a_secret_nothing_is_signed() -> None:
    with Postbox() as box, Ground() as ground:
        body = {"model": "z-image", "input": {"prompt": "A boat", "aspect_ratio": "1:1"}, "callBackUrl": box.url}
        ground.line.post(CREATE_TASK, body)
        ground.advance()
        ground.deliver()
        ((headers, _),) = box.got
    assert not {name for name in headers if name.startswith("x-webhook")}
    assert KEY not in str(headers)
