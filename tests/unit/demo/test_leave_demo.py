"""Leaving the demonstration: nothing of it stays, nothing real goes by mistake, and the switches are off."""

import socket
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.models import Person
from demo import leaving

pytestmark = pytest.mark.django_db


@pytest.fixture
def emptied(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[bool]:
    """How often the house was emptied; nothing is, and `.env` is one of the test's."""
    settings.DEMO = True
    (tmp_path / ".env").write_text("SECRET_KEY=kept\nANFITEATRO_DEMO=1\nexport ANFITEATRO_REHEARSAL = true\n")
    monkeypatch.setenv("ANFITEATRO_ENV_FILE", str(tmp_path / ".env"))
    done: list[bool] = []
    monkeypatch.setattr(leaving, "empty", lambda: done.append(True))
    return done


def test_the_switches_are_off_afterwards(emptied: list[bool], tmp_path: Path) -> None:
    call_command("leave_demo", yes=True, port=1)
    assert emptied == [True]
    assert (tmp_path / ".env").read_text() == "SECRET_KEY=kept\nANFITEATRO_DEMO=0\nexport ANFITEATRO_REHEARSAL =0\n"
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600


def test_it_asks_before(emptied: list[bool], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda asked: "yes")
    with pytest.raises(CommandError, match="Nothing was deleted"):
        call_command("leave_demo", port=1)
    monkeypatch.setattr("builtins.input", lambda asked: "empty it")
    call_command("leave_demo", port=1)
    assert emptied == [True]


def test_real_people_do_not_go_by_mistake(emptied: list[bool]) -> None:
    Person.objects.create_user("ana@hospital.pe")
    with pytest.raises(CommandError, match="1 addresses here are not invented"):
        call_command("leave_demo", yes=True, port=1)
    assert emptied == []
    call_command("leave_demo", yes=True, with_real_people=True, port=1)
    assert emptied == [True]


def test_not_under_a_running_server_and_not_where_no_demonstration_is(emptied: list[bool], settings: Any) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        with pytest.raises(CommandError, match="Stop the server first"):
            call_command("leave_demo", yes=True, port=server.getsockname()[1])
    settings.DEMO = False
    with pytest.raises(CommandError, match="no demonstration"):
        call_command("leave_demo", yes=True, port=1)
    assert emptied == []
