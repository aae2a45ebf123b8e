"""``kie doctor``: what is set up, what is missing, and what answers."""

from __future__ import annotations

import importlib.util
import os
import platform
import tempfile
import time
from email.utils import parsedate_to_datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kie import __version__
from kie.cli import amounts, exits
from kie.cli.lang import number, t
from kie.cli.options import command
from kie.cli.stores import settings_of
from kie.client.settings import KNOWN
from kie.errors import AuthenticationError, KieError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kie.cli.session import Session

__all__ = ["doctor"]

_SKEW = 60.0
_MARKS = {"ok": ("✓", "green"), "warn": ("!", "yellow"), "fail": ("✗", "red")}
#: What the emulator's extra brings, and what it renders with it.
_RENDERERS = (("numpy", "numpy"), ("pillow", "PIL"), ("av", "av"), ("hibari-tts", "hibari_tts"), ("lameenc", "lameenc"))


class Finding(NamedTuple):
    """Attributes: what was looked at, how it stands ("ok", "warn" or "fail"), what was found."""

    what: str
    level: str
    text: str


@command("doctor", talks=True)
def doctor(session: Session) -> int:
    """Look at everything that a call needs."""
    findings = []
    for finding in _all(session):
        findings.append(finding)
        mark, colour = _MARKS[finding.level]
        session.screen.say((mark + " ", colour), (f"{t('doctor.' + finding.what):<14} ", "bold"), finding.text)
    bad = any(finding.level == "fail" for finding in findings)
    session.screen.note((t("doctor.bad" if bad else "doctor.good"), "red" if bad else "green"))
    session.screen.document({"ok": not bad, "findings": [finding._asdict() for finding in findings]})
    return exits.UNAVAILABLE if bad else exits.DONE


def _all(session: Session) -> Iterator[Finding]:
    yield Finding("python", "ok", f"{platform.python_version()} ({platform.system()} {platform.machine()})")
    yield _versions()
    yield from _settings(session)
    yield _catalogue(session)
    yield _emulator()
    yield _folder()
    yield from _service(session)
    yield from _api(session)


def _versions() -> Finding:
    found = [f"kie {__version__}"]
    for name in ("click", "rich", "pyreqwest", "python-dotenv"):
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            return Finding("versions", "fail", t("doctor.missing", name=name))
    return Finding("versions", "ok", ", ".join(found))


def _settings(session: Session) -> Iterator[Finding]:
    """Yield what is set: names only, never a value."""
    found = session.environment
    known = sorted(name for name in found if name in KNOWN and found[name])
    where = t("doctor.with-env-file") if Path(".env").is_file() else ""
    yield Finding("settings", "ok", (", ".join(known) or t("doctor.none")) + where)
    for name in sorted(found.keys() - KNOWN):
        yield Finding("settings", "warn", t("doctor.unknown-setting", name=name))


def _catalogue(session: Session) -> Finding:
    try:
        catalogue = session.catalogue
        for name in catalogue:
            catalogue.entry(name)
    except KieError as error:
        return Finding("catalogue", "fail", str(error))
    own = f" + {session.environment['KIE_CATALOGUE']}" if session.environment.get("KIE_CATALOGUE") else ""
    return Finding("catalogue", "ok", t("doctor.models", count=len(catalogue)) + own)


def _emulator() -> Finding:
    there = [name for name, module in _RENDERERS if importlib.util.find_spec(module) is not None]
    missing = [name for name, _ in _RENDERERS if name not in there]
    if importlib.util.find_spec("uvicorn") is None or missing:
        gone = ", ".join(missing) or "uvicorn"
        return Finding("emulator", "warn", t("doctor.emulator-part", missing=gone) + " pip install 'kie[emulator]'")
    return Finding("emulator", "ok", t("doctor.emulator-there", renderers=", ".join(there)))


def _folder() -> Finding:
    here = Path.cwd()
    try:
        with tempfile.NamedTemporaryFile(dir=here, prefix=".kie-"):
            pass
    except OSError as error:
        return Finding("folder", "fail", f"{here}: {error.strerror}")
    free = os.statvfs(here) if hasattr(os, "statvfs") else None
    room = f", {t('doctor.free', size=amounts.size(free.f_bavail * free.f_frsize))}" if free else ""
    return Finding("folder", "ok", f"{here}{room}")


def _service(session: Session) -> Iterator[Finding]:
    """Look at the service, where there is one."""
    from kie.service.checks import look, public

    try:
        settings = settings_of(session)
        for check in (*look(settings, time.time()), public(settings.public_url)):
            shown = {name: _shown(name, value) for name, value in check.data.items()}
            yield Finding(check.what, check.level, t(f"doctor.{check.what}.{check.word}", **shown))
    except KieError as error:
        yield Finding("database", "fail", str(error))


def _shown(name: str, value: object) -> str:
    if name == "free":
        return amounts.size(int(str(value)))
    return number(value) if isinstance(value, (int, float)) else str(value)


def _api(session: Session) -> Iterator[Finding]:
    """Ask for the balance: it needs network, address and key, costs nothing, and its answer carries the time."""
    if not session.has_key and not session.emulated and not session.environment.get("KIE_EMULATED"):
        yield Finding("api", "warn", t("session.no-key"))
        return
    begun = time.monotonic()
    try:
        kie = session.kie
        watched = _Dated(kie._transport)  # noqa: SLF001 - the answer's headers are no business of the client's users
        kie._transport = watched  # noqa: SLF001
        balance = kie.credits()
    except AuthenticationError as error:
        yield Finding("api", "fail", str(error))
        return
    except KieError as error:
        yield Finding("api", "fail", str(error))
        return
    took = number(f"{(time.monotonic() - begun) * 1000:.0f}")
    address = kie._core.settings.base_url  # noqa: SLF001
    yield Finding(
        "api", "ok", t("doctor.api-answered", address=address, took=took, credits=amounts.in_credits(balance))
    )
    if watched.date is not None:
        skew = time.time() - watched.date
        level = "ok" if abs(skew) < _SKEW else "warn"
        yield Finding("clock", level, t("doctor.skew", seconds=number(f"{skew:+.0f}")))


class _Dated:
    """A transport that remembers the date of the last reply."""

    def __init__(self, inner: object) -> None:
        self._inner = inner
        self.date: float | None = None

    def __getattr__(self, name: str) -> object:
        """Pass everything else on."""
        return getattr(self._inner, name)

    def send(self, request: object) -> object:
        """Send, and look at the reply's date."""
        reply = self._inner.send(request)  # type: ignore[attr-defined]
        try:
            self.date = parsedate_to_datetime(reply.header("date") or "").timestamp()
        except (TypeError, ValueError):
            self.date = None
        return reply
