"""A local step in a process of its own: what a file does to a decoder does not happen to the service.

The process has bounded memory and time, gives way to others, and ends when the one that started it does, however that
ended. What it leaves is a folder that nobody looks at, so doing the step again does no harm.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any, Final

from kie.errors import InvalidInput
from kie.service.flows.locally import File, Made
from kie.service.flows.media.declared import check
from kie.service.flows.media.errors import LocalStepFailed
from kie.store.errors import ArtefactsUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MEMORY", "SECONDS", "forget", "give_up", "isolated"]

#: Bytes of address space that a step may have: decoders and an encoder of 4096x4096 take a third of it.
MEMORY: Final = 4 << 30
#: Bytes that each of its files may have: a disk that is full stops all of the service.
DISK: Final = 64 << 30
#: Seconds after which a step is given up.
SECONDS: Final = 3600.0
#: What a process is told of ours: where programs, libraries and fonts are. What takes files of others apart has no
#: business with keys.
_TOLD: Final = (
    "PATH", "PYTHON", "LD_", "DYLD_", "HOME", "LANG", "LC_", "TMP", "TEMP", "XDG_DATA", "SYSTEMROOT", "WINDIR",
    "LOCALAPPDATA", "COV",
)  # fmt: skip
#: The processes that are at work, by their folders; and folders whose processes are to end.
_going: dict[str, subprocess.Popen[str]] = {}
_unwanted: set[str] = set()


def give_up(folder: Path) -> None:
    """End the step that makes files in a folder, now or as soon as it has begun; ``isolated`` fails then."""
    _unwanted.add(str(folder))
    process = _going.get(str(folder))
    if process is not None:
        process.kill()


def forget(folder: Path) -> None:
    """Forget that a step was to end: it has ended, perhaps before it was told to."""
    _unwanted.discard(str(folder))


def isolated(
    name: str,
    given: Mapping[str, Any],
    folder: Path,
    *,
    memory: int = MEMORY,
    disk: int = DISK,
    seconds: float = SECONDS,
) -> Made:
    """Do a local step; blocks until it is done.

    Args:
        name: which.
        given: its inputs; files are ``File``.
        folder: where its files are made.
        memory: bytes that it may have.
        disk: bytes that each of its files may have.
        seconds: after which it is given up.

    Raises:
        InvalidInput: an input, or a file, is not what it should be.
        LocalStepFailed: memory or time ran out, or it died.
        ArtefactsUnavailable: the disk is full.

    """
    prepared = check(name, given)
    for file in prepared.files:
        if not isinstance(file.source, File):
            raise InvalidInput(
                f"{name}: {file.path}: a file of a step is needed; local steps fetch no links.", field=file.path
            )
        file.link = str(file.source.path)
    if name == "zip" and not prepared.input.get("names"):
        prepared.input["names"] = [_name(getattr(file, "source", None)) for file in prepared.input["files"]]
    job = {"step": name, "input": prepared.resolved(), "folder": str(folder), "memory": memory, "disk": disk}
    with tempfile.TemporaryFile() as said:
        told, code = _child(job, said, seconds)
        said.seek(max(0, said.seek(0, 2) - 2000))
        words = said.read().decode("utf-8", "replace").strip().splitlines()
    if told:
        return _result(name, json.loads(told))
    if code is None:
        raise LocalStepFailed(f"{name}: given up after {seconds:g} s.", hint="Nothing was spent; it may be done again.")
    raise LocalStepFailed(
        f"{name}: its process ended with {code}: {words[-1][:200] if words else 'it said nothing'}.",
        hint="A file may be damaged in a way that its decoder does not survive. Nothing was spent.",
    )


def _name(file: File | None) -> str:
    """Return what a file is called in an archive: by the step that made it, and its place."""
    return "none" if file is None else f"{file.step}-{file.place + 1:02d}-{file.position + 1}"


def _child(job: Mapping[str, Any], said: Any, seconds: float) -> tuple[str, int | None]:
    """Run the process; returns its answer and its exit code, None where it was given up."""
    late, folder = False, str(job["folder"])
    known = {name: value for name, value in os.environ.items() if name.startswith(_TOLD)}
    command = [sys.executable, "-m", "kie.service.flows.media"]
    with subprocess.Popen(  # noqa: S603 - this Python, our own module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, text=True, encoding="utf-8", env=known
    ) as process:

        def end() -> None:
            nonlocal late
            late = True
            process.kill()

        timer = Timer(seconds, end)
        timer.daemon = True
        timer.start()
        _going[folder] = process
        if folder in _unwanted:
            process.kill()
        try:
            assert process.stdin is not None  # noqa: S101 - both are pipes
            assert process.stdout is not None  # noqa: S101
            try:
                process.stdin.write(json.dumps(job) + "\n")
                process.stdin.flush()  # it stays open: its end tells the process that we are gone
            except BrokenPipeError:  # it died at once; what it said is told
                pass
            told = process.stdout.read()
        except BaseException:
            process.kill()
            raise
        finally:
            timer.cancel()
            del _going[folder]
            _unwanted.discard(folder)
    return told, None if late else process.returncode


def _result(name: str, told: dict[str, Any]) -> Made:
    error = told.get("error")
    if error is None:
        return Made(tuple(Path(path) for path in told["files"]), told["text"], told["data"])
    message = error["message"] if error["message"].startswith(f"{name}: ") else f"{name}: {error['message']}"
    kind = {"input": InvalidInput, "full": ArtefactsUnavailable}.get(error["kind"], LocalStepFailed)
    raise kind(message, field=error["field"], hint=error["hint"])
