"""Makes registered people for a rehearsal and prints their tickets, one JSON line each."""

import secrets
from argparse import ArgumentParser
from typing import Any, Final

import msgspec
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import Person, Profession
from courses.programme.models import Enrolment, EnrolmentStatus, Participation, Session, TeamMember, TeamRole
from livesessions.room import tickets
from livesessions.room.actions import rooms
from livesessions.room.management.rehearsals import refuse_in_earnest
from livesessions.room.queries import members
from shared.clock import now

CHANNELS: Final = {"attendee": Participation.REMOTE, "trainee": Participation.OR}
TEAM_ROLES: Final = (TeamRole.MENTOR, TeamRole.MODERATOR, TeamRole.ADVOCATE)
REGIONS: Final = ("AR-X", "AR-E", "AR-D", "AR-F", "AR-T", "AR-Y", "AR-J", "AR-M", "AR-Q", "AR-V")


class Command(BaseCommand):
    help = (
        "Make N registered people of a room and print their tickets. Only for rehearsals. Every call makes new people."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("room", help="the room's public id")
        parser.add_argument("--count", type=int, default=1, metavar="N")
        parser.add_argument("--role", choices=[*CHANNELS, *TEAM_ROLES], default="attendee")
        parser.add_argument("--site", default=settings.SITE_URL, help="where the server is: http://host:port")

    def handle(self, *, room: str, count: int, role: str, site: str, **options: Any) -> None:
        refuse_in_earnest()
        if count < 1:
            raise CommandError("--count must be at least 1")
        found = rooms.for_session(room)
        if found is None:
            raise CommandError(f"There is no room {room}.")
        socket = f"{site.rstrip('/').replace('http', 'ws', 1)}/ws/rooms/{room}/"
        encode = msgspec.json.Encoder().encode
        people = _make(found.session, count, role)
        made = members.find_many(room=found, people=[person.public_id for person in people])
        for member in (made[person.public_id] for person in people):
            ticket = tickets.issue(room, member)
            line = encode({"person": member.id, "name": member.name, "ticket": ticket, "socket": socket})
            self.stdout.write(line.decode())


@transaction.atomic
def _make(session: Session, count: int, role: str) -> list[Person]:
    """New people with their places, in three statements; capacities are not looked at."""
    batch, nobody = secrets.token_hex(4), make_password(None)
    people = Person.objects.bulk_create(
        Person(
            email=f"rehearsal-{batch}-{n}@rehearsal.invalid",
            password=nobody,
            full_name=f"Rehearsal {batch} {n:05d}",
            profession=Profession.SURGEON,
            country="AR",
            region=REGIONS[n % len(REGIONS)],
            language=settings.LANGUAGE_CODE,
        )
        for n in range(count)
    )
    if role in TEAM_ROLES:
        TeamMember.objects.bulk_create(TeamMember(session=session, person=person, role=role) for person in people)
        return people
    at = now()
    Enrolment.objects.bulk_create(
        Enrolment(
            session=session,
            person=person,
            channel=CHANNELS[role],
            status=EnrolmentStatus.CONFIRMED,
            full_name=person.full_name,
            profession=person.profession,
            country=person.country,
            region=person.region,
            language=person.language,
            privacy_version=settings.PRIVACY_NOTICE_VERSION,
            confirmed_at=at,
        )
        for person in people
    )
    return people
