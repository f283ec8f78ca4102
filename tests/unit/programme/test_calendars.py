"""A calendar file says the hour of the event's own zone, and the same event is the same entry for ever."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from courses.programme.rules.calendars import Entry, ics, next_sequence, zone_of

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


def plain_instant(file: bytes, name: str) -> datetime:
    """As a reader takes it that knows no zone by name, no RDATE and no RRULE."""
    text = file.decode().replace("\r\n ", "")
    assert "RDATE" not in text and "RRULE" not in text
    event = text[text.index("BEGIN:VEVENT") :]
    value = next(line for line in event.splitlines() if line.startswith(name)).split(":")[1]
    local = datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S")
    if value.endswith("Z"):
        return local.replace(tzinfo=UTC)
    (only,) = Calendar.from_ical(file).walk("VTIMEZONE")[0].subcomponents
    assert only["TZOFFSETFROM"].td == only["TZOFFSETTO"].td
    return (local - only["TZOFFSETTO"].td).replace(tzinfo=UTC)


ZONES = ["America/Argentina/Cordoba", "America/Lima", "America/Santiago", "Europe/Madrid", "America/Sao_Paulo", "UTC"]


@given(zone=st.sampled_from(ZONES), hours=st.integers(0, 24 * 365 * 3))
@example(zone="Europe/Madrid", hours=24 * 87)  # 29 March 2025, and the night after it, when the clocks go forward
@example(zone="Europe/Madrid", hours=24 * 88)
@example(zone="Europe/Madrid", hours=24 * 298 + 1)  # 26 October 2025, when 2:00 comes twice
def test_a_reader_without_tables_reads_the_hour_right(zone: str, hours: int) -> None:
    starts_at = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    ends_at = starts_at + timedelta(hours=2)
    file = ics(entry(zone=ZoneInfo(zone), starts_at=starts_at, ends_at=ends_at))
    event = Calendar.from_ical(file).walk("VEVENT")[0]
    assert (event.start, event.end) == (starts_at, ends_at)
    assert (plain_instant(file, "DTSTART"), plain_instant(file, "DTEND")) == (starts_at, ends_at)


def test_a_letter_is_always_newer_than_the_last() -> None:
    assert next_sequence(planned=0, sent=-1) == 0
    assert next_sequence(planned=0, sent=0) == 1
    assert next_sequence(planned=5, sent=1) == 5
    assert next_sequence(planned=2, sent=4) == 5
