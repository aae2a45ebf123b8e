"""The commands that look at the service, and settle, cancel, sum up, back up."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kie import AsyncKie
from kie.cli import lang
from kie.service import moves
from kie.service.machine import Event
from kie.service.opening import open_service
from kie.service.settings import ServiceSettings, data_folder, shown
from kie.service.transitions import move
from kie.store.artefacts import open_artefacts
from kie.store.sides import open_side
from tests.cli.support import PNG, call, document

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from kie.service import Service

MODEL = "nano-banana-pro"
DAY = 86_400


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("KIE_CURRENCY", "EUR=0.5")
    for name in ("KIE_DATABASE_URL", "KIE_ARTEFACTS_URL", "KIE_API_KEY", "KIE_EMULATED"):
        monkeypatch.delenv(name, raising=False)
    yield
    lang.use("en")


def settings() -> ServiceSettings:
    return ServiceSettings.gather({})


def url() -> str:
    return settings().database_url


def made(action: Callable[[Service], Awaitable[Any]]) -> Any:
    async def go() -> Any:
        async with AsyncKie("a-key", base_url="http://127.0.0.1:9") as kie, open_service(settings(), kie) as service:
            return await action(service)

    return asyncio.run(go())


def asked(*prompts: str, **options: Any) -> list[str]:
    async def go(service: Service) -> list[str]:
        return [(await service.create(MODEL, {"prompt": prompt}, **options)).id for prompt in prompts]

    found: list[str] = made(go)
    return found


def uncertain(name: str) -> None:
    async def go(service: Service) -> None:
        def work() -> Any:
            yield from move(name, Event.CLAIMED, 1_700_000_000.0, {"submitted": 1_700_000_000.0})
            error = {"code": "outcome_unknown", "message": "No answer came."}
            changes = {"next_at": None, "error": json.dumps(error)}
            yield from move(name, Event.LOST, 1_700_000_001.0, changes, error)

        await service.database.write(work)

    made(go)


def paid(name: str, credits_: int, at: float, *, files: bool = False) -> None:
    """As if the vendor had made it, and told its cost."""

    async def go(service: Service) -> None:
        import hashlib

        def work() -> Any:
            yield from move(name, Event.CLAIMED, at)
            yield from moves.accepted(name, Event.ACCEPTED, f"task-{name}", at, {})
            yield from moves.finish(name, Event.DONE, at, {"outputs": [], "text": None}, credits_ * 1_000_000, {})

        await service.database.write(work)
        if files:
            digest = hashlib.sha256(PNG).hexdigest()
            await service.artefacts.put(digest, PNG)
            with open_side(url(), change=True) as side:
                side.execute(
                    "INSERT INTO artefact (id, generation, position, role, sha256, size, type, at)"
                    " VALUES ('art_1', ?, 0, 'output', ?, ?, 'image/png', 1)",
                    (name, digest, len(PNG)),
                )
                side.execute("UPDATE generation SET state = 'succeeded', ended = ? WHERE id = ?", (at, name))
                side.commit()

    made(go)


def test_the_newest_are_listed_with_their_states() -> None:
    first, second = asked("a fox", "a cat")
    other, *_ = asked("a dog", project="shop")
    result = call("generations", "list")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()[1:]] == [other, second, first]
    assert "held 3" in result.stderr
    found = document(call("generations", "list", "--json", "--limit", "2"))
    assert [each["id"] for each in found["generations"]] == [other, second]
    assert found["after"] == second
    assert found["counts"] == {"held": 3}
    rest = document(call("generations", "list", "--json", "--after", second))
    assert [each["id"] for each in rest["generations"]] == [first]
    shop = document(call("generations", "list", "--json", "--project", "shop", "--model", MODEL, "--state", "held"))
    assert [each["id"] for each in shop["generations"]] == [other]
    assert document(call("generations", "list", "--json", "--state", "failed"))["generations"] == []
    assert call("generations", "list", "--state", "nope").exit_code == 2


def test_the_services_of_emulator_and_vendor_lie_apart() -> None:
    asked("a fox")
    assert len(document(call("generations", "list", "--json"))["generations"]) == 1
    assert document(call("generations", "list", "--json", "--emulated"))["generations"] == []
    assert document(call("generations", "list", "--json", env={"KIE_EMULATED": "1"}))["generations"] == []


def test_one_is_shown_with_its_history() -> None:
    [name] = asked("a fox")
    result = call("generations", "show", name)
    assert "18 credits · $0.09 · 0.045 EUR" in result.stdout
    assert document(call("generations", "show", name, "--json"))["input"]["prompt"] == "a fox"
    assert "created" in call("generations", "events", name).stdout
    found = document(call("generations", "events", name, "--json"))
    assert [each["name"] for each in found["events"]] == ["created"]
    call("generations", "cancel", name)
    lines = call("generations", "events", name, "--follow", "--json").stdout.splitlines()
    assert [json.loads(line)["name"] for line in lines] == ["created", "cancelled"]
    for command in ("show", "events", "cancel", "save"):
        missing = call("generations", command, "gen_none", "--json")
        assert (missing.exit_code, document(missing)["error"]["type"]) == (2, "TaskNotFound")
        assert document(missing)["error"]["id"] == "gen_none"
        assert "task" not in missing.stderr


def test_what_was_sent_is_not_cancelled() -> None:
    first, second = asked("a fox", "a cat")
    assert call("generations", "cancel", first).exit_code == 0
    uncertain(second)
    result = call("generations", "cancel", second, "--json")
    assert result.exit_code == 1
    assert document(result)["state"] == "uncertain"
    assert "paid for" in result.stderr


def test_files_are_written_into_a_folder() -> None:
    first, second = asked("a fox", "a cat")
    paid(first, 18, 1.0, files=True)
    found = document(call("generations", "save", first, "-o", "out", "--json"))
    assert [Path(each["path"]).read_bytes() for each in found["files"]] == [PNG]
    assert [path.name for path in Path("out").iterdir()] == [f"{first}-0.png"]
    assert "no files" in call("generations", "save", second).stderr


def test_what_is_known_of_an_uncertain_one_is_shown_and_what_can_be_said() -> None:
    [name] = asked("a fox")
    uncertain(name)
    result = call("resolve", name)
    assert result.exit_code == 0
    for told in ("No answer came.", "18 credits", "claimed", f"kie resolve {name} --again", MODEL):
        assert told in result.output
    with open_side(url(), change=True) as side:
        for at, kind in ((1_699_999_999.0, "drift"), (1_700_000_500.0, "drift"), (1_700_000_600.0, "clock")):
            side.execute("INSERT INTO alert (at, kind, text) VALUES (?, ?, ?)", (at, kind, f"{kind} of 18 credits"))
        side.commit()
    found = document(call("resolve", name, "--json"))
    assert [each["name"] for each in found["events"]] == ["created", "claimed", "lost"]
    assert [(each["at"], each["kind"]) for each in found["evidence"]] == [(1_700_000_500.0, "drift")]
    assert "drift of 18 credits" in call("resolve", name).stdout
    assert document(call("generations", "show", name, "--json"))["state"] == "uncertain"


@pytest.mark.parametrize(
    ("words", "state"), [(["--task", "abc"], "waiting"), (["--dismiss"], "failed"), (["--again", "--yes"], "held")]
)
def test_it_is_settled_once(words: list[str], state: str) -> None:
    [name] = asked("a fox")
    uncertain(name)
    found = document(call("resolve", name, "--json", *words))
    assert (found["before"]["state"], found["after"]["state"]) == ("uncertain", state)
    again = call("resolve", name, "--json", *words)
    assert (again.exit_code, document(again)["error"]["type"]) == (2, "InvalidInput")


def test_sending_again_must_be_agreed_to() -> None:
    [name] = asked("a fox")
    uncertain(name)
    result = call("resolve", name, "--again", "--json")
    assert (result.exit_code, document(result)["error"]["type"]) == (2, "NotAgreed")
    assert "twice: 18 credits more" in result.stderr
    assert document(call("generations", "show", name, "--json"))["state"] == "uncertain"
    assert call("resolve", name, "--again", "--dismiss").exit_code == 2


def test_what_was_spent_is_summed_up_in_three_currencies() -> None:
    import time

    now = time.time()
    names = asked("a fox", "a cat", project="shop") + asked("a dog")
    for name, amount, age in zip(names, (18, 20, 5), (0, 3 * DAY, 40 * DAY), strict=True):
        paid(name, amount, now - age)
    asked("a bird")
    found = document(call("spend", "--json"))
    assert [(each["generations"], each["credits"], each["usd"]) for each in found["rows"]] == [
        (1, "20", "0.10"),
        (1, "18", "0.090"),
    ]
    assert (found["total"]["credits"], found["total"]["usd"], found["total"]["amount"]) == ("38", "0.190", "0.095")
    assert found["held"]["credits"] == "18"
    assert [row["name"] for row in found["rows"]] == [
        time.strftime("%Y-%m-%d", time.gmtime(now - age)) for age in (3 * DAY, 0)
    ]
    by_project = document(call("spend", "--by", "project", "--since", "2020-01-01", "--json"))
    assert [(each["name"], each["credits"]) for each in by_project["rows"]] == [("shop", "38"), ("default", "5")]
    one = document(call("spend", "--by", "model", "--project", "shop", "--since", "1d", "--json"))
    assert [(each["name"], each["credits"]) for each in one["rows"]] == [(MODEL, "18")]
    result = call("spend", "--by", "account", "--since", "90d")
    assert re.search(r"total +3 +43 +0\.2[12] +0\.11", result.stdout)
    assert "18 credits" in result.stderr
    assert call("spend", "--since", "yesterday").exit_code == 2


def test_days_are_days_of_utc_on_both_sides_of_midnight() -> None:
    names = asked("a fox", "a cat", "a dog")
    for name, at in zip(names, (DAY * 20_000 - 0.01, DAY * 20_000, DAY * 20_001 - 0.01), strict=True):
        paid(name, 18, at)
    found = document(call("spend", "--since", "2020-01-01", "--json"))
    assert [(each["name"], each["generations"]) for each in found["rows"]] == [("2024-10-03", 1), ("2024-10-04", 2)]


def test_budgets_are_set_listed_and_lifted() -> None:
    assert "nothing is limited" in call("budget", "list").stderr
    assert call("budget", "set", "100", "--project", "shop").exit_code == 0
    assert call("budget", "set", "1000.5", "--per", "total", "--model", MODEL).exit_code == 0
    asked("a fox", project="shop")
    found = document(call("budget", "list", "--json"))["budgets"]
    assert [(each["project"], each["model"], each["span"], each["limit"], each["used"]) for each in found] == [
        ("", MODEL, "total", "1000.5", "18"),
        ("shop", "", "day", "100", "18"),
    ]
    assert re.search(r"shop +all +all +each day +18 +100", call("budget", "list").stdout)
    call("budget", "set", "none", "--project", "shop")
    assert len(document(call("budget", "list", "--json"))["budgets"]) == 1
    assert call("budget", "set", "much").exit_code == 2
    for words in (["--", "-5"], ["-5"], ["-0.5", "--project", "shop"], ["-.5"]):
        result = call("budget", "set", *words)
        value = next(word for word in words if word != "--")
        assert (result.exit_code, f"{value}: an amount cannot be negative" in result.stderr) == (2, True), result.stderr
    assert "no option -x" in call("budget", "set", "-x").stderr


def test_a_backup_goes_out_and_in_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = asked("a fox", "a cat")
    paid(first, 18, 1.0, files=True)
    uncertain(second)
    done = document(call("backup", "kie.tar", "--files", "--json"))
    assert (done["files"], done["missing"], done["rows"]["generation"]) == (1, [], 2)
    assert Path("kie.tar").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in Path().iterdir() if path.is_file()] == ["kie.tar"]
    again = call("backup", "kie.tar")
    assert (again.exit_code, "--force" in again.stderr) == (2, True)
    assert call("backup", "kie.tar", "--force", "--files").exit_code == 0
    assert call("restore", "kie.tar").exit_code == 4  # its own database is not empty
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "elsewhere"))
    found = document(call("restore", "kie.tar", "--json"))
    assert (found["files"], found["settled"]["uncertain"], found["rows"]["generation"]) == (1, 0, 2)
    assert document(call("generations", "save", first, "--json"))["files"][0]["type"] == "image/png"
    assert "not empty" in call("restore", "kie.tar").stderr
    assert call("restore", "kie.tar", "--replace").exit_code == 0


def test_a_backup_goes_through_a_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [name] = asked("a fox")
    data = call("backup", "-").stdout_bytes
    assert call("backup", "-", "--json").exit_code == 2
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "elsewhere"))
    result = call("restore", "-", input=data)
    assert result.exit_code == 0
    assert "may have been sent since" in result.stderr
    assert document(call("generations", "show", name, "--json"))["state"] == "uncertain"


def test_what_is_no_backup_is_bad_input() -> None:
    Path("x.tar").write_bytes(b"nothing of the kind")
    broken = call("restore", "x.tar", "--json")
    assert (broken.exit_code, document(broken)["error"]["type"]) == (2, "BackupInvalid")
    assert call("restore", "none.tar").exit_code == 2
    assert call("backup", "y.tar").exit_code == 4  # there is no database yet
    asked("a fox")
    assert call("backup", "x/y/z.tar").exit_code == 2


def test_where_things_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert data_folder({}, "linux") == tmp_path / ".local/share/kie"
    assert data_folder({"XDG_DATA_HOME": "relative"}, "linux") == tmp_path / ".local/share/kie"
    assert data_folder({"XDG_DATA_HOME": "/data"}, "linux") == Path("/data/kie")
    assert data_folder({}, "darwin") == tmp_path / "Library/Application Support/kie"
    assert data_folder({"LOCALAPPDATA": "/local"}, "win32") == Path("/local/kie")
    given = {
        "KIE_DATABASE_URL": "postgresql://me:secret@host:1/kie?password=x",
        "KIE_PUBLIC_URL": "https://x.example.com/",
    }
    found = ServiceSettings.gather(given)
    assert found.public_url == "https://x.example.com"
    assert "secret" not in repr(found)
    assert "password" not in repr(found)
    assert shown(given["KIE_DATABASE_URL"]) == "postgresql://me@host:1/kie"
    for wrong in ("ftp://x", "https://", "https://a@b", "nothing", "https://x:99999"):
        with pytest.raises(Exception, match="KIE_PUBLIC_URL"):
            ServiceSettings.gather({"KIE_PUBLIC_URL": wrong})


def test_an_address_that_is_none_is_told_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIE_DATABASE_URL", "postgresql://me:secret@[::1/x")
    for words in (("generations", "list"), ("backup", "x.tar"), ("restore", __file__)):
        result = call(*words)
        assert result.exit_code in {2, 4}
        assert "secret" not in result.output
    assert "secret" not in call("doctor", "--json", "--emulated").output


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    monkeypatch.delitem(sys.modules, "kie.service.ingress", raising=False)
    for command in ("worker", "hooks"):
        result = call(command)
        assert (result.exit_code, "kie[server]" in result.stderr) == (2, True)


def test_files_of_the_store_are_where_the_settings_say() -> None:
    asked("a fox")
    assert open_artefacts(settings().artefacts_url).name.endswith("files")
