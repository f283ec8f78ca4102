"""Who the first coordinator is."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from web.form_fields import LineField, PersonNameField


class FirstCoordinatorForm(forms.ModelForm[Person]):
    organisation = LineField(
        label=_("Organisation"),
        max_length=120,
        help_text=_("The hospital, society or organisation that runs missions here. More can be added later."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    password = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )
    again = forms.CharField(
        label=_("The password again"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )
    field_order = ("full_name", "email", "organisation", "password", "again")

    class Meta:
        model = Person
        fields = ("full_name", "email")
        field_classes = {"full_name": PersonNameField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["full_name"].required = True
        self.fields["full_name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs |= {"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        password, again = told.get("password"), told.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords differ."))
        elif password:
            try:
                person = Person(email=told.get("email", ""), full_name=told.get("full_name", ""))
                password_validation.validate_password(password, person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return told

    def validate_unique(self) -> None:
        """An account made with this address before becomes theirs."""
