"""What a reply says of a task: the same few words for every dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

__all__ = ["CallbackHint", "State", "TaskError", "TaskState"]

State: TypeAlias = Literal["queued", "running", "succeeded", "failed"]

_NO_EXTRAS: Mapping[str, tuple[str, ...]] = {}


class TaskError(NamedTuple):
    """Why a task failed, in the vendor's words.

    Attributes:
        code: the vendor's code as text, or "" where none was told.
        message: the vendor's message, or "" where none was told.

    """

    code: str
    message: str


class TaskState(NamedTuple):
    """What a reply says of a task.

    Attributes:
        state: "queued", "running", "succeeded" or "failed".
        progress: 0..1, or None where the vendor tells none.
        outputs: links of the results; complete once the state is "succeeded".
        text: the result where it is text (lyrics, a style, a transcript, an id), or None.
        error: code and message of a failure, or None.
        credits: credits as the vendor reports them for this task, or None; held from creation on, so they may be there
            before the end.
        raw: the reply's record as it came (``data`` of the envelope).
        extras: further links by name ("cover", "stream", "original", "watermarked", "first_frame"...).
        texts: all variants, where the result is text and there are several.
        data: the structured result (notes, words with times, a status), or None.
        word: the vendor's own word for the state.
        settling: the vendor says success, but the result is not there yet; the state is "running" then.
        expired: the vendor says that the result's links are dead.

    """

    state: State
    progress: float | None = None
    outputs: tuple[str, ...] = ()
    text: str | None = None
    error: TaskError | None = None
    credits: Decimal | None = None
    raw: Any = None
    extras: Mapping[str, tuple[str, ...]] = _NO_EXTRAS
    texts: tuple[str, ...] = ()
    data: Any = None
    word: str | None = None
    settling: bool = False
    expired: bool = False

    @property
    def final(self) -> bool:
        """Whether the task has ended."""
        return self.state in ("succeeded", "failed")


class CallbackHint(NamedTuple):
    """What a callback claims. A hint, never an authority: its body is not signed; ask the record with your own key.

    Attributes:
        task_id: the task, or None where the body names none.
        state: the state that is claimed.
        stage: for posts that come in stages: "text", "first", "complete", "error"; else None.
        outputs: links that are claimed; do not fetch them.
        error: code and message that are claimed, or None.
        credits: credits that are claimed, or None.
        model: model that is named, or None.
        code: the body's code as text, or None.
        raw: the body, parsed.

    """

    task_id: str | None
    state: State
    stage: str | None = None
    outputs: tuple[str, ...] = ()
    error: TaskError | None = None
    credits: Decimal | None = None
    model: str | None = None
    code: str | None = None
    raw: Any = None
