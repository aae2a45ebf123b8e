"""The verdict on a client: what its requests tell of it.

A pure function over the journal, the tasks, the ledger and the clock. It judges what has happened so far, as if the
client were done: ask for it at the end. docs/emulator/verdict.md tells all findings and what to do about each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kie.emulator.verdict import manners, money, pace, trust
from kie.emulator.verdict.case import Case
from kie.emulator.verdict.finding import Finding, Severity, Verdict, order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["RULES", "Case", "Finding", "Severity", "Verdict", "judge"]

#: The rules by the name of what they find. `let-a-result-expire` finds `never-fetched` as long as there is time.
RULES: dict[str, Callable[[Case], Iterator[Finding]]] = {
    "paid-twice": money.paid_twice,
    "lost-a-task": money.lost_task,
    "let-a-result-expire": money.expired,
    "took-truncated-file": trust.truncated_file,
    "trusted-forged-callback": trust.forged_callback,
    "ignored-body-code": trust.body_code,
    "sent-key-to-file-host": trust.key_to_file_host,
    "ignored-retry-after": pace.retry_after,
    "ignored-rate-limit": pace.rate_limit,
    "polled-too-often": pace.polled_too_often,
    "polled-after-end": pace.polled_after_end,
    "no-callback-answer": manners.no_callback_answer,
    "retried-what-will-not-change": manners.refused_again,
    "uploads-again-the-same": manners.uploaded_again,
}


def judge(case: Case, ignore: Iterable[str] = ()) -> Verdict:
    """All that is to be found, the worst first.

    Args:
        case: The evidence.
        ignore: Names of findings that are left out.

    Raises:
        ValueError: for a name that no finding has.
    """
    left_out = frozenset(ignore)
    if unknown := sorted(left_out - {*RULES, "never-fetched"}):
        raise ValueError(f"no such finding: {', '.join(unknown)}; there are {', '.join(RULES)}, never-fetched")
    found = (finding for rule in RULES.values() for finding in rule(case))
    return Verdict(
        tuple(sorted((finding for finding in found if finding.name not in left_out), key=order)),
        requests=sum(note.way == "in" for note in case.notes),
        tasks=len(case.tasks),
        callbacks=sum(note.way == "out" for note in case.notes),
        forgotten=case.forgotten,
    )
