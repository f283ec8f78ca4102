"""Lengths of time in words."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web import durations

AT = datetime(2026, 11, 26, 12, tzinfo=UTC)


@given(st.integers(0, 10_000_000))
def test_a_length_is_told_in_its_largest_sensible_unit_and_never_too_long(seconds: int) -> None:
    count, unit = durations.length(timedelta(seconds=seconds)).split(" ")
    unit_seconds = {"min": 60, "h": 3_600, "day": 86_400, "days": 86_400}[unit]
    assert 0 <= seconds - int(count) * unit_seconds < unit_seconds
    assert int(count) < {"min": 60, "h": 48}.get(unit, 1_000)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (-2_880, "late by 2 days"),
        (-1, "late by 1 min"),
        (0, "due in 0 min"),
        (59, "due in 59 min"),
        (180, "due in 3 h"),
    ],
)
def test_what_is_due(minutes: int, words: str) -> None:
    assert durations.due(AT + timedelta(minutes=minutes), AT) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "just now"), (59, "just now"), (60, "1 min ago"), (7_200, "2 h ago")]
)
def test_how_long_ago(seconds: int, words: str) -> None:
    assert durations.ago(AT - timedelta(seconds=seconds), AT) == words
