"""Whose a mission or course is: asked only of people who plan for several organisations."""

from typing import cast

from django import forms

from accounts.models import Organisation, Person
from accounts.policies import organisations_as
from accounts.rules.roles import Role


def offer_organisations(fields: dict[str, forms.Field], planner: Person) -> None:
    """Leaves the field `organisation` with those of the planner, or takes it out where there is nothing to choose; the
    instance keeps what it began with.
    """
    own = organisations_as(planner, Role.COORDINATOR)
    if len(own) < 2:
        del fields["organisation"]
        return
    field = cast("forms.ModelChoiceField[Organisation]", fields["organisation"])
    field.queryset = Organisation.objects.filter(pk__in=own)
    field.empty_label = None
