"""Where everybody sits: the geometry of the amphitheatre drawing, pure, the same as static/js/lib/amphitheatre.js.

Three bands of half rings surround the table: the operating room, the auditorium, the remote attendees; a band is cut
into one wedge per tier (a province). A band has only so many wedges: where there are more tiers, the smallest share the
last one. Lengths are units of the drawing's view box, 400 wide and 212 high.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from math import ceil, cos, pi, sin
from typing import Any, Literal

Ring = Literal["or", "auditorium", "remote"]
State = Literal["registered", "present", "lit"]

WIDTH, HEIGHT = 400, 212
CENTRE = (200.0, 200.0)
BANDS: dict[Ring, tuple[float, float]] = {"or": (28.0, 56.0), "auditorium": (62.0, 112.0), "remote": (118.0, 192.0)}
_MARGIN, _GAP = 0.1, 0.035  # radians: from the floor to the first seat, between two wedges
_MOST_WEDGES: dict[Ring, int] = {"or": 12, "auditorium": 24, "remote": 36}  # each has room for a seat of its own
_PITCHES = [half / 2 for half in range(28, 9, -1)]  # between neighbours, the widest that fits
_MOST_SEATS = 600  # beyond it a drawn seat stands for several people


@dataclass(frozen=True, slots=True)
class Occupant:
    """Somebody with a name: `state` decides how the seat is drawn, `href` makes it a link."""

    label: str
    state: State = "registered"
    href: str = ""


@dataclass(frozen=True, slots=True)
class Tier:
    """People counted together; `present` includes the `lit`. With `people` their states are counted instead."""

    key: str
    ring: Ring
    label: str
    registered: int = 0
    present: int = 0
    lit: int = 0
    people: tuple[Occupant, ...] = ()

    def counts(self) -> tuple[int, int, int]:
        """(registered, present, lit), each at least the next: who is there without registering is counted too."""
        if self.people:
            lit = sum(p.state == "lit" for p in self.people)
            return len(self.people), lit + sum(p.state == "present" for p in self.people), lit
        present = max(self.present, self.lit)
        return max(self.registered, present), present, self.lit

    def as_json(self) -> dict[str, Any]:
        """What `#lib/amphitheatre.js` reads."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Seat:
    """One circle: centre and radius, the key of its tier, and whose it is when it is somebody's own."""

    x: float
    y: float
    radius: float
    tier: str
    state: State
    occupant: int | None = None


def gathered(tiers: Sequence[Tier]) -> list[Tier]:
    """The tiers as they are drawn: the smallest of a crowded ring become one, the last. Nobody is lost, and nothing
    changes when it is done again.
    """
    found: list[Tier] = []
    for ring in BANDS:
        members = [tier for tier in tiers if tier.ring == ring and tier.counts()[0]]
        most = _MOST_WEDGES[ring] - 1 if len(members) > _MOST_WEDGES[ring] else len(members)
        kept = {tier.key for tier in sorted(members, key=lambda tier: -tier.counts()[0])[:most]}
        others = [tier for tier in members if tier.key not in kept]
        found += [tier for tier in members if tier.key in kept]
        found += [_together(ring, others)] if others else []
    return found


def _together(ring: Ring, tiers: Sequence[Tier]) -> Tier:
    """One tier of several; their people only where all of them have names."""
    registered, present, lit = (sum(column) for column in zip(*(tier.counts() for tier in tiers), strict=True))
    named = all(tier.people for tier in tiers)
    people = tuple(person for tier in tiers for person in tier.people) if named else ()
    return Tier(f"{ring}-others", ring, "", registered, present, lit, people)


def people_per_seat(tiers: Sequence[Tier]) -> int:
    """How many people one drawn seat stands for: 1, 2, 5, 10, 20, 50 … Ends, for each wedge has room for one seat."""
    tiers = gathered(tiers)
    per, steps = 1, (2, 2.5, 2)
    turn = 0
    while sum(_drawn(tier, per) for tier in tiers) > _MOST_SEATS or any(
        _fit([_drawn(tier, per) for tier in tiers if tier.ring == ring], ring) is None for ring in BANDS
    ):
        per = int(per * steps[turn % 3])
        turn += 1
    return per


def seats(tiers: Sequence[Tier]) -> list[Seat]:
    """Every seat, tier by tier as `gathered` orders them, front row first; empty for nobody."""
    tiers = gathered(tiers)
    per = people_per_seat(tiers)
    placed: dict[int, list[tuple[float, float, float]]] = {}
    for ring in BANDS:
        members = [(index, _drawn(tier, per)) for index, tier in enumerate(tiers) if tier.ring == ring]
        members = [(index, drawn) for index, drawn in members if drawn]
        for (index, _), places in zip(members, _places([drawn for _, drawn in members], ring), strict=True):
            placed[index] = places
    found: list[Seat] = []
    for index, tier in enumerate(tiers):
        named = bool(tier.people) and per == 1
        for at, (place, state) in enumerate(zip(placed.get(index, []), _states(tier, per), strict=True)):
            x, y, radius = (round(length, 2) for length in place)
            found.append(Seat(x, y, radius, tier.key, state, at if named else None))
    return found


def _drawn(tier: Tier, per: int) -> int:
    return ceil(tier.counts()[0] / per)


def _states(tier: Tier, per: int) -> Iterator[State]:
    """Lit seats in front, then the present, then the merely registered; people keep their order."""
    if tier.people and per == 1:
        yield from (person.state for person in tier.people)
        return
    registered, present, lit = tier.counts()
    drawn, bright = ceil(registered / per), ceil(lit / per)
    filled = drawn if present == registered else max(bright, min(present, 1), present // per)
    for position in range(drawn):
        yield "lit" if position < bright else "present" if position < filled else "registered"


@dataclass(frozen=True, slots=True)
class _Fit:
    pitch: float
    radii: list[float]
    widths: list[float]  # radians, one per wedge
    capacities: list[list[int]]  # seats per row, one list per wedge


def _fit(drawn: Sequence[int], ring: Ring) -> _Fit | None:
    """The widest spacing, then the fewest rows, that seat everybody; None when nothing does."""
    drawn = [count for count in drawn if count]
    inner, outer = BANDS[ring]
    for pitch in _PITCHES:
        rows = int((outer - inner) / pitch)
        first = inner + (outer - inner - (rows - 1) * pitch) / 2
        for used in range(1, rows + 1):
            radii = [first + row * pitch for row in range(used)]
            weights = [count + used for count in drawn]  # a narrow wedge wastes about half a seat a row
            free = pi - 2 * _MARGIN - _GAP * (len(drawn) - 1)
            widths = [free * weight / sum(weights) for weight in weights]
            capacities = [[int(width * radius / pitch) for radius in radii] for width in widths]
            if all(sum(rows_of) >= count for rows_of, count in zip(capacities, drawn, strict=True)):
                return _Fit(pitch, radii, widths, capacities)
    return None


def _places(drawn: Sequence[int], ring: Ring) -> Iterator[list[tuple[float, float, float]]]:
    """(x, y, radius) of every seat, wedge by wedge from left to right."""
    fit = _fit(drawn, ring)
    assert fit, "people_per_seat sees to it that everybody fits"  # noqa: S101
    start = pi + _MARGIN
    for count, width, capacities in zip(drawn, fit.widths, fit.capacities, strict=True):
        places, room, seated, passed = [], sum(capacities), 0, 0
        for radius, capacity in zip(fit.radii, capacities, strict=True):
            passed += capacity
            here = count * passed // room - seated
            seated += here
            for position in range(here):
                angle = start + (position + 0.5) * width / here
                places.append((CENTRE[0] + radius * cos(angle), CENTRE[1] + radius * sin(angle), fit.pitch * 0.36))
        yield places
        start += width + _GAP
