"""A calendar file says the hour of the event's own zone, and the same event is the same entry for ever."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from courses.programme.rules.calendars import Entry, ics, zone_of

START = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


def entry(**fields: object) -> Entry:
    defaults: dict[str, object] = {
        "session": "abc123",
        "title": "Cleft lip; repair, part 1",
        "description": "Join: https://example.org/join/x/",
        "url": "https://example.org/join/x/",
        "organiser": "no-reply@example.org",
        "zone": ZoneInfo("America/Lima"),
        "starts_at": START,
        "ends_at": START + timedelta(hours=2),
        "sequence": 3,
        "changed_at": START - timedelta(days=9),
    }
    return Entry(**{**defaults, **fields})  # type: ignore[arg-type]


def test_says_the_local_hour_with_its_zone() -> None:
    calendar = Calendar.from_ical(ics(entry()))
    event = calendar.walk("VEVENT")[0]
    assert calendar["METHOD"] == "PUBLISH"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["America/Lima"]
    assert b"DTSTART;TZID=America/Lima:20261124T100000" in ics(entry())
    assert event.end == START + timedelta(hours=2)
    assert str(event["SUMMARY"]) == "Cleft lip; repair, part 1"
    assert event["SEQUENCE"] == 3
    assert event["STATUS"] == "CONFIRMED"
    assert str(event["URL"]) == "https://example.org/join/x/"


def test_a_cancelled_one_is_the_same_entry_taken_out() -> None:
    before = Calendar.from_ical(ics(entry())).walk("VEVENT")[0]
    calendar = Calendar.from_ical(ics(entry(sequence=4, is_cancelled=True)))
    after = calendar.walk("VEVENT")[0]
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["STATUS"] == "CANCELLED"
    assert calendar["METHOD"] == "CANCEL"


@given(title=st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=200))
def test_any_title_survives_folding_and_escaping(title: str) -> None:
    event = Calendar.from_ical(ics(entry(title=title))).walk("VEVENT")[0]
    assert str(event["SUMMARY"]) == title


@pytest.mark.parametrize("zone", ["UTC", "America/Argentina/Cordoba", "Europe/Madrid"])
def test_every_zone_keeps_the_instant(zone: str) -> None:
    assert Calendar.from_ical(ics(entry(zone=ZoneInfo(zone)))).walk("VEVENT")[0].start == START


@pytest.mark.parametrize(
    ("country", "zone"),
    [("PE", "America/Lima"), ("AR", "America/Argentina/Buenos_Aires"), ("BR", None), ("US", None), ("XX", None)],
)
def test_the_zone_of_a_country_whose_clocks_agree(country: str, zone: str | None) -> None:
    found = zone_of(country, START)
    assert (found.key if found else None) == zone
