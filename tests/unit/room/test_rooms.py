"""Rooms, members, seats and reading the journal back."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from courses.programme.models import EnrolmentStatus, Participation, TeamRole
from livesessions.room import events
from livesessions.room.actions import chat, journal, questions, rooms, seats
from livesessions.room.models import Room
from livesessions.room.queries import journal as written
from livesessions.room.queries import members
from livesessions.room.queries import seats as taken
from shared.clock import now
from tests import factories
from tests.room_cast import Cast


def test_the_room_is_made_when_first_asked_for(db: None, django_assert_num_queries: Any) -> None:
    session = factories.session()
    first = rooms.for_session(session.public_id)
    assert first and first.public_id == session.public_id and first.stage == "scheduled"
    with django_assert_num_queries(1):
        again = rooms.for_session(session.public_id)
        assert again and again.session.course.title
    assert Room.objects.count() == 1


def test_no_room_for_the_unknown_and_the_cancelled(db: None) -> None:
    assert rooms.for_session("nothing") is None
    assert rooms.for_session(factories.session(cancelled_at=now()).public_id) is None
    assert Room.objects.count() == 0
    kept = factories.room(session=factories.session(cancelled_at=now()))
    assert rooms.for_session(kept.public_id) == kept, "its page says that it was cancelled"


@pytest.mark.parametrize(
    ("name", "role", "channel"),
    [
        ("attendee", "attendee", "remote"),
        ("other", "attendee", "auditorium"),
        ("trainee", "trainee", "or"),
        ("mentor", "mentor", "remote"),
        ("moderator", "moderator", "remote"),
        ("advocate", "advocate", "or"),
        ("surgeon", "surgeon", "or"),
        ("coordinator", "coordinator", "remote"),
    ],
)
def test_who_people_are(cast: Cast, name: str, role: str, channel: str) -> None:
    member = cast.member(name)
    assert (member.role, member.channel) == (role, channel)


def test_a_team_role_wins_over_an_enrolment_and_keeps_its_channel(cast: Cast) -> None:
    person = cast.people["other"]
    factories.team_member(session=cast.room.session, person=person, role=TeamRole.MENTOR)
    assert (cast.member("other").role, cast.member("other").channel) == ("mentor", "auditorium")


@pytest.mark.parametrize("status", [EnrolmentStatus.WAITING, EnrolmentStatus.WITHDRAWN])
def test_people_without_a_place(cast: Cast, status: EnrolmentStatus) -> None:
    waiting = factories.enrolment(session=cast.room.session, channel=Participation.REMOTE, status=status).person
    elsewhere, stranger = factories.enrolment().person, factories.person()
    gone = factories.enrolment(session=cast.room.session, person=factories.person(is_active=False)).person
    people = [person.public_id for person in (waiting, elsewhere, stranger, gone)]
    assert members.find_many(room=cast.room, people=[*people, "nobody"]) == {}


def test_a_seat_follows_the_latest_device(cast: Cast, heard: Callable[..., list[Any]]) -> None:
    room, member = cast.room, cast.member("attendee")
    for device, news in (
        ("phone", []),
        ("phone", []),
        ("laptop", [events.SeatTaken(room.public_id, member.id, "laptop", cast.at)]),
    ):
        moves = [seats.Move(member, device, cast.at)]
        assert heard(events.SeatTaken, seats.take, room=room, moves=moves) == news
        assert taken.current(room.pk, [member.pk, cast.member("other").pk]) == {member.pk: device}


def test_the_journal_reads_back_in_order(cast: Cast) -> None:
    for text in ("one", "two", "three"):
        cast.do(chat.post, "attendee", text=text)
    cast.do(questions.ask, "attendee", text="why?")
    assert written.top(cast.room_pk) == (3, 1, cast.room.epoch)
    assert [seq for seq, _ in written.since(cast.room_pk, "room", 1, 10)] == [2, 3]
    assert [seq for seq, _ in written.since(cast.room_pk, "room", 0, 2)] == [1, 2]
    assert [seq for seq, _ in written.since(cast.room_pk, "desk", 0, 10)] == [1]
    assert written.since(cast.room_pk, "room", 3, 10) == []


def test_a_rolled_back_change_leaves_no_hole_and_no_news(cast: Cast, heard: Callable[..., list[Any]]) -> None:
    def fail() -> None:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            cast.do(chat.post, "attendee", text="lost")
            raise ZeroDivisionError

    assert heard(events.JournalWritten, fail) == []
    assert cast.do(chat.post, "attendee", text="receipts").seq == 1


def test_a_receipt_answers_for_ever(cast: Cast, refused: Any) -> None:
    cid, key = uuid4(), cast.member("attendee").pk
    assert journal.receipts(room=cast.room, keys=[(key, cid)]) == {}
    journal.keep(room=cast.room, person=key, cid=cid, payload=b"a", answer={"seq": 7})
    receipts = journal.receipts(room=cast.room, keys=[(key, cid), (cast.member("other").pk, cid)])
    assert list(receipts) == [(key, cid)]
    assert journal.first_answer(receipts[key, cid], b"a") == {"seq": 7}
    assert refused(journal.first_answer, receipts[key, cid], b"b") == "cid.conflict"
