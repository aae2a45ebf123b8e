"""Where settings come from: arguments, then the environment, then a ``.env`` file in the working folder."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from kie.errors import AuthenticationError, InvalidInput

__all__ = ["API_URL", "KNOWN", "UPLOAD_URL", "Settings", "environment"]

API_URL = "https://api.kie.ai"
UPLOAD_URL = "https://kieai.redpandaai.co"

#: Every setting there is; others that begin with ``KIE_`` are warned about, for they are misspelt as a rule.
KNOWN = frozenset(
    (
        "KIE_API_KEY",
        "KIE_ARTEFACTS_URL",
        "KIE_BASE_URL",
        "KIE_CATALOGUE",
        "KIE_CURRENCY",
        "KIE_DATABASE_URL",
        "KIE_EMULATED",
        "KIE_LANG",
        "KIE_LEASE",
        "KIE_LOG",
        "KIE_MASTER_KEY",
        "KIE_NOTIFY_ALLOW",
        "KIE_PREFER",
        "KIE_PREVIEWS",
        "KIE_PUBLIC_URL",
        "KIE_UPLOAD_URL",
        "KIE_WEBHOOK_SECRET",
    )
)
_LOCAL = frozenset(("localhost", "127.0.0.1", "::1"))
_DAY = 86400.0
_warned: set[str] = set()


def environment() -> dict[str, str]:
    """Return all ``KIE_`` settings, the environment's before those of ``.env``; warn once about unknown names."""
    found = {name: value for name, value in os.environ.items() if name.startswith("KIE_")}
    if Path(".env").is_file():
        from dotenv import dotenv_values

        try:
            read = dotenv_values(".env")
        except (OSError, ValueError) as error:
            raise InvalidInput(f"The file .env cannot be read ({type(error).__name__}).", field=".env") from None
        found = {k: v for k, v in read.items() if k.startswith("KIE_") and v is not None} | found
    for name in found.keys() - KNOWN - _warned:
        _warned.add(name)
        import difflib

        near = difflib.get_close_matches(name, KNOWN, n=1)
        warnings.warn(
            f"{name} is not a setting of kie" + (f"; did you mean {near[0]}?" if near else "."),
            UserWarning,
            stacklevel=4,
        )
    return found


def _url(name: str, value: str) -> str:
    value = value.strip()
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # half an IPv6 address, a port that is no number
        parts, usable = urlsplit(""), False
    if (
        "@" in value.partition("//")[2].partition("/")[0]
    ):  # in the text: what cannot be taken apart must not be shown either
        raise InvalidInput(f"{name} must not hold a user name or a password.", field=name)
    if not usable:
        raise InvalidInput(f"{name} is {value!r}: an http(s) address is needed.", field=name)
    if (
        parts.scheme == "http"
        and parts.hostname not in _LOCAL
        and not str(parts.hostname).endswith((".localhost", ".local"))
    ):
        warnings.warn(
            f"{name} is not encrypted: the key travels readable to {parts.hostname}.",
            UserWarning,
            stacklevel=5,
        )
    return value.rstrip("/")


class Settings(NamedTuple):
    """What a client works with.

    Attributes:
        api_key: the key; never shown.
        base_url: the API's address.
        upload_url: the upload host's address.
        timeout: seconds for one exchange.
        retries: how often a call that may be repeated is tried again.
        pace: factor on the pauses between polls (an emulator with a fast clock sets it below 1).
        poll: fixed seconds between polls, or None for the adaptive schedule.

    """

    api_key: str
    base_url: str = API_URL
    upload_url: str = UPLOAD_URL
    timeout: float = 60.0
    retries: int = 4
    pace: float = 1.0
    poll: float | None = None

    def __repr__(self) -> str:
        """Show the address, never the key."""
        return f"<Settings {self.base_url}>"

    @classmethod
    def gather(
        cls,
        *,
        api_key: str | None,
        base_url: str | None,
        upload_url: str | None,
        timeout: float,
        retries: int,
        pace: float,
        poll: float | None,
    ) -> Settings:
        """Put the settings together; arguments go before the environment.

        Raises:
            AuthenticationError: there is no key.
            InvalidInput: an address is none, or a number is out of range.

        """
        env = environment()
        key = (api_key if api_key is not None else env.get("KIE_API_KEY", "")).strip()
        if not key:
            raise AuthenticationError(
                "There is no API key.",
                hint="Set KIE_API_KEY, pass api_key=, or try it without one: Kie(emulated=True).",
            )
        if not key.isascii() or not key.isprintable() or any(c.isspace() for c in key):
            raise AuthenticationError(
                "The API key holds characters that no key has (was it copied whole, on one line?)."
            )
        if not (0 < timeout < _DAY and retries >= 0 and pace >= 0 and (poll is None or 0 <= poll < _DAY)):
            raise InvalidInput(
                "timeout must be above 0; retries, pace and poll must not be below 0, and none without end.",
                field="timeout",
            )
        base = _url("KIE_BASE_URL", base_url or env.get("KIE_BASE_URL") or API_URL)
        default_upload = UPLOAD_URL if base == API_URL else base  # one host serves all when it is not the vendor's
        upload = _url("KIE_UPLOAD_URL", upload_url or env.get("KIE_UPLOAD_URL") or default_upload)
        return cls(key, base, upload, timeout, retries, pace, poll)
