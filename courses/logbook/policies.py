"""Who may do what with logbooks and ratings. Nobody else decides; what may be read already, `rules.assessments` says.

A logbook is its trainee's own. Coordinators, mentors and the back office see nothing of it; somebody asked for a rating
sees that one case.
"""

from accounts.models import Person
from accounts.policies import Visitor
from courses.cases.models import Case, CaseStatus
from courses.logbook.models import LogbookEntry, RatingRequest
from courses.programme.models import MENTOR_ROLES, Enrolment, EnrolmentStatus, Participation, Session, TeamMember
from courses.programme.policies import role_at


def may_keep_logbook(person: Visitor) -> bool:
    """Everybody signed in keeps their own."""
    return isinstance(person, Person) and person.is_active


def may_see_entry(person: Visitor, entry: LogbookEntry) -> bool:
    """Its trainee, who also changes it, asks for ratings and removes it."""
    return isinstance(person, Person) and person.is_active and entry.trainee_id == person.pk


def may_log_session(person: Person, session: Session) -> bool:
    """Name this session in an entry: its team, and whoever has a confirmed place in its operating room. Two queries."""
    places = Enrolment.objects.filter(
        session=session, person=person, channel=Participation.OR, status=EnrolmentStatus.CONFIRMED
    )
    return role_at(person, session) is not None or places.exists()


def may_log_case(person: Person, case: Case) -> bool:
    """Name this case in an entry: its author, unless it was withdrawn."""
    return case.author_id == person.pk and case.status != CaseStatus.WITHDRAWN


def may_be_asked(trainee: Person, rater: Person) -> bool:
    """A mentor or surgeon of a course in whose operating room the trainee has a confirmed place; never oneself. One
    query.
    """
    places = Enrolment.objects.filter(person=trainee, channel=Participation.OR, status=EnrolmentStatus.CONFIRMED)
    team = TeamMember.objects.filter(
        person=rater, role__in=MENTOR_ROLES, session__course__in=places.values("session__course")
    )
    return rater.is_active and rater.pk != trainee.pk and team.exists()


def may_rate(person: Visitor, request: RatingRequest) -> bool:
    """See the case of a request and rate it: whoever was asked."""
    return isinstance(person, Person) and person.is_active and request.rater_id == person.pk


def may_withdraw_request(person: Visitor, request: RatingRequest) -> bool:
    """Take a request back: the trainee who asked."""
    return may_see_entry(person, request.entry)
