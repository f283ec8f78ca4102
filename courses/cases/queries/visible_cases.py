"""The cases a person may see, as `policies.cases.may_see_case` says it of one, in one query."""

from datetime import date

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from accounts.models import Person
from courses.cases.models import Case, CaseStatus, Consent, ConsentScope, ReviewStatus
from courses.cases.policies.cases import MENTOR_ROLES
from courses.programme.models import Course, EnrolmentStatus, Participation

_CLOSED_TO_OTHERS = (CaseStatus.DRAFT, CaseStatus.WITHDRAWN)


def cases_of(person: Person, on: date) -> QuerySet[Case]:
    """Every case this person may see on that day. The test beside it holds it to the policy."""
    if not person.is_active:
        return Case.objects.none()
    if person.is_coordinator:
        return Case.objects.filter(Q(author=person) | ~Q(status__in=_CLOSED_TO_OTHERS))
    sent = ~Q(status__in=_CLOSED_TO_OTHERS)
    mentored = Course.objects.filter(sessions__team__person=person, sessions__team__role__in=MENTOR_ROLES)
    reviewed = Case.objects.filter(Q(reviews__mentor=person) & ~Q(reviews__status=ReviewStatus.HANDED_OVER))
    return Case.objects.filter(
        Q(author=person)
        | sent & (Q(course__in=mentored) | Q(pk__in=reviewed.values("pk")))
        | sent & _taught(person, on)
    )


def _taught(person: Person, on: date) -> Q:
    places = Course.objects.filter(
        sessions__enrolments__person=person,
        sessions__enrolments__status=EnrolmentStatus.CONFIRMED,
        sessions__enrolments__channel=Participation.OR,
    )
    still = Q(consent__expires_on=None) | Q(consent__expires_on__gte=on)
    # SQLite has no "contains" for a list, but both databases can read it as text.
    scopes = Consent.objects.annotate(said=Cast("scopes", TextField()))
    agreed = scopes.filter(said__contains=f'"{ConsentScope.TEACHING_REUSE.value}"', revoked_at=None)
    return Q(course__in=places, taught_at__isnull=False, released_at__isnull=False, consent__in=agreed) & still
