"""Hypothesis strategies: scripts of faults, each of them one that the emulator takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    from hypothesis import strategies as st
except ImportError as error:
    raise ImportError("kie.testing.strategies needs Hypothesis: pip install hypothesis") from error

from kie.emulator import DEEDS, STAGES, Fault

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Deeds that wait take no longer than this: a thousand examples are to be tried in reasonable time.
_SECONDS = (0.0, 0.01, 0.05)
_NTH = 4
_TIMES = 3


def fault_scripts(
    stages: Iterable[str] | str | None = None,
    max_rules: int = 4,
    *,
    min_rules: int = 0,
    deeds: Iterable[str] | None = None,
    endless: bool = False,
) -> st.SearchStrategy[list[Fault]]:
    """Lists of faults, for `Emulator(faults=...)`.

    They shrink towards few rules which strike the first request, once, with the deed that stands first in its stage.

    Args:
        stages: Where faults may strike: of create, poll, media, callback, upload and chat; by default anywhere.
        max_rules: At most so many rules in a script.
        min_rules: At least so many.
        deeds: What may be done; by default all that the stages know.
        endless: Whether a rule may strike every request from some point on: a client cannot get past such a one.

    Raises:
        ValueError: for a stage or a deed that does not exist, or where none is left to choose from.
    """
    chosen = [stages] if isinstance(stages, str) else list(STAGES if stages is None else stages)
    if unknown := sorted(set(chosen) - set(STAGES)):
        raise ValueError(f"no such stage: {', '.join(unknown)}; there are {', '.join(STAGES)}")
    known = {deed for stage in STAGES for deed in _deeds(stage)}
    wanted = known if deeds is None else set(deeds)
    if unknown := sorted(wanted - known):
        raise ValueError(f"no such deed: {', '.join(unknown)}; there are {', '.join(sorted(known))}")
    places = [(stage, deed) for stage in chosen for deed in _deeds(stage) if deed in wanted]
    if not places:
        raise ValueError(f"none of {', '.join(sorted(wanted))} can be done to {', '.join(chosen)}")
    rule = st.builds(
        _fault,
        st.sampled_from(places),
        nth=st.integers(1, _NTH),
        times=st.integers(1, _TIMES) | st.just(0) if endless else st.integers(1, _TIMES),
        seconds=st.sampled_from(_SECONDS),
    )
    return st.lists(rule, min_size=min_rules, max_size=max_rules)


def _fault(place: tuple[str, str], nth: int, times: int, seconds: float) -> Fault:
    stage, deed = place
    return Fault(stage, deed, nth=nth, times=times, seconds=seconds)


def _deeds(stage: str) -> tuple[str, ...]:
    return tuple(DEEDS[stage])
