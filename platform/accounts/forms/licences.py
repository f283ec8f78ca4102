"""Licence rows: as many as somebody holds, wherever a page asks for them."""

from collections.abc import Mapping
from typing import Any, Final, cast

from django import forms
from django.conf import settings
from django.forms.renderers import get_default_renderer
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from places import regions
from web.form_fields import LineField
from web.widgets import LongSelect

MAX_LICENCES: Final = 12
LICENCE_FIELDS: Final = ("country", "kind", "number", "jurisdiction")


class LicenceForm(forms.Form):
    """One licence number; a row with neither kind nor number counts as empty."""

    country = forms.ChoiceField(label=_("Country"), required=False, widget=LongSelect)
    kind = LineField(
        label=_("Kind"),
        max_length=30,
        required=False,
        help_text=_("CMP, RNE, MN, MP …"),
        widget=forms.TextInput(attrs={"list": "licence-kinds", "autocapitalize": "characters", "autocomplete": "off"}),
    )
    number = LineField(
        label=_("Number"), max_length=30, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    jurisdiction = LineField(
        label=_("Jurisdiction"),
        max_length=60,
        required=False,
        help_text=_("The province that gave it, or the nation."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, home: str = "", **kwargs: Any) -> None:
        """`home` is the country an empty row starts with."""
        super().__init__(*args, **kwargs)
        self.fields["country"].initial = home
        language = get_language() or settings.LANGUAGE_CODE
        cast(forms.ChoiceField, self.fields["country"]).choices = [("", "—"), *regions.countries(language)]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("kind") or data.get("number"):
            for name in ("country", "kind", "number"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("A licence needs its country, kind and number."))
        return data


class LicenceRows(forms.BaseFormSet[LicenceForm]):
    """As many rows as people need, one of them empty at first; what `formset_factory` would make, with a name."""

    form = LicenceForm
    renderer = get_default_renderer()
    extra = 1
    min_num = 0
    max_num = absolute_max = MAX_LICENCES
    validate_min = False
    validate_max = True
    can_order = can_delete = can_delete_extra = False

    def licences(self) -> tuple[dict[str, str], ...]:
        """Of valid rows: those filled in, each once."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("number")]
        return tuple({tuple(row[name] for name in LICENCE_FIELDS): _named(row) for row in rows}.values())


def known_licences(person: Person | None) -> list[dict[str, str]]:
    """The licence rows of somebody signed in."""
    return [_named(row) for row in person.licences.order_by("pk").values(*LICENCE_FIELDS)] if person else []


def _named(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(row[name]) for name in LICENCE_FIELDS}
