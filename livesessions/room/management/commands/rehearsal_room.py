"""Makes a live room to rehearse in."""

from datetime import timedelta
from typing import Any, Final

import msgspec
from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse

from accounts.models import Organisation, Person
from courses.programme.models import Course, Mission, Session, TeamMember, TeamRole
from livesessions.room.actions import rooms, stage
from livesessions.room.actions.turns import Turn
from livesessions.room.management.rehearsals import refuse_in_earnest
from livesessions.room.queries import members
from shared.clock import now

TEAM: Final = {
    TeamRole.SURGEON: "Rehearsal surgeon",
    TeamRole.MENTOR: "Rehearsal mentor",
    TeamRole.MODERATOR: "Rehearsal moderator",
    TeamRole.ADVOCATE: "Rehearsal advocate",
}


class Command(BaseCommand):
    help = "Make a session with its team and take it live. Only for rehearsals. Every call makes a new room."

    def handle(self, **options: Any) -> None:
        refuse_in_earnest()
        session = _session()
        moderator = {role: _join(session, role, name) for role, name in TEAM.items()}[TeamRole.MODERATOR]
        room = rooms.for_session(session.public_id)
        assert room is not None  # noqa: S101 - just made
        member = members.find(room=room, person=moderator.public_id)
        assert member is not None  # noqa: S101 - just joined
        stage.open_(Turn(room, member, now()))
        stage.go_live(Turn(room, member, now()))
        url = settings.SITE_URL + reverse("livesessions:room-show", args=[room.public_id])
        self.stdout.write(msgspec.json.encode({"room": room.public_id, "url": url}).decode())


def _session() -> Session:
    """A new session with room for everybody, under a mission and a course that stay unpublished."""
    organisation, _ = Organisation.objects.get_or_create(slug="rehearsal", defaults={"name": "Rehearsal"})
    place = {"location": "Córdoba", "country": "AR", "region": "AR-X", "focus": "Rehearsal"}
    owned = {"title": "Rehearsal", "organisation": organisation}
    mission, _ = Mission.objects.get_or_create(slug="rehearsal", defaults=owned | place)
    course, _ = Course.objects.get_or_create(slug="rehearsal", defaults=owned | {"mission": mission})
    at = now()
    return Session.objects.create(
        course=course,
        title="Rehearsal",
        time_zone="America/Argentina/Cordoba",
        starts_at=at,
        planned_end_at=at + timedelta(hours=3),
        languages=["es", "en"],
        or_capacity=100,
        auditorium_capacity=1_000,
        remote_capacity=100_000,
        is_registration_open=True,
    )


def _join(session: Session, role: TeamRole, name: str) -> Person:
    """Somebody of the rehearsal's standing team."""
    person, _ = Person.objects.get_or_create(
        email=f"{role}@rehearsal.invalid", defaults={"full_name": name, "country": "AR", "region": "AR-X"}
    )
    TeamMember.objects.create(session=session, person=person, role=role)
    return person
