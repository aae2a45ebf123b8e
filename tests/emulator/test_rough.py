"""Whatever is sent, the emulator answers in its own words, and the account adds up."""

from __future__ import annotations

import asyncio
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kie.emulator import Emulator, facts
from tests.emulator.support import instantly

EMULATOR = Emulator(clock="frozen", credits=10**9, rate=(10**9, 1.0), renderer=instantly, start=1.7e9)
CREATIONS = sorted({path for method, path in EMULATOR.app._routes if method == "POST"})
QUERIES = sorted({path for method, path in EMULATOR.app._routes if method == "GET"})
CHATS = ["/gpt-5-2/v1/chat/completions", "/claude/v1/messages", "/codex/v1/responses",
         "/gemini/v1/models/gemini-3-5-flash:streamGenerateContent", "/api/v1/kling/generate"]  # fmt: skip
NAMES = [
    *sorted({name for fact in facts.models().values() for name in fact.fields}),
    "model", "input", "messages", "contents", "callBackUrl", "taskId", "task_id", "audioId", "index", "url", "fileUrl",
    "base64Data", "uploadPath", "fileName", "tools", "response_format", "content",
]  # fmt: skip
WORDS = ["", "x", "5", "-1", "1e400", "nan", "https://example.com/a.png", "https://[", "emu:fail=422", "16:9", "9" * 40]
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.sampled_from(WORDS)
    | st.text(max_size=8)
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=8,
)
BODIES = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=6)


def _call(method: str, path: str, body: bytes = b"", query: bytes = b"") -> tuple[int, bytes]:
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": method, "path": path, "query_string": query, "scheme": "http",
        "headers": [(b"authorization", b"Bearer x"), (b"host", b"kie.test")],
    }  # fmt: skip
    asyncio.run(EMULATOR.app(scope, receive, send))
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


def _adds_up() -> None:
    ledger = EMULATOR.world.ledger
    assert sum((entry.amount for entry in ledger.entries()), Decimal(0)) == ledger.balance
    assert ledger.held == sum((task.price for task in EMULATOR.tasks() if not task.state.done), Decimal(0))


@settings(max_examples=150)
@given(st.sampled_from(CREATIONS + CHATS), BODIES)
def test_any_body(path: str, body: dict[str, Any]) -> None:
    status, answer = _call("POST", path, json.dumps(body).encode())
    assert status == 200
    if not answer.startswith((b"event:", b"data:")):
        assert isinstance(json.loads(answer), dict)


@settings(max_examples=150)
@given(st.sampled_from(sorted(facts.models())), st.data())
def test_any_input_of_any_model(model: str, data: st.DataObject) -> None:
    fact = facts.models()[model]
    names = sorted(fact.fields) or ["prompt"]
    inputs = data.draw(st.dictionaries(st.sampled_from(names), VALUES, max_size=5))
    for name in fact.required:
        inputs.setdefault(name, "x")
    body = {"model": model, "input": inputs}
    status, answer = _call("POST", "/api/v1/jobs/createTask", json.dumps(body).encode())
    assert status == 200
    created = json.loads(answer)
    EMULATOR.advance(2000)
    if created["code"] == 200:
        task = created["data"]["taskId"].encode()
        record = json.loads(_call("GET", "/api/v1/jobs/recordInfo", query=b"taskId=" + task)[1])["data"]
        assert record["state"] in {"success", "fail", "waiting"}
    _adds_up()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"1e999"])
@pytest.mark.parametrize("path", CREATIONS + CHATS)
def test_bodies_that_are_no_objects(path: str, body: bytes) -> None:
    status, answer = _call("POST", path, body)
    assert status == 200
    assert json.loads(answer)["code"] != 200


@settings(max_examples=80)
@given(st.sampled_from(QUERIES), st.sampled_from([b"", b"taskId", b"taskId=&index=x", b"taskId=%ff&x", b"task_id=1"]))
def test_any_query(path: str, query: bytes) -> None:
    status, answer = _call("GET", path, query=query)
    assert status == 200
    assert isinstance(json.loads(answer), dict)
