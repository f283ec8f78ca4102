"""What accounts does when the site, or allauth, has news."""

from typing import Any

from allauth.account.models import EmailAddress
from django.http import HttpRequest

from accounts.actions import addresses, people
from accounts.models import Person
from jobs import unasked
from web.clients import client_of


def keep_language(sender: object, request: HttpRequest, language: str, **kwargs: Any) -> None:
    """Somebody signed in picked a language."""
    if isinstance(request.user, Person):
        people.choose_language(person=request.user, language=language)


def address_saved(sender: object, instance: Person, update_fields: Any = None, **kwargs: Any) -> None:
    """Wherever an address was changed: by its owner, by the organisers, in the back office."""
    old, instance.email_as_loaded = instance.email_as_loaded, instance.email
    if old and old.lower() != instance.email.lower() and (update_fields is None or "email" in update_fields):
        addresses.moved(person=instance, old=old)


def forget_unasked(sender: object, request: HttpRequest | None, user: Person, **kwargs: Any) -> None:
    """Whoever signed in had asked for the mails that came from here."""
    if request is not None and request.META:
        unasked.asked(user.email, by=client_of(request))


def keep_proof(sender: object, user: Person, method: str, **kwargs: Any) -> None:
    """A code that came back proves the address; people who registered for a session have no row of allauth's yet."""
    if method == "code" and kwargs.get("email", "").lower() == user.email.lower():
        EmailAddress.objects.get_or_create(
            user=user, email=user.email.lower(), defaults={"primary": True, "verified": True}
        )
