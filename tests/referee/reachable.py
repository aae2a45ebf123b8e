"""Every value of a code, state or flag that the documents list, and the answers in which the emulator shows it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kie.emulator import Fault
from tests.referee import scenes, vendor
from tests.referee.parents import Parents
from tests.referee.wire import Ground

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.referee.scenes import Scene
    from tests.referee.wire import Answer

Json = dict[str, Any]
#: (endpoint or "callback of …", place, value): one documented form of an answer.
Form = tuple[str, str, Any]

UNREACHABLE = Path(__file__).with_name("unreachable.json")
#: The fields whose listed values are forms of an answer.
FIELDS = frozenset({"code", "state", "status", "successFlag", "callbackType", "errorCode", "failCode", "expireFlag"})
_ASKED = ("download-url", "get-timestamped-lyrics", "check-voice")


# ------------------------------------------------------------------------------------------------------- documented


def documented() -> set[Form]:
    """All listed values, and all HTTP statuses under which a page shows an answer."""
    found: set[Form] = set()
    for page in vendor.pages():
        if page.chat:
            continue
        for reply in page.replies:
            found.add((page.endpoint, "HTTP", int(reply.status)))
            found |= {(page.endpoint, place, value) for place, value in _listed(reply.schema)}
        for reply in page.callbacks:
            found |= {(f"callback of {page.endpoint}", place, value) for place, value in _listed(reply.schema)}
    return found


def _listed(schema: Json, place: str = "") -> Iterator[tuple[str, Any]]:
    for name, held in (schema.get("properties") or {}).items():
        spot = f"{place}.{name}".lstrip(".")
        if name in FIELDS:
            yield from ((spot, value) for value in held.get("enum") or ())
        yield from _listed(held, spot)
        if isinstance(held.get("items"), dict):
            yield from _listed(held["items"], f"{spot}[]")
    for word in ("allOf", "anyOf", "oneOf"):
        for held in schema.get(word) or ():
            yield from _listed(held, place)


def unreachable() -> dict[Form, str]:
    """What the emulator cannot show, and why."""
    held = json.loads(UNREACHABLE.read_text(encoding="utf-8"))["entries"]
    return {(entry["endpoint"], entry["place"], value): entry["why"] for entry in held for value in entry["values"]}


# ------------------------------------------------------------------------------------------------------------ shown


def _shown(endpoint: str, body: Any, place: str = "") -> Iterator[Form]:
    if isinstance(body, dict):
        for name, held in body.items():
            spot = f"{place}.{name}".lstrip(".")
            if name in FIELDS and not isinstance(held, dict | list):
                yield endpoint, spot, held
            yield from _shown(endpoint, held, spot)
    elif isinstance(body, list):
        for held in body:
            yield from _shown(endpoint, held, f"{place}[]")


def of_scenes(played: Iterable[Scene]) -> set[Form]:
    """What scenes have shown."""
    found: set[Form] = set()
    for scene in played:
        create, query = f"POST {scene.create}", f"GET {scene.query}"
        found |= {(create, "HTTP", 200), (query, "HTTP", 200), *_shown(create, scene.created)}
        for told in scene.polls.values():
            found |= set(_shown(query, told))
        for told in (*scene.callbacks, *scene.failures):
            found |= set(_shown(f"callback of {create}", told))
    return found


def by_failures() -> set[Form]:
    """What tasks show that fail with each code which a record or callback lists."""
    found: set[Form] = set()
    for code in (400, 408, 413, 422, 451, 500, 501):
        stage = scenes.Stage()
        try:
            cast = [scene for scene in scenes.casting() if scene.create in scenes.QUERIES]
            played = [stage.play(scene, code) for scene in cast]
            stage.posted(played)
            found |= of_scenes(played)
        finally:
            stage.close()
    return found


def by_refused_callbacks() -> set[Form]:
    """What records show after every try of a callback was refused."""
    stage = scenes.Stage(postbox=500, quirks=["callback-exception"])
    try:
        played = [stage.play(scene) for scene in scenes.casting() if scene.create in scenes.QUERIES]
        for _ in range(4):  # three tries, and time between them
            stage.ground.deliver()
        for scene in played:
            scene.polls["refused"] = stage.ask(scene, scene.tasks[0])
        return of_scenes(played)
    finally:
        stage.close()


def by_age() -> set[Form]:
    """What a record shows when its results are gone."""
    stage = scenes.Stage()
    try:
        scene = stage.play(next(one for one in scenes.casting() if one.name == "/runway/generate"))
        stage.ground.advance(15 * 86400.0)
        scene.polls["old"] = stage.ask(scene, scene.tasks[0])
        return of_scenes([scene])
    finally:
        stage.close()


def by_faults(wanted: Iterable[Form]) -> dict[Form, Answer]:
    """The answers to fault rules which ask for a code, or for a real HTTP status around it."""
    answers: dict[Form, Answer] = {}
    with Ground() as ground:
        for endpoint, place, value in sorted(wanted, key=str):
            method, _, path = endpoint.partition(" ")
            if endpoint.startswith("callback") or place not in {"code", "HTTP"} or value == 200:
                continue
            status = value if place == "HTTP" else None
            ground.emulator.add_fault(Fault(stage_of(method, path), str(value), match=path, status=status))
            answers[endpoint, place, value] = ground.line.call(method, path, {} if method == "POST" else None)
    return answers


def of_answers(answers: dict[Form, Answer]) -> set[Form]:
    """What those answers show."""
    found: set[Form] = set()
    for (endpoint, _, _), answer in answers.items():
        found |= {(endpoint, "HTTP", answer.status), *_shown(endpoint, answer.body)}
    return found


def of_4k() -> set[Form]:
    """What is posted about videos in 4K."""
    endpoint = "callback of POST /api/v1/veo/get-4k-video"
    stage = scenes.Stage()
    try:
        for word in ("", "emu:fail=400", "emu:fail=500"):
            body = {"taskId": stage.parents.new_veo(), "index": 0, "callBackUrl": stage.box.url, "remark": word}
            answer = stage.ground.line.post("/api/v1/veo/get-4k-video", body)
            assert answer.code == 200, answer.data
            stage.ground.advance()
        stage.ground.deliver()
        return {form for body in stage.box.about("") for form in _shown(endpoint, body)}
    finally:
        stage.close()


def of_others() -> set[Form]:
    """What endpoints without tasks show when all is well."""
    found: set[Form] = set()
    for endpoint, answer in others():
        found |= {(endpoint, "HTTP", answer.status), *_shown(endpoint, answer.body)}
    return found


def others(*quirks: str) -> list[tuple[str, Answer]]:
    """The answers of endpoints without tasks, twice: a video's better version comes between."""
    with Ground(quirks=quirks) as ground:
        parents = Parents(ground)
        task, audio = parents.song
        asked: dict[str, Json | None] = {
            "GET /api/v1/chat/credit": None,
            "POST /api/v1/style/generate": {"content": "Pop"},
            "POST /api/v1/common/download-url": {"url": parents.new_picture()[1]},
            "POST /api/v1/gpt4o-image/download-url": {"url": parents.new_picture()[1]},
            "POST /api/v1/generate/get-timestamped-lyrics": {"taskId": task, "audioId": audio},
            "POST /api/v1/generate/generate-persona": {
                "taskId": task,
                "audioId": audio,
                "name": "A",
                "description": "B",
            },
            "POST /api/v1/veo/get-4k-video": {"taskId": parents.veo, "index": 0},
            "POST /api/file-base64-upload": {"base64Data": "SGVsbG8=", "uploadPath": "a"},
            "POST /api/file-url-upload": {"fileUrl": "https://files.example.com/a.png", "uploadPath": "a"},
            f"GET /api/v1/veo/get-1080p-video?taskId={parents.veo}": None,
        }
        answers = []
        for _ in range(2):
            for name, sent in asked.items():
                method, _, path = name.partition(" ")
                answers.append((name, ground.line.call(method, path, sent)))
            ground.advance()
        form = ground.line.form("/api/file-stream-upload", {"uploadPath": "a"}, ("a.png", b"a"))
    named = [(name.partition("?")[0], answer) for name, answer in answers]
    return [*named, ("POST /api/file-stream-upload", form)]


def stage_of(method: str, path: str) -> str:
    """The stage of an endpoint, for fault rules."""
    if "upload" in path and path.startswith("/api/file-"):
        return "upload"
    return "poll" if method == "GET" or path.endswith(_ASKED) else "create"
