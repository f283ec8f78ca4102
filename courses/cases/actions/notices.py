"""Telling people what happened to a case: a notice each, kept in the transaction of what it tells, mailed by rhythm.

Each function here names one piece of news, knows whom it concerns, and is called by the action that made it, inside its
transaction. All are idempotent: what was told is not told again.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import Person
from courses.cases.actions import notice_mails
from courses.cases.models import (
    Case,
    CaseKind,
    CaseReview,
    MailFrequency,
    Notice,
    NoticeKind,
    NoticePreference,
    Remark,
    RemarkKind,
)
from courses.cases.queries import notices
from courses.cases.rules.notices import goes_at_once


@transaction.atomic
def tell(
    *,
    people: Iterable[Person],
    case: Case,
    kind: NoticeKind,
    at: datetime,
    about: str = "",
    but: Person | None = None,
) -> None:
    """Note the news for each of these people, `but` for whoever made it, and mail it to those who hear at once.

    `about` tells two pieces of the same kind apart; its first word is the place on the case's page.
    """
    told = [person.pk for person in people if person.is_active and (but is None or person.pk != but.pk)]
    noted = [Notice(person_id=pk, case=case, kind=kind, about=about, at=at) for pk in dict.fromkeys(told)]
    Notice.objects.bulk_create(noted, ignore_conflicts=True)
    unsent = (
        Notice.objects.select_for_update(of=("self",))
        .filter(person__in=told, case=case, kind=kind, about=about, sent_at=None)
        .select_related("person__notice_preference")
    )
    soon = [notice for notice in unsent if goes_at_once(rhythm=notices.rhythm_of(notice.person), urgency=case.urgency)]
    Notice.objects.filter(pk__in=[notice.pk for notice in soon]).update(sent_at=at)
    for notice in soon:
        notice.case = case
        notice_mails.send(notice)


def submitted(*, case: Case, at: datetime) -> None:
    """Coordinators and the course's mentors, but its author: somebody has to release it."""
    people = [*notices.coordinators(case), *notices.course_mentors(case)]
    tell(people=people, case=case, kind=NoticeKind.TO_RELEASE, at=at, about=f"state {_stamp(at)}", but=case.author)


def released(*, case: Case, by: Person, at: datetime) -> None:
    """The course's mentors: it waits for one of them; whoever has it already, that it came back. A teaching case waits
    for nobody.
    """
    if case.kind == CaseKind.TEACHING:
        return
    audience_now = [*notices.course_mentors(case), *notices.reviewers(case)]
    about = f"reviews {_stamp(at)}"
    people = [person for person in audience_now if person.pk not in (by.pk, case.author_id)]
    tell(people=people, case=case, kind=NoticeKind.WAITING, at=at, about=about)


def sent_back(*, case: Case, by: Person, at: datetime) -> None:
    """The author: something is missing."""
    tell(people=[case.author], case=case, kind=NoticeKind.SENT_BACK, at=at, about=f"state {_stamp(at)}", but=by)


def assigned(*, review: CaseReview, by: Person, at: datetime) -> None:
    """The mentor it was given to."""
    about = f"review-{review.public_id}"
    tell(people=[review.mentor], case=review.case, kind=NoticeKind.ASSIGNED, at=at, about=about, but=by)


def summarised(*, review: CaseReview, at: datetime) -> None:
    """The author: is this how the case is?"""
    about = f"review-{review.public_id} {review.revision}"
    tell(people=[review.case.author], case=review.case, kind=NoticeKind.QUESTION, at=at, about=about)


def approved(*, review: CaseReview, at: datetime) -> None:
    """The author: a mentor answered."""
    about = f"review-{review.public_id}"
    tell(people=[review.case.author], case=review.case, kind=NoticeKind.APPROVED, at=at, about=about)


def remarked(*, remark: Remark, at: datetime) -> None:
    """A question goes to the author, an answer to whoever asked, anything else to all who take part."""
    case, about = remark.case, f"remark-{remark.public_id}"
    if remark.kind == RemarkKind.CLARIFYING:
        tell(people=[case.author], case=case, kind=NoticeKind.QUESTION, at=at, about=about, but=remark.author)
    elif remark.kind == RemarkKind.ANSWER and remark.parent:
        tell(people=[remark.parent.author], case=case, kind=NoticeKind.ANSWER, at=at, about=about, but=remark.author)
    else:
        people = notices.participants(case)
        tell(people=people, case=case, kind=NoticeKind.REMARK, at=at, about=about, but=remark.author)


def revoked(*, case: Case, by: Person | None, at: datetime) -> None:
    """Who has the case and the coordinators: a consent was withdrawn, its pictures are closed."""
    people = [*notices.reviewers(case), *notices.coordinators(case)]
    tell(people=people, case=case, kind=NoticeKind.REVOKED, at=at, about="media-title", but=by)


def withdrawn(*, case: Case, by: Person, at: datetime) -> None:
    """The mentors who have it: their work on it is over."""
    tell(people=notices.reviewers(case), case=case, kind=NoticeKind.WITHDRAWN, at=at, but=by)


def choose(*, by: Person, rhythm: MailFrequency) -> None:
    """Each piece of news at once, or gathered once a day. Idempotent."""
    NoticePreference.objects.update_or_create(person=by, defaults={"rhythm": rhythm})


def _stamp(at: datetime) -> str:
    """Tells this time from the next."""
    return at.strftime("%Y%m%dT%H%M%S")
