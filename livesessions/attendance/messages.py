"""What the error codes of attendance mean, in words people read."""

from django.utils.translation import gettext_lazy as _

from shared.texts import Text

SENTENCES: dict[str, Text] = {
    "check_in.expired": _("This code is no longer valid. Scan the one that the door shows now."),
    "check_in.over": _("This session is over; nobody can check in any more."),
    "roll_call.elsewhere": _("%(name)s is not registered for the operating room."),
    "roll_call.over": _("This session is over; its roll can no longer be called."),
    "times.reason_missing": _("Say why: whoever checks this sheet will read it."),
    "times.end_missing": _("Say when it ended: the room has no end of its own."),
    "times.end_before_start": _("The end must come after the start."),
    "times.in_future": _("These times have not come yet."),
    "times.too_long": _("A session lasts at most a day."),
    "times.still_live": _("The session is still live. End it first, then set its real end."),
    "times.break_outside": _("A break begins before it ends, and lies between start and end."),
    "times.break_half": _("A break needs both its times."),
    "times.breaks_overlap": _("Two of the breaks overlap."),
    "times.already_sent": _("This form was already sent with other values. Load the page again to correct once more."),
    "adjustment.zero": _("Give at least one minute, added or taken."),
    "adjustment.reason_missing": _("Say why: whoever checks this sheet will read it."),
    "adjustment.already_sent": _("This form was already sent with other values. Load the page again to add another."),
}
