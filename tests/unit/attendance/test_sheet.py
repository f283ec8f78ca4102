"""The sheet from the facts, and the live headcount."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from accounts.models import Person
from courses.programme.models import EnrolmentStatus, Participation, TeamRole
from livesessions.attendance.models import Adjustment, PresenceSpan, SpanSource
from livesessions.attendance.queries import sheets
from livesessions.attendance.rules.sheets import Line
from livesessions.room.models import LiveWindow, Room
from tests import factories

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)


def after(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


@pytest.fixture
def room() -> Room:
    """Was live for 100 minutes, then ended."""
    room = factories.room(ended_at=after(100))
    LiveWindow.objects.create(room=room, started_at=START, ended_at=after(100))
    return room


def stay(room: Room, person: Person, start: float, end: float | None, **fields: Any) -> PresenceSpan:
    """Minutes after the start of the live time; an `end` of None has no sign of life but the first."""
    seen = start if end is None else end
    defaults = {
        "key": uuid4(),
        "channel": Participation.REMOTE,
        "source": SpanSource.SOCKET,
        "started_at": after(start),
        "last_seen_at": after(seen),
        "ended_at": None if end is None else after(end),
    }
    return PresenceSpan.objects.create(room=room, person=person, **defaults | fields)


def line_of(room: Room, person: Person, at: datetime | None = None) -> Line:
    line = sheets.sheet(room.session, at or after(200)).line(person.public_id)
    assert line is not None
    return line


def test_two_devices_and_a_short_absence_are_one_stay(room: Room) -> None:
    ana = factories.enrolment(session=room.session).person
    stay(room, ana, -10, 30)
    stay(room, ana, 20, 40)
    stay(room, ana, 41.5, 120)
    line = line_of(room, ana)
    assert (line.minutes, line.total_minutes, line.share, line.is_reached) == (Decimal(100), Decimal(100), 100, True)
    assert (line.first_in, line.last_out) == (after(-10), after(120))
    assert [gap.length for gap in line.attended.bridged] == [timedelta(seconds=90)]


def test_the_sessions_own_tolerance_and_threshold_win(room: Room) -> None:
    room.session.gap_seconds, room.session.threshold_percent = 0, 99
    room.session.save()
    ana = factories.enrolment(session=room.session).person
    stay(room, ana, 0, 49)
    stay(room, ana, 50.1, 100)
    line = line_of(room, ana)
    assert (line.seconds, line.share, line.is_reached) == (5934, Decimal("98.9"), False)


def test_whoever_registered_and_never_came_is_listed(room: Room) -> None:
    ana = factories.enrolment(session=room.session, channel=Participation.AUDITORIUM).person
    line = line_of(room, ana)
    assert not line.was_there
    assert (line.seconds, line.channel, line.subject.registered, line.first_in) == (0, "", "auditorium", None)


def test_a_waiting_person_is_not_on_the_sheet_and_a_withdrawn_one_only_when_seen(room: Room) -> None:
    factories.enrolment(session=room.session, status=EnrolmentStatus.WAITING)
    factories.enrolment(session=room.session, status=EnrolmentStatus.WITHDRAWN)
    gone = factories.enrolment(session=room.session, status=EnrolmentStatus.WITHDRAWN, profession="nurse").person
    stay(room, gone, 0, 5)
    lines = sheets.sheet(room.session, after(200)).lines
    assert [(line.subject.person, line.subject.registered) for line in lines] == [(gone.public_id, "")]
    assert lines[0].subject.profession == "nurse"


def test_the_answers_of_the_registration_are_shown_not_todays_profile(room: Room) -> None:
    ana = factories.person(full_name="Ana Today", region="PE-LIM")
    factories.enrolment(session=room.session, person=ana, full_name="Ana Then", region="PE-LOR")
    subject = line_of(room, ana).subject
    assert (subject.name, subject.region, subject.role) == ("Ana Then", "PE-LOR", "attendee")


def test_the_team_stands_last_and_only_when_seen(room: Room) -> None:
    zoe = factories.enrolment(session=room.session, full_name="Zoe").person
    moderator = factories.team_member(session=room.session).person
    factories.team_member(session=room.session, role=TeamRole.MENTOR)
    chief = factories.coordinator()
    for person in (moderator, chief):
        stay(room, person, 0, 10)
    lines = sheets.sheet(room.session, after(200)).lines
    assert [line.subject.person for line in lines] == [zoe.public_id, chief.public_id, moderator.public_id]
    assert [line.subject.role for line in lines] == ["attendee", "coordinator", "moderator"]


def test_the_channel_is_where_most_live_time_was_spent(room: Room) -> None:
    ana = factories.enrolment(session=room.session).person
    stay(room, ana, -60, 10, channel=Participation.REMOTE)
    stay(room, ana, 10, 30, channel=Participation.AUDITORIUM)
    assert line_of(room, ana).channel == "auditorium"


def test_a_check_in_without_an_end_lasts_until_the_room_is_over(room: Room) -> None:
    ana = factories.enrolment(session=room.session).person
    stay(room, ana, 40, None, channel=Participation.AUDITORIUM, source=SpanSource.CODE)
    assert line_of(room, ana).minutes == 60


def test_a_dead_connection_ends_at_its_last_sign_of_life(room: Room) -> None:
    ana = factories.enrolment(session=room.session).person
    stay(room, ana, 0, 25, ended_at=None)
    assert line_of(room, ana).minutes == 25


def test_while_it_is_live_the_time_runs_to_the_moment_asked(room: Room) -> None:
    Room.objects.update(ended_at=None)
    LiveWindow.objects.update(ended_at=None)
    ana = factories.enrolment(session=room.session).person
    stay(room, ana, 0, None, source=SpanSource.ROLL_CALL, channel=Participation.OR)
    line = line_of(room, ana, at=after(30))
    assert (line.minutes, line.share) == (30, 100)


def test_adjustments_are_added_and_kept_apart(room: Room) -> None:
    ana = factories.enrolment(session=room.session).person
    stay(room, ana, 0, 10)
    for minutes in (20, -5):
        Adjustment.objects.create(
            key=uuid4(),
            room=room,
            person=ana,
            minutes=minutes,
            reason="Power cut",
            author=factories.coordinator(),
            made_at=after(150),
        )
    line = line_of(room, ana)
    assert (line.minutes, line.adjustment_minutes, line.total_minutes) == (10, 15, 25)
    assert [made.author for made in line.corrections] == ["Carla Coordinadora", "Carla Coordinadora"]


def test_a_session_that_nobody_opened_has_a_sheet_without_minutes() -> None:
    enrolment = factories.enrolment()
    sheet = sheets.sheet(enrolment.session, START)
    assert [line.subject.person for line in sheet.lines] == [enrolment.person.public_id]
    assert (sheet.terms.windows, sheet.lines[0].share, sheet.lines[0].is_reached) == ((), None, False)


@pytest.mark.parametrize("people", [1, 3])
def test_the_sheet_takes_seven_queries_however_many_people(
    room: Room, people: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    for _ in range(people):
        ana = factories.enrolment(session=room.session).person
        stay(room, ana, 0, 10)
        stay(room, ana, 20, 30)
    with django_assert_num_queries(8):
        lines = sheets.sheet(room.session, after(200)).lines
    assert len(lines) == people


def test_three_hundred_people_with_many_stays_are_one_pass(
    room: Room, django_assert_num_queries: Callable[[int], object]
) -> None:
    people = Person.objects.bulk_create(Person(email=f"p{n}@example.org", full_name=f"P {n:03}") for n in range(300))
    PresenceSpan.objects.bulk_create(
        PresenceSpan(
            key=uuid4(),
            room=room,
            person=person,
            channel=Participation.REMOTE,
            source=SpanSource.SOCKET,
            started_at=after(10 * n),
            last_seen_at=after(10 * n + 5),
            ended_at=after(10 * n + 5),
        )
        for person in people
        for n in range(8)
    )
    with django_assert_num_queries(8):
        lines = sheets.sheet(room.session, after(200)).lines
    assert [line.minutes for line in lines] == [40] * 300


def test_present_counts_people_once_in_the_nearest_channel(
    room: Room, django_assert_num_queries: Callable[[int], object]
) -> None:
    Room.objects.update(ended_at=None)
    ana, ben, eva, ida = (factories.person() for _ in range(4))
    stay(room, ana, 0, 49.5, ended_at=None)
    stay(room, ana, 0, 49.5, ended_at=None)
    stay(room, ben, 0, 49.5, ended_at=None)
    stay(room, ben, 0, None, channel=Participation.AUDITORIUM, source=SpanSource.CODE)
    stay(room, eva, 0, 48, ended_at=None)
    stay(room, ida, 0, 49.9)
    with django_assert_num_queries(1):
        assert sheets.present(room.pk, after(50)) == {"or": 0, "auditorium": 1, "remote": 1}
    Room.objects.update(ended_at=after(50))
    assert sheets.present(room.pk, after(50)) == {"or": 0, "auditorium": 0, "remote": 2}
