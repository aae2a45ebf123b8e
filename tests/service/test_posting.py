"""What is sent goes to the very address that was judged, and whatever comes back is told: names, TLS, odd receivers."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from typing import TYPE_CHECKING

import pytest

from kie.emulator.serving.tls import Authority
from kie.service.notifications import posting
from kie.service.notifications.guard import AddressRefused, Guard
from kie.service.notifications.posting import EXCERPT, Poster
from tests.service.receiver import Receiver, reply

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Names:
    """A resolver that says something else each time."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, int]] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append((host, port))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.mark.parametrize(
    "found",
    [
        ["127.0.0.1"],
        ["93.184.216.34", "10.0.0.1"],
        ["2606:4700::1111", "::ffff:10.0.0.1"],
        ["fe80::1%eth0"],
        ["169.254.169.254"],
        ["not an address"],
        [],
    ],
)
def test_a_name_that_points_inwards_is_refused(found: list[str]) -> None:
    with pytest.raises(AddressRefused, match=r"example\.com"):
        asyncio.run(Guard(resolver=Names(found)).check("https://example.com/"))


def test_a_name_that_cannot_be_resolved_is_said_so() -> None:
    async def fail(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    guard = Guard(resolver=fail)
    with pytest.raises(AddressRefused, match="cannot be resolved"):
        asyncio.run(guard.check("https://example.com/"))
    answer = asyncio.run(Poster(guard).post("https://example.com/", {}, b""))
    assert (answer.status, answer.taken) == (None, False)
    assert "not known" in answer.error


def test_whatever_goes_wrong_is_told_in_the_answer() -> None:
    async def fail(_host: str, _port: int) -> list[str]:
        raise RuntimeError("a resolver that breaks")

    answer = asyncio.run(Poster(Guard(resolver=fail)).post("https://example.com/", {}, b""))
    assert answer.error == "RuntimeError: a resolver that breaks"


def test_a_name_that_points_elsewhere_a_moment_later_gains_nothing() -> None:
    async def go() -> None:
        names = Names(["93.184.216.34"], ["127.0.0.1"])
        guard = Guard(allow_http=True, ports=None, resolver=names)
        async with Receiver().listening() as receiver:
            url = f"http://rebinding.example.com:{receiver.port}/"
            await guard.check(url)
            answer = await Poster(guard).post(url, {}, b"{}")
            assert answer.status is None
            assert "loopback" in answer.error
            assert receiver.connections == 0

    asyncio.run(go())


def test_the_connection_goes_to_the_address_that_was_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    async def go() -> None:
        names = Names(["127.0.0.1"], ["127.0.0.2"])
        async with Receiver().listening() as receiver:
            for each in ("getaddrinfo", "gethostbyname", "create_connection"):
                monkeypatch.setattr(socket, each, None)  # nobody else resolves anything
            monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
            monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
            guard = Guard(allow_private=True, resolver=names)
            answer = await Poster(guard).post(f"http://some.example.com:{receiver.port}/in?q", {"x-a": "b"}, b"{}")
            assert (answer.status, answer.error) == (204, "")
            assert answer.taken
            assert names.asked == [("some.example.com", receiver.port)]
            [came] = receiver.came
            assert came.line == "POST /in?q HTTP/1.1"
            assert came.head["host"] == f"some.example.com:{receiver.port}"
            assert came.head["x-a"] == "b"
            assert not {"authorization", "cookie"} & set(came.head)

    asyncio.run(go())


def test_an_address_that_does_not_answer_gives_way_to_the_next() -> None:
    async def go() -> None:
        async with Receiver().listening() as receiver:
            guard = Guard(allow_private=True, resolver=Names(["127.0.0.2", "::1", "127.0.0.1"]))
            answer = await Poster(guard).post(f"http://some.example.com:{receiver.port}/", {}, b"{}")
            assert answer.status == 204

    asyncio.run(go())


def test_a_redirect_is_told_and_never_followed() -> None:
    async def go() -> None:
        async with Receiver().listening() as receiver:
            receiver.answer = lambda _: reply(302, f"Location: {receiver.url}")
            answer = await Poster(Guard(allow_private=True)).post(receiver.url, {}, b"{}")
            assert (answer.status, answer.taken) == (302, False)
            assert len(receiver.came) == 1

    asyncio.run(go())


def test_tls_is_held_against_the_name(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    trusting = ssl.create_default_context(cafile=str(authority.certificate))
    guard = Guard(allow_private=True, resolver=Names(["127.0.0.1"]))
    ours = posting._tls()
    assert (ours.check_hostname, ours.verify_mode) == (True, ssl.CERT_REQUIRED)
    assert ours.minimum_version >= ssl.TLSVersion.TLSv1_2

    async def go() -> None:
        async with Receiver().listening(authority.context()) as receiver:
            url = f"https://localhost:{receiver.port}/"
            assert (await Poster(guard, tls=trusting).post(url, {}, b"{}")).status == 204
            assert receiver.names == ["localhost"]
            for poster, name in ((Poster(guard, tls=trusting), "other.example.com"), (Poster(guard), "localhost")):
                answer = await poster.post(f"https://{name}:{receiver.port}/", {}, b"{}")
                assert answer.status is None
                assert "certificate" in answer.error
            assert len(receiver.came) == 1

    asyncio.run(go())


#: What a receiver may say, and what is made of it: the status, or words of the fault; then the excerpt.
ANSWERS: dict[str, tuple[bytes | None, int | str, str]] = {
    "nothing": (None, "closed", ""),
    "no HTTP": (b"SSH-2.0-x\r\n\r\n", "no answer of HTTP", ""),
    "half a head": (b"HTTP/1.1 200 OK\r\nA: ", "closed", ""),
    "an endless head": (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 20_000, "longer", ""),
    "another HTTP": (b"HTTP/2 200\r\n\r\n", "no answer of HTTP", ""),
    "a number too long": (b"HTTP/1.1 2000 OK\r\n\r\n", "no answer of HTTP", ""),
    "no reason": (b"HTTP/1.1 200\r\n\r\n", 200, ""),
    "bare line ends": (b"HTTP/1.0 201 Made\nContent-Length: 2\n\nokxx", 201, "ok"),
    "early hints": (b"HTTP/1.1 103 Early\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\n\r\nfine", 200, "fine"),
    "hints alone": (b"HTTP/1.1 100 Continue\r\n\r\n" * 9, "interim", ""),
    "chunks": (
        b"HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3;x=y\r\ncde\r\n0\r\n\r\n",
        500,
        "abcde",
    ),
    "broken chunks": (b"HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\nab", 500, ""),
    "a lie of length": (b"HTTP/1.1 400 No\r\nContent-Length: 99999999999999999999\r\n\r\nshort", 400, "short"),
    "much": (reply(500, body="x" * 100_000), 500, "x" * EXCERPT),
    "no text": (b"HTTP/1.1 500 No\r\n\r\n\x00\xff\x1b[31mred\r\n\xe2\x82\xac", 500, "\ufffd [31mred  €"),
}


@pytest.mark.parametrize("what", ANSWERS)
def test_what_a_receiver_may_say(what: str) -> None:
    said, expected, excerpt = ANSWERS[what]

    async def go() -> None:
        async with Receiver().listening() as receiver:
            receiver.answer = lambda _: said
            answer = await Poster(Guard(allow_private=True)).post(receiver.url, {}, b"{}")
            if isinstance(expected, int):
                assert (answer.status, answer.error, answer.excerpt) == (expected, "", excerpt)
            else:
                assert answer.status is None
                assert expected in answer.error

    asyncio.run(go())


def test_a_receiver_that_says_nothing_is_left_after_a_time(tmp_path: Path) -> None:
    """Before TLS, after the request, and one that never ends its head."""

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError), contextlib.closing(writer.transport):
            writer.write(b"HTTP/1.1 200 OK\r\n")
            while not reader.at_eof():
                writer.write(b"A: b\r\n")
                await writer.drain()
                await asyncio.sleep(0.02)

    async def go() -> None:
        poster = Poster(Guard(allow_private=True), timeout=0.2)
        async with Receiver().listening() as receiver:
            receiver.answer = lambda _: b""
            assert "no answer within" in (await poster.post(receiver.url, {}, b"{}")).error
            secure = f"https://127.0.0.1:{receiver.port}/"
            assert "no answer within" in (await poster.post(secure, {}, b"{}")).error
        async with await asyncio.start_server(drip, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            assert "no answer within" in (await poster.post(f"http://127.0.0.1:{port}/", {}, b"{}")).error

    asyncio.run(go())
