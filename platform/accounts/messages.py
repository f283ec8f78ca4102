"""The sentences people read for this app's error codes."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from shared.texts import Text

SENTENCES: Final[dict[str, Text]] = {
    "people.forbidden": _("Only coordinators of the organisation may do this, and nobody to a person of higher rank."),
    "people.roles.none": _("Choose at least one role."),
    "people.name.needed": _("Nobody with this e-mail is known yet: write their name too."),
    "people.closed": _("This account is closed. Open it again first."),
    "people.last_coordinator": _("Nobody else coordinates this organisation: make somebody else a coordinator first."),
    "people.merge.same": _("This is the same person."),
    "people.merge.unknown": _("Nobody of this organisation has this e-mail."),
    "people.merge.closed": _("The account that stays is closed. Open it again first."),
    "organisations.forbidden": _("Only site administrators make organisations."),
    "organisations.name.needed": _("Give the organisation a name."),
    "licences.forbidden": _("Only verifiers and coordinators may say so."),
    "licences.own": _("Somebody else has to verify your own licence."),
    "first.gone": _(
        "A link to a new installation opens once and for one day, and only until somebody looks after it. "
        "Who runs the machine gets a new one with “manage.py first_link”."
    ),
    "first.taken": _("Somebody looks after this installation already: they invite others."),
    "code.wrong": _("That is not the code in the mail. Only the newest one works."),
    "code.over": _("This code works no more. Please send another one."),
}
