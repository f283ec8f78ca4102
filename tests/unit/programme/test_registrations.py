"""What coordinators change in the list of registrations, and what the list counts."""

import pytest
from django.core import mail

from courses.programme.actions import decisions, enrolments
from courses.programme.models import Participation, Session
from courses.programme.queries import links
from courses.programme.queries.enrolments import overview
from courses.programme.queries.links import Purpose
from shared.clock import now
from shared.errors import DomainError
from tests import factories
from tests.registering import CONFIRMED, STRANGER, register, sent


@pytest.mark.django_db
def test_a_coordinator_confirms_out_of_turn_only_into_a_free_place() -> None:
    session, boss = factories.session(remote_capacity=1), factories.coordinator()
    first, second = register(session, "a@example.org"), register(session, "b@example.org")
    with pytest.raises(DomainError, match=r"enrolment\.full"):
        decisions.confirm(by=boss, enrolment=second, at=now())
    Session.objects.update(remote_capacity=2)
    assert decisions.confirm(by=boss, enrolment=second, at=now()).status == CONFIRMED
    assert decisions.confirm(by=boss, enrolment=first, at=now()).status == CONFIRMED
    with pytest.raises(DomainError, match=r"enrolment\.withdrawn"):
        decisions.confirm(by=boss, enrolment=decisions.remove(by=boss, enrolment=first, at=now()), at=now())


@pytest.mark.django_db
def test_moving_somebody_frees_their_place() -> None:
    session, boss = factories.session(remote_capacity=1, auditorium_capacity=1), factories.coordinator()
    first, second = register(session, "a@example.org"), register(session, "b@example.org")
    moved = decisions.move(by=boss, enrolment=first, channel=Participation.AUDITORIUM, at=now())
    second.refresh_from_db()
    assert (moved.channel, moved.status, second.status) == ("auditorium", CONFIRMED, CONFIRMED)
    assert [m.subject.partition(":")[0] for m in mail.outbox[-2:]] == ["Your place changed", "A place for you"]
    with pytest.raises(DomainError, match=r"enrolment\.full"):
        decisions.move(by=boss, enrolment=second, channel=Participation.AUDITORIUM, at=now())


@pytest.mark.django_db
def test_a_new_link_makes_the_old_one_void() -> None:
    enrolment = register(factories.session())
    old = links.token(enrolment, Purpose.JOIN)
    renewed = decisions.renew_link(by=factories.coordinator(), enrolment=enrolment, at=now())
    was, fresh = links.find(old, Purpose.JOIN), links.find(links.token(renewed, Purpose.JOIN), Purpose.JOIN)
    assert was is not None and was.is_void
    assert fresh is not None and not fresh.is_void
    assert links.join_url(renewed) in sent().body


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["stranger", "attendee", "moderator"])
def test_outsiders_change_nobodys_registration(who: str) -> None:
    enrolment = register(factories.session())
    by = {
        "stranger": lambda: STRANGER,
        "attendee": lambda: enrolment.person,
        "moderator": lambda: factories.team_member(session=enrolment.session).person,
    }[who]()
    for act in (decisions.confirm, decisions.remove, decisions.renew_link):
        with pytest.raises(DomainError, match=r"enrolment\.forbidden"):
            act(by=by, enrolment=enrolment, at=now())
    with pytest.raises(DomainError, match=r"enrolment\.forbidden"):
        decisions.move(by=by, enrolment=enrolment, channel=Participation.OR, at=now())
    enrolment.refresh_from_db()
    assert enrolment.status == CONFIRMED
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_the_overview_counts_by_channel_province_and_profession() -> None:
    session = factories.session(remote_capacity=2)
    register(session, "a@example.org")
    register(session, "b@example.org", region="PE-CUS", profession="nurse")
    register(session, "c@example.org", channel="auditorium")
    register(session, "d@example.org")
    enrolments.withdraw(enrolment=register(session, "e@example.org"), at=now())

    found = overview(session, "en")
    assert (found.confirmed, found.waiting, found.withdrawn) == (3, 1, 1)
    assert [(row.name, row.confirmed, row.waiting) for row in found.provinces] == [
        ("Loreto, Peru", 2, 1),
        ("Cusco, Peru", 1, 0),
    ]
    assert [(str(row.name), row.confirmed) for row in found.professions] == [("Surgeon", 2), ("Nurse", 1)]
    assert [(tier.ring, tier.registered) for tier in found.tiers] == [("auditorium", 1), ("remote", 1), ("remote", 1)]
