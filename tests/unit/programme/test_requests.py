"""A place in the operating room is asked for, and given by somebody who may give it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from courses.cases.policies import cases as case_policies
from courses.programme.actions import decisions, enrolments, passes
from courses.programme.models import Enrolment, EnrolmentStatus, Participation
from courses.programme.queries import links
from courses.programme.queries.enrolments import overview
from livesessions.room.queries import members
from shared.clock import now
from shared.errors import DomainError
from tests import factories
from tests.registering import AT, CONFIRMED, STRANGER, WAITING, answers, register, sent

REQUESTED, DECLINED, WITHDRAWN = EnrolmentStatus.REQUESTED, EnrolmentStatus.DECLINED, EnrolmentStatus.WITHDRAWN

pytestmark = pytest.mark.django_db


def subjects() -> list[str]:
    return [message.subject.partition(":")[0] for message in mail.outbox]


def test_a_stranger_who_ticks_the_operating_room_has_only_asked() -> None:
    session = factories.session()
    enrolment = register(session, channel="or")

    assert enrolment.status == REQUESTED
    assert enrolment.confirmed_at is None
    assert subjects() == ["You asked for a place in the operating room"]
    assert sent().attachments == []
    with pytest.raises(DomainError, match=r"enrolment\.requested"):
        passes.give(browser={}, enrolment=enrolment, at=now())  # type: ignore[arg-type]
    assert not case_policies.is_trainee_of(enrolment.person, session.course)
    assert not case_policies.may_write_case(enrolment.person)
    assert members.find(room=factories.room(session=session), person=enrolment.person.public_id) is None
    found = overview(session, "en")
    assert (found.confirmed, found.waiting, found.requested) == (0, 0, 1)


def test_a_signed_in_person_only_asks_too() -> None:
    known = factories.person()
    enrolment = enrolments.register(
        session=factories.session(), email=known.email, answers=answers(channel="or"), by=known, at=now()
    )
    assert enrolment.status == REQUESTED


def test_nobody_moves_into_the_operating_room_by_registering_again() -> None:
    session = factories.session()
    register(session)
    again = register(session, channel="or")
    assert (again.channel, again.status) == ("remote", CONFIRMED)


def test_a_request_takes_no_place_and_an_approval_does() -> None:
    session, boss = factories.session(or_capacity=1), factories.coordinator()
    first, second = (register(session, f"{name}@example.org", channel="or") for name in "ab")
    assert [first.status, second.status] == [REQUESTED, REQUESTED]

    given = decisions.approve(by=boss, enrolment=second, at=AT)
    assert (given.status, given.decided_by, given.decided_at) == (CONFIRMED, boss, AT)
    assert links.join_url(given) in sent().body
    assert isinstance(sent(), EmailMultiAlternatives) and sent().attachments
    late = decisions.approve(by=boss, enrolment=first, at=now())
    assert late.status == WAITING  # approved, and full: two different things
    assert subjects()[-2:] == ["Your place in the operating room", "Approved, on the waiting list"]
    assert decisions.approve(by=boss, enrolment=late, at=now()).status == WAITING
    assert len(mail.outbox) == 4

    enrolments.withdraw(enrolment=given, at=now())
    late.refresh_from_db()
    assert late.status == CONFIRMED  # who waits was approved and is not asked about again


def test_a_no_is_told_with_its_reason_and_ends_the_asking() -> None:
    session, boss = factories.session(), factories.coordinator()
    enrolment = register(session, channel="or")
    told = decisions.decline(by=boss, enrolment=enrolment, reason=" Only residents\nof the hospital ", at=now())
    assert (told.status, told.reason) == (DECLINED, "Only residents of the hospital")
    assert "Only residents of the hospital" in sent().body
    assert decisions.decline(by=boss, enrolment=enrolment, reason="other", at=now()).reason == told.reason
    assert subjects() == ["You asked for a place in the operating room", "Your request was declined"]

    assert register(session, channel="or").status == DECLINED
    assert enrolments.withdraw(enrolment=told, at=now()).status == DECLINED  # no way round by leaving and coming back
    with pytest.raises(DomainError, match=r"enrolment\.declined"):
        passes.give(browser={}, enrolment=told, at=now())  # type: ignore[arg-type]
    remote = register(session)
    assert (remote.pk, remote.status, remote.channel, remote.reason) == (told.pk, CONFIRMED, "remote", "")


def test_a_no_may_become_a_yes_and_a_yes_is_not_declined() -> None:
    boss = factories.coordinator()
    enrolment = register(factories.session(), channel="or")
    decisions.decline(by=boss, enrolment=enrolment, at=now())
    assert decisions.approve(by=boss, enrolment=enrolment, at=now()).status == CONFIRMED
    with pytest.raises(DomainError, match=r"enrolment\.decided"):
        decisions.decline(by=boss, enrolment=enrolment, at=now())


def test_a_request_is_not_confirmed_past_its_decision_and_may_be_moved() -> None:
    boss = factories.coordinator()
    enrolment = register(factories.session(), channel="or")
    with pytest.raises(DomainError, match=r"enrolment\.undecided"):
        decisions.confirm(by=boss, enrolment=enrolment, at=now())
    moved = decisions.move(by=boss, enrolment=enrolment, channel=Participation.AUDITORIUM, at=now())
    assert (moved.status, moved.channel) == (CONFIRMED, "auditorium")


def test_a_coordinator_who_moves_somebody_in_has_approved_them() -> None:
    boss = factories.coordinator()
    moved = decisions.move(by=boss, enrolment=register(factories.session()), channel=Participation.OR, at=now())
    assert (moved.status, moved.channel, moved.decided_by) == (CONFIRMED, "or", boss)


def test_who_is_taken_out_reads_why_and_asks_anew_to_come_back() -> None:
    session, boss = factories.session(), factories.coordinator()
    enrolment = register(session, channel="or")
    decisions.approve(by=boss, enrolment=enrolment, at=now())
    gone = decisions.remove(by=boss, enrolment=enrolment, reason="The patient asked for fewer people", at=now())
    assert (gone.status, gone.is_removed) == (WITHDRAWN, True)
    assert subjects()[-1] == "Your registration was withdrawn"
    assert "The patient asked for fewer people" in sent().body
    with pytest.raises(DomainError, match=r"enrolment\.removed"):
        passes.give(browser={}, enrolment=gone, at=now())  # type: ignore[arg-type]

    back = enrolments.come_back(enrolment=gone, at=now() + timedelta(minutes=1))
    assert (back.status, back.is_removed, back.decided_by, back.reason) == (REQUESTED, False, None, "")


@pytest.mark.parametrize("who", ["stranger", "applicant", "moderator"])
def test_outsiders_decide_nothing(who: str) -> None:
    enrolment = register(factories.session(), channel="or")
    by = {
        "stranger": lambda: STRANGER,
        "applicant": lambda: enrolment.person,
        "moderator": lambda: factories.team_member(session=enrolment.session).person,
    }[who]()
    for act in (decisions.approve, decisions.decline):
        with pytest.raises(DomainError, match=r"enrolment\.forbidden"):
            act(by=by, enrolment=enrolment, at=now())
    assert Enrolment.objects.get().status == REQUESTED
