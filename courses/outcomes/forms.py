"""Forms of an outcome, of its complications, of the operation and the referral, and of closing a case."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.forms.renderers import get_default_renderer
from django.utils.translation import gettext_lazy as _

from courses.cases.models import Case, Referral
from courses.outcomes.actions.outcomes import Graded, Outcome
from courses.outcomes.models import Condition, FollowUp, NextStep, Scheme
from courses.outcomes.queries import expected_patients
from courses.outcomes.rules import complications
from courses.outcomes.rules.complications import GRADES, MAX_COMPLICATIONS
from courses.programme.models import Mission
from web.form_fields import LineField, ParagraphsField
from web.widgets import Radios

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

# What each grade of Clavien-Dindo means, in our words.
MEANINGS = {
    "I": _("needed nothing but simple drugs or care at the bedside"),
    "II": _("needed other drugs, a transfusion or feeding by vein"),
    "IIIa": _("needed an intervention without general anaesthesia"),
    "IIIb": _("needed an intervention under general anaesthesia"),
    "IVa": _("threatened life, one organ failed"),
    "IVb": _("threatened life, several organs failed"),
    "V": _("the patient died"),
}


class CheckedForm(forms.Form):
    """Asks once more where a text may identify somebody: the tick is there after the first refusal alone."""

    is_checked = forms.BooleanField(
        label=_("I looked again: these words identify nobody."), required=False, widget=forms.HiddenInput
    )

    def ask_again(self) -> None:
        """Show the tick."""
        self.fields["is_checked"].widget = forms.CheckboxInput()


class OutcomeForm(CheckedForm):
    condition = forms.ChoiceField(label=_("The patient is"), choices=Condition.choices, widget=Radios)
    seen_on = forms.DateField(label=_("Seen on"), required=False, widget=_DAY)
    note = ParagraphsField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("No name, number, date or village: nothing that tells who the patient is."),
    )
    next_step = forms.ChoiceField(
        label=_("What comes next"), required=False, choices=NextStep.choices, widget=Radios, initial=NextStep.NONE
    )
    next_mission = forms.ModelChoiceField(
        label=_("In which mission"),
        required=False,
        queryset=Mission.objects.none(),
        empty_label=_("Whichever comes next"),
    )

    def __init__(self, *args: Any, follow_up: FollowUp, on: date, **kwargs: Any) -> None:
        """`on` is today; a mission chosen before stays offered when it is over."""
        super().__init__(*args, **kwargs)
        offered = expected_patients.upcoming(on)
        kept = Mission.objects.filter(pk=follow_up.next_mission_id or 0)
        self.fields["next_mission"].queryset = offered | kept  # type: ignore[attr-defined]
        if follow_up.recorded_at:
            told = ("condition", "seen_on", "note", "next_step", "next_mission")
            self.initial = {name: getattr(follow_up, name) for name in told}

    def outcome(self, graded: tuple[Graded, ...]) -> Outcome:
        """Of a valid form."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "is_checked"}
        return Outcome(**told, complications=graded)


class ComplicationForm(forms.Form):
    """One complication; a row without a grade counts as none. The value of a choice is `scheme:grade`."""

    graded = forms.ChoiceField(label=_("Grade"), required=False)
    text = LineField(label=_("What happened"), required=False, max_length=300)

    def __init__(self, *args: Any, is_child: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["graded"].choices = grade_choices(is_child=is_child)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        if data.get("text") and not data.get("graded") and "graded" not in self.errors:
            self.add_error("graded", _("Choose the grade of this complication, or empty its text."))
        return data


class ComplicationRows(forms.BaseFormSet[ComplicationForm]):
    """As many rows as happened, one of them empty."""

    form = ComplicationForm
    renderer = get_default_renderer()
    extra = 1
    min_num = 0
    max_num = absolute_max = MAX_COMPLICATIONS
    validate_min = False
    validate_max = True
    can_order = can_delete = can_delete_extra = False

    def graded(self) -> tuple[Graded, ...]:
        """Of valid rows, those filled in."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("graded")]
        return tuple(_graded(row["graded"], row["text"]) for row in rows)


class FactsForm(CheckedForm):
    """The operation and the referral of a case."""

    operated_on = forms.DateField(
        label=_("Operated on"),
        required=False,
        widget=_DAY,
        help_text=_("Outcomes that are not recorded yet move with this day."),
    )
    operated_mission = forms.ModelChoiceField(
        label=_("In which mission"),
        required=False,
        queryset=Mission.objects.none(),
        empty_label=_("Not in a mission"),
    )
    referral = forms.ChoiceField(
        label=_("Referral"), required=False, choices=[("", _("Not told yet")), *Referral.choices], widget=Radios
    )
    referral_to = LineField(
        label=_("Where to"),
        required=False,
        max_length=80,
        help_text=_("The province and the level of the hospital, such as “Lima, national hospital”."),
    )

    TOLD: ClassVar = ("operated_on", "operated_mission", "referral", "referral_to")

    def __init__(self, *args: Any, case: Case, on: date, **kwargs: Any) -> None:
        """Missions offered are those that have begun on the day `on`."""
        super().__init__(*args, **kwargs)
        self.initial = {name: getattr(case, name) for name in self.TOLD}
        begun = Mission.objects.filter(is_published=True, starts_on__lte=on)
        kept = Mission.objects.filter(pk=case.operated_mission_id or 0)
        self.fields["operated_mission"].queryset = begun | kept  # type: ignore[attr-defined]


class EndingForm(CheckedForm):
    """Why a case is closed or opened again."""

    reason = LineField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


def _graded(choice: str, text: str) -> Graded:
    scheme, _colon, grade = choice.partition(":")
    return Graded(scheme, grade, text)


def complication_rows(data: Any, *, follow_up: FollowUp, is_child: bool) -> ComplicationRows:
    """The rows as typed, or as kept, with an empty one at the end."""
    kept = [{"graded": f"{one.scheme}:{one.grade}", "text": one.text} for one in follow_up.complications.all()]
    return ComplicationRows(data, initial=kept, prefix="complications", form_kwargs={"is_child": is_child})


def grade_choices(*, is_child: bool) -> list[Any]:
    """Grades by scheme, as a select shows them; the main grades of Clavien-Madadi stand without a meaning of ours."""
    groups = [
        (Scheme(scheme).label, [(f"{scheme}:{grade}", _grade_label(scheme, grade)) for grade in GRADES[scheme]])
        for scheme in complications.schemes(is_child=is_child)
    ]
    return [("", "—"), *groups]


def _grade_label(scheme: str, grade: str) -> str:
    return f"{grade} · {MEANINGS[grade]}" if scheme == complications.CLAVIEN_DINDO else grade
