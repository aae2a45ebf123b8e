"""Dates that are given on a command line: a day, a moment, or so many days back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from kie.cli.lang import t
from kie.errors import InvalidInput

__all__ = ["since"]

_SPAN = re.compile(r"(\d{1,4})\s*d")


def since(text: str, now: datetime) -> datetime:
    """Read a date, or so many days as ``30d``; days begin in UTC, as the budgets' do.

    Raises:
        InvalidInput: it is neither.

    """
    days = _SPAN.fullmatch(text.strip())
    if days is not None:
        first = now - timedelta(days=int(days[1]) - 1) if int(days[1]) else now
        return first.replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        made = datetime.fromisoformat(text.strip())
    except ValueError:
        raise InvalidInput(t("spend.since", value=text), field="--since") from None
    return made if made.tzinfo is not None else made.replace(tzinfo=UTC)
