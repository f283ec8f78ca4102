"""Attendance facts of connections: written in bulk, ended by what the server knows, never beyond it."""

from typing import Any

import pytest

from livesessions.attendance.models import PresenceSpan
from livesessions.realtime import hub
from tests.realtime.conftest import Cast

pytestmark = pytest.mark.django_db(transaction=True)


async def test_a_stay_is_one_span(stage: Cast) -> None:
    ana = await stage.enter("ana")
    await ana.do("chat.post", text="hi")
    await hub.hub().presence.flush()
    span = await PresenceSpan.objects.aget(person=stage.people["ana"])
    assert (span.channel, span.source, span.ended_at) == ("remote", "socket", None)
    assert span.last_seen_at > span.started_at
    await ana.leave()
    await hub.hub().presence.flush()
    span = await PresenceSpan.objects.aget(person=stage.people["ana"])
    assert span.ended_at is not None
    assert span.ended_at == span.last_seen_at


async def test_a_broken_connection_counts_to_the_last_sign_of_life(stage: Cast) -> None:
    ana = await stage.enter("ana")
    await ana.send({"do": "beat", "seen": {}})
    await ana.do("history", cid=None, st="room", since=0)
    await hub.hub().presence.flush()
    before = await PresenceSpan.objects.aget(person=stage.people["ana"])
    await ana.socket.disconnect(1006)
    await hub.hub().presence.flush()
    after = await PresenceSpan.objects.aget(person=stage.people["ana"])
    assert after.ended_at == after.last_seen_at == before.last_seen_at


async def test_a_tick_that_fails_is_told_with_the_next(stage: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    await stage.enter("ana")
    presence = hub.hub().presence
    with monkeypatch.context() as broken:
        broken.setattr("livesessions.realtime.presence.spans.record", _fail)
        assert await presence.flush() == set()
    assert await PresenceSpan.objects.acount() == 0
    await presence.flush()
    assert await PresenceSpan.objects.acount() == 1


def _fail(spans: Any) -> None:
    raise OSError("the disk is full")


async def test_who_is_here_is_counted_by_person(stage: Cast, settings: Any) -> None:
    settings.ATTENDANCE_TICK_SECONDS = 0.05
    moderator = await stage.enter("moderator")
    for device in ("phone", "phone"):
        await stage.enter("ana", device=device)
    await stage.enter("beto")
    await stage.enter("trainee")
    await moderator.ephemeral("presence", {"or": 1, "auditorium": 1, "remote": 2, "hands": 0})


async def test_silence_ends_the_connection(stage: Cast, settings: Any) -> None:
    settings.ROOM_PING_SECONDS = 0.05
    settings.ROOM_BEAT_SECONDS = 0.1
    ana = await stage.enter("ana")
    assert await ana.closed() == 4006
    assert any("ping" in frame for frame in ana.heard)


async def test_beats_keep_it(stage: Cast, settings: Any) -> None:
    settings.ROOM_PING_SECONDS = 0.05
    settings.ROOM_BEAT_SECONDS = 0.2
    ana = await stage.enter("ana")
    for _ in range(8):
        while "ping" not in (frame := await ana.frame()):
            pass
        await ana.send({"do": "beat", "seen": frame["ping"]["top"]})
    assert "ok" in await ana.do("chat.post", text="still here")
