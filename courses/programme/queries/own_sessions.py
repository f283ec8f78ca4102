"""One person's own sessions: those they registered for and those they work at."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Person
from courses.programme.models import Enrolment, EnrolmentStatus, TeamMember
from courses.programme.rules.sessions import Phase

_ASKED = {EnrolmentStatus.REQUESTED, EnrolmentStatus.DECLINED}


@dataclass(frozen=True, slots=True)
class Registration:
    """`ahead`: how many have waited longer for the same channel, for somebody who waits."""

    enrolment: Enrolment
    phase: Phase
    ahead: int

    @property
    def is_undecided(self) -> bool:
        return self.enrolment.status == EnrolmentStatus.REQUESTED


@dataclass(frozen=True, slots=True)
class Role:
    member: TeamMember
    phase: Phase


@dataclass(frozen=True, slots=True)
class Mine:
    """`upcoming`, `waiting`, `asked` (and the answer was no, or there is none yet) and `roles` run forward in time,
    `past` backward. Withdrawn registrations are left out.
    """

    upcoming: list[Registration]
    waiting: list[Registration]
    asked: list[Registration]
    past: list[Registration]
    roles: list[Role]

    @property
    def is_empty(self) -> bool:
        return not (self.upcoming or self.waiting or self.asked or self.past or self.roles)


def of(person: Person, at: datetime) -> Mine:
    """Two queries."""
    active = Enrolment.objects.filter(person=person).exclude(status=EnrolmentStatus.WITHDRAWN)
    counted = active.annotate(ahead=Coalesce(Subquery(_longer_waiting()), 0)).order_by("session__starts_at")
    everything = [
        Registration(enrolment, enrolment.session.phase(at), enrolment.ahead)
        for enrolment in counted.select_related("session__course__mission")
    ]
    current = [item for item in everything if not item.phase.is_past]
    members = TeamMember.objects.filter(person=person).select_related("session__course__mission")
    return Mine(
        upcoming=[item for item in current if item.enrolment.status == EnrolmentStatus.CONFIRMED],
        waiting=[item for item in current if item.enrolment.status == EnrolmentStatus.WAITING],
        asked=[item for item in current if item.enrolment.status in _ASKED],
        past=[item for item in reversed(everything) if item.phase.is_past],
        roles=[Role(member, member.session.phase(at)) for member in members.order_by("session__starts_at")],
    )


def find(public_id: str) -> Enrolment | None:
    """A registration with its session. One query."""
    return Enrolment.objects.select_related("session").filter(public_id=public_id).first()


def _longer_waiting() -> QuerySet[Any, Any]:
    """`queries.enrolments.ahead_of`, for every row of an outer query."""
    mine = {
        "session": OuterRef("session"),
        "channel": OuterRef("channel"),
        "status": EnrolmentStatus.WAITING,
        "unanswered_since": None,
    }
    earlier = Q(enrolled_at__lt=OuterRef("enrolled_at")) | Q(enrolled_at=OuterRef("enrolled_at"), pk__lt=OuterRef("pk"))
    rows = Enrolment.objects.filter(earlier, **mine).order_by()
    return rows.values("session").annotate(n=Count("pk")).values("n")
