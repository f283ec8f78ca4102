"""Who may see and do what with cases, their media, reviews and outcomes. Nobody else decides.

A person stands to a case as its author, as a mentor it was given to, as a mentor of its course (mentors and surgeons of
the course's sessions, and its organisation's mentors), as a trainee of its course (a place in the operating room, given
by a coordinator), or as a coordinator of its course's organisation. Everybody else is an outsider and hears that there
is nothing here. None of it comes from what somebody ticked in a form.
"""

from datetime import date
from enum import StrEnum

from accounts.models import Person
from accounts.policies import Visitor, organisations_as, roles_in
from accounts.rules.roles import Role
from courses.cases.models import (
    Case,
    CaseKind,
    CaseReview,
    CaseStatus,
    ConsentScope,
    MediaFile,
    MediaKind,
    MediaState,
    ReviewStatus,
)
from courses.cases.rules import consents
from courses.programme.models import Course
from courses.programme.policies import may_plan_course
from courses.programme.queries import own_courses
from shared.clock import now

_CLOSED_TO_MENTORS = (CaseStatus.DRAFT, CaseStatus.WITHDRAWN)
_OPEN_TO_TAKE = (CaseStatus.WAITING, CaseStatus.ASSIGNED, CaseStatus.UNDER_REVIEW)


class Relation(StrEnum):
    AUTHOR = "author"
    REVIEWER = "reviewer"  # a mentor the case was given to, or who took it
    COURSE_MENTOR = "course_mentor"
    TRAINEE = "trainee"
    COORDINATOR = "coordinator"


Relations = frozenset[Relation]


def relations_of(person: Visitor, case: Case) -> Relations:
    """How the person stands to the case. At most three queries; ask once and pass it on."""
    if not isinstance(person, Person) or not person.is_active:
        return frozenset()
    found = set()
    if case.author_id == person.pk:
        found.add(Relation.AUTHOR)
    if _coordinates(person, case):
        found.add(Relation.COORDINATOR)
    if CaseReview.objects.filter(case=case, mentor=person).exclude(status=ReviewStatus.HANDED_OVER).exists():
        found.add(Relation.REVIEWER)
    if case.course and is_mentor_of(person, case.course):
        found.add(Relation.COURSE_MENTOR)
    if case.course and is_trainee_of(person, case.course):
        found.add(Relation.TRAINEE)
    return frozenset(found)


def is_mentor_of(person: Person, course: Course) -> bool:
    """A mentor or surgeon of one of the course's sessions, or a mentor of its organisation. One query at most."""
    if Role.MENTOR in roles_in(person, course.organisation_id):
        return True
    return person.is_active and own_courses.mentored(person).filter(pk=course.pk).exists()


def is_trainee_of(person: Person, course: Course) -> bool:
    """Has a place in the operating room of one of the course's sessions. One query."""
    return person.is_active and own_courses.attended(person).filter(pk=course.pk).exists()


def may_write_case(person: Visitor) -> bool:
    """Begin a draft: everybody who belongs to some course or organisation as trainee or mentor, and coordinators. Two
    queries at most.
    """
    if not isinstance(person, Person) or not person.is_active:
        return False
    if organisations_as(person, Role.COORDINATOR, Role.MENTOR, Role.TRAINEE):
        return True
    return own_courses.attended(person).exists() or own_courses.mentored(person).exists()


def may_send_to(person: Person, course: Course) -> bool:
    """Send a case to this course: its trainees and mentors, its organisation's trainees and coordinators."""
    if roles_in(person, course.organisation_id) & {Role.COORDINATOR, Role.TRAINEE}:
        return True
    return is_trainee_of(person, course) or is_mentor_of(person, course)


def may_edit_case(person: Visitor, case: Case) -> bool:
    """Change the form and the media: the author, while it is a draft or was sent back."""
    is_open = case.status in (CaseStatus.DRAFT, CaseStatus.SENT_BACK)
    return isinstance(person, Person) and person.is_active and case.author_id == person.pk and is_open


def may_see_case(person: Visitor, case: Case, relations: Relations | None = None) -> bool:
    """The author always; coordinators and mentors from the submission on; trainees only released teaching cases."""
    held = relations_of(person, case) if relations is None else relations
    if Relation.AUTHOR in held:
        return True
    if case.status in _CLOSED_TO_MENTORS:
        return False
    if held & {Relation.COORDINATOR, Relation.REVIEWER, Relation.COURSE_MENTOR}:
        return True
    return Relation.TRAINEE in held and is_taught(case)


def is_taught(case: Case) -> bool:
    """Open to the course's trainees: released, made a teaching case, and the consent still says so."""
    return bool(case.released_at and case.taught_at and allows(case, ConsentScope.TEACHING_REUSE))


def allows(case: Case, scope: ConsentScope, on: date | None = None) -> bool:
    """The case's consent stands on that day (UTC, today unless told) and covers this use."""
    return has_valid_consent(case, on) and case.consent is not None and scope in case.consent.scopes


def has_valid_consent(case: Case, on: date | None = None) -> bool:
    """Neither missing nor revoked nor past its last day (UTC, today unless told)."""
    consent, day = case.consent, on or now().date()
    return consent is not None and consents.is_valid(
        is_revoked=consent.is_revoked, expires_on=consent.expires_on, on=day
    )


def may_see_medium(person: Visitor, medium: MediaFile, relations: Relations | None = None) -> bool:
    """Whoever sees the case, while the consent stands. Before its release a medium is for the author and for those who
    may release it; a withdrawn consent closes it to everybody at once.
    """
    case = medium.case
    if medium.state != MediaState.READY or not allows(case, ConsentScope.CASE_REVIEW) or not _covers(case, medium):
        return _is_own_unsent(person, medium)
    held = relations_of(person, case) if relations is None else relations
    if not may_see_case(person, case, held):
        return False
    if medium.released_at is None:
        return Relation.AUTHOR in held or bool(held & {Relation.COORDINATOR, Relation.COURSE_MENTOR})
    return True


def _covers(case: Case, medium: MediaFile) -> bool:
    return allows(case, ConsentScope.RECORDING if medium.kind == MediaKind.VIDEO else ConsentScope.STILLS)


def _is_own_unsent(person: Visitor, medium: MediaFile) -> bool:
    """The author looks over a ready medium of an unsent case whose consent is not written down yet."""
    case = medium.case
    is_void = case.consent is not None and not has_valid_consent(case)
    return medium.state == MediaState.READY and not is_void and may_edit_case(person, case)


def may_see_views(person: Visitor, case: Case) -> bool:
    """Who looked at the media: the author and coordinators."""
    return isinstance(person, Person) and (case.author_id == person.pk or _coordinates(person, case))


def _coordinates(person: Visitor, case: Case) -> bool:
    return case.course is not None and may_plan_course(person, case.course)


def may_release(person: Visitor, case: Case, relations: Relations | None = None) -> bool:
    """Who uploads does not release: coordinators and the course's mentors, never the author."""
    held = relations_of(person, case) if relations is None else relations
    return Relation.AUTHOR not in held and bool(held & {Relation.COORDINATOR, Relation.COURSE_MENTOR})


def may_revoke_consent(person: Visitor, case: Case) -> bool:
    """Withdraw the consent in the patient's name: the author, and coordinators."""
    return may_see_views(person, case)


def may_write_consent(person: Visitor, case: Case) -> bool:
    """Write down or correct what was agreed to: the author, also later, because people agree to more or to less. What
    was revoked stays revoked.
    """
    is_open = case.status != CaseStatus.WITHDRAWN and not (case.consent and case.consent.is_revoked)
    return isinstance(person, Person) and person.is_active and case.author_id == person.pk and is_open


def may_withdraw_case(person: Visitor, case: Case) -> bool:
    """Take a case back: its author."""
    return isinstance(person, Person) and person.is_active and case.author_id == person.pk


def may_see_queue(person: Visitor) -> bool:
    """Coordinators, and mentors of any course. One query at most."""
    if not isinstance(person, Person) or not person.is_active:
        return False
    is_known = organisations_as(person, Role.COORDINATOR, Role.MENTOR)
    return bool(is_known) or own_courses.mentored(person).exists()


def may_assign(person: Visitor, case: Case) -> bool:
    """Give a released case to a mentor: coordinators."""
    return _coordinates(person, case) and case.status in _OPEN_TO_TAKE


def may_be_given(person: Person, case: Case) -> bool:
    """A mentor of the case's course, not its author."""
    return case.course is not None and case.author_id != person.pk and is_mentor_of(person, case.course)


def may_take(person: Visitor, case: Case) -> bool:
    """Take a released case for oneself: the course's mentors."""
    return isinstance(person, Person) and case.status in _OPEN_TO_TAKE and may_be_given(person, case)


def may_review(person: Visitor, review: CaseReview) -> bool:
    """Write the review: its mentor, until it is approved or given back."""
    is_open = review.status in (ReviewStatus.ASSIGNED, ReviewStatus.UNDER_REVIEW, ReviewStatus.SENT_BACK)
    return isinstance(person, Person) and person.is_active and review.mentor_id == person.pk and is_open


def may_see_review(person: Visitor, review: CaseReview) -> bool:
    """Its mentor always; whoever sees the case, once it is approved."""
    if isinstance(person, Person) and review.mentor_id == person.pk:
        return True
    return review.status == ReviewStatus.APPROVED and may_see_case(person, review.case)


def may_discuss(person: Visitor, case: Case, relations: Relations | None = None) -> bool:
    """Write in the discussion of a released case: everybody who sees it, but for trainees, who read."""
    held = relations_of(person, case) if relations is None else relations
    return case.released_at is not None and may_see_case(person, case, held) and held != {Relation.TRAINEE}


def may_ask_clarifying(person: Visitor, case: Case, relations: Relations | None = None) -> bool:
    """Ask a clarifying question: the mentors the case was given to."""
    held = relations_of(person, case) if relations is None else relations
    return Relation.REVIEWER in held and case.status in (CaseStatus.ASSIGNED, CaseStatus.UNDER_REVIEW)


def may_mark(person: Visitor, medium: MediaFile, relations: Relations | None = None) -> bool:
    """Draw on a picture: whoever sees it and may write about the case, and its author while it is unsent."""
    held = relations_of(person, medium.case) if relations is None else relations
    if not may_see_medium(person, medium, held):
        return False
    return may_edit_case(person, medium.case) or may_discuss(person, medium.case, held)


def may_record_outcome(person: Visitor, case: Case) -> bool:
    """Say what was done and what became of the patient: the author, and coordinators."""
    return may_see_views(person, case) and case.status in (CaseStatus.APPROVED, CaseStatus.CLOSED)


def may_teach(person: Visitor, case: Case, relations: Relations | None = None) -> bool:
    """Open a released case to the course's trainees, and close it again: the course's mentors and coordinators; the
    author of a teaching case too, once somebody else released it.
    """
    held = relations_of(person, case) if relations is None else relations
    if case.released_at is None or not allows(case, ConsentScope.TEACHING_REUSE):
        return False
    is_own = case.kind == CaseKind.TEACHING and Relation.AUTHOR in held
    return is_own or bool(held & {Relation.COURSE_MENTOR, Relation.COORDINATOR})
