"""A room with one person of every role, and the means to give it commands in tests."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction

from accounts.models import Person
from courses.programme.models import Participation, TeamRole
from livesessions.room.actions import rooms
from livesessions.room.actions.journal import Written
from livesessions.room.actions.turns import Turn
from livesessions.room.models import JournalEntry, Room
from livesessions.room.queries import members, snapshots
from livesessions.room.queries.members import Member
from tests import factories

START = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
NAMES = ("attendee", "other", "trainee", "mentor", "moderator", "advocate", "surgeon", "coordinator")


@dataclass
class Cast:
    """`at` is the present instant of the test; `do` gives a command the way the writer does."""

    room_pk: int
    people: dict[str, Person]
    at: datetime = START
    written: list[Written] = field(default_factory=list)

    @property
    def room(self) -> Room:
        return Room.objects.select_related("session").get(pk=self.room_pk)

    def member(self, name: str) -> Member:
        member = members.find(room=self.room, person=self.people[name].public_id)
        assert member
        return member

    def id(self, name: str) -> str:
        return self.people[name].public_id

    def do(self, action: Any, name: str, *, cid: UUID | None = None, **fields: Any) -> Written:
        """As the person of this role, a second after the last command."""
        self.at += timedelta(seconds=1)
        member = self.member(name)
        with transaction.atomic():
            written: Written = action(Turn(rooms.locked(self.room_pk), member, self.at, cid), **fields)
        self.written.append(written)
        return written

    def state(self) -> dict[str, Any]:
        """The whole snapshot, the desk's part included, as it is after a trip over the wire; without hands."""
        room = self.room
        state = snapshots.public(room) | {"desk": snapshots.desk(room)}
        del state["desk"]["hands"]
        decoded: dict[str, Any] = json.loads(msgspec.json.encode(state))
        return decoded

    def me(self, name: str) -> dict[str, Any]:
        return snapshots.me(self.room, self.member(name))

    def entries(self, after: int = 0) -> list[JournalEntry]:
        """Those with a greater database key, in order of commit."""
        return list(JournalEntry.objects.filter(room=self.room_pk, pk__gt=after).order_by("pk"))

    def last(self) -> dict[str, Any]:
        """The newest entry, decoded."""
        entry: dict[str, Any] = json.loads(self.entries()[-1].wire)
        return entry


def assemble(stage: str = "live") -> Cast:
    """A room at this stage with everybody of NAMES in it."""
    session = factories.session()
    people = {
        name: factories.coordinator(full_name="Carla") if name == "coordinator" else factories.person(full_name=name)
        for name in NAMES
    }
    for role in TeamRole.values:
        factories.team_member(session=session, person=people[role], role=role)
    for name, channel in (("attendee", "remote"), ("other", "auditorium"), ("trainee", "or")):
        factories.enrolment(session=session, person=people[name], channel=Participation(channel))
    room = factories.room(session=session, stage=stage, live_at=START if stage in {"live", "hold"} else None)
    return Cast(room.pk, people)
