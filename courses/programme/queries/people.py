"""The people of organisations: whoever has a role in one, works at its sessions or registered for one."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from accounts.models import Membership, Person
from courses.programme.models import Enrolment, TeamMember


def of(organisations: Collection[int]) -> QuerySet[Person]:
    """Everybody to do with any of these organisations, given by their keys."""
    members = Membership.objects.filter(organisation__in=organisations)
    team = TeamMember.objects.filter(session__course__organisation__in=organisations)
    registered = Enrolment.objects.filter(session__course__organisation__in=organisations)
    return Person.objects.filter(
        Q(pk__in=members.values("person")) | Q(pk__in=team.values("person")) | Q(pk__in=registered.values("person"))
    )
