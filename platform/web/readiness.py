"""Whether this process should be sent requests, and how each part of the site is: asked at once, waited for briefly.

Each part is asked in a thread, and none is waited for beyond PATIENCE: one that hangs is told as such, at once as long
as it hangs. What is told are states, numbers and instants, never an address, a name or the words of an error.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connections

logger = logging.getLogger(__name__)

PATIENCE: Final = 1.5  # seconds for all parts together

_draining = threading.Event()


def drain() -> None:
    """Say not ready from now on; the server calls this first of all when it is told to stop."""
    _draining.set()


@dataclass(frozen=True, slots=True)
class Report:
    """How a part is, with what may be told of it to anybody."""

    is_well: bool = True
    facts: dict[str, Any] = field(default_factory=dict)


Ask = Callable[[], Report]


@dataclass(frozen=True, slots=True)
class Part:
    """`is_needed`: without it nothing can be served, so the process is not ready."""

    name: str
    ask: Ask
    is_needed: bool = False


class Line:
    """Parts that are asked one after the other in one thread, because those behind need those before."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = list(parts)
        self._reports: dict[str, Report] = {}
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Ask, unless the last time still waits for an answer."""
        if self._thread and self._thread.is_alive():
            return
        self._reports = {}
        self._thread = threading.Thread(target=self._ask, args=(self._reports,), name="readiness", daemon=True)
        self._thread.start()

    def end(self, deadline: float) -> dict[str, Report | None]:
        """What is known at the deadline; None for a part that did not answer."""
        if self._thread:
            self._thread.join(max(0.0, deadline - time.monotonic()))
        return {part.name: self._reports.get(part.name) for part in self.parts}

    def _ask(self, reports: dict[str, Report]) -> None:
        try:
            for part in self.parts:
                try:
                    reports[part.name] = part.ask()
                except Exception as error:
                    logger.warning("%s is out of order: %r", part.name, error)
                    reports[part.name] = Report(is_well=False)
        finally:
            connections.close_all()


_on_database = Line([])
_lines: list[Line] = [_on_database]


def register(name: str, ask: Ask, *, is_needed: bool = False, needs_database: bool = False) -> None:
    """Have a part asked; called in `AppConfig.ready`. The same name again takes the place of the first."""
    part = Part(name, ask, is_needed)
    for line in _lines:
        line.parts = [other for other in line.parts if other.name != name]
    if needs_database:
        _on_database.parts.append(part)
    else:
        _lines.append(Line([part]))


def parts() -> dict[str, dict[str, Any]]:
    """Each part's `state` (well, ill, silent, unknown), whether it is `needed`, its facts; within two seconds."""
    deadline = time.monotonic() + PATIENCE
    for line in _lines:
        line.begin()
    told: dict[str, dict[str, Any]] = {}
    for line in _lines:
        is_silent = False
        for part, report in zip(line.parts, line.end(deadline).values(), strict=True):
            state = ("well" if report.is_well else "ill") if report else ("unknown" if is_silent else "silent")
            is_silent |= report is None
            told[part.name] = {"state": state, "needed": part.is_needed, **(report.facts if report else {})}
    return dict(sorted(told.items()))


def answer() -> dict[str, Any]:
    """`ready`, `faults` that are the reason why not, `weak` parts that stop nothing, and all `parts`."""
    asked = parts()
    out_of_order = [name for name, part in asked.items() if part["state"] in ("ill", "silent")]
    faults = ["draining"] if _draining.is_set() else []
    faults += [name for name in out_of_order if asked[name]["needed"]]
    weak = [name for name in out_of_order if not asked[name]["needed"]]
    return {"ready": not faults, "faults": faults, "weak": weak, "parts": asked}
