"""The door, the roll call and the adjustments: what people declare, once however often they say it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Person
from courses.programme.models import Participation, TeamRole
from livesessions.attendance.actions import adjustments, check_in, roll_call
from livesessions.attendance.models import Adjustment, PresenceSpan, SpanSource
from livesessions.attendance.queries import door_codes
from livesessions.attendance.queries import roll_call as roll
from livesessions.attendance.rules import door_codes as codes
from livesessions.room.models import Room, Stage
from livesessions.room.queries import members
from livesessions.room.rules.members import Member
from shared.errors import DomainError
from tests import factories

AT = datetime(2026, 11, 20, 14, 0, 10, tzinfo=UTC)
SECRET = b"of this test"


def later(seconds: float) -> datetime:
    return AT + timedelta(seconds=seconds)


@pytest.fixture
def room() -> Room:
    return factories.room(stage=Stage.OPEN)


def member_of(room: Room, person: Person) -> Member:
    member = members.find(room=room, person=person.public_id)
    assert member is not None
    return member


def attendee(room: Room, channel: Participation = Participation.AUDITORIUM) -> Member:
    return member_of(room, factories.enrolment(session=room.session, channel=channel).person)


@given(skew=st.integers(-400, 400))
def test_a_code_is_good_for_two_steps_before_and_after(skew: int) -> None:
    shown = codes.code(SECRET, "room", AT)
    steps = abs(int(later(skew).timestamp()) // 30 - int(AT.timestamp()) // 30)
    assert codes.is_valid(SECRET, "room", shown, later(skew)) == (steps <= 2)


def test_a_code_belongs_to_its_room_and_its_site() -> None:
    shown = codes.code(SECRET, "room", AT)
    assert not codes.is_valid(SECRET, "another", shown, AT)
    assert not codes.is_valid(b"another", "room", shown, AT)
    assert not codes.is_valid(SECRET, "room", "", AT)
    assert not codes.is_valid(SECRET, "room", "ñandú", AT)


def test_a_code_is_typed_as_people_type() -> None:
    shown = codes.code(SECRET, "room", AT)
    assert codes.spoken(shown) == f"{shown[:4]}-{shown[4:]}"
    assert codes.is_valid(SECRET, "room", f" {codes.spoken(shown).upper()} ", AT)
    assert codes.next_in(AT) == 20


@pytest.mark.django_db
def test_checking_in_twice_is_once_and_leaving_ends_it(room: Room) -> None:
    ana = attendee(room, Participation.REMOTE)
    shown = door_codes.current(room, AT)
    check_in.check_in(room=room, member=ana, code=shown, at=AT)
    check_in.check_in(room=room, member=ana, code=shown, at=later(5))
    assert check_in.check_out(room=room, member=ana, at=later(60))
    assert not check_in.check_out(room=room, member=ana, at=later(90))
    span = PresenceSpan.objects.get()
    assert (span.channel, span.source, span.person_id) == ("auditorium", "code", ana.pk)
    assert (span.started_at, span.last_seen_at, span.ended_at) == (AT, later(60), later(60))


@pytest.mark.django_db
def test_whoever_left_may_come_again(room: Room) -> None:
    ana = attendee(room)
    for start in (0, 600):
        shown = door_codes.current(room, later(start))
        check_in.check_in(room=room, member=ana, code=shown, at=later(start))
        check_in.check_out(room=room, member=ana, at=later(start + 60))
    assert PresenceSpan.objects.count() == 2


@pytest.mark.django_db
def test_leaving_by_a_clock_that_went_backwards_is_leaving_at_once(room: Room) -> None:
    ana = attendee(room)
    check_in.check_in(room=room, member=ana, code=door_codes.current(room, AT), at=AT)
    check_in.check_out(room=room, member=ana, at=later(-30))
    assert PresenceSpan.objects.get().ended_at == AT


@pytest.mark.django_db
def test_an_old_code_a_banned_person_and_a_room_that_is_over_are_refused(room: Room) -> None:
    ana = attendee(room)
    shown = door_codes.current(room, AT)
    for member, at, stage, code in (
        (ana, later(300), Stage.LIVE, "check_in.expired"),
        (replace(ana, is_banned=True), AT, Stage.LIVE, "forbidden"),
        (ana, AT, Stage.ENDED, "check_in.over"),
    ):
        room.stage = stage
        with pytest.raises(DomainError, match=code):
            check_in.check_in(room=room, member=member, code=shown, at=at)
    assert not PresenceSpan.objects.exists()


@pytest.mark.django_db
def test_the_roll_marks_who_comes_in_and_who_leaves(room: Room) -> None:
    trainee = attendee(room, Participation.OR)
    by = member_of(room, factories.team_member(session=room.session, role=TeamRole.ADVOCATE).person)
    for is_in, at in ((True, AT), (True, later(5)), (False, later(60)), (False, later(70))):
        roll_call.mark(room=room, by=by, target=trainee, is_in=is_in, at=at)
    span = PresenceSpan.objects.get()
    assert (span.channel, span.source) == (Participation.OR, SpanSource.ROLL_CALL)
    assert (span.started_at, span.ended_at) == (AT, later(60))


@pytest.mark.django_db
def test_the_roll_is_called_by_staff_about_the_operating_room_until_the_end(room: Room) -> None:
    trainee, remote = attendee(room, Participation.OR), attendee(room, Participation.REMOTE)
    moderator = member_of(room, factories.team_member(session=room.session).person)
    for by, target, stage, code in (
        (trainee, trainee, Stage.LIVE, "forbidden"),
        (moderator, remote, Stage.LIVE, "roll_call.elsewhere"),
        (moderator, trainee, Stage.ENDED, "roll_call.over"),
    ):
        room.stage = stage
        with pytest.raises(DomainError, match=code):
            roll_call.mark(room=room, by=by, target=target, is_in=True, at=AT)
    assert not PresenceSpan.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("trainees", [1, 3])
def test_the_roll_lists_the_operating_room_and_the_team(
    room: Room, trainees: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    attendee(room, Participation.REMOTE)
    moderator = member_of(room, factories.team_member(session=room.session).person)
    people = [attendee(room, Participation.OR) for _ in range(trainees)]
    roll_call.mark(room=room, by=moderator, target=people[-1], is_in=True, at=AT)
    with django_assert_num_queries(4):
        places = roll.places(room)
    assert {place.member.pk for place in places} == {moderator.pk, *(person.pk for person in people)}
    assert (places[0].member.pk, places[0].since) == (people[-1].pk, AT)


@pytest.mark.django_db
def test_an_adjustment_sent_twice_is_one_and_another_form_is_another(room: Room) -> None:
    ana, chief = factories.person(), factories.coordinator()
    key = uuid4()
    for name in (key, key, uuid4()):
        adjustments.adjust(by=chief, room=room, person=ana, minutes=-5, reason=" Double ", key=name, at=AT)
    assert list(Adjustment.objects.values_list("minutes", "reason", "author")) == [(-5, "Double", chief.pk)] * 2


@pytest.mark.django_db
def test_an_adjustment_wants_a_coordinator_minutes_and_a_reason(room: Room) -> None:
    ana, chief, moderator = factories.person(), factories.coordinator(), factories.person()
    factories.team_member(session=room.session, person=moderator)
    key = uuid4()
    adjustments.adjust(by=chief, room=room, person=ana, minutes=5, reason="Power cut", key=key, at=AT)
    for by, minutes, reason, name, code in (
        (moderator, 5, "Power cut", uuid4(), "forbidden"),
        (chief, 0, "Power cut", uuid4(), "adjustment.zero"),
        (chief, 5, "  ", uuid4(), "adjustment.reason_missing"),
        (chief, 6, "Power cut", key, "adjustment.already_sent"),
    ):
        with pytest.raises(DomainError, match=code):
            adjustments.adjust(by=by, room=room, person=ana, minutes=minutes, reason=reason, key=name, at=AT)
    assert Adjustment.objects.count() == 1
