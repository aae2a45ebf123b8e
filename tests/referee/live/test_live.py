"""The contract against the real API: free probes first, then the cheapest models. Collected with --live alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.referee.live import probes
from tests.referee.live.budget import OverBudgetError
from tests.referee.live.report import SETTINGS
from tests.referee.wire import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.referee.live.options import Settings


@pytest.fixture(scope="module")
def live(request: pytest.FixtureRequest) -> Settings:
    return request.config.stash[SETTINGS]


@pytest.fixture(scope="module")
def ends(live: Settings) -> Iterator[probes.Ends]:
    ends = probes.Ends(Line(live.api, live.key), Line(live.uploads, live.key), live.pause)
    yield ends
    ends.api.close()
    ends.uploads.close()


@pytest.mark.parametrize("probe", probes.FREE)
def test_free(probe: str, ends: probes.Ends) -> None:
    probes.FREE[probe](ends)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("purchase", probes.purchases(), ids=lambda purchase: purchase.model)
def test_bought(purchase: probes.Purchase, live: Settings, ends: probes.Ends) -> None:
    try:
        probes.buy(ends, live.budget, purchase)
    except OverBudgetError as too_much:
        pytest.skip(str(too_much))
