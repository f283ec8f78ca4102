"""Roles in organisations: written in one string, given, taken; accounts closed and merged."""

import pytest
from django.core import mail
from django.db.models import Model
from hypothesis import given
from hypothesis import strategies as st

from accounts import policies
from accounts.actions import closing, licences, memberships, organisations
from accounts.models import Licence, Membership, Person
from accounts.models.licences import LicenceStatus
from accounts.rules import roles
from accounts.rules.roles import Role
from courses.programme.models import Enrolment
from shared.clock import now
from shared.errors import DomainError
from tests import factories
from tests.refusals import code_of

HELD = st.dictionaries(st.integers(1, 99), st.frozensets(st.sampled_from(Role), min_size=1), max_size=4)


@given(HELD)
def test_what_is_written_is_read(held: dict[int, frozenset[Role]]) -> None:
    written = ",".join(f"{key}:{role}" for key, several in held.items() for role in several)
    assert roles.parse(written) == held
    assert roles.parse(None) == roles.parse("") == {}


pytestmark = pytest.mark.django_db


def test_roles_come_with_the_person_or_by_a_query_of_their_own(django_assert_num_queries: object) -> None:
    here, there = factories.organisation(), factories.organisation(slug="there")
    person = factories.member(Role.MENTOR)
    Membership.objects.create(organisation=here, person=person, role=Role.TRAINEE)
    Membership.objects.create(organisation=there, person=person, role=Role.VERIFIER)
    expected = {here.pk: {Role.MENTOR, Role.TRAINEE}, there.pk: {Role.VERIFIER}}
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert Person.objects.with_roles().get(pk=person.pk).roles == expected
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert Person.objects.get(pk=person.pk).roles == expected
    assert Person.objects.with_roles().get(pk=factories.person().pk).roles == {}


@pytest.mark.parametrize("role", [None, Role.VERIFIER, Role.MENTOR, Role.TRAINEE, Role.COORDINATOR])
def test_what_each_role_may_with_people(role: Role | None) -> None:
    house = factories.organisation()
    person = factories.member(role) if role else factories.person()
    other = factories.person()
    may = (
        policies.may_plan(person, house),
        policies.may_see_people(person, house),
        policies.may_give_roles(person, house),
        policies.may_verify(person, house),
        policies.may_close_account(person, house, other),
        policies.may_administer(person),
    )
    is_coordinator, looks = role == Role.COORDINATOR, role in (Role.COORDINATOR, Role.VERIFIER)
    assert may == (is_coordinator, looks, is_coordinator, looks, is_coordinator, False)


def test_an_administrator_makes_organisations_and_reads_nothing_else() -> None:
    root = Person.objects.create_superuser("root@example.org")
    made = organisations.create(by=root, name="  Misión   Cuzco ")
    assert (made.name, made.slug) == ("Misión Cuzco", "mision-cuzco")
    assert organisations.create(by=root, name="misión cuzco") == made
    assert organisations.create(by=root, name="Mision Cuzco").slug.startswith("mision-cuzco-")
    assert not policies.may_plan(root, made)
    with pytest.raises(DomainError, match=r"organisations\.forbidden"):
        organisations.create(by=factories.coordinator(), name="Mine")
    with pytest.raises(DomainError, match=r"organisations\.name\.needed"):
        organisations.create(by=root, name=" ")


def test_an_invitation_gives_each_role_once_and_mails_once(django_capture_on_commit_callbacks: object) -> None:
    by, house = factories.coordinator(), factories.organisation()
    told = {"by": by, "organisation": house, "email": "New@Example.org", "full_name": "Nina Nueva"}
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        for _ in range(2):
            person = memberships.invite(**told, roles=[Role.MENTOR, Role.TRAINEE])  # type: ignore[arg-type]
    assert policies.roles_in(person, house) == {Role.MENTOR, Role.TRAINEE}
    assert {m.given_by for m in person.memberships.all()} == {by}
    assert [(m.to, "house" in m.body.lower()) for m in mail.outbox] == [(["new@example.org"], True)]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"roles": []}, "people.roles.none"),
        ({"full_name": " "}, "people.name.needed"),
        ({"by": "verifier"}, "people.forbidden"),
        ({"by": "elsewhere"}, "people.forbidden"),
        ({"email": "closed@example.org"}, "people.closed"),
    ],
)
def test_an_invitation_that_is_refused_leaves_nothing(fields: dict[str, object], code: str) -> None:
    elsewhere = factories.organisation(slug="elsewhere")
    people = {
        "coordinator": factories.coordinator(),
        "verifier": factories.member(Role.VERIFIER),
        "elsewhere": factories.coordinator(organisation=elsewhere),
    }
    factories.person(email="closed@example.org", is_active=False)
    before = Person.objects.count(), Membership.objects.count()
    told = {"by": "coordinator", "email": "new@example.org", "full_name": "Nina", "roles": [Role.MENTOR]} | fields
    by = people[str(told.pop("by"))]
    assert code_of(lambda: memberships.invite(by=by, organisation=factories.organisation(), **told)) == code  # type: ignore[arg-type]
    assert (Person.objects.count(), Membership.objects.count()) == before


def test_the_last_coordinator_stays() -> None:
    house, by = factories.organisation(), factories.coordinator()
    with pytest.raises(DomainError, match=r"people\.last_coordinator"):
        memberships.set_roles(by=by, organisation=house, person=by, roles=[Role.MENTOR])
    other = factories.coordinator()
    memberships.set_roles(by=by, organisation=house, person=by, roles=[Role.MENTOR])
    assert [m.role for m in by.memberships.all()] == [Role.MENTOR]
    memberships.set_roles(by=other, organisation=house, person=by, roles=[])
    assert not by.memberships.exists()


def test_a_licence_is_verified_by_somebody_else_and_says_by_whom() -> None:
    house, at = factories.organisation(), now()
    verifier, surgeon = factories.member(Role.VERIFIER), factories.person()
    licence = Licence.objects.create(person=surgeon, country="PE", kind="CMP", number="1")
    licences.decide(by=verifier, organisation=house, licence=licence, status=LicenceStatus.VERIFIED, at=at)
    licences.decide(
        by=factories.coordinator(), organisation=house, licence=licence, status=LicenceStatus.VERIFIED, at=now()
    )
    licence.refresh_from_db()
    assert (licence.status, licence.verified_by, licence.verified_at) == (LicenceStatus.VERIFIED, verifier, at)
    licences.decide(by=verifier, organisation=house, licence=licence, status=LicenceStatus.DECLARED, at=now())
    licence.refresh_from_db()
    assert (licence.status, licence.verified_by, licence.verified_at) == (LicenceStatus.DECLARED, None, None)

    own = Licence.objects.create(person=verifier, country="PE", kind="CMP", number="2")
    for by, kept, code in ((verifier, own, "licences.own"), (surgeon, licence, "licences.forbidden")):
        with pytest.raises(DomainError, match=code):
            licences.decide(by=by, organisation=house, licence=kept, status=LicenceStatus.VERIFIED, at=at)


def test_who_may_close_whose_account() -> None:
    house, elsewhere = factories.organisation(), factories.organisation(slug="elsewhere")
    by, root = factories.coordinator(), Person.objects.create_superuser("root@example.org")
    plain, there = factories.member(Role.MENTOR), factories.member(Role.MENTOR, organisation=elsewhere)
    people = (plain, there, by, root)
    assert [policies.may_close_account(by, house, who) for who in people] == [True, False, False, False]
    assert [policies.may_close_account(root, house, who) for who in people] == [True, True, True, False]
    closing.set_open(by=by, organisation=house, person=plain, is_open=False)
    plain.refresh_from_db()
    assert not plain.is_active
    with pytest.raises(DomainError, match=r"people\.forbidden"):
        closing.set_open(by=by, organisation=house, person=there, is_open=False)


def test_merging_hands_everything_over_but_what_both_have() -> None:
    by, house, session = factories.coordinator(), factories.organisation(), factories.session()
    double, into = factories.person(), factories.person()
    both = [factories.enrolment(session=session, person=person) for person in (double, into)]
    alone = factories.enrolment(person=double)
    licence = Licence.objects.create(person=double, country="PE", kind="CMP", number="1")
    assert closing.merge(by=by, organisation=house, double=double, into=into) == 1
    for row, expected in ((both[0], double), (both[1], into), (alone, into), (licence, into)):
        kept: Model = row
        kept.refresh_from_db()
        assert getattr(kept, "person") == expected  # noqa: B009 - rows of two models
    double.refresh_from_db()
    assert not double.is_active
    assert closing.merge(by=by, organisation=house, double=double, into=into) == 1
    assert Enrolment.objects.filter(person=into).count() == 2


def test_merging_is_refused_to_strangers_and_into_nobody() -> None:
    house = factories.organisation()
    by, double, into = factories.coordinator(), factories.person(), factories.person(is_active=False)
    root = Person.objects.create_superuser("root@example.org")
    for who, one, other, code in (
        (by, double, double, "people.merge.same"),
        (by, double, into, "people.merge.closed"),
        (by, double, root, "people.forbidden"),
        (factories.member(Role.VERIFIER), double, into, "people.forbidden"),
    ):
        with pytest.raises(DomainError, match=code):
            closing.merge(by=who, organisation=house, double=one, into=other)
