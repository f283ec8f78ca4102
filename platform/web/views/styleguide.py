"""Every component once, to look at: only while developing or demonstrating."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from web.amphitheatre import Occupant, State, Tier
from web.form_fields import AddressField, LineField, ParagraphsField


class ExampleForm(forms.Form):
    """One field of each kind."""

    full_name = LineField(label="Name", help_text="As it should stand on a list.")
    email = AddressField(label="E-mail")
    profession = forms.ChoiceField(label="Profession", choices=[("surgeon", "Surgeon"), ("nurse", "Nurse")])
    channel = forms.ChoiceField(
        label="Where will you be?",
        choices=[("remote", "Remote"), ("auditorium", "In the auditorium")],
        widget=forms.RadioSelect,
    )
    remarks = ParagraphsField(label="Remarks", required=False)
    privacy = forms.BooleanField(label="I have read the privacy notice.")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The style guide; anybody may see it where it exists, and it exists nowhere else."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    starts_at = datetime(2026, 5, 4, 8, 30, tzinfo=ZoneInfo("America/Lima"))
    context = {
        "form": ExampleForm(),
        "wrong_form": ExampleForm({"email": "not an address", "channel": "remote"}, prefix="wrong"),
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=4),
        "tiers": example_tiers(),
        "empty_tiers": [],
        "notices": ["info", "success", "warning", "error", "loss"],
        "stage": "stage" in request.GET,
    }
    return render(request, "web/styleguide.html", context)


def example_tiers() -> list[Tier]:
    """A week's event: seven at the table, 75 in the auditorium, 160 from ten provinces."""
    team: tuple[State, ...] = ("present", "present", "lit", "present", "present", "registered", "present")
    seated = tuple(Occupant(f"Person {number}", state) for number, state in enumerate(team, 1))
    provinces = {
        "Buenos Aires": 48,
        "Córdoba": 34,
        "Santa Fe": 22,
        "Mendoza": 14,
        "Tucumán": 12,
        "Salta": 9,
        "Entre Ríos": 8,
        "Neuquén": 6,
        "Chaco": 4,
        "Jujuy": 3,
    }
    return [
        Tier("or", "or", _("Operating room"), people=seated),
        Tier("auditorium", "auditorium", _("Auditorium"), 75, 63, 2),
        *(Tier(f"remote:{name}", "remote", name, n, n * 4 // 5, n // 20) for name, n in provinces.items()),
    ]
