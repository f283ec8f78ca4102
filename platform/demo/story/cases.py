"""Loads the demonstration's cases: one answered and followed up, one that waits, one under review, a draft.

Everything is found again by its key and never changed once it is there.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from accounts.models import Person
from courses.cases.models import (
    Adherence,
    Case,
    CaseReview,
    CaseStatus,
    Consent,
    ConsentRelation,
    Recommendation,
    Referral,
    ReferralAdvice,
    Remark,
    RemarkKind,
    ReviewStatus,
)
from courses.cases.rules.cases import due_at
from courses.media.actions import uploads
from courses.outcomes.actions import outcomes
from courses.outcomes.models import Condition
from courses.programme.models import Course, SpokenLanguage
from courses.search import actions
from demo.accounts import ACCOUNTS
from demo.story import pictures
from demo.story.programme import People
from demo.story.stories import STORIES, Story

_NAMES: Final = UUID("6f0c6f0e-52c5-4a8e-9a3e-2f2f7b1c9b11")
_TO_RELEASE, _TO_TAKE, _TO_ANSWER = timedelta(minutes=40), timedelta(hours=2), timedelta(hours=6)


def load(courses: dict[str, Course], cast: People, *, at: datetime) -> list[Case]:
    """The cases that were not there yet, made now."""
    author = cast[ACCOUNTS["trainee"].email]
    known = set(Case.objects.filter(author=author).values_list("key", flat=True))
    missing = [story for story in STORIES if key_of(story) not in known]
    return [_tell(story, courses[story.course], cast, at) for story in missing]


def key_of(story: Story) -> UUID:
    """The same on every installation."""
    return uuid5(_NAMES, story.slug)


def _tell(story: Story, course: Course, cast: People, loaded_at: datetime) -> Case:
    at = loaded_at - story.ago
    author, mentor, coordinator = (cast[ACCOUNTS[role].email] for role in ("trainee", "mentor", "coordinator"))
    case = Case.objects.create(
        public_id=story.slug,
        key=key_of(story),
        author=author,
        course=course,
        language="es",
        created_at=at,
        saved_at=at,
        **story.fields,
    )
    for drawing, caption in story.pictures:
        _picture(case, drawing, caption, loaded_at)  # an old upload would be tidied away
    if story.status == CaseStatus.DRAFT:
        return case
    released_at = at + _TO_RELEASE
    case.media.update(checked_at=at, released_at=released_at)
    case.status, case.submitted_at = story.status, at
    case.released_at, case.released_by = released_at, coordinator
    case.consent = _consent(story, author, at)
    case.due_at = due_at(story.fields["urgency"], released_at) if story.status == CaseStatus.WAITING else None
    case.save()
    for who, kind, text in story.remarks:
        _remark(case, cast[ACCOUNTS[who].email], RemarkKind(kind), text, at + _TO_TAKE)
    if story.status in (CaseStatus.UNDER_REVIEW, CaseStatus.APPROVED):
        _review(story, case, mentor, at)
    actions.index(case.public_id)
    return case


def _picture(case: Case, drawing: str, caption: str, at: datetime) -> None:
    """Sent as a phone would send it; the task queue cleans it once the server runs."""
    body: bytes = getattr(pictures, drawing)()
    upload = uploads.begin(by=case.author, case=case, key=uuid5(case.key, drawing), size=len(body), at=at, way="server")
    for number in range(upload.size // upload.part_bytes + 1):
        part = body[number * upload.part_bytes : (number + 1) * upload.part_bytes]
        uploads.keep_part(by=case.author, upload=upload, number=number + 1, body=part)
    done = uploads.complete(by=case.author, upload=upload, at=at)
    case.media.filter(upload=done).update(caption=caption)


def _consent(story: Story, author: Person, at: datetime) -> Consent:
    return Consent.objects.create(
        taken_by=author,
        taken_on=at.date(),
        language=SpokenLanguage.ES,
        relation=ConsentRelation.MOTHER,
        scopes=list(story.scopes),
    )


def _remark(case: Case, author: Person, kind: RemarkKind, text: str, at: datetime) -> None:
    asked = case.remarks.filter(kind=RemarkKind.CLARIFYING).last() if kind == RemarkKind.ANSWER else None
    Remark.objects.create(
        case=case, author=author, kind=kind, text=text, parent=asked, at=at + timedelta(minutes=30 * bool(asked))
    )
    if asked:
        Remark.objects.filter(pk=asked.pk).update(answered_at=at + timedelta(minutes=30))


def _review(story: Story, case: Case, mentor: Person, at: datetime) -> None:
    review = CaseReview.objects.create(
        case=case,
        mentor=mentor,
        assigned_by=mentor,
        assigned_at=at + _TO_TAKE,
        started_at=at + _TO_TAKE,
        status=ReviewStatus.UNDER_REVIEW,
    )
    if story.status != CaseStatus.APPROVED:
        return
    answered_at = at + _TO_ANSWER
    CaseReview.objects.filter(pk=review.pk).update(
        status=ReviewStatus.APPROVED,
        summary=f"{case.diagnosis}. {case.main_question}",
        summary_asked_at=answered_at - timedelta(hours=1),
        summary_confirmed_at=answered_at,
        referral=ReferralAdvice.NOT_NEEDED,
        learning_points=story.learning,
        approved_at=answered_at,
    )
    for number, (strength, text) in enumerate(story.advice):
        Recommendation.objects.create(
            review=review,
            position=number,
            text=text,
            strength=strength,
            done=Adherence.YES if number < 2 else Adherence.PARTLY if number == 2 else "",
            done_why="Se empezó al sexto día, por el residuo." if number == 2 else "",
            done_at=answered_at + timedelta(days=7) if number <= 2 else None,
        )
    Case.objects.filter(pk=case.pk).update(
        approved_at=answered_at,
        taught_at=answered_at + timedelta(days=8),
        taught_by=mentor,
        operated_on=(answered_at + timedelta(days=5)).date(),
        referral=Referral.AVOIDED,
    )
    case.refresh_from_db()
    outcomes.plan(case=case, from_on=answered_at.date())
    first = case.follow_ups.first()
    if first is not None:
        case.follow_ups.filter(pk=first.pk).update(
            condition=Condition.RECOVERED,
            seen_on=first.due_on,
            note="Come leche materna. Herida cerrada.",
            recorded_at=answered_at + timedelta(days=36),
            recorded_by=case.author,
        )
