"""What the scripts of a room's pages are told: the `room-config` of docs/protocol.md and what comes with it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.programme.models import TeamMember, TeamRole
from livesessions.room import policies, tickets
from livesessions.room.models import Room
from livesessions.room.queries import audience
from livesessions.room.queries.members import Member
from livesessions.room.views.texts import texts
from places.regions import region_name
from shared.clock import iso, now
from web.amphitheatre import Ring, Tier


def page_context(request: HttpRequest, room: Room, member: Member) -> dict[str, Any]:
    """What the templates of the room, the desk and the wall are given. Two queries."""
    expected = audience.expected(room)
    return {
        "room": room,
        "session": room.session,
        "member": member,
        "config": room_config(request, room, member, expected),
        "texts": texts(),
        "tiers": tiers(expected),
        "may_see_desk": policies.may_hear_desk(member),
        "may_read_safety": policies.may_read_safety(member),
        "may_make_case": policies.may_make_case(member),
    }


def room_config(request: HttpRequest, room: Room, member: Member, expected: audience.Audience) -> dict[str, Any]:
    """As plain JSON values. One query."""
    language = get_language() or "en"
    team = audience.team(room)
    regions = {*expected.regions, member.region, *(one.person.region for one in team)} - {""}
    return {
        "room": room.public_id,
        "socket": _socket(request, room),
        "ticket": tickets.issue(room.public_id, member, request.session.session_key or ""),
        "epoch": room.epoch,
        "language": language,
        "now": iso(now()),
        "title": room.session.title,
        "starts_at": iso(room.session.starts_at),
        "planned_end_at": iso(room.session.planned_end_at),
        "time_zone": room.session.time_zone,
        "reopen_ms": settings.SESSION_REOPEN_MINUTES * 60_000,
        "me": {"id": member.id, "name": member.name, "role": member.role, "channel": member.channel},
        "team": [_teammate(one) for one in team],
        "roles": role_names(),
        "regions": {code: region_name(code, language) for code in sorted(regions)},
        "tiers": [tier.as_json() for tier in tiers(expected)],
        "urls": _urls(room),
    }


def tiers(expected: audience.Audience) -> list[Tier]:
    """The amphitheatre before anybody is seated."""
    labels: dict[Ring, str] = {"or": _("Operating room"), "auditorium": _("Auditorium"), "remote": _("Remote")}
    return [
        Tier(key=channel, ring=channel, label=label, registered=expected.registered.get(channel, 0))
        for channel, label in labels.items()
    ]


def _socket(request: HttpRequest, room: Room) -> str:
    return request.build_absolute_uri(f"/ws/rooms/{room.public_id}/").replace("http", "ws", 1)


def _urls(room: Room) -> dict[str, str]:
    """The long poll's two addresses belong to the realtime layer, beside the page's own."""
    page = reverse("livesessions:room-show", args=[room.public_id])
    return {
        "page": page,
        "ticket": reverse("livesessions:ticket-create", args=[room.public_id]),
        "events": f"{page}events/",
        "commands": f"{page}commands/",
    }


def _teammate(one: TeamMember) -> dict[str, str]:
    return {
        "id": one.person.public_id,
        "name": str(one.person),
        "role": one.role,
        "role_name": str(TeamRole(one.role).label),
    }


def role_names() -> dict[str, str]:
    named = {role.value: str(role.label) for role in TeamRole}
    return {**named, "coordinator": _("Coordinator"), "trainee": _("In the operating room"), "attendee": _("Attendee")}
