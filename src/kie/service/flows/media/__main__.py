"""The process of a local step: a job as a line of JSON on stdin, what was made as JSON on stdout."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sys
from pathlib import Path
from threading import Thread
from typing import Any

from kie.errors import InvalidInput


def main() -> None:
    """Do one job."""
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints is no answer
    job = json.loads(sys.stdin.buffer.readline())
    Thread(target=_orphaned, daemon=True).start()
    _bounded(job["memory"], job["disk"])
    with answer:
        json.dump(_done(job), answer)


def _orphaned() -> None:
    """End with the process that started this one: its end of the pipe closes, however it ended."""
    with contextlib.suppress(OSError):
        sys.stdin.buffer.read()
    os._exit(1)


def _bounded(memory: int, disk: int) -> None:
    """Take no more memory, make no larger files, and go behind others for the processor, where the system knows how."""
    if hasattr(os, "nice"):
        os.nice(5)
    try:
        import resource
    except ImportError:  # Windows
        return
    for limit, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, disk), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(limit, (most, most))


def _done(job: dict[str, Any]) -> dict[str, Any]:
    from kie.service.flows.media.work import do

    try:
        made = do(job["step"], job["input"], Path(job["folder"]))
    except InvalidInput as error:
        return _error("input", error.message, error.field, error.hint)
    except MemoryError:
        return _error("failed", f"more than {job['memory'] >> 20} MB of memory would be needed.")
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return _error("full", "the disk is full.", hint="Make room on it: the step is done by itself then.")
        if isinstance(error, ValueError):  # libav's own
            return _error("failed", f"libav could not do it: {error}")
        return _error("failed", f"a file could not be read or written: {error.strerror or error}")
    return {"files": [str(path) for path in made.files], "text": made.text, "data": made.data}


def _error(kind: str, message: str, field: str | None = None, hint: str | None = None) -> dict[str, Any]:
    return {"error": {"kind": kind, "message": message, "field": field, "hint": hint}}


if __name__ == "__main__":
    main()
