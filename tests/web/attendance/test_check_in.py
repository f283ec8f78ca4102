"""The code at the door and the roll of the operating room, seen from the browser."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from courses.programme.models import Participation, TeamRole
from livesessions.attendance.models import PresenceSpan, SpanSource
from livesessions.attendance.queries import door_codes
from livesessions.room.models import Restriction, RestrictionKind, Room, Stage
from shared.clock import now
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    return factories.room(stage=Stage.OPEN)


def address(name: str, room: Room) -> str:
    return reverse(f"livesessions:{name}", args=[room.public_id])


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def attendee(room: Room, channel: Participation = Participation.AUDITORIUM) -> Person:
    return factories.enrolment(session=room.session, channel=channel).person


def moderator(room: Room) -> Person:
    return factories.team_member(session=room.session).person


def with_code(room: Room, age: float = 0) -> str:
    return f"{address('check-in-show', room)}?code={door_codes.current(room, now() - timedelta(seconds=age))}"


def test_the_door_shows_a_code_that_lets_in(room: Room) -> None:
    client = signed_in(moderator(room))
    assert b"data:image/svg+xml" in client.get(address("door-show", room)).content
    told = client.get(address("door-code", room)).json()
    assert told["image"].startswith("data:image/svg+xml")
    assert 0 < told["next_ms"] <= 30_250
    answer = signed_in(attendee(room)).get(address("check-in-show", room), {"code": told["spoken"]})
    assert answer.status_code == 302
    assert PresenceSpan.objects.count() == 1


@pytest.mark.parametrize("name", ["door-show", "door-code"])
def test_only_moderators_and_coordinators_keep_the_door(room: Room, name: str) -> None:
    surgeon = factories.team_member(session=room.session, role=TeamRole.SURGEON).person
    elsewhere = factories.team_member().person
    for person in (attendee(room), surgeon, elsewhere):
        assert signed_in(person).get(address(name, room)).status_code == 403
    assert Client().get(address(name, room)).status_code in {401, 403}
    assert signed_in(factories.coordinator()).get(address(name, room)).status_code == 200


def test_scanning_twice_is_once_and_the_code_leaves_the_address(room: Room) -> None:
    ana = attendee(room)
    client = signed_in(ana)
    for _ in range(2):
        answer = client.get(with_code(room))
        assert (answer.status_code, answer["Location"]) == (302, address("check-in-show", room))
    span = PresenceSpan.objects.get()
    assert (span.person, span.channel, span.source, span.ended_at) == (ana, "auditorium", "code", None)
    assert b"You are checked in" in client.get(address("check-in-show", room)).content


def test_a_pass_is_enough(room: Room) -> None:
    ana = attendee(room, Participation.REMOTE)
    client = Client()
    store = client.session
    store["passes"] = {room.public_id: [ana.enrolments.get().link_key]}
    store.save()
    assert client.get(with_code(room)).status_code == 302
    assert PresenceSpan.objects.get().person == ana


@pytest.mark.parametrize("code", ["stale", "", "0000-0000", "' OR 1=1", "é" * 500])
def test_an_old_or_invented_code_is_refused_kindly(room: Room, code: str) -> None:
    client = signed_in(attendee(room))
    given = door_codes.current(room, now() - timedelta(minutes=5)) if code == "stale" else code
    answer = client.get(address("check-in-show", room), {"code": given})
    assert answer.status_code == (409 if given else 200)
    assert (b"no longer valid" in answer.content) == bool(given)
    assert not PresenceSpan.objects.exists()


def test_a_stranger_is_asked_for_the_join_link_and_a_person_without_a_place_told_so(room: Room) -> None:
    stranger = Client().get(with_code(room))
    assert (stranger.status_code, b"Open the personal link" in stranger.content) == (401, True)
    without = signed_in(factories.person()).get(with_code(room))
    assert (without.status_code, b"You have no place in this session" in without.content) == (403, True)
    assert not PresenceSpan.objects.exists()


def test_a_banned_person_is_not_let_in_by_the_door(room: Room) -> None:
    ana = attendee(room)
    ban = {"kind": RestrictionKind.BAN, "card": {}, "made_by": moderator(room), "made_at": now()}
    Restriction.objects.create(room=room, person=ana, **ban)
    answer = signed_in(ana).get(with_code(room))
    assert (answer.status_code, b"A moderator has closed this room to you" in answer.content) == (403, True)
    assert not PresenceSpan.objects.exists()


def test_after_the_end_nobody_checks_in(room: Room) -> None:
    Room.objects.update(stage=Stage.ENDED, ended_at=now())
    answer = signed_in(attendee(room)).get(with_code(room))
    assert (answer.status_code, b"This session is over" in answer.content) == (409, True)


def test_leaving_ends_the_stay_and_is_for_whoever_is_in_the_room(room: Room) -> None:
    client = signed_in(attendee(room))
    client.get(with_code(room))
    for outsider, status in ((Client(), 401), (signed_in(factories.person()), 403)):
        assert outsider.post(address("check-in-leave", room)).status_code == status
    assert PresenceSpan.objects.filter(ended_at=None).count() == 1
    for _ in range(2):
        assert client.post(address("check-in-leave", room)).status_code == 302
    assert not PresenceSpan.objects.filter(ended_at=None).exists()


def test_no_room_no_door() -> None:
    client = signed_in(factories.coordinator())
    for name in ("door-show", "door-code", "check-in-show", "roll-call-show"):
        assert client.get(reverse(f"livesessions:{name}", args=["nosuch"])).status_code == 404


def test_the_roll_is_called_with_two_buttons(room: Room) -> None:
    trainee = attendee(room, Participation.OR)
    client = signed_in(factories.team_member(session=room.session, role=TeamRole.SURGEON).person)
    assert b"comes in" in client.get(address("roll-call-show", room)).content
    for is_in in ("1", "1", "0"):
        answer = client.post(address("roll-call-mark", room), {"person": trainee.public_id, "is_in": is_in})
        assert (answer.status_code, answer["Location"]) == (302, address("roll-call-show", room))
    span = PresenceSpan.objects.get()
    assert (span.person, span.source, span.channel) == (trainee, SpanSource.ROLL_CALL, "or")
    assert span.ended_at is not None


def test_the_roll_refuses_outsiders_and_people_of_elsewhere(room: Room) -> None:
    trainee, remote = attendee(room, Participation.OR), attendee(room, Participation.REMOTE)
    mentor = factories.team_member(session=room.session, role=TeamRole.MENTOR).person
    for client, status in (
        (Client(), 401),
        (signed_in(trainee), 403),
        (signed_in(mentor), 403),
        (signed_in(factories.person()), 403),
    ):
        assert client.get(address("roll-call-show", room)).status_code == status
        assert client.post(address("roll-call-mark", room), {"person": trainee.public_id}).status_code == status
    staff = signed_in(moderator(room))
    answer = staff.post(address("roll-call-mark", room), {"person": remote.public_id, "is_in": "1"})
    assert (answer.status_code, b"is not registered for the operating room" in answer.content) == (409, True)
    assert staff.post(address("roll-call-mark", room), {"person": "nobody", "is_in": "1"}).status_code == 404
    assert not PresenceSpan.objects.exists()
