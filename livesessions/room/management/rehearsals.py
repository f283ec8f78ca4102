"""What the rehearsal commands share."""

from django.conf import settings
from django.core.management.base import CommandError


def refuse_in_earnest() -> None:
    """Stop, unless this installation is under development or rehearses."""
    if not (settings.DEBUG or settings.REHEARSAL):
        raise CommandError("Refused: this makes invented people. Set ANFITEATRO_REHEARSAL=1 to rehearse.")
