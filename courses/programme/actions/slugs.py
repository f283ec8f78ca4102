"""Giving a new mission or course its readable name."""

from django.db import IntegrityError, transaction

from courses.programme.models import Course, Mission
from courses.programme.queries import slugs
from shared.ids import public_id


def save(row: Mission | Course) -> None:
    """Save `row`; a new one is named after its title, even when somebody takes that name at the same moment."""
    if row.slug:
        row.save()
        return
    try:
        with transaction.atomic():
            row.slug = slugs.unused(type(row), row.title)
            row.save()
    except IntegrityError:
        row.slug = f"{row.slug}-{public_id()[:4]}"
        row.save()
