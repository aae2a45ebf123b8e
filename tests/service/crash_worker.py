"""Workers to be killed: a process that has imported everything, from which a worker is forked in a moment.

It reads orders, one a line (``{"start": {…}}``, ``{"poll": pid}``), and answers each with a line: the worker's id; its
exit status (a signal's number below zero), or null while it runs.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from kie import AsyncKie
from kie.service import Service
from kie.service.claims import Limits
from kie.service.machine import ENDED, State
from kie.store import crash, opening, postgres, sqlite

__all__ = ["MODEL"]

MODEL = "nano-banana-pro"
#: What a forked worker needs is imported before.
_READY = (opening, postgres, sqlite)


def prompt(index: int) -> str:
    """What a generation asks for: every fifth fails."""
    return f"fox {index} emu:fail=501" if index % 5 == 4 else f"fox {index}"


async def work(job: dict[str, Any]) -> None:
    """Ask for so many generations, and work until all have come to rest.

    The service's clock runs ``speed`` times as fast as the wall's, so that leases and pauses are short.
    """
    speed, began = job.get("speed", 1.0), job.get("began", 0.0)
    kie = AsyncKie("a-key", base_url=job["url"])
    kie._core.settings = kie._core.settings._replace(pace=0.01)
    async with Service(
        job["database"],
        kie,
        artefacts=Path(job["folder"]) / "files",
        limits=Limits(10**6, 1.0),
        public_url="http://hooks.test.internal",
        wall=lambda: began + (time.time() - began) * speed,
    ) as service:
        number = job["number"]
        for start in range(0, number, 100):
            indices = range(start, min(number, start + 100))
            await asyncio.gather(
                *(service.create(MODEL, {"prompt": prompt(i)}, idempotency_key=str(i)) for i in indices)
            )
        quiet = 0
        while quiet < 3:
            counts = await service.counts()
            at_rest = sum(many for state, many in counts.items() if state in ENDED or state is State.UNCERTAIN)
            quiet = quiet + 1 if at_rest == number else 0
            await asyncio.sleep(0.05)
    await kie.close()


def _start(job: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(os.open(job["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND), 1)
        os.dup2(1, 2)
        crash.aim(job.get("crash", ""))
        asyncio.run(work(job))
        code = 0
    finally:
        sys.stderr.flush()
        os._exit(code)


def main() -> None:
    """Read orders until there are no more."""
    for line in sys.stdin:
        order = json.loads(line)
        answer: int | None
        if "start" in order:
            answer = _start(order["start"])
        else:
            pid, status = os.waitpid(order["poll"], os.WNOHANG)
            answer = os.waitstatus_to_exitcode(status) if pid else None
        sys.stdout.write(f"{json.dumps(answer)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
