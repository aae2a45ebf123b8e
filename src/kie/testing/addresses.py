"""Which addresses are on this machine, and which a test may reach beyond it."""

from __future__ import annotations

import ipaddress
import socket
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def is_local(host: str) -> bool:
    """Whether a name or an address never leaves this machine."""
    name = _plain(host)
    if name in {"", "localhost"} or name.endswith(".localhost"):
        return True
    address = _address(name)
    return address is not None and (address.is_loopback or address.is_unspecified)


class Allowed:
    """What may be reached: this machine, and the hosts that a test names.

    Args:
        hosts: Names, patterns with `*`, addresses, or networks such as `10.0.0.0/8`.
    """

    def __init__(self, hosts: Iterable[str] = ()) -> None:
        self.hosts = tuple(hosts)
        self._patterns = [_plain(host) for host in self.hosts]
        self._networks = [network for host in self.hosts if (network := _network(host)) is not None]
        self._resolved: set[str] = set()

    def may_reach(self, host: str) -> bool:
        """Whether a connection to a name or an address is allowed."""
        name = _plain(host)
        if is_local(name) or name in self._resolved:
            return True
        if any(fnmatchcase(name, pattern) for pattern in self._patterns):
            return True
        address = _address(name)
        return address is not None and any(address in network for network in self._networks)

    def may_resolve(self, host: str) -> bool:
        """Whether the address of a name may be asked for. That of this machine's own name may, and numbers are none."""
        name = _plain(host)
        return self.may_reach(name) or _address(name) is not None or name == _plain(socket.gethostname())

    def resolved(self, addresses: Iterable[str]) -> None:
        """Names that may be reached were found at these addresses: connections to them are allowed."""
        self._resolved.update(map(_plain, addresses))


def _plain(host: str) -> str:
    return host.strip().rstrip(".").strip("[]").partition("%")[0].lower()


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return None
    inner = getattr(address, "ipv4_mapped", None)
    return inner or address


def _network(host: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(host.strip(), strict=False)
    except ValueError:
        return None
