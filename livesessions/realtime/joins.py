"""Who comes in: everything a hello needs from the database, for all who came in together."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from livesessions import policies
from livesessions.actions import seats
from livesessions.models import Room, Stage
from livesessions.queries import members, snapshots
from livesessions.queries import seats as taken_seats
from livesessions.queries.members import Member


@dataclass(frozen=True, slots=True)
class Join:
    """One hello: the room's database key, the person's public id, the device it comes from."""

    room: int
    person: str
    device: str
    at: datetime


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
    over: set[int] = set()
    found: dict[tuple[int, str], Joined] = {}
    for room_pk, group in rooms.items():
        room = Room.objects.select_related("session").get(pk=room_pk)
        if room.stage == Stage.ENDED:
            over.add(room_pk)
            continue
        people = members.find_many(room=room, people={join.person for join in group})
        welcome = [m for m in people.values() if policies.may_enter(m)]
        states = snapshots.many_me(room, welcome)
        for member in welcome:
            found[room_pk, member.id] = Joined(member, states[member.id])
        _take_seats(room, [join for join in group if (room_pk, join.person) in found], people)
    return [found.get((join.room, join.person)) or Joined(None, {}, join.room in over) for join in joins]


def _take_seats(room: Room, joins: list[Join], people: dict[str, Member]) -> None:
    """Staff may follow on several devices; everybody else sits on the latest one."""
    seated = [join for join in joins if not people[join.person].is_staff]
    current = taken_seats.current(room.pk, [people[join.person].pk for join in seated])
    movers = [join for join in seated if current.get(people[join.person].pk) != join.device]
    if not movers:
        return
    with transaction.atomic():
        for join in movers:
            seats.take(room=room, member=people[join.person], device=join.device, at=join.at)
