"""Exit codes, and the one JSON document, whatever happens."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kie.client.transport import Interrupted, NotDelivered
from tests.cli.support import RUN, Stub, call, document

pytestmark = pytest.mark.usefixtures("no_pause")


def outcome(code: int, text: str = "no") -> dict[str, Any]:
    return {"code": code, "msg": text, "data": None}


CASES = [
    ("done", RUN, Stub(), 0, None),
    ("failed", RUN, Stub("fail"), 1, "TaskFailed"),
    ("wrong value", (*RUN, "aspect_ratio=17:9"), Stub(), 2, "InvalidInput"),
    ("wrong name", (*RUN, "promt=x"), Stub(), 2, "InvalidInput"),
    ("no key=value", ("run", "nano-banana-2", "cat"), Stub(), 2, "InvalidInput"),
    ("broken JSON", (*RUN, "image_input=[1,"), Stub(), 2, "InvalidInput"),
    ("no such model", ("run", "no-such-model"), Stub(), 2, "ModelUnavailable"),
    ("no such option", (*RUN, "--nope"), Stub(), 2, "UsageError"),
    ("no such command", ("nope", "--json"), Stub(), 2, "UsageError"),
    ("wrong number", (*RUN, "--timeout", "soon"), Stub(), 2, "UsageError"),
    ("wrong key", RUN, Stub(createTask=outcome(401, "unauthorized")), 3, "AuthenticationError"),
    ("no credits", RUN, Stub(createTask=outcome(402, "insufficient")), 3, "InsufficientCredits"),
    ("above the limit", (*RUN, "--max-credits", "1"), Stub(), 3, "BudgetExceeded"),
    ("no network", RUN, Stub(createTask=NotDelivered("refused")), 4, "ConnectionFailed"),
    ("vendor fault", RUN, Stub(createTask=outcome(500, "internal error")), 4, None),
    ("outcome unknown", RUN, Stub(createTask=Interrupted("reset")), 4, "SubmitOutcomeUnknown"),
    ("timed out", (*RUN, "--timeout", "0"), Stub("waiting"), 5, "TaskTimeout"),
    ("interrupted while waiting", RUN, Stub(recordInfo=KeyboardInterrupt), 130, "Interrupted"),
    ("interrupted while sending", RUN, Stub(createTask=KeyboardInterrupt), 130, "Interrupted"),
]


@pytest.mark.parametrize(("words", "stub", "code", "kind"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_exit_code_and_one_document(words: tuple[str, ...], stub: Stub, code: int, kind: str | None) -> None:
    plain = call(*words, stub=Stub(*stub.states, **stub.answers))
    assert plain.exit_code == code, plain.output
    result = call(*words, *(() if "--json" in words else ("--json",)), stub=stub)
    assert result.exit_code == code
    found = document(result)
    if code:
        assert kind is None or found["error"]["type"] == kind
        assert found["exit_code"] == code
        assert result.stderr


def test_no_key_is_said_with_what_to_do() -> None:
    result = call(*RUN)
    assert result.exit_code == 3
    assert "KIE_API_KEY" in result.stderr
    assert "--emulated" in result.stderr


def test_interruption_tells_the_task_and_how_to_resume() -> None:
    result = call(*RUN, "-o", "out", stub=Stub(recordInfo=KeyboardInterrupt))
    assert f"kie wait {1:032x} --model nano-banana-2 -o out" in result.stderr


def test_interruption_while_sending_warns_of_the_money() -> None:
    result = call(*RUN, "--json", stub=Stub(createTask=KeyboardInterrupt))
    assert document(result)["error"]["may_have_spent"] is True
    assert "CREDITS MAY HAVE BEEN SPENT" in result.stderr


def test_interruption_goes_through_though_no_answer_comes() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        process = subprocess.Popen(
            [sys.executable, "-m", "kie", *RUN, "--json", "--base-url", address],
            env={**os.environ, "KIE_API_KEY": "test"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        server.settimeout(30)
        connection, _ = server.accept()
        connection.recv(10)
        told = ""
        for last in (False, False, True):  # Python may lose a signal that comes inside a finaliser: one presses again
            process.send_signal(signal.SIGINT)
            with contextlib.nullcontext() if last else contextlib.suppress(subprocess.TimeoutExpired):
                told, _ = process.communicate(timeout=8)
                break
        connection.close()
    assert process.returncode == 130
    assert json.loads(told)["error"]["may_have_spent"] is True


def test_timeout_tells_how_to_resume_and_resuming_works() -> None:
    result = call(*RUN, "--timeout", "0", "--json", stub=Stub("waiting"))
    resume = document(result)["resume"].split()
    assert resume[0] == "kie"
    again = call(*resume[1:], "--json", stub=Stub("success"))
    assert again.exit_code == 0
    assert Path(document(again)["outputs"][0]["path"]).is_file()


def test_unknown_outcome_is_loud_and_never_repeated() -> None:
    stub = Stub(createTask=Interrupted("reset"))
    result = call(*RUN, stub=stub)
    assert "CREDITS MAY HAVE BEEN SPENT" in result.stderr
    assert "sha256" in result.stderr
    assert stub.asked["createTask"] == 1


def test_text_of_the_vendor_cannot_move_the_terminal() -> None:
    result = call(*RUN, stub=Stub("fail"))
    assert "broken" in result.stderr
    assert not {"\x1b", "\x07", "\u202e"} & set(result.output)


def test_interruption_of_one_of_several_tells_all() -> None:
    result = call("image", "a cat", "--count", "2", stub=Stub(recordInfo=KeyboardInterrupt))
    assert result.exit_code == 130
    assert result.stderr.count("kie wait ") == 2
