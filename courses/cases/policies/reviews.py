"""Who may do what with the review of a case, beyond `policies.cases`. Nobody else decides."""

from accounts.models import Person
from accounts.policies import Visitor
from courses.cases.models import Case, CaseReview, CaseStatus, Recommendation, ReviewStatus
from courses.cases.policies.cases import Relation, Relations, may_record_outcome, may_review

_HIDDEN = (CaseStatus.DRAFT, CaseStatus.WITHDRAWN, CaseStatus.CLOSED)
_OPEN = (CaseStatus.WAITING, CaseStatus.ASSIGNED, CaseStatus.UNDER_REVIEW)


def may_write_review(person: Visitor, review: CaseReview) -> bool:
    """Write it and give it back: its mentor until it is approved, also while the case is with its author again."""
    return may_review(person, review) and review.case.status not in _HIDDEN


def may_return_to_author(person: Visitor, review: CaseReview) -> bool:
    """Send the case back with what is missing: its mentors, until one of them answered it."""
    return may_review(person, review) and review.case.status in _OPEN


def may_confirm_summary(person: Visitor, review: CaseReview) -> bool:
    """Say whether the mentor understood the case: its author, once they were asked."""
    is_author = isinstance(person, Person) and person.is_active and person.pk == review.case.author_id
    return is_author and review.status == ReviewStatus.UNDER_REVIEW and review.summary_asked_at is not None


def may_see_mentors(relations: Relations) -> bool:
    """Who has the case: everybody to do with it but the course's trainees."""
    return bool(relations - {Relation.TRAINEE})


def may_see_discussion(case: Case, relations: Relations) -> bool:
    """Everybody to do with a case that was sent, but the course's trainees, who learn from the answer."""
    return bool(relations - {Relation.TRAINEE}) and case.status not in (CaseStatus.DRAFT, CaseStatus.WITHDRAWN)


def may_record_adherence(person: Visitor, recommendation: Recommendation) -> bool:
    """Say whether an approved recommendation was followed: the author, and coordinators."""
    review = recommendation.review
    return review.status == ReviewStatus.APPROVED and may_record_outcome(person, review.case)
