"""Named points at which a test kills the process: ``KIE_CRASH=after-post:3`` kills it at the third passing.

The tests hold that nothing is paid twice and nothing is lost wherever it ends. Costs a comparison where no test asks.
``any:200`` kills it at the two hundredth passing of whatever point.
"""

from __future__ import annotations

import os
import signal
import threading

__all__ = ["ANY", "POINTS", "aim", "crash_point"]

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
    "before-adopted",
    "after-adopted",
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

#: In the place of a point's name: every point.
ANY = "any"

_where = ""
_left = 0


def aim(target: str) -> None:
    """Have the process killed at a point's so-many-th passing from now on: ``point:number``; "" never."""
    global _where, _left  # noqa: PLW0603 - a process is killed once
    _where, _, nth = target.partition(":")
    _left = int(nth or 1)


def crash_point(name: str, *, after: float = 0.0) -> None:
    """Kill the process here, or some seconds later, when a test asks for it."""
    if not _where or _where not in (name, ANY):
        return
    global _left  # noqa: PLW0603
    _left -= 1
    if _left == 0:
        if after:
            threading.Timer(after, os.kill, (os.getpid(), signal.SIGKILL)).start()
        else:
            os.kill(os.getpid(), signal.SIGKILL)


aim(os.environ.get("KIE_CRASH", ""))
