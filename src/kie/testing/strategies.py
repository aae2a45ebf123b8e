"""Hypothesis strategies: scripts of faults, each of them one that the emulator takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

try:
    from hypothesis import strategies as st
except ImportError as error:
    raise ImportError("kie.testing.strategies needs Hypothesis: pip install hypothesis") from error

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kie.emulator import Fault

#: Waits on the wall are no longer than this: many examples are to be tried in reasonable time.
_ON_THE_WALL = (0.0, 0.01, 0.05)
#: Seconds of virtual time cost nothing.
_VIRTUAL = (1.0, 60.0, 3600.0)
_NTH = 4
_TIMES = 3
#: Fields that answers of most families have. Where one is missing the rule waits for an answer that has it.
_FIELDS = ("data", "data.taskId", "data.state", "data.resultJson", "data.downloadUrl", "code", "msg")
_CODES = (400, 422, 451, 500, 501)


def fault_scripts(
    stages: Iterable[str] | str | None = None,
    max_rules: int = 4,
    *,
    min_rules: int = 0,
    deeds: Iterable[str] | None = None,
    endless: bool = False,
) -> st.SearchStrategy[list[Fault]]:
    """Lists of faults, for `Emulator(faults=...)`.

    They shrink towards few rules which strike the first request, once, with what stands first among the deeds of the
    first stage, and with no options.

    Args:
        stages: Where faults may strike: of create, poll, media, callback, upload and chat; by default anywhere.
        max_rules: At most so many rules in a script.
        min_rules: At least so many.
        deeds: What may be done; by default all that the stages know.
        endless: Whether a rule may strike every request from some point on: a client cannot get past such a one.

    Raises:
        ValueError: for a stage or a deed that does not exist, or where none is left to choose from.
    """
    from kie.emulator.faults.deeds import DEEDS, STAGES

    chosen = [stages] if isinstance(stages, str) else list(STAGES if stages is None else stages)
    if unknown := sorted(set(chosen) - set(STAGES)):
        raise ValueError(f"no such stage: {', '.join(unknown)}; there are {', '.join(STAGES)}")
    known = {deed for stage in STAGES for deed in DEEDS[stage]}
    wanted = known if deeds is None else set(deeds)
    if unknown := sorted(wanted - known):
        raise ValueError(f"no such deed: {', '.join(unknown)}; there are {', '.join(sorted(known))}")
    places = [(stage, deed) for stage in chosen for deed in DEEDS[stage] if deed in wanted]
    if not places:
        raise ValueError(f"none of {', '.join(sorted(wanted))} can be done to {', '.join(chosen)}")
    return st.lists(_faults(places, endless=endless), min_size=min_rules, max_size=max_rules)


@st.composite
def _faults(draw: st.DrawFn, places: list[tuple[str, str]], *, endless: bool) -> Fault:
    from kie.emulator import Fault
    from kie.emulator.faults.deeds import OPTIONS

    stage, deed = draw(st.sampled_from(places))
    held: dict[str, Any] = {"nth": draw(st.integers(1, _NTH)), "times": draw(st.integers(1, _TIMES))}
    if endless and draw(st.booleans()):
        held["times"] = 0
    for option in OPTIONS.get(deed, ()):
        values = _values(stage, deed, option)
        if values and (value := draw(st.sampled_from(values))) is not None:
            held[option] = value
    return Fault(stage, deed, **held)


def _values(stage: str, deed: str, option: str) -> tuple[Any, ...]:
    """What an option may be, the simplest first; None leaves it out, and () knows nothing of use."""
    from kie.emulator.faults.deeds import WORDS

    if option == "seconds":
        return _ON_THE_WALL if stage != "callback" and deed in {"delay", "drip"} else (None, *_VIRTUAL)
    if option == "to":
        return ("renamed",) if deed == "rename-field" else (None, *WORDS.get(deed, ()))
    if option == "status":
        return (None, 403, 404) if deed == "expired" else ()
    return {"field": _FIELDS, "code": (None, *_CODES), "retry_after": (None, 0.0, 1.0)}.get(option, ())
