"""What the room does when Django says that a person or a browser's session changed, wherever that was done."""

from typing import Any

from django.contrib.sessions.models import Session as BrowserSession

from accounts.models import Membership, Person
from livesessions.room.events import BrowserGone, PersonChanged, announce
from shared.clock import now

_RANK = {"is_active", "is_staff", "is_superuser", "password"}


def person_saved(sender: object, instance: Person, created: bool, update_fields: Any = None, **kwargs: Any) -> None:
    """The back office included; what is changed past Django is found by asking again."""
    if not created and (update_fields is None or _RANK & set(update_fields)):
        announce(PersonChanged(instance.public_id))


def membership_changed(sender: object, instance: Membership, **kwargs: Any) -> None:
    """A role in an organisation was given or taken."""
    announce(PersonChanged(instance.person.public_id))


def browser_deleted(sender: object, instance: BrowserSession, **kwargs: Any) -> None:
    """A sign-out, or a session that another took the place of."""
    if instance.expire_date > now():  # the others opened nothing any more
        announce(BrowserGone(instance.session_key))
