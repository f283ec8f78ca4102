"""Readable names for addresses."""

from django.db import models
from django.utils.text import slugify

from shared.ids import public_id


def unused(model: type[models.Model], title: str) -> str:
    """A slug made of `title` that no row of `model` has yet: plain, then with a number, at most 60 characters."""
    base = slugify(title)[:48].strip("-") or public_id()
    taken = set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    return next(slug for slug in (f"{base}-{n}" for n in range(2, len(taken) + 3)) if slug not in taken)
