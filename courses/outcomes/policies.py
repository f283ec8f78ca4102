"""Who may close a case, read what became of patients, and see a mission's list. Nobody else decides."""

from accounts.models import Person
from accounts.policies import Visitor, roles_in
from accounts.rules.roles import Role
from courses.cases.models import Case, CaseStatus
from courses.cases.policies.cases import Relation, Relations, may_see_views
from courses.programme.models import MENTOR_ROLES, Mission, TeamMember


def may_end_case(person: Visitor, case: Case) -> bool:
    """Close an answered case with a reason, or reopen a closed one: its author, and coordinators."""
    return may_see_views(person, case) and case.status in (CaseStatus.APPROVED, CaseStatus.CLOSED)


def may_see_outcomes(case: Case, relations: Relations) -> bool:
    """What became of the patient: whoever sees the case, once it was answered."""
    return bool(relations) and case.status in (CaseStatus.APPROVED, CaseStatus.CLOSED)


def may_read_outcome_notes(relations: Relations) -> bool:
    """The free text of an outcome, which no second person released: everybody to do with the case but its trainees."""
    return bool(relations - {Relation.TRAINEE})


def may_see_mission_list(person: Visitor, mission: Mission) -> bool:
    """Who is expected in a mission, and its figures: coordinators, and the mentors of its organisation and courses. One
    query at most.
    """
    if not isinstance(person, Person) or not person.is_active:
        return False
    if roles_in(person, mission.organisation_id) & {Role.COORDINATOR, Role.MENTOR}:
        return True
    return TeamMember.objects.filter(session__course__mission=mission, person=person, role__in=MENTOR_ROLES).exists()
