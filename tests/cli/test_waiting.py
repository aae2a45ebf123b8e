"""Commands that wait: they watch while a worker lives, work where none does, and can be left and come back to."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kie.service.accounts import master_key
from tests.cli.support import call
from tests.cli.test_worker import ended, line_of, running, states, until
from tests.support.postgres import postgres_server, postgres_url  # noqa: F401 - fixtures

if TYPE_CHECKING:
    import subprocess

pytestmark = pytest.mark.slow

FLOW = """\
name: poster
inputs:
  things: [text]
steps:
  pictures:
    for_each: ${inputs.things}
    as: thing
    model: nano-banana-2
    input: {prompt: "${thing}"}
"""
RUN = ("flows", "run", "poster.yaml", "things=a kite", "things=a boat", "--wait", "-o", "out", "--json")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    Path("poster.yaml").write_text(FLOW)
    return tmp_path


def done(process: subprocess.Popen[str], code: int) -> tuple[Any, str]:
    got, out, err = ended(process)
    assert got == code, err
    return json.loads(out), err


def test_while_a_worker_lives_it_is_only_watched_and_taken_over_when_it_dies(place: Path) -> None:
    settings = {"KIE_DATABASE_URL": f"sqlite:///{place}/kie.db", "KIE_EMULATED": "1", "KIE_PREVIEWS": "off"}
    with running(place, "worker", "--json", **settings) as worker:
        assert line_of(worker)["event"] == "began"
        with running(place, *RUN, **settings) as process:
            found, err = done(process, 0)
        assert "this process works" not in err
        assert [Path(each["path"]).stem for each in found["files"]] == ["pictures-0", "pictures-1"]
        worker.send_signal(signal.SIGSTOP)  # it lives still, and does nothing
        with running(place, *RUN, **settings) as process:
            until(lambda: len(runs_of(settings, place)) == 2)
            worker.kill()
            worker.wait()
            found, err = done(process, 0)
        assert "this process works until the end" in err
        assert found["state"] == "succeeded"


def runs_of(settings: dict[str, str], place: Path) -> list[str]:
    with running(place, "flows", "runs", "--json", **settings) as process:
        return [each["id"] for each in done(process, 0)[0]["runs"]]


def test_what_was_left_is_come_back_to(place: Path) -> None:
    url = f"sqlite:///{place}/kie.db"
    settings = {"KIE_DATABASE_URL": url, "KIE_EMULATED": "1", "KIE_PREVIEWS": "off"}
    with running(place, *RUN, **settings) as process:
        until(lambda: (place / "kie.db").exists() and bool(runs_of(settings, place)))
        process.send_signal(signal.SIGINT)
        told, _ = done(process, 130)
    words = told["resume"].split()[1:]
    assert words == ["flows", "wait", told["id"], "-o", "out"]
    with running(place, *words, "--json", **settings) as process:
        found, _ = done(process, 0)
    assert (found["id"], len(found["files"])) == (told["id"], 2)
    assert states(url) == ["succeeded", "succeeded"]


@pytest.mark.postgres
def test_on_postgres_it_is_the_same(place: Path, postgres_url: str) -> None:  # noqa: F811
    settings = {"KIE_DATABASE_URL": postgres_url, "KIE_EMULATED": "1", "KIE_PREVIEWS": "off"}
    with running(place, *RUN, **settings) as process:
        found, err = done(process, 0)
    assert "this process works until the end" in err
    assert len(found["files"]) == 2
    (place / "rows.jsonl").write_text('{"prompt": "a kite"}\n')
    with running(
        place, "batches", "add", "rows.jsonl", "-m", "nano-banana-2", "--wait", "--json", **settings
    ) as process:
        assert done(process, 0)[0]["succeeded"] == 1


def test_a_worker_needs_no_key_but_the_accounts_that_are_stored(place: Path) -> None:
    settings = {"KIE_DATABASE_URL": f"sqlite:///{place}/kie.db", "KIE_MASTER_KEY": master_key.new_key()}
    words = ("keys", "add", "studio", "--no-check", "--base-url", "http://127.0.0.1:9")
    assert call(*words, input="a-key-of-the-vendor\n", env=settings).exit_code == 0
    with running(place, "worker", "--json", **settings) as worker:
        assert line_of(worker)["event"] == "began"
        worker.send_signal(signal.SIGTERM)
        assert ended(worker)[0] == 0
