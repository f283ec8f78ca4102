"""Sign-in, sign-up and password forms: allauth's, in the words of this site."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from shared.errors import DomainError
from web.form_fields import AddressField, LineField
from web.refusals import sentence

_LABELS = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "password": _("Password"),
    "oldpassword": _("Your present password"),
    "password1": _("New password"),
    "password2": _("The new password again"),
    "code": _("Code"),
}


class OurWords:
    """Labels in the three languages, no placeholders, and the keyboard that fits."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = _LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            if name in {"login", "email"}:
                self.fields[name] = AddressField(label=field.label, widget=field.widget, required=field.required)
                field.widget.attrs |= {"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}


class SignInForm(OurWords, allauth_forms.LoginForm):  # type: ignore[misc]
    """An address is enough: without a password a code goes there."""

    def _setup_password_field(self) -> None:
        """allauth drops the field where signing up asks for none; here it stays, and may stay empty."""
        self.fields["password"] = forms.CharField(
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}), required=False
        )


class CodeForm(OurWords, allauth_forms.RequestLoginCodeForm):  # type: ignore[misc]
    pass


class _CodeField(OurWords):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {
            "class": "code-input",
            "autocomplete": "one-time-code",
            "autocapitalize": "characters",
            "spellcheck": "false",
            "autofocus": True,
        }


class ConfirmSignInForm(_CodeField, allauth_forms.ConfirmLoginCodeForm):  # type: ignore[misc]
    pass


class ConfirmEmailForm(_CodeField, allauth_forms.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    pass


class SignUpForm(OurWords, allauth_forms.SignupForm):  # type: ignore[misc]
    pass


class SetPasswordForm(OurWords, allauth_forms.SetPasswordForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(OurWords, allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordForm(OurWords, allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordKeyForm(OurWords, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(OurWords, allauth_forms.ReauthenticateForm):  # type: ignore[misc]
    pass


class FreshCodeForm(_CodeField, forms.Form):
    """The code that shows that it is them."""

    code = LineField(max_length=20)

    def refuse(self, error: DomainError) -> None:
        self.add_error("code", sentence(error))


class AddEmailForm(OurWords, allauth_forms.AddEmailForm):  # type: ignore[misc]
    pass
