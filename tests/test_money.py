"""Credits and money are decimals, from the reply to the screen."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kie.errors import InvalidInput
from kie.money import ASSUMED_RATES, CREDIT_USD, Currency, Price, credits_of, currency, usd


@pytest.mark.parametrize(
    ("told", "amount"),
    [
        (5, "5"),
        (0, "0"),
        (0.4, "0.4"),
        (5916.25, "5916.25"),
        (38.88, "38.88"),
        (0.1 + 0.2, "0.30000000000000004"),
        ("0.98", "0.98"),
        (" 12 ", "12"),
        ("1e2", "1e2"),
        (-3, "-3"),
        (Decimal("2.50"), "2.50"),
        (999_999_999_999, "999999999999"),
        ("0E+999999", "0"),
    ],
)
def test_amounts_are_read_exactly(told: Any, amount: str) -> None:
    assert credits_of(told) == Decimal(amount)
    assert type(credits_of(told)) is Decimal


_NO_AMOUNTS: list[Any] = [None, True, "", "free", [], {}, b"5", math.nan, math.inf, "NaN", "Infinity", "sNaN", 10**12]
_NO_AMOUNTS += [10**400, 1e300, "1e999999999", "1e-999999999", Decimal("NaN"), object(), 1j]


@pytest.mark.parametrize("told", _NO_AMOUNTS, ids=[str(n) for n in range(len(_NO_AMOUNTS))])
def test_what_is_no_amount_is_none(told: Any) -> None:
    assert credits_of(told) is None


@given(st.decimals(allow_nan=True, allow_infinity=True) | st.text() | st.integers() | st.floats())
def test_any_amount_can_be_worked_with(told: Any) -> None:
    amount = credits_of(told)
    if amount is not None:
        assert amount.is_finite()
        assert usd(amount).is_finite()
        assert Currency("RUB", Decimal("92.5")).of(amount).is_finite()


def test_a_credit_is_half_a_cent() -> None:
    assert Decimal("0.005") == CREDIT_USD
    assert usd(Decimal(1000)) == Decimal(5)
    assert usd(Decimal("0.8")) == Decimal("0.004")
    assert usd(Decimal("1.75")) == Decimal("0.00875")


def test_the_currency_is_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    assert currency() == Currency("RUB", ASSUMED_RATES["RUB"], assumed=True)
    monkeypatch.setenv("KIE_CURRENCY", "eur=0.9")
    assert currency() == Currency("EUR", Decimal("0.9"))
    assert currency("USD") == Currency("USD", Decimal(1))
    assert currency("rub=92.50") == Currency("RUB", Decimal("92.50"))
    assert currency("RUB", "95") == Currency("RUB", Decimal(95))
    assert currency("KZT=1", 500) == Currency("KZT", Decimal(500))
    assert currency(" Usd ").code == "USD"


@pytest.mark.parametrize("setting", ["KZT", "RUB=", "RUB=abc", "RUB=0", "RUB=-5", "RUB=nan", "RUB=inf", "=5x"])
def test_a_currency_without_a_rate_is_asked_for(setting: str) -> None:
    if setting == "RUB=":  # no rate said: the assumed one
        assert currency(setting).assumed
        return
    with pytest.raises(InvalidInput) as caught:
        currency(setting)
    assert caught.value.field == "KIE_CURRENCY"


@pytest.mark.parametrize("rate", [0, -1, "x", math.nan, math.inf])
def test_a_rate_must_be_a_positive_number(rate: Any) -> None:
    with pytest.raises(InvalidInput):
        currency("RUB", rate)


@pytest.mark.parametrize(
    ("credits_", "rate", "shown"),
    [
        ("8", "80", "3.20"),
        ("0.8", "80", "0.32"),
        ("12", "1", "0.06"),
        ("0.4", "1", "0.002"),
        ("1.75", "1", "0.0088"),
        ("0", "80", "0.00"),
        ("370", "92.50", "171.12"),
        ("-8", "80", "-3.20"),
    ],
)
def test_money_is_shown_in_hundredths_or_two_digits(credits_: str, rate: str, shown: str) -> None:
    assert str(Currency("X", Decimal(rate)).of(Decimal(credits_))) == shown


def test_a_price_is_a_number_or_a_range() -> None:
    one = Price(Decimal(8), Decimal(8), "image")
    assert one.exact
    assert (one.credits, one.usd) == (Decimal(8), Decimal("0.04"))
    assert one.within(Decimal(8))
    assert not one.within(Decimal("7.99"))
    some = Price(Decimal(8), Decimal(18), "image")
    assert not some.exact
    assert some.credits == Decimal(18)
    assert not some.within(Decimal(10))
    open_ = Price(Decimal(8), None, "second")
    assert not open_.exact
    assert open_.credits == Decimal(8)
    assert not open_.within(Decimal(10**6))
