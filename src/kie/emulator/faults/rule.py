"""One rule of a fault script: what goes wrong, with which requests, when and how often."""

from __future__ import annotations

import math
import re
from dataclasses import MISSING, dataclass, fields
from dataclasses import field as attribute
from fnmatch import fnmatchcase
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kie.emulator.faults.deeds import DEEDS, OPTIONS, SECONDS, STAGES, WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Moment:
    """A request or callback that a fault may strike.

    Args:
        stage: One of STAGES.
        text: What `match` is looked for in; a function, since most rules do not ask.
        models: The names of the model: that of the request, of the task, of the operation.
        key: The whole key.
        task: The task's id, or "".
        done: Virtual seconds since the task succeeded; None while it has not.
    """

    def __init__(
        self,
        stage: str,
        *,
        text: str | Callable[[], str] = "",
        models: tuple[str, ...] = (),
        key: str = "",
        task: str = "",
        done: float | None = None,
    ) -> None:
        self.stage = stage
        #: Virtual seconds since the clock's start, or since the last reset; the rules fill it in.
        self.at = 0.0
        self.models = models
        self.key = key
        self.task = task
        self.done = done
        self._text = text

    @cached_property
    def text(self) -> str:
        """The address and the body."""
        return self._text if isinstance(self._text, str) else self._text()


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong, and when.

    Of the requests which a rule matches (`stage`, `match`, `model`, `key`, `after`, `until`) it strikes the `nth`, and
    from there on every `every`-th one, each with `probability`, `times` in all. Whether it strikes is decided by
    the seed, its own number among the rules and the ordinal of the request, and by no other rule; where several
    strike the same request, the first is done.

    Args:
        stage: create, poll, media, callback, upload or chat.
        do: What happens: one of DEEDS[stage]; MEANINGS tells of each.
        nth: The first request that it strikes, counted from 1 among those that match.
        times: How many it strikes at most; 0 is no end. None is 1, but 0 for a rule with a probability, a window
            or an `every`, and for a `no-url` of so many seconds.
        seconds: How long: `delay` and `drip` of requests on the wall, everything else in virtual time. None: 1 for
            delay (60 for callbacks), 2 for drip, 60 for reorder, ten times the usual for slow, one answer for no-url.
        match: Only what has this in its path, query or body; of callbacks in their address, operation or body.
        model: Only this model, or those that a pattern like "kling*" fits.
        key: Only keys that end so.
        probability: How likely each strike is, 0 to 1.
        after: Not before so many virtual seconds since the clock's start.
        until: Not from so many virtual seconds on; None is no end.
        code: The code with which a task fails; None lets the seed choose among those of its family.
        message: In place of the vendor's words.
        status: A real HTTP status around a code, or that of an expired file (403 or 404); None is what the
            vendor gives: 200 around codes, and for files 403 for links and 404 for results.
        retry_after: Seconds for the Retry-After header; None sends none.
        field: The dotted path of a field, such as data.state. It goes into lists and into JSON within strings:
            data.resultJson.resultUrls, data.response.sunoData.audioUrl. "" lets the seed choose one.
        to: The new name of a field, by default its name in the other spelling; of wrong-type html, image, video or
            audio; of forge any of real, invented (the task), unsigned, signed (with a wrong key); of bad-signature
            wrong-key, missing, garbled or stale (old, and signed rightly).
        every: Of the requests from the nth on only each so-many-th.

    Raises:
        ValueError: for a stage, deed, option or value that does not exist; it says which do.
    """

    stage: str
    do: str
    nth: int = 1
    times: int | None = None
    seconds: float | None = None
    match: str = ""
    model: str = ""
    key: str = attribute(default="", repr=False)
    probability: float = 1.0
    after: float = 0.0
    until: float | None = None
    code: int | None = None
    message: str = ""
    status: int | None = None
    retry_after: float | None = None
    field: str = ""
    to: str = ""
    every: int = 1

    def __post_init__(self) -> None:
        if self.stage not in STAGES:
            raise ValueError(f"no such fault: stage {self.stage!r}; stages are {', '.join(STAGES)}")
        if self.do not in DEEDS[self.stage]:
            raise ValueError(f"no such fault: {self.stage} {self.do}; at {self.stage} there are {_told(self.stage)}")
        _judge_numbers(self)
        _judge_options(self)

    @property
    def most(self) -> float:
        """How many it strikes at most; infinite without an end."""
        if self.times is not None:
            return self.times or math.inf
        plain = self.probability == 1 and self.every == 1 and not self.after and self.until is None
        return 1 if plain and not (self.do == "no-url" and self.seconds) else math.inf

    @property
    def pause(self) -> float:
        """The seconds of a delay, drip or reorder."""
        if self.seconds is not None:
            return self.seconds
        return 60.0 if (self.stage, self.do) == ("callback", "delay") else SECONDS.get(self.do, 0.0)

    def fits(self, moment: Moment) -> bool:
        """Whether a request is one of those that the rule is about."""
        if self.stage != moment.stage or moment.at < self.after:
            return False
        if self.until is not None and moment.at >= self.until:
            return False
        if self.key and not moment.key.endswith(self.key):
            return False
        if self.model and not any(fnmatchcase(name, self.model) for name in moment.models):
            return False
        if self.do == "no-url" and (moment.done is None or (self.seconds and moment.done >= self.seconds)):
            return False
        return not self.match or self.match in moment.text

    def falls_on(self, ordinal: int) -> bool:
        """Whether the so-many-th request that fits, counted from 1, is one to be struck by its number."""
        return ordinal >= self.nth and (ordinal - self.nth) % self.every == 0

    def to_json(self) -> dict[str, Any]:
        """The rule with what differs from the defaults."""
        return {
            held.name: value
            for held in fields(self)
            if (value := getattr(self, held.name)) != held.default or held.default is MISSING
        }


def _told(stage: str) -> str:
    return ", ".join(DEEDS[stage])


_WHOLE = ("nth", "times", "every", "code", "status")
_REAL = ("seconds", "probability", "after", "until", "retry_after")
_TEXT = ("match", "model", "key", "message", "field", "to")
#: The least and the greatest value of each number.
_RANGES: dict[str, tuple[float, float]] = {
    "nth": (1, math.inf),
    "times": (0, math.inf),
    "every": (1, math.inf),
    "code": (100, 999),
    "status": (400, 599),
    "probability": (0, 1),
}


def _judge_numbers(rule: Fault) -> None:
    for name in (*_WHOLE, *_REAL):
        value = getattr(rule, name)
        if value is None and name in {"times", "code", "status", "seconds", "until", "retry_after"}:
            continue
        wanted = int if name in _WHOLE else (int, float)
        if isinstance(value, bool) or not isinstance(value, wanted) or not math.isfinite(value):
            kind = "a whole number" if name in _WHOLE else "a number"
            raise ValueError(f"{rule.stage} {rule.do}: {name} must be {kind}, not {value!r}")
        least, most = _RANGES.get(name, (0, math.inf))
        if not least <= value <= most:
            most_words = f" to {most:g}" if math.isfinite(most) else " or more"
            raise ValueError(f"{rule.stage} {rule.do}: {name} must be {least:g}{most_words}, not {value!r}")
    for name in _TEXT:
        if not isinstance(getattr(rule, name), str):
            raise ValueError(f"{rule.stage} {rule.do}: {name} must be text, not {getattr(rule, name)!r}")  # noqa: TRY004
    if rule.until is not None and rule.until <= rule.after:
        raise ValueError(f"{rule.stage} {rule.do}: until ({rule.until:g}) must be later than after ({rule.after:g})")


def _judge_options(rule: Fault) -> None:
    taken = OPTIONS.get(rule.do, ())
    for name, empty in _EMPTY.items():
        if getattr(rule, name) != empty and name not in taken:
            words = f"it takes {', '.join(taken)}" if taken else "it takes none"
            raise ValueError(f"{rule.stage} {rule.do} has no option {name}; {words}")
    known = WORDS.get(rule.do)
    if known is not None and (unknown := [word for word in rule.to.split() if word not in known]):
        raise ValueError(f"{rule.stage} {rule.do}: to={unknown[0]!r} is none of {', '.join(known)}")
    if rule.do == "expired" and rule.status not in {None, 403, 404, 410}:
        raise ValueError(f"{rule.stage} expired: status is 403, 404 or 410, not {rule.status}")


#: Options that only some deeds take, and what they are when they are not given. Seconds may be said of any deed.
_EMPTY: dict[str, Any] = {
    "code": None,
    "message": "",
    "status": None,
    "retry_after": None,
    "field": "",
    "to": "",
}


def read_rule(given: Any) -> Fault:
    """A rule from a mapping with the names of Fault's arguments.

    Raises:
        ValueError: when it is no mapping, or names what does not exist.
    """
    names = [held.name for held in fields(Fault)]
    if not isinstance(given, dict):
        raise ValueError(f"a rule is a mapping with stage and do, not {given!r}")  # noqa: TRY004 - one kind for all
    if unknown := [str(name) for name in given if name not in names]:
        raise ValueError(f"a rule has no {unknown[0]!r}; there are {', '.join(names)}")
    if missing := [name for name in ("stage", "do") if name not in given]:
        raise ValueError(f"a rule needs {missing[0]}: {given!r}")
    held: Mapping[str, Any] = {**given, "do": str(given["do"])}  # YAML reads 429 as a number
    return Fault(**held)


def parse_fault(text: str) -> Fault:
    """A rule from "create:reset-after", if wanted with ":nth" and ":times" behind it, then with ",name=value"s.

    Raises:
        ValueError: when it is none; it says what there is.
    """
    head, *options = re.split(r",(?=[a-z_]+=)", text)
    stage, _, rest = head.partition(":")
    do, *numbers = rest.split(":")
    if len(numbers) > 2:
        raise ValueError(f"{text!r}: a fault is STAGE:DO[:NTH[:TIMES]][,name=value...]")
    given: dict[str, Any] = {"stage": stage, "do": do}
    for name, value in [*zip(("nth", "times"), numbers, strict=False), *(option.split("=", 1) for option in options)]:
        kind = int if name in _WHOLE else float if name in _REAL else str
        try:
            given[name] = kind(value)
        except ValueError:
            words = "a whole number" if kind is int else "a number"
            raise ValueError(f"{text!r}: {name} must be {words}, not {value!r}") from None
    return read_rule(given)
