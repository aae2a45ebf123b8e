"""Starts the emulator as users do, and reads what its processes use."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TICKS = os.sysconf("SC_CLK_TCK")


class Process:
    """A running `python -m kie.emulator`."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self.pid = process.pid
        self.url = url

    def cpu(self) -> float:
        """Seconds of CPU of the process without its children."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def peak(self) -> float:
        """The most memory that it has had, in MB."""
        return _peak(self.pid)

    def peak_of_workers(self) -> list[float]:
        """The same of each process that renders."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        held = {int(pid) for pid in children.read_text(encoding="ascii").split()}
        for thread in Path(f"/proc/{self.pid}/task").iterdir():
            with contextlib.suppress(OSError):
                held |= {int(pid) for pid in (thread / "children").read_text(encoding="ascii").split()}
        return [_peak(pid) for pid in sorted(held)]


def _peak(pid: int) -> float:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else 0.0


@contextlib.contextmanager
def served(*options: str) -> Iterator[Process]:
    """An emulator on a free port, without a rate limit and with many credits."""
    command = [sys.executable, "-m", "kie.emulator", "--port", "0", "--rate", "off", "--credits", "10000000", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://[\d.]+:\d+", process.stdout.readline())
        if found is None:
            raise SystemExit("bench: the emulator did not start")
        try:
            yield Process(process, found[0])
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
