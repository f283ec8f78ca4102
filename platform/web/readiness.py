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


@dataclass(frozen=True, slots=True)
class Round:
    """One time of asking. Several requests may wait for the same, and each reads what this one brought."""

    thread: threading.Thread
    reports: dict[str, Report]

    def reports_by(self, deadline: float) -> dict[str, Report]:
        """What is known at the deadline."""
        self.thread.join(max(0.0, deadline - time.monotonic()))
        return dict(self.reports)


class Line:
    """Parts that are asked one after the other in one thread, because those behind need those before."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = list(parts)
        self._round: Round | None = None
        self._lock = threading.Lock()

    def begin(self) -> Round:
        """Ask, unless the last time still waits for an answer."""
        with self._lock:
            if self._round is None or not self._round.thread.is_alive():
                reports: dict[str, Report] = {}
                thread = threading.Thread(target=self._ask, args=(reports,), name="readiness", daemon=True)
                thread.start()
                self._round = Round(thread, reports)
            return self._round

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
    begun = [(line, line.begin()) for line in _lines]
    told: dict[str, dict[str, Any]] = {}
    for line, asked in begun:
        is_silent, reports = False, asked.reports_by(deadline)
        for part in line.parts:
            report = reports.get(part.name)
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
