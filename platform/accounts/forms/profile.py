"""My profile: who I am."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.actions.people import FACTS
from accounts.models import Person
from places import regions
from web.form_fields import PersonNameField


class ProfileForm(forms.ModelForm[Person]):
    """The provinces offered are those of the country chosen."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    region = forms.ChoiceField(label=_("Province or region"), required=False)

    class Meta:
        model = Person
        fields = FACTS
        field_classes = {"full_name": PersonNameField}
        help_texts = {
            "full_name": _("As it should stand in rooms, on lists and on attendance sheets."),
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


def _offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    cast(forms.ChoiceField, field).choices = [("", "—"), *choices]
