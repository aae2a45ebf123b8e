"""What ``kie doctor`` looks at of a service: it changes nothing, makes no tables, and needs no vendor key.

A finding says what was looked at, how it stands, and which sentence fits: the words are the command line's.
"""

from __future__ import annotations

import asyncio
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kie.errors import KieError
from kie.service.accounts.rows import VAULTS
from kie.service.accounts.seal_errors import SealingError
from kie.service.accounts.sealing import Sealed, Sealer, place
from kie.service.settings import shown
from kie.store.artefacts import open_artefacts
from kie.store.errors import StoreError, StoreUnavailable
from kie.store.migrate import steps
from kie.store.sides import open_side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kie.service.settings import ServiceSettings
    from kie.store.side import Side

__all__ = ["Check", "look", "public"]

#: Bytes of free space: fewer are warned about, and fewer are too few.
_LITTLE, _TOO_LITTLE = 2_000_000_000, 200_000_000
#: Seconds: a clock that is wrong by so much, a worker that is dead, something that lies longer than it should.
_SKEW, _DEAD, _LONG = 30.0, 30.0, 120.0
_DAY = 86_400.0
_MILLION = 1_000_000


class Check(NamedTuple):
    """What was found.

    Attributes:
        what: what was looked at: "database", "tables", "workers" ...
        level: "ok", "warn" or "fail".
        word: which sentence says it.
        data: what goes into that sentence.

    """

    what: str
    level: str
    word: str
    data: dict[str, Any]


def look(settings: ServiceSettings, now: float) -> Iterator[Check]:
    """Look at everything that a service by these settings needs; a database that is not there yet is no fault.

    Args:
        settings: where the service keeps things.
        now: Unix seconds by this machine's clock.

    """
    name = shown(settings.database_url)
    path = _file(settings.database_url)
    if path is not None and not path.is_file():
        yield Check("database", "ok", "none", {"database": name})
        return
    began = time.monotonic()
    try:
        with open_side(settings.database_url, change=False) as side:
            side.execute("SELECT 1")
            took = round((time.monotonic() - began) * 1000)
            yield Check("database", "ok", "reached", {"database": name, "took": took})
            yield from _machine(settings, side, path, now)
            tables = _tables(side)
            yield tables
            if tables.level == "ok":
                yield from _rows(settings, side, now)
    except StoreUnavailable as error:
        yield Check("database", "fail", "unreachable", {"database": name, "error": str(error)})
    except StoreError as error:
        yield Check("database", "fail", "refused", {"database": name, "error": str(error)})
    yield from _artefacts(settings)


def _file(url: str) -> Path | None:
    scheme, _, rest = url.partition("://")
    return Path(rest.removeprefix("/")).expanduser().absolute() if scheme == "sqlite" else None


def _machine(settings: ServiceSettings, side: Side, path: Path | None, now: float) -> Iterator[Check]:
    """Look at the disk, whether it can be written, and whose clock is wrong."""
    if path is not None:
        yield _space("database-space", path.parent)
    else:
        theirs = float(side.execute("SELECT extract(epoch FROM clock_timestamp())")[0][0])
        skew = now - theirs
        level = "ok" if abs(skew) <= _SKEW else "warn"
        yield Check("database-clock", level, "skew", {"seconds": round(skew, 1)})
    try:
        with open_side(settings.database_url, change=True) as writing:
            if "migration" in writing.names():
                writing.execute("UPDATE migration SET name = name")  # undone: nothing is committed
        yield Check("database-write", "ok", "writable", {})
    except StoreError as error:
        yield Check("database-write", "fail", "not-writable", {"error": str(error)})


def _space(what: str, folder: Path) -> Check:
    free = shutil.disk_usage(folder).free
    level = "fail" if free < _TOO_LITTLE else "warn" if free < _LITTLE else "ok"
    return Check(what, level, "free" if level == "ok" else "little", {"free": free, "folder": str(folder)})


def _tables(side: Side) -> Check:
    done, known = side.done(), steps(side.kind)[-1].number
    have = done[-1][0] if done else 0
    if have > known:
        return Check("tables", "fail", "newer", {"have": have, "known": known})
    if have < known:
        return Check("tables", "warn", "older", {"have": have, "known": known})
    return Check("tables", "ok", "current", {"have": have})


def _rows(settings: ServiceSettings, side: Side, now: float) -> Iterator[Check]:
    yield _keys(settings, side)
    yield from _accounts(side, now)
    counts = {
        str(state): int(many) for state, many in side.execute("SELECT state, count(*) FROM generation GROUP BY 1")
    }
    yield _workers(side, counts, now)
    yield _many("uncertain", counts.get("uncertain", 0))
    stuck = "state IN ('submitting', 'waiting', 'storing') AND lease < ?"
    yield _counted(side, "leases", f"SELECT count(*) FROM generation WHERE {stuck}", now - _LONG)  # noqa: S608 - ours
    yield _counted(side, "storing", "SELECT count(*) FROM generation WHERE state = 'storing' AND attempts >= ?", 3)
    yield _counted(side, "inbox", "SELECT count(*) FROM inbox WHERE at < ?", now - _LONG)
    yield _counted(side, "outbox", "SELECT count(*) FROM outbox WHERE at < ?", now - _LONG)
    dead = "SELECT count(*) FROM delivery WHERE state = 'failed' AND ended > ?"
    yield _counted(side, "notifications", dead, now - 7 * _DAY)
    off = side.execute("SELECT count(*) FROM endpoint WHERE state = 'disabled' AND why <> ''")
    yield _many("endpoints", int(off[0][0]))
    wrong = side.execute("SELECT count(*) FROM flow_schedule WHERE enabled = 1 AND error IS NOT NULL")
    yield _many("schedules", int(wrong[0][0]))
    recent = side.execute("SELECT kind, count(*) FROM alert WHERE at > ? GROUP BY kind ORDER BY kind", (now - _DAY,))
    kinds = ", ".join(f"{kind} {many}" for kind, many in recent)
    yield Check("alerts", "warn" if kinds else "ok", "some" if kinds else "none", {"kinds": kinds})


def _counted(side: Side, what: str, sql: str, value: float) -> Check:
    return _many(what, int(side.execute(sql, (value,))[0][0]))


def _many(what: str, count: int) -> Check:
    return Check(what, "warn" if count else "ok", "some" if count else "none", {"count": count})


def _keys(settings: ServiceSettings, side: Side) -> Check:
    """Open every secret; what is opened is thrown away."""
    try:
        sealer = Sealer(settings.master_keys())
    except KieError as error:
        return Check("master-key", "fail", "unusable", {"error": error.message})
    there = side.names()
    opened, failed = 0, 0
    for vault in VAULTS:
        if vault.table not in there:
            continue
        rows = side.execute(
            f"SELECT {vault.row}, {vault.key_id}, {vault.blob} FROM {vault.table} WHERE {vault.blob} IS NOT NULL"  # noqa: S608
        )
        for row, key_id, blob in rows:
            try:
                sealer.open(place(vault.table, str(row), vault.blob), Sealed(str(key_id), bytes(blob)))
                opened += 1
            except SealingError:
                failed += 1
    if failed:
        return Check("master-key", "fail", "does-not-open", {"count": failed, "opened": opened})
    return Check("master-key", "ok", "opens" if opened else "nothing-sealed", {"count": opened})


def _accounts(side: Side, now: float) -> Iterator[Check]:
    rows = side.execute(
        "SELECT name, enabled, paused_until, paused_why, balance FROM account WHERE retired = 0 ORDER BY name"
    )
    if not rows:
        yield Check("accounts", "ok", "none", {})
    for name, enabled, until, why, balance in rows:
        left = None if balance is None else int(balance) / _MILLION
        about = {"account": str(name), "why": str(why or ""), "credits": left}
        if not enabled:
            yield Check("accounts", "ok", "disabled", about)
        elif until is not None and until > now:
            yield Check("accounts", "warn", "paused", {**about, "seconds": round(until - now)})
        elif left is not None and left <= 0:
            yield Check("accounts", "warn", "empty", about)
        else:
            yield Check("accounts", "ok", "ready" if left is None else "ready-balance", about)


def _workers(side: Side, counts: dict[str, int], now: float) -> Check:
    rows = side.execute("SELECT beat FROM worker ORDER BY beat DESC")
    alive = sum(1 for (beat,) in rows if beat > now - _DEAD)
    left = sum(many for state, many in counts.items() if state in ("held", "submitting", "waiting", "storing"))
    if alive:
        return Check("workers", "ok", "alive", {"count": alive, "left": left})
    return Check("workers", "warn" if left else "ok", "needed" if left else "none", {"count": 0, "left": left})


def _artefacts(settings: ServiceSettings) -> Iterator[Check]:
    folder = Path(settings.artefacts_url).expanduser()
    if "://" not in settings.artefacts_url and not folder.is_dir():
        yield Check("artefacts", "ok", "none", {"store": str(folder)})
        return

    async def check() -> None:
        store = open_artefacts(settings.artefacts_url)
        try:
            await store.check()
        finally:
            await store.close()

    name = shown(settings.artefacts_url)
    if folder.is_dir():
        yield _space("artefacts-space", folder)
    try:
        asyncio.run(check())
    except KieError as error:
        yield Check("artefacts", "fail", "unusable", {"store": name, "error": str(error)})
        return
    yield Check("artefacts", "ok", "usable", {"store": name})


def public(url: str | None, timeout: float = 5.0) -> Check:
    """Look whether our own ingress answers at the address that the vendor is told, as far as can be told from here.

    Args:
        url: ``KIE_PUBLIC_URL``.
        timeout: seconds.

    """
    import json
    import secrets
    import urllib.error
    import urllib.request

    from kie.service.hooks import PREFIX

    if url is None:
        return Check("public", "ok", "none", {})
    wanted = f"{url}{PREFIX}doctor-{secrets.token_urlsafe(8)}"
    request = urllib.request.Request(wanted, b"{}", {"content-type": "application/json"})  # noqa: S310 - http(s) alone
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:  # noqa: S310
            return Check("public", "fail", "another", {"url": url, "status": answer.status})
    except urllib.error.HTTPError as error:
        try:
            ours = json.loads(error.read(10_000)) == {"code": error.code, "msg": "not found"}
        except (ValueError, OSError):
            ours = False
        status = error.code
        error.close()
        if ours and status == 404:  # noqa: PLR2004 - what the ingress says to an address that nobody has
            return Check("public", "ok", "answers", {"url": url})
        word = "no-database" if status == 503 else "another"  # noqa: PLR2004
        return Check("public", "fail", word, {"url": url, "status": status})
    except (OSError, ValueError) as error:
        why = getattr(error, "reason", None) or error
        return Check("public", "warn", "unreachable", {"url": url, "error": str(why)})
