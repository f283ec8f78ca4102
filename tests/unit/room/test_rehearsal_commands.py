"""`rehearsal_room` and `room_tickets`: what they make, what they print, and that they refuse in earnest."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Person
from courses.programme.models import Enrolment, TeamMember
from livesessions.room import tickets
from livesessions.room.models import Room, Stage
from livesessions.room.queries import members
from tests import factories

pytestmark = pytest.mark.django_db


def run(command: str, *args: object, **options: object) -> list[dict[str, str]]:
    out = StringIO()
    call_command(command, *map(str, args), stdout=out, **options)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize("command", [("rehearsal_room",), ("room_tickets", "x")])
def test_both_refuse_in_earnest(settings: Any, command: tuple[str, ...]) -> None:
    settings.DEBUG = settings.REHEARSAL = False
    with pytest.raises(CommandError, match="Refused"):
        call_command(*command)
    assert not Person.objects.exists()


def test_the_room_is_live_and_has_its_team(settings: Any) -> None:
    settings.SITE_URL = "https://theatre.example"
    made = run("rehearsal_room")[-1]
    room = Room.objects.get(public_id=made["room"])
    assert made["url"] == f"https://theatre.example/live/{room.public_id}/"
    assert room.stage == Stage.LIVE
    assert set(TeamMember.objects.filter(session=room.session).values_list("role", flat=True)) == {
        "surgeon",
        "mentor",
        "moderator",
        "advocate",
    }


def test_every_rehearsal_room_is_a_new_one() -> None:
    assert run("rehearsal_room")[-1]["room"] != run("rehearsal_room")[-1]["room"]


@pytest.mark.parametrize(
    ("role", "channel"),
    [
        ("attendee", "remote"),
        ("trainee", "or"),
        ("mentor", "remote"),
        ("moderator", "remote"),
        ("advocate", "or"),
    ],
)
def test_a_ticket_opens_its_room_for_its_person_in_its_role(role: str, channel: str) -> None:
    room = factories.room()
    made = run("room_tickets", room.public_id, count=3, role=role, site="https://theatre.example:8443/")
    assert len({line["person"] for line in made}) == 3
    for line in made:
        member = members.find(room=room, person=line["person"])
        assert member is not None
        assert (member.role, member.channel, member.name) == (role, channel, line["name"])
        assert tickets.read(line["ticket"]) == tickets.Ticket(room.public_id, line["person"], role, member.link)
        assert line["socket"] == f"wss://theatre.example:8443/ws/rooms/{room.public_id}/"


def test_a_session_without_a_room_gets_one() -> None:
    session = factories.session()
    assert len(run("room_tickets", session.public_id)) == 1
    assert Enrolment.objects.filter(session=session).count() == 1


def test_an_unknown_room_makes_nobody() -> None:
    with pytest.raises(CommandError, match="no room nowhere"):
        call_command("room_tickets", "nowhere")
    assert not Person.objects.exists()


def test_none_is_too_few() -> None:
    room = factories.room()
    people = Person.objects.count()
    with pytest.raises(CommandError, match="at least 1"):
        call_command("room_tickets", room.public_id, count=0)
    assert Person.objects.count() == people


def test_many_cost_no_more_statements_than_few(django_assert_num_queries: Any) -> None:
    room = factories.room().public_id
    for count in (1, 30):
        with django_assert_num_queries(6):
            lines = run("room_tickets", room, count=count)
        assert len(lines) == count
