"""Names people type → ids: exact, alias, another spelling, one of two twins; else the nearest names there are."""

from __future__ import annotations

import re
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.errors import ModelUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kie.catalogue.model import Model

__all__ = ["Found", "Names", "Resolution", "fold"]

#: Names of operations: behind another vendor's name they say nothing of a model ("kling/generate" is no song).
_OPERATIONS = frozenset(("generate", "extend", "edit", "lyrics", "upload", "upscale", "credits", "download-url"))
_SIGNS = re.compile(r"[\s_.\-]+")


def fold(name: str) -> str:
    """Fold case and the signs between words: ``Nano Banana Pro``, ``nano_banana.pro`` → ``nano-banana-pro``."""
    return _SIGNS.sub("-", name.strip().lower()).strip("-")


class Found(NamedTuple):
    """An id, what the alias presets of the input, and what to tell the user."""

    model_id: str
    preset: Mapping[str, Any] = MappingProxyType({})
    notice: str | None = None


class Resolution(NamedTuple):
    """What a name means.

    Attributes:
        model: the model.
        preset: inputs that the name implies (``veo3_fast`` implies a tier), native names.
        notice: a sentence for the user where the name is not today's id, or None.

    """

    model: Model
    preset: Mapping[str, Any]
    notice: str | None = None


class Names:
    """Looks names up; built from ``aliases.json`` and the index."""

    def __init__(self, record: Mapping[str, Any], index: Mapping[str, str]) -> None:
        self._aliases: Mapping[str, Any] = record.get("aliases", {})
        self._retired: Mapping[str, Any] = record.get("retired", {})
        self._pairs: dict[str, Any] = {pair["name"]: pair for pair in record.get("pairs", ())}
        self._index = index

    @cached_property
    def _folded(self) -> dict[str, str]:
        """Every folded spelling → the name as the data have it; ids go before pairs, pairs before aliases.

        An id without its vendor's prefix counts too where only one id ends so.
        """
        out: dict[str, str] = {}
        for name in (*self._index, *self._pairs, *self._aliases):
            out.setdefault(fold(name), name)
        tails: dict[str, list[str]] = {}
        for name in self._index:
            head, _, tail = name.partition("/")
            if tail:
                tails.setdefault(fold(tail), []).append(name)
                tails.setdefault(fold(f"{head}-{tail}"), []).append(name)
        for tail, names in tails.items():
            if len(names) == 1:
                out.setdefault(tail, names[0])
        return out

    def find(self, name: str, prefer: str | None) -> Found:
        """Find the id that a name means.

        Raises:
            ModelUnavailable: nothing has that name; the nearest names are told.

        """
        if name in self._index and name not in self._pairs:
            return Found(name)
        tail = fold(name.rpartition("/")[2])
        for candidate in (
            name,
            self._folded.get(fold(name)),
            self._folded.get(fold(name.removeprefix("market/"))),  # as the pages of the documents are called
            None if tail in _OPERATIONS else self._folded.get(tail),
        ):
            if candidate is None:
                continue
            if candidate in self._pairs:
                found = self._twin(candidate, prefer)
                return found if candidate == name else found._replace(notice=self._notice(name, found.model_id))
            if candidate in self._index:
                return Found(candidate, notice=self._notice(name, candidate))
            if candidate in self._aliases:
                return self._alias(name, candidate, prefer)
        raise self._unknown(name)

    def _twin(self, name: str, prefer: str | None) -> Found:
        pair = self._pairs[name]
        return Found(pair[prefer or pair.get("prefer", "unified")])

    def _alias(self, typed: str, name: str, prefer: str | None) -> Found:
        record = self._aliases[name]
        if isinstance(record, str):
            record = {"to": record}
        target = record["to"]
        found = self._twin(target, prefer) if target in self._pairs else Found(target)
        notice = record.get("notice") or self._notice(typed, found.model_id)
        return Found(found.model_id, dict(record.get("input", {})), notice)

    @staticmethod
    def _notice(typed: str, model_id: str) -> str | None:
        return None if typed == model_id else f"{typed!r} is {model_id!r} today."

    def _unknown(self, name: str) -> ModelUnavailable:
        import difflib

        near = difflib.get_close_matches(fold(name), self._folded, n=3, cutoff=0.5)
        names = list(dict.fromkeys(self._folded[n] for n in near))
        hint = f"Did you mean {', '.join(map(repr, names))}?" if names else "`kie models` lists what there is."
        return ModelUnavailable(
            f"There is no model {name!r}.", model=name, hint=hint, successor=names[0] if names else None
        )

    def retirement(self, model_id: str) -> dict[str, Any] | None:
        """Return the record of a retirement, or None."""
        found = self._retired.get(model_id)
        return dict(found) if found is not None else None

    def gone(self, model_id: str, record: Mapping[str, Any], typed: str) -> ModelUnavailable:
        """Make the error for a retired model: since when, why, and what to use."""
        since, successor = record.get("since"), record.get("successor")
        text = f"The model {model_id!r} is retired" + (f" since {since}" if since else "")
        if record.get("why"):
            text += f" ({record['why']})"
        hint = f"Use {successor!r}." if successor else "There is no successor."
        return ModelUnavailable(f"{text}.", model=typed, hint=hint, successor=successor)

    def of(self, model_id: str) -> tuple[str, ...]:
        """Return the names that lead to an id, without mere spellings."""
        out = [name for name, pair in self._pairs.items() if model_id in (pair["unified"], pair["legacy"])]
        for name, record in self._aliases.items():
            if (record if isinstance(record, str) else record["to"]) == model_id:
                out.append(name)
        return tuple(out)
