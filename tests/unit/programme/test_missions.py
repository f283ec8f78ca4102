"""Missions and courses: kept, named in addresses, seen."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as st

from accounts.policies import may_plan, may_plan_somewhere
from courses.programme import policies
from courses.programme.actions import courses, missions
from courses.programme.models import Course, EnrolmentStatus, Mission, Participation, TeamRole
from courses.programme.queries import missions as queries
from courses.programme.queries import slugs
from courses.programme.rules.missions import check_days
from shared.clock import now
from shared.errors import DomainError
from tests import factories

DAYS = st.none() | st.dates(date(2017, 7, 28), date(2017, 8, 7))


def drafted(title: str) -> Mission:
    """Not kept yet."""
    place = {"location": "Iquitos", "country": "PE", "focus": "Trauma"}
    return Mission(organisation=factories.organisation(), title=title, **place)


@given(first=DAYS, last=DAYS)
def test_days_are_in_order(first: date | None, last: date | None) -> None:
    is_fine = last is None or (first is not None and not any(last.toordinal() < n for n in [first.toordinal()]))
    try:
        check_days(first, last)
        assert is_fine
    except DomainError as error:
        assert (error.code, error.field, is_fine) == ("mission.end_before_start", "ends_on", False)


@pytest.mark.django_db
def test_two_missions_of_one_title_have_two_addresses() -> None:
    by = factories.coordinator()
    first, second = (
        missions.save(
            by=by,
            mission=Mission(
                organisation=factories.organisation(),
                title="Misión: Perú",
                location="Iquitos",
                country="PE",
                focus="Trauma",
            ),
        )
        for _ in range(2)
    )
    assert (first.slug, second.slug) == ("mision-peru", "mision-peru-2")


@pytest.mark.django_db
def test_a_name_taken_at_the_same_moment_gets_an_ending(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.course(slug="knots")
    monkeypatch.setattr(slugs, "unused", lambda model, title: "knots")
    course = courses.save(
        by=factories.coordinator(), course=Course(organisation=factories.organisation(), title="Knots")
    )
    assert re.fullmatch(r"knots-[0-9a-z]{4}", course.slug)


@pytest.mark.django_db
def test_a_new_title_keeps_the_address() -> None:
    by, course = factories.coordinator(), Course(organisation=factories.organisation(), title="Cleft lip and palate")
    courses.save(by=by, course=course)
    course.title = "Cleft surgery"
    courses.save(by=by, course=course)
    assert course.slug == "cleft-lip-and-palate"


@pytest.mark.django_db
def test_a_title_without_latin_letters_still_has_an_address() -> None:
    assert courses.save(
        by=factories.coordinator(), course=Course(organisation=factories.organisation(), title="外科")
    ).slug


@pytest.mark.django_db
def test_outsiders_keep_nothing() -> None:
    with pytest.raises(DomainError, match=r"plan\.forbidden"):
        missions.save(
            by=factories.person(),
            mission=Mission(
                organisation=factories.organisation(), title="Mine", location="Here", country="PE", focus="Me"
            ),
        )
    with pytest.raises(DomainError, match=r"plan\.forbidden"):
        courses.save(by=factories.person(), course=Course(organisation=factories.organisation(), title="Mine"))
    assert not Mission.objects.exists() and not Course.objects.exists()


@pytest.mark.django_db
def test_drafts_are_seen_by_coordinators_and_the_team_alone() -> None:
    hidden = factories.mission(is_published=False)
    session = factories.session(course=factories.course(mission=hidden))
    mentor = factories.team_member(session=session, role=TeamRole.MENTOR).person
    coordinator, person, nobody = factories.coordinator(), factories.person(), AnonymousUser()
    seen = [
        [
            policies.may_see_mission(who, hidden),
            policies.may_see_course(who, session.course),
            policies.may_see_session(who, session),
        ]
        for who in (nobody, person, mentor, coordinator)
    ]
    assert seen == [[False] * 3, [False] * 3, [False, False, True], [True] * 3]


@pytest.mark.django_db
def test_an_account_that_was_closed_plans_nothing() -> None:
    closed = factories.coordinator(is_active=False)
    assert not may_plan(closed, factories.organisation())
    assert not may_plan_somewhere(closed)


@pytest.mark.django_db
def test_figures_are_for_coordinators_and_moderators() -> None:
    moderator = factories.team_member()
    mentor = factories.team_member(session=moderator.session, person=factories.person(), role=TeamRole.MENTOR)
    who = (AnonymousUser(), factories.person(), mentor.person, moderator.person, factories.coordinator())
    assert [policies.may_see_figures(person, moderator.session) for person in who] == [False, False, False, True, True]


@pytest.mark.django_db
def test_tiers_count_each_person_once_per_channel() -> None:
    mission = factories.mission()
    course = factories.course(mission=mission)
    first, second = factories.session(course=course), factories.session(course=course)
    ana = factories.person()
    for session in (first, second):
        factories.enrolment(session=session, person=ana)
    factories.enrolment(session=first, region="PE-CUS")
    factories.enrolment(session=first, region="PE-CUS")
    factories.enrolment(session=first, region="")
    factories.enrolment(session=first, channel=Participation.AUDITORIUM)
    factories.enrolment(session=first, status=EnrolmentStatus.WAITING)
    factories.enrolment(session=first, status=EnrolmentStatus.WITHDRAWN)
    factories.enrolment(session=factories.session(course=course, cancelled_at=now()))
    tiers = [(tier.ring, tier.label, tier.registered) for tier in queries.tiers(mission)]
    assert tiers == [
        ("auditorium", "Auditorium", 1),
        ("remote", "Cusco", 2),
        ("remote", "Peru", 1),
        ("remote", "Loreto", 1),
    ]
