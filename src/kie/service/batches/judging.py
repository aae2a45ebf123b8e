"""Each item of a batch is checked and estimated as a call alone would be; one that is no request is kept apart."""

from __future__ import annotations

import json
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.errors import BudgetExceeded, InvalidInput, KieError
from kie.service.amounts import to_units
from kie.service.batches.batch import ItemState
from kie.service.batches.line import Refused, uncelled
from kie.wire.prepare import prepare, translate_names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kie.catalogue import Model
    from kie.client.core import Core
    from kie.service.batches.line import Entry, Line

__all__ = ["Judge", "Judged", "Retryable", "over", "repriced", "told_of"]

#: Inputs whose outcome is kept, of at most so many characters: a batch often has the same one many times.
_KEPT, _SHORT = 4096, 4096
#: Different names of models that do not exist.
_UNKNOWN = 1000


class _TooMany(Exception):
    """This is no file of a batch; searching for what each line may mean would take hours."""


class Judged(NamedTuple):
    """An item, ready to be written down. Amounts are millionths of a credit.

    Attributes:
        line: of the source.
        name: the caller's id, or None.
        state: ready or refused.
        model: the catalogue's id, or None.
        input: as it is to be sent, JSON; or None.
        fingerprint: of model and input, or None.
        estimate: the most that is known of its price: it is held.
        max_credits: the most that it may cost, or None.
        priority: its own, or None.
        notify: where its end is told, or None.
        error: JSON, or None.
        low: the least that it costs; 0 where that is not known.
        high: the most that it costs, or None where that is not known.

    """

    line: int
    name: str | None
    state: str
    model: str | None
    input: str | None
    fingerprint: str | None
    estimate: int | None
    max_credits: int | None
    priority: int | None
    notify: str | None
    error: str | None
    low: int = 0
    high: int | None = None


class Retryable(NamedTuple):
    """An item that failed, or was refused for its price; amounts are millionths of a credit."""

    position: int
    attempt: int
    state: str
    model: str
    input: str
    estimate: int | None
    max_credits: int | None
    error: dict[str, Any]


class _Ready(NamedTuple):
    model: str
    input: str
    fingerprint: str
    low: int | None
    high: int | None


class Judge:
    """Judges items, in any thread but one at a time.

    Args:
        core: the client's.
        model: of items that name none.
        defaults: inputs of items that do not give them.
        limited: whether the batch has a limit, so that an item without a known price cannot be part of it.
        check: raises a KieError for an address that nothing may be sent to.
        meant: returns the model that is meant by a name.

    """

    def __init__(
        self,
        core: Core,
        model: str | None = None,
        defaults: Mapping[str, Any] | None = None,
        *,
        limited: bool = False,
        check: Callable[[str], None] | None = None,
        meant: Callable[[str], str] = str,
    ) -> None:
        self._core = core
        self._model = model
        self._defaults = dict(defaults or {})
        self._limited = limited
        self._check = check
        self._meant = meant
        self._models: dict[str, Any] = {}
        self._unknown = 0
        self._native: dict[str, dict[str, Any]] = {}
        self._kept: OrderedDict[str, _Ready | KieError] = OrderedDict()

    def all(self, entries: list[Entry]) -> list[Judged]:
        """Judge items, one after the other.

        Raises:
            InvalidInput: they are no items at all.

        """
        try:
            return [self.one(entry) for entry in entries]
        except _TooMany:
            raise InvalidInput(
                f"The batch names more than {_UNKNOWN:,} models that do not exist: is it the right file?", field="model"
            ) from None

    def one(self, entry: Entry) -> Judged:
        """Judge an item."""
        if isinstance(entry, Refused):
            error = {"code": entry.code, "kind": "InvalidInput", "message": entry.message, "field": entry.field}
            return _refused(entry.line, error)
        limit = None if entry.max_credits is None else to_units(entry.max_credits)
        options = {"name": entry.id, "max_credits": limit, "priority": entry.priority, "notify": entry.callback_url}
        try:
            if entry.callback_url is not None and self._check is not None:
                self._check(entry.callback_url)
            ready = self._ready(entry)
        except KieError as error:
            return _refused(entry.line, told_of(error), **options)
        found = _refused(entry.line, None, **options)._replace(
            state=ItemState.READY.value,
            model=ready.model,
            input=ready.input,
            fingerprint=ready.fingerprint,
            estimate=ready.high if ready.high is not None else ready.low,
            low=ready.low or 0,
            high=ready.high,
        )
        beyond = over(ready.model, ready.high, limit, limited=self._limited)
        if beyond is not None:
            return found._replace(state=ItemState.REFUSED.value, error=json.dumps(told_of(beyond)))
        return found

    def _ready(self, line: Line) -> _Ready:
        name = line.model or self._model
        if name is None:
            raise InvalidInput("It names no model, and the batch has none.", field="model")
        key = f"{name}\n{line.input!r}"
        known = self._kept.get(key)
        if known is None:
            try:
                known = self._prepared(name, line.input)
            except KieError as error:
                known = error
            except (TypeError, ValueError, AttributeError, RecursionError) as error:  # objects that no JSON holds
                known = InvalidInput(f"The input cannot be read ({type(error).__name__}).")
            if len(key) <= _SHORT:
                self._kept[key] = known
                if len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        if isinstance(known, KieError):
            raise known.with_traceback(None)  # else it would remember each time
        return known

    def _prepared(self, name: str, given: dict[str, Any]) -> _Ready:
        core = self._core
        found = self._models.get(name)
        if found is None:
            try:
                found = core.catalogue.resolve(self._meant(name))
            except KieError as error:
                found = error
                self._unknown += 1
                if self._unknown > _UNKNOWN:
                    raise _TooMany from None
            self._models[name] = found
        if isinstance(found, KieError):
            raise found.with_traceback(None)
        model: Model = found.model
        given = uncelled(given, model)
        if self._defaults:
            if model.id not in self._native:
                self._native[model.id] = translate_names(model, self._defaults)
            given = {**self._native[model.id], **translate_names(model, given)}
        prepared = prepare(model, given, preset=found.preset, roles=core.catalogue.roles)
        if prepared.files:
            raise InvalidInput("Files must be uploaded before: give their links.", field=prepared.files[0].path)
        price = core.estimate(model, prepared)
        return _Ready(
            model.id,
            json.dumps(prepared.input, ensure_ascii=False),
            core.fingerprint(model, prepared.input, 0),
            None if price is None else to_units(price.low),
            None if price is None or price.high is None else to_units(price.high),
        )


def over(model: str, high: int | None, limit: int | None, *, limited: bool = False) -> BudgetExceeded | None:
    """Tell why an item may not be part of a batch for its price, or None.

    Args:
        model: the catalogue's id.
        high: the most that it costs, or None where that is not known.
        limit: the most that it may cost, or None.
        limited: whether the batch has a limit.

    """
    if high is None and (limited or limit is not None):
        return BudgetExceeded(f"No highest price is known for {model}: it cannot be held within a limit.", model=model)
    if limit is not None and high is not None and high > limit:
        return BudgetExceeded("It may cost more than its own limit.", model=model)
    return None


def repriced(item: Retryable, core: Core, *, limited: bool) -> tuple[int, int, str, int | None] | None:
    """Tell under which estimate an item may be tried again: position, attempt, state, estimate; None if it may not.

    A failed one may, unless a person settled it with the words that it is to be left; one that was refused for its
    price may if that fits now.
    """
    if item.state == ItemState.FAILED:
        left = item.error.get("code") == "dismissed"
        return None if left else (item.position, item.attempt, item.state, item.estimate)
    try:
        price = core.catalogue.resolve(item.model).model.price(**json.loads(item.input))
    except KieError:
        return None
    high = None if price is None or price.high is None else to_units(price.high)
    if over(item.model, high, item.max_credits, limited=limited) is not None:
        return None
    low = None if price is None else to_units(price.low)
    return item.position, item.attempt, item.state, high if high is not None else low


def told_of(error: KieError) -> dict[str, Any]:
    """Return an error as it is kept with an item."""
    found = {
        "code": error.code or type(error).__name__,
        "kind": type(error).__name__,
        "message": error.message[:500],
        "field": getattr(error, "field", None),
        "hint": (error.hint or "")[:500] or None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _refused(line: int, error: dict[str, Any] | None, **options: Any) -> Judged:
    blank = Judged(line, None, ItemState.REFUSED.value, None, None, None, None, None, None, None, None)
    return blank._replace(error=None if error is None else json.dumps(error), **options)
