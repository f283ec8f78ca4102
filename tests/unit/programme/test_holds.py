"""A seat needs a mailbox: it is held for an answer, and invented people neither fill a room nor mail a town."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django_tasks_db.models import DBTaskResult

from courses.programme.actions import decisions, enrolments, seats
from courses.programme.models import Enrolment, Session
from courses.programme.queries import links
from courses.programme.queries.enrolments import ahead_of, places_of
from courses.programme.rules import holds
from shared.clock import now
from tests import factories
from tests.registering import AT, CONFIRMED, STRANGER, WAITING, answers, ask, queue_of, register, sent

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def later(**ago: float) -> None:
    """Time passes: what was held runs out."""
    Enrolment.objects.exclude(held_until=None).update(held_until=now() - timedelta(**ago))


@pytest.mark.parametrize(
    ("until_start", "held"),
    [
        (timedelta(minutes=5), HOUR),
        (HOUR * 8, HOUR * 2),
        (timedelta(days=30), timedelta(days=1)),
        (-HOUR, HOUR),
    ],
)
def test_a_seat_is_held_the_longer_the_farther_the_day(until_start: timedelta, held: timedelta) -> None:
    assert holds.hold_until(AT, starts_at=AT + until_start, shortest=HOUR) == AT + held


@pytest.mark.parametrize(
    ("by_client", "seconds"), [(0, 0), (40, 0), (41, 0.2), (109, 13.8), (234, 38.8), (300, 52), (310, 152)]
)
def test_mails_of_an_auditorium_leave_within_minutes_and_those_of_a_flood_do_not(
    by_client: int, seconds: float
) -> None:
    assert holds.mail_due(AT, by_client=by_client, in_all=by_client) == AT + timedelta(seconds=seconds)


def test_the_site_never_mails_all_at_once() -> None:
    assert holds.mail_due(AT, by_client=0, in_all=1_100) == AT + timedelta(seconds=20)


def test_a_strangers_seat_is_held_and_kept_by_an_answer() -> None:
    session = factories.session(remote_capacity=1)
    enrolment = ask(session, client="hall")
    assert (enrolment.status, enrolment.client) == (CONFIRMED, "hall")
    assert enrolment.held_until is not None
    assert sent().subject == "Keep your place: Laparoscopic appendectomy"
    assert "The place is held until" in sent().body
    assert links.join_url(enrolment) in sent().body

    kept = enrolments.answer(enrolment=enrolment, at=now())
    assert (kept.status, kept.held_until, kept.unanswered_since, kept.client) == (CONFIRMED, None, None, "")
    seats.free_unanswered(now() + timedelta(days=9))
    assert Enrolment.objects.get().status == CONFIRMED
    assert len(mail.outbox) == 1


def test_a_seat_that_nobody_answers_for_goes_to_the_next_registration_without_any_job() -> None:
    session = factories.session(remote_capacity=1)
    invented = ask(session, "nobody@example.org")
    later(seconds=1)
    real = ask(session, "rosa@example.org")
    invented.refresh_from_db()
    assert (real.status, invented.status) == (CONFIRMED, WAITING)


def test_the_job_frees_it_for_whoever_waits() -> None:
    session = factories.session(remote_capacity=1)
    ask(session, "nobody@example.org")
    waits = register(session, "waits@example.org")
    assert waits.status == WAITING
    seats.free_unanswered(now())
    assert queue_of(session) == ["waits@example.org"]
    later(seconds=1)
    seats.free_unanswered(now())
    waits.refresh_from_db()
    assert waits.status == CONFIRMED
    assert sent().to == ["waits@example.org"]


def test_who_answers_late_gets_a_free_seat_or_stands_in_line() -> None:
    session = factories.session(remote_capacity=1)
    late = ask(session, "late@example.org")
    later(seconds=1)
    seats.free_unanswered(now())
    late.refresh_from_db()
    assert late.status == WAITING
    again = enrolments.answer(enrolment=late, at=now())
    assert again.status == CONFIRMED

    other = ask(session, "other@example.org")
    assert other.status == WAITING
    assert enrolments.answer(enrolment=other, at=now()).status == WAITING
    assert ahead_of(other) == 0


def test_nobody_needs_the_seat_and_a_late_answer_still_keeps_it() -> None:
    enrolment = ask(factories.session())
    later(hours=5)
    assert enrolments.answer(enrolment=enrolment, at=now()).status == CONFIRMED


def test_who_waits_and_has_not_answered_gets_what_nobody_else_wants_once() -> None:
    session = factories.session(remote_capacity=1)
    first = register(session, "first@example.org")
    second = ask(session, "second@example.org", client="hall")
    enrolments.withdraw(enrolment=first, at=now())
    second.refresh_from_db()
    assert (second.status, sent().to, sent().subject.partition(":")[0]) == (
        CONFIRMED,
        ["second@example.org"],
        "Keep your place",
    )
    later(seconds=1)
    seats.free_unanswered(now())
    seats.free_unanswered(now())
    second.refresh_from_db()
    assert second.status == WAITING  # the seat stays free for whoever answers or comes
    assert ask(session, "third@example.org").status == CONFIRMED


def test_who_has_not_answered_stands_in_nobodys_way() -> None:
    session = factories.session(remote_capacity=1)
    first = register(session, "first@example.org")
    ask(session, "invented@example.org")
    second = register(session, "second@example.org")
    assert places_of(session, "remote").waiting == 1
    assert ahead_of(second) == 0
    enrolments.withdraw(enrolment=first, at=now())
    second.refresh_from_db()
    assert second.status == CONFIRMED


def test_a_hundred_and_ten_invented_people_leave_room_for_a_real_one() -> None:
    session = factories.session(remote_capacity=100)
    for number in range(110):
        ask(session, f"invented{number}@example.org", client="attacker")
    assert Enrolment.objects.filter(status=CONFIRMED).count() == holds.SEATS_PER_CLIENT
    assert ask(session, "rosa@example.org", client="elsewhere").status == CONFIRMED


def test_an_auditorium_behind_one_address_gets_all_its_seats_by_answering() -> None:
    session = factories.session(auditorium_capacity=75)
    people = [ask(session, f"p{n}@example.org", client="hall", channel="auditorium") for n in range(75)]
    answered = [enrolments.answer(enrolment=person, at=now()).status for person in people]
    assert answered == [CONFIRMED] * 75


def test_a_signed_in_person_has_answered(django_user_model: object) -> None:
    known = factories.person()
    enrolment = enrolments.register(
        session=factories.session(), email=known.email, answers=answers(), by=known, at=now(), client="hall"
    )
    assert (enrolment.unanswered_since, enrolment.client) == (None, "")
    assert sent().subject.startswith("You are registered")


def test_signing_in_answers_for_all() -> None:
    one, other = ask(factories.session()), ask(factories.session())
    enrolments.answer_all(person=one.person, at=now())
    assert other.person == one.person
    assert not Enrolment.objects.exclude(unanswered_since=None).exists()


def test_what_a_coordinator_gives_needs_no_answer() -> None:
    boss, enrolment = factories.coordinator(), ask(factories.session(), channel="or")
    assert enrolment.held_until is None
    given = decisions.approve(by=boss, enrolment=enrolment, at=now())
    assert (given.status, given.unanswered_since) == (CONFIRMED, None)


def test_a_session_that_is_over_takes_no_seat_back() -> None:
    enrolment = ask(factories.session())
    later(seconds=1)
    Session.objects.update(ended_at=now())
    seats.free_unanswered(now())
    seats.promote(session=Session.objects.get(), at=now())
    enrolment.refresh_from_db()
    assert enrolment.status == CONFIRMED


# Mailboxes


def test_no_mailbox_gets_more_than_a_few_unasked_mails_a_day() -> None:
    for network in "abcdefgh":
        for _ in range(3):
            ask(factories.session(), "rosa@example.org", client=network)
    assert len(mail.outbox) == settings.UNASKED_MAILS_PER_DAY == 5
    assert ask(factories.session(), "Rosa+tag@example.org", client="z").status == WAITING
    assert len(mail.outbox) == 5


def test_one_network_does_not_use_up_a_mailbox() -> None:
    for _ in range(9):
        ask(factories.session(), client="attacker")
    assert len(mail.outbox) == 4
    assert ask(factories.session(), client="ward").status == CONFIRMED
    assert len(mail.outbox) == 5


def test_links_sent_again_count_too() -> None:
    session = factories.session()
    enrolment = ask(session, client="ward")
    for network in ("ward", "ward", "hall", "home", "cafe", "train"):
        Enrolment.objects.update(link_sent_at=now() - HOUR)
        enrolments.send_link_again(session=session, email=enrolment.person.email, at=now(), client=network)
    assert len(mail.outbox) == 5


def test_a_full_mailbox_gets_no_seat_until_it_is_answered() -> None:
    for network in "abcde":
        ask(factories.session(), client=network)
    session = factories.session()
    enrolment = ask(session, client="f")
    assert enrolment.status == WAITING
    assert enrolments.answer(enrolment=enrolment, at=now()).status == CONFIRMED


def test_the_mails_of_a_flood_leave_one_after_the_other(settings: object) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # type: ignore[attr-defined]
    session = factories.session()
    at = now() + timedelta(minutes=30)
    for number in range(110):
        enrolments.register(
            session=session, email=f"x{number}@example.org", answers=answers(), by=STRANGER, at=at, client="attacker"
        )
    later_on = DBTaskResult.objects.filter(run_after__gt=at, run_after__lt=at + HOUR)
    assert DBTaskResult.objects.count() == 110
    assert later_on.count() == 110 - holds.MAILS_AT_ONCE - 1
