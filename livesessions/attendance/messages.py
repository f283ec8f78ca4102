"""What the error codes of attendance mean, in words people read."""

from django.utils.translation import gettext_lazy as _

from shared.texts import Text

SENTENCES: dict[str, Text] = {
    "check_in.expired": _("This code is no longer valid. Scan the one that the door shows now."),
    "check_in.over": _("This session is over; nobody can check in any more."),
    "roll_call.elsewhere": _("%(name)s is not registered for the operating room."),
    "roll_call.over": _("This session is over; its roll can no longer be called."),
    "adjustment.zero": _("Give at least one minute, added or taken."),
    "adjustment.reason_missing": _("Say why: whoever checks this sheet will read it."),
    "adjustment.already_sent": _("This form was already sent with other values. Load the page again to add another."),
}
