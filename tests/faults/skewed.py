"""Servers whose wall clock a test sets, while everything else on the machine keeps its own (Debian: faketime)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.room import cottage
from tests.faults.services import left_out
from tests.load.servers import Servers


@dataclass
class Clock:
    """The servers' wall clock. The steady clock, which no step of the wall clock moves, is not touched."""

    file: Path

    def step(self, by: str) -> None:
        """Set the clock to the machine's time and so much more: "-1h", "+10m", "+2d", or "+0"."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text(f"{by}\n")
        fresh.rename(self.file)  # whoever reads it finds the old or the new, nothing in between

    @property
    def settings(self) -> dict[str, str]:
        """The environment of a process that goes by this clock."""
        return {
            "LD_PRELOAD": _library(),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_CACHE_DURATION": "1",  # seconds until a step is noticed
        }


@contextmanager
def skewed_cottage(*, more: Mapping[str, str] | None = None) -> Iterator[tuple[Servers, Clock]]:
    """One server on SQLite with `more` settings, and its clock, right as yet. Management commands go by it too."""
    with TemporaryDirectory(prefix="anfiteatro-clock-") as folder:
        clock = Clock(Path(folder) / "offset")
        clock.step("+0")
        with cottage(more=clock.settings | dict(more or {})) as servers:
            yield servers, clock


def _library() -> str:
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    if not found:
        left_out("libfaketime is not installed")
    return str(found[0])
