"""What the doctor looks at of a service: each fault is found, and a healthy service has none."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections import namedtuple
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from kie.cli.lang import sentences
from kie.service import checks
from kie.service.accounts.master_key import new_key, read
from kie.service.accounts.sealing import Sealer, place
from kie.service.checks import Check, look, public
from kie.service.hooks import Hooks
from kie.service.ingress import Doorman, Ingress, LateDatabase
from kie.service.settings import ServiceSettings
from kie.store.opening import open_database
from kie.store.sides import open_side
from tests.service.ages import kinds, old

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NOW = 1_800_000_000.0
KEY = new_key()


def settings(url: str, folder: Path, **more: str) -> ServiceSettings:
    given = {"KIE_DATABASE_URL": url, "KIE_ARTEFACTS_URL": str(folder / "files"), "KIE_MASTER_KEY": KEY, **more}
    return ServiceSettings.gather(given)


def found(url: str, folder: Path, **more: str) -> dict[str, Check]:
    made = list(look(settings(url, folder, **more), NOW))
    for check in made:  # each has its words, and what goes into them
        for language in ("en", "ru"):
            sentence = sentences(language)[f"doctor.{check.what}.{check.word}"]
            assert sentence.format(**check.data)
            assert f"doctor.{check.what}" in sentences(language)
    return {check.what: check for check in made}


def fresh(url: str) -> None:
    asyncio.run(open_database(url).close())


def change(url: str, *statements: tuple[str, Sequence[Any]]) -> None:
    with open_side(url, change=True) as side:
        for sql, values in statements:
            side.execute(sql, values)
        side.commit()


def generation(name: str, state: str, **more: Any) -> tuple[str, Sequence[Any]]:
    row: dict[str, Any] = {
        "id": name,
        "project": "shop",
        "model": "m",
        "input": "{}",
        "fingerprint": "f",
        "priority": 0,
        "state": state,
        "hook": f"hook-{name}",
        "account": "default",
        "created": NOW - 500,
        **more,
    }
    return f"INSERT INTO generation ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values())


def test_a_service_that_is_well_has_nothing_to_tell(database: str, tmp_path: Path) -> None:
    fresh(database)
    (tmp_path / "files").mkdir()
    told = found(database, tmp_path)
    wrong = {what: check for what, check in told.items() if check.level != "ok"}
    if database.startswith("postgres"):  # its clock is the true one, and not the one of this test
        assert wrong.pop("database-clock").data["seconds"] > 1_000_000
    assert wrong == {}
    assert {"database", "tables", "workers", "master-key", "artefacts", "inbox"} <= set(told)


def test_where_there_is_no_service_yet_none_is_made(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/there/kie.db"
    told = found(url, tmp_path)
    assert {what: check.word for what, check in told.items()} == {"database": "none"}
    assert not (tmp_path / "there").exists()


def test_a_database_that_cannot_be_reached_or_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "kie.db").write_bytes(b"this is no database at all, but long enough to be looked at" * 50)
    for url in ("postgresql://nobody@127.0.0.1:1/x", f"sqlite:///{tmp_path}/kie.db", "mysql://x/y"):
        assert found(url, tmp_path)["database"].level == "fail"


def test_tables_of_other_versions_are_told_and_left(database: str, tmp_path: Path) -> None:
    old(database, 1)
    told = found(database, tmp_path)
    assert (told["tables"].word, told["tables"].data) == ("older", {"have": 1, "known": kinds()[-1]})
    with open_side(database, change=False) as side:
        assert side.done()[-1][0] == 1
    change(database, ("INSERT INTO migration (number, name) VALUES (9999, 'of_tomorrow')", ()))
    assert found(database, tmp_path)["tables"].level == "fail"


def test_everything_that_lies_too_long_is_told(database: str, tmp_path: Path) -> None:
    fresh(database)
    change(
        database,
        generation("gen_1", "uncertain"),
        generation("gen_2", "waiting", lease=NOW - 500),
        generation("gen_3", "storing", attempts=4),
        generation("gen_4", "waiting", lease=NOW + 5),
        ("INSERT INTO inbox (at, hook, body) VALUES (?, 'h', ?)", (NOW - 500, b"x")),
        ("INSERT INTO inbox (at, hook, body) VALUES (?, 'h', ?)", (NOW - 1, b"x")),
        (
            "INSERT INTO outbox (at, kind, target, generation, state) VALUES (?, 'flow', 'f', 'gen_1', 'failed')",
            (NOW - 500,),
        ),
        ("INSERT INTO alert (at, kind, text) VALUES (?, 'uncertain', 'x')", (NOW - 500,)),
        ("INSERT INTO alert (at, kind, text) VALUES (?, 'old', 'x')", (NOW - 100_000,)),
        ("INSERT INTO worker (id, host, pid, began, beat) VALUES ('wrk_1', 'h', 1, 1, ?)", (NOW - 500,)),
    )
    told = found(database, tmp_path)
    counts = {what: check.data.get("count") for what, check in told.items() if check.level == "warn"}
    counts.pop("database-clock", None)
    assert counts == {
        "workers": 0,
        "uncertain": 1,
        "leases": 1,
        "storing": 1,
        "inbox": 1,
        "outbox": 1,
        "alerts": None,
    }
    assert told["workers"].data["left"] == 3
    assert told["alerts"].data["kinds"] == "uncertain 1"
    change(database, ("UPDATE worker SET beat = ?", (NOW - 1,)))
    assert found(database, tmp_path)["workers"].word == "alive"


def test_accounts_are_told_with_what_keeps_them(database: str, tmp_path: Path) -> None:
    fresh(database)
    change(
        database,
        ("INSERT INTO account (name, paused_until, paused_why) VALUES ('a', ?, 'credits')", (NOW + 60,)),
        ("INSERT INTO account (name, balance) VALUES ('b', 0)", ()),
        ("INSERT INTO account (name, balance) VALUES ('c', 5000000)", ()),
        ("INSERT INTO account (name, enabled) VALUES ('d', 0)", ()),
        ("INSERT INTO account (name, retired) VALUES ('e', 1)", ()),
    )
    made = [check for check in look(settings(database, tmp_path), NOW) if check.what == "accounts"]
    assert [(check.data["account"], check.word, check.level) for check in made] == [
        ("a", "paused", "warn"),
        ("b", "empty", "warn"),
        ("c", "ready-balance", "ok"),
        ("d", "disabled", "ok"),
    ]


def test_the_master_key_is_held_against_all_that_is_sealed(database: str, tmp_path: Path) -> None:
    fresh(database)
    sealed = Sealer(read(KEY)).seal(place("account", "a", "sealed"), b"secret")
    change(
        database,
        ("INSERT INTO account (name, key_id, sealed) VALUES ('a', ?, ?)", (sealed.key_id, sealed.blob)),
    )
    assert found(database, tmp_path)["master-key"][1:] == ("ok", "opens", {"count": 1})
    other = found(database, tmp_path, KIE_MASTER_KEY=new_key())["master-key"]
    assert (other.level, other.word) == ("fail", "does-not-open")
    assert found(database, tmp_path, KIE_MASTER_KEY="no key")["master-key"].word == "unusable"


def test_little_space_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/kie.db"
    fresh(url)
    (tmp_path / "files").mkdir()
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 - as shutil has it
    for free, level in ((10**12, "ok"), (10**9, "warn"), (10**8, "fail")):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: usage(10**13, 0, free))
        told = found(url, tmp_path)
        assert [told[what].level for what in ("database-space", "artefacts-space")] == [level] * 2


def test_an_artefact_store_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/kie.db"
    fresh(url)
    assert found(url, tmp_path)["artefacts"].word == "none"
    assert found(url, tmp_path, KIE_ARTEFACTS_URL="ftp://x/y")["artefacts"].level == "fail"


def test_our_own_ingress_is_known_by_what_it_says_to_nobody(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/kie.db"
    fresh(url)

    async def go(database_url: str) -> Check:
        stop, made = asyncio.Event(), Ingress()
        async with LateDatabase(database_url) as database:
            running = asyncio.create_task(made.run(Doorman(Hooks(database), database), stop))
            told = await asyncio.to_thread(public, made.url)
            stop.set()
            await running
        return told

    assert asyncio.run(go(url))[1:3] == ("ok", "answers")
    (tmp_path / "file").touch()
    assert asyncio.run(go(f"sqlite:///{tmp_path}/file/kie.db"))[1:3] == ("fail", "no-database")
    assert public(None).level == "ok"
    assert public("http://127.0.0.1:1").word == "unreachable"


@pytest.mark.parametrize("status", [200, 404, 500])
def test_another_server_at_our_address_is_told(status: int) -> None:
    class Another(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(b"hello")

        def log_message(self, *_: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Another) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        told = public(f"http://127.0.0.1:{server.server_port}")
        thread.join()
    assert (told.level, told.word, told.data["status"]) == ("fail", "another", status)


def test_a_database_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/kie.db"
    fresh(url)
    real = open_side

    def refusing(place_: str, *, change: bool) -> Any:
        if change:
            return real("sqlite:////proc/nowhere/kie.db", change=True)
        return real(place_, change=change)

    monkeypatch.setattr(checks, "open_side", refusing)
    told = found(url, tmp_path)["database-write"]
    assert (told.level, told.word) == ("fail", "not-writable")
