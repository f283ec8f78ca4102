"""Changing cases: keep a draft, send it, take it back, open it to a course's trainees."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts.models import Person
from courses.cases.actions import notices
from courses.cases.actions.locking import locked
from courses.cases.events import CaseSubmitted, CaseTaught, CaseWithdrawn
from courses.cases.models import Case, CaseKind, CaseStatus
from courses.cases.policies import cases as policies
from courses.cases.queries import checks, identifiers
from courses.cases.rules import cases as rules
from courses.programme.models import Course, Session
from shared.errors import DomainError
from web.bus import announce

WRITTEN: Final = ("kind", *rules.NEEDED, *rules.WISHED)
SOURCE_LENGTH: Final = 2_000


@dataclass(frozen=True, slots=True)
class Saved:
    """`lost` names fields whose kept words are newer than those sent and stayed."""

    case: Case
    is_new: bool
    lost: frozenset[str]


@transaction.atomic
def save(
    *, by: Person, key: UUID, values: Mapping[str, Any], typed: Mapping[str, int] | None = None, base: int, at: datetime
) -> Saved:
    """Keep answers of the author's draft `key`, which is made with the first of them. Idempotent.

    `values` are clean, by field of `WRITTEN`; `typed` says when each was typed (milliseconds since 1970, now where not
    told), `base` the revision the writer had seen: of two writers of one field the later one's words stay.
    Raises `case.forbidden`, `case.too_many`, `case.not_open` once the case was sent, `case.course_forbidden`.
    """
    if unknown := set(values) - set(WRITTEN):
        raise ValueError(f"No fields of a case's form: {sorted(unknown)}")
    case = Case.objects.select_for_update().filter(author=by, key=key).first()
    is_new = case is None
    if case is None:
        case = _begin(by, key, at)
    if not policies.may_edit_case(by, case):
        raise DomainError("case.not_open")
    if case.status != CaseStatus.DRAFT:  # a question that was sent once stays a question
        values = {name: value for name, value in values.items() if name != "kind"}
    course = values.get("course")
    if course is not None and course.pk != case.course_id and not policies.may_send_to(by, course):
        raise DomainError("case.course_forbidden", field="course")
    lost = _put(case, values, typed or {}, base, at)
    return Saved(case, is_new, lost)


@transaction.atomic
def begin_teaching(*, by: Person, session: Session, key: UUID, question: str) -> Case:
    """A draft of a teaching case from a question asked in the session. The same `key` again finds the same draft.

    Raises `case.course_forbidden`, `case.too_many`.
    """
    if not policies.may_send_to(by, session.course):
        raise DomainError("case.course_forbidden")
    if not Case.objects.filter(author=by, key=key).exists():
        _check_room(by)
    text = question[:SOURCE_LENGTH]
    started: dict[str, Any] = {
        "kind": CaseKind.TEACHING,
        "course": session.course,
        "session": session,
        "language": by.language,
        "source_question": text,
        "main_question": text,
    }
    return Case.objects.get_or_create(author=by, key=key, defaults=started)[0]


@transaction.atomic
def submit(*, by: Person, case: Case, ticked: Iterable[str], at: datetime) -> None:
    """Send the case to whoever releases it. `ticked` are the findings its author said are no identifiers.

    Raises `case.forbidden`, and what `queries.checks.Check.problem` names.
    """
    kept = locked(case)
    if not policies.may_edit_case(by, kept):
        raise DomainError("case.not_open" if kept.author_id == by.pk else "case.forbidden")
    check = checks.of(kept)
    if problem := check.problem(ticked):
        raise DomainError(problem)
    kept.status = CaseStatus.SUBMITTED
    kept.submitted_at = at
    kept.acknowledged = identifiers.counts(check.texts)
    kept.sent_back_reason = ""
    kept.save(update_fields=["status", "submitted_at", "acknowledged", "sent_back_reason"])
    notices.submitted(case=kept, at=at)
    announce(CaseSubmitted(kept.public_id))


@transaction.atomic
def withdraw(*, by: Person, case: Case, at: datetime) -> None:
    """Take a case back; nobody but its author sees it any more. Idempotent. Raises `case.forbidden`, `case.not_open`
    for one that was answered.
    """
    kept = locked(case)
    if not policies.may_withdraw_case(by, kept):
        raise DomainError("case.forbidden")
    if kept.status == CaseStatus.WITHDRAWN:
        return
    if not rules.may_move(kept.status, CaseStatus.WITHDRAWN):
        raise DomainError("case.not_open")
    kept.status, kept.closed_at, kept.due_at = CaseStatus.WITHDRAWN, at, None
    kept.taught_at = kept.taught_by = None
    kept.save(update_fields=["status", "closed_at", "due_at", "taught_at", "taught_by"])
    notices.withdrawn(case=kept, by=by, at=at)
    announce(CaseWithdrawn(kept.public_id))


@transaction.atomic
def teach(*, by: Person, case: Case, is_open: bool, at: datetime) -> None:
    """Open a released case to its course's trainees, or close it to them. Idempotent. Raises `case.forbidden`."""
    kept = locked(case)
    if not policies.may_teach(by, kept):
        raise DomainError("case.forbidden")
    if bool(kept.taught_at) == is_open:
        return
    kept.taught_at, kept.taught_by = (at, by) if is_open else (None, None)
    kept.save(update_fields=["taught_at", "taught_by"])
    announce(CaseTaught(kept.public_id))


def _begin(by: Person, key: UUID, at: datetime) -> Case:
    if not policies.may_write_case(by):
        raise DomainError("case.forbidden")
    _check_room(by)
    started = {"language": by.language, "created_at": at, "saved_at": at}
    case, _ = Case.objects.get_or_create(author=by, key=key, defaults=started)
    return case


def _check_room(by: Person) -> None:
    """Nobody writes so many at once; a script gone wrong does."""
    if Case.objects.filter(author=by, status=CaseStatus.DRAFT).count() >= settings.PERSON_DRAFTS:
        raise DomainError("case.too_many")


def _put(case: Case, values: Mapping[str, Any], typed: Mapping[str, int], base: int, at: datetime) -> frozenset[str]:
    """Write what wins; the names of what lost."""
    now_ms = int(at.timestamp() * 1000)
    changed, lost = dict[str, int](), set[str]()
    for name, value in values.items():
        if _of(case, name) == _key(value):
            continue
        typed_ms, kept = min(typed.get(name, now_ms), now_ms), case.edits.get(name)
        if not rules.is_newer(base=base, typed_ms=typed_ms, kept=tuple(kept) if kept else None):
            lost.add(name)
            continue
        setattr(case, name, value)
        changed[name] = typed_ms
    if changed:
        case.revision, case.saved_at = case.revision + 1, at
        case.edits |= {name: [case.revision, typed_ms] for name, typed_ms in changed.items()}
        case.save(update_fields=[*changed, "revision", "saved_at", "edits"])
    return frozenset(lost)


def _of(case: Case, name: str) -> Any:
    return case.course_id if name == "course" else getattr(case, name)


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, Course) else value
