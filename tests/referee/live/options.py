"""The options of a live run, and what it needs: the flag and the key, both. Without the flag nothing is collected."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import pytest

from tests.referee.live.budget import Budget

if TYPE_CHECKING:
    from collections.abc import Mapping

API = "https://api.kie.ai"
UPLOADS = "https://kieai.redpandaai.co"
#: What a live run is told by the environment. Every other test runs without these.
VARIABLES = ("KIE_API_KEY", "KIE_BASE_URL", "KIE_UPLOAD_URL")


def add(parser: pytest.Parser) -> None:
    """Registers the options."""
    group = parser.getgroup("live", "the referee against the real API; spends real credits")
    group.addoption("--live", action="store_true", help="ask the real API; needs KIE_API_KEY, and -n 0")
    group.addoption("--max-price-rub", default="1", help="most that one model may cost, in RUB (default: 1)")
    group.addoption("--budget-rub", default="10", help="most that the whole run may cost, in RUB (default: 10)")
    group.addoption("--rub-per-usd", default="80", help="the rate; the default of 80 is an assumption")
    group.addoption("--live-json", metavar="PATH", help="write the results there as JSON")
    group.addoption("--live-pause", default="5", help="seconds between questions for a task (default: 5)")


@dataclass(slots=True)
class Settings:
    """A live run as it was asked for."""

    key: str
    api: str
    uploads: str
    pause: float
    budget: Budget


def settings(config: Any, environment: Mapping[str, str]) -> Settings:
    """Reads options and environment.

    Raises:
        pytest.UsageError: the key is missing, a number is none, or several processes would share one budget.
    """
    key = environment.get("KIE_API_KEY", "").strip()
    if not key:
        raise pytest.UsageError("--live needs the key in KIE_API_KEY")
    if getattr(config.option, "numprocesses", None) or hasattr(config, "workerinput"):
        raise pytest.UsageError("--live needs -n 0: several processes would not know what the others spend")
    numbers = {}
    for name in ("max_price_rub", "budget_rub", "rub_per_usd", "live_pause"):
        try:
            numbers[name] = Decimal(config.getoption(name))
        except InvalidOperation:
            raise pytest.UsageError(f"--{name.replace('_', '-')} must be a number") from None
    try:
        budget = Budget(numbers["max_price_rub"], numbers["budget_rub"], numbers["rub_per_usd"])
    except ValueError as wrong:
        raise pytest.UsageError(str(wrong)) from None
    api = environment.get("KIE_BASE_URL", "").strip() or API
    own = UPLOADS if api == API else api  # an emulator takes uploads at its one address
    uploads = environment.get("KIE_UPLOAD_URL", "").strip() or own
    return Settings(key, api, uploads, float(numbers["live_pause"]), budget)
