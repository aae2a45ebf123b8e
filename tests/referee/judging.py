"""Everything that was answered in a scene, held against the pages that describe it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.referee import shapes, vendor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.referee.scenes import Scene

Json = dict[str, Any]
#: (endpoint, place, rule): where an answer is not as a page has it.
Finding = tuple[str, str, str]

#: The same for endpoints that answer at once: recorded otherwise than documented (CONTRACT §7.26, §7.28).
AT_ONCE: frozenset[Finding] = frozenset(
    {
        ("GET /api/v1/chat/credit", "data", "type"),  # a number with decimals; credit-documented
        ("POST /api/v1/style/generate", "data.createTime", "type"),  # milliseconds; style-documented
    }
)
DEVIATIONS = Path(__file__).with_name("deviations.json")


@cache
def page(endpoint: str) -> vendor.Page | None:
    """The page of an endpoint that shows its answers: those of 2026-04-29 do, the later ones are requests only."""
    for held in vendor.pages():
        if held.endpoint == endpoint and held.replies:
            return held
    return None


def deviations() -> dict[Finding, Json]:
    """The known differences between the documents and the emulator, each with its reason."""
    held = json.loads(DEVIATIONS.read_text(encoding="utf-8"))["entries"]
    return {(entry["endpoint"], entry["place"], entry["rule"]): entry for entry in held}


def findings(scene: Scene) -> set[Finding]:
    """Whatever in a scene is not as its pages say."""
    return set(_of_create(scene)) | set(_of_polls(scene)) | set(_of_callbacks(scene))


def _of_create(scene: Scene) -> Iterator[Finding]:
    described = page(f"POST {scene.create}")
    for reply in described.replies if described is not None else ():
        if reply.status == "200":
            for place, rule, _ in shapes.flaws(reply.schema, scene.created):
                yield f"POST {scene.create}", place, rule
            if reply.examples:
                yield from _against_examples(f"POST {scene.create}", reply, scene.created)


def _of_polls(scene: Scene) -> Iterator[Finding]:
    described = page(f"GET {scene.query}")
    for reply in described.replies if described is not None else ():
        if reply.status != "200":
            continue
        for stage, told in scene.polls.items():
            done = stage == "success"
            for place, rule, _ in shapes.flaws(reply.schema, told, examples=reply.examples, done=done):
                yield f"GET {scene.query}", place, rule
        if reply.examples and not scene.name.startswith("market ai-music"):
            yield from _against_examples(f"GET {scene.query}", reply, scene.polls["success"])


def _against_examples(endpoint: str, reply: vendor.Reply, told: Any) -> Iterator[Finding]:
    """Differences from all of a page's examples: what one of them allows is allowed, and text may be empty."""
    ours = shapes.filled(shapes.shape(shapes.unread(told)))
    theirs = [shapes.filled(shapes.shape(shapes.unread(one))) for one in reply.examples]
    sets = [set(shapes.differences(one, ours)) for one in theirs]
    for place, documented, emulated in set.intersection(*sets):
        yield endpoint, place, f"example: {documented}, emulated: {emulated}"


def _of_callbacks(scene: Scene) -> Iterator[Finding]:
    described = page(f"POST {scene.create}")
    for reply in described.callbacks if described is not None else ():
        for body in scene.callbacks:
            for place, rule, _ in shapes.flaws(reply.schema, body, examples=reply.examples):
                yield f"callback of POST {scene.create}", place, rule
        for body in scene.failures:
            for place, rule, _ in shapes.flaws(reply.schema, body, done=False):
                yield f"callback of POST {scene.create}", place, rule
