"""Loads what the programme shows: people, missions, courses, sessions, teams and registrations.

Everything is found again by its natural key (address, slug, public id) and never changed once it is there: what
somebody edited in the demonstration stays edited.
"""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from accounts.models import Membership, Organisation, Person, Role
from courses.programme.models import Course, Enrolment, EnrolmentStatus, Mission, Session, TeamMember
from demo.accounts import ACCOUNTS, LIVE
from demo.story import people, sessions
from demo.story.missions import COURSES, MISSIONS, ORGANISATIONS

People = dict[str, Person]  # by e-mail address


def load_people() -> People:
    """The demo accounts and the audience."""
    wanted = [_account(role) for role in ACCOUNTS] + [_guest(guest) for guest in people.audience()]
    known = Person.objects.in_bulk([person.email for person in wanted], field_name="email")
    made = Person.objects.bulk_create(person for person in wanted if person.email not in known)
    everybody = known | {person.email: person for person in made}
    _give_roles(everybody[ACCOUNTS["coordinator"].email])
    return everybody


def load_courses() -> dict[str, Course]:
    """The missions with their courses; the courses by slug."""
    known = Course.objects.in_bulk(COURSES, field_name="slug")
    for slug, facts in COURSES.items():
        if slug not in known:
            mission = _mission(facts["mission"])
            fields = facts | {"is_published": True, "mission": mission, "organisation": mission.organisation}
            known[slug] = Course.objects.create(slug=slug, **fields)
    return known


def load_sessions(courses: dict[str, Course], cast: People, *, at: datetime) -> dict[str, Session]:
    """The sessions with their teams and registrations, by public id. Upcoming ones that nobody opened and whose time
    has passed move on by whole weeks.
    """
    known = Session.objects.in_bulk([plan.public_id for plan in sessions.PLANS], field_name="public_id")
    for plan in sessions.PLANS:
        session = known.get(plan.public_id)
        if session is None:
            known[plan.public_id] = session = _session(plan, courses[plan.course], at)
            _staff(session, cast)
            _enrol(session, cast, at)
        elif plan.offset > timedelta(0) and _is_forgotten(session, at):
            _move_on(session, at)
    return known


def _give_roles(coordinator: Person) -> None:
    """One coordinator for everybody's missions: people may have roles in several organisations."""
    for name in ORGANISATIONS:
        Membership.objects.get_or_create(organisation=_organisation(name), person=coordinator, role=Role.COORDINATOR)


def _organisation(name: str) -> Organisation:
    return Organisation.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0]


def _mission(slug: str) -> Mission:
    facts = MISSIONS[slug]
    values = facts | {"is_published": True, "organisation": _organisation(facts["organisation"])}
    return Mission.objects.get_or_create(slug=slug, defaults=values)[0]


def _account(role: str) -> Person:
    profession, specialty, institution, country, region = people.PROFILES[role]
    return Person(
        email=ACCOUNTS[role].email,
        password=make_password(None),
        full_name=ACCOUNTS[role].name,
        profession=profession,
        specialty=specialty,
        institution=institution,
        country=country,
        region=region,
        language="es",
    )


def _guest(guest: people.Guest) -> Person:
    return Person(
        email=guest.email,
        password=make_password(None),
        full_name=guest.full_name,
        profession=guest.profession,
        specialty=guest.specialty,
        country="AR",
        region=guest.region,
        language="es",
    )


def _session(plan: sessions.Plan, course: Course, at: datetime) -> Session:
    starts_at = at + plan.offset
    if plan.public_id != LIVE:
        local = starts_at.astimezone(ZoneInfo(plan.time_zone))
        starts_at = local.replace(hour=sessions.HOUR, minute=0, second=0, microsecond=0)
    seats = dict(zip(("or_capacity", "auditorium_capacity", "remote_capacity"), plan.capacities, strict=True))
    return Session.objects.create(
        public_id=plan.public_id,
        course=course,
        title=plan.title,
        procedure=plan.procedure,
        summary=plan.summary,
        time_zone=plan.time_zone,
        starts_at=starts_at,
        planned_end_at=starts_at + sessions.LENGTH,
        languages=list(plan.languages),
        is_registration_open=True,
        **seats,
    )


def _staff(session: Session, cast: People) -> None:
    TeamMember.objects.bulk_create(
        TeamMember(session=session, person=cast[ACCOUNTS[role].email], role=as_) for role, as_ in people.TEAM.items()
    )


def _enrol(session: Session, cast: People, at: datetime) -> None:
    """The named attendees, and the audience: all of it for the Córdoba sessions of these days."""
    channels: dict[str, str] = {ACCOUNTS[role].email: channel for role, channel in people.ENROLLED.items()}
    if session.public_id in (LIVE, sessions.ENDED):
        channels |= {guest.email: guest.channel for guest in people.audience()}
    enrolled_at = min(session.starts_at, at) - timedelta(days=5)
    Enrolment.objects.bulk_create(
        Enrolment(
            session=session,
            person=cast[address],
            channel=channel,
            status=EnrolmentStatus.CONFIRMED,
            enrolled_at=enrolled_at + timedelta(minutes=17 * n),
            confirmed_at=enrolled_at + timedelta(minutes=17 * n),
            privacy_accepted_at=enrolled_at + timedelta(minutes=17 * n),
            privacy_version=settings.PRIVACY_NOTICE_VERSION,
            **_answers(cast[address]),
        )
        for n, (address, channel) in enumerate(channels.items())
    )


def _answers(person: Person) -> dict[str, Any]:
    names = ("full_name", "profession", "specialty", "institution", "country", "region", "language")
    return {name: getattr(person, name) for name in names}


def _is_forgotten(session: Session, at: datetime) -> bool:
    return session.planned_end_at < at and session.live_at is None and session.cancelled_at is None


def _move_on(session: Session, at: datetime) -> None:
    weeks = (at - session.starts_at) // timedelta(weeks=1) + 1
    session.starts_at += weeks * timedelta(weeks=1)
    session.planned_end_at += weeks * timedelta(weeks=1)
    session.save(update_fields=["starts_at", "planned_end_at"])
