"""Figures of a logbook, what an entry must say, and the drawings."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.logbook.models import SurgeonRole
from courses.logbook.rules import charts, learning_curves, logbooks
from courses.logbook.rules.logbooks import DID, TOOK_PART, Fact
from shared.errors import DomainError
from tests.refusals import code_of

AT = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
FACTS = st.lists(
    st.builds(
        Fact,
        procedure=st.sampled_from(["a", "b", "c"]),
        role=st.sampled_from(SurgeonRole.values),
        autonomy=st.none() | st.integers(1, 4),
        performed_on=st.dates(date(2023, 1, 1), date(2026, 11, 20)),
        is_success=st.none() | st.booleans(),
    ),
    max_size=40,
)


def test_every_part_is_one_of_the_two_kinds() -> None:
    assert sorted((*DID, *TOOK_PART)) == sorted(SurgeonRole.values)


@given(FACTS)
def test_the_table_counts_every_case_once(facts: list[Fact]) -> None:
    lines = logbooks.lines(facts)
    assert {line.procedure for line in lines} == {fact.procedure for fact in facts}
    assert [line.total for line in lines] == sorted((line.total for line in lines), reverse=True)
    for line in lines:
        own = [fact for fact in facts if fact.procedure == line.procedure]
        assert line.total == len(own) == sum(line.roles.values())
        for role in SurgeonRole.values:
            assert line.roles[role] == len([fact for fact in own if fact.role == role])
        assert line.levels == [(level, len([f for f in own if f.autonomy == level])) for level in (1, 2, 3, 4)]
        assert line.did == len([fact for fact in own if fact.role in DID])
        assert line.known == len([fact for fact in own if fact.role in DID and fact.is_success is not None])


@given(FACTS)
def test_months_run_without_a_hole_and_miss_nothing_recent(facts: list[Fact]) -> None:
    months = logbooks.months(facts)
    assert bool(months) is bool(facts)
    assert len(months) <= logbooks.MONTHS
    starts = [month.starts_on for month in months]
    assert all((b.year * 12 + b.month) - (a.year * 12 + a.month) == 1 for a, b in pairwise(starts))
    for month in months:
        here = [f for f in facts if (f.performed_on.year, f.performed_on.month) == _year_month(month.starts_on)]
        assert month.did + month.took_part == len(here)
        assert month.did == len([fact for fact in here if fact.role in DID])
        levels = [fact.autonomy for fact in here if fact.autonomy]
        assert month.autonomy == (sum(levels) / len(levels) if levels else None)
    if facts:
        assert starts[-1] == max(fact.performed_on for fact in facts).replace(day=1)


def _year_month(day: date) -> tuple[int, int]:
    return day.year, day.month


@given(FACTS)
def test_the_drawing_stays_in_its_frame(facts: list[Fact]) -> None:
    drawn = charts.progress(logbooks.months(facts))
    if drawn is None:
        assert facts == []
        return
    for bar in drawn.bars:
        assert bar.x >= charts.LEFT and bar.x + bar.width <= charts.RIGHT + 0.2
        assert bar.did_y + bar.did_height == pytest.approx(charts.BOTTOM, abs=0.2)
        assert charts.TOP - 0.2 <= bar.part_y <= charts.BOTTOM
    assert all(charts.TOP <= dot.y <= charts.BOTTOM for dot in drawn.autonomy)


@given(st.lists(st.booleans(), min_size=1, max_size=120))
def test_a_curve_has_a_dot_for_each_case_and_a_run_for_each_decision(cases: list[bool]) -> None:
    within = learning_curves.limits(0.1, 0.2)
    points = learning_curves.cusum(cases, within)
    drawn = charts.curve(points, within)
    assert [dot.is_good for dot in drawn.dots] == cases
    assert [dot.is_marked for dot in drawn.dots] == [bool(point.verdict) for point in points]
    assert sum(run.count(" ") for run in drawn.runs) == len(cases)
    assert all(charts.TOP <= dot.y <= charts.BOTTOM and charts.LEFT < dot.x <= charts.RIGHT for dot in drawn.dots)
    assert 1 <= len(drawn.ticks) <= 6 and int(drawn.ticks[-1].text) <= len(cases)
    limit = learning_curves.lc_limit(0.1, 0.2)
    learned = charts.lc_curve(learning_curves.lc_cusum(cases, 0.1, 0.2, limit), cases, limit)
    assert [dot.is_good for dot in learned.dots] == cases
    assert sum(dot.is_marked for dot in learned.dots) <= 1


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"performed_on": date(2026, 11, 22)}, "logbook.day.future", "performed_on"),
        ({"performed_on": date(1959, 12, 31)}, "logbook.day.early", "performed_on"),
        ({"role": "observed"}, "logbook.autonomy.watched", "autonomy"),
        ({"complexity": 0}, "logbook.complexity.range", "complexity"),
        ({"complexity": 4}, "logbook.complexity.range", "complexity"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(wrong: dict[str, Any], code: str, field: str) -> None:
    right = {"performed_on": AT.date(), "autonomy": 3, "complexity": None, "role": "alone", "at": AT}
    logbooks.check(**right)
    with pytest.raises(DomainError) as refused:
        logbooks.check(**right | wrong)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_today_is_wherever_the_day_has_begun() -> None:
    days = [AT.date() + timedelta(days=ahead) for ahead in (0, 1, 2)]
    fields = {"autonomy": None, "complexity": 1, "role": "observed", "at": AT}
    assert [code_of(logbooks.check, performed_on=day, **fields) for day in days] == [None, None, "logbook.day.future"]
