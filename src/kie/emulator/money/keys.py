"""The keys of an account: who may come in, how often, and how much each may spend.

All limits are counted for each key, in virtual time. What is above a limit is refused, not queued (CONTRACT §5).
"""

from __future__ import annotations

import hashlib
import re
from collections import deque
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_ALIAS = re.compile(r"key-[0-9a-f]{24}….{0,4}", re.DOTALL)
HOUR = 3600.0
DAY = 86400.0


@dataclass(frozen=True, slots=True)
class Key:
    """A key, and what it may spend: credits in any hour, in any day, and in all. None is no limit.

    The vendor's sub-keys have such caps; what is above answers code 433 (kie.ai documents of 2026-04-29).
    """

    value: str
    hourly: Decimal | None = None
    daily: Decimal | None = None
    total: Decimal | None = None

    def __repr__(self) -> str:
        """The last four characters only."""
        return f"Key(…{self.value[-4:]})"


def read_key(text: str) -> Key:
    """Reads "the-key" or "the-key:hourly=5,daily=20,total=100".

    Raises:
        ValueError: for another limit than these, or an amount that is not a number.
    """
    value, _, limits = text.partition(":")
    held: dict[str, Decimal] = {}
    for part in filter(None, limits.split(",")):
        name, _, amount = part.partition("=")
        if name not in {"hourly", "daily", "total"} or not amount.replace(".", "", 1).isdecimal():
            raise ValueError(f"a key's limits are hourly=, daily= and total= in credits, not {part!r}")
        held[name] = Decimal(amount)
    if not value:
        raise ValueError("a key must not be empty")
    return Key(value, **held)


def alias(key: str) -> str:
    """A name for a key that tells its last four characters: what is remembered and saved goes by it.

    An alias is its own alias.
    """
    return key if _ALIAS.fullmatch(key) else f"key-{hashlib.sha256(key.encode()).hexdigest()[:24]}…{key[-4:]}"


@dataclass(slots=True)
class Use:
    """What a key has done: when it created tasks, which of them run, and what each took from the balance."""

    created: deque[float] = field(default_factory=deque)
    running: set[str] = field(default_factory=set)
    spent: dict[str, tuple[float, Decimal]] = field(default_factory=dict)


class Keys:
    """All keys. `keys` None accepts any that is not empty, without a cap.

    Args:
        keys: The keys that are accepted.
        rate: So many new tasks in so many seconds for each; 0 tasks is no limit.
        concurrency: Tasks that may be unfinished at once for each; None is no limit.
        now: Tells the virtual time in seconds.
    """

    def __init__(
        self,
        keys: Iterable[str | Key] | None,
        rate: tuple[int, float],
        concurrency: int | None,
        now: Callable[[], float],
    ) -> None:
        held = None if keys is None else [key if isinstance(key, Key) else read_key(key) for key in keys]
        self._keys = None if held is None else {key.value: key for key in held}
        self.most, self.window = rate
        self.concurrency = concurrency
        self._now = now
        #: What each key has done, by its alias.
        self.uses: dict[str, Use] = {}

    def knows(self, key: str) -> bool:
        """Whether the key opens the door."""
        return bool(key) and (self._keys is None or key in self._keys)

    def admit(self, key: str) -> bool:
        """Counts one creation; False when there were too many lately, or too many tasks are unfinished."""
        use = self._use(key)
        if self.concurrency is not None and len(use.running) >= self.concurrency:
            return False
        if not self.most:
            return True
        now = self._now()
        while use.created and use.created[0] + self.window <= now:  # as `opens` reckons, to the last bit
            use.created.popleft()
        if len(use.created) >= self.most:
            return False
        use.created.append(now)
        return True

    def opens(self, key: str) -> float:
        """The virtual time at which a key that created too much may create again."""
        created = self._use(key).created
        return created[0] + self.window if created else self._now()

    def affords(self, key: str, amount: Decimal) -> bool:
        """Whether a key may spend so much more."""
        limits = (self._keys or {}).get(key)
        if limits is None:
            return True
        now, spent = self._now(), self._use(key).spent.values()
        for limit, span in ((limits.hourly, HOUR), (limits.daily, DAY), (limits.total, None)):
            if limit is None:
                continue
            lately = sum((held for at, held in spent if span is None or at > now - span), Decimal(0))
            if lately + amount > limit:
                return False
        return True

    def begin(self, key: str, task: str, amount: Decimal) -> None:
        """A task was created, and holds so much."""
        use = self._use(key)
        use.running.add(task)
        use.spent[task] = (self._now(), amount)

    def end(self, key: str, task: str, *, returned: bool) -> None:
        """A task has ended; what it held was returned or is spent."""
        use = self._use(key)
        use.running.discard(task)
        if returned:
            use.spent.pop(task, None)

    def clear(self) -> None:
        """Forgets what was done."""
        self.uses.clear()

    def _use(self, key: str) -> Use:
        return self.uses.setdefault(alias(key), Use())
