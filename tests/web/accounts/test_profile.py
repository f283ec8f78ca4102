"""My profile: mine alone, and nothing typed is lost."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Licence, Person
from accounts.models.licences import LicenceStatus

pytestmark = pytest.mark.django_db
PROFILE = "/profile/"


@pytest.fixture
def ana() -> Person:
    return Person.objects.create_user("ana@example.org", full_name="Ana Quispe", country="PE", region="PE-LOR")


@pytest.fixture
def at_home(client: Client, ana: Person) -> Client:
    client.force_login(ana)
    return client


def answers(*licences: tuple[str, str, str, str], **changes: str) -> dict[str, Any]:
    names = ("country", "kind", "number", "jurisdiction")
    rows = {f"licences-{at}-{name}": row[i] for at, row in enumerate(licences) for i, name in enumerate(names)}
    facts = {
        "full_name": "Ana Quispe Ríos",
        "profession": "surgeon",
        "specialty": "General surgery",
        "institution": "Hospital Regional de Loreto",
        "country": "PE",
        "region": "PE-LOR",
        "language": "es",
    }
    form = {"licences-TOTAL_FORMS": str(len(licences)), "licences-INITIAL_FORMS": "0"}
    return facts | form | rows | changes


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    for answer in (client.get(PROFILE), client.post(PROFILE, answers())):
        assert (answer.status_code, answer.url) == (302, "/accounts/login/?next=/profile/")


def test_a_profile_is_kept_with_its_licences(at_home: Client, ana: Person) -> None:
    cmp, rne = ("PE", "CMP", "45678", ""), ("PE", "RNE", "1234", "")
    assert at_home.post(PROFILE, answers(cmp, rne, cmp)).url == PROFILE

    ana.refresh_from_db()
    assert (ana.full_name, ana.profession, ana.language) == ("Ana Quispe Ríos", "surgeon", "es")
    assert sorted(ana.licences.values_list("country", "kind", "number", "jurisdiction")) == [cmp, rne]
    assert "Hospital Regional de Loreto" in at_home.get(PROFILE).content.decode()


def test_saving_changes_nobody_else(at_home: Client, ana: Person) -> None:
    other = Person.objects.create_user("bruno@example.org", full_name="Bruno Díaz")
    Licence.objects.create(person=other, country="AR", kind="MP", number="1", jurisdiction="Salta")
    at_home.post(PROFILE, answers(email=other.email, is_superuser="on", is_staff="on"))

    other.refresh_from_db()
    ana.refresh_from_db()
    assert (other.full_name, other.licences.count()) == ("Bruno Díaz", 1)
    assert (ana.email, ana.is_superuser, ana.is_staff) == ("ana@example.org", False, False)


def test_a_verified_licence_stays_so_until_it_changes(at_home: Client, ana: Person) -> None:
    kept = ("AR", "MP", "123", "Salta")
    Licence.objects.create(
        person=ana, country="AR", kind="MP", number="123", jurisdiction="Salta", status=LicenceStatus.VERIFIED
    )
    at_home.post(PROFILE, answers(kept))
    assert ana.licences.get().status == LicenceStatus.VERIFIED
    at_home.post(PROFILE, answers(("AR", "MP", "124", "Salta")))
    assert ana.licences.get().status == LicenceStatus.DECLARED


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"full_name": " "}, "This field is required."),
        ({"region": "AR-X"}, "Select a valid choice"),
        ({"profession": "wizard"}, "Select a valid choice"),
        ({"licences-0-number": ""}, "A licence needs its country, kind and number."),
        ({"licences-0-kind": "x" * 31}, "Ensure this value has at most 30 characters"),
    ],
)
def test_bad_input_is_told_at_its_field_and_kept(
    at_home: Client, ana: Person, changes: dict[str, str], sentence: str
) -> None:
    answer = at_home.post(PROFILE, answers(("PE", "CMP", "45678", ""), **changes))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert "Hospital Regional de Loreto" in page
    ana.refresh_from_db()
    assert ana.full_name == "Ana Quispe"


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_with_more_licences(
    at_home: Client, ana: Person, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        Licence.objects.create(person=ana, country="PE", kind="CMP", number=str(number))
    with django_assert_num_queries(4):  # session, person, the form's copy, licences
        page = at_home.get(PROFILE).content.decode()
    assert page.count("data-licence>") == count + 2  # one more row to fill, and the pattern for others


def test_twelve_licences_are_kept_and_a_thirteenth_is_refused(at_home: Client, ana: Person) -> None:
    licences = [("AR", "MP", str(number), "Salta") for number in range(13)]
    assert at_home.post(PROFILE, answers(*licences[:12], language="en")).url == PROFILE
    assert ana.licences.count() == 12
    answer = at_home.post(PROFILE, answers(*licences, language="en"))
    assert "Please submit at most 12 forms." in answer.content.decode()
    assert ana.licences.count() == 12
