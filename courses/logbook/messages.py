"""The sentences people read for the error codes of logbooks and assessments."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from shared.texts import Text

SENTENCES: Final[dict[str, Text]] = {
    "logbook.forbidden": _("This is somebody else's logbook."),
    "logbook.gone": _("This entry was removed."),
    "logbook.day.future": _("This day is still to come."),
    "logbook.day.early": _("Look at the year again."),
    "logbook.autonomy.watched": _("Who watches has no autonomy to rate: leave it empty."),
    "logbook.complexity.range": _("Choose one of the three."),
    "logbook.session.not_yours": _("You have no place in the operating room of this session."),
    "logbook.case.not_yours": _("This is not a case of yours."),
    "logbook.case.already": _("This case is in your logbook already."),
    "logbook.asked": _("Somebody was asked to rate this case, so what was done stands. Take the request back first."),
    "record.identifiers": _("This may identify somebody: %(found)s. Take it out, or confirm below that it does not."),
    "rating.forbidden": _("Only the person who was asked may rate this."),
    "rating.withdrawn": _("The trainee took this request back."),
    "rating.rater.not_yours": _("Ask a mentor or surgeon of a course of yours."),
    "rating.role.unknown": _("Choose one."),
    "rating.mode.unknown": _("Choose one."),
    "rating.score.missing": _("Choose one."),
    "rating.score.range": _("Choose a number from %(low)s to %(high)s."),
    "rating.score.unknown": _("The form has changed. Load the page again."),
    "rating.text.long": _("At most %(longest)s letters."),
    "rating.already": _("You rated this case already. A rating is given once and stands."),
    "rating.given": _("The rating is already in, so the request stays."),
    "rating.not_asked": _("Nobody was asked to rate this case that way."),
    "rating.self.given": _("You rated yourself already."),
    "rating.self.closed": _("You chose to see the ratings without your own, so your own is closed."),
}
