"""The form that adds somebody to a session's team."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.programme.models import TeamRole
from web.form_fields import AddressField, PersonNameField


class TeamForm(forms.Form):
    """The name is needed only for an e-mail nobody here has yet."""

    email = AddressField(label=_("E-mail"), max_length=254)
    full_name = PersonNameField(
        label=_("Name"), max_length=120, required=False, help_text=_("Only if the person is new here.")
    )
    role = forms.ChoiceField(label=_("Role"), choices=TeamRole.choices)
