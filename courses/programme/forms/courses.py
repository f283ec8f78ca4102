"""The form of a course."""

from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.policies import organisations_as
from accounts.rules.roles import Role
from courses.programme.forms.organisations import offer_organisations
from courses.programme.models import Course, Mission
from web.sectioned_forms import Sectioned


class CourseForm(Sectioned, forms.ModelForm):  # type: ignore[type-arg]
    """The mission may be left out: some courses stand alone."""

    sections: ClassVar[list[tuple[Any, list[str]]]] = [
        (_("Course"), ["organisation", "mission", "title", "summary", "is_published"])
    ]

    class Meta:
        model = Course
        fields = ["organisation", "mission", "title", "summary", "is_published"]
        widgets: ClassVar[dict[str, forms.Widget]] = {"summary": forms.Textarea(attrs={"rows": 6})}
        help_texts: ClassVar[dict[str, Any]] = {
            "organisation": _("For a course without a mission; otherwise the mission's counts."),
            "is_published": _("Everybody can see the course and its sessions, once its mission is published too."),
        }

    def __init__(self, *args: Any, planner: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_organisations(self.fields, planner)
        missions = cast("forms.ModelChoiceField[Mission]", self.fields["mission"])
        missions.queryset = Mission.objects.filter(organisation__in=organisations_as(planner, Role.COORDINATOR))
