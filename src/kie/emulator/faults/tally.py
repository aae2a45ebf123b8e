"""The faults of a running emulator: which rule strikes which request. What it then does, `mischief` and others do.

A rule decides by the seed, its own number and the ordinal of the request among those that it matches: so the same
script, seed and requests give the same faults, and one rule more changes nothing in the others.
"""

from __future__ import annotations

import random
import threading
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kie.emulator.faults.deeds import ANSWER_DEEDS, DEEDS, STAGES
from kie.emulator.faults.rule import Fault, Moment
from kie.emulator.faults.script import Script, gather

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kie.emulator.faults.script import Scripts

__all__ = ["DEEDS", "STAGES", "Fault", "Faults", "Moment", "Script", "Strike"]


@dataclass(frozen=True, slots=True)
class Strike:
    """A rule that strikes now: its number among the rules (None: a word in a prompt), and a seed for what is drawn."""

    rule: Fault
    index: int | None
    seed: str

    def dice(self) -> random.Random:
        """Random numbers of this strike: the same whenever it is repeated."""
        return random.Random(self.seed)


class _Entry:
    """A rule, and what it has seen."""

    __slots__ = ("index", "rule", "seed", "seen", "struck")

    def __init__(self, rule: Fault, index: int | None, seed: str) -> None:
        self.rule = rule
        self.index = index
        self.seed = seed
        self.seen = 0
        self.struck = 0

    def meets(self) -> Strike | None:
        """Counts a request which fits; the strike, when it is one."""
        rule = self.rule
        self.seen += 1
        if not rule.falls_on(self.seen) or self.struck >= rule.most:
            return None
        seed = f"{self.seed}:{self.seen}"
        if rule.probability < 1 and random.Random(seed).random() >= rule.probability:
            return None
        self.struck += 1
        return Strike(rule, self.index, f"{seed}:how")


class Faults:
    """The rules in their order, and how often each was reached. Thread-safe.

    Args:
        given: Rules, packs' names, paths or scripts; see kie.emulator.faults.script.gather.
        seed: What is left to chance follows from it, but for scripts with a seed of their own.
        now: Tells the virtual time in seconds.
    """

    def __init__(self, given: Scripts = (), seed: int = 0, now: Callable[[], float] = lambda: 0.0) -> None:
        self._seed = seed
        self._now = now
        self._began = now()
        self._lock = threading.Lock()
        self._entries: list[_Entry] = []
        #: Rules that belong to one task: words in its prompt.
        self._bound: dict[str, list[_Entry]] = {}
        self.add(given)

    def awaits(self, stage: str, task: str = "", *, answers: bool = False) -> bool:
        """Whether any rule might strike there: without one, nobody need look at the request, or at the answer."""
        held = (*self._entries, *self._bound.get(task, ()))
        return any(entry.rule.stage == stage and (not answers or entry.rule.do in ANSWER_DEEDS) for entry in held)

    def strike(self, moment: Moment) -> Strike | None:
        """Counts a request with all rules that fit; the first that strikes it, or None.

        Rules upon answers are left out: see `answers`.
        """
        with self._lock:
            moment.at = self._now() - self._began
            found: Strike | None = None
            for entry in self._fitting(moment):
                if entry.rule.do not in ANSWER_DEEDS:
                    met = entry.meets()
                    found = found or met
            return found

    def answers(self, moment: Moment, can: Callable[[Fault], bool]) -> list[Strike]:
        """The rules upon answers that strike this one, counting only where `can` says that the deed can be done."""
        with self._lock:
            moment.at = self._now() - self._began
            fitting = [entry for entry in self._fitting(moment) if entry.rule.do in ANSWER_DEEDS and can(entry.rule)]
            return [met for entry in fitting if (met := entry.meets()) is not None]

    def bind(self, task: str, rules: Iterable[Fault]) -> None:
        """Rules for one task alone, after its creation; those of creation are left out."""
        held = [
            _Entry(rule, None, f"{self._seed}:{task}:{number}")
            for number, rule in enumerate(rules)
            if rule.stage != "create"
        ]
        if held:
            with self._lock:
                self._bound[task] = held

    def add(self, given: Scripts) -> None:
        """More rules, in any form in which faults are given; they count from now on.

        Raises:
            ValueError: for what is no script; then none is added.
            OSError: when a file cannot be read.
        """
        scripts = gather(given)
        with self._lock:
            for script in scripts:
                for own, rule in enumerate(script.rules):
                    index = len(self._entries)
                    # A script with a seed of its own does the same whatever other rules there are.
                    seed = f"{self._seed}:fault:{index}" if script.seed is None else f"{script.seed}:script:{own}"
                    self._entries.append(_Entry(rule, index, seed))

    def _fitting(self, moment: Moment) -> list[_Entry]:
        bound = self._bound.get(moment.task, []) if moment.task else []
        return [entry for entry in (*self._entries, *bound) if entry.rule.fits(moment)]

    def to_json(self) -> list[dict[str, Any]]:
        """All rules, how many requests each has seen, and how many it struck; of keys the last four characters."""
        with self._lock:
            return [
                {
                    "rule": entry.index,
                    **asdict(entry.rule),
                    "key": entry.rule.key[-4:],
                    "seen": entry.seen,
                    "struck": entry.struck,
                }
                for entry in self._entries
            ]

    def clear(self) -> None:
        """Counts anew, and the windows of time begin anew."""
        with self._lock:
            self._began = self._now()
            self._bound.clear()
            for entry in self._entries:
                entry.seen = entry.struck = 0

    def remove(self) -> None:
        """Forgets all rules."""
        with self._lock:
            self._entries.clear()
            self._bound.clear()
