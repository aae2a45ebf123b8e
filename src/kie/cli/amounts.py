"""Amounts for people: credits, USD, the user's currency; sizes and times."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kie.cli.lang import current, number, plural, t
from kie.money import usd

if TYPE_CHECKING:
    from kie.money import Currency, Price

__all__ = ["dollars", "in_credits", "in_currency", "money", "price_line", "rate_note", "seconds", "size"]


def _trimmed(amount: Decimal, digits: int = 2) -> str:
    """Return at least ``digits`` digits after the point, more where the amount has them (up to four)."""
    exact = amount.quantize(Decimal("0.0001")) if amount else Decimal(0)
    text = f"{exact:f}".rstrip("0") if "." in f"{exact:f}" else f"{exact:f}"
    whole, _, fraction = text.partition(".")
    return number(f"{whole}.{fraction.ljust(digits, '0')}")


def dollars(credits: Decimal) -> str:  # noqa: A002 - the vendor's word for its money
    """Return credits as USD: ``$0.04``, in Russian ``0,04 $``."""
    text = _trimmed(usd(credits))
    return f"{text} $" if current() == "ru" else f"${text}"


def in_currency(credits: Decimal, currency: Currency) -> str:  # noqa: A002
    """Return credits in a currency: ``3.20 RUB``, in Russian ``3,20 ₽``."""
    sign = "₽" if currency.code == "RUB" and current() == "ru" else currency.code
    return f"{number(f'{currency.of(credits):f}')} {sign}"


def in_credits(credits: Decimal) -> str:  # noqa: A002
    """Return an amount of credits with its word."""
    plain = f"{credits.normalize():f}"
    if credits == credits.to_integral_value():
        return plural("amount.credits", int(credits))
    return t("amount.credits", count=number(plain))


def money(credits: Decimal, currency: Currency) -> str:  # noqa: A002
    """Return an amount in credits, USD and the user's currency."""
    parts = [in_credits(credits), dollars(credits)]
    if currency.code != "USD":
        parts.append(in_currency(credits, currency))
    return " · ".join(parts)


def price_line(price: Price | None, currency: Currency) -> str:
    """Return an estimate: one amount, a range, or that none is published."""
    if price is None:
        return t("amount.unpublished")
    if price.exact:
        return money(price.low, currency)
    if price.high is None:
        return t("amount.from", low=money(price.low, currency))
    return t("amount.range", low=number(price.low), high=money(price.high, currency))


def rate_note(currency: Currency) -> str | None:
    """Return a sentence where the rate is our assumption, else None."""
    if not currency.assumed:
        return None
    return t("amount.assumed", rate=number(currency.per_usd), code=currency.code)


def money_record(credits: Decimal | None, currency: Currency) -> dict[str, Any]:  # noqa: A002
    """Return an amount for a JSON document."""
    if credits is None:
        return {"credits": None, "usd": None, "amount": None}
    plain = credits.normalize()
    return {
        "credits": f"{plain:f}",
        "usd": f"{usd(plain):f}",
        "amount": f"{currency.of(credits):f}",
        "currency": currency.code,
        "rate": f"{currency.per_usd:f}",
        "rate_assumed": currency.assumed,
    }


def size(count: int | None) -> str:
    """Return a number of bytes for people."""
    if count is None:
        return ""
    amount = float(count)
    for unit in ("B", "kB", "MB"):
        if amount < 1000:  # noqa: PLR2004
            return f"{number(f'{amount:.0f}' if unit != 'MB' else f'{amount:.1f}')} {t('unit.' + unit)}"
        amount /= 1000
    return f"{number(f'{amount:.2f}')} {t('unit.GB')}"


def seconds(amount: float) -> str:
    """Return a length of time for people."""
    if amount >= 60:  # noqa: PLR2004
        minutes, rest = divmod(round(amount), 60)
        return t("unit.minutes", minutes=minutes, seconds=rest)
    return t("unit.seconds", seconds=number(f"{amount:.1f}" if amount < 9.95 else f"{amount:.0f}"))  # noqa: PLR2004
