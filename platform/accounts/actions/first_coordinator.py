"""How an empty installation gets the person who looks after it, without mail: a one-time link of the command line."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.text import slugify

from accounts.models import FirstLink, Membership, Organisation, Person, Role
from accounts.queries import first_links
from shared.errors import DomainError

GOOD_FOR: Final = timedelta(hours=24)


@transaction.atomic
def link(*, at: datetime) -> str:
    """The key of a new link; the one before is void. `first.taken` once somebody looks after the installation."""
    if first_links.is_taken():
        raise DomainError("first.taken")
    FirstLink.objects.all().delete()
    key = secrets.token_urlsafe(32)
    FirstLink.objects.create(digest=digest(key), created_at=at, expires_at=at + GOOD_FOR)
    return key


@transaction.atomic
def create(
    *, key: str, full_name: str, email: str, password: str, organisation: str, language: str, at: datetime
) -> Person:
    """Use the link up: the site's administrator and the coordinator of its first organisation, in one person.

    `first.gone` for a link that was used, replaced, is too old or comes too late. Who has the key has the machine:
    an account that was made with this address before becomes theirs, and whoever was signed in there is signed out.
    """
    found = FirstLink.objects.select_for_update().filter(digest=digest(key), expires_at__gt=at).first()
    if found is None or first_links.is_taken():
        raise DomainError("first.gone")
    FirstLink.objects.all().delete()
    person = Person.objects.filter(email__iexact=email).first() or Person(email=email.lower())
    person.full_name, person.language = full_name, language
    person.is_active = person.is_staff = person.is_superuser = True
    person.set_password(password)
    person.save()
    EmailAddress.objects.filter(email__iexact=email).exclude(user=person).delete()
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"primary": True, "verified": True})
    slug = slugify(organisation)[:60] or "organisation"
    house, _ = Organisation.objects.get_or_create(name=organisation, defaults={"slug": slug, "created_at": at})
    Membership.objects.create(organisation=house, person=person, role=Role.COORDINATOR, given_by=person, given_at=at)
    return person


def digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
