"""Local steps as flows see them: what they take, and the process in which each is done."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from kie.errors import InvalidInput
from kie.service.flows.locally import File, local_step
from kie.service.flows.media import isolation
from kie.service.flows.media.declared import NAMES, check
from kie.service.flows.media.errors import LocalStepFailed
from kie.service.flows.media.work import _WORK, do
from tests.service.flows.samples import clip, picture

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

LATER = object()


def later(value: Any) -> bool:
    return value is LATER


def stored(path: Path, place: int = 0, position: int = 0) -> File:
    return File(path, "", "shots", place, position)


# ------------------------------------------------------------------------------------------------------ inputs


def test_every_step_that_is_declared_can_be_run() -> None:
    assert set(_WORK) == set(NAMES)
    for module, function in _WORK.values():
        assert callable(getattr(import_module(f"kie.service.flows.media.{module}"), function))


@pytest.mark.parametrize(
    ("name", "given", "field", "words"),
    [
        ("join", {}, "videos", "is needed"),
        ("join", {"videos": []}, "videos", "at least 1"),
        ("join", {"videos": LATER, "crosfade": 1}, "crosfade", "no such field"),
        ("join", {"videos": LATER, "crossfade": 9}, "crossfade", "out of range"),
        ("join", {"videos": LATER, "fit": "strech"}, "fit", "not a choice"),
        ("join", {"videos": LATER, "background": "red"}, "background", "form"),
        ("join", {"videos": ["a"], "voices": ["b", "c"]}, "voices", "2 of them for 1 videos"),
        ("still", {"image": LATER, "size": "storie"}, "size", "no size"),
        ("still", {"image": LATER, "colour": LATER}, "colour", "no such field"),
        ("caption", {"image": LATER, "text": LATER, "sizes": ["square", "9x9"]}, "sizes[1]", "no size"),
        ("caption", {"image": LATER, "text": ""}, "text", "at least 1"),
    ],
)
def test_an_input_is_judged_before_anything_is_made(name: str, given: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words) as caught:
        check(name, given, later)
    assert caught.value.field == field
    assert caught.value.message.startswith(f"{name}: ")


def test_what_is_known_later_is_taken_to_be_right() -> None:
    assert not check("join", {"videos": [LATER, LATER], "voices": LATER, "fps": LATER}, later).files
    assert not check("zip", {"files": [LATER], "names": ["a"]}, later).files


def test_an_unknown_step_is_told_with_what_is_near() -> None:
    with pytest.raises(InvalidInput, match="no local step 'jion'") as caught:
        check("jion", {})
    assert caught.value.nearest == "join"


# -------------------------------------------------------------------------------------------------- zip and text


def test_an_archive_has_safe_names_and_is_the_same_every_time(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png")
    names = ["../../etc/passwd", "a:b", "A-B", "a-b.png", "..", "ёлка"]
    given = {"files": [str(path)] * 6, "names": names}
    made = do("zip", given, tmp_path)
    data = made.files[0].read_bytes()
    with zipfile.ZipFile(made.files[0]) as archive:
        assert archive.namelist() == ["etc-passwd.png", "a-b.png", "A-B-2.png", "a-b-3.png", "file.png", "ёлка.png"]
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("ёлка.png") == path.read_bytes()
    assert do("zip", given, tmp_path).files[0].read_bytes() == data


def test_a_name_in_an_archive_is_no_device_and_does_not_turn_around(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png")
    names = ["con", "Aux.b", "com1", "contest", "a\u202egnp.exe"]
    made = do("zip", {"files": [str(path)] * 5, "names": names}, tmp_path)
    assert made.data == {"names": ["_con.png", "_Aux.b.png", "_com1.png", "contest.png", "a-gnp.exe.png"]}


def test_an_archive_names_files_by_the_step_that_made_them(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png")
    made = local_step("zip").run({"files": [stored(path, 0), None, stored(path, 11, 2)]}, tmp_path)
    assert made.data == {"names": ["shots-01-1.png", "shots-12-3.png"]}


@pytest.mark.parametrize(
    ("given", "text", "data"),
    [
        ({"text": " one \n\n two "}, "one \n\n two", None),
        ({"text": "one\n\n two ", "pick": "lines"}, "one\n\n two", {"lines": ["one", "two"]}),
        ({"text": '{"a": [{"b": "x"}]}', "pick": "json", "path": "a[0].b"}, "x", {"value": "x"}),
        ({"text": '```json\n{"a": [1, 2]}\n```', "pick": "json", "path": "a"}, "[1, 2]", {"value": [1, 2]}),
    ],
)
def test_of_a_text_is_taken_what_is_wanted(
    tmp_path: Path, given: dict[str, Any], text: str, data: dict[str, Any] | None
) -> None:
    made = do("text", given, tmp_path)
    assert (made.text, made.data) == (text, data)


@pytest.mark.parametrize(("text", "path"), [("no json", ""), ("{}", "a"), ("[1]", "1"), ("[1]", "x"), ('"a"', "b.c")])
def test_a_text_that_has_it_not_is_told(tmp_path: Path, text: str, path: str) -> None:
    with pytest.raises(InvalidInput):
        do("text", {"text": text, "pick": "json", "path": path}, tmp_path)


# -------------------------------------------------------------------------------------------------- the process


def test_the_process_of_a_step_knows_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    popen: Any = subprocess.Popen

    def told(*given: Any, env: dict[str, str] | None = None, **options: Any) -> Any:
        known.append(os.environ if env is None else env)
        return popen(*given, env=env, **options)

    known: list[Any] = []
    for name in ("KIE_API_KEY", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "a-key")
    monkeypatch.setattr(subprocess, "Popen", told)
    local_step("text").run({"text": "x"}, tmp_path)
    assert "PATH" in known[0]
    assert "a-key" not in known[0].values()


def test_a_step_is_done_in_a_process_of_its_own(tmp_path: Path) -> None:
    made = local_step("still").run({"image": stored(picture(tmp_path / "a.png")), "duration": 0.2}, tmp_path)
    assert made.files == (tmp_path / "still.mp4",)
    assert made.data == {"seconds": 0.2, "width": 1280, "height": 720, "fps": 25}


def test_what_is_wrong_with_a_file_is_told_as_an_input(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="still: image: a picture is needed, this file is video/mp4") as caught:
        local_step("still").run({"image": stored(clip(tmp_path / "a.mp4", seconds=0.1))}, tmp_path)
    assert caught.value.field == "image"


def test_links_are_not_fetched(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="local steps fetch no links"):
        local_step("still").run({"image": "https://example.com/a.png"}, tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
def test_a_step_that_wants_more_memory_than_it_may_have_fails_and_nothing_else_does(tmp_path: Path) -> None:
    Image.new("1", (7000, 7000)).save(tmp_path / "a.png")  # 49 million pixels: 147 MB once they have colours
    given = {"image": stored(tmp_path / "a.png"), "sizes": ["4096x4096"]}
    with pytest.raises(LocalStepFailed, match="resize: more than 250 MB of memory"):
        isolation.isolated("resize", given, tmp_path, memory=250 << 20)


def test_a_step_that_would_fill_the_disk_fails(tmp_path: Path) -> None:
    given_ = {"files": [stored(picture(tmp_path / "a.png"))]}
    with pytest.raises(LocalStepFailed, match="File too large"):
        isolation.isolated("zip", given_, tmp_path, disk=20)


def test_a_step_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png")
    with pytest.raises(LocalStepFailed, match=r"given up after 0\.05 s"):
        isolation.isolated("still", {"image": stored(path), "duration": 120}, tmp_path, seconds=0.05)


def test_a_process_that_dies_is_told_with_its_last_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = [sys.executable, "-c", "import os, sys; print('so be it', file=sys.stderr, flush=True); os.abort()"]
    real = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda _command, **options: real(words, **options))
    with pytest.raises(LocalStepFailed, match=r"its process ended with -6: so be it"):
        isolation.isolated("text", {"text": "a"}, tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.slow
def test_a_step_ends_with_the_process_that_started_it_however_that_ended(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png")
    code = (
        "import sys; from pathlib import Path; from kie.service.flows.locally import File, local_step\n"
        "given = {'image': File(Path(sys.argv[1]), '', 's', 0, 0), 'duration': 120, 'size': '1920x1080'}\n"
        "local_step('still').run(given, Path(sys.argv[2]))"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(path), str(tmp_path)]) as parent:
        made = tmp_path / "still.mp4"
        until = time.monotonic() + 60
        while not made.exists() and time.monotonic() < until:
            time.sleep(0.05)
        child = _children(parent.pid)
        parent.send_signal(signal.SIGKILL)
    assert child
    until = time.monotonic() + 30
    while any(_alive(each) for each in child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(_alive(each) for each in child)


def _children(of: int) -> list[int]:
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
    return [pid for pid, parent in pairs if parent == of]


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat") as file:  # noqa: PTH123 - of Linux, where there is one
        return file.read().rpartition(") ")[2][0] != "Z"


def test_its_answer_is_json_whatever_a_library_prints(tmp_path: Path) -> None:
    job = {"step": "text", "input": {"text": "a"}, "folder": str(tmp_path), "memory": 1 << 32}
    command = [sys.executable, "-m", "kie.service.flows.media"]
    done = subprocess.run(command, input=json.dumps(job) + "\n", capture_output=True, text=True, check=False)
    # Its input ended: it may have been quicker than the end, or not; what it said is an answer or nothing.
    assert done.stdout == "" or json.loads(done.stdout)["text"] == "a"
