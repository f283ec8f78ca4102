"""What a person may do changes while they are connected: their sockets, and nobody else's, hear the new `can`."""

from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import transaction

from courses.programme.actions import team
from courses.programme.models import TeamRole
from livesessions.room import policies
from livesessions.room.rules.members import Member
from tests.realtime.conftest import Cast
from tests.realtime.peers import Peer

pytestmark = pytest.mark.django_db(transaction=True)


def can(role: str, *, is_muted: bool = False) -> list[str]:
    return policies.can(Member(0, "", "", role, "remote", is_muted=is_muted))


def rights_heard(peer: Peer) -> list[Any]:
    return [frame["eph"]["can"] for frame in peer.heard if "can" in frame.get("eph", {})]


async def test_the_muted_and_the_unmuted_hear_what_they_may_do(stage: Cast) -> None:
    tabs = [await stage.enter("ana", device="phone"), await stage.enter("ana", device="phone")]
    beto, moderator = await stage.enter("beto"), await stage.enter("moderator")
    for muted in (True, False):
        await moderator.do("person.mute", person=stage.people["ana"].public_id, muted=muted)
        for tab in tabs:
            await tab.ephemeral("can", can("attendee", is_muted=muted))
            assert tab.heard[-1]["eph"]["me"]["muted"] is muted
            tab.heard.clear()
    await moderator.do("chat.post", text="What was to be said of Ana has been said.")
    await beto.entry("chat.posted")
    assert rights_heard(beto) == rights_heard(moderator) == []


async def test_another_role_in_the_team_is_felt_without_a_new_hello(stage: Cast) -> None:
    mentor = await stage.enter("mentor")
    assert mentor.heard[0]["ok"]["can"] == can("mentor")
    await sync_to_async(_promote)(stage, "mentor", TeamRole.MODERATOR)
    await mentor.ephemeral("can", can("moderator"))
    assert mentor.heard[-1]["eph"]["me"]["role"] == "moderator"
    question = (await (await stage.enter("ana")).do("question.ask", text="How deep?"))["ok"]["question"]
    assert "ok" in await mentor.do("question.approve", question=question)


@transaction.atomic
def _promote(cast: Cast, who: str, role: TeamRole) -> None:
    coordinator, person = cast.people["coordinator"], cast.people[who]
    team.remove(by=coordinator, session=cast.session, person=person.public_id)
    team.assign(by=coordinator, session=cast.session, email=person.email, full_name=person.full_name, role=role)
