"""The sheet, its explanations, corrections and files: who may see them, and that all say the same."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from courses.programme.models import Participation, TeamRole
from livesessions.attendance.models import Adjustment, PresenceSpan, SpanSource
from livesessions.room.models import LiveWindow, Room, Stage
from places import regions
from tests import factories

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)


def after(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


@pytest.fixture
def room() -> Room:
    """Was live for an hour, long over."""
    session = factories.session(starts_at=START, title="Hernia repair")
    room = factories.room(session=session, stage=Stage.ENDED, ended_at=after(60))
    LiveWindow.objects.create(room=room, started_at=START, ended_at=after(60))
    return room


def attendee(room: Room, minutes: float = 30, **fields: object) -> Person:
    person = factories.enrolment(session=room.session, person=factories.person(**fields)).person
    PresenceSpan.objects.create(
        key=uuid4(),
        room=room,
        person=person,
        channel=Participation.REMOTE,
        source=SpanSource.SOCKET,
        started_at=START,
        last_seen_at=after(minutes),
        ended_at=after(minutes),
    )
    return person


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(name: str, room: Room, *more: str) -> str:
    return reverse(f"reports:attendance-{name}", args=[room.public_id, *more])


READING, EXPORTING = ["show", "headcount", "person"], ["csv", "xlsx"]


@pytest.mark.parametrize("name", [*READING, *EXPORTING, "adjust"])
def test_strangers_are_sent_to_sign_in_and_outsiders_refused(room: Room, name: str) -> None:
    ana = attendee(room)
    url = address(name, room, *([ana.public_id] if name in {"person", "adjust"} else []))
    ask = "post" if name == "adjust" else "get"
    answer = getattr(Client(), ask)(url)
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('account_login')}?next={url}")
    other_moderator = factories.team_member().person
    surgeon = factories.team_member(session=room.session, role=TeamRole.SURGEON).person
    for person in (ana, other_moderator, surgeon):
        assert getattr(signed_in(person), ask)(url).status_code == 403


def test_a_moderator_reads_but_neither_exports_nor_adjusts(room: Room) -> None:
    ana = attendee(room)
    client = signed_in(factories.team_member(session=room.session).person)
    page = client.get(address("person", room, ana.public_id))
    assert (page.status_code, b'name="minutes"' in page.content) == (200, False)
    assert b"sheet.csv" not in client.get(address("show", room)).content
    for name in EXPORTING:
        assert client.get(address(name, room)).status_code == 403
    assert client.post(address("adjust", room, ana.public_id), {}).status_code == 403


def test_people_are_sorted_as_their_language_sorts(room: Room) -> None:
    names = ["Álvarez Ana", "José Muñoz", "Nora Ruiz", "Ñuflo Chaves", "oscar Paz", "Zurita Luis"]
    for name in reversed(names):
        attendee(room, full_name=name)
    content = signed_in(factories.coordinator()).get(address("csv", room)).content.decode("utf-8-sig")
    assert [row[1] for row in csv.reader(io.StringIO(content))][1:] == names
    semicolons = signed_in(factories.coordinator()).get(address("csv", room), {"separator": "semicolon"})
    assert [row[1] for row in csv.reader(io.StringIO(semicolons.content.decode("utf-8-sig")), delimiter=";")][
        1:
    ] == names


def test_people_of_many_provinces_are_shown_too(room: Room) -> None:
    for code, _ in [pair for country in ("PE", "AR", "BR") for pair in regions.regions(country, "en")][:49]:
        factories.enrolment(session=room.session, country=code[:2], region=code)
    answer = signed_in(factories.coordinator()).get(address("show", room))
    in_the_key = 2
    assert (answer.status_code, answer.content.decode().count('<circle class="seat seat-')) == (200, 49 + in_the_key)


@pytest.mark.parametrize("name", [*READING, *EXPORTING, "adjust", "mine"])
def test_no_session_no_sheet(name: str) -> None:
    client = signed_in(factories.coordinator())
    args = ["nosuch", "nobody"] if name in {"person", "adjust"} else ["nosuch"]
    ask = client.post if name == "adjust" else client.get
    assert ask(reverse(f"reports:attendance-{name}", args=args)).status_code == 404


def test_whoever_is_not_on_the_sheet_has_no_page(room: Room) -> None:
    client = signed_in(factories.coordinator())
    assert client.get(address("person", room, factories.person().public_id)).status_code == 404


def test_the_page_and_the_file_say_the_same(room: Room) -> None:
    for minutes, name in ((30.5, "Ana"), (60, "<b>Ben</b>"), (12, "=Cora")):
        attendee(room, minutes, full_name=name)
    client = signed_in(factories.coordinator())
    page = client.get(address("show", room)).content.decode()
    answer = client.get(address("csv", room))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["Name"], row["Total minutes"]) for row in rows] == [
        ("Ana", "30.5"),
        ("<b>Ben</b>", "60.0"),
        ("'=Cora", "12.0"),
    ]
    assert "&lt;b&gt;Ben&lt;/b&gt;" in page
    for row in rows:
        for figure in ("Attended minutes", "Total minutes", "Share of the live time (%)"):
            assert f">{row[figure]}" in page
    assert "America/Lima" in page
    assert answer["Content-Disposition"] == 'attachment; filename="2026-11-20-hernia-repair-attendance.csv"'


def test_the_workbook_is_a_workbook(room: Room) -> None:
    attendee(room)
    answer = signed_in(factories.coordinator()).get(address("xlsx", room))
    assert answer.content.startswith(b"PK")
    assert answer["Content-Disposition"].endswith('.xlsx"')


@pytest.mark.parametrize("people", [1, 3])
def test_the_sheet_takes_the_same_queries_for_one_and_three(
    room: Room, people: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    for _ in range(people):
        attendee(room)
    client = signed_in(factories.coordinator())
    with django_assert_num_queries(12):  # session, person, session with course, room; eight for the sheet
        assert client.get(address("show", room)).status_code == 200


def test_an_empty_sheet_says_what_will_be_here() -> None:
    session = factories.session()
    answer = signed_in(factories.coordinator()).get(reverse("reports:attendance-show", args=[session.public_id]))
    assert b"Here everybody who registers will have a line" in answer.content


def test_the_headcount_counts_whoever_is_here(room: Room) -> None:
    Room.objects.update(ended_at=None, stage=Stage.LIVE)
    ana = attendee(room)
    PresenceSpan.objects.update(ended_at=None, source=SpanSource.CODE, channel=Participation.AUDITORIUM)
    client = signed_in(factories.coordinator())
    assert client.get(address("headcount", room)).json() == {"or": 0, "auditorium": 1, "remote": 0, "all": 1}
    assert b'data-count="auditorium">1<' in client.get(address("show", room)).content
    assert ana.full_name.encode() in client.get(address("show", room)).content


def test_a_figure_is_explained_step_by_step(room: Room) -> None:
    ana = attendee(room, 20)
    PresenceSpan.objects.create(
        key=uuid4(),
        room=room,
        person=ana,
        channel=Participation.AUDITORIUM,
        source=SpanSource.CODE,
        started_at=after(21),
        last_seen_at=after(31),
        ended_at=after(31),
    )
    page = signed_in(factories.coordinator()).get(address("person", room, ana.public_id)).content.decode()
    for told in (
        "code at the door",
        "09:20:00 to 09:21:00 (1:00)",
        "09:00:00 to 10:00:00 (1:00:00)",
        "09:00:00 to 09:31:00 (31:00)",
        "Together 31:00, of it 1:00 bridged: 31.0 minutes.",
    ):
        assert told in page


def test_an_adjustment_is_added_once_with_reason_and_author(room: Room) -> None:
    ana, chief = attendee(room), factories.coordinator()
    client = signed_in(chief)
    form = {"minutes": "-5", "reason": "Counted twice", "key": str(uuid4())}
    for _ in range(2):
        answer = client.post(address("adjust", room, ana.public_id), form)
        assert (answer.status_code, answer["Location"]) == (302, address("person", room, ana.public_id))
    made = Adjustment.objects.get()
    assert (made.minutes, made.reason, made.author, made.person) == (-5, "Counted twice", chief, ana)
    page = client.get(address("person", room, ana.public_id)).content.decode()
    assert "Counted twice" in page
    assert chief.full_name in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"minutes": "0"}, "Give at least one minute"),
        ({"minutes": "much"}, "Enter a whole number"),
        ({"reason": ""}, "This field is required"),
        ({"reason": "x" * 301}, "at most 300"),
        ({"key": "forged"}, "Add the adjustment"),
    ],
)
def test_a_wrong_adjustment_comes_back_with_what_was_typed(room: Room, wrong: dict[str, str], told: str) -> None:
    ana = attendee(room)
    form = {"minutes": "5", "reason": "Power cut", "key": str(uuid4())} | wrong
    answer = signed_in(factories.coordinator()).post(address("adjust", room, ana.public_id), form)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert f'value="{form["minutes"]}"' in answer.content.decode()
    assert not Adjustment.objects.exists()


def test_everybody_sees_their_own_line_by_sign_in_or_by_pass(room: Room) -> None:
    ana = attendee(room, full_name="Ana Quispe")
    attendee(room, full_name="Somebody Else")
    by_pass = Client()
    store = by_pass.session
    store["passes"] = {room.public_id: [ana.enrolments.get().link_key]}
    store.save()
    for client in (signed_in(ana), by_pass):
        page = client.get(address("mine", room)).content.decode()
        assert "Ana Quispe" in page
        assert "30.0" in page
        assert "Somebody Else" not in page
        assert 'name="minutes"' not in page


def test_strangers_have_no_line_and_people_without_a_place_none_either(room: Room) -> None:
    assert Client().get(address("mine", room)).status_code == 401
    assert signed_in(factories.person()).get(address("mine", room)).status_code == 404
