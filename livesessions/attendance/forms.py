"""The form that adds or takes minutes."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from web.form_fields import LineField

_MOST = 24 * 60


class AdjustmentForm(forms.Form):
    """`key` is made with the blank form, so that sending it twice adds once."""

    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=-_MOST,
        max_value=_MOST,
        help_text=_("Whole minutes; with a minus they are taken away."),
    )
    reason = LineField(
        label=_("Reason"), max_length=300, help_text=_("Stays on the sheet with your name, and in every export.")
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
