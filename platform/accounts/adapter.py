"""How allauth behaves here: its sentences are ours, and its mails are queued like every mail."""

from datetime import timedelta
from typing import Any, ClassVar, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import throttles
from accounts.actions import addresses
from accounts.devices import known_device
from accounts.models import Person
from jobs import mail, unasked
from shared.clock import now
from web.clients import client_of

_WITH_CODES: Final = (
    "account/email/login_code",
    "account/email/email_confirmation",
    "account/email/reauthentication_code",
)
_OF_PASSWORDS: Final = {f"account/email/password_{done}" for done in ("changed", "set", "reset")}


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
        "too_many_login_attempts": _(
            "Too many wrong passwords from here. Wait five minutes, or leave the password empty for a code."
        ),
        "unverified_primary_email": _("Please confirm your address first."),
        "same_as_current": _("This is the same as before."),
        "rate_limited": _("Too many attempts. Please wait a minute and try again."),
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Ours instead of allauth's limits, by which anybody could lock anybody out."""
        self._login_failed_rl_usage = throttles.spend(request, credentials.get("email", ""))
        if self._login_failed_rl_usage is None:
            raise self.validation_error("too_many_login_attempts")

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_notification_mail(
        self, template_prefix: str, user: Person, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Of passwords alone: what became of an address is told wherever it was changed."""
        if template_prefix in _OF_PASSWORDS:
            addresses.password_moved(person=user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue it. A code goes first, and not at all once it would not open anything any more.

        What a stranger asks for is one of the few unasked mails of the day; the page says the same if it was too many.
        """
        request = allauth_context.request
        if not (_is_own(request, email) or unasked.take(email, by=client_of(request), at=now())):
            return
        shown = {"request": request, "email": email} | {
            name: _at_home(value, request) for name, value in context.items()
        }
        message = self.render_mail(template_prefix, email, shown)
        is_code = template_prefix.startswith(_WITH_CODES)
        mail.send(
            to=email,
            subject=message.subject,
            text=message.body,
            html=message.alternatives[0][0] if message.alternatives else None,
            language=get_language() or settings.LANGUAGE_CODE,
            until=now() + timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT) if is_code else None,
        )


def _at_home(value: Any, request: HttpRequest) -> Any:
    """An address of ours as the site's, whatever host the request named: allauth makes links from its Host header."""
    here = request.build_absolute_uri("/")
    if isinstance(value, str) and value.startswith(here):
        return f"{settings.SITE_URL}/{value.removeprefix(here)}"
    return value


def _is_own(request: HttpRequest, email: str) -> bool:
    """Asked for by its reader: signed in, or in a browser where they have signed in before."""
    is_theirs = isinstance(request.user, Person) and request.user.email.lower() == email.lower()
    return is_theirs or bool(known_device(request, email))
