"""Loading instruments and procedures: once, cheaply, and never over what ratings were made with."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.logbook.actions import catalogues
from courses.logbook.models import Instrument, Procedure
from courses.logbook.receivers import load_catalogues
from tests import logbook_factories

pytestmark = pytest.mark.django_db


def load() -> list[str]:
    """Its statements, but for the savepoints of bulk inserts."""
    with CaptureQueriesContext(connection) as queries:
        load_catalogues(using="default")
    return [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]


def test_they_are_there_after_migrating() -> None:
    assert Instrument.objects.filter(is_current=True).count() == len(catalogues.instruments()) == 5
    assert Procedure.objects.count() == len(catalogues.procedures())


def test_loading_again_asks_two_questions_and_writes_nothing() -> None:
    assert [sql.split()[0] for sql in load()] == ["SELECT", "SELECT"]


def test_loading_into_empty_tables_takes_four_statements() -> None:
    Instrument.objects.all().delete()
    Procedure.objects.all().delete()
    assert [sql.split()[0] for sql in load()] == ["SELECT", "INSERT", "SELECT", "INSERT"]


def test_a_new_version_takes_over_and_ratings_keep_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    given = logbook_factories.answer_self(logbook_factories.entry())
    old = given.instrument
    newer = [
        told | ({"version": 2, "titles": {"en": "OSATS, again"}} if told["code"] == "osats" else {})
        for told in catalogues.instruments()
    ]
    monkeypatch.setattr(catalogues, "instruments", lambda: newer)
    for _ in range(2):
        load()
    assert list(Instrument.objects.filter(code="osats").values_list("version", "is_current")) == [
        (2, True),
        (1, False),
    ]
    given.refresh_from_db()
    assert given.instrument == old
    monkeypatch.undo()
    load()  # the release is taken back
    assert Instrument.objects.get(code="osats", is_current=True).version == 1


def test_a_version_that_is_there_is_not_written_over(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = [told | {"titles": {"en": "Something else"}} for told in catalogues.instruments()]
    monkeypatch.setattr(catalogues, "instruments", lambda: changed)
    load()
    assert not Instrument.objects.filter(titles={"en": "Something else"}).exists()


def test_a_procedure_follows_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = [told | {"acceptable": 0.01} for told in catalogues.procedures()]
    monkeypatch.setattr(catalogues, "procedures", lambda: changed)
    assert [sql.split()[0] for sql in load()] == ["SELECT", "SELECT", "UPDATE"]
    assert set(Procedure.objects.values_list("acceptable", flat=True)) == {0.01}


def test_without_tables_nothing_happens() -> None:
    class NoModels:
        def get_model(self, *names: str) -> Any:
            raise LookupError(names)

    with CaptureQueriesContext(connection) as queries:
        load_catalogues(using="default", apps=NoModels())
    assert len(queries) == 0


@pytest.mark.django_db(transaction=True)
def test_they_come_back_after_the_tables_were_emptied() -> None:
    call_command("flush", interactive=False, verbosity=0)
    assert Instrument.objects.count() == 5
    assert Procedure.objects.exists()
