"""The journal as a HAR 1.2 file, which browsers and other tools open.

Credentials are not in it, and binary bodies are told by their size only. What the format has no word for stands in
`comment` and in fields that begin with an underscore: task, model, fault, virtual time.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kie.emulator.journal import Note

Json = dict[str, Any]


def export(notes: Iterable[Note]) -> Json:
    """The notes as a HAR, oldest first; times are those of the wall."""
    creator = {"name": "kie emulator", "version": "1"}
    entries = sorted((_entry(note) for note in notes), key=lambda entry: str(entry["startedDateTime"]))
    return {"log": {"version": "1.2", "creator": creator, "entries": entries, "comment": "Emulated: not kie.ai."}}


def _entry(note: Note) -> Json:
    entry: Json = {
        "startedDateTime": _time(note.wall - note.ms / 1000),
        "time": note.ms,
        "request": _request(note),
        "response": _response(note),
        "cache": {},
        "timings": {"send": 0, "wait": note.ms, "receive": 0},
        "_number": note.number,
        "_virtualTime": _time(note.at),
        "_task": note.task,
        "_model": note.model,
        "_fault": note.fault,
        "comment": _comment(note),
    }
    if note.status == 0:
        entry["response"]["_error"] = "no answer"
    return entry


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _comment(note: Note) -> str:
    told = {
        "callback, try": note.attempt or "" if note.way == "out" else "",
        "task": note.task,
        "model": note.model,
        "fault": note.fault,
        "virtual time": _time(note.at),
    }
    return "; ".join(f"{name} {held}" for name, held in told.items() if held)


def _request(note: Note) -> Json:
    headers = [{"name": name, "value": held} for name, held in note.headers.items()]
    if note.credential:
        headers.append({"name": "authorization", "value": f"[redacted]{note.key}"})
    held: Json = {
        "method": note.method,
        "url": note.path if note.way == "out" else _url(note),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": headers,
        "queryString": [{"name": name, "value": text} for name, text in note.query.items()],
        "headersSize": -1,
        "bodySize": -1,
    }
    if note.request is None:
        held["bodySize"] = 0
        return held
    mime = note.headers.get("content-type", "application/json")
    if isinstance(note.request, str) and note.way == "in":  # not kept: only its size is told
        held["postData"] = {"mimeType": mime, "params": [], "text": "", "comment": note.request}
    else:
        text = note.request if isinstance(note.request, str) else _text(note.request)
        held["postData"] = {"mimeType": mime, "params": [], "text": text}
        held["bodySize"] = len(text.encode())
    length = note.headers.get("content-length", "")
    if length.isdecimal():
        held["bodySize"] = int(length)
    return held


def _url(note: Note) -> str:
    scheme = note.headers.get("x-forwarded-proto", "http")
    query = f"?{urlencode(note.query)}" if note.query else ""
    return f"{scheme}://{note.host or 'emulator.invalid'}{quote(note.path)}{query}"


def _response(note: Note) -> Json:
    content: Json = {"size": note.length, "mimeType": note.mime or "x-unknown"}
    if note.response is not None:
        content["text"] = _text(note.response)
    elif note.length:
        content["comment"] = f"<{note.length} bytes>"
    if note.sent < note.length:
        content["comment"] = f"cut after {note.sent} of {note.length} bytes"
    wait = [] if note.retry_after is None else [{"name": "retry-after", "value": f"{note.retry_after:g}"}]
    try:
        words = HTTPStatus(note.status).phrase
    except ValueError:
        words = ""
    return {
        "status": note.status,
        "statusText": words,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": ([{"name": "content-type", "value": note.mime}] if note.mime else []) + wait,
        "content": content,
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": note.sent,
    }


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
