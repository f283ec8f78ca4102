"""The reviews of a case, and who could write one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.models import Person
from courses.cases.models import Case, CaseReview, CaseStatus, Recommendation, Remark, RemarkKind, ReviewStatus
from courses.cases.queries.notices import course_mentors
from courses.cases.rules import reviews as rules

AT_WORK = (ReviewStatus.ASSIGNED, ReviewStatus.UNDER_REVIEW)
OPEN = (CaseStatus.ASSIGNED, CaseStatus.UNDER_REVIEW, CaseStatus.APPROVED)  # not those withdrawn or closed meanwhile


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mentor of the case's course; `at_work` counts the cases they have in hand."""

    person: Person
    at_work: int


def find(review: str) -> CaseReview | None:
    """With its case (author and course too) and its mentor at hand. One query."""
    reviews = CaseReview.objects.select_related("case__author", "case__course", "case__consent", "mentor")
    return reviews.filter(public_id=review).first()


def find_recommendation(recommendation: str) -> Recommendation | None:
    """With its review and case at hand. One query."""
    found = Recommendation.objects.select_related("review__case__author", "review__case__course", "review__mentor")
    return found.filter(public_id=recommendation).first()


def of(case: Case) -> list[CaseReview]:
    """Those not given back, the oldest first, each with its mentor and recommendations. Two queries."""
    written = Prefetch("recommendations", queryset=Recommendation.objects.order_by("position", "id"))
    reviews = CaseReview.objects.filter(case=case).exclude(status=ReviewStatus.HANDED_OVER)
    return list(reviews.select_related("mentor").prefetch_related(written))


def candidates(case: Case, reviews: Iterable[CaseReview]) -> list[Candidate]:
    """Mentors of the course to whom the case may be given, who has least in hand first. One query."""
    holding = {review.mentor_id for review in reviews} | {case.author_id}
    open_ones = Q(case_reviews__status__in=AT_WORK, case_reviews__case__status__in=OPEN)
    in_hand = Count("case_reviews", filter=open_ones, distinct=True)
    free = course_mentors(case).exclude(pk__in=holding).annotate(at_work=in_hand)
    return [Candidate(person, person.at_work) for person in free.order_by("at_work", "sort_key", "pk")]


def open_questions(case: Case) -> QuerySet[Remark]:
    """Clarifying questions without an answer, of mentors who still have the case."""
    holds = CaseReview.objects.filter(case=case, mentor=OuterRef("author")).exclude(status=ReviewStatus.HANDED_OVER)
    asked = Remark.objects.filter(case=case, kind=RemarkKind.CLARIFYING, answered_at=None)
    return asked.filter(Exists(holds))


def obstacle(review: CaseReview) -> str:
    """The first reason, as an error code, why this review cannot be approved yet; empty when it can. Two queries."""
    return rules.obstacle(
        urgency=review.case.urgency,
        open_questions=open_questions(review.case).count(),
        summary=review.summary,
        is_confirmed=review.summary_confirmed_at is not None,
        recommendations=review.recommendations.count(),
    )


def mentor(person: str) -> Person | None:
    """Somebody by their public id; whether they may be given a case is the policy's to say. One query."""
    return Person.objects.filter(public_id=person, is_active=True).first()
