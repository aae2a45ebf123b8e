"""Where notifications may go: no form of writing an address, and no name, leads into our own network."""

from __future__ import annotations

import contextlib
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kie.errors import InvalidInput
from kie.service.notifications.guard import AddressRefused, Guard, allowing, refusal

#: What is inside, in IPv4: each is also tried in every form of IPv6 that holds it.
INSIDE = (
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "169.254.170.2",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
)
INSIDE_SIX = (
    "::",
    "::1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "3fff::1",
    "4000::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fd12:3456::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
)
OUTSIDE = ("1.1.1.1", "8.8.8.8", "9.255.255.255", "93.184.216.34", "100.128.0.1", "172.32.0.1", "198.20.0.1")
OUTSIDE_SIX = ("2606:4700:4700::1111", "2001:4860:4860::8888", "2a00:1450:4001:80b::200e", "64:ff9b::808:808")


def _hidden(four: str) -> list[IPv6Address]:
    value = int(IPv4Address(four))
    return [
        IPv6Address(value),
        IPv6Address(0xFFFF << 32 | value),
        IPv6Address(0xFFFF << 48 | value),
        IPv6Address(0x64FF9B << 96 | value),
        IPv6Address(0x64FF9B_0001 << 80 | value),
        IPv6Address(0x2002 << 112 | value << 80 | 1),
        IPv6Address(0x20010000 << 96 | value << 64 | 0xFFFFFFFF ^ value),
        IPv6Address(0x2606_4700 << 96 | 0x5EFE << 32 | value),
        IPv6Address(0x2606_4700 << 96 | 0x02005EFE << 32 | value),
    ]


@pytest.mark.parametrize("text", [*INSIDE, *INSIDE_SIX])
def test_what_is_inside_is_refused(text: str) -> None:
    address = ip_address(text)
    assert refusal(address)
    host = f"[{text}]" if address.version == 6 else text
    with pytest.raises(AddressRefused) as refused:
        Guard(allow_http=True).read(f"http://{host}/")
    assert refused.value.field == "url"
    if isinstance(address, IPv4Address):
        for six in _hidden(text):
            assert refusal(six), six
            with pytest.raises(AddressRefused):
                Guard().read(f"https://[{six}]/")


@pytest.mark.parametrize("text", [*OUTSIDE, *OUTSIDE_SIX])
def test_what_is_outside_is_not(text: str) -> None:
    assert not refusal(ip_address(text))


@given(st.ip_addresses())
def test_nothing_is_reached_that_the_registries_of_python_call_inner(address: IPv4Address | IPv6Address) -> None:
    if not refusal(address):
        assert address.is_global
        assert not address.is_multicast
        assert not address.is_reserved or address in _NAT64
        if isinstance(address, IPv6Address):
            assert not any((address.ipv4_mapped, address.sixtofour, address.teredo))


class _Nat64:
    def __contains__(self, address: object) -> bool:
        return isinstance(address, IPv6Address) and int(address) >> 32 == 0x64FF9B << 64


_NAT64 = _Nat64()


def test_what_is_allowed_for_those_who_host_it_themselves() -> None:
    for text in ("10.0.0.1", "127.0.0.1", "192.168.1.1", "100.64.0.1", "::1", "fd12:3456::1", "64:ff9b::a00:1"):
        assert not refusal(ip_address(text), allow_private=True), text
    for text in (
        "0.0.0.0",
        "169.254.169.254",
        "100.100.100.200",
        "fd00:ec2::254",
        "fe80::1",
        "224.0.0.1",
        "64:ff9b::a9fe:a9fe",
    ):
        assert refusal(ip_address(text), allow_private=True), text
    own = Guard(allow_private=True)
    assert own.read("http://receiver:9000").port == 9000
    assert own.read("http://localhost/in").host == "localhost"
    with pytest.raises(AddressRefused, match="metadata"):
        own.read("http://169.254.169.254/latest")


def test_what_is_allowed_is_a_setting() -> None:
    for setting, reached in (
        ("", {"https://example.com/"}),
        ("http", {"https://example.com/", "http://example.com/"}),
        ("private", {"https://example.com/", "http://example.com/", "http://10.0.0.1:9000/"}),
    ):
        for url in ("https://example.com/", "http://example.com/", "http://10.0.0.1:9000/", "http://169.254.169.254/"):
            with contextlib.nullcontext() if url in reached else pytest.raises(AddressRefused):
                allowing(setting).read(url)
    with pytest.raises(InvalidInput, match="KIE_NOTIFY_ALLOW"):
        allowing("yes")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "characters"),
        ("example.com/in", "begins with"),
        ("//example.com/in", "begins with"),
        ("ftp://example.com/", "begins with"),
        ("file:///etc/passwd", "begins with"),
        ("javascript:alert(1)", "begins with"),
        ("http://example.com/", "without TLS"),
        ("https://", "no name"),
        ("https:///in", "no name"),
        ("https://u@example.com/", "user"),
        ("https://u:p@example.com/", "user"),
        ("https://example.com@127.0.0.1/", "user"),
        ("https://example.com:22/", "port is 22"),
        ("https://example.com:0/", "port is 0"),
        ("https://example.com:/", "empty"),
        ("https://example.com:99999/", "cannot be read"),
        ("https://example.com:4 4/", "characters"),
        ("https://example.com\\@127.0.0.1/", "characters"),
        ("https://example.com/a b", "characters"),
        ("https://example.com/\r\nHost: a", "characters"),
        ("https://exa\tmple.com/", "characters"),
        ("https://example.com/#part", "characters"),
        ("https://bücher.example/", "characters"),
        ("https://①②⑦.⓪.⓪.①/", "characters"),
        ("https://127。0。0。1/", "characters"),
        ("https://\u217cocalhost/", "characters"),
        ("https://%6cocalhost/", "no name"),
        ("https://127.0.0.1%2f.example.com/", "no name"),
        ("https://127.0.0.1/", "loopback"),
        ("https://127.0.0.1./", "loopback"),
        ("https://127.1/", "odd form"),
        ("https://2130706433/", "odd form"),
        ("https://0x7f000001/", "odd form"),
        ("https://0x7f.0.0.1/", "odd form"),
        ("https://0177.0.0.1/", "odd form"),
        ("https://017700000001/", "odd form"),
        ("https://127.0.0.0x1/", "odd form"),
        ("https://1.2.3.4.5/", "odd form"),
        ("https://256.256.256.256/", "odd form"),
        ("https://example.0x/", "odd form"),
        ("https://example.123/", "odd form"),
        ("https://localhost/", "inner"),
        ("https://LOCALHOST./", "inner"),
        ("https://a.localhost/", "inner"),
        ("https://metadata.google.internal/", "inner"),
        ("https://printer.local/", "inner"),
        ("https://router/", "inner"),
        ("https://example.com../", "no name"),
        ("https://.example.com/", "no name"),
        ("https://a..example.com/", "no name"),
        ("https://-a.example.com/", "no name"),
        (f"https://{'a' * 64}.example.com/", "no name"),
        (f"https://{'a.' * 130}com/", "no name"),
        ("https://[::1]/", "loopback"),
        ("https://[::ffff:127.0.0.1]/", "IPv4 address in IPv6"),
        ("https://[fe80::1%25eth0]/", "no address"),
        ("https://[v1.a]/", "no address"),
        ("https://[::1/", "cannot be read"),
        ("https://[2606:4700::1111%25eth0]/", "no address"),
        ("https://[2606:4700::1111]x/", "no address|cannot be read"),
        ("https://a[2606:4700::1111]/", "no name|cannot be read"),
        (f"https://example.com/{'a' * 2048}", "longer"),
    ],
)
def test_addresses_that_are_refused_as_they_are_written(url: str, words: str) -> None:
    with pytest.raises(AddressRefused, match=words):
        Guard().read(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.com", (True, "example.com", 443, "/", "example.com")),
        ("https://EXAMPLE.com.:8443/in?x=%20&y", (True, "example.com", 8443, "/in?x=%20&y", "example.com:8443")),
        ("https://example.com:443?x", (True, "example.com", 443, "/?x", "example.com")),
        ("http://example.com/in", (False, "example.com", 80, "/in", "example.com")),
        ("https://xn--bcher-kva.example/", (True, "xn--bcher-kva.example", 443, "/", "xn--bcher-kva.example")),
        ("https://93.184.216.34/", (True, "93.184.216.34", 443, "/", "93.184.216.34")),
        ("https://[2606:4700:0:0::1111]/", (True, "2606:4700::1111", 443, "/", "[2606:4700::1111]")),
        ("https://_a.b-c.example.com/", (True, "_a.b-c.example.com", 443, "/", "_a.b-c.example.com")),
    ],
)
def test_addresses_that_are_read(url: str, expected: tuple[Any, ...]) -> None:
    target = Guard(allow_http=True).read(url)
    assert (target.secure, target.host, target.port, target.path, target.origin) == expected


_PIECES = (
    *("http", "https", "://", "//", "/", "\\", "@", ":", "[", "]", "?", "#", "%", ".", "\t", "\n", " ", "。", "①"),
    *(
        "0x7f",
        "0177",
        "127",
        "1",
        "0",
        "localhost",
        "example",
        "com",
        "::1",
        "::ffff:",
        "169.254.169.254",
        "xn--",
        "80",
    ),
)


@given(
    st.lists(st.sampled_from(_PIECES), max_size=12).map("".join)
    | st.text(max_size=40).map(lambda text: f"https://{text}")
)
@example("https://0/")
@example("https://127.0.1/")
def test_whatever_is_written_nothing_inner_comes_through(url: str) -> None:
    try:
        target = Guard(allow_http=True).read(url)
    except AddressRefused:
        return
    assert target.path.startswith("/")
    assert not set(target.path + target.host) & set(" \r\n\t\\#@")
    with contextlib.suppress(OSError):
        # What the C library takes for a number is a whole one, and outside.
        assert not refusal(IPv4Address(socket.inet_aton(target.host)))
        assert socket.inet_ntoa(socket.inet_aton(target.host)) == target.host
