"""The search's page: who gets it, what it shows, how many queries it takes."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from courses.search import actions
from tests import case_cast, case_factories, factories
from tests.answers import rows, status, visit
from tests.case_cast import ACTORS

pytestmark = pytest.mark.django_db
ADDRESS = "courses:case-search"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def test_everybody_signed_in_may_ask() -> None:
    cast = case_cast.cast()
    answers = {actor: visit(cast.browser(actor), "GET", reverse(ADDRESS)) for actor in ACTORS}
    assert {actor: status(answer) for actor, (answer, _) in answers.items()} == rows("search-read", ACTORS)[ADDRESS]
    assert [wrote for _, wrote in answers.values() if wrote] == []


def test_what_was_asked_stays_and_what_was_found_is_linked() -> None:
    cast = case_cast.cast(diagnosis="Omphalocele")
    actions.index(cast.case.public_id)
    text = cast.browser("reviewer").get(reverse(ADDRESS), {"q": 'omphalocele "'}).content.decode()
    assert reverse("courses:case-show", args=[cast.case.public_id]) in text
    assert "omphalocele &quot;" in text
    assert cast.case.code not in cast.browser("outsider").get(reverse(ADDRESS), {"q": "omphalocele"}).content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999", "²"])
def test_a_page_that_is_none_is_the_first_or_an_empty_one(page: str) -> None:
    case = case_factories.case(diagnosis="Omphalocele")
    actions.index(case.public_id)
    answer = signed_in(factories.coordinator()).get(reverse(ADDRESS), {"q": "omphalocele", "page": page})
    assert answer.status_code == 200
    assert case.code in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_page(count: int, django_assert_num_queries: Any) -> None:
    for _ in range(count):
        actions.index(case_factories.case(diagnosis="Hypospadias").public_id)
    client = signed_in(factories.coordinator())
    with django_assert_num_queries(4):
        text = client.get(reverse(ADDRESS), {"q": "hypospadias"}).content.decode()
    assert text.count("Hypospadias</a>") == count
