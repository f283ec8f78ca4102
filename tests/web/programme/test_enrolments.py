"""The coordinator's list of registrations."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from courses.programme.models import Enrolment, EnrolmentStatus, Session
from places import regions
from tests import factories

pytestmark = pytest.mark.django_db

CHANGES = [
    "enrolment-approve",
    "enrolment-decline",
    "enrolment-confirm",
    "enrolment-remove",
    "enrolment-renew",
    "enrolment-move",
]


def page(session: Session) -> str:
    return reverse("courses:enrolment-list", kwargs={"session": session.public_id})


def change(name: str, enrolment: Enrolment) -> str:
    return reverse(f"courses:{name}", kwargs={"enrolment": enrolment.public_id})


@pytest.fixture
def boss(client: Client) -> Person:
    coordinator = factories.coordinator()
    client.force_login(coordinator)
    return coordinator


def test_shows_figures_and_people_with_their_licences(client: Client, boss: Person) -> None:
    session = factories.session()
    licence = {"country": "AR", "kind": "MP", "number": "777", "jurisdiction": "Córdoba"}
    factories.enrolment(session=session, full_name="Rosa Huamán", licences=[licence])
    factories.enrolment(session=session, status=EnrolmentStatus.WAITING)
    answer = client.get(page(session))
    html = answer.content.decode()
    assert 'MP 777 (Córdoba) <span class="soft">declared</span>' in html
    assert "Loreto, Peru" in html
    assert (answer.context["overview"].confirmed, answer.context["overview"].waiting) == (1, 1)


@pytest.mark.parametrize("people", [1, 3])
def test_costs_the_same_for_one_and_for_three(
    client: Client, boss: Person, people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    session = factories.session()
    for _ in range(people):
        factories.enrolment(session=session)
    with django_assert_num_queries(7):  # browser session, person, session, figures, number of people, people, licences
        client.get(page(session))


@pytest.mark.parametrize("provinces", [37, 49, 100])
def test_people_of_many_provinces_are_shown_too(client: Client, boss: Person, provinces: int) -> None:
    session = factories.session()
    codes = [code for country in ("PE", "AR", "BR", "MX") for code, _ in regions.regions(country, "en")][:provinces]
    for code in codes:
        factories.enrolment(session=session, country=code[:2], region=code)
    answer = client.get(page(session))
    assert answer.status_code == 200
    assert len(answer.context["overview"].provinces) == len(codes) == provinces
    assert answer.content.decode().count('<circle class="seat seat-registered"') == provinces


def test_is_filtered(client: Client, boss: Person) -> None:
    session = factories.session()
    rosa = factories.enrolment(session=session, full_name="Rosa Huamán", channel="auditorium")
    juan = factories.enrolment(session=session, full_name="Juan Pérez", status=EnrolmentStatus.WAITING)

    def shown(**query: str) -> list[Enrolment]:
        return list(client.get(page(session), query).context["people"])

    assert shown() == [rosa, juan]
    assert shown(q="huam") == [rosa]
    assert shown(channel="auditorium") == [rosa]
    assert shown(status="waiting") == [juan]
    cusco = factories.enrolment(session=session, region="PE-CUS")
    chile = factories.enrolment(session=session, country="CL", region="")
    assert shown(province="PE-CUS") == [cusco]
    assert shown(province="CL") == [chile]
    assert shown(province="PE-LOR", status="waiting") == [juan]
    assert shown(province="moon") == [rosa, juan, cusco, chile]
    assert shown(q="nobody") == []
    assert shown(channel="moon", page="99") == [rosa, juan, cusco, chile]


@pytest.mark.parametrize("words", ["jose munoz", "JOSÉ", "Muñoz", "mun\u0303oz", "nandu", "ÑANDÚ j.m@"])
def test_is_searched_without_accents_and_capitals(client: Client, boss: Person, words: str) -> None:
    session = factories.session()
    person = factories.person(email="j.m@example.org")
    found = factories.enrolment(session=session, full_name="José Muñoz", institution="Clínica Ñandú", person=person)
    factories.enrolment(session=session, full_name="Rosa Huamán")
    assert list(client.get(page(session), {"q": words}).context["people"]) == [found]


def test_an_empty_list_says_what_comes(client: Client, boss: Person) -> None:
    assert "Nobody has registered yet." in client.get(page(factories.session())).content.decode()


def test_a_coordinator_changes_registrations(client: Client, boss: Person) -> None:
    session = factories.session()
    enrolment = factories.enrolment(session=session, status=EnrolmentStatus.WAITING, full_name="Rosa Huamán")
    key = enrolment.link_key
    answer = client.post(change("enrolment-confirm", enrolment), follow=True)
    assert "Rosa Huamán: confirmed, Remote. A mail is on its way." in answer.content.decode()
    client.post(change("enrolment-move", enrolment), {"channel": "auditorium"})
    client.post(change("enrolment-renew", enrolment))
    enrolment.refresh_from_db()
    assert (enrolment.status, enrolment.channel) == (EnrolmentStatus.CONFIRMED, "auditorium")
    assert enrolment.link_key != key
    client.post(change("enrolment-remove", enrolment))
    enrolment.refresh_from_db()
    assert enrolment.status == EnrolmentStatus.WITHDRAWN
    assert len(mail.outbox) == 4


def test_a_full_channel_is_told(client: Client, boss: Person) -> None:
    enrolment = factories.enrolment(session=factories.session(or_capacity=0))
    answer = client.post(change("enrolment-move", enrolment), {"channel": "or"}, follow=True)
    assert "There is no free place here." in answer.content.decode()
    assert client.post(change("enrolment-move", enrolment), {"channel": "moon"}).status_code == 302
    enrolment.refresh_from_db()
    assert enrolment.channel == "remote"


def test_the_sessions_moderator_may_look_and_not_change(client: Client) -> None:
    member = factories.team_member()
    enrolment = factories.enrolment(session=member.session)
    client.force_login(member.person)
    html = client.get(page(member.session)).content.decode()
    assert enrolment.full_name in html
    assert change("enrolment-remove", enrolment) not in html
    for name in CHANGES:
        assert client.post(change(name, enrolment), {"channel": "or"}).status_code == 403


@pytest.mark.parametrize(
    "outsider",
    [
        lambda enrolment: enrolment.person,
        lambda enrolment: factories.person(),
        lambda enrolment: factories.team_member(session=enrolment.session, role="mentor").person,
        lambda enrolment: factories.team_member().person,
    ],
)
def test_nobody_else_may_look_or_change(client: Client, outsider: Callable[[Enrolment], Person]) -> None:
    enrolment = factories.enrolment()
    client.force_login(outsider(enrolment))
    assert client.get(page(enrolment.session)).status_code == 403
    for name in CHANGES:
        assert client.post(change(name, enrolment), {"channel": "or"}).status_code == 403
    enrolment.refresh_from_db()
    assert (enrolment.status, enrolment.channel) == (EnrolmentStatus.CONFIRMED, "remote")


def test_strangers_sign_in_first(client: Client) -> None:
    enrolment = factories.enrolment()
    assert client.get(page(enrolment.session)).url == f"/accounts/login/?next={page(enrolment.session)}"  # type: ignore[attr-defined]
    for name in CHANGES:
        assert client.post(change(name, enrolment)).status_code == 302
        assert client.get(change(name, enrolment)).status_code == 405
    enrolment.refresh_from_db()
    assert enrolment.status == EnrolmentStatus.CONFIRMED


def test_an_unknown_registration_is_not_there(client: Client, boss: Person) -> None:
    for name in CHANGES:
        address = reverse(f"courses:{name}", kwargs={"enrolment": "nothing"})
        assert client.post(address, {"channel": "or"}).status_code == 404
