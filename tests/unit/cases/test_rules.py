"""How a case moves, what its form needs, whose edit wins, and which consent carries it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.cases.models import AgeBand, CaseStatus, ConsentRelation, ConsentScope, Urgency
from courses.cases.rules import cases, consents, terms

DAY = date(2026, 11, 26)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
TEXTS = st.sampled_from([None, "", "  ", "words", 0, 7])
AT = datetime(2026, 11, 26, 12, tzinfo=UTC)


def test_every_status_has_its_moves_and_leads_to_known_ones() -> None:
    assert set(cases.MOVES) == set(CaseStatus.values)
    assert {after for moves in cases.MOVES.values() for after in moves} <= set(CaseStatus.values)


def test_nothing_leaves_a_withdrawn_case_and_nothing_skips_the_second_person() -> None:
    assert not any(cases.may_move("withdrawn", after) for after in CaseStatus.values)
    assert {before for before in CaseStatus.values if cases.may_move(before, "waiting")} & {
        "draft",
        "sent_back",
    } == set()


def test_every_urgency_has_its_time_and_more_urgent_is_sooner() -> None:
    assert set(cases.TURNAROUND) == set(Urgency.values) == set(terms.Urgency)
    due = [cases.due_at(urgency, AT) for urgency in terms.Urgency]
    assert due == sorted(due)
    assert cases.due_at("now", AT) == AT + timedelta(hours=2)


@given(st.dictionaries(st.sampled_from([*cases.NEEDED, *cases.WISHED]), TEXTS), st.sampled_from(["review", "teaching"]))
def test_missing_is_what_a_person_would_call_empty(filled: dict[str, object], kind: str) -> None:
    slow = []
    for name in cases.NEEDED_TO_TEACH if kind == "teaching" else cases.NEEDED:
        answer = filled.get(name)
        if answer is None or str(answer).strip() == "":
            slow.append(name)
    assert list(cases.missing(filled, kind)) == slow
    assert not set(cases.wished(filled)) & set(cases.NEEDED)


def test_a_teaching_case_needs_less_and_waits_for_nobody() -> None:
    assert set(cases.needed("teaching")) < set(cases.needed("review"))
    assert (cases.status_after_release("teaching"), cases.status_after_release("review")) == ("closed", "waiting")


@given(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5), st.integers(0, 5))
def test_of_two_edits_the_informed_one_wins_else_the_later(base: int, typed: int, revision: int, kept: int) -> None:
    wins = cases.is_newer(base=base, typed_ms=typed, kept=(revision, kept))
    assert wins is not (base < revision and typed < kept)
    assert cases.is_newer(base=base, typed_ms=typed, kept=None)


@pytest.mark.parametrize("band", AgeBand)
def test_who_may_agree_by_age(band: AgeBand) -> None:
    may = consents.who_may_agree(band)
    assert may <= set(ConsentRelation.values)
    assert ("patient" in may) is not band.is_child
    assert ("mother" in may) is band.is_child
    assert "guardian" in may


def test_without_an_age_nobody_may_agree_and_no_child_is_asked() -> None:
    assert consents.who_may_agree("") == frozenset()
    assert not consents.is_assent_asked("")


def test_a_child_is_asked_from_ten_to_seventeen() -> None:
    assert [band.value for band in AgeBand if consents.is_assent_asked(band)] == ["10-14y", "15-17y"]


@given(DAYS, st.none() | DAYS, st.booleans())
def test_a_consent_stands_through_its_last_day(on: date, expires: date | None, revoked: bool) -> None:
    days_left = 10**6 if expires is None else (expires - on).days
    assert consents.is_valid(is_revoked=revoked, expires_on=expires, on=on) is (days_left >= 0 and not revoked)


@pytest.mark.parametrize(
    ("taken", "expires", "problem"),
    [
        (DAY, None, None),
        (DAY, DAY, None),
        (DAY + timedelta(days=1), None, "consent.taken_in_future"),
        (DAY, DAY - timedelta(days=1), "consent.expires_before_taken"),
    ],
)
def test_dates_that_cannot_be(taken: date, expires: date | None, problem: str | None) -> None:
    assert consents.date_problem(taken_on=taken, expires_on=expires, on=DAY) == problem


@pytest.mark.parametrize(
    ("kinds", "teaching", "needed"),
    [
        ([], False, ("case_review",)),
        (["photo", "dicom", "document"], False, ("case_review", "stills")),
        (["video"], False, ("case_review", "recording")),
        (["video", "photo"], True, ("case_review", "stills", "recording", "teaching_reuse")),
    ],
)
def test_scopes_follow_the_media(kinds: list[str], teaching: bool, needed: tuple[str, ...]) -> None:
    assert consents.scopes_needed(kinds, teaching) == needed
    assert set(needed) <= set(ConsentScope.values)


def test_every_problem_of_a_consent_is_named() -> None:
    told = {"relation": "patient", "assent": None, "scopes": ["stills"], "age_band": "10-14y"}
    assert consents.problems(**told, needed=["case_review", "stills"]) == (  # type: ignore[arg-type]
        "consent.wrong_person",
        "consent.child_not_asked",
        "consent.lacks.case_review",
    )
    refused = {"relation": "mother", "assent": False, "scopes": ["case_review"], "age_band": "5-9y"}
    assert consents.problems(**refused, needed=["case_review"]) == ("consent.child_said_no",)  # type: ignore[arg-type]
    given_ = {"relation": "mother", "assent": True, "scopes": ["case_review"], "age_band": "15-17y"}
    assert consents.problems(**given_, needed=["case_review"]) == ()  # type: ignore[arg-type]
