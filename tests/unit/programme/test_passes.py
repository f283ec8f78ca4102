"""A pass opens one session to one person, as long as the registration stands."""

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, login
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from accounts.models import Person
from courses.programme.actions import decisions, passes
from courses.programme.models import Enrolment, EnrolmentStatus
from courses.programme.queries.passes import person_for, person_in
from shared.clock import now
from shared.errors import DomainError
from tests import factories

pytestmark = pytest.mark.django_db


def browser_with_pass(enrolment: Enrolment) -> SessionStore:
    store = SessionStore()
    passes.give(browser=store, enrolment=enrolment, at=now())
    return store


def request_of(store: SessionStore, user: Person | None = None) -> HttpRequest:
    request = HttpRequest()
    request.session = store
    request.user = user or AnonymousUser()
    return request


def signed_in(person: Person) -> dict[str, str]:
    return {SESSION_KEY: str(person.pk), BACKEND_SESSION_KEY: "any", HASH_SESSION_KEY: person.get_session_auth_hash()}


def test_opens_its_session_alone() -> None:
    enrolment, other = factories.enrolment(), factories.session()
    store = browser_with_pass(enrolment)

    assert person_in(store, enrolment.session.public_id) == enrolment.person
    assert person_for(request_of(store), enrolment.session.public_id) == enrolment.person
    assert person_in(store, other.public_id) is None
    assert person_for(request_of(store), other.public_id) is None


def test_keeps_the_passes_of_other_sessions() -> None:
    first, second = factories.enrolment(), factories.enrolment()
    store = browser_with_pass(first)
    passes.give(browser=store, enrolment=second, at=now())

    assert person_in(store, first.session.public_id) == first.person
    assert person_in(store, second.session.public_id) == second.person


def test_wins_over_whoever_is_signed_in() -> None:
    enrolment, somebody = factories.enrolment(), factories.person()
    store = browser_with_pass(enrolment)
    store.update(signed_in(somebody))

    assert person_for(request_of(store, somebody), enrolment.session.public_id) == enrolment.person
    assert person_in(store, enrolment.session.public_id) == enrolment.person
    assert person_in(store, "elsewhere") == somebody


@pytest.mark.parametrize("status", [EnrolmentStatus.WITHDRAWN, EnrolmentStatus.WAITING])
def test_stops_when_the_registration_stops(status: str) -> None:
    enrolment = factories.enrolment()
    store = browser_with_pass(enrolment)
    Enrolment.objects.filter(pk=enrolment.pk).update(status=status)

    assert person_in(store, enrolment.session.public_id) is None
    assert person_for(request_of(store), enrolment.session.public_id) is None


def test_stops_when_the_link_is_replaced() -> None:
    enrolment = factories.enrolment()
    store = browser_with_pass(enrolment)
    decisions.renew_link(by=factories.coordinator(), enrolment=enrolment, at=now())

    assert person_in(store, enrolment.session.public_id) is None
    assert person_for(request_of(store), enrolment.session.public_id) is None


def test_stops_when_the_person_is_shut_out() -> None:
    enrolment = factories.enrolment()
    store = browser_with_pass(enrolment)
    Person.objects.filter(pk=enrolment.person_id).update(is_active=False)

    assert person_in(store, enrolment.session.public_id) is None


def test_a_changed_password_signs_the_bare_mapping_out() -> None:
    somebody = factories.person()
    mapping = signed_in(somebody)
    assert person_in(mapping, "any") == somebody

    somebody.set_password("another one entirely")
    somebody.save()
    assert person_in(mapping, "any") is None


@pytest.mark.parametrize(
    ("status", "code"),
    [(EnrolmentStatus.WITHDRAWN, "enrolment.withdrawn"), (EnrolmentStatus.WAITING, "enrolment.waiting")],
)
def test_is_not_given_without_a_place(status: str, code: str) -> None:
    store = SessionStore()
    with pytest.raises(DomainError) as caught:
        passes.give(browser=store, enrolment=factories.enrolment(status=status), at=now())
    assert caught.value.code == code
    assert "passes" not in store


def test_two_links_in_one_browser_stay_two_people() -> None:
    session = factories.session()
    first, second = factories.enrolment(session=session), factories.enrolment(session=session)
    store = browser_with_pass(first)
    passes.give(browser=store, enrolment=second, at=now())

    for enrolment in (first, second):
        wanted = enrolment.person.public_id
        assert person_for(request_of(store), session.public_id, wanted) == enrolment.person
    assert person_for(request_of(store), session.public_id) == second.person  # the latest, where nobody is named


def test_a_tab_of_who_is_signed_in_stays_theirs_beside_a_link() -> None:
    enrolment, somebody = factories.enrolment(), factories.person()
    request = request_of(browser_with_pass(enrolment), somebody)

    assert person_for(request, enrolment.session.public_id, somebody.public_id) == somebody
    assert person_for(request, enrolment.session.public_id, factories.person().public_id) == enrolment.person


def test_nobody_is_somebody_by_naming_them() -> None:
    enrolment = factories.enrolment()
    request = request_of(SessionStore())

    assert person_for(request, enrolment.session.public_id, enrolment.person.public_id) is None


def test_a_browser_holds_five_of_one_session() -> None:
    session = factories.session()
    enrolments_ = [factories.enrolment(session=session) for _ in range(6)]
    store = SessionStore()
    for enrolment in enrolments_:
        passes.give(browser=store, enrolment=enrolment, at=now())

    assert store["passes"][session.public_id] == [one.link_key for one in enrolments_[1:]]


def test_whoever_signs_in_gets_nobody_elses_pass() -> None:
    enrolment, somebody = factories.enrolment(), factories.person()
    store = browser_with_pass(enrolment)
    login(request_of(store), somebody, backend="django.contrib.auth.backends.ModelBackend")

    assert person_in(store, enrolment.session.public_id) == somebody
