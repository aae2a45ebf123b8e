"""Callbacks of every family are read alike; what is no callback is refused."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from kie.errors import WebhookInvalid
from kie.wire.callback import read_callback
from kie.wire.state import TaskError
from tests.wire.bodies.callbacks import CASES, Post


@pytest.mark.parametrize("post", CASES, ids=lambda post: post.name)
def test_a_callback_is_read_as_it_is_meant(post: Post) -> None:
    hint = read_callback(json.dumps(post.body))
    assert (hint.state, hint.task_id, hint.stage, hint.outputs, hint.model) == (
        post.state,
        post.task_id,
        post.stage,
        post.outputs,
        post.model,
    )
    assert hint.error == (TaskError(*post.error) if post.error else None)
    assert hint.credits == (Decimal(post.credits) if post.credits else None)
    assert hint.code == str(post.body["code"])
    assert hint.raw == post.body


def test_bytes_text_and_objects_are_read_alike() -> None:
    body = CASES[0].body
    assert read_callback(body) == read_callback(json.dumps(body)) == read_callback(json.dumps(body).encode())
    assert read_callback(bytearray(json.dumps(body).encode())) == read_callback(body)  # type: ignore[arg-type]


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b'"x"', b"1", b"<html>", b"\xff\xfe", "{", "\ud800"])
def test_what_is_no_callback_is_refused(body: bytes | str) -> None:
    with pytest.raises(WebhookInvalid):
        read_callback(body)


def test_a_claim_of_failure_carries_no_links() -> None:
    body = {"code": 501, "msg": "No.", "data": {"taskId": "t", "resultUrls": ["https://cdn.example.com/a"]}}
    assert read_callback(body).outputs == ()
