"""How often somebody wants mail about cases."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.cases.models import MailFrequency


class RhythmForm(forms.Form):
    rhythm = forms.ChoiceField(
        label=_("Mail about cases"),
        choices=MailFrequency.choices,
        widget=forms.RadioSelect,
        help_text=_("What is urgent always comes at once."),
    )
