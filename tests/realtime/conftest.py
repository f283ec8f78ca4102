"""A live room with a cast, and the hub of each test's event loop taken down at its end."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connections

from accounts.models import Person
from courses.programme.models import Participation, Session, TeamRole
from livesessions.realtime import hub
from livesessions.room.models import Room, Stage
from shared.clock import now
from tests import factories
from tests.realtime import peers
from tests.realtime.peers import Peer


@dataclass
class Cast:
    """People of one live session; `peers` are their open connections."""

    session: Session
    people: dict[str, Person]
    outsider: Person
    peers: list[Peer] = field(default_factory=list)

    @property
    def room(self) -> str:
        return self.session.public_id

    def ticket(self, who: str) -> str:
        return peers.ticket_of(self.session, self.people[who])

    async def connect(self, who: str) -> Peer:
        """An open socket, before hello."""
        ticket = await sync_to_async(self.ticket)(who)
        peer = await peers.open_socket(self.room, ticket)
        self.peers.append(peer)
        return peer

    async def enter(self, who: str, **hello: Any) -> Peer:
        """A socket after hello; the answer is its first heard frame's `ok`."""
        peer = await self.connect(who)
        await peer.hello(**hello)
        return peer


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Moderator, mentor, surgeon, advocate, coordinator, two remote attendees, one trainee; the room is live."""
    session = factories.session()
    people = {"coordinator": factories.coordinator()}
    for role in TeamRole.values:
        people[role] = factories.person(full_name=role.capitalize())
        factories.team_member(session=session, person=people[role], role=role)
    for who, channel in (
        ("ana", Participation.REMOTE),
        ("beto", Participation.AUDITORIUM),
        ("trainee", Participation.OR),
    ):
        people[who] = factories.person(full_name=who.capitalize())
        factories.enrolment(session=session, person=people[who], channel=channel, full_name=who.capitalize())
    factories.room(session=session, stage=Stage.LIVE, live_at=now())
    return Cast(session, people, factories.person(full_name="Outsider"))


@pytest.fixture
async def stage(cast: Cast) -> AsyncIterator[Cast]:
    """The cast, and everybody gone with the hub at the end."""
    yield cast
    for peer in cast.peers:
        if not peer.socket.future.done():
            await peer.socket.disconnect(1000)
    await hub.close()
    await sync_to_async(connections.close_all)()  # that thread outlives the test, and so would its connection


def room_of(cast: Cast) -> Room:
    return Room.objects.select_related("session").get(public_id=cast.room)
