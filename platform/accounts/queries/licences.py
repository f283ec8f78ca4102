"""What somebody checked about licences."""

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Licence, Person
from accounts.models.licences import LicenceStatus
from accounts.policies import Visitor


def is_verified(person: Visitor) -> bool:
    """Holds a licence that somebody has verified; a declared one is a word. One query, none for a stranger."""
    return isinstance(person, Person) and person.is_active and _verified().filter(person=person).exists()


def has_verified(outer: str = "pk") -> Exists:
    """The same for the rows of an outer query, whose person is `outer`."""
    return Exists(_verified().filter(person=OuterRef(outer)))


def _verified() -> QuerySet[Licence]:
    return Licence.objects.filter(status=LicenceStatus.VERIFIED)
