"""The cases of the live run hold on the emulator too: it is the same contract."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.referee.live import probes
from tests.referee.live.budget import Budget
from tests.referee.wire import KEY, Ground

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def ends() -> Iterator[probes.Ends]:
    with Ground(clock="jump", credits=1000, keys=[KEY]) as ground:
        yield probes.Ends(ground.line, ground.line, pause=0)


@pytest.mark.parametrize("probe", probes.FREE)
def test_free(probe: str, ends: probes.Ends) -> None:
    before = probes.balance(ends)
    probes.FREE[probe](ends)
    assert probes.balance(ends) == before


@pytest.mark.parametrize("purchase", probes.purchases(), ids=lambda purchase: purchase.model)
def test_bought(purchase: probes.Purchase, ends: probes.Ends) -> None:
    budget = Budget(Decimal(100), Decimal(100))
    probes.buy(ends, budget, purchase)
    assert budget.spent_credits == purchase.credits
