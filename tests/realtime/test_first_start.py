"""Real use begins empty, and a demonstration can be left: by real processes, on a database file of their own."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
ANSWERS = {
    "full_name": "Ana Quispe",
    "email": "ana@hospital.example",
    "organisation": "Hospital Regional",
    "password": "trocar y pinza",
    "again": "trocar y pinza",
}


class House:
    """An installation in a folder: its database, its `.env`, nothing else."""

    def __init__(self, folder: Path):
        self.database, self.dotenv = folder / "db.sqlite3", folder / ".env"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.env = {
            **{k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}},
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'platform'}",
            "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
            "BROWSER_FILES": str(folder),
            "BROWSER_STATIC": str(folder / "static"),
            "SECRET_KEY": "tests-only-and-long-enough-for-any-check-that-counts-letters",
            "DEBUG": "1",
            "ANFITEATRO_ENV_FILE": str(self.dotenv),
            "ANFITEATRO_PORT": str(self.port),
            "ANFITEATRO_TASK_RUNNER": "worker",
            "ANFITEATRO_LANGUAGE": "en",
            "DATABASE_URL": f"sqlite:///{self.database}",
            "EMAIL_URL": "dummy:",
        }

    @contextmanager
    def running(self) -> Iterator[str]:
        """What it printed before it served; told to stop at the end."""
        command = [sys.executable, "-m", "config.server", "--prepare", "--port", str(self.port)]
        log = self.database.with_name("log")
        with log.open("w") as output:
            process = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=output, stderr=output)
        try:
            while process.poll() is None:
                with closing(socket.socket()) as probe:
                    if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                        break
            assert process.poll() is None, log.read_text()
            yield log.read_text()
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
        finally:
            process.kill()
            process.wait()

    def leave_demo(self, *, port: int, answers: int) -> None:
        words = [sys.executable, "manage.py", "leave_demo", "--yes", "--port", str(port)]
        left = subprocess.run(words, cwd=ROOT, env=self.env, capture_output=True, text=True)
        assert left.returncode == answers, left.stderr

    def count(self, table: str) -> int:
        with closing(sqlite3.connect(self.database)) as connection:
            return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_real_use_begins_empty_with_a_link_for_its_first_coordinator(house: House) -> None:
    house.dotenv.write_text("ANFITEATRO_DEMO=0\n")
    with house.running() as printed:
        link = re.search(r"http://\S+/first/\S+", printed)
        assert link, printed
        assert [house.count(f"accounts_{table}") for table in ("person", "organisation", "licence")] == [0, 0, 0]
        assert house.count("trauma_traumarecord") == 0
        with httpx.Client(follow_redirects=True) as browser:
            form = browser.get(link[0]).text
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
            assert token
            begun = browser.post(
                link[0], data=ANSWERS | {"csrfmiddlewaretoken": token[1]}, headers={"Referer": link[0]}
            )
        assert (begun.status_code, begun.url.path) == (200, "/plan/")
        assert house.count("accounts_person") == 1
    with house.running() as again:
        assert "/first/" not in again, "somebody is here"


def test_a_demonstration_is_left_in_one_step(house: House) -> None:
    house.dotenv.write_text("ANFITEATRO_DEMO=1\nANFITEATRO_REHEARSAL=1\n")
    with house.running() as printed:
        assert "One click signs in" in printed
        house.leave_demo(port=1, answers=1)  # it runs
    assert house.count("accounts_person") > 60
    house.leave_demo(port=house.port, answers=0)
    assert house.dotenv.read_text() == "ANFITEATRO_DEMO=0\nANFITEATRO_REHEARSAL=0\n"
    assert [house.count(table) for table in ("accounts_person", "trauma_traumarecord", "room_journalentry")] == [
        0,
        0,
        0,
    ]
    with house.running() as printed:
        assert "/first/" in printed
