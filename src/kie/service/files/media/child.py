"""The media process: reads requests, one JSON line each, and answers them. It has neither secrets nor rights to spare.

What it was asked for last is all that it can spoil: it writes no file, starts no process, and is ended by the system
when it takes too much memory or time. It ends by itself when nobody is there to ask.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import Any, BinaryIO

__all__ = ["main"]

#: Bytes of memory that it may have, and seconds of a processor that one request may take.
_MEMORY = 3 << 30
_SECONDS = 30


def _confine() -> None:
    """Take away what no decoder needs."""
    with contextlib.suppress(OSError, AttributeError):
        os.nice(10)
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _grant() -> None:
    """Give the next request its time."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(used.ru_utime + used.ru_stime) + _SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _answer(asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    from kie.service.files.media.looking import look, preview

    path, kind = Path(asked["path"]), asked["type"]
    if asked["what"] == "look":
        return {"found": look(path, kind)}, b""
    made = preview(path, kind)
    return ({"type": made[0]}, made[1]) if made is not None else ({}, b"")


def main() -> None:
    """Serve until the other side closes."""
    out: BinaryIO = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)  # whatever a library prints goes there
    for number in (1, 2):
        os.dup2(nowhere, number)
    import av
    import PIL.Image
    import PIL.WebPImagePlugin  # noqa: F401 - all is loaded before files may not be written any more

    av.logging.set_level(None)
    _confine()
    for line in sys.stdin.buffer:
        _grant()
        try:
            told, content = _answer(json.loads(line))
        except Exception as error:  # noqa: BLE001 - a file that cannot be understood
            told, content = {"error": f"{type(error).__name__}: {error}"[:300]}, b""
        head = json.dumps({**told, "size": len(content)}).encode()
        out.write(head + b"\n" + content)
        out.flush()


if __name__ == "__main__":
    main()
