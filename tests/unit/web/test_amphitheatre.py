"""Where everybody sits: nobody is left out, nobody sits on another, and the browser agrees."""

import json
import shutil
import subprocess
from itertools import combinations
from math import dist
from pathlib import Path

import pytest
from django.template import Context, Template
from hypothesis import given, settings
from hypothesis import strategies as st

from web.amphitheatre import BANDS, CENTRE, Occupant, Ring, Seat, Tier, gathered, people_per_seat, seats
from web.views.styleguide import example_tiers

ROOT = Path(__file__).resolve().parents[3]

counts = st.integers(0, 90)


@st.composite
def tier_lists(draw: st.DrawFn) -> list[Tier]:
    rings: list[Ring] = ["or", "auditorium", *["remote"] * draw(st.integers(0, 25))]
    numbers = [sorted(draw(st.tuples(counts, counts, counts)), reverse=True) for _ in rings]
    return [
        Tier(f"tier-{at}", ring, "", registered // (3 if ring == "or" else 1), present // 3, lit // 9)
        for at, (ring, (registered, present, lit)) in enumerate(zip(rings, numbers, strict=True))
    ]


@settings(deadline=None, max_examples=60)
@given(tier_lists())
def test_everybody_has_a_seat_of_their_own_within_the_ring(tiers: list[Tier]) -> None:
    found, per = seats(tiers), people_per_seat(tiers)
    for tier in tiers:
        mine = [seat for seat in found if seat.tier == tier.key]
        registered, present, lit = tier.counts()
        assert len(mine) == -(-registered // per)
        if per == 1:
            assert sum(seat.state == "lit" for seat in mine) == lit
            assert sum(seat.state != "registered" for seat in mine) == present
        inner, outer = BANDS[tier.ring]
        for seat in mine:
            assert inner <= dist((seat.x, seat.y), CENTRE) <= outer
            assert seat.y < CENTRE[1]
    for one, other in combinations(found[:150], 2):
        assert dist((one.x, one.y), (other.x, other.y)) > min(one.radius, other.radius)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.integers(1, 5_000), min_size=1, max_size=200),
    st.lists(st.integers(0, 300), max_size=40),
    st.lists(st.integers(0, 300), max_size=40),
    st.booleans(),
)
def test_however_many_provinces_there_are_everybody_is_drawn_once(
    remote: list[int], auditorium: list[int], operating: list[int], named: bool
) -> None:
    rings: list[tuple[Ring, list[int]]] = [("or", operating), ("auditorium", auditorium), ("remote", remote)]
    tiers = [
        Tier(
            f"{ring}:{at}",
            ring,
            "",
            count,
            people=tuple(Occupant(f"{ring}.{at}.{n}") for n in range(count if named else 0)),
        )
        for ring, counts in rings
        for at, count in enumerate(counts)
    ]
    drawn, found, per = gathered(tiers), seats(tiers), people_per_seat(tiers)
    assert sum(tier.counts()[0] for tier in drawn) == sum(tier.counts()[0] for tier in tiers)
    assert gathered(drawn) == drawn
    for tier in drawn:
        assert sum(seat.tier == tier.key for seat in found) == -(-tier.counts()[0] // per)
    if named and per == 1:
        people = {tier.key: tier.people for tier in drawn}
        assert len({people[seat.tier][seat.occupant or 0].label for seat in found}) == len(found)


@pytest.mark.parametrize("provinces", [1, 36, 37, 49, 120, 200])
def test_each_ring_has_a_form_for_too_many_provinces(provinces: int) -> None:
    for ring in BANDS:
        tiers = [Tier(f"{ring}:{at}", ring, "", 1 + at // 40) for at in range(provinces)]
        assert len(gathered(tiers)) <= 36
        assert len(seats(tiers)) >= len(gathered(tiers))


def test_nobody_is_an_empty_theatre() -> None:
    assert seats([]) == []
    assert seats([Tier("or", "or", "Operating room")]) == []


def test_who_came_without_registering_is_seated_too() -> None:
    assert [seat.state for seat in seats([Tier("or", "or", "", registered=1, present=3, lit=1)])] == [
        "lit",
        "present",
        "present",
    ]


@pytest.mark.parametrize(("registered", "per"), [(600, 1), (601, 2), (1_201, 5), (9_000, 20)])
def test_a_crowd_shares_seats(registered: int, per: int) -> None:
    tiers = [Tier(f"remote:{at}", "remote", "", registered // 10) for at in range(9)]
    tiers.append(Tier("remote:9", "remote", "", registered - 9 * (registered // 10)))
    assert people_per_seat(tiers) == per
    assert len(seats(tiers)) <= 610


def test_people_keep_their_order_and_their_own_state() -> None:
    people = (Occupant("Ana"), Occupant("Bruno", "lit"), Occupant("Carla", "present"))
    assert [(seat.occupant, seat.state) for seat in seats([Tier("or", "or", "", people=people)])] == [
        (0, "registered"),
        (1, "lit"),
        (2, "present"),
    ]


def test_the_drawing_has_a_table_behind_it_and_escapes_names() -> None:
    tiers = [
        Tier("or", "or", "Operating room", people=(Occupant("<b>Ana</b>", "present", "/sheet/#ana"),)),
        Tier("remote:PE-LOR", "remote", "Loreto", 20, 12, 1),
    ]
    page = Template("{% amphitheatre tiers %}").render(Context({"tiers": tiers}))
    assert page.count("<circle") - 4 == 21  # the lamp and the three of the key
    assert '<a href="/sheet/#ana">' in page
    assert "&lt;b&gt;Ana&lt;/b&gt;" in page
    assert "13 of 21 people present" in page
    row = '<th scope="row">Loreto</th><td class="figure">20</td><td class="figure">12</td><td class="figure">1</td>'
    assert row in page


def crowds() -> list[list[Tier]]:
    return [
        example_tiers(),
        [],
        [Tier("auditorium", "auditorium", "", 75, 75, 75)],
        [Tier("or", "or", "", 1), *(Tier(f"remote:{at}", "remote", "", at * 7, at * 3, at % 3) for at in range(24))],
        [Tier("remote", "remote", "", 4_321, 1_234, 17)],
        [Tier("or", "or", "", people=tuple(Occupant(str(at), "present") for at in range(9)))],
        [Tier(f"remote:{at}", "remote", "", 1 + at % 5, at % 2) for at in range(200)],
        [Tier(f"remote:{at}", "remote", "", people=(Occupant(str(at), "present"),) * (1 + at % 3)) for at in range(60)],
        [Tier(f"{ring}:{at}", ring, "", 40, at % 9) for ring in BANDS for at in range(45)],
    ]


@pytest.mark.skipif(not shutil.which("node"), reason="needs node")
def test_the_browser_seats_people_in_the_same_places() -> None:
    script = """
        import { layout } from "#lib/amphitheatre.js";
        let text = "";
        for await (const part of process.stdin) text += part;
        console.log(JSON.stringify(JSON.parse(text).map(layout)));
    """
    given_tiers = json.dumps([[tier.as_json() for tier in tiers] for tiers in crowds()])
    answer = subprocess.run(
        ["node", "--input-type=module", "--eval", script],
        input=given_tiers,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    for drawn, tiers in zip(json.loads(answer.stdout), crowds(), strict=True):
        ours = seats(tiers)
        assert [(s["tier"], s["state"], s["occupant"]) for s in drawn] == [(s.tier, s.state, s.occupant) for s in ours]
        assert [place(s) for s in drawn] == [pytest.approx(place(s), abs=0.011) for s in ours]


def place(seat: Seat | dict[str, float]) -> tuple[float, float, float]:
    if isinstance(seat, Seat):
        return seat.x, seat.y, seat.radius
    return seat["x"], seat["y"], seat["radius"]
