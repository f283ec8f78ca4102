"""Who comes in: everything a hello needs from the database, for all who came in together."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from courses.programme.queries import passes
from livesessions.realtime.identity import Refused
from livesessions.realtime.protocol import Close
from livesessions.room import policies
from livesessions.room.actions import seats
from livesessions.room.actions.seats import Move
from livesessions.room.models import Room
from livesessions.room.queries import members, snapshots
from livesessions.room.queries.members import Member


@dataclass(frozen=True, slots=True)
class Join:
    """One hello: the room's database key, the person's public id, the device it comes from, the join link that its
    ticket rests on, and the browser it was given to, if any.
    """

    room: int
    person: str
    device: str
    at: datetime
    link: str = ""
    browser: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """`member` is None for who may not come in; `me` is their own state; over is the room whose session has ended."""

    member: Member | None
    me: dict[str, Any]
    is_over: bool = False


def admit(joins: list[Join]) -> list[Joined | Exception]:
    """Resolve the hellos, a constant number of queries per room and batch, and give attendees their seats."""
    rooms: defaultdict[int, list[Join]] = defaultdict(list)
    for join in joins:
        rooms[join.room].append(join)
    welcomes = {pk: _admit(pk, group) for pk, group in rooms.items()}
    return [welcomes[join.room].of(join) for join in joins]


@dataclass(frozen=True, slots=True)
class _Welcome:
    """What one room has to say to a batch: the people it lets in by public id, and where each attendee now sits."""

    joined: dict[str, Joined]
    seats: dict[str, str]
    browsers: dict[str, set[str]]  # whose each browser is now
    is_over: bool = False

    def of(self, join: Join) -> Joined | Exception:
        known = self.joined.get(join.person)
        if known and known.member and not _is_current(join, known.member, self.browsers):
            return Refused(Close.TICKET_EXPIRED)
        if self.seats.get(join.person, join.device) != join.device:
            return Refused(Close.REPLACED)  # by a hello of the same batch: no socket of theirs is here to be told
        return known or Joined(None, {}, self.is_over)


def _admit(room_pk: int, joins: list[Join]) -> _Welcome:
    room = Room.objects.select_related("session").get(pk=room_pk)
    if room.is_over(max(join.at for join in joins)):
        return _Welcome({}, {}, {}, is_over=True)
    people = members.find_many(room=room, people={join.person for join in joins})
    browsers = {join.browser for join in joins if join.browser}
    held = passes.holders(browsers, room.public_id) if browsers else {}
    welcome = {id_: member for id_, member in people.items() if policies.may_enter(member)}
    states = snapshots.many_me(room, list(welcome.values()))
    # Staff may follow on several devices; everybody else sits on the latest one.
    seated = [
        join
        for join in joins
        if (member := welcome.get(join.person)) and not member.is_staff and _is_current(join, member, held)
    ]
    seats.take(room=room, moves=[Move(welcome[join.person], join.device, join.at) for join in seated])
    joined = {id_: Joined(member, states[id_]) for id_, member in welcome.items()}
    return _Welcome(joined, {join.person: join.device for join in seated}, held)


def _is_current(join: Join, member: Member, browsers: dict[str, set[str]]) -> bool:
    """Whether the link and the browser that the ticket rests on are still the person's: a leaked one takes nobody's
    seat, nor does one that outlived a sign-out.
    """
    is_theirs = not join.browser or member.id in browsers.get(join.browser, ())
    return is_theirs and (not join.link or join.link == member.link)
