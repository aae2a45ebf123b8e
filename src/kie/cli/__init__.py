"""The command line: ``kie``. It turns words into calls of the client and results into words; it decides nothing else.

``kie --version`` answers before anything is imported.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code.

    Args:
        arguments: the words after ``kie``; by default those of the process.

    Returns:
        0 done, 1 the generation failed, 2 bad usage or input, 3 authentication or credits, 4 network or vendor fault,
        5 timed out, 130 interrupted.

    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words == ["--version"]:
        from kie import __version__

        sys.stdout.write(f"kie {__version__}\n")
        return 0
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that lacks a sign shows "?" instead of ending the command
            stream.reconfigure(errors="replace")
    import contextlib
    import signal

    with contextlib.suppress(ValueError):  # only the main thread may; asked to end, a command tells how to resume
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    from kie.cli.app import app

    code: int = app.main(words, prog_name="kie", standalone_mode=False)
    return code
