"""Recorded exchanges are enacted again: the same requests get the same codes, keys, types and nesting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.referee import reenact
from tests.referee.parents import Parents
from tests.referee.wire import Ground

if TYPE_CHECKING:
    from pathlib import Path

    from tests.referee.vendor import Exchange
    from tests.referee.wire import Answer


def _enacted(*quirks: str) -> list[tuple[Exchange, Answer]]:
    with Ground(quirks=quirks) as ground:
        play = reenact.Play(ground, Parents(ground))
        return [pair for exchanges in reenact.files().values() for pair in play.file(exchanges)]


def _told(exchange: Exchange) -> object:
    return exchange.answer.get("code") if isinstance(exchange.answer, dict) else None


def test_every_recorded_exchange_is_answered_alike_but_for_what_records_have_gained_since(shared: Path) -> None:
    pairs = _enacted()
    assert len(pairs) >= 140
    assert len({exchange.endpoint for exchange, _ in pairs}) >= 18
    gained = set()
    for exchange, answer in pairs:
        assert (answer.status, answer.code) == (exchange.status, _told(exchange)), (exchange.file, answer.data)
        gaps = reenact.gaps(exchange, answer)
        gained |= {place for place, _, _ in gaps} & reenact.LATER.keys()
        wrong = [gap for gap in gaps if gap[0] not in reenact.LATER or gap[1] != "absent"]
        assert not wrong, (exchange.file, exchange.endpoint, wrong)
    assert gained == reenact.LATER.keys(), "what is on the list must still be there"


def test_with_the_quirk_of_april_2026_the_records_are_exactly_those_of_april(shared: Path) -> None:
    for exchange, answer in _enacted("record-2026-04"):
        assert answer.code == _told(exchange)
        assert not reenact.gaps(exchange, answer), (exchange.file, exchange.endpoint)
