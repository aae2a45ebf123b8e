"""Renders media outside of the process which answers requests, so that the API stays responsive.

A worker is a second Python (`python -m kie.emulator.worker`) which is given plain descriptions and gives back
bytes. It is not a `ProcessPoolExecutor`, because that one imports the user's main module again: a script
without a main guard would run twice. Where no process can be started, rendering happens in a thread.
"""

from __future__ import annotations

import os
import pickle
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

Spec = dict[str, Any]
Renderer = Callable[[Spec], bytes]

_LENGTH = struct.Struct(">Q")
_PACKAGES = str(Path(__file__).resolve().parents[3])


def send(stream: IO[bytes], value: Any) -> None:
    """Writes one value with its length before it."""
    data = pickle.dumps(value)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Reads what `send` wrote; raises EOFError at the end of the stream."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)  # noqa: S301 - it comes from our own child or parent, through a pipe


def render_here(spec: Spec) -> bytes:
    """Renders in this process."""
    from kie.emulator.media import MediaSpec, render

    return render(MediaSpec(**spec))


class _Worker:
    """One rendering process."""

    def __init__(self) -> None:
        path = os.pathsep.join(part for part in (_PACKAGES, os.environ.get("PYTHONPATH", "")) if part)
        threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kie.emulator.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **threads, "PYTHONPATH": path},
        )

    def render(self, spec: Spec) -> bytes:
        """Raises EOFError or OSError when the process is gone, RuntimeError when it could not render."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise EOFError
        send(stdin, spec)
        done, result = receive(stdout)
        if not done:
            raise RuntimeError(str(result))
        return bytes(result)

    def close(self) -> None:
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue
        try:
            self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(timeout=5)


class Studio:
    """Up to `workers` rendering processes, started when they are first needed. Thread-safe."""

    def __init__(self, workers: int = 2, renderer: Renderer | None = None) -> None:
        self._renderer = renderer
        self._idle: list[_Worker] = []
        self._lock = threading.Lock()
        self._room = threading.Semaphore(max(1, workers))
        self._workers = workers
        self._closed = False

    def render(self, spec: Spec) -> bytes:
        """The bytes of a medium; waits for a free worker."""
        if self._renderer is not None:
            return self._renderer(spec)
        if self._workers < 1:
            return render_here(spec)
        with self._room:
            worker = self._take()
            if worker is None:
                return render_here(spec)
            try:
                data = worker.render(spec)
            except (EOFError, OSError, pickle.UnpicklingError):
                worker.close()  # it died: out of memory, or killed from outside
                return render_here(spec)
            except BaseException:
                self._give_back(worker)
                raise
            self._give_back(worker)
            return data

    def close(self) -> None:
        """Ends all processes."""
        with self._lock:
            self._closed = True
            workers, self._idle = self._idle, []
        for worker in workers:
            worker.close()

    def _take(self) -> _Worker | None:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        try:
            return _Worker()
        except OSError:
            return None

    def _give_back(self, worker: _Worker) -> None:
        with self._lock:
            if not self._closed:
                self._idle.append(worker)
                return
        worker.close()
