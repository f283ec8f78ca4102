"""Reviews of cases: the state machine against a slow model, and the actions with their outsiders."""

import random

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from courses.cases.actions import recommendations, releases, summaries
from courses.cases.actions import reviews as case_reviews
from courses.cases.models import Case, CaseReview, CaseStatus
from courses.cases.rules import reviews as rules
from courses.cases.rules.cases import MOVES
from courses.cases.rules.reviews import Act
from shared.clock import now
from shared.errors import DomainError
from tests import case_factories, factories
from tests.reviewing import WRITTEN, code_of, ready

MENTORS = ("a", "b", "c")
WALKS = st.lists(st.tuples(st.sampled_from([*Act, "release"]), st.sampled_from(MENTORS)), max_size=40)


def is_sound(case: str, reviews: dict[str, str]) -> bool:
    """Whether a case and its reviews may stand so, said in the slow and obvious way."""
    states = list(reviews.values())
    if case == "waiting":
        return states == []
    if case == "assigned":
        return states != [] and all(state == "assigned" for state in states)
    if case == "under_review":
        return "under_review" in states and all(state in ("assigned", "under_review") for state in states)
    if case == "approved":
        return "approved" in states and "sent_back" not in states
    return case == "sent_back" and all(state == "sent_back" for state in states)


@given(WALKS)
def test_no_walk_leads_to_a_pair_that_may_not_be(walk: list[tuple[str, str]]) -> None:
    case, reviews, started = "waiting", dict[str, str](), set[str]()
    for act, mentor in walk:
        before = case, reviews
        if act == "release":
            if case == "sent_back":
                reviews = rules.resumed(reviews, started)
                case = rules.case_status(reviews.values())
        else:
            try:
                case, reviews = rules.after(Act(act), mentor, case=case, reviews=reviews)
            except DomainError as error:
                assert error.code == "review.not_now"
                continue
            assert case == before[0] or case in MOVES[before[0]]
        if reviews.get(mentor) == "under_review":
            started.add(mentor)
        if mentor not in reviews:
            started.discard(mentor)
        assert is_sound(case, reviews), (before, act, mentor, case, reviews)


@given(
    urgency=st.sampled_from(["now", "day", "week", "elective"]),
    open_questions=st.integers(0, 3),
    summary=st.sampled_from(["", " ", "Two sentences."]),
    is_confirmed=st.booleans(),
    written=st.integers(0, 3),
)
def test_what_stands_between_a_review_and_its_approval(
    urgency: str, open_questions: int, summary: str, is_confirmed: bool, written: int
) -> None:
    found = rules.obstacle(
        urgency=urgency,
        open_questions=open_questions,
        summary=summary,
        is_confirmed=is_confirmed,
        recommendations=written,
    )
    fits = (
        (open_questions == 0 or urgency == "now")
        and bool(summary.strip())
        and (is_confirmed or urgency in ("now", "day"))
        and written > 0
    )
    assert (found == "") == fits


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(12))
def test_no_walk_of_real_people_leads_to_such_a_pair_either(seed: int) -> None:
    luck = random.Random(seed)
    case = case_factories.case()
    coordinator = factories.coordinator()
    mentors = [case_factories.mentor(case.course) for _ in range(3)]
    for _ in range(25):
        mentor, at = luck.choice(mentors), now()
        review = CaseReview.objects.filter(case=case, mentor=mentor).exclude(status="handed_over").first()
        act = luck.choice(["take", "assign", "start", "give_back", "send_back", "approve", "release"])
        try:
            if act == "take":
                case_reviews.take(by=mentor, case=case, at=at)
            elif act == "assign":
                case_reviews.assign(by=coordinator, case=case, mentor=mentor, at=at)
            elif act == "release" and case.status == "sent_back":
                Case.objects.filter(pk=case.pk).update(status="submitted")
                releases.release(by=coordinator, case=case, ticked=["history:name", "exam:name"], seen=[], at=at)
            elif review and act == "start":
                case_reviews.start(by=mentor, review=review, at=at)
            elif review and act == "give_back":
                case_reviews.give_back(by=mentor, review=review, reason="I travel.", at=at)
            elif review and act == "send_back":
                case_reviews.send_back(by=mentor, review=review, missing="The weight.", at=at)
            elif review and act == "approve":
                ready(review, by=mentor)
                case_reviews.approve(by=mentor, review=review, is_cleared=True, at=at)
        except DomainError as error:
            assert error.code in ("review.forbidden", "review.not_now")
        case.refresh_from_db()
        states = (
            CaseReview.objects.filter(case=case).exclude(status="handed_over").values_list("mentor__email", "status")
        )
        assert is_sound(case.status, dict(states)), (act, case.status, dict(states))


@pytest.fixture
def review(db: None) -> CaseReview:
    return case_factories.review()


@pytest.mark.django_db
def test_a_coordinator_gives_a_case_once_and_the_mentor_hears_of_it() -> None:
    case = case_factories.case()
    boss, mentor = factories.coordinator(), case_factories.mentor(case.course)
    first = case_reviews.assign(by=boss, case=case, mentor=mentor, at=now())
    assert case_reviews.assign(by=boss, case=case, mentor=mentor, at=now()) == first
    case.refresh_from_db()
    assert (case.status, first.status, first.assigned_by) == ("assigned", "assigned", boss)
    assert [message.to for message in mail.outbox] == [[mentor.email]]


@pytest.mark.django_db
def test_a_case_is_given_to_mentors_of_its_course_alone() -> None:
    case = case_factories.case()
    boss, stranger = factories.coordinator(), case_factories.mentor(factories.course())
    assert code_of(case_reviews.assign, by=boss, case=case, mentor=stranger) == "review.mentor.unfit"
    assert code_of(case_reviews.assign, by=stranger, case=case, mentor=stranger) == "review.forbidden"
    assert code_of(case_reviews.take, by=stranger, case=case) == "review.forbidden"
    assert code_of(case_reviews.take, by=case.author, case=case) == "review.forbidden"
    assert not CaseReview.objects.exists()


@pytest.mark.django_db
def test_taking_twice_is_taking_once_and_two_mentors_may_have_it() -> None:
    case = case_factories.case()
    one, two = case_factories.mentor(case.course), case_factories.mentor(case.course)
    first = case_reviews.take(by=one, case=case, at=now())
    assert case_reviews.take(by=one, case=case, at=now()) == first
    case_reviews.take(by=two, case=case, at=now())
    assert CaseReview.objects.filter(case=case).count() == 2
    assert mail.outbox == []


def test_given_back_it_waits_again_and_may_be_taken_again(review: CaseReview) -> None:
    assert code_of(case_reviews.give_back, by=review.mentor, review=review, reason="  ") == "review.reason.needed"
    for _ in range(2):
        case_reviews.give_back(by=review.mentor, review=review, reason="I operate all week.", at=now())
    review.case.refresh_from_db()
    assert review.case.status == CaseStatus.WAITING
    again = case_reviews.take(by=review.mentor, case=review.case, at=now())
    assert again.pk != review.pk
    review.refresh_from_db()
    assert (review.status, review.ended_reason) == ("handed_over", "I operate all week.")


def test_nobody_but_its_mentor_moves_a_review(review: CaseReview) -> None:
    for who in (review.case.author, factories.coordinator(), case_factories.mentor(review.case.course)):
        assert code_of(case_reviews.start, by=who, review=review) == "review.forbidden"
        assert code_of(case_reviews.give_back, by=who, review=review, reason="No.") == "review.forbidden"
        assert code_of(case_reviews.send_back, by=who, review=review, missing="No.") == "review.forbidden"
        assert code_of(case_reviews.approve, by=who, review=review, is_cleared=True) == "review.forbidden"
        given = {"by": who, "review": review, "written": WRITTEN, "revision": 0}
        assert code_of(recommendations.save, **given) == "review.forbidden"
        assert code_of(summaries.ask, by=who, review=review, is_cleared=True) == "review.forbidden"


def test_what_is_missing_sends_it_back_and_the_review_goes_on_after_a_new_release(review: CaseReview) -> None:
    kept = recommendations.save(by=review.mentor, review=review, written=WRITTEN, revision=0, at=now())
    other = case_reviews.take(by=case_factories.mentor(review.case.course), case=review.case, at=now())
    for _ in range(2):
        case_reviews.send_back(by=review.mentor, review=kept, missing="The weight is missing.", at=now())
    case = Case.objects.get(pk=review.case_id)
    assert (case.status, case.sent_back_reason, case.due_at) == ("sent_back", "The weight is missing.", None)
    assert (case.released_at, case.released_by) == (None, None)
    assert [message.to for message in mail.outbox if "needs something" in message.subject] == [[case.author.email]]
    assert code_of(case_reviews.approve, by=review.mentor, review=kept, is_cleared=True) != "review.forbidden"

    Case.objects.filter(pk=case.pk).update(status=CaseStatus.SUBMITTED)
    releases.release(by=factories.coordinator(), case=case, ticked=[], seen=[], at=now())
    case.refresh_from_db()
    states = dict(CaseReview.objects.values_list("mentor_id", "status"))
    assert states == {review.mentor_id: "under_review", other.mentor_id: "assigned"}
    assert (case.status, bool(case.due_at)) == ("under_review", True)
