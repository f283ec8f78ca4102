"""The sentences people read for the error codes of trauma."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from shared.texts import Text

SENTENCES: Final[dict[str, Text]] = {
    "trauma.forbidden": _("Only who may write cases may write in the trauma registry, and only in their own records."),
    "trauma.facility": _("You do not write for this hospital."),
    "trauma.value": _("This value cannot be. Write a whole number, or choose “Not known”."),
    "trauma.died_but_alive": _("A patient who died is not alive later: change one of the two."),
}
