"""Which addresses a notification may be sent to: those of the public internet, and nothing of our own network.

Whoever may add an address could otherwise make this host ask what only this host can reach: the cloud's metadata, a
database, a neighbour. So an address is judged twice: as it is written (one reading alone, no forms that two programs
take for different hosts), and at each sending by what its name resolves to. The name is resolved once, and the
connection goes to the very address that was judged: a name that points elsewhere a moment later gains nothing.
"""

from __future__ import annotations

import asyncio
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias
from urllib.parse import urlsplit

from kie.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Sequence

__all__ = ["PORTS", "AddressRefused", "Guard", "Target", "allowing", "refusal"]

Address: TypeAlias = IPv4Address | IPv6Address
#: Tells the addresses of a name, as text.
Resolver: TypeAlias = "Callable[[str, int], Awaitable[Sequence[str]]]"

#: Ports that are connected to where nothing else is said: those on which web servers are found.
PORTS = frozenset({80, 443, 8080, 8443})
#: Characters of an address; the usual limit of servers.
_LONGEST = 2048
#: Addresses of a name that are looked at: a name with more is somebody's joke.
_MOST_ADDRESSES = 16

#: What is ours or our neighbours': not reached unless private addresses are allowed. The special-purpose registries of
#: IANA (RFC 6890 and its successors, read 2026-11), and what hides an IPv4 address within an IPv6 one.
_PRIVATE = {
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "shared by customers of a provider",
    "127.0.0.0/8": "loopback",
    "172.16.0.0/12": "private",
    "192.168.0.0/16": "private",
    "198.18.0.0/15": "for benchmarks",
    "::1/128": "loopback",
    "fc00::/7": "private",
}
#: What no notification goes to, whatever is allowed.
_NEVER = {
    "0.0.0.0/8": "this host",
    "100.100.100.200/32": "a cloud's metadata",
    "168.63.129.16/32": "a cloud's metadata",
    "169.254.0.0/16": "link-local, and a cloud's metadata",
    "192.0.0.0/24": "reserved",
    "192.0.2.0/24": "for documentation",
    "192.31.196.0/24": "reserved",
    "192.52.193.0/24": "reserved",
    "192.88.99.0/24": "a relay of 6to4",
    "192.175.48.0/24": "reserved",
    "198.51.100.0/24": "for documentation",
    "203.0.113.0/24": "for documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
    "::/128": "this host",
    "::/96": "an IPv4 address in IPv6",
    "::ffff:0:0/96": "an IPv4 address in IPv6",
    "::ffff:0:0:0/96": "an IPv4 address in IPv6",
    "64:ff9b:1::/48": "an IPv4 address in IPv6",
    "100::/64": "nowhere",
    "100:0:0:1::/64": "nowhere",
    "2001::/23": "reserved, and an IPv4 address in IPv6",
    "2001:db8::/32": "for documentation",
    "2002::/16": "an IPv4 address in IPv6",
    "2620:4f:8000::/48": "reserved",
    "3fff::/20": "for documentation",
    "5f00::/16": "reserved",
    "fd00:ec2::/32": "a cloud's metadata",
    "fd20:ce::/32": "a cloud's metadata",
    "fe80::/10": "link-local",
    "fec0::/10": "site-local",
    "ff00::/8": "multicast",
}
_PRIVATE_NETS = tuple((ip_network(net), why) for net, why in _PRIVATE.items())
_NEVER_NETS = tuple((ip_network(net), why) for net, why in _NEVER.items())
#: The part of IPv6 that is given out to the world; all else is reserved.
_GLOBAL = ip_network("2000::/3")
#: By which a network without IPv4 reaches IPv4 (RFC 6052): what stands in the last 32 bits is what is reached.
_NAT64 = ip_network("64:ff9b::/96")
#: The middle of an address of ISATAP (RFC 5214), whose last 32 bits are an IPv4 address.
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
#: A host in IPv6; a zone (%eth0) belongs to one machine alone.
_SIX = re.compile(r"\[([0-9A-Fa-f:.]+)\](?::[0-9]+)?")
#: A last label that browsers and the C library read as a number.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
#: Names that mean something only within a network.
_INNER = ("localhost", "local", "localdomain", "internal", "intranet", "corp", "home", "lan", "home.arpa")
#: What an address is written with (RFC 3986), without the backslash, which some take for a slash.
_WRITTEN = re.compile(r"[A-Za-z0-9\-._~:/?\[\]@!$&'()*+,;=%]+")


class AddressRefused(InvalidInput):
    """An address that nothing is sent to."""


class Target(NamedTuple):
    """An address that was read.

    Attributes:
        url: as it is kept.
        secure: whether it is https.
        host: in small letters, without brackets or a last dot.
        port: by the scheme where none is named.
        path: with the query: what stands in the request's first line.

    """

    url: str
    secure: bool
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Host and port as the header ``Host`` has them."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == (443 if self.secure else 80) else f"{name}:{self.port}"


def refusal(address: Address, *, allow_private: bool = False) -> str:
    """Say why an address is not connected to; "" when it may be."""
    if isinstance(address, IPv6Address):
        if address in _NAT64:
            return refusal(IPv4Address(int(address) & 0xFFFFFFFF), allow_private=allow_private)
        if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
            return "an IPv4 address in IPv6"
    for net, why in _NEVER_NETS:
        if address.version == net.version and address in net:
            # The loopback address lies within ::/96.
            if address == IPv6Address(1):
                continue
            return why
    for net, why in _PRIVATE_NETS:
        if address.version == net.version and address in net:
            return "" if allow_private else why
    if isinstance(address, IPv6Address) and address not in _GLOBAL:
        return "reserved"
    return ""


async def resolved(host: str, port: int) -> list[str]:
    """Ask the system for the addresses of a name."""
    found = await asyncio.get_running_loop().run_in_executor(_resolving(), _addresses, host, port)
    return [str(each[4][0]) for each in found]


def _addresses(host: str, port: int) -> list[Any]:
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


@cache
def _resolving() -> ThreadPoolExecutor:
    """Threads of their own: a name whose servers are silent holds up nothing but names."""
    return ThreadPoolExecutor(32, thread_name_prefix="kie-names")


class Guard:
    """Judges addresses.

    Args:
        allow_private: let notifications go to loopback and private networks too, without TLS and to any port: for
            tests, and for those whose receiver stands beside this service. Metadata services, link-local and reserved
            addresses stay closed.
        allow_http: let them go without TLS.
        ports: the ports that may be named; None for any.
        resolver: tells the addresses of a name, for tests; the system does where None.

    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        allow_http: bool = False,
        ports: Collection[int] | None = PORTS,
        resolver: Resolver | None = None,
    ) -> None:
        self.allow_private = allow_private
        self._http = allow_http or allow_private
        self._ports = None if allow_private else ports
        self._resolver = resolver or resolved

    def read(self, url: str) -> Target:
        """Read an address as it is written.

        Raises:
            AddressRefused: with the reason.

        """
        if len(url) > _LONGEST:
            raise _refused(f"it is longer than {_LONGEST} characters")
        if not _WRITTEN.fullmatch(url):
            raise _refused(
                "it has characters that no address is written with",
                "Write other letters of a host as xn--…, and of a path as %XX; leave out what follows #.",
            )
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise _refused("it cannot be read") from None
        if parts.scheme not in ("http", "https"):
            raise _refused("it begins with neither https:// nor http://")
        secure = parts.scheme == "https"
        if not secure and not self._http:
            raise _refused("it is without TLS", "Use https://.")
        if "@" in parts.netloc:
            raise _refused("it carries a user's name", "The receiver knows us by the signature.")
        if port is None:
            if parts.netloc.endswith(":"):
                raise _refused("its port is empty")
            port = 443 if secure else 80
        if not port or (self._ports is not None and port not in self._ports):
            allowed = "" if self._ports is None else f"Allowed are {', '.join(map(str, sorted(self._ports)))}."
            raise _refused(f"its port is {port}", allowed or None)
        host = self._host(parts.netloc)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if not path.startswith("/"):
            raise _refused("it cannot be read")
        return Target(url, secure, host, port, path)

    def _host(self, netloc: str) -> str:
        if netloc.startswith("["):
            six = _SIX.fullmatch(netloc)
            try:
                address: Address = IPv6Address(six[1] if six else "")
            except ValueError:
                raise _refused("its host is no address") from None
            self._judge(address)
            return str(address)
        host = netloc.partition(":")[0].lower().removesuffix(".")
        labels = host.split(".")
        if len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):  # noqa: PLR2004 - the longest name of DNS
            raise _refused("its host is no name")
        if _NUMBER.fullmatch(labels[-1]):
            # 127.1, 2130706433, 0x7f.0.0.1, 0177.0.0.1: what these mean depends on who reads them.
            try:
                address = IPv4Address(host)
            except ValueError:
                raise _refused("its host is a number of an odd form", "Write a name, or 198.51.100.7.") from None
            self._judge(address)
        elif not self.allow_private and (len(labels) == 1 or any(_within(host, name) for name in _INNER)):
            raise _refused(f"{host} is a name of an inner network")
        return host

    def _judge(self, address: Address) -> None:
        why = refusal(address, allow_private=self.allow_private)
        if why:
            raise _refused(f"{address} is {why}")

    async def addresses(self, target: Target) -> tuple[Address, ...]:
        """Resolve the host, once, and judge what comes: each of these may be connected to.

        Raises:
            AddressRefused: one of them may not be; a name that also points inwards is not asked at its other addresses.
            OSError: the name cannot be resolved.

        """
        try:
            return (ip_address(target.host),)  # judged when it was read
        except ValueError:
            pass
        found = []
        for text in dict.fromkeys(await self._resolver(target.host, target.port)):
            try:
                address = ip_address(text)
            except ValueError:
                raise _refused(f"{target.host} resolves to {text!r}, which is no address") from None
            why = refusal(address, allow_private=self.allow_private)
            if why:
                raise _refused(f"{target.host} resolves to an address that is {why}")  # which one is nobody's business
            found.append(address)
        if not found:
            raise OSError(f"{target.host} has no address")
        return tuple(found[:_MOST_ADDRESSES])

    async def check(self, url: str) -> Target:
        """Judge an address as it is written and as it resolves now, when it is added.

        Raises:
            AddressRefused: with the reason; also where its name cannot be resolved.

        """
        target = self.read(url)
        try:
            await self.addresses(target)
        except (OSError, UnicodeError) as error:
            raise _refused(f"{target.host} cannot be resolved ({error})") from None
        return target


def allowing(setting: str) -> Guard:
    """Return a guard by the setting ``KIE_NOTIFY_ALLOW``.

    Args:
        setting: "" for the public internet over TLS; "http" for it without TLS too; "private" for our own network too.

    Raises:
        InvalidInput: it is none of these.

    """
    if setting not in ("", "http", "private"):
        raise InvalidInput(
            f"KIE_NOTIFY_ALLOW is {setting!r}.", field="KIE_NOTIFY_ALLOW", allowed=("", "http", "private")
        )
    return Guard(allow_private=setting == "private", allow_http=setting == "http")


def _within(host: str, name: str) -> bool:
    return host == name or host.endswith(f".{name}")


def _refused(why: str, hint: str | None = None) -> AddressRefused:
    return AddressRefused(f"Notifications cannot go to this address: {why}.", field="url", hint=hint)
