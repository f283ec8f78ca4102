"""Closing the loop: plan follow-ups, write down what became of the patient, close the case and reopen it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from accounts.models import Person
from courses import identifiers
from courses.cases.actions.locking import locked
from courses.cases.models import AgeBand, Case, CaseStatus, Referral
from courses.cases.policies.cases import may_record_outcome
from courses.cases.rules import cases
from courses.outcomes.models import CaseEnding, Complication, FollowUp, OutcomeChange
from courses.outcomes.policies import may_end_case
from courses.outcomes.queries import expected_patients
from courses.outcomes.rules import complications, outcomes
from courses.programme.models import Mission
from shared.errors import DomainError

_TOLD: Final = ("condition", "seen_on", "note", "next_step", "next_mission")


@dataclass(frozen=True, slots=True)
class Graded:
    """One complication as it was typed."""

    scheme: str
    grade: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found at one follow-up."""

    condition: str
    seen_on: date | None = None
    note: str = ""
    next_step: str = ""
    next_mission: Mission | None = None
    complications: tuple[Graded, ...] = ()


@transaction.atomic
def plan(*, case: Case, from_on: date) -> list[FollowUp]:
    """Plan what is missing of an answered case's follow-ups, from the day of the operation or else from `from_on`, the
    day of the answer (UTC). Idempotent: what was planned before stays.
    """
    days = outcomes.plan(case.operated_on or from_on)
    planned = [FollowUp(case=case, milestone=milestone, due_on=due) for milestone, due in days.items()]
    FollowUp.objects.bulk_create(planned, ignore_conflicts=True)
    return list(FollowUp.objects.filter(case=case))


@transaction.atomic
def record(
    *, by: Person, case: Case, milestone: str, outcome: Outcome, at: datetime, is_checked: bool = False
) -> FollowUp:
    """Write down an outcome, or correct it; what it said before is kept. The last one, or a death, closes the case.

    `is_checked`: the person looked again at words that may identify somebody. Idempotent. Raises `outcome.forbidden`,
    `outcome.not_planned`, `outcome.too_early`, `outcome.identifiers`, `outcome.mission`, and what the rules of outcomes
    and complications raise.
    """
    kept = locked(case)
    if not may_record_outcome(by, kept):
        raise DomainError("outcome.forbidden")
    planned = {one.milestone: one for one in FollowUp.objects.filter(case=kept)}
    if milestone not in planned:
        raise DomainError("outcome.not_planned")
    follow_up = planned[milestone]
    _check(kept, outcome, at.date(), is_checked=is_checked, before=follow_up.next_mission_id)
    opens = outcomes.opens_on(milestone, {name: one.due_on for name, one in planned.items()})
    if opens and at.date() < opens and follow_up.recorded_at is None:
        raise DomainError("outcome.too_early", day=opens.isoformat())
    before = snapshot(follow_up)
    if follow_up.recorded_at and before == _as_told(outcome):
        return follow_up
    if follow_up.recorded_at:
        history = {"recorded_at": follow_up.recorded_at.isoformat(), "recorded_by": follow_up.recorded_by_id}
        OutcomeChange.objects.create(follow_up=follow_up, at=at, by=by, before=before | history)
    _write(follow_up, outcome, by, at)
    if outcomes.closes(milestone, outcome.condition) and kept.status == CaseStatus.APPROVED:
        _end(kept, by=by, at=at, to=CaseStatus.CLOSED, reason="")
        case.status, case.closed_at = kept.status, kept.closed_at
    return follow_up


@transaction.atomic
def set_facts(
    *,
    by: Person,
    case: Case,
    operated_on: date | None,
    operated_mission: Mission | None,
    referral: str,
    referral_to: str,
    at: datetime,
    is_checked: bool = False,
) -> Case:
    """The operation and the referral. A new day of operation moves the follow-ups that are not recorded. Idempotent.

    Raises `outcome.forbidden`, `outcome.operated_in_future`, `outcome.mission_without_operation`,
    `outcome.referral_missing`, `outcome.identifiers`.
    """
    kept = locked(case)
    if not may_record_outcome(by, kept):
        raise DomainError("outcome.forbidden")
    outcomes.check_operation(operated_on, at.date())
    if operated_mission and not operated_on:
        raise DomainError("outcome.mission_without_operation", field="operated_on")
    if referral_to and referral not in (Referral.MADE, Referral.AVOIDED):
        raise DomainError("outcome.referral_missing", field="referral")
    _check_words([("referral_to", referral_to)], is_checked=is_checked)
    kept.operated_on, kept.operated_mission = operated_on, operated_mission
    kept.referral, kept.referral_to = referral, referral_to
    kept.save(update_fields=["operated_on", "operated_mission", "referral", "referral_to"])
    _move(kept)
    return kept


@transaction.atomic
def close(*, by: Person, case: Case, reason: str, at: datetime, is_checked: bool = False) -> Case:
    """Close an answered case before its last outcome. Idempotent.

    Raises `case_end.forbidden`, `case_end.reason` without a reason, `outcome.identifiers`.
    """
    return _turn(case, by=by, at=at, to=CaseStatus.CLOSED, reason=reason, is_checked=is_checked)


@transaction.atomic
def reopen(*, by: Person, case: Case, reason: str, at: datetime, is_checked: bool = False) -> Case:
    """Open a closed case again; what is not recorded is due again. Idempotent. Raises as `close`."""
    return _turn(case, by=by, at=at, to=CaseStatus.APPROVED, reason=reason, is_checked=is_checked)


def snapshot(follow_up: FollowUp) -> dict[str, Any]:
    """What a follow-up says, as plain values. One query."""
    return {
        "condition": follow_up.condition,
        "seen_on": follow_up.seen_on.isoformat() if follow_up.seen_on else None,
        "note": follow_up.note,
        "next_step": follow_up.next_step,
        "next_mission": follow_up.next_mission_id,
        "complications": [[one.scheme, one.grade, one.text] for one in follow_up.complications.all()],
    }


def _as_told(outcome: Outcome) -> dict[str, Any]:
    return {
        "condition": outcome.condition,
        "seen_on": outcome.seen_on.isoformat() if outcome.seen_on else None,
        "note": outcome.note,
        "next_step": outcome.next_step,
        "next_mission": outcome.next_mission.pk if outcome.next_mission else None,
        "complications": [[one.scheme, one.grade, one.text] for one in outcome.complications],
    }


def _write(follow_up: FollowUp, outcome: Outcome, by: Person, at: datetime) -> None:
    for name in _TOLD:
        setattr(follow_up, name, getattr(outcome, name))
    follow_up.recorded_at, follow_up.recorded_by = at, by
    follow_up.save(update_fields=[*_TOLD, "recorded_at", "recorded_by"])
    follow_up.complications.all().delete()
    Complication.objects.bulk_create(
        Complication(follow_up=follow_up, scheme=one.scheme, grade=one.grade, text=one.text)
        for one in outcome.complications
    )


def _check(case: Case, outcome: Outcome, on: date, *, is_checked: bool, before: int | None) -> None:
    mission = outcome.next_mission
    outcomes.check(
        condition=outcome.condition,
        seen_on=outcome.seen_on,
        next_step=outcome.next_step,
        has_mission=mission is not None,
        on=on,
    )
    complications.check(
        [(one.scheme, one.grade) for one in outcome.complications],
        is_child=bool(case.age_band) and AgeBand(case.age_band).is_child,
        condition=outcome.condition,
    )
    if mission and mission.pk != before and not expected_patients.upcoming(on).filter(pk=mission.pk).exists():
        raise DomainError("outcome.mission", field="next_mission")
    words = [("note", outcome.note), *((None, one.text) for one in outcome.complications)]
    _check_words(words, is_checked=is_checked)


def _check_words(told: Iterable[tuple[str | None, str]], *, is_checked: bool) -> None:
    """Refuses words that may identify somebody, unless the person looked at them again."""
    for name, text in told:
        found = identifiers.find(text)
        if found and not is_checked:
            quoted = ", ".join(f"“{text[one.start : one.end]}”" for one in found)
            raise DomainError("outcome.identifiers", field=name, found=quoted)


def _move(case: Case) -> None:
    since = case.operated_on or (case.approved_at.date() if case.approved_at else None)
    if since is None:
        return
    for milestone, due in outcomes.plan(since).items():
        open_one = FollowUp.objects.filter(case=case, milestone=milestone, recorded_at=None)
        open_one.exclude(due_on=due).update(due_on=due, reminded_at=None, escalated_at=None)


def _turn(case: Case, *, by: Person, at: datetime, to: CaseStatus, reason: str, is_checked: bool) -> Case:
    kept = locked(case)
    if not may_end_case(by, kept):
        raise DomainError("case_end.forbidden")
    if kept.status == to:
        return kept
    if not reason.strip():
        raise DomainError("case_end.reason", field="reason")
    _check_words([("reason", reason)], is_checked=is_checked)
    return _end(kept, by=by, at=at, to=to, reason=reason.strip())


def _end(case: Case, *, by: Person, at: datetime, to: CaseStatus, reason: str) -> Case:
    if not cases.may_move(case.status, to):
        raise DomainError("case_end.forbidden")
    case.status = to
    case.closed_at = at if to == CaseStatus.CLOSED else None
    case.save(update_fields=["status", "closed_at"])
    CaseEnding.objects.create(case=case, at=at, by=by, is_reopening=to != CaseStatus.CLOSED, reason=reason)
    return case
