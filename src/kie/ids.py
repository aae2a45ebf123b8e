"""Names for our own records: ordered by time, and addresses that nobody can guess."""

from __future__ import annotations

import secrets
import threading
import time

__all__ = ["named_id", "new_id", "new_token", "time_of"]

#: Crockford's Base32: no letters that are mistaken for digits.
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}
_RANDOM_BITS = 80
_LENGTH = 26

_lock = threading.Lock()
_last = 0


def new_id(prefix: str) -> str:
    """Make a name such as ``gen_01JD…``: 48 bits of milliseconds and 80 random bits, as ULID has them.

    Names made by one process ascend strictly, also within a millisecond; those of several processes ascend by the
    millisecond.

    Args:
        prefix: what is named: "gen", "bat", "art".

    """
    global _last  # noqa: PLW0603 - the one thing that a process must remember so that its names ascend
    with _lock:
        fresh = (time.time_ns() // 1_000_000 << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)
        _last = max(fresh, _last + 1)
        value = _last
    return _written(prefix, value)


def named_id(prefix: str, at: float, rest: int) -> str:
    """Make the name that belongs to a time and a number: always the same, so that what bears it is made once.

    Args:
        prefix: what is named.
        at: Unix seconds, kept to the millisecond.
        rest: 0 to 2**80 - 1; names of one time sort by it.

    """
    return _written(prefix, round(at * 1000) << _RANDOM_BITS | rest)


def _written(prefix: str, value: int) -> str:
    digits = []
    for _ in range(_LENGTH):
        value, digit = divmod(value, len(_DIGITS))
        digits.append(_DIGITS[digit])
    return f"{prefix}_{''.join(reversed(digits))}"


def time_of(name: str) -> float:
    """Tell when a name was made, in Unix seconds.

    Raises:
        ValueError: the name is none of ours.

    """
    digits = name.rpartition("_")[2]
    if len(digits) != _LENGTH or not set(digits) <= set(_VALUES):
        raise ValueError(f"{name!r} is not a name that this package made")
    value = 0
    for digit in digits:
        value = value * len(_DIGITS) + _VALUES[digit]
    return (value >> _RANDOM_BITS) / 1000


def new_token() -> str:
    """Make an address that cannot be guessed: 192 random bits, in letters that need no quoting in a URL."""
    return secrets.token_urlsafe(24)
