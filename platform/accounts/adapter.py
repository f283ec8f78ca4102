"""How allauth behaves here: its sentences are ours, and its mails bear no site prefix."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """E-mail first. Nothing a page says tells whether an address is known."""

    error_messages: ClassVar = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Please write to the organisers."),
        "cannot_remove_primary_email": _("This is the address you sign in with, so it cannot be removed."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": _("The address and the password do not fit. Leave the password empty for a code."),
        "email_taken": _("This address cannot be used."),
        "enter_current_password": _("Please type your present password."),
        "incorrect_code": _("That is not the code in the mail. Only the newest one works."),
        "incorrect_password": _("That is not your password."),
        "invalid_login": _("Please type your e-mail address."),
        "invalid_or_expired_key": _("This link has been used already or is too old."),
        "invalid_password_reset": _("This link has been used already or is too old."),
        "too_many_login_attempts": _("Too many attempts for this address. Please wait five minutes and try again."),
        "unverified_primary_email": _("Please confirm your address first."),
        "same_as_current": _("This is the same as before."),
        "rate_limited": _("Too many attempts. Please wait a minute and try again."),
    }

    def format_email_subject(self, subject: str) -> str:
        return subject
