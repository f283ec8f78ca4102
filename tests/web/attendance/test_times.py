"""The page on which a coordinator sets the real start, end and breaks."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from courses.programme.models import TeamRole
from livesessions.attendance.models import TimesCorrection
from livesessions.room.models import LiveWindow, Room, Stage
from tests import factories

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)  # 9 in Lima


@pytest.fixture
def room() -> Room:
    """Closed by itself, long after its planned end."""
    planned, ended = START + timedelta(hours=1), START + timedelta(hours=5)
    session = factories.session(starts_at=START, planned_end_at=planned, ended_at=ended)
    room = factories.room(session=session, stage=Stage.ENDED, live_at=START, ended_at=ended, is_closed_by_itself=True)
    LiveWindow.objects.create(room=room, started_at=START, ended_at=ended)
    return room


@pytest.fixture
def client() -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(factories.coordinator(full_name="Carla"))
    return client


def address(room: Room) -> str:
    return f"/sessions/{room.public_id}/attendance/times/"


def sent(client: Client, room: Room, **more: str) -> dict[str, str]:
    form = client.get(address(room)).context["form"]
    return {
        "key": str(form["key"].value()),
        "started_local": "2026-11-20T09:00:00",
        "ended_local": "2026-11-20T10:00:00",
        "reason": "Nobody pressed End",
        **more,
    }


def test_set_and_shown_on_sheet_and_page(client: Client, room: Room) -> None:
    person = factories.enrolment(session=room.session).person
    sheet = f"/sessions/{room.public_id}/attendance/"
    assert "closed by itself" in client.get(sheet).text and address(room) in client.get(sheet).text
    data = sent(client, room, break_0_start="09:20", break_0_end="09:30:00")
    for _ in range(2):
        answer = client.post(address(room), data)
        assert answer.status_code == 302
    made = TimesCorrection.objects.get()
    assert (made.started_at, made.ended_at) == (START, START + timedelta(hours=1))
    assert made.breaks.get().started_at == START + timedelta(minutes=20)
    for page in (address(room), sheet, f"{sheet}people/{person.public_id}/"):
        text = client.get(page).text
        assert "Carla set the real times" in text and "Nobody pressed End" in text and "(10:00)" in text


def test_bad_input_keeps_what_was_typed(client: Client, room: Room) -> None:
    data = sent(client, room, ended_local="2026-11-20T08:00", reason="Because", break_0_start="09:20")
    answer = client.post(address(room), data)
    assert answer.status_code == 422
    assert "A break needs both its times." in answer.text and "2026-11-20T08:00" in answer.text
    answer = client.post(address(room), data | {"break_0_end": "09:30"})
    assert (answer.status_code, "The end must come after the start." in answer.text) == (422, True)
    assert 'value="Because"' in answer.text and 'value="09:20' in answer.text
    assert client.post(address(room), {"started_local": "soon"}).status_code == 422
    assert TimesCorrection.objects.count() == 0


def test_a_moderator_reads_and_corrects_nothing(client: Client, room: Room) -> None:
    data = sent(client, room)
    moderator = Client()
    moderator.force_login(factories.team_member(session=room.session, role=TeamRole.MODERATOR).person)
    assert b"started_local" not in moderator.get(address(room)).content
    assert moderator.post(address(room), data).status_code == 403
    assert TimesCorrection.objects.count() == 0
