"""Who is expected in a room: registered people by channel, their provinces, and the team."""

from dataclasses import dataclass

from django.db.models import Count

from courses.programme.models import Enrolment, EnrolmentStatus, TeamMember, TeamRole
from livesessions.room.models import Room


@dataclass(frozen=True, slots=True)
class Audience:
    """`registered` counts confirmed people by channel; `regions` are their ISO 3166-2 codes, each once."""

    registered: dict[str, int]
    regions: list[str]


def expected(room: Room) -> Audience:
    """One query."""
    confirmed = Enrolment.objects.filter(session=room.session_id, status=EnrolmentStatus.CONFIRMED).order_by()
    registered: dict[str, int] = {}
    regions: set[str] = set()
    for channel, region, people in confirmed.values_list("channel", "region").annotate(people=Count("id")):
        registered[channel] = registered.get(channel, 0) + people
        if region:
            regions.add(region)
    return Audience(registered, sorted(regions))


def team(room: Room) -> list[TeamMember]:
    """The team with its people, in the order of the roles. One query."""
    order = list(TeamRole.values)
    members = TeamMember.objects.filter(session=room.session_id).select_related("person").order_by("id")
    return sorted(members, key=lambda one: order.index(one.role))
