"""The form of a course."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.programme.models import Course
from web.sectioned_forms import Sectioned


class CourseForm(Sectioned, forms.ModelForm):  # type: ignore[type-arg]
    """The mission may be left out: some courses stand alone."""

    sections: ClassVar[list[tuple[Any, list[str]]]] = [(_("Course"), ["mission", "title", "summary", "is_published"])]

    class Meta:
        model = Course
        fields = ["mission", "title", "summary", "is_published"]
        widgets: ClassVar[dict[str, forms.Widget]] = {"summary": forms.Textarea(attrs={"rows": 6})}
        help_texts: ClassVar[dict[str, Any]] = {
            "is_published": _("Everybody can see the course and its sessions, once its mission is published too."),
        }
