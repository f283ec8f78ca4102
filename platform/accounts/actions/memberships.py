"""Giving and taking roles in organisations; asking people in."""

from collections.abc import Collection

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import policies
from accounts.models import Membership, Organisation, Person
from accounts.models import Role as Titled
from accounts.rules.roles import Role
from jobs import mail
from shared.errors import DomainError


@transaction.atomic
def invite(*, by: Person, organisation: Organisation, email: str, full_name: str, roles: Collection[Role]) -> Person:
    """Give whoever has this e-mail these roles, besides what they are already, making the person (without a password)
    if need be; they hear of what is new by mail.

    Idempotent: what somebody is already is given once, and mails nobody. Raises `people.forbidden`,
    `people.roles.none`, `people.name.needed` for an unknown e-mail without a name, `people.closed`.
    """
    _check(by, organisation)
    if not roles:
        raise DomainError("people.roles.none", field="roles")
    person = _person(email.strip().lower(), full_name.strip())
    if not person.is_active:
        raise DomainError("people.closed", field="email")
    given = [role for role in Role if role in roles and _give(by, organisation, person, role)]
    if given:
        _tell(organisation, person, given)
    return person


@transaction.atomic
def set_roles(*, by: Person, organisation: Organisation, person: Person, roles: Collection[Role]) -> None:
    """Make these the person's roles there, no more and no less. Idempotent.

    Raises `people.forbidden`, and `people.last_coordinator` rather than leave an organisation without one.
    """
    _check(by, organisation)
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    held = Membership.objects.filter(organisation=organisation)
    others = held.filter(role=Role.COORDINATOR, person__is_active=True).exclude(person=person)
    is_coordinator = held.filter(person=person, role=Role.COORDINATOR).exists()
    if is_coordinator and Role.COORDINATOR not in roles and not others.exists():
        raise DomainError("people.last_coordinator", field="roles")
    for membership in held.filter(person=person).exclude(role__in=roles):
        membership.delete()  # one by one: what listens for it ends what they had open
    for role in roles:
        _give(by, organisation, person, role)


def _check(by: Person, organisation: Organisation) -> None:
    if not policies.may_give_roles(by, organisation):
        raise DomainError("people.forbidden")


def _give(by: Person, organisation: Organisation, person: Person, role: Role) -> bool:
    """Whether it is new."""
    return Membership.objects.get_or_create(
        organisation=organisation, person=person, role=role, defaults={"given_by": by}
    )[1]


def _person(email: str, full_name: str) -> Person:
    known = Person.objects.filter(email__iexact=email).first()
    if known is None and not full_name:
        raise DomainError("people.name.needed", field="full_name")
    return known or Person.objects.create_user(email, full_name=full_name)


def _tell(organisation: Organisation, person: Person, given: list[Role]) -> None:
    language = person.reading_language
    with translation.override(language):
        context = {
            "subject": _("Your role at %(organisation)s") % {"organisation": organisation.name},
            "person": person,
            "organisation": organisation,
            "roles": [Titled(role).label for role in given],
            "address": settings.SITE_URL + reverse("account_login"),
        }
    mail.render_and_send("membership", to=person.email, language=language, context=context)
