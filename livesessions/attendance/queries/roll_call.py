"""Who is on the roll of the operating room, and who of them is there."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import Person
from courses.programme.models import EnrolmentStatus, Participation
from livesessions.attendance.models import SpanSource
from livesessions.attendance.queries import sheets
from livesessions.room import policies
from livesessions.room.models import Room
from livesessions.room.queries import members
from livesessions.room.rules.members import Member
from shared import plain_text


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody on the roll; `since` is None while they are not in the operating room."""

    member: Member
    since: datetime | None


def places(room: Room) -> list[Place]:
    """Those registered for the operating room and the team, by name, whoever is in there first. Four queries."""
    enrolled = Person.objects.filter(
        enrolments__session=room.session_id,
        enrolments__channel=Participation.OR,
        enrolments__status=EnrolmentStatus.CONFIRMED,
    )
    team = Person.objects.filter(team_roles__session=room.session_id)
    people = [*enrolled.values_list("public_id", flat=True), *team.values_list("public_id", flat=True)]
    since = sheets.declared_open(room.pk, SpanSource.ROLL_CALL)
    found = members.find_many(room=room, people=people).values()
    roll = [Place(member, since.get(member.pk)) for member in found if policies.may_be_called(member)]
    return sorted(roll, key=lambda place: (place.since is None, plain_text.by_name(place.member.name)))
