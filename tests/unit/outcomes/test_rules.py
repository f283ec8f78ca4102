"""When follow-ups are due, what an outcome must hold together, and the figures with what is missing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.outcomes.models import Condition, Milestone, NextStep, Scheme
from courses.outcomes.rules import complications, outcomes
from courses.outcomes.rules.outcomes import Due, Expected, Rate
from shared.errors import DomainError
from tests.refusals import code_of

DAY = date(2026, 11, 2)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def slow_add_months(day: date, months: int) -> date:
    """Walk month by month to the first of the wanted one, then day by day as far as the month goes."""
    first = day.replace(day=1)
    for _ in range(months):
        first = (first + timedelta(days=31)).replace(day=1)
    found = first
    while found.day < day.day and (found + timedelta(days=1)).month == first.month:
        found += timedelta(days=1)
    return found


@given(day=DAYS, months=st.integers(0, 40))
def test_months_are_calendar_months(day: date, months: int) -> None:
    assert outcomes.add_months(day, months) == slow_add_months(day, months)


@pytest.mark.parametrize(
    ("from_on", "expected"),
    [
        (date(2026, 7, 31), {"d30": date(2026, 8, 30), "d90": date(2026, 10, 29), "m7": date(2027, 2, 28)}),
        (date(2027, 7, 31), {"m7": date(2028, 2, 29), "m12": date(2028, 7, 31)}),
        (date(2028, 2, 29), {"m7": date(2028, 9, 29), "m12": date(2029, 2, 28)}),
    ],
)
def test_a_month_without_that_day_ends_earlier(from_on: date, expected: dict[str, date]) -> None:
    planned = outcomes.plan(from_on)
    assert {name: planned[name] for name in expected} == expected


@given(day=DAYS)
def test_a_plan_has_every_milestone_in_order(day: date) -> None:
    planned = outcomes.plan(day)
    assert list(planned) == list(Milestone.values)
    assert sorted(planned.values()) == list(planned.values())


@pytest.mark.parametrize(
    ("days", "is_recorded", "expected"),
    [(-1, False, Due.UPCOMING), (0, False, Due.DUE), (13, False, Due.DUE), (14, False, Due.LATE)]
    + [(days, True, Due.RECORDED) for days in (-1, 0, 14)],
)
def test_where_a_follow_up_stands(days: int, is_recorded: bool, expected: Due) -> None:
    assert outcomes.stands(DAY, DAY + timedelta(days=days), is_recorded=is_recorded) == expected


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"condition": "lost", "seen_on": DAY}, "outcome.lost_but_seen"),
        ({"seen_on": None}, "outcome.seen_on_missing"),
        ({"seen_on": DAY + timedelta(days=1)}, "outcome.seen_in_future"),
        ({"condition": "died", "next_step": "operate"}, "outcome.died_no_step"),
        ({"next_step": "none", "has_mission": True}, "outcome.mission_without_step"),
        ({"next_step": "", "has_mission": True}, "outcome.mission_without_step"),
    ],
)
def test_an_outcome_holds_together(answer: dict[str, object], code: str) -> None:
    whole = {"condition": "improved", "seen_on": DAY, "next_step": "see_again", "has_mission": False}
    outcomes.check(**whole, on=DAY)
    with pytest.raises(DomainError) as refused:
        outcomes.check(**whole | answer, on=DAY)
    assert refused.value.code == code


def test_who_was_lost_was_not_seen() -> None:
    fields = {"condition": "lost", "next_step": "", "has_mission": False, "on": DAY}
    assert code_of(outcomes.check, seen_on=None, **fields) is None
    assert code_of(outcomes.check, seen_on=DAY, **fields) == "outcome.lost_but_seen"


def test_an_operation_is_not_in_the_future() -> None:
    outcomes.check_operation(DAY, DAY)
    outcomes.check_operation(None, DAY)
    with pytest.raises(DomainError, match=r"outcome\.operated_in_future"):
        outcomes.check_operation(DAY + timedelta(days=1), DAY)


def test_the_last_outcome_and_a_death_close_the_case() -> None:
    told = {(name, how) for name in Milestone.values for how in Condition.values if outcomes.closes(name, how)}
    assert told == {("m12", how) for how in Condition.values} | {(name, "died") for name in Milestone.values}


def test_words_of_the_rules_are_those_of_the_models() -> None:
    assert list(Milestone.values) == list(outcomes.MILESTONES)
    assert set(outcomes.Condition) == set(Condition.values)
    assert set(NextStep.values) > outcomes.FOR_MISSION
    assert set(Scheme.values) == set(complications.GRADES)


@given(
    part=st.integers(0, 1000),
    more=st.integers(0, 1000),
)
def test_a_rate_of_nothing_is_no_rate(part: int, more: int) -> None:
    rate = Rate(part, part + more, 0)
    assert (rate.percent is None) == (part + more == 0)
    assert rate.percent is None or abs(rate.percent * rate.whole - 100 * rate.part) <= 0.05 * rate.whole + 1e-9


FOLLOW_UPS = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from(outcomes.MILESTONES)), unique=True, max_size=12
).flatmap(
    lambda keys: st.tuples(
        *(
            st.builds(
                Expected,
                case=st.just(case),
                milestone=st.just(milestone),
                due=st.integers(-3, 3).map(lambda n: DAY + timedelta(days=n)),
                condition=st.sampled_from(["", "recovered", "lost", "died"]),
                grades=st.sampled_from([(), (("clavien_dindo", "I"),)]),
            )
            for case, milestone in keys
        )
    )
)


def slow_figures(follow_ups: list[Expected]) -> dict[str, tuple[int, int, int, int]]:
    """(expected, seen, complicated, lost) by milestone and, under "", by case; each asked for by itself."""
    table = {(one.case, one.milestone): one for one in follow_ups}

    def word(case: int, milestone: str) -> str:
        """expected, seen, lost, or nothing."""
        one = table.get((case, milestone))
        if one is None:
            return ""
        if one.condition == "lost":
            return "lost"
        if one.condition:
            return "seen"
        before = outcomes.MILESTONES[: outcomes.MILESTONES.index(milestone)]
        if any((case, name) in table and table[case, name].condition == "died" for name in before):
            return "seen"
        return "expected" if one.due <= DAY else ""

    def is_complicated(case: int, milestone: str) -> bool:
        one = table.get((case, milestone))
        return one is not None and one.condition not in ("", "lost") and one.grades != ()

    cases = {one.case for one in follow_ups}
    found = {}
    for milestone in outcomes.MILESTONES:
        words = [word(case, milestone) for case in cases]
        hurt = sum(is_complicated(case, milestone) for case in cases)
        found[milestone] = (sum(w != "" for w in words), words.count("seen"), hurt, words.count("lost"))
    by_case = {case: [word(case, name) for name in outcomes.MILESTONES] for case in cases}
    found[""] = (
        sum(any(words) for words in by_case.values()),
        sum("seen" in words for words in by_case.values()),
        sum(any(is_complicated(case, name) for name in outcomes.MILESTONES) for case in cases),
        sum("lost" in words and "seen" not in words for words in by_case.values()),
    )
    return found


@given(follow_ups=FOLLOW_UPS)
def test_figures_agree_with_counting_one_by_one(follow_ups: tuple[Expected, ...]) -> None:
    told = {
        line.milestone: (line.seen.whole, line.seen.part, line.complicated.part, line.lost)
        for line in outcomes.followed(list(follow_ups), DAY)
    }
    assert told == slow_figures(list(follow_ups))


@given(follow_ups=FOLLOW_UPS)
def test_every_figure_says_what_is_missing(follow_ups: tuple[Expected, ...]) -> None:
    for line in outcomes.followed(list(follow_ups), DAY):
        assert line.seen.part + line.seen.missing == line.seen.whole
        assert line.complicated.whole == line.seen.part
        assert line.complicated.missing == line.seen.missing
        assert line.complicated.part <= line.complicated.whole
        assert line.lost <= line.seen.missing


@pytest.mark.parametrize(
    ("graded", "is_child", "condition", "code"),
    [
        ([("clavien_madadi", "II")], False, "improved", "complication.scheme"),
        ([("nothing", "II")], True, "improved", "complication.scheme"),
        ([("clavien_dindo", "III")], True, "improved", "complication.grade"),
        ([("clavien_madadi", "IIIa")], True, "improved", "complication.grade"),
        ([("clavien_dindo", "V")], False, "worse", "complication.death"),
        ([("clavien_dindo", "I")] * 9, False, "improved", "complication.too_many"),
    ],
)
def test_grades_are_those_of_the_scheme(
    graded: list[tuple[str, str]], is_child: bool, condition: str, code: str
) -> None:
    with pytest.raises(DomainError) as refused:
        complications.check(graded, is_child=is_child, condition=condition)
    assert refused.value.code == code


def test_every_grade_of_a_scheme_is_taken() -> None:
    graded = [(scheme, grade) for scheme, grades in complications.GRADES.items() for grade in grades]
    refused = {pair: code_of(complications.check, [pair], is_child=True, condition="died") for pair in graded}
    assert set(refused.values()) == {None}
    assert len(refused) > 10


@given(graded=st.lists(st.sampled_from([(s, g) for s, grades in complications.GRADES.items() for g in grades])))
def test_a_tally_counts_every_complication(graded: list[tuple[str, str]]) -> None:
    rows = complications.tally(graded)
    assert sorted((s, g) for s, g, n in rows for _ in range(n)) == sorted(graded)
    order = [(s, g) for s, grades in complications.GRADES.items() for g in grades]
    assert [order.index((s, g)) for s, g, _ in rows] == sorted(order.index((s, g)) for s, g, _ in rows)
