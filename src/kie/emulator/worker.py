"""The rendering process: `python -m kie.emulator.worker`.

It reads descriptions from stdin and writes media to stdout.
"""

from __future__ import annotations

import os
import sys

from kie.emulator.results.studio import receive, render_here, send


def main() -> None:
    """Renders until stdin ends, and lets whoever answers requests go first."""
    if hasattr(os, "nice"):
        os.nice(10)
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not get between the media
    while True:
        try:
            spec = receive(sys.stdin.buffer)
        except EOFError:
            return
        try:
            answer = (True, render_here(spec))
        except Exception as error:  # noqa: BLE001 - whatever it is, the parent shall hear of it
            send(out, (False, f"{type(error).__name__}: {error}"))
        else:
            send(out, answer)


if __name__ == "__main__":
    try:
        main()
    except (BrokenPipeError, KeyboardInterrupt):
        sys.exit(0)
