"""Reading the safety record back, and adding to it."""

from datetime import UTC, datetime, timedelta

import pytest

from livesessions.room.actions import safety as actions
from livesessions.room.models import SafetyEvent, SafetyKind, SafetyNote
from livesessions.room.policies import may_read_safety
from livesessions.room.queries import safety
from livesessions.room.rules.members import Member
from livesessions.room.rules.safety import lengths
from shared.errors import DomainError
from tests import factories

AT = datetime(2026, 5, 4, 15, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_how_long_a_stop_and_a_hold_lasted() -> None:
    kinds = ("hold", "stop", "clear", "resume", "stop")
    record = [(kind, AT + MINUTE * at) for at, kind in enumerate(kinds)]
    assert lengths(record) == [None, None, MINUTE, 3 * MINUTE, None]
    assert lengths([("clear", AT)]) == [None], "nothing it could end"


@pytest.mark.parametrize(
    ("role", "may"),
    [
        *((role, True) for role in ("moderator", "advocate", "surgeon", "coordinator")),
        *((role, False) for role in ("mentor", "trainee", "attendee")),
    ],
)
def test_who_reads_it(role: str, may: bool) -> None:
    assert may_read_safety(Member(1, "a", "A", role, "or")) is may
    assert not may_read_safety(Member(1, "a", "A", role, "or", is_banned=True))


def stopped() -> tuple[SafetyEvent, Member]:
    person = factories.person()
    event = SafetyEvent.objects.create(room=factories.room(), kind=SafetyKind.STOP, by=person, role="advocate", at=AT)
    return event, Member(person.pk, person.public_id, "A", "advocate", "or")


@pytest.mark.django_db
def test_a_note_is_added_once_and_never_changes_what_stands() -> None:
    event, member = stopped()
    for text in ("A bleeding.", " A bleeding. ", "Seen on the film."):
        actions.note(by=member, event=event, text=text, at=AT)
    assert [note.text for row in safety.record(event.room) for note in row.event.notes.all()] == [
        "A bleeding.",
        "Seen on the film.",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "code"), [("  ", "note.empty"), ("x" * 1001, "note.too_long"), ("\0", "text.invalid")]
)
def test_what_is_no_note(text: str, code: str) -> None:
    event, member = stopped()
    with pytest.raises(DomainError) as refused:
        actions.note(by=member, event=event, text=text, at=AT)
    assert refused.value.code == code
    assert not SafetyNote.objects.exists()


@pytest.mark.django_db
def test_an_outsider_adds_nothing() -> None:
    event, _ = stopped()
    with pytest.raises(DomainError, match="forbidden"):
        actions.note(by=Member(1, "m", "M", "mentor", "or"), event=event, text="Hello", at=AT)
    assert not SafetyNote.objects.exists()
