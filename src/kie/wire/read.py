"""The interpreter: a reply in any dialect → ``TaskState``, by the dialect's data.

An unknown state word is pending: it is logged once for each word, and the wait's deadline bounds it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, cast

from kie.errors import KieError, TaskNotFound
from kie.money import credits_of
from kie.wire.envelope import Envelope, excerpt, failure, open_envelope
from kie.wire.paths import compile_path, first_text, first_value, links, parse_nested
from kie.wire.state import State, TaskError, TaskState

if TYPE_CHECKING:
    from kie.catalogue.dialect import Dialect
    from kie.wire.paths import Getter

__all__ = ["Reader", "read", "reader_of"]

_NO_ERROR = frozenset(("", "0", "200", "null", "none"))
_NO_CODES: frozenset[str] = frozenset()


def _paths(names: list[str] | None) -> tuple[Getter, ...]:
    return tuple(compile_path(name) for name in names or ())


class Reader:
    """A dialect, compiled: made once, kept with the dialect."""

    def __init__(self, dialect: Dialect) -> None:
        raw = dialect.raw
        self.name = dialect.name
        self.shape = dialect.shape
        self.result = dialect.result
        absent = raw.get("absent", {})
        self.absent_codes = frozenset(absent.get("codes", ()))
        self.absent_empty: bool = absent.get("empty", False)
        self.failed_codes = frozenset(raw.get("failed_codes", ()))
        waiting = raw.get("waiting", {})
        self.waiting_codes = frozenset(waiting.get("codes", ()))
        self.waiting_unless = re.compile(waiting["unless"], re.IGNORECASE) if waiting.get("unless") else None
        state = raw.get("state", {})
        self.state_paths = _paths(state.get("paths"))
        self.words: dict[str, str] = {
            str(word).lower(): name
            for name in ("queued", "running", "succeeded", "failed", "settled")
            for word in state.get(name, ())
        }
        self.outputs = _paths(raw.get("outputs"))
        self.extras = tuple((name, _paths(paths)) for name, paths in raw.get("extras", {}).items())
        self.text = _paths(raw.get("text"))
        self.data = _paths(raw.get("data"))
        progress = raw.get("progress")
        self.progress = compile_path(progress["path"]) if progress else None
        self.progress_full = float(progress["full"]) if progress else 1.0
        error = raw.get("error", {})
        self.error_code = _paths(error.get("code"))
        self.error_message = _paths(error.get("message"))
        self.error_decides: bool = error.get("decides", False)
        self.credits = _paths(raw.get("credits"))
        self.expired = compile_path(raw["expired"]) if raw.get("expired") else None
        self.task_id = _paths(raw["submit"].get("task_id"))
        self.task_id_in_record = tuple(compile_path(p.removeprefix("data.")) for p in raw["submit"].get("task_id", ()))
        self._unknown: set[str] = set()

    # ---------------------------------------------------------------------------------------------------- a record

    def record(self, record: Any, *, result: str | None = None) -> TaskState:
        """Read a record (``data`` of a query's reply)."""
        word = first_text(self.state_paths, record) if self.state_paths else None
        name = self._name(word)
        outputs = links(self.outputs, record)
        error: TaskError | None = None
        texts: tuple[str, ...] = ()
        data = None
        settling = False
        if not self.state_paths or name == "settled":
            name = "succeeded" if self._has_result(record, outputs, result) else ("failed" if name else "running")
        elif name == "succeeded" and not self._has_result(record, outputs, result):
            name, settling = "running", True
        elif self.error_decides and name in ("running", "queued") and self._error(record) is not None:
            name = "failed"
        if name == "succeeded":
            texts = self._texts(record)
            data = self._data(record)
        elif name == "failed":
            error = self._error(record) or TaskError("", "")
        extras = self._extras(record) if name == "succeeded" else {}
        return TaskState(
            state=cast("State", name),
            progress=self._progress(record, name),
            outputs=outputs,
            text=texts[0] if texts else None,
            error=error,
            credits=credits_of(first_value(self.credits, record)) if self.credits else None,
            raw=record,
            extras=extras,
            texts=texts,
            data=data,
            word=word,
            settling=settling,
            expired=self.expired is not None and first_value((self.expired,), record) in (1, True, "1"),
        )

    def _name(self, word: str | None) -> str:
        if word is None:
            return "" if not self.state_paths else "running"
        found = self.words.get(word.lower())
        if found is None:
            if word not in self._unknown:
                self._unknown.add(word[:80])
                import logging

                logging.getLogger("kie.wire").warning(
                    "unknown state word %r in dialect %s: taken for pending", word[:80], self.name
                )
            return "running"
        return found

    def _has_result(self, record: Any, outputs: tuple[str, ...], result: str | None) -> bool:
        wanted = result or self.result
        if wanted == "urls":
            return bool(outputs)
        if wanted == "text" and self.text:
            return bool(outputs) or bool(self._texts(record))
        return bool(outputs) or any(_has_leaf(v) for get in self.data for v in get(record))

    def _error(self, record: Any) -> TaskError | None:
        if not self.error_code and not self.error_message:
            return None
        code = first_text(self.error_code, record) or ""
        message = first_text(self.error_message, record) or ""
        if code.strip().lower() in _NO_ERROR:
            code = ""
        return TaskError(code, message) if code or message else None

    def _texts(self, record: Any) -> tuple[str, ...]:
        for get in self.text:
            found = tuple(t for t in get(record) if isinstance(t, str) and t)
            if found:
                return found
        return ()

    def _data(self, record: Any) -> Any:
        for get in self.data:
            for value in get(record):
                inner = parse_nested(value)
                if _has_leaf(inner):
                    return inner
        return None

    def _extras(self, record: Any) -> dict[str, tuple[str, ...]]:
        return {name: found for name, paths in self.extras if (found := links(paths, record))}

    def _progress(self, record: Any, name: str) -> float | None:
        if name == "succeeded":
            return 1.0
        if self.progress is None:
            return None
        value = first_value((self.progress,), record)
        if type(value) is int and 0 <= value <= self.progress_full:  # as it is told nearly always
            return value / self.progress_full
        value = credits_of(value)
        return None if value is None else min(1.0, max(0.0, float(value) / self.progress_full))

    # ----------------------------------------------------------------------------------------------------- a reply

    def reply(self, status: int, body: bytes, *, model: str, task_id: str, result: str | None = None) -> TaskState:
        """Read the reply of a query.

        Raises:
            TaskNotFound: the vendor knows no such task (just after its creation that is a matter of moments).
            KieError: of the kind that the reply's code stands for.

        """
        try:
            envelope = open_envelope(status, body)
            return self.envelope(envelope, model=model, task_id=task_id, result=result)
        except KieError as error:
            raise error.about(model=model, task_id=task_id) from None

    def envelope(self, envelope: Envelope, *, model: str, task_id: str, result: str | None = None) -> TaskState:
        """Read a query's reply that was taken apart already; see ``reply``."""
        code, data = envelope.code, envelope.data
        record = parse_nested(data) if isinstance(data, str) else data
        if self.waiting_codes:
            return self._follow_up(envelope, record, model, task_id)
        if code == "200":
            if isinstance(record, dict):
                return self.record(record, result=result)
            if self.absent_empty and not record:
                raise _absent(model, task_id, code, envelope.message)
            if self.shape == "immediate" and record is not None:
                return self.record(record, result=result)
            raise failure("200", "the record is missing from the answer", model=model, task_id=task_id)
        if isinstance(record, dict) and self.state_paths and first_value(self.state_paths, record) is not None:
            state = self.record(record, result=result)
            if state.final or code not in self.failed_codes:
                return state
        if code in self.failed_codes:
            return TaskState("failed", error=TaskError(code, envelope.message), raw=record, word=code)
        if code in self.absent_codes and envelope.wrapped:
            raised = failure(code, envelope.message, model=model, task_id=task_id)
            if code == "404" or isinstance(raised, TaskNotFound):
                raise _absent(model, task_id, code, envelope.message)
            raise raised
        raise failure(code, envelope.message, model=model, task_id=task_id)

    def _follow_up(self, envelope: Envelope, record: Any, model: str, task_id: str) -> TaskState:
        """Read the answer of a follow-up that is asked again until it is there: the links decide, not the code."""
        outputs = links(self.outputs, record)
        if outputs:
            return self.record(record)
        said_no = self.waiting_unless is not None and self.waiting_unless.search(envelope.message)
        if envelope.code in self.waiting_codes and not said_no:
            return TaskState("running", raw=record, word=envelope.code)
        if envelope.code in ("400", "422", "500", "501") and said_no:
            error = TaskError(envelope.code, envelope.message)
            return TaskState("failed", error=error, raw=record, word=envelope.code)
        raise failure(envelope.code, envelope.message, model=model, task_id=task_id)


def _absent(model: str, task_id: str, code: str, message: str) -> TaskNotFound:
    return TaskNotFound(
        f"kie.ai knows no task {task_id!r}" + (f" ({excerpt(message)})." if message and message != "success" else "."),
        model=model,
        task_id=task_id,
        code=code,
        hint="Records are kept for a limited time; check the id and that the model is the one that made it.",
    )


def _has_leaf(value: Any, depth: int = 0) -> bool:
    """Whether there is any content under a value besides ids of tasks."""
    if depth > 8:  # noqa: PLR2004 - deeper than any reply
        return True
    value = parse_nested(value)
    if isinstance(value, dict):
        return any(_has_leaf(v, depth + 1) for k, v in value.items() if k not in ("taskId", "task_id", "recordId"))
    if isinstance(value, list):
        return any(_has_leaf(v, depth + 1) for v in value)
    return value is not None and value != ""


def reader_of(dialect: Dialect) -> Reader:
    """Return the dialect's reader; compiled at the first call."""
    found: Reader | None = dialect._reader  # noqa: SLF001 - kept with the dialect, so that it is compiled once
    if found is None:
        found = dialect._reader = Reader(dialect)  # noqa: SLF001
    return found


def read(dialect: Dialect, reply: Any, *, result: Literal["urls", "text", "data"] | None = None) -> TaskState:
    """Read a reply of the dialect's query: bytes or text as they came, or the parsed body.

    Raises:
        KieError: of the kind that the reply stands for.

    """
    import json

    body = (
        reply if isinstance(reply, bytes) else reply.encode() if isinstance(reply, str) else json.dumps(reply).encode()
    )
    return reader_of(dialect).reply(200, body, model="", task_id="", result=result)
