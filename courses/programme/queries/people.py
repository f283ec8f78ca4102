"""The people of organisations: whoever has a role in one, works at its sessions or registered for one."""

from collections.abc import Collection

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import Licence, Membership, Organisation, Person
from courses.programme.models import Enrolment, TeamMember
from shared import plain_text


def of(organisations: Collection[int]) -> QuerySet[Person]:
    """Everybody to do with any of these organisations, given by their keys."""
    members = Membership.objects.filter(organisation__in=organisations)
    team = TeamMember.objects.filter(session__course__organisation__in=organisations)
    registered = Enrolment.objects.filter(session__course__organisation__in=organisations)
    return Person.objects.filter(
        Q(pk__in=members.values("person")) | Q(pk__in=team.values("person")) | Q(pk__in=registered.values("person"))
    )


def chosen(organisation: Organisation, *, q: str = "", role: str = "", licence: str = "") -> QuerySet[Person]:
    """The organisation's people by name, with their licences and their roles here at hand. Words of `q` are
    looked for in names, addresses and institutions, `role` may be "none", `licence` a status. Three queries.
    """
    here = Membership.objects.filter(organisation=organisation)
    people = of([organisation.pk])
    for word in plain_text.folded(q).split():
        people = people.filter(folded__contains=word)
    if role == "none":
        people = people.exclude(pk__in=here.values("person"))
    elif role:
        people = people.filter(pk__in=here.filter(role=role).values("person"))
    if licence:
        people = people.filter(pk__in=Licence.objects.filter(status=licence).values("person"))
    return people.order_by("sort_key", "email").prefetch_related(
        Prefetch("licences", queryset=Licence.objects.select_related("verified_by").order_by("pk")),
        Prefetch("memberships", queryset=here, to_attr="roles_here"),
    )


def find(organisation: Organisation, public_id: str) -> Person | None:
    """Somebody of the organisation, as in `chosen`. Three queries."""
    return chosen(organisation).filter(public_id=public_id).first()
