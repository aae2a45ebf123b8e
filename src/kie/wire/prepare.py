"""An input as people write it → the input that the model takes.

Roles into native names, values into native types, files set aside for upload, rules across fields checked. Pure:
nothing is opened or sent.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.catalogue.names import fold
from kie.errors import InvalidInput
from kie.wire.rules import RULES
from kie.wire.schema import conform, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kie.catalogue.model import Model

__all__ = ["FilePlaceholder", "Prepared", "placeholders", "prepare", "translate_names"]

_INDEXED = re.compile(r"(.+)\[(\d+)\]")
#: Schemes that kie.ai itself resolves besides links: assets of Seedance (``asset://<id>``).
_PASSED = ("http://", "https://", "asset://")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class FilePlaceholder:
    """A local file that stands where its link will be.

    Attributes:
        source: what the user gave: a path, bytes, a file object, an image, a data URI.
        rule: the field's rule: ``kind``, ``max_mb``, ``types``.
        path: the field, for messages.
        link: the link, once it is uploaded.

    """

    __slots__ = ("link", "path", "rule", "source")

    def __init__(self, source: Any, rule: dict[str, Any], path: str, link: str | None = None) -> None:
        self.source = source
        self.rule = rule
        self.path = path
        self.link = link


class Prepared(NamedTuple):
    """An input, ready but for its files.

    Attributes:
        input: native names and types; files are still ``FilePlaceholder`` objects.
        files: those placeholders, in order.

    """

    input: dict[str, Any]
    files: tuple[FilePlaceholder, ...] = ()

    def resolved(self) -> dict[str, Any]:
        """Return the input with the links of the uploaded files in their places."""
        return _resolved(self.input) if self.files else self.input


def _resolved(value: Any) -> Any:
    if isinstance(value, FilePlaceholder):
        return value.link
    if isinstance(value, dict):
        return {key: _resolved(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_resolved(inner) for inner in value]
    return value


def placeholders(value: Any) -> Iterator[FilePlaceholder]:
    """Find the placeholders in an input, in order."""
    if isinstance(value, FilePlaceholder):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from placeholders(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from placeholders(inner)


def _file(value: Any, rule: dict[str, Any], path: str) -> Any:
    """Keep links, take the link of what has one, set everything else aside for upload."""
    link = getattr(value, "url", None)
    if isinstance(link, str) and not isinstance(value, str):
        return link
    if isinstance(value, str):
        if value[:8].lower().startswith(_PASSED):
            return value
        if not value.strip():
            raise InvalidInput(f"{path}: a link or a file is needed, the text is empty.", field=path)
        return FilePlaceholder(value, rule, path)
    if (
        isinstance(value, (bytes, bytearray, memoryview, os.PathLike))
        or hasattr(value, "read")
        or hasattr(value, "save")
    ):
        return FilePlaceholder(value, rule, path)
    raise InvalidInput(
        f"{path}: a link, a path, bytes, a file object or an image is needed, not {type(value).__name__}.",
        field=path,
    )


def _folded(name: str) -> str:
    return fold(_CAMEL.sub("_", name))


def translate_names(model: Model, given: Mapping[str, Any], *, extra: bool = False) -> dict[str, Any]:
    """Return the input under native names: a native name stays, a role or another spelling is translated.

    Args:
        model: the model.
        given: what the user gave; None means "not given".
        extra: keep unknown names instead of refusing them.

    Raises:
        InvalidInput: there is no such input (the nearest name is told), or two names mean the same field.

    """
    fields = model.fields
    open_ = extra or model.schema.get("additionalProperties") is True
    by_fold: dict[str, str] = {}
    out: dict[str, Any] = {}
    slots: dict[str, dict[int, Any]] = {}
    origin: dict[str, str] = {}
    for name, value in given.items():
        if value is None:
            continue
        target: str = name
        if name not in fields:
            if name in model.roles:
                target = model.roles[name]
            else:
                by_fold = by_fold or {_folded(f): f for f in fields}
                found = by_fold.get(_folded(name))
                if found is not None:
                    target = found
                elif not open_:
                    raise _unknown(model, name)
        indexed = _INDEXED.fullmatch(target)
        if indexed:
            slots.setdefault(indexed[1], {})[int(indexed[2])] = value
            continue
        if target in origin:
            raise InvalidInput(
                f"{name!r} and {origin[target]!r} are the same input, {target!r}.", field=name, model=model.id
            )
        origin[target] = name
        out[target] = _shaped(model, fields.get(target, {}), target, name, value)
    for target, parts in slots.items():
        base = out.get(target, [])
        items = list(base) if isinstance(base, list) else [base]
        if items:
            raise InvalidInput(f"{target!r} is given twice, as a whole and by its parts.", field=target, model=model.id)
        if 0 not in parts:
            role = next((r for r, t in model.roles.items() if t == f"{target}[0]"), target)
            raise InvalidInput(f"{role!r} is needed before the others of {target!r}.", field=role, model=model.id)
        out[target] = [parts[i] for i in sorted(parts)]
    return out


def _shaped(model: Model, schema: Mapping[str, Any], target: str, name: str, value: Any) -> Any:
    """Unwrap a list of one where the model takes one value."""
    if isinstance(value, (list, tuple)) and schema.get("type") in ("string", "integer", "number", "boolean"):
        if len(value) != 1:
            raise InvalidInput(
                f"{name}: this model takes one, {len(value)} were given.",
                field=name,
                model=model.id,
                hint=f"It becomes {target!r}.",
            )
        return value[0]
    return value


def _unknown(model: Model, name: str) -> InvalidInput:
    known = tuple(dict.fromkeys((*model.fields, *model.roles)))
    near = nearest(name, known)
    return InvalidInput(
        f"{name}: {model.id} has no such input.",
        field=name,
        model=model.id,
        allowed=known,
        nearest=near,
        hint=(f"Nearest: {near!r}. " if near else "") + f"It takes: {', '.join(known)}.",
    )


def prepare(
    model: Model,
    given: Mapping[str, Any],
    *,
    preset: Mapping[str, Any] | None = None,
    roles: Mapping[str, Any] | None = None,
    extra: Mapping[str, Any] | None = None,
    partial: bool = False,
) -> Prepared:
    """Make a model's input out of what the user gave.

    Args:
        model: the model.
        given: inputs by role or by native name.
        preset: inputs that the name of the model implied; ``given`` goes before them.
        roles: the vocabulary with translations of values (``Catalogue.roles``).
        extra: fields that are sent as they are, unchecked.
        partial: judge only what is given (for an estimate).

    Raises:
        InvalidInput: names the field, the allowed values and the nearest one.

    """
    native = translate_names(model, given)
    if preset:
        native = {**{k: v for k, v in preset.items() if k in model.fields or not model.fields}, **native}
    synonyms = _Synonyms(model, roles or {})
    try:
        ready = conform(model.schema, native, files=_file, translate=synonyms, partial=partial)
        for rule in () if partial else model.rules:
            RULES[rule["rule"]](rule, ready)
    except InvalidInput as error:
        raise _as_typed(error, model, given).about(model=model.id) from None
    if extra:
        ready.update(extra)
    return Prepared(ready, tuple(placeholders(ready)))


def _as_typed(error: InvalidInput, model: Model, given: Mapping[str, Any]) -> InvalidInput:
    """Name the field as the user did: by the role, where a role was given."""
    path = error.field or ""
    for name in given:
        target = model.roles.get(name) if name not in model.fields else None
        if target and (path == target or path.startswith((f"{target}[", f"{target}."))):
            error.field = name + path[len(target) :]
            error.message = error.message.replace(path, f"{error.field} ({path})", 1)
            error.args = (error.message,)
            break
    return error


class _Synonyms:
    """Other words for a value, by the role of its field ("16:9" → "landscape_16_9", a voice's name → its id)."""

    def __init__(self, model: Model, roles: Mapping[str, Any]) -> None:
        self._model = model
        self._tables = roles.get("roles", {})

    def _table(self, path: str) -> Mapping[str, Any]:
        field = path.partition("[")[0]
        for role, target in self._model.roles.items():
            if target.partition("[")[0] == field and self._tables.get(role, {}).get("values"):
                found: Mapping[str, Any] = self._tables[role]["values"]
                return found
        inner = path.rpartition(".")[2]  # dialogue[0].voice
        of_member: Mapping[str, Any] = self._tables.get(inner, {}).get("values", {})
        return of_member if inner != path else {}

    def others(self, path: str, value: Any) -> tuple[Any, ...]:
        """Return other words for a value."""
        table = self._table(path)
        found = table.get(str(value)) or table.get(str(value).lower()) or ()
        return tuple(found) if isinstance(found, (list, tuple)) else (found,)

    def names(self, path: str, allowed: Sequence[Any]) -> tuple[str, ...]:
        """Return the words that stand for one of the allowed values."""
        known = set(map(str, allowed))
        return tuple(
            word for word, to in self._table(path).items() if known.intersection(to if isinstance(to, list) else (to,))
        )
