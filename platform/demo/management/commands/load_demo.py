"""Loads the demonstration and says where to look."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from demo import accounts
from demo.story import cases, injuries, logbooks, programme, sessions, theatre
from shared.clock import now


class Command(BaseCommand):
    help = "Load the demonstration; a second time it only takes the live session into the present."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--site", help="where the server will be: http://host:port")
        parser.add_argument("--port", type=int, help="short for --site http://127.0.0.1:PORT")

    def handle(self, *, site: str | None, port: int | None, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is no demonstration: without ANFITEATRO_DEMO=1 nothing invented is loaded.")
        with transaction.atomic():
            _load()
        address = site or (f"http://127.0.0.1:{port}" if port else settings.SITE_URL)
        self.stdout.write("\n".join(_summary(address.rstrip("/"))))


def _load() -> None:
    at = now()
    cast = programme.load_people()
    courses = programme.load_courses()
    planned = programme.load_sessions(courses, cast, at=at)
    ended, live = planned[sessions.ENDED], planned[accounts.LIVE]
    if ended.cancelled_at is None:
        theatre.play_ended(ended, cast)
    if live.cancelled_at is None:
        theatre.play_live(live, cast, at=at)
    cases.load(courses, cast, at=at)
    logbooks.load(cast, at=at)
    injuries.load(courses, cast)


def _summary(site: str) -> list[str]:
    lines = [
        "",
        f"  Anfiteatro  {site}/",
        f"  Live now    {site}/live/{accounts.LIVE}/",
        f"  Cases       {site}/cases/",
        f"  Ended       {site}/sessions/{sessions.ENDED}/attendance/",
        f"  Mail        {site}/demo/mail/",
        "",
        "  One click signs in as:",
    ]
    lines += [f"  {account.email:34}{site}{accounts.sign_in_path(role)}" for role, account in accounts.ACCOUNTS.items()]
    return [*lines, "", "  For real use, `make leave-demo` empties the house.", ""]
