"""Learning curves against slow and obvious models, and against what others print."""

from itertools import product
from math import isclose, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.logbook.rules import learning_curves
from courses.logbook.rules.learning_curves import Limits

RATES = st.tuples(st.floats(0.01, 0.45), st.floats(0.02, 0.5)).filter(lambda pair: pair[0] + 0.01 < pair[1])
CASES = st.lists(st.booleans(), max_size=80)


def slow_cusum(cases: list[bool], p0: float, p1: float) -> list[tuple[float, str]]:
    """Wald's test as it is written: the likelihood ratio since the last decision, on its own scale."""
    told, since = [], 0
    scale = log(p1 / p0) + log((1 - p0) / (1 - p1))
    upper, lower = (
        log((1 - learning_curves.BETA) / learning_curves.ALPHA),
        log(learning_curves.BETA / (1 - learning_curves.ALPHA)),
    )
    for number in range(1, len(cases) + 1):
        ratio = sum(log((1 - p1) / (1 - p0)) if good else log(p1 / p0) for good in cases[since:number])
        verdict = "unacceptable" if ratio >= upper else "acceptable" if ratio <= lower else ""
        told.append((ratio / scale, verdict))
        since = number if verdict else since
    return told


def near(rate: float, limit: Limits) -> bool:
    """So close to a limit that the order of additions decides."""
    return min(abs(rate - limit.lower), abs(rate - limit.upper)) < 1e-9


@given(CASES, RATES)
def test_the_cusum_is_walds_test(cases: list[bool], rates: tuple[float, float]) -> None:
    within = learning_curves.limits(*rates)
    fast = learning_curves.cusum(cases, within)
    for point, (value, verdict), good in zip(fast, slow_cusum(cases, *rates), cases, strict=True):
        assert point.is_success is good
        assert isclose(point.value, value, abs_tol=1e-9)
        if near(value, within):
            return
        assert point.verdict == verdict


@given(CASES, RATES)
def test_the_lc_cusum_is_the_best_run_up_to_each_case(cases: list[bool], rates: tuple[float, float]) -> None:
    gain, loss = learning_curves.lc_weights(*rates)
    steps = [gain if good else -loss for good in cases]
    limit = 1.0
    was = False
    for number, point in enumerate(learning_curves.lc_cusum(cases, *rates, limit), 1):
        best = max(0.0, *(sum(steps[start:number]) for start in range(number)))
        assert isclose(point.value, best, abs_tol=1e-9)
        if abs(best - limit) < 1e-9:
            return
        was = was or best >= limit
        assert point.is_adequate is was


@pytest.mark.parametrize("rate", [0.05, 0.2, 0.5])
@pytest.mark.parametrize("limit", [0.2, 0.5, 1.0])
def test_the_chance_of_a_signal_is_that_of_all_series_together(rate: float, limit: float) -> None:
    horizon = 10
    reached = 0.0
    for cases in product([True, False], repeat=horizon):
        if any(point.is_adequate for point in learning_curves.lc_cusum(cases, 0.1, 0.2, limit)):
            good = sum(cases)
            reached += (1 - rate) ** good * rate ** (horizon - good)
    assert isclose(learning_curves.signal_chance(rate, 0.1, 0.2, limit, horizon), reached, abs_tol=1e-9)


@pytest.mark.parametrize(("p0", "p1"), [(0.05, 0.15), (0.1, 0.2), (0.15, 0.3)])
def test_the_limit_is_the_lowest_that_luck_seldom_reaches(p0: float, p1: float) -> None:
    limit = learning_curves.lc_limit(p0, p1)
    at, below = (
        learning_curves.signal_chance(p1, p0, p1, lim, learning_curves.HORIZON) for lim in (limit, limit - 0.01)
    )
    assert at <= learning_curves.FALSE_SIGNAL < below


def test_limits_are_those_of_the_published_formulas() -> None:
    """Acceptable 10 %, unacceptable 20 %, both errors 10 %: worked by hand with a table of logarithms."""
    within = learning_curves.limits(0.1, 0.2, 0.1, 0.1)
    assert round(within.step, 3) == 0.145
    assert (round(within.lower, 2), round(within.upper, 2)) == (-2.71, 2.71)


@pytest.mark.parametrize(
    "wrong", [(0.2, 0.2), (0.3, 0.2), (0.0, 0.2), (0.1, 1.0), (0.1, 0.2, 0.5), (0.1, 0.2, 0.1, 0.0)]
)
def test_rates_that_make_no_test_are_refused(wrong: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match=r"failure rate|errors"):
        learning_curves.limits(*wrong)


def test_no_case_is_no_point() -> None:
    assert learning_curves.cusum([], learning_curves.limits(0.1, 0.2)) == []
    assert learning_curves.lc_cusum([], 0.1, 0.2, 1.0) == []
