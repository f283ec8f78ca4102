"""Who may read, correct and take away attendance figures. Nobody else decides."""

from accounts.models import Person
from accounts.policies import Visitor
from courses.programme.models import Session
from courses.programme.policies import may_plan_session, may_see_figures
from livesessions.room.policies import may_adjust_attendance


def may_read_sheet(person: Visitor, session: Session) -> bool:
    """Everybody's figures on the page: coordinators, and the moderators of this session."""
    return may_see_figures(person, session)


def may_export_sheet(person: Visitor, session: Session) -> bool:
    """Take the figures out of the house as a file: coordinators of its organisation only."""
    return may_plan_session(person, session)


def may_correct_times(person: Visitor, session: Session) -> bool:
    """Set the real start, end and breaks: coordinators of its organisation only."""
    return may_plan_session(person, session)


def may_adjust(person: Visitor, session: Session) -> bool:
    """Add or take minutes by hand: coordinators of its organisation only."""
    return isinstance(person, Person) and may_adjust_attendance(person, session)
