"""What a run of the suite was asked for."""

import subprocess
from dataclasses import dataclass, field
from typing import Final

from tests.load.bench.driver import Unmeasured

FAULTS: Final = (Unmeasured, OSError, SystemExit, LookupError, ArithmeticError, subprocess.SubprocessError)


@dataclass(frozen=True)
class Options:
    """Empty `people`, `designs`, `rates`: the measurement's own. `faults` are what makes a row of its own."""

    people: tuple[int, ...] = ()
    servers: tuple[str, ...] = ("daphne",)
    databases: tuple[str, ...] = ("sqlite",)
    designs: tuple[str, ...] = ()
    rates: tuple[float, ...] = ()
    rounds: int = 3
    seconds: float = 4.0
    window: int = 0
    faults: tuple[type[BaseException], ...] = field(default=FAULTS, repr=False)
