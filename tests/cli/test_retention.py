"""`kie retention`, and what the files of one generation may be done to: rules, stars, deleting."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kie import AsyncKie
from kie.cli import lang
from kie.service import moves
from kie.service.machine import Event
from kie.service.opening import open_service
from kie.service.settings import ServiceSettings
from kie.service.transitions import move
from kie.store.sides import open_side
from tests.cli.support import PNG, call, document

if TYPE_CHECKING:
    from collections.abc import Iterator

DIGEST = hashlib.sha256(PNG).hexdigest()


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for name in ("KIE_DATABASE_URL", "KIE_ARTEFACTS_URL", "KIE_API_KEY", "KIE_EMULATED"):
        monkeypatch.delenv(name, raising=False)
    yield
    lang.use("en")


def good(*words: str) -> Any:
    result = call(*words, "--json")
    assert result.exit_code == 0, result.stderr
    return document(result)


def kept() -> list[Path]:
    return [path for path in Path(ServiceSettings.gather({}).artefacts_url).rglob("*") if path.name == DIGEST]


@pytest.fixture
def made() -> str:
    """A generation that ended long ago, with a file."""

    async def go() -> str:
        async with (
            AsyncKie("a-key", base_url="http://127.0.0.1:9") as kie,
            open_service(ServiceSettings.gather({}), kie) as service,
        ):
            name = (await service.create("nano-banana-pro", {"prompt": "a fox"}, project="shop")).id

            def work() -> Any:
                yield from move(name, Event.CLAIMED, 1.0)
                yield from moves.accepted(name, Event.ACCEPTED, "task-1", 1.0, {})
                yield from moves.finish(name, Event.DONE, 1.0, {"outputs": [], "text": None}, 18_000_000, {})

            await service.database.write(work)
            await service.artefacts.put(DIGEST, PNG)
            return name

    name = asyncio.run(go())
    with open_side(ServiceSettings.gather({}).database_url, change=True) as side:
        side.execute(
            "INSERT INTO artefact (id, generation, position, role, sha256, size, type, at)"
            " VALUES ('art_1', ?, 0, 'output', ?, ?, 'image/png', 1)",
            (name, DIGEST, len(PNG)),
        )
        side.execute("UPDATE generation SET state = 'succeeded', ended = 2 WHERE id = ?", (name,))
        side.commit()
    assert len(kept()) == 1
    return name


def test_rules_are_set_listed_and_removed() -> None:
    assert "kept for ever" in call("retention", "list").stderr
    assert good("retention", "set", "30", "--project", "shop")["days"] == 30
    assert good("retention", "set", "0.5", "--kind", "image", "--forget", "--starred")["forget"] is True
    assert good("retention", "set", "none", "--state", "failed")["days"] is None
    found = good("retention", "list")["rules"]
    assert [(each["days"], each["project"], each["kind"], each["state"], each["starred"]) for each in found] == [
        (30.0, "shop", "", "", False),
        (0.5, "", "image", "", True),
        (None, "", "", "failed", False),
    ]
    told = call("retention", "list").stdout
    for words in ("30 days", "0.5 days", "for ever"):
        assert words in told
    assert good("retention", "remove", "--kind", "image")["removed"] is True
    again = call("retention", "remove", "--kind", "image", "--json")
    assert (again.exit_code, document(again)["error"]["type"]) == (2, "InvalidInput")
    assert len(good("retention", "list")["rules"]) == 2


def test_what_is_no_rule_is_refused() -> None:
    for words in (["-3"], ["much"], ["5", "--kind", "cat"], ["5", "--state", "held"], []):
        assert call("retention", "set", *words).exit_code == 2
    assert good("retention", "list")["rules"] == []


def test_a_sweep_tells_first_and_then_does_it(made: str) -> None:
    good("retention", "set", "30", "--project", "shop")
    due = good("retention", "sweep", "--dry-run")["due"]
    assert [(each["generations"], each["files"], each["size"]) for each in due] == [(1, 1, len(PNG))]
    assert "shop" in call("retention", "sweep", "--dry-run").stdout
    assert len(good("generations", "show", made)["artefacts"]) == 1
    assert good("generations", "star", made)["starred"] is True
    assert good("retention", "sweep")["generations"] == 0
    assert good("generations", "star", made, "--off")["starred"] is False
    assert good("retention", "sweep")["generations"] == 1
    assert good("generations", "show", made)["artefacts"] == []


def test_deleting_must_be_agreed_to(made: str) -> None:
    result = call("generations", "delete", made, "--json")
    assert (result.exit_code, document(result)["error"]["type"]) == (2, "NotAgreed")
    assert len(good("generations", "show", made)["artefacts"]) == 1
    assert good("generations", "delete", made, "--yes", "--forget")["artefacts"] == []
    assert good("generations", "show", made)["input"] == {}
    for command in (["star"], ["delete", "--yes"]):
        assert call("generations", *command, "gen_none").exit_code == 2
