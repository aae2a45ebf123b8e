"""Compares the catalogue with the vendor's own list of models, GET /api/v1/models.

That list (contract, section 2.2; seen 2026-10-02) gives id, title, provider, tasks and a price in words. The words hold
the credits of each tier; they are compared as numbers with the tiers that we have.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kie.client.flows import call
from kie.errors import InvalidInput, ModelUnavailable, UnexpectedReply
from kie.wire.build import Request
from kie.wire.envelope import failure

if TYPE_CHECKING:
    from pathlib import Path

    from kie.catalogue import Catalogue, Model
    from kie.client.effects import Flow
    from kie.client.sync import Kie

__all__ = ["Change", "Drift", "Entry", "compare", "write_additions"]

_CREDITS = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:-\s*)?credits?\b", re.IGNORECASE)
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,99}")
_KINDS = (
    ("music", "music"),
    ("video", "video"),
    ("image", "image"),
    ("speech", "audio"),
    ("audio", "audio"),
    ("sound", "audio"),
    ("chat", "text"),
    ("text", "text"),
)


@dataclass(frozen=True)
class Entry:
    """A model in the vendor's list."""

    id: str
    title: str
    provider: str
    tasks: tuple[str, ...]
    credits: tuple[Decimal, ...]


@dataclass(frozen=True)
class Change:
    """A price that differs: credits that only the vendor names, and such as only we have."""

    id: str
    theirs: tuple[Decimal, ...]
    ours: tuple[Decimal, ...]

    def text(self) -> str:
        """Return ours and theirs."""
        return f"{', '.join(map(str, self.ours)) or '–'} → {', '.join(map(str, self.theirs)) or '–'}"


@dataclass
class Drift:
    """What differs.

    Attributes:
        new: in the vendor's list, unknown to us.
        gone: current with us, not in the vendor's list.
        changed: prices that differ.
        theirs: how many models the vendor lists.
        ours: how many current models we have.
        unpriced: how many of the vendor's have no price in words, and so cannot be compared.

    """

    new: list[Entry] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    theirs: int = 0
    ours: int = 0
    unpriced: int = 0

    @property
    def any(self) -> bool:
        """Whether anything differs."""
        return bool(self.new or self.gone or self.changed)

    def record(self) -> dict[str, Any]:
        """Return it for a JSON document."""
        return {
            "theirs": self.theirs,
            "ours": self.ours,
            "unpriced": self.unpriced,
            "new": [{"id": e.id, "title": e.title, "provider": e.provider, "tasks": e.tasks} for e in self.new],
            "gone": self.gone,
            "changed": [{"id": c.id, "theirs": c.theirs, "ours": c.ours} for c in self.changed],
        }


def compare(kie: Kie) -> Drift:
    """Ask the vendor for its models and compare them with ours.

    Raises:
        UnexpectedReply: the answer is not such a list.
        KieError: of the kind that the answer stands for.

    """
    entries = _entries(kie._drive(_listing(kie)))  # noqa: SLF001 - a call without a model, for which Kie has no method
    catalogue = kie.models
    drift = Drift(theirs=len(entries), unpriced=sum(not entry.credits for entry in entries))
    seen: set[str] = set()
    for entry in entries:
        model = _ours(catalogue, entry.id)
        if model is None:
            drift.new.append(entry)
            continue
        seen.add(model.id)
        ours = _credits(model)
        if entry.credits and ours and set(entry.credits) != ours:
            change = Change(
                model.id,
                tuple(sorted(set(entry.credits) - ours)),
                tuple(sorted(ours - set(entry.credits))),
            )
            drift.changed.append(change)
    current = [catalogue.entry(name) for name in catalogue]
    current = [m for m in current if m.standing == "current" and catalogue.retirement(m.id) is None]
    drift.ours = len(current)
    drift.gone = [m.id for m in current if m.id not in seen and m.dialect.name == "market"]
    return drift


def _listing(kie: Kie) -> Flow[Any]:
    envelope = yield from call(kie._core, Request("GET", "/api/v1/models"))  # noqa: SLF001
    if not envelope.good:
        raise failure(envelope.code, envelope.message)
    return envelope.data


def _entries(data: Any) -> list[Entry]:
    rows = data.get("models") if isinstance(data, dict) else None
    if not isinstance(rows, list):
        raise UnexpectedReply("The vendor's list of models is not of the form that was seen.")
    out = []
    for row in rows:
        name = row.get("model") if isinstance(row, dict) else None
        if not isinstance(name, str) or not _ID.fullmatch(name) or ".." in name:
            continue
        tasks = row.get("taskType")
        words = row.get("pricingDesc")
        out.append(
            Entry(
                name,
                str(row.get("title") or name)[:60],
                str(row.get("provider") or name.partition("/")[0])[:60],
                tuple(str(task) for task in tasks) if isinstance(tasks, list) else (),
                tuple(_numbers(words)) if isinstance(words, str) else (),
            )
        )
    return out


def _numbers(words: str) -> list[Decimal]:
    found = (Decimal(match.replace(",", ".")).normalize() for match in _CREDITS.findall(words[:10_000]))
    return list(dict.fromkeys(found))


def _ours(catalogue: Catalogue, name: str) -> Model | None:
    try:
        return catalogue.resolve(name, retired=True).model
    except ModelUnavailable:
        return None


def _credits(model: Model) -> set[Decimal]:
    price = model.raw.get("price") or {}
    return {Decimal(tier["credits"]).normalize() for tier in price.get("tiers", ())}


def write_additions(drift: Drift, folder: Path) -> list[Path]:
    """Write the new models into a folder that ``KIE_CATALOGUE`` can name; files that are there keep what they hold.

    The vendor's list tells no inputs, so an addition takes any input and its price is not known.

    Raises:
        InvalidInput: the folder cannot be written to, or holds what is no catalogue.

    """
    by_file: dict[str, list[Entry]] = {}
    for entry in drift.new:
        vendor = re.sub(r"[^a-z0-9]+", "-", entry.provider.lower()).strip("-") or "others"
        by_file.setdefault(vendor, []).append(entry)
    written: list[Path] = []
    document: dict[str, Any]
    try:
        for vendor, entries in by_file.items():
            path = folder / "models" / f"{vendor}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            document = json.loads(path.read_bytes()) if path.exists() else {"vendor": vendor, "models": {}}
            for entry in entries:
                document["models"].setdefault(entry.id, _addition(entry))
            path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
            written.append(path)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InvalidInput(f"{folder}: {error}", field="--to") from error
    return written


def _addition(entry: Entry) -> dict[str, Any]:
    import time

    words = " ".join(entry.tasks).lower() or entry.id.lower()
    made = re.findall(r"to-([a-z]+)", words) or [words]
    kind = next((kind for word, kind in _KINDS if any(word in each for each in made)), "data")
    tasks = [re.sub(r"[^a-z]+", "-", task.lower()).strip("-") for task in entry.tasks]
    return {
        "title": entry.title if len(entry.title) > 1 else entry.id,
        "kind": kind,
        "tasks": list(dict.fromkeys(filter(None, tasks))) or ["other"],
        "dialect": "market",
        "standing": "undocumented",
        "input": {"type": "object", "properties": {}, "additionalProperties": True},
        "roles": {},
        "source": {"document": "GET /api/v1/models", "date": time.strftime("%Y-%m-%d")},
    }
