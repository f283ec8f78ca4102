"""The words for what a sheet holds as codes, in the reader's language."""

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Profession
from courses.programme.models import Participation, TeamRole
from livesessions.attendance.models import SpanSource
from places.regions import region_name

_OTHER_ROLES = {"attendee": _("Attendee"), "trainee": _("Trainee"), "coordinator": _("Coordinator")}


def channel(code: str) -> str:
    """Empty for no channel."""
    return str(Participation(code).label) if code else ""


def role(code: str) -> str:
    """A team role, or what the person is without one."""
    return str(_OTHER_ROLES[code] if code in _OTHER_ROLES else TeamRole(code).label)


def profession(code: str) -> str:
    """Empty when the person told none."""
    return str(Profession(code).label) if code else ""


def source(code: str) -> str:
    """How a stay came to be known."""
    return str(SpanSource(code).label)


def region(code: str) -> str:
    """The name of an ISO 3166-2 code; empty when the person told none."""
    return region_name(code, get_language() or "en") if code else ""


def yes_no(value: bool) -> str:
    """In a word."""
    return gettext("yes") if value else gettext("no")
