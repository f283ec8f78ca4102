"""Raised hands."""

from collections.abc import Callable
from typing import Any

from livesessions.room import events
from livesessions.room.actions import hands, moderation, safety, stage
from livesessions.room.queries import snapshots
from tests.room_cast import Cast


def up(cast: Cast) -> list[str]:
    return [hand["person"]["name"] for hand in snapshots.hands(cast.room)]


def test_raising_twice_keeps_the_place(cast: Cast) -> None:
    for name in ("attendee", "other", "attendee"):
        cast.do(hands.raise_, name)
    assert up(cast) == ["attendee", "other"]
    assert snapshots.hands(cast.room)[0]["raised_at"] == "2026-11-22T15:00:01.000Z"
    assert cast.me("attendee")["hand"] and not cast.me("trainee")["hand"]
    assert cast.entries() == []


def test_lowered_by_oneself_or_by_staff(cast: Cast, refused: Any, heard: Callable[..., list[Any]]) -> None:
    for name in ("attendee", "other"):
        cast.do(hands.raise_, name)
    assert refused(cast.do, hands.lower, "trainee", person=cast.id("attendee")) == "forbidden"
    news = heard(events.HandsChanged, cast.do, hands.lower, "mentor", person=cast.id("attendee"))
    assert news == [events.HandsChanged(cast.room.public_id, cast.id("attendee"))]
    assert heard(events.HandsChanged, cast.do, hands.lower, "attendee") == [], "it was down already"
    cast.do(hands.lower, "other")
    assert up(cast) == []


def test_not_while_stopped(cast: Cast, refused: Any) -> None:
    cast.do(safety.stop, "surgeon")
    assert refused(cast.do, hands.raise_, "attendee") == "stage.stopped"


def test_a_ban_and_the_end_take_hands_down(cast: Cast, heard: Callable[..., list[Any]]) -> None:
    for name in ("attendee", "other", "trainee"):
        cast.do(hands.raise_, name)
    cast.do(moderation.ban, "moderator", person=cast.id("attendee"), banned=True)
    assert up(cast) == ["other", "trainee"]
    news = heard(events.HandsChanged, cast.do, stage.end, "moderator")
    assert [item.person for item in news] == [cast.id("other"), cast.id("trainee")]
    assert up(cast) == []
