"""Results as tables: printed as they come, and written into docs/performance.md between markers."""

import os
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

_MODEL: Final = re.compile(r"^model name\s*:\s*(.+)$", re.MULTILINE)
_GOAL: Final = {True: "reached", False: "**missed**"}

Cell = str | int | float


@dataclass(frozen=True)
class Goal:
    """What must be true, and whether it was."""

    name: str
    wanted: str
    found: str
    is_reached: bool
    is_safe: bool


@dataclass
class Table:
    """`notes` stand below; `goals` are what this table decides, `failures` how many rows it lacks."""

    name: str
    title: str
    heads: Sequence[str]
    rows: list[Sequence[Cell]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    failures: int = 0

    def add(self, *cells: Cell) -> None:
        """One more row, shown at once."""
        self.rows.append(cells)
        print(
            "  " + "  ".join(f"{head}={text(cell)}" for head, cell in zip(self.heads, cells, strict=True)), flush=True
        )

    def fail(self, what: str, error: object) -> None:
        """A row for what could not be measured."""
        self.failures += 1
        reason = " ".join(str(error).split())[-200:]
        self.add(what, f"not measured: {reason}", *[""] * (len(self.heads) - 2))

    def demand(self, name: str, wanted: str, found: str, is_reached: bool, *, is_safe: bool = False) -> None:
        """A goal; a safe one holds on a slow and busy machine as well."""
        self.goals.append(Goal(name, wanted, found, is_reached, is_safe))

    def markdown(self) -> str:
        """The table, its notes, and its goals if any."""
        parts = [f"#### {self.title}", "", *_grid(self.heads, [[text(cell) for cell in row] for row in self.rows])]
        for note in self.notes:
            parts += ["", note]
        if self.goals:
            rows = [[goal.name, goal.wanted, goal.found, _GOAL[goal.is_reached]] for goal in self.goals]
            parts += ["", *_grid(("goal", "wanted", "found", ""), rows)]
        return "\n".join(parts)


def text(cell: Cell) -> str:
    """Thousands apart, three significant figures where there is a fraction."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int) or abs(cell) >= 1000:
        return f"{cell:,.0f}"
    return f"{cell:.3g}" if cell == cell else "–"


def times(value: float, reference: float) -> float:
    """How many times the reference; not a number when there is none."""
    return value / reference if reference else float("nan")


def write(document: Path, table: Table, command: str) -> None:
    """Put the table where the document marks its place. Raises LookupError when it does not."""
    begin, end = f"<!-- bench:begin {table.name} -->", f"<!-- bench:end {table.name} -->"
    before, found, rest = document.read_text().partition(begin)
    _, ends, after = rest.partition(end)
    if not found or not ends:
        raise LookupError(f"{document.name} has no place for {table.name}: {begin} … {end}")
    body = f"{table.markdown()}\n\n{circumstances()} `{command}`"
    document.write_text(f"{before}{begin}\n{body}\n{end}{after}")


def circumstances() -> str:
    """When and on what."""
    model = _MODEL.search(Path("/proc/cpuinfo").read_text())
    cores = len(os.sched_getaffinity(0))
    machine = f"{cores} cores, {model[1] if model else platform.machine()}, Python {platform.python_version()}"
    return f"{datetime.now(UTC):%Y-%m-%d}, {machine}."


def _grid(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [heads, ["---"] * len(heads), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]
