"""What the records of all families are made with: times, flags, errors, and what may be shown."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from kie.emulator.results.songs import date_words
from kie.emulator.tasks import Outcome, State, Task

if TYPE_CHECKING:
    from decimal import Decimal

Json = dict[str, Any]

EMPTY = Outcome()


def compact(value: Any) -> str:
    """JSON without blanks, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def number(amount: Decimal) -> int | float:
    """An amount as the vendor writes it: 27 and 5916.25 were recorded, but no 27.0, which some languages refuse."""
    return int(amount) if amount == int(amount) else float(amount)


def millis(at: float | None) -> int | None:
    """Milliseconds since 1970."""
    return None if at is None else int(at * 1000)


def iso(at: float | None) -> str | None:
    """ISO 8601 with milliseconds, in UTC."""
    return (
        None
        if at is None
        else datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    )


def words_of(at: float | None) -> str | None:
    """A date and time as in 2026-01-31 09:30:00."""
    return None if at is None else date_words(at)


def show(task: Task) -> Outcome:
    """What may be shown: everything on success, one song of two after the first, else nothing."""
    if task.outcome is None or task.state not in {State.SUCCESS, State.FIRST}:
        return EMPTY
    return task.outcome


def flag(task: Task, failed: int = 3) -> int:
    """successFlag: 0 while it works, 1 on success, else `failed`."""
    return {State.SUCCESS: 1, State.FAIL: failed}.get(task.state, 0)


def error_fields(task: Task, *, fine: Any = None, quiet: Any = "") -> Json:
    """ErrorCode and errorMessage."""
    if task.failure is None or task.state is not State.FAIL:
        return {"errorCode": fine, "errorMessage": quiet}
    return {"errorCode": task.failure.code, "errorMessage": task.failure.message}


def body_of(task: Task) -> Json:
    """The request as it was sent."""
    return {**task.inputs, **({"callBackUrl": task.callback} if task.callback else {})}
