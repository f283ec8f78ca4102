"""Rights on cases, trauma records and logbooks come from what somebody gave, never from what was ticked in a form."""

from typing import Any

import pytest

from accounts.models import Membership, Person, Role
from courses.cases.models import Case
from courses.cases.policies import cases as policies
from courses.cases.policies.cases import Relation
from courses.cases.queries import cases, notices, review_queue, visible_cases
from courses.logbook.policies import may_log_session
from courses.programme.models import EnrolmentStatus, Participation
from courses.trauma.policies import may_see_registry, may_write_trauma
from shared.clock import now
from tests import case_factories, factories

pytestmark = pytest.mark.django_db
NOT_GIVEN = [status for status in EnrolmentStatus if status != EnrolmentStatus.CONFIRMED]


def taught_case(**fields: Any) -> Case:
    return case_factories.case(
        taught_at=now(), consent=case_factories.consent(scopes=["case_review", "teaching_reuse"]), **fields
    )


@pytest.mark.parametrize("status", NOT_GIVEN)
def test_a_place_in_the_operating_room_that_nobody_gave_opens_nothing(status: EnrolmentStatus) -> None:
    session = factories.session()
    person = factories.enrolment(session=session, channel=Participation.OR, status=status).person
    taught = taught_case(course=session.course)
    assert not policies.relations_of(person, taught)
    assert not policies.may_see_case(person, taught)
    assert not policies.may_write_case(person)
    assert not policies.may_send_to(person, session.course)
    assert not may_write_trauma(person)
    assert not may_log_session(person, session)
    assert not visible_cases.cases_of(person, now().date()).exists()


def test_a_place_that_was_given_opens_the_taught_cases_of_its_course() -> None:
    session = factories.session()
    person = factories.enrolment(session=session, channel=Participation.OR).person
    taught, other = taught_case(course=session.course), taught_case()
    assert list(visible_cases.cases_of(person, now().date())) == [taught]
    assert [policies.may_see_case(person, case) for case in (taught, other)] == [True, False]
    assert policies.may_write_case(person)


@pytest.mark.parametrize("channel", [Participation.AUDITORIUM, Participation.REMOTE])
def test_watching_opens_nothing(channel: Participation) -> None:
    session = factories.session()
    person = factories.enrolment(session=session, channel=channel).person
    assert not policies.may_see_case(person, taught_case(course=session.course))
    assert not policies.may_write_case(person)
    assert not may_write_trauma(person)


@pytest.mark.parametrize(
    ("role", "relation", "writes", "queues"),
    [
        (Role.COORDINATOR, Relation.COORDINATOR, True, True),
        (Role.MENTOR, Relation.COURSE_MENTOR, True, True),
        (Role.TRAINEE, None, True, False),
        (Role.VERIFIER, None, False, False),
    ],
)
def test_what_each_role_of_the_organisation_opens(
    role: Role, relation: Relation | None, writes: bool, queues: bool
) -> None:
    course = factories.course()
    elsewhere = factories.course(mission=None, organisation=factories.organisation(slug="elsewhere"))
    case, foreign = (case_factories.case(course=each) for each in (course, elsewhere))
    person = factories.member(role)
    assert policies.relations_of(person, case) == (frozenset({relation}) if relation else frozenset())
    assert policies.relations_of(person, foreign) == frozenset()
    assert policies.may_write_case(person) is may_write_trauma(person) is writes
    assert policies.may_see_queue(person) is queues
    assert list(review_queue.open_to(person)) == ([case] if queues else [])
    assert list(visible_cases.cases_of(person, now().date())) == ([case] if queues else [])
    assert cases.courses_for(person) == ([course] if writes else [])
    assert [policies.may_send_to(person, each) for each in (course, elsewhere)] == [writes, False]
    assert may_see_registry(person) is (role == Role.COORDINATOR)


def test_a_case_is_told_to_its_own_organisation_alone() -> None:
    elsewhere = factories.organisation(slug="elsewhere")
    ours = {role: factories.member(role) for role in (Role.COORDINATOR, Role.MENTOR)}
    case = case_factories.case(released_by=ours[Role.COORDINATOR])
    for role in Role:
        factories.member(role, organisation=elsewhere)
    assert ours[Role.COORDINATOR] in notices.coordinators(case)
    assert not notices.coordinators(case).filter(memberships__organisation=elsewhere).exists()
    assert ours[Role.MENTOR] in notices.course_mentors(case)
    assert not notices.course_mentors(case).filter(memberships__organisation=elsewhere).exists()


def test_a_role_that_was_taken_opens_nothing_any_more() -> None:
    person, case = factories.member(Role.MENTOR), case_factories.case()
    assert policies.may_see_case(person, case)
    Membership.objects.filter(person=person).delete()
    assert not policies.may_see_case(Person.objects.get(pk=person.pk), case)
