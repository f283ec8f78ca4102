"""Sessions as the programme and the plan list them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import Person
from courses.programme.models import Enrolment, EnrolmentStatus, Participation, Session
from courses.programme.models.sessions import overrun
from courses.programme.queries import own_courses, places
from courses.programme.queries.places import Places
from courses.programme.rules.sessions import Phase, Registration, registration
from web.amphitheatre import Ring, Tier

PAST_SHOWN = 12
RINGS: dict[Participation, Ring] = {
    Participation.OR: "or",
    Participation.AUDITORIUM: "auditorium",
    Participation.REMOTE: "remote",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A session, where it stands, and its channels with the places left."""

    session: Session
    phase: Phase
    registration: Registration
    places: tuple[Places, ...]

    @property
    def confirmed(self) -> int:
        """People with a place, all channels together."""
        return sum(place.confirmed for place in self.places)

    @property
    def left(self) -> int:
        """Places left, all channels together."""
        return sum(place.left for place in self.places)

    @property
    def tiers(self) -> list[Tier]:
        """The registered, as the amphitheatre draws them."""
        return [Tier(p.channel.value, RINGS[p.channel], str(p.channel.label), p.confirmed) for p in self.places]

    @property
    def waiting(self) -> int:
        return sum(place.waiting for place in self.places)


@dataclass(frozen=True, slots=True)
class Programme:
    """`live` and `upcoming` run forward in time, `past` backward."""

    live: list[Listed]
    upcoming: list[Listed]
    past: list[Listed]


def published() -> QuerySet[Session]:
    """What the public may see, as `policies.may_see_session` decides it for one."""
    shown = Q(course__mission=None) | Q(course__mission__is_published=True)
    return Session.objects.filter(shown, course__is_published=True).select_related("course__mission")


def planned(person: Person) -> QuerySet[Session]:
    """Of the organisations this person coordinates."""
    return Session.objects.filter(course__in=own_courses.planned(person)).select_related("course__mission")


def find(public_id: str) -> Session | None:
    """With its course and mission. One query."""
    return Session.objects.select_related("course__mission").filter(public_id=public_id).first()


def listed(sessions: Iterable[Session], at: datetime) -> list[Listed]:
    """The same sessions with their figures. One query."""
    kept = list(sessions)
    figures = places.by_session(kept)
    return [_listed(session, figures[session.pk], at) for session in kept]


def programme(sessions: QuerySet[Session], at: datetime) -> Programme:
    """Everything that runs or is to come, and the latest past sessions. Three queries."""
    horizon = at - overrun()
    current = sessions.filter(planned_end_at__gt=horizon).order_by("starts_at")
    past = sessions.filter(planned_end_at__lte=horizon).order_by("-starts_at")[:PAST_SHOWN]
    everything = listed([*current, *past], at)
    live = [item for item in everything if item.phase is Phase.LIVE]
    upcoming = [item for item in everything if item not in live and _is_to_come(item, at)]
    over = [item for item in everything if item not in live and item not in upcoming]
    over.sort(key=lambda item: item.session.starts_at, reverse=True)
    return Programme(live, upcoming, over[:PAST_SHOWN])


def active_enrolment(person: Person | None, session: Session) -> Enrolment | None:
    """The person's registration: asked for, confirmed, waiting or declined. One query, none for a stranger."""
    if person is None:
        return None
    enrolments = Enrolment.objects.filter(session=session, person=person)
    return enrolments.exclude(status=EnrolmentStatus.WITHDRAWN).first()


def _listed(session: Session, figures: tuple[Places, ...], at: datetime) -> Listed:
    phase = session.phase(at)
    left = [place.left for place in figures]
    return Listed(session, phase, registration(phase, is_open=session.is_registration_open, left=left), figures)


def _is_to_come(item: Listed, at: datetime) -> bool:
    """A cancelled session keeps its place until its time has passed, so that nobody waits for it."""
    return item.session.starts_at > at if item.phase is Phase.CANCELLED else not item.phase.is_past
