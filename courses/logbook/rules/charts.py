"""Lines and bars as coordinates of a drawing. Pure; lengths are units of the view box."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from courses.logbook.rules.learning_curves import Learned, Limits, Point
from courses.logbook.rules.logbooks import Month

WIDTH: Final = 360
HEIGHT: Final = 200
LEFT: Final = 34
RIGHT: Final = 350
TOP: Final = 10
BOTTOM: Final = 176


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across or a mark below, with its text."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One case: `is_good` decides its shape, `is_marked` whether a limit was reached there."""

    x: float
    y: float
    is_good: bool
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Polylines (`x,y x,y`), one per run; dots; horizontal limits by name."""

    runs: tuple[str, ...]
    dots: tuple[Dot, ...]
    zero: float
    lower: float | None
    upper: float | None
    ticks: tuple[Tick, ...]
    lower_value: float | None = None
    upper_value: float | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A column of two parts; the lower one is what one did oneself."""

    x: float
    width: float
    did_y: float
    did_height: float
    part_y: float
    part_height: float


@dataclass(frozen=True, slots=True)
class Bars:
    bars: tuple[Bar, ...]
    heights: tuple[Tick, ...]
    months: tuple[tuple[float, Month], ...]  # those that have room for their name
    autonomy: tuple[Dot, ...]
    autonomy_run: str
    levels: tuple[Tick, ...]


def curve(points: Sequence[Point], within: Limits) -> Line:
    """The CUSUM with its two limits; after a decision a new run begins at zero."""
    values = [0.0, within.lower, within.upper, *(point.value for point in points)]
    low, high = min(values), max(values)
    runs, dots, run = [], [], [_at(0, 0.0, len(points), low, high)]
    for number, point in enumerate(points, 1):
        here = _at(number, point.value, len(points), low, high)
        run.append(here)
        dots.append(Dot(*here, point.is_success, bool(point.verdict)))
        if point.verdict:
            runs.append(run)
            run = [_at(number, 0.0, len(points), low, high)]
    runs.append(run)
    return Line(
        tuple(_polyline(run) for run in runs if len(run) > 1),
        tuple(dots),
        _height(0.0, low, high),
        _height(within.lower, low, high),
        _height(within.upper, low, high),
        _numbers(len(points)),
        within.lower,
        within.upper,
    )


def lc_curve(points: Sequence[Learned], cases: Sequence[bool], limit: float) -> Line:
    """The LC-CUSUM with its limit."""
    high = max([limit, *(point.value for point in points)])
    places = [_at(number, point.value, len(points), 0.0, high) for number, point in enumerate(points, 1)]
    before = [False, *(point.is_adequate for point in points)]
    dots = [
        Dot(*place, is_good, point.is_adequate and not was)
        for place, point, is_good, was in zip(places, points, cases, before, strict=False)
    ]
    run = _polyline([_at(0, 0.0, len(points), 0.0, high), *places])
    return Line((run,), tuple(dots), BOTTOM, None, _height(limit, 0.0, high), _numbers(len(points)), None, limit)


def progress(months: Sequence[Month]) -> Bars | None:
    """Cases a month as columns, and the mean autonomy as a line on its own scale; None for no month."""
    if not months:
        return None
    highest = max(month.did + month.took_part for month in months)
    pitch = (RIGHT - LEFT) / len(months)
    width = min(pitch * 0.7, 24)
    bars, dots, named = [], [], []
    every = -(-len(months) // 6)
    for number, month in enumerate(months):
        middle = LEFT + pitch * (number + 0.5)
        did, part = (BOTTOM - TOP) * month.did / highest, (BOTTOM - TOP) * month.took_part / highest
        left, top = round(middle - width / 2, 1), BOTTOM - did
        bars.append(Bar(left, round(width, 1), round(top, 1), round(did, 1), round(top - part, 1), round(part, 1)))
        if month.autonomy is not None:
            dots.append(Dot(round(middle, 1), _height(month.autonomy, 1, 4), True, False))
        if number % every == 0:
            named.append((round(middle, 1), month))
    heights = sorted({highest, highest // 2} - {0})
    return Bars(
        tuple(bars),
        tuple(Tick(_height(count, 0, highest), str(count)) for count in heights),
        tuple(named),
        tuple(dots),
        _polyline([(dot.x, dot.y) for dot in dots]),
        tuple(Tick(_height(level, 1, 4), str(level)) for level in range(1, 5)),
    )


def _numbers(count: int) -> tuple[Tick, ...]:
    """About six case numbers below the line, the last one among them."""
    step = next((step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500) if count <= 6 * step), 1000)
    return tuple(Tick(_at(number, 0, count, 0, 1)[0], str(number)) for number in range(step, count + 1, step))


def _at(number: int, value: float, count: int, low: float, high: float) -> tuple[float, float]:
    return round(LEFT + (RIGHT - LEFT) * number / max(count, 1), 1), _height(value, low, high)


def _height(value: float, low: float, high: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * (value - low) / (high - low), 1)


def _polyline(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in places)
