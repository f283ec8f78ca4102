"""People and things of another session, drafts, and the ways out of the site."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses.programme.models import Enrolment, TeamMember
from courses.programme.queries import links
from courses.programme.queries.links import Purpose
from livesessions.attendance.models import Adjustment, PresenceSpan
from tests import access, factories
from tests.access import Cast

pytestmark = pytest.mark.django_db

ADJUSTMENT = {"minutes": "5", "reason": "Stood at the table", "key": "0d6e9d6a-4f6f-4c52-8c9f-0b9a3b3a7a11"}
ELSEWHERE = ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)"]


@pytest.fixture
def cast() -> Cast:
    return access.cast()


def about(name: str, cast: Cast) -> str:
    """The address about this session's guest, asked for by way of the other session."""
    return reverse(name, args=[cast.other.public_id, cast.guest.person.public_id])


@pytest.mark.parametrize("actor", ["rival", "coordinator"])
def test_a_sheet_explains_nobody_of_another_session(cast: Cast, actor: str) -> None:
    assert cast.browser(actor).get(about("reports:attendance-person", cast)).status_code == 404


def test_minutes_are_not_given_by_way_of_another_session(cast: Cast) -> None:
    answer = cast.browser("coordinator").post(about("reports:attendance-adjust", cast), ADJUSTMENT)
    assert answer.status_code == 404
    assert not Adjustment.objects.exists()


@pytest.mark.parametrize("actor", ["moderator", "surgeon", "coordinator"])
def test_the_roll_calls_nobody_of_another_session(cast: Cast, actor: str) -> None:
    sent = {"person": cast.visitor.person.public_id, "is_in": "1"}
    assert cast.browser(actor).post(cast.address("livesessions:roll-call-mark"), sent).status_code == 404
    assert not PresenceSpan.objects.exists()


def test_a_team_loses_nobody_by_way_of_another_session(cast: Cast) -> None:
    mentor = cast.people["mentor"].public_id
    cast.browser("coordinator").post(reverse("courses:team-remove", args=[cast.other.public_id, mentor]))
    assert TeamMember.objects.filter(session=cast.session, person__public_id=mentor).exists()


def test_a_join_link_withdraws_nobody(cast: Cast) -> None:
    token = links.token(cast.guest, Purpose.JOIN)
    for name in ("courses:enrolment-withdraw", "courses:enrolment-return"):
        assert Client().post(reverse(name, args=[token])).status_code == 404
    assert Enrolment.objects.get(pk=cast.guest.pk).status == "confirmed"


def test_a_pass_counts_in_its_own_session_only(cast: Cast) -> None:
    visitor = cast.browser("visitor")
    assert visitor.get(reverse("livesessions:room-show", args=[cast.other.public_id])).status_code == 200
    assert visitor.get(cast.address("livesessions:room-show")).status_code == 401


@pytest.mark.parametrize(
    "name",
    ["room-show", "desk-show", "wall-show", "door-show", "door-code", "check-in-show", "roll-call-show", "safety-show"],
)
def test_the_room_of_a_draft_is_not_there_for_strangers(name: str) -> None:
    draft = access.cast(is_published=False)
    address = draft.address(f"livesessions:{name}")
    for actor in ("anon", "outsider", "visitor", "rival"):
        assert draft.browser(actor).get(address).status_code == 404
    assert draft.browser("moderator").get(address).status_code == 200


def test_a_stranger_hears_of_no_draft_from_ones_own_figure() -> None:
    draft = access.cast(is_published=False)
    assert draft.browser("anon").get(draft.address("reports:attendance-mine")).status_code == 404
    assert draft.browser("guest").get(draft.address("reports:attendance-mine")).status_code == 200


def test_the_back_office_has_no_sign_in_of_its_own(client: Client, cast: Cast) -> None:
    answer: Any = client.post(reverse("admin:login"), {"username": "root@example.org", "password": "guess"})
    assert answer.url.startswith("/accounts/login/")
    for actor, status in (("outsider", 403), ("coordinator", 403)):
        assert cast.browser(actor).get(reverse("admin:index"), follow=True).status_code == status
    client.force_login(factories.person(is_staff=True, is_superuser=True))
    assert client.get(reverse("admin:accounts_person_changelist")).status_code == 200


@pytest.mark.parametrize("target", ELSEWHERE)
def test_no_next_leads_off_the_site(client: Client, cast: Cast, target: str) -> None:
    language: Any = client.post(reverse("web:language-set"), {"language": "es", "next": target})
    assert language.url == "/"
    signed_in: Any = cast.browser("outsider").get(reverse("account_login"), {"next": target})
    assert signed_in.url == "/"
    signed_out: Any = cast.browser("outsider").post(reverse("account_logout"), {"next": target})
    assert signed_out.url == "/"
