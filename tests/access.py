"""A cast with every relation to one session, their browsers, and the addresses they try."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import Licence, Person
from courses.programme.models import Course, Enrolment, Mission, Participation, Session, TeamRole
from courses.programme.queries import links
from courses.programme.queries.links import Purpose
from courses.programme.queries.passes import PASSES
from livesessions.room.models import Room, SafetyEvent, SafetyKind, Stage
from shared.clock import now
from tests import addresses, factories

ACTORS = (
    *("anon", "outsider", "visitor", "guest", "attendee"),
    *("advocate", "mentor", "surgeon", "moderator", "rival", "coordinator"),
)

JOINING = {"courses:pass-give", "courses:amendment-by-link"}


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody but `anon` is signed in, or holds a pass: `guest` of this session, `visitor` of the other one, whose
    moderator `rival` is.
    """

    mission: Mission
    course: Course
    session: Session
    other: Session
    room: Room
    people: dict[str, Person]
    guest: Enrolment
    visitor: Enrolment

    def browser(self, actor: str, **options: Any) -> Client:
        """A fresh browser of this actor."""
        client = Client(**options)
        if actor in self.people:
            client.force_login(self.people[actor], backend=settings.AUTHENTICATION_BACKENDS[0])
        elif actor != "anon":
            held: Enrolment = getattr(self, actor)
            browser = client.session
            browser[PASSES] = {held.session.public_id: [held.link_key]}
            browser.save()
        return client

    def address(self, name: str) -> str:
        """The address of this name about the session, its course, its guest."""
        known = {
            "session": self.session.public_id,
            "room": self.session.public_id,
            "person": self.guest.person.public_id,
            "enrolment": self.guest.public_id,
            "slug": self.mission.slug if ":mission-" in name else self.course.slug,
            "token": links.token(self.guest, Purpose.JOIN if name in JOINING else Purpose.WITHDRAW),
            "organisation": self.mission.organisation.slug,
            "who": self.guest.person.public_id,
            "licence": self.guest.person.licences.get().pk,
            "event": self.room.safety_events.get().pk,
            "language": "es",
            "country": "PE",
            "role": "coordinator",
            "key": "a-0",
        }
        return reverse(name, kwargs={asked: known[asked] for asked in addresses.named()[name]})


def cast(*, is_published: bool = True) -> Cast:
    """The room is live; the other session has a guest and a moderator of its own."""
    mission = factories.mission(is_published=is_published)
    course = factories.course(mission=mission, is_published=is_published)
    session, other = factories.session(course=course), factories.session()
    people = {
        "outsider": factories.person(full_name="Outsider"),
        "attendee": factories.enrolment(session=session).person,
        "rival": factories.team_member(session=other, person=factories.person()).person,
        "coordinator": factories.coordinator(),
    }
    for role in TeamRole.values:
        people[role] = factories.team_member(session=session, person=factories.person(), role=role).person
    guest = factories.enrolment(session=session, channel=Participation.OR)
    Licence.objects.create(person=guest.person, country="PE", kind="CMP", number="12345")
    room = factories.room(session=session, stage=Stage.LIVE, live_at=now())
    SafetyEvent.objects.create(room=room, kind=SafetyKind.HOLD, by=people["surgeon"], role="surgeon", at=now())
    return Cast(
        mission=mission,
        course=course,
        session=session,
        other=other,
        room=room,
        people=people,
        guest=guest,
        visitor=factories.enrolment(session=other),
    )
