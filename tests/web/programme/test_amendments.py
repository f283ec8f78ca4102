"""Correcting a misspelt name or address: who may, what follows, and what is remembered."""

import csv
import io
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from courses.programme.actions import amendments
from courses.programme.models import Amended, Amendment, Enrolment, EnrolmentStatus, Session
from courses.programme.queries import links
from courses.programme.queries.links import Purpose
from livesessions.room.models import Room
from livesessions.room.queries import members
from shared.clock import now
from tests import factories
from tests.refusals import code_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def misspelt() -> Enrolment:
    session = factories.room().session
    person = factories.person(email="roza@example.org", full_name="Roza Huaman")
    return factories.enrolment(session=session, person=person)


def own_page(enrolment: Enrolment) -> str:
    return reverse("courses:amendment-own", args=[enrolment.public_id])


def link_page(enrolment: Enrolment) -> str:
    return reverse("courses:amendment-by-link", args=[links.token(enrolment, Purpose.JOIN)])


def page(enrolment: Enrolment) -> str:
    return reverse("courses:amendment-correct", args=[enrolment.public_id])


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def names(enrolment: Enrolment) -> set[str]:
    """As the registration, the profile, the room and the file say."""
    enrolment = Enrolment.objects.select_related("person", "session").get(pk=enrolment.pk)
    room = Room.objects.get(session=enrolment.session)
    member = members.find(room=room, person=enrolment.person.public_id)
    assert member
    sheet = reverse("reports:attendance-csv", args=[enrolment.session.public_id])
    content = signed_in(factories.coordinator()).get(sheet).content.decode("utf-8-sig")
    row = list(csv.reader(io.StringIO(content)))[1]
    return {enrolment.full_name, enrolment.person.full_name, member.name, row[1]}


def over(session: Session) -> None:
    at = now()
    Session.objects.filter(pk=session.pk).update(live_at=at - timedelta(hours=2), ended_at=at - timedelta(hours=1))


@pytest.mark.parametrize("way", ["link", "signed in"])
def test_the_owner_corrects_the_name_everywhere(misspelt: Enrolment, way: str) -> None:
    client = Client() if way == "link" else signed_in(misspelt.person)
    where = link_page(misspelt) if way == "link" else own_page(misspelt)
    assert "Roza Huaman" in client.get(where).content.decode()
    for _ in range(2):  # a form sent twice is one correction
        assert client.post(where, {"full_name": " Rosa\u200b  Huama\u0301n"}).status_code == 302
    assert names(misspelt) == {"Rosa Huamán"}
    made = Amendment.objects.get()
    assert (made.what, made.before, made.after, made.by) == (
        Amended.NAME,
        "Roza Huaman",
        "Rosa Huamán",
        misspelt.person,
    )


@pytest.mark.parametrize("name", ["", "\u2800", "www.buy.example", "…"])
def test_what_is_no_name_is_refused_and_stays_in_the_form(misspelt: Enrolment, name: str) -> None:
    answer = Client().post(link_page(misspelt), {"full_name": name})
    assert (answer.status_code, "full_name" in answer.context["form"].errors) == (422, True)
    assert answer.context["form"]["full_name"].value() == name
    assert names(misspelt) == {"Roza Huaman"}


def test_after_the_end_the_owner_asks_the_organisers(misspelt: Enrolment) -> None:
    over(misspelt.session)
    answer = Client().post(link_page(misspelt), {"full_name": "Rosa Huamán"})
    assert (answer.status_code, "Ask its organisers" in answer.content.decode()) == (422, True)
    boss = signed_in(factories.coordinator())
    assert boss.post(page(misspelt), {"full_name": "Rosa Huamán", "email": "roza@example.org"}).status_code == 302
    assert names(misspelt) == {"Rosa Huamán"}


def test_a_name_of_the_profile_that_was_right_stays(misspelt: Enrolment) -> None:
    Person.objects.filter(pk=misspelt.person.pk).update(full_name="Dra. Rosa Huamán")
    signed_in(factories.coordinator()).post(page(misspelt), {"full_name": "Rosa Huamán", "email": "roza@example.org"})
    assert names(misspelt) == {"Rosa Huamán", "Dra. Rosa Huamán"}


def test_nobody_changes_their_name_on_and_on(misspelt: Enrolment) -> None:
    for number in range(amendments.MOST_BY_OWNER):
        amendments.correct_name(by=misspelt.person, enrolment=misspelt, full_name=f"Rosa {number}", at=now())
    assert (
        code_of(amendments.correct_name, by=misspelt.person, enrolment=misspelt, full_name="Rosa again", at=now())
        == "amendment.too_many"
    )


def test_outsiders_correct_nothing(misspelt: Enrolment) -> None:
    rival = factories.coordinator(organisation=factories.organisation(slug="other"))
    moderator = factories.team_member(session=misspelt.session).person
    for person in (factories.person(), moderator, rival, factories.enrolment(session=misspelt.session).person):
        told = {"full_name": "Somebody Else", "email": "other@example.org"}
        assert signed_in(person).post(own_page(misspelt), told).status_code == 404
        assert signed_in(person).post(page(misspelt), told).status_code == 403
        assert (
            code_of(amendments.correct_name, by=person, enrolment=misspelt, full_name="Somebody Else", at=now())
            == "amendment.forbidden"
        )
        assert (
            code_of(amendments.correct_address, by=person, enrolment=misspelt, email="other@example.org", at=now())
            == "enrolment.forbidden"
        )
    assert (
        code_of(amendments.correct_address, by=misspelt.person, enrolment=misspelt, email="other@example.org", at=now())
        == "enrolment.forbidden"
    )
    assert not Amendment.objects.exists()


def correct_address(enrolment: Enrolment, email: str) -> int:
    told = {"full_name": enrolment.full_name, "email": email}
    return signed_in(factories.coordinator()).post(page(enrolment), told).status_code


def test_a_coordinator_corrects_the_address_and_the_old_link_is_void(misspelt: Enrolment) -> None:
    Enrolment.objects.filter(pk=misspelt.pk).update(unanswered_since=now())
    old, person = link_page(misspelt), misspelt.person
    for _ in range(2):
        assert correct_address(misspelt, "Rosa@example.org\u200b") == 302
    misspelt.refresh_from_db()
    assert (misspelt.person, misspelt.person.email) == (person, "rosa@example.org")  # nobody had come under the old one
    assert [message.to for message in mail.outbox] == [["rosa@example.org"]]
    assert Client().get(old).status_code == 404
    assert Client().get(link_page(misspelt)).status_code == 200
    made = Amendment.objects.get()
    assert (made.what, made.before, made.after) == (Amended.ADDRESS, "roza@example.org", "rosa@example.org")
    shown = signed_in(factories.coordinator()).get(page(misspelt)).content.decode()
    assert "<bdi>roza@example.org</bdi> → <bdi>rosa@example.org</bdi>" in shown


def test_an_account_somebody_uses_is_left_alone(misspelt: Enrolment) -> None:
    stranger = misspelt.person
    Person.objects.filter(pk=stranger.pk).update(last_login=now())
    correct_address(misspelt, "rosa@example.org")
    misspelt.refresh_from_db()
    stranger.refresh_from_db()
    assert (misspelt.person.email, misspelt.person.full_name) == ("rosa@example.org", "Roza Huaman")
    assert (stranger.email, misspelt.person == stranger) == ("roza@example.org", False)


def test_an_address_registered_here_already_is_refused(misspelt: Enrolment) -> None:
    factories.enrolment(session=misspelt.session, person=factories.person(email="rosa@example.org"))
    assert correct_address(misspelt, "rosa@example.org") == 422
    misspelt.refresh_from_db()
    assert (misspelt.person.email, mail.outbox) == ("roza@example.org", [])


def test_a_withdrawn_registration_gets_no_new_address(misspelt: Enrolment) -> None:
    Enrolment.objects.filter(pk=misspelt.pk).update(status=EnrolmentStatus.WITHDRAWN)
    assert correct_address(misspelt, "rosa@example.org") == 422
