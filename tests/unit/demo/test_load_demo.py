"""The demonstration: complete the first time, left alone the second, live again the next day."""

from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.models import Person
from courses.programme.models import Course, Enrolment, Mission, Session
from demo import accounts
from demo.story import people, sessions
from demo.story.dialogue import ENDED_DIALOGUE, LIVE_DIALOGUE
from livesessions.attendance.models import Adjustment, PresenceSpan
from livesessions.attendance.queries import sheets
from livesessions.room.models import JournalEntry, LiveWindow, Question, Room, Stage
from shared import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo(settings: Any) -> None:
    settings.DEMO = True


def load(**options: object) -> str:
    out = StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


def counts() -> dict[str, int]:
    models = (Person, Mission, Course, Session, Enrolment, JournalEntry, Question, PresenceSpan, Adjustment, LiveWindow)
    return {model.__name__: model.objects.count() for model in models}


def on(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr("demo.management.commands.load_demo.now", lambda: at)


def test_three_missions_and_one_live_session() -> None:
    load()
    assert set(Mission.objects.values_list("location", "population")) == {
        ("Iquitos, Perú", 370_962),
        ("Cuzco, Perú", None),
        ("Córdoba, Argentina", None),
    }
    assert list(Room.objects.filter(stage=Stage.LIVE).values_list("public_id", flat=True)) == [accounts.LIVE]
    assert Session.objects.filter(starts_at__gt=clock.now()).count() == 5


def test_the_live_room_has_questions_in_every_state() -> None:
    load()
    states = set(Question.objects.filter(room__public_id=accounts.LIVE).values_list("status", flat=True))
    assert states == {"pending", "approved", "taken", "answered", "dismissed"}


def test_the_ended_session_has_an_attendance_that_adds_up() -> None:
    load()
    session = Session.objects.get(public_id=sessions.ENDED)
    sheet = sheets.sheet(session, clock.now())
    present = [line for line in sheet.lines if line.minutes]
    assert 50 <= len(present) <= 60
    assert Adjustment.objects.filter(room__public_id=sessions.ENDED).count() == 3
    window = LiveWindow.objects.get(room__public_id=sessions.ENDED)
    assert window.ended_at is not None
    longest = (window.ended_at - window.started_at).total_seconds() / 60
    assert max(line.minutes for line in present) <= longest


def test_a_second_load_changes_nothing() -> None:
    load()
    before = counts()
    load()
    assert counts() == before


def test_what_somebody_edited_stays_edited() -> None:
    load()
    Mission.objects.filter(slug="iquitos").update(title="Ours now")
    Person.objects.filter(email=accounts.ACCOUNTS["mentor"].email).update(full_name="Somebody else")
    load()
    assert Mission.objects.get(slug="iquitos").title == "Ours now"
    assert Person.objects.get(email=accounts.ACCOUNTS["mentor"].email).full_name == "Somebody else"


def test_the_next_day_the_session_is_live_again(monkeypatch: pytest.MonkeyPatch) -> None:
    load()
    said = JournalEntry.objects.count()
    tomorrow = clock.now() + timedelta(days=1)
    on(monkeypatch, tomorrow)
    load()
    room = Room.objects.select_related("session").get(public_id=accounts.LIVE)
    assert room.stage == Stage.LIVE
    assert room.session.starts_at == room.live_at == tomorrow - sessions.RUNNING
    assert room.session.planned_end_at > tomorrow
    assert JournalEntry.objects.count() == said
    first, second = LiveWindow.objects.filter(room=room)
    assert first.ended_at is not None
    assert first.ended_at < second.started_at
    assert second.ended_at is None


def test_an_ended_demo_session_goes_live_again_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    load()
    at = clock.now()
    Room.objects.filter(public_id=accounts.LIVE).update(stage=Stage.ENDED, is_stopped=True, ended_at=at)
    Session.objects.filter(public_id=accounts.LIVE).update(ended_at=at)
    load()
    room = Room.objects.select_related("session").get(public_id=accounts.LIVE)
    assert (room.stage, room.is_stopped, room.ended_at, room.session.ended_at) == (Stage.LIVE, False, None, None)
    kinds = list(JournalEntry.objects.filter(room=room).order_by("-id").values_list("kind", flat=True)[:2])
    assert kinds == ["stage.changed", "safety.cleared"]


def test_upcoming_sessions_stay_upcoming(monkeypatch: pytest.MonkeyPatch) -> None:
    load()
    later = clock.now() + timedelta(days=40)
    on(monkeypatch, later)
    load()
    upcoming = [plan.public_id for plan in sessions.PLANS if plan.offset > timedelta(0)]
    assert not Session.objects.filter(public_id__in=upcoming, planned_end_at__lt=later).exists()


def test_a_cancelled_demo_session_does_not_stop_the_start() -> None:
    load()
    Session.objects.filter(public_id__in=[accounts.LIVE, sessions.ENDED]).update(cancelled_at=clock.now())
    before = counts()
    load()
    assert counts() == before


def test_the_links_are_printed() -> None:
    shown = load(port=8765)
    assert all(f"http://127.0.0.1:8765/demo/sign-in/{role}/?key=" in shown for role in accounts.ACCOUNTS)


def test_greetings_come_from_where_people_are() -> None:
    load()
    regions = dict(Enrolment.objects.values_list("person__email", "region"))
    guests = [guest.email for guest in people.audience()]
    told = {"Ushuaia": "AR-V", "Jujuy": "AR-Y", "San Juan": "AR-J"}
    for step in (*LIVE_DIALOGUE, *ENDED_DIALOGUE):
        for place, region in told.items():
            if step.do == "chat" and f"desde {place}" in step.text:
                address = accounts.ACCOUNTS[step.who].email if isinstance(step.who, str) else guests[step.who]
                assert regions[address] == region


def test_nothing_invented_is_loaded_where_no_demonstration_is_wanted(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="nothing invented is loaded"):
        load()
    assert set(counts().values()) == {0}
