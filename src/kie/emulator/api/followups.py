"""The endpoints which answer at once.

Veo in 1080p and 4K, links, styles, timed lyrics, personas, voices, credits.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from kie.emulator import facts
from kie.emulator.api.market import ABSENT, NO_RECORD
from kie.emulator.families import OPERATIONS
from kie.emulator.http import Request, Response, error, ok, reply
from kie.emulator.money import pricing
from kie.emulator.records.parts import millis, number, words_of
from kie.emulator.results import lyrics, songs, songwork
from kie.emulator.results.files import RESULT_LIFE, File
from kie.emulator.tasks import State, Task
from kie.emulator.world import Order, Refusal

if TYPE_CHECKING:
    from kie.emulator.world import World

Handler = Callable[[Request], Response]

#: Seconds after success at which the 1080p version is there (CONTRACT §3: ask again every 20 to 30 s).
HD_AFTER = 60.0
#: The same for 4K: 5 to 10 minutes.
_PROCESSING = "1080P is processing"
_4K_PROCESSING = "4K is processing"


class Followups:
    """Small endpoints."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> dict[tuple[str, str], tuple[str, Handler]]:
        """Method and path -> stage (for faults) and handler."""
        return {
            ("GET", "/api/v1/chat/credit"): ("poll", self.credit),
            ("GET", "/api/v1/veo/get-1080p-video"): ("poll", self.hd),
            ("POST", "/api/v1/veo/get-4k-video"): ("create", self.ultra_hd),
            ("POST", "/api/v1/common/download-url"): ("poll", self.link),
            ("POST", "/api/v1/gpt4o-image/download-url"): ("poll", self.link),
            ("POST", "/api/v1/style/generate"): ("create", self.style),
            ("POST", "/api/v1/generate/get-timestamped-lyrics"): ("poll", self.timed_lyrics),
            ("POST", "/api/v1/generate/generate-persona"): ("create", self.persona),
            ("POST", "/api/v1/voice/check-voice"): ("poll", self.check_voice),
            ("POST", "/api/v1/omni/audio/create"): ("create", self.omni_audio),
            ("POST", "/api/v1/omni/character/create"): ("create", self.omni_character),
        }

    def credit(self, _request: Request) -> Response:
        """GET /api/v1/chat/credit: a float."""
        balance = self._world.ledger.balance
        return ok(int(balance) if "credit-documented" in self._world.quirks else number(balance))

    def _finished(self, name: str, family: str) -> Task | None:
        task = self._world.poll(name)
        return task if task is not None and task.operation.startswith(family) else None

    def hd(self, request: Request) -> Response:
        """GET /api/v1/veo/get-1080p-video."""
        name = request.task = request.query.get("taskId", "")
        task = self._finished(name, "veo")
        if task is None:
            return error(422, ABSENT)
        if task.state is not State.SUCCESS or task.finished is None or task.outcome is None:
            return error(self._busy(), _PROCESSING)
        if not self._world.wait_until(task.finished + HD_AFTER):
            return error(self._busy(), _PROCESSING)
        index = int(request.query.get("index") or 0) if (request.query.get("index") or "0").isdecimal() else 0
        url = task.outcome.urls[index % len(task.outcome.urls)]
        source = self._world.files.find_url(url)
        if source is None:
            return error(500, ABSENT)
        portrait = source.spec["height"] > source.spec["width"]
        size = {"width": 1080, "height": 1920} if portrait else {"width": 1920, "height": 1080}
        path = f"/files/{task.id}-1080p-{index}.mp4"
        file = File(
            path,
            "video/mp4",
            task.finished + HD_AFTER,
            RESULT_LIFE,
            spec={**source.spec, **size},
            sources=source.sources,
            task=task.id,
        )
        self._world.files.add(file)
        return ok({"resultUrl": task.base + path})

    def _busy(self) -> int:
        return 400 if "veo-1080p-documented" in self._world.quirks else 500

    def ultra_hd(self, request: Request) -> Response:
        """POST /api/v1/veo/get-4k-video: begins, and asked again tells how far it is."""
        body = request.json() or {}
        name = request.task = str(body.get("taskId") or body.get("task_id") or "")
        parent = self._world.tasks.get(name)
        if parent is None or not parent.operation.startswith(("veo", "market:veo")):
            return error(422, ABSENT)
        if parent.state is not State.SUCCESS:
            return error(422, "The video is not ready yet")
        index = int(body["index"]) if str(body.get("index") or "").isdecimal() else 0
        known = self._world.ultra_hd.get((name, index))
        if known is not None and known in self._world.tasks:
            return self._ultra_hd_state(known, name)
        inputs = {"taskId": name, "index": index}
        callback = str(body.get("callBackUrl") or "")
        order = Order("veo/4k", "veo/4k", inputs, callback, request.key, request.base, strike=request.strike)
        try:
            self._world.admit(request.key)
            task = self._world.create(order, OPERATIONS["veo/4k"].fact)
        except Refusal as refusal:
            return error(refusal.code, refusal.message)
        self._world.ultra_hd[name, index] = task.id
        return ok({"taskId": name, "resultUrls": None, "imageUrls": None})

    def _ultra_hd_state(self, known: str, parent: str) -> Response:
        task = self._world.poll(known)
        if task is None or task.state is State.FAIL:
            return error(500, task.failure.message if task is not None and task.failure else ABSENT)
        done = task.state is State.SUCCESS and task.outcome is not None
        urls = list(task.outcome.urls) if done and task.outcome else None
        covers = list(task.outcome.covers) if done and task.outcome else None
        answer = ok({"taskId": parent, "resultUrls": urls, "imageUrls": covers})
        if "veo-4k-documented" in self._world.quirks and done:
            return answer
        words = "success" if done else _4K_PROCESSING
        return reply({"code": 422, "msg": words, "data": {"taskId": parent, "resultUrls": urls, "imageUrls": covers}})

    def link(self, request: Request) -> Response:
        """POST …/download-url: a link of 20 minutes to a result of this server."""
        body = request.json() or {}
        url = str(body.get("url") or "")
        file = self._world.files.find_url(url)
        if file is None or self._world.files.expired(file):
            return error(422, "url is wrong")
        return ok(request.base + self._world.files.link(self._world.token("link"), file))

    def style(self, request: Request) -> Response:
        """POST /api/v1/style/generate: answers at once; its flag is a Chinese word [wire]."""
        body = request.json() or {}
        content = str(body.get("content") or "")
        if not content:
            return error(422, "Please enter content.")
        cost = Decimal("0.4")
        now = self._world.clock.now()
        if not self._world.ledger.charge(now, cost, key=f"…{request.key[-4:]}", note="style/generate"):
            return error(402, "Credits insufficient")
        name = request.task = self._world.token("task")
        paged = "style-documented" in self._world.quirks
        return ok(
            {
                "taskId": name,
                "param": content,
                "result": lyrics.style(content, int(name[:7], 16)),
                "creditsConsumed": number(cost),
                "creditsRemaining": number(self._world.ledger.balance),
                "successFlag": "1" if paged else "成功",
                "errorCode": None,
                "errorMsg": None,
                "createTime": words_of(now) if paged else millis(now),
            }
        )

    def _song(self, request: Request) -> dict[str, object] | None:
        body = request.json() or {}
        request.task = str(body.get("taskId") or "")
        return songs.find_song(self._world.tasks.get(request.task), str(body.get("audioId") or ""))

    def timed_lyrics(self, request: Request) -> Response:
        """POST /api/v1/generate/get-timestamped-lyrics."""
        song = self._song(request)
        if song is None:
            return error(422, NO_RECORD)
        fact = facts.path("POST /api/v1/generate/get-timestamped-lyrics")
        cost = pricing.price(fact, {}) if fact is not None else Decimal(0)
        if not self._world.ledger.charge(
            self._world.clock.now(), cost, key=f"…{request.key[-4:]}", note="timestamped lyrics"
        ):
            return error(402, "Credits insufficient")
        return ok(songwork.aligned(str(song["audio_url"]), self._world.files))

    def persona(self, request: Request) -> Response:
        """POST /api/v1/generate/generate-persona."""
        if self._song(request) is None:
            return error(422, NO_RECORD)
        body = request.json() or {}
        persona = {
            "personaId": self._world.token("persona"),
            "name": body.get("name"),
            "description": body.get("description"),
        }
        return ok(persona)

    def check_voice(self, request: Request) -> Response:
        """POST /api/v1/voice/check-voice: its field is task_id."""
        name = request.task = str((request.json() or {}).get("task_id") or "")
        if not name:
            return error(422, "This field is required")
        task = self._world.poll(name)
        return ok({"isAvailable": task is not None and task.state is State.SUCCESS})

    def omni_audio(self, request: Request) -> Response:
        """POST /api/v1/omni/audio/create."""
        body = request.json() or {}
        if not body.get("audio_id") or not body.get("name"):
            return error(422, "This field is required")
        name = "kieAudioId" if "omni-audio-documented" in self._world.quirks else "audioId"
        return ok({name: self._world.token("audio")})

    def omni_character(self, request: Request) -> Response:
        """POST /api/v1/omni/character/create."""
        body = request.json() or {}
        if not body.get("descriptions") or not body.get("image_urls"):
            return error(422, "This field is required")
        return ok({"characterId": self._world.token("character")})
