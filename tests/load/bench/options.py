"""What a run of the suite was asked for."""

from dataclasses import dataclass
from typing import Final

FAULTS: Final = (Exception, SystemExit)  # whatever it is: it spoils one row and not the rest


@dataclass(frozen=True)
class Options:
    """`kinds` are (server, database). Empty `people`, `designs`, `rates`: the measurement's own."""

    kinds: tuple[tuple[str, str], ...] = (("daphne", "sqlite"),)
    people: tuple[int, ...] = ()
    designs: tuple[str, ...] = ()
    rates: tuple[float, ...] = ()
    rounds: int = 3
    seconds: float = 4.0
    window: int = 0
    is_quick: bool = False
