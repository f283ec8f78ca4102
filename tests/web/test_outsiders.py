"""Every address of the project, and what everybody is answered there, status by status.

`login` is the way to the sign-in page, 302 any other redirect. A form that is let through comes back with its faults
(200, 422), because most are sent in empty here. The other session's people are as much strangers as `outsider` is.
"""

from collections.abc import Iterator
from copy import deepcopy
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import access, addresses
from tests.access import ACTORS, Cast

pytestmark = pytest.mark.django_db

READS = """
address                      anon outsider visitor guest attendee advocate mentor surgeon moderator rival coordinator
web:health-live              200  200      200     200   200      200      200    200     200       200   200
web:health-ready             200  200      200     200   200      200      200    200     200       200   200
web:styleguide               404  404      404     404   404      404      404    404     404       404   404
courses:programme-show       200  200      200     200   200      200      200    200     200       200   200
courses:mission-show         200  200      200     200   200      200      200    200     200       200   200
courses:course-show          200  200      200     200   200      200      200    200     200       200   200
courses:session-show         200  200      200     200   200      200      200    200     200       200   200
courses:plan-home            login 403      login   login 403      403      403    403     403       403   200
courses:mission-create       login 403      login   login 403      403      403    403     403       403   200
courses:mission-change       login 403      login   login 403      403      403    403     403       403   200
courses:course-create        login 403      login   login 403      403      403    403     403       403   200
courses:course-change        login 403      login   login 403      403      403    403     403       403   200
courses:session-create       login 403      login   login 403      403      403    403     403       403   200
courses:session-plan         login 403      login   login 403      403      403    403     403       403   200
courses:session-change       login 403      login   login 403      403      403    403     403       403   200
courses:session-cancel       login 403      login   login 403      403      403    403     403       403   200
courses:session-calendar     200  200      200     200   200      200      200    200     200       200   200
courses:enrolment-register   200  200      200     200   200      200      200    200     200       200   200
courses:enrolment-registered 200  200      200     200   200      200      200    200     200       200   200
courses:enrolment-resend     200  200      200     200   200      200      200    200     200       200   200
courses:enrolment-resent     200  200      200     200   200      200      200    200     200       200   200
courses:pass-give            200  200      200     200   200      200      200    200     200       200   200
courses:enrolment-withdraw   200  200      200     200   200      200      200    200     200       200   200
courses:region-list          200  200      200     200   200      200      200    200     200       200   200
courses:privacy-show         200  200      200     200   200      200      200    200     200       200   200
courses:mine-show            login 200      login   login 200      200      200    200     200       200   200
courses:enrolment-list       login 403      login   login 403      403      403    403     200       403   200
courses:mine-show            login 200      login   login 200      200      200    200     200       200   200
accounts:profile-edit        login 200      login   login 200      200      200    200     200       200   200
accounts:demo-sign-in        404  404      404     404   404      404      404    404     404       404   404
accounts:demo-mail-list      404  404      404     404   404      404      404    404     404       404   404
accounts:demo-mail           404  404      404     404   404      404      404    404     404       404   404
reports:attendance-show      login 403      login   login 403      403      403    403     200       403   200
reports:attendance-headcount login 403      login   login 403      403      403    403     200       403   200
reports:attendance-mine      401  404      401     200   200      404      404    404     404       404   404
reports:attendance-person    login 403      login   login 403      403      403    403     200       403   200
reports:attendance-csv       login 403      login   login 403      403      403    403     403       403   200
reports:attendance-xlsx      login 403      login   login 403      403      403    403     403       403   200
livesessions:room-show       401  403      401     200   200      200      200    200     200       403   200
livesessions:desk-show       401  403      401     403   403      200      200    200     200       403   200
livesessions:wall-show       401  403      401     403   403      200      200    200     200       403   200
livesessions:door-show       401  403      401     403   403      403      403    403     200       403   200
livesessions:door-code       403  403      403     403   403      403      403    403     200       403   200
livesessions:check-in-show   401  403      401     200   200      200      200    200     200       403   200
livesessions:roll-call-show  401  403      401     403   403      200      403    200     200       403   200
"""
WRITES = """
address                      anon outsider visitor guest attendee advocate mentor surgeon moderator rival coordinator
web:language-set             302  302      302     302   302      302      302    302     302       302   302
courses:mission-create       login 403      login   login 403      403      403    403     403       403   200
courses:mission-change       login 403      login   login 403      403      403    403     403       403   200
courses:course-create        login 403      login   login 403      403      403    403     403       403   200
courses:course-change        login 403      login   login 403      403      403    403     403       403   200
courses:session-create       login 403      login   login 403      403      403    403     403       403   200
courses:session-change       login 403      login   login 403      403      403    403     403       403   200
courses:registration-set     login 403      login   login 403      403      403    403     403       403   302
courses:session-cancel       login 403      login   login 403      403      403    403     403       403   302
courses:team-assign          login 403      login   login 403      403      403    403     403       403   200
courses:team-remove          login 403      login   login 403      403      403    403     403       403   302
courses:enrolment-register   200  200      200     200   200      200      200    200     200       200   200
courses:enrolment-resend     200  200      200     200   200      200      200    200     200       200   200
courses:pass-give            302  302      302     302   302      302      302    302     302       302   302
courses:enrolment-withdraw   302  302      302     302   302      302      302    302     302       302   302
courses:enrolment-return     302  302      302     302   302      302      302    302     302       302   302
courses:mine-withdraw        login 404      login   login 404      404      404    404     404       404   404
courses:enrolment-confirm    login 403      login   login 403      403      403    403     403       403   302
courses:enrolment-remove     login 403      login   login 403      403      403    403     403       403   302
courses:enrolment-renew      login 403      login   login 403      403      403    403     403       403   302
courses:enrolment-move       login 403      login   login 403      403      403    403     403       403   302
courses:mine-withdraw        login 404      login   login 404      404      404    404     404       404   404
accounts:profile-edit        login 200      login   login 200      200      200    200     200       200   200
reports:attendance-adjust    login 403      login   login 403      403      403    403     403       403   302
livesessions:ticket-create   401  403      401     200   200      200      200    200     200       403   200
livesessions:check-in-leave  401  403      401     302   302      302      302    302     302       403   302
livesessions:roll-call-mark  401  403      401     403   403      302      403    302     302       403   302
"""
REFUSED = {"login", "401", "403", "404", "405"}
KEPT_BY_CACHES = {"courses:region-list"}
Rows = dict[str, dict[str, str]]


def rows(table: str) -> Rows:
    """Expected answers by address and actor."""
    head, *lines = (line.split() for line in table.strip().splitlines())
    assert head == ["address", *ACTORS]
    return {name: dict(zip(ACTORS, cells, strict=True)) for name, *cells in lines}


READ, WRITE = rows(READS), rows(WRITES)


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """One for the whole file; every test takes back what it did."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield access.cast()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def cookies(cast: Cast) -> dict[str, SimpleCookie]:
    return {actor: cast.browser(actor).cookies for actor in ACTORS}


def body(cast: Cast, name: str) -> dict[str, str]:
    """What is sent where an empty form would not tell a person let in from one turned away."""
    person = cast.guest.person.public_id
    adjustment = {"minutes": "5", "reason": "Stood at the table", "key": "0d6e9d6a-4f6f-4c52-8c9f-0b9a3b3a7a11"}
    return {
        "livesessions:roll-call-mark": {"person": person, "is_in": "1"},
        "reports:attendance-adjust": adjustment,
        "courses:enrolment-move": {"channel": "auditorium"},
    }.get(name, {})


def status(answer: HttpResponse) -> str:
    to_login = answer.headers.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))
    return "login" if to_login else str(answer.status_code)


def changes(queries: CaptureQueriesContext) -> list[str]:
    """The statements that wrote, but for those that keep browser sessions."""
    found = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    return [sql for sql in found if "django_session" not in sql]


def visit(client: Client, method: str, address: str, data: dict[str, str]) -> tuple[HttpResponse, list[str]]:
    """The answer and what it wrote, taken back."""
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        answer: Any = client.get(address) if method == "GET" else client.post(address, data)
        transaction.set_rollback(True)
    return answer, changes(queries)


def everybody(cast: Cast, cookies: dict[str, SimpleCookie], method: str, name: str) -> dict[str, Any]:
    answers = {}
    for actor in ACTORS:
        client = Client()
        client.cookies = deepcopy(cookies[actor])
        answers[actor] = visit(client, method, cast.address(name), body(cast, name))
    return answers


def test_the_tables_name_every_address_of_the_project() -> None:
    assert set(READ) | set(WRITE) == set(addresses.of_project())


@pytest.mark.parametrize("name", READ)
def test_reading(cast: Cast, cookies: dict[str, SimpleCookie], name: str) -> None:
    answers = everybody(cast, cookies, "GET", name)
    assert {actor: status(answer) for actor, (answer, _) in answers.items()} == READ[name]
    assert [wrote for _, wrote in answers.values() if wrote] == []
    kept = {actor for actor, (answer, _) in answers.items() if "private" not in answer.headers["Cache-Control"]}
    assert kept == (set(ACTORS) if name in KEPT_BY_CACHES else set())


@pytest.mark.parametrize("name", WRITE)
def test_writing(cast: Cast, cookies: dict[str, SimpleCookie], name: str) -> None:
    answers = everybody(cast, cookies, "POST", name)
    assert {actor: status(answer) for actor, (answer, _) in answers.items()} == WRITE[name]
    assert [wrote for answer, wrote in answers.values() if wrote and status(answer) in REFUSED] == []


@pytest.mark.parametrize("name", WRITE)
def test_writing_wants_the_token_of_our_page(cast: Cast, cookies: dict[str, SimpleCookie], name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = deepcopy(cookies["coordinator"])
    answer, wrote = visit(client, "POST", cast.address(name), body(cast, name))
    assert (status(answer), wrote) == ("403", [])


def test_no_address_takes_a_method_without_a_row(cast: Cast, cookies: dict[str, SimpleCookie]) -> None:
    client = Client()
    client.cookies = deepcopy(cookies["coordinator"])
    others = [("GET", name) for name in set(WRITE) - set(READ)] + [("POST", name) for name in set(READ) - set(WRITE)]
    answers = {(method, name): status(visit(client, method, cast.address(name), {})[0]) for method, name in others}
    not_there = {("POST", name) for name in READ if name.startswith("accounts:demo-")}
    assert answers == {other: "404" if other in not_there else "405" for other in others}
