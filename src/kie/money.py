"""Credits and money: decimals only, never floats.

One credit is 0.005 USD (kie.ai pricing page, seen 2026-10-02).
"""

from __future__ import annotations

import os
from decimal import Decimal, InvalidOperation
from typing import NamedTuple, TypeAlias

from kie.errors import InvalidInput

__all__ = ["CREDIT_USD", "Currency", "Price", "credits_of", "currency", "usd"]

CREDIT_USD = Decimal("0.005")

#: Units of a currency for one USD, used where no rate is set. An assumption of 2026-11, not a quotation: set your own
#: with ``KIE_CURRENCY=RUB=92.50`` or ``--rate``.
ASSUMED_RATES = {"USD": Decimal(1), "RUB": Decimal(80), "EUR": Decimal("0.86")}

#: Numbers outside this range cannot be an amount of credits; they would be a broken reply.
_MOST = Decimal(10) ** 12
_LEAST = -12

Number: TypeAlias = "Decimal | int | float | str"


def credits_of(value: object) -> Decimal | None:
    """Read an amount of credits out of a reply: a number or a numeric string; None for anything else.

    Floats go through their shortest text, so that 0.4 is exactly 0.4.
    """
    if value is None or isinstance(value, bool):
        return None
    if not isinstance(value, (int, float, str, Decimal)):
        return None
    if isinstance(value, int) and abs(value) >= _MOST:  # str() of a huge int is slow or refused
        return None
    try:
        amount = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    if not amount:
        return Decimal(0) if amount.is_finite() else None
    # Judged by its exponent: a comparison would work the exponent out, and 1e999999999 cannot be worked out.
    return amount if amount.is_finite() and _LEAST <= amount.adjusted() < _MOST.adjusted() else None


def usd(credits: Decimal) -> Decimal:  # noqa: A002 - the vendor's own word for its money
    """Credits in USD, exact."""
    return credits * CREDIT_USD


class Currency(NamedTuple):
    """A currency to show prices in.

    Attributes:
        code: ISO 4217 code.
        per_usd: units of the currency for one USD.
        assumed: whether the rate is our assumption rather than the user's setting.

    """

    code: str
    per_usd: Decimal
    assumed: bool = False

    def of(self, credits: Decimal) -> Decimal:  # noqa: A002
        """Credits in this currency, rounded to hundredths (or two significant digits below that)."""
        amount = usd(credits) * self.per_usd
        if amount and abs(amount) < Decimal("0.1"):
            return amount.quantize(Decimal(1).scaleb(amount.adjusted() - 1)).normalize()
        return amount.quantize(Decimal("0.01"))


def currency(setting: str | None = None, rate: Number | None = None) -> Currency:
    """Read a currency from ``setting`` or ``KIE_CURRENCY``: ``RUB`` or ``RUB=92.50``; the default is RUB.

    Args:
        setting: the code, with or without a rate for one USD; None reads the environment.
        rate: a rate for one USD that goes before the setting's own.

    Raises:
        InvalidInput: the rate is not a positive number, or no rate is known for the code.

    """
    text = setting or os.environ.get("KIE_CURRENCY") or "RUB"
    code, _, own = text.strip().upper().partition("=")
    given = rate if rate is not None else own or None
    if given is None:
        if code not in ASSUMED_RATES:
            message = f"No rate is known for the currency {code!r}."
            raise InvalidInput(message, field="KIE_CURRENCY", hint=f"Say it: KIE_CURRENCY={code}=<units for 1 USD>.")
        return Currency(code, ASSUMED_RATES[code], assumed=code != "USD")
    per_usd = credits_of(given)
    if per_usd is None or per_usd <= 0:
        message = f"{given!r} is not a rate: a positive number of {code} for one USD is needed."
        raise InvalidInput(message, field="KIE_CURRENCY")
    return Currency(code, per_usd)


class Price(NamedTuple):
    """What a call costs, as far as it can be known beforehand.

    Attributes:
        low: the least that it can cost in credits, given what is known of the input.
        high: the most, or None where no upper bound is known (the length of an input video, say).
        unit: what the vendor bills by: second, image, video, task, 1k_chars, megapixel, layer, M_tokens.
        note: what the figure rests on or leaves out, or "".
        source: where the price comes from.
        date: when it was seen (ISO date).

    """

    low: Decimal
    high: Decimal | None
    unit: str
    note: str = ""
    source: str = ""
    date: str = ""

    @property
    def exact(self) -> bool:
        """Whether the price is one known number."""
        return self.high is not None and self.low == self.high

    @property
    def credits(self) -> Decimal:
        """The price in credits: the number itself where exact, else the upper bound, else the lower one."""
        return self.low if self.high is None else self.high

    @property
    def usd(self) -> Decimal:
        """The price in USD, by the same rule as ``credits``."""
        return usd(self.credits)

    def within(self, limit: Decimal) -> bool:
        """Whether the price surely stays within ``limit`` credits."""
        return self.high is not None and self.high <= limit
