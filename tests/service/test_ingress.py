"""The callback ingress on a socket: it stays up, and shows out who sends slowly or much."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

import pytest

from kie.errors import InvalidInput
from kie.service import ingress as module
from kie.service.hooks import Hooks
from kie.service.ingress import Doorman, Ingress, LateDatabase
from kie.store.opening import open_database
from kie.store.sides import open_side
from tests.service.ages import old

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

HOOK = f"hook-2-{'x' * 24}"


@contextlib.asynccontextmanager
async def up(url: str, **more: Any) -> AsyncIterator[Ingress]:
    """An ingress that takes callbacks for a database."""
    stop, made = asyncio.Event(), Ingress()
    async with LateDatabase(url) as database:
        running = asyncio.create_task(made.run(Doorman(Hooks(database), database, **more), stop))
        yield made
        stop.set()
        await running


async def asked(made: Ingress, data: bytes, *, whole: bool = True) -> bytes:
    """What comes back on a connection of one's own, until it is closed (or the answer is there)."""
    reader, writer = await asyncio.open_connection("127.0.0.1", made.port)
    try:
        writer.write(data)
        await writer.drain()
        async with asyncio.timeout(20):
            return await (reader.read() if whole else reader.readuntil(b"}"))
    finally:
        writer.close()


def post(body: bytes = b'{"code": 200}', hook: str = HOOK, *more: str) -> bytes:
    head = [f"POST /hooks/kie/{hook} HTTP/1.1", "host: x", "connection: close", f"content-length: {len(body)}", *more]
    return "\r\n".join([*head, "", ""]).encode() + body


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer else 0


def kept(url: str) -> list[bytes]:
    with open_side(url, change=False) as side:
        return [bytes(body) for (body,) in side.execute("SELECT body FROM inbox ORDER BY number")]


def test_a_callback_is_on_the_disk_when_it_is_answered(database: str) -> None:
    old(database, 1)
    before = kept(database)

    async def go() -> None:
        async with up(database) as made:
            assert status(await asked(made, post(b'{"a": 1}'))) == 200
            assert kept(database) == [*before, b'{"a": 1}']
            assert status(await asked(made, post(hook="unknown"))) == 404
            assert status(await asked(made, b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")) == 200
            assert status(await asked(made, b"GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")) == 200
            assert status(await asked(made, b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")) == 404

    asyncio.run(go())


@pytest.mark.parametrize("chunked", [False, True])
def test_a_large_body_is_refused_and_not_kept(tmp_path: Path, *, chunked: bool) -> None:
    url = f"sqlite:///{tmp_path}/kie.db"
    old(url, 1)
    before = kept(url)

    async def go() -> None:
        async with up(url, most=1000) as made:
            assert status(await asked(made, post(b"x" * 1000))) == 200
            if chunked:
                head = post(b"", HOOK).replace(b"content-length: 0", b"transfer-encoding: chunked")
                large = head + b"40000\r\n" + b"x" * 0x40000 + b"\r\n1\r\nx\r\n0\r\n\r\n"
            else:
                large = post(b"x" * 1001)
            assert status(await asked(made, large)) == 413
            assert kept(url) == [*before, b"x" * 1000]

    asyncio.run(go())


def test_a_slow_head_and_a_slow_body_are_shown_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_HEAD", 0.1)
    url = f"sqlite:///{tmp_path}/kie.db"
    old(url, 1)
    before = kept(url)

    async def go() -> None:
        async with up(url, patience=0.1) as made:
            silent, half, slow = await asyncio.gather(
                asked(made, b""), asked(made, b"POST /hooks/kie/x HTTP/1.1\r\nho"), asked(made, post(b"x" * 50)[:-20])
            )
            assert (silent, half) == (b"", b"")
            assert status(slow) == 408
            assert kept(url) == before
            reader, writer = await asyncio.open_connection("127.0.0.1", made.port)
            writer.write(post().replace(b"connection: close\r\n", b""))
            await reader.readuntil(b"}")
            writer.write(b"POST /hoo")  # the second request of a connection is waited for no longer
            async with asyncio.timeout(20):
                assert await reader.read() == b""
            writer.close()

    asyncio.run(go())


@pytest.mark.parametrize("head", [b"x: " + b"a" * 200_000, b"x: a\r\n" * 30_000, b"x" * 200_000])
def test_a_head_without_end_is_cut(tmp_path: Path, head: bytes) -> None:
    url = f"sqlite:///{tmp_path}/kie.db"
    old(url, 1)

    async def go() -> None:
        async with up(url) as made:
            reader, writer = await asyncio.open_connection("127.0.0.1", made.port)
            with contextlib.suppress(ConnectionError):
                async with asyncio.timeout(5):  # less than a slow head is given
                    writer.write(b"POST /hooks/kie/x HTTP/1.1\r\nhost: x\r\n" + head)
                    assert status(await reader.read()) in {0, 400}
            writer.close()
            assert status(await asked(made, post())) == 200  # and it takes what the next one brings

    asyncio.run(go())


@pytest.mark.parametrize(
    "data",
    [
        b"GET http://x/healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"CONNECT x:1 HTTP/1.1\r\nhost: x\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: upgrade, close\r\nupgrade: websocket\r\n\r\n",
        b"POST /hooks/kie/x HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx",
        b"POST /hooks/kie/x HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /hooks/kie/x HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
        b"POST /\xff\x00 HTTP/1.1\r\nhost: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)
def test_what_is_no_callback_is_answered_or_cut(tmp_path: Path, data: bytes, caplog: pytest.LogCaptureFixture) -> None:
    url = f"sqlite:///{tmp_path}/kie.db"
    old(url, 1)
    before = kept(url)

    async def go() -> None:
        async with up(url) as made:
            reader, writer = await asyncio.open_connection("127.0.0.1", made.port)
            writer.write(data)
            with contextlib.suppress(ConnectionError):
                async with asyncio.timeout(5):
                    assert status(await reader.read(100)) in {0, 200, 400, 404, 405}
            writer.close()
            assert status(await asked(made, post(b"{}"))) == 200

    asyncio.run(go())
    assert kept(url) == [*before, b"{}"]
    assert "Traceback" not in caplog.text


def test_it_answers_503_while_the_database_is_away_and_recovers(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder is to be")
    url = f"sqlite:///{tmp_path}/data/kie.db"

    async def go() -> None:
        async with up(url) as made:
            assert status(await asked(made, post())) == 503
            assert status(await asked(made, b"GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")) == 503
            assert status(await asked(made, b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")) == 200
            (tmp_path / "data").unlink()
            old(url, 1)
            assert status(await asked(made, post())) == 200

    asyncio.run(go())


@pytest.mark.postgres
def test_it_comes_back_when_the_server_has_cut_its_connection(postgres_url: str) -> None:
    old(postgres_url, 1)

    async def go() -> None:
        async with up(postgres_url) as made:
            assert status(await asked(made, post())) == 200
            with open_side(postgres_url, change=True) as side:
                side.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            assert status(await asked(made, post())) in {200, 503}
            assert status(await asked(made, post())) == 200

    asyncio.run(go())


def test_a_taken_port_and_a_wrong_host_are_told() -> None:
    taken = Ingress()
    try:
        with pytest.raises(InvalidInput, match="cannot be listened on"):
            Ingress(port=taken.port)
    finally:
        taken.close()
    for host, port in (("nowhere.invalid", 0), ("127.0.0.1", 99999)):
        with pytest.raises(InvalidInput, match=r"no (address|port)"):
            Ingress(host, port)


def test_a_database_of_a_newer_version_takes_nothing_and_says_why(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    url = f"sqlite:///{tmp_path}/kie.db"
    asyncio.run(open_database(url).close())
    with open_side(url, change=True) as side:
        side.execute("INSERT INTO migration (number, name) VALUES (9999, 'of_tomorrow')")
        side.commit()

    async def go() -> None:
        async with up(url) as made:
            assert status(await asked(made, post())) == 503

    asyncio.run(go())
    assert "has step 9999" in caplog.text
