"""Where a service keeps things: ``KIE_DATABASE_URL``, ``KIE_ARTEFACTS_URL``, ``KIE_PUBLIC_URL`` and other settings.

Without any of them it lives in the user's data folder. On the emulator it lives in a folder beside that: tasks of an
emulator and tasks that were paid for must never stand in one database.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from kie.errors import InvalidInput
from kie.store.errors import StoreError, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kie.store.database import Database

__all__ = ["ServiceSettings", "data_folder", "opened_database", "shown"]


class ServiceSettings(NamedTuple):
    """Where a service keeps things, and where it is reached.

    Attributes:
        database_url: see ``store.opening.open_database``.
        artefacts_url: see ``store.artefacts.open_artefacts``.
        public_url: where the vendor's callbacks reach the ingress, without a slash at the end; None works by polling.
        master_key: as it was set, or None; never shown.
        folder: the user's data folder, where a master key's file may lie.
        emulated: whether it is all for an emulator.
        notify_allow: where notifications may go: see ``guard.allowing``.
        previews: whether thumbnails and waveforms are made.
        webhook_secret: with which the vendor signs its callbacks, or None; never shown.

    """

    database_url: str
    artefacts_url: str
    public_url: str | None
    master_key: str | None
    folder: Path
    emulated: bool = False
    notify_allow: str = ""
    previews: bool = True
    webhook_secret: str | None = None

    def __repr__(self) -> str:
        """Show places, never passwords or keys."""
        return f"<ServiceSettings {shown(self.database_url)} {shown(self.artefacts_url)}>"

    @classmethod
    def gather(
        cls, environment: Mapping[str, str], *, emulated: bool = False, platform: str = sys.platform
    ) -> ServiceSettings:
        """Put the settings together.

        Args:
            environment: all settings, as ``client.settings.environment`` returns them.
            emulated: for an emulator: the defaults lie apart.
            platform: of ``sys.platform``.

        Raises:
            InvalidInput: an address is none.

        """
        folder = data_folder(platform=platform) / ("emulated" if emulated else "")
        given = {name: environment.get(name, "").strip() for name in _NAMES}
        return cls(
            given["KIE_DATABASE_URL"] or f"sqlite:///{folder / 'kie.db'}",
            given["KIE_ARTEFACTS_URL"] or str(folder / "files"),
            _public(given["KIE_PUBLIC_URL"]),
            given["KIE_MASTER_KEY"] or None,
            folder,
            emulated,
            given["KIE_NOTIFY_ALLOW"],
            given["KIE_PREVIEWS"].lower() not in ("0", "false", "no", "off"),
            (not emulated and given["KIE_WEBHOOK_SECRET"]) or None,  # an emulator of our own signs nothing
        )

    @classmethod
    def of_environment(cls) -> ServiceSettings:
        """Put the settings of the environment and of ``.env`` together.

        Raises:
            InvalidInput: an address is none.

        """
        from kie.client.settings import environment

        found = environment()
        return cls.gather(found, emulated=found.get("KIE_EMULATED", "").strip().lower() in _TRUE)

    def master_keys(self) -> tuple[bytes, ...]:
        """Return the keys that open what is sealed in the database: those that are set, or those of ``master.key``.

        Raises:
            MasterKeyUnusable: they are none.

        """
        from kie.service.accounts import master_key

        return master_key.read(self.master_key, self.folder / "master.key")


_TRUE = frozenset(("1", "true", "yes", "on"))
_NAMES = (
    "KIE_DATABASE_URL",
    "KIE_ARTEFACTS_URL",
    "KIE_PUBLIC_URL",
    "KIE_MASTER_KEY",
    "KIE_NOTIFY_ALLOW",
    "KIE_PREVIEWS",
    "KIE_WEBHOOK_SECRET",
)


def data_folder(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Return the user's folder for data, by the custom of the system; it need not be there yet."""
    home = Path.home()
    if platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local") / "kie"
    if platform == "darwin":
        return home / "Library" / "Application Support" / "kie"
    wanted = environment.get("XDG_DATA_HOME", "")
    return (Path(wanted) if wanted.startswith("/") else home / ".local" / "share") / "kie"


def shown(url: str) -> str:
    """Return an address as it may be shown: without a password, and without what follows a question mark."""
    plain = url.partition("?")[0]
    scheme, mark, rest = plain.partition("://")
    place, slash, path = rest.partition("/")
    user, at, host = place.rpartition("@")
    return f"{scheme}{mark}{user.partition(':')[0]}{at}{host}{slash}{path}" if mark else plain


def _public(value: str) -> str | None:
    if not value:
        return None
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query and parts.port != 0
    except ValueError:
        usable = False
    if not usable or "@" in value:
        raise InvalidInput(
            f"KIE_PUBLIC_URL is {shown(value)!r}: an http(s) address is needed, as the vendor is to call it.",
            field="KIE_PUBLIC_URL",
        )
    return value.rstrip("/")


def opened_database(url: str) -> Database:
    """Open a database; a folder or file that cannot be had is a database that cannot be reached.

    Raises:
        StoreUnavailable, StoreError: as ``store.opening.open_database``.

    """
    from kie.store.opening import open_database

    try:
        return open_database(url)
    except ImportError as error:
        raise StoreError(f"{error.name} is needed for this database.", hint="pip install 'kie[server]'") from error
    except OSError as error:
        what = error.strerror or type(error).__name__
        raise StoreUnavailable(f"{shown(url)} cannot be opened: {what}.", hint="See KIE_DATABASE_URL.") from error
