"""The page of the safety record."""

from typing import Any

import pytest
from django.test import Client

from livesessions.room.actions import rooms, safety, stage
from livesessions.room.actions.turns import Turn
from livesessions.room.models import Room, SafetyEvent
from livesessions.room.queries import members
from shared.clock import now
from tests import access
from tests.access import Cast

pytestmark = pytest.mark.django_db
DIRECT = ("surgeon", "moderator", "advocate", "coordinator")


@pytest.fixture
def cast() -> Cast:
    cast = access.cast()
    SafetyEvent.objects.all().delete()
    return cast


def turn(cast: Cast, who: str) -> Turn:
    member = members.find(room=cast.room, person=cast.people[who].public_id)
    assert member is not None
    return Turn(rooms.locked(cast.room.pk), member, now())


def play(cast: Cast) -> None:
    safety.stop(turn(cast, "advocate"), reason="A bleeding")
    safety.clear(turn(cast, "surgeon"))
    stage.hold(turn(cast, "moderator"))


def page(cast: Cast, who: str, zone: str = "") -> str:
    browser = cast.browser(who)
    browser.cookies["tz"] = zone
    answer = browser.get(f"/live/{cast.session.public_id}/safety/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_stopped_when_and_why(cast: Cast) -> None:
    play(cast)
    html = page(cast, "moderator", zone="Europe/Madrid")
    told = ["Stopped", "A bleeding", "Freed after a stop", "after 0:00 min", "Held"]
    assert [html.index(words) for words in told] == sorted(html.index(words) for words in told)
    for who in ("advocate", "surgeon", "moderator"):
        assert f"<bdi>{cast.people[who]}</bdi>" in html
    assert "Operating surgeon" in html
    assert "Lima" in html
    assert "Madrid" in html


def test_nothing_happened(cast: Cast) -> None:
    assert "Nobody stopped or held this session." in page(cast, "advocate")


def test_a_reason_is_added_afterwards_by_its_author_and_when(cast: Cast) -> None:
    play(cast)
    Room.objects.update(stage="ended")
    event = SafetyEvent.objects.filter(kind="stop").get()
    browser = cast.browser("advocate")
    address = f"/live/{cast.session.public_id}/safety/{event.pk}/"
    for _ in range(2):
        assert browser.post(address, {"text": "Seen <b>on</b> the film"}).status_code == 302
    assert page(cast, "coordinator").count("Seen &lt;b&gt;on&lt;/b&gt; the film") == 1
    refused = browser.post(address, {"text": "x" * 1001})
    assert refused.status_code == 422
    assert "The note is too long: at most 1000 characters." in refused.content.decode()
    assert "x" * 1001 in refused.content.decode()
    event.refresh_from_db()
    assert event.reason == "A bleeding"


def test_an_event_of_another_room_takes_no_note(cast: Cast) -> None:
    play(cast)
    other = access.cast()
    event = other.room.safety_events.get()
    answer = cast.browser("advocate").post(f"/live/{cast.session.public_id}/safety/{event.pk}/", {"text": "Hello"})
    assert answer.status_code == 404


def test_the_way_leads_there_for_those_who_may_read_it_alone(cast: Cast) -> None:
    address = f"/live/{cast.session.public_id}/safety/"
    for who in (*DIRECT, "mentor", "attendee"):
        browser = cast.browser(who)
        shown = address in browser.get(f"/sessions/{cast.session.public_id}/").content.decode()
        assert shown is (browser.get(address).status_code == 200) is (who in DIRECT)
    assert address in cast.browser("moderator").get(f"/live/{cast.session.public_id}/desk/").content.decode()
    assert address in cast.browser("coordinator").get(f"/plan/sessions/{cast.session.public_id}/").content.decode()


@pytest.mark.parametrize("events", [1, 3])
def test_queries_do_not_grow(cast: Cast, events: int, django_assert_num_queries: Any) -> None:
    for _ in range(events):
        safety.stop(turn(cast, "advocate"))
        safety.clear(turn(cast, "advocate"))
    for event in SafetyEvent.objects.all():
        event.notes.create(by=cast.people["advocate"], at=now(), text="Hello")
    browser: Client = cast.browser("advocate")
    with django_assert_num_queries(7):
        browser.get(f"/live/{cast.session.public_id}/safety/")
