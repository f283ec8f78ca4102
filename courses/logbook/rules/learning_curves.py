"""Learning curves of one procedure over consecutive cases: CUSUM with decision limits, and LC-CUSUM. Pure.

A case is True when it went as intended. CUSUM is Wald's sequential test as Williams et al. (BMJ 1992) and Bolsin and
Colson (Int J Qual Health Care 2000) use it for trainees; Steiner et al. (Biostatistics 2000) weigh cases alike when no
risk is known. LC-CUSUM is of Biau et al. (Stat Med 2010): it asks when performance has become adequate.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import log
from typing import Final, Literal

ALPHA: Final = 0.1  # the errors of the CUSUM: an alarm without reason,
BETA: Final = 0.1  # and calm without reason
HORIZON: Final = 50  # cases within which the LC-CUSUM may be wrong no more often than
FALSE_SIGNAL: Final = 0.1

Verdict = Literal["", "acceptable", "unacceptable"]


@dataclass(frozen=True, slots=True)
class Limits:
    """`step` is what a case as intended takes away; `lower` (below zero) and `upper` are where the CUSUM decides."""

    step: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Point:
    """After one case: the CUSUM before it would start anew, and what it decided there."""

    is_success: bool
    value: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Learned:
    """After one case: the LC-CUSUM, and whether it says that performance is adequate, now or before."""

    value: float
    is_adequate: bool


def limits(p0: float, p1: float, alpha: float = ALPHA, beta: float = BETA) -> Limits:
    """With P = ln(p1/p0) and Q = ln((1-p0)/(1-p1)): s = Q/(P+Q), h0 = -ln((1-alpha)/beta)/(P+Q),
    h1 = ln((1-beta)/alpha)/(P+Q). Raises ValueError unless 0 < p0 < p1 < 1 and the errors lie between 0 and a half.
    """
    if not 0 < p0 < p1 < 1:
        raise ValueError("the acceptable failure rate must be below the unacceptable one")
    if not (0 < alpha < 0.5 and 0 < beta < 0.5):
        raise ValueError("errors lie between 0 and a half")
    p, q = log(p1 / p0), log((1 - p0) / (1 - p1))
    return Limits(q / (p + q), -log((1 - alpha) / beta) / (p + q), log((1 - beta) / alpha) / (p + q))


def cusum(cases: Iterable[bool], within: Limits) -> list[Point]:
    """One point per case, in order. After a decision the next case starts from zero."""
    points, value = [], 0.0
    for is_success in cases:
        value += -within.step if is_success else 1 - within.step
        verdict: Verdict = ""
        if value >= within.upper:
            verdict = "unacceptable"
        elif value <= within.lower:
            verdict = "acceptable"
        points.append(Point(is_success, value, verdict))
        value = 0.0 if verdict else value
    return points


def lc_weights(p0: float, p1: float) -> tuple[float, float]:
    """What a case as intended adds, and what any other takes away: ln((1-p0)/(1-p1)) and ln(p1/p0)."""
    return log((1 - p0) / (1 - p1)), log(p1 / p0)


def lc_cusum(cases: Iterable[bool], p0: float, p1: float, limit: float) -> list[Learned]:
    """One per case, in order: max(0, before + weight). The first value at the limit is the signal; it stands."""
    gain, loss = lc_weights(p0, p1)
    told, value, is_adequate = [], 0.0, False
    for is_success in cases:
        value = max(0.0, value + (gain if is_success else -loss))
        is_adequate = is_adequate or value >= limit
        told.append(Learned(value, is_adequate))
    return told


@cache
def lc_limit(p0: float, p1: float, horizon: int = HORIZON, false_signal: float = FALSE_SIGNAL) -> float:
    """The lowest limit, to a hundredth, that somebody who fails at the rate `p1` reaches within `horizon` cases with a
    probability of at most `false_signal`. Exact, by the distribution over the states; some milliseconds, kept.
    """
    low, high = 0, 100 * 20  # hundredths
    while low < high:
        middle = (low + high) // 2
        if signal_chance(p1, p0, p1, middle / 100, horizon) <= false_signal:
            high = middle
        else:
            low = middle + 1
    return low / 100


def signal_chance(rate: float, p0: float, p1: float, limit: float, horizon: int) -> float:
    """How probable it is that the LC-CUSUM of somebody who fails at `rate` reaches `limit` within `horizon` cases."""
    gain, loss = lc_weights(p0, p1)
    states, reached = {(0, 0): 1.0}, 0.0  # cases as intended and others since the value was zero
    for _ in range(horizon):
        after: dict[tuple[int, int], float] = {}
        for (good, bad), chance in states.items():
            if max(0.0, (good + 1) * gain - bad * loss) >= limit:
                reached += chance * (1 - rate)
            else:
                after[good + 1, bad] = after.get((good + 1, bad), 0.0) + chance * (1 - rate)
            fell = (good, bad + 1) if good * gain - (bad + 1) * loss > 0 else (0, 0)
            after[fell] = after.get(fell, 0.0) + chance * rate
        states = after
    return reached
