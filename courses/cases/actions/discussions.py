"""Writing about a case: clarifying questions, their answers, comments, in threads of one level."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Person
from courses.cases.actions import identifier_checks, notices
from courses.cases.actions.locking import locked
from courses.cases.models import Case, Remark, RemarkKind
from courses.cases.policies.cases import may_ask_clarifying, may_discuss
from courses.cases.rules import discussions as rules
from shared.errors import DomainError


@transaction.atomic
def add(
    *,
    by: Person,
    case: Case,
    kind: RemarkKind,
    text: str,
    key: UUID,
    at: datetime,
    parent: Remark | None = None,
    is_cleared: bool = False,
) -> Remark:
    """Write a comment, a clarifying question or a reply (whose kind follows from its parent). The same `key` again is
    the same remark, whatever it says. Who should hear of it does, in the same transaction.

    `is_cleared`: the writer said that what looks like identifiers is none. Raises `discussion.forbidden`,
    `remark.ask_forbidden`, `remark.empty`, `remark.too_long`, `remark.identifiers`.
    """
    kept = locked(case)
    if not may_discuss(by, kept):
        raise DomainError("discussion.forbidden")
    if known := Remark.objects.filter(case=kept, author=by, key=key).first():
        return known
    if parent is not None:
        parent = _first_of_thread(kept, parent)
        kind = RemarkKind(rules.kind_of_reply(parent.kind, is_case_author=by.pk == kept.author_id))
    elif kind == RemarkKind.CLARIFYING and not may_ask_clarifying(by, kept):
        raise DomainError("remark.ask_forbidden")
    elif kind == RemarkKind.ANSWER:  # to nothing
        kind = RemarkKind.COMMENT
    if problem := rules.problem(text):
        raise DomainError(problem, field="text", limit=rules.TEXT_LIMIT)
    identifier_checks.refuse_identifiers("remark.identifiers", [text], is_cleared=is_cleared, field="text")
    remark = Remark.objects.create(case=kept, parent=parent, author=by, kind=kind, text=text.strip(), key=key, at=at)
    if parent is not None and kind == RemarkKind.ANSWER:
        Remark.objects.filter(pk=parent.pk, answered_at=None).update(answered_at=at)
    notices.remarked(remark=remark, at=at)
    return remark


def _first_of_thread(case: Case, parent: Remark) -> Remark:
    first = parent.parent or parent
    if first.case_id != case.pk:
        raise DomainError("discussion.forbidden")
    return first
