"""What a test may claim of the emulator when its calls are done: what they cost, and that the client behaved."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kie.emulator import Emulator

#: So many movements are listed when a claim about money fails.
_LISTED = 20


def spent(emulator: Emulator) -> Decimal:
    """What the calls have cost in credits: finished and unfinished tasks, chats; failed tasks cost nothing."""
    return -sum((entry.amount for entry in emulator.ledger() if entry.kind != "grant"), Decimal(0))


def dollars(amount: Decimal) -> Decimal:
    """Credits in US dollars."""
    from kie.emulator.money.ledger import USD_PER_CREDIT

    return amount * USD_PER_CREDIT


def shown(amount: Decimal) -> str:
    """An amount without exponent and without zeros at the end."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def assert_spend(
    emulator: Emulator,
    *,
    max: Decimal | float | str | None = None,  # noqa: A002 - as it reads best in a test
    min: Decimal | float | str | None = None,  # noqa: A002
    exactly: Decimal | float | str | None = None,
    usd: Decimal | float | str | None = None,
) -> Decimal:
    """Fails when the calls have cost more or less than they may.

    Args:
        emulator: The one that was called.
        max: At most so many credits.
        min: At least so many credits.
        exactly: So many credits.
        usd: At most so many US dollars.

    Returns:
        What was spent, in credits. What an unfinished task holds counts, what a failed one got back does not.

    Raises:
        AssertionError: the amount is another; the movements are listed.
        TypeError: no limit was named.
    """
    __tracebackhide__ = True
    if max is None and min is None and exactly is None and usd is None:
        raise TypeError("assert_spend wants max=, min=, exactly= (credits) or usd= (at most so many dollars)")
    amount = spent(emulator)
    wrong = []
    if max is not None and amount > _decimal(max):
        wrong.append(f"at most {max} credits")
    if min is not None and amount < _decimal(min):
        wrong.append(f"at least {min} credits")
    if exactly is not None and amount != _decimal(exactly):
        wrong.append(f"exactly {exactly} credits")
    if usd is not None and dollars(amount) > _decimal(usd):
        wrong.append(f"at most ${usd}")
    if wrong:
        raise AssertionError(
            f"{shown(amount)} credits (${shown(dollars(amount))}) were spent, not {' and '.join(wrong)}:\n"
            + _movements(emulator)
        )
    return amount


def assert_client_ok(emulator: Emulator, *, ignore: Iterable[str] | str = ()) -> None:
    """Fails when the client did what a client of kie.ai must not do: an error or a warning of `Emulator.verdict`.

    Args:
        emulator: The one that was called.
        ignore: Names of findings that are put up with.

    Raises:
        AssertionError: there are others; all of them are listed. What is worth a note only does not fail.
        ValueError: for a name that no finding has.
    """
    __tracebackhide__ = True
    verdict = emulator.verdict([ignore] if isinstance(ignore, str) else ignore)
    if not verdict.ok:
        names = sorted({finding.name for finding in verdict.findings if finding.severity != "note"})
        raise AssertionError(f"{verdict}\nTo put up with it: assert_client_ok(ignore={names})")


def _decimal(amount: Decimal | float | str) -> Decimal:
    return Decimal(str(amount))


def _movements(emulator: Emulator) -> str:
    entries = [entry for entry in emulator.ledger() if entry.kind != "grant" and entry.amount]
    lines = [
        f"  {entry.kind:<6} {shown(-entry.amount):>10}  {' '.join(filter(None, (entry.note, entry.task)))}"
        for entry in entries[-_LISTED:]
    ]
    if len(entries) > _LISTED:
        lines.insert(0, f"  … {len(entries) - _LISTED} before these")
    return "\n".join(lines) or "  nothing was bought"
