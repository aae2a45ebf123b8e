"""One way to speak to kie.ai: how a task is created, asked for and read.

A record of data, in the manner of botocore's waiters with what they lack: progress, outputs, errors, a rule for unknown
states, deadlines, expiry.
"""

from __future__ import annotations

from typing import Any

__all__ = ["Dialect"]

_DAY = 86400


class Dialect:
    """A dialect, read from its file under ``data/dialects``; ``kie.wire.read`` interprets it.

    Attributes:
        name: the name by which models refer to it.
        shape: "task" (create, then ask), "immediate" (the answer is the result), "follow-up" (asked until it is
            there), "upload" or "chat".
        submit: method, path, form of the body (``model-input``, ``flat``, ``query``, ``multipart``, ``none``), name of
            the callback field, paths of the task id in the answer.
        query: method, path and the name of the task id's parameter, or None.
        result: what a success carries: urls, text or data.
        lifetime: seconds that result links live.
        wait: ``first`` and ``step`` in seconds where the dialect fixes them, ``expect`` and ``deadline``.
        followups: what can be asked of a finished task, by name ("1080p", "4k", "extend", "wav").
        raw: the record itself.

    """

    __slots__ = (
        "_reader",
        "followups",
        "lifetime",
        "name",
        "query",
        "raw",
        "result",
        "shape",
        "submit",
        "wait",
    )

    def __init__(self, record: dict[str, Any]) -> None:
        self.raw = record
        self.name: str = record["name"]
        self.shape: str = record.get("shape", "task")
        self.submit: dict[str, Any] = record["submit"]
        self.query: dict[str, Any] | None = record.get("query")
        self.result: str = record.get("result", "urls")
        self.lifetime: float = record.get("lifetime", 14 * _DAY)
        self.wait: dict[str, float] = record.get("wait", {})
        self.followups: dict[str, list[dict[str, Any]]] = record.get("followups", {})
        self._reader: Any = None

    def __repr__(self) -> str:
        """Show the name."""
        return f"<Dialect {self.name}>"
