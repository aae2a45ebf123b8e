"""`kie keys`: keys come in by stdin alone, are shown by no command, and do what the service's accounts do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kie.cli import lang
from kie.emulator import Emulator
from kie.service.accounts import master_key
from kie.service.settings import data_folder
from tests.cli.support import call, document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result

KEY, OTHER = "first-key-of-the-vendor-a1b2", "other-key-of-the-vendor-c3d4"
MASTER = master_key.new_key()


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("KIE_MASTER_KEY", MASTER)
    for name in ("KIE_DATABASE_URL", "KIE_ARTEFACTS_URL", "KIE_API_KEY", "KIE_EMULATED"):
        monkeypatch.delenv(name, raising=False)
    yield
    lang.use("en")


@pytest.fixture
def vendor() -> Iterator[str]:
    with Emulator(keys=[KEY, OTHER], credits=500) as emulator, emulator.serve() as server:
        yield server.url


def keys(*words: str, **more: Any) -> Result:
    result = call("keys", *words, **more)
    assert KEY not in result.output + result.stderr
    assert OTHER not in result.output + result.stderr
    return result


def good(*words: str, **more: Any) -> Any:
    result = keys(*words, "--json", **more)
    assert result.exit_code == 0, result.stderr
    return document(result)


def test_an_account_from_beginning_to_end(vendor: str) -> None:
    added = keys(
        "add", "studio", "--base-url", vendor, "--limit", "40/10", "--model", "image=nano-banana-2", input=KEY + "\n"
    )
    assert added.exit_code == 0, added.stderr
    assert "kie.ai takes the key: 500 credits" in added.stderr
    [account] = good("list")["accounts"]
    assert (account["name"], account["key"], account["state"]) == ("studio", "…a1b2", "active")
    assert (account["limit"], account["concurrency"]) == ({"creates": 40, "seconds": 10.0}, 100)
    assert (account["models"], account["base_url"]) == ({"image": "nano-banana-2"}, vendor)
    assert good("test") == {"accounts": [{"name": "studio", "ok": True, "balance": "500", "error": None}]}
    changed = good("change", "studio", "--concurrency", "none", "--alert-below", "50", "--model", "none")
    assert (changed["concurrency"], changed["alert_below"], changed["models"]) == (None, "50", {})
    assert changed["limit"]["creates"] == 40
    assert good("pause", "studio")["state"] == "paused"
    assert good("pause", "studio", "--retire")["state"] == "retired"
    assert "retired" in keys("list").stdout
    assert good("resume", "studio")["state"] == "active"
    assert good("rotate", "studio", input=OTHER + "\n")["key"] == "…c3d4"
    assert good("remove", "studio") == {"name": "studio", "removed": True}
    assert good("list") == {"accounts": []}
    assert "kie keys add" in keys("list").stderr


def test_a_key_that_is_refused_is_not_stored(vendor: str) -> None:
    result = keys("add", "studio", "--base-url", vendor, input="a-key-that-nobody-knows\n")
    assert result.exit_code == 3
    assert "a-key-that-nobody-knows" not in result.stderr
    assert good("list") == {"accounts": []}
    assert keys("add", "studio", "--base-url", vendor, "--no-check", input="a-key-that-nobody-knows\n").exit_code == 0
    tested = keys("test", "--json")
    assert (tested.exit_code, document(tested)["accounts"][0]["ok"]) == (3, False)
    assert keys("rotate", "studio", input="nor-this-one-of-all-keys\n").exit_code == 3
    assert good("list")["accounts"][0]["key"] == "…nows"
    assert keys("rotate", "studio", input=KEY).exit_code == 0
    assert good("test", "studio")["accounts"][0]["ok"]


def test_a_secret_comes_on_the_next_line(vendor: str) -> None:
    given = f"{KEY}\na-webhook-secret\n"
    assert keys("add", "studio", "--base-url", vendor, "--webhook-secret", input=given).exit_code == 0
    assert keys("change", "studio", "--webhook-secret", input="another\n").exit_code == 0
    assert good("reseal") == {"resealed": 0, "already": 2, "failed": []}


def test_a_new_master_key_seals_everything_anew(vendor: str, monkeypatch: pytest.MonkeyPatch) -> None:
    keys("add", "studio", "--base-url", vendor, input=KEY)
    fresh = master_key.new_key()
    monkeypatch.setenv("KIE_MASTER_KEY", fresh)
    failed = keys("reseal", "--json")
    assert (failed.exit_code, len(document(failed)["failed"])) == (3, 1)
    monkeypatch.setenv("KIE_MASTER_KEY", f"{fresh},{MASTER}")
    assert good("reseal") == {"resealed": 1, "already": 0, "failed": []}
    monkeypatch.setenv("KIE_MASTER_KEY", fresh)
    assert good("test")["accounts"][0]["ok"]


def test_a_master_key_in_the_data_folder_is_found(vendor: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KIE_MASTER_KEY")
    refused = keys("add", "studio", "--base-url", vendor, input=KEY)
    assert refused.exit_code == 3
    assert "kie keys master" in refused.stderr
    made = Path(good("master")["file"])
    assert made == data_folder() / "master.key"
    assert made.read_text(encoding="ascii").strip() not in keys("master").stderr  # there is one already
    assert keys("master").exit_code == 3
    assert keys("add", "studio", "--base-url", vendor, input=KEY).exit_code == 0
    elsewhere = good("master", "--file", "own.key")
    assert elsewhere["setting"] == f"file:{Path.cwd() / 'own.key'}"


def test_the_account_of_the_environment_is_tested_with_its_key(vendor: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIE_API_KEY", KEY)
    monkeypatch.setenv("KIE_BASE_URL", vendor)
    assert good("test") == {"accounts": [{"name": "default", "ok": True, "balance": "500", "error": None}]}
    assert "KIE_API_KEY" in keys("list").stdout
    monkeypatch.delenv("KIE_API_KEY")
    assert keys("test").exit_code == 2  # it has no key here


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "studio"), "stdin"),
        (("change", "studio", "--limit", "many"), "20/10"),
        (("change", "studio", "--concurrency", "-1"), "-1"),
        (("change", "studio", "--model", "nano-banana-2"), "image="),
        (("change", "studio"), "no account 'studio'"),
        (("pause", "studio"), "no account 'studio'"),
        (("remove", "studio"), "no account 'studio'"),
        (("rotate", "studio"), "stdin"),
    ],
)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_is_none_is_refused(words: tuple[str, ...], said: str, language: str) -> None:
    result = keys(*words, "--lang", language, "--json", input="")
    assert result.exit_code == 2
    message = document(result)["error"]["message"]
    assert said in message or (language == "ru" and not message.isascii())
    assert good("list") == {"accounts": []}


def test_what_cannot_be_set_of_an_account_is_refused() -> None:
    good("add", "studio", "--no-check", input=f"{KEY}\n")
    before = good("list")
    for words, said in ((("--limit", "0/10"), "at least 1"), (("--alert-below", "some"), "alert_below")):
        result = keys("change", "studio", *words, "--json")
        assert (result.exit_code, said in document(result)["error"]["message"]) == (2, True), result.stderr
    assert good("list") == before


def test_no_key_is_taken_from_the_command_line() -> None:
    result = call("keys", "add", "studio", "a-key", "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"]["type"] == "UsageError"
