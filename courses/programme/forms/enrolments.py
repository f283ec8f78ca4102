"""The registration form, and the coordinator's filter."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Profession
from courses.programme.actions.enrolments import Answers
from courses.programme.models import EnrolmentStatus, Participation, Session
from courses.programme.queries import places
from courses.programme.queries.places import Places
from courses.programme.rules.enrolments import is_asked_for
from places import regions
from web.form_fields import AddressField, LineField, PersonNameField
from web.widgets import LongSelect, Radios


class EnrolmentForm(forms.Form):
    """Everything a registration asks but the licences. The provinces offered are those of the country chosen."""

    full_name = PersonNameField(label=_("Name and surname"), max_length=120)
    email = AddressField(label=_("E-mail"), help_text=_("Your personal link goes there."))
    profession = forms.ChoiceField(label=_("Profession"), choices=[("", "—"), *Profession.choices])
    specialty = LineField(label=_("Specialty"), max_length=80, required=False)
    institution = LineField(label=_("Hospital or institution"), max_length=120, required=False)
    country = forms.ChoiceField(label=_("Country"), widget=LongSelect)
    region = forms.ChoiceField(label=_("Province or region"), required=False, widget=LongSelect)
    channel = forms.ChoiceField(label=_("How you take part"), widget=Radios)
    language = forms.ChoiceField(label=_("Language of our mails"), choices=settings.LANGUAGES)
    privacy = forms.BooleanField(
        label=_("I have read the privacy notice and agree that my data are kept as it says."),
        error_messages={"required": _("Without your agreement we may not keep your registration.")},
    )

    AUTOCOMPLETE = {
        "full_name": "name",
        "email": "email",
        "specialty": "off",
        "institution": "organization",
        "country": "country",
        "region": "address-level1",
    }

    def __init__(self, data: Mapping[str, Any] | None = None, *, session: Session, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        language = get_language() or settings.LANGUAGE_CODE
        country = (data or self.initial).get("country") or ""
        offered = regions.regions(country, language)
        self._choices("country", [("", "—"), *regions.countries(language)])
        self._choices("region", [("", "—"), *offered])
        self.fields["region"].required = bool(offered)
        channels = places.by_session([session])[session.pk]
        self._choices("channel", [(place.channel.value, channel_label(place)) for place in channels])
        if len(channels) == 1:
            self.initial.setdefault("channel", channels[0].channel.value)
        self.fields["privacy"].help_text = format_html(
            '<a href="{}" target="_blank">{}</a>', reverse("courses:privacy-show"), _("Privacy notice")
        )
        for name, value in self.AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = value
        self.fields["email"].widget.attrs["inputmode"] = "email"
        self.fields["full_name"].widget.attrs["autocapitalize"] = "words"

    def clean(self) -> dict[str, Any]:
        """Of a wrong country no province can be right: one error says enough."""
        if "country" in self.errors:
            self.errors.pop("region", None)
        return self.cleaned_data

    def answers(self, licences: tuple[dict[str, str], ...]) -> Answers:
        """Of a valid form."""
        named = {name: value for name, value in self.cleaned_data.items() if name not in {"email", "privacy"}}
        return Answers(**named, licences=licences)

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices


class FilterForm(forms.Form):
    """What of the list of registrations is shown; anything unknown shows everybody."""

    q = forms.CharField(label=_("Name, e-mail or institution"), required=False, max_length=80)
    channel = forms.ChoiceField(
        label=_("Taking part"), required=False, choices=[("", _("All")), *Participation.choices]
    )
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("All")), *EnrolmentStatus.choices])

    province = forms.ChoiceField(label=_("Province or region"), required=False)

    def __init__(self, data: Mapping[str, Any], *, provinces: list[tuple[str, str]]) -> None:
        """`provinces` are (code, name)."""
        super().__init__(data)
        cast(forms.ChoiceField, self.fields["province"]).choices = [("", _("All")), *provinces]

    def filters(self) -> dict[str, str]:
        """Keywords of `queries.enrolments.people`."""
        self.is_valid()
        data = self.cleaned_data
        return {"text": data.get("q", "")} | {name: data.get(name, "") for name in ("channel", "status", "province")}


class MoveForm(forms.Form):
    channel = forms.ChoiceField(choices=Participation.choices)


class AddressForm(forms.Form):
    """Where to mail the links again."""

    email = AddressField(
        label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"})
    )


def channel_label(place: Places) -> str:
    """The channel with the places left, or with how many wait for it already; a place that is given is asked for."""
    if is_asked_for(place.channel):
        return str(_("%(channel)s · the organisers decide who comes")) % {"channel": place.channel.label}
    if place.left:
        text = ngettext("%(channel)s · %(left)s place left", "%(channel)s · %(left)s places left", place.left)
        return text % {"channel": place.channel.label, "left": place.left}
    text = ngettext(
        "%(channel)s · full: waiting list, %(waiting)s person before you",
        "%(channel)s · full: waiting list, %(waiting)s people before you",
        place.waiting,
    )
    return text % {"channel": place.channel.label, "waiting": place.waiting}


def known_answers(person: Person | None, session: Session) -> dict[str, Any]:
    """What the form shows at first: the profile of somebody signed in, else the country where the mission is."""
    mission = session.course.mission
    first = {"country": mission.country if mission else "", "language": get_language()}
    if person is None:
        return first
    told = {name: getattr(person, name) for name in EnrolmentForm.base_fields if hasattr(person, name)}
    return first | {name: value for name, value in told.items() if value}
