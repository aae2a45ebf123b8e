"""Real tasks for requests that work on one: a page's made-up ids are replaced by ids which exist on this ground."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tests.referee.vendor import CREATE_TASK, RECORD_INFO

if TYPE_CHECKING:
    from tests.referee.wire import Ground

Json = dict[str, Any]

#: Nothing is ever sent there.
HOOK = "https://api.example.com/hook"
_CALLBACKS = frozenset({"callbackurl", "calbackurl", "progresscallbackurl"})
SONG = {"prompt": "A song of the sea", "customMode": False, "instrumental": False, "model": "V5", "callBackUrl": HOOK}
PHRASE = {"voiceUrl": "https://files.example.com/voice.mp3", "vocalStartS": 0, "vocalEndS": 10, "callBackUrl": HOOK}


class Parents:
    """Tasks that are made when first asked for, and finished."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def create(self, path: str, body: Json) -> str:
        """Creates a task and lets it finish; fails when it is refused."""
        answer = self._ground.line.post(path, body)
        assert answer.code == 200, (path, body, answer.data)
        self._ground.advance()
        return str(answer.body["data"]["taskId"])

    def _data(self, path: str) -> Json:
        found: Json = self._ground.line.get(path).body["data"]
        return found

    @cached_property
    def image(self) -> str:
        body = {"model": "grok-imagine/text-to-image", "input": {"prompt": "A boat"}}
        return self.create(CREATE_TASK, body)

    @cached_property
    def parts(self) -> str:
        """A task that has told which parts an image has."""
        body = {"model": "grok-imagine-image-2-0/segment-map", "input": {"image_urls": [HOOK], "task_id": self.image}}
        return self.create(CREATE_TASK, body)

    @cached_property
    def song(self) -> tuple[str, str]:
        """A task of two songs, and the id of one of them."""
        return self.new_song()

    def new_song(self) -> tuple[str, str]:
        """The same, never used before: a song becomes a WAV once only."""
        task = self.create("/api/v1/generate", SONG)
        return task, self._data(f"/api/v1/generate/record-info?taskId={task}")["response"]["sunoData"][0]["id"]

    @cached_property
    def unified_song(self) -> tuple[str, str]:
        return self.new_unified_song()

    def new_unified_song(self) -> tuple[str, str]:
        body = {"prompt": "A song", "custom_mode": False, "instrumental": False, "model": "V5"}
        task = self.create(CREATE_TASK, {"model": "ai-music-api/generate", "input": body})
        return task, json.loads(self._data(f"{RECORD_INFO}?taskId={task}")["resultJson"])["data"][0]["id"]

    @cached_property
    def stems(self) -> tuple[str, str]:
        """A task that has taken a song apart, and the id of one part."""
        task, audio = self.song
        body = {"taskId": task, "audioId": audio, "type": "separate_vocal", "callBackUrl": HOOK}
        made = self.create("/api/v1/vocal-removal/generate", body)
        return made, self._data(f"/api/v1/vocal-removal/record-info?taskId={made}")["response"]["originData"][0]["id"]

    @cached_property
    def veo(self) -> str:
        return self.new_veo()

    def new_veo(self) -> str:
        """A video which nobody has asked for in 4K."""
        return self.create("/api/v1/veo/generate", {"prompt": "A boat", "model": "veo3_fast"})

    def veo_without_hd(self) -> str:
        """A video that has just become ready, so that its 1080p version is not."""
        task = str(self._ground.line.post("/api/v1/veo/generate", {"prompt": "A boat"}).body["data"]["taskId"])
        while self._data(f"/api/v1/veo/record-info?taskId={task}")["successFlag"] == 0:
            self._ground.advance(1.0)
        return task

    @cached_property
    def unified_veo(self) -> str:
        body = {"model": "veo-3-1", "input": {"prompt": "A boat", "model": "veo3_fast"}}
        return self.create(CREATE_TASK, body)

    @cached_property
    def runway(self) -> str:
        body = {"prompt": "A boat", "duration": 5, "quality": "720p", "aspectRatio": "16:9", "waterMark": ""}
        return self.create("/api/v1/runway/generate", body)

    @cached_property
    def phrase(self) -> str:
        return self.create("/api/v1/voice/validate", PHRASE)

    def new_picture(self) -> tuple[str, str]:
        """A task of 4o Image, and the address of its result, which is not expired."""
        task = self.create("/api/v1/gpt4o-image/generate", {"prompt": "A boat", "size": "1:1"})
        return task, self._data(f"/api/v1/gpt4o-image/record-info?taskId={task}")["response"]["resultUrls"][0]

    # ------------------------------------------------------------------------------------------------ replacing

    def real(self, path: str, body: Json) -> Json:
        """The body with ids and addresses that exist here, and callbacks that go nowhere. Nothing else is changed."""
        body = {name: HOOK if name.lower() in _CALLBACKS else held for name, held in body.items()}
        if path == CREATE_TASK:
            inputs = body.get("input")
            if not isinstance(inputs, dict):
                return body
            return {**body, "input": {**inputs, **self._market(str(body.get("model")), inputs)}}
        return {**body, **self._dedicated(path, body)}

    def _market(self, model: str, inputs: Json) -> Json:
        named = {name for name in ("task_id", "audio_id", "taskId", "url") if name in inputs}
        if not named:
            return {}
        if model.startswith("ai-music-api/"):
            if model.endswith(("validation-phrase", "regenerate-phrase", "create-voice", "check-voice")):
                task, audio = self.phrase, ""
            else:
                task, audio = self.new_unified_song() if model.endswith("wav-format") else self.unified_song
        elif model.startswith("veo/"):
            task, audio = self.unified_veo, ""
        elif model.startswith("runway/"):
            task, audio = self.runway, ""
        else:
            task, audio = self.image, ""
        held = {
            "task_id": task,
            "taskId": task,
            "audio_id": audio,
            "url": self.new_picture()[1] if "url" in named else "",
        }
        return {name: held[name] for name in named}

    def _dedicated(self, path: str, body: Json) -> Json:
        task, audio, url = "", "", ""
        if path.endswith("/download-url"):
            task, url = self.new_picture()
        elif "/veo/" in path:
            task = self.new_veo() if path.endswith("get-4k-video") else self.veo
        elif "/runway/" in path:
            task = self.runway
        elif "/voice/" in path:
            task = self.phrase
        elif "/midi/" in path:
            task, audio = self.stems
        elif any(part in path for part in ("/generate/", "/wav/", "/mp4/", "/vocal-removal/", "/cover/", "/recovery")):
            task, audio = self.new_song() if "/wav/" in path else self.song
        held = {"taskId": task, "task_id": task, "audioId": audio, "url": url}
        return {name: value for name, value in held.items() if name in body and value}
