"""What a process takes: CPU and memory; and how a side tells its figures."""

from __future__ import annotations

import os
import resource
from pathlib import Path
from statistics import quantiles

__all__ = ["cpu", "latency", "memory"]


def cpu() -> float:
    """Seconds of CPU of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def memory() -> float:
    """MB that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def latency(seconds: list[float]) -> dict[str, float]:
    """The middle and the slow end, in milliseconds, of those that came after the first fifth: by then all is loaded."""
    cuts = quantiles(seconds[len(seconds) // 5 :], n=100)
    return {"p50_ms": cuts[49] * 1000, "p99_ms": cuts[98] * 1000}
