"""The form of a case: the question first, then the patient, the disease, the means, the plan."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, RegexValidator
from django.forms.models import fields_for_model
from django.utils.translation import gettext_lazy as _

from courses.cases.actions.cases import WRITTEN
from courses.cases.models import Case, CaseKind, Urgency
from courses.cases.rules.cases import needed
from courses.programme.models import Course
from web.sectioned_forms import Sectioned
from web.widgets import Radios

QUESTION_LENGTH: Final = 1_000
TEXT_LENGTH: Final = 6_000
ICD10: Final = RegexValidator(r"^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$", _("A code looks like Q79.3."))


class WeightField(forms.DecimalField):
    """Kilograms; a decimal comma is as good as a point."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class CodeField(forms.CharField):
    """Capitals, without spaces."""

    def to_python(self, value: Any) -> str:
        return "".join(str(super().to_python(value)).upper().split())


class CaseForm(Sectioned, forms.Form):
    """No answer is needed to keep a draft; `mark_needed` says which ones a mentor waits for. `courses` are those the
    author may send to.
    """

    weight_kg = WeightField(label=_("Weight (kg)"), min_value=0, max_value=400, max_digits=5, decimal_places=2)
    icd10 = CodeField(label=_("ICD-10 code"), max_length=8, validators=[ICD10], help_text=_("If you know it."))
    transport_hours = forms.IntegerField(label=_("Hours to the next hospital"), min_value=0, max_value=240)
    course = forms.ChoiceField(label=_("Course"), help_text=_("Its mentors get your question."))
    kind = forms.ChoiceField(choices=CaseKind.choices, widget=forms.HiddenInput)

    sections: ClassVar[list[tuple[Any, list[str]]]] = [
        (_("The question"), ["main_question", "urgency", "course"]),
        (_("The patient"), ["specialty", "age_band", "sex", "weight_kg", "asa"]),
        (_("The disease"), ["diagnosis", "icd10", "history", "exam", "labs", "imaging", "treatment"]),
        (_("What there is to work with"), ["blood", "icu", "implants", "transport_hours", "constraints"]),
        (_("Options and plan"), ["options_considered", "plan_without_answer"]),
    ]
    HINTS: ClassVar[dict[str, Any]] = {
        "main_question": _("One or two sentences: what do you need to know?"),
        "age_band": _("A band only: an exact age can tell who a child is."),
        "history": _("No names, no dates of birth, no communities. “Three weeks ago”, not a date."),
        "plan_without_answer": _("What will you do if nobody answers in time?"),
        "constraints": _("Staff, hours of the theatre, money, weather, the river."),
    }
    ROWS: ClassVar[dict[str, int]] = {"main_question": 3, "history": 5}

    def __init__(self, *args: Any, courses: Iterable[Course], kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case_kind, self.courses = kind, {course.slug: course for course in courses}
        own = fields_for_model(
            Case, fields=[name for name in WRITTEN if name not in self.fields], help_texts=self.HINTS
        )
        self.fields |= cast(dict[str, forms.Field], own)
        options = [("", "—"), *((slug, course.title) for slug, course in self.courses.items())]
        cast(forms.ChoiceField, self.fields["course"]).choices = options
        for name, field in self.fields.items():
            field.required = False
            if isinstance(field, forms.ChoiceField):
                offered = cast(Iterable[tuple[str, Any]], field.choices)
                field.choices = [(value, label if value else "—") for value, label in offered]
            field.widget.is_required = False
            field.widget.attrs["autocomplete"] = "off"
            if isinstance(field.widget, forms.Textarea):
                length = QUESTION_LENGTH if name == "main_question" else TEXT_LENGTH
                field.validators = [*field.validators, MaxLengthValidator(length)]
                field.widget.attrs |= {"maxlength": str(length), "rows": self.ROWS.get(name, 3), "cols": None}
        self.fields["urgency"].widget = Radios(choices=Urgency.choices)
        for name, mode in (("weight_kg", "decimal"), ("transport_hours", "numeric")):
            self.fields[name].widget = forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off"})
        if kind == CaseKind.TEACHING:
            self.fields["main_question"].help_text = _("What shall others learn from this case?")
            self.fields["plan_without_answer"].help_text = ""
            self.fields["course"].help_text = _("Its trainees shall read it.")

    def mark_needed(self) -> None:
        """Let the page say which answers are optional. Called last: nothing is refused for being empty."""
        for name in needed(self.case_kind):
            self.fields[name].required = True
            self.fields[name].widget.is_required = False  # the browser keeps nobody from saving

    def read(self, given: Mapping[str, object]) -> tuple[dict[str, Any], dict[str, str]]:
        """Clean answers, and what is wrong with the others, both by field. What is no field of the form is wrong."""
        values, errors = dict[str, Any](), dict[str, str]()
        for name, answer in given.items():
            try:
                values[name] = self._clean_one(name, answer)
            except ValidationError as error:
                errors[name[:40]] = " ".join(error.messages)
        return values, errors

    def _clean_one(self, name: str, answer: object) -> Any:
        if name not in self.fields or not isinstance(answer, str) or not _is_storable(answer):
            raise ValidationError(_("This answer cannot be kept."))
        value = self.fields[name].clean(answer.replace("\r\n", "\n"))
        if name == "course":
            return self.courses.get(value)
        if name == "kind":
            return value or self.case_kind
        return value


def _is_storable(text: str) -> bool:
    """Half of a surrogate pair is no text and no database keeps it."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def answers_of(case: Case) -> dict[str, str]:
    """The case's answers as its form writes them, by field."""
    own = {name: getattr(case, name) for name in WRITTEN if name != "course"}
    told = {name: "" if value is None else str(value) for name, value in own.items()}
    return told | {"course": case.course.slug if case.course else ""}
