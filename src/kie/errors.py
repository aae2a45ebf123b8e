"""Everything that can go wrong, as one tree.

::

    KieError
    ├── InvalidInput            the input breaks the model's schema; nothing was sent (or the vendor refused it unread)
    ├── AuthenticationError     no key, a wrong key, an address that is not allowed, a sub-key's cap (401, 433)
    ├── InsufficientCredits     the balance does not cover the task (402)
    ├── RateLimited             refused for frequency, also after the retries (429, 430)
    ├── ModelUnavailable        unknown, retired, paused or switched off; says what to use instead (422, 455, 500, 505)
    ├── TaskNotFound            kie.ai knows no task of that id (404, 422, ``data: null``)
    ├── TaskFailed              the task ended in failure; its code and message are the vendor's
    ├── TaskTimeout             the wait ended before the task did; the task goes on and can be resumed by its id
    ├── SubmitOutcomeUnknown    the request may have arrived; a task may exist and may have been paid for
    ├── ConnectionFailed        no usable connection; nothing was created
    ├── ServiceError            the vendor answered with a fault of its own (500, 502, 550 …)
    ├── UnexpectedReply         the answer is not what any document or recording promises
    ├── DownloadFailed          a result could not be fetched whole
    ├── BudgetExceeded          the estimate is above the limit that the caller set; nothing was sent
    └── WebhookInvalid          a callback without a valid, timely signature

Every error can be pickled and carries ``model``, ``task_id``, ``request_id``, ``code`` (the vendor's) and
``may_have_spent``: whether credits may have been taken by the call that failed.
"""

from __future__ import annotations

from typing import Any, Self

__all__ = [
    "AuthenticationError",
    "BudgetExceeded",
    "ConnectionFailed",
    "DownloadFailed",
    "InsufficientCredits",
    "InvalidInput",
    "KieError",
    "ModelUnavailable",
    "RateLimited",
    "ServiceError",
    "SubmitOutcomeUnknown",
    "TaskFailed",
    "TaskNotFound",
    "TaskTimeout",
    "UnexpectedReply",
    "WebhookInvalid",
]


class KieError(Exception):
    """The root of all errors that this package raises on purpose.

    Args:
        message: what happened, in a sentence.
        model: id of the model, where one is concerned.
        task_id: id of the task, where one exists.
        request_id: the id under which the request can be found (ours, or the vendor's trace id).
        may_have_spent: whether credits may have been taken by the call that failed.
        code: the vendor's code (body code, ``failCode`` or ``errorCode``), as text.
        hint: what to do about it, in a sentence.
        details: further attributes of one kind of error, by name.

    """

    def __init__(
        self,
        message: str,
        *,
        model: str | None = None,
        task_id: str | None = None,
        request_id: str | None = None,
        may_have_spent: bool = False,
        code: str | None = None,
        hint: str | None = None,
        **details: Any,
    ) -> None:
        """Keep the message and the fields."""
        super().__init__(message)
        self.message = message
        self.model = model
        self.task_id = task_id
        self.request_id = request_id
        self.may_have_spent = may_have_spent
        self.code = code
        self.hint = hint
        self.__dict__.update(details)

    def __str__(self) -> str:
        """Render the message with model, task and request, whether money is at stake, and the advice."""
        about = [
            f"{label} {value}"
            for label, value in (
                ("model", self.model),
                ("task", self.task_id),
                ("code", self.code),
                ("request", self.request_id),
            )
            if value
        ]
        text = self.message
        if about:
            text += f" [{', '.join(about)}]"
        if self.may_have_spent:
            text += " Credits may have been spent."
        if self.hint:
            text += f" {self.hint}"
        return text

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by class, message and fields."""
        state = dict(self.__dict__)
        state.pop("message", None)
        return (_rebuild, (type(self), self.message, state))

    def about(self, **fields: str | bool | None) -> Self:
        """Fill in fields that were not known where the error was made; fields already set stay."""
        for name, value in fields.items():
            if not getattr(self, name, None):
                setattr(self, name, value)
        return self


def _rebuild(kind: type[KieError], message: str, state: dict[str, Any]) -> KieError:
    error = kind(message)
    error.__dict__.update(state)
    return error


class InvalidInput(KieError):
    """The input does not fit the model.

    Attributes:
        field: path of the field at fault, like ``images[2]``, or None where the whole is at fault.
        allowed: the allowed values, where they can be listed.
        nearest: the allowed value or the known field that is nearest to what was given.

    """

    field: str | None = None
    allowed: tuple[Any, ...] | None = None
    nearest: Any = None


class AuthenticationError(KieError):
    """There is no key, or kie.ai did not accept it."""


class InsufficientCredits(KieError):
    """The balance does not cover the task; nothing was created."""


class RateLimited(KieError):
    """Too many calls, also after waiting and trying again.

    Attributes:
        retry_after: seconds to wait as told by the server, or None.

    """

    retry_after: float | None = None


class ModelUnavailable(KieError):
    """No such model, or it is retired, paused or switched off.

    Attributes:
        successor: id of the model to use instead, or None.

    """

    successor: str | None = None


class TaskNotFound(KieError):
    """kie.ai knows no task of that id (any more)."""


class TaskFailed(KieError):
    """The task ended in failure. kie.ai returns the credits of a failed task, so it says."""


class TaskTimeout(KieError):
    """The wait ended before the task did.

    The task goes on at kie.ai: ``kie.task(model, task_id).wait()`` resumes.

    Attributes:
        waited: seconds waited.
        state: the last state seen ("queued" or "running"), or None.

    """

    waited: float | None = None
    state: str | None = None


class SubmitOutcomeUnknown(KieError):
    """The connection was lost, or the answer unusable, after a paid request may have arrived.

    The request is never sent again by itself. To find out: wait for the callback of this submission, look at the
    balance before and after, or look into the task list at kie.ai; then adopt with ``kie.task(model, task_id)``.

    Attributes:
        endpoint: method and path of the request.
        callback_url: the callback address of this submission, or None.
        body_sha256: hash of the request body, to recognise the request in logs.
        submitted_at: Unix time in seconds when the request was sent.

    """

    endpoint: str | None = None
    callback_url: str | None = None
    body_sha256: str | None = None
    submitted_at: float | None = None


class ConnectionFailed(KieError):
    """No connection, or it broke during a call that creates nothing."""


class ServiceError(KieError):
    """kie.ai, or a system behind it, reported a fault of its own.

    Attributes:
        retry_after: seconds to wait as told by the server, or None.

    """

    retry_after: float | None = None


class UnexpectedReply(KieError):
    """The answer is not what any document or recording promises.

    Attributes:
        status: HTTP status of the answer.
        excerpt: the first characters of the body, made printable.

    """

    status: int | None = None
    excerpt: str | None = None


class DownloadFailed(KieError):
    """A result could not be fetched whole.

    Attributes:
        url: the link, without its query.
        status: HTTP status, or None.

    """

    url: str | None = None
    status: int | None = None


class BudgetExceeded(KieError):
    """The estimated price is above the limit that the caller set; nothing was sent.

    Attributes:
        estimate: the estimate in credits (Decimal).
        limit: the limit in credits (Decimal).

    """

    estimate: Any = None
    limit: Any = None


class WebhookInvalid(KieError):
    """A callback without a valid signature, too old, or not readable."""
