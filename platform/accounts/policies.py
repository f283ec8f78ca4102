"""What a person may do by what they are to the whole house. Nobody else decides."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import Person

Visitor = Person | AnonymousUser


def may_plan(person: Visitor) -> bool:
    """Create and change missions, courses, sessions and teams."""
    return isinstance(person, Person) and person.is_active and person.is_coordinator
