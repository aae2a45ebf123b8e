"""What the command line says, in English and in Russian: one JSON file of sentences for each language."""

from __future__ import annotations

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["LANGUAGES", "choose", "current", "number", "plural", "sentences", "t", "use"]

LANGUAGES = ("en", "ru")
_current = "en"


@lru_cache(maxsize=len(LANGUAGES))
def sentences(language: str) -> dict[str, Any]:
    """Return the sentences of a language by key; where words follow a number, a record of its forms."""
    record: dict[str, Any] = json.loads(Path(__file__).with_name(f"{language}.json").read_bytes())
    return record


def choose(words: Sequence[str], environment: Mapping[str, str] = os.environ) -> str:
    """Choose the language: ``--lang`` wherever it stands, ``KIE_LANG``, the locale; else English."""
    for i, word in enumerate(words):
        if word == "--":
            break
        wanted = word.removeprefix("--lang=") if word.startswith("--lang=") else ""
        if word == "--lang" and i + 1 < len(words):
            wanted = words[i + 1]
        if wanted in LANGUAGES:
            return wanted
    for name in ("KIE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return "ru" if value.lower().startswith("ru") else "en"
    return "en"


def use(language: str) -> None:
    """Speak this language from now on."""
    global _current  # noqa: PLW0603 - one process speaks to one person
    _current = language if language in LANGUAGES else "en"


def current() -> str:
    """Return the language that is spoken."""
    return _current


def t(key: str, /, **values: object) -> str:
    """Return a sentence, with values put in; the key itself where there is none."""
    text = sentences(_current).get(key, key)
    text = text if isinstance(text, str) else str(text.get("other", key))
    return text.format(**values) if values else text


def plural(key: str, count: int, /, **values: object) -> str:
    """Return a sentence whose words follow a number: ``{count}`` is put in too."""
    forms = sentences(_current)[key]
    form = forms.get(_form(count)) or forms["other"]
    text: str = form.format(count=count, **values)
    return text


def _form(count: int) -> str:
    """Return the grammatical form after a whole number (CLDR's plural rules for the two languages)."""
    if _current == "en":
        return "one" if count == 1 else "other"
    tens, ones = count % 100, count % 10
    if ones == 1 and tens != 11:  # noqa: PLR2004
        return "one"
    return "few" if 2 <= ones <= 4 and not 12 <= tens <= 14 else "many"  # noqa: PLR2004


def number(value: object) -> str:
    """Return a number as it is written in the language: with a comma before the fraction in Russian."""
    text = str(value)
    return text.replace(".", ",") if _current == "ru" else text
