"""The emulator under the vendor's own names: through a proxy, by TLS, and by the Host header."""

from __future__ import annotations

import http.client
import json
import os
import socket
import ssl
import stat
import subprocess
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from kie.emulator import Emulator
from kie.emulator.faults.tally import Fault
from kie.emulator.hosts import HOSTS, file_base, known, name_of, split_target

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kie.emulator.serving.server import Server

pytest.importorskip("cryptography", reason="cryptography is not installed: no certificates")
from kie.emulator.serving.server import Server as ServerClass
from kie.emulator.serving.tls import Authority

KEY = "door-key"
CREDIT = "/api/v1/chat/credit"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def door(authority: Authority) -> Iterator[Server]:
    with (
        Emulator(workers=0, keys=[KEY], renderer=lambda _: b"medium") as emulator,
        ServerClass(emulator.app, context=authority.context()) as server,
    ):
        yield server


def connect(door: Server) -> socket.socket:
    return socket.create_connection((door.host, door.port), timeout=10)


def tunnel(door: Server, host: str) -> tuple[socket.socket, bytes]:
    """A connection on which a tunnel was asked for, and the answer's head."""
    held = connect(door)
    held.sendall(f"CONNECT {host} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: any\r\n\r\n".encode())
    head = b""
    while b"\r\n\r\n" not in head:
        head += held.recv(1)
    return held, head


def trusting(authority: Authority) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(authority.certificate))


def ask(held: socket.socket, host: str, target: str, method: str = "GET", body: bytes = b"") -> tuple[int, Any]:
    held.sendall(
        f"{method} {target} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {KEY}\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode()
        + body
    )
    data = b""
    while part := held.recv(65536):
        data += part
    head, _, rest = data.partition(b"\r\n\r\n")
    status = int(head.split()[1])
    return status, json.loads(rest) if b"json" in head else rest


def create(host: str) -> bytes:
    return json.dumps({"model": "google/nano-banana", "input": {"prompt": "a fox"}}).encode()


def test_plain_http_goes_on_being_answered_on_the_same_port(door: Server) -> None:
    with connect(door) as held:
        assert ask(held, f"127.0.0.1:{door.port}", CREDIT)[0] == 200


def test_https_is_answered_on_the_same_port(door: Server, authority: Authority) -> None:
    with trusting(authority).wrap_socket(connect(door), server_hostname="127.0.0.1") as held:
        assert ask(held, f"127.0.0.1:{door.port}", CREDIT)[0] == 200


@pytest.mark.parametrize("host", HOSTS)
def test_a_tunnel_to_each_of_the_vendors_hosts_ends_in_the_emulator(
    door: Server, authority: Authority, host: str
) -> None:
    raw, head = tunnel(door, f"{host}:443")
    assert head.startswith(b"HTTP/1.1 200")
    with trusting(authority).wrap_socket(raw, server_hostname=host) as held:
        status, answer = ask(held, host, CREDIT)
    assert (status, answer["code"]) == (200, 200)


@pytest.mark.parametrize(
    "host", ["example.com:443", "api.kie.ai.example.com:443", "evil-api.kie.ai:443", "169.254.169.254:80", "", ":443"]
)
def test_every_other_host_is_refused(door: Server, host: str) -> None:
    held, head = tunnel(door, host)
    with held:
        assert head.startswith(b"HTTP/1.1 403")
        assert b"alone" in held.recv(1000)
        assert held.recv(1) == b""


def test_a_tunnel_that_is_asked_for_in_pieces_is_opened(door: Server) -> None:
    with connect(door) as held:
        held.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for piece in (b"CON", b"NECT api.kie.ai:80 HT", b"TP/1.1\r\n\r", b"\n"):
            held.sendall(piece)
        assert held.recv(100).startswith(b"HTTP/1.1 200")
        assert ask(held, "api.kie.ai", CREDIT)[0] == 200


def test_who_does_not_trust_the_certificate_hurts_nobody(door: Server, authority: Authority) -> None:
    with connect(door) as raw, pytest.raises(ssl.SSLCertVerificationError):
        ssl.create_default_context().wrap_socket(raw, server_hostname="api.kie.ai")
    with connect(door) as held:
        held.sendall(b"\x16\x03\x01\x00\x05gibberish, not a handshake")
        assert held.recv(100)[:1] in (b"", b"\x15")
    test_https_is_answered_on_the_same_port(door, authority)


def test_a_guest_who_says_nothing_does_not_hold_the_server_up(authority: Authority) -> None:
    with Emulator(workers=0) as emulator:
        server = ServerClass(emulator.app, context=authority.context())
        with connect(server) as silent:
            server.close()
            silent.settimeout(10)
            assert silent.recv(1) == b""


def test_a_request_for_a_proxy_names_its_host_in_the_first_line(door: Server) -> None:
    with connect(door) as held:
        status, answer = ask(held, "api.kie.ai", f"http://api.kie.ai{CREDIT}")
    assert (status, answer["code"]) == (200, 200)
    with connect(door) as held:
        assert ask(held, "example.com", f"http://example.com{CREDIT}")[0] == 404


def test_links_lie_on_the_vendors_file_hosts_when_its_names_are_used(door: Server, authority: Authority) -> None:
    def https(host: str) -> ssl.SSLSocket:
        return trusting(authority).wrap_socket(tunnel(door, f"{host}:443")[0], server_hostname=host)

    with https("api.kie.ai") as held:
        _, made = ask(held, "api.kie.ai", "/api/v1/jobs/createTask", "POST", create("api.kie.ai"))
    name = made["data"]["taskId"]
    record: dict[str, Any] = {}
    while record.get("state") != "success":
        with https("api.kie.ai") as held:
            record = ask(held, "api.kie.ai", f"/api/v1/jobs/recordInfo?taskId={name}")[1]["data"]
    (url,) = json.loads(record["resultJson"])["resultUrls"]
    assert url.startswith("https://tempfile.aiquickdraw.com/")
    with https("tempfile.aiquickdraw.com") as held:
        assert ask(held, "tempfile.aiquickdraw.com", url.removeprefix("https://tempfile.aiquickdraw.com"))[0] == 200
    body = json.dumps({"base64Data": "SGk=", "uploadPath": "a", "fileName": "b.txt"}).encode()
    with https("kieai.redpandaai.co") as held:
        up = ask(held, "kieai.redpandaai.co", "/api/file-base64-upload", "POST", body)[1]["data"]
    assert up["downloadUrl"] == "https://tempfile.redpandaai.co/kieai/100001/a/b.txt"


def test_certificates_are_kept_and_their_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    first = Authority(tmp_path / "tls")
    kept = first.certificate.read_bytes()
    assert Authority(tmp_path / "tls").certificate.read_bytes() == kept
    assert b"PRIVATE" not in kept
    assert sorted(path.name for path in (tmp_path / "tls").iterdir()) == ["ca.pem", "server.pem"]
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "tls" / "server.pem").stat().st_mode) == 0o600


@pytest.mark.parametrize("spoil", ["server.pem", "ca.pem"])
def test_what_does_not_belong_together_is_made_anew(tmp_path: Path, spoil: str) -> None:
    other = Authority(tmp_path / "other")
    one = Authority(tmp_path / "one")
    (tmp_path / "one" / spoil).write_bytes((tmp_path / "other" / spoil).read_bytes())
    again = Authority(tmp_path / "one")
    with (
        Emulator(workers=0) as emulator,
        ServerClass(emulator.app, context=again.context()) as server,
        trusting(one).wrap_socket(connect(server), server_hostname="localhost"),
    ):
        assert again.certificate.read_bytes() != other.certificate.read_bytes()


def test_the_authority_may_sign_for_the_vendors_names_alone(authority: Authority) -> None:
    from cryptography import x509

    held = x509.load_pem_x509_certificate(authority.certificate.read_bytes())
    limits = held.extensions.get_extension_for_class(x509.NameConstraints)
    assert limits.critical
    names = {name.value for name in limits.value.permitted_subtrees or () if isinstance(name, x509.DNSName)}
    assert names == {*HOSTS, "localhost"}


@pytest.mark.parametrize(
    ("authority", "name"),
    [("API.kie.ai:443", "api.kie.ai"), ("api.kie.ai.", "api.kie.ai"), ("[::1]:90", "::1"), ("", "")],
)
def test_names_are_read_from_authorities(authority: str, name: str) -> None:
    assert name_of(authority) == name


def test_only_the_vendors_hosts_and_this_machine_are_known() -> None:
    assert all(known(name) for name in (*HOSTS, "localhost:9000", "127.0.0.1:80", "[::1]:80"))
    assert not any(known(name) for name in ("kie.ai.example.com", "example.com", "127.0.0.2", ""))


@pytest.mark.parametrize(
    ("scheme", "authority", "base"),
    [
        ("https", "api.kie.ai", "https://tempfile.aiquickdraw.com"),
        ("https", "api.kie.ai:443", "https://tempfile.aiquickdraw.com"),
        ("http", "api.kie.ai:9000", "http://tempfile.aiquickdraw.com:9000"),
        ("https", "kieai.redpandaai.co", "https://tempfile.redpandaai.co"),
        ("http", "127.0.0.1:9000", "http://127.0.0.1:9000"),
        ("http", "[::1]:9000", "http://[::1]:9000"),
    ],
)
def test_links_begin_with_the_host_that_the_vendor_would_use(scheme: str, authority: str, base: str) -> None:
    assert file_base(scheme, authority) == base


def test_a_proxys_target_is_taken_apart_and_a_path_is_not() -> None:
    assert split_target("HTTPS://api.kie.ai/a/b") == ("https", "api.kie.ai", "/a/b")
    assert split_target("http://api.kie.ai") == ("http", "api.kie.ai", "/")
    for target in ("/a?url=http://api.kie.ai/b", "http://example.com/", "ftp://api.kie.ai/", "*"):
        assert split_target(target) is None


def test_the_command_tells_how_a_client_is_sent_here(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kie.emulator", "--port", "0", "--tls", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            process.stdout.readline()
            told = dict(word.split("=", 1) for word in process.stdout.readline().split())
            trust = ssl.create_default_context(cafile=told["SSL_CERT_FILE"])
            proxy = urlsplit(told["HTTPS_PROXY"])
            client = http.client.HTTPSConnection(proxy.hostname or "", proxy.port, context=trust, timeout=10)
            client.set_tunnel("api.kie.ai", 443)
            client.request("GET", CREDIT, headers={"Authorization": "Bearer any"})
            assert json.loads(client.getresponse().read())["code"] == 200
            client.close()
        finally:
            process.terminate()


def test_faults_reach_through_https(authority: Authority) -> None:
    rule = Fault(stage="poll", do="reset-after", nth=1)
    with (
        Emulator(workers=0, faults=[rule]) as emulator,
        ServerClass(emulator.app, context=authority.context()) as server,
    ):
        raw, _ = tunnel(server, "api.kie.ai:443")
        with trusting(authority).wrap_socket(raw, server_hostname="api.kie.ai") as held:
            held.sendall(f"GET {CREDIT} HTTP/1.1\r\nHost: api.kie.ai\r\nAuthorization: Bearer a\r\n\r\n".encode())
            try:
                got = held.recv(100)
            except ConnectionResetError:  # some versions of the library tell of a reset as of an end
                got = b""
        assert got == b""
        assert [note.fault for note in emulator.journal()] == ["reset-after"]
