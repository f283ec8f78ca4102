"""The sentences people read for the error codes of marks on pictures."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from shared.texts import Text

SENTENCES: Final[dict[str, Text]] = {
    "marks.forbidden": _("You may look at the marks here, but not draw."),
    "marks.no_picture": _("There is no picture here to draw on."),
    "marks.wrong": _("These marks could not be read, and nothing was changed. Load the page again."),
    "marks.too_many": _("At most %(most)s marks fit on one picture."),
    "marks.text.needed": _("Write the words first."),
    "marks.text.long": _("At most %(most)s letters fit in one mark."),
    "marks.identifiers": _("This may tell who the patient is: %(words)s. Take it out, or keep it if it names nobody."),
    "marks.conflict": _("You drew on this picture in another window meanwhile. Both versions are kept: choose one."),
}
