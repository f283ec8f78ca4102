"""Mutes and bans."""

from collections.abc import Callable
from typing import Any

import pytest

from livesessions.room import events
from livesessions.room.actions import moderation
from livesessions.room.models import Restriction
from tests import factories
from tests.room_cast import Cast


def mute(cast: Cast, by: str, person: str, muted: bool = True, **fields: Any) -> Any:
    return cast.do(moderation.mute, by, person=person, muted=muted, **fields)


def test_muted_and_heard_again(cast: Cast, heard: Callable[..., list[Any]]) -> None:
    person = cast.id("attendee")
    news = heard(events.RightsChanged, mute, cast, "moderator", person, reason="noise")
    assert news == [events.RightsChanged(cast.room.public_id, person)]
    assert cast.member("attendee").is_muted and cast.me("attendee")["muted"]
    card = cast.member("attendee").as_card()
    assert cast.last()["st"] == "desk"
    assert cast.last()["d"] == {"person": card, "muted": True, "reason": "noise"}
    assert cast.state()["desk"]["muted"] == [card]
    mute(cast, "moderator", person, muted=False)
    assert not cast.member("attendee").is_muted and cast.state()["desk"]["muted"] == []
    restriction = Restriction.objects.get()
    assert (restriction.reason, restriction.made_by, restriction.lifted_at) == (
        "noise",
        cast.people["moderator"],
        cast.at,
    )


def test_twice_is_once(cast: Cast) -> None:
    person = cast.id("attendee")
    for wanted in (False, True, True, False, False):
        mute(cast, "moderator", person, wanted)
    assert [entry.kind for entry in cast.entries()] == ["person.muted"] * 2


def test_a_ban_lasts_beyond_the_registration_and_can_be_lifted(cast: Cast, refused: Any) -> None:
    person = cast.id("attendee")
    cast.do(moderation.ban, "moderator", person=person, banned=True)
    assert cast.member("attendee").is_banned
    cast.people["attendee"].enrolments.all().delete()
    assert len(cast.state()["desk"]["banned"]) == 1
    cast.do(moderation.ban, "moderator", person=person, banned=False)
    assert cast.state()["desk"]["banned"] == []
    assert refused(cast.do, moderation.ban, "moderator", person=person, banned=True) == "person.unknown"


@pytest.mark.parametrize("target", ["coordinator", "surgeon", "advocate", "moderator"])
def test_whom_a_moderator_may_not_touch(cast: Cast, refused: Any, target: str) -> None:
    assert refused(mute, cast, "moderator", cast.id(target)) == "forbidden"
    assert refused(cast.do, moderation.ban, "moderator", person=cast.id(target), banned=True) == "forbidden"
    assert Restriction.objects.count() == 0


@pytest.mark.parametrize("outsider", ["attendee", "trainee", "mentor", "advocate", "surgeon"])
def test_outsiders(cast: Cast, refused: Any, outsider: str) -> None:
    assert refused(mute, cast, outsider, cast.id("other")) == "forbidden"
    assert refused(cast.do, moderation.ban, outsider, person=cast.id("other"), banned=True) == "forbidden"


def test_people_of_elsewhere_are_unknown(cast: Cast, refused: Any) -> None:
    for nobody in (factories.enrolment().person.public_id, "nobody"):
        assert refused(mute, cast, "moderator", nobody) == "person.unknown"
    assert refused(mute, cast, "moderator", cast.id("other"), reason="x" * 201) == "reason.too_long"
