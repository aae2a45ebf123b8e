"""The tables notice it when a dialect's data are wrong: each entry is taken out or renamed, and a case must fail."""

from __future__ import annotations

import copy
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from kie.catalogue.dialect import Dialect
from kie.catalogue.files import default_catalogue
from kie.catalogue.model import Model
from kie.errors import KieError
from kie.wire import callback
from kie.wire.chat import ChatReader
from kie.wire.read import Reader
from tests.wire.bodies.callbacks import CASES as POSTS
from tests.wire.bodies.callbacks import Post
from tests.wire.cases import missed
from tests.wire.test_bodies import CASES, DIALECTS
from tests.wire.test_chat import MODELS, STREAM, WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator

_LISTS = ("outputs", "text", "data", "credits", "failed_codes")
_INSIDE = (
    ("state", ("paths", "queued", "running", "succeeded", "failed", "settled")),
    ("error", ("code", "message")),
    ("waiting", ("codes",)),
    ("absent", ("codes",)),
)


def _record(dialect: str) -> dict[str, Any]:
    found: dict[str, Any] = copy.deepcopy(default_catalogue().dialect(dialect).raw)
    return found


def _lists(record: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Find the lists of paths, words and codes of a dialect."""
    for key in _LISTS:
        yield key, record.get(key, [])
    for key, names in _INSIDE:
        for name in names:
            yield f"{key}.{name}", record.get(key, {}).get(name, [])
    for name, paths in record.get("extras", {}).items():
        yield f"extras.{name}", paths


def _mutants(dialect: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Make every mutant of a dialect: where, which entry, and the record without it or with another name of it."""
    for where, entries in _lists(_record(dialect)):
        for i, entry in enumerate(entries):
            changed = _record(dialect)
            found = dict(_lists(changed))[where]
            del found[i]
            yield where, entry, changed
            if entry:
                changed = _record(dialect)
                dict(_lists(changed))[where][i] = f"{entry}_"
                yield where, f"{entry} renamed", changed
    for key in ("progress", "expired"):
        changed = _record(dialect)
        if changed.pop(key, None):
            yield key, "", changed
    for key, flag in (("error", "decides"), ("absent", "empty")):
        changed = _record(dialect)
        if flag in changed.get(key, {}):
            changed[key][flag] = not changed[key][flag]
            yield f"{key}.{flag}", "flipped", changed
    changed = _record(dialect)
    if changed.get("waiting", {}).pop("unless", None):
        yield "waiting.unless", "", changed


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_wrong_entry_of_a_dialect_is_noticed(dialect: str) -> None:
    cases = [case for case in CASES if case.dialect == dialect]
    survivors = [(where, entry) for where, entry, record in _mutants(dialect) if missed(cases, Reader(Dialect(record)))]
    assert sorted(set(survivors)) == []


# -------------------------------------------------------------------------------------------------- callbacks and chats


@pytest.mark.parametrize(
    "name", ["_TASK", "_MODEL", "_STAGE", "_WORD", "_CREDITS", "_OUTPUTS", "_CODE", "_MESSAGE", "_WORDS", "_STAGES"]
)
def test_a_wrong_entry_of_the_callbacks_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = getattr(callback, name)
    survivors = []
    for i, key in enumerate(entries):
        fewer: Any = entries[:i] + entries[i + 1 :] if isinstance(entries, tuple) else {**entries, key: None}
        if isinstance(entries, dict) and entries[key] == "succeeded":
            continue  # a good code says the same without the word
        monkeypatch.setattr(callback, name, fewer)
        if all(_reads_well(post) for post in POSTS):
            survivors.append(key if isinstance(key, str) else i)
    assert survivors == []


def _reads_well(post: Post) -> bool:
    hint = callback.read_callback(post.body)
    error = (hint.error.code, hint.error.message) if hint.error else None
    credits_ = None if hint.credits is None else str(hint.credits)
    return (hint.state, hint.task_id, hint.stage, hint.outputs, hint.model, error, credits_) == (
        post.state,
        post.task_id,
        post.stage,
        post.outputs,
        post.model,
        post.error,
        post.credits,
    )


_CHAT_LISTS = ("text", "credits", "chat.delta", "chat.finish", "chat.usage.input", "chat.usage.output")


@pytest.mark.parametrize("form", MODELS)
def test_a_wrong_entry_of_a_chat_is_noticed(form: str) -> None:
    model = default_catalogue().entry(MODELS[form])
    survivors = []
    for where in _CHAT_LISTS:
        *way, last = where.split(".")
        holder = model.dialect.raw
        for key in way:
            holder = holder[key]
        for i, entry in enumerate(holder[last]):
            changed = copy.deepcopy(model.dialect.raw)
            target = changed
            for key in way:
                target = target[key]
            del target[last][i]
            if _answers_well(form, Model(model.id, model.raw, Dialect(changed))):
                survivors.append((where, entry))
    assert survivors == []


def _answers_well(form: str, model: Model) -> bool:
    wanted = ("A fox.", "stop", 8, 1, Decimal("0.25"))
    stream = ChatReader(model)
    stream.feed(b"".join(b"data: " + json.dumps(event).encode() + b"\n\n" for event in STREAM[form]))
    try:
        replies = [ChatReader(model).whole(200, json.dumps(WHOLE[form]).encode()), stream.end(200)]
    except KieError:
        return False
    return all((r.text, r.finish, r.input_tokens, r.output_tokens, r.credits) == wanted for r in replies)
