"""The form of a session; times are typed as the clocks of the event's own zone show them."""

from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courses.programme.models import Participation, Session, SpokenLanguage
from courses.programme.rules import zones
from courses.programme.rules.sessions import instant
from places.zones import city
from shared.errors import DomainError
from shared.ids import public_id
from web import refusals
from web.sectioned_forms import Sectioned

AREAS = {
    "America": _("The Americas"),
    "Europe": _("Europe"),
    "Africa": _("Africa"),
    "Asia": _("Asia"),
    "Atlantic": _("Atlantic"),
    "Australia": _("Australia"),
    "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific"),
    "Antarctica": _("Antarctica"),
}


YEARS = range(1970, 2200)  # of others no zone has a clock, and some have no instant at all


class LocalTimeField(forms.Field):
    """A naive local time; Django's own field would move it by the viewer's zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> datetime | None:
        if not value:
            return None
        try:
            local = datetime.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            local = None
        if not isinstance(local, datetime) or local.tzinfo or local.year not in YEARS:
            raise ValidationError(_("Write a day and a time."), code="invalid")
        return local


class SessionForm(Sectioned, forms.ModelForm):  # type: ignore[type-arg]
    """`draft` is the public id the new session will have, so that a form sent twice makes one session."""

    draft = forms.RegexField(r"^[0-9a-z]{12}$", widget=forms.HiddenInput, initial=public_id)
    time_zone = forms.ChoiceField(
        label=_("Time zone of the event"), help_text=_("The clocks on the wall of the operating room.")
    )
    starts_local = LocalTimeField(label=_("Start"), help_text=_("Local time of the event."))
    planned_end_local = LocalTimeField(label=_("Planned end"), help_text=_("Local time of the event."))
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=SpokenLanguage.choices, widget=forms.CheckboxSelectMultiple
    )

    sections: ClassVar[list[tuple[Any, list[str]]]] = [
        (_("What"), ["title", "procedure", "summary", "languages"]),
        (_("When"), ["time_zone", "starts_local", "planned_end_local"]),
        (_("Places"), [*(f"{channel}_capacity" for channel in Participation.values), "verified_only"]),
        (_("Attendance"), ["gap_seconds", "threshold_percent"]),
    ]

    class Meta:
        model = Session
        fields = [
            "title",
            "procedure",
            "summary",
            "languages",
            "time_zone",
            *(f"{channel}_capacity" for channel in Participation.values),
            "verified_only",
            "gap_seconds",
            "threshold_percent",
        ]
        widgets: ClassVar[dict[str, forms.Widget]] = {"summary": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        session = self.instance
        self.fields["time_zone"].choices = _zone_choices()  # type: ignore[attr-defined]
        if session.pk:
            del self.fields["draft"]
            self.initial["starts_local"] = _local(session.starts_at, session.zone)
            self.initial["planned_end_local"] = _local(session.planned_end_at, session.zone)

    def clean(self) -> dict[str, Any]:
        """Sets the instants on the instance; a time nobody touched keeps its seconds."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        zone = data.get("time_zone")
        for name in ("starts", "planned_end"):
            local = data.get(f"{name}_local")
            if zone and local and (not self.instance.pk or {"time_zone", f"{name}_local"} & set(self.changed_data)):
                try:
                    setattr(self.instance, f"{name}_at", instant(local, ZoneInfo(zone), field=f"{name}_local"))
                except DomainError as error:
                    refusals.blame(self, error)
        if "draft" in data:
            self.instance.public_id = data["draft"]
        return data


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)


def _zone_choices() -> list[Any]:
    def label(name: str) -> str:
        regions = [part.replace("_", " ") for part in name.split("/")[1:-1]]
        return " / ".join([*regions, city(name)])

    areas = [(AREAS[area], [(name, label(name)) for name in names]) for area, names in zones.by_area().items()]
    return [("", "—"), *areas, ("UTC", "UTC")]
