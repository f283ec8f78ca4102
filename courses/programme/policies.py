"""Who may do what with missions, courses, sessions and registrations. Nobody else decides."""

from datetime import datetime

from accounts.models import Person
from accounts.policies import Visitor, may_plan
from accounts.queries.licences import is_verified
from courses.programme.models import Course, Enrolment, Mission, Session, TeamMember, TeamRole


def may_see_mission(person: Visitor, mission: Mission) -> bool:
    """Everybody a published one, coordinators every one of their organisations."""
    return mission.is_published or may_plan_mission(person, mission)


def may_plan_mission(person: Visitor, mission: Mission) -> bool:
    """Change it and put courses under it: its organisation's coordinators."""
    return may_plan(person, mission.organisation_id)


def may_plan_course(person: Visitor, course: Course) -> bool:
    """Change it and plan its sessions: its organisation's coordinators."""
    return may_plan(person, course.organisation_id)


def may_plan_session(person: Visitor, session: Session) -> bool:
    """Change it, its team and its times, and call it off: its organisation's coordinators. Reads the
    session's course.
    """
    return may_plan(person, session.course.organisation_id)


def may_see_course(person: Visitor, course: Course) -> bool:
    """Everybody a published one (its mission published too), coordinators every one of their organisations."""
    return _is_public(course) or may_plan_course(person, course)


def may_see_session(person: Visitor, session: Session) -> bool:
    """As its course; and its team sees it before it is published."""
    return _is_public(session.course) or may_work_at(person, session)


def may_work_at(person: Visitor, session: Session) -> bool:
    """Has work in the session's room: its team, and its organisation's coordinators."""
    return may_plan_session(person, session) or role_at(person, session) is not None


def may_see_figures(person: Visitor, session: Session) -> bool:
    """See who is registered and who was there: its organisation's coordinators and the session's moderators."""
    return may_plan_session(person, session) or role_at(person, session) == TeamRole.MODERATOR


def may_read_safety(person: Visitor, session: Session) -> bool:
    """See the way to the safety record: its organisation's coordinators, and who may stop or hold the session."""
    directing = {TeamRole.SURGEON, TeamRole.MODERATOR, TeamRole.ADVOCATE}
    return may_plan_session(person, session) or role_at(person, session) in directing


def may_register(person: Visitor, session: Session, at: datetime) -> bool:
    """Everybody who may see the session, while its registration is open and it is not past; a full one has a waiting
    list.
    """
    if not (session.is_registration_open and may_see_session(person, session)):
        return False
    return not session.phase(at).is_past


def is_qualified(person: Visitor, session: Session) -> bool:
    """Meets what the session asks of whoever registers and comes in: where it is for verified professionals only, a
    verified licence. A stranger has none, whatever address they type. One query where it is asked.
    """
    return not session.verified_only or is_verified(person)


def may_manage_enrolments(person: Visitor, session: Session) -> bool:
    """Confirm, move and withdraw people, and send them new links: its organisation's coordinators."""
    return may_plan_session(person, session)


def may_withdraw(person: Visitor, enrolment: Enrolment) -> bool:
    """Give up a place without the link from the mail: the person themself, signed in."""
    return isinstance(person, Person) and person.is_active and person.pk == enrolment.person_id


def may_correct_name(person: Visitor, enrolment: Enrolment, at: datetime) -> bool:
    """Spell it rightly: the person themself, by the personal link or signed in, until the session is over; its
    organisation's coordinators always.
    """
    if may_withdraw(person, enrolment) and not enrolment.session.phase(at).is_past:
        return True
    return may_manage_enrolments(person, enrolment.session)


def role_at(person: Visitor, session: Session) -> TeamRole | None:
    """The person's role in the session's team. One query."""
    if not isinstance(person, Person) or not person.is_active:
        return None
    role = TeamMember.objects.filter(session=session, person=person).values_list("role", flat=True).first()
    return TeamRole(role) if role else None


def _is_public(course: Course) -> bool:
    return course.is_published and (course.mission is None or course.mission.is_published)
