"""The sentences people read for this app's error codes."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from shared.texts import Text

SENTENCES: Final[dict[str, Text]] = {
    "plan.forbidden": _("Only coordinators may plan."),
    "session.capacity.taken": _("%(confirmed)s people already have a place here; the capacity cannot be lower."),
    "session.cancelled": _("This session was cancelled."),
    "session.over": _("This session is over."),
    "session.end_before_start": _("The end must come after the start."),
    "mission.end_before_start": _("The last day cannot come before the first."),
    "time.skipped": _("The clocks of %(zone)s jump over %(time)s that day. Choose another time."),
    "time.ambiguous": _(
        "On that day %(time)s comes twice in %(zone)s, because the clocks go back. Choose another time."
    ),
    "team.name.needed": _("Nobody with this e-mail is known yet: write their name too."),
    "team.already": _("%(name)s already has a role in this session."),
    "enrolment.closed": _("Registration for this session is closed."),
    "enrolment.channel.none": _("This session has no places of that kind. Choose another way of taking part."),
    "enrolment.full": _("There is no free place here. Make room first, or leave the person on the waiting list."),
    "enrolment.forbidden": _("Only coordinators may change registrations."),
    "enrolment.waiting": _("You are on the waiting list. We write to you as soon as a place is free."),
    "enrolment.unverified": _(
        "This session is for professionals whose licence has been verified, and yours has not been yet."
    ),
    "enrolment.requested": _("You asked for this place. The organisers decide, and we write to you when they have."),
    "enrolment.declined": _("The organisers could not give you the place you asked for."),
    "enrolment.removed": _("The organisers withdrew this registration."),
    "enrolment.decided": _("This request was granted already. Withdraw the registration instead."),
    "enrolment.undecided": _("This is a request: approve or decline it."),
    "enrolment.withdrawn": _("This registration was withdrawn."),
    "amendment.forbidden": _("The session is over. Ask its organisers to correct the name."),
    "amendment.too_many": _("You corrected it several times already. Ask the organisers of the session."),
    "amendment.address.taken": _("Somebody with this address is registered for this session already."),
    "link.expired": _("This link has expired: the session is over."),
    "link.void": _("A newer link has replaced this one."),
}
