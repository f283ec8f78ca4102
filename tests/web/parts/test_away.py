"""Pages while a part is away: a sentence in the visitor's language, which tries again by itself; never a 500."""

import errno
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, ProgrammingError
from django.db.backends.utils import CursorWrapper
from django.test import Client
from django.urls import reverse
from psycopg import errors
from psycopg_pool import PoolTimeout

from files.storage import DiskFull, StorageAway
from tests import factories
from tests.web.programme.test_register import FORM
from web import away
from web.away_texts import BUSY, DATABASE, DISK, STORAGE, TABLES, TITLE

pytestmark = pytest.mark.django_db

PARTS = {
    "away": (OperationalError("connection refused"), DATABASE, 503),
    "locked": (OperationalError("database is locked"), BUSY, 503),
    "full": (OperationalError("database or disk is full"), DISK, 507),
    "unmigrated": (OperationalError("no such table: programme_session"), TABLES, 503),
}


def caused(error: DatabaseError, cause: Exception) -> DatabaseError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "part"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), DISK),
        (OSError(errno.EDQUOT, "Quota exceeded"), DISK),
        (caused(OperationalError(), errors.DiskFull()), DISK),
        (caused(OperationalError(), errors.LockNotAvailable()), BUSY),
        (caused(OperationalError(), errors.TooManyConnections()), BUSY),
        (caused(OperationalError(), PoolTimeout()), DATABASE),
        (caused(OperationalError(), errors.AdminShutdown()), DATABASE),
        (caused(ProgrammingError(), errors.UndefinedTable()), TABLES),
        (caused(ProgrammingError(), errors.UndefinedColumn()), TABLES),
        (caused(ProgrammingError(), errors.SyntaxError()), ""),
        (StorageAway(), STORAGE),
        (DiskFull(), DISK),
        (PermissionError(errno.EACCES, "no"), ""),
        (ValueError(), ""),
        (None, ""),
    ],
)
def test_an_error_names_its_part(error: Exception | None, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(away, "_is_connected", lambda: False)
    assert away.part_of(error) == part
    outer = RuntimeError("wrapped")
    outer.__cause__ = error
    assert away.part_of(outer) == part


@pytest.mark.services
def test_a_pool_whose_connections_are_all_in_use_is_busy() -> None:
    assert away.part_of(caused(OperationalError(), PoolTimeout())) == BUSY


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], None]:
    """Has every statement fail with this error."""

    def fail_with(error: Exception) -> None:
        def fail(*args: object, **kwargs: object) -> None:
            raise error

        monkeypatch.setattr(CursorWrapper, "execute", fail)

    return fail_with


@pytest.mark.parametrize("fault", PARTS)
def test_a_page_says_what_is_away_and_asks_again(broken: Any, fault: str) -> None:
    client = Client(raise_request_exception=False)
    error, part, status = PARTS[fault]
    broken(error)
    for path in ("/", "/accounts/login/code/", "/admin/", "/nowhere/at/all/"):
        answer = client.get(path)
        if answer.status_code in (200, 302, 404):
            continue  # needs no database
        page = answer.content.decode()
        assert answer.status_code == status, path
        assert answer["Retry-After"] == str(away.AFTER[part])
        assert f'<meta http-equiv="refresh" content="{away.AFTER[part]}">' in page
        assert str(TITLE[part]) in page
    assert client.get("/").status_code == status


def test_it_speaks_the_language_of_the_visitor(broken: Any) -> None:
    broken(PARTS["away"][0])
    for language in ("es", "pt", "en"):
        answer = Client(headers={"accept-language": language}).get("/")
        assert f'<html lang="{language}">' in answer.content.decode()


def test_where_no_view_was_reached_it_is_the_same_page(broken: Any) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(factories.person(language="pt"))
    broken(PARTS["full"][0])
    answer = client.get("/profile/")  # the session itself cannot be read
    assert answer.status_code == 507


def test_what_was_sent_is_sent_again_by_itself(broken: Any, client: Client) -> None:
    session = factories.session()
    path = reverse("courses:enrolment-register", kwargs={"session": session.public_id})
    broken(PARTS["locked"][0])
    answer = client.post(path, FORM | {"institution": '"><script>1</script>'})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert f'<form method="post" action="{path}" data-again="4">' in page
    assert '<input type="hidden" name="full_name" value="Rosa Huamán">' in page
    assert "<script>1" not in page
    assert '<input type="hidden" name="_again" value="1">' in page
    assert "send_again.js" in page
    last = client.post(path, FORM | {"_again": str(away.TRIES)}).content.decode()
    assert "send_again.js" not in last
    assert "Nothing of what you sent is lost" in last


@pytest.mark.parametrize(
    "sent",
    [{"login": "a@example.org", "password": "secret-word"}, {"text": "x" * (away.LONGEST + 1)}, {}],
)
def test_a_password_or_too_much_is_not_written_into_a_page(broken: Any, client: Client, sent: Any) -> None:
    path = reverse("courses:enrolment-register", kwargs={"session": factories.session().public_id})
    broken(PARTS["away"][0])
    answer = client.post(path, sent)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "secret-word" not in page
    assert "<form" not in page


def test_nothing_is_sent_again_for_another_site(broken: Any) -> None:
    broken(PARTS["away"][0])
    client = Client(headers={"sec-fetch-site": "cross-site"})
    assert "<form" not in client.post("/accounts/login/", {"login": "a@example.org"}).content.decode()


def test_scripts_are_told_in_json(broken: Any, client: Client) -> None:
    broken(PARTS["full"][0])
    answer = client.get("/", headers={"accept": "application/json"})
    assert answer.status_code == 507
    assert answer.json() == {
        "code": "away.disk",
        "message": "The disk is full: nothing new can be saved until there is room. What was saved before is safe.",
        "retry": True,
        "after_ms": 30_000,
    }


def test_a_mistake_of_ours_stays_a_500(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.readiness.answer", lambda: 1 / 0)
    answer = Client(raise_request_exception=False).get("/health/ready")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()
