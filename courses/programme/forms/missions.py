"""The form of a mission's fact sheet."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from courses.programme.forms.organisations import offer_organisations
from courses.programme.models import Mission
from courses.programme.rules.missions import check_days
from places import regions
from shared.errors import DomainError
from web import refusals
from web.sectioned_forms import Sectioned

# Where the provinces are offered by name; elsewhere the country is enough.
WITH_REGIONS = (
    "AR",
    "BO",
    "BR",
    "CL",
    "CO",
    "CR",
    "CU",
    "DO",
    "EC",
    "GT",
    "HN",
    "MX",
    "NI",
    "PA",
    "PE",
    "PY",
    "SV",
    "UY",
    "VE",
)


class MissionForm(Sectioned, forms.ModelForm):  # type: ignore[type-arg]
    """Every field of the fact sheet, in the order of the page's sections."""

    sections: ClassVar[list[tuple[Any, list[str]]]] = [
        (_("What and where"), ["title", "organisation", "location", "hospital", "country", "region", "population"]),
        (
            _("When, who and how hard"),
            ["starts_on", "ends_on", "surgeons", "focus", "complexity", "training_level", "average_mended"],
        ),
        (_("The story"), ["brief", "progress"]),
        (_("For volunteers"), ["volunteers", "team_fee", "deposit", "contact_email"]),
        (_("Publication"), ["is_published"]),
    ]

    class Meta:
        model = Mission
        exclude = ["slug"]  # noqa: DJ006 - the sections name every other field; a test holds them together
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "surgeons": forms.Textarea(attrs={"rows": 3}),
            "brief": forms.Textarea(attrs={"rows": 10}),
            "progress": forms.Textarea(attrs={"rows": 6}),
            "volunteers": forms.Textarea(attrs={"rows": 6}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "location": _("As people say it: Iquitos, Peru."),
            "population": _("People who live there."),
            "is_published": _("Everybody can see the mission and its published courses."),
        }

    def __init__(self, *args: Any, planner: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language()
        groups = [(regions.country_name(code, language), regions.regions(code, language)) for code in WITH_REGIONS]
        self.fields["country"] = forms.ChoiceField(
            label=_("Country"), choices=[("", "—"), *regions.countries(language)]
        )
        offer_organisations(self.fields, planner)
        self.fields["region"] = forms.ChoiceField(
            label=_("Province or region"), choices=[("", "—"), *sorted(groups)], required=False
        )
        self.order_fields([name for _title, names in self.sections for name in names])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        region, country = data.get("region"), data.get("country")
        if region and country and not region.startswith(f"{country}-"):
            self.add_error("region", ValidationError(_("This province belongs to another country.")))
        try:
            check_days(data.get("starts_on"), data.get("ends_on"))
        except DomainError as error:
            refusals.blame(self, error)
        return data
