"""The people's pages: who sees them, what they change, what stays when it is refused."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from accounts.models import Licence, Membership, Organisation, Person
from accounts.models.licences import LicenceStatus
from accounts.rules.roles import Role
from courses.programme.queries import people
from tests import factories

pytestmark = pytest.mark.django_db
HOUSE = {"organisation": "house"}


def at(name: str, **parts: Any) -> str:
    return reverse(f"courses:people-{name}", kwargs=HOUSE | parts)


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    client: Client, people: int, django_assert_num_queries: Any
) -> None:
    by = factories.member(Role.VERIFIER)
    for n in range(people):
        person = factories.member(Role.TRAINEE, full_name=f"Trainee {n}")
        Licence.objects.create(person=person, country="PE", kind="CMP", number=str(n))
    client.force_login(by)
    with django_assert_num_queries(8):  # browser, person, organisation, others, count, people, licences, roles
        page = client.get(at("show")).content.decode()
    assert page.count("CMP") == people


def test_with_one_organisation_nobody_chooses(client: Client) -> None:
    client.force_login(factories.coordinator())
    assert client.get("/people/").headers["Location"] == at("show")


def test_those_who_registered_are_there_too_and_strangers_are_not(client: Client) -> None:
    registered = factories.enrolment(person=factories.person(full_name="Rosa Registered")).person
    factories.person(full_name="Sara Stranger")
    client.force_login(factories.coordinator())
    page = client.get(at("show")).content.decode()
    assert "Rosa Registered" in page
    assert "Sara Stranger" not in page
    assert "Rosa" not in client.get(at("show"), {"q": "nobody"}).content.decode()
    assert client.get(at("person", who=registered.public_id)).status_code == 200
    assert client.get(at("person", who=factories.person().public_id)).status_code == 404


def test_inviting_and_what_was_typed_when_it_is_refused(client: Client) -> None:
    client.force_login(factories.coordinator())
    typed = {"email": "new@example.org", "full_name": "", "roles": ["mentor"]}
    refused = client.post(at("invite"), typed)
    assert refused.status_code == 422
    assert 'value="new@example.org"' in refused.content.decode()
    assert client.post(at("invite"), typed | {"full_name": "Nina Nueva"}).status_code == 302
    assert Membership.objects.get(person__email="new@example.org").role == Role.MENTOR
    assert client.post(at("invite"), typed | {"roles": ["emperor"]}).status_code == 422


def test_roles_are_saved_and_the_last_coordinator_is_told_why_not(client: Client) -> None:
    by, person = factories.coordinator(), factories.member(Role.TRAINEE)
    client.force_login(by)
    client.post(at("roles", who=person.public_id), {"roles": ["mentor", "verifier"]})
    assert {m.role for m in person.memberships.all()} == {Role.MENTOR, Role.VERIFIER}
    refused = client.post(at("roles", who=by.public_id), {"roles": []})
    assert refused.status_code == 422
    assert "Nobody else coordinates" in refused.content.decode()


@pytest.mark.parametrize(("role", "is_marked"), [(Role.VERIFIER, True), (Role.COORDINATOR, True), (Role.MENTOR, False)])
def test_a_licence_is_marked_by_verifiers_and_coordinators(client: Client, role: Role, is_marked: bool) -> None:
    holder = factories.enrolment().person
    licence = Licence.objects.create(person=holder, country="PE", kind="CMP", number="12345")
    by = factories.member(role)
    client.force_login(by)
    where = at("licence", who=holder.public_id, licence=licence.pk)
    assert client.post(where, {"status": "verified"}).status_code == (302 if is_marked else 404)
    licence.refresh_from_db()
    assert (licence.status == LicenceStatus.VERIFIED, licence.verified_by) == (is_marked, by if is_marked else None)
    assert client.post(where, {"status": "nonsense"}).status_code == (302 if is_marked else 404)


def test_an_account_is_closed_opened_and_merged(client: Client) -> None:
    double, into = factories.member(full_name="Ana Doble"), factories.member(full_name="Ana Única")
    alone = factories.enrolment(person=double)
    client.force_login(factories.coordinator())
    for is_open in ("0", "1"):
        client.post(at("account", who=double.public_id), {"open": is_open})
        assert Person.objects.get(pk=double.pk).is_active is (is_open == "1")
    where = at("merge", who=double.public_id)
    refused = client.post(where, {"email": "nobody@example.org"})
    assert (refused.status_code, 'value="nobody@example.org"' in refused.content.decode()) == (422, True)
    assert client.post(where, {"email": into.email.upper()}).status_code == 302
    alone.refresh_from_db()
    assert alone.person == into


def test_what_verifiers_and_others_may_not(client: Client) -> None:
    person = factories.member()
    writes = [("invite", {}), *((name, {"who": person.public_id}) for name in ("roles", "account", "merge"))]
    for by, expected in ((factories.member(Role.VERIFIER), 403), (factories.member(Role.MENTOR), 404)):
        client.force_login(by)
        assert [client.post(at(name, **parts)).status_code for name, parts in writes] == [expected] * 4
    elsewhere = factories.coordinator(organisation=factories.organisation(slug="elsewhere"))
    client.force_login(elsewhere)
    assert [client.post(at(name, **parts)).status_code for name, parts in writes] == [404] * 4
    assert client.get(at("show")).status_code == client.get(at("person", who=person.public_id)).status_code == 404


def test_site_administrators_make_organisations(client: Client) -> None:
    client.force_login(Person.objects.create_superuser("root@example.org"))
    assert client.post("/people/", {"name": "Hospital Regional"}).status_code == 302
    assert Organisation.objects.get().slug == "hospital-regional"
    assert client.get("/people/hospital-regional/").status_code == 200
    client.force_login(factories.coordinator())
    client.post("/people/", {"name": "Mine"})
    assert not Organisation.objects.filter(name="Mine").exists()


def test_rank_in_the_back_office_is_changed_by_those_who_hold_it(client: Client) -> None:
    root = Person.objects.create_superuser("root@example.org")
    clerk = factories.person(is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
    target = factories.person()
    client.force_login(clerk)
    page = client.get(f"/admin/accounts/person/{target.pk}/change/")
    fields = page.context["adminform"].form.fields
    assert page.status_code == 200
    assert not {"is_staff", "is_superuser", "groups", "user_permissions"} & set(fields)
    assert client.get(f"/admin/accounts/person/{root.pk}/change/").status_code in (302, 403)
    assert client.get("/admin/accounts/organisation/").status_code == 403
    client.force_login(root)
    fields = client.get(f"/admin/accounts/person/{target.pk}/change/").context["adminform"].form.fields
    assert {"is_staff", "is_superuser"} <= set(fields)


def test_people_are_sorted_and_searched_as_their_languages_do() -> None:
    names = ["Álvarez Ana", "Nora Ruiz", "Ñuflo Chaves", "Zurita Luis"]
    for name in reversed(names):
        factories.member(full_name=name)
    house = factories.organisation()
    assert [person.full_name for person in people.chosen(house)] == names
    for words, place in (("alvarez", 0), ("ÁLVAREZ ana", 0), ("nuflo", 2), ("ñuflo", 2), ("luis zurita", 3)):
        assert [person.full_name for person in people.chosen(house, q=words)] == [names[place]]
