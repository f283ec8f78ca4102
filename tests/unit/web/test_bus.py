"""News after a commit: whoever listens cannot undo what was done, nor keep others from hearing of it."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction

from web import bus

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class Said:
    word: str


@pytest.fixture(autouse=True)
def _own_listeners(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(bus._listeners, Said, [])


def test_listeners_hear_of_what_was_committed_alone() -> None:
    heard: list[Any] = []
    bus.listen(Said, heard.append)
    bus.listen(Said, heard.append)
    with transaction.atomic():
        bus.announce(Said("committed"))
        assert heard == []
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        bus.announce(Said("never"))
        raise ZeroDivisionError
    assert heard == [Said("committed")] * len(bus._listeners[Said])


def test_a_listener_that_fails_is_logged_and_nobody_else_notices(caplog: pytest.LogCaptureFixture) -> None:
    def fail(said: Said) -> None:
        raise ConnectionError("gone")

    heard: list[Said] = []
    bus.listen(Said, fail)
    bus.listen(Said, heard.append)
    with transaction.atomic():
        bus.announce(Said("one"))
    bus.announce(Said("two"))
    assert heard == [Said("one"), Said("two")]
    assert [record.getMessage() for record in caplog.records] == ["Said could not be told to fail"] * 2
