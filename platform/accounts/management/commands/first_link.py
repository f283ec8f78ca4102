"""`manage.py first_link`: the one-time link by which an empty installation gets its first coordinator."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from accounts.actions import first_coordinator
from shared.clock import now
from shared.errors import DomainError
from web.refusals import sentence


class Command(BaseCommand):
    help = "Print a one-time link, good for a day, for an empty house's first coordinator. It voids older ones."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--site", default=settings.SITE_URL, help="where the server is: http://host:port")
        parser.add_argument("--if-needed", action="store_true", help="print nothing where somebody is here already")

    def handle(self, *, site: str, if_needed: bool, **options: Any) -> None:
        try:
            key = first_coordinator.link(at=now())
        except DomainError as error:
            if if_needed:
                return
            raise CommandError(sentence(error)) from error
        self.stdout.write(
            "\n  This installation is empty. Whoever opens this link becomes its first coordinator,"
            "\n  once and within a day:\n"
            f"\n  {site.rstrip('/')}{reverse('accounts:first-coordinator', args=[key])}\n"
        )
