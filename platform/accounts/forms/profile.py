"""My profile: who I am, and my licences."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.actions.people import FACTS, LicenceFacts
from accounts.models import Person
from places import regions

MAX_LICENCES = 12


class ProfileForm(forms.ModelForm[Person]):
    """The provinces offered are those of the country chosen."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    region = forms.ChoiceField(label=_("Province or region"), required=False)

    class Meta:
        model = Person
        fields = FACTS
        help_texts = {
            "full_name": _("As it should stand on a certificate."),
            "language": _("The language of your mails, and of pages where you picked none."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or settings.LANGUAGE_CODE
        country = (self.data if self.is_bound else self.initial).get("country") or ""
        _offer(self.fields["country"], regions.countries(language))
        _offer(self.fields["region"], regions.regions(country, language))
        self.fields["full_name"].required = True
        for name, token in {"full_name": "name", "institution": "organization", "country": "country"}.items():
            self.fields[name].widget.attrs["autocomplete"] = token


class LicenceForm(forms.Form):
    """One licence; a row with neither kind nor number counts as none."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    kind = forms.CharField(label=_("Kind"), max_length=30, required=False, help_text=_("CMP, RNE, MN, MP …"))
    number = forms.CharField(label=_("Number"), max_length=30, required=False)
    jurisdiction = forms.CharField(
        label=_("Jurisdiction"),
        max_length=60,
        required=False,
        help_text=_("The province that gave it, or the nation."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["country"], regions.countries(get_language() or settings.LANGUAGE_CODE))

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("kind") or data.get("number"):
            for name in ("country", "kind", "number"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("A licence needs its country, kind and number."))
        return data


LicenceRows = forms.formset_factory(
    LicenceForm, extra=1, max_num=MAX_LICENCES, absolute_max=MAX_LICENCES, validate_max=True
)


def told_licences(rows: forms.BaseFormSet[LicenceForm]) -> list[LicenceFacts]:
    """Of valid rows: those filled in."""
    return [LicenceFacts(**form.cleaned_data) for form in rows.forms if form.cleaned_data.get("number")]


def known_licences(person: Person) -> list[dict[str, str]]:
    """The rows the form shows at first."""
    rows = person.licences.order_by("pk").values_list("country", "kind", "number", "jurisdiction")
    return [dict(zip(("country", "kind", "number", "jurisdiction"), row, strict=True)) for row in rows]


def _offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    cast(forms.ChoiceField, field).choices = [("", "—"), *choices]
