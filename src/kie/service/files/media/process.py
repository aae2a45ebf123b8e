"""The handle of the media process: begun when it is needed, ended when it is not, killed when it hangs."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sys
from typing import TYPE_CHECKING, Any

from kie.service.files.media.looking import THUMBNAIL, WAVEFORM

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Media"]

_LOG = logging.getLogger("kie.service")
#: Seconds that a look and a preview may take, besides a start; and after which an idle process is ended.
_LOOK, _PREVIEW, _START, _IDLE = 5.0, 20.0, 20.0, 30.0
#: Bytes that a preview may have.
_LARGEST = 4 << 20
#: Variables that a process needs to run at all; keys are not among them.
_KEPT = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TMPDIR", "TEMP", "LD_LIBRARY_PATH")


class Media:
    """One process that looks into files, for one event loop.

    Args:
        look: seconds that a look may take.
        preview: seconds that a preview may take.

    """

    def __init__(self, look: float = _LOOK, preview: float = _PREVIEW) -> None:
        self._seconds = {"look": look, "preview": preview}
        self._lock = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None
        self._idle: asyncio.TimerHandle | None = None
        self._ending: asyncio.Task[None] | None = None

    async def look(self, path: Path, kind: str) -> dict[str, Any]:
        """Return what is known of a file, for ``facts.of_record``; nothing where it cannot be understood."""
        told, _ = await self._ask("look", path, kind)
        found = told.get("found")
        return found if isinstance(found, dict) else {}

    async def preview(self, path: Path, kind: str) -> tuple[str, bytes] | None:
        """Return media type and content of a thumbnail or a waveform; None where none can or need be made."""
        told, content = await self._ask("preview", path, kind)
        made = told.get("type")
        return (made, content) if content and made in (THUMBNAIL, WAVEFORM) else None

    async def close(self) -> None:
        """End the process."""
        async with self._lock:
            await self._end()
        if self._ending is not None:
            await self._ending

    async def _ask(self, what: str, path: Path, kind: str) -> tuple[dict[str, Any], bytes]:
        async with self._lock:
            if self._idle is not None:
                self._idle.cancel()
            process, patience = self._process, self._seconds[what]
            try:
                if process is None or process.returncode is not None:
                    await self._end()
                    process, patience = await self._begin(), patience + _START
                async with asyncio.timeout(patience):
                    return await _exchange(process, {"what": what, "path": str(path), "type": kind})
            except (TimeoutError, OSError, ValueError, asyncio.IncompleteReadError) as error:
                # It hangs, it crashed, it was ended by the system: whatever it was asked for, the next gets another.
                _LOG.warning("%s of %s (%s) gave nothing: %s", what, path.name, kind, type(error).__name__)
                await self._end()
                return {}, b""
            except BaseException:  # cancelled in the middle of an answer
                await self._end()
                raise
            finally:
                if self._process is not None:
                    self._idle = asyncio.get_running_loop().call_later(_IDLE, self._retire)

    async def _begin(self) -> asyncio.subprocess.Process:
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "kie.service.files.media.child",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=environment,
            limit=1 << 20,
        )
        return self._process

    async def _end(self) -> None:
        process, self._process = self._process, None
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await asyncio.shield(_gone(process))

    def _retire(self) -> None:
        self._ending = asyncio.get_running_loop().create_task(self.close_idle())

    async def close_idle(self) -> None:
        """End the process when nobody asks just now."""
        if not self._lock.locked():
            async with self._lock:
                await self._end()


async def _gone(process: asyncio.subprocess.Process) -> None:
    """Read what is left and wait for the end: its pipes are closed then."""
    if process.stdin is not None:
        process.stdin.close()
    await process.wait()
    transport = getattr(process, "_transport", None)
    if transport is not None:
        transport.close()


async def _exchange(process: asyncio.subprocess.Process, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    assert process.stdin is not None  # noqa: S101 - both are pipes
    assert process.stdout is not None  # noqa: S101
    process.stdin.write(json.dumps(asked).encode() + b"\n")
    await process.stdin.drain()
    told = json.loads(await process.stdout.readline())
    size = told.get("size") if isinstance(told, dict) else None
    if not isinstance(size, int) or not 0 <= size <= _LARGEST:
        raise ValueError("an answer of no known form")
    return told, await process.stdout.readexactly(size)
