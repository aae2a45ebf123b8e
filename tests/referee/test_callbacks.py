"""Callbacks have the keys, types and nesting of the bodies on the documented pages of callbacks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.referee import shapes, vendor
from tests.referee.scenes import Scene, played

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Json = dict[str, Any]
Gap = tuple[str, str, str]

FOLDER = "documented-callbacks-2026-04-29"
#: Known gaps by page, and why. A test demands that each is still there.
KNOWN: dict[tuple[str, str], str] = {
    **{
        (page, "data.data[].createTime"): "milliseconds on the wire; dates-documented gives words"
        for page in (
            "generate-music",
            "extend-music",
            "upload-and-cover-audio",
            "upload-and-extend-audio",
            "add-instrumental",
            "add-vocals",
            "replace-section",
        )
    },
    ("add-vocals", "data.data[].tags"): "left out on this page alone",
    ("generate-midi", "data.instruments[].notes[].start"): "a number or text on the same page",
    ("generate-midi", "data.instruments[].notes[].end"): "a number or text on the same page",
    ("generate-veo-3-video", "data.info.originUrls"): "left out in the body of the fallback, which is never taken here",
    ("generate-veo-3-video", "data.promptJson"): "left out in the body of the fallback, which is never taken here",
    **{
        ("generate-aleph-video", place): "the page shows the answer to a creation among the callbacks"
        for place in ("taskId", "data.taskId", "data.result_image_url", "data.result_video_url")
    },
}


def _documented() -> Iterator[tuple[str, str, Json]]:
    """Page, path of the creation, body."""
    paths = {
        page.document.rpartition("/")[2].removesuffix(".yaml"): page.path
        for page in vendor.pages()
        if page.document.startswith("openapi/") and page.method == "POST"
    }
    for file in sorted((vendor.KIE_API / "responses" / FOLDER).glob("*.json")):
        name = file.stem.removesuffix("-callbacks")
        for entry in json.loads(file.read_text(encoding="utf-8")):
            yield name, paths[name], entry["body"]


def _kind(body: Json) -> tuple[bool, str]:
    """What a body speaks of: a success or a failure, and which of several posts it is."""
    return body["code"] == 200, str((body.get("data") or {}).get("callbackType", ""))


def _nearest(body: Json, scenes: list[Scene]) -> set[Gap]:
    """The differences from that callback of the same kind which is most like it."""
    ours = [one for scene in scenes for one in (*scene.callbacks, *scene.failures) if _kind(one) == _kind(body)]
    assert ours, _kind(body)
    real = shapes.filled(shapes.shape(shapes.unread(body)))
    gaps = [set(shapes.differences(real, shapes.filled(shapes.shape(shapes.unread(one))))) for one in ours]
    return min(gaps, key=len)


def test_callbacks_have_the_documented_form(shared: Path) -> None:
    judged = 0
    found = set()
    for page, path, body in _documented():
        scenes = [scene for scene in played().values() if scene.create == path]
        if scenes:  # videos in 4K have no scene: see test_reachable
            judged += 1
            found |= {(page, place) for place, _, _ in _nearest(body, scenes)}
    assert judged > 40
    assert found == KNOWN.keys()
