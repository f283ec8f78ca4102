"""Forms that correct a registration."""

from django import forms
from django.utils.translation import gettext_lazy as _

from web.form_fields import AddressField, PersonNameField


class NameForm(forms.Form):
    full_name = PersonNameField(
        label=_("Name and surname"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autocapitalize": "words"}),
    )


class AmendmentForm(forms.Form):
    """What a coordinator may correct."""

    full_name = PersonNameField(label=_("Name and surname"), max_length=120)
    email = AddressField(
        label=_("E-mail"),
        help_text=_("A new address gets a new link, and the old link stops working."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )
