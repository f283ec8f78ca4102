"""The Kampala score at every limit, hours without dates, the 26 fields, and counts that give nobody away."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.trauma import terms
from courses.trauma.rules import scores
from courses.trauma.rules.fields import COLUMNS, FIELDS, State, answered, checked, completeness, state, written
from courses.trauma.rules.scores import kampala
from courses.trauma.rules.suppression import SMALLEST, suppressed
from shared.errors import DomainError

BEST: dict[str, Any] = {"age": 30, "sbp": 120, "rr": 16, "avpu": "A", "serious": "0"}


@pytest.mark.parametrize(
    ("part", "value", "points"),
    [
        *(("age", age, points) for age, points in ((0, 0), (4, 0), (5, 1), (6, 1), (54, 1), (55, 1), (56, 0), (90, 0))),
        *(("sbp", sbp, points) for sbp, points in ((0, 0), (49, 0), (50, 1), (51, 1), (88, 1), (89, 1), (90, 2))),
        *(("rr", rr, points) for rr, points in ((0, 0), (9, 0), (10, 2), (11, 2), (28, 2), (29, 2), (30, 1), (60, 1))),
        *(("avpu", avpu, points) for avpu, points in (("A", 3), ("V", 2), ("P", 1), ("U", 0))),
        *(("serious", serious, points) for serious, points in (("0", 2), ("1", 1), ("2", 0))),
    ],
)
def test_the_score_at_its_limits(part: str, value: Any, points: int) -> None:
    score = kampala(**BEST | {part: value})
    assert score.is_exact
    assert score.low == score.high == 10 - scores.MOST[part] + points


def test_ten_is_best_and_nought_is_worst() -> None:
    assert kampala(**BEST).low == sum(scores.MOST.values()) == 10
    assert kampala(age=70, sbp=40, rr=4, avpu="U", serious="2").high == 0


PARTS = st.fixed_dictionaries(
    {
        "age": st.none() | st.integers(0, 90),
        "sbp": st.none() | st.integers(0, 300),
        "rr": st.none() | st.integers(0, 99),
        "avpu": st.none() | st.sampled_from("AVPU"),
        "serious": st.none() | st.sampled_from("012"),
    }
)


@given(parts=PARTS)
def test_what_is_not_known_is_a_range_of_everything_it_could_be(parts: dict[str, Any]) -> None:
    every = {"age": [3, 30], "sbp": [20, 70, 120], "rr": [4, 16, 40], "avpu": list("AVPU"), "serious": list("012")}
    whole = [parts]
    for name, value in parts.items():
        if value is None:
            whole = [one | {name: could} for one in whole for could in every[name]]
    exact = [kampala(**one).low for one in whole]
    score = kampala(**parts)
    assert (score.low, score.high) == (min(exact), max(exact))
    assert set(score.missing) == {name for name in parts if parts[name] is None}


@given(injured=st.integers(0, 23), days=st.integers(0, 2), waited=st.integers(0, 60))
def test_hours_need_no_date(injured: int, days: int, waited: int) -> None:
    instant = injured + waited
    arrived, later = instant % 24, instant // 24
    answers = {"injury_hour": str(injured), "arrival_hour": str(arrived), "injury_days_before": str(later)}
    assert scores.hours_to_hospital(answers) == (waited if later < 3 else None)


@pytest.mark.parametrize(
    ("answers", "hours"),
    [
        ({"injury_hour": "9", "arrival_hour": "7", "injury_days_before": "0"}, None),
        ({"injury_hour": "9", "arrival_hour": "7", "injury_days_before": "UNK"}, None),
        ({"injury_hour": "UNK", "arrival_hour": "7", "injury_days_before": "0"}, None),
        ({"injury_hour": "UNK", "arrival_hour": "7", "hours_to_hospital": "30"}, 30),
        ({"injury_hour": "6", "arrival_hour": "7", "injury_days_before": "0", "hours_to_hospital": "UNK"}, 1),
        ({}, None),
    ],
)
def test_hours_are_told_or_computed_or_nothing(answers: dict[str, str], hours: int | None) -> None:
    assert scores.hours_to_hospital(answers) == hours


@pytest.mark.parametrize(
    ("age", "unit", "years"),
    [("5", "y", 5), ("5", "", 5), ("11", "m", 0), ("60", "m", 5), ("20", "d", 0), ("UNK", "y", None), ("", "y", None)],
)
def test_age_in_years(age: str, unit: str, years: int | None) -> None:
    assert scores.age_in_years({"age": age, "age_unit": unit}) == years


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({}, "UNK"),
        ({"status_discharge": "1"}, "1"),
        ({"status_discharge": "1", "status_30d": "2"}, "2"),
        ({"status_discharge": "1", "status_30d": "UNK"}, "1"),
        ({"status_discharge": "1", "status_30d": "3"}, "3"),
        ({"disposition": "6"}, "3"),
    ],
)
def test_outcome(answers: dict[str, str], outcome: str) -> None:
    assert scores.outcome(answers) == outcome


def test_the_type_follows_from_the_mechanism() -> None:
    types = {code: scores.injury_type({"mechanism": code}) for code in (*COLUMNS["mechanism"].codes, "UNK")}
    assert {code for code, kind in types.items() if kind == "2"} == {"6", "7"}
    assert {code for code, kind in types.items() if kind is None} == {"11", "UNK"}


def test_there_are_twenty_six_fields_and_every_one_takes_not_known() -> None:
    assert len(FIELDS) == 26
    assert len({field.name for field in FIELDS}) == 26
    assert len(COLUMNS) == sum(len(field.columns) for field in FIELDS)
    everything = dict.fromkeys(COLUMNS, "UNK")
    assert checked(everything) == {name: "UNK" for name in COLUMNS if name != "age_unit"}
    assert {state(field, everything) for field in FIELDS} == {State.UNKNOWN}
    assert {state(field, {}) for field in FIELDS} == {State.EMPTY}


def test_utstein_writes_not_known_its_own_way() -> None:
    told = {name: written(column, {name: "UNK"}) for name, column in COLUMNS.items()}
    assert {name: code for name, code in told.items() if code != "UNK"} == {
        "sex": "3",
        "mechanism": "12",
        "intent": "5",
    }
    assert {written(column, {}) for column in COLUMNS.values()} == {""}


def test_every_field_column_and_code_has_its_words() -> None:
    assert list(terms.FIELDS) == [field.name for field in FIELDS]
    assert list(terms.COLUMNS) == list(COLUMNS)
    assert {name: tuple(terms.codes_of(name)) for name in COLUMNS} == {
        name: column.codes for name, column in COLUMNS.items()
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("sbp", value) for value in ("-1", "301", "12.5", "x", "²", "1234567", "1e2")),
        *(("sex", value) for value in ("3", "f", "Ana")),
        *(("age", value) for value in ("91", "-3")),
        ("arrival_year", "1999"),
        ("arrival_hour", "24"),
        ("gcs", "2"),
        ("region_head", "7"),
    ],
)
def test_a_value_that_cannot_be_is_refused_at_its_column(name: str, value: str) -> None:
    with pytest.raises(DomainError, match=r"trauma\.value") as refused:
        checked({name: value})
    assert refused.value.field == name


def test_numbers_lose_their_noughts_and_strangers_their_place() -> None:
    assert checked({"sbp": " 090 ", "sex": "1", "name": "Ana Quispe", "rr": ""}) == {"sbp": "90", "sex": "1"}


def test_what_follows_is_filled_in_and_does_not_overwrite() -> None:
    assert checked({"road_user": "4"}) == {"road_user": "4", "protection": "4"}
    assert checked({"road_user": "3", "protection": "UNK"})["protection"] == "UNK"
    assert checked({"disposition": "6"}) == {"disposition": "6", "status_discharge": "3", "status_30d": "3"}
    assert checked({"disposition": "6", "status_30d": "UNK"})["status_30d"] == "UNK"


@pytest.mark.parametrize(
    "answers",
    [{"disposition": "6", "status_discharge": "1"}, {"status_discharge": "3", "status_30d": "1"}],
)
def test_the_dead_do_not_come_back(answers: dict[str, str]) -> None:
    with pytest.raises(DomainError, match=r"trauma\.died_but_alive"):
        checked(answers)


ANSWERS = st.dictionaries(st.sampled_from(sorted(COLUMNS)), st.sampled_from(["UNK", "1"]))


@given(records=st.lists(ANSWERS, max_size=6))
def test_completeness_counts_every_record_once_per_field(records: list[dict[str, str]]) -> None:
    told = completeness(records)
    assert [one.field for one in told] == list(FIELDS)
    assert all(one.known + one.unknown + one.empty == len(records) for one in told)
    assert sum(one.known + one.unknown for one in told) == sum(answered(kept) for kept in records)
    assert all((one.percent is None) == (not records) for one in told)


GRIDS = st.integers(1, 5).flatmap(
    lambda wide: st.lists(st.lists(st.integers(0, 12), min_size=wide, max_size=wide), min_size=1, max_size=5)
)


@given(counts=GRIDS)
def test_nobody_reads_a_small_count_out_of_the_others(counts: list[list[int]]) -> None:
    grid = suppressed(counts)
    for given_row, row in zip(counts, grid, strict=True):
        assert all(shown is None or shown == count for count, shown in zip(given_row, row, strict=True))
        assert all(shown is None or not 0 < shown < SMALLEST for shown in row)
    transposed = [list(line) for line in zip(*grid, strict=True)]
    of_counts = [list(line) for line in zip(*counts, strict=True)]
    for told, line in zip([*counts, *of_counts], [*grid, *transposed], strict=True):
        hidden = [count for count, shown in zip(told, line, strict=True) if shown is None]
        # Either what is hidden cannot be told apart, or the whole line is hidden.
        assert not hidden or len(hidden) == len(line) or (len(hidden) >= 2 and sum(hidden) >= SMALLEST)


@given(counts=GRIDS)
def test_nothing_is_hidden_without_a_small_count(counts: list[list[int]]) -> None:
    if not any(0 < count < SMALLEST for row in counts for count in row):
        assert suppressed(counts) == counts
