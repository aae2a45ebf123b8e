"""How much a live run may spend: a cap for each model, and a budget for all. Nothing here knows the network."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

#: USD for a credit (CONTRACT §5: 1000 credits for 5 USD).
USD_PER_CREDIT = Decimal("0.005")


class OverBudgetError(Exception):
    """This must not be bought now; the message says why."""


@dataclass(slots=True)
class Budget:
    """Caps in RUB. `rub_per_usd` is an assumption that whoever runs it may set.

    Raises:
        ValueError: a negative cap or budget, or a rate that is not above 0.
    """

    max_price_rub: Decimal = Decimal(1)
    budget_rub: Decimal = Decimal(10)
    rub_per_usd: Decimal = Decimal(80)
    spent_credits: Decimal = field(default=Decimal(0), init=False)

    def __post_init__(self) -> None:
        numbers = (self.max_price_rub, self.budget_rub, self.rub_per_usd)
        if not all(number.is_finite() for number in numbers):
            raise ValueError("the cap, the budget and the rate must be numbers")
        if self.max_price_rub < 0 or self.budget_rub < 0 or self.rub_per_usd <= 0:
            raise ValueError("the cap and the budget must not be negative, and the rate must be above 0")

    def rub(self, credits: Decimal) -> Decimal:  # noqa: A002 - the vendor's word
        """So many credits in RUB."""
        return credits * USD_PER_CREDIT * self.rub_per_usd

    @property
    def spent_rub(self) -> Decimal:
        """What was spent so far."""
        return self.rub(self.spent_credits)

    def allow(self, credits: Decimal) -> None:  # noqa: A002
        """Says yes to a purchase of so many credits by returning.

        Raises:
            OverBudgetError: the model is dearer than the cap, or the budget does not hold it.
        """
        price = self.rub(credits)
        if price > self.max_price_rub:
            raise OverBudgetError(f"over the price cap: {price:.2f} RUB, the cap is {self.max_price_rub} RUB")
        if self.spent_rub + price > self.budget_rub:
            left = self.budget_rub - self.spent_rub
            raise OverBudgetError(f"over the budget: {price:.2f} RUB, {left:.2f} of {self.budget_rub} RUB are left")

    def pay(self, expected: Decimal, measured: Decimal) -> None:
        """Notes a purchase. The larger of what was expected and what the balance says counts: nothing is hoped for."""
        self.spent_credits += max(expected, measured, Decimal(0))
