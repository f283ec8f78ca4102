"""The clock while it is held: even, whatever the machine's does."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from shared import clock

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The machine's two clocks, to be set."""
    clocks = SimpleNamespace(wall=NOON, steady=100.0)
    monkeypatch.setattr(clock, "datetime", SimpleNamespace(now=lambda zone: clocks.wall))
    monkeypatch.setattr(clock, "time", SimpleNamespace(monotonic=lambda: clocks.steady))
    monkeypatch.setattr(clock, "_held", None)
    return clocks


@pytest.mark.parametrize("step", [timedelta(hours=-1), timedelta(minutes=10), timedelta(days=2)])
def test_a_step_shows_when_the_clock_is_released(machine: SimpleNamespace, step: timedelta) -> None:
    clock.hold()
    machine.wall += step
    machine.steady += 5
    assert clock.now() == NOON + timedelta(seconds=5)
    clock.release()
    assert clock.now() == NOON + step


def test_holding_twice_is_holding(machine: SimpleNamespace) -> None:
    clock.hold()
    machine.wall += timedelta(days=2)
    clock.hold()
    assert clock.now() == NOON
    clock.release()
    assert clock.now() == machine.wall
