"""A session for verified professionals only refuses everybody else, with a clear word, at every door."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import Licence, Person
from accounts.models.licences import LicenceStatus
from courses.programme.actions import enrolments, passes
from courses.programme.models import Enrolment, EnrolmentStatus, Session
from courses.programme.queries import links
from courses.programme.queries.links import Purpose
from livesessions.room.queries import members
from shared.clock import now
from shared.errors import DomainError
from tests import factories
from tests.registering import STRANGER, answers

pytestmark = pytest.mark.django_db


def licence(person: Person, status: LicenceStatus) -> Licence:
    return Licence.objects.create(person=person, country="PE", kind="CMP", number="12345", status=status)


@pytest.fixture
def session() -> Session:
    return factories.session(verified_only=True)


@pytest.fixture
def verified() -> Person:
    person = factories.person(email="rosa@example.org")
    licence(person, LicenceStatus.VERIFIED)
    return person


@pytest.mark.parametrize("status", [None, LicenceStatus.DECLARED, LicenceStatus.REJECTED])
def test_who_is_not_verified_does_not_register(session: Session, status: LicenceStatus | None) -> None:
    person = factories.person()
    if status:
        licence(person, status)
    with pytest.raises(DomainError, match=r"enrolment\.unverified"):
        enrolments.register(session=session, email=person.email, answers=answers(), by=person, at=now())
    assert not Enrolment.objects.exists()


def test_a_verified_persons_address_verifies_nobody(session: Session, verified: Person) -> None:
    with pytest.raises(DomainError, match=r"enrolment\.unverified"):
        enrolments.register(session=session, email=verified.email, answers=answers(), by=STRANGER, at=now())
    assert mail.outbox == []


def test_who_is_verified_registers_and_comes_in(session: Session, verified: Person) -> None:
    enrolment = enrolments.register(session=session, email=verified.email, answers=answers(), by=verified, at=now())
    assert enrolment.status == EnrolmentStatus.CONFIRMED
    room = factories.room(session=session)
    assert members.find(room=room, person=verified.public_id) is not None

    Licence.objects.update(status=LicenceStatus.REJECTED)
    assert members.find(room=room, person=verified.public_id) is None
    with pytest.raises(DomainError, match=r"enrolment\.unverified"):
        passes.give(browser={}, enrolment=enrolment, at=now())  # type: ignore[arg-type]
    enrolments.withdraw(enrolment=enrolment, at=now())
    with pytest.raises(DomainError, match=r"enrolment\.unverified"):
        enrolments.come_back(enrolment=enrolment, at=now())


def test_the_team_comes_in_without_a_licence(session: Session) -> None:
    member = factories.team_member(session=session)
    assert members.find(room=factories.room(session=session), person=member.person.public_id) is not None


def test_the_pages_say_so(client: Client, session: Session) -> None:
    register = reverse("courses:enrolment-register", kwargs={"session": session.public_id})
    shown = client.get(reverse("courses:session-show", kwargs={"session": session.public_id})).content.decode()
    assert "For verified professionals only." in shown
    stranger = client.get(register)
    assert stranger.status_code == 200
    assert f"/accounts/login/?next={register}" in stranger.content.decode()
    assert client.post(register, {}).status_code == 403
    person = factories.person()
    client.force_login(person)
    assert "Your licence has not been verified yet." in client.get(register).content.decode()
    assert client.post(register, {}).status_code == 403
    licence(person, LicenceStatus.VERIFIED)
    assert 'name="full_name"' in client.get(register).content.decode()


def test_a_link_says_why_it_does_not_open(client: Client, session: Session) -> None:
    enrolment = factories.enrolment(session=session)
    door = reverse("courses:pass-give", kwargs={"token": links.token(enrolment, Purpose.JOIN)})
    for answer in (client.get(door), client.post(door)):
        assert "for professionals whose licence has been verified" in answer.content.decode()
    assert (
        client.get(
            reverse("livesessions:room-show", kwargs={"room": factories.room(session=session).public_id})
        ).status_code
        != 200
    )


def test_a_coordinator_sets_it_in_the_sessions_form(client: Client) -> None:
    client.force_login(factories.coordinator())
    session = factories.session()
    address = reverse("courses:session-change", kwargs={"session": session.public_id})
    form = client.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    typed |= {name: typed[name].strftime("%Y-%m-%dT%H:%M") for name in ("starts_local", "planned_end_local")}
    assert client.post(address, typed | {"verified_only": "on"}).status_code == 302
    session.refresh_from_db()
    assert session.verified_only
