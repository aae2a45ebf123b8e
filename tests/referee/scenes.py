"""One task of every family, played out: created, asked for while it works, when it is done and when it has failed.

The requests are the documented ones where a page shows one. What comes back is kept whole, callbacks too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from tests.referee import vendor
from tests.referee.parents import Parents
from tests.referee.vendor import CREATE_TASK, RECORD_INFO
from tests.referee.wire import Ground, Postbox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Json = dict[str, Any]

_API = "/api/v1"
#: Where a path creates tasks -> where they are asked for.
QUERIES = {
    f"{_API}/veo/generate": f"{_API}/veo/record-info",
    f"{_API}/veo/extend": f"{_API}/veo/record-info",
    f"{_API}/gpt4o-image/generate": f"{_API}/gpt4o-image/record-info",
    f"{_API}/flux/kontext/generate": f"{_API}/flux/kontext/record-info",
    f"{_API}/runway/generate": f"{_API}/runway/record-detail",
    f"{_API}/runway/extend": f"{_API}/runway/record-detail",
    f"{_API}/aleph/generate": f"{_API}/aleph/record-info",
    f"{_API}/generate": f"{_API}/generate/record-info",
    f"{_API}/generate/extend": f"{_API}/generate/record-info",
    f"{_API}/generate/upload-cover": f"{_API}/generate/record-info",
    f"{_API}/generate/upload-extend": f"{_API}/generate/record-info",
    f"{_API}/generate/add-instrumental": f"{_API}/generate/record-info",
    f"{_API}/generate/add-vocals": f"{_API}/generate/record-info",
    f"{_API}/generate/mashup": f"{_API}/generate/record-info",
    f"{_API}/generate/replace-section": f"{_API}/generate/record-info",
    f"{_API}/generate/sounds": f"{_API}/generate/record-info",
    f"{_API}/lyrics": f"{_API}/lyrics/record-info",
    f"{_API}/wav/generate": f"{_API}/wav/record-info",
    f"{_API}/vocal-removal/generate": f"{_API}/vocal-removal/record-info",
    f"{_API}/mp4/generate": f"{_API}/mp4/record-info",
    f"{_API}/midi/generate": f"{_API}/midi/record-info",
    f"{_API}/suno/cover/generate": f"{_API}/suno/cover/record-info",
    f"{_API}/voice/validate": f"{_API}/voice/validate-info",
    f"{_API}/voice/regenerate": f"{_API}/voice/validate-info",
    f"{_API}/voice/generate": f"{_API}/voice/record-info",
}
#: Requests of families which no page describes any more (CONTRACT §3).
UNDOCUMENTED: dict[str, tuple[str, Json]] = {
    f"{_API}/modify/generate": (
        f"{_API}/modify/record-info",
        {"prompt": "At night", "videoUrl": "https://files.example.com/a.mp4"},
    ),
    f"{_API}/mj/generate": (
        f"{_API}/mj/record-info",
        {"taskType": "mj_txt2img", "prompt": "A boat", "aspectRatio": "16:9"},
    ),
    f"{_API}/kling/generate": (f"{_API}/kling/record-info", {"prompt": "A boat", "duration": 5}),
}
#: Models of createTask whose results differ in form.
MARKET: dict[str, Json] = {
    "qwen/text-to-image": {"prompt": "A boat", "image_size": "square_hd"},
    "wan/2-5-text-to-video": {"prompt": "A boat", "duration": "5"},
    "bytedance/seedance-2": {"prompt": "A boat", "duration": 5, "return_last_frame": True},
    "elevenlabs/text-to-speech-turbo-2-5": {"text": "A boat", "voice": "Rachel"},
    "veo-3-1": {"prompt": "A boat", "model": "veo3_fast"},
    "runway": {"prompt": "A boat", "duration": 5, "quality": "720p"},
    "flux1-kontext": {"prompt": "A boat"},
    "4o-image-api": {"prompt": "A boat", "size": "1:1"},
    "ai-music-api/generate": {"prompt": "A song", "custom_mode": False, "instrumental": False, "model": "V5"},
    "ai-music-api/sounds": {"prompt": "Rain", "model": "V5"},
    "ai-music-api/generate-lyrics": {"prompt": "A song of the sea"},
    "ai-music-api/convert-to-wav-format": {"task_id": "", "audio_id": ""},
    "ai-music-api/create-music-video": {"task_id": "", "audio_id": ""},
    "ai-music-api/generate-midi-from-audio": {"task_id": "", "audio_id": ""},
    "ai-music-api/separate-vocals": {"task_id": "", "audio_id": "", "type": "separate_vocal"},
    "omnihuman-1-5/human-identification": {"image_url": "https://files.example.com/a.png"},
    "omnihuman-1-5/subject-detection": {"image_url": "https://files.example.com/a.png"},
    "grok-imagine-image-2-0/segment-map": {"task_id": ""},
}


@dataclass(slots=True)
class Scene:
    """What came of one request. `polls` holds the answers by stage: waiting, later ones, success, fail, absent."""

    name: str
    create: str
    query: str
    body: Json
    created: Any = None
    polls: dict[str, Any] = field(default_factory=dict)
    callbacks: list[Any] = field(default_factory=list)
    failures: list[Any] = field(default_factory=list)
    tasks: tuple[str, str] = ("", "")


def casting() -> Iterator[Scene]:
    """All scenes, not yet played."""
    shown = {page.path: page for page in vendor.pages() if page.method == "POST" and page.requests}
    for create, query in QUERIES.items():
        yield Scene(create.removeprefix(_API), create, query, dict(next(iter(shown[create].requests.values()))))
    many = {"taskId": "", "audioId": "", "type": "split_stem", "callBackUrl": ""}
    stems = f"{_API}/vocal-removal/generate"
    yield Scene("/vocal-removal/generate of all stems", stems, QUERIES[stems], many)
    for create, (query, body) in UNDOCUMENTED.items():
        yield Scene(create.removeprefix(_API), create, query, dict(body))
    for model, inputs in MARKET.items():
        yield Scene(f"market {model}", CREATE_TASK, RECORD_INFO, {"model": model, "input": dict(inputs)})


class Stage:
    """A ground, its parents, and a postbox for the callbacks."""

    def __init__(self, *, postbox: int = 200, **options: Any) -> None:
        self.box = Postbox(postbox)
        self.ground = Ground(**options)
        self.parents = Parents(self.ground)

    def close(self) -> None:
        self.ground.__exit__()
        self.box.__exit__()

    def fresh(self, scene: Scene) -> Json:
        """The request of a scene once more, with parents that were not used for it."""
        return self.parents.real(scene.create, scene.body)

    def ask(self, scene: Scene, task: str) -> Any:
        return self.ground.line.get(f"{scene.query}?taskId={task}").body

    def play(self, scene: Scene, code: int = 500) -> Scene:
        """Creates it twice, once to succeed and once to fail with a code; keeps all that is answered and posted."""
        scene.body = self._with_hook(self.parents.real(scene.create, scene.body))
        scene.created = self.ground.line.post(scene.create, scene.body).body
        assert scene.created["code"] == 200, (scene.name, scene.created)
        task = str(scene.created["data"]["taskId"])
        told = scene.polls["waiting"] = self.ask(scene, task)
        for second in range(400):
            self.ground.advance(1.0 + second / 2)
            told = self.ask(scene, task)
            scene.polls[word(told)] = told
            if finished(told):
                break
        scene.polls["success"] = told
        failing = self._with_hook(self._spelled(self.parents.real(scene.create, scene.body), scene.create, code))
        answer = self.ground.line.post(scene.create, failing).body
        assert answer["code"] == 200, (scene.name, answer)
        failed = str(answer["data"]["taskId"])
        self.ground.advance()
        scene.polls["fail"] = self.ask(scene, failed)
        scene.polls["absent"] = self.ask(scene, "0" * 32)
        scene.tasks = (task, failed)
        return scene

    def posted(self, scenes: Iterable[Scene]) -> None:
        """Fills in the callbacks, once all have come."""
        self.ground.deliver()
        for scene in scenes:
            scene.callbacks, scene.failures = (self.box.about(task) for task in scene.tasks)
            assert scene.callbacks, f"no callback of {scene.name}"
            assert scene.failures, f"no callback of the failure of {scene.name}"

    def _with_hook(self, body: Json) -> Json:
        held = {name: self.box.url if name.lower().endswith("backurl") else value for name, value in body.items()}
        if not any(name.lower().endswith("backurl") for name in held):
            held["callBackUrl"] = self.box.url
        return held

    @staticmethod
    def _spelled(body: Json, path: str, code: int) -> Json:
        """The same request with the words that make its task fail, in a field that is otherwise ignored."""
        if path == CREATE_TASK:
            return {**body, "input": {**body["input"], "remark": f"emu:fail={code}"}}
        return {**body, "remark": f"emu:fail={code}"}


def word(told: Any) -> str:
    """The word or number in which a record tells its state."""
    data = told["data"] or {}
    for name in ("state", "status", "successFlag"):
        if name in data:
            return str(data[name])
    return "nothing"


def finished(told: Any) -> bool:
    """Whether a record tells of an end."""
    return word(told) in {"success", "SUCCESS", "1", "wait_validating"}


@cache
def played(*quirks: str) -> dict[str, Scene]:
    """All scenes by name, played once on an emulator with these quirks, else with its defaults."""
    stage = Stage(quirks=quirks)
    try:
        scenes = {scene.name: stage.play(scene) for scene in casting()}
        stage.posted(scenes.values())
        return scenes
    finally:
        stage.close()
