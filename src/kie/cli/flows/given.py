"""What is given on a command line: a flow by its name or as a file, and the inputs of a run."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from kie.cli.lang import t
from kie.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kie.service.flows.declaring import Flow, Input
    from kie.service.service import Service

__all__ = ["Given", "declared", "flow_given", "inputs_given"]

#: A flow as ``service.flows`` takes it: its name, YAML, or plain data.
Given: TypeAlias = "str | dict[str, Any]"

_FILES = (".yaml", ".yml", ".json")
_WORDS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def flow_given(word: str) -> Given:
    """Return the flow that a word means: a file where it looks like one, else a name.

    Raises:
        InvalidInput: the file cannot be read.

    """
    path = Path(word).expanduser()
    if path.suffix.lower() not in _FILES and "/" not in word and word != "-":
        return word
    text = _read(word, "FLOW")
    if path.suffix.lower() == ".json":
        return _object(text, word, "FLOW")
    return text + "\n"  # by its line ends the service tells it from a name


def _read(word: str, field: str) -> str:
    try:
        return sys.stdin.read() if word == "-" else Path(word).expanduser().read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise InvalidInput(t("flows.unreadable", file=word, error=why), field=field) from None


def _object(text: str, word: str, field: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise InvalidInput(t("flows.no-json", file=word, error=error), field=field) from None
    if not isinstance(found, dict):
        raise InvalidInput(t("flows.no-object", file=word), field=field)
    return found


async def declared(service: Service, given: Given) -> Flow:
    """Return the flow as it is declared.

    Raises:
        FlowInvalid: it is none.
        InvalidInput: there is none of this name.

    """
    if isinstance(given, str) and "\n" not in given:
        return await service.flows.load(given)
    return service.flows.check(given)


def inputs_given(words: Sequence[str], file: str | None, inputs: Mapping[str, Input]) -> dict[str, Any]:
    """Return the inputs of a run: those of a file, and ``key=value`` words that go before them.

    Args:
        words: each is turned into what the flow declares under its name; a list takes several of the same name.
        file: JSON or YAML, "-" for JSON on standard input, or None.
        inputs: as the flow declares them.

    Raises:
        InvalidInput: a word is not of this form, or the file cannot be read.

    """
    out = _of_file(file) if file is not None else {}
    texts: dict[str, list[str]] = {}
    for word in words:
        name, equals, text = word.partition("=")
        if not equals or not name.strip():
            raise InvalidInput(t("values.form", word=word), field=word)
        texts.setdefault(name, []).append(text)
    for name, values in texts.items():
        out[name] = _value(name, values, inputs.get(name))
    return out


def _of_file(file: str) -> dict[str, Any]:
    text = _read(file, "--inputs")
    if Path(file).suffix.lower() in (".yaml", ".yml"):
        from kie.service.flows.yaml_text import read_yaml

        found, _ = read_yaml(text)
        if not isinstance(found, dict):
            raise InvalidInput(t("flows.no-object", file=file), field="--inputs")
        return found
    return _object(text, file, "--inputs")


def _value(name: str, values: list[str], wanted: Input | None) -> Any:
    """Return the value of an input; what cannot be one is left as text, and refused by the service in its words."""
    if wanted is not None and wanted.type == "list":
        if len(values) == 1 and values[0][:1] == "[":
            return _json(name, values[0])
        return [_one(name, text, wanted.of) for text in values if text or len(values) > 1]
    return _one(name, values[0], wanted) if len(values) == 1 else values


def _one(name: str, text: str, wanted: Input | None) -> Any:
    kind = wanted.type if wanted is not None else ""
    if kind in ("", "record", "list") and text[:1] in ("[", "{"):
        return _json(name, text)
    if kind == "boolean":
        return _WORDS.get(text.strip().lower(), text)
    if kind in ("integer", "number"):
        return _number(text, whole=kind == "integer")
    return text


def _number(text: str, *, whole: bool) -> Any:
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return text if whole else float(text)
    except ValueError:
        return text


def _json(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise InvalidInput(t("values.json", name=name, error=error), field=name) from None
