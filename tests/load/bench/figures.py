"""Medians, percentiles and what a process has used."""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_LOOK: Final = 0.4  # seconds between two looks
_RESTING: Final = 0.05  # of a core
_TICKS: Final = os.sysconf("SC_CLK_TCK")


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of all do not exceed; NaN of nothing."""
    ordered = sorted(values)
    if not ordered:
        return float("nan")
    rank = -(-len(ordered) * share // 1)  # rounded up
    return ordered[min(len(ordered), max(1, int(rank))) - 1]


def median(values: Sequence[float]) -> float:
    return percentile(values, 0.5)


def busiest(instants: Sequence[int], span: int) -> int:
    """The most of these ascending instants that lie within less than one `span`."""
    most = first = 0
    for last, instant in enumerate(instants):
        while instant - instants[first] >= span:
            first += 1
        most = max(most, last - first + 1)
    return most


@dataclass(frozen=True)
class Latency:
    """Milliseconds; `count` values were looked at."""

    count: int
    p50: float
    p99: float
    worst: float

    @classmethod
    def of(cls, nanoseconds: Sequence[int]) -> "Latency":
        p50, p99, worst = (percentile(nanoseconds, share) / 1e6 for share in (0.5, 0.99, 1.0))
        return cls(len(nanoseconds), p50, p99, worst)


def cpu_seconds(pid: int) -> float:
    """What a process, all its threads, has used so far, to 10 ms."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def rest(pids: Sequence[int], within: float = 10.0) -> None:
    """Wait until these processes have next to nothing to do, or so many seconds."""
    deadline, before = time.monotonic() + within, float("-inf")
    while time.monotonic() < deadline:
        now = sum(cpu_seconds(pid) for pid in pids)
        if now - before <= _RESTING * _LOOK:
            return
        before = now
        time.sleep(_LOOK)


def memory(pid: int) -> int:
    """Bytes of a process that are in memory now."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise LookupError(f"process {pid} has no memory")
