"""The vendor's envelope ``{code, msg, data}``, met once: HTTP 200 around errors, other shapes, what is no JSON."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any, NamedTuple

from kie import errors
from kie.errors import KieError, UnexpectedReply

__all__ = ["Envelope", "code_text", "excerpt", "failure", "open_envelope", "parse_json", "redacted"]

_EXCERPT = 200
_UNPRINTABLE = r"[^\x20-\x7e\u00a0-\ud7ff\ue000-\uffff]+"
_LONGEST_CODE = 40
# These two are text: compiled with the first error, which re keeps, they do not burden every import.
#: Redacts what looks like a key or a token, should a proxy echo a request's headers.
_SECRET = r"(?i)(bearer\s+|(?:key|token|secret)[\"']?\s*[=:]\s*[\"']?(?=[\w.\-]*\d)|\b(?=sk-[\w\-]{8}))[\w.\-]{6,}"  # noqa: S105


class Envelope(NamedTuple):
    """A reply taken apart.

    Attributes:
        code: the body's code as text ("200" is good), or the HTTP status where the body has none.
        message: the body's message, or "".
        data: what the envelope holds; the body itself where there is no envelope.
        body: the whole body.
        wrapped: whether there was an envelope.

    """

    code: str
    message: str
    data: Any
    body: Any
    wrapped: bool

    @property
    def good(self) -> bool:
        """Whether the reply says that all is well."""
        return self.code == "200"


def redacted(message: str) -> str:
    """Return a message of the vendor's, printable, bounded and without anything that looks like a key."""
    return re.sub(_UNPRINTABLE, " ", re.sub(_SECRET, r"\1…", message)).strip()[:500]


def excerpt(body: bytes | str) -> str:
    """Return the beginning of a body, printable and without anything that looks like a key."""
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
    text = re.sub(_SECRET, r"\1…", re.sub(_UNPRINTABLE, " ", text[: 2 * _EXCERPT]))
    return text[:_EXCERPT].strip()


def code_text(value: object) -> str:
    """Return a code as text: 422, 422.0 and "422" are the same; "" for None and for what is no code."""
    if value is None or isinstance(value, (bool, dict, list)):
        return ""
    if isinstance(value, float):
        return str(int(value)) if value == value and abs(value) < 1e9 else ""  # noqa: PLR0124, PLR2004 - NaN, huge
    if isinstance(value, int):
        return str(value) if abs(value) < 10**9 else ""
    return str(value).strip()[:_LONGEST_CODE]


def parse_json(body: bytes) -> Any:
    """Parse a body.

    Raises:
        UnexpectedReply: it is no JSON.

    """
    try:
        return json.loads(body)
    except (ValueError, RecursionError, MemoryError):
        pass
    # A tolerant second look: control characters and bytes that are not UTF-8 inside strings (seen twice in the wild).
    try:
        return json.loads(body.decode("utf-8", "replace").lstrip("\ufeff"), strict=False)
    except (ValueError, RecursionError, MemoryError):
        raise UnexpectedReply("The answer is not JSON.", excerpt=excerpt(body)) from None


def open_envelope(status: int, body: bytes) -> Envelope:
    """Take a reply apart, whatever it looks like.

    Raises:
        UnexpectedReply: the body is no JSON (a proxy's page, a truncated body).

    """
    try:
        parsed = parse_json(body)
    except UnexpectedReply as error:
        error.status = status
        error.code = str(status) if status >= 300 else None  # noqa: PLR2004
        error.message = f"The answer (HTTP {status}) is not JSON: {error.excerpt!r}."
        error.args = (error.message,)
        raise
    if isinstance(parsed, dict):
        code = code_text(parsed.get("code"))
        message = parsed.get("msg") or parsed.get("message") or ""
        if code:
            return Envelope(code, str(message)[:2000], parsed.get("data"), parsed, wrapped=True)
        inner = parsed.get("error")
        if isinstance(inner, dict):  # a provider's own error, or a framework's
            code = code_text(inner.get("code")) or str(status)
            return Envelope(
                code if code.isdigit() else str(status),
                str(inner.get("message") or ""),
                None,
                parsed,
                wrapped=False,
            )
        if "status" in parsed and "path" in parsed and "error" in parsed:  # the framework's page for an unknown path
            return Envelope(code_text(parsed["status"]), str(parsed["error"]), None, parsed, wrapped=False)
        if status == 200:  # noqa: PLR2004
            return Envelope("200", str(message), parsed, parsed, wrapped=False)
        return Envelope(str(status), str(message), None, parsed, wrapped=False)
    return Envelope(str(status), "", parsed, parsed, wrapped=False)


class _Codes(NamedTuple):
    texts: tuple[tuple[re.Pattern[str], str], ...]
    codes: dict[str, dict[str, str]]


@lru_cache(maxsize=1)
def _codes() -> _Codes:
    from kie.catalogue.files import DATA

    record = json.loads((DATA / "codes.json").read_bytes())
    return _Codes(tuple((re.compile(t["match"], re.IGNORECASE), t["error"]) for t in record["texts"]), record["codes"])


def failure(
    code: str, message: str, *, model: str | None = None, task_id: str | None = None, creating: bool = False
) -> KieError:
    """Make the error that a code and a message of the vendor stand for.

    Market models report bad input with the code 500, so that message decides there before the code; elsewhere it is
    looked at for the codes that mean several things.

    Args:
        code: body code or HTTP status as text.
        message: the vendor's message.
        model: id of the model, for the error.
        task_id: id of the task, for the error.
        creating: whether the call was to create something; then a bare server fault may have cost credits.

    """
    table = _codes()
    entry = table.codes.get(code, {})
    kind = entry.get("error")
    if kind is None:
        kind = "ServiceError" if code.startswith("5") else "UnexpectedReply"
    said_by_text = next((error for pattern, error in table.texts if pattern.search(message)), kind)
    if code in ("404", "422", "500", "505") or code not in table.codes:
        kind = said_by_text
    if code == "429" and said_by_text == "InsufficientCredits":  # legacy Suno says it so
        kind, entry = said_by_text, table.codes["402"]
    if creating and kind == "TaskNotFound" and code == "404":
        kind = "ModelUnavailable"
    if creating and kind == "TaskFailed":
        kind = "ServiceError"
    cls: type[KieError] = getattr(errors, kind)
    text = redacted(message)
    said = f"kie.ai answered {code}: {text}" if text else f"kie.ai answered {code} without a message"
    return cls(
        said if said.endswith((".", "!", "?")) else f"{said}.",
        model=model,
        task_id=task_id,
        code=code,
        hint=entry.get("hint"),
        may_have_spent=creating and kind in ("ServiceError", "UnexpectedReply"),
    )
