"""`kie worker` and `kie hooks` as processes: they work, they end when they are told to, they outlive their database."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from kie import AsyncKie
from kie.emulator import Emulator
from kie.service.machine import ENDED
from kie.service.opening import open_service
from kie.service.profile import learn
from kie.service.settings import ServiceSettings
from kie.store.opening import open_database
from kie.store.sides import open_side
from tests.support.postgres import postgres_server, postgres_url  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

MODEL = "nano-banana-pro"
LIFE = ["claimed", "accepted", "done", "stored"]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(500)


@contextlib.contextmanager
def running(folder: Path, *words: str, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """A command in a process of its own; it is killed if it is still there at the end."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KIE_")}
    environment = {**kept, "XDG_DATA_HOME": str(folder), "PYTHONUNBUFFERED": "1", **settings}
    process = subprocess.Popen(
        [sys.executable, "-m", "kie", *words],
        cwd=folder,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=30)
    return process.returncode, out, err


def until(seen: Callable[[], Any], seconds: float = 30.0) -> Any:
    end = time.monotonic() + seconds
    while not (found := seen()):
        assert time.monotonic() < end
        time.sleep(0.02)
    return found


def asked(url: str, *prompts: str) -> list[str]:
    """Ask for generations in a database; nobody works on them here."""

    async def go() -> list[str]:
        kept = {"KIE_DATABASE_URL": url}
        async with (
            AsyncKie("a-key", base_url="http://127.0.0.1:9") as kie,
            open_service(ServiceSettings.gather(kept), kie) as service,
        ):
            return [(await service.create(MODEL, {"prompt": prompt})).id for prompt in prompts]

    return asyncio.run(go())


def quick(url: str) -> None:
    """Let the model be known for tasks of a tenth of a second: it would be asked for after its typical time."""

    async def go() -> None:
        async with open_database(url) as held:
            await held.write(partial(learn, {MODEL: (0.1, [0.1] * 40)}))

    asyncio.run(go())


def states(url: str) -> list[str]:
    with open_side(url, change=False) as side:
        return [str(state) for (state,) in side.execute("SELECT state FROM generation ORDER BY id")]


def line_of(process: subprocess.Popen[str]) -> Any:
    assert process.stdout is not None
    return json.loads(process.stdout.readline())


def events_of(process: subprocess.Popen[str]) -> list[str]:
    """What a worker tells until a generation is stored; that it was created may be from before its time."""
    names: list[str] = []
    while "stored" not in names:
        names.append(line_of(process)["event"])
    return [name for name in names if name != "created"]


def test_a_worker_on_an_emulator_of_its_own_does_the_work_and_ends_when_told(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/kie.db"
    asked(url, "a fox", "emu:fail=501")
    with running(tmp_path, "worker", "--emulated", KIE_DATABASE_URL=url) as process:
        until(lambda: set(states(url)) <= ENDED)
        process.send_signal(signal.SIGTERM)
        code, out, err = ended(process)
    assert code == 0
    assert states(url) == ["succeeded", "failed"]
    assert len(out.splitlines()) == 2
    assert "18 credits" in out
    assert "nothing is spent" in err
    assert "2 generations are not finished" in err
    assert (tmp_path / "kie" / "emulated" / "emulator.json").is_file()
    asked(url, "a cat")
    with running(tmp_path, "worker", "--emulated", "--json", KIE_DATABASE_URL=url) as process:
        assert line_of(process)["event"] == "began"
        names = events_of(process)
        process.send_signal(signal.SIGINT)
        assert ended(process)[0] == 0
    assert names == LIFE


def test_a_database_that_cannot_be_reached_ends_with_4_and_no_key_with_3(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with running(tmp_path, "worker", KIE_DATABASE_URL=f"sqlite:///{tmp_path}/data/kie.db", KIE_API_KEY="x") as process:
        code, _, err = ended(process)
    assert code == 4
    assert "cannot be opened" in err
    with running(tmp_path, "worker", "--json", KIE_DATABASE_URL=f"sqlite:///{tmp_path}/kie.db") as process:
        code, out, err = ended(process)
    assert code == 3
    assert json.loads(out)["error"]["type"] == "AuthenticationError"
    with running(tmp_path, "worker", "--hooks", "nowhere", KIE_API_KEY="x") as process:
        assert ended(process)[0] == 2


def test_what_was_sent_is_waited_for_unless_a_second_signal_comes(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/kie.db"
    held = threading.Event()

    with socket.create_server(("127.0.0.1", 0)) as server:
        connections: list[socket.socket] = []

        def listen() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connections.append(server.accept()[0])
                    held.set()

        threading.Thread(target=listen, daemon=True).start()
        vendor = f"http://127.0.0.1:{server.getsockname()[1]}"
        asked(url, "a fox")
        with running(tmp_path, "worker", KIE_DATABASE_URL=url, KIE_API_KEY="x", KIE_BASE_URL=vendor) as process:
            until(lambda: states(url) == ["submitting"])
            assert held.wait(20)
            process.send_signal(signal.SIGTERM)
            errors = process.stderr
            assert errors is not None
            until(lambda: "Once more ends it at once" in errors.readline())
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(0.5)
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) == 130
        for each in connections:
            each.close()
        server.shutdown(socket.SHUT_RDWR)
    assert states(url) == ["submitting"]  # the next worker finds it, and sends nothing


def post(url: str, body: bytes = b"{}") -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body), timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_a_worker_takes_callbacks_beside_its_work(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/kie.db"
    with running(tmp_path, "worker", "--emulated", "--hooks", "127.0.0.1:0", "--json", KIE_DATABASE_URL=url) as process:
        place = line_of(process)["hooks"]
        assert post(f"{place}/hooks/kie/unknown") == 404
        asked(url, "a fox")
        assert events_of(process) == LIFE
        process.send_signal(signal.SIGTERM)
        assert ended(process)[0] == 0
    with open_side(url, change=False) as side:
        assert side.execute("SELECT count(*) FROM inbox") == [(0,)]


def test_hooks_refuse_what_is_not_signed_where_there_is_a_secret(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/kie.db"
    asked(url, "a fox")
    with open_side(url, change=False) as side:
        [(hook,)] = side.execute("SELECT hook FROM generation")
    with running(tmp_path, "hooks", "--port", "0", "--json", KIE_DATABASE_URL=url, KIE_WEBHOOK_SECRET="whk") as process:
        place = line_of(process)
        assert post(f"{place['url']}{place['path']}{hook}", b'{"data": {"taskId": "a"}}') == 401
        assert post(f"{place['url']}{place['path']}unknown") == 404
        process.send_signal(signal.SIGTERM)
        assert ended(process)[0] == 0
    with open_side(url, change=False) as side:
        assert side.execute("SELECT count(*) FROM inbox") == [(0,)]


def test_hooks_alone_need_no_key_and_end_when_told(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/kie.db"
    asked(url, "a fox")
    with open_side(url, change=False) as side:
        [(hook,)] = side.execute("SELECT hook FROM generation")
    with running(tmp_path, "hooks", "--port", "0", "--json", KIE_DATABASE_URL=url) as process:
        place = line_of(process)
        assert post(f"{place['url']}{place['path']}{hook}", b'{"code": 200}') == 200
        assert post(f"{place['url']}{place['path']}unknown") == 404
        process.send_signal(signal.SIGTERM)
        assert ended(process)[0] == 0
    with open_side(url, change=False) as side:
        assert [bytes(body) for (body,) in side.execute("SELECT body FROM inbox")] == [b'{"code": 200}']


@pytest.mark.postgres
def test_a_worker_outlives_its_database_for_a_while(tmp_path: Path, postgres_url: str) -> None:  # noqa: F811
    quick(postgres_url)
    with (
        Emulator(renderer=lambda _: PNG, rate=(0, 1.0)) as emulator,
        running(
            tmp_path,
            *("worker", "--json"),
            KIE_DATABASE_URL=postgres_url,
            KIE_API_KEY="x",
            KIE_BASE_URL=emulator.serve().url,
        ) as process,
    ):
        assert line_of(process)["event"] == "began"
        with open_side(postgres_url, change=True) as side:
            side.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        asked(postgres_url, "a fox")
        until(lambda: states(postgres_url) == ["succeeded"])
        process.send_signal(signal.SIGTERM)
        assert ended(process)[0] == 0
