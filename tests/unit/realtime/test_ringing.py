"""Ringing from a process in which nobody is connected: a layer that is away costs its caller nothing but a moment."""

from collections.abc import Iterator
from typing import Any

import pytest
from channels.layers import InMemoryChannelLayer
from channels_redis.pubsub import RedisPubSubChannelLayer

from livesessions.realtime import ringing
from livesessions.realtime.ringing import Ringer
from tests.hanging import hanging, nobody


@pytest.fixture(params=["away", "hung"])
def layer(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[RedisPubSubChannelLayer]:
    monkeypatch.setattr(ringing, "PATIENCE", 0.1)
    with hanging() as port:
        asked = port if request.param == "hung" else nobody()
        yield RedisPubSubChannelLayer(hosts=[f"redis://127.0.0.1:{asked}/0"])


def test_the_caller_goes_on(
    layer: RedisPubSubChannelLayer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(ringing, "get_channel_layer", lambda: layer)
    ringer = Ringer()
    for _ in range(20):
        ringer.ring("room", {"what": "rights", "person": "p"})
    assert len(caplog.records) == 1, "it is left alone for a while"


def test_others_hear_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Any] = []

    class Layer:
        async def group_send(self, group: str, message: dict[str, Any]) -> None:
            sent.append((group, message))

    monkeypatch.setattr(ringing, "get_channel_layer", Layer)
    Ringer().ring("abc", {"what": "hands", "person": "p"})
    assert sent == [
        ("room.abc", {"type": "room.bell", "room": "abc", "from": "", "items": [{"what": "hands", "person": "p"}]})
    ]


def test_without_others_nobody_is_rung(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ringing, "get_channel_layer", InMemoryChannelLayer)
    ringer = Ringer()
    monkeypatch.setattr(ringer, "_running", lambda: pytest.fail("an in-memory layer ends with its process"))
    ringer.ring("abc", {"what": "hands", "person": "p"})
