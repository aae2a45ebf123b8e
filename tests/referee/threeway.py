"""Documents, recordings and emulator side by side: for each endpoint and place, which types each of them has there."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from tests.referee import judging, reenact, shapes, vendor
from tests.referee.parents import Parents
from tests.referee.scenes import played
from tests.referee.wire import Ground

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.referee.vendor import Page

Json = dict[str, Any]
Types = dict[str, set[str]]


@dataclass(slots=True)
class Sides:
    """What the three say of one endpoint: types by place. A side that says nothing of the endpoint is None."""

    documents: Types | None = None
    recordings: Types | None = None
    emulator: Types = field(default_factory=dict)
    date: str = ""
    recorded: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One difference."""

    place: str
    documents: str
    recordings: str
    emulator: str
    quirk: str
    why: str


# --------------------------------------------------------------------------------------------------------- collecting


def sides() -> dict[str, Sides]:
    """All endpoints that tell of tasks, money and files; chats have their providers' own forms."""
    found: dict[str, Sides] = defaultdict(Sides)
    for page in vendor.pages():
        if page.replies and not page.chat:
            _of_page(found, page)
    for exchange in vendor.exchanges():
        if isinstance(exchange.answer, dict) and "code" in exchange.answer:
            side = found[exchange.endpoint]
            side.recordings = side.recordings if side.recordings is not None else defaultdict(set)
            _add(side.recordings, exchange.answer)
            days = sorted({exchange.at, *side.recorded.split(" to ")} - {""})
            side.recorded = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
    for endpoint, body in _emulated():
        _add(found[endpoint].emulator, body)
    return {endpoint: side for endpoint, side in sorted(found.items()) if side.emulator}


def _of_page(found: dict[str, Sides], page: Page) -> None:
    for reply in page.replies:
        if reply.status == "200":
            _document(found[page.endpoint], page, reply)
    for reply in page.callbacks:
        _document(found[f"callback of {page.endpoint}"], page, reply)


def _document(side: Sides, page: Page, reply: vendor.Reply) -> None:
    side.documents = side.documents if side.documents is not None else defaultdict(set)
    side.date = side.date or page.date
    for place, kind in _schema(reply.schema):
        side.documents[place].add(kind)
    for example in reply.examples:
        _add(side.documents, example)


def _schema(schema: Json, place: str = "") -> Iterator[tuple[str, str]]:
    for name, held in (schema.get("properties") or {}).items():
        spot = f"{place}.{name}".lstrip(".")
        kind = held.get("type")
        if isinstance(kind, str):
            yield spot, {"integer": "number", "array": "list"}.get(kind, kind)
        if held.get("nullable"):
            yield spot, "null"
        yield from _schema(held, spot)
        if isinstance(held.get("items"), dict):
            yield from _schema(held["items"], f"{spot}[]")
    for word in ("allOf", "anyOf", "oneOf"):
        for held in schema.get(word) or ():
            yield from _schema(held, place)


def _add(types: Types, body: Any, place: str = "") -> None:
    """Notes the type at each place of a body. What repeats the request is not looked into."""
    if place:
        kind = "string" if isinstance(body, str) else shapes.brief(shapes.shape(body))
        types.setdefault(place, set()).add("list" if kind == "empty list" else kind)
    if isinstance(body, dict) and place.rpartition(".")[2] not in shapes.ECHOES:
        for name, held in body.items():
            _add(types, held, f"{place}.{name}".lstrip("."))
    elif isinstance(body, list):
        for held in body:
            if isinstance(held, dict):
                _add_fields(types, held, f"{place}[]")


def _add_fields(types: Types, body: Json, place: str) -> None:
    for name, held in body.items():
        _add(types, held, f"{place}.{name}")


def _emulated() -> Iterator[tuple[str, Any]]:
    for scene in played().values():
        yield f"POST {scene.create}", scene.created
        for stage, told in scene.polls.items():
            if stage != "absent":
                yield f"GET {scene.query}", told
        for body in (*scene.callbacks, *scene.failures):
            yield f"callback of POST {scene.create}", body
    with Ground() as ground:
        play = reenact.Play(ground, Parents(ground))
        for exchanges in reenact.files().values():
            for exchange, answer in play.file(exchanges):
                if isinstance(answer.body, dict):
                    yield exchange.endpoint, answer.body


# ---------------------------------------------------------------------------------------------------------- comparing


def rows(endpoint: str, side: Sides) -> list[Row]:
    """The places of one endpoint where the three do not agree."""
    reasons: dict[str, Json] = {}
    for (where, place, _), entry in judging.deviations().items():
        if where == endpoint and ("why" not in reasons.get(place, {}) or "quirk" in entry):
            reasons[place] = entry
    found = []
    places = {*side.emulator, *(side.documents or ()), *(side.recordings or ())}
    for place in sorted(places):
        reason = reasons.get(place, {})
        if reason or (_differ(side, place) and not _within(side, place)):
            why = reason.get("why") or _guess(side, place)
            documents, emulator = _kinds(side.documents, place), _kinds(side.emulator, place)
            quirk = reason.get("quirk", "")
            found.append(Row(place, documents, _recorded(endpoint, side, place), emulator, quirk, why))
    return found


def _kinds(types: Types | None, place: str) -> str:
    if types is None:
        return "–"
    return ", ".join(sorted(types[place])) if place in types else "absent"


def _recorded(endpoint: str, side: Sides, place: str) -> str:
    """What recordings have at a place: those of the folder, else those of which the inventory tells."""
    outer = place.rpartition(".")[0].removesuffix("[]")
    types = side.recordings
    if types is not None and (place in types or types.get(outer, set()) - {"null"}):
        return _kinds(types, place)
    told = _inventory().get((endpoint, place), set())
    return ", ".join(sorted(told)) if told else "–"


@cache
def _inventory() -> dict[tuple[str, str], set[str]]:
    """The types of which the inventory says that they are of the wire, by endpoint and place."""
    scenes = played()
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    held = json.loads(judging.DEVIATIONS.with_name("contract.json").read_text(encoding="utf-8"))["entries"]
    for entry in held:
        if not any(word in entry["source"] for word in ("wire", "recorded", "delivery")):
            continue
        scene = scenes[entry["scene"]]
        callback = entry["stage"] in {"callback", "failure"}
        endpoint = f"callback of POST {scene.create}" if callback else f"GET {scene.query}"
        for place, kind in entry.get("types", {}).items():
            found[endpoint, place].add({"JSON in a string": "string", "empty string": "string"}.get(kind, kind))
        for place, value in entry.get("values", {}).items():
            found[endpoint, place].add(f"{value}" if isinstance(value, int) else shapes.brief(shapes.shape(value)))
        for place, keys in entry.get("keys", {}).items():
            for name in keys:
                found.setdefault((endpoint, f"{place}.{name}".lstrip(".")), {"there"})
    return found


def _differ(side: Sides, place: str) -> bool:
    """Whether sides that speak of an endpoint have a place in other types, or not at all. Null says nothing."""
    seen = [_without_null(types, place) for types in (side.documents, side.emulator) if types is not None]
    if side.recordings is not None and place in side.recordings:
        seen.append(_without_null(side.recordings, place))
    sure = [types for types in seen if types != {"null"}]
    return any(not one & other and (one or other) for one in sure for other in sure if one is not other)


def _without_null(types: Types, place: str) -> set[str]:
    held = types.get(place, set())
    return held - {"null"} or held


def _within(side: Sides, place: str) -> bool:
    """Whether what holds a place is a difference itself, or repeats the request: then it is told there."""
    outer = place.rpartition(".")[0].removesuffix("[]")
    if not outer:
        return False
    if outer.rpartition(".")[2] in shapes.ECHOES:
        return True
    return _differ(side, outer) or _within(side, outer)


def _guess(side: Sides, place: str) -> str:
    """Why there is a difference, where no list says so."""
    recorded = side.recordings is not None and place in side.recordings
    if side.documents is not None and place not in side.documents:
        return "recorded, in no document" if recorded else "not in the page; other pages or reports have it"
    if place not in side.emulator:
        return "told by the page alone: nothing was seen that fills it"
    return "the page has another type"


def numbers() -> Json:
    """How many there are of what, for the head of the report."""
    exchanges = vendor.exchanges()
    return {
        "pages": len(vendor.pages()),
        "exchanges": len(exchanges),
        "recorded": sorted({exchange.at for exchange in exchanges}),
        "refused": json.loads(judging.DEVIATIONS.with_name("refused_examples.json").read_text("utf-8"))["entries"],
        "unreachable": json.loads(judging.DEVIATIONS.with_name("unreachable.json").read_text("utf-8"))["entries"],
    }
