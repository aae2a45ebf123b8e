"""Credits in the database: whole millionths, so that sums are exact on both databases."""

from __future__ import annotations

from decimal import Decimal

__all__ = ["MILLION", "to_credits", "to_units"]

MILLION = 1_000_000


def to_units(amount: Decimal) -> int:
    """Credits as millionths; what is finer is rounded up, so that a hold is never too small."""
    return int((amount * MILLION).to_integral_value(rounding="ROUND_CEILING"))


def to_credits(units: int) -> Decimal:
    """Millionths as credits."""
    return Decimal(units) / MILLION
