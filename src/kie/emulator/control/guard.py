"""Who may use the control endpoints: programs, and pages of the emulator itself; no page of anybody else.

They ask for no key, and they stand on an address that every page in the browser of this machine can reach. So a name
that somebody else's DNS points here is not answered (DNS rebinding), nor is what another origin sends.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from kie.emulator.http import Request

READING = frozenset({"GET", "HEAD"})

#: Of every control response: not to be sniffed, framed, embedded by others, or told on in a Referer.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def host_name(address: str) -> str:
    """The host of "host:port", in small letters and without brackets; "" when it cannot be read."""
    try:
        return (urlsplit(f"//{address}").hostname or "").rstrip(".").lower()
    except ValueError:
        return ""


def _own_name(name: str, configured: AbstractSet[str]) -> bool:
    if name == "localhost" or name.endswith(".localhost") or name in configured:
        return True
    try:
        ip_address(name)  # an address is no name that could be pointed elsewhere
    except ValueError:
        return False
    return True


def objection(request: Request, configured: AbstractSet[str] = frozenset()) -> str:
    """Why a control request is refused; "" when it is not.

    `configured` are names by which the emulator is meant to be reached, besides the loopback names and IP addresses.
    """
    host = request.headers.get("host")
    if host is not None and not _own_name(host_name(host), configured):
        return "this host name is not one of the emulator's; name it with --base-url"
    site = request.headers.get("sec-fetch-site", "none")
    if request.method in READING:
        visit = request.headers.get("sec-fetch-mode") == "navigate"
        return "" if visit or site in {"same-origin", "none"} else "another site may not read this"
    origin = request.headers.get("origin")
    if origin is not None and not _same(origin, host or ""):
        return "another origin may not do this"
    return "" if site in {"same-origin", "none"} else "another site may not do this"


def _same(origin: str, host: str) -> bool:
    """Whether an Origin header names this host and port. The scheme is not known here: a proxy may have ended TLS."""
    scheme, _, rest = origin.partition("://")
    return scheme in {"http", "https"} and bool(host) and rest.lower() == host.lower()
