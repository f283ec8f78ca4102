"""What planning changes is felt in the room at once: a cancellation shows everybody out, a new start is told."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from courses.programme.actions import sessions
from courses.programme.models import Session
from livesessions.room.models import Room
from shared.clock import now
from tests import factories
from tests.realtime.conftest import Cast

pytestmark = pytest.mark.django_db(transaction=True)


async def plan(stage: Cast, action: Any, **changes: Any) -> None:
    """As a coordinator, in a thread that is not the room's."""

    def do() -> None:
        session = Session.objects.select_related("course").get(public_id=stage.room)
        for name, value in changes.items():
            setattr(session, name, value)
        action(by=factories.coordinator(), session=session, at=now())

    await sync_to_async(do)()


async def test_cancelled_while_live_shows_everybody_out(stage: Cast) -> None:
    ana, moderator = await stage.enter("ana"), await stage.enter("moderator")
    await plan(stage, sessions.cancel)
    for peer in (ana, moderator):
        told = await peer.entry("stage.changed")
        assert (told["d"]["stage"], told["by"]) == ("ended", None)
        assert await peer.closed() == 4506
    assert (await Room.objects.aget(public_id=stage.room)).stage == "ended"


async def test_an_open_lobby_hears_of_a_new_start(stage: Cast) -> None:
    ana = await stage.enter("ana")
    session = await Session.objects.aget(public_id=stage.room)
    starts_at = session.starts_at + timedelta(minutes=30)
    await plan(stage, sessions.change, starts_at=starts_at, planned_end_at=session.planned_end_at + timedelta(hours=1))
    told = (await ana.entry("session.moved"))["d"]
    assert datetime.fromisoformat(told["starts_at"]) == starts_at.replace(
        microsecond=starts_at.microsecond // 1000 * 1000
    )


async def test_a_session_over_by_its_times_lets_nobody_in(stage: Cast) -> None:
    await Session.objects.filter(public_id=stage.room).aupdate(
        starts_at=now() - timedelta(hours=7), planned_end_at=now() - timedelta(hours=5)
    )
    peer = await stage.connect("ana")
    await peer.send({"id": 1, "do": "hello", "device": "d"})
    assert await peer.closed() == 4506
