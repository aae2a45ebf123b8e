"""Endpoints of their own whose price is published only for the createTask twin."""

from __future__ import annotations

from typing import Any

__all__ = ["with_twin_prices"]

_TWINS = {
    "suno/cover/generate": "ai-music-api/cover-generate",
    "voice/check-voice": "ai-music-api/check-voice",
    "voice/generate": "ai-music-api/create-voice",
    "voice/regenerate": "ai-music-api/regenerate-phrase",
    "voice/validate": "ai-music-api/validation-phrase",
    "veo/get-1080p-video@legacy": "veo/get-1080p-video",
}
#: Entries of models.json whose price record is that of the twin already.
_SAME = {
    "veo/generate": "veo-3-1",
    "veo/extend@legacy": "veo/extend",
    "veo/get-4k-video@legacy": "veo/get-4k-video",
    "runway/generate": "runway",
    "aleph/generate": "runway/gen4-aleph",
    "gpt4o-image/generate": "4o-image-api",
    "flux/kontext/generate": "flux1-kontext",
}


def with_twin_prices(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the records, those without a price of their own given that of the twin, which is said in ``twin``."""
    by_id = {record["id"]: record for record in records}
    out = []
    for record in records:
        twin = _TWINS.get(record["id"]) or _SAME.get(record["id"])
        if twin is None and record["family"] == "suno":
            twin = "its createTask twin"
        cost = record.get("price") or by_id.get(_TWINS.get(record["id"], ""), {}).get("price")
        out.append({**record, "price": {**cost, "twin": f"as {twin}"}} if twin and cost else record)
    return out
