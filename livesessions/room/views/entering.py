"""Who stands at the door of a room, and what they are told when they may not pass."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from courses.programme.policies import may_see_session
from courses.programme.queries import passes
from livesessions.room import policies
from livesessions.room.actions import rooms
from livesessions.room.models import Room
from livesessions.room.queries import members
from livesessions.room.queries.members import Member


@dataclass(frozen=True, slots=True)
class Visit:
    """A browser at a room. `member` is None for somebody without a place, `person` a public id, empty for strangers;
    `browser` is the key of its session.
    """

    room: Room
    member: Member | None
    person: str
    browser: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.person)

    @property
    def may_enter(self) -> bool:
        return self.member is not None and policies.may_enter(self.member)

    @property
    def may_see_desk(self) -> bool:
        return self.member is not None and policies.may_hear_desk(self.member)


def visit(request: HttpRequest, room: str, wanted: str = "") -> Visit:
    """The room with this public id and who this browser is in it.

    A tab names its person with `?as=`: a browser may hold the links of several. 404 when there is no such session, or
    for somebody without a place in a draft: it stays secret here too.
    """
    wanted = wanted or request.GET.get("as", "")
    found = rooms.for_session(room)
    if found is None:
        raise Http404("no such session")
    person = passes.person_for(request, room, wanted)
    member = members.find(room=found, person=person.public_id) if person else None
    if member is None and not may_see_session(request.user, found.session):
        raise Http404("no such session")
    return Visit(found, member, person.public_id if person else "", request.session.session_key or "")


def turn_away(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The page for somebody who may not enter: 401 for a stranger, 403 for a person without a place."""
    status = 403 if visit.is_known else 401
    context = {"room": visit.room, "session": visit.room.session, "member": visit.member, "is_known": visit.is_known}
    return render(request, "room/turned_away.html", context, status=status)
