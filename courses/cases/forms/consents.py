"""What was agreed to, as its author writes it down: no name, no signature, no number."""

from typing import Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from courses.cases.models import Consent, ConsentScope
from courses.cases.rules.consents import is_assent_asked
from web.sectioned_forms import Sectioned

ASSENT = [("", _("Not asked")), ("yes", _("Yes")), ("no", _("No"))]
FOR_A_CASE = (ConsentScope.CASE_REVIEW, ConsentScope.STILLS, ConsentScope.RECORDING, ConsentScope.TEACHING_REUSE)


class ConsentForm(Sectioned, forms.ModelForm):  # type: ignore[type-arg]
    """`age_band` of the case decides whether the child's own word is asked for."""

    scopes = forms.MultipleChoiceField(
        label=_("Agreed to"),
        choices=[(scope.value, scope.label) for scope in FOR_A_CASE],
        widget=forms.CheckboxSelectMultiple,
    )
    assent = forms.ChoiceField(label=_("Did the child agree too?"), choices=ASSENT, required=False)
    document_hash = forms.CharField(
        required=False, widget=forms.HiddenInput, validators=[RegexValidator(r"^[0-9a-f]{64}$")]
    )

    sections: ClassVar[list[tuple[Any, list[str]]]] = [
        (_("Who agreed"), ["relation", "assent", "language", "had_interpreter"]),
        (_("To what"), ["scopes", "audience_estimate"]),
        (_("When"), ["taken_on", "expires_on"]),
    ]

    class Meta:
        model = Consent
        fields = [
            "relation",
            "assent",
            "language",
            "had_interpreter",
            "scopes",
            "audience_estimate",
            "taken_on",
            "expires_on",
            "document_hash",
        ]
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "taken_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "expires_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "language": _("The language it was explained in."),
            "audience_estimate": _("How many people you said may see it."),
            "expires_on": _("Leave it empty when no end was agreed."),
        }

    def __init__(self, *args: Any, age_band: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["assent"] = {True: "yes", False: "no", None: ""}[self.instance.assent]
        if is_assent_asked(age_band):
            self.fields["assent"].required = True
            self.fields["assent"].help_text = _("From ten years on the child is asked as well.")

    def clean_assent(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["assent"])

    def values(self) -> dict[str, Any]:
        """Of a valid form, by field of the consent."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
