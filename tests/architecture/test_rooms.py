"""What each room may know of the others. A new line here is a decision: the fewer, the less a change touches."""

import re

from django.conf import settings

from tests.architecture.imports import imported, rooms

GROUND = {"shared", "places", "web", "files", "jobs"}
KNOWS: dict[str, set[str]] = {
    # The ground: what every room stands on.
    "shared": set(),
    "places": set(),
    "files": {"shared", "web"},
    "jobs": {"shared", "web"},
    "web": {"places", "shared"},
    "accounts": {"jobs", "places", "shared", "web"},
    # Courses, from the first floor up.
    "courses.identifiers": set(),
    "courses.programme": {"accounts", "jobs", "places", "shared", "web"},
    "courses.cases": {"courses.identifiers", "courses.programme", "accounts", "jobs", "shared", "web"},
    "courses.media": {"courses.identifiers", "courses.cases", "accounts", "files", "jobs", "shared", "web"},
    "courses.outcomes": {
        *("courses.identifiers", "courses.programme", "courses.cases"),
        *("accounts", "jobs", "shared", "web"),
    },
    "courses.logbook": {
        *("courses.identifiers", "courses.programme", "courses.cases"),
        *("accounts", "jobs", "places", "shared", "web"),
    },
    "courses.trauma": {"courses.programme", "courses.cases", "courses.outcomes", "accounts", "shared", "web"},
    "courses.search": {"courses.cases", "accounts", "jobs", "shared", "web"},
    # Live sessions.
    "livesessions.room": {"courses.programme", "courses.cases", "accounts", "places", "shared", "web"},
    "livesessions.attendance": {"livesessions.room", "courses.programme", "accounts", *GROUND - {"files"}},
    "livesessions.realtime": {"livesessions.room", "livesessions.attendance", "courses.programme", "shared", "web"},
    # The roof: wiring and the demonstration, which nobody imports.
    "config": {"livesessions.realtime", "jobs", "shared", "web"},
    "demo": {
        *("courses.programme", "courses.cases", "courses.media", "courses.outcomes", "courses.logbook"),
        *("courses.trauma", "courses.search", "livesessions.room", "livesessions.attendance", "accounts", "shared"),
    },
}


def test_every_room_says_what_it_knows() -> None:
    assert set(KNOWS) == set(rooms())


def test_a_room_knows_what_it_says_and_nothing_else() -> None:
    assert {room: set(imported(room)) for room in rooms()} == KNOWS


def test_the_ground_looks_at_the_ground_alone() -> None:
    assert {room: KNOWS[room] - GROUND for room in GROUND} == {room: set() for room in GROUND}


def test_the_floor_plan_names_every_room() -> None:
    text = (settings.BASE_DIR / "docs" / "architecture.md").read_text().split("## The floor plan\n", 1)[1]
    plan = text.split("\n## ", 1)[0]
    named = {
        name.replace("/", ".").removeprefix("platform.") for name in re.findall(r"^\| `([a-z/]+)` \|", plan, flags=re.M)
    }
    assert named == set(rooms())
