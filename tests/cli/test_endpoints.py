"""`kie endpoints`: added, tried, replayed; a secret is shown when it is made, and never again."""

from __future__ import annotations

import http.server
import json
import threading
from typing import TYPE_CHECKING, Any

import pytest

from kie.cli import lang
from kie.service.accounts import master_key
from tests.cli.support import call, document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MASTER = master_key.new_key()


class Receiver:
    """Answers as ``status`` says, and keeps what came."""

    def __init__(self) -> None:
        self.status, self.came = 204, list[Any]()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.came.append((dict(self.headers), json.loads(body)))
                self.send_response(receiver.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/in"


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("KIE_MASTER_KEY", MASTER)
    monkeypatch.setenv("KIE_NOTIFY_ALLOW", "private")
    for name in ("KIE_DATABASE_URL", "KIE_ARTEFACTS_URL", "KIE_API_KEY", "KIE_EMULATED"):
        monkeypatch.delenv(name, raising=False)
    yield
    lang.use("en")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    threading.Thread(target=made.server.serve_forever, args=(0.02,), daemon=True).start()
    yield made
    made.server.shutdown()
    made.server.server_close()


def good(*words: str) -> Any:
    result = call("endpoints", *words, "--json")
    assert result.exit_code == 0, result.stderr
    return document(result)


def test_a_secret_is_shown_when_it_is_made_and_never_again(receiver: Receiver) -> None:
    result = call("endpoints", "add", receiver.url, "--project", "site", "--event", "generation.*")
    assert result.exit_code == 0, result.stderr
    secret = result.stdout.splitlines()[1]
    assert secret.startswith("whsec_")
    [endpoint] = good("list")["endpoints"]
    name = endpoint["id"]
    assert (endpoint["project"], endpoint["types"], endpoint["state"]) == ("site", ["generation.*"], "enabled")
    turned = good("rotate", name, "--overlap", "0")["secret"]
    assert turned.startswith("whsec_")
    assert turned != secret
    for words in (["list"], ["show", name], ["disable", name], ["enable", name], ["deliveries"]):
        for more in ([], ["--json"]):
            told = call("endpoints", *words, *more)
            assert told.exit_code == 0
            assert "whsec_" not in told.stdout + told.stderr
    assert good("list", "--project", "other")["endpoints"] == []


def test_it_is_tried_replayed_and_looked_at(receiver: Receiver) -> None:
    name = good("add", receiver.url)["endpoint"]["id"]
    done = good("test", name)
    assert (done["state"], done["last"]["status"], done["exit_code"]) == ("delivered", 204, 0)
    [(head, body)] = receiver.came
    assert body["type"] == "ping"
    receiver.status = 500
    failed = call("endpoints", "test", name)
    assert (failed.exit_code, "HTTP 500" in failed.stdout) == (1, True)
    log = good("deliveries", name)["deliveries"]
    assert [(each["state"], each["attempts"]) for each in log] == [("failed", 1), ("delivered", 1)]
    assert [each["state"] for each in good("deliveries", name, "--state", "failed")["deliveries"]] == ["failed"]
    assert good("deliveries", "--limit", "1")["before"] == log[0]["number"]
    assert good("deliveries", "--before", str(log[0]["number"]))["deliveries"] == log[1:]
    assert [each["status"] for each in good("attempts", str(log[0]["number"]))["attempts"]] == [500]
    assert json.loads(call("endpoints", "message", log[1]["message"]).stdout) == body
    assert head["webhook-id"] == log[1]["message"]
    assert good("replay", name, "--since", "1d") == {"id": name, "replayed": 1}
    assert good("replay", name, "--message", log[1]["message"])["replayed"] == 1
    assert {each["state"] for each in good("deliveries", name)["deliveries"]} == {"waiting"}
    told = call("endpoints", "show", name).stdout
    assert name in told
    assert "HTTP 500" in told


def test_it_is_changed_and_removed(receiver: Receiver) -> None:
    name = good("add", receiver.url, "--event", "batch.finished")["endpoint"]["id"]
    changed = good("change", name, "--event", "flow.finished", "--description", "ours")
    assert (changed["types"], changed["description"], changed["url"]) == (["flow.finished"], "ours", receiver.url)
    assert good("change", name, "--event", "all")["types"] == []
    assert good("change", name, "--url", f"{receiver.url}/new")["url"].endswith("/new")
    assert good("disable", name)["state"] == "disabled"
    assert call("endpoints", "replay", name, "--since", "1d").exit_code == 2
    assert good("remove", name) == {"id": name, "removed": True}
    assert good("list")["endpoints"] == []


BAD = [
    ["add", "ftp://example.com"],
    ["add", "http://127.0.0.1:9/in", "--event", "nope"],
    ["change", "ep_none"],
    ["change", "ep_none", "--description", "x"],
    ["replay", "ep_none"],
    ["replay", "ep_none", "--since", "1d", "--message", "msg_1"],
    ["replay", "ep_none", "--since", "then"],
    ["rotate", "ep_none"],
    ["test", "ep_none"],
    ["deliveries", "ep_none"],
    ["message", "msg_none"],
    ["show", "ep_none"],
    ["remove", "ep_none"],
]


def test_bad_input_ends_with_2_and_changes_nothing() -> None:
    for words in BAD:
        result = call("endpoints", *words, "--json")
        assert (result.exit_code, document(result)["error"]["may_have_spent"]) == (2, False)
    assert good("list")["endpoints"] == []


def test_what_is_possible_is_told() -> None:
    result = call("endpoints", "add", "http://127.0.0.1:9/in", "--event", "nope")
    assert "Possible: generation.succeeded" in result.stderr


def test_the_secret_of_callbacks_is_the_project_s_own() -> None:
    first, again, other = (good("callbacks", name) for name in ("site", "site", "shop"))
    assert first == again
    assert first["secret"] != other["secret"]
    assert good("rotate", first["id"])["secret"] == good("callbacks", "site")["secret"]
    assert good("list")["endpoints"] == []
