"""The queue of cases: what is in it, for whom, in which order, at which cost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from courses.cases.models import Case, CaseStatus
from shared.clock import now
from tests import case_factories, factories

pytestmark = pytest.mark.django_db

PAGE = "/cases/queue/"


@pytest.fixture
def boss(client: Client) -> Person:
    coordinator = factories.coordinator()
    client.force_login(coordinator)
    return coordinator


def shown(client: Client, **query: str) -> list[Case]:
    return [line["case"] for line in client.get(PAGE, query).context["rows"]]


def test_late_ones_first_then_section_by_section_by_urgency_and_age(client: Client, boss: Person) -> None:
    course, at = factories.course(), now()

    def case(status: str, urgency: str, hours: int, **fields: object) -> Case:
        since = at - timedelta(hours=hours)
        return case_factories.case(
            course=course, status=status, urgency=urgency, submitted_at=since, released_at=since, **fields
        )

    soon, gone = {"due_at": at + timedelta(hours=3)}, {"due_at": at - timedelta(hours=2)}
    expected = [
        case("under_review", "now", 4, **gone),
        case("waiting", "week", 90, **gone),
        case_factories.case(course=course, status="submitted", urgency="now"),
        case_factories.case(course=course, status="submitted", urgency="elective"),
        case("waiting", "day", 2, **soon),
        case("waiting", "week", 9, **soon),
        case("waiting", "week", 8, **soon),
        case("assigned", "now", 1, **soon),
        case("under_review", "week", 7, **soon),
    ]
    for status in ("draft", "sent_back", "approved", "closed", "withdrawn"):
        case_factories.case(course=course, status=status, due_at=at - timedelta(hours=1))
    assert shown(client) == expected
    assert shown(client, section="late") == expected[:2]
    assert shown(client, section="to_release") == expected[2:4]
    assert shown(client, section="waiting") == expected[4:7]
    assert shown(client, section="with_mentor") == expected[7:]
    assert shown(client, section="moon") == expected
    counts = [count for _, _, count in client.get(PAGE).context["sections"]]
    assert counts == [2, 2, 3, 2]


def test_it_says_what_and_how_long_and_who(client: Client, boss: Person) -> None:
    at = now()
    case = case_factories.case(
        status="assigned",
        urgency="day",
        released_at=at - timedelta(hours=5, minutes=1),
        due_at=at + timedelta(hours=3, minutes=1),
        main_question="Which closure? " + "And why? " * 40,
    )
    review = case_factories.review(case=case)
    case_factories.review(case=case, status="handed_over", mentor=factories.person(full_name="Gone Away"))
    html = client.get(PAGE).content.decode()
    due_at = case.due_at
    assert due_at is not None
    for text in (case.code, "Within 24 hours", "Due in 3 h", "released 5 h ago", "Gastroschisis", "Which closure?"):
        assert text in html
    assert f'datetime="{due_at.isoformat()}"' in html
    assert str(review.mentor) in html
    assert "Gone Away" not in html
    assert "…" in html
    Case.objects.filter(pk=case.pk).update(due_at=at - timedelta(days=2, minutes=1))
    assert "Late by 2 days" in client.get(PAGE).content.decode()


def test_a_mentor_sees_the_cases_of_their_courses(client: Client) -> None:
    mine, other = factories.course(), factories.course()
    own = case_factories.case(course=mine)
    case_factories.case(course=other)
    mentor = case_factories.mentor(mine)
    case_factories.mentor(mine)
    factories.team_member(session=factories.session(course=mine), person=mentor, role="surgeon")
    client.force_login(mentor)
    assert shown(client) == [own]
    assert shown(client, course=other.slug) == [own]
    assert client.get(PAGE).context["total"] == 1


def test_it_is_narrowed(client: Client, boss: Person) -> None:
    burn = case_factories.case(specialty="plastic", urgency="now")
    bowel = case_factories.case(specialty="paediatric", urgency="week")
    assert burn.course is not None
    assert shown(client) == [burn, bowel]
    assert shown(client, specialty="plastic") == [burn]
    assert shown(client, urgency="week") == [bowel]
    assert shown(client, course=burn.course.slug) == [burn]
    assert shown(client, course=burn.course.slug, urgency="week") == []
    assert shown(client, urgency="moon") == [burn, bowel]
    html = client.get(PAGE, {"urgency": "elective"}).content.decode()
    assert "No case matches" in html


def test_an_empty_queue_says_what_comes(client: Client, boss: Person) -> None:
    assert "New ones appear here" in client.get(PAGE).content.decode()


def test_pages_hold_twenty_five(client: Client, boss: Person) -> None:
    course = factories.course()
    author, consent = factories.person(), case_factories.consent
    for _ in range(26):
        case_factories.case(course=course, author=author, consent=consent(taken_by=author), released_by=boss)
    assert (len(shown(client)), len(shown(client, page="2")), len(shown(client, page="99"))) == (25, 1, 1)
    assert "page=2" in client.get(PAGE).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_costs_the_same_for_one_and_for_three(
    client: Client, boss: Person, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        case_factories.review(case=case_factories.case(status="assigned"))
    with django_assert_num_queries(7):  # browser session, person, courses, counts, keys, cases, reviews
        client.get(PAGE)


@pytest.mark.parametrize("number", [1, 3])
def test_costs_a_mentor_the_same_too(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    course = factories.course()
    for _ in range(number):
        case_factories.review(case=case_factories.case(course=course, status="assigned"))
    client.force_login(case_factories.mentor(course))
    with django_assert_num_queries(8):  # as above, and whether they mentor anywhere
        client.get(PAGE)


def test_htmx_is_given_the_rows_alone(client: Client, boss: Person) -> None:
    case = case_factories.case(status=CaseStatus.WAITING)
    html = client.get(PAGE, headers={"HX-Request": "true"}).content.decode()
    assert case.code in html
    assert "<html" not in html
    assert reverse("courses:case-show", kwargs={"case": case.public_id}) in html
