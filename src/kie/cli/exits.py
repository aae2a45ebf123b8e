"""Exit codes: what a script learns of an error."""

from __future__ import annotations

from typing import Final

from kie import errors

__all__ = ["DONE", "FAILED", "INTERRUPTED", "TIMED_OUT", "UNAVAILABLE", "USAGE", "code_of"]

DONE: Final = 0
FAILED: Final = 1
USAGE: Final = 2
ACCOUNT: Final = 3
UNAVAILABLE: Final = 4
TIMED_OUT: Final = 5
INTERRUPTED: Final = 130

_CODES: tuple[tuple[type[errors.KieError], int], ...] = (
    (errors.TaskFailed, FAILED),
    (errors.TaskTimeout, TIMED_OUT),
    (errors.AuthenticationError, ACCOUNT),
    (errors.InsufficientCredits, ACCOUNT),
    (errors.BudgetExceeded, ACCOUNT),
    (errors.InvalidInput, USAGE),
    (errors.ModelUnavailable, USAGE),
    (errors.TaskNotFound, USAGE),
    (errors.WebhookInvalid, USAGE),
)


def code_of(error: errors.KieError) -> int:
    """Return the exit code of an error; what is not the user's doing is a fault of network or vendor."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), UNAVAILABLE)
