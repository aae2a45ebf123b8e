"""Balances: what two readings prove, and what is done about credits that run out, are spent by others, come back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kie.service.reconcile import Proof, Reading, What, judge

AMOUNTS = st.integers(0, 10**12)


@given(AMOUNTS, st.lists(AMOUNTS, max_size=5), st.lists(AMOUNTS, max_size=3), AMOUNTS, st.booleans())
def test_the_difference_proves_what_it_can_and_no_more(
    start: int,
    told: list[int],
    untold: list[int],
    foreign: int,
    known: bool,  # noqa: FBT001 - drawn
) -> None:
    """The world: tasks whose cost was told, tasks whose cost was not, and what others spent."""
    gone = sum(told) + sum(untold) + foreign
    before, after = Reading(0.0, start, 7), Reading(9.0, start - gone, 7 + sum(told))
    proof = judge(before, after, [str(number) for number in range(len(untold))], foreign=known)
    if not untold:
        assert proof == (Proof(What.SPENT, foreign) if foreign else Proof(What.AGREES, 0))
    elif len(untold) == 1 and not known:
        assert proof == Proof(What.COST, untold[0] + foreign)  # what nobody can tell apart
    else:
        assert proof.what is What.UNKNOWN


@given(AMOUNTS, AMOUNTS, st.integers(1, 10**12), st.integers(0, 2))
def test_credits_that_came_in_prove_no_cost(start: int, told: int, bought: int, open_: int) -> None:
    before, after = Reading(0.0, start, 0), Reading(9.0, start - told + bought, told)
    proof = judge(before, after, ["g"] * open_)
    assert proof == (Proof(What.UNKNOWN, 0) if open_ else Proof(What.CREDITED, bought))
