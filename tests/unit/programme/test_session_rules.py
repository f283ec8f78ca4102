"""Where a session stands, whether one can register, and local times."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.programme.rules import zones
from courses.programme.rules.sessions import (
    LOBBY,
    OVERRUN,
    Phase,
    Registration,
    instant,
    phase,
    places_left,
    registration,
)
from shared.errors import DomainError

START = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
END = START + timedelta(hours=2)
MINUTES = st.integers(-2000, 2000).map(lambda n: START + timedelta(minutes=n))


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (START - LOBBY - timedelta(seconds=1), Phase.UPCOMING),
        (START - LOBBY, Phase.LOBBY),
        (START, Phase.DUE),
        (END, Phase.DUE),
        (END + OVERRUN - timedelta(seconds=1), Phase.DUE),
        (END + OVERRUN, Phase.OVER),
    ],
)
def test_the_plan_decides_while_nothing_happened(at: datetime, expected: Phase) -> None:
    assert phase(at, starts_at=START, planned_end_at=END) == expected


def test_a_live_session_stays_live_past_its_planned_end_but_not_for_ever() -> None:
    def at(instant: datetime) -> Phase:
        return phase(instant, starts_at=START, planned_end_at=END, live_at=START)

    assert at(END + timedelta(hours=3)) == Phase.LIVE
    assert at(END + OVERRUN) == Phase.OVER


def slow_phase(at: datetime, live: datetime | None, ended: datetime | None, cancelled: datetime | None) -> Phase:
    """Every row of the table, tried in turn."""
    table = [
        (cancelled is not None, Phase.CANCELLED),
        (cancelled is None and ended is not None, Phase.OVER),
        (cancelled is ended is None and live is not None and at < END + OVERRUN, Phase.LIVE),
        (cancelled is ended is None and live is not None and at >= END + OVERRUN, Phase.OVER),
        (cancelled is ended is live is None and at < START - LOBBY, Phase.UPCOMING),
        (cancelled is ended is live is None and START - LOBBY <= at < START, Phase.LOBBY),
        (cancelled is ended is live is None and START <= at < END + OVERRUN, Phase.DUE),
        (cancelled is ended is live is None and at >= END + OVERRUN, Phase.OVER),
    ]
    (only,) = [found for holds, found in table if holds]
    return only


@given(at=MINUTES, live=st.none() | MINUTES, ended=st.none() | MINUTES, cancelled=st.none() | MINUTES)
def test_phase_agrees_with_its_table(
    at: datetime, live: datetime | None, ended: datetime | None, cancelled: datetime | None
) -> None:
    found = phase(at, starts_at=START, planned_end_at=END, live_at=live, ended_at=ended, cancelled_at=cancelled)
    assert found == slow_phase(at, live, ended, cancelled)


@pytest.mark.parametrize(
    ("now", "is_open", "left", "expected"),
    [
        (Phase.UPCOMING, True, [0, 3], Registration.OPEN),
        (Phase.LIVE, True, [1], Registration.OPEN),
        (Phase.UPCOMING, True, [0, 0], Registration.FULL),
        (Phase.UPCOMING, True, [], Registration.CLOSED),
        (Phase.UPCOMING, False, [5], Registration.CLOSED),
        (Phase.OVER, True, [5], Registration.NONE),
        (Phase.CANCELLED, True, [5], Registration.NONE),
    ],
)
def test_registration(now: Phase, is_open: bool, left: list[int], expected: Registration) -> None:
    assert registration(now, is_open=is_open, left=left) == expected


@given(capacity=st.integers(0, 50), confirmed=st.integers(0, 80))
def test_places_left_counts_seats_one_by_one(capacity: int, confirmed: int) -> None:
    seats = [number for number in range(capacity) if number >= confirmed]
    assert places_left(capacity=capacity, confirmed=confirmed) == len(seats)


@given(
    local=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),
    name=st.sampled_from(["America/Lima", "America/Santiago", "America/New_York", "Europe/Madrid", "UTC"]),
)
def test_a_local_time_that_is_accepted_is_the_only_instant_with_that_time(local: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    hours = [local.replace(tzinfo=UTC) + timedelta(minutes=30 * n) for n in range(-30, 31)]
    same = {at for at in hours if at.astimezone(zone).replace(tzinfo=None) == local}
    try:
        assert {instant(local, zone)} == same
    except DomainError as error:
        assert error.code == ("time.ambiguous" if same else "time.skipped")
        assert len(same) != 1


@pytest.mark.parametrize(
    ("local", "code"),
    [
        (datetime(2026, 3, 8, 2, 30), "time.skipped"),
        (datetime(2026, 11, 1, 1, 30), "time.ambiguous"),
    ],
)
def test_new_york_on_the_days_the_clocks_change(local: datetime, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        instant(local, ZoneInfo("America/New_York"), field="starts_local")
    assert (refused.value.code, refused.value.field) == (code, "starts_local")


def test_zones_begin_with_the_americas_and_know_no_abbreviations() -> None:
    assert next(iter(zones.by_area())) == "America"
    assert "America/Argentina/Cordoba" in zones.by_area()["America"]
    assert zones.exists("America/Lima") and zones.exists("UTC")
    assert not zones.exists("EST") and not zones.exists("America/Atlantis")
