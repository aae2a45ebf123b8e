"""Batches: all rows are checked first, each is paid for once, whatever ends the program."""

import json
import os
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kie.catalogue import default_catalogue
from kie.cli.batch.rows import Row, read_rows
from kie.client.transport import Interrupted, NotDelivered
from kie.emulator import Emulator
from tests.cli.support import PNG, Stub, call, document

JOURNAL = Path("out/rows.journal.jsonl")
BATCH = ("batch", "rows.jsonl", "-o", "out", "--json")


def write(*rows: Any) -> Path:
    path = Path("rows.jsonl")
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def cats(count: int) -> Path:
    return write(*({"model": "nano-banana-2", "prompt": f"cat {i}"} for i in range(count)))


def events() -> list[str]:
    return [json.loads(line)["event"] for line in JOURNAL.read_text().splitlines()]


def rows_of(path: Path, model: str | None = None) -> tuple[list[Row], list[str]]:
    return read_rows(path, default_catalogue(), model)


def test_jsonl_rows_flat_and_nested() -> None:
    rows, faults = rows_of(
        write(
            {"model": "nano-banana-2", "prompt": "a"},
            {"model": "nano banana 2", "input": {"prompt": "a", "aspect_ratio": "1:1"}},
            {"prompt": "b"},
        ),
        "z-image",
    )
    assert faults == []
    assert [row.model.id for row in rows] == ["nano-banana-2", "nano-banana-2", "z-image"]
    assert rows[1].inputs == {"prompt": "a", "aspect_ratio": "1:1"}


def test_csv_rows_with_nested_cells_and_empty_ones() -> None:
    path = Path("rows.csv")
    path.write_text(
        "\ufeffmodel,prompt,aspect_ratio,image_input\n"
        'nano-banana-2,"a, ""cat""\nof two lines",16:9,"[""https://example.com/a.png""]"\n'
        "nano-banana-2,a dog,,\n",
        encoding="utf-8",
    )
    rows, faults = rows_of(path)
    assert faults == []
    assert rows[0].inputs["image_input"] == ["https://example.com/a.png"]
    assert rows[1].inputs == {"prompt": "a dog"}
    assert [row.line for row in rows] == [2, 4]


def test_each_fault_of_a_line_has_words_of_its_own() -> None:
    good = {"model": "nano-banana-2", "input": {"prompt": "a"}, "id": "one"}
    path = write(good, good, {**good, "priority": "much"}, {**good, "id": "2", "callback_url": "https://example.com"})
    with path.open("ab") as file:
        file.write(b'{"a": 1, "a": 2}\n"\xff"\n[]\n{"a": "' + b"x" * 2**20 + b'"}\n')
        file.write(json.dumps({**good, "id": "3", "max_credits": 1}).encode())
    rows, faults = rows_of(path)
    assert [row.line for row in rows] == [1]
    told = [
        "The id one was used", "priority is not", "callback_url is for the service", "a is given twice", "not UTF-8",
        "must be an object", "longer than 1,048,576 bytes", "its own limit of 1 credits",
    ]  # fmt: skip
    assert [f"line {line}: " in fault for line, fault in enumerate(faults, 2)] == [True] * 8
    assert [words in fault for words, fault in zip(told, faults, strict=True)] == [True] * 8


def test_faults_of_csv_have_words_of_their_own() -> None:
    path = Path("rows.csv")
    path.write_text('model,prompt\nz-image,a,b\n"z-image"x,a\nz-image,"never ends\n')
    rows, faults = rows_of(path)
    assert rows == []
    assert [fault.partition(":")[0] for fault in faults] == ["line 2", "line 3", "line 4"]
    told = ["more cells", "not CSV", "never ends, up to line 4"]
    assert [words in fault for words, fault in zip(told, faults, strict=True)] == [True] * 3


def test_equal_rows_are_two_rows() -> None:
    rows, _ = rows_of(write(*[{"model": "nano-banana-2", "prompt": "a"}] * 2))
    assert rows[0].key != rows[1].key


def test_nothing_is_sent_while_a_row_is_wrong() -> None:
    good = {"model": "nano-banana-2", "prompt": "a"}
    path = write(
        good,
        {**good, "aspect_ratio": "17:9"},
        {"prompt": "no model"},
        {**good, "image_input": "@no.png"},
        {"model": "nope", "prompt": "x"},
    )
    with path.open("a") as file:
        file.write("{broken\n[1]\n")
    stub = Stub()
    result = call(*BATCH, stub=stub)
    assert result.exit_code == 2
    assert not stub.asked
    assert [fault.partition(":")[0] for fault in document(result)["error"]["rows"]] == [
        f"line {i}" for i in range(2, 8)
    ]


def test_batch_runs_all_rows_and_counts() -> None:
    cats(5)
    stub = Stub()
    result = call(*BATCH, stub=stub)
    assert result.exit_code == 0, result.output
    found = document(result)
    assert (found["total"], found["passed"], found["failed"], found["skipped"]) == (5, 5, 0, 0)
    assert found["price"]["credits"] == "40"
    assert all(Path(file).is_file() for row in found["rows"] for file in row["files"])
    assert sorted(events()) == ["done"] * 5 + ["sending"] * 5 + ["task"] * 5
    first = [json.loads(line)["event"] for line in JOURNAL.read_text().splitlines()][:1]
    assert first == ["sending"]


def test_a_second_run_is_refused_and_resume_skips() -> None:
    cats(3)
    stub = Stub()
    assert call(*BATCH, stub=stub).exit_code == 0
    assert call(*BATCH, stub=stub).exit_code == 2
    again = call(*BATCH, "--resume", stub=stub)
    assert again.exit_code == 0
    assert document(again)["skipped"] == 3
    assert stub.asked["createTask"] == 3


def test_rows_that_are_added_later_are_sent_by_resume() -> None:
    cats(2)
    stub = Stub()
    call(*BATCH, stub=stub)
    write({"model": "nano-banana-2", "prompt": "new"}, *map(json.loads, Path("rows.jsonl").read_text().splitlines()))
    found = document(call(*BATCH, "--resume", stub=stub))
    assert (found["passed"], found["skipped"]) == (1, 2)


def test_limit_is_held_against_the_whole() -> None:
    cats(3)
    stub = Stub()
    result = call(*BATCH, "--max-credits", "23", stub=stub)
    assert result.exit_code == 3
    assert document(result)["error"]["type"] == "BudgetExceeded"
    assert not stub.asked
    assert call(*BATCH, "--max-credits", "24", stub=stub).exit_code == 0


def test_dry_run_sends_nothing() -> None:
    cats(3)
    stub = Stub()
    found = document(call(*BATCH, "--dry-run", stub=stub))
    assert found["estimate"] == {"low": "24", "high": "24"}
    assert not stub.asked
    assert not JOURNAL.exists()


def test_partial_failure_does_not_stop_the_rest(no_pause: None) -> None:
    cats(4)
    refused = {"code": 422, "msg": "refused", "data": None}
    stub = Stub(createTask=lambda number: refused if number == 2 else None)
    result = call(*BATCH, "--concurrency", "1", stub=stub)
    assert result.exit_code == 1
    assert (document(result)["passed"], document(result)["failed"]) == (3, 1)
    again = call(*BATCH, "--resume", stub=stub)  # what was refused created nothing, and is sent again
    assert again.exit_code == 0
    assert stub.asked["createTask"] == 5


def test_failed_tasks_are_sent_again_only_when_asked(no_pause: None) -> None:
    cats(1)
    assert call(*BATCH, stub=Stub("fail")).exit_code == 1
    stub = Stub()
    assert call(*BATCH, "--resume", stub=stub).exit_code == 1
    assert not stub.asked["createTask"]
    assert call(*BATCH, "--resume", "--retry-failed", stub=stub).exit_code == 0
    assert stub.asked.total() > 0
    assert len(stub.bodies) == 1


def test_unknown_outcome_is_listed_and_not_repeated(no_pause: None) -> None:
    cats(2)
    stub = Stub(createTask=lambda number: Interrupted("reset") if number == 1 else None)
    result = call(*BATCH, "--concurrency", "1", stub=stub)
    assert result.exit_code == 4
    assert document(result)["unknown"] == 1
    assert "CREDITS MAY HAVE BEEN SPENT" in result.stderr
    again = call(*BATCH, "--resume", stub=stub)
    assert again.exit_code == 4
    assert (document(again)["unknown"], document(again)["skipped"]) == (1, 1)
    assert stub.asked["createTask"] == 2


def test_row_cut_off_while_it_was_sent_is_unknown() -> None:
    (row,), _ = rows_of(cats(1))
    JOURNAL.parent.mkdir()
    JOURNAL.write_text(json.dumps({"event": "sending", "row": row.key}) + '\n{"event": "ta')
    stub = Stub()
    found = document(call(*BATCH, "--resume", stub=stub))
    assert found["unknown"] == 1
    assert not stub.asked["createTask"]


def test_answer_without_a_task_that_was_not_saved_is_unknown() -> None:
    (row,), _ = rows_of(cats(1))
    JOURNAL.parent.mkdir()
    JOURNAL.write_text(json.dumps({"event": "task", "row": row.key, "task_id": ""}) + "\n")
    stub = Stub()
    assert document(call(*BATCH, "--resume", stub=stub))["unknown"] == 1
    assert not stub.asked["createTask"]


def test_results_that_are_text_are_saved_as_text() -> None:
    write({"model": "ai-music-api/generate-lyrics", "prompt": "a song on rain"})
    (row,) = document(call(*BATCH, "--emulated"))["rows"]
    assert Path(row["files"][0]).suffix == ".txt"


def test_torn_line_does_not_spoil_the_next() -> None:
    (row, _), _ = rows_of(cats(2))
    JOURNAL.parent.mkdir()
    JOURNAL.write_text(json.dumps({"event": "done", "row": row.key, "files": []}) + '\n{"event": "ta')
    assert document(call(*BATCH, "--resume", stub=Stub()))["passed"] == 1
    assert document(call(*BATCH, "--resume", stub=Stub()))["skipped"] == 2


def test_timeout_leaves_the_row_to_be_resumed() -> None:
    cats(1)
    result = call(*BATCH, "--timeout", "0", stub=Stub("waiting"))
    assert result.exit_code == 5
    assert document(result)["waiting"] == 1
    stub = Stub()
    assert call(*BATCH, "--resume", stub=stub).exit_code == 0
    assert not stub.asked["createTask"]


def test_what_was_not_delivered_is_sent_again(no_pause: None) -> None:
    cats(1)
    assert call(*BATCH, stub=Stub(createTask=NotDelivered("refused"))).exit_code == 1
    stub = Stub()
    assert call(*BATCH, "--resume", stub=stub).exit_code == 0
    assert stub.asked["createTask"] == 1


def test_interruption_says_how_to_resume() -> None:
    cats(2)
    result = call(*BATCH, "--concurrency", "1", stub=Stub(recordInfo=KeyboardInterrupt))
    assert result.exit_code == 130
    assert document(result)["resume"] == "kie batch rows.jsonl -o out --resume"
    assert "kie batch rows.jsonl -o out --resume" in result.stderr


def test_two_batches_cannot_share_a_journal() -> None:
    pytest.importorskip("fcntl", reason="needs file locks of a Unix system")
    from kie.cli.batch.journal import Journal
    from kie.errors import InvalidInput

    first = Journal(Path("a.jsonl"))
    with pytest.raises(InvalidInput):
        Journal(Path("a.jsonl"))
    first.close()
    Journal(Path("a.jsonl")).close()


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM], ids=["kill -9", "terminated"])
def test_killed_batch_is_resumed_without_paying_twice(end: signal.Signals) -> None:
    cats(6)
    with Emulator(clock="frozen", workers=0, renderer=lambda _: PNG) as emulator, emulator.serve() as server:
        command = [sys.executable, "-m", "kie", *BATCH, "--base-url", server.url, "--concurrency", "3"]
        environment = {**os.environ, "KIE_API_KEY": "test", "KIE_UPLOAD_URL": server.url}
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        until = time.monotonic() + 30
        while time.monotonic() < until and not (JOURNAL.exists() and events().count("task") >= 3):
            time.sleep(0.05)
        process.send_signal(end)
        _, told = process.communicate(timeout=30)
        assert events().count("task") == 3
        if end == signal.SIGTERM:
            assert process.returncode == 130
            assert "kie batch rows.jsonl -o out --resume" in told
        assert len(emulator.tasks()) == 3

        import threading

        ticking = threading.Event()

        def tick() -> None:
            while not ticking.wait(0.05):
                emulator.advance(60)

        clock = threading.Thread(target=tick)
        clock.start()
        try:
            resumed = subprocess.run(
                [*command, "--resume"], env=environment, capture_output=True, text=True, check=False, timeout=60
            )
        finally:
            ticking.set()
            clock.join()
        assert resumed.returncode == 0, resumed.stderr
        assert json.loads(resumed.stdout)["passed"] == 6
        assert len(emulator.tasks()) == 6
        assert 1000 - emulator.balance == Decimal(48)
    assert len(list(Path("out").glob("nano-banana-2-*"))) == 6
