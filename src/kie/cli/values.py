"""``key=value`` words → inputs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kie.cli.lang import t
from kie.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kie.catalogue import Model

__all__ = ["inputs_of", "parsed", "takes_file", "with_files"]


def inputs_of(words: Iterable[str], model: Model | None = None) -> dict[str, Any]:
    """Read ``key=value`` words: a repeated key makes a list, ``[`` or ``{`` begins JSON, ``@path`` is a file.

    Args:
        words: the words.
        model: the model, which says where ``@path`` means a file; None keeps every text as it is.

    Raises:
        InvalidInput: a word is not of this form, or its JSON or file is not readable.

    """
    out: dict[str, Any] = {}
    repeated: set[str] = set()
    for word in words:
        name, equals, text = word.partition("=")
        if not equals or not name.strip():
            raise InvalidInput(t("values.form", word=word), field=word)
        value = parsed(name, text)
        if name not in out:
            out[name] = value
        elif name in repeated:
            out[name].append(value)
        else:
            repeated.add(name)
            out[name] = [out[name], value]
    return with_files(out, model) if model is not None else out


def parsed(name: str, text: str) -> Any:
    """Read one value: JSON where it begins with ``[`` or ``{``, else the text itself.

    Raises:
        InvalidInput: it begins like JSON and is none.

    """
    if text[:1] not in ("[", "{"):
        return text
    try:
        return json.loads(text)
    except ValueError as error:
        raise InvalidInput(t("values.json", name=name, error=error), field=name) from None


def takes_file(model: Model, name: str) -> bool:
    """Whether an input of this name wants a file."""
    fields = model.fields
    native = name if name in fields else model.roles.get(name, name).partition("[")[0]
    return "x-file" in json.dumps(fields.get(native, {}))


def with_files(inputs: dict[str, Any], model: Model) -> dict[str, Any]:
    """Turn ``@path`` into a path where the model wants a file.

    Raises:
        InvalidInput: there is no such file.

    """
    return {name: _filed(name, value) if takes_file(model, name) else value for name, value in inputs.items()}


def _filed(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_filed(name, each) for each in value]
    if isinstance(value, str) and value.startswith("@"):
        path = Path(value[1:]).expanduser()
        if not path.is_file():
            raise InvalidInput(t("values.no-file", name=name, path=path), field=name)
        return path
    return value
