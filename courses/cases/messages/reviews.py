"""The sentences people read for the error codes of reviews."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from shared.texts import Text

SENTENCES: Final[dict[str, Text]] = {
    "review.forbidden": _("You cannot do this with this review."),
    "review.not_now": _("The case has moved on, and this cannot be done now. Look where it stands."),
    "review.mentor.unfit": _("Choose a mentor of the course who is not the author."),
    "review.reason.needed": _("Say why, so that the next mentor knows."),
    "review.missing.needed": _("Say what is missing."),
    "review.too_long": _("This is too long: %(limit)s characters at most."),
    "review.too_many": _("At most %(limit)s recommendations, please."),
    "review.conflict": _(
        "This review was saved in another window meanwhile. Nothing you typed is lost: compare, then save again."
    ),
    "review.malformed": _("The review did not arrive whole. Please try again."),
    "review.questions_open": _("A clarifying question waits for its answer."),
    "review.summary.needed": _("Write the case in two sentences first."),
    "review.summary.unconfirmed": _(
        "The author has not confirmed your summary yet. Only what is due within a day may go without."
    ),
    "review.recommendation.needed": _("Write at least one recommendation."),
    "review.identifiers": _("This may name somebody: %(kinds)s. Take it out, or tick that it identifies nobody."),
    "summary.forbidden": _("Only the author confirms the summary, once the mentor has asked."),
    "summary.changed": _("The mentor has changed the summary meanwhile. Read it again, please."),
    "discussion.forbidden": _("You cannot write about this case now."),
    "remark.ask_forbidden": _("Clarifying questions are for the mentors who have the case."),
    "remark.empty": _("Write something first."),
    "remark.too_long": _("This is too long: %(limit)s characters at most."),
    "remark.identifiers": _("This may name somebody: %(kinds)s. Take it out, or tick that it identifies nobody."),
    "recommendation.forbidden": _("Only the author says what became of a recommendation."),
    "recommendation.why.needed": _("Say why it was not done, or not wholly."),
    "recommendation.identifiers": _(
        "This may name somebody: %(kinds)s. Take it out, or tick that it identifies nobody."
    ),
}
