"""kie: one package for the kie.ai generative-media API. Unofficial.

>>> from kie import Kie
>>> kie = Kie(emulated=True)      # no key, no network; Kie() uses KIE_API_KEY
>>> kie.run("nano-banana-pro", prompt="a red bicycle").outputs[0].save("bicycle.png")  # doctest: +SKIP

Importing it costs little: a name is loaded when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kie.client.aio import AsyncKie
    from kie.client.chat import AsyncChatStream, ChatStream
    from kie.client.core import ResultCache
    from kie.client.limiter import Limiter
    from kie.client.results import AsyncOutput, AsyncResult, AsyncTask, Output, Result, Task
    from kie.client.sync import Kie
    from kie.client.uploads import UploadedFile
    from kie.errors import (
        AuthenticationError,
        BudgetExceeded,
        ConnectionFailed,
        DownloadFailed,
        InsufficientCredits,
        InvalidInput,
        KieError,
        ModelUnavailable,
        RateLimited,
        ServiceError,
        SubmitOutcomeUnknown,
        TaskFailed,
        TaskNotFound,
        TaskTimeout,
        UnexpectedReply,
        WebhookInvalid,
    )
    from kie.money import Price
    from kie.wire.chat import ChatChunk, ChatReply
    from kie.wire.state import CallbackHint, TaskError, TaskState

__version__ = "0.1.0"

_WHERE = {
    "kie.client.sync": ("Kie",),
    "kie.client.aio": ("AsyncKie",),
    "kie.client.chat": ("AsyncChatStream", "ChatStream"),
    "kie.client.core": ("ResultCache",),
    "kie.client.limiter": ("Limiter",),
    "kie.client.results": ("AsyncOutput", "AsyncResult", "AsyncTask", "Output", "Result", "Task"),
    "kie.client.uploads": ("UploadedFile",),
    "kie.money": ("Price",),
    "kie.wire.chat": ("ChatChunk", "ChatReply"),
    "kie.wire.state": ("CallbackHint", "TaskError", "TaskState"),
    "kie.errors": (
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
    ),
}
_MODULE_OF = {name: module for module, names in _WHERE.items() for name in names}

__all__ = [
    "AsyncChatStream",
    "AsyncKie",
    "AsyncOutput",
    "AsyncResult",
    "AsyncTask",
    "AuthenticationError",
    "BudgetExceeded",
    "CallbackHint",
    "ChatChunk",
    "ChatReply",
    "ChatStream",
    "ConnectionFailed",
    "DownloadFailed",
    "InsufficientCredits",
    "InvalidInput",
    "Kie",
    "KieError",
    "Limiter",
    "ModelUnavailable",
    "Output",
    "Price",
    "RateLimited",
    "Result",
    "ResultCache",
    "ServiceError",
    "SubmitOutcomeUnknown",
    "Task",
    "TaskError",
    "TaskFailed",
    "TaskNotFound",
    "TaskState",
    "TaskTimeout",
    "UnexpectedReply",
    "UploadedFile",
    "WebhookInvalid",
    "__version__",
]


def __getattr__(name: str) -> object:
    """Load a public name when it is first used."""
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(f"module 'kie' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(module), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
