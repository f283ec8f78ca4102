"""The frame of every page: security headers, error pages, the style guide's door."""

import re

import pytest
from django.test import Client, RequestFactory
from django.views.defaults import server_error
from pytest_django import Settings

from tests import factories

pytestmark = pytest.mark.django_db


def test_scripts_carry_the_nonce_and_nothing_is_styled_inline(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    answer = client.get("/styleguide/")
    page, policy = answer.content.decode(), answer.headers["Content-Security-Policy"]
    (nonce,) = set(re.findall(r'<script[^>]* nonce="([^"]+)"', page))
    assert f"'nonce-{nonce}'" in policy
    assert "unsafe-inline" not in policy
    bare = re.findall(r"<script(?![^>]*nonce=)[^>]*>", page)
    assert bare == ['<script id="site-texts" type="application/json">']
    assert " style=" not in page
    assert not re.search(r"<[^>]* on[a-z]+=", page)


@pytest.mark.parametrize(("debug", "demo", "status"), [(False, False, 404), (False, True, 200), (True, False, 200)])
def test_the_style_guide_exists_while_developing_or_demonstrating(
    client: Client, settings: Settings, debug: bool, demo: bool, status: int
) -> None:
    settings.DEBUG, settings.DEMO = debug, demo
    assert client.get("/styleguide/").status_code == status
    assert client.post("/styleguide/").status_code == 405


def test_a_missing_page_says_what_to_do(client: Client) -> None:
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


def test_a_form_without_its_token_says_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/language/", {"language": "es"})
    assert answer.status_code == 403
    assert "This page was open too long" in answer.content.decode()


def test_the_broken_page_needs_nothing_that_may_be_broken() -> None:
    answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()


@pytest.mark.parametrize(("coordinator", "sees"), [(False, False), (True, True)])
def test_planning_is_in_the_head_of_coordinators_alone(client: Client, coordinator: bool, sees: bool) -> None:
    client.force_login(factories.coordinator() if coordinator else factories.person())
    assert ('href="/plan/"' in client.get("/profile/").content.decode()) is sees
