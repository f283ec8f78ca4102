"""Forms of the people's pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from web.form_fields import AddressField, LineField, PersonNameField


class InviteForm(forms.Form):
    """The name is needed only for an e-mail nobody here has yet."""

    email = AddressField(label=_("E-mail"), max_length=254)
    full_name = PersonNameField(
        label=_("Name"), max_length=120, required=False, help_text=_("Only if the person is new here.")
    )
    roles = forms.MultipleChoiceField(label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple)


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple, required=False
    )


class MergeForm(forms.Form):
    email = AddressField(
        label=_("E-mail of the account that stays"),
        max_length=254,
        help_text=_("Everything this person has goes there, and this account is closed."),
    )


class OrganisationForm(forms.Form):
    name = LineField(label=_("Name"), max_length=120)


class FilterForm(forms.Form):
    """What the list shows; nonsense shows everything."""

    q = LineField(label=_("Name or e-mail"), max_length=120, required=False)
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("Everybody")), *Role.choices, ("none", _("No role here"))]
    )
    licence = forms.ChoiceField(
        label=_("Licence"), required=False, choices=[("", _("Any")), ("declared", _("Waits to be verified"))]
    )
