"""From spans to minutes, held against a slow model that looks at every second."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livesessions.attendance.rules import minutes
from livesessions.attendance.rules.minutes import Interval

START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
HORIZON = 60
Pairs = list[tuple[int, int]]

pairs = st.lists(st.tuples(st.integers(0, HORIZON), st.integers(0, HORIZON)), max_size=6)


def at(second: float) -> datetime:
    return START + timedelta(seconds=second)


def intervals(*seconds: tuple[float, float]) -> list[Interval]:
    return [Interval(at(start), at(end)) for start, end in seconds]


def counted(stays: Pairs, windows: Pairs, gap: int) -> int:
    return minutes.attended(intervals(*stays), intervals(*windows), timedelta(seconds=gap)).seconds


def slow_model(stays: Pairs, windows: Pairs, gap: int) -> set[int]:
    """The seconds that count: live, and either inside a stay or between two that are at most `gap` apart."""
    forward = [(start, end) for start, end in stays if start <= end]
    counting = set()
    for second in range(HORIZON):
        live = any(start <= second < end for start, end in windows)
        inside = any(start <= second < end for start, end in forward)
        before = [end for _, end in forward if end <= second]
        after = [start for start, _ in forward if start > second]
        bridged = bool(before and after) and min(after) - max(before) <= gap
        if live and (inside or bridged):
            counting.add(second)
    return counting


@given(stays=pairs, windows=pairs, gap=st.integers(0, 20))
def test_every_second_counts_as_in_the_slow_model(stays: Pairs, windows: Pairs, gap: int) -> None:
    assert counted(stays, windows, gap) == len(slow_model(stays, windows, gap))


@given(stays=pairs, windows=pairs, gap=st.integers(0, 20))
def test_what_is_said_to_be_bridged_is_exactly_what_the_tolerance_added(stays: Pairs, windows: Pairs, gap: int) -> None:
    result = minutes.attended(intervals(*stays), intervals(*windows), timedelta(seconds=gap))
    without = counted(stays, windows, 0)
    assert minutes.whole_seconds(result.bridged) == result.seconds - without


@given(stays=pairs, windows=pairs, gap=st.integers(0, 20))
def test_nobody_attends_longer_than_it_was_live_nor_past_the_last_sign(stays: Pairs, windows: Pairs, gap: int) -> None:
    result = minutes.attended(intervals(*stays), intervals(*windows), timedelta(seconds=gap))
    assert result.seconds <= minutes.whole_seconds(minutes.join(intervals(*windows)))
    assert all(part.end <= at(max(end for _, end in stays)) for part in result.intervals)


@pytest.mark.parametrize(
    ("stays", "windows", "gap", "seconds"),
    [
        pytest.param([(0, 10), (4, 20)], [(0, 60)], 0, 20, id="two devices at once are one person"),
        pytest.param([(0, 10), (12, 20)], [(0, 60)], 2, 20, id="an absence of just the tolerance is bridged"),
        pytest.param([(0, 10), (13, 20)], [(0, 60)], 2, 17, id="a longer one is not"),
        pytest.param([(0, 10)], [(0, 60)], 20, 10, id="nothing is bridged after the last stay"),
        pytest.param([(0, 4), (8, 20)], [(6, 30)], 4, 14, id="an absence across the start is judged whole"),
        pytest.param([(0, 30)], [(0, 10), (20, 30)], 0, 20, id="nothing counts between two live windows"),
        pytest.param([(0, 10), (8, 8), (14, 20)], [(0, 60)], 4, 20, id="a stay without length inside another"),
        pytest.param([(0, 4), (8, 8), (12, 16)], [(0, 60)], 4, 16, id="one sign of life parts an absence in two"),
        pytest.param([(20, 10)], [(0, 60)], 0, 0, id="a clock that ran backwards"),
        pytest.param([(40, 50)], [(0, 30)], 0, 0, id="a stay outside every window"),
        pytest.param([(0, 50)], [], 0, 0, id="a session that was never live"),
    ],
)
def test_cases_people_ask_about(stays: Pairs, windows: Pairs, gap: int, seconds: int) -> None:
    assert counted(stays, windows, gap) == seconds


def test_parts_of_seconds_are_rounded_down_once_after_the_sum() -> None:
    parts = intervals((0, 10.6), (20, 30.6))
    assert minutes.whole_seconds(parts) == 21


def test_a_connection_counts_to_its_last_sign_of_life() -> None:
    assert minutes.stay(at(0), at(20), None).end == at(20)
    assert minutes.stay(at(0), at(20), at(50)).end == at(20)
    assert minutes.stay(at(0), at(20), at(15)).end == at(15)
    assert minutes.stay(at(10), at(5), None) == Interval(at(10), at(10))


def test_a_declared_stay_lasts_until_its_end_is_told_or_the_room_is_over() -> None:
    assert minutes.stay(at(0), at(0), None, open_until=at(50)).end == at(50)
    assert minutes.stay(at(0), at(30), at(30), open_until=at(50)).end == at(30)
    assert minutes.stay(at(60), at(60), None, open_until=at(50)) == Interval(at(60), at(60))


def test_figures_are_rounded_down() -> None:
    assert minutes.minutes(359) == Decimal("5.9")
    assert minutes.credit_minutes(359) == 5
    assert minutes.share(2, 3) == Decimal("66.6")
    assert minutes.share(70, 60) == 100
    assert minutes.share(10, 0) is None


def test_the_threshold_is_judged_by_seconds() -> None:
    assert minutes.reaches(8500, 10_000, 85)
    assert not minutes.reaches(8499, 10_000, 85)
    assert not minutes.reaches(0, 0, 0)


def test_adjustments_never_make_a_total_negative() -> None:
    assert minutes.total_seconds(90, 2) == 210
    assert minutes.total_seconds(90, -2) == 0
