"""What was spent, as the ledger has it: the same on both databases, to the day and to the hundredth."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from kie.service import spending
from kie.store.opening import open_database
from kie.store.sides import open_side

if TYPE_CHECKING:
    from kie.store.work import Begin

DAY = 86_400
ENTRIES = (
    # at, kind, project, model, amount in millionths, rate in millionths of a dollar
    (20_000 * DAY - 0.01, "settle", "shop", "a", 1_250_000, 5_000),
    (20_000 * DAY, "settle", "shop", "a", 18_000_000, 5_000),
    (20_001 * DAY, "settle", "shop", "b", 18_000_000, 5_000),
    (20_001 * DAY + 5, "adjust", "shop", "b", -8_000_000, 5_000),
    (20_002 * DAY - 0.01, "settle", "site", "b", 2_000_000, 4_000),
    (20_002 * DAY, "hold", "site", "b", 90_000_000, 5_000),
    (20_002 * DAY, "release", "site", "b", -90_000_000, 5_000),
)


def filled(url: str) -> None:
    asyncio.run(open_database(url).close())
    with open_side(url, change=True) as side:
        for number, (at, kind, project, model, amount, rate) in enumerate(ENTRIES):
            side.execute(
                "INSERT INTO entry (at, kind, project, model, account, generation, amount, source, rate)"
                " VALUES (?, ?, ?, ?, 'default', ?, ?, 'reported', ?)",
                (at, kind, project, model, f"gen_{number}", amount, rate),
            )
        side.commit()


def read(url: str, begin: Begin[Any]) -> Any:
    async def go() -> Any:
        async with open_database(url) as database:
            return await database.read(begin)

    return asyncio.run(go())


def test_days_begin_at_midnight_of_utc(database: str) -> None:
    filled(database)
    found = read(database, partial(spending.spent, "day", 0.0))
    assert [(each.name, each.generations, each.credits) for each in found] == [
        ("2024-10-03", 1, Decimal("1.25")),
        ("2024-10-04", 1, Decimal(18)),
        ("2024-10-05", 2, Decimal(12)),
    ]
    assert [each.usd for each in found] == [Decimal("0.00625"), Decimal("0.09"), Decimal("0.058")]


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("model", [("a", Decimal("19.25")), ("b", Decimal(12))]),
        ("project", [("shop", Decimal("29.25")), ("site", Decimal(2))]),
        ("account", [("default", Decimal("31.25"))]),
        ("caller", [("", Decimal("31.25"))]),
    ],
)
def test_sums_are_exact_the_largest_first(database: str, way: str, expected: list[tuple[str, Decimal]]) -> None:
    filled(database)
    assert [(each.name, each.credits) for each in read(database, partial(spending.spent, way, 0.0))] == expected
    late = read(database, partial(spending.spent, way, 20_002.0 * DAY - 1, "site"))
    assert [each.credits for each in late] == [Decimal(2)]
    assert read(database, partial(spending.held)) == 0
