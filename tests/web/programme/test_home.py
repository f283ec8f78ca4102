"""The programme: what is live, what comes, the missions, what was; and the coordinator's dashboard."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from courses.programme.models import EnrolmentStatus
from shared.clock import now
from tests import factories

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_an_empty_programme_says_what_will_be_here(client: Client) -> None:
    assert "New ones appear here as soon as they are announced" in text(client.get("/"))


def test_live_upcoming_and_past_stand_in_their_places(client: Client) -> None:
    course = factories.course()
    live = factories.session(course=course, title="Cleft lip", live_at=now(), starts_at=now() - timedelta(minutes=9))
    coming = factories.session(course=course, title="Hernia")
    past = factories.session(course=course, title="Skin graft", starts_at=now() - timedelta(days=3), ended_at=now())
    off = factories.session(course=course, title="Called off", cancelled_at=now())
    programme = client.get("/").context["programme"]
    assert [item.session for item in programme.live] == [live]
    assert [item.session for item in programme.upcoming] == [coming, off]
    assert [item.session for item in programme.past] == [past]
    page = text(client.get("/"))
    assert f'href="/live/{live.public_id}/"' in page
    assert f'href="/live/{coming.public_id}/"' not in page


def test_a_live_session_past_its_planned_end_is_still_live(client: Client) -> None:
    started = now() - timedelta(hours=5)
    session = factories.session(starts_at=started, live_at=started)
    assert [item.session for item in client.get("/").context["programme"].live] == [session]


def test_the_public_sees_no_drafts(client: Client) -> None:
    hidden = factories.mission(title="Secret mission", is_published=False)
    factories.session(title="Hidden by its mission", course=factories.course(mission=hidden))
    factories.session(title="Hidden by its course", course=factories.course(is_published=False))
    factories.session(title="Alone and public", course=factories.course(mission=None))
    page = text(client.get("/"))
    assert "Alone and public" in page
    assert "Hidden by" not in page and "Secret mission" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_home_asks_four_queries(client: Client, count: int, django_assert_num_queries: Any) -> None:
    for _ in range(count):
        session = factories.session(live_at=now())
        factories.enrolment(session=session)
        factories.session()
        factories.session(starts_at=now() - timedelta(days=9))
    with django_assert_num_queries(4):  # current, past, figures, missions
        client.get("/")


@pytest.mark.parametrize("count", [1, 3])
def test_plan_asks_seven_queries(client: Client, count: int, django_assert_num_queries: Any) -> None:
    for _ in range(count):
        factories.enrolment(status=EnrolmentStatus.WAITING)
    client.force_login(factories.coordinator())
    with django_assert_num_queries(7):  # session, person, current, past, figures, missions, courses
        page = text(client.get("/plan/"))
    assert "Laparoscopic appendectomy" in page


def test_plan_shows_registrations_as_they_arrive(client: Client) -> None:
    session = factories.session()
    factories.enrolment(session=session)
    factories.enrolment(session=session, status=EnrolmentStatus.WAITING)
    client.force_login(factories.coordinator())
    (item,) = client.get("/plan/").context["programme"].upcoming
    assert (item.confirmed, item.waiting, item.left) == (1, 1, 239)


def test_plan_is_for_coordinators(client: Client) -> None:
    assert client.get("/plan/").headers["Location"] == "/accounts/login/?next=/plan/"
    client.force_login(factories.team_member().person)
    assert client.get("/plan/").status_code == 403
