"""The egress guard: what it stops, what it lets through, and that it leaves nothing behind."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import sys
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from kie.testing.addresses import Allowed, is_local
from kie.testing.deadend import target
from kie.testing.guard import Attempt, Guard, NetworkBlocked, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., pytest.RunResult]

#: An address that is nobody's (RFC 5737), and one of IPv6 (RFC 3849).
NOWHERE, NOWHERE_6 = "192.0.2.1", "2001:db8::1"
NAMES = ("connect", "connect_ex", "sendto", "sendmsg")
LOOKUPS = ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr")


def _state() -> tuple[Any, ...]:
    """What the guard touches."""
    own = tuple((name, vars(socket.socket).get(name)) for name in NAMES)
    return own, tuple(getattr(socket, name) for name in LOOKUPS), dict(os.environ), threading.active_count()


@pytest.fixture
def nothing_leaves(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Behind the guard: whatever it lets through is written down instead of sent."""
    passed: list[Any] = []

    def connect(_: Any, address: Any) -> None:
        passed.append(address)

    def getaddrinfo(host: Any, port: Any, *_: Any, **__: Any) -> Any:
        passed.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (NOWHERE, port))]

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return passed


REACHES: dict[str, Callable[[socket.socket], object]] = {
    "connect": lambda tcp: tcp.connect((NOWHERE, 80)),
    "connect_ex": lambda tcp: tcp.connect_ex((NOWHERE, 80)),
    "create_connection": lambda _: socket.create_connection((NOWHERE, 80), timeout=1),
    "a name": lambda _: socket.create_connection(("api.example.com", 443), timeout=1),
    "bytes": lambda _: socket.getaddrinfo(b"api.example.com", b"443"),
    "a name to connect": lambda tcp: tcp.connect(("api.example.com", 443)),
    "gethostbyname": lambda _: socket.gethostbyname("api.example.com"),
    "gethostbyname_ex": lambda _: socket.gethostbyname_ex("api.example.com"),
    "gethostbyaddr": lambda _: socket.gethostbyaddr("api.example.com"),
    "mapped": lambda _: socket.create_connection((f"::ffff:{NOWHERE}", 80), timeout=1),
}


@pytest.mark.parametrize("way", REACHES)
def test_tcp_and_lookups_are_stopped(way: str) -> None:
    with Guard() as guard, socket.socket() as tcp:
        with pytest.raises(NetworkBlocked, match=r"allow_hosts=\['"):
            REACHES[way](tcp)
        (attempt,) = guard.take()
        assert attempt.host.endswith(("api.example.com", NOWHERE))
        assert guard.take() == []


def test_udp_is_stopped() -> None:
    with Guard() as guard, socket.socket(type=socket.SOCK_DGRAM) as udp:
        with pytest.raises(NetworkBlocked):
            udp.sendto(b"x", (NOWHERE, 53))
        with pytest.raises(NetworkBlocked):
            udp.sendto(b"x", 0, (NOWHERE, 54))
        with pytest.raises(NetworkBlocked):
            udp.sendmsg([b"x"], [], 0, (NOWHERE, 55))
        assert guard.take() == [
            Attempt(NOWHERE, 53, "sendto"),
            Attempt(NOWHERE, 54, "sendto"),
            Attempt(NOWHERE, 55, "sendmsg"),
        ]


def test_this_machine_may_be_reached_in_every_way(tmp_path: Path) -> None:
    with Guard() as guard, socket.create_server(("127.0.0.1", 0)) as server:
        for host in ("127.0.0.1", "localhost"):
            socket.create_connection((host, server.getsockname()[1]), timeout=5).close()
        with socket.socket() as tcp:
            assert tcp.connect_ex(server.getsockname()) == 0
        with socket.socket(type=socket.SOCK_DGRAM) as udp, socket.socket(type=socket.SOCK_DGRAM) as other:
            udp.bind(("127.0.0.1", 0))
            assert other.sendto(b"x", udp.getsockname()) == 1
            assert other.sendmsg([b"xy"], [], 0, udp.getsockname()) == 2
            other.connect(udp.getsockname())
            assert other.sendmsg([b"xyz"]) == 3
        if hasattr(socket, "AF_UNIX"):
            path = os.path.relpath(tmp_path / "s")  # such addresses must be short
            with socket.socket(socket.AF_UNIX) as listening, socket.socket(socket.AF_UNIX) as unix:
                listening.bind(path)
                listening.listen()
                unix.connect(path)
        socket.getaddrinfo(None, 80)
        socket.getaddrinfo(NOWHERE, 80)  # a number: nobody is asked
        assert socket.gethostbyname("localhost") == "127.0.0.1"
        assert guard.take() == []


def test_other_threads_and_loops_are_stopped() -> None:
    with Guard() as guard:

        def reach() -> None:
            with pytest.raises(NetworkBlocked):
                socket.create_connection((NOWHERE, 80))

        thread = threading.Thread(target=reach)
        thread.start()
        thread.join()
        assert guard.take() == [Attempt(NOWHERE, 80, "connect")]
        with pytest.raises(NetworkBlocked):
            asyncio.run(asyncio.wait_for(asyncio.open_connection(NOWHERE, 81), 5))
        with pytest.raises(NetworkBlocked):
            asyncio.run(asyncio.wait_for(asyncio.open_connection("api.example.com", 82), 5))
        assert guard.take() == [Attempt(NOWHERE, 81, "connect"), Attempt("api.example.com", 82, "getaddrinfo")]


def test_what_the_emulator_itself_does_not_reach_is_not_the_tests_fault() -> None:
    with Guard() as guard:
        refused: list[BaseException] = []

        def call_back() -> None:
            try:
                socket.create_connection((NOWHERE, 80))
            except OSError as error:
                refused.append(error)

        thread = threading.Thread(target=call_back, name="kie-emulator-courier-0")
        thread.start()
        thread.join()
        assert isinstance(refused[0], NetworkBlocked)
        assert guard.take() == []


def test_hosts_may_be_allowed_by_name_pattern_address_and_network(nothing_leaves: list[Any]) -> None:
    hosts = ("api.example.com", "*.example.net", "198.51.100.7", "203.0.113.0/24", "2001:db8::/32")
    with Guard(hosts) as guard, socket.socket() as tcp, socket.socket(socket.AF_INET6) as tcp6:
        for address in ("API.example.com", "a.b.example.net", "198.51.100.7", "203.0.113.9"):
            tcp.connect((address, 443))
        tcp6.connect((NOWHERE_6, 443, 0, 0))
        assert len(nothing_leaves) == 5
        for address in ("example.net", "www.example.com", "198.51.100.8", NOWHERE):
            with pytest.raises(NetworkBlocked):
                tcp.connect((address, 443))
        assert len(nothing_leaves) == 5
        assert len(guard.take()) == 4


def test_where_an_allowed_name_leads_may_be_reached_too(nothing_leaves: list[Any]) -> None:
    with Guard(["api.example.com"]) as guard, socket.socket() as tcp:
        with pytest.raises(NetworkBlocked):
            tcp.connect((NOWHERE, 443))
        guard.take()
        (found,) = socket.getaddrinfo("api.example.com", 443)
        tcp.connect(found[4])
        assert nothing_leaves == ["api.example.com", (NOWHERE, 443)]
        assert guard.take() == []


def test_everything_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example.com:3128")
    monkeypatch.setenv("ALL_PROXY", "socks5://proxy.example.com")
    monkeypatch.delenv("NO_PROXY", raising=False)
    before = _state()
    with Guard():
        assert _state()[0] != before[0]
        assert os.environ["HTTPS_PROXY"].startswith("http://127.0.0.1:")
        assert "ALL_PROXY" not in os.environ
        with Guard(["api.example.com"]):  # as where a test runs tests
            assert "api.example.com" in os.environ["NO_PROXY"]
        with pytest.raises(NetworkBlocked):
            socket.create_connection((NOWHERE, 80))
    assert _state() == before
    with pytest.raises(ZeroDivisionError), Guard():
        raise ZeroDivisionError
    assert _state() == before


def test_a_guard_that_cannot_stand_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    before = _state()

    def full(*_: Any, **__: Any) -> Any:
        raise OSError("no port is free")

    monkeypatch.setattr(socket, "create_server", full)
    with pytest.raises(OSError, match="no port"):
        Guard().__enter__()
    assert _state() == before


PROGRAM = """
import sys, urllib.error, urllib.request
try:
    urllib.request.urlopen(sys.argv[1], timeout=10)
except urllib.error.HTTPError as error:
    print(error.code, error.read().decode())
except OSError as error:
    print(error)
"""


def test_urllib_forgets_the_dead_end_with_the_guard() -> None:
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        with Guard(), pytest.raises(urllib.error.URLError):
            urllib.request.urlopen("http://somewhere.test/", timeout=5)
        with pytest.raises(urllib.error.HTTPError, match="501"):  # the server of this machine has answered
            urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/", timeout=5)
        server.shutdown()
        thread.join()


def test_programs_that_heed_the_proxy_settings_are_refused_and_remembered() -> None:
    import subprocess

    with Guard() as guard:
        for url in ("http://api.example.com/x", "https://api.example.com/x"):
            command = [sys.executable, "-c", PROGRAM, url]
            said = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
            assert "403" in said
        assert guard.take() == [
            Attempt("api.example.com", 80, "by proxy"),
            Attempt("api.example.com", 443, "by proxy"),
        ]


def test_clients_in_rust_are_refused_and_remembered() -> None:
    from kie import ConnectionFailed, Kie

    with Guard() as guard:
        with Kie(api_key="k", retries=0, timeout=20) as client, pytest.raises(ConnectionFailed):
            client.credits()
        assert [(attempt.host, attempt.port) for attempt in guard.take()] == [("api.kie.ai", 443)]


@pytest.mark.parametrize(
    ("method", "place", "meant"),
    [
        ("CONNECT", "api.example.com:443", ("api.example.com", 443)),
        ("CONNECT", "[2001:db8::1]:8443", ("2001:db8::1", 8443)),
        ("GET", "http://api.example.com/a?b", ("api.example.com", 80)),
        ("GET", "https://api.example.com:81/", ("api.example.com", 81)),
        ("GET", "/favicon.ico", ("", 0)),
        ("CONNECT", "[", ("", 0)),
        ("CONNECT", "a:port", ("", 0)),
    ],
)
def test_the_dead_end_reads_who_is_asked_for(method: str, place: str, meant: tuple[str, int]) -> None:
    assert target(method, place) == meant


def test_the_dead_end_bears_callers_who_say_nothing_or_nonsense() -> None:
    with Guard() as guard:
        place = ("127.0.0.1", int(os.environ["HTTP_PROXY"].rpartition(":")[2]))
        socket.create_connection(place).close()
        for words in (b"\r\n\r\n", b"\xff\xfe\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"x" * 9000):
            with socket.create_connection(place, timeout=10) as caller, contextlib.suppress(ConnectionError):
                caller.sendall(words)
                while caller.recv(1000):
                    pass
        with socket.create_connection(place, timeout=10) as caller:
            caller.sendall(b"CONNECT api.example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n")
            answer = caller.makefile().read()
        assert answer.startswith("HTTP/1.1 403 ")
        assert "allow_hosts=['api.example.com']" in answer
        assert len(guard.take()) == 1


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost.", "a.LOCALHOST", "0.0.0.0", "::"]
)
def test_local(host: str) -> None:
    assert is_local(host)


@pytest.mark.parametrize(
    "host", ["10.0.0.1", "192.168.1.1", "localhost.example.com", "notlocalhost", "::2", "128.0.0.1"]
)
def test_not_local(host: str) -> None:
    assert not is_local(host)
    assert not Allowed(["example.org"]).may_reach(host)


def test_message_names_each_host_once_and_says_how_to_allow_it() -> None:
    text = told(
        [Attempt("a.example", 443, "connect"), Attempt("a.example", 443, "getaddrinfo"), Attempt("::2", 0, "x")]
    )
    assert "a.example:443 (connect), a.example:443 (getaddrinfo), [::2] (x)" in text
    assert text.endswith("allow_hosts=['a.example', '::2'])")


# ----------------------------------------------------------------------------------------------- in a run of pytest


def test_a_test_that_reaches_out_fails_also_where_it_swallows_the_error(run: Run) -> None:
    result = run(
        """
        import os
        import socket
        import pytest

        def reach():
            try:
                socket.create_connection(("192.0.2.1", 80), timeout=1)
            except OSError:
                pass

        def test_open(kie_emulator):
            socket.create_connection(("api.example.com", 443), timeout=1)

        def test_swallowed(kie_emulator):
            reach()

        @pytest.fixture
        def early():
            reach()

        def test_in_a_fixture_before(early, kie_emulator):
            raise SystemExit("never runs")

        @pytest.fixture
        def late(kie_emulator):
            yield
            reach()

        def test_in_a_fixture_after(late):
            pass

        def test_another_failure(kie_emulator):
            reach()
            assert 1 == 2

        def test_skipped(kie_emulator):
            reach()
            pytest.skip("for another reason")

        @pytest.mark.kie(allow_hosts=["192.0.2.0/24"])
        def test_allowed(kie_emulator):
            assert "192.0.2.0/24" in os.environ["NO_PROXY"].split(",")

        def test_at_home(kie_emulator_server):
            socket.create_connection(("127.0.0.1", int(kie_emulator_server.url.rpartition(":")[2]))).close()

        def test_without_fixtures():
            assert "guard" not in socket.socket.connect.__qualname__
        """
    )
    result.assert_outcomes(passed=4, failed=3, errors=3, skipped=1)
    text = result.stdout.str()
    assert "this test reached for api.example.com:443 (getaddrinfo), beyond this machine" in text
    assert "this test reached for 192.0.2.1:80 (connect), beyond this machine" in text
    assert "assert 1 == 2" in text
    assert text.count("kie: network") == 1
    assert "allow_hosts=['192.0.2.1']" in text


SOURCE = """
import socket
import pytest

def test_plain():
    with socket.socket() as tcp:
        tcp.connect_ex(("192.0.2.1", 80))

@pytest.mark.kie(allow_hosts=["192.0.2.1"])
def test_allowed():
    pass

class TestOld:
    def test_in_a_class(self):
        pass
"""


@pytest.mark.parametrize("way", ["option", "ini"])
def test_every_test_is_guarded_where_that_is_wished_for(run: Run, pytester: pytest.Pytester, way: str) -> None:
    if way == "ini":
        pytester.makeini("[pytest]\nkie_no_network = true")
    result = run(SOURCE, *(["--kie-no-network"] if way == "option" else []))
    result.assert_outcomes(passed=2, failed=1)
    assert "192.0.2.1:80" in result.stdout.str()
    assert "would have cost" not in result.stdout.str()
