"""Reads whoever is signed in with their roles, in the one query that finds them."""

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import Person


class PeopleBackend(AuthenticationBackend):  # type: ignore[misc]
    def get_user(self, user_id: int) -> Person | None:
        return Person.objects.with_roles().filter(pk=user_id, is_active=True).first()
