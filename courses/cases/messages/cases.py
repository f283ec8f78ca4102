"""The sentences people read for the error codes of cases."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from shared.texts import Text

SENTENCES: Final[dict[str, Text]] = {
    "case.forbidden": _("You cannot do this with this case."),
    "case.too_many": _("You have very many open drafts. Send or withdraw some of them first."),
    "case.too_large": _("This is more text than a case can hold. Shorten it, please."),
    "case.not_open": _("This case was already sent and cannot be changed now."),
    "case.course_forbidden": _("You have no place in this course."),
    "case.malformed": _("The answers did not arrive whole. Please try again."),
    "case.incomplete": _("Some answers that a mentor needs are still missing."),
    "case.identifiers": _("Look at every highlighted word: take it out, or say that it identifies nobody."),
    "case.media_processing": _("A file is still being cleaned. Try again in a moment."),
    "case.media_refused": _("A file was refused. Take it out before you go on."),
    "case.media_unchecked": _("Look at every picture and file, and tick that it shows no name or face."),
    "consent.forbidden": _("You cannot change this consent."),
    "consent.missing": _("No consent is written down yet."),
    "consent.revoked": _("The consent to this case was withdrawn."),
    "consent.expired": _("The consent to this case has expired."),
    "consent.taken_in_future": _("A consent cannot be taken in the future."),
    "consent.expires_before_taken": _("The last day cannot come before the day it was taken."),
    "consent.wrong_person": _("For a patient of this age somebody else must agree."),
    "consent.child_said_no": _("The child did not agree, so this case cannot be sent."),
    "consent.child_not_asked": _("A child of this age is asked too: write down what the child said."),
    "consent.lacks.case_review": _("The consent does not cover advice from mentors."),
    "consent.lacks.stills": _("The consent does not cover photos and scans."),
    "consent.lacks.recording": _("The consent does not cover videos."),
    "consent.lacks.teaching_reuse": _("The consent does not cover teaching in a course."),
    "release.forbidden": _("Only a second person may release a case: a mentor of its course or a coordinator."),
    "release.not_submitted": _("This case does not wait for a release."),
    "release.not_open": _("This case cannot be sent back any more."),
    "release.media_unseen": _("Tick every picture and file that you looked at."),
    "release.reason_needed": _("Say what is missing or must go."),
}
