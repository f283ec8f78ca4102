"""The first coordinator: one link, once, for a day, and only where nobody looks after the house."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts import policies
from accounts.actions import first_coordinator
from accounts.models import FirstLink, Organisation, Person
from shared.errors import DomainError
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 29, 12, tzinfo=UTC)
TOLD = {
    "full_name": "Ana Quispe",
    "email": "Ana@Hospital.example",
    "password": "trocar y pinza",
    "organisation": "Hospital Regional",
    "language": "es",
}


def test_the_link_makes_one_person_who_may_do_everything_there() -> None:
    key = first_coordinator.link(at=AT)
    ana = first_coordinator.create(key=key, at=AT, **TOLD)
    house = Organisation.objects.get()
    assert (ana.email, ana.is_staff, ana.is_superuser, house.name) == (
        "ana@hospital.example",
        True,
        True,
        TOLD["organisation"],
    )
    assert policies.may_plan(ana, house)
    assert policies.may_administer(ana)
    assert ana.check_password(TOLD["password"])
    assert EmailAddress.objects.filter(user=ana, email=ana.email, primary=True, verified=True).exists(), (
        "no mail needed"
    )


def test_a_link_opens_once() -> None:
    key = first_coordinator.link(at=AT)
    first_coordinator.create(key=key, at=AT, **TOLD)
    with pytest.raises(DomainError, match=r"first\.gone"):
        first_coordinator.create(key=key, at=AT, **TOLD | {"email": "b@hospital.example"})
    assert Person.objects.count() == 1


def test_a_link_is_kept_as_a_digest_and_a_new_one_voids_it() -> None:
    key = first_coordinator.link(at=AT)
    assert key not in FirstLink.objects.get().digest
    first_coordinator.link(at=AT)
    with pytest.raises(DomainError, match=r"first\.gone"):
        first_coordinator.create(key=key, at=AT, **TOLD)


def test_a_link_is_good_for_a_day() -> None:
    key = first_coordinator.link(at=AT)
    with pytest.raises(DomainError, match=r"first\.gone"):
        first_coordinator.create(key=key, at=AT + timedelta(days=1), **TOLD)
    assert not Person.objects.exists()


def test_there_is_no_link_where_somebody_looks_after_the_house() -> None:
    key = first_coordinator.link(at=AT)
    factories.coordinator()
    with pytest.raises(DomainError, match=r"first\.taken"):
        first_coordinator.link(at=AT)
    with pytest.raises(DomainError, match=r"first\.gone"):
        first_coordinator.create(key=key, at=AT, **TOLD)


def test_an_administrator_is_somebody_too() -> None:
    Person.objects.create_superuser("root@hospital.example")
    with pytest.raises(DomainError, match=r"first\.taken"):
        first_coordinator.link(at=AT)


def test_an_account_made_before_becomes_theirs_and_its_sessions_end() -> None:
    before = Person.objects.create_user(TOLD["email"], "somebody else's")
    ana = first_coordinator.create(key=first_coordinator.link(at=AT), at=AT, **TOLD)
    assert ana.pk == before.pk
    assert ana.get_session_auth_hash() != before.get_session_auth_hash()


def test_the_command_prints_it_and_is_silent_where_asked() -> None:
    out = StringIO()
    call_command("first_link", site="http://here", stdout=out)
    assert "http://here/first/" in out.getvalue()
    factories.coordinator()
    silent = StringIO()
    call_command("first_link", if_needed=True, stdout=silent)
    assert silent.getvalue() == ""
    with pytest.raises(CommandError):
        call_command("first_link")
