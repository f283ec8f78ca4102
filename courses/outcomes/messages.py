"""The sentences people read for the error codes of outcomes."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from shared.texts import Text

SENTENCES: Final[dict[str, Text]] = {
    "outcome.forbidden": _("Only the author of the case and coordinators may say what became of the patient."),
    "outcome.not_planned": _("This case has no such follow-up."),
    "outcome.too_early": _("This follow-up can be recorded from %(day)s on."),
    "outcome.identifiers": _(
        "These words may tell who the patient is: %(found)s. Take them out, or tick below that they do not."
    ),
    "outcome.lost_but_seen": _("Somebody not seen again has no day. Empty it, or choose how the patient is."),
    "outcome.seen_on_missing": _("Write the day on which the patient was seen or heard of."),
    "outcome.seen_in_future": _("This day is still to come."),
    "outcome.died_no_step": _("Nothing more can be planned for a patient who died."),
    "outcome.mission_without_step": _("Choose whether to see the patient again or to operate in this mission."),
    "outcome.mission": _("This mission is over or not announced. Choose another, or leave it open."),
    "outcome.operated_in_future": _("This day is still to come."),
    "outcome.mission_without_operation": _("Write the day of the operation too."),
    "outcome.referral_missing": _("Choose whether the patient was referred or the referral was avoided."),
    "complication.scheme": _("This scheme is not for this patient."),
    "complication.grade": _("This scheme has no such grade."),
    "complication.too_many": _("Not more than %(most)s complications: keep the worst."),
    "complication.death": _("Grade V means that the patient died: change one of the two."),
    "case_end.forbidden": _("This case cannot be closed or opened again by you now."),
    "case_end.reason": _("Say why."),
}
