"""Chats, whole and streamed, have the form of the documents: the provider's body, and what it cost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.referee import shapes, vendor
from tests.referee.wire import Ground

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Recorded 2026-04-16 with two counts alone; the pages' example, of a tool's call, has more. See chat-usage-documented.
USAGE = frozenset(
    f"usage.{name}"
    for name in (
        "cache_creation",
        "cache_creation_input_tokens",
        "cache_read_input_tokens",
        "inference_geo",
        "service_tier",
    )
)


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    with Ground() as ground:
        yield ground


def _asked() -> Iterator[tuple[vendor.Page, Any]]:
    """The pages of chats with the request that each shows, those of the later folder included."""
    for page in vendor.pages():
        if page.chat and page.requests and page.method == "POST":
            yield page, next(iter(page.requests.values()))


def _gaps(ground: Ground) -> set[tuple[str, str]]:
    found = set()
    for page, body in _asked():
        answer = ground.line.post(page.path, {**body, "stream": False})
        assert answer.status == 200
        assert isinstance(answer.body["credits_consumed"], int | float), (page.document, answer.data[:200])
        for reply in page.replies:
            if reply.status != "200":
                continue
            assert not shapes.flaws(reply.schema, answer.body, examples=reply.examples), page.document
            for example in reply.examples:
                real, ours = (shapes.filled(shapes.shape(one)) for one in (example, answer.body))
                found |= {
                    (page.path, place)
                    for place, documented, _ in shapes.differences(real, ours)
                    if documented != "absent"
                }
    return found


def test_whole_answers_fit_the_documents(ground: Ground, shared: Path) -> None:
    assert len(list(_asked())) >= 50
    gaps = _gaps(ground)
    assert {place for _, place in gaps} == USAGE
    assert {path for path, _ in gaps} == {"/claude/v1/messages"}


def test_the_quirk_gives_the_documented_counts(shared: Path) -> None:
    with Ground(quirks=["chat-usage-documented"]) as ground:
        assert not _gaps(ground)


def test_streams_are_lines_of_events_and_end_as_documented(ground: Ground, shared: Path) -> None:
    for page, body in _asked():
        answer = ground.line.post(page.path, {**body, "stream": True})
        assert answer.headers["content-type"].startswith("text/event-stream"), page.document
        lines = [line for line in answer.data.decode().split("\n") if line.startswith("data: ")]
        ended = lines[-1] == "data: [DONE]"
        assert ended == (not page.path.startswith(("/claude/", "/gemini/"))), page.document
        events = [json.loads(line[6:]) for line in lines[: -1 if ended else None]]
        assert any("credits_consumed" in json.dumps(event) for event in events), page.document
        if page.path.endswith("/responses"):
            assert events[-1]["type"] == "response.completed"
            assert {"input_tokens", "output_tokens"} <= events[-1]["response"]["usage"].keys()
            deltas = [event["delta"] for event in events if event["type"].endswith(".delta")]
            assert deltas
            assert all(isinstance(delta, str) for delta in deltas)
