"""The courses in which a person plans, mentors or learns. Each is a queryset that costs nothing until it is read."""

from django.db.models import Q, QuerySet

from accounts.models import Person
from accounts.policies import organisations_as
from accounts.rules.roles import Role
from courses.programme.models import MENTOR_ROLES, Course, Enrolment, EnrolmentStatus, Participation, TeamMember


def planned(person: Person) -> QuerySet[Course]:
    """Of the organisations the person coordinates."""
    return Course.objects.filter(organisation__in=organisations_as(person, Role.COORDINATOR))


def mentored(person: Person) -> QuerySet[Course]:
    """With a session whose mentor or surgeon the person is, and all of an organisation whose mentor they are."""
    team = TeamMember.objects.filter(person=person, role__in=MENTOR_ROLES)
    everywhere = organisations_as(person, Role.MENTOR)
    return Course.objects.filter(Q(pk__in=team.values("session__course")) | Q(organisation__in=everywhere))


def attended(person: Person) -> QuerySet[Course]:
    """With a session in whose operating room the person has a place that somebody gave them."""
    places = Enrolment.objects.filter(person=person, status=EnrolmentStatus.CONFIRMED, channel=Participation.OR)
    return Course.objects.filter(pk__in=places.values("session__course"))


def joined(person: Person) -> QuerySet[Course]:
    """Of the organisations whose trainee the person is, and those they attended in the operating room."""
    everywhere = Course.objects.filter(organisation__in=organisations_as(person, Role.TRAINEE))
    return Course.objects.filter(Q(pk__in=everywhere.values("pk")) | Q(pk__in=attended(person).values("pk")))


def led(person: Person) -> QuerySet[Course]:
    """Whose cases the person looks after: planned or mentored."""
    return planned(person) | mentored(person)


def open_to(person: Person) -> QuerySet[Course]:
    """To which the person may send cases and trauma records, as `may_send_to` decides it for one."""
    return led(person) | joined(person)
