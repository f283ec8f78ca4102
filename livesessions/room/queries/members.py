"""Who a person is in a room: their role, their channel, and whether they were muted or banned."""

from collections.abc import Iterable
from hashlib import blake2b

from django.db.models import Exists, FilteredRelation, OuterRef, Q, Subquery

from accounts.models import Membership, Person, Role
from accounts.queries.licences import has_verified
from courses.programme.models import EnrolmentStatus, Participation, Session, TeamMember
from livesessions.room.models import Restriction, RestrictionKind, Room
from livesessions.room.rules.members import STAFF, Member

__all__ = ["STAFF", "Member", "find", "find_many"]

_IN_THE_OPERATING_ROOM = {"surgeon", "advocate"}


def find(*, room: Room, person: str) -> Member | None:
    """The member with this public id, or None for somebody with no place here. One query."""
    return find_many(room=room, people=[person]).get(person)


def find_many(*, room: Room, people: Iterable[str]) -> dict[str, Member]:
    """Members by public id. A team role wins over an enrolment; coordinators belong to every room of their
    organisation. A session for verified professionals has no others among its attendees. One query.
    """
    team = TeamMember.objects.filter(session=room.session_id, person=OuterRef("pk"))
    planners = Membership.objects.filter(
        person=OuterRef("pk"), role=Role.COORDINATOR, organisation__courses__sessions=room.session_id
    )
    in_force = Restriction.objects.filter(room=room, person=OuterRef("pk"), lifted_at=None)
    verified_only = Session.objects.filter(pk=room.session_id, verified_only=True)
    rows = (
        Person.objects.filter(public_id__in=list(people), is_active=True)
        .annotate(
            coordinates=Exists(planners),
            team_role=Subquery(team.values("role")[:1]),
            enrolment=FilteredRelation(
                "enrolments",
                condition=Q(enrolments__session=room.session_id, enrolments__status=EnrolmentStatus.CONFIRMED),
            ),
            is_kept_out=Exists(verified_only) & ~has_verified(),
            is_muted=Exists(in_force.filter(kind=RestrictionKind.MUTE)),
            is_banned=Exists(in_force.filter(kind=RestrictionKind.BAN)),
        )
        .values_list(
            "pk",
            "public_id",
            "full_name",
            "email",
            "region",
            "coordinates",
            "team_role",
            "enrolment__channel",
            "enrolment__full_name",
            "enrolment__region",
            "enrolment__link_key",
            "is_kept_out",
            "is_muted",
            "is_banned",
        )
    )
    by_id: dict[str, Member] = {}
    for row in rows:
        pk, public_id, name, email, home, coordinates, team_role, channel, enrolled_as, region, key, *marks = row
        kept_out, muted, banned = marks
        link = _mark(key) if key else ""
        role = team_role or ("coordinator" if coordinates else "")
        if role:
            place = (
                Participation.OR.value if role in _IN_THE_OPERATING_ROOM else (channel or Participation.REMOTE.value)
            )
            by_id[public_id] = Member(pk, public_id, name or email, role, place, home, muted, banned, link)
        elif channel and not kept_out:
            role = "trainee" if channel == Participation.OR else "attendee"
            by_id[public_id] = Member(pk, public_id, enrolled_as, role, channel, region, muted, banned, link)
    return by_id


def _mark(link_key: str) -> str:
    """Tells two links apart without being the secret in either: members are passed around and may be logged."""
    return blake2b(link_key.encode(), digest_size=8).hexdigest()
