"""What the queue is narrowed to."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.cases.models import Specialty, Urgency
from courses.programme.models import Course


class QueueFilter(forms.Form):
    course = forms.ChoiceField(label=_("Course"), required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), required=False, choices=[("", _("All")), *Urgency.choices])
    specialty = forms.ChoiceField(label=_("Specialty"), required=False, choices=[("", _("All")), *Specialty.choices])

    def __init__(self, *args: Any, courses: Iterable[Course], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = [(course.slug, course.title) for course in courses]
        self.fields["course"].choices = [("", _("All")), *titles]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        """The filters that mean something; what does not exist narrows nothing."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
