"""The cases a person may see, as `policies.cases.may_see_case` says it of one, in one query."""

from datetime import date

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from accounts.models import Person
from courses.cases.models import Case, CaseStatus, Consent, ConsentScope, ReviewStatus
from courses.programme.queries import own_courses

_CLOSED_TO_OTHERS = (CaseStatus.DRAFT, CaseStatus.WITHDRAWN)


def cases_of(person: Person, on: date) -> QuerySet[Case]:
    """Every case this person may see on that day. The test beside it holds it to the policy."""
    if not person.is_active:
        return Case.objects.none()
    sent = ~Q(status__in=_CLOSED_TO_OTHERS)
    theirs = Q(course__in=own_courses.led(person))
    reviewed = Case.objects.filter(Q(reviews__mentor=person) & ~Q(reviews__status=ReviewStatus.HANDED_OVER))
    return Case.objects.filter(
        Q(author=person) | sent & (theirs | Q(pk__in=reviewed.values("pk"))) | sent & _taught(person, on)
    )


def _taught(person: Person, on: date) -> Q:
    still = Q(consent__expires_on=None) | Q(consent__expires_on__gte=on)
    # SQLite has no "contains" for a list, but both databases can read it as text.
    scopes = Consent.objects.annotate(said=Cast("scopes", TextField()))
    agreed = scopes.filter(said__contains=f'"{ConsentScope.TEACHING_REUSE.value}"', revoked_at=None)
    theirs = Q(course__in=own_courses.attended(person))
    return theirs & Q(taught_at__isnull=False, released_at__isnull=False, consent__in=agreed) & still
