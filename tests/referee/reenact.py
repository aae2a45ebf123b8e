"""Recorded exchanges, enacted again: the same requests in the same order, with ids that exist here."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tests.referee import shapes, vendor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.referee.parents import Parents
    from tests.referee.vendor import Exchange
    from tests.referee.wire import Answer, Ground

Json = dict[str, Any]

#: What records have gained since the recordings of April 2026, and when it was first seen (CONTRACT §7.12).
LATER = {
    "data.creditsConsumed": "2026-08",
    "data.operationType": "2026-09-17",
    "data.successFlag": "2026-09-17",
    "data.paramJson": "2026-09-17",
    "data.response": "2026-09-17",
}
#: A made-up Base64 body in the place of one that was cut off in the recording.
_WHOLE = "SGVsbG8gV29ybGQ="


class Play:
    """One ground on which files of recordings are enacted."""

    def __init__(self, ground: Ground, parents: Parents) -> None:
        self._ground = ground
        self._parents = parents

    def file(self, exchanges: list[Exchange]) -> Iterator[tuple[Exchange, Answer]]:
        """The answers to a file's requests. A task that was recorded as finished is let finish first."""
        ids: dict[str, str] = {}
        for exchange in exchanges:
            if exchange.endpoint == "GET " + vendor.RECORD_INFO and _state(exchange.answer) == "success":
                self._ground.advance()
            answer = self._send(exchange, ids)
            theirs, ours = _task(exchange.answer), _task(answer.body)
            if theirs and ours:
                ids[theirs] = ours
            yield exchange, answer

    def _send(self, exchange: Exchange, ids: dict[str, str]) -> Answer:
        line = self._ground.line
        path = exchange.path
        if exchange.method == "GET":
            query = exchange.query
            for theirs, ours in ids.items():
                query = query.replace(theirs, ours)
            return line.get(f"{path}?{query}" if query else path)
        if not isinstance(exchange.body, dict):  # a form, whose fields were not kept
            name = exchange.answer["data"]["fileName"]
            return line.form(path, {"uploadPath": "recorded", "fileName": name}, (name, b"\x89PNG referee"))
        body = dict(exchange.body)
        if "base64Data" in body:
            body["base64Data"] = _WHOLE
        if exchange.answer.get("code") == 200 and path == vendor.CREATE_TASK:
            body = self._parents.real(path, _known(body, ids))
        return line.post(path, body)


def _known(body: Json, ids: dict[str, str]) -> Json:
    text = json.dumps(body)
    for theirs, ours in ids.items():
        text = text.replace(theirs, ours)
    held: Json = json.loads(text)
    return held


def _state(answer: Any) -> str:
    data = answer.get("data") if isinstance(answer, dict) else None
    return str(data.get("state", "")) if isinstance(data, dict) else ""


def _task(answer: Any) -> str:
    data = answer.get("data") if isinstance(answer, dict) else None
    return str(data.get("taskId", "")) if isinstance(data, dict) else ""


def files() -> dict[str, list[Exchange]]:
    """All recordings by file, without requests of which a part was cut away."""
    grouped = groupby(vendor.exchanges(), key=lambda exchange: exchange.file)
    return {name: [one for one in held if not _cut(one.body)] for name, held in grouped}


def _cut(body: Any) -> bool:
    """Whether whole fields are missing: the recorder ends long objects with three dots."""
    inputs = body.get("input") if isinstance(body, dict) else None
    return isinstance(inputs, dict) and any(str(name).endswith("…") for name in inputs)


def gaps(exchange: Exchange, answer: Answer) -> list[tuple[str, str, str]]:
    """Where the emulated answer has other keys, types or nesting than the recorded one."""
    return list(shapes.differences(shapes.shape(exchange.answer), shapes.shape(answer.body)))
