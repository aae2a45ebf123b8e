"""An account's balance in the database: when it is to be read, and what a reading means.

A reading is judged between two looks at the database: one before the vendor was asked, one after. Where nothing was on
its way at either, and nothing was sent in between, it is quiet, and can be held against the ledger (``reconcile``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kie.service import ledger
from kie.service.accounts.reconcile import Proof, Reading, What, judge
from kie.service.amounts import to_credits
from kie.service.claims import LEASE
from kie.service.context import alerted
from kie.service.transitions import happened
from kie.store.work import Statement

if TYPE_CHECKING:
    from kie.store.work import Work

__all__ = ["BUSY", "IDLE", "Before", "Judged", "claim", "judged", "look", "next_look", "unread"]

#: Seconds between two readings: while tasks are under way or credits are lacking, and otherwise.
BUSY, IDLE = 60.0, 900.0
#: Seconds after the last task's end until the vendor is taken to have settled it.
SETTLED = 10.0
#: Seconds for which spending that is not ours is told once, and no cost is taken from a difference.
FOREIGN = 86400.0
#: Seconds until a balance that could not be read is asked for again.
AGAIN = 120.0
_ON_THE_WAY = "('submitting', 'waiting', 'uncertain')"
#: So many of the queue are looked at for something that the balance covers.
_FIRST = 500
#: Generations that an alert names in its data, and in its words.
_NAMED, _FEW = 20, 3


class Before(NamedTuple):
    """What was seen before the vendor was asked: whether all was quiet, and the last creations."""

    quiet: bool
    times: str


class Judged(NamedTuple):
    """What a reading means: whether sending may go on again, whether it was quiet, and what was proved."""

    resumed: bool = False
    quiet: bool = False
    proof: Proof | None = None


def claim(names: list[str], most: int, now: float) -> Work[list[str]]:
    """Take the accounts whose balance is to be read, among those whose keys are here."""
    marks = ", ".join("?" * len(names))
    yield Statement(  # work has begun since it was found idle
        "UPDATE account SET check_at = ? WHERE check_at > ? AND retired = 0 AND EXISTS (SELECT 1 FROM generation g"
        " WHERE g.account = account.name AND g.state IN ('submitting', 'waiting'))",
        (now + BUSY, now + BUSY),
    )
    rows = yield Statement(
        f"SELECT name FROM account WHERE retired = 0 AND check_at <= ? AND name IN ({marks})"  # noqa: S608 - marks alone
        " ORDER BY check_at LIMIT ?{locked}",
        (now, *names, most),
    )
    for (name,) in rows:
        yield Statement("UPDATE account SET check_at = ? WHERE name = ?", (now + LEASE, name))
    return [str(name) for (name,) in rows]


def next_look(names: list[str]) -> Work[float | None]:
    """Return when the next balance is to be read, or None."""
    marks = ", ".join("?" * len(names))
    rows = yield Statement(
        f"SELECT min(check_at) FROM account WHERE retired = 0 AND name IN ({marks})",  # noqa: S608 - marks alone
        names,
    )
    return None if rows[0][0] is None else float(rows[0][0])


def look(account: str, now: float) -> Work[Before]:
    """Look at an account before the vendor is asked."""
    times = yield Statement("SELECT times FROM slot WHERE account = ?", (account,))
    busy = yield Statement(
        f"SELECT 1 FROM generation WHERE account = ? AND state IN {_ON_THE_WAY} LIMIT 1",  # noqa: S608 - our own words
        (account,),
    )
    last = yield Statement(
        "SELECT at FROM entry WHERE number > coalesce((SELECT quiet_entry FROM account WHERE name = ?), 0)"
        " AND account = ? AND kind IN ('settle', 'release') ORDER BY number DESC LIMIT 1",
        (account, account),
    )
    settled = not last or last[0][0] <= now - SETTLED
    return Before(not busy and settled, str(times[0][0]) if times else "[]")


def unread(account: str, now: float) -> Work[None]:
    """The balance could not be read: it is asked for again, and meanwhile a pause for lack of credits goes on."""
    yield Statement(
        "UPDATE account SET check_at = ?, paused_until = CASE WHEN paused_why = 'credits' THEN ? ELSE paused_until END"
        " WHERE name = ?",
        (now + AGAIN, now + AGAIN + LEASE, account),
    )


def judged(account: str, before: Before, balance: int, now: float) -> Work[Judged]:
    """Write a reading down, and draw its consequences: all in one transaction, alerts as well."""
    # Nothing is sent while the reading is judged; the limiter's row is locked before the account's, as everywhere.
    yield Statement("INSERT INTO slot (account, times) VALUES (?, '[]') ON CONFLICT DO NOTHING", (account,))
    yield Statement("SELECT times FROM slot WHERE account = ?{for_update}", (account,))
    rows = yield Statement(
        "SELECT paused_why, short, alert_below, below, quiet_at, quiet_balance, quiet_entry, drift, drift_since,"
        " drift_entry, drift_at, foreign_at FROM account WHERE name = ?{for_update}",
        (account,),
    )
    if not rows:
        return Judged()
    why, short, limit, below, *quiet = rows[0]
    changes: dict[str, Any] = {"balance": balance, "balance_at": now, "check_at": now + IDLE}
    lacking = why == "credits"
    resumed = lacking and (yield from _suffices(account, balance, short))
    if resumed:
        if short is not None and balance > short:  # what was refused need not wait any longer
            yield Statement(
                "UPDATE generation SET next_at = ? WHERE state = 'held' AND next_at > ? AND attempts > 0"
                " AND account IN (?, '')",
                (now, now, account),
            )
        changes |= {"paused_until": None, "paused_why": None, "faults": 0, "short": None}
        text = f"The account {account} has {to_credits(balance):f} credits: it is used again."
        yield from alerted("credits-back", text, now, None, {"account": account, "balance": str(to_credits(balance))})
    elif lacking:
        changes |= {
            "paused_until": now + BUSY + LEASE,
            "check_at": now + BUSY,
            "short": balance if short is None else min(balance, short),
        }
    changes["below"] = yield from _threshold(account, balance, limit, bool(below), now)
    proof = None
    after = yield from look(account, now)
    is_quiet = before.quiet and after == before
    if is_quiet:
        proof = yield from _held_against(account, balance, now, quiet, changes)
    elif not lacking:
        changes["check_at"] = now + (BUSY if not after.quiet else SETTLED)
    yield Statement(
        f"UPDATE account SET {', '.join(f'{column} = ?' for column in changes)} WHERE name = ?",  # noqa: S608
        (*changes.values(), account),
    )
    return Judged(bool(resumed), is_quiet, proof)


def _suffices(account: str, balance: int, short: int | None) -> Work[bool]:
    """Tell whether an account that was refused for lack of credits may be used again.

    It may when credits came in, or when there is something to be sent that was not refused yet and that the balance
    covers (what has no known price is tried as long as there is anything at all). What was refused is not tried again
    with the same balance.
    """
    if short is not None and balance > short:
        return True
    for whose in (account, ""):
        rows = yield Statement(
            "SELECT min(coalesce(estimate, 1)) FROM (SELECT estimate FROM generation WHERE state = 'held'"
            " AND account = ? AND attempts = 0 AND next_at IS NOT NULL ORDER BY priority, tag, id LIMIT ?) AS first",
            (whose, _FIRST),
        )
        if rows[0][0] is not None and int(rows[0][0]) <= balance:
            return True
    return False


def _threshold(account: str, balance: int, limit: int | None, below: bool, now: float) -> Work[int]:  # noqa: FBT001
    """Tell once when a balance comes below its threshold; returns whether it is below."""
    is_below = limit is not None and balance < limit
    if limit is not None and is_below and not below:
        left = f"{to_credits(balance):f}"
        text = f"The account {account} has {left} credits left, below {to_credits(limit):f}."
        yield from alerted("balance-low", text, now, None, {"account": account, "balance": left})
    return int(is_below)


def _held_against(
    account: str, balance: int, now: float, quiet: list[Any], changes: dict[str, Any]
) -> Work[Proof | None]:
    """Hold a quiet reading against the one before it and what the ledger has spent in between."""
    at, earlier, last, drift, since, since_entry, told_at, foreign_at = quiet
    proof = None
    if at is not None:
        rows = yield Statement(
            "SELECT coalesce(sum(amount), 0) FROM entry WHERE number > ? AND account = ?"
            " AND kind IN ('settle', 'adjust')",
            (last, account),
        )
        spent = int(rows[0][0])
        rows = yield Statement(
            "SELECT generation FROM entry WHERE number > ? AND account = ? AND kind = 'settle' AND source = 'unknown'"
            " ORDER BY number",
            (last, account),
        )
        open_ = [str(name) for (name,) in rows]
        foreign = foreign_at is not None and now - foreign_at < FOREIGN
        proof = judge(Reading(at, int(earlier), 0), Reading(now, balance, spent), open_, foreign=foreign)
        if proof.what is What.COST:
            yield from _adjust(open_[0], proof.amount, now)
        elif proof.what is What.UNKNOWN:
            yield from _unknown(account, open_, proof.amount, now)
        left = _left(int(drift), proof, now, changes)
        if left and not drift:
            changes |= {"drift_since": at, "drift_entry": last}
        # What was gone at the reading before as well: a price that the vendor gives back late is no news.
        if drift and left and (told_at is None or now - told_at >= FOREIGN):
            yield from _drifted(account, left, since, int(since_entry), now)
            left, changes["drift_at"] = 0, now
        changes["drift"] = left
    # Of all accounts: of this one nothing is being written, since nothing of it is on its way.
    rows = yield Statement("SELECT coalesce(max(number), 0) FROM entry")
    changes |= {"quiet_at": now, "quiet_balance": balance, "quiet_entry": int(rows[0][0])}
    return proof


def _left(drift: int, proof: Proof, now: float, changes: dict[str, Any]) -> int:
    """Return what is gone without an entry and was not told yet, less what came back."""
    if proof.what is What.SPENT:
        changes |= {"foreign_at": now, "check_at": now + BUSY}
        return drift + proof.amount
    if proof.what is What.CREDITED and drift:
        if proof.amount >= drift:
            changes["foreign_at"] = None
        return max(0, drift - proof.amount)
    return drift


def _adjust(name: str, amount: int, now: float) -> Work[None]:
    """Write down what a generation cost, as its account's balance tells it; its batch has spent that too."""
    rows = yield Statement(
        "SELECT id FROM batch WHERE id = (SELECT batch FROM generation WHERE id = ?){for_update}", (name,)
    )
    batch = rows[0][0] if rows else None  # locked before the generation, as everywhere
    rows = yield Statement(
        "UPDATE generation SET cost = ?, cost_from = 'balance' WHERE id = ? AND cost_from = 'unknown'"
        " RETURNING project, model, account, created, caller, state",
        (amount, name),
    )
    for *whose, state in rows:
        yield from ledger.adjust(ledger.Payer(name, *whose), amount, now, "balance")
        yield happened(name, now, "priced", state, {"credits": f"{to_credits(amount):f}", "from": "balance"})
        counted = yield Statement(  # what is not counted yet will be, with what it cost
            "UPDATE batch_item SET spent = spent + ? WHERE batch = ? AND position = (SELECT item FROM generation"
            " WHERE id = ?) AND NOT (state = 'fed' AND generation = ?) RETURNING batch",
            (amount, batch, name, name),
        )
        if counted:
            yield Statement("UPDATE batch SET spent = spent + ? WHERE id = ?", (amount, batch))


def _unknown(account: str, names: list[str], amount: int, now: float) -> Work[None]:
    left = f"{to_credits(amount):f}"
    whose = ", ".join(names[:_FEW]) + (" and others" if len(names) > _FEW else "")
    text = (
        f"What {whose} cost is not known: the vendor did not say, there is no price for it, and the balance of"
        f" {account} does not tell it ({left} credits in all)."
    )
    data = {"account": account, "credits": left, "generations": names[:_NAMED], "count": len(names)}
    yield from alerted("cost-unknown", text, now, names[0] if len(names) == 1 else None, data)


def _drifted(account: str, amount: int, since: float, last: int, now: float) -> Work[None]:
    rows = yield Statement(
        "SELECT generation FROM entry WHERE number > ? AND account = ? AND kind = 'release' AND source = 'failed'"
        " ORDER BY number LIMIT ?",
        (last, account, _NAMED),
    )
    failed = [str(name) for (name,) in rows]
    gone = f"{to_credits(amount):f}"
    text = (
        f"{gone} credits of the account {account} are gone that no generation here has spent: a failed task was charged"
        " all the same, or someone else uses the key. More of it is told after a day."
    )
    data = {"account": account, "credits": gone, "since": since, "failed_meanwhile": failed}
    yield from alerted("drift", text, now, None, data)
