"""What accounts does when the site, or allauth, has news."""

from typing import Any

from allauth.account.models import EmailAddress
from django.http import HttpRequest

from accounts.actions import people
from accounts.models import Person


def keep_language(sender: object, request: HttpRequest, language: str, **kwargs: Any) -> None:
    """Somebody signed in picked a language."""
    if isinstance(request.user, Person):
        people.choose_language(person=request.user, language=language)


def keep_proof(sender: object, user: Person, method: str, **kwargs: Any) -> None:
    """A code that came back proves the address; people who registered for a session have no row of allauth's yet."""
    if method == "code" and kwargs.get("email", "").lower() == user.email.lower():
        EmailAddress.objects.get_or_create(
            user=user, email=user.email.lower(), defaults={"primary": True, "verified": True}
        )
