"""The page behind the first link: typed once, kept when wrong, closed to everybody afterwards."""

from typing import Any

import pytest
from django.test import Client

from accounts.actions import first_coordinator
from accounts.models import Person
from shared.clock import now
from tests import factories

pytestmark = pytest.mark.django_db
ANSWERS = {
    "full_name": "Ana Quispe",
    "email": "ana@hospital.example",
    "organisation": "Hospital Regional",
    "password": "trocar y pinza",
    "again": "trocar y pinza",
}


@pytest.fixture
def page() -> str:
    return f"/first/{first_coordinator.link(at=now())}/"


def test_the_link_leads_to_the_plan_and_mail_is_not_needed(client: Client, page: str) -> None:
    assert "Hospital" not in client.get(page).content.decode()
    answer: Any = client.post(page, ANSWERS)
    assert (answer.status_code, answer.url) == (302, "/plan/")
    assert client.get("/plan/").status_code == 200
    elsewhere = Client()
    signed_in: Any = elsewhere.post("/accounts/login/", {"login": ANSWERS["email"], "password": ANSWERS["password"]})
    assert (signed_in.status_code, signed_in.url) == (302, "/"), "a password is enough"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"full_name": ""}, "full_name"),
        ({"email": "nobody"}, "email"),
        ({"organisation": " "}, "organisation"),
        ({"password": "12345", "again": "12345"}, "password"),
        ({"again": "another one"}, "again"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    client: Client, page: str, wrong: dict[str, str], field: str
) -> None:
    answer = client.post(page, ANSWERS | wrong)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    if field != "full_name":
        assert ANSWERS["full_name"] in answer.content.decode()
    assert not Person.objects.exists()
    assert client.post(page, ANSWERS).status_code == 302, "the link was not used up"


def test_nobody_comes_in_later(client: Client, page: str) -> None:
    client.post(page, ANSWERS)
    stranger = Client()
    for answer in (stranger.get(page), stranger.post(page, ANSWERS | {"email": "eve@example.org"})):
        assert answer.status_code == 404
    assert Person.objects.count() == 1


def test_a_link_of_nobody_opens_nothing(client: Client, page: str) -> None:
    assert client.get("/first/guessed/").status_code == 404
    factories.coordinator()
    assert client.get(page).status_code == 404, "somebody looks after the house by now"
