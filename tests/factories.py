"""Plain functions that make what a test needs: sensible defaults, every field overridable by keyword."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from accounts.models import Membership, Organisation, Person, Profession, Role
from courses.programme.models import (
    Course,
    Enrolment,
    EnrolmentStatus,
    Mission,
    Participation,
    Session,
    TeamMember,
    TeamRole,
)
from livesessions.room.models import Room
from shared.clock import now


def person(**fields: Any) -> Person:
    """Somebody with a confirmed e-mail address and no password."""
    fields.setdefault("email", f"person-{uuid4().hex[:8]}@example.org")
    fields.setdefault("full_name", "Ana Quispe")
    fields.setdefault("language", "en")
    return Person.objects.create_user(**fields)


def organisation(**fields: Any) -> Organisation:
    """The one of everything made here, unless a slug names another."""
    slug = fields.setdefault("slug", "house")
    return Organisation.objects.get_or_create(slug=slug, defaults={"name": slug.title()} | fields)[0]


def member(role: Role = Role.TRAINEE, **fields: Any) -> Person:
    """Somebody with this role in the organisation given, or in the one of everything made here."""
    where = fields.pop("organisation", None) or organisation()
    made = person(**fields)
    Membership.objects.create(organisation=where, person=made, role=role)
    return Person.objects.with_roles().get(pk=made.pk)


def coordinator(**fields: Any) -> Person:
    """Somebody who may plan everything in the organisation given, or in the one of everything made here."""
    return member(Role.COORDINATOR, **{"full_name": "Carla Coordinadora"} | fields)


def mission(**fields: Any) -> Mission:
    """Of the one organisation, published, in Iquitos."""
    fields.setdefault("organisation", organisation())
    defaults = {
        "slug": f"mission-{uuid4().hex[:8]}",
        "title": "Mission: Peru",
        "location": "Iquitos, Peru",
        "country": "PE",
        "region": "PE-LOR",
        "focus": "Trauma and general surgery",
        "is_published": True,
    }
    return Mission.objects.create(**defaults | fields)


def course(**fields: Any) -> Course:
    """Published, under a new published mission unless one (or None) is given."""
    if "mission" not in fields:
        fields["mission"] = mission()
    mine = fields["mission"].organisation if fields["mission"] else organisation()
    fields.setdefault("organisation", mine)
    defaults = {"slug": f"course-{uuid4().hex[:8]}", "title": "Paediatric surgery", "is_published": True}
    return Course.objects.create(**defaults | fields)


def session(**fields: Any) -> Session:
    """Starts in an hour and lasts two, in Lima's zone, registration open, 5 + 75 + 160 places."""
    if "course" not in fields:
        fields["course"] = course()
    fields.setdefault("starts_at", now() + timedelta(hours=1))
    fields.setdefault("planned_end_at", fields["starts_at"] + timedelta(hours=2))
    defaults = {
        "title": "Laparoscopic appendectomy",
        "procedure": "Appendectomy",
        "time_zone": "America/Lima",
        "languages": ["es", "en"],
        "or_capacity": 5,
        "auditorium_capacity": 75,
        "remote_capacity": 160,
        "is_registration_open": True,
    }
    return Session.objects.create(**defaults | fields)


def team_member(**fields: Any) -> TeamMember:
    """A moderator of a new session, unless told otherwise."""
    if "session" not in fields:
        fields["session"] = session()
    if "person" not in fields:
        fields["person"] = person(full_name="Mario Moderador")
    fields.setdefault("role", TeamRole.MODERATOR)
    return TeamMember.objects.create(**fields)


def enrolment(**fields: Any) -> Enrolment:
    """A confirmed remote attendee of a new session, from Loreto."""
    if "session" not in fields:
        fields["session"] = session()
    if "person" not in fields:
        fields["person"] = person()
    defaults = {
        "channel": Participation.REMOTE,
        "status": EnrolmentStatus.CONFIRMED,
        "full_name": fields["person"].full_name,
        "profession": Profession.SURGEON,
        "country": "PE",
        "region": "PE-LOR",
        "language": "en",
        "privacy_version": "2026-12",
    }
    fields = defaults | fields
    if fields["status"] == EnrolmentStatus.CONFIRMED:
        fields.setdefault("confirmed_at", now())
    return Enrolment.objects.create(**fields)


def room(**fields: Any) -> Room:
    """The room of a new session."""
    if "session" not in fields:
        fields["session"] = session()
    fields.setdefault("public_id", fields["session"].public_id)
    return Room.objects.create(**fields)
