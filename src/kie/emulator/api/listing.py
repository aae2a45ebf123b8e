"""What the vendor tells of its models without a task: lists, schemas, prices and success rates.

`/api/v1/models…` has been answered since September 2026 and wants a key; `/api/v1/playground/model-paths` and
`/client/v1/model-pricing/…` belong to the vendor's pages and want none (CONTRACT §2.2; forms observed 2026-08 to
2026-10). The words are ours, the numbers are the vendor's.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kie.emulator import facts
from kie.emulator.api.market import NOT_SUPPORTED
from kie.emulator.http import Request, Response, error, ok, reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from kie.emulator.world import World

Json = dict[str, Any]

#: Paths that are answered without a key.
OPEN = frozenset({"/api/v1/playground/model-paths", "/client/v1/model-pricing/page", "/client/v1/model-pricing/count"})
_ABOUT = re.compile(r"/api/v1/models/(.+)/(schema|price|success-rate)")
_USD = Decimal("0.005")
_UNITS = {
    "1k_chars": "per 1000 characters",
    "M_tokens": "per million tokens",
    "megapixel": "per megapixel",
    "task": "per request",
}
#: The vendor's pages know four kinds.
_KINDS = {"audio": "music", "tool": "video"}
_PAGE = 100
_BUCKET = timedelta(minutes=10)


class Listing:
    """Answers for lists; it asks nothing of the world but the time."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> dict[tuple[str, str], tuple[str, Callable[[Request], Response]]]:
        """Method and path -> stage (for faults) and handler."""
        return {
            ("GET", "/api/v1/models"): ("poll", self.models),
            ("GET", "/anthropic/v1/models"): ("poll", self.claudes),
            ("GET", "/api/v1/playground/model-paths"): ("poll", self.paths),
            ("GET", "/client/v1/model-pricing/count"): ("poll", self.count),
            ("POST", "/client/v1/model-pricing/page"): ("poll", self.page),
        }

    def about(self, path: str) -> bool:
        """Whether this is the path of something about one model."""
        return _ABOUT.fullmatch(path) is not None

    def one(self, request: Request) -> Response:
        """GET /api/v1/models/{model}/schema, /price or /success-rate; a slash in the name stays a slash."""
        found = _ABOUT.fullmatch(request.path)
        name, wanted = (found[1], found[2]) if found is not None else ("", "")
        fact = facts.model(name) or facts.chat(name)
        if fact is None:
            return error(422, NOT_SUPPORTED)
        if wanted == "schema":
            return ok({"model": name, "openapi": _openapi(fact)})
        if wanted == "price":
            return ok({"model": name, "pricingDesc": price_words(fact)})
        return ok({"model": name, "points": self._points()})

    def models(self, request: Request) -> Response:
        """GET /api/v1/models, filtered by `taskType`, `provider` and `q`."""
        wanted = {word for word in request.query.get("taskType", "").split(",") if word}
        provider = request.query.get("provider", "").lower()
        words = request.query.get("q", "").lower()
        held = [
            {
                "model": fact.id,
                "slug": _slug(fact),
                "title": fact.id,
                "provider": _provider(fact),
                "taskType": [fact.task],
                "description": None,
                "pricingDesc": price_words(fact),
            }
            for fact in facts.models().values()
            if fact.standing == "current"
            and words in fact.id
            and (not wanted or fact.task in wanted)
            and provider in {"", _provider(fact).lower()}
        ]
        return ok({"total": len(held), "models": held})

    def claudes(self, _request: Request) -> Response:
        """GET /anthropic/v1/models: the form of that provider, without an envelope."""
        names = sorted(name for name in facts.chats() if name.startswith("claude"))
        made = datetime.fromtimestamp(self._world.clock.now(), UTC).strftime("%Y-01-01T00:00:00Z")
        held = [{"type": "model", "id": name, "display_name": name, "created_at": made} for name in names]
        ends = {"first_id": names[0], "last_id": names[-1]} if names else {}
        return reply({"data": held, "has_more": False, **ends})

    def paths(self, _request: Request) -> Response:
        """GET /api/v1/playground/model-paths: all ids."""
        return ok([fact.id for fact in facts.models().values() if fact.standing != "retired"])

    def count(self, _request: Request) -> Response:
        """GET /client/v1/model-pricing/count: how many prices there are of each kind."""
        rows = _rows()
        kinds = {
            kind: sum(row["interfaceType"] == kind for row in rows) for kind in ("image", "video", "music", "chat")
        }
        return ok({"all": len(rows), **kinds})

    def page(self, request: Request) -> Response:
        """POST /client/v1/model-pricing/page: 100 prices at most, numbered from page 1."""
        body = request.json()
        if body is None:
            return error(422, "Request body is not valid JSON")
        size = min(_number(body.get("pageSize"), 10), _PAGE)
        number = _number(body.get("pageNum"), 1)
        words = str(body.get("modelDescription") or "").lower()
        kind = str(body.get("interfaceType") or "")
        rows = [
            row
            for row in _rows()
            if words in row["modelDescription"].lower() and kind in {"", "all", row["interfaceType"]}
        ]
        held = {
            "records": rows[(number - 1) * size : number * size],
            "total": len(rows),
            "size": size,
            "current": number,
            "pages": -(-len(rows) // size),
        }
        return ok(held)

    def _points(self) -> list[Json]:
        """A day in which nothing failed, in buckets of ten minutes."""
        now = datetime.fromtimestamp(self._world.clock.now(), UTC)
        last = now.replace(minute=now.minute // 10 * 10, second=0, microsecond=0)
        starts = [last - _BUCKET * back for back in range(144, 0, -1)]
        return [
            {
                "start": start.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "end": (start + _BUCKET).strftime("%Y-%m-%dT%H:%M:%SZ"),
                "successRate": 100.0,
                "errorRate": 0.0,
                "isNormal": True,
            }
            for start in starts
        ]


def _number(given: Any, otherwise: int) -> int:
    """A page's number or size, as a client may write it: 1 at least."""
    text = str(given)
    return max(1, int(text)) if text.isdecimal() and len(text) < 7 else otherwise


def _slug(fact: facts.Fact) -> str:
    return fact.id.replace("/", "-").replace(".", "-")


def _provider(fact: facts.Fact) -> str:
    return fact.id.split("/")[0]


def _unit(fact: facts.Fact) -> str:
    unit = str((fact.price or {}).get("unit") or "task")
    return _UNITS.get(unit, f"per {unit}")


def _tiers(fact: facts.Fact) -> dict[str, Decimal]:
    """What a model costs, in credits, by what is asked of it."""
    held = (fact.price or {}).get("credits") or {}
    return {name: Decimal(str(amount)) for name, amount in held.items() if isinstance(amount, int | float | str)}


def price_words(fact: facts.Fact) -> str | None:
    """A model's price as one line of words; None when it is not known."""
    unit = _unit(fact)
    words = [
        f"{'' if name == 'default' else name + ': '}{amount} credits (≈ ${(amount * _USD).normalize():f}) {unit}"
        for name, amount in _tiers(fact).items()
    ]
    return "; ".join(words) or None


def _rows() -> list[Json]:
    """The table of prices, a row for each tier of each model."""
    rows = []
    everything = [*facts.models().values(), *facts.chats().values()]
    for fact in everything:
        kind = "chat" if fact.kind == "chat" else _KINDS.get(fact.kind, fact.kind)
        for name, amount in _tiers(fact).items() if fact.standing == "current" else ():
            row = {
                "modelDescription": ", ".join(
                    part for part in (fact.id, fact.task, name) if part and part != "default"
                ),
                "interfaceType": kind,
                "provider": _provider(fact),
                "creditPrice": f"{amount.normalize():f}",
                "creditUnit": _unit(fact),
                "usdPrice": f"{(amount * _USD).normalize():f}",
                "anchor": f"https://kie.ai/{_slug(fact)}?model={quote(fact.id, safe='')}",
            }
            rows.append(row)
    return rows


def _openapi(fact: facts.Fact) -> Json | None:
    """A document of one path, as the vendor publishes it; None of chats, whose bodies are other companies'."""
    if fact.kind == "chat":
        return None
    inputs: Json = {"type": "object", "properties": fact.fields}
    if fact.required:
        inputs["required"] = list(fact.required)
    body = {
        "type": "object",
        "required": ["model", "input"],
        "properties": {
            "model": {"type": "string", "enum": [fact.id], "default": fact.id},
            "callBackUrl": {"type": "string", "format": "uri"},
            "input": inputs,
        },
    }
    created = {
        "type": "object",
        "properties": {
            "code": {"type": "integer"},
            "msg": {"type": "string"},
            "data": {"type": "object", "required": ["taskId"], "properties": {"taskId": {"type": "string"}}},
        },
    }
    post = {
        "operationId": _slug(fact),
        "parameters": [],
        "requestBody": {"content": {"application/json": {"schema": body}}, "required": True},
        "responses": {"200": {"description": "", "content": {"application/json": {"schema": created}}}},
        "security": [{"BearerAuth": []}],
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "kie.ai, emulated", "version": "1.0.0"},
        "paths": {"/api/v1/jobs/createTask": {"post": post}},
        "components": {"securitySchemes": {"BearerAuth": {"type": "http", "scheme": "bearer"}}},
    }
