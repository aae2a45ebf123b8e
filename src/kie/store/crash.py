"""Named points at which a test kills the process: ``KIE_CRASH=after-post:3`` kills it at the third passing.

The tests hold that nothing is paid twice and nothing is lost wherever it ends. Costs a comparison where no test asks.
"""

from __future__ import annotations

import os
import signal
import threading

__all__ = ["POINTS", "crash_point"]

#: Every point, in the order in which a generation passes them.
POINTS = (
    "before-commit",
    "after-commit",
    "before-claim",
    "after-claim",
    "before-post",
    "inside-post",
    "after-post",
    "after-refusal",
    "after-lost",
    "after-accepted",
    "after-inbox",
    "before-ask",
    "after-ask",
    "after-unanswered",
    "after-failed",
    "before-settled",
    "after-settled",
    "before-download",
    "inside-download",
    "after-download",
    "after-taken",
    "before-stored",
    "after-stored",
)

_WHERE, _, _NTH = os.environ.get("KIE_CRASH", "").partition(":")
_seen = 0


def crash_point(name: str, *, after: float = 0.0) -> None:
    """Kill the process here, or some seconds later, when a test asks for it."""
    if name != _WHERE:
        return
    global _seen  # noqa: PLW0603 - a process is killed once
    _seen += 1
    if _seen == int(_NTH or 1):
        if after:
            threading.Timer(after, os.kill, (os.getpid(), signal.SIGKILL)).start()
        else:
            os.kill(os.getpid(), signal.SIGKILL)
