"""A process that has imported everything, from which a worker is forked in a moment.

It reads orders, one a line (``{"start": {…}}``, ``{"poll": pid}``), and answers each with a line: the worker's id; its
exit status (a signal's number below zero), or null while it runs.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import traceback
from typing import TYPE_CHECKING, Any

from kie.store import crash, opening, postgres, sqlite

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

__all__ = ["serve"]

#: What a forked worker needs is imported before.
_READY = (opening, postgres, sqlite)


def _start(work: Callable[[dict[str, Any]], Awaitable[None]], job: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(os.open(job["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND), 1)
        os.dup2(1, 2)
        crash.aim(job.get("crash", ""))

        async def go() -> None:
            await work(job)

        asyncio.run(go())
        code = 0
    except BaseException:  # noqa: BLE001 - the log is read by whoever waits
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def serve(work: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
    """Read orders until there are no more."""
    for line in sys.stdin:
        order = json.loads(line)
        answer: int | None
        if "start" in order:
            answer = _start(work, order["start"])
        else:
            pid, status = os.waitpid(order["poll"], os.WNOHANG)
            answer = os.waitstatus_to_exitcode(status) if pid else None
        sys.stdout.write(f"{json.dumps(answer)}\n")
        sys.stdout.flush()
