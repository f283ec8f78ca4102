"""The longest wait comes first, and what planning changes is told to everybody concerned."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

from courses.programme.actions import decisions, enrolments, seats, sessions
from courses.programme.events import EnrolmentChanged
from courses.programme.models import Enrolment, EnrolmentStatus, Participation, Session
from courses.programme.queries import links
from courses.programme.queries.enrolments import ahead_of
from shared.clock import now
from shared.errors import DomainError
from tests import factories
from tests.registering import AT, CONFIRMED, WAITING, calendar_of, queue_of, register, sent
from web.bus import listen


@pytest.mark.django_db
def test_a_full_channel_has_a_line_and_a_withdrawal_moves_it() -> None:
    session = factories.session(remote_capacity=1)
    first, second, third = (register(session, f"{name}@example.org") for name in ("a", "b", "c"))
    assert [first.status, second.status, third.status] == [CONFIRMED, WAITING, WAITING]
    assert sent().attachments == []
    assert "Your personal link to the room" not in sent().body
    assert (ahead_of(second), ahead_of(third)) == (0, 1)

    mail.outbox.clear()
    enrolments.withdraw(enrolment=first, at=now())

    assert [(m.to[0], m.subject.partition(":")[0]) for m in mail.outbox] == [
        ("a@example.org", "You withdrew"),
        ("b@example.org", "A place for you"),
    ]
    assert calendar_of(mail.outbox[0])["METHOD"] == "CANCEL"
    second.refresh_from_db()
    assert second.status == CONFIRMED
    assert second.confirmed_at is not None
    assert queue_of(session) == ["c@example.org"]


@pytest.mark.django_db
def test_withdrawing_twice_is_withdrawing_once() -> None:
    enrolment = register(factories.session())
    first = enrolments.withdraw(enrolment=enrolment, at=AT)
    second = enrolments.withdraw(enrolment=enrolment, at=AT + timedelta(hours=1))
    assert first.withdrawn_at == second.withdrawn_at == AT
    assert len(mail.outbox) == 2


@pytest.mark.django_db
def test_who_comes_back_stands_at_the_end_of_the_line() -> None:
    session = factories.session(remote_capacity=1)
    first, second = register(session, "a@example.org"), register(session, "b@example.org")
    third = register(session, "c@example.org")
    enrolments.withdraw(enrolment=first, at=now())

    back = enrolments.come_back(enrolment=first, at=now())
    assert back.status == WAITING
    assert queue_of(session) == ["c@example.org", "a@example.org"]
    again = enrolments.come_back(enrolment=first, at=now())
    assert again.enrolled_at == back.enrolled_at
    second.refresh_from_db()
    assert (second.status, third.status) == (CONFIRMED, WAITING)


@pytest.mark.django_db
def test_registering_after_a_withdrawal_keeps_the_new_answers() -> None:
    session = factories.session()
    enrolments.withdraw(enrolment=register(session), at=now())
    back = register(session, channel="auditorium", full_name="Rosa H.")
    assert (back.status, back.channel, back.full_name, back.withdrawn_at) == (CONFIRMED, "auditorium", "Rosa H.", None)
    assert Enrolment.objects.count() == 1


@pytest.mark.django_db
def test_a_closed_session_takes_nobody_back() -> None:
    session = factories.session()
    enrolment = enrolments.withdraw(enrolment=register(session), at=now())
    Session.objects.update(is_registration_open=False)
    with pytest.raises(DomainError, match=r"enrolment\.closed"):
        enrolments.come_back(enrolment=enrolment, at=now())


@pytest.mark.django_db
def test_nobody_is_promoted_into_a_session_that_is_over() -> None:
    session = factories.session(remote_capacity=1)
    register(session, "a@example.org")
    second = register(session, "b@example.org")
    Session.objects.update(ended_at=AT, remote_capacity=2)
    seats.promote(session=session, at=now())
    second.refresh_from_db()
    assert second.status == WAITING


@pytest.mark.django_db
@pytest.mark.parametrize("live", [True, False])
def test_past_the_planned_end_the_waiting_list_still_moves(live: bool) -> None:
    session = factories.session(remote_capacity=1)
    first, second = register(session, "a@example.org"), register(session, "b@example.org")
    Session.objects.update(live_at=session.starts_at if live else None)
    late = session.planned_end_at + timedelta(minutes=10)
    enrolments.withdraw(enrolment=first, at=late)
    second.refresh_from_db()
    assert second.status == EnrolmentStatus.CONFIRMED


@pytest.mark.django_db
@pytest.mark.parametrize(("past", "code"), [("ended_at", "session.over"), ("cancelled_at", "session.cancelled")])
def test_what_happened_is_not_rewritten(past: str, code: str) -> None:
    session = factories.session()
    kept = register(session)
    Session.objects.update(**{past: AT})
    by = factories.coordinator()
    for change in (
        lambda: enrolments.withdraw(enrolment=kept, at=now()),
        lambda: decisions.remove(by=by, enrolment=kept, at=now()),
        lambda: decisions.move(by=by, enrolment=kept, channel=Participation.AUDITORIUM, at=now()),
        lambda: decisions.confirm(by=by, enrolment=kept, at=now()),
    ):
        with pytest.raises(DomainError, match=code):
            change()
    kept.refresh_from_db()
    assert (kept.status, kept.channel) == (EnrolmentStatus.CONFIRMED, Participation.REMOTE)


@pytest.mark.django_db
def test_each_letters_calendar_file_is_newer_than_the_last(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    session = factories.session()
    mail.outbox.clear()
    enrolment = register(session, "a@example.org")
    enrolments.withdraw(enrolment=enrolment, at=now())
    enrolments.come_back(enrolment=Enrolment.objects.get(), at=now())
    session.starts_at -= timedelta(minutes=10)
    with django_capture_on_commit_callbacks(execute=True):
        sessions.change(by=factories.coordinator(), session=session, at=now())
    with django_capture_on_commit_callbacks(execute=True):
        sessions.cancel(by=factories.coordinator(), session=session, at=now())
    files = [calendar_of(m) for m in mail.outbox if m.attachments]  # type: ignore[arg-type]
    told = [(file["METHOD"], file.walk("VEVENT")[0]["SEQUENCE"]) for file in files]
    assert told == [("PUBLISH", 0), ("CANCEL", 1), ("PUBLISH", 2), ("PUBLISH", 3), ("CANCEL", 4)]


# News from planning


@pytest.mark.django_db
def test_more_places_move_the_line(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    session = factories.session(remote_capacity=1)
    for name in "abcd":
        register(session, f"{name}@example.org")
    session.remote_capacity = 3
    with django_capture_on_commit_callbacks(execute=True):
        sessions.change(by=factories.coordinator(), session=session, at=now())
    assert queue_of(session) == ["d@example.org"]
    assert sorted(m.to[0] for m in mail.outbox if m.subject.startswith("A place")) == ["b@example.org", "c@example.org"]


@pytest.mark.django_db
def test_a_moved_session_is_told_to_all_who_come(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    session = factories.session(remote_capacity=1)
    register(session, "a@example.org")
    register(session, "waits@example.org")
    gone = register(session, "gone@example.org", channel="auditorium")
    enrolments.withdraw(enrolment=gone, at=now())
    mail.outbox.clear()

    session.starts_at += timedelta(days=1)
    session.planned_end_at += timedelta(days=1)
    with django_capture_on_commit_callbacks(execute=True):
        sessions.change(by=factories.coordinator(), session=session, at=now())

    assert [m.to[0] for m in mail.outbox] == ["a@example.org", "waits@example.org"]
    first = mail.outbox[0]
    assert isinstance(first, EmailMultiAlternatives)
    event = calendar_of(first).walk("VEVENT")[0]
    assert (event["SEQUENCE"], event.start) == (1, session.starts_at.replace(microsecond=0))


@pytest.mark.django_db
def test_a_cancelled_session_leaves_the_calendars(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    session = factories.session()
    enrolment = register(session)
    with django_capture_on_commit_callbacks(execute=True):
        sessions.cancel(by=factories.coordinator(), session=session, at=now())
    message = next(m for m in mail.outbox if m.subject.startswith("Cancelled") and m.to == ["rosa@example.org"])
    assert isinstance(message, EmailMultiAlternatives)
    event = calendar_of(message).walk("VEVENT")[0]
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert links.join_url(enrolment) not in message.body


@pytest.mark.django_db
def test_the_room_hears_of_every_change(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    heard: list[EnrolmentChanged] = []
    listen(EnrolmentChanged, heard.append)
    session = factories.session()
    with django_capture_on_commit_callbacks(execute=True):
        enrolment = register(session)
        decisions.renew_link(by=factories.coordinator(), enrolment=enrolment, at=now())
        enrolments.withdraw(enrolment=enrolment, at=now())
    assert heard == [EnrolmentChanged(session.public_id, enrolment.person.public_id)] * 3
