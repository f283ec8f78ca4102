"""Who hears of a case, and what somebody was told lately."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import Membership, Person, Role
from courses.cases.models import Case, MailFrequency, Notice, NoticeKind, Remark, ReviewStatus
from courses.programme.models import MENTOR_ROLES, TeamMember

RECENT = 30  # notices on the page of preferences


def coordinators(case: Case) -> QuerySet[Person]:
    """Of the organisation of the case's course."""
    return _members(case, Role.COORDINATOR)


def course_mentors(case: Case) -> QuerySet[Person]:
    """Mentors and surgeons of the sessions of the case's course, and its organisation's mentors."""
    team = TeamMember.objects.filter(session__course=case.course_id, role__in=MENTOR_ROLES)
    everybody = Q(pk__in=team.values("person")) | Q(pk__in=_members(case, Role.MENTOR).values("pk"))
    return Person.objects.filter(everybody, is_active=True) if case.course_id else Person.objects.none()


def _members(case: Case, role: Role) -> QuerySet[Person]:
    held = Membership.objects.filter(organisation__courses=case.course_id, role=role)
    return Person.objects.filter(pk__in=held.values("person"), is_active=True)


def reviewers(case: Case) -> QuerySet[Person]:
    """The mentors who have the case, or answered it."""
    held = Q(case_reviews__case=case) & ~Q(case_reviews__status=ReviewStatus.HANDED_OVER)
    return Person.objects.filter(held, is_active=True).distinct()


def participants(case: Case) -> list[Person]:
    """The author, the reviewers, and who wrote about the case and may still read it. Three queries."""
    wrote = Person.objects.filter(pk__in=Remark.objects.filter(case=case).values("author"), is_active=True)
    may_read = wrote.filter(Q(pk__in=coordinators(case).values("pk")) | Q(pk__in=course_mentors(case).values("pk")))
    return once([*Person.objects.filter(pk=case.author_id, is_active=True), *reviewers(case), *may_read])


def once(people: Iterable[Person]) -> list[Person]:
    """Each of them one time."""
    return list({person.pk: person for person in people}.values())


def address(notice: Notice) -> str:
    """The full URL of what the notice is about."""
    return settings.SITE_URL + place(notice)


def place(notice: Notice) -> str:
    """The same from the root of the site on; of a case that was taken back there is nothing left to see."""
    if notice.kind == NoticeKind.WITHDRAWN:
        return reverse("courses:queue-show")
    page = reverse("courses:case-show", kwargs={"case": notice.case.public_id})
    return f"{page}#{notice.about.split(' ')[0]}".rstrip("#")


def rhythm_of(person: Person) -> str:
    """At once or gathered. At most one query; none where the preference came with the person."""
    preference = getattr(person, "notice_preference", None)
    return preference.rhythm if preference else MailFrequency.AT_ONCE


def recent(person: Person) -> QuerySet[Notice]:
    """What they were told last, the newest first, each with its case."""
    return Notice.objects.filter(person=person).select_related("case").order_by("-at", "-pk")[:RECENT]
