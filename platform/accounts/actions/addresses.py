"""The one address of a person, and the mailbox it was before."""

from allauth.account.models import EmailAddress
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from jobs import mail


def moved(*, person: Person, old: str) -> None:
    """The old mailbox opens the account no more, and is told so; not where it went, for it may be a stranger's."""
    EmailAddress.objects.filter(user=person).exclude(email__iexact=person.email).delete()
    mail.render_and_send(
        "account_notice",
        to=old,
        language=person.reading_language,
        context={
            "subject": _("The address of your account was changed"),
            "lead": _("The account at Anfiteatro that was signed in to with this address has another address now."),
            "advice": _("No code and no mail goes here any more. If you did not ask for it, write to the organisers."),
        },
    )


def password_moved(*, person: Person) -> None:
    """The owner hears of every change of the password, for it might not have been them."""
    mail.render_and_send(
        "account_notice",
        to=person.email,
        language=person.reading_language,
        context={
            "subject": _("Your password was changed"),
            "lead": _("The password of your account was chosen or changed. Your other browsers are signed out."),
            "advice": _(
                "If it was not you, sign in by a mailed code, choose another password and write to the organisers."
            ),
        },
    )
