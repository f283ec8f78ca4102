"""Closing the loop: planned, recorded, corrected, moved, closed, reopened, and who may."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from accounts.models import Person
from courses.cases.events import CaseApproved
from courses.cases.models import Case, CaseStatus, Notice, NoticeKind
from courses.outcomes.actions import outcomes, reminders
from courses.outcomes.actions.outcomes import Graded, Outcome
from courses.outcomes.models import CaseEnding, FollowUp, OutcomeChange
from courses.outcomes.rules.outcomes import MILESTONES
from shared.errors import DomainError
from tests import case_factories, factories
from web.bus import announce

pytestmark = pytest.mark.django_db

APPROVED = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
LATER = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)  # 30 days are over, 90 are not
WELL = Outcome(condition="recovered", seen_on=date(2026, 3, 4), next_step="none")


@pytest.fixture
def case() -> Case:
    kept = case_factories.case(status=CaseStatus.APPROVED, approved_at=APPROVED, age_band="1-4y")
    outcomes.plan(case=kept, from_on=APPROVED.date())
    return kept


def told(case: Case, **changed: Any) -> FollowUp:
    """The author records the first follow-up."""
    asked: dict[str, Any] = {"by": case.author, "case": case, "milestone": "d30", "outcome": WELL, "at": LATER}
    return outcomes.record(**asked | changed)


def due_days(case: Case) -> dict[str, date]:
    return {one.milestone: one.due_on for one in FollowUp.objects.filter(case=case)}


def refused(code: str, case: Case, **changed: Any) -> DomainError:
    with pytest.raises(DomainError) as error:
        told(case, **changed)
    assert error.value.code == code
    assert not FollowUp.objects.exclude(recorded_at=None).exists()
    return error.value


def test_planning_counts_from_the_answer_or_the_operation_and_twice_is_once(case: Case) -> None:
    assert due_days(case) == {
        "d30": date(2026, 3, 2),
        "d90": date(2026, 5, 1),
        "m7": date(2026, 8, 31),
        "m12": date(2027, 1, 31),
    }
    outcomes.plan(case=case, from_on=date(2026, 6, 1))
    assert due_days(case)["d30"] == date(2026, 3, 2)
    operated = case_factories.case(status=CaseStatus.APPROVED, operated_on=date(2026, 1, 1))
    outcomes.plan(case=operated, from_on=date(2026, 6, 1))
    assert due_days(operated)["d30"] == date(2026, 1, 31)


@pytest.mark.django_db(transaction=True)
def test_an_answered_case_is_planned_by_its_news() -> None:
    case = case_factories.case(status=CaseStatus.APPROVED, approved_at=APPROVED)
    for _ in range(2):
        announce(CaseApproved(case=case.public_id))
    assert list(due_days(case)) == list(MILESTONES)
    announce(CaseApproved(case="nothing"))


def test_an_outcome_is_written_with_its_complications(case: Case) -> None:
    mission = factories.mission(ends_on=date(2026, 9, 1), starts_on=date(2026, 8, 20))
    grades = (Graded("clavien_madadi", "II", "Wound infection"), Graded("clavien_dindo", "IIIa", ""))
    outcome = Outcome("improved", date(2026, 3, 4), "Gains weight.", "operate", mission, grades)
    kept = told(case, outcome=outcome)
    assert (kept.condition, kept.recorded_by, kept.next_mission) == ("improved", case.author, mission)
    assert [(one.scheme, one.grade) for one in kept.complications.all()] == [
        ("clavien_madadi", "II"),
        ("clavien_dindo", "IIIa"),
    ]
    assert Case.objects.get(pk=case.pk).status == CaseStatus.APPROVED


def test_recording_twice_is_once_and_a_correction_keeps_what_was_said(case: Case) -> None:
    first = Outcome("worse", date(2026, 3, 4), "Fever.", "see_again", None, (Graded("clavien_dindo", "I", "Fever"),))
    told(case, outcome=first)
    told(case, outcome=first)
    assert not OutcomeChange.objects.exists()
    by, at = factories.coordinator(), LATER + timedelta(days=1)
    told(case, outcome=WELL, by=by, at=at)
    (change,) = OutcomeChange.objects.all()
    assert (change.by, change.at, change.before["condition"], change.before["note"]) == (by, at, "worse", "Fever.")
    assert change.before["complications"] == [["clavien_dindo", "I", "Fever"]]
    assert change.before["recorded_by"] == case.author_id
    kept = FollowUp.objects.get(case=case, milestone="d30")
    assert (kept.condition, kept.recorded_by, kept.complications.count()) == ("recovered", by, 0)


def test_only_the_author_and_coordinators_record(case: Case) -> None:
    assert case.course is not None
    for person in (
        factories.person(),
        case_factories.trainee(case.course),
        case_factories.mentor(case.course),
        case_factories.review(case=case).mentor,
    ):
        refused("outcome.forbidden", case, by=person)


@pytest.mark.parametrize("status", [CaseStatus.DRAFT, CaseStatus.WAITING, CaseStatus.WITHDRAWN])
def test_nothing_is_recorded_of_a_case_without_an_answer(case: Case, status: CaseStatus) -> None:
    Case.objects.filter(pk=case.pk).update(status=status)
    refused("outcome.forbidden", case)


def test_a_follow_up_opens_when_the_one_before_is_due(case: Case) -> None:
    assert refused("outcome.too_early", case, milestone="m7").params == {"day": "2026-05-01"}
    told(case, milestone="d90")
    told(case, at=APPROVED + timedelta(days=1), outcome=Outcome("improved", APPROVED.date()))


def test_what_does_not_hold_together_is_refused(case: Case) -> None:
    over = factories.mission(starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 5))
    draft = factories.mission(is_published=False)
    refused("outcome.not_planned", case, milestone="d31")
    refused("outcome.seen_in_future", case, outcome=Outcome("improved", LATER.date() + timedelta(days=1)))
    refused("outcome.mission", case, outcome=Outcome("improved", date(2026, 3, 4), "", "operate", over))
    refused("outcome.mission", case, outcome=Outcome("improved", date(2026, 3, 4), "", "operate", draft))
    refused(
        "complication.grade",
        case,
        outcome=Outcome("worse", date(2026, 3, 4), complications=(Graded("clavien_dindo", "VI"),)),
    )
    Case.objects.filter(pk=case.pk).update(age_band="18-39y")
    graded = Outcome("worse", date(2026, 3, 4), complications=(Graded("clavien_madadi", "I"),))
    refused("complication.scheme", case, outcome=graded)


def test_words_that_may_identify_are_asked_about(case: Case) -> None:
    outcome = Outcome("improved", date(2026, 3, 4), "La madre llama del 965 123 456.")
    error = refused("outcome.identifiers", case, outcome=outcome)
    assert error.field == "note"
    assert "965 123 456" in error.params["found"]
    hidden = Outcome("improved", date(2026, 3, 4), complications=(Graded("clavien_dindo", "I", "DNI 45871236"),))
    refused("outcome.identifiers", case, outcome=hidden)
    assert told(case, outcome=outcome, is_checked=True).note == outcome.note


@pytest.mark.parametrize(("milestone", "condition"), [("m12", "recovered"), ("d30", "died")])
def test_the_last_outcome_or_a_death_closes_the_case(case: Case, milestone: str, condition: str) -> None:
    at = datetime(2027, 2, 1, tzinfo=UTC)
    told(case, milestone=milestone, at=at, outcome=Outcome(condition, date(2027, 2, 1)))
    kept = Case.objects.get(pk=case.pk)
    assert (kept.status, kept.closed_at) == (CaseStatus.CLOSED, at)
    assert CaseEnding.objects.get().by == case.author
    told(case, milestone="d90", at=at)
    assert Case.objects.get(pk=case.pk).status == CaseStatus.CLOSED


def facts(case: Case, **changed: Any) -> Case:
    asked: dict[str, Any] = {"operated_on": None, "operated_mission": None, "referral": "", "referral_to": ""}
    return outcomes.set_facts(**{"by": case.author, "case": case, "at": LATER} | asked | changed)


def test_an_operation_moves_what_is_not_recorded(case: Case) -> None:
    told(case)
    FollowUp.objects.filter(case=case).update(reminded_at=LATER)
    facts(case, operated_on=date(2026, 2, 28))
    assert due_days(case) == {
        "d30": date(2026, 3, 2),
        "d90": date(2026, 5, 29),
        "m7": date(2026, 9, 28),
        "m12": date(2027, 2, 28),
    }
    assert not FollowUp.objects.filter(recorded_at=None).exclude(reminded_at=None).exists()
    facts(case)
    assert due_days(case)["m12"] == date(2027, 1, 31)


def test_facts_are_checked(case: Case) -> None:
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("outcome.forbidden", {"by": factories.person()}),
        ("outcome.operated_in_future", {"operated_on": date(2026, 3, 6)}),
        ("outcome.mission_without_operation", {"operated_mission": factories.mission()}),
        ("outcome.referral_missing", {"referral_to": "Lima"}),
        ("outcome.referral_missing", {"referral": "none", "referral_to": "Lima"}),
        ("outcome.identifiers", {"referral": "made", "referral_to": "tel. 965 123 456"}),
    ]
    for code, changed in wrong:
        with pytest.raises(DomainError) as error:
            facts(case, **changed)
        assert error.value.code == code
    assert facts(case, referral="avoided", referral_to="Lima, hospital nacional").referral == "avoided"


def test_closing_needs_a_reason_and_reopening_makes_it_due_again(case: Case) -> None:
    ask: dict[str, Any] = {"case": case, "at": LATER}
    with pytest.raises(DomainError, match=r"case_end\.reason"):
        outcomes.close(by=case.author, reason=" ", **ask)
    for person in (factories.person(), case_factories.mentor(case.course)):
        with pytest.raises(DomainError, match=r"case_end\.forbidden"):
            outcomes.close(by=person, reason="Moved away", **ask)
    for _ in range(2):
        assert outcomes.close(by=case.author, reason="Moved away", **ask).status == CaseStatus.CLOSED
    for _ in range(2):
        opened = outcomes.reopen(by=factories.coordinator(), reason="Came back", **ask)
        assert (opened.status, opened.closed_at) == (CaseStatus.APPROVED, None)
    assert [(one.is_reopening, one.reason) for one in CaseEnding.objects.all()] == [
        (False, "Moved away"),
        (True, "Came back"),
    ]


def followed(kind: str) -> list[tuple[Person, str]]:
    notices = Notice.objects.filter(kind=NoticeKind.FOLLOW_UP, about__contains=f" {kind} ").select_related("person")
    return [(one.person, one.about.split()[1]) for one in notices]


def test_the_author_is_reminded_on_the_day_and_the_coordinators_two_weeks_later(case: Case) -> None:
    coordinator = factories.coordinator()
    due = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
    reminders.remind(due - timedelta(days=1))
    assert not Notice.objects.exists()
    for _ in range(2):
        reminders.remind(due)
    assert followed("due") == [(case.author, "d30")]
    reminders.remind(due + timedelta(days=13))
    assert followed("late") == []
    for _ in range(2):
        reminders.remind(due + timedelta(days=14))
    assert coordinator in [person for person, _ in followed("late")]
    assert {milestone for _, milestone in followed("late")} == {"d30"}
    assert case.author not in [person for person, _ in followed("late")]
    assert followed("due") == [(case.author, "d30")]


def test_nobody_is_reminded_of_what_is_recorded_or_closed(case: Case) -> None:
    told(case)
    reminders.remind(LATER)
    other = case_factories.case(status=CaseStatus.CLOSED, approved_at=APPROVED)
    outcomes.plan(case=other, from_on=APPROVED.date())
    reminders.remind(datetime(2026, 3, 20, tzinfo=UTC))
    assert not Notice.objects.filter(kind=NoticeKind.FOLLOW_UP).exists()


def test_the_job_plans_what_an_interruption_left_unplanned() -> None:
    case = case_factories.case(status=CaseStatus.APPROVED, approved_at=APPROVED)
    reminders.remind(APPROVED)
    assert list(due_days(case)) == list(MILESTONES)
