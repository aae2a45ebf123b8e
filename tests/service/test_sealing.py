"""Secrets at rest: bound to their place, opened by any master key, resealed with the first, never shown."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import os
import pickle
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kie.service.accounts import master_key, seal_errors
from kie.service.accounts.resealing import Resealed, Vault, reseal
from kie.service.accounts.seal_errors import MasterKeyMissing, MasterKeyUnusable, SecretDamaged
from kie.service.accounts.sealing import Sealed, Sealer, place
from kie.store.opening import open_database
from kie.store.work import Statement

if TYPE_CHECKING:
    from pathlib import Path

    from kie.store.database import Database
    from kie.store.work import Rows, Work

OLD, NEW = bytes(range(32)), bytes(range(100, 132))
HERE = place("account", "studio", "key")
VAULT = Vault("vault", "name", "secret", "secret_id")


@given(st.binary(max_size=300), st.text(max_size=20), st.text(max_size=20))
def test_what_is_sealed_opens_in_its_own_place_alone(plain: bytes, row: str, other: str) -> None:
    sealer = Sealer([OLD])
    sealed = sealer.seal(place("t", row, "c"), plain)
    assert sealer.open(place("t", row, "c"), sealed) == plain
    assert len(sealed.blob) == len(plain) + 29
    for elsewhere in (place("t", row, "d"), place("u", row, "c"), *([place("t", other, "c")] if other != row else [])):
        with pytest.raises(SecretDamaged):
            sealer.open(elsewhere, sealed)


@given(st.data())
def test_a_secret_with_any_bit_changed_does_not_open(data: st.DataObject) -> None:
    sealer = Sealer([OLD])
    sealed = sealer.seal(HERE, b"a secret of some length")
    bit = data.draw(st.integers(0, len(sealed.blob) * 8 - 1))
    changed = bytearray(sealed.blob)
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SecretDamaged, match=r"key of account 'studio' does not open"):
        sealer.open(HERE, sealed._replace(blob=bytes(changed)))
    with pytest.raises(SecretDamaged):
        sealer.open(HERE, sealed._replace(blob=sealed.blob[: bit // 8]))


def test_no_two_seals_are_alike() -> None:
    sealer = Sealer([OLD])
    assert len({sealer.seal(HERE, b"x").blob for _ in range(100)}) == 100


def test_the_first_key_seals_and_all_open() -> None:
    before = Sealer([OLD]).seal(HERE, b"old")
    both = Sealer([NEW, OLD])
    assert both.open(HERE, before) == b"old"
    after = both.seal(HERE, b"new")
    assert after.key_id == both.key_id == Sealer([NEW]).key_id != before.key_id
    with pytest.raises(MasterKeyMissing, match=before.key_id) as caught:
        Sealer([NEW]).open(HERE, before)
    assert "comma" in str(caught.value)
    with pytest.raises(SecretDamaged):  # the id of another key does not make it that key's
        both.open(HERE, before._replace(key_id=after.key_id))


def test_without_a_master_key_nothing_is_stored() -> None:
    with pytest.raises(MasterKeyMissing, match="no master key"):
        Sealer().seal(HERE, b"x")
    with pytest.raises(MasterKeyMissing, match="none"):
        Sealer().open(HERE, Sealer([OLD]).seal(HERE, b"x"))
    with pytest.raises(MasterKeyUnusable):
        Sealer([b"short"])


def test_keys_and_secrets_are_never_shown(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    sealer = Sealer([OLD, NEW])
    sealed = sealer.seal(HERE, b"the-secret")
    shown = [repr(sealer), str(sealer), repr(sealed), caplog.text]
    for sealed_elsewhere in (sealed._replace(key_id="0" * 16), sealed._replace(blob=sealed.blob + b"x")):
        with pytest.raises((MasterKeyMissing, SecretDamaged)) as caught:
            sealer.open(HERE, sealed_elsewhere)
        shown.append(str(caught.value) + repr(caught.value.__dict__))
        assert caught.value.__cause__ is None
    for key in (OLD, NEW):
        for form in (key.hex(), base64.b64encode(key).decode(), repr(key)[2:-1]):
            assert not any(form in text for text in shown)
    assert not any("the-secret" in text for text in shown)
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(sealer)


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=4), st.data())
def test_keys_are_read_in_base64_and_in_hex(keys: list[bytes], data: st.DataObject) -> None:
    keys = [bytes((byte + 8 * number) % 256 for number, byte in enumerate(key)) for key in keys]
    if any(len(set(key)) < 16 for key in keys):
        return
    forms = [
        data.draw(
            st.sampled_from(
                (
                    key.hex(),
                    key.hex().upper(),
                    base64.b64encode(key).decode(),
                    base64.urlsafe_b64encode(key).decode().rstrip("="),
                )
            )
        )
        for key in keys
    ]
    assert master_key.read(data.draw(st.sampled_from((",", ", ", " ,"))).join(forms)) == tuple(dict.fromkeys(keys))


@pytest.mark.parametrize(
    "text", ["hunter2hunter2", "0" * 64, base64.b64encode(bytes(32)).decode(), "ab" * 31, "ключ", ","]
)
def test_what_is_no_key_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(MasterKeyUnusable) as caught:
        master_key.read(text)
    assert text == "," or text not in str(caught.value)
    assert caught.value.__cause__ is None
    assert "openssl rand" in str(caught.value)


def test_no_setting_and_no_file_is_no_key(tmp_path: Path) -> None:
    assert master_key.read(None) == master_key.read(" ", tmp_path / "none") == ()


def test_a_file_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    made = master_key.create_file(tmp_path / "deep" / "master.key")
    assert made.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in made.parent.iterdir()] == ["master.key"]
    keys = master_key.read(f"file:{made}")
    assert len(keys) == 1
    assert keys == master_key.read(None, made)
    with pytest.raises(MasterKeyUnusable, match="exists"):
        master_key.create_file(made)
    assert master_key.read(None, made) == keys
    assert [file.name for file in made.parent.iterdir()] == ["master.key"]


@pytest.mark.skipif(os.name != "posix", reason="rights of a file are those of POSIX")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601])
def test_a_file_that_others_may_touch_is_refused(tmp_path: Path, mode: int) -> None:
    made = master_key.create_file(tmp_path / "master.key")
    made.chmod(mode)
    with pytest.raises(MasterKeyUnusable, match=f"mode {mode:o}.*chmod 600"):
        master_key.read(f"file:{made}")


def test_a_file_may_hold_several_keys_and_remarks(tmp_path: Path) -> None:
    made = tmp_path / "keys"
    made.touch(0o600)
    made.write_text(f"# of 2026\n{NEW.hex()}  # seals\n\n{base64.b64encode(OLD).decode()}\n", encoding="ascii")
    assert master_key.read(f"file:{made}") == (NEW, OLD)
    made.write_bytes("ключ".encode())
    with pytest.raises(MasterKeyUnusable, match="holds no key"):
        master_key.read(f"file:{made}")
    made.write_bytes(b"# none\n")
    with pytest.raises(MasterKeyUnusable, match="holds no key"):
        master_key.read(f"file:{made}")


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(MasterKeyUnusable, match="cannot be read"):
        master_key.read(f"file:{tmp_path / 'none'}")
    with pytest.raises(MasterKeyUnusable, match="not a file"):
        master_key.read(f"file:{tmp_path}")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(MasterKeyUnusable, match="not a file"):
        master_key.read(f"file:{tmp_path / 'pipe'}")
    with pytest.raises(MasterKeyUnusable, match="cannot be written"):
        master_key.create_file(tmp_path / "pipe" / "master.key")


@pytest.mark.parametrize("code", ["en", "ru"])
def test_every_error_has_its_words(code: str) -> None:
    words = json.loads(files("kie.cli.lang").joinpath(f"{code}.json").read_text(encoding="utf-8"))
    assert {f"error.{name}" for name in seal_errors.__all__} <= words.keys()


# ------------------------------------------------------------------------------------------------------ a new key


def _run(sql: str, *values: object) -> Work[Rows]:
    return (yield Statement(sql, values))


async def _filled(database: Database, sealers: dict[str, Sealer]) -> None:
    await database.write(lambda: _run("CREATE TABLE vault (name TEXT PRIMARY KEY, secret_id TEXT, secret {})".format(
        "BLOB" if database.kind == "sqlite" else "BYTEA"
    )))  # fmt: skip
    for name, sealer in sealers.items():
        sealed = sealer.seal(place("vault", name, "secret"), name.encode())
        await database.write(
            lambda name=name, sealed=sealed: _run(
                "INSERT INTO vault VALUES (?, ?, ?)", name, sealed.key_id, sealed.blob
            )  # type: ignore[misc]
        )
    await database.write(lambda: _run("INSERT INTO vault VALUES ('empty', NULL, NULL)"))


async def _opened(database: Database, sealer: Sealer) -> dict[str, bytes]:
    rows = await database.read(lambda: _run("SELECT name, secret_id, secret FROM vault WHERE secret IS NOT NULL"))
    return {name: sealer.open(place("vault", name, "secret"), Sealed(key, blob)) for name, key, blob in rows}


def test_every_secret_is_sealed_again_with_the_first_key(database: str) -> None:
    async def main() -> None:
        old, new, both = Sealer([OLD]), Sealer([NEW]), Sealer([NEW, OLD])
        names = [f"n{number:03d}" for number in range(230)]  # more than two pages
        async with open_database(database) as opened:
            await _filled(opened, dict.fromkeys(names, old) | {"x": new})
            assert await reseal(opened, both, [VAULT]) == Resealed(230, 1, ())
            assert await reseal(opened, both, [VAULT]) == Resealed(0, 231, ())
            assert await opened.read(lambda: _run("SELECT DISTINCT secret_id FROM vault WHERE secret IS NOT NULL")) == [
                (new.key_id,)
            ]
            assert await _opened(opened, new) == {name: name.encode() for name in [*names, "x"]}

    asyncio.run(main())


def test_a_row_that_does_not_open_stays_and_holds_nothing_up(database: str) -> None:
    async def main() -> None:
        third = Sealer([bytes(range(50, 82))])
        async with open_database(database) as opened:
            await _filled(opened, {"a": Sealer([OLD]), "b": third, "c": Sealer([OLD])})
            before = await opened.read(lambda: _run("SELECT * FROM vault WHERE name = 'b'"))
            result = await reseal(opened, Sealer([NEW, OLD]), [VAULT])
            assert (result.done, result.already, [name for name, _ in result.failed]) == (2, 0, ["vault b"])
            assert third.key_id in result.failed[0][1]
            assert await opened.read(lambda: _run("SELECT * FROM vault WHERE name = 'b'")) == before

    asyncio.run(main())


def test_a_secret_that_is_changed_meanwhile_is_not_overwritten(database: str) -> None:
    async def main() -> None:
        old, both = Sealer([OLD]), Sealer([NEW, OLD])
        async with open_database(database) as opened:
            await _filled(opened, {"a": old})
            changed = old.seal(place("vault", "a", "secret"), b"changed")

            class Slow(Sealer):
                def open(self, place: str, sealed: Sealed) -> bytes:
                    done = opened.run([lambda: _run("UPDATE vault SET secret = ? WHERE name = 'a'", changed.blob)])
                    assert done[0].error is None
                    return super().open(place, sealed)

            assert (await reseal(opened, Slow([NEW, OLD]), [VAULT])).done == 0
            assert await _opened(opened, both) == {"a": b"changed"}
            assert (await reseal(opened, both, [VAULT])).done == 1
            assert await _opened(opened, Sealer([NEW])) == {"a": b"changed"}

    asyncio.run(main())
