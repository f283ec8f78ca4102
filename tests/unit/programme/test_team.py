"""A session's team: assigned, invited, removed."""

from typing import Any

import pytest
from django.core import mail

from accounts.models import Person
from courses.programme import policies
from courses.programme.actions import team
from courses.programme.models import TeamMember, TeamRole
from courses.programme.queries import team as queries
from shared.clock import now
from shared.errors import DomainError
from tests import factories

pytestmark = pytest.mark.django_db


def assign(**fields: Any) -> TeamMember:
    defaults: dict[str, Any] = {"email": "vicente@example.org", "full_name": "Vicente Duro", "role": TeamRole.SURGEON}
    return team.assign(**defaults | fields)


def test_somebody_new_is_made_without_a_password_and_invited() -> None:
    session = factories.session(procedure="Appendectomy")
    member = assign(by=factories.coordinator(), session=session, email=" Vicente@Example.org ")
    assert member.person.email == "vicente@example.org"
    assert not member.person.has_usable_password()
    (message,) = mail.outbox
    assert message.to == ["vicente@example.org"]
    assert f"/sessions/{session.public_id}/" in message.body
    assert "Appendectomy" in message.body


def test_somebody_known_keeps_their_name_and_reads_their_own_language() -> None:
    known = factories.person(email="vicente@example.org", full_name="Dr. Duro", language="pt")
    member = assign(by=factories.coordinator(), session=factories.session(), full_name="")
    assert member.person == known
    assert member.person.full_name == "Dr. Duro"
    assert mail.outbox[0].extra_headers["Content-Language"] == "pt"


def test_somebody_new_needs_a_name() -> None:
    with pytest.raises(DomainError) as refused:
        assign(by=factories.coordinator(), session=factories.session(), full_name=" ")
    assert (refused.value.code, refused.value.field) == ("team.name.needed", "full_name")
    assert not Person.objects.filter(email="vicente@example.org").exists()


def test_the_same_role_twice_is_one_role_and_one_mail() -> None:
    by, session = factories.coordinator(), factories.session()
    assert assign(by=by, session=session) == assign(by=by, session=session)
    assert len(mail.outbox) == 1


def test_one_role_per_person_and_session() -> None:
    by, session = factories.coordinator(), factories.session()
    assign(by=by, session=session)
    with pytest.raises(DomainError) as refused:
        assign(by=by, session=session, role=TeamRole.MENTOR)
    assert (refused.value.code, refused.value.field) == ("team.already", "email")
    assign(by=by, session=factories.session(), role=TeamRole.MENTOR)


def test_outsiders_change_no_team() -> None:
    member = factories.team_member()
    with pytest.raises(DomainError, match=r"plan\.forbidden"):
        assign(by=member.person, session=member.session)
    with pytest.raises(DomainError, match=r"plan\.forbidden"):
        team.remove(by=member.person, session=member.session, person=member.person.public_id)
    assert TeamMember.objects.count() == 1


def test_a_cancelled_session_needs_no_team() -> None:
    with pytest.raises(DomainError, match=r"session\.cancelled"):
        assign(by=factories.coordinator(), session=factories.session(cancelled_at=now()))


def test_removing_is_idempotent_and_takes_the_right_away() -> None:
    by, member = factories.coordinator(), factories.team_member()
    assert policies.may_work_at(member.person, member.session)
    team.remove(by=by, session=member.session, person=member.person.public_id)
    team.remove(by=by, session=member.session, person=member.person.public_id)
    assert not policies.may_work_at(member.person, member.session)


def test_surgeons_come_first(django_assert_num_queries: Any) -> None:
    session = factories.session()
    for role in (TeamRole.ADVOCATE, TeamRole.MENTOR, TeamRole.SURGEON):
        factories.team_member(session=session, role=role, person=factories.person())
    with django_assert_num_queries(1):
        roles = [member.role for member in queries.of(session) if str(member.person)]
    assert roles == [TeamRole.SURGEON, TeamRole.MENTOR, TeamRole.ADVOCATE]
