"""Sessions: planned, changed, opened, cancelled, and what the live room reports back."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from courses.programme.actions import sessions
from courses.programme.models import EnrolmentStatus, Participation, Session
from shared.clock import now
from shared.errors import DomainError
from tests import factories

pytestmark = pytest.mark.django_db


def draft(**fields: Any) -> Session:
    starts_at = now() + timedelta(days=1)
    defaults: dict[str, Any] = {
        "course": factories.course(),
        "title": "Cleft palate",
        "time_zone": "America/Lima",
        "starts_at": starts_at,
        "planned_end_at": starts_at + timedelta(hours=2),
        "languages": ["es"],
    }
    return Session(**defaults | fields)


def test_planning_twice_with_one_id_is_one_session() -> None:
    by, session = factories.coordinator(), draft()
    first = sessions.plan(by=by, session=session)
    again = sessions.plan(by=by, session=draft(public_id=session.public_id, title="Sent twice"))
    assert first == again
    assert Session.objects.get().title == "Cleft palate"


def test_only_coordinators_plan() -> None:
    with pytest.raises(DomainError, match=r"plan\.forbidden"):
        sessions.plan(by=factories.person(), session=draft())
    assert not Session.objects.exists()


def test_the_end_comes_after_the_start() -> None:
    at = now()
    with pytest.raises(DomainError, match=r"session\.end_before_start"):
        sessions.plan(by=factories.coordinator(), session=draft(starts_at=at, planned_end_at=at))


def test_people_hear_of_a_new_time_once() -> None:
    by, enrolment = factories.coordinator(), factories.enrolment()
    session = enrolment.session
    session.starts_at += timedelta(minutes=30)
    sessions.change(by=by, session=session, at=now())
    sessions.change(by=by, session=session, at=now())
    session.refresh_from_db()
    assert [message.subject for message in mail.outbox] == [f"The session changed: {session.title}"]
    assert session.sequence == 1


def test_the_team_is_told_of_a_new_time_once() -> None:
    member = factories.team_member()
    by, session = factories.coordinator(), member.session
    session.starts_at += timedelta(minutes=30)
    sessions.change(by=by, session=session, at=now())
    sessions.change(by=by, session=session, at=now())
    (message,) = mail.outbox
    assert (message.to, message.subject) == ([member.person.email], f"Changed: {session.title}")
    assert session.starts_at.astimezone(session.zone).strftime("%-d") in message.body


def test_nobody_hears_of_a_new_summary() -> None:
    session = factories.enrolment().session
    session.summary = "Bring a notebook."
    sessions.change(by=factories.coordinator(), session=session, at=now())
    session.refresh_from_db()
    assert (mail.outbox, session.summary, session.sequence) == ([], "Bring a notebook.", 0)


def test_changing_the_plan_keeps_what_the_room_wrote() -> None:
    session = factories.session()
    stale = Session.objects.get(pk=session.pk)
    sessions.mark_live(session=session, at=now())
    sessions.change(by=factories.coordinator(), session=stale, at=now())
    session.refresh_from_db()
    assert session.live_at is not None


def test_a_capacity_cannot_fall_below_the_confirmed() -> None:
    session = factories.session(remote_capacity=3)
    factories.enrolment(session=session)
    factories.enrolment(session=session)
    factories.enrolment(session=session, status=EnrolmentStatus.WAITING)
    session.remote_capacity = 1
    with pytest.raises(DomainError) as refused:
        sessions.change(by=factories.coordinator(), session=session, at=now())
    assert (refused.value.code, refused.value.field) == ("session.capacity.taken", "remote_capacity")
    assert refused.value.params == {"confirmed": 2}
    session.remote_capacity = 2
    sessions.change(by=factories.coordinator(), session=session, at=now())
    session.refresh_from_db()
    assert session.capacity(Participation.REMOTE) == 2


def test_more_places_go_to_those_who_wait() -> None:
    session = factories.session(or_capacity=0)
    waiting = factories.enrolment(session=session, channel=Participation.OR, status=EnrolmentStatus.WAITING)
    session.or_capacity = 1
    sessions.change(by=factories.coordinator(), session=session, at=now())
    waiting.refresh_from_db()
    assert waiting.status == EnrolmentStatus.CONFIRMED


def test_registration_opens_and_closes() -> None:
    by, session = factories.coordinator(), factories.session(is_registration_open=False)
    sessions.set_registration(by=by, session=session, is_open=True, at=now())
    session.refresh_from_db()
    assert session.is_registration_open
    sessions.set_registration(by=by, session=session, is_open=False, at=now())
    session.refresh_from_db()
    assert not session.is_registration_open


def test_registration_of_a_past_session_stays_closed() -> None:
    session = factories.session(is_registration_open=False, ended_at=now())
    with pytest.raises(DomainError, match=r"session\.over"):
        sessions.set_registration(by=factories.coordinator(), session=session, is_open=True, at=now())


def test_outsiders_neither_open_nor_change_nor_cancel() -> None:
    outsider, session = factories.person(), factories.session()
    for refused in (
        lambda: sessions.set_registration(by=outsider, session=session, is_open=False, at=now()),
        lambda: sessions.change(by=outsider, session=session, at=now()),
        lambda: sessions.cancel(by=outsider, session=session, at=now()),
    ):
        with pytest.raises(DomainError, match=r"plan\.forbidden"):
            refused()


def test_cancelling_tells_the_team_once_and_in_their_language() -> None:
    member = factories.team_member(person=factories.person(language="pt"))
    by, session = factories.coordinator(), member.session
    sessions.cancel(by=by, session=session, at=now())
    sessions.cancel(by=by, session=session, at=now())
    (message,) = mail.outbox
    assert message.to == [member.person.email]
    assert message.extra_headers["Content-Language"] == "pt"
    assert session.title in message.body
    assert not session.is_registration_open


def test_a_session_that_took_place_cannot_be_cancelled() -> None:
    session = factories.session(ended_at=now())
    with pytest.raises(DomainError, match=r"session\.over"):
        sessions.cancel(by=factories.coordinator(), session=session, at=now())


def test_a_cancelled_session_cannot_be_changed() -> None:
    session = factories.session(cancelled_at=now())
    with pytest.raises(DomainError, match=r"session\.cancelled"):
        sessions.change(by=factories.coordinator(), session=session, at=now())


def test_only_the_first_report_of_going_live_counts() -> None:
    session, at = factories.session(), now()
    sessions.mark_live(session=session, at=at)
    sessions.mark_live(session=session, at=at + timedelta(minutes=5))
    assert session.live_at == at


def test_only_the_first_report_of_the_end_counts() -> None:
    session, at = factories.session(), now()
    sessions.mark_ended(session=session, at=at)
    sessions.mark_ended(session=session, at=at + timedelta(minutes=5))
    session.refresh_from_db()
    assert session.ended_at == at
