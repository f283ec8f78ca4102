"""The real start, end and breaks: rows with reason and author, from which everybody's minutes follow."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Person
from livesessions.attendance.actions import times
from livesessions.attendance.exports import tables
from livesessions.attendance.models import Break, PresenceSpan, SpanSource, TimesCorrection
from livesessions.attendance.queries import sheets
from livesessions.attendance.queries import times as facts
from livesessions.attendance.rules import times as rules
from livesessions.attendance.rules.minutes import Interval
from livesessions.room.models import LiveWindow, Room, Stage
from shared.errors import DomainError
from tests import factories

START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
CORDOBA = ZoneInfo("America/Argentina/Cordoba")


def after(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def between(start: float, end: float) -> Interval:
    return Interval(after(start), after(end))


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=5)


@given(windows=SPANS, breaks=SPANS)
def test_without_breaks_minute_by_minute(windows: list[tuple[int, int]], breaks: list[tuple[int, int]]) -> None:
    """Against the slow obvious model: a set of minutes."""

    def minutes_of(parts: list[Interval]) -> set[int]:
        return {m for part in parts for m in range(90) if part.start <= after(m) < part.end}

    live = [between(start, start + length) for start, length in windows]
    gaps = [between(start, start + length) for start, length in breaks]
    if live:
        assert minutes_of(rules.without(live, gaps)) == minutes_of(live) - minutes_of(gaps)


@pytest.fixture
def room(db: None) -> Room:
    """Recorded from minute 0 to 361: nobody pressed End for hours. Ana stayed the first hour, Beto scanned the door."""
    session = factories.session(starts_at=START, planned_end_at=after(60), ended_at=after(361))
    room = factories.room(session=session, stage=Stage.ENDED, live_at=START, ended_at=after(361))
    LiveWindow.objects.create(room=room, started_at=START, ended_at=after(361))
    return room


def seen(room: Room, source: SpanSource, end: float | None) -> Person:
    person: Person = factories.enrolment(session=room.session).person
    PresenceSpan.objects.create(
        key=uuid4(),
        room=room,
        person=person,
        channel="remote",
        source=source,
        started_at=START,
        last_seen_at=START if end is None else after(end),
        ended_at=None if end is None else after(end),
    )
    return person


def correct(room: Room, **fields: Any) -> TimesCorrection:
    said = {
        "by": factories.coordinator(),
        "started_at": START,
        "ended_at": after(60),
        "breaks": [],
        "reason": "Nobody pressed End",
        "key": uuid4(),
        "at": after(500),
    }
    return times.correct(room=room, **said | fields)


def figures(room: Room, person: Person) -> tuple[float, bool]:
    line = sheets.sheet(room.session, after(600)).line(person.public_id)
    assert line
    return float(line.minutes), line.is_reached


def test_a_forgotten_end_is_mended(room: Room) -> None:
    ana, beto = seen(room, SpanSource.SOCKET, 60), seen(room, SpanSource.CODE, None)
    assert (figures(room, ana), figures(room, beto)) == ((60.0, False), (361.0, True))
    correct(room)
    assert (figures(room, ana), figures(room, beto)) == ((60.0, True), (60.0, True))
    assert LiveWindow.objects.get().ended_at == after(361), "what was recorded stays"


def test_breaks_count_for_nobody_and_the_latest_correction_wins(room: Room) -> None:
    ana = seen(room, SpanSource.SOCKET, 60)
    correct(room, ended_at=after(30))
    correct(room, breaks=[between(40, 50), between(10, 15)], reason="Anaesthesia")
    assert figures(room, ana) == (45.0, True)
    sheet = sheets.sheet(room.session, after(600))
    assert sheet.terms.windows == (between(0, 10), between(15, 40), between(50, 60))
    assert [made.reason for made in sheet.terms.times] == ["Nobody pressed End", "Anaesthesia"]
    assert TimesCorrection.objects.count() == 2


def test_a_later_end_lets_declared_stays_run_to_it(room: Room) -> None:
    beto = seen(room, SpanSource.CODE, None)
    Room.objects.update(ended_at=after(30))
    LiveWindow.objects.update(ended_at=after(30))
    assert figures(room, beto)[0] == 30.0
    correct(room, ended_at=after(60))
    assert figures(room, beto) == (60.0, True)


def test_without_an_end_the_recorded_one_counts(room: Room) -> None:
    correct(room, started_at=after(5), ended_at=None)
    assert sheets.sheet(room.session, after(600)).terms.windows == (between(5, 361),)


def test_a_session_that_was_never_live_here_can_be_told(db: None) -> None:
    room = factories.room(session=factories.session(starts_at=START, planned_end_at=after(60)))
    ana = seen(room, SpanSource.ROLL_CALL, None)
    assert figures(room, ana)[0] == 0.0
    correct(room, ended_at=after(50))
    assert figures(room, ana) == (50.0, True)


def test_sent_twice_is_once(room: Room) -> None:
    by, key = factories.coordinator(), uuid4()
    first = correct(room, by=by, key=key, breaks=[between(10, 15)])
    assert correct(room, by=by, key=key, breaks=[between(10, 15)]) == first
    with pytest.raises(DomainError, match=r"times\.already_sent"):
        correct(room, by=by, key=key, breaks=[between(10, 16)])
    assert (TimesCorrection.objects.count(), Break.objects.count()) == (1, 1)


def test_only_coordinators_of_its_organisation(room: Room) -> None:
    moderator = factories.team_member(session=room.session).person
    for outsider in (moderator, factories.person()):
        with pytest.raises(DomainError, match="forbidden"):
            correct(room, by=outsider)
    assert TimesCorrection.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"reason": "  "}, "times.reason_missing"),
        ({"ended_at": START}, "times.end_before_start"),
        ({"ended_at": after(501)}, "times.in_future"),
        ({"started_at": after(-60 * 24)}, "times.too_long"),
        ({"breaks": [between(50, 70)]}, "times.break_outside"),
        ({"breaks": [between(-5, 5)]}, "times.break_outside"),
        ({"breaks": [between(20, 20)]}, "times.break_outside"),
        ({"breaks": [between(10, 30), between(20, 40)]}, "times.breaks_overlap"),
    ],
)
def test_times_that_cannot_have_been(room: Room, fields: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError, match=code.replace(".", r"\.")):
        correct(room, **fields)
    assert TimesCorrection.objects.count() == 0


def test_a_live_session_has_no_end_to_set_yet(room: Room) -> None:
    Room.objects.update(stage=Stage.LIVE, ended_at=None)
    LiveWindow.objects.update(ended_at=None)
    with pytest.raises(DomainError, match=r"times\.still_live"):
        correct(room, at=after(70))
    correct(room, at=after(70), ended_at=None, started_at=after(10))
    assert sheets.sheet(room.session, after(80)).terms.windows == (between(10, 80),)


def test_nothing_recorded_wants_an_end(db: None) -> None:
    room = factories.room(session=factories.session(starts_at=START, planned_end_at=after(60)))
    with pytest.raises(DomainError, match=r"times\.end_missing"):
        correct(room, ended_at=None)


def test_files_tell_what_was_recorded_and_what_counts(room: Room) -> None:
    seen(room, SpanSource.SOCKET, 60)
    correct(room, breaks=[between(10, 15)], by=factories.coordinator(full_name="Carla"))
    sheet = sheets.sheet(room.session, after(600))
    rows = tables.live_time(sheet, CORDOBA).rows
    assert [(row[0], row[3], row[4]) for row in rows] == [
        ("Recorded by the room", "", ""),
        ("Corrected", "Nobody pressed End", "Carla"),
        ("Break", "Nobody pressed End", "Carla"),
        ("What counts", "", ""),
        ("What counts", "", ""),
    ]
    assert tables.attendance(sheet, CORDOBA).rows[0][-1] == "Nobody pressed End (Carla)"


def test_of_an_hour_that_comes_twice_the_nearer_one() -> None:
    zone = ZoneInfo("America/Santiago")  # on 5 April 2026 the clocks go back from 24:00 to 23:00
    local = datetime(2026, 4, 4, 23, 30)
    first, second = datetime(2026, 4, 5, 2, 30, tzinfo=UTC), datetime(2026, 4, 5, 3, 30, tzinfo=UTC)
    assert rules.instant(local, zone, near=first, field="x") == first
    assert rules.instant(local, zone, near=second, field="x") == second
    with pytest.raises(DomainError, match=r"time\.skipped"):
        rules.instant(datetime(2026, 9, 6, 0, 30), zone, near=first, field="x")


def test_a_break_after_midnight_is_of_the_next_day() -> None:
    start = datetime(2026, 11, 20, 23, 0)
    assert rules.next_at(time(23, 30), start) == datetime(2026, 11, 20, 23, 30)
    assert rules.next_at(time(0, 10), start) == datetime(2026, 11, 21, 0, 10)


def test_corrections_cost_one_query_or_two(room: Room, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        facts.corrections(room)
    for _ in range(3):
        correct(room, breaks=[between(10, 15)])
    with django_assert_num_queries(2):
        facts.corrections(room)
