"""What the list of registrations answers to htmx: parts of the page, and never less than the page would say."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from courses.programme.models import Enrolment, EnrolmentStatus, Session
from tests import factories

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/sessions/here/registrations/?q=a"}


def page(session: Session) -> str:
    return reverse("courses:enrolment-list", kwargs={"session": session.public_id})


def change(name: str, enrolment: Enrolment) -> str:
    return reverse(f"courses:enrolment-{name}", kwargs={"enrolment": enrolment.public_id})


@pytest.fixture
def boss(client: Client) -> Person:
    coordinator = factories.coordinator()
    client.force_login(coordinator)
    return coordinator


def test_filtering_answers_the_people_alone(client: Client, boss: Person) -> None:
    session = factories.session()
    rosa = factories.enrolment(session=session, full_name="Rosa Huamán")
    juan = factories.enrolment(session=session, full_name="Juan Pérez")
    html = client.get(page(session), {"q": "rosa"}, headers=HTMX).content.decode()
    assert rosa.public_id in html
    assert juan.public_id not in html
    assert "<html" not in html
    assert "Nobody matches." in client.get(page(session), {"q": "nobody"}, headers=HTMX).content.decode()


def test_the_page_keeps_htmx_within_the_content_policy(client: Client, boss: Person) -> None:
    html = client.get(page(factories.session())).content.decode()
    config = json.loads(re.search(r"name=\"htmx-config\" content='([^']+)'", html)[1])  # type: ignore[index]
    assert not (config["allowEval"] or config["includeIndicatorStyles"] or config["allowScriptTags"])
    assert config["historyCacheSize"] == 0
    assert re.search(r'<script src="[^"]*htmx[^"]*" defer nonce="[^"]+">', html)
    assert "htmx" not in client.get("/").content.decode()


def test_a_withdrawal_answers_its_row_and_that_of_whoever_moved_up(client: Client, boss: Person) -> None:
    session = factories.session(remote_capacity=1)
    first = factories.enrolment(session=session)
    second, third = (factories.enrolment(session=session, status=EnrolmentStatus.WAITING) for _ in range(2))
    answer = client.post(change("remove", first), headers=HTMX)
    html = answer.content.decode()
    assert re.findall(r'<tr id="enrolment-(\w+)" hx-swap-oob="true">', html) == [first.public_id, second.public_id]
    assert third.public_id not in html
    assert 'id="figures" hx-swap-oob="true"' in html
    assert "withdrawn, Remote. A mail is on its way." in html
    assert (answer.context["overview"].confirmed, answer.context["overview"].waiting) == (1, 1)
    assert client.get(page(session)).context["messages"]._loaded_data == []


def test_a_refusal_is_told_in_the_page(client: Client, boss: Person) -> None:
    enrolment = factories.enrolment(session=factories.session(or_capacity=0))
    html = client.post(change("move", enrolment), {"channel": "or"}, headers=HTMX).content.decode()
    assert "There is no free place here." in html
    assert f'id="enrolment-{enrolment.public_id}"' in html
    enrolment.refresh_from_db()
    assert enrolment.channel == "remote"


def test_whoever_was_signed_out_is_led_to_sign_in_and_back_to_the_page(client: Client) -> None:
    enrolment = factories.enrolment()
    for answer in (
        client.post(change("remove", enrolment), headers=HTMX),
        client.get(page(enrolment.session), headers=HTMX),
    ):
        assert answer.headers["HX-Redirect"] == "/accounts/login/?next=/sessions/here/registrations/%3Fq%3Da"
    enrolment.refresh_from_db()
    assert enrolment.status == EnrolmentStatus.CONFIRMED


def test_outsiders_get_no_part_of_the_page(client: Client) -> None:
    enrolment = factories.enrolment()
    for person in (enrolment.person, factories.person(), factories.team_member().person):
        client.force_login(person)
        assert client.get(page(enrolment.session), headers=HTMX).status_code == 403
        assert client.post(change("remove", enrolment), headers=HTMX).status_code == 403
    enrolment.refresh_from_db()
    assert enrolment.status == EnrolmentStatus.CONFIRMED
