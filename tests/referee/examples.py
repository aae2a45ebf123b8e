"""Every example request that the vendor's documents show, and those which are refused on purpose."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.referee import vendor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.referee.parents import Parents
    from tests.referee.wire import Answer, Ground

Json = dict[str, Any]

REFUSED = Path(__file__).with_name("refused_examples.json")


@dataclass(frozen=True, slots=True)
class Example:
    """One example request: `name` tells the document and the example in it."""

    name: str
    folder: str
    path: str
    body: Json
    multipart: bool = False

    @property
    def makes_task(self) -> bool:
        """Whether a task id is to be answered."""
        at_once = ("download-url", "upload", "lyrics", "persona", "check-voice", "omni/", "chat/", "/v1/")
        if self.path == vendor.CREATE_TASK:
            return True
        return not any(part in self.path.removeprefix("/api/v1") for part in at_once) or self.path == "/api/v1/lyrics"


def shown() -> Iterator[Example]:
    """The whole requests on the pages of all folders."""
    for page in vendor.pages():
        if page.method == "POST":
            for name, body in page.requests.items():
                folder = page.document.partition("/")[0]
                yield Example(f"{page.document}#{name}", folder, page.path, body, page.multipart)


def composed() -> Iterator[Example]:
    """Of each model of models.json, the request which the examples beside its fields make together."""
    for entry in vendor.inventory():
        body = vendor.spoken(entry)
        method, _, path = entry["endpoint"].split(" (")[0].partition(" ")
        if body is not None and method == "POST":
            yield Example(f"models.json#{entry['id']}", "models.json", path, body, path.endswith("stream-upload"))


def least() -> Iterator[Example]:
    """What the schemas of 2026-10 require: those pages are there without examples, their required fields exact."""
    for page in vendor.pages():
        folder = page.document.partition("/")[0]
        if page.method == "POST" and folder == "openapi-2026-10-unified":
            yield Example(f"{page.document}#required", folder, page.path, vendor.least(page.schema))


def send(ground: Ground, parents: Parents, example: Example) -> Answer:
    """The answer to an example, with ids that exist on this ground in the place of its made-up ones."""
    if example.multipart:
        fields = {name: str(held) for name, held in example.body.items() if name != "file"}
        return ground.line.form(example.path, fields, ("picture.jpg", b"\xff\xd8\xff referee"))
    return ground.line.post(example.path, parents.real(example.path, example.body))


def taken(example: Example, answer: Answer) -> bool:
    """Whether the vendor would have taken this: a stream, a provider's raw body, or code 200 (with a task's id)."""
    if answer.status != 200:
        return False
    if answer.headers.get("content-type", "").startswith("text/event-stream"):
        return answer.data.startswith((b"data: ", b"event: "))
    body = answer.body
    if not isinstance(body, dict) or body.get("code", 200) != 200:
        return False
    if "code" not in body:
        return bool(body.keys() & {"choices", "content", "output", "candidates"})
    return not example.makes_task or bool(body["data"].get("taskId"))


def refused() -> dict[str, Json]:
    """The examples which are refused on purpose, by name."""
    return {entry["example"]: entry for entry in json.loads(REFUSED.read_text(encoding="utf-8"))["entries"]}
